"""95 % intervals of rates, and of the ratio of two rates, from how documents differ."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.stats import norm, t

from textlab.statistics.measures import PER, Floats, log_ratio
from textlab.statistics.sampling import Units

LEVEL = 0.95
_TAIL = (1 - LEVEL) / 2


class Bounds(NamedTuple):
    """Lower and upper bounds, an item a term."""

    low: Floats
    high: Floats


def rate_intervals(units: Units) -> Bounds:
    """95 % intervals of each term's rate per 10,000 tokens, from how it differs between units.

    The rate R = sum(x) / sum(s) of counts x in units of s tokens is a ratio of sums, of which the
    variance is that of units drawn at random (a sandwich estimate; n units)::

        V = n / (n - 1) * sum((x - R s)²) / sum(s)²
        low, high = R * exp(-+ h),   h = max(t(n - 1) * sqrt(V) / R, 1.96 / sqrt(2 * sum(x)))

    with t the 97.5 % point of Student's distribution. The second term of h is the error of half the
    variance that independent words would have: documents that happen to be alike, as two easily
    are, make no interval narrower than that.

    A term that no unit has gets 0 and the rate at which, in 97.5 of 100 such samples, some unit
    would have had it, if its counts are over-dispersed by 1 (variance m + m², the measured upper
    range of rare words)::

        high = n * (40 ** (1 / n) - 1) / sum(s)

    NaN for fewer than two units.

    Validity: ``make evaluate`` prints the coverage beside that of percentile, BCa and studentised
    bootstraps; it is closer to 95 % than theirs for 3 to 30 documents, rare words and common ones.
    Units must be independent. Paragraphs of one document are not: an interval over them says how
    evenly that document uses a word, no more.

    Sources: Cochran (1977), Sampling Techniques, 3rd ed., chapters 6 (ratio estimates) and 9A
    (clusters); log scale and Student's t after Korn and Graubard (1998).
    """
    n, total = len(units.size), float(units.size.sum())
    low, high = np.full((2, units.n.shape[1]), np.nan)
    if n < 2:
        return Bounds(low, high)
    count = _counts(units)
    there = count > 0
    rate = count[there] / total
    half = np.maximum(
        t.ppf(1 - _TAIL, n - 1) * np.sqrt(_variance(units, count)[there]) / rate,
        norm.ppf(1 - _TAIL) / np.sqrt(2 * count[there]),
    )
    low[~there], high[~there] = 0.0, n * (_TAIL ** (-1 / n) - 1) / total * PER
    low[there] = rate * np.exp(-half) * PER
    # Where one of two units has a term once, half is in the hundreds. A rate above one in one is
    # that of a term that stands within others only.
    high[there] = rate * np.exp(np.minimum(half, 300.0)) * PER
    high = np.minimum(high, PER)
    high[there] = np.maximum(high[there], rate * PER)
    return Bounds(low, high)


def _variance(units: Units, count: Floats) -> Floats:
    """The variance of each term's rate, its units being drawn at random."""
    n, size = len(units.size), units.size.astype("float64")
    total = size.sum()
    rate = count / total
    squares = np.asarray(units.n.multiply(units.n).sum(axis=0), dtype="float64").ravel()
    products = np.asarray(units.n.T @ size).ravel()
    spread = squares - 2 * rate * products + rate**2 * (size**2).sum()
    # Equal rates leave a speck on either side of 0.
    return np.asarray(n / (n - 1) * np.maximum(spread, 0.0) / total**2)


def log_ratio_intervals(target: Units, reference: Units) -> Bounds:
    """95 % intervals of the binary log ratio of each term's rates in two samples.

    The two intervals of :func:`rate_intervals`, (l1, h1) of the target's rate R1 and (l2, h2) of
    the reference's rate R2, put together on the log scale::

        low  = log2(R1 / R2) - sqrt(log2(R1 / l1)² + log2(h2 / R2)²)
        high = log2(R1 / R2) + sqrt(log2(h1 / R1)² + log2(R2 / l2)²)

    where a count of 0 is taken as 0.5 in R1 and R2, as in
    :func:`~textlab.statistics.measures.log_ratio`. A term that the target lacks has no lower bound,
    one that the reference lacks no upper bound: NaN. Both are NaN where a side has fewer than two
    units, or neither has the term. The validity limits are those of :func:`rate_intervals`.

    Source: Zou and Donner (2008), Statistics in Medicine 27, 1693-1702 (variance recovered from
    two intervals).
    """
    middle = log_ratio(_counts(target), _counts(reference), target.size.sum(), reference.size.sum())
    below, above = _distances(target)
    under, over = _distances(reference)
    low, high = middle - np.hypot(below, over), middle + np.hypot(above, under)
    low[~np.isfinite(low)] = high[~np.isfinite(high)] = np.nan
    return Bounds(low, high)


def _distances(units: Units) -> Bounds:
    """How far below and above the rate its bounds are, as binary logs; infinite below 0."""
    bounds, count = rate_intervals(units), _counts(units)
    rate = PER * np.where(count == 0, 0.5, count) / max(units.size.sum(), 1)
    with np.errstate(divide="ignore"):
        return Bounds(np.log2(rate / bounds.low), np.log2(bounds.high / rate))


def _counts(units: Units) -> Floats:
    """Each term's count in all units together."""
    return np.asarray(units.n.sum(axis=0), dtype="float64").ravel()
