"""Partners of topics: by hand, against all permutations, and of two models."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.planted_topics import (
    K,
    counts_fixture,  # noqa: F401
    model_fixture,  # noqa: F401
    planted,
)
from textlab.topics.matching import MATCHED, match, match_topics, overlaps
from textlab.topics.model import TopicModel, fit_topics

TOPS = st.lists(st.lists(st.integers(0, 9), max_size=5, unique=True), max_size=5)


def test_overlaps_by_hand() -> None:
    # a and b of five in all; nothing; the order of terms makes no difference.
    made = overlaps(["abc", "xyz", ""], ["dabe", "zyx"])
    assert made.tolist() == [[2 / 5, 0], [0, 1], [0, 0]]


def test_partners_by_hand() -> None:
    # The second pair has a and b of abefz.
    made = match(["abcd", "abef"], ["abcd", "abzz", "zzzz"])
    assert made.pairs == [(0, 0), (1, 1)]
    np.testing.assert_allclose(made.overlaps, [1, 2 / 5])
    # In order they would share 3/5 and nothing.
    crossed = match(["abcd", "abce"], ["abcf", "xyzd"])
    assert crossed.pairs == [(0, 1), (1, 0)]
    np.testing.assert_allclose(crossed.overlaps, [1 / 7, 3 / 5])


def test_half_of_twenty_terms_is_the_same_topic() -> None:
    of_twenty = [list(range(20)), list(range(10, 30)), list(range(11, 31))]
    shared = overlaps(of_twenty[:1], of_twenty[1:])[0]
    assert (shared >= MATCHED).tolist() == [True, False]
    longer = [list(range(25))], [[*range(20), *range(100, 105)]]
    assert overlaps(*longer).tolist() == [[1]]


def test_ties_go_by_the_order_of_topics() -> None:
    same = ["abc"] * 4
    assert match(same, same).pairs == [(0, 0), (1, 1), (2, 2), (3, 3)]
    assert match(same, same[:2]).pairs == [(0, 0), (1, 1)]
    assert match(same[:2], same).pairs == [(0, 0), (1, 1)]
    many = ["abc"] * 60
    assert match(many, many).pairs == [(row, row) for row in range(60)]
    assert match(["ac", "ac"], ["bc", "ac"]).pairs == [(0, 0), (1, 1)]
    # One partner for two, of whom the first gets it.
    assert match(["ab", "ab"], ["cd", "bc"]).pairs == [(0, 1)]
    # Each shares a term with the other two: the first topic gets the first that it can.
    assert match(["pq", "rs", "tu"], ["rt", "pu", "qs"]).pairs == [(0, 1), (1, 2), (2, 0)]
    # Two like two others, with an odd one between.
    assert match(["abc", "xyz", "abc"], ["abc", "abc", "xyz"]).pairs == [(0, 0), (1, 2), (2, 1)]


def test_topics_without_a_partner() -> None:
    made = match(["abc", "xyz"], ["uvw", "abd"])
    assert made.pairs == [(0, 1)]
    np.testing.assert_allclose(made.overlaps, [0.5, 0])
    for tops_a, tops_b in (([], ["ab"]), (["ab"], []), ([], [])):
        nothing = match(tops_a, tops_b)
        assert nothing.pairs == [] and nothing.overlaps.tolist() == [0.0] * len(tops_a)


@given(tops_a=TOPS, tops_b=TOPS)
def test_no_other_partners_share_more(tops_a: list[list[int]], tops_b: list[list[int]]) -> None:
    made, shared = match(tops_a, tops_b), overlaps(tops_a, tops_b)
    small, large = (shared, shared.T)[:: 1 if len(tops_a) <= len(tops_b) else -1]
    best = max(
        sum(small[row, column] for row, column in enumerate(chosen))
        for chosen in permutations(range(small.shape[1]), small.shape[0])
    )
    assert large.shape == small.T.shape
    assert made.overlaps.sum() == pytest.approx(best, abs=1e-6)
    rows, partners = [row for row, _ in made.pairs], [row for _, row in made.pairs]
    assert rows == sorted(set(rows)) and len(set(partners)) == len(partners)
    assert made.overlaps[rows].tolist() == [shared[i, j] for i, j in made.pairs]
    assert made.overlaps.sum() == made.overlaps[rows].sum() and (made.overlaps[rows] > 0).all()


@given(tops=TOPS, order=st.permutations(range(5)))
def test_topics_find_themselves_in_any_order(tops: list[list[int]], order: list[int]) -> None:
    distinct = [[100 + row, 200 + row, *terms] for row, terms in enumerate(tops)]
    mixed = [row for row in order if row < len(distinct)]
    made = match(distinct, [distinct[row][::-1] for row in mixed])
    assert made.overlaps.tolist() == [1.0] * len(distinct)
    assert [mixed[partner] for _, partner in made.pairs] == list(range(len(distinct)))


def test_a_model_matches_itself_by_number(model: TopicModel) -> None:
    renamed = model.renumbered([7, 2, 9, 4], ["a", "b", "c", "d"])
    made = match_topics(model, renamed)
    assert made.columns.tolist() == ["topic_a", "topic_b", "overlap"]
    assert made.to_numpy().tolist() == [[1, 7, 1], [2, 2, 1], [3, 9, 1], [4, 4, 1]]
    assert made.dtypes.astype(str).tolist() == ["int64", "int64", "float64"]


def test_models_of_other_texts_and_other_k(counts: pd.DataFrame, model: TopicModel) -> None:
    other = fit_topics(planted(units=60, seed=5), K + 2)
    made = match_topics(model, other)
    found = made[made["topic_a"] > 0]
    assert found["topic_a"].tolist() == [1, 2, 3, 4] and (found["overlap"] >= MATCHED).all()
    # The planted topic of most of the top terms is the same on both sides.
    names = [
        fitted.topics.groupby("topic")["term"].agg(lambda terms: terms.str[0].mode()[0]).to_dict()
        for fitted in (model, other)
    ]
    for number, partner in zip(found["topic_a"], found["topic_b"], strict=True):
        assert names[0][number] == names[1][partner]
    left = made[made["topic_a"] == 0]
    assert sorted([*found["topic_b"], *left["topic_b"]]) == [1, 2, 3, 4, 5, 6]
    assert left["overlap"].tolist() == [0, 0]
    back = match_topics(other, model)
    assert back["overlap"].sum() == pytest.approx(made["overlap"].sum())
    assert (back["topic_b"] == 0).sum() == 2


def test_models_without_a_common_word(counts: pd.DataFrame, model: TopicModel) -> None:
    strange = replace(model, vocabulary=[f"x{term}" for term in model.vocabulary])
    made = match_topics(model, strange)
    assert made["topic_a"].tolist() == [1, 2, 3, 4, 0, 0, 0, 0]
    assert made["topic_b"].tolist() == [0, 0, 0, 0, 1, 2, 3, 4]
    assert made["overlap"].tolist() == [0.0] * 8
