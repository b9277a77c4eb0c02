from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textlab.cleaning.characters import unify
from textlab.cleaning.lines import Line, split_lines


def only(raw: str) -> Line:
    (line,) = split_lines(raw)
    return line


def test_a_page_by_hand() -> None:
    raw = "　　全市上下\r\n\r\n\n- 优化营商环境  \n# 决定\r末行"
    first, item, heading, last = split_lines(raw)
    assert [line.text for line in (first, item, heading, last)] == [
        "全市上下",
        "优化营商环境",
        "决定",
        "末行",
    ]
    assert [line.gap for line in (first, item, heading, last)] == [0, 2, 0, 0]
    assert [line.mark for line in (first, item, heading, last)] == ["", "item", "heading", ""]
    assert [line.hard for line in (first, item, heading, last)] == [False, True, False, False]
    assert (first.indent, item.indent) == (2, 0)
    assert first.traced.origin == "2+4"
    assert raw[last.traced.offset(0)] == "末"
    # The line end of a Windows line is its second half.
    assert [raw[line.after] for line in (first, item, heading)] == ["\n", "\n", "\r"]
    assert last.after == len(raw)


@pytest.mark.parametrize(
    ("raw", "hard"),
    [
        ("全市上下  ", True),
        ("全市上下  \r\n", True),
        ("全市上下 ", False),
        ("全市上下 \r\n", False),
        ("全市上下　　", False),
        ("全市上下", False),
    ],
)
def test_a_hard_break_is_two_blanks(raw: str, hard: bool) -> None:
    assert only(raw).hard is hard


@pytest.mark.parametrize(
    ("raw", "mark", "text"),
    [
        ("# 决定", "heading", "决定"),
        ("###### 决 定", "heading", "决定"),
        ("＃ 决定", "heading", "决定"),
        ("#决定", "", "#决定"),
        ("- 决定", "item", "决定"),
        ("• 决定", "item", "决定"),
        ("* **决定**", "item", "决定"),
        ("-决定", "", "-决定"),
        ("> 决定", "", "决定"),
        ("**决定**", "", "决定"),
        ("1. 决定", "", "1. 决定"),
        ("\ufeff# 决定", "heading", "决定"),
        ("\u200b-\u200b 决定", "item", "决定"),
    ],
)
def test_marks_of_markdown(raw: str, mark: str, text: str) -> None:
    line = only(raw)
    assert (line.mark, line.text) == (mark, text)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "   ",
        "\u3000",
        "\u200b",
        "---",
        "* * *",
        "——————",
        "=====",
        "|---|:---:|",
        "#",
        "- ",
        "**",
    ],
)
def test_a_line_that_holds_nothing_is_blank(raw: str) -> None:
    assert list(split_lines(raw)) == []
    assert [line.gap for line in split_lines(f"上文\n{raw}\n下文")] == [0, 1]


def test_what_is_invisible_is_no_indent_and_hides_none() -> None:
    assert [only(raw).indent for raw in ("\u200b\u3000\u3000全市", "\u3000\u200b\u3000全市")] == [
        2,
        2,
    ]
    assert only("\u200b全市").indent == 0


def test_the_rule_of_a_table_is_blank_in_chinese_text_too() -> None:
    raw = "| 甲 | 乙 |\n|:---:|---:|\n| 丙 | 丁 |"
    assert [line.text for line in split_lines(raw)] == ["| 甲 | 乙 |", "| 丙 | 丁 |"]


def test_punctuation_is_decided_over_the_line_end() -> None:
    lines = [line.text for line in split_lines("推动AI,\n智造(2024\n年)")]
    assert lines == ["推动AI，", "智造（2024", "年）"]


@pytest.mark.parametrize(
    ("text", "width"),
    [("全市上下", 4), ("全市，上下", 4.75), ("GDP增长5%", 4.5), ("（一）", 2.5), ("Ａ", 0.5)],
)
def test_width_in_print(text: str, width: float) -> None:
    assert only(text).width == width


@given(st.text(st.sampled_from("全市，a1 #-*>|\u3000\u200b\n\r\x85\u2028\x0c")))
def test_every_character_that_shows_is_in_one_line(raw: str) -> None:
    unified = unify(raw)
    offsets = []
    for line in split_lines(raw):
        own = [line.traced.offset(at) for at in range(len(line.text))]
        assert [unified[at] for at in own] == list(line.text)
        assert line.after == len(unified) or unified[line.after] == "\n"
        assert "\n" not in unified[own[0] : line.after]
        offsets += own
    assert offsets == sorted(set(offsets))
    shown = {at for at, character in enumerate(unified) if character in "全市，a1"}
    assert shown <= set(offsets)
