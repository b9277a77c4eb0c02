"""Bootstrap intervals of rates: documents are resampled, tokens never."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from textlab.analysis.measures import PER, Floats

PERCENTILES = (0.025, 0.975)
# Rates held at once, resamples x terms: 32 MB.
CELLS = 2**22


def bootstrap_rates(
    counts: Any, totals: NDArray[np.int64], *, resamples: int, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """95 % percentile intervals of each term's rate per 10,000 tokens, resampling units.

    ``counts`` (units x terms, dense or scipy sparse) are the terms' counts in each unit,
    ``totals`` (units,) the units' tokens. Each resample draws as many units as there are, with
    replacement: multinomial weights w, the same for all terms, and the rates
    ``10,000 * sum(w * counts) / sum(w * totals)``. The bounds are their percentiles 2.5 and
    97.5 (linear interpolation), as two arrays (terms,); NaN if fewer than two units have
    tokens or ``resamples`` is 0. Resamples that draw no token are left out.

    The draws belong to units by position: give the units in an order of their own (by name).

    Valid for units that are independent of each other; for few units (under ten or so) the
    interval is too narrow. A term that no unit has gets (0, 0): the bootstrap cannot see what
    was not sampled, so this does not mean that the rate is known to be 0. The interval need
    not be symmetric about the rate, and need not even hold it.

    Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.
    """
    units, terms = counts.shape
    low, high = np.full(terms, np.nan), np.full(terms, np.nan)
    if resamples == 0 or np.count_nonzero(totals) < 2:
        return low, high
    weights = rng.multinomial(units, np.full(units, 1 / units), size=resamples)
    drawn = weights @ totals
    weights, drawn = np.ascontiguousarray(weights[drawn > 0].T), drawn[drawn > 0]
    if not len(drawn):
        return low, high
    low[:] = high[:] = 0.0
    columns = csc_array(counts)
    present = np.flatnonzero(np.diff(columns.indptr))
    step = max(1, CELLS // len(drawn))
    for chunk in (present[i : i + step] for i in range(0, len(present), step)):
        # Whole numbers throughout: sums are exact, whatever the order they are taken in.
        rates = PER * (columns[:, chunk].T @ weights) / drawn
        low[chunk], high[chunk] = np.quantile(rates, PERCENTILES, axis=1)
    return low, high
