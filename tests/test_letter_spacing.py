from __future__ import annotations

import random
import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tests.helpers import demo_bodies
from textlab.cleaning.characters import CJK, close_letter_spacing, letter_spaces, tidy, unify
from textlab.cleaning.traced import TracedText

LETTERS = "全市发展一〇，。、；：？！“”（）《》—·AbG19%.+"
BESIDE = re.compile(f"[{CJK}]{{2}}")


def tidied(line: str) -> str:
    return tidy(TracedText.of(unify(line))).text


def spaced(line: str) -> str:
    return " ".join(line)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        # runs of four and more single characters
        ("加快发展新 质 生 产 力，增后劲", "加快发展新质生产力，增后劲"),
        ("工业投资 占 比 分 别 为 两成", "工业投资占比分别为两成"),
        ("全 市 上 下 要 凝 心 聚 力 ， 真 抓 实 干", "全市上下要凝心聚力，真抓实干"),
        ("营　商　环　境 越来越好", "营商环境越来越好"),
        # lines that are spaced throughout, however short
        ("决 定", "决定"),
        ("决    定", "决定"),
        ("\u200b 决 定 **", "决定"),
        ("通  知 ：", "通知："),
        # with their numbers, whole or spaced too
        ("占 比 达 到 12 %", "占比达到12%"),
        ("占 比 达 到 8 8 . 5 % ，", "占比达到88.5%，"),
        ("建 设 5 G 基 站 1 2 个", "建设5G基站12个"),
        ("2 . 1 万 名", "2.1万名"),
    ],
)
def test_letter_spacing_is_closed(raw: str, expected: str) -> None:
    assert tidied(raw) == expected


@pytest.mark.parametrize(
    "kept",
    [
        "张三丰 李四光",
        "凝心聚力谋发展 真抓实干创未来",
        "王 五 李四光 赵六",
        "上 下 两个片区",
        "1 2 3 4",
        "A B C D",
        "see 市 县 for more",
        "全市 GDP 增长",
    ],
)
def test_other_spaces_stay(kept: str) -> None:
    assert tidied(kept) == kept


def test_the_cells_of_a_table_are_no_letter_spacing() -> None:
    assert tidied("甲 乙 2023 2024") == "甲 乙2023 2024"
    assert tidied("甲 乙 2023 5") == "甲 乙2023 5"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        # signs beside their characters
        ("网上 5 位 。 其 中 ，网 络 零 售", "网上5位。其中，网络零售"),
        ("全 市， 上 下。 凝 心", "全市，上下。凝心"),
        ("其 中 —— 网 络 …… 零 售", "其中——网络……零售"),
        # single characters throughout that end in Chinese
        ("2 0 2 4 年", "2024年"),
        ("A I 。", "AI。"),
        ("达 8 . 5 % 。", "达8.5%。"),
        # a space that was there before the line was spaced
        ("第 一 章     总 则", "第一章 总则"),
        ("建 设   S i l i c o n   V a l l e y", "建设 Silicon Valley"),
        ("标    题 ：", "标题："),
    ],
)
def test_what_else_is_letter_spacing(raw: str, expected: str) -> None:
    assert tidied(raw) == expected


@given(st.text(st.sampled_from(LETTERS), min_size=2, max_size=40))
@example("全市AI")
@example("全“，1.")
def test_a_line_with_chinese_in_it_comes_back_exactly(line: str) -> None:
    assume(BESIDE.search(line))
    assert tidied(spaced(line)) == unify(line)


@given(st.lists(st.text(st.sampled_from("全市发展一"), min_size=4, max_size=9), max_size=5))
def test_its_own_spaces_come_back_too(phrases: list[str]) -> None:
    line = " ".join(phrases)
    assert tidied(spaced(line)) == tidied(line)


@pytest.mark.parametrize("line", ["AI", "2024", "8.5%", "为GDP", "甲12"])
def test_short_lines_of_letters_and_digits_cannot_be_told_from_tables(line: str) -> None:
    assert tidied(spaced(line)) != line


def test_the_lines_of_the_projects_own_texts_come_back() -> None:
    rng = random.Random(3)
    lines = 0
    for paragraphs in demo_bodies().values():
        for text in map(tidied, paragraphs):
            at = 0
            while at < len(text):
                piece = text[at : at + rng.randint(3, 22)].strip()
                at += len(piece)
                if BESIDE.search(piece):
                    lines += 1
                    assert tidied(spaced(piece)) == piece
    assert lines > 2_000


@pytest.mark.parametrize(
    ("line", "spaces"),
    [
        ("占 比 分 别 为 65.61% 、24.54%", 6),
        ("其占 比 分 别 为 65.61% 、24.54%", 4),
        ("决    定", 4),
        ("第 一 章     总 则", 7),
        ("加快发展新 质 生 产 力，增后劲", 4),
        ("全市  上下", 0),
        ("达到 65% 。", 0),
        ("1 2 3 4", 0),
    ],
)
def test_how_many_spaces_were_letter_spacing(line: str, spaces: int) -> None:
    assert letter_spaces(line) == spaces


@given(st.text(st.sampled_from("全市，AI12.%   "), max_size=30))
def test_spaces_are_counted_as_they_are_dropped(text: str) -> None:
    line = text.strip()
    closed = close_letter_spacing(TracedText.of(line)).text
    dropped = len(line) - len(closed)
    doubled = len(line) - len(re.sub(" +", " ", line))
    assert dropped - doubled <= letter_spaces(line) <= dropped
    assert closed.replace(" ", "") == line.replace(" ", "")
