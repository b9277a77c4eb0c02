"""Running heads and feet, and page numbers: what is printed on every page beside the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from textlab.reading.boxes import Box

HEADS, NUMBERS = "running heads and feet", "page numbers"
# The part of a page, above and below, in which they stand, and how many rows of them.
MARGIN, MOST_ROWS = 0.2, 2
# Rows of two pages are at one height if they are as near as that: points.
NEAR = 4

NUMBER = re.compile(r"\d{1,4}")
DECORATED = re.compile(
    r"[-—–―·•~]{1,2}\s*\d{1,4}\s*[-—–―·•~]{1,2}"
    r"|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}"
)


def page_heads(pages: Sequence[Sequence[Box]], heights: Sequence[float]) -> list[dict[int, str]]:
    """For each page, of its rows (whole lines, from the top) those beside the text, and their kind.

    A running head is a row at the upper or lower edge that stands at the same height on another
    page too, in the same words; its numbers are the same, or go with the pages. A page number is
    a number by itself that goes with the pages, or that is marked as one (— 3 —, 第3页). Nothing
    is taken from behind a row of the text, and nothing where more rows repeat than a head has:
    that is a page printed twice.
    """
    seen: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    for number, (rows, height) in enumerate(zip(pages, heights, strict=True)):
        for at in {*_edge(rows, height, 1), *_edge(rows, height, -1)}:
            for sign in _signatures(rows[at].text, number):
                seen[sign, round(rows[at].top / NEAR)].add(number)
    found: list[dict[int, str]] = []
    for number, (rows, height) in enumerate(zip(pages, heights, strict=True)):
        kinds: dict[int, str] = {}
        for way in (1, -1):
            beside = {}
            for at in _edge(rows, height, way):
                kind = _kind(rows[at], number, seen)
                if not kind:
                    break
                beside[at] = kind
            kinds |= beside if len(beside) <= MOST_ROWS else {}
        found.append(kinds)
    return found


def _edge(rows: Sequence[Box], height: float, way: int) -> Iterator[int]:
    """The rows at the upper (``way`` 1) or lower (-1) edge, from the outermost."""
    for at in range(len(rows))[::way][: MOST_ROWS + 1]:
        middle = rows[at].middle
        if (middle if way == 1 else height - middle) > MARGIN * height:
            return
        yield at


def _signatures(text: str, page: int) -> set[str]:
    """The text, as it stands and with numbers counted from that of the page: the row's names.

    Numbers go with the pages all together, only the first, or only the last.
    """
    numbers = [int(found) for found in NUMBER.findall(text)]
    last = len(numbers) - 1
    ways = [range(0), range(last + 1), range(1), range(last, last + 1)]
    return {_counted(text, set(way), page) for way in ways if numbers or not way}


def _counted(text: str, relative: set[int], page: int) -> str:
    at = -1

    def count(found: re.Match[str]) -> str:
        nonlocal at
        at += 1
        return f"<{int(found[0]) - page}>" if at in relative else found[0]

    return NUMBER.sub(count, "".join(text.split()))


def _kind(row: Box, page: int, seen: dict[tuple[str, int], set[int]]) -> str:
    text = row.text.strip()
    again = any(
        seen.get((sign, round(row.top / NEAR) + step), set()) - {page}
        for sign in _signatures(row.text, page)
        for step in (-1, 0, 1)
    )
    if DECORATED.fullmatch(text) or (NUMBER.fullmatch(text) and again):
        return NUMBERS
    return HEADS if again and any(c.isalpha() for c in text) else ""
