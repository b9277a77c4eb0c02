"""The rule that chooses K from held-out likelihood and stability, and its reason in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import t

from textlab.topics.matching import MATCHED
from textlab.topics.variational import Floats

LEVEL = 0.95


# Where a measure cannot be, its interval does not go.
RANGES = {
    "held_out": (-np.inf, 0.0),
    "npmi": (-1.0, 1.0),
    "umass": (-np.inf, 0.0),
    "exclusivity": (0.0, 1.0),
    "stability": (0.0, 1.0),
    "stability_random": (0.0, 1.0),
}


class Estimate(NamedTuple):
    """A value with its standard error and 95 % interval, from so many ``replicates``."""

    value: float
    se: float
    low: float
    high: float
    replicates: int

    def within(self, measure: str) -> Estimate:
        """The same with an interval that stays where ``measure`` can be."""
        low, high = np.clip([self.low, self.high], *RANGES[measure]).tolist()
        return self._replace(low=low, high=high)


def mean_estimate(values: Floats, count: int) -> Estimate:
    """The mean of two or more values, as sure as that of ``count`` independent ones."""
    se = float(values.std(ddof=1) / np.sqrt(count))
    return _estimate(float(values.mean()), se, count, len(values))


def ratio_estimate(sums: Floats, sizes: Floats, replicates: int) -> Estimate:
    """sum(sums) / sum(sizes) of two or more documents, which are drawn at random.

    The variance is that of a ratio of sums, n / (n - 1) * sum((x - R s)²) / sum(s)² (a sandwich
    estimate). Source: Cochran (1977), Sampling Techniques, 3rd ed., chapter 6.
    """
    count, total = len(sums), sizes.sum()
    ratio = float(sums.sum() / total)
    spread = float(((sums - ratio * sizes) ** 2).sum())
    se = float(np.sqrt(count / (count - 1) * spread) / total)
    return _estimate(ratio, se, count, replicates)


def _estimate(value: float, se: float, count: int, replicates: int) -> Estimate:
    half = float(t.ppf((1 + LEVEL) / 2, count - 1)) * se
    return Estimate(value, se, value - half, value + half, replicates)


def choose(measured: Mapping[int, Mapping[str, Estimate]]) -> int:
    """The smallest K whose held-out likelihood is within one standard error of the best.

    Only K whose stability is ``MATCHED`` or more are looked at, or all K if none has that. The
    standard error is that of the best.
    """
    held_out = {k: measures["held_out"] for k, measures in measured.items()}
    firm = [k for k in held_out if measured[k]["stability"].value >= MATCHED] or list(held_out)
    best = max(firm, key=lambda k: (held_out[k].value, -k))
    least = held_out[best].value - held_out[best].se
    return min(k for k in firm if held_out[k].value >= least)


def selection_reason(table: pd.DataFrame) -> str:
    """Why the K that a table ``topic_selection`` marks was chosen, in one sentence."""
    values = table.pivot(index="k", columns="measure", values="value")
    held_out, stability = values["held_out"], values["stability"]
    k = int(table.loc[table["chosen"] == 1, "k"].iloc[0])
    shaky = stability < MATCHED
    firm = held_out if shaky.all() else held_out[~shaky]
    best = int(firm.index[int(firm.argmax())])
    errors = table[(table["k"] == best) & (table["measure"] == "held_out")]["se"]
    return "; ".join(
        [
            _why(k, best, firm, float(errors.iloc[0])),
            *_set_aside(shaky),
            *_at_the_edge(best, held_out),
        ]
    )


def _why(k: int, best: int, held_out: pd.Series[float], se: float) -> str:
    if len(held_out) == 1:
        return f"k = {k}: no other was left to choose from"
    nats = f"{held_out[k]:.3f} nats a token"
    if k == best:
        smaller = "" if k == held_out.index.min() else ", and no smaller k is within one standard"
        error = f" error ({se:.3f}) of it" if smaller else ""
        return f"k = {k}: the best held-out likelihood ({nats}){smaller}{error}"
    return (
        f"k = {k}: the smallest whose held-out likelihood ({nats}) is within one standard error "
        f"({se:.3f}) of the best ({held_out[best]:.3f}, at k = {best})"
    )


def _set_aside(shaky: pd.Series[bool]) -> list[str]:
    """Which K the rule did not look at, or that it had to look at all."""
    if shaky.all():
        return ["the topics of no k come back when documents are drawn anew: build on none"]
    names = ", ".join(str(k) for k in shaky.index[shaky])
    return [f"left out as topics do not come back: k = {names}"] if names else []


def _at_the_edge(best: int, held_out: pd.Series[float]) -> list[str]:
    if len(held_out) > 1 and best == held_out.index.max():
        return ["the likelihood still grows where the grid ends: a longer one may choose more"]
    return []
