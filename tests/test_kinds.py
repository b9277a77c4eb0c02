from __future__ import annotations

import pytest

from tests.helpers import make_paragraphs
from textlab.language.units import is_unit
from textlab.tokens.kinds import KINDS, expressions, kind_of
from textlab.tokens.segmentation import tokenize


@pytest.mark.parametrize(
    ("token", "kind"),
    [
        ("发展", "word"),
        ("〇", "word"),
        ("𠮷", "word"),
        ("㐀", "word"),
        ("豈", "word"),
        ("5G网络", "word"),
        ("2024年", "word"),
        ("AI", "latin"),
        ("5G", "latin"),
        ("C919", "latin"),
        ("é", "latin"),
        ("Σ", "latin"),
        ("Я", "latin"),
        ("2024", "number"),
        ("8.5%", "number"),
        ("1+3", "number"),
        ("٣", "number"),
        ("，", "punctuation"),
        ("%", "punctuation"),
        ("①", "punctuation"),
        ("\x00", "punctuation"),
    ],
)
def test_kinds(token: str, kind: str) -> None:
    assert kind in KINDS
    assert kind_of(token) == kind


def test_white_space_is_no_token() -> None:
    assert kind_of(" ") == kind_of("\u3000") == kind_of("\r\n") == ""


@pytest.mark.parametrize(
    "unit", ["亿元", "万亩", "余户", "多万吨", "个", "亿", "亿千瓦时", "平方公里"]
)
def test_units(unit: str) -> None:
    assert is_unit(unit)


@pytest.mark.parametrize("word", ["左右", "以上", "强", "热线", "发展", "", "元旦", "个省"])
def test_no_units(word: str) -> None:
    assert not is_unit(word)


def test_expressions() -> None:
    text = "构建1+3+N体系，5G-A与AT&T，占5%-10%，2024-01-05，A-B-，+3，C++"
    assert [found for _, _, found in expressions(text)] == [
        *("1+3+N", "5G-A", "AT&T", "5%-10%", "2024-01-05", "A-B"),
    ]
    assert expressions("投资3400亿元，增长12.5%") == []


def kinds(text: str, lexicon: list[str]) -> str:
    tokens = tokenize(make_paragraphs([text]), lexicon)
    return " ".join(f"{t}/{k}" for t, k in zip(tokens["token"], tokens["kind"], strict=True))


def test_numbers_units_and_latin_in_text() -> None:
    assert kinds("投资3400亿元，增长12.5%", ["投资"]) == (
        "投资/lexicon 3400/number 亿元/unit ，/punctuation 增长/word 12.5%/number"
    )
    assert kinds("1+3规划和C919", ["规划"]) == "1+3/number 规划/lexicon 和/word C919/latin"
    # A unit is one right behind its number only, in the same paragraph.
    assert kinds("亿元产业，3 亿元", ["产业"]) == (
        "亿元/word 产业/lexicon ，/punctuation 3/number 亿元/word"
    )


def test_a_unit_needs_its_number_in_its_own_paragraph() -> None:
    tokens = tokenize(make_paragraphs(["达到3", "亿元产业"]), ["产业"])
    assert tokens["kind"].tolist() == ["word", "number", "word", "lexicon"]


def test_a_term_is_stronger_than_an_expression() -> None:
    assert kinds("推广5G-A", ["5G"]) == "推广/word 5G/lexicon -/punctuation A/latin"
    assert kinds("推广5G-A", ["5G-A"]) == "推广/word 5G-A/lexicon"
