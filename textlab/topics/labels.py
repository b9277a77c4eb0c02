"""What a topic is shown as: its top terms and a label."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import rankdata

from textlab.schema import arrange
from textlab.topics.variational import Floats

TOP = 20
LABEL_TERMS = 3
EXCLUSIVITY_WEIGHT = 0.7
MOST_TOPICS, LEAST_TYPICAL = 2, 0.5
TINY = np.finfo("float64").tiny


def top_terms(topic_term: Floats, vocabulary: Sequence[str], top: int = TOP) -> list[list[int]]:
    """For each topic the columns of its ``top`` most probable terms, ties by name."""
    names = np.argsort(np.argsort(np.array(vocabulary, dtype=object), kind="stable"))
    return [np.lexsort((names, -row))[:top].tolist() for row in topic_term]


def frex(topic_term: Floats) -> Floats:
    """FREX of every term in every topic, shape as given, from 0 to 1.

    The harmonic mean, weighted .7 to .3, of the ranks (as shares of the vocabulary) of a term's
    exclusivity to the topic and of its probability in it. Bischof & Airoldi 2012.
    """
    exclusivity = topic_term / topic_term.sum(axis=0, keepdims=True)
    terms = topic_term.shape[1]
    by_exclusivity = rankdata(exclusivity, method="max", axis=1) / terms
    by_probability = rankdata(topic_term, method="max", axis=1) / terms
    weight = EXCLUSIVITY_WEIGHT
    mean: Floats = 1 / (weight / by_exclusivity + (1 - weight) / by_probability)
    return mean


def lift(topic_term: Floats, prevalence: Floats) -> Floats:
    """How many times as probable a term is in a topic as in all texts, shape as given.

    The texts' probability of a term is that of the topics, each by its ``prevalence`` (k,).
    """
    ratio: Floats = topic_term / (prevalence @ topic_term)
    return ratio


def automatic_labels(
    topic_term: Floats, vocabulary: Sequence[str], lexicon: Collection[str] = ()
) -> list[str]:
    """A label for each topic: three of its 20 most probable terms that set it apart.

    Terms of ``lexicon`` come before others, as they name subjects, and of either those come first
    that add most to the Kullback-Leibler divergence of the topic from the mean of all topics,
    p log(p / mean): they are frequent here and less so elsewhere. Terms that are more typical of
    other topics come last: a term is typical of the two topics at most that have it most often,
    of the second if it has it half as often as the first. A term does not stand beside one that
    it is a part of. Where two labels would have the same terms, the later one gets more of its 20.

    A label is a handle, not a finding: read the topic's words and passages.
    """
    apart = topic_term * np.log(np.maximum(topic_term / topic_term.mean(axis=0), TINY))
    typical, known = _typical(topic_term), set(lexicon)
    labels: list[str] = []
    taken: set[frozenset[str]] = set()
    for row, columns in enumerate(top_terms(topic_term, vocabulary)):
        # Stable, so that the more probable of two terms alike is first.
        ranked = sorted(
            columns,
            key=lambda c: (not typical[row, c], vocabulary[c] not in known, -apart[row, c]),
        )
        terms = _distinct([vocabulary[column] for column in ranked], taken)
        taken.add(frozenset(terms))
        labels.append("·".join(terms))
    return labels


def _typical(topic_term: Floats) -> NDArray[np.bool_]:
    """Whether a topic is one of the two that have a term most often, and not far behind."""
    ranks = rankdata(-topic_term, method="min", axis=0)
    near: NDArray[np.bool_] = topic_term >= LEAST_TYPICAL * topic_term.max(axis=0)
    near &= ranks <= MOST_TOPICS
    return near


def _distinct(ranked: Sequence[str], taken: Collection[frozenset[str]]) -> list[str]:
    """The first terms of ``ranked`` without parts of each other; more while they are ``taken``."""
    terms: list[str] = []
    nested: list[str] = []
    for term in ranked:
        part = any(term in other or other in term for other in terms)
        (nested if part else terms).append(term)
    size = min(LABEL_TERMS, len(terms))
    terms += nested
    while frozenset(terms[:size]) in taken and size < len(terms):
        size += 1
    return terms[:size]


def topics_table(
    topic_term: Floats,
    vocabulary: Sequence[str],
    *,
    prevalence: Floats,
    numbers: Sequence[int],
    labels: Sequence[str],
) -> pd.DataFrame:
    """Table ``topics``: the 20 most probable terms of each topic, with FREX, lift and label."""
    exclusive, lifted = frex(topic_term), lift(topic_term, prevalence)
    rows = [
        (
            *(numbers[row], labels[row], rank, vocabulary[column]),
            *(values[row, column] for values in (topic_term, exclusive, lifted)),
        )
        for row, columns in enumerate(top_terms(topic_term, vocabulary))
        for rank, column in enumerate(columns, start=1)
    ]
    names = ["topic", "label", "rank", "term", "probability", "frex", "lift"]
    return arrange(pd.DataFrame(rows, columns=names), "topics")
