"""The E-step for all units at once is gensim's, and says of a unit the same in any company."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from gensim.models import LdaModel
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from tests.planted_topics import K, planted
from textlab.seeds import derive_seed
from textlab.topics.lda import train
from textlab.topics.model import prepare
from textlab.topics.options import fit_options
from textlab.topics.start import starting_counts
from textlab.topics.variational import bags, expected_counts, expected_shares
from textlab.topics.vocabulary import UnitTerms

DATA = prepare(planted())


def gensim_bags(matrix: Any) -> list[list[tuple[int, float]]]:
    ids, counts = matrix.indices.tolist(), matrix.data.tolist()
    ends = pairwise(matrix.indptr.tolist())
    return [list(zip(ids[a:b], counts[a:b], strict=True)) for a, b in ends]


@pytest.mark.parametrize("eta", ["symmetric", "auto"])
@pytest.mark.parametrize("alpha", ["auto", "symmetric", "asymmetric"])
def test_a_random_start_is_gensims_own_model(alpha: str, eta: str) -> None:
    # gensim learns an eta when told "auto", and never uses it: see the comment in lda.py.
    theirs = LdaModel(
        *(gensim_bags(DATA.matrix), K, dict(enumerate(DATA.vocabulary))),
        **{"passes": 10, "alpha": alpha, "eta": eta, "eval_every": None},
        **{"dtype": np.float64, "random_state": derive_seed(3, "topics")},
    )
    ours = train(DATA, fit_options(K, start="random", seed=3, alpha=alpha))
    np.testing.assert_allclose(ours.topic_term, theirs.get_topics(), atol=1e-10)
    np.testing.assert_allclose(ours.alpha, theirs.alpha, rtol=1e-6)


@pytest.mark.parametrize("alpha", ["auto", "symmetric"])
def test_a_unit_that_counts_twice_is_there_twice(
    monkeypatch: pytest.MonkeyPatch, alpha: str
) -> None:
    times = np.resize([0.0, 1.0, 2.0, 1.0], len(DATA.units))
    rows = np.repeat(np.arange(len(times)), times.astype(int))
    again = UnitTerms([f"{n:03d}" for n in range(len(rows))], DATA.vocabulary, DATA.matrix[rows])
    fit = fit_options(K, alpha=alpha)
    # The inverse document frequencies of the two differ, so they are given one start.
    total = DATA.matrix[rows].sum()
    topics = np.random.default_rng(0).dirichlet(np.ones(len(DATA.vocabulary)), K) * total / K
    monkeypatch.setattr("textlab.topics.lda.starting_counts", lambda *_, **__: topics)
    weighted, repeated = train(DATA, fit, times), train(again, fit)
    np.testing.assert_allclose(weighted.topic_term, repeated.topic_term, atol=1e-12)
    np.testing.assert_allclose(weighted.alpha, repeated.alpha, rtol=1e-9)
    assert not np.allclose(weighted.topic_term, train(DATA, fit).topic_term, atol=1e-6)


def test_the_start_weighs_units_as_often_as_they_stand_there() -> None:
    twice = np.full(len(DATA.units), 2.0)
    once, doubled = (
        starting_counts(DATA.matrix, K, seed=3, weights=weights) for weights in (twice / 2, twice)
    )
    np.testing.assert_allclose(doubled, 2 * once, rtol=0.05, atol=0.05)
    # Without the units of a topic, none of the topics is made of its words.
    without = np.where(np.arange(len(DATA.units)) % K == 0, 0.0, 1.0)
    left = starting_counts(DATA.matrix, K - 1, seed=3, weights=without)
    tops = {DATA.vocabulary[c][0] for row in left for c in np.argsort(-row)[:5]}
    assert tops == {"1", "2", "3"}


counts = st.lists(st.lists(st.sampled_from([0, 0, 1, 2, 7]), min_size=9, max_size=9), min_size=2)


@given(counts, st.integers(1, 4), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_a_unit_in_any_company(cells: list[list[int]], topics: int, random: Any) -> None:
    matrix = csr_array(np.array(cells, dtype="float64"))
    rng = np.random.default_rng(1)
    weights = rng.dirichlet(np.ones(9), topics)
    alpha = rng.gamma(1, size=topics) + 0.01
    settled: dict[str, Any] = {"iterations": 200, "threshold": 1e-6}
    gamma = expected_shares(matrix, weights, alpha, **settled)
    order = list(range(len(cells)))
    random.shuffle(order)
    np.testing.assert_array_equal(
        expected_shares(matrix[order], weights, alpha, **settled), gamma[order]
    )
    alone = expected_shares(matrix[[0]], weights, alpha, **settled)
    np.testing.assert_array_equal(alone, gamma[[0]])
    # All tokens are shared out, to units and to terms.
    np.testing.assert_allclose(gamma.sum(axis=1), alpha.sum() + matrix.sum(axis=1), rtol=1e-9)
    shared = expected_counts(matrix, weights, gamma)
    np.testing.assert_allclose(shared.sum(axis=0), matrix.sum(axis=0), atol=1e-9)
    doubled = expected_counts(matrix, weights, gamma, np.full(len(cells), 2.0))
    np.testing.assert_allclose(doubled, 2 * shared)


@given(st.lists(st.integers(0, 70), min_size=1, max_size=30), st.integers(1, 3000))
@settings(deadline=None)
def test_bags_hold_each_unit_once_and_little_else(lengths: list[int], topics: int) -> None:
    cells = np.arange(70) < np.array(lengths)[:, np.newaxis]
    found = list(bags(csr_array(cells.astype("float64")), topics))
    rows = sorted(row for bag in found for row in bag.rows.tolist())
    assert rows == [row for row, length in enumerate(lengths) if length]
    for bag in found:
        there = (bag.counts > 0).sum(axis=1)
        assert there.tolist() == [lengths[row] for row in bag.rows]
        assert bag.counts.shape[1] <= 1.25 * there.min()
