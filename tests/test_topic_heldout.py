"""Document completion: by hand, against sklearn's inference, and what a split may not depend on."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array
from sklearn.decomposition import LatentDirichletAllocation

from tests.planted_topics import TERMS, K, planted, table
from textlab.errors import ModelError
from textlab.topics import heldout
from textlab.topics.heldout import Halves, complete, completion, hidden_likelihood, split
from textlab.topics.model import fit_topics
from textlab.topics.variational import Floats
from textlab.topics.vocabulary import UnitTerms, unit_terms

TOPICS = np.array([[0.5, 0.3, 0.2], [0.1, 0.1, 0.8]])
COUNTS = st.lists(
    st.lists(st.integers(0, 5), min_size=3, max_size=3).filter(any), min_size=1, max_size=8
)


def data_of(counts: list[list[int]]) -> UnitTerms:
    units = [f"u{i:02d}" for i in range(len(counts))]
    return UnitTerms(units, list("abc"), csr_array(np.array(counts, dtype="float64")))


def rows_of(data: UnitTerms, rows: list[int]) -> UnitTerms:
    return UnitTerms([data.units[row] for row in rows], data.vocabulary, data.matrix[rows])


def planted_data(units: int = 40, seed: int = 0) -> UnitTerms:
    vocabulary = [f"{topic}_{term:02d}" for topic in range(K + 1) for term in range(TERMS)]
    return unit_terms(planted(units, seed), vocabulary)


def true_topics() -> Floats:
    """Each planted topic's terms, with the common terms as their fifth."""
    topics = np.full((K, K + 1, TERMS), 1e-6)
    for topic in range(K):
        topics[topic, topic] = 0.9 / TERMS
        topics[topic, K] = 0.1 / TERMS
    flat = topics.reshape(K, -1)
    return np.asarray(flat / flat.sum(axis=1, keepdims=True))


def test_likelihood_by_hand() -> None:
    # The first unit has a with .75 x .5 + .25 x .1 = .4, twice, and c with .35; the second none.
    hidden = csr_array(np.array([[2.0, 0, 1], [0, 0, 0], [0, 1, 0]]))
    shares = np.array([[0.75, 0.25], [0.5, 0.5], [0, 1]])
    made = hidden_likelihood(hidden, shares, TOPICS)
    wanted = [2 * math.log(0.4) + math.log(0.35), 0, math.log(0.1)]
    np.testing.assert_allclose(made.loglik, wanted, rtol=1e-12)
    assert made.tokens.tolist() == [3, 0, 1]


def test_completion_by_hand() -> None:
    # Units of one term, so that the halves are known. One topic leaves nothing to infer.
    data = data_of([[4, 0, 0], [0, 5, 0], [0, 0, 1]])
    made = completion(data, np.array([[0.5, 0.3, 0.2]]), np.array([1.0]))
    np.testing.assert_allclose(made.loglik, [2 * math.log(0.5), 2 * math.log(0.3), 0])
    assert made.tokens.tolist() == [2, 2, 0]


