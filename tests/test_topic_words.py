"""The words and the automatic labels of topics."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.topic_models import model_of
from textlab.errors import ModelError
from textlab.topics.labels import automatic_labels, lift
from textlab.topics.words import CORE, topic_words

TERMS = ["甲", "乙", "丙", "丁"]
PROBABILITIES = [[0.5, 0.3, 0.1, 0.1], [0.1, 0.1, 0.3, 0.5]]


def random_topics(seed: int, k: int, terms: int) -> np.ndarray:
    topics = np.random.default_rng(seed).dirichlet([0.3] * terms, size=k) + 1e-9
    topics /= topics.sum(axis=1, keepdims=True)
    return topics


def names(size: int) -> list[str]:
    return [f"<{at:03d}>" for at in range(size)]


def listed(words: pd.DataFrame, topic: int, by: str) -> list[str]:
    return words.loc[(words["topic"] == topic) & (words["by"] == by), "term"].tolist()


def test_three_lists_by_hand() -> None:
    words = topic_words(model_of(PROBABILITIES, TERMS, prevalence=[0.25, 0.75]), top=2)
    assert listed(words, 1, "probability") == ["甲", "乙"]
    assert listed(words, 2, "probability") == ["丁", "丙"]
    # In all texts: .2, .15, .25, .4; so the lift of the first topic is 2.5 and 2.
    lifted = words[(words["topic"] == 1) & (words["by"] == "lift")]
    assert lifted["term"].tolist() == ["甲", "乙"]
    assert lifted["value"].tolist() == pytest.approx([2.5, 2.0])
    # Exclusivity of the first topic: 5/6, 3/4, 1/4, 1/6, ranks 1, .75, .5, .25; probabilities
    # have the ranks 1, .75, .5, .5.
    first = words[(words["topic"] == 1) & (words["by"] == "frex")]
    assert first["value"].tolist() == pytest.approx([1.0, 0.75])
    assert words["label"].unique().tolist() == ["label 1", "label 2"]


def test_what_stands_three_times_does_not_lead_by_lift() -> None:
    usual, rare = [0.4, 0.3, 0.29], 0.01
    model = model_of([[*usual, rare], [*usual[::-1], 0.01 * rare]], ["甲", "乙", "丙", "罕"])
    raw = lift(model.topic_term, model.prevalence)[0]
    assert raw.argmax() == 3
    assert listed(topic_words(model, top=2), 1, "lift") == ["甲", "乙"]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 5), st.integers(5, 40), st.integers(1, 12))
def test_lists_are_the_largest_values_in_order(seed: int, k: int, terms: int, top: int) -> None:
    topics = random_topics(seed, k, terms)
    words = topic_words(model_of(topics, names(terms)), top=top)
    for key, group in words.groupby(["topic", "by"]):
        topic, by = int(str(key[0])), key[1]
        assert group["rank"].tolist() == list(range(1, min(top, terms) + 1))
        assert group["term"].is_unique
        assert all(a >= b for a, b in pairwise(group["value"]))
        if by == "lift":
            # By another way: a term is of the core if those above it are less than half.
            own = pd.Series(topics[topic - 1], index=names(terms))
            above = [own[own > own[term]].sum() for term in group["term"]]
            ranks = own.rank(ascending=False, method="min")
            assert all(
                share < CORE + 1e-12 or ranks[term] <= top
                for share, term in zip(above, group["term"], strict=True)
            )


@pytest.mark.parametrize("top", [0, -1, 2.5, True])
def test_top_is_a_number_of_terms(top: object) -> None:
    with pytest.raises(ModelError, match="top wants a whole number of 1 or more"):
        topic_words(model_of(PROBABILITIES, TERMS), top=top)  # type: ignore[arg-type]


def test_label_by_hand() -> None:
    # p log(p / mean) of the first: .5 log(.5 / .3) = .26, .3 log(.3 / .2) = .12, then
    # .1 log(.1 / .2) = -.07 and .1 log(.1 / .3) = -.11.
    assert automatic_labels(np.array(PROBABILITIES), TERMS) == ["甲·乙·丙", "丁·丙·乙"]
    # With one topic nothing sets a term apart, and the most probable are taken.
    assert automatic_labels(np.array([[0.1, 0.4, 0.3, 0.2]]), TERMS) == ["乙·丙·丁"]


def test_terms_of_the_lexicon_come_first() -> None:
    assert automatic_labels(np.array(PROBABILITIES), TERMS, ["乙", "丙"]) == [
        "乙·甲·丙",
        "丙·丁·乙",
    ]


def test_a_term_never_stands_beside_its_part() -> None:
    terms = ["产业", "现代化产业体系", "产业体系", "农田", "水"]
    topics = np.array([[0.3, 0.25, 0.25, 0.1, 0.1], [0.05, 0.05, 0.05, 0.4, 0.45]])
    first = automatic_labels(topics, terms, ["现代化产业体系", "产业体系"])[0].split("·")
    assert first[0] == "产业体系" and "现代化产业体系" not in first and "产业" not in first


def test_a_term_that_leads_all_topics_labels_two_at_most() -> None:
    # The first term leads each topic; the others are each topic's own.
    own = np.full((4, 16), 0.001)
    for topic in range(4):
        own[topic, topic * 4 : topic * 4 + 4] = [0.16, 0.15, 0.14, 0.13]
    generic = np.array([[0.5], [0.45], [0.44], [0.43]])
    topics = np.hstack([generic, own])
    topics /= topics.sum(axis=1, keepdims=True)
    labels = automatic_labels(topics, ["高质量发展", *names(16)], ["高质量发展"])
    assert ["高质量发展" in label for label in labels] == [True, True, False, False]


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 8), st.integers(25, 40))
def test_labels_differ(seed: int, k: int, terms: int) -> None:
    topics = random_topics(seed, k, terms)
    # Two alike but for the order of two terms have the same first terms.
    twin = topics[:1].copy()
    twin[0, :2] = twin[0, 1::-1]
    labels = automatic_labels(np.vstack([topics, twin]), names(terms))
    assert len({frozenset(label.split("·")) for label in labels}) == k + 1
    assert all(len(label.split("·")) >= 3 for label in labels)
