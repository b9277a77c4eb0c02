"""The effects on topic shares with three intervals: of the regression, by draws, by resampling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t

from textlab.seeds import derive_seed
from textlab.statistics.bootstrap import bootstrap_weights
from textlab.topics.effects_regression import LEVEL, Regression
from textlab.topics.variational import Floats

_TAIL = (1 - LEVEL) / 2
WITHIN = 20


@dataclass(frozen=True, eq=False)
class Shares:
    """``shares`` (rows x topics) are regressed; ``gamma`` (units x topics) are drawn from.

    ``to_rows`` (rows x units, sparse) makes rows of units.
    """

    shares: Floats
    gamma: Floats
    to_rows: Any


class Estimates(NamedTuple):
    """Arrays, effects x topics."""

    estimate: Floats
    se: Floats
    low: Floats
    high: Floats
    low_simultaneous: Floats
    high_simultaneous: Floats
    estimate_composition: Floats
    low_composition: Floats
    high_composition: Floats
    low_bootstrap: Floats
    high_bootstrap: Floats
    p: Floats


def estimates(
    regression: Regression,
    shares: Shares,
    families: list[NDArray[np.bool_]],
    *,
    draws: int,
    resamples: int,
    seed: int,
) -> Estimates:
    """All that is said of each effect; the intervals of a family hold together, topic by topic."""
    fitted = regression.fit(shares.shares)
    df = regression.df[:, np.newaxis]
    half = t.ppf(1 - _TAIL, df) * fitted.se
    together = np.full(half.shape, np.nan)
    for number, family in enumerate(families):
        rng = np.random.default_rng(derive_seed(seed, "effects", "simultaneous", str(number)))
        point = regression.simultaneous(fitted, family, rng)
        together[family] = (point * fitted.se)[family]
    return Estimates(
        fitted.estimate,
        fitted.se,
        *_around(fitted.estimate, half),
        *_around(fitted.estimate, together),
        *composition(regression, shares, draws=draws, seed=seed),
        *_resampled(regression, shares.shares, resamples, seed),
        2 * t.sf(np.abs(fitted.estimate) / fitted.se, df),
    )


def composition(
    regression: Regression, shares: Shares, *, draws: int, seed: int
) -> tuple[Floats, Floats, Floats]:
    """Estimates and 95 % bounds by the method of composition (effects x topics).

    Each draw takes the shares of all units from their posteriors and regresses them. Estimates
    are the mean over draws, variances the mean of theirs (of the first ``WITHIN``: they are much
    the same) plus (1 + 1 / draws) times the variance of the estimates between draws (Rubin). NaN
    with fewer than two draws.

    Sources: Tanner (1996), Tools for Statistical Inference, chapter 3; Roberts, Stewart and
    Airoldi (2016), Journal of the American Statistical Association 111, 988-1003.
    """
    rng = np.random.default_rng(derive_seed(seed, "effects", "composition"))
    size = (len(regression.effects), shares.shares.shape[1])
    found, within = np.full((max(draws, 1), *size), np.nan), []
    for draw in range(draws if draws > 1 else 0):
        theta = rng.standard_gamma(shares.gamma)
        theta /= theta.sum(axis=1, keepdims=True)
        drawn = np.asarray(shares.to_rows @ theta)
        found[draw] = regression.estimate(drawn)
        if draw < WITHIN:
            # Where no document of a draw differs, draws may still differ.
            within.append(np.nan_to_num(regression.fit(drawn).se ** 2))
    middle = found.mean(axis=0)
    between = ((found - middle) ** 2).sum(axis=0) / max(draws - 1, 1)
    variance = np.mean(within or [found[0]], axis=0) + (1 + 1 / max(draws, 1)) * between
    half = t.ppf(1 - _TAIL, regression.df[:, np.newaxis]) * np.sqrt(variance)
    half[regression.single] = np.nan
    return middle, *_around(middle, half)


def _around(middle: Floats, half: Floats) -> tuple[Floats, Floats]:
    return middle - half, middle + half


def _resampled(
    regression: Regression, shares: Floats, resamples: int, seed: int
) -> tuple[Floats, Floats]:
    """Bootstrap intervals of the effects that have an error at all."""
    clusters = int(regression.cluster.max()) + 1
    rng = np.random.default_rng(derive_seed(seed, "effects", "bootstrap"))
    weights = bootstrap_weights(clusters, resamples=resamples, rng=rng)
    low, high = regression.bootstrap(shares, weights)
    low[regression.single] = high[regression.single] = np.nan
    return low, high
