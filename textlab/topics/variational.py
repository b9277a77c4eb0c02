"""The E-step of variational LDA, for all units at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import psi

Floats = NDArray[np.float64]

# Cells (units x terms x topics) that are held at once: 4 MB, which a core's cache nearly holds.
_CELLS = 2**19
_EPSILON = float(np.finfo("float64").eps)


class Bag(NamedTuple):
    """Units of about as many terms: their rows, term columns and counts, padded with zeros."""

    rows: NDArray[np.intp]
    terms: NDArray[np.intp]
    counts: Floats


def bags(matrix: Any, topics: int) -> Iterator[Bag]:
    """The rows of a CSR matrix in bags.

    How far a row is padded depends on its own length alone, as the last bits of sums depend on
    it: what is said of a unit is the same in any company.
    """
    start = matrix.indptr[:-1].astype(np.intp)
    length = np.diff(matrix.indptr).astype(np.intp)
    padded = _padded(length)
    for width in np.unique(padded[length > 0]).tolist():
        rows = np.flatnonzero((padded == width) & (length > 0))
        step = max(1, _CELLS // (width * topics))
        for some in np.split(rows, range(step, len(rows), step)):
            place = np.arange(width)
            there = place < length[some, np.newaxis]
            at = np.where(there, start[some, np.newaxis] + place, start[some, np.newaxis])
            yield Bag(some, matrix.indices[at], np.where(there, matrix.data[at], 0.0))


def _padded(length: NDArray[np.intp]) -> NDArray[np.intp]:
    """Lengths rounded up to one of four an octave: at most a quarter is padding."""
    grain = 2.0 ** np.maximum(np.floor(np.log2(np.maximum(length, 1))) - 2, 0)
    return np.asarray(np.ceil(length / grain) * grain, dtype=np.intp)


def expected_shares(
    matrix: Any,
    weights: Floats,
    alpha: Floats,
    *,
    start: Floats | None = None,
    iterations: int,
    threshold: float,
) -> Floats:
    """gamma (units x topics): the Dirichlet posterior of each unit's shares.

    ``matrix`` (units x terms, CSR) holds counts, ``weights`` (topics x terms) the topics, or
    exp(E[log beta]). A unit is done when the mean change of its gamma is below ``threshold``.
    ``start`` is where to start, by default the same share of a unit's tokens for each topic:
    nothing is drawn at random. A row without terms gets ``alpha``.
    """
    topics = len(alpha)
    gamma = np.tile(alpha, (matrix.shape[0], 1))
    by_term = np.ascontiguousarray(weights.T)
    for bag in bags(matrix, topics):
        even = alpha + bag.counts.sum(axis=1, keepdims=True) / topics
        first = even if start is None else start[bag.rows]
        gamma[bag.rows] = _settled(
            by_term[bag.terms], bag.counts, alpha, first, iterations, threshold
        )
    return gamma


def _settled(
    beta: Floats, counts: Floats, alpha: Floats, gamma: Floats, iterations: int, threshold: float
) -> Floats:
    """gamma of the units of one bag: ``beta`` is units x terms x topics, ``counts`` units x terms.

    Blei, Ng & Jordan (2003), equations 6 and 7, without phi (Lee & Seung 2001).
    """
    found, waiting = gamma.copy(), np.arange(len(gamma))
    moving = np.ones(len(gamma), dtype=bool)
    for _ in range(iterations):
        before, share = gamma, exp_log(gamma)
        norm = np.matmul(beta, share[:, :, np.newaxis])[:, :, 0] + _EPSILON
        gamma = alpha + share * np.matmul((counts / norm)[:, np.newaxis, :], beta)[:, 0, :]
        found[waiting[moving]] = gamma[moving]
        moving &= np.abs(gamma - before).mean(axis=1) >= threshold
        left = np.count_nonzero(moving)
        if not left:
            break
        # Taking out the units that are done copies the others: not for a few.
        if left < 0.7 * len(moving):
            beta, counts = beta[moving], counts[moving]
            gamma, waiting = gamma[moving], waiting[moving]
            moving = np.ones(left, dtype=bool)
    return found


def exp_log(gamma: Floats) -> Floats:
    """exp(E[log theta]) of Dirichlet posteriors, row by row."""
    share: Floats = np.exp(psi(gamma) - psi(gamma.sum(axis=1, keepdims=True)))
    return share


def expected_counts(
    matrix: Any, weights: Floats, gamma: Floats, unit_weights: Floats | None = None
) -> Floats:
    """Expected counts of each term in each topic (topics x terms), over all units.

    Each unit counts ``unit_weights`` times, by default once.
    """
    total: Floats = np.zeros(weights.T.shape)
    by_term = np.ascontiguousarray(weights.T)
    for bag in bags(matrix, weights.shape[0]):
        share = exp_log(gamma[bag.rows])
        norm = np.matmul(by_term[bag.terms], share[:, :, np.newaxis])[:, :, 0] + _EPSILON
        ratio = bag.counts / norm
        if unit_weights is not None:
            ratio *= unit_weights[bag.rows, np.newaxis]
        there = bag.counts > 0
        unit = np.broadcast_to(np.arange(len(bag.rows))[:, np.newaxis], there.shape)[there]
        shape = (len(by_term), len(bag.rows))
        total += csr_array((ratio[there], (bag.terms[there], unit)), shape=shape) @ share
    return total.T * weights
