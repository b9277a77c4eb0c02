"""Measures of style in groups: ratios of sums, and their intervals over documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.stats import t

from textlab.analysis.style_measures import Measure
from textlab.statistics.grouping import Codes, Grouped, Sizes, first_of_each
from textlab.statistics.intervals import LEVEL, rate_intervals
from textlab.statistics.measures import PER, Floats
from textlab.statistics.measures.basis import share
from textlab.statistics.sampling import Units, enough

# Below this part of the value a standard error is rounding.
SPECK = 1e-9


@dataclass(frozen=True)
class Estimate:
    """A measure of each group: its value, 95 % interval, and the units of that.

    ``documents`` are those that the measure can be taken of. ``units`` are these, or, where they
    are too few (:func:`~textlab.statistics.sampling.enough`), their paragraphs. ``error`` is the
    jackknife's standard error.
    """

    value: Floats
    error: Floats
    low: Floats
    high: Floats
    documents: Sizes
    units: Sizes


def estimate(measure: Measure, rows: Grouped) -> Estimate:
    """The measure of each group of ``rows``."""
    groups, used = len(rows.groups), np.flatnonzero(measure.tokens > 0)
    group, first = rows.group[used], first_of_each(rows.document[used])
    documents = np.bincount(group[first], minlength=groups)
    few = _few(measure.tokens[used], np.cumsum(first) - 1, group[first], groups)
    starts = first | few[group]
    unit, owner = np.cumsum(starts) - 1, group[starts]
    over, under = (
        np.bincount(unit, sums[used], len(owner)).astype("float64")
        for sums in (measure.over, measure.under)
    )
    total, size = (np.bincount(owner, x, groups) for x in (over, under))
    value, units = share(total, size), np.bincount(owner, minlength=groups)
    left = Left(over, under, total[owner] - over, size[owner] - under)
    without = share(left.over, left.under)
    if measure.without is not None:
        for document in np.split(np.arange(len(used)), np.flatnonzero(first)[1:]):
            if len(document) and few[group[document[0]]] and units[group[document[0]]] > 1:
                without[unit[document]] = left.of(unit[document], measure.without(used[document]))
    error = jackknife_error(without, owner, units)
    error[error <= SPECK * value] = 0.0
    low, high = (
        _of_rates(over, under, owner, groups)
        if measure.counts
        else _of_logarithms(value, error, units)
    )
    return Estimate(value, error, low, np.minimum(high, measure.most), documents, units)


def _few(tokens: Floats, document: Codes, group: Codes, groups: int) -> NDArray[np.bool_]:
    """Of which groups the paragraphs are the units; ``group`` is that of each document."""
    size = np.bincount(document, tokens, minlength=len(group))
    return np.array([not enough(size[group == code]) for code in range(groups)], dtype=bool)


class Left(NamedTuple):
    """The sums of each unit, and those of its group without it."""

    unit_over: Floats
    unit_under: Floats
    over: Floats
    under: Floats

    def of(self, units: Codes, without: Floats) -> Floats:
        """The value of a group without each of ``units``, all the paragraphs of a document.

        ``without`` is that document's value without each of them, which weighs what it has left.
        """
        own, size = self.unit_over[units].sum(), self.unit_under[units].sum()
        others = self.over[units] + self.unit_over[units] - own
        rest = size - self.unit_under[units]
        there = np.where(rest > 0, without * rest, 0.0)
        return share(others + there, self.under[units])


def jackknife_error(without: Floats, group: Codes, units: Sizes) -> Floats:
    """The standard error of each group's value from its values without each of its units.

    ``sqrt((n - 1) / n * sum((without - their mean) ** 2))``; NaN for fewer than two units.
    """
    n = np.where(units > 1, units, np.nan)
    mean = np.bincount(group, without, minlength=len(units)) / n
    squares = np.bincount(group, (without - mean[group]) ** 2, minlength=len(units))
    return np.asarray(np.sqrt((n - 1) / n * squares))


def _of_logarithms(value: Floats, error: Floats, units: Sizes) -> tuple[Floats, Floats]:
    """Student's interval of the logarithm, back on the scale of the value.

    On the value's own scale the bounds of a skew measure lie too low.
    """
    known = np.where((error > 0) & (value > 0), value, np.nan)
    reach = t.ppf((1 + LEVEL) / 2, np.maximum(units - 1, 1)) * error / known
    with np.errstate(over="ignore"):
        return known * np.exp(-reach), known * np.exp(reach)


def _of_rates(over: Floats, under: Floats, group: Codes, groups: int) -> tuple[Floats, Floats]:
    """The intervals that all rates of terms have, as shares."""
    low, high = np.full((2, groups), np.nan)
    ends = np.searchsorted(group, np.arange(groups + 1))
    for i in range(groups):
        here = slice(ends[i], ends[i + 1])
        counts = csr_array(over[here].astype("int64")[:, np.newaxis])
        bounds = rate_intervals(Units(counts, under[here].astype("int64"), ""))
        low[i], high[i] = bounds.low[0] / PER, bounds.high[0] / PER
    return low, high
