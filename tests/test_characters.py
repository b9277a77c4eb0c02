from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from textlab.cleaning.characters import UNIFIED, tidy, unify
from textlab.cleaning.traced import TracedText

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
    ],
)
def test_one_width_one_blank_one_line_end(raw: str, expected: str) -> None:
    assert unify(raw) == expected


@pytest.mark.parametrize("kept", ["，。、；：？！", "“”‘’（）《》【】", "…—·～￥", "①㎡℃ⅢⅣ", "é"])
def test_signs_of_chinese_text_keep_their_width(kept: str) -> None:
    assert unify(kept) == kept
    assert tidied(f"全{kept}市") == f"全{kept}市"


def test_what_is_unified_is_the_compatible_form() -> None:
    wide = {c: plain for c, plain in UNIFIED.items() if c >= 0xFF01}
    assert wide.keys() >= {ord(c) for c in "０９ＡＺａｚ％＋－．／"}
    assert all(unicodedata.normalize("NFKC", chr(c)) == chr(plain) for c, plain in wide.items())


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("新\u200b质\ufeff生产力", "新质生产力"),
        ("营商\u00ad环境", "营商环境"),
        ("\u202a营商\u2069环境\u202c", "营商环境"),
        ("营商\x07环境\x7f", "营商环境"),
        ("**营商环境**要优", "营商环境要优"),
        ("5*8=40", "5*8=40"),
    ],
)
def test_invisible_characters_and_marks_of_emphasis_go(raw: str, expected: str) -> None:
    assert tidied(raw) == expected


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
        ("落实“12 个 100%”要求", "落实“12个100%”要求"),
        ("达到 65% 。", "达到65%。"),
        ("（ 一）总体要求", "（一）总体要求"),
        ("坚持创新驱动， 推动发展 。", "坚持创新驱动，推动发展。"),
        ("2024 年 7 月", "2024年7月"),
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
