"""How far two texts are from each other: pure functions of counts."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import rel_entr

from textlab.statistics.measures.basis import Floats, share


def jensen_shannon(counts: ArrayLike, others: ArrayLike) -> Floats:
    """The Jensen-Shannon *distance* of two frequency distributions, base 2, 0 to 1.

    ``counts`` and ``others`` (..., terms) are counts or shares, broadcast. With p and q the
    shares of the terms and m their mean::

        sqrt((sum(p * log2(p / m)) + sum(q * log2(q / m))) / 2)

    The square root makes the divergence a metric: divergences are its squares. 0 where the
    shares are equal, 1 where no term is in both. NaN where a text has no tokens.

    Validity: do not compare a short text with a long one, nor distances of pairs of different
    length: a short text lacks most terms by chance, which puts it far from all others.

    Source: Endres and Schindelin (2003), IEEE Transactions on Information Theory 49(7),
    1858-1860; the divergence is Lin's (1991).
    """
    n, m = np.asarray(counts, "float64"), np.asarray(others, "float64")
    p, q = (share(x, x.sum(axis=-1, keepdims=True)) for x in (n, m))
    middle = (p + q) / 2
    divergence = (rel_entr(p, middle) + rel_entr(q, middle)).sum(axis=-1) / (2 * np.log(2))
    known = (n.sum(axis=-1) > 0) & (m.sum(axis=-1) > 0)
    return np.where(known, np.sqrt(np.clip(divergence, 0.0, 1.0)), np.nan)
