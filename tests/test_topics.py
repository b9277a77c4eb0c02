"""Topics: planted ones are found, whatever the row order."""

from __future__ import annotations

import logging

import numpy as np
import pandas as pd
import pytest

from tests.planted_topics import K, as_bytes, counts_fixture, model_fixture, planted, texts_table  # noqa: F401
from textlab.schema import check
from textlab.seeds import derive_seed
from textlab.topics.labels import automatic_labels, frex, lift, topics_table
from textlab.topics.model import TopicModel, fit_topics
from textlab.topics.start import starting_counts
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
    vocabulary = ["丁", "乙", "丙", "甲"]
    labels = automatic_labels(topic_term, vocabulary)
    prevalence = np.array([0.5, 0.5])
    made = topics_table(
        topic_term, vocabulary, prevalence=prevalence, numbers=[1, 2], labels=labels
    )
    first = made[made["topic"] == 1]
    assert first["term"].tolist() == ["丙", "乙", "丁", "甲"]
    assert first["rank"].tolist() == [1, 2, 3, 4]
    assert first["label"].unique().tolist() == ["丙·乙·甲"]
    assert automatic_labels(topic_term, vocabulary, ["甲"])[0].startswith("甲·")


def test_lift_by_hand() -> None:
    # In all texts the terms have .25 * .6 + .75 * .2 = .3, .2, and .25 * .2 + .75 * .6 = .5.
    topic_term = np.array([[0.6, 0.2, 0.2], [0.2, 0.2, 0.6]])
    lifted = lift(topic_term, np.array([0.25, 0.75]))
    np.testing.assert_allclose(lifted, [[2, 1, 0.4], [2 / 3, 1, 1.2]])


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
    start = starting_counts(data.matrix, K, seed=1, weights=np.ones(len(data.units)))
    np.testing.assert_allclose(start.sum(axis=1), counts["n"].sum() / K)
    assert start.min() > 0


def test_random_start_is_another_fit(counts: pd.DataFrame, model: TopicModel) -> None:
    random = fit_topics(counts, K, start="random")
    assert as_bytes(random) == as_bytes(fit_topics(counts, K, start="random"))
    assert as_bytes(random) != as_bytes(model)


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
    assert np.random.random_sample() == expected
    assert state == (list(logger.filters), list(logger.handlers), logger.level, logger.disabled)
    assert caplog.records == []
    pd.testing.assert_frame_equal(counts, before)


def test_a_seed_makes_no_difference_that_matters(counts: pd.DataFrame, model: TopicModel) -> None:
    other = fit_topics(counts, K, seed=1)
    assert other.topic_term.tobytes() != model.topic_term.tobytes()
    np.testing.assert_allclose(other.topic_term, model.topic_term, atol=1e-3)
    assert other.labels == model.labels


def test_nmf_read_as_topics(counts: pd.DataFrame) -> None:
    bare = fit_topics(counts, K, passes=0)
    data = unit_terms(counts, bare.vocabulary)
    seed = derive_seed(0, "topics")
    start = starting_counts(data.matrix, K, seed=seed, weights=np.ones(len(data.units)))
    found = {tuple(row.round(12)) for row in bare.topic_term}
    assert found == {tuple((row / row.sum()).round(12)) for row in start}
    np.testing.assert_array_equal(bare.alpha, 1 / K)


def test_more_prior_keeps_more_of_the_nmf(counts: pd.DataFrame) -> None:
    nmf = fit_topics(counts, K, passes=0).topic_term
    away = [
        np.abs(fit_topics(counts, K, prior=prior).topic_term[:, None] - nmf).sum(axis=2).min(axis=1)
        for prior in (0.0, 1.0, 100.0)
    ]
    assert away[0].sum() > away[1].sum() > away[2].sum()
    assert away[2].max() < 0.05


def test_seed_words_are_a_prior_and_no_filter(counts: pd.DataFrame) -> None:
    seeded = {"third": ["3_00", "3_01", "absent"], "odd": ["1_05"]}
    model = fit_topics(counts, K, seeded=seeded)
    named = dict(zip(model.labels, model.numbers, strict=True))
    for name, theme in (("third", "3"), ("odd", "1")):
        words = model.topics[model.topics["topic"] == named[name]].head(8)["term"]
        assert {word[0] for word in words} == {theme}
    # A word that the texts put elsewhere goes there, whatever seeds say.
    against = fit_topics(counts, K, seeded={"mixed": ["0_00", "0_01", "0_02", "2_11"]})
    row = against.labels.index("mixed")
    column = against.vocabulary.index("0_03")
    assert against.topic_term[:, column].argmax() == row
    themes = against.topics[against.topics["topic"] == against.numbers[row]].head(8)["term"]
    assert [word[0] for word in themes].count("0") >= 7
    at_random = fit_topics(counts, K, seeded=seeded, start="random", seed=2)
    assert {"third", "odd"} <= set(at_random.labels)


def test_renumbering_moves_all_that_has_numbers(counts: pd.DataFrame, model: TopicModel) -> None:
    other = model.renumbered([9, 2, 7, 4], ["i", "j", "k", "l"])
    assert other.numbers == [2, 4, 7, 9] and other.labels == ["j", "l", "k", "i"]
    np.testing.assert_array_equal(other.topic_term, model.topic_term[[1, 3, 2, 0]])
    pd.testing.assert_frame_equal(other.infer(counts), other.document_topics)
    first = model.document_topics.query("topic == 1")["share"].to_numpy()
    np.testing.assert_array_equal(other.document_topics.query("topic == 9")["share"], first)


def test_intervals_of_shares_are_those_of_the_posterior(
    counts: pd.DataFrame, model: TopicModel
) -> None:
    of_units = model.posterior(counts)
    rng = np.random.default_rng(1)
    drawn = rng.dirichlet(of_units.gamma[7], 200_000)
    shares = model.document_topics[model.document_topics["unit"] == of_units.units[7]]
    for column, at in (("low", 2.5), ("high", 97.5)):
        np.testing.assert_allclose(shares[column], np.percentile(drawn, at, axis=0), atol=2e-3)
    np.testing.assert_allclose(shares["share"], drawn.mean(axis=0), atol=2e-3)


def test_numpy_integers_are_integers(counts: pd.DataFrame, model: TopicModel) -> None:
    same = fit_topics(counts, np.int64(K))  # type: ignore[arg-type]
    assert as_bytes(same) == as_bytes(model)
