"""Bars, dots and intervals in one pair of axes, cut where the axes end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from textlab.output.figures.lettering import text_width
from textlab.output.style import BAR, INK

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

PALE = "#666666"
"""Intervals that are not to be trusted."""

_THICK = 2.6  # a bar, in millimetres
_LINE: dict[str, Any] = {"linewidth": 0.8}


def draw_bars(axes: Axes, places: Numbers, lengths: Numbers, high: float, width: float) -> None:
    """Bars from 0; one that goes on beyond ``high`` has its number in it."""
    there = ~np.isnan(lengths)
    axes.barh(places[there], lengths[there], height=_THICK, color=BAR, linewidth=0)
    cut = there & (np.nan_to_num(lengths) > high)
    for place, length in zip(places[cut], lengths[cut], strict=True):
        text = f"{length:,.0f}"
        if text_width(text) < width - 2:
            axes.text(
                high * (1 - 2 / width), place, text, ha="right", va="center", color=INK, zorder=5,
                bbox={"facecolor": BAR, "linewidth": 0, "pad": 0},
            )  # fmt: skip
    arrows(axes, np.full(int(cut.sum()), high), places[cut], ">")


def draw_intervals(
    axes: Axes, places: Numbers, interval: Numbers, unsure: Flags, span: tuple[float, float]
) -> None:
    """A line from low to high of each place; pale and dashed where it is ``unsure``.

    ``span`` are the ends of the axes. A line has a cap where it ends within them, and an arrow
    where it goes on beyond; missing ends and lines of no width have neither.
    """
    low, high = interval
    for flags, colour, dashes in ((~unsure, INK, "solid"), (unsure, PALE, (0, (2.5, 1.5)))):
        # Not as distances from the bar's end: an interval need not hold the rate.
        chosen = flags & (high > low) & (low < span[1]) & (high > span[0])
        start, stop = np.maximum(low, span[0]), np.minimum(high, span[1])
        axes.hlines(
            places[chosen], start[chosen], stop[chosen], color=colour, linestyle=dashes, **_LINE
        )
        for ends, within in ((low, low >= span[0]), (high, high <= span[1])):
            axes.plot(
                ends[chosen & within], places[chosen & within], linestyle="none", marker="|",
                markersize=3.0, markeredgewidth=0.8, color=colour,
            )  # fmt: skip
    # Of an interval that lies wholly beyond, the arrow is all there is.
    wide = high > low
    for edge, beyond, marker in (
        (span[0], low < span[0], "<"),
        (span[1], high > span[1], ">"),
    ):
        cut = wide & beyond
        arrows(axes, np.full(int(cut.sum()), edge), places[cut], marker)


def arrows(axes: Axes, across: Numbers, places: Numbers, marker: str) -> None:
    """Where something goes on beyond the axes."""
    if len(places):
        axes.plot(
            across, places, linestyle="none", marker=marker, markersize=3.5, color=INK,
            markeredgewidth=0, clip_on=False, zorder=4,
        )  # fmt: skip


def draw_dots(axes: Axes, places: Numbers, values: Numbers, hollow: Flags) -> None:
    """A dot a value, ``hollow`` where the value is only a bound."""
    for flags, face in ((~hollow, INK), (hollow, "white")):
        axes.plot(
            values[flags], places[flags], linestyle="none", marker="o", markersize=4.0,
            markerfacecolor=face, markeredgecolor=INK, markeredgewidth=0.8, zorder=3,
        )  # fmt: skip


def is_cut(values: Sequence[Numbers], span: tuple[float, float]) -> bool:
    """Whether any of ``values`` lies beyond the axes."""
    inner = (np.nan_to_num(part, nan=span[0], posinf=np.inf, neginf=-np.inf) for part in values)
    return any(((part > span[1]) | (part < span[0])).any() for part in inner)
