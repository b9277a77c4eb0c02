"""What stands on a printed page, as boxes: from single characters to rows and lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

# Shares of the size of the type. Two boxes stand on one row if their middles are as near as
# that: lines are set further apart, raised signs are not. Wider gaps part the pieces of a row.
SAME_ROW, APART, WORD_GAP, TAB_GAP = 0.6, 0.8, 0.25, 3.0
# A box is compared with so many rows before it, which is enough on any page that can be read.
REACH = 8


class Box(NamedTuple):
    """A piece of text and where it stands: points from the upper left corner of its page."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        """The height on the page of its middle."""
        return (self.top + self.bottom) / 2


def rows_of(boxes: Iterable[Box]) -> list[list[Box]]:
    """The boxes that stand beside each other, from the left; the rows from the top."""
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: (box.middle, box.x0, box.text)):
        for row in reversed(rows[-REACH:]):
            first = row[0]
            if box.middle - first.middle <= SAME_ROW * min(box.size, first.size):
                row.append(box)
                break
        else:
            rows.append([box])
    return [sorted(row, key=lambda box: (box.x0, box.x1, box.text)) for row in rows]


def pieces_of(characters: Iterable[Box]) -> list[Box]:
    """Characters put together to pieces: all that stands on one row without a wide gap."""
    return [piece for row in rows_of(characters) for piece in _pieces(row)]


def _pieces(row: Sequence[Box]) -> Iterator[Box]:
    piece: list[Box] = []
    words: list[str] = []
    space = False
    for box in row:
        if box.text.isspace():
            space = bool(piece)
            continue
        if piece:
            gap = box.x0 - max(before.x1 for before in piece[-2:])
            size = min(box.size, piece[-1].size)
            if gap > APART * size:
                yield _joined("".join(words), piece)
                piece, words = [], []
            elif space or (gap > WORD_GAP * size and _is_latin(words[-1], box.text)):
                words.append(" ")
        piece.append(box)
        words.append(box.text)
        space = False
    if piece:
        yield _joined("".join(words), piece)


def _is_latin(before: str, after: str) -> bool:
    # Chinese is set wider to fill a line, and has no spaces for that.
    return before[-1].isascii() or after[0].isascii()


def line_of(row: Sequence[Box]) -> Box:
    """The pieces of a row as one box: a space between them, or a tab where they stand far apart."""
    parts: list[str] = []
    for before, box in zip([None, *row], row, strict=False):
        if before is not None:
            far = box.x0 - before.x1 > TAB_GAP * min(box.size, before.size)
            parts.append("\t" if far else " ")
        parts.append(box.text)
    return _joined("".join(parts), row)


def _joined(text: str, boxes: Sequence[Box]) -> Box:
    sizes = sorted(box.size for box in boxes)
    return Box(
        text,
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
        sizes[len(sizes) // 2],
    )
