"""The number of topics, chosen by the coherence of their terms."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from gensim.test.utils import common_texts

from tests.planted_topics import (
    counts_fixture,  # noqa: F401
    planted,
    texts_table,
)
from textlab.topics.choose import choose_k, mark_chosen
from textlab.topics.coherence import topic_npmi
from textlab.topics.model import fit_topics
from textlab.topics.vocabulary import unit_terms


def oracle_npmi(counts: pd.DataFrame, terms: list[str]) -> float:
    """NPMI from sets, as Bouma 2009 has it, smoothed by 1e-12 as Röder et al. 2015."""
    texts = [set(rows["term"]) for _, rows in counts.groupby("unit")]
    values = []
    for a, b in combinations(terms, 2):
        p_a, p_b = (sum(t in text for text in texts) / len(texts) for t in (a, b))
        p = sum(a in text and b in text for text in texts) / len(texts) + 1e-12
        values.append(math.log(p / (p_a * p_b)) / -math.log(p))
    return sum(values) / len(values)


def one_topic(terms: list[str], vocabulary: list[str]) -> np.ndarray:
    """A topic whose top terms are ``terms``, in that order."""
    order = terms + [term for term in vocabulary if term not in terms]
    weights = {term: len(order) - rank for rank, term in enumerate(order)}
    counts = np.array([[weights[term] for term in vocabulary]], dtype=float)
    topic: np.ndarray = counts / counts.sum()
    return topic


def test_npmi_by_hand() -> None:
    # p(a) = 3/4, p(b) = p(a, b) = 1/2: ln(4/3) / ln 2.
    counts = texts_table([["a", "b"], ["a", "b"], ["a"], ["c"]])
    data = unit_terms(counts, ["a", "b", "c"])
    value = topic_npmi(one_topic(["a", "b"], data.vocabulary), data, top=2)
    np.testing.assert_allclose(value, [math.log(4 / 3) / math.log(2)], rtol=1e-9)


def test_npmi_published_value() -> None:
    counts = texts_table(common_texts)
    data = unit_terms(counts, sorted(counts["term"].unique()))
    terms = ["human", "computer", "system", "interface"]
    value = topic_npmi(one_topic(terms, data.vocabulary), data, top=4)
    np.testing.assert_allclose(value, [0.276803], atol=5e-7)
    np.testing.assert_allclose(value, [oracle_npmi(counts, terms)], rtol=1e-12)


def test_terms_of_every_unit_say_nothing() -> None:
    counts = texts_table([["x", "y", "a", "b"], ["x", "y", "a"], ["x", "y", "c"]])
    data = unit_terms(counts, sorted(counts["term"].unique()))
    value = topic_npmi(one_topic(["x", "y", "a", "b"], data.vocabulary), data, top=2)
    np.testing.assert_allclose(value, [oracle_npmi(counts, ["a", "b"])], rtol=1e-12)
    plain = unit_terms(counts, ["x", "y"])
    assert topic_npmi(one_topic(["x", "y"], plain.vocabulary), plain).tolist() == [0]


def test_choose_k_against_the_oracle(counts: pd.DataFrame) -> None:
    made = choose_k(counts, [4, 2, 3, 6, 4])
    assert made["k"].tolist() == [2, 3, 4, 6]
    for k, npmi, npmi_se in zip(made["k"], made["npmi"], made["npmi_se"], strict=True):
        topics = fit_topics(counts, k).topics
        values = [
            oracle_npmi(counts, terms.tolist())
            for _, terms in topics[topics["rank"] <= 10].groupby("topic")["term"]
        ]
        assert npmi == pytest.approx(np.mean(values), rel=1e-9)
        assert npmi_se == pytest.approx(np.std(values, ddof=1) / math.sqrt(k), rel=1e-9)
    assert made.loc[made["chosen"] == 1, "k"].tolist() == [4]
    again = choose_k(counts.sample(frac=1, random_state=1), [2, 3, 4, 6])
    assert again.to_csv() == made.to_csv()


def test_the_smallest_within_one_standard_error() -> None:
    made = pd.DataFrame(
        {"k": [8, 2, 6, 4], "npmi": [0.30, 0.10, 0.26, 0.24], "npmi_se": [0.05, 0.2, 0.01, 0.01]}
    )
    chosen = mark_chosen(made)
    assert chosen["k"].tolist() == [2, 4, 6, 8]
    assert chosen["chosen"].tolist() == [0, 0, 1, 0]
    same = mark_chosen(pd.DataFrame({"k": [2, 3], "npmi": [0.1, 0.1], "npmi_se": [0.0, 0.0]}))
    assert same["chosen"].tolist() == [1, 0]


def test_the_default_grid_is_cut_to_the_data() -> None:
    assert choose_k(planted(units=3), min_units=1, max_share=1)["k"].tolist() == [2, 3]
    assert choose_k(planted(units=9), max_share=1)["k"].tolist() == [4, 6, 8]
