"""Counts in groups with what makes them readable: rates, intervals, dispersion, reasons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textlab.errors import UnknownNameError
from textlab.seeds import derive_seed
from textlab.statistics.bootstrap import (
    bca_rates,
    bootstrap_rates,
    bootstrap_weights,
    studentised_rates,
)
from textlab.statistics.grouping import Grouped
from textlab.statistics.intervals import Bounds, rate_intervals
from textlab.statistics.measures import Floats, dp_norm, rate
from textlab.statistics.sampling import Sample, Units, added, of_rows, rests_on

Kind = Literal["model", "percentile", "bca", "bootstrap-t"]
RESAMPLED: dict[str, Callable[..., tuple[Floats, Floats]]] = {
    "percentile": bootstrap_rates,
    "bca": bca_rates,
    "bootstrap-t": studentised_rates,
}
IN_NONE = "in none of these: ci_high is a bound"


class Intervals(NamedTuple):
    """How the intervals are made: ``resamples`` and ``seed`` are for the bootstraps only."""

    kind: Kind = "model"
    resamples: int = 2000
    seed: int = 0

    def check(self) -> None:
        """An unknown kind is an error that lists those there are."""
        kinds = ("model", *RESAMPLED)
        if self.kind not in kinds:
            raise UnknownNameError(f"no interval '{self.kind}'; there are: {', '.join(kinds)}")


def rated(
    counts: Mapping[str, Any], rows: Grouped, *, unique: bool, intervals: Intervals
) -> dict[str, NDArray[Any]]:
    """The columns of a table of rates, each as an array groups x terms.

    ``counts`` are sparse matrices, ``rows`` x terms: ``count``, ``count_unique`` and any others
    that are to be added up. The rate, its interval, the units and the dispersion are those of
    ``count_unique`` where ``unique``, else of ``count``.
    """
    intervals.check()
    groups = len(rows.groups)
    cells = {name: added(n, rows.group, groups).toarray() for name, n in counts.items()}
    one = np.ones_like(cells["count"])
    sums = {
        "tokens": rows.by_group(rows.tokens),
        "tokens_unique": rows.by_group(rows.tokens_unique),
        "documents": rows.documents(),
    }
    cells |= {name: values[:, np.newaxis] * one for name, values in sums.items()}
    kind = "_unique" if unique else ""
    size = rows.tokens_unique if unique else rows.tokens
    cells["per_10k"] = rate(cells[f"count{kind}"], cells[f"tokens{kind}"])
    return cells | _spread(
        of_rows(rows, rows.groups[:0], counts[f"count{kind}"], size), one.shape, intervals
    )


def _spread(
    sample: Sample, shape: tuple[int, ...], intervals: Intervals
) -> dict[str, NDArray[Any]]:
    """How each group's units differ: interval, number of units, dispersion, reason."""
    floats = {name: np.full(shape, np.nan) for name in ("ci_low", "ci_high", "dp_norm")}
    whole = {name: np.zeros(shape, dtype="int64") for name in ("units", "units_with")}
    reasons = np.full(shape, "", dtype=object)
    drawn: dict[int, Floats] = {}
    for group in range(len(sample.groups)):
        units = sample.units(sample.only(group))
        bounds = interval_of(units, intervals, drawn)
        floats["ci_low"][group], floats["ci_high"][group] = bounds
        having = np.asarray((units.n > 0).sum(axis=0)).ravel()
        whole["units"][group], whole["units_with"][group] = len(units.size), having
        if len(units.size) > 1:
            floats["dp_norm"][group] = dp_norm(units.n, units.size)
        reason = rests_on(units, int(sample.documents[group]))
        reasons[group] = reason
        if len(units.size) > 1:
            reasons[group, having == 0] = "; ".join(filter(None, (reason, IN_NONE)))
    return floats | whole | {"reason": reasons}


def interval_of(units: Units, intervals: Intervals, drawn: dict[int, Floats]) -> Bounds:
    """The interval of each term; ``drawn`` keeps the weights, which groups of as many units share.

    Where a bootstrap has none (a term that no unit has, say) it is that of the model.
    """
    model = rate_intervals(units)
    if intervals.kind == "model" or len(units.size) < 2 or not intervals.resamples:
        return model
    count = len(units.size)
    if count not in drawn:
        drawn.clear()
        rng = np.random.default_rng(derive_seed(intervals.seed, "keywords", str(count)))
        drawn[count] = bootstrap_weights(count, resamples=intervals.resamples, rng=rng)
    low, high = RESAMPLED[intervals.kind](units.n, units.size, weights=drawn[count])
    there = np.isfinite(low) & np.isfinite(high) & (units.n.sum(axis=0) > 0)
    return Bounds(np.where(there, low, model.low), np.where(there, high, model.high))
