"""The lines of printed pages as a text shows them: indents, and blank lines for gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import NamedTuple

from textlab.reading.boxes import Box, line_of, rows_of
from textlab.reading.columns import blocks_of

# A line begins with as many wide spaces as it is indented, up to so many.
MOST_INDENT = 4
# How much larger than usual a gap is, or than one type another, to show it.
LOOSE, OTHER_SIZE = 1.5, 1.15


class Line(NamedTuple):
    """A line of text and where it stands; a blank one has no box."""

    page: int
    text: str = ""
    box: Box | None = None

    @property
    def layout(self) -> str:
        """Page, x0, top, x1 and bottom; nothing for a blank line."""
        if self.box is None:
            return ""
        # Adding 0.0 turns -0.0 into 0.0.
        places = (f"{round(place, 1) + 0.0:.1f}" for place in self.box[1:5])
        return " ".join([str(self.page), *places])


def lines_of(pages: Iterable[Sequence[Box]]) -> Iterator[Line]:
    """The lines of the pieces of all pages, in reading order.

    A line that is indented begins with wide spaces, a centred one does not. A blank line stands
    where the page shows a gap, or a type of another size; none at the end of a column or a page,
    where the sentence may go on.
    """
    before: tuple[int, Box] | None = None
    for page, pieces in enumerate(pages, 1):
        for block in blocks_of(pieces):
            lines = [line_of(row) for row in rows_of(block)]
            left, right = (edge_of(lines, side) for side in ("x0", "x1"))
            usual = median(map(_step, lines, lines[1:])) if len(lines) > 1 else 0.0
            for number, box in enumerate(lines):
                if before is not None and _is_apart(before, (page, box), usual if number else None):
                    yield Line(page)
                yield Line(page, "\u3000" * _indent(box, left, right) + box.text, box)
                before = page, box


def edge_of(lines: Sequence[Box], side: str) -> float:
    """Where most lines begin (``side`` x0) or end (x1); of several such places the outermost."""
    places = [float(getattr(line, side)) for line in lines]
    many = Counter(map(round, places))
    outermost = min if side == "x0" else max
    at = outermost(place for place, n in many.items() if n == max(many.values()))
    return outermost(place for place in places if round(place) == at)


def _indent(box: Box, left: float, right: float) -> int:
    before, behind = box.x0 - left, right - box.x1
    centred = abs(before - behind) <= box.size and behind > 0
    return 0 if centred else max(0, min(MOST_INDENT, round(before / box.size)))


def _step(line: Box, after: Box) -> float:
    """From one line to the next, in sizes of the type."""
    return (after.top - line.top) / max(line.size, after.size)


def _is_apart(before: tuple[int, Box], after: tuple[int, Box], usual: float | None) -> bool:
    """Whether a blank line belongs between two lines.

    ``usual`` is the distance of most lines of a block, and None for the first of one.
    """
    (page, line), (next_page, following) = before, after
    small, large = sorted((line.size, following.size))
    if large > OTHER_SIZE * small:
        return True
    if usual is None:
        return page == next_page and following.top >= line.bottom
    return _step(line, following) > LOOSE * usual
