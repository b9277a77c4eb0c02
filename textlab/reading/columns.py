"""The reading order of a printed page: column by column, headings across columns first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from textlab.reading.boxes import Box, rows_of

# In sizes of the type: how far before a column's left edge the page is cut, and how long a line
# of prose is at least: the cells of a table are shorter, for the most part.
BEFORE_EDGE, SHORTEST = 0.25, 5.0
MOSTLY = 0.6
FEWEST_ROWS = 3
MOST_EDGES, DEEPEST = 8, 12
# A page of more pieces is a map or a drawing, and is read from row to row.
MOST_PIECES = 5_000


def blocks_of(pieces: Sequence[Box], depth: int = 0) -> list[list[Box]]:
    """The pieces of a page in blocks to be read one after another, each from row to row.

    The page is cut between columns: to the left of an edge at which several pieces begin, where
    on both sides stand rows of prose, side by side. What crosses the cut (a heading above two
    columns) parts the page into what is above it and what is below. Each part is cut again. A
    table is not cut: its cells are short.
    """
    cut = _cut(pieces) if depth < DEEPEST and len(pieces) <= MOST_PIECES else None
    if cut is None:
        return [list(pieces)] if pieces else []
    found: list[list[Box]] = []
    for band, columns in _merged(_bands(pieces, cut), cut):
        parts = _sides(band, cut) if columns else (band,)
        for part in parts:
            found += blocks_of(part, depth + 1)
    return found


def _cut(pieces: Sequence[Box]) -> float | None:
    """Where the page is best cut from top to bottom: few cross it, many lines gain by it."""
    best: tuple[bool, int, float] | None = None
    for at in _edges(pieces):
        rows, crossing = 0, False
        for band in _bands(pieces, at):
            rows += _column_rows(band, at)
            crossing = crossing or _crosses(band[0], at)
        if rows and (best is None or (not crossing, rows, -at) > best):
            best = (not crossing, rows, -at)
    return -best[2] if best else None


def _edges(pieces: Sequence[Box]) -> list[float]:
    """Just left of where several pieces begin: at most so many, those of most pieces first."""
    if not pieces:
        return []
    size = median(piece.size for piece in pieces)
    begin: dict[int, list[float]] = {}
    for piece in pieces:
        begin.setdefault(round(2 * piece.x0 / size), []).append(piece.x0)
    left = min(begin)
    often = [at for at in begin.values() if len(at) >= FEWEST_ROWS and at is not begin[left]]
    often.sort(key=lambda at: (-len(at), min(at)))
    return [min(at) - BEFORE_EDGE * size for at in often[:MOST_EDGES]]


def _crosses(piece: Box, at: float) -> bool:
    return piece.x0 < at < piece.x1


def _bands(pieces: Sequence[Box], at: float) -> Iterator[list[Box]]:
    """The pieces from the top: each that crosses the cut alone, and all between two of them."""
    band: list[Box] = []
    for piece in sorted(pieces, key=lambda piece: (piece.middle, piece.x0)):
        if _crosses(piece, at):
            if band:
                yield band
            yield [piece]
            band = []
        else:
            band.append(piece)
    if band:
        yield band


def _merged(bands: Iterator[list[Box]], at: float) -> Iterator[tuple[list[Box], bool]]:
    """The bands, those that are no columns put together; and whether they are."""
    waiting: list[Box] = []
    for band in bands:
        if _column_rows(band, at, fewest=1):
            if waiting:
                yield waiting, False
            yield band, True
            waiting = []
        else:
            waiting = waiting + band
    if waiting:
        yield waiting, False


def _sides(band: Sequence[Box], at: float) -> tuple[list[Box], list[Box]]:
    return [b for b in band if b.x1 <= at], [b for b in band if b.x1 > at]


def _column_rows(band: Sequence[Box], at: float, fewest: int = FEWEST_ROWS) -> int:
    """How many rows of columns the cut would part; 0 if the two sides are no columns."""
    left, right = _sides(band, at)
    if not left or not right or _crosses(band[0], at):
        return 0
    both = [len(rows_of(side)) for side in (left, right)]
    if min(both) < fewest or max(both) < 2 or not _side_by_side(left, right):
        return 0
    return sum(both) if _is_prose(left) and _is_prose(right) else 0


def _side_by_side(left: Sequence[Box], right: Sequence[Box]) -> bool:
    tops = [min(box.top for box in side) for side in (left, right)]
    ends = [max(box.bottom for box in side) for side in (left, right)]
    shorter = min(end - top for top, end in zip(tops, ends, strict=True))
    return min(ends) - max(tops) >= shorter / 2


def _is_prose(pieces: Sequence[Box]) -> bool:
    widths = [piece.x1 - piece.x0 for piece in pieces]
    long = SHORTEST * median(piece.size for piece in pieces)
    return sum(width for width in widths if width >= long) >= MOSTLY * sum(widths)
