"""Notes at the foot of a figure that is drawn already."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from textlab.output.figures.paper import MARGIN
from textlab.output.figures.scatter import remarks_height, wrapped, write_remarks
from textlab.output.style import MM

_WHITE = 1.0  # above the notes, in millimetres


def write_notes(figure: Figure, notes: Sequence[str]) -> None:
    """Make the sheet of ``figure`` higher and write ``notes`` below all that is on it.

    Whatever is there keeps its size and its distance from the upper edge. Without notes nothing
    changes.
    """
    width, height = (size / MM for size in figure.get_size_inches())
    lines = wrapped(notes, width - 2 * MARGIN)
    if lines:
        _lengthen(figure, height, height + _WHITE + remarks_height(lines))
        write_remarks(figure, height - MARGIN + _WHITE, lines)


def _lengthen(figure: Figure, before: float, after: float) -> None:
    """Give a sheet of the height ``before`` the height ``after``, its content at the top."""

    def moved(y: float) -> float:
        return 1 - (1 - y) * before / after

    figure.set_size_inches(figure.get_figwidth(), after * MM)
    for axes in figure.axes:
        left, low, right, high = axes.get_position().extents
        axes.set_position((left, moved(low), right - left, moved(high) - moved(low)))
    for text in figure.texts:
        text.set_y(moved(text.get_position()[1]))
