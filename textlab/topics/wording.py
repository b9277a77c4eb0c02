"""Which words of a topic a group of texts prefers: keyness within the topic."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array

from textlab.errors import UnknownNameError
from textlab.schema import arrange, empty
from textlab.statistics.discovery import false_discovery_rates
from textlab.statistics.document_tests import document_tests, group_tests, not_testable
from textlab.statistics.grouping import Codes, first_of_each, group_position
from textlab.statistics.intervals import log_ratio_intervals
from textlab.statistics.measures import Floats, log_ratio, rate
from textlab.statistics.sampling import Units, rests_on
from textlab.topics.grouped import (
    GroupedCounts,
    Mask,
    documents_of,
    expected_tokens,
    grouped_counts,
    units_of,
    word_norms,
)
from textlab.topics.labels import lift, top_terms
from textlab.topics.model import TopicModel

# Below half a word, a word is not expected; as the log ratio takes 0 for half a word.
_LEAST = 0.5
_ABSENT = ("", "absent from the group", "absent from the reference", "absent from both")


class _Draws(NamedTuple):
    """The deals of the test over documents."""

    resamples: int
    seed: int


class _Topic(NamedTuple):
    """The paragraphs with a word or more of a topic, and what is expected of its terms there.

    ``terms`` are columns of the vocabulary, ``n`` (paragraphs x terms, sparse) the expected counts
    of each that are of the topic, ``size`` all its expected tokens.
    """

    terms: NDArray[np.intp]
    n: Any
    size: Floats
    group: Codes
    document: Codes
    owner: Codes


def topic_wording(
    model: TopicModel,
    counts: pd.DataFrame,
    paragraphs: pd.DataFrame,
    *,
    by: str | pd.Series = "place",
    reference: str | None = None,
    topics: Collection[int] | None = None,
    min_count: int = 5,
    top: int = 100,
    units: pd.Series | None = None,
    resamples: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Each group against all others, or against ``reference``, in how it words each topic.

    ``counts`` (unit, term, n) by para_id, ``by`` and ``units`` as in
    :func:`~textlab.topics.by_place.group_shares`. ``topics`` are the numbers of some topics, by
    default all. Tested are the terms of a topic: its ``top`` most probable of those that it has at
    least as often as all texts together (lift of 1) and that are expected ``min_count`` times in
    it. ``resamples`` and ``seed`` are those of the test over documents.

    A word counts for a topic by its expected part: its count times the probability of the topic
    given the word and its unit. Paragraphs of which less than one word is of the topic are left
    out of it. Returns the table ``topic_wording``:

    - ``n_target``, ``n_reference``: expected counts of the word in the topic, 0 if below .5;
      ``per_10k_*``: per 10,000 expected words of the topic in the group and the reference.
    - ``log_ratio``: how many times as frequent, as a binary log
      (:func:`~textlab.statistics.measures.log_ratio`), with a 95 % interval
      (:func:`~textlab.statistics.intervals.log_ratio_intervals`).
    - ``p_document``: :func:`~textlab.statistics.document_tests.document_tests`, ``q_document``
      its false discovery rate over all tests of the table (Benjamini and Hochberg 1995).
    - ``reason``: why a value is NaN, or what an interval rests on.

    Ordered by topic, group, falling ``log_ratio``, term. With one topic it is the keyness of the
    words of the vocabulary. One group only gives no rows. UnknownNameError: no such topic, column
    or reference; TableError if no unit of ``counts`` is a para_id.

    Validity: topics are taken as known. Which topic a word is of is an estimate from topics that
    all groups share: a group's own words for a subject go in part to other topics, so differences
    come out smaller than they are; and where a group speaks much of a topic near to this one, its
    words leak in. Read the passages before you report a difference. The limits of the interval
    and of the test are those of :func:`~textlab.analysis.keyness.keyness`.
    """
    found = grouped_counts(model, counts, paragraphs, by, units)
    against = None if reference is None else group_position(reference, found.groups)
    rows = _rows_of(model, topics)
    if len(found.groups) < 2:
        return empty("topic_wording")
    frames = []
    for row, topic in zip(rows, _topics(model, found, rows, min_count, top), strict=True):
        frame = _compared(found.groups, topic, against, _Draws(resamples, seed))
        frame["term"] = [model.vocabulary[topic.terms[code]] for code in frame["term"]]
        frames.append(frame.assign(topic=model.numbers[row], label=model.labels[row]))
    table = pd.concat(frames, ignore_index=True)
    table["q_document"] = false_discovery_rates(table["p_document"])
    return arrange(table, "topic_wording")


def _rows_of(model: TopicModel, topics: Collection[int] | None) -> list[int]:
    """The rows of the model's topics with these numbers."""
    chosen = model.numbers if topics is None else sorted(set(topics))
    unknown = [number for number in chosen if number not in model.numbers]
    if unknown or not chosen:
        there = ", ".join(map(str, model.numbers))
        raise UnknownNameError(f"no topic {unknown[0] if unknown else 'named'}; there are: {there}")
    return [model.numbers.index(number) for number in chosen]


