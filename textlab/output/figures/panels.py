"""Small multiples of horizontal bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from textlab.output.figures.lettering import LINE, block_lines, block_width, fit, fits_whole
from textlab.output.figures.paper import MARGIN, axes_at, sheet, value_axis, write_at
from textlab.output.style import BAR, DOUBLE_COLUMN, INK, MM, SINGLE_COLUMN

Numbers = npt.NDArray[np.float64]

_LABELS = (24.0, 36.0, 45.0)  # the room for names, in millimetres: the least that cuts none
_GAP = 1.2  # between a name and its bar
_BETWEEN = 5.0  # between two panels, across
_BELOW = 8.0  # under a panel: its numbers, and white
_TITLE = 4.6  # an axis title and the white around it
_OVERHANG = 1.5  # half of the last number may stick out to the right
_THICK = 2.6  # a bar


@dataclass(frozen=True, kw_only=True)
class Panels:
    """One panel for each of ``titles``: bars of ``lengths`` (NaN: none) and who they are for.

    ``intervals`` has two rows, low and high, for each panel. Where ``shared``, every panel has
    the same names, written once in every row of panels. All panels are on one scale.
    """

    titles: Sequence[str]
    names: Sequence[Sequence[str]]
    lengths: Sequence[Numbers]
    intervals: Sequence[Numbers] = ()
    shared: bool = False
    row_title: str = ""
    value_title: str = ""


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """Where everything goes, in millimetres, and the names and titles as they fit there."""

    page: float
    across: int  # panels side by side
    side: float  # the room for names, and the gap
    width: float  # of the bars
    names: list[list[str]]
    titles: list[str]
    first: float  # the left edge of the first panel, names included
    shared: bool

    def left(self, panel: int) -> float:
        """The left edge of the bars of ``panel``."""
        sides = 1 if self.shared else panel % self.across + 1
        return self.first + sides * self.side + panel % self.across * (self.width + _BETWEEN)

    def heights(self, panel: int) -> Numbers:
        """The room of each bar of ``panel``; a name of two lines takes more."""
        # Thirty places are set closer than four: a page has to hold them.
        least = 4.2 if len(self.names[panel]) <= 12 else 3.6
        return np.array([least + LINE * name.count("\n") for name in self.names[panel]])

    def row(self, panel: int) -> range:
        """The panels that stand beside ``panel``, itself included."""
        start = panel - panel % self.across
        return range(start, min(start + self.across, len(self.titles)))

    def height(self, panel: int) -> float:
        """The height of the panels in the row of ``panel``: that of the highest."""
        return max(float(self.heights(i).sum()) for i in self.row(panel))

    @cached_property
    def tops(self) -> list[float]:
        """The upper edge of the bars of each panel."""
        tops: list[float] = []
        edge = MARGIN
        for start in range(0, len(self.titles), self.across):
            row = self.row(start)
            edge += LINE * block_lines(self.titles[i] for i in row) + 1.0
            tops += [edge] * len(row)
            edge += self.height(start) + _BELOW
        return tops

    @property
    def bottom(self) -> float:
        """Below the last numbers."""
        last = len(self.titles) - 1
        return self.tops[last] + self.height(last) + _BELOW - 2.0


def draw_panels(panels: Panels) -> Figure:
    """Draw ``panels``; the sheet is as high as names of 8 points want it."""
    plan = _plan(panels)
    below = fit([panels.value_title], plan.page - 2 * MARGIN, lines=2)[0]
    figure = sheet(plan.page, plan.bottom + LINE * block_lines([below]) + MARGIN)
    high = _highest(panels)
    for i, lengths in enumerate(panels.lengths):
        axes = axes_at(figure, plan.left(i), plan.tops[i], plan.width, plan.height(i))
        middles = np.cumsum(plan.heights(i)) - plan.heights(i) / 2
        _draw_bars(axes, middles, lengths, panels.intervals[i] if panels.intervals else None)
        axes.set_ylim(plan.height(i), 0)
        value_axis(axes, high, plan.width)
        _write_names(axes, plan, i, middles)
    middle = (plan.first + plan.page - MARGIN) / 2
    write_at(figure, middle, plan.bottom, below, ha="center")
    middle = (plan.tops[0] + plan.bottom) / 2
    write_at(figure, MARGIN, middle, panels.row_title, va="center", rotation=90)
    return figure


def _plan(panels: Panels) -> _Plan:
    label = next((w for w in _LABELS if all(fits_whole(n, w, lines=2) for n in panels.names)),
                 _LABELS[-1])  # fmt: skip
    names = [fit(group, label, lines=2) for group in panels.names]
    side = block_width(name for group in names for name in group) + _GAP
    first = MARGIN + (_TITLE if panels.row_title else 0.0)
    page = DOUBLE_COLUMN if len(names) > 1 else SINGLE_COLUMN
    room = page - first - MARGIN - _OVERHANG - (side if panels.shared else 0.0)
    across = _across(panels, side, room)
    whole = (room - (across - 1) * _BETWEEN) / across
    return _Plan(
        page=page,
        across=across,
        side=side,
        width=whole if panels.shared else whole - side,
        names=names,
        titles=fit(panels.titles, whole, lines=3),
        first=first,
        shared=panels.shared,
    )


def _across(panels: Panels, side: float, room: float) -> int:
    """How many panels stand side by side: all rows of equal length, as far as may be."""
    count, highest = len(panels.names), max(len(group) for group in panels.names)
    # Short panels read best broad; high ones are narrow, for a page to take them.
    least = (30.0 if highest <= 12 else 18.0) if panels.shared else side + 15.0
    most = min(count, max(1, int((room + _BETWEEN) // (least + _BETWEEN))))
    return -(-count // -(-count // most))


def _highest(panels: Panels) -> float:
    """The end of the axes, a little beyond the longest bar or interval."""
    ends = np.concatenate([np.ravel(part) for part in (*panels.lengths, *panels.intervals)])
    return float(np.nanmax(ends, initial=0.0)) * 1.03 or 1.0


def _draw_bars(axes: Axes, places: Numbers, lengths: Numbers, interval: Numbers | None) -> None:
    there = ~np.isnan(lengths)
    axes.barh(places[there], lengths[there], height=_THICK, color=BAR, linewidth=0)
    if interval is None:
        return
    # Not as distances from the bar's end: a bootstrap interval need not hold the rate.
    low, high = interval
    there &= high > low  # neither missing nor of no width, which would leave two caps at 0
    middles, halves = (low + high)[there] / 2, (high - low)[there] / 2
    axes.errorbar(
        middles, places[there], xerr=halves, fmt="none", ecolor=INK, elinewidth=0.8, capsize=1.5,
        capthick=0.8,
    )  # fmt: skip


def _write_names(axes: Axes, plan: _Plan, panel: int, middles: Numbers) -> None:
    if plan.shared and panel % plan.across:
        axes.set_yticks([])
    else:
        axes.tick_params(axis="y", length=0, pad=_GAP * MM * 72)
        axes.set_yticks(middles, labels=plan.names[panel], va="center")
    start = 0.0 if plan.shared else -plan.side / plan.width
    axes.set_title(plan.titles[panel], loc="left", x=start, pad=0.8 * MM * 72)
