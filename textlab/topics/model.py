"""Fitting LDA topics to counts, and the model as plain tables and arrays."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from textlab.errors import ModelError, nearest
from textlab.topics.labels import top_terms, topics_table
from textlab.topics.lda import PASSES, infer_shares, train
from textlab.topics.store import Parts, read_parts, write_parts
from textlab.topics.vocabulary import (
    UnitTerms,
    choose_vocabulary,
    is_whole,
    positive_counts,
    unit_terms,
)


@dataclass(frozen=True, eq=False)
class TopicModel:
    """A fitted model; topics are numbered 1 to K by falling prevalence.

    ``topics``
        table ``topics``: topic, label, rank, term, probability; up to 20 terms a topic.
    ``document_topics``
        unit, topic, share: complete, by unit and topic; shares of a unit sum to 1.
    ``vocabulary``
        the terms of the model, by falling number of units that have them, then by name.
    ``topic_term``
        probability of each term in each topic, shape (K, terms), rows sum to 1.
    ``alpha``
        the Dirichlet prior of the shares, shape (K,).
    ``seed``
        the seed that the model was fitted with; inference uses it too.
    """

    topics: pd.DataFrame
    document_topics: pd.DataFrame
    vocabulary: list[str]
    topic_term: np.ndarray
    alpha: np.ndarray
    seed: int

    @property
    def k(self) -> int:
        """The number of topics."""
        return len(self.alpha)

    def infer(self, counts: pd.DataFrame) -> pd.DataFrame:
        """The topic shares of the units of table ``counts``: unit, topic, share.

        A unit's shares depend on its name and counts alone, not on the other units. One without
        any term of the vocabulary has no row: see :meth:`without_vocabulary`. Short units say
        little: their shares lean to ``alpha``.
        """
        data = unit_terms(positive_counts(counts), self.vocabulary)
        shares = infer_shares(data, self.topic_term, self.alpha, seed=self.seed)
        return _shares_table(data.units, shares)

    def without_vocabulary(self, counts: pd.DataFrame) -> list[str]:
        """The units of table ``counts`` with no term of the vocabulary, by name."""
        known = counts["term"].isin(self.vocabulary) & (counts["n"] > 0)
        return sorted(set(counts["unit"].astype(str)) - set(counts.loc[known, "unit"].astype(str)))

    def save(self, folder: str | Path) -> None:
        """Write the model as plain files (.npy, JSON, CSV) into ``folder``."""
        parts = (self.vocabulary, self.topic_term, self.alpha, self.document_topics, self.seed)
        write_parts(Path(folder), Parts(*parts))

    @classmethod
    def load(cls, folder: str | Path) -> TopicModel:
        """The model that :meth:`save` wrote into ``folder``; :class:`ResultsError` if none."""
        return _model(read_parts(Path(folder)))


def fit_topics(
    counts: pd.DataFrame,
    k: int,
    *,
    seed: int = 0,
    start: str = "nmf",
    passes: int | None = None,
    min_units: int = 2,
    max_share: float = 0.8,
    keep: Collection[str] = (),
) -> TopicModel:
    """Fit ``k`` LDA topics to table ``counts`` (unit, term, n).

    The vocabulary is the terms in at least ``min_units`` units and in at most the share
    ``max_share`` of them, and those in ``keep`` (terms of a lexicon) wherever they occur.
    ``start`` is "nmf" (3 passes unless ``passes`` says otherwise), which gives more coherent
    and more stable topics, or "random" (10 passes), for comparison. The same counts in any row
    order give the same model.

    Raises :class:`ModelError` for what the data cannot give. Topics describe these texts; with
    few or short units, or other ``k`` and ``seed``, they will differ.
    """
    data = prepare(counts, min_units=min_units, max_share=max_share, keep=keep)
    check_k(k, data)
    check_start(start, passes)
    topic_term, alpha = train(data, int(k), seed=seed, start=start, passes=passes)
    shares = infer_shares(data, topic_term, alpha, seed=seed)
    order = _by_prevalence(shares, data, topic_term)
    topic_term, alpha = topic_term[order], alpha[order]
    # Again, so that the table is what `infer` gives, to the last bit.
    shares = infer_shares(data, topic_term, alpha, seed=seed)
    table = _shares_table(data.units, shares)
    return _model(Parts(data.vocabulary, topic_term, alpha, table, int(seed)))


def prepare(
    counts: pd.DataFrame, *, min_units: int, max_share: float, keep: Collection[str]
) -> UnitTerms:
    """The matrix that a model is fitted to, or :class:`ModelError`."""
    positive = positive_counts(counts)
    if positive.empty:
        raise ModelError("nothing to model: table 'counts' has no row with n above 0")
    vocabulary = choose_vocabulary(positive, min_units=min_units, max_share=max_share, keep=keep)
    return unit_terms(positive, vocabulary)


def check_k(k: int, data: UnitTerms) -> None:
    """:class:`ModelError` unless ``data`` can hold ``k`` topics."""
    if not is_whole(k):
        raise ModelError(f"k wants a whole number of topics, found {k!r}")
    units, terms = len(data.units), len(data.vocabulary)
    if k < 1:
        raise ModelError(f"k = {k} topics; choose k of 1 or more, up to {min(units, terms)}")
    if k > min(units, terms):
        raise ModelError(
            f"k = {k} topics, but the data hold {units} units and {terms} terms; "
            f"choose k of {min(units, terms)} or less"
        )


def check_start(start: str, passes: int | None) -> None:
    """:class:`ModelError` for an unknown ``start`` or a number of passes that is none."""
    if start not in PASSES:
        raise ModelError(
            f"no start '{start}'; there are: {', '.join(PASSES)}{nearest(str(start), PASSES)}"
        )
    if passes is not None and (not is_whole(passes) or passes < 1):
        raise ModelError(f"passes wants a whole number of 1 or more, found {passes!r}")


def _by_prevalence(shares: np.ndarray, data: UnitTerms, topic_term: np.ndarray) -> list[int]:
    """Topics by falling share of all tokens, ties by their top terms."""
    tokens = data.tokens
    prevalence = (shares * tokens[:, None]).sum(axis=0) / tokens.sum()
    tops = [
        [data.vocabulary[column] for column in columns]
        for columns in top_terms(topic_term, data.vocabulary)
    ]
    return sorted(range(len(tops)), key=lambda topic: (-prevalence[topic], tops[topic]))


def _shares_table(units: list[str], shares: np.ndarray) -> pd.DataFrame:
    k = shares.shape[1]
    return pd.DataFrame(
        {
            "unit": pd.Series(np.repeat(np.array(units, dtype=object), k), dtype="str"),
            "topic": np.tile(np.arange(1, k + 1, dtype="int64"), len(units)),
            "share": shares.ravel(),
        }
    )


def _model(parts: Parts) -> TopicModel:
    parts.topic_term.flags.writeable = False
    parts.alpha.flags.writeable = False
    return TopicModel(
        topics=topics_table(parts.topic_term, parts.vocabulary),
        document_topics=parts.document_topics,
        vocabulary=parts.vocabulary,
        topic_term=parts.topic_term,
        alpha=parts.alpha,
        seed=parts.seed,
    )
