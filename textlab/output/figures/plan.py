"""How large the cells of a heat map are, and where its names go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np
import numpy.typing as npt
from matplotlib.colors import Normalize

from textlab.output.figures.lettering import (
    LINE,
    block_lines,
    block_width,
    fit,
    fits_whole,
    text_width,
)
from textlab.output.figures.paper import MARGIN, page_width
from textlab.output.style import DOUBLE_COLUMN

GAP = 1.2
"""Between a name and its cells, in millimetres."""

TITLE = 4.6
"""An axis title and the white before it."""

TREE = 16.0
"""The width of a dendrogram without numbers."""

BAR = 2.5
"""The height of a colour bar."""

_LABEL = 45.0  # the most room that a name gets
_NARROW = 3.7  # the least width of a cell: a line of text on its side
_KEY_GAP = 5.0


@dataclass(frozen=True, kw_only=True)
class Cells:
    """What to draw: ``values`` (rows x columns, NaN is left blank) and all that is written.

    ``number`` writes a value into its cell. ``tree`` is a linkage of the rows, which then have
    their names on the right, and ``support`` a share for each of its joins, in the order of its
    rows, to be written there in percent (NaN is not written). ``key`` is a list of remarks under
    the matrix. ``square`` asks for cells about as high as wide, ``reverse`` for dark colours
    where values are low.
    """

    values: npt.NDArray[np.float64]
    rows: Sequence[str]
    columns: Sequence[str]
    number: Callable[[float], str] | None
    norm: Normalize
    row_title: str = ""
    column_title: str = ""
    value_title: str = ""
    tree: npt.NDArray[np.float64] | None = None
    support: Sequence[float] = ()
    key: Sequence[str] = ()
    square: bool = False
    reverse: bool = False

    @property
    def percents(self) -> list[str]:
        """What is written at each join of the tree."""
        return ["" if isnan(share) else f"{share:.0%}".rstrip("%") for share in self.support]

    @property
    def beside(self) -> float:
        """The room between the leaves of the tree and the matrix, for numbers at low joins."""
        return block_width(self.percents) + 1.4 if any(self.percents) else 0.0

    @property
    def tree_width(self) -> float:
        """The room of the tree; a deeper one where numbers stand in it."""
        return TREE + self.beside * 1.8


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Where everything goes, in millimetres, and the names as they fit there.

    ``upright`` says that the column names are level, not on their side; ``numbers`` is None
    where cells are too narrow for them; ``pitch`` is the height of a row.
    """

    page: float
    left: float
    cell: float
    pitch: float
    rows: list[str]
    columns: list[str]
    upright: bool
    numbers: list[list[str]] | None
    value_title: str
    value_left: float
    column_title: str
    key: list[str]

    @property
    def width(self) -> float:
        """The width of the matrix."""
        return self.cell * len(self.columns)

    @property
    def bar(self) -> float:
        """The upper edge of the colour bar, under its title."""
        return MARGIN + LINE * block_lines([self.value_title]) + 0.8

    @property
    def top(self) -> float:
        """The upper edge of the matrix, under the numbers of the colour bar."""
        return self.bar + BAR + 6.4

    @property
    def bottom(self) -> float:
        """The lower edge of the matrix."""
        return self.top + self.pitch * len(self.rows)

    @property
    def title(self) -> float:
        """The upper edge of the column title, under the names of the columns."""
        names = LINE * block_lines(self.columns) if self.upright else block_width(self.columns)
        return self.bottom + GAP + names + 1.0

    @property
    def key_top(self) -> float:
        """The upper edge of the key."""
        return self.title + (TITLE if self.column_title else 0.0) + 0.6

    @property
    def key_places(self) -> list[tuple[float, float]]:
        """Left and upper edge of every remark of the key: down one column, then the next."""
        step = block_width(self.key) + _KEY_GAP
        across = max(1, int((self.page - 2 * MARGIN + _KEY_GAP + 0.01) // step))
        each = -(-len(self.key) // across)
        line = LINE * block_lines(self.key) + 0.4
        places = (divmod(i, each) for i in range(len(self.key)))
        return [(MARGIN + i * step, self.key_top + j * line) for i, j in places]

    @property
    def height(self) -> float:
        """The height of the sheet."""
        if not self.key:
            return self.title + (LINE if self.column_title else 0.0) + MARGIN
        return max(top for _, top in self.key_places) + LINE * block_lines(self.key) + MARGIN


def plan_cells(cells: Cells) -> Plan:
    """Choose the page, the cells and the line breaks for ``cells``."""
    rows = fit(cells.rows, _LABEL, lines=2)
    names = block_width(rows) + GAP
    before = cells.tree_width if cells.tree is not None else names
    left = MARGIN + before + (TITLE if cells.row_title else 0.0)
    right = MARGIN + (names if cells.tree is not None else 0.0)
    numbers, least = _numbers(cells, DOUBLE_COLUMN - left - right)
    page = page_width(left + right, len(cells.columns), least)
    cell = (page - left - right) / len(cells.columns)
    pitch = 4.2 if block_lines(rows) == 1 else 7.2
    upright = _fit_upright(cells.columns, cell)
    over = text_width(cells.value_title) <= page - MARGIN - left
    return Plan(
        page=page,
        left=left,
        cell=cell,
        pitch=max(pitch, min(cell, 10.0)) if cells.square else pitch,
        rows=rows,
        columns=_column_names(cells.columns, cell, upright),
        upright=upright,
        numbers=numbers,
        value_title=fit([cells.value_title], page - 2 * MARGIN, lines=2)[0],
        value_left=left if over else MARGIN,
        column_title=cells.column_title,
        key=fit(cells.key, max((page - 2 * MARGIN - _KEY_GAP) / 2, 80.0), lines=2),
    )


def _fit_upright(names: Sequence[str], cell: float) -> bool:
    """Whether ``names`` can stand level: whole words, and no character alone on a line."""
    if not fits_whole(names, cell - 0.7, lines=2):
        return False
    fitted = [name.split("\n") for name in fit(names, cell - 0.7, lines=2)]
    return all(len(line) > 1 for lines in fitted if len(lines) > 1 for line in lines)


def _column_names(names: Sequence[str], cell: float, upright: bool) -> list[str]:
    if upright:
        return fit(names, cell - 0.7, lines=2)
    return fit(names, _LABEL, lines=2 if cell >= 7.4 else 1)


def _numbers(cells: Cells, room: float) -> tuple[list[list[str]] | None, float]:
    """What the cells say, unless a page is too narrow for it, and the width a cell needs."""
    if cells.number is None:
        return None, _NARROW
    write = cells.number
    numbers = [["" if isnan(value) else write(value) for value in row] for row in
               cells.values.tolist()]  # fmt: skip
    wanted = max(block_width(row) for row in numbers) + 0.9
    if wanted * len(cells.columns) > room:
        return None, _NARROW
    return numbers, max(wanted, _NARROW)
