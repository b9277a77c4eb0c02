"""The figure of the map of places or documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from textlab.errors import TableError
from textlab.output.figures.labels import Marks
from textlab.output.figures.lettering import LINE, display, words
from textlab.output.figures.paper import MARGIN, sheet, write_at
from textlab.output.figures.scatter import (
    FEW,
    Panel,
    area,
    map_panel,
    plan_names,
    remarks_height,
    unnamed,
    wrapped,
    write_names,
    write_remarks,
)
from textlab.output.style import DOUBLE_COLUMN, INK, MM, SINGLE_COLUMN, house_style
from textlab.schema import check

_RADIUS = 0.8  # of a circle, in millimetres
_GAP = 1.6  # under the panel
_BAR = 30.0  # the longest scale bar


@house_style()
def similarity_map(
    points: pd.DataFrame,
    *,
    of: Literal["place", "doc_id"] = "place",
    language: Literal["zh", "en"] = "zh",
    labels: Mapping[str, str] | None = None,
) -> Figure:
    """Places (or documents, ``of="doc_id"``) as points: the nearer, the more alike.

    ``points`` is the table ``similarity_map``. Both scales are equal; there are no axes, as
    directions say nothing, but a bar says how long a distance is, and the stress how much the
    plane distorts the distances. Listed below are the names that found no place, and the units
    that have none on the map. ``labels`` gives names the wording to show. Raises
    :class:`TableError` if no row is ``of`` that and has a place.
    """
    table = check(points, "similarity_map")
    table = table[table["of"] == of].sort_values("name", ignore_index=True)
    placed = table[["x", "y"]].notna().all(axis=1)
    if not placed.any():
        raise TableError(
            f"a map wants points of '{of}' with x and y, found {len(table)}, none of them with both"
        )
    texts = pd.Series(display(table["name"], labels, language=language))
    at = table.loc[placed, ["x", "y"]].to_numpy()
    width = SINGLE_COLUMN if len(at) <= FEW else DOUBLE_COLUMN
    panel = map_panel(at, width, left=MARGIN)
    marks = Marks.of(panel.millimetres(*at.T), radius=_RADIUS)
    names = plan_names(panel, texts[placed].tolist(), np.arange(len(at)), marks)
    word = words(language)
    told = [word["map"], word["stress"].format(table["stress"].iloc[0])]
    lost = word["and"].join(texts[~placed])
    told += unnamed(names.unplaced, language) + ([word["nowhere"].format(lost)] if lost else [])
    below = wrapped(told, width - 2 * MARGIN)
    top = panel.bottom + _GAP + LINE + 1.0
    figure = sheet(width, top + remarks_height(below) + MARGIN)
    axes = panel.axes(figure)
    axes.set(xticks=[], yticks=[])
    axes.scatter(at[:, 0], at[:, 1], s=area(_RADIUS), c=INK, linewidths=0, zorder=3)
    write_names(axes, panel, names)
    _scale_bar(figure, panel)
    write_remarks(figure, top, below)
    return figure


def _scale_bar(figure: Figure, panel: Panel) -> None:
    """A line of a round length under the lower left corner, and its length."""
    unit = panel.width / (panel.across[1] - panel.across[0])
    lengths = [float(f"{step}e{power}") for power in range(-9, 9) for step in (1, 2, 5)]
    length = max((length for length in lengths if length * unit <= _BAR), default=lengths[0])
    width, height = (size / MM for size in figure.get_size_inches())
    top, right = panel.bottom + _GAP + LINE / 2, panel.left + length * unit
    ends = [panel.left / width, right / width], [1 - top / height] * 2
    figure.add_artist(Line2D(*ends, color=INK, linewidth=1.0))
    write_at(figure, right + 1.2, top, f"{length:g}", va="center")
