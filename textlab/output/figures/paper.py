"""The sheet that figures are drawn on: millimetres from its upper left corner."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator

from textlab.errors import StudyError, TableError
from textlab.output.figures.lettering import text_width
from textlab.output.files import write_bytes
from textlab.output.style import DOUBLE_COLUMN, MM, SINGLE_COLUMN, house_style

MARGIN = 2.5
"""White on all four sides, in millimetres."""

LONGEST = 2500.0
"""No figure is higher or wider than this, in millimetres: readers of PDF give up beyond it."""


class Sheet(Figure):
    """A figure in the house style, wherever it is drawn, that pyplot does not know of.

    A notebook shows it all the same. ``savefig`` is in the style too: 300 dpi, TrueType fonts.
    """

    @house_style()
    def draw(self, renderer: RendererBase) -> None:
        """Draw on ``renderer``; some settings count at this moment only (hinting)."""
        super().draw(renderer)

    @house_style()
    def savefig(self, *arguments: Any, **options: Any) -> None:
        """Save as any figure is saved; some settings count at this moment only (fonts)."""
        super().savefig(*arguments, **options)

    def _repr_png_(self) -> bytes:
        return _encoded(self, "png", dpi=self.dpi)


def sheet(width: float, height: float) -> Sheet:
    """An empty figure of ``width`` by ``height`` millimetres."""
    if max(width, height) > LONGEST:
        raise TableError(
            f"the figure would be {width:.0f} by {height:.0f} mm, wanted at most {LONGEST:.0f} "
            "mm either way; draw fewer places, documents or terms"
        )
    figure = Sheet(figsize=(width * MM, height * MM))
    FigureCanvasAgg(figure)
    return figure


def page_width(fixed: float, parts: int, least: float) -> float:
    """The narrowest journal width where each part beside ``fixed`` has ``least`` millimetres.

    Wider than a page if the content is: legible comes first.
    """
    wanted = fixed + parts * least
    return next((w for w in (SINGLE_COLUMN, DOUBLE_COLUMN) if w >= wanted), wanted)


def axes_at(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Axes whose upper left corner is ``left`` and ``top`` millimetres from the sheet's."""
    across, down = (size / MM for size in figure.get_size_inches())
    axes: Axes = figure.add_axes(
        (left / across, 1 - (top + height) / down, width / across, height / down)
    )
    return axes


def write_at(figure: Figure, left: float, top: float, text: str, **options: Any) -> Text:
    """``text`` with its upper left corner there, in millimetres."""
    across, down = (size / MM for size in figure.get_size_inches())
    placed: dict[str, Any] = {"ha": "left", "va": "top", **options}
    return figure.text(left / across, 1 - top / down, text, **placed)


def number_ticks(low: float, high: float, most: int) -> tuple[list[float], list[str]]:
    """At most ``most`` round numbers from ``low`` to ``high``, and how they are written."""
    locator = MaxNLocator(nbins=max(most - 1, 1), steps=[1, 2, 2.5, 5, 10])
    values = [round(float(value), 10) for value in locator.tick_values(low, high)]
    ticks = [value for value in values if low <= value <= high]
    return ticks, [f"{tick:g}" for tick in ticks]


def value_axis(axes: Axes, high: float, width: float) -> None:
    """Give horizontal bars an x axis from 0 to ``high``, with numbers that do not touch."""
    axes.set_xlim(0, high)
    for most in range(5, 1, -1):
        ticks, numbers = number_ticks(0, high, most)
        if sum(text_width(number) + 1.8 for number in numbers) <= width:
            break
    axes.set_xticks(ticks, labels=numbers)
    axes.xaxis.grid(True, color="#d9d9d9", linewidth=0.5)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def save_figure(figure: Figure, folder: str | Path, name: str) -> tuple[Path, Path]:
    """Write ``<name>.png`` (300 dpi) and ``<name>.pdf`` into ``folder``; return both paths.

    The same figure gives the same bytes: no date, program or version is written. Each file
    appears whole or not at all; a folder that is missing is made. Raises
    :class:`~textlab.errors.ResultsError` if a file cannot be written and
    :class:`~textlab.errors.StudyError` if ``name`` is no plain file name.
    """
    if name in ("", ".", "..") or Path(name).name != name:
        raise StudyError(f"a figure wants a plain file name without folder, found '{name}'")
    png, pdf = (_encoded(figure, kind, dpi=300) for kind in ("png", "pdf"))
    place = Path(folder)
    return write_bytes(place / f"{name}.png", png), write_bytes(place / f"{name}.pdf", pdf)


_SILENT = {
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}


def _encoded(figure: Figure, kind: str, *, dpi: float) -> bytes:
    buffer = io.BytesIO()
    with house_style():  # not every figure is one of ours
        figure.savefig(buffer, format=kind, dpi=dpi, metadata=_SILENT[kind])
    return buffer.getvalue()
