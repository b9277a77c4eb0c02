from __future__ import annotations

from itertools import accumulate, pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.helpers import time_limit
from textlab.language.matching import Match, Matcher, leftmost_longest
from textlab.language.segmenter import cut
from textlab.tokens.overlay import overlay

TERMS = [
    "华中",
    "成果转化",
    "改革开放",
    "深化改革",
    "现代化",
    "中国式现代化",
    "新质生产力",
    "绿色化",
    "5G",
]
TEXT = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *TERMS,
                "华中科技大学",
                "科技",
                "推动",
                "省",
                "绿色化工",
                "现代",
                "化",
                "2024年",
                "AI",
                " ",
            ]
        ),
        st.sampled_from("成果转化改革开放深新质生产力绿色5G，。 a1"),
    ),
    max_size=12,
).map("".join)


def terms(text: str, surfaces: list[str]) -> list[Match]:
    return leftmost_longest(Matcher(surfaces).find(text))


Span = tuple[int, int]


def plain_spans(text: str) -> list[Span]:
    ends = list(accumulate(map(len, cut(text))))
    return list(zip([0, *ends], ends, strict=False))


def laid(text: str, plain: list[Span], found: list[Match]) -> list[tuple[int, int, bool]]:
    """The pieces as (start, end, whether it is a term)."""
    words = [text[start:end] for start, end in plain]
    pieces, marks = overlay(text, words, [end for _, end in plain], found)
    assert "".join(pieces) == text
    ends = list(accumulate(map(len, pieces)))
    at = set(marks)
    return [
        (start, end, number in at)
        for number, (start, end) in enumerate(zip([0, *ends], ends, strict=False))
    ]


def shown(text: str, surfaces: list[str]) -> list[str]:
    return [
        f"{text[start:end]}/lexicon" if term else text[start:end]
        for start, end, term in laid(text, plain_spans(text), terms(text, surfaces))
        if text[start:end].strip()
    ]


@pytest.mark.parametrize(
    ("text", "term", "expected"),
    [
        # A term that cuts the token before it, and one that cuts the token behind it.
        ("推动科技成果转化", "成果转化", "推动 科技 成果转化/lexicon"),
        ("深化改革开放", "改革开放", "深化 改革开放/lexicon"),
        ("我省新质生产力", "新质生产力", "我省 新质生产力/lexicon"),
        ("绿色化工", "绿色化", "绿色化/lexicon 工"),
        # One that joins whole tokens, and one that cuts a token on both sides.
        ("优化营商环境。", "营商环境", "优化 营商环境/lexicon 。"),
        ("现代化", "代化", "现 代化/lexicon"),
        ("社会主义者", "会主", "社 会主/lexicon 义者"),
        # One that leaves two words of the token behind it.
        ("华中科技大学", "华中", "华中/lexicon 科技 大学"),
        # One that is the beginning of a token.
        ("社会主义", "社会", "社会/lexicon 主义"),
        ("5G网络", "5G", "5G/lexicon 网络"),
        ("全市 上下", "上下", "全市 上下/lexicon"),
    ],
)
def test_a_term_laid_over_plain_tokens(text: str, term: str, expected: str) -> None:
    assert shown(text, [term]) == expected.split()


def test_plain_jieba_cuts_what_design_says_it_cuts() -> None:
    assert cut("科技成果转化") == ["科技成果", "转化"]
    assert cut("深化改革开放") == ["深化改革", "开放"]


def test_the_longest_term_from_the_left_wins() -> None:
    assert shown("中国式现代化", TERMS) == ["中国式现代化/lexicon"]
    assert shown("深化改革开放", TERMS) == ["深化改革/lexicon", "开放"]
    assert shown("新质生产力新质生产力", TERMS) == ["新质生产力/lexicon"] * 2


def test_two_terms_inside_one_token() -> None:
    assert laid("社会主义", [(0, 4)], [(0, 2, "社会"), (2, 4, "主义")]) == [
        (0, 2, True),
        (2, 4, True),
    ]


@settings(max_examples=300, deadline=None)
@given(TEXT)
@example("绿色化工绿色化工")
@example("  成果 转化 ")
def test_terms_are_pieces_and_other_pieces_are_plain(text: str) -> None:
    plain = plain_spans(text)
    found = terms(text, TERMS)
    pieces = laid(text, plain, found)
    assert [(start, end) for start, end, term in pieces if term] == [
        (start, end) for start, end, _ in found
    ]

    taken = {at for start, end, _ in found for at in range(start, end)}
    untouched = [(a, b) for a, b in plain if taken.isdisjoint(range(a, b))]
    others = [(start, end) for start, end, term in pieces if not term]
    assert [span for span in others if span in set(plain)] == untouched
    # What is left of a word that a term has cut is cut as if it stood alone.
    for start, end in others:
        if (start, end) not in set(plain):
            low, high = next((a, b) for a, b in plain if a <= start and end <= b)
            left = [at for at in range(low, high) if at not in taken]
            assert {*range(start, end)} <= {*left}
            assert text[start:end] in cut(_stretch(text, left, start))


def _stretch(text: str, left: list[int], start: int) -> str:
    """The unbroken stretch of the positions ``left`` that holds ``start``."""
    low = high = start
    while low - 1 in left:
        low -= 1
    while high in left:
        high += 1
    return text[low:high]


@settings(max_examples=200, deadline=None)
@given(TEXT, st.lists(st.text("成果转化改革", min_size=1, max_size=3), unique=True, max_size=5))
def test_the_matcher_finds_what_a_plain_search_finds(text: str, surfaces: list[str]) -> None:
    by_hand = [
        (at, at + len(surface), surface)
        for surface in surfaces
        for at in range(len(text))
        if text.startswith(surface, at)
    ]
    found = Matcher(surfaces).find(text)
    assert found == sorted(by_hand, key=lambda match: (match[0], -match[1]))

    kept = leftmost_longest(found)
    assert all(before[1] <= after[0] for before, after in pairwise(kept))
    # Whatever was left out overlaps a match that begins before it, or as early and ends later.
    for start, end, surface in set(found) - set(kept):
        assert surface == text[start:end]
        assert any(a <= start < b and (a < start or b > end) for a, b, _ in kept)


def test_the_matcher_with_nothing_to_find_and_with_broken_text() -> None:
    assert Matcher([]).find("发展") == []
    assert Matcher(["发展"]).find("") == []
    # Half of a surrogate pair, as a careless decoder leaves it.
    assert Matcher(["发展"]).find("\ud800发展") == [(1, 3, "发展")]


def test_terms_that_cut_every_token_of_a_long_text() -> None:
    text = "绿色化工" * 50_000
    with time_limit(20):
        pieces = laid(text, plain_spans(text), terms(text, ["绿色化"]))
    assert len(pieces) == 100_000
