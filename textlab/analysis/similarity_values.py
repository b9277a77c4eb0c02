"""Cosine, Jensen-Shannon distance and Burrows' Delta of all pairs of rows of counts."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import pdist
from scipy.special import rel_entr
from sklearn.feature_extraction.text import TfidfTransformer

from textlab.statistics.measures import Floats

MEASURES = ("cosine", "jensen_shannon", "delta")
LEAST_UNITS = 3


class Scale(NamedTuple):
    """What is held fixed when texts are resampled.

    ``idf`` has an item a term, ``common`` are the terms that Delta is about (columns), ``spread``
    the standard deviations of their relative frequencies, and ``remark`` why Delta is not what
    was asked for.
    """

    idf: Floats
    common: NDArray[np.intp]
    spread: Floats
    remark: str


def scale_of(n: Any, learnt: Any, *, delta_terms: int) -> Scale:
    """The scale of counts ``n`` (units x terms, sparse), with idf learnt from ``learnt``."""
    idf = np.asarray(TfidfTransformer().fit(learnt).idf_)
    size = np.asarray(n.sum(axis=1)).ravel()
    n, size = n[size > 0], size[size > 0]
    if len(size) < LEAST_UNITS:
        none = np.zeros(0, dtype=np.intp)
        return Scale(idf, none, np.zeros(0), f"fewer than {LEAST_UNITS} with words: no Delta")
    # By name where they are as frequent: columns are in order of name.
    common = np.argsort(-np.asarray(n.sum(axis=0)).ravel(), kind="stable")[:delta_terms]
    share = n[:, common].toarray() / size[:, np.newaxis]
    varies = np.ptp(share, axis=0) > 0
    found = int(varies.sum())
    remark = "" if found == delta_terms else f"Delta over {found} terms"
    if not found:
        remark = "no term is more frequent in one than in another: no Delta"
    return Scale(idf, common[varies], share[:, varies].std(axis=0, ddof=1), remark)


def pair_values(n: Any, scale: Scale) -> dict[str, Floats]:
    """The measures of each pair of rows of ``n``, row by row of the upper triangle.

    NaN where one of the two has no words, and for Delta where the scale has no terms.
    """
    size = np.asarray(n.sum(axis=1)).ravel()
    a, b = np.triu_indices(len(size), 1)
    known = (size[a] > 0) & (size[b] > 0)
    share = n[:, scale.common].toarray() / np.maximum(size, 1)[:, np.newaxis]
    values = (cosines(n, scale.idf), jensen_shannon(n), deltas(share, scale.spread))
    return {
        name: np.where(known, value, np.nan) for name, value in zip(MEASURES, values, strict=True)
    }


def cosines(n: Any, idf: Floats) -> Floats:
    """Cosine of the tf-idf vectors of each pair of rows."""
    vectors = n.astype(np.float64).multiply(idf).tocsr()
    length = np.sqrt(np.asarray(vectors.multiply(vectors).sum(axis=1)).ravel())
    vectors = vectors.multiply(1 / np.where(length > 0, length, 1)[:, np.newaxis]).tocsr()
    cosine = (vectors @ vectors.T).toarray()
    return np.asarray(np.minimum(cosine[np.triu_indices(n.shape[0], 1)], 1.0))


def deltas(share: Floats, spread: Floats) -> Floats:
    """Mean absolute difference of z-scores; the mean of a term cancels out of it."""
    if not len(spread):
        return np.full(len(share) * (len(share) - 1) // 2, np.nan)
    return np.asarray(pdist(share / spread, "cityblock") / len(spread))


def jensen_shannon(n: Any) -> Floats:
    """Jensen-Shannon distance of each pair of rows.

    A term that one of the two has, with probability p, adds p to twice the divergence; so
    only the terms that both have need a logarithm, which for many sparse texts is a small
    part of units x units x terms.
    """
    rows = np.repeat(np.arange(n.shape[0]), np.diff(n.indptr))
    p = n.data / np.asarray(n.sum(axis=1)).ravel()[rows]
    return np.concatenate(
        [_distances(n.indices, p, rows, unit, n.shape) for unit in range(n.shape[0] - 1)]
    )


def _distances(indices: Any, p: Floats, rows: Any, unit: int, shape: tuple[int, int]) -> Floats:
    """Distances of row ``unit`` of a matrix in coordinates to each row after it."""
    start, end = np.searchsorted(rows, [unit, unit + 1])
    own = np.zeros(shape[1])
    own[indices[start:end]] = p[start:end]
    mine, theirs, row = own[indices[end:]], p[end:], rows[end:] - (unit + 1)
    both = mine > 0
    mine, theirs = mine[both], theirs[both]
    middle = (mine + theirs) / 2
    # Against terms that are not shared: each p, which is p * log2(p / (p / 2)).
    gain = (rel_entr(mine, middle) + rel_entr(theirs, middle)) / np.log(2) - mine - theirs
    divergence = 1 + np.bincount(row[both], gain, minlength=shape[0] - unit - 1) / 2
    return np.asarray(np.sqrt(np.clip(divergence, 0.0, 1.0)))
