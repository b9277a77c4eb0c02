"""Points with names: a panel in millimetres, its circles, and names that do not touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from textlab.output.figures.labels import Marks, Numbers, Places, place_names
from textlab.output.figures.lettering import LINE, block_lines, block_width, fit, words
from textlab.output.figures.paper import MARGIN, axes_at, write_at
from textlab.output.style import INK, MM, QUIET

FEW = 12
"""As many named points find room in a journal's column."""

DARK, PALE, GRID = "#2b5c85", "#c4c4c4", "#d9d9d9"
"""Points with a name, points without, lines to read values by."""

_WHITE = (16.0, 7.0)  # left free at the sides, above and below: room for names
_FLAT = 45.0  # the height of a panel of points in one line
_NAME = 38.0  # the most room that a name gets, in millimetres
_REMARK = 20  # the most lines that a remark gets

Span = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A rectangle of the sheet, in millimetres, and the values at its edges."""

    left: float
    top: float
    width: float
    height: float
    across: Span
    up: Span

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    def axes(self, figure: Figure) -> Axes:
        """The panel's axes, with the values at its edges."""
        axes = axes_at(figure, self.left, self.top, self.width, self.height)
        axes.set_xlim(*self.across)
        axes.set_ylim(*self.up)
        return axes

    def millimetres(self, x: npt.ArrayLike, y: npt.ArrayLike) -> Numbers:
        """Where values stand, from the panel's lower left corner: an array of two columns."""
        values = np.stack([np.asarray(x, "float64"), np.asarray(y, "float64")], axis=-1)
        low, high = np.array([self.across, self.up]).T
        at: Numbers = (values - low) / (high - low) * (self.width, self.height)
        return at


@dataclass(frozen=True, kw_only=True)
class Names:
    """Names in full and as they fit, and their places on a panel, in millimetres.

    ``ends`` are the points that they belong to.
    """

    whole: Sequence[str]
    texts: list[str]
    places: Places
    ends: Numbers

    @property
    def unplaced(self) -> list[str]:
        """The names that found no place."""
        lost = np.isnan(self.places.middles[:, 0])
        return [name for name, without in zip(self.whole, lost, strict=True) if without]


def plan_names(
    panel: Panel,
    names: Sequence[str],
    points: npt.NDArray[np.intp],
    marks: Marks,
    *,
    lines: Numbers | None = None,
) -> Names:
    """Where on ``panel`` the names of some ``points`` of ``marks`` go (:func:`place_names`)."""
    texts = fit(names, min(_NAME, panel.width / 2), lines=2)
    sizes = np.array([(block_width([text]), LINE * block_lines([text])) for text in texts])
    room = panel.width, panel.height
    places = place_names(sizes.reshape(-1, 2), points, marks, room, lines=lines)
    ends = np.stack([marks.x[points], marks.y[points]], axis=1)
    return Names(whole=names, texts=texts, places=places, ends=ends)


def write_names(
    axes: Axes, panel: Panel, names: Names, *, colours: Sequence[str] | None = None
) -> None:
    """Write the names that have a place, and the lines that tie some of them to their points."""
    room = panel.width, panel.height
    for i, (text, (x, y)) in enumerate(zip(names.texts, names.places.middles / room, strict=True)):
        if np.isnan(x):
            continue
        axes.text(
            x, y, text, transform=axes.transAxes, ha="center", va="center", zorder=5,
            multialignment="center", color=colours[i] if colours else INK,
            bbox={"facecolor": "white", "alpha": 0.7, "linewidth": 0, "pad": 0.3},
        )  # fmt: skip
    lines = np.stack([names.places.starts, names.ends], axis=1) / room
    tied = list(lines[~np.isnan(lines).any(axis=(1, 2))])
    drawn = LineCollection(tied, colors=QUIET, linewidths=0.4, transform=axes.transAxes, zorder=2.5)
    axes.add_collection(drawn, autolim=False)


def unnamed(names: Sequence[str], language: str) -> list[str]:
    """A remark that lists the ``names`` that found no place; none if there are none."""
    word = words(language)
    return [word["unnamed"].format(word["and"].join(names))] if names else []


def area(radius: npt.ArrayLike) -> Numbers:
    """The ``s`` of circles of ``radius`` millimetres, for ``Axes.scatter``."""
    return np.square(2 * np.asarray(radius, "float64") * MM * 72)


def map_panel(points: Numbers, width: float, *, left: float) -> Panel:
    """A panel for ``points`` (two columns) on equal scales, on a sheet of ``width``.

    It is as high as the points want it, within limits.
    """
    room = width - left - MARGIN
    across, up = np.ptp(points, axis=0)
    wanted = room * up / across if across > 0 else room
    height = float(np.clip(wanted, 0.45 * room if up > 0 else _FLAT, 0.8 * room))
    low, high = points.min(axis=0), points.max(axis=0)
    size = np.array([room, height])
    unit = float(((high - low) / (size - 2 * np.array(_WHITE))).max()) or 1.0 / room
    (x, y), (x_half, y_half) = (low + high) / 2, size * unit / 2
    return Panel(
        left=left,
        top=MARGIN,
        width=room,
        height=height,
        across=(float(x - x_half), float(x + x_half)),
        up=(float(y - y_half), float(y + y_half)),
    )


def wrapped(remarks: Sequence[str], width: float) -> list[str]:
    """The remarks that say something, in lines of ``width`` millimetres."""
    return [fit([remark], width, lines=_REMARK)[0] for remark in remarks if remark]


def remarks_height(remarks: Sequence[str]) -> float:
    """The height of ``remarks`` (:func:`wrapped`) under each other, in millimetres."""
    return sum(LINE * block_lines([remark]) + 0.6 for remark in remarks)


def write_remarks(figure: Figure, top: float, remarks: Sequence[str]) -> None:
    """Write ``remarks`` (:func:`wrapped`) under each other."""
    for remark in remarks:
        write_at(figure, MARGIN, top, remark)
        top += LINE * block_lines([remark]) + 0.6
