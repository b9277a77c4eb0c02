"""Topic shares of places, and of any other groups of documents, with intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import expit
from scipy.stats import norm, t

from textlab.schema import arrange
from textlab.statistics.intervals import Bounds
from textlab.statistics.sampling import Units, rests_on
from textlab.topics.grouped import expected_tokens, grouped_counts, units_of
from textlab.topics.model import LEVEL, TopicModel
from textlab.topics.variational import Floats

_UPPER = (1 + LEVEL) / 2


def place_shares(
    model: TopicModel,
    counts: pd.DataFrame,
    paragraphs: pd.DataFrame,
    *,
    units: pd.Series | None = None,
) -> pd.DataFrame:
    """Table ``topic_by_place``: place, topic, share, low, high, documents, reason.

    :func:`group_shares` by the place of paragraphs: what a document says for two places counts
    for each of them.
    """
    shares = group_shares(model, counts, paragraphs, by="place", units=units)
    return arrange(shares.rename(columns={"group": "place"}), "topic_by_place")


def group_shares(
    model: TopicModel,
    counts: pd.DataFrame,
    paragraphs: pd.DataFrame,
    *,
    by: str | pd.Series,
    units: pd.Series | None = None,
) -> pd.DataFrame:
    """How much of what groups say is about each topic: group, topic, share, low, high, documents,
    reason.

    ``counts`` (unit, term, n) are by para_id; ``by`` is a column of ``paragraphs`` or a Series of
    groups indexed by para_id (:func:`~textlab.tokens.groups.column_of`). Paragraphs without a
    group are left out, and so are copies unless ``by="doc_id"``. A group without any word of the
    vocabulary has no rows. ``units`` names the unit of each paragraph (a Series indexed by
    para_id) where the model was fitted to more than paragraphs: their ``doc_id``, or what
    :func:`~textlab.topics.pooling.pool_paragraphs` gives.

    ``share`` is the expected share of the topic among the group's words of the vocabulary, from 0
    to 1; those of a group sum to 1. Long documents weigh more. Each word counts for its topics by
    the posterior of its unit: in a paragraph on health, a word that health shares with schools
    counts for health.

    ``low`` and ``high`` bound a 95 % interval from how the group's ``documents`` differ: see
    :func:`share_intervals`. Where documents are too few
    (:func:`~textlab.statistics.sampling.enough`), ``reason`` says that the interval is over
    paragraphs: how evenly these texts speak of the topic, no more.

    TableError if no unit of ``counts`` is a para_id; UnknownNameError for an unknown column.

    Validity: topics are taken as known, documents as independent draws. ``make evaluate`` prints
    how many intervals hold: about 95 of 100 for shares of .05 or more, fewer for rarer topics,
    and those that miss are too low. Short units lean to what is usual: rare topics come out too
    large. Compare groups of the same genre and time, or the difference may be that.
    """
    found = grouped_counts(model, counts, paragraphs, by, units)
    tokens, _ = expected_tokens(model, found)
    shape = (len(found.groups), model.k)
    share, low, high = np.empty((3, *shape))
    reasons = []
    for code in range(len(found.groups)):
        here = found.of(code)
        drawn = units_of(tokens[here], found.tokens[here], found.owner[here])
        share[code] = drawn.n.sum(axis=0) / drawn.size.sum()
        low[code], high[code] = share_intervals(drawn)
        reasons.append(rests_on(drawn, int(found.documents[code])))
    return pd.DataFrame(
        {
            "group": pd.Series(found.groups.repeat(model.k), dtype="str"),
            "topic": np.tile(np.array(model.numbers, dtype="int64"), len(found.groups)),
            "share": share.ravel(),
            "low": low.ravel(),
            "high": high.ravel(),
            "documents": found.documents.repeat(model.k),
            "reason": pd.Series(np.repeat(np.array(reasons, dtype=object), model.k), dtype="str"),
        }
    )


def share_intervals(units: Units) -> Bounds:
    """The intervals of :func:`group_shares`: ``units.n`` is an array units x topics of tokens.

    A jackknife of the log odds over n units, with Student's t. Of N tokens x are expected to be of
    the topic, and x(d) of N(d) without unit d::

        L = log((x + .5) / (N - x + .5)),   L(d) the same of x(d) and N(d)
        V = (n - 1) / n * sum((L(d) - mean of all L(d))²)
        h = max(t(n - 1) * sqrt(V), 1.96 / sqrt(2 N p (1 - p))),   p = (x + .5) / (N + 1)
        low, high = expit(L - h), expit(L + h)

    The second term of h is the error of half the variance that independent words would have:
    documents that happen to be alike make no interval narrower. That the shares of documents are
    estimates needs no term of its own: they differ the more for it. NaN for fewer than two units;
    of one topic the share is 1.

    Source: Wolter (2007), Introduction to Variance Estimation, 2nd ed., chapter 4 (jackknife).
    """
    n, size = len(units.size), units.size[:, np.newaxis]
    x, total = units.n.sum(axis=0), units.size.sum()
    share = x / total
    if n < 2:
        return Bounds(*np.full((2, len(x)), np.nan))
    if len(x) == 1:
        return Bounds(share, share)
    without = _log_odds(x - units.n, total - size)
    spread = (n - 1) / n * ((without - without.mean(axis=0)) ** 2).sum(axis=0)
    middle, p = _log_odds(x, total), (x + 0.5) / (total + 1)
    least = norm.ppf(_UPPER) / np.sqrt(2 * total * p * (1 - p))
    half = np.maximum(t.ppf(_UPPER, n - 1) * np.sqrt(spread), least)
    # Half a token more moves the middle of a share near 0 or 1 beyond what is far from it.
    return Bounds(np.minimum(expit(middle - half), share), np.maximum(expit(middle + half), share))


def _log_odds(x: Floats, total: Floats | float) -> Floats:
    odds: Floats = np.log((x + 0.5) / (np.maximum(total - x, 0.0) + 0.5))
    return odds
