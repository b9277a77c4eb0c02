"""What decides a crossing: runs that go on, and two readings held against each other."""

from __future__ import annotations

from itertools import pairwise, product
from math import inf, log

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from textlab.language.accidents import TERM_FREQUENCY, likelihoods, runs_across
from textlab.language.dictionary import ABOUT, frequency


def log_share(word: str) -> float:
    known = frequency(word)
    return -inf if len(word) > 1 and not known else log(max(known, 1) / ABOUT)


def readings(text: str, start: int, end: int) -> tuple[float, float]:
    """Both likelihoods by trying every way to cut ``text``."""
    with_term = with_other = -inf
    for bars in product((False, True), repeat=len(text) - 1):
        bounds = [0, *(at for at, bar in enumerate(bars, 1) if bar), len(text)]
        spans = list(pairwise(bounds))
        if (start, end) in spans:
            others = sum(log_share(text[a:b]) for a, b in spans if (a, b) != (start, end))
            share = log(max(frequency(text[start:end]), TERM_FREQUENCY) / ABOUT)
            with_term = max(with_term, others + share)
        elif not any(a <= start and end <= b for a, b in spans) and (
            start not in bounds or end not in bounds
        ):
            with_other = max(with_other, sum(log_share(text[a:b]) for a, b in spans))
    edges = [edge for edge in (start, end) if 0 < edge < len(text)]
    torn = any(frequency(text[edge - 1 : edge + 1]) for edge in edges)
    return with_term, with_other if torn else -inf


PIECES = st.text("改革开放绿色化工现代制造业务全国有企", max_size=3)


@settings(max_examples=150, deadline=None)
@given(PIECES, st.sampled_from(["绿色化", "国企", "改革开放", "工业"]), PIECES)
@example("", "绿色化", "工")
@example("深化", "改革开放", "")
def test_likelihoods_are_those_of_the_best_of_all_cuttings(
    before: str, term: str, after: str
) -> None:
    text, start = before + term + after, len(before)
    found = likelihoods(before, term, after)
    assert found == pytest.approx(readings(text, start, start + len(term)), abs=1e-9)


@pytest.mark.parametrize(
    ("left", "right", "rule"),
    [
        ("P", "AI", "latin"),
        ("AI", "D", "latin"),
        ("1", "5G", "latin"),
        ("2.", "5G", "latin"),
        ("C919", ".5", "latin"),
        ("é", "a", "latin"),
        # No decimal point: nothing before it, or no digit behind it.
        (".", "5G", ""),
        ("C919", ".", ""),
        ("v.", "5G", ""),
        ("百", "千万", "number"),
        ("二", "十大", "number"),
        ("第", "十大", ""),
        ("5", "千万", ""),
        ("绿色化", "工", ""),
        ("AI", "的", ""),
        ("-", "AI", ""),
    ],
)
def test_runs_that_go_on(left: str, right: str, rule: str) -> None:
    assert runs_across(left + right, len(left)) == rule
    assert runs_across("，" + left + right + "，", len(left) + 1) == rule


def test_a_reading_by_hand() -> None:
    with_term, with_other = likelihoods("", "绿色化", "工")
    assert frequency("绿色化") < TERM_FREQUENCY
    assert with_term == pytest.approx(log(TERM_FREQUENCY / ABOUT) + log_share("工"))
    assert with_other == pytest.approx(log_share("绿色") + log_share("化工"))
    assert likelihoods("科技", "成果转化", "")[1] == -inf
