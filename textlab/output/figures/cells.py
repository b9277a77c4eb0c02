"""A matrix of coloured cells with numbers in them: the base of the heat maps."""

from __future__ import annotations

import numpy as np
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, Normalize, PowerNorm, to_rgb
from matplotlib.figure import Figure

from textlab.output.figures.lettering import text_width
from textlab.output.figures.paper import MARGIN, axes_at, number_ticks, sheet, write_at
from textlab.output.figures.plan import BAR, GAP, Cells, Plan, plan_cells
from textlab.output.figures.tree import draw_tree
from textlab.output.style import BLANK, INK, MM


def draw_cells(cells: Cells) -> Figure:
    """Draw ``cells``; the sheet is as large as names and numbers of 8 points want it."""
    plan = plan_cells(cells)
    figure = sheet(plan.page, plan.height)
    axes = axes_at(figure, plan.left, plan.top, plan.width, plan.bottom - plan.top)
    colours = _colours(cells.reverse)
    sns.heatmap(
        cells.values, ax=axes, norm=cells.norm, cmap=colours, cbar=False,
        linewidths=0.4, linecolor="white", xticklabels=False, yticklabels=False,
    )  # fmt: skip
    axes.set_facecolor(BLANK)
    _write_numbers(axes, cells, plan, colours)
    _write_names(axes, cells, plan)
    _write_titles(figure, cells, plan)
    _colour_bar(figure, cells, plan, colours)
    if cells.tree is not None:
        draw_tree(figure, cells, plan)
    return figure


def _colours(reverse: bool) -> Colormap:
    """Light to dark without a turn, so that a grey copy keeps the order."""
    colours: Colormap = sns.color_palette("Blues_r" if reverse else "Blues", as_cmap=True)
    return colours


def _write_numbers(axes: Axes, cells: Cells, plan: Plan, colours: Colormap) -> None:
    for i, row in enumerate(plan.numbers or []):
        for j, number in enumerate(row):
            if number:
                colour = _readable_on(colours(float(cells.norm(cells.values[i, j]))))
                axes.text(j + 0.5, i + 0.5, number, ha="center", va="center", color=colour)


def _readable_on(colour: tuple[float, float, float, float]) -> str:
    """Dark or white, whichever has the higher contrast (relative luminance of WCAG 2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    luminance = float(np.dot(linear, (0.2126, 0.7152, 0.0722)))
    return INK if luminance > 0.2 else "white"


def _write_names(axes: Axes, cells: Cells, plan: Plan) -> None:
    axes.tick_params(length=0, pad=GAP * MM * 72)
    if cells.tree is not None:
        axes.yaxis.tick_right()
        axes.tick_params(length=0)
    axes.set_yticks(np.arange(len(plan.rows)) + 0.5, labels=plan.rows, rotation=0, va="center")
    axes.set_xticks(
        np.arange(len(plan.columns)) + 0.5,
        labels=plan.columns,
        rotation=0 if plan.upright else 90,
        ha="center",
        va="top",
        multialignment="center" if plan.upright else "right",
    )


def _write_titles(figure: Figure, cells: Cells, plan: Plan) -> None:
    middle = plan.left + plan.width / 2
    write_at(figure, middle, plan.title, plan.column_title, ha="center")
    middle = (plan.top + plan.bottom) / 2
    write_at(figure, MARGIN, middle, cells.row_title, va="center", rotation=90)
    for remark, (left, top) in zip(plan.key, plan.key_places, strict=True):
        write_at(figure, left, top, remark)


def _colour_bar(figure: Figure, cells: Cells, plan: Plan, colours: Colormap) -> None:
    write_at(figure, plan.value_left, MARGIN, plan.value_title)
    width = min(60.0, plan.width)
    bar = axes_at(figure, plan.left, plan.bar, width, BAR)
    drawn = figure.colorbar(ScalarMappable(cells.norm, colours), cax=bar, orientation="horizontal")
    if drawn.solids is not None:
        drawn.solids.set_edgecolor("face")  # else some readers of PDF show white seams
    drawn.outline.set_visible(False)
    kept: dict[float, str] = {}
    end = -np.inf
    for tick, number in zip(*_ticks(cells.norm), strict=True):
        place, half = float(cells.norm(tick)) * width, text_width(number) / 2
        if place - half > end + 1.0:
            kept[tick] = number
            end = place + half
    drawn.set_ticks(list(kept), labels=list(kept.values()))
    drawn.minorticks_off()


def _ticks(norm: Normalize) -> tuple[list[float], list[str]]:
    """Numbers for a colour bar: round steps, or 1, 2, 5, 10... where the scale is bent."""
    low, high = float(norm.vmin or 0.0), float(norm.vmax or 0.0)
    if not isinstance(norm, PowerNorm):
        return number_ticks(low, high, 6)
    steps = [float(f"{step}e{power}") for power in range(-3, 6) for step in (1, 2, 5)]
    ticks = [0.0, *(step for step in steps if high / 60 <= step <= high)]
    return ticks, [f"{tick:g}" for tick in ticks]
