"""Fits to documents drawn anew, and from other random numbers."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planted_topics import K, counts_fixture, planted, texts_table  # noqa: F401
from textlab.errors import ModelError, UnknownNameError
from textlab.topics.labels import top_terms
from textlab.topics.lda import Fitted, train
from textlab.topics.matching import match
from textlab.topics.model import prepare
from textlab.topics.options import fit_options
from textlab.topics.replicates import (
    clusters_of,
    documents_of,
    in_sample,
    random_fit,
    random_starts,
    replicate_fit,
    replicates,
)
from textlab.topics.vocabulary import UnitTerms, unit_terms
from textlab.workers import Workers


def as_bytes(fits: list[Fitted]) -> list[bytes]:
    return [array.tobytes() for fit in fits for array in fit]


def by_ten(data: UnitTerms) -> list[str]:
    """Ten documents of four units each."""
    return [f"d{int(unit[1:]) % 10}" for unit in data.units]


@pytest.fixture(scope="module", name="data")
def data_fixture(counts: pd.DataFrame) -> UnitTerms:
    return prepare(counts)


def test_a_replicate_is_a_fit_to_the_units_that_were_drawn(data: UnitTerms) -> None:
    fit = fit_options(K, seed=5)
    [_, made] = replicates(data, fit, by_ten(data), 2, seed=3)
    times = clusters_of(data, by_ten(data)).weights(1, 3)
    rows = np.flatnonzero(times)
    assert 0 < len(rows) < len(times)
    drawn = UnitTerms([data.units[r] for r in rows], data.vocabulary, data.matrix[rows])
    wanted = train(drawn, replicate_fit(fit, 1), times[rows])
    assert as_bytes([made]) == as_bytes([wanted])
    # The same document has the same weight, and ten are drawn.
    by_document = pd.Series(times).groupby(by_ten(data)).agg(["min", "max"])
    assert (by_document["min"] == by_document["max"]).all() and by_document["min"].sum() == 10


def test_draws_are_as_likely_as_a_bootstraps(data: UnitTerms) -> None:
    """Of ten documents .9 ** 10 are not drawn, and each is drawn once on average."""
    clusters = clusters_of(data, by_ten(data))
    times = np.array([clusters.weights(number, 0)[:10] for number in range(2000)])
    np.testing.assert_allclose(times.mean(axis=0), 1, atol=0.1)
    np.testing.assert_allclose((times == 0).mean(), 0.9**10, atol=0.02)


def test_planted_topics_come_back(data: UnitTerms) -> None:
    tops = top_terms(train(data, fit_options(K)).topic_term, data.vocabulary, 12)
    for again in replicates(data, fit_options(K), data.units, 3):
        found = top_terms(again.topic_term, data.vocabulary, 12)
        assert (match(tops, found).overlaps > 0.8).all()


def test_the_same_for_any_order_and_any_number_of_workers(counts: pd.DataFrame) -> None:
    fit = fit_options(3, start="random", passes=2)
    data = prepare(counts)
    made = replicates(data, fit, by_ten(data), 3, seed=1)
    shuffled = prepare(counts.sample(frac=1, random_state=2))
    with Workers(2) as pool:
        again = replicates(shuffled, fit, by_ten(shuffled), 3, seed=1, workers=pool)
    assert as_bytes(again) == as_bytes(made)
    # More of them do not change the first, and another seed draws others.
    assert as_bytes(replicates(data, fit, by_ten(data), 1, seed=1)) == as_bytes(made[:1])
    assert as_bytes(replicates(data, fit, by_ten(data), 1, seed=2)) != as_bytes(made[:1])


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.sampled_from("甲乙丙丁戊"), min_size=6, max_size=6),
    st.permutations(range(6)),
    st.integers(0, 99),
)
def test_a_document_is_drawn_by_its_name(names: list[str], order: list[int], number: int) -> None:
    data = prepare(planted(6), min_units=1, max_share=1)
    shuffled = UnitTerms([data.units[i] for i in order], data.vocabulary, data.matrix[order])
    one, other = clusters_of(data, names), clusters_of(shuffled, [names[i] for i in order])
    assert one.total == other.total
    if not one.reason:
        times, again = one.weights(number, 0), other.weights(number, 0)
        assert times[order].tolist() == again.tolist()
        assert sum(dict(zip(names, times, strict=True)).values()) == one.total


def sized(lengths: list[int]) -> UnitTerms:
    rows = [(f"u{i}", "词", n) for i, n in enumerate(lengths)]
    counts = pd.DataFrame(rows, columns=["unit", "term", "n"])
    return unit_terms(counts.astype({"unit": "str", "term": "str"}), ["词"])


@pytest.mark.parametrize(
    ("lengths", "documents", "total", "reason"),
    [
        ([5, 5, 5, 5], "aabc", 3, ""),
        ([5, 5, 5, 5], "aabb", 4, "2 documents: units are drawn instead"),
        ([5, 5, 5, 5], "aaaa", 4, "1 document: units are drawn instead"),
        (
            [90, 80, 1, 1],
            "aabc",
            4,
            "3 documents, of which one or two have nearly all of the text: units are drawn instead",
        ),
        ([90, 80, 1, 1], "abcd", 4, ""),
    ],
)
def test_few_documents_give_their_units(
    lengths: list[int], documents: str, total: int, reason: str
) -> None:
    clusters = clusters_of(sized(lengths), list(documents))
    assert (clusters.total, clusters.reason) == (total, reason)
    assert clusters.weights(0, 0).sum() == total or not reason


def test_fewer_units_than_topics_are_drawn() -> None:
    data = prepare(planted(5), min_units=1, max_share=1)
    weights = np.array([3.0, 0, 2, 0, 0])
    assert in_sample(data, weights, 3)[0] is data
    assert in_sample(data, weights, 2)[0].units == [data.units[0], data.units[2]]
    for made in replicates(data, fit_options(5), data.units, 4):
        assert np.isfinite(made.topic_term).all() and np.isfinite(made.alpha).all()
        np.testing.assert_allclose(made.topic_term.sum(axis=1), 1)


def test_seeded_topics_whose_words_were_not_drawn() -> None:
    texts = [["a", "b", "c"], ["a", "b", "d"], ["b", "c", "d"], ["a", "c", "d"], ["种", "a", "d"]]
    data = prepare(texts_table(texts), min_units=1, max_share=1)
    fit = fit_options(2, seeded={"粮食": ["种"]})
    for made in replicates(data, fit, data.units, 6):
        assert np.isfinite(made.topic_term).all()


def test_random_starts(data: UnitTerms) -> None:
    fit = fit_options(K, seed=4, alpha="symmetric", prior=0.5)
    asked = random_fit(fit, 1)
    assert (asked.start, asked.passes, asked.prior, asked.alpha) == ("random", 10, 0.0, "symmetric")
    own = random_fit(fit_options(K, seed=4, start="random", passes=2), 1)
    assert (own.passes, own.seed) == (2, asked.seed)
    one, other = random_starts(data, fit, 2)
    assert as_bytes([one]) != as_bytes([other])
    assert as_bytes([other]) == as_bytes([train(data, asked)])


def test_documents_that_are_wrong(data: UnitTerms) -> None:
    given_ = pd.Series("d", index=data.units[1:])
    with pytest.raises(UnknownNameError, match=re.escape(f"the first '{data.units[0]}'")):
        documents_of(data, given_)
    with pytest.raises(ModelError, match="is there twice"):
        documents_of(data, pd.Series("d", index=[*data.units, data.units[0]]))
    with pytest.raises(ModelError, match="wanted a document for each of 40 units, found 2"):
        clusters_of(data, ["a", "b"])
    assert documents_of(data, None) == data.units
