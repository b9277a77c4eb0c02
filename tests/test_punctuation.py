from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from textlab.language.punctuation import ASCII_SIGNS, chinese_punctuation

WIDE = dict(zip(ASCII_SIGNS, "，；：？！（）", strict=True))
TEXT = st.text(st.sampled_from("全市，；（）。“”AIb19.%,;:?!()[]<>/-*| \n\u3000\u200b"))


@pytest.mark.parametrize(
    ("printed", "chinese"),
    [
        ("坚持创新驱动,推动发展;优化环境!", "坚持创新驱动，推动发展；优化环境！"),
        ("为什么?因为:", "为什么？因为："),
        # past spaces, digits, quotation marks and other signs
        ("坚持创新 , 推动", "坚持创新 ， 推动"),
        ("达到85%,增长", "达到85%，增长"),
        ("占65.61%,24.54%", "占65.61%，24.54%"),
        ("打造“1+7”,“3+5”体系", "打造“1+7”，“3+5”体系"),
        ("难道?!是", "难道？！是"),
        # a Latin word on one side
        ("推广AI,智造", "推广AI，智造"),
        ("推广,AI", "推广，AI"),
        # over one line end
        ("推广AI,\n智造", "推广AI，\n智造"),
        # brackets in pairs
        ("(一)总则", "（一）总则"),
        ("(2024年6月通过)", "（2024年6月通过）"),
        ("人工智能(AI)技术", "人工智能（AI）技术"),
        ("GDP(生产总值)", "GDP（生产总值）"),
        ("(1)推进,(2)落实", "（1）推进，（2）落实"),
        ("(在城(镇))", "（在城（镇））"),
        ("发展(2024）", "发展（2024）"),
        ("1)推进", "1）推进"),
    ],
)
def test_signs_of_chinese_text_are_chinese(printed: str, chinese: str) -> None:
    assert chinese_punctuation(printed) == chinese


@pytest.mark.parametrize(
    "kept",
    [
        "上午12:30开会",
        "共1,234人",
        "推动AI,IoT融合",
        "推动AI, IoT融合",
        "增长3.5%",
        "优化.发展",
        "看http://a.cn/b?c=1:2",
        "函数f(x)的",
        "“全市”'上下'\"一心\"",
        # no Chinese there
        "See (a), b; c: d? e!",
        "全市。\n\nSee (a), b; c: d? e!\n\n全市",
        # marks that a converter leaves
        "![图](a.jpg)",
        "[营商环境](c.html)",
        "<!--全市-->",
        "|:---:|",
    ],
)
def test_other_signs_stay(kept: str) -> None:
    assert chinese_punctuation(kept) == kept


def test_the_same_text_in_either_width() -> None:
    chinese = (
        "（2024年6月25日通过）加快发展，到2027年：覆盖率85%，达12.5件；“以城带镇”，为何？抓好！"
    )
    narrow = chinese.translate({ord(wide): sign for sign, wide in WIDE.items()})
    assert narrow != chinese
    assert chinese_punctuation(narrow) == chinese


def test_a_bracket_never_closed_takes_no_others_along() -> None:
    text = "(AI" + " and so on" * 60 + ")推进"
    assert chinese_punctuation(text) == text[:-3] + "）推进"


@given(TEXT)
@example("中,(a),(b),(c)中")
@example("(（a)市)")
def test_one_for_one_and_done_at_once(text: str) -> None:
    once = chinese_punctuation(text)
    assert chinese_punctuation(once) == once
    assert len(once) == len(text)
    changed = {pair for pair in zip(text, once, strict=True) if pair[0] != pair[1]}
    assert changed <= set(WIDE.items())


@given(TEXT)
def test_signs_and_letters_of_no_chinese_passage_stay(text: str) -> None:
    latin = "".join(c for c in text if c.isascii())
    assert chinese_punctuation(latin) == latin


@given(st.text(st.sampled_from("全市的AI19")), st.sampled_from(ASCII_SIGNS[:5]))
def test_a_sign_between_two_han_is_chinese_whatever_stands_around(text: str, sign: str) -> None:
    assert f"市{WIDE[sign]}全" in chinese_punctuation(f"{text}市{sign}全{text}")
