"""The figure of a correspondence analysis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from textlab.errors import TableError
from textlab.output.figures.labels import Flags, Marks, Numbers
from textlab.output.figures.lettering import LINE, display, words
from textlab.output.figures.paper import MARGIN, number_ticks, sheet, write_at
from textlab.output.figures.scatter import (
    DARK,
    FEW,
    GRID,
    PALE,
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
from textlab.output.style import DOUBLE_COLUMN, INK, SINGLE_COLUMN, house_style
from textlab.schema import check

_PLACE, _TERM, _REST, _SPECK = 0.8, 0.65, 0.4, 0.2  # the radii of marks, in millimetres
_MANY = 300  # terms without a name, from which on they are specks, and a picture in a PDF
_SIDE = 2 * LINE + 3.5  # the title of the upright axis and its numbers
_FAR = 2.0  # times the distance within which nine of ten named points lie


@house_style()
def correspondence_map(
    points: pd.DataFrame,
    inertia: pd.DataFrame,
    *,
    top: int = 25,
    language: Literal["zh", "en"] = "zh",
    labels: Mapping[str, str] | None = None,
) -> Figure:
    """Places and terms of a correspondence analysis in its first two dimensions.

    ``points`` and ``inertia`` are the tables of
    :func:`~textlab.analysis.correspondence.correspondence`. Both kinds are in principal
    coordinates, on equal scales. All places (squares) are named, and the ``top`` terms (circles)
    that contribute most to the inertia of the plane; the others are small and pale. A point twice
    as far from the origin as nine of ten of the named is drawn hollow and at that distance, in
    its direction, lest it press all others together. Axis titles give the share of the inertia;
    listed below are the coordinates of hollow points and the names that found no place.
    ``labels`` gives names the wording to show. Raises :class:`TableError` if there are no points.
    """
    table, shares = check(points, "correspondence"), check(inertia, "correspondence_inertia")
    if table.empty:
        raise TableError("a map of a correspondence analysis wants places and terms, found none")
    plane = _plane(table, top)
    width = SINGLE_COLUMN if plane.named.sum() <= FEW else DOUBLE_COLUMN
    panel = map_panel(plane.at, width, left=MARGIN + _SIDE)
    shown = np.flatnonzero(plane.named)
    texts = display(plane.name[shown], labels, language=language)
    rest = _REST if np.sum(~plane.named) < _MANY else _SPECK
    radii = np.select([~plane.named, plane.term], [rest, _TERM], _PLACE)
    middles = panel.millimetres(*plane.at.T)
    marks = Marks.of(middles, radius=radii, weight=np.where(plane.named, np.inf, 0.1))
    names = plan_names(panel, texts, shown, marks)
    far = plane.far[shown]
    told = _told(plane, [text for text, out in zip(texts, far, strict=True) if out], language)
    below = wrapped([*told, *unnamed(names.unplaced, language)], width - 2 * MARGIN)
    edge = panel.bottom + 2 * LINE + 3.0
    figure = sheet(width, edge + remarks_height(below) + MARGIN)
    axes = panel.axes(figure)
    share = dict(zip(shares["dimension"], shares["share"], strict=True))
    _draw_axes(figure, axes, panel, share, language)
    _draw_plane(axes, plane, radii)
    write_names(axes, panel, names, colours=np.where(plane.term, DARK, INK)[shown].tolist())
    write_remarks(figure, edge, below)
    return figure


@dataclass(frozen=True, kw_only=True)
class _Plane:
    """Points and what is said of each: the places, then the terms by contribution, falling.

    ``exact`` are their coordinates (points x 2), ``at`` where they are drawn: those ``far`` out
    nearer than they lie.
    """

    name: npt.NDArray[np.object_]
    exact: Numbers
    at: Numbers
    term: Flags
    named: Flags
    far: Flags


def _plane(table: pd.DataFrame, top: int) -> _Plane:
    # Mass times squared distance is what a point gives to the inertia of the plane.
    given = table["mass"] * (table["dim_1"] ** 2 + table["dim_2"] ** 2)
    order = {"kind": table["kind"], "given": -given.round(12), "name": table["name"]}
    points = table.loc[pd.DataFrame(order).sort_values(list(order)).index]
    rank = points.groupby("kind").cumcount().to_numpy()
    term = (points["kind"] == "term").to_numpy()
    named = ~term | (rank < top)
    exact = points[["dim_1", "dim_2"]].to_numpy()
    distance = np.hypot(*exact.T)
    most = _FAR * float(np.quantile(distance[named], 0.9))
    far = distance > most
    scale = np.where(far, most / np.where(far, distance, 1.0), 1.0)
    return _Plane(
        name=points["name"].to_numpy(dtype=object),
        exact=exact,
        at=exact * scale[:, np.newaxis],
        term=term,
        named=named | far,
        far=far,
    )


def _told(plane: _Plane, far: Sequence[str], language: str) -> list[str]:
    word = words(language)
    terms = plane.term
    told = [word["correspondence"].format(int((terms & plane.named).sum()), int(terms.sum()))]
    places = [
        f"{name} ({x:.2f}, {y:.2f})"
        for name, (x, y) in zip(far, plane.exact[plane.far], strict=True)
    ]
    return [*told, word["far"].format(word["and"].join(places))] if places else told


def _draw_plane(axes: Axes, plane: _Plane, radii: Numbers) -> None:
    """Squares for places, circles for terms, hollow where they lie farther out."""
    for chosen, marker, colour in (
        (~plane.named, "o", PALE),
        (plane.named & plane.term, "o", DARK),
        (~plane.term, "s", INK),
    ):
        faces = np.where(plane.far[chosen], "white", colour)
        axes.scatter(
            plane.at[chosen, 0], plane.at[chosen, 1], s=area(radii[chosen]), c=faces,
            marker=marker, edgecolors=colour, linewidths=0.0 if colour == PALE else 0.6,
            zorder=1.5 if colour == PALE else 3, rasterized=colour == PALE and len(faces) >= _MANY,
        )  # fmt: skip


def _draw_axes(
    figure: Figure, axes: Axes, panel: Panel, shares: dict[int, float], language: str
) -> None:
    """Lines through the average profile, the same steps on both axes, and titles."""
    width = panel.across[1] - panel.across[0]
    ticks, _ = number_ticks(0.0, width, 11)
    step = ticks[1]
    for draw, set_ticks, span in (
        (axes.axvline, axes.set_xticks, panel.across),
        (axes.axhline, axes.set_yticks, panel.up),
    ):
        draw(0, color=GRID, linewidth=0.6, zorder=0.5)
        steps = [k * step for k in range(ceil(span[0] / step), floor(span[1] / step) + 1)]
        set_ticks(steps, labels=[f"{value:g}" for value in steps])
    axes.tick_params(axis="y", length=2, labelrotation=90)
    for label in axes.get_yticklabels():
        label.set_verticalalignment("center")
    if 2 not in shares:
        axes.set_yticks([])
    word = words(language)
    across, up = (
        word["dimension"].format(k, shares[k] * 100) if k in shares else word["flat"].format(k)
        for k in (1, 2)
    )
    left, top = panel.left + panel.width / 2, panel.top + panel.height / 2
    write_at(figure, left, panel.bottom + LINE + 1.6, across, ha="center")
    write_at(figure, MARGIN, top, up, va="center", rotation=90)
