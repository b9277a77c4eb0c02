"""Which topic of one model is which of another: partners by the top terms they share."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from textlab.topics.labels import top_terms
from textlab.topics.variational import Floats

if TYPE_CHECKING:
    from textlab.topics.model import TopicModel

TOP = 20
# The overlap from which two topics are the same: half of their 20 terms are shared.
MATCHED = 1 / 3
# Sums of overlaps that are closer than this are equal.
_TIE = 1e-6


class Matches(NamedTuple):
    """The ``pairs`` (row of a, row of b) of two lists of topics, by row of a.

    ``overlaps`` (topics of a,) is the overlap of each row of a with its partner, 0 without one.
    No topic is in two pairs, and partners share a term at least.
    """

    pairs: list[tuple[int, int]]
    overlaps: Floats


def overlaps(tops_a: Sequence[Sequence[Hashable]], tops_b: Sequence[Sequence[Hashable]]) -> Floats:
    """The Jaccard overlap of the first 20 terms of each topic of a with each of b (a x b).

    The number of terms that both have by the number that either has; 0 where neither has any.
    """
    sets_a, sets_b = ([frozenset(terms[:TOP]) for terms in tops] for tops in (tops_a, tops_b))
    shared = [[len(a & b) / max(len(a | b), 1) for b in sets_b] for a in sets_a]
    return np.array(shared, dtype="float64").reshape(len(sets_a), len(sets_b))


def match(tops_a: Sequence[Sequence[Hashable]], tops_b: Sequence[Sequence[Hashable]]) -> Matches:
    """The partners with the largest sum of overlaps of their first 20 terms, one to one.

    ``tops_a`` and ``tops_b`` are the terms (or columns of one vocabulary) of each topic, the most
    probable first. Among partners of equal sums, earlier topics of the one get earlier ones of
    the other. A weak overlap makes a pair too: from ``MATCHED`` on, two topics are the same.

    Source: Kuhn (1955); Greene, O'Callaghan & Cunningham (2014), 'How many topics? Stability
    analysis for topic models', match topics so, by an overlap of ranked terms.
    """
    shared = overlaps(tops_a, tops_b)
    # Products of falling numbers have their largest sum, less than 2, where both are in order.
    in_order = np.outer(1 / (1 + np.arange(len(tops_a))), 1 / (1 + np.arange(len(tops_b))))
    rows, partners = linear_sum_assignment(-(shared + _TIE * in_order * (shared > 0)))
    pairs = [(int(i), int(j)) for i, j in zip(rows, partners, strict=True) if shared[i, j] > 0]
    found = np.zeros(len(tops_a))
    for i, j in pairs:
        found[i] = shared[i, j]
    return Matches(pairs, found)


def match_topics(model_a: TopicModel, model_b: TopicModel) -> pd.DataFrame:
    """Which topic of ``model_a`` is which of ``model_b``: topic_a, topic_b, overlap.

    Each topic of either model is in one row, by its number; 0 where it has no partner. The
    partners are those with the largest sum of ``overlap``, the Jaccard overlap of their 20 most
    probable terms (0 to 1). From 1/3 on, half of the terms, they may be called the same topic;
    less is what is left over when the others have found theirs. The models may differ in
    vocabulary and in the number of topics; a term that only one of them knows cannot be shared.
    """
    pairs, found = match(_tops(model_a), _tops(model_b))
    partner, taken = dict(pairs), {row for _, row in pairs}
    rows = [
        (number, model_b.numbers[partner[row]] if row in partner else 0, found[row])
        for row, number in enumerate(model_a.numbers)
    ]
    rows += [(0, number, 0.0) for row, number in enumerate(model_b.numbers) if row not in taken]
    table = pd.DataFrame(rows, columns=["topic_a", "topic_b", "overlap"])
    return table.astype({"topic_a": "int64", "topic_b": "int64", "overlap": "float64"})


def _tops(model: TopicModel) -> list[list[str]]:
    columns = top_terms(model.topic_term, model.vocabulary, TOP)
    return [[model.vocabulary[column] for column in row] for row in columns]
