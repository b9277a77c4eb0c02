"""Fitting LDA topics to counts, and the model as plain tables and arrays."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import beta

from textlab.errors import ModelError
from textlab.topics.labels import automatic_labels, top_terms, topics_table
from textlab.topics.lda import posterior, train
from textlab.topics.options import Fit, fit_options
from textlab.topics.store import Parts, read_parts, write_parts
from textlab.topics.variational import Floats
from textlab.topics.vocabulary import UnitTerms, choose_vocabulary, positive_counts, unit_terms

LEVEL = 0.95


class Posterior(NamedTuple):
    """What a model says of units, by name.

    ``gamma`` (units x topics) are the parameters of each unit's Dirichlet posterior; its shares
    are their means. ``tokens`` (units,) are those that are in the vocabulary. Columns of topics
    are those of ``model.numbers``.
    """

    units: list[str]
    gamma: Floats
    tokens: Floats

    @property
    def shares(self) -> Floats:
        """The shares (units x topics); rows sum to 1."""
        mean: Floats = self.gamma / self.gamma.sum(axis=1, keepdims=True)
        return mean


@dataclass(frozen=True, eq=False)
class TopicModel:
    """A fitted model; topics are numbered 1 to K by falling prevalence, unless renumbered.

    ``topics``
        table ``topics``: topic, label, rank, term, probability, frex, lift; up to 20 terms a topic.
    ``document_topics``
        unit, topic, share, low, high: complete, by unit and topic; shares of a unit sum to 1.
    ``vocabulary``
        the terms of the model, by falling number of units that have them, then by name.
    ``topic_term``
        probability of each term in each topic, shape (K, terms), rows sum to 1.
    ``alpha``
        the Dirichlet prior of the shares, shape (K,).
    ``prevalence``
        the share of each topic in all tokens that the model was fitted to, shape (K,).
    ``numbers``, ``labels``
        the number and label of each topic, rising by number.
    ``seed``
        the seed that the model was fitted with.
    """

    topics: pd.DataFrame
    document_topics: pd.DataFrame
    vocabulary: list[str]
    topic_term: Floats
    alpha: Floats
    prevalence: Floats
    numbers: list[int]
    labels: list[str]
    seed: int

    @property
    def k(self) -> int:
        """The number of topics."""
        return len(self.alpha)

    def posterior(self, counts: pd.DataFrame) -> Posterior:
        """The posterior of the shares of the units of table ``counts`` (unit, term, n)."""
        data = unit_terms(positive_counts(counts), self.vocabulary)
        return _posterior(data, self.topic_term, self.alpha)

    def infer(self, counts: pd.DataFrame) -> pd.DataFrame:
        """The topic shares of the units of table ``counts``: unit, topic, share, low, high.

        ``low`` and ``high`` bound the middle 95 % of the share's posterior, topics taken as known
        and words as independent of each other; as words come in clusters, they are rather too
        close. A unit's shares depend on its counts alone, not on the other units. One without
        any term of the vocabulary has no row: see :meth:`without_vocabulary`. Short units say
        little: their shares lean to ``alpha``.
        """
        return shares_table(self.posterior(counts), self.numbers)

    def without_vocabulary(self, counts: pd.DataFrame) -> list[str]:
        """The units of table ``counts`` with no term of the vocabulary, by name."""
        known = counts["term"].isin(self.vocabulary) & (counts["n"] > 0)
        return sorted(set(counts["unit"].astype(str)) - set(counts.loc[known, "unit"].astype(str)))

    def renumbered(self, numbers: list[int], labels: list[str]) -> TopicModel:
        """The same topics, row by row with these distinct numbers and labels, in new order."""
        order = sorted(range(self.k), key=lambda row: numbers[row])
        number = dict(zip(self.numbers, numbers, strict=True))
        shares = self.document_topics.assign(topic=self.document_topics["topic"].map(number))
        return _model(
            Parts(
                self.vocabulary,
                self.topic_term[order],
                self.alpha[order],
                self.prevalence[order],
                [numbers[row] for row in order],
                [labels[row] for row in order],
                shares.sort_values(["unit", "topic"], ignore_index=True),
                self.seed,
            )
        )

    def save(self, folder: str | Path) -> None:
        """Write the model as plain files (.npy, JSON, CSV) into ``folder``."""
        parts = Parts(
            *(self.vocabulary, self.topic_term, self.alpha, self.prevalence),
            *(self.numbers, self.labels, self.document_topics, self.seed),
        )
        write_parts(Path(folder), parts)

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
    prior: float | None = None,
    alpha: str = "auto",
    seeded: Mapping[str, Collection[str]] | None = None,
    min_units: int = 2,
    max_share: float = 0.8,
    keep: Collection[str] = (),
) -> TopicModel:
    """Fit ``k`` LDA topics to table ``counts`` (unit, term, n).

    The vocabulary is the terms in at least ``min_units`` units and in at most the share
    ``max_share`` of them, and those in ``keep`` (terms of a lexicon) wherever they occur; these
    are preferred in labels.

    ``start`` is "nmf" or "random". An NMF of the tf-idf matrix gives more coherent and more
    stable topics; random numbers are there for comparison. ``passes`` over the units are 3 from
    an NMF and 10 from random numbers unless given; with 0 the NMF itself is read as topics.
    ``prior`` is how much of the NMF is kept as the prior of the words of topics, as a share of
    what the texts can say: more makes topics more coherent and fits the texts a little less well;
    ``docs/topics.md`` has what it did. ``alpha``, the prior of shares, is learned ("auto"),
    "symmetric" (1 / k) or "asymmetric" (falling). ``seeded`` gives named topics words to begin
    with, which stand in the prior: texts can overrule them. A seeded topic bears its name as label.

    The same counts in any row order give the same model. Raises :class:`ModelError` for what the
    data cannot give. Topics describe these texts; with few or short units, or another ``k``, they
    differ: see :func:`~textlab.topics.quality.topic_quality`.

    Sources: Blei, Ng & Jordan (2003); Hoffman, Blei & Bach (2010).
    """
    fit = fit_options(
        k, seed=seed, start=start, passes=passes, prior=prior, alpha=alpha, seeded=seeded
    )
    data = prepare(counts, min_units=min_units, max_share=max_share, keep=keep)
    check_k(fit, data)
    return fitted_model(data, fit, keep)


def prepare(
    counts: pd.DataFrame,
    *,
    min_units: int = 2,
    max_share: float = 0.8,
    keep: Collection[str] = (),
) -> UnitTerms:
    """The matrix that a model is fitted to, or :class:`ModelError`."""
    positive = positive_counts(counts)
    if positive.empty:
        raise ModelError(
            "nothing to model: no text has a word that counts (table 'counts' has no row with n "
            "above 0)"
        )
    vocabulary = choose_vocabulary(positive, min_units=min_units, max_share=max_share, keep=keep)
    return unit_terms(positive, vocabulary)


def check_k(fit: Fit, data: UnitTerms) -> None:
    """:class:`ModelError` unless ``data`` can hold ``k`` topics."""
    units, terms = len(data.units), len(data.vocabulary)
    if fit.k < 1:
        raise ModelError(f"k = {fit.k} topics; choose k of 1 or more, up to {min(units, terms)}")
    if fit.k > min(units, terms):
        raise ModelError(
            f"k = {fit.k} topics, but the data hold {units} units and {terms} terms; "
            f"choose k of {min(units, terms)} or less"
        )
    if fit.k < len(fit.seeded):
        raise ModelError(
            f"{len(fit.seeded)} seeded topics, but k = {fit.k}; choose k of {len(fit.seeded)} or "
            "more, or seed fewer"
        )


def fitted_model(data: UnitTerms, fit: Fit, lexicon: Collection[str] = ()) -> TopicModel:
    """The model of checked data and options."""
    topic_term, alpha = train(data, fit)
    prevalence = _prevalence(_posterior(data, topic_term, alpha))
    order = _by_prevalence(prevalence, topic_term, data.vocabulary)
    names = [*fit.seeded, *[""] * (fit.k - len(fit.seeded))]
    topic_term, alpha = topic_term[order], alpha[order]
    # Again, so that the table is what `infer` gives, to the last bit.
    of_units = _posterior(data, topic_term, alpha)
    numbers = list(range(1, fit.k + 1))
    automatic = automatic_labels(topic_term, data.vocabulary, lexicon)
    return _model(
        Parts(
            data.vocabulary,
            topic_term,
            alpha,
            _prevalence(of_units),
            numbers,
            [names[row] or label for row, label in zip(order, automatic, strict=True)],
            shares_table(of_units, numbers),
            fit.seed,
        )
    )


def _posterior(data: UnitTerms, topic_term: Floats, alpha: Floats) -> Posterior:
    return Posterior(data.units, posterior(data.matrix, topic_term, alpha), data.tokens)


def _prevalence(of_units: Posterior) -> Floats:
    share: Floats = of_units.tokens @ of_units.shares / of_units.tokens.sum()
    return share


def _by_prevalence(prevalence: Floats, topic_term: Floats, vocabulary: list[str]) -> list[int]:
    """Topics by falling share of all tokens, ties by their top terms."""
    tops = [[vocabulary[column] for column in row] for row in top_terms(topic_term, vocabulary)]
    return sorted(range(len(tops)), key=lambda topic: (-prevalence[topic], tops[topic]))


def shares_table(of_units: Posterior, numbers: list[int]) -> pd.DataFrame:
    """unit, topic, share, low, high: the marginal of each share is a beta distribution."""
    shares = of_units.shares
    low, high = share_bounds(shares, of_units.gamma.sum(axis=1, keepdims=True))
    units = np.repeat(np.array(of_units.units, dtype=object), len(numbers))
    return pd.DataFrame(
        {
            "unit": pd.Series(units, dtype="str"),
            "topic": np.tile(np.array(numbers, dtype="int64"), len(of_units.units)),
            "share": shares.ravel(),
            "low": low.ravel(),
            "high": high.ravel(),
        }
    )


def share_bounds(mean: Floats, size: Floats) -> tuple[Floats, Floats]:
    """The middle 95 % of beta distributions of these means (units x topics).

    ``size`` is the sum of the two parameters. The mean of a very skew one may lie outside; the
    bounds then reach to it. Of one topic the share is 1.
    """
    if mean.shape[1] == 1:
        return mean, mean
    tail = (1 - LEVEL) / 2
    low, high = (beta.ppf(at, mean * size, (1 - mean) * size) for at in (tail, 1 - tail))
    return np.minimum(low, mean), np.maximum(high, mean)


def _model(parts: Parts) -> TopicModel:
    for array in (parts.topic_term, parts.alpha, parts.prevalence):
        array.flags.writeable = False
    return TopicModel(
        topics=topics_table(
            parts.topic_term,
            parts.vocabulary,
            prevalence=parts.prevalence,
            numbers=parts.numbers,
            labels=parts.labels,
        ),
        **parts._asdict(),
    )
