"""Raw text -> lines, tidied and traced, with what their layout says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from textlab.cleaning.characters import CJK_SIGNS, tidy, unify
from textlab.cleaning.traced import TracedText

MARKDOWN_HEADING = re.compile(r"#{1,6}(?= )|#{1,6}$")
LIST_ITEM = re.compile(r"[-*•·](?= |$)")
QUOTE = re.compile(r">(?= |$)")
SIGNS = re.compile(f"[{CJK_SIGNS}]")
RULE = re.compile(r"([-*_=~—]\s*){3,}|\|?[\s:|-]{3,}")


@dataclass(frozen=True)
class Line:
    """A line that holds something.

    ``gap``: blank lines before it; ``indent``: spaces before it (an ideographic one counts
    one); ``hard``: it ends in a Markdown hard break, two blanks; ``mark``: heading, item, or
    nothing. ``after``: the raw offset of its line end.
    """

    traced: TracedText
    gap: int
    indent: int
    hard: bool
    mark: str
    after: int

    @property
    def text(self) -> str:
        """The tidied text."""
        return self.traced.text

    @cached_property
    def width(self) -> float:
        """The width in print, in Han characters.

        A character of ASCII takes half of one; Chinese punctuation is often set closer.
        """
        narrow = len(self.text.encode("ascii", "ignore"))
        return len(self.text) - narrow / 2 - len(SIGNS.findall(self.text)) / 4


def split_lines(raw: str) -> Iterator[Line]:
    """The lines of a decoded file, in order, blank ones left out."""
    offset = gap = 0
    for piece in unify(raw).split("\n"):
        # A hard break is two blanks as such: not a wide one, nor one and a Windows line end.
        hard = raw[offset : offset + len(piece)].removesuffix("\r").endswith("  ")
        line = _line(piece, offset, gap, hard)
        offset += len(piece) + 1
        if line is None:
            gap += 1
            continue
        gap = 0
        yield line


def _line(piece: str, offset: int, gap: int, hard: bool) -> Line | None:
    traced = TracedText.of(piece, offset).strip()
    indent = len(piece) - len(piece.lstrip(" "))
    mark = ""
    if MARKDOWN_HEADING.match(traced.text):
        mark, traced = "heading", _without_mark(traced, MARKDOWN_HEADING)
    elif RULE.fullmatch(traced.text):
        return None
    elif LIST_ITEM.match(traced.text):
        mark, traced = "item", _without_mark(traced, LIST_ITEM)
    elif QUOTE.match(traced.text):
        traced = _without_mark(traced, QUOTE)
    traced = tidy(traced)
    if not traced.text:
        return None
    return Line(traced, gap, indent, hard, mark, offset + len(piece))


def _without_mark(traced: TracedText, mark: re.Pattern[str]) -> TracedText:
    found = mark.match(traced.text)
    return traced.slice(found.end() if found else 0, len(traced)).strip()
