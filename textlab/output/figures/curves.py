"""Small multiples of curves: dots with upright intervals over numbers or times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from textlab.output.figures.bars import PALE, Flags, Numbers
from textlab.output.figures.lettering import LINE, block_lines, block_width, fit, text_width
from textlab.output.figures.paper import MARGIN, axes_at, number_ticks, sheet, write_at
from textlab.output.figures.scatter import GRID
from textlab.output.style import DOUBLE_COLUMN, INK, MM, QUIET, SINGLE_COLUMN

_LEAST = 30.0  # the width of a panel, in millimetres, below which fewer stand side by side
_BETWEEN = 6.0  # between two panels, across: half a number of each may stick out
_HEAD = 1.8  # under the title of a panel: an arrow may stick out
_BELOW = 8.0  # under a panel: its numbers, and white
_TITLE = 4.6  # an axis title and the white around it
_GAP = 1.2  # between numbers and their axis
_TICK = 28.0  # the most room that the name of a position gets
_STRETCH = 1.0  # unsure intervals make a scale so many times as long again
_DASHES = (0, (2.5, 1.5))
_APART = 1.4  # the least white between names of positions
_EVERY = (1, 2, 3, 4, 6, 12, 24, 60, 120, 240)  # months and years: quarters, halves, decades


@dataclass(frozen=True, kw_only=True)
class Curve:
    """One panel: ``y`` over ``x`` (rising), with ``interval`` (low and high rows; NaN: none).

    ``unsure`` says which intervals are pale and have little part in the scale. Panels of the same
    ``scale`` have the same upright one.
    """

    title: str
    x: Numbers
    y: Numbers
    interval: Numbers
    unsure: Flags
    scale: int = 0


@dataclass(frozen=True, kw_only=True)
class Curves:
    """All panels, over the positions ``ticks`` with their ``names``.

    Dots are joined where they are no farther apart than ``step``. Dots at ``mark`` are filled and
    the others hollow; without one all are filled. ``from_zero``: the upright scales begin at 0.
    """

    curves: Sequence[Curve]
    ticks: Numbers
    names: Sequence[str]
    across_title: str
    up_title: str = ""
    step: float = np.inf
    mark: float | None = None
    from_zero: bool = False

    @property
    def shared(self) -> bool:
        """Whether all panels are on one scale; then its numbers are written once in a row."""
        return len({curve.scale for curve in self.curves}) == 1

    def span(self, scale: int) -> tuple[float, float]:
        """The ends of an upright scale, a little beyond its dots and sure intervals."""
        mine = [curve for curve in self.curves if curve.scale == scale]
        sure = [curve.interval[:, ~curve.unsure].ravel() for curve in mine]
        ends = np.concatenate([*(curve.y for curve in mine), *sure, [0.0] * self.from_zero])
        ends = ends[np.isfinite(ends)]
        low, high = (float(ends.min()), float(ends.max())) if len(ends) else (0.0, 1.0)
        reach = (high - low) * _STRETCH
        pale = np.concatenate([curve.interval[:, curve.unsure].ravel() for curve in mine])
        pale = np.clip(pale[np.isfinite(pale)], low - reach, high + reach)
        low, high = float(pale.min(initial=low)), float(pale.max(initial=high))
        white = (high - low) * 0.07 or abs(high) * 0.07 or 1.0
        return 0.0 if self.from_zero else low - white, high + white

    @property
    def cut(self) -> bool:
        """Whether an interval goes on beyond its panel."""
        spans = [(curve, self.span(curve.scale)) for curve in self.curves]
        return any(
            ((curve.interval[0] < span[0]) | (curve.interval[1] > span[1])).any()
            for curve, span in spans
        )


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """Where everything goes, in millimetres, and the titles as they fit there."""

    page: float
    across: int
    first: float  # the left edge of the first panel, its numbers included
    side: float  # the room of the numbers
    width: float
    height: float
    shared: bool
    titles: list[str]

    def left(self, panel: int) -> float:
        column = panel % self.across
        sides = 1 if self.shared else column + 1
        return self.first + sides * self.side + column * (self.width + _BETWEEN)

    @cached_property
    def tops(self) -> list[float]:
        tops: list[float] = []
        edge = MARGIN
        for start in range(0, len(self.titles), self.across):
            row = self.titles[start : start + self.across]
            edge += LINE * block_lines(row) + _HEAD
            tops += [edge] * len(row)
            edge += self.height + _BELOW
        return tops

    @property
    def bottom(self) -> float:
        """Below the last numbers."""
        return self.tops[-1] + self.height + _BELOW - 2.6


def draw_curves(curves: Curves) -> Figure:
    """Draw ``curves``; as many panels side by side as a page has room for, in equal rows."""
    numbers = {curve.scale: _numbers(curves.span(curve.scale)) for curve in curves.curves}
    plan = _planned(curves, block_width(text for _, texts in numbers.values() for text in texts))
    figure = sheet(plan.page, plan.bottom + LINE + MARGIN)
    for i, curve in enumerate(curves.curves):
        axes = axes_at(figure, plan.left(i), plan.tops[i], plan.width, plan.height)
        ticks, texts = numbers[curve.scale]
        bare = plan.shared and i % plan.across > 0
        axes.set_yticks(ticks, labels=[""] * len(ticks) if bare else texts)
        _draw_frame(axes, curves, curves.span(curve.scale), plan.width)
        _draw_curve(axes, curve, curves)
        axes.set_title(plan.titles[i], loc="left", pad=(_HEAD - 0.4) * MM * 72)
    middle = (plan.first + plan.page - MARGIN) / 2
    write_at(figure, middle, plan.bottom, curves.across_title, ha="center")
    middle = (plan.tops[0] + plan.bottom) / 2
    write_at(figure, MARGIN, middle, curves.up_title, va="center", rotation=90)
    return figure


def _planned(curves: Curves, numbers: float) -> _Plan:
    count = len(curves.curves)
    page = DOUBLE_COLUMN if count > 1 else SINGLE_COLUMN
    first, side = MARGIN + (_TITLE if curves.up_title else 0.0), numbers + _GAP
    room = page - first - MARGIN - (side if curves.shared else 0.0)
    each = _LEAST + (0.0 if curves.shared else side)
    most = min(count, max(1, int((room + _BETWEEN) // (each + _BETWEEN))))
    across = -(-count // -(-count // most))
    whole = (room - (across - 1) * _BETWEEN) / across
    width = whole if curves.shared else whole - side
    return _Plan(
        page=page,
        across=across,
        first=first,
        side=side,
        width=width,
        height=min(max(0.6 * width, 24.0), 45.0),
        shared=curves.shared,
        titles=fit([curve.title for curve in curves.curves], width + 1.5, lines=3),
    )


def _numbers(span: tuple[float, float]) -> tuple[list[float], list[str]]:
    """Numbers for an upright scale: four at most."""
    return number_ticks(*span, 5)


def _draw_frame(axes: Axes, curves: Curves, span: tuple[float, float], width: float) -> None:
    """The scales, lines to read values by, and as many names as do not touch."""
    names = fit(curves.names, min(_TICK, width))
    widest = block_width(names)
    white = min(max(2.5, widest / 2 - 2.0), width / 4)
    extent = float(np.ptp(curves.ticks)) or 1.0
    unit = (width - 2 * white) / extent
    middle = float(curves.ticks.min() + curves.ticks.max()) / 2
    axes.set_xlim(middle - width / unit / 2, middle + width / unit / 2)
    axes.set_ylim(*span)
    shown = _shown(curves, curves.ticks * unit, names)
    axes.set_xticks(curves.ticks, labels=[n if i in shown else "" for i, n in enumerate(names)])
    axes.yaxis.grid(True, color=GRID, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.tick_params(axis="x", pad=3.5)
    axes.tick_params(axis="y", pad=_GAP * MM * 72)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    if curves.mark is not None:
        axes.axvline(curves.mark, color=PALE, linewidth=0.6, linestyle=(0, (1, 2)), zorder=1)


def _shown(curves: Curves, places: Numbers, names: Sequence[str]) -> set[int]:
    """The positions whose names are written: none touch, and at even distances if they can be."""
    halves = np.array([text_width(name) / 2 for name in names])
    even = [] if np.isinf(curves.step) else [curves.step * every for every in _EVERY]
    for length in even:
        chosen = np.flatnonzero(curves.ticks % length == 0)
        room = np.diff(places[chosen]) - halves[chosen[1:]] - halves[chosen[:-1]]
        if len(chosen) > 1 and (room >= _APART).all():
            return set(chosen.tolist())
    return _claimed(curves, places, halves)


def _claimed(curves: Curves, places: Numbers, halves: Numbers) -> set[int]:
    """The mark and both ends first, then from left to right whatever has room beside these."""
    marked = np.flatnonzero(curves.ticks == curves.mark).tolist()
    shown: list[int] = []
    for i in [*marked, 0, len(places) - 1, *range(len(places))]:
        if all(abs(places[i] - places[j]) >= halves[i] + halves[j] + _APART for j in shown):
            shown.append(i)
    return set(shown)


def _draw_curve(axes: Axes, curve: Curve, curves: Curves) -> None:
    there = np.isfinite(curve.y)
    x, y = curve.x[there], curve.y[there]
    _draw_upright(axes, x, curve.interval[:, there], curve.unsure[there])
    near = np.diff(x) <= curves.step * (1 + 1e-9)
    for i in np.flatnonzero(near):
        axes.plot(x[i : i + 2], y[i : i + 2], color=QUIET, linewidth=0.6, zorder=2)
    full = np.ones(len(x), dtype=bool) if curves.mark is None else x == curves.mark
    size = 4.0 if len(curves.ticks) <= 12 else 2.2
    looks = ((full, INK), (~full, "white"))
    for flags, face in ((flags, face) for flags, face in looks if flags.any()):
        axes.plot(
            x[flags], y[flags], linestyle="none", marker="o", markersize=size,
            markerfacecolor=face, markeredgecolor=INK, markeredgewidth=0.7, zorder=3, clip_on=False,
        )  # fmt: skip


def _draw_upright(axes: Axes, x: Numbers, interval: Numbers, unsure: Flags) -> None:
    """A line from low to high; pale and dashed where ``unsure``, with an arrow where it is cut."""
    low, high = interval
    bottom, top = axes.get_ylim()
    for flags, colour, dashes in ((~unsure, INK, "solid"), (unsure, PALE, _DASHES)):
        chosen = flags & (high > low)
        start, stop = np.maximum(low, bottom)[chosen], np.minimum(high, top)[chosen]
        axes.vlines(x[chosen], start, stop, color=colour, linestyle=dashes, linewidth=0.8)
    for edge, beyond, marker in ((bottom, low < bottom, "v"), (top, high > top, "^")):
        chosen = beyond & (high > low)
        if chosen.any():
            axes.plot(
                x[chosen], np.full(int(chosen.sum()), edge), linestyle="none", marker=marker,
                markersize=3.5, color=INK, markeredgewidth=0, clip_on=False, zorder=4,
            )  # fmt: skip
