"""Spearman's rank correlation of many measures with many indicators, with interval and test."""

from __future__ import annotations

from functools import lru_cache
from itertools import permutations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import rankdata, t

from textlab.schema import arrange, empty
from textlab.statistics.discovery import false_discovery_rates

# Places up to which all their permutations are gone through: 40,320 of them.
EXACT = 8
# Places from which the interval has a standard error at all.
LEAST = 4
_NORMAL = 1.959963984540054
_AT_ONCE = 64  # measures against all permutations
Floats = NDArray[np.float64]


def correlations_of(measures: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """The table ``indicator_correlations`` of the columns of two tables with the same rows."""
    parts = [
        _against(measures, indicators[name].to_numpy(dtype=np.float64), str(name))
        for name in sorted(indicators.columns)
    ]
    if not parts or not len(measures.columns):
        return empty("indicator_correlations")
    table = pd.concat(parts, ignore_index=True)
    table["q"] = false_discovery_rates(table["p"])
    return arrange(table, "indicator_correlations")


def _against(measures: pd.DataFrame, indicator: Floats, name: str) -> pd.DataFrame:
    """The rows of one indicator; measures that the same places have are gone through together."""
    values = measures.to_numpy(dtype=np.float64)
    there = ~np.isnan(values) & ~np.isnan(indicator)[:, np.newaxis]
    patterns, which = np.unique(there, axis=1, return_inverse=True)
    parts = []
    for i, pattern in enumerate(patterns.T):
        chosen = np.flatnonzero(which.ravel() == i)
        part = _rank_correlations(values[np.ix_(pattern, chosen)], indicator[pattern])
        parts.append(part.assign(measure=measures.columns[chosen].astype(str)))
    return pd.concat(parts, ignore_index=True).assign(indicator=name)


def _rank_correlations(x: Floats, y: Floats) -> pd.DataFrame:
    """n, rho, low, high, p and reason of each column of ``x`` (places x measures) with ``y``."""
    n, reason = len(y), np.full(x.shape[1], _few(len(y)), dtype=object)
    rho = p = np.full(x.shape[1], np.nan)
    if n >= 2:
        ranks, own = rankdata(x, axis=0) - (n + 1) / 2, rankdata(y) - (n + 1) / 2
        lengths = (ranks**2).sum(axis=0) * (own**2).sum()
        varying = lengths > 0
        rho = np.divide(own @ ranks, np.sqrt(lengths), where=varying, out=np.full_like(p, np.nan))
        rho = np.clip(rho, -1.0, 1.0)
        p = np.where(varying, _exact(ranks, own) if n <= EXACT else _student(rho, n), np.nan)
        reason = np.array([_why(column, y, part) for column, part in zip(x.T, reason, strict=True)])
    low, high = interval(rho, n)
    cells = {"n": n, "rho": rho, "low": low, "high": high, "p": p, "q": np.nan, "reason": reason}
    return pd.DataFrame(cells, index=range(x.shape[1]))


def interval(rho: Floats, n: int) -> tuple[Floats, Floats]:
    """The 95 % interval of Spearman's ``rho`` of ``n`` places; NaN below 4.

    Fisher's z with the standard error sqrt((1 + rho^2 / 2) / (n - 3)) of Bonett & Wright (2000).
    A rho of 1 has no z: it is taken half a step of its scale lower, at 1 - 6 / (n (n^2 - 1)).
    """
    if n < LEAST:
        return np.full_like(rho, np.nan), np.full_like(rho, np.nan)
    most = 1 - 6 / (n * (n**2 - 1))
    z = np.arctanh(np.clip(rho, -most, most))
    half = _NORMAL * np.sqrt((1 + rho**2 / 2) / (n - 3))
    return np.minimum(np.tanh(z - half), rho), np.maximum(np.tanh(z + half), rho)


def _student(rho: Floats, n: int) -> Floats:
    """Two-sided p by Student's t with n - 2 degrees of freedom."""
    with np.errstate(divide="ignore"):
        size = np.abs(rho) * np.sqrt((n - 2) / (1 - rho**2))
    return np.asarray(2 * t.sf(size, n - 2))


def _exact(ranks: Floats, own: Floats) -> Floats:
    """Two-sided p: the share of all orders of the places with a rho as far from 0, or farther."""
    orders = own[_orders(len(own))]
    found = np.abs(own @ ranks) - 1e-9
    parts = [slice(i, i + _AT_ONCE) for i in range(0, ranks.shape[1], _AT_ONCE)]
    shares = [(np.abs(orders @ ranks[:, part]) >= found[part]).mean(axis=0) for part in parts]
    return np.concatenate(shares)


@lru_cache(maxsize=EXACT)
def _orders(n: int) -> NDArray[np.intp]:
    return np.array(list(permutations(range(n))), dtype=np.intp)


def _few(n: int) -> str:
    if n >= LEAST:
        return ""
    return f"{n} place{'' if n == 1 else 's'} with both values: no interval"


def _why(x: Floats, y: Floats, few: str) -> str:
    """What is to be known of one correlation."""
    reasons = [few] if few else []
    for name, values in (("measure", x), ("indicator", y)):
        most = int(np.unique(values, return_counts=True)[1].max())
        if most == len(values):
            reasons.append(f"the {name} is the same in all {most} places: undefined")
        elif 2 * most > len(values):
            reasons.append(f"ties: {most} of {len(values)} places have the same {name}")
    return "; ".join(reasons)