def _topics(
    model: TopicModel, found: GroupedCounts, rows: list[int], min_count: int, top: int
) -> Iterator[_Topic]:
    """The topics of these rows, one at a time: the counts of all would not fit into memory."""
    tokens, shares = expected_tokens(model, found)
    per_norm = found.matrix.data / word_norms(found.matrix, shares, model.topic_term)
    line = np.repeat(np.arange(found.matrix.shape[0]), np.diff(found.matrix.indptr))
    column, indptr = found.matrix.indices, found.matrix.indptr
    most = top_terms(model.topic_term, model.vocabulary, len(model.vocabulary))
    # Rounding must not take from a single topic what it has as often as all texts.
    raised = lift(model.topic_term, model.prevalence) >= 1 - 1e-9
    for row in rows:
        n = per_norm * shares[line, row] * model.topic_term[row, column]
        matrix = csr_array((n, column, indptr), shape=found.matrix.shape)
        kept = tokens[:, row] >= 1
        matrix = matrix[kept]
        frequent = np.asarray(matrix.sum(axis=0)).ravel() >= min_count
        own = np.array([c for c in most[row] if raised[row, c]][:top], dtype=np.intp)
        terms = np.sort(own[frequent[own]])
        yield _Topic(
            *(terms, matrix[:, terms], tokens[kept, row]),
            *(found.group[kept], found.document[kept], found.owner[kept]),
        )


def _compared(
    groups: pd.Index[str], topic: _Topic, against: int | None, draws: _Draws
) -> pd.DataFrame:
    """The rows of a topic, ``term`` being the position in its terms."""
    codes = [code for code in range(len(groups)) if code != against]
    tests = _tests(topic, len(groups), codes, against, draws)
    frames = []
    for code, p in zip(codes, tests, strict=True):
        own = topic.group == code
        sides = own, ~own if against is None else topic.group == against
        frame = pd.DataFrame(_contrast(topic, *sides))
        frames.append(frame.assign(group=groups[code], term=range(len(frame)), p_document=p))
    return pd.concat(frames, ignore_index=True)


def _contrast(topic: _Topic, own: Mask, other: Mask) -> dict[str, Any]:
    """Counts, rates, log ratio and reason of each term of a topic in two sets of paragraphs."""
    sides = [units_of(topic.n[at], topic.size[at], topic.owner[at]) for at in (own, other)]
    shown = [Units(_expected(units.n), units.size, units.kind) for units in sides]
    n = [np.asarray(units.n.sum(axis=0), dtype="float64").ravel() for units in shown]
    size = [float(units.size.sum()) for units in shown]
    documents = [len(np.unique(topic.owner[at])) for at in (own, other)]
    low, high = log_ratio_intervals(*shown)
    return {
        "n_target": n[0],
        "n_reference": n[1],
        "per_10k_target": rate(n[0], size[0]),
        "per_10k_reference": rate(n[1], size[1]),
        "log_ratio": log_ratio(n[0], n[1], size[0], size[1]),
        "log_ratio_low": low,
        "log_ratio_high": high,
        "reason": _reasons(sides, documents, n),
    }


def _expected(n: Any) -> Any:
    """Expected counts without the terms that are expected less than half a time in all."""
    total = np.asarray(n.sum(axis=0)).ravel()
    return n @ diags_array((total >= _LEAST).astype("float64"), format="csr")


def _reasons(sides: Sequence[Units], documents: Sequence[int], n: Sequence[Floats]) -> list[str]:
    """For each term why a value is missing, or what interval and test rest on."""
    names = zip(("the group", "the reference"), sides, strict=True)
    none = [f"{name} has no words of the topic" for name, side in names if not len(side.size)]
    if none:
        return ["; ".join(none)] * len(n[0])
    own, its = (rests_on(*pair) for pair in zip(sides, documents, strict=True))
    shared = [own, f"reference: {its}" if its else "", not_testable(*documents)]
    lacking = (n[0] == 0) + 2 * (n[1] == 0)
    return ["; ".join(filter(None, [*shared, _ABSENT[code]])) for code in lacking.tolist()]


def _tests(
    topic: _Topic, groups: int, codes: list[int], against: int | None, draws: _Draws
) -> Floats:
    """p of each of ``codes`` against its other side: groups x terms."""
    shared = len(np.unique(topic.owner)) < len(np.unique(topic.document))
    if against is None and not shared:
        units = documents_of(topic.n, topic.size, topic.document)
        group = topic.group[first_of_each(topic.document)]
        return group_tests(units.n, units.size, group, groups, **draws._asdict())
    tests = []
    for code in codes:
        own = topic.group == code
        sides = own, ~own if against is None else topic.group == against
        both = (documents_of(topic.n[at], topic.size[at], topic.owner[at]) for at in sides)
        tests.append(document_tests(*both, **draws._asdict()))
    return np.reshape(tests, (len(codes), len(topic.terms)))
