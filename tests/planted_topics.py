"""Counts with planted topics, and a model of them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from textlab.topics.model import TopicModel, fit_topics

K = 4
TERMS = 12


def table(rows: list[tuple[str, str, int]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["unit", "term", "n"]).astype({"unit": "str", "term": "str"})


def texts_table(texts: list[list[str]]) -> pd.DataFrame:
    """Each text a unit u0, u1, …, each of its terms once."""
    return table([(f"u{i}", term, 1) for i, text in enumerate(texts) for term in sorted(set(text))])


def planted(units: int = 40, seed: int = 0) -> pd.DataFrame:
    """Units of 80 tokens: .7 from a topic of their own, .2 from another, .1 from common terms.

    Topic t has the terms t_00 … t_11; unit i is about topic i % 4.
    """
    rng = np.random.default_rng(seed)
    rows = []
    for i in range(units):
        own, other = i % K, int(rng.integers(K))
        p = np.zeros((K + 1, TERMS))
        p[own] += 0.7 / TERMS
        p[other] += 0.2 / TERMS
        p[K] += 0.1 / TERMS
        for cell, n in enumerate(rng.multinomial(80, p.ravel())):
            rows.append((f"文{i:02d}", f"{cell // TERMS}_{cell % TERMS:02d}", int(n)))
    counts = table(rows)
    return counts[counts["n"] > 0].reset_index(drop=True)


# A test module imports these two, and its tests ask for them as counts and model.
@pytest.fixture(scope="module", name="counts")
def counts_fixture() -> pd.DataFrame:
    return planted()


@pytest.fixture(scope="module", name="model")
def model_fixture(counts: pd.DataFrame) -> TopicModel:
    return fit_topics(counts, K)


def as_bytes(model: TopicModel) -> list[bytes]:
    return [
        model.topics.to_csv().encode(),
        model.document_topics.to_csv().encode(),
        "\n".join(model.vocabulary).encode(),
        model.topic_term.tobytes(),
        model.alpha.tobytes(),
    ]
