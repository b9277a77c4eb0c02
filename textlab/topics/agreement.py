"""Krippendorff's alpha: how far coders agree beyond chance."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from textlab.errors import TableError, UnknownNameError, nearest
from textlab.seeds import derive_seed
from textlab.statistics.bootstrap import PERCENTILES, bootstrap_weights
from textlab.topics.variational import Floats

LEVELS = ("nominal", "ordinal", "interval", "ratio")


class Agreement(NamedTuple):
    """Alpha with its 95 % interval; ``reason`` says why one of them is missing (NaN).

    ``items`` and ``answers`` are those that alpha rests on: items that two coders have answered.
    """

    alpha: float
    low: float
    high: float
    items: int
    answers: int
    reason: str


def krippendorff_alpha(answers: pd.DataFrame | np.ndarray, *, level: str = "nominal") -> float:
    """Krippendorff's alpha of ``answers``: coders in rows, items in columns, NaN for no answer.

    1 is full agreement, 0 that of answers dealt out by chance, below 0 less than that::

        observed = sum_u(sum_ck(n_uc * n_uk * d_ck) / (n_u - 1)) / n
        expected = sum_ck(n_c * n_k * d_ck) / (n * (n - 1))
        alpha = 1 - observed / expected

    over items u with n_u >= 2 answers, n_uc of them c; n_c of all n answers are c. d is 1 for any
    two different answers ("nominal"), or the square of their difference in rank ("ordinal"), in
    value ("interval"), or in value by their sum ("ratio"). Items that one coder answered do not
    count.

    NaN where no item has two answers, and where all answers are the same: then no disagreement
    could be expected, and agreement says nothing. :func:`agreement` gives the reason and an
    interval. Rare answers make alpha unsure: of items that are nearly all answered alike, one
    disagreement more or less moves it far. Krippendorff asks for .8, and .667 for tentative
    conclusions.

    Raises :class:`UnknownNameError` for another ``level``, :class:`TableError` for answers that
    are no numbers where the level needs them.

    Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.
    """
    counts, values = _by_item(answers, level)
    return float(_alphas(counts, values, level, np.ones((len(counts), 1)))[0])


def agreement(
    answers: pd.DataFrame | np.ndarray,
    *,
    level: str = "nominal",
    resamples: int = 1000,
    seed: int = 0,
) -> Agreement:
    """:func:`krippendorff_alpha` with a 95 % percentile bootstrap interval over items.

    Items are drawn, coders stay: the interval is for other items of the same kind, judged by the
    same coders. Of fewer than 20 items it is too narrow.
    """
    counts, values = _by_item(answers, level)
    items, n = len(counts), int(counts.sum())
    alpha = float(_alphas(counts, values, level, np.ones((items, 1)))[0])
    reason = _reason(counts, alpha)
    if reason:
        return Agreement(alpha, np.nan, np.nan, items, n, reason)
    rng = np.random.default_rng(derive_seed(seed, "agreement"))
    weights = bootstrap_weights(items, resamples=resamples, rng=rng)
    drawn = _alphas(counts, values, level, weights)
    drawn = drawn[np.isfinite(drawn)]
    if len(drawn) <= resamples / 2:
        return Agreement(alpha, np.nan, np.nan, items, n, "too few items for an interval")
    low, high = np.quantile(drawn, PERCENTILES)
    return Agreement(alpha, float(low), float(high), items, n, "")


def _reason(counts: Floats, alpha: float) -> str:
    """Why there is no alpha, or no interval of it; "" where there are both."""
    if not len(counts):
        return "no item has the answers of two coders"
    if np.isnan(alpha):
        return "all answers are the same: no disagreement could be expected"
    if len(counts) == 1:
        return "1 item: no interval"
    return "no disagreement: no interval" if alpha == 1 else ""


def _by_item(answers: pd.DataFrame | np.ndarray, level: str) -> tuple[Floats, Floats]:
    """How often each item (in rows) has each value (in columns), and these values.

    Of items with two answers or more. Values of a nominal level are numbered.
    """
    if level not in LEVELS:
        raise UnknownNameError(
            f"no level '{level}'; there are: {', '.join(LEVELS)}{nearest(level, LEVELS)}"
        )
    cells = pd.Series(pd.DataFrame(answers).T.stack()).dropna()
    item, _ = pd.factorize(cells.index.get_level_values(0))
    if level == "nominal":
        code, distinct = pd.factorize(cells.to_numpy(dtype=object))
        values = np.arange(len(distinct), dtype="float64")
    else:
        code, values = pd.factorize(_numbers(cells, level), sort=True)
    counts = np.zeros((item.max(initial=-1) + 1, len(values)))
    np.add.at(counts, (item, code), 1.0)
    return counts[counts.sum(axis=1) >= 2], values


def _numbers(cells: pd.Series, level: str) -> Floats:
    numbers: Floats = pd.to_numeric(cells, errors="coerce").to_numpy("float64")
    wrong = ~np.isfinite(numbers) | ((numbers < 0) if level == "ratio" else False)
    if wrong.any():
        kind = "numbers of 0 or more" if level == "ratio" else "numbers"
        raise TableError(
            f"answers of level '{level}' want {kind}, found '{cells.iloc[int(wrong.argmax())]}'"
        )
    return numbers


def _alphas(counts: Floats, values: Floats, level: str, weights: Floats) -> Floats:
    """Alpha for each column of ``weights``, how often it takes each item; NaN where undefined."""
    if level == "ordinal" and weights.shape[1] > 1:
        # Ranks are those of the answers drawn.
        return np.concatenate([_alphas(counts, values, level, w[:, None]) for w in weights.T])
    totals = weights.T @ counts
    distance = _distance(values, totals[0], level)
    within = ((counts @ distance) * counts).sum(axis=1) / (counts.sum(axis=1) - 1)
    expected = ((totals @ distance) * totals).sum(axis=1)
    observed = (totals.sum(axis=1) - 1) * (within @ weights)
    ratio = np.full(len(expected), np.nan)
    np.divide(observed, expected, out=ratio, where=expected > 0)
    return 1 - ratio


def _distance(values: Floats, totals: Floats, level: str) -> Floats:
    """The squared difference of each two values."""
    if level == "nominal":
        return 1.0 - np.eye(len(values))
    if level == "ordinal":
        # The rank of a value is the number of answers below it and half of its own.
        values = np.cumsum(totals) - totals / 2
    apart: Floats = np.subtract.outer(values, values)
    if level == "ratio":
        sums = np.add.outer(values, values)
        apart = np.divide(apart, sums, out=np.zeros_like(apart), where=sums > 0)
    return apart**2
