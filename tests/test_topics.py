"""Topics: planted ones are found, whatever the row order."""

from __future__ import annotations

import logging

import numpy as np
import pandas as pd
import pytest
from gensim.models import LdaModel

from tests.planted_topics import K, as_bytes, counts_fixture, model_fixture, planted, texts_table  # noqa: F401
from textlab.schema import check
from textlab.topics.choose import choose_k
from textlab.topics.labels import frex, topics_table
from textlab.topics.model import TopicModel, fit_topics, prepare
from textlab.topics.start import nmf_start
from textlab.topics.vocabulary import choose_vocabulary, unit_terms


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_planted_topics_are_found(seed: int) -> None:
    model = fit_topics(planted(seed=seed), K, seed=seed)
    tops = model.topics[model.topics["rank"] <= 8].groupby("topic")["term"]
    found = {topic: {term[0] for term in terms} for topic, terms in tops}
    assert sorted(found.values(), key=min) == [{"0"}, {"1"}, {"2"}, {"3"}]
    best = model.document_topics.sort_values("share").groupby("unit").tail(1)
    right = [
        {str(int(unit[1:]) % K)} == found[topic]
        for unit, topic in zip(best["unit"], best["topic"], strict=True)
    ]
    assert np.mean(right) == 1


def test_tables_are_complete_and_ordered(model: TopicModel, counts: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(check(model.topics, "topics"), model.topics)
    assert model.topics.groupby("topic").size().tolist() == [20] * K
    assert model.topics["topic"].drop_duplicates().tolist() == [1, 2, 3, 4]
    shares = model.document_topics
    units = sorted(counts["unit"].unique())
    assert shares["unit"].tolist() == [unit for unit in units for _ in range(K)]
    assert shares["topic"].tolist() == [1, 2, 3, 4] * len(units)
    np.testing.assert_allclose(shares.groupby("unit")["share"].sum(), 1, rtol=1e-12)
    np.testing.assert_allclose(model.topic_term.sum(axis=1), 1, rtol=1e-12)
    assert model.topic_term.shape == (K, len(model.vocabulary))
    assert model.topic_term.min() > 0
    assert model.alpha.shape == (K,)
    assert model.k == K


def test_topics_are_numbered_by_prevalence(model: TopicModel, counts: pd.DataFrame) -> None:
    known = counts[counts["term"].isin(model.vocabulary)]
    tokens = known.groupby("unit")["n"].sum()
    shares = model.document_topics.pivot(index="unit", columns="topic", values="share")
    prevalence = shares.mul(tokens, axis=0).sum() / tokens.sum()
    # The last digits may move when topics are put in order and inferred again.
    assert prevalence.diff().dropna().max() < 1e-5


def test_top_terms_and_ties_by_name() -> None:
    topic_term = np.array([[0.1, 0.4, 0.4, 0.1], [0.7, 0.1, 0.1, 0.1]])
    made = topics_table(topic_term, ["丁", "乙", "丙", "甲"])
    first = made[made["topic"] == 1]
    assert first["term"].tolist() == ["丙", "乙", "丁", "甲"]
    assert first["rank"].tolist() == [1, 2, 3, 4]
    assert first["label"].unique().tolist() == ["丙·乙·甲"]


def test_frex_by_hand() -> None:
    # Exclusivity of the first topic: 3/4, 1/2, 1/6, so ranks 3, 2, 1 of 3; probability: 3, 1, 2
    # with ties counted as the higher rank.
    topic_term = np.array([[0.6, 0.2, 0.2], [0.2, 0.2, 0.6]])
    expected = [1 / (0.7 / 1 + 0.3 / 1), 1 / (0.7 / (2 / 3) + 0.3 / (2 / 3)), 0]
    expected[2] = 1 / (0.7 / (1 / 3) + 0.3 / (2 / 3))
    np.testing.assert_allclose(frex(topic_term)[0], expected)


def test_vocabulary_by_hand() -> None:
    texts = [["a", "b", "c"], ["a", "b", "d"], ["a", "c", "b"], ["a", "e", "k"], ["a"]]
    counts = texts_table(texts)
    assert choose_vocabulary(counts, min_units=2, max_share=0.8) == ["b", "c"]
    kept = choose_vocabulary(counts, min_units=2, max_share=0.6, keep={"a", "k", "absent"})
    assert kept == ["a", "b", "c", "k"]
    assert choose_vocabulary(counts, min_units=2, max_share=0.59) == ["c"]
    assert choose_vocabulary(counts, min_units=1, max_share=1)[:2] == ["a", "b"]


def test_start_shares_the_tokens_out(counts: pd.DataFrame) -> None:
    data = unit_terms(counts, sorted(counts["term"].unique()))
    start = nmf_start(data.matrix, K, seed=1)
    np.testing.assert_allclose(start.sum(axis=1), counts["n"].sum() / K)
    assert start.min() > 0


def test_random_start_is_another_fit(counts: pd.DataFrame, model: TopicModel) -> None:
    random = fit_topics(counts, K, start="random")
    assert as_bytes(random) == as_bytes(fit_topics(counts, K, start="random"))
    assert as_bytes(random) != as_bytes(model)


def test_gensim_still_ignores_the_eta_it_learns(counts: pd.DataFrame) -> None:
    # If this fails, gensim uses eta="auto" now: see the comment in lda.py.
    data = prepare(counts, min_units=2, max_share=0.8, keep=())
    names = dict(enumerate(data.vocabulary))
    fits = [
        LdaModel(data.bags(), K, names, eta=eta, random_state=1, passes=10, dtype=np.float64)
        for eta in ("auto", "symmetric")
    ]
    assert np.ptp(fits[0].eta) > 0
    np.testing.assert_array_equal(fits[0].get_topics(), fits[1].get_topics())


@pytest.mark.parametrize("shuffle", [1, 2])
def test_row_order_does_not_matter(counts: pd.DataFrame, model: TopicModel, shuffle: int) -> None:
    shuffled = counts.sample(frac=1, random_state=shuffle)
    assert as_bytes(fit_topics(shuffled, K)) == as_bytes(model)


def test_input_and_global_state_are_left_alone(
    counts: pd.DataFrame, caplog: pytest.LogCaptureFixture
) -> None:
    before = counts.copy()
    logger = logging.getLogger("gensim.models.ldamodel")
    state = (list(logger.filters), list(logger.handlers), logger.level, logger.disabled)
    np.random.seed(7)
    expected = np.random.RandomState(7).random_sample()
    fit_topics(counts, 3)
    choose_k(counts, [2, 3])
    assert np.random.random_sample() == expected
    assert state == (list(logger.filters), list(logger.handlers), logger.level, logger.disabled)
    assert caplog.records == []
    pd.testing.assert_frame_equal(counts, before)


def test_a_seed_makes_a_difference(counts: pd.DataFrame, model: TopicModel) -> None:
    assert fit_topics(counts, K, seed=1).topic_term.tobytes() != model.topic_term.tobytes()


def test_numpy_integers_are_integers(counts: pd.DataFrame, model: TopicModel) -> None:
    same = fit_topics(counts, np.int64(K))  # type: ignore[arg-type]
    assert as_bytes(same) == as_bytes(model)
