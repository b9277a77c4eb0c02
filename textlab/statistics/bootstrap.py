"""Bootstrap intervals of rates: documents are resampled, tokens never."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, issparse
from scipy.stats import norm

from textlab.statistics.measures import PER, Floats

PERCENTILES = (0.025, 0.975)
# Draws held at once: 32 MB.
CELLS = 2**22


def bootstrap_weights(units: int, *, resamples: int, rng: np.random.Generator) -> Floats:
    """How often each resample holds each unit: units x resamples, whole numbers.

    Each resample draws as many units as there are, with replacement. They are multinomial, all
    units being as likely, but drawn one by one and counted: ten times as fast as numpy's
    ``multinomial``.
    """
    weights = np.empty((units, resamples))
    step = max(1, CELLS // max(units, 1))
    for start in range(0, resamples if units else 0, step):
        part = weights[:, start : start + step]
        drawn = rng.integers(0, units, size=part.shape[::-1])
        drawn += units * np.arange(len(drawn))[:, np.newaxis]
        part[:] = np.bincount(drawn.ravel(), minlength=part.size).reshape(drawn.shape).T
    return weights


def bootstrap_rates(
    counts: Any, totals: NDArray[np.int64], *, weights: Floats
) -> tuple[Floats, Floats]:
    """95 % percentile intervals of each term's rate per 10,000 tokens, resampling units.

    ``counts`` (units x terms, dense or scipy sparse) are the terms' counts in each unit,
    ``totals`` (units,) the units' tokens, ``weights`` (units x resamples) how often each
    resample holds each unit (:func:`bootstrap_weights`). The rates of a resample are
    ``10,000 * sum(w * counts) / sum(w * totals)``; the bounds are their percentiles 2.5 and 97.5
    (linear interpolation), as two arrays (terms,); NaN if fewer than two units have tokens or
    there are no resamples. Resamples that hold no token are left out.

    The weights belong to units by position: give the units in an order of their own (by name).

    Valid for units that are independent of each other; for few units (under ten or so) the
    interval is too narrow. A term that no unit has gets (0, 0): the bootstrap cannot see what
    was not sampled, so this does not mean that the rate is known to be 0. The interval need
    not be symmetric about the rate, and need not even hold it.

    Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.
    """
    low, high = np.full((2, counts.shape[1]), np.nan)
    sizes = totals @ weights
    drawn = sizes > 0
    if np.count_nonzero(totals) < 2 or not drawn.any():
        return low, high
    low[:] = high[:] = 0.0
    cells = counts.toarray() if issparse(counts) else np.asarray(counts)
    present, used = np.flatnonzero(cells.any(axis=0)), np.flatnonzero(cells.any(axis=1))
    # Sparse, as most terms are in few units, and dense products would ask for threads.
    # Whole numbers throughout: sums are exact, whatever the order they are taken in.
    rates = csr_array(cells[np.ix_(used, present)].T) @ weights[used]
    rates *= PER
    rates /= np.where(drawn, sizes, np.nan)
    if not drawn.all():
        rates = rates[:, drawn]
    low[present], high[present] = np.quantile(rates, PERCENTILES, axis=1, overwrite_input=True)
    return low, high


def bca_rates(counts: Any, totals: NDArray[np.int64], *, weights: Floats) -> tuple[Floats, Floats]:
    """As :func:`bootstrap_rates`, bias-corrected and accelerated (BCa) intervals.

    The percentiles are moved for the share of resamples below the rate (half of those equal to
    it), and for how its error grows with it, by a jackknife over units. NaN where they do not
    exist: no unit has the term, all that have tokens have it equally often, or leaving out one
    unit leaves no tokens.

    Source: Efron and Tibshirani (1993), chapter 14.
    """
    units = _present(counts, totals)
    low, high = np.full((2, counts.shape[1]), np.nan)
    if units is None or not weights.shape[1]:
        return low, high
    rates, rate = np.sort(units.resampled(weights), axis=1), units.rate()
    below = (rates < rate[:, np.newaxis]).mean(axis=1)
    equal = (rates == rate[:, np.newaxis]).mean(axis=1)
    moved = norm.ppf(below + equal / 2)
    gaps = units.left_out() - units.left_out().mean(axis=1, keepdims=True)
    spread = (gaps**2).sum(axis=1)
    exists = np.isfinite(moved) & (spread > 0)
    moved, spread = np.where(exists, moved, 0.0), np.where(exists, spread, 1.0)
    faster = -(gaps**3).sum(axis=1) / (6 * spread**1.5)
    for bound, share in zip((low, high), PERCENTILES, strict=True):
        z = moved + norm.ppf(share)
        asked = norm.cdf(moved + z / (1 - faster * z))
        bound[units.terms] = np.where(exists, _sorted_quantiles(rates, asked), np.nan)
    return low, high


def studentised_rates(
    counts: Any, totals: NDArray[np.int64], *, weights: Floats
) -> tuple[Floats, Floats]:
    """As :func:`bootstrap_rates`, studentised (bootstrap-t) intervals.

    ``rate - q * se`` with q the percentiles of ``(rate* - rate) / se*`` over the resamples in
    which the term's rate differs between units, se the root of the variance of a ratio of sums.
    A lower bound may be below 0. NaN where fewer than half of the resamples have such a rate.

    Source: Efron and Tibshirani (1993), section 12.5.
    """
    units = _present(counts, totals)
    low, high = np.full((2, counts.shape[1]), np.nan)
    if units is None or not weights.shape[1]:
        return low, high
    rates, errors = units.resampled(weights), units.errors(weights)
    one = np.ones((len(units.size), 1))
    rate, error = units.resampled(one), units.errors(one)
    with np.errstate(divide="ignore", invalid="ignore"):
        scores = np.where(errors > 0, (rates - rate) / errors, np.nan)
    enough = np.isfinite(scores).mean(axis=1) >= 0.5
    points = np.full((2, len(rate)), np.nan)
    points[:, enough] = np.nanquantile(scores[enough], PERCENTILES, axis=1)
    low[units.terms] = (rate - points[1][:, np.newaxis] * error).ravel()
    high[units.terms] = (rate - points[0][:, np.newaxis] * error).ravel()
    return low, high


class _Present(NamedTuple):
    """The terms that some unit has, in the units that have tokens: sparse terms x units."""

    terms: NDArray[np.intp]
    n: Any
    size: Floats

    def rate(self) -> Floats:
        return np.asarray(self.n.sum(axis=1) * PER / self.size.sum())

    def resampled(self, weights: Floats) -> Floats:
        """Rates, terms x resamples; every resample holds tokens."""
        return np.asarray(self.n @ weights * PER / (self.size @ weights))

    def left_out(self) -> Floats:
        """Rates without each unit, terms x units."""
        rest = self.size.sum() - self.size
        return np.asarray((self.n.sum(axis=1)[:, np.newaxis] - self.n.toarray()) * PER / rest)

    def errors(self, weights: Floats) -> Floats:
        """The standard errors of the rates of resamples, terms x resamples."""
        units, total, rates = len(self.size), self.size @ weights, self.resampled(weights) / PER
        spread = self.n.multiply(self.n) @ weights - 2 * rates * (
            self.n @ (weights * self.size[:, np.newaxis])
        )
        spread += rates**2 * (self.size**2 @ weights)
        variance = units / (units - 1) * np.maximum(spread, 0.0) / total**2
        # What is left of equal rates after rounding is no error.
        variance[variance < 1e-12 * rates**2] = 0.0
        return np.asarray(np.sqrt(variance) * PER)


def _present(counts: Any, totals: NDArray[np.int64]) -> _Present | None:
    used = np.flatnonzero(totals > 0)
    if len(used) < 2:
        return None
    cells = csr_array(counts)[used]
    terms = np.flatnonzero(np.asarray(cells.sum(axis=0)).ravel())
    return _Present(
        terms, csr_array(cells[:, terms].T, dtype="float64"), totals[used].astype("float64")
    )


def _sorted_quantiles(values: Floats, shares: Floats) -> Floats:
    """The quantile ``shares[i]`` of each row of sorted ``values``, by linear interpolation."""
    at = np.clip(shares, 0, 1) * (values.shape[1] - 1)
    under = np.floor(at).astype(np.intp)
    row = np.arange(len(values))
    first, second = values[row, under], values[row, np.minimum(under + 1, values.shape[1] - 1)]
    return np.asarray(first + (at - under) * (second - first))
