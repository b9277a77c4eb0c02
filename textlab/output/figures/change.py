"""The figure of change over time: which keywords are used more, and which less, than before."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, floor
from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from textlab.errors import TableError, UnknownNameError, nearest
from textlab.output.figures.bars import draw_dots, draw_intervals, is_cut
from textlab.output.figures.lettering import (
    LINE,
    block_lines,
    display,
    fit,
    printable,
    text_width,
    words,
)
from textlab.output.figures.panels import Panels, Plan, plan_panels, write_names
from textlab.output.figures.paper import MARGIN, axes_at, sheet, write_at
from textlab.output.style import QUIET, house_style
from textlab.schema import check

# The axes are at most so many times as long as the largest change.
_STRETCH = 2.0


@house_style()
def keyword_change_plot(
    change: pd.DataFrame,
    *,
    top: int = 12,
    place: str = "",
    language: Literal["zh", "en"] = "zh",
    labels: Mapping[str, str] | None = None,
) -> Figure:
    """Which keywords changed most from one period to another, with 95 % intervals.

    ``change`` is the table ``keyword_change``, of which the rows of ``place`` are drawn ("": all
    places together). One panel for each two periods: the ``top`` keywords whose interval is
    farthest from no change, then those whose interval reaches least far beyond it, ties by name;
    those that rose most at the top. A dot is the later rate by the earlier one, on a log
    scale that all panels share; the line at 1 is no change. A hollow dot is a bound: the keyword
    is absent from one of the periods. Intervals of rows with a ``reason`` are pale and dashed.
    What goes on beyond the axes, at most twice the largest change, is cut at an arrow.

    Raises :class:`UnknownNameError` if the table has no such place, :class:`TableError` if it
    has no row that can be drawn.
    """
    table = _of_place(change, place)
    table = table[table["log_ratio"].notna()]
    if table.empty or top < 1:
        raise TableError(
            f"no change to draw: {len(table)} rows with a log ratio, top={top}; "
            "a change wants two periods with texts"
        )
    pairs = _pairs(table, top)
    said = words(language)
    panels = Panels(
        titles=[printable(f"{r['period_from'].iloc[0]} → {r['period_to'].iloc[0]}") for r in pairs],
        names=[display(rows["keyword"], labels, language=language) for rows in pairs],
        lengths=[rows["log_ratio"].to_numpy(dtype=np.float64) for rows in pairs],
        intervals=[_ends(rows) for rows in pairs],
        unsure=[(rows["reason"] != "").to_numpy() for rows in pairs],
        value_title=said["change"],
        cut_note=said["cut_off"],
        unsure_note=said["unsure"],
    )
    hollow = [((rows["n_from"] == 0) | (rows["n_to"] == 0)).to_numpy() for rows in pairs]
    return _drawn(panels, hollow, said["bound"])


def _of_place(change: pd.DataFrame, place: str) -> pd.DataFrame:
    table = check(change, "keyword_change")
    places = sorted(table["place"].unique())
    if len(table) and place not in places:
        there = ", ".join(repr(name) for name in places)
        raise UnknownNameError(
            f"no place '{place}' in the change; there are: {there}{nearest(place, places)}"
        )
    return table[table["place"] == place]


def _pairs(table: pd.DataFrame, top: int) -> list[pd.DataFrame]:
    """The rows to draw of each two periods: each with the one before, the first with the last."""
    by_start = table.sort_values("period_from", ascending=False, kind="stable")
    groups = by_start.groupby(["period_to", "period_from"], sort=False)
    return [_chosen(rows, top) for _, rows in sorted(groups, key=lambda group: str(group[0][0]))]


def _chosen(rows: pd.DataFrame, top: int) -> pd.DataFrame:
    """The keywords of two periods that changed most, from the largest rise to the largest fall."""
    value = rows["log_ratio"]
    rise = value > 0
    # The interval's end on the side of no change, and how far from that the value is.
    near = rows["log_ratio_low"].where(rise, -rows["log_ratio_high"]).fillna(-np.inf)
    size = value.abs()
    marked = rows.assign(
        clear=-near.clip(lower=0.0).round(9), steps=-(size / (size - near)).round(9)
    )
    first = marked.sort_values(["clear", "steps", "keyword"]).head(top)
    falling = first.assign(falling=-first["log_ratio"].round(9))
    return falling.sort_values(["falling", "keyword"], ignore_index=True)


def _ends(rows: pd.DataFrame) -> np.ndarray:
    """Low and high; an end that is open where the other one is not has no bound."""
    low, high = (rows[f"log_ratio_{end}"].to_numpy(dtype=np.float64) for end in ("low", "high"))
    return np.array(
        [
            np.where(np.isnan(low) & ~np.isnan(high), -np.inf, low),
            np.where(np.isnan(high) & ~np.isnan(low), np.inf, high),
        ]
    )


def _drawn(panels: Panels, hollow: list[np.ndarray], bound: str) -> Figure:
    plan = plan_panels(panels)
    span = _span(panels)
    below = _below(panels, plan, span, bound if any(flags.any() for flags in hollow) else "")
    figure = sheet(plan.page, plan.bottom + LINE * block_lines([below]) + MARGIN)
    for i, values in enumerate(panels.lengths):
        axes = axes_at(figure, plan.left(i), plan.tops[i], plan.width, plan.height(i))
        middles = np.cumsum(plan.heights(i)) - plan.heights(i) / 2
        axes.axvline(0.0, color=QUIET, linewidth=0.8, zorder=1)
        draw_intervals(axes, middles, panels.intervals[i], panels.unsure[i], span)
        draw_dots(axes, middles, values, hollow[i])
        axes.set_ylim(plan.height(i), 0)
        _factor_axis(axes, span, plan.width)
        write_names(axes, plan, i, middles)
    middle = (plan.first + plan.page - MARGIN) / 2
    write_at(figure, middle, plan.bottom, below, ha="center", multialignment="center")
    return figure


def _span(panels: Panels) -> tuple[float, float]:
    """The ends of the axes, as far to the left as to the right."""
    value = max(float(np.abs(part).max()) for part in panels.lengths)
    ends = np.abs(np.concatenate([part.ravel() for part in panels.intervals]))
    most = float(ends[np.isfinite(ends)].max(initial=value))
    end = max(1.0, value * 1.1, min(most * 1.05, _STRETCH * value))
    return -end, end


def _below(panels: Panels, plan: Plan, span: tuple[float, float], bound: str) -> str:
    cut = is_cut(panels.intervals, span)
    unsure = any(flags.any() for flags in panels.unsure)
    notes = [bound, panels.cut_note if cut else "", panels.unsure_note if unsure else ""]
    lines = [text for text in (panels.value_title, *notes) if text]
    return "\n".join(fit(lines, plan.page - 2 * MARGIN, lines=2))


def _factor_axis(axes: Axes, span: tuple[float, float], width: float) -> None:
    """Numbers at powers of two: 1/4, 1/2, 1, 2, 4."""
    axes.set_xlim(*span)
    whole = range(ceil(span[0]), floor(span[1]) + 1)
    for step in range(1, len(whole) + 1):
        ticks = [power for power in whole if power % step == 0]
        numbers = [f"{2**power}" if power >= 0 else f"1/{2**-power}" for power in ticks]
        if max(map(text_width, numbers)) + 1.8 <= step * width / (span[1] - span[0]):
            break
    axes.set_xticks(ticks, labels=numbers)
    axes.xaxis.grid(True, color="#d9d9d9", linewidth=0.5)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
