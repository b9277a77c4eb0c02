from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from textlab.cleaning.characters import tidy, unify
from textlab.cleaning.traced import TracedText
from textlab.language.invisible import INVISIBLE, has_invisible

LINE = st.text(
    st.sampled_from(
        "全市发展一占〇，。、（）“”：·—Ab12%.*#->|\u3000\u00a0\u200b\ufeff\u2009１Ａ％   "
    )
)


def tidied(line: str) -> str:
    return tidy(TracedText.of(unify(line))).text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("２０２４年", "2024年"),
        ("ＡＩ＋制造", "AI+制造"),
        ("占８．５％", "占8.5%"),
        ("５Ｇ－ａ／ｂ", "5G-a/b"),
        ("全市\u00a0上下", "全市 上下"),
        ("\u3000\u3000全市", "  全市"),
        ("一\t二\x0b三\x0c四\u2009五", "一 二 三 四 五"),
        ("一\r\n二\r三\n四", "一 \n二\n三\n四"),
        ("一\x85二\u2028三\u2029四", "一\n二\n三\n四"),
        ("⼈⼯智能,(客⼾)", "人工智能，（客户）"),
    ],
)
def test_one_width_one_blank_one_line_end(raw: str, expected: str) -> None:
    assert unify(raw) == expected


@pytest.mark.parametrize("kept", ["，。、；：？！", "“”‘’（）《》【】", "…—·～￥", "①㎡℃ⅢⅣ", "é"])
def test_signs_of_chinese_text_keep_their_width(kept: str) -> None:
    assert unify(kept) == kept
    assert tidied(f"全{kept}市") == f"全{kept}市"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("新\u200b质\ufeff生产力", "新质生产力"),
        ("营商\u00ad环境", "营商环境"),
        ("\u202a营商\u2069环境\u202c", "营商环境"),
        ("营商\x07环境\x7f", "营商环境"),
        ("\u061c营商\u2066环境", "营商环境"),
        ("营\ufe00商\U000e0101环境", "营商环境"),
        ("\ue7c8营商\U000f0001环境\uf8ff", "营商环境"),
        ("\ufff9营商\ufffc环境\U000e0041", "营商环境"),
        # what was lost before stays visible
        ("营\ufffd环境", "营\ufffd环境"),
        ("**营商环境**要优", "营商环境要优"),
        ("5*8=40", "5*8=40"),
    ],
)
def test_invisible_characters_and_marks_of_emphasis_go(raw: str, expected: str) -> None:
    assert tidied(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("落实“12 个 100%”要求", "落实“12个100%”要求"),
        ("达到 65% 。", "达到65%。"),
        ("（ 一）总体要求", "（一）总体要求"),
        ("坚持创新驱动， 推动发展 。", "坚持创新驱动，推动发展。"),
        ("2024 年 7 月", "2024年7月"),
        ("增长 8.5 % ，达到 12 ℃ 。", "增长8.5%，达到12℃。"),
        ("全市   上下", "全市 上下"),
    ],
)
def test_stray_spaces_beside_numbers_and_signs_go(raw: str, expected: str) -> None:
    assert tidied(raw) == expected


@given(st.text())
def test_unifying_is_one_for_one_and_done_at_once(text: str) -> None:
    once = unify(text)
    assert len(once) == len(text)
    assert unify(once) == once


@given(LINE)
@example("占 占 占 占占 占 占")
@example("占 1 2 占 ， 占")
@example("***\u200b** 占 占")
def test_tidying_is_done_at_once(line: str) -> None:
    once = tidied(line)
    assert tidied(once) == once


@given(LINE)
def test_tidying_only_drops_blanks_marks_and_what_is_invisible(line: str) -> None:
    unified = unify(line)
    traced = tidy(TracedText.of(unified))
    kept = [traced.offset(at) for at in range(len(traced))]
    assert kept == sorted(set(kept))
    assert traced.text == "".join(unified[at] for at in kept)
    gone = {c for at, c in enumerate(unified) if at not in set(kept)}
    assert gone <= set(" *\u200b\ufeff")


@given(
    st.text(max_size=6), st.sampled_from(["", "\u00ad", "\ufe00", "\U000e0100", "\u3164", "é①𠀀"])
)
def test_a_search_for_invisible_characters_misses_none(text: str, further: str) -> None:
    text += further
    assert has_invisible(text) == bool(INVISIBLE.search(text))


def test_no_character_of_the_first_plane_is_invisible_and_usual() -> None:
    for character in map(chr, range(0x10000)):
        assert has_invisible(character) == bool(INVISIBLE.match(character))
