"""Counts, cohesion and freedom against another route, and by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log, log2

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests import phrase_oracle as oracle
from textlab.tokens.phrase_candidate import Candidate, is_coined
from textlab.tokens.phrase_grams import LONGEST, Joined, Level, frequent
from textlab.tokens.phrase_measures import Surroundings, candidates, without_overlaps

TEXTS = [
    "企业实施“智改数转”行动。",
    "推动智改数转，转型的工厂更高效。",
    "“智改数转”让车间更高效，也转了型。",
]
SMALL = st.text(alphabet="智改转化，“”5 ", max_size=24)


def found(texts: Sequence[str], least: int) -> dict[str, Candidate]:
    joined = Joined.of(texts)
    levels = frequent(joined, max(least, 2))
    listed = list(candidates(joined, levels, Surroundings(joined, texts), least))
    assert len({one.phrase for one in listed}) == len(listed)
    return {one.phrase: one for one in listed}


def test_measures_worked_by_hand() -> None:
    one = found(TEXTS, 2)["智改数转"]
    # 10, 14 and 14 letters; the weakest place is before 转, which stands 5 times.
    assert oracle.letters(TEXTS) == 38
    assert one.cohesion == pytest.approx(log(38 / 5) / log(38 / 3))
    # A quotation mark, 动, a quotation mark; behind it three signs.
    assert one.freedom == pytest.approx(log2(3))
    assert one.quoted == pytest.approx(2 / 3)
    # 推动 governs it; a quotation mark does not.
    assert one.governed == pytest.approx(1 / 3)
    assert (one.count, one.figures) == (3, 0)


def test_score_worked_by_hand() -> None:
    one = Candidate(
        "碳排放权", np.arange(3), cohesion=0.6, freedom=1.0, quoted=0.5, figures=0.0, governed=0.0
    )
    assert not is_coined(one.words)
    # A quarter of the way from .6 to 1; three occurrences; (1 + 1) / (2 + 1).
    assert one.score == pytest.approx(0.7**2 * 2 * 2 / 3)


def test_what_jieba_does_not_know_is_raised_as_quotation_marks_would() -> None:
    one = Candidate("延链补链强链", np.arange(3), 0.6, 1.0, 0.0, 0.0, 0.0)
    assert is_coined(one.words)
    assert one.score == pytest.approx(0.8**2 * 2 * 2 / 3)


def test_figures_are_digits_on_either_side_and_what_rises_behind() -> None:
    texts = ["粮食产量5吨。", "12粮食产量。", "粮食产量增长。", "看粮食产量。"]
    assert found(texts, 2)["粮食产量"].figures == 0.75


@pytest.mark.parametrize(
    ("starts", "length", "kept"),
    [([0, 2, 4], 2, [0, 2, 4]), ([0, 1, 2, 3], 2, [0, 2]), ([0, 2, 4], 4, [0, 4]), ([], 3, [])],
)
def test_overlaps_are_left_out_from_the_left(
    starts: list[int], length: int, kept: list[int]
) -> None:
    assert without_overlaps(np.array(starts, dtype=np.int64), length).tolist() == kept


@given(st.lists(SMALL, max_size=5), st.integers(2, 3))
@settings(max_examples=150, deadline=None)
def test_levels_are_all_strings_that_stand_often_enough(texts: list[str], least: int) -> None:
    joined = Joined.of(texts)
    for level in frequent(joined, least)[1:]:
        grams = Counter(
            text[at : at + level.length]
            for text in texts
            for at in range(len(text) - level.length + 1)
            if all(oracle.LETTER.match(letter) for letter in text[at : at + level.length])
        )
        assert counted(joined, level) == {g: n for g, n in grams.items() if n >= least}


def counted(joined: Joined, level: Level) -> dict[str, int]:
    strings: dict[int, set[str]] = {}
    for start, kind in zip(level.starts.tolist(), level.kind.tolist(), strict=True):
        strings.setdefault(kind, set()).add(joined.text[start : start + level.length])
    assert all(len(same) == 1 for same in strings.values())
    return {strings[kind].pop(): int(n) for kind, n in enumerate(level.counts.tolist())}


@given(st.lists(SMALL, min_size=1, max_size=5), st.integers(1, 3))
@example(["智改智改智改，智改"], 2)
@example(["改智", "改智", "改智化，改智化"], 1)
@settings(max_examples=200, deadline=None)
def test_candidates_measure_what_the_other_route_does(texts: list[str], least: int) -> None:
    for phrase, one in found(texts, least).items():
        assert 2 <= len(phrase) <= LONGEST
        assert one.count == sum(text.count(phrase) for text in texts) >= least
        assert one.cohesion == pytest.approx(oracle.cohesion(phrase, texts))
        assert one.freedom == pytest.approx(oracle.freedom(phrase, texts))
        assert -1 - 1e-9 <= one.cohesion <= 1 + 1e-9
        assert np.isfinite(one.score)
