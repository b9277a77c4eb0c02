"""Small multiples of horizontal bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from textlab.output.figures.bars import Flags, Numbers, draw_bars, draw_intervals, is_cut
from textlab.output.figures.lettering import LINE, block_lines, block_width, fit, fits_whole
from textlab.output.figures.paper import MARGIN, axes_at, sheet, value_axis, write_at
from textlab.output.style import DOUBLE_COLUMN, MM, SINGLE_COLUMN

_LABELS = (24.0, 36.0, 45.0)  # the room for names, in millimetres: the least that cuts none
_GAP = 1.2  # between a name and its bar
_BETWEEN = 5.0  # between two panels, across
_BELOW = 8.0  # under a panel: its numbers, and white
_TITLE = 4.6  # an axis title and the white around it
_OVERHANG = 1.5  # half of the last number may stick out to the right
_STRETCH = 2.0  # an unsure interval makes the axes so many times as long as the longest bar


@dataclass(frozen=True, kw_only=True)
class Panels:
    """One panel for each of ``titles``: bars of ``lengths`` (NaN: none) and who they are for.

    ``intervals`` has two rows, low and high, for each panel. Where ``shared``, every panel has
    the same names, written once in every row of panels. All panels are on one scale.

    ``minor`` says which rows of every panel have no part in the scale, and ``unsure``, for each
    panel, which intervals are drawn pale and stretch the scale to ``_STRETCH`` of the longest bar
    only. What the axes have no room for is cut, and marked. ``cut_note`` and ``unsure_note``
    stand below where they are called for.
    """

    titles: Sequence[str]
    names: Sequence[Sequence[str]]
    lengths: Sequence[Numbers]
    intervals: Sequence[Numbers] = ()
    shared: bool = False
    row_title: str = ""
    value_title: str = ""
    minor: Flags | None = None
    unsure: Sequence[Flags] = ()
    cut_note: str = ""
    unsure_note: str = ""


@dataclass(frozen=True, kw_only=True)
class Plan:
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
    plan = plan_panels(panels)
    high = _highest(panels)
    below = _below(panels, plan, high)
    figure = sheet(plan.page, plan.bottom + LINE * block_lines([below]) + MARGIN)
    for i in range(len(panels.lengths)):
        axes = axes_at(figure, plan.left(i), plan.tops[i], plan.width, plan.height(i))
        middles = np.cumsum(plan.heights(i)) - plan.heights(i) / 2
        _draw_panel(axes, middles, panels, i, high)
        axes.set_ylim(plan.height(i), 0)
        value_axis(axes, high, plan.width)
        write_names(axes, plan, i, middles)
    middle = (plan.first + plan.page - MARGIN) / 2
    write_at(figure, middle, plan.bottom, below, ha="center", multialignment="center")
    middle = (plan.tops[0] + plan.bottom) / 2
    write_at(figure, MARGIN, middle, panels.row_title, va="center", rotation=90)
    return figure


def _below(panels: Panels, plan: Plan, high: float) -> str:
    """The title of the values, and what is to be said of those that are cut or unsure."""
    cut = is_cut([*panels.lengths, *panels.intervals], (0.0, high))
    unsure = any(flags.any() for flags in panels.unsure)
    notes = [panels.cut_note if cut else "", panels.unsure_note if unsure else ""]
    lines = [text for text in (panels.value_title, *notes) if text]
    return "\n".join(fit(lines, plan.page - 2 * MARGIN, lines=2))


def plan_panels(panels: Panels) -> Plan:
    """Choose the page, the panels' places and the line breaks for ``panels``."""
    label = next((w for w in _LABELS if all(fits_whole(n, w, lines=2) for n in panels.names)),
                 _LABELS[-1])  # fmt: skip
    names = [fit(group, label, lines=2) for group in panels.names]
    side = block_width(name for group in names for name in group) + _GAP
    first = MARGIN + (_TITLE if panels.row_title else 0.0)
    page = DOUBLE_COLUMN if len(names) > 1 else SINGLE_COLUMN
    room = page - first - MARGIN - _OVERHANG - (side if panels.shared else 0.0)
    across = _across(panels, side, room)
    whole = (room - (across - 1) * _BETWEEN) / across
    return Plan(
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
    """The end of the axes, a little beyond the longest bar or interval that counts."""
    size = len(panels.lengths[0])
    major = np.ones(size, dtype=bool) if panels.minor is None else ~panels.minor
    if panels.minor is None or not major.any():
        rows: list[slice | Flags] = [slice(None)] * len(panels.lengths)
    else:
        rows = [major] * len(panels.lengths)
    bar = max((_most(part[row]) for part, row in zip(panels.lengths, rows, strict=True)), default=0)
    sure, unsure = 0.0, 0.0
    for i, interval in enumerate(panels.intervals):
        flags = panels.unsure[i] if panels.unsure else np.zeros(interval.shape[1], dtype=bool)
        ends, pale = interval[:, rows[i]], flags[rows[i]]
        sure, unsure = max(sure, _most(ends[:, ~pale])), max(unsure, _most(ends[:, pale]))
    return max(bar, sure, min(unsure, _STRETCH * bar)) * 1.03 or 1.0


def _most(values: Numbers) -> float:
    return float(np.nanmax(values, initial=0.0))


def _draw_panel(axes: Axes, places: Numbers, panels: Panels, panel: int, high: float) -> None:
    width = float(axes.get_window_extent().width / axes.figure.dpi / MM)
    draw_bars(axes, places, panels.lengths[panel], high, width)
    if panels.intervals:
        there = ~np.isnan(panels.lengths[panel])
        interval = panels.intervals[panel][:, there]
        pale = panels.unsure[panel] if panels.unsure else np.zeros(len(there), dtype=bool)
        draw_intervals(axes, places[there], interval, pale[there], (0.0, high))


def write_names(axes: Axes, plan: Plan, panel: int, middles: Numbers) -> None:
    """The names of the rows, at ``middles``, and the title of a panel."""
    if plan.shared and panel % plan.across:
        axes.set_yticks([])
    else:
        axes.tick_params(axis="y", length=0, pad=_GAP * MM * 72)
        axes.set_yticks(middles, labels=plan.names[panel], va="center")
    start = 0.0 if plan.shared else -plan.side / plan.width
    axes.set_title(plan.titles[panel], loc="left", x=start, pad=0.8 * MM * 72)
