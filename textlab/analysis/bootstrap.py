"""Bootstrap intervals of rates: documents are resampled, tokens never."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, issparse

from textlab.analysis.measures import PER, Floats

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