@given(counts=COUNTS, seed=st.integers(0, 3))
def test_halves_are_halves_and_their_likelihood_that_of_a_dense_product(
    counts: list[list[int]], seed: int
) -> None:
    data = data_of(counts)
    seen, hidden = split(data, seed)
    assert (seen + hidden).toarray().tolist() == counts
    assert hidden.sum(axis=1).tolist() == (data.tokens // 2).tolist()
    for half in (seen, hidden):
        assert (half.data > 0).all() and (half.data % 1 == 0).all()
    shares = np.random.default_rng(seed).dirichlet([1, 1], size=len(counts))
    made = hidden_likelihood(hidden, shares, TOPICS)
    dense = (hidden.toarray() * np.log(shares @ TOPICS)).sum(axis=1)
    np.testing.assert_allclose(made.loglik, dense, rtol=1e-12)
    assert made.tokens.tolist() == hidden.sum(axis=1).tolist()


def test_a_split_of_a_unit_depends_on_its_name_and_the_seed_alone() -> None:
    data = planted_data()
    whole, some = split(data), split(rows_of(data, [7, 3, 21]))
    for all_of_them, three in zip(whole, some, strict=True):
        assert all_of_them[[7, 3, 21]].toarray().tolist() == three.toarray().tolist()
    twins = UnitTerms(["u", "v"], data.vocabulary, data.matrix[[0, 0]])
    hidden = split(twins).hidden.toarray()
    assert hidden[0].tolist() != hidden[1].tolist()
    assert split(twins, 1).hidden.toarray().tolist() != hidden.tolist()
    assert split(twins).hidden.toarray().tolist() == hidden.tolist()


def test_tokens_are_drawn_not_terms() -> None:
    # Two of aabb are hidden: both of a with 1/6, one of each with 2/3 (hypergeometric).
    units = 3000
    data = UnitTerms(
        [f"u{i}" for i in range(units)], ["a", "b"], csr_array(np.full((units, 2), 2.0))
    )
    of_a = split(data).hidden.toarray()[:, 0]
    shares = np.bincount(of_a.astype(int), minlength=3) / units
    assert shares == pytest.approx([1 / 6, 2 / 3, 1 / 6], abs=0.02)


def test_completion_is_that_of_the_shares_sklearn_infers() -> None:
    data, topics = planted_data(20, seed=3), true_topics()
    halves = split(data)
    model = LatentDirichletAllocation(
        K, doc_topic_prior=0.3, max_doc_update_iter=2000, mean_change_tol=1e-9
    )
    model.fit(np.ones((1, topics.shape[1])))
    # exp(E[log beta]) of Dirichlets this sharp is their mean.
    model.components_ = topics * 1e12
    model.exp_dirichlet_component_ = topics
    shares = model.transform(halves.seen)
    dense = (halves.hidden.toarray() * np.log(shares @ topics)).sum(axis=1)
    made = completion(data, topics, np.full(K, 0.3))
    np.testing.assert_allclose(made.loglik, dense, rtol=1e-5)


def test_better_topics_foresee_better() -> None:
    new, fitted = planted_data(40, seed=9), fit_topics(planted(), K, max_share=1, min_units=1)
    assert set(fitted.vocabulary) == set(new.vocabulary)
    known = unit_terms(planted(40, seed=9), fitted.vocabulary)
    frequency = np.asarray(planted_data().matrix.sum(axis=0)) + 1e-9
    alpha, one = np.full(K, 0.3), np.ones(1)
    made = {
        "true": completion(new, true_topics(), alpha),
        "fitted": completion(known, fitted.topic_term, fitted.alpha),
        "frequency": completion(new, frequency[np.newaxis] / frequency.sum(), one),
        "even": completion(new, np.full((1, frequency.size), 1 / frequency.size), one),
    }
    nats = {name: found.loglik.sum() / found.tokens.sum() for name, found in made.items()}
    assert nats["even"] == pytest.approx(-math.log(frequency.size))
    assert nats["true"] > nats["fitted"] - 0.1 > nats["frequency"] + 0.3
    assert nats["frequency"] > nats["even"]


def test_many_counts_are_done_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    data = planted_data(5)
    halves, alpha = split(data), np.full(K, 0.3)
    at_once = complete(halves, true_topics(), alpha)
    monkeypatch.setattr(heldout, "_CELLS", 3 * K)
    in_parts = complete(halves, true_topics(), alpha)
    assert in_parts.loglik.tolist() == at_once.loglik.tolist()
    some = complete(Halves(*(half[[4, 1]] for half in halves)), true_topics(), alpha)
    assert some.loglik.tolist() == at_once.loglik[[4, 1]].tolist()


def test_the_order_of_the_counts_makes_no_difference() -> None:
    counts = table([("u", "a", 3), ("u", "b", 2), ("v", "b", 4), ("v", "c", 1)])
    alpha = np.array([0.5, 0.2])
    made = [
        completion(unit_terms(rows, list("abc")), TOPICS, alpha)
        for rows in (counts, counts.iloc[::-1])
    ]
    assert made[0].loglik.tolist() == made[1].loglik.tolist()


def test_words_without_a_probability_are_named() -> None:
    hidden = csr_array(np.array([[1.0, 0, 0], [0, 0, 2]]))
    with pytest.raises(ModelError, match=r"row 1: .* hidden term of column 2 .* 0.0; smooth"):
        hidden_likelihood(hidden, np.ones((2, 1)), np.array([[0.5, 0.5, 0]]))
    with pytest.raises(ModelError, match=r"row 0: .* nan"):
        hidden_likelihood(hidden, np.full((2, 1), np.nan), np.array([[0.5, 0.3, 0.2]]))


def test_shapes_that_do_not_fit_are_named() -> None:
    hidden = csr_array(np.ones((2, 3)))
    for shares, topics in (((2, 2), (2, 4)), ((1, 2), (2, 3)), ((2, 2), (3, 3))):
        with pytest.raises(ModelError, match="want hidden counts of shape"):
            hidden_likelihood(hidden, np.ones(shares), np.ones(topics))
