"""What a topic is shown as: its top terms and a label."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from textlab.schema import arrange

TOP = 20
LABEL_TERMS = 3
EXCLUSIVITY_WEIGHT = 0.7


def top_terms(topic_term: np.ndarray, vocabulary: Sequence[str], top: int = TOP) -> list[list[int]]:
    """For each topic the columns of its ``top`` most probable terms, ties by name."""
    names = np.argsort(np.argsort(np.array(vocabulary, dtype=object), kind="stable"))
    return [np.lexsort((names, -row))[:top].tolist() for row in topic_term]


def frex(topic_term: np.ndarray) -> np.ndarray:
    """FREX of every term in every topic, shape as given, from 0 to 1.

    The harmonic mean, weighted .7 to .3, of the ranks (as shares of the vocabulary) of a term's
    exclusivity to the topic and of its probability in it. Bischof & Airoldi 2012.
    """
    exclusivity = topic_term / topic_term.sum(axis=0, keepdims=True)
    terms = topic_term.shape[1]
    by_exclusivity = rankdata(exclusivity, method="max", axis=1) / terms
    by_probability = rankdata(topic_term, method="max", axis=1) / terms
    weight = EXCLUSIVITY_WEIGHT
    mean: np.ndarray = 1 / (weight / by_exclusivity + (1 - weight) / by_probability)
    return mean


def topics_table(topic_term: np.ndarray, vocabulary: Sequence[str]) -> pd.DataFrame:
    """Table ``topics``: the 20 most probable terms of each topic, and its label.

    The label joins the three of these terms with the highest FREX, ties by name.
    """
    scores = frex(topic_term)
    rows = []
    for topic, columns in enumerate(top_terms(topic_term, vocabulary)):
        typical = sorted(columns, key=lambda c: (-scores[topic, c], vocabulary[c]))
        label = "·".join(vocabulary[column] for column in typical[:LABEL_TERMS])
        rows += [
            (topic + 1, label, rank, vocabulary[column], topic_term[topic, column])
            for rank, column in enumerate(columns, start=1)
        ]
    return arrange(
        pd.DataFrame(rows, columns=["topic", "label", "rank", "term", "probability"]), "topics"
    )
