"""What the measures share: rates, and a division that knows an empty text."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

PER = 10_000
"""Rates are given per so many tokens."""

Floats = NDArray[np.float64]


def rate(counts: ArrayLike, totals: ArrayLike) -> Floats:
    """``counts`` per 10,000 of ``totals``; NaN where the total is 0. The two are broadcast."""
    return share(PER * np.asarray(counts, dtype="float64"), totals)


def share(values: ArrayLike, totals: ArrayLike) -> Floats:
    """``values / totals``, NaN where the total is 0."""
    sizes = np.asarray(totals, dtype="float64")
    return np.asarray(values, "float64") / np.where(sizes > 0, sizes, np.nan)
