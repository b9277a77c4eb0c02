"""The figure of the map of topics."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from textlab.errors import TableError
from textlab.output.figures.labels import Flags, Marks, Numbers
from textlab.output.figures.lettering import LINE, block_width, fit
from textlab.output.figures.paper import MARGIN, sheet, write_at
from textlab.output.figures.scatter import (
    DARK,
    Names,
    Panel,
    area,
    map_panel,
    plan_names,
    remarks_height,
    wrapped,
    write_names,
    write_remarks,
)
from textlab.output.figures.topic_names import (
    FAINT,
    doubtful_topics,
    starred,
    topic_titles,
)
from textlab.output.figures.topic_words import topic_words
from textlab.output.style import DOUBLE_COLUMN, INK, QUIET, SINGLE_COLUMN, house_style
from textlab.schema import check

_LARGEST, _LEAST = 6.0, 0.6  # radii of circles, in millimetres
_SMALL, _LABELLED = 4, 30  # topics that find room in a journal's column; labels, on a map
_KEY_GAP = 5.0  # between two columns of labels
_FILL, _EMPTY = "#a9c3da", "#f2f2f2"
_DASHES = (0, (2.5, 1.5))
_DASHED = 1.5  # the rims of smaller circles have no room for dashes


@house_style()
def topic_map_plot(
    topic_map: pd.DataFrame,
    *,
    quality: pd.DataFrame | None = None,
    language: Literal["zh", "en"] = "zh",
    labels: Mapping[str, str] | None = None,
) -> Figure:
    """Topics as circles: the nearer, the more alike in words; the larger, the more prevalent.

    ``topic_map`` is the table of that name. Both scales are equal; there are no axes, as
    directions say nothing. Every circle has its topic's number, and its label where all labels
    find room; else these are listed below. The stress says how much the plane distorts the
    distances. No circle is less than 1.2 mm across. With ``quality``, the table
    ``topic_quality``, topics that replicate in less than half of the refits are grey with a
    dashed rim, and said so. ``labels`` gives topic labels and the terms in them the wording to
    show.

    Raises :class:`TableError` if the table is empty, a topic has no place or no prevalence, or
    ``quality`` lacks a topic.
    """
    table = _complete(topic_map)
    doubtful = doubtful_topics(quality, table["topic"])
    titles = topic_titles(table, labels, language, doubtful)
    width = SINGLE_COLUMN if len(table) <= _SMALL else DOUBLE_COLUMN
    panel = map_panel(table[["x", "y"]].to_numpy(), width, left=MARGIN)
    radii = _radii(table["prevalence"])
    names, listed = _names(table, panel, radii, titles, doubtful)
    below = wrapped(_told(table, bool(doubtful), topic_words(language)), width - 2 * MARGIN)
    key = _key([*titles.values()] if listed else [], width - 2 * MARGIN)
    top = panel.bottom + LINE / 2
    end = top + remarks_height(below)
    figure = sheet(width, end + max((down for _, _, down in key), default=-LINE) + LINE + MARGIN)
    axes = panel.axes(figure)
    grey = table["topic"].isin(list(doubtful)).to_numpy()
    _draw_circles(axes, table, radii, grey)
    colours = [QUIET if faint else INK for faint in grey]
    write_names(axes, panel, names, colours=colours)
    write_remarks(figure, top, below)
    _write_key(figure, end, key, colours)
    return figure


def _complete(topic_map: pd.DataFrame) -> pd.DataFrame:
    table = check(topic_map, "topic_map").sort_values("topic", ignore_index=True)
    there = np.isfinite(table[["x", "y", "prevalence"]].to_numpy()).all(axis=1)
    if table.empty or not there.all():
        raise TableError(
            f"a map of topics wants topics with x, y and prevalence, found {len(table)} rows, "
            f"{int((~there).sum())} of them without"
        )
    return table


def _told(table: pd.DataFrame, greyed: bool, word: Mapping[str, str]) -> list[str]:
    """What is said below of the map as a whole."""
    share = table["prevalence"] * 100
    told = [word["topic_map"].format(share.min(), share.max())]
    told += [word["stress"].format(table["stress"].iloc[0])]
    return [*told, word["greyed"]] if greyed else told


def _radii(prevalence: pd.Series[float]) -> Numbers:
    """The radii of circles whose areas are shares."""
    share = prevalence.to_numpy(dtype=np.float64)
    radii: Numbers = np.maximum(_LARGEST * np.sqrt(share / (share.max() or 1.0)), _LEAST)
    return radii


def _names(
    table: pd.DataFrame,
    panel: Panel,
    radii: Numbers,
    titles: Mapping[int, str],
    doubtful: Collection[int],
) -> tuple[Names, bool]:
    """The places of numbers with labels, or of numbers alone where labels have no room."""
    middles = panel.millimetres(table["x"], table["y"])
    marks = Marks.of(middles, radius=radii, weight=1.0)
    points = np.arange(len(table))
    if len(table) <= _LABELLED:
        names = plan_names(panel, [*titles.values()], points, marks)
        if not names.unplaced:
            return names, False
    short = [starred(number, doubtful) for number in titles]
    return plan_names(panel, short, points, marks), True


def _key(titles: list[str], width: float) -> list[tuple[str, float, float]]:
    """The labels in columns, each with its distance from the left and from the upper edge."""
    texts = fit(titles, (width - _KEY_GAP) / 2)
    step = block_width(texts) + _KEY_GAP
    each = -(-len(texts) // max(1, int((width + _KEY_GAP) // step)))
    return [
        (text, i // each * step, _KEY_GAP / 4 + i % each * (LINE + 0.4))
        for i, text in enumerate(texts)
    ]


def _write_key(
    figure: Figure, top: float, key: Sequence[tuple[str, float, float]], colours: Sequence[str]
) -> None:
    """Write the labels, if there are any, in their ``colours``."""
    for (text, across, down), colour in zip(key, colours, strict=False):
        write_at(figure, MARGIN + across, top + down, text, color=colour)


def _draw_circles(axes: Axes, table: pd.DataFrame, radii: Numbers, grey: Flags) -> None:
    """Circles, the large ones under the small ones."""
    axes.set(xticks=[], yticks=[])
    order = np.argsort(-radii, kind="stable")
    for i in order:
        axes.scatter(
            table["x"].iloc[i], table["y"].iloc[i], s=area(radii[i]), zorder=2,
            facecolors=_EMPTY if grey[i] else _FILL, edgecolors=FAINT if grey[i] else DARK,
            linewidths=0.8, linestyles=[_DASHES] if grey[i] and radii[i] > _DASHED else "solid",
        )  # fmt: skip
