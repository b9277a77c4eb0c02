"""Raw text -> lines, tidied and traced, with what their layout says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from textlab.cleaning.characters import CJK_SIGNS, tidy, unify, visible
from textlab.cleaning.simplify import simplify as simplified
from textlab.cleaning.traced import TracedText
from textlab.language.invisible import INVISIBLE

MARKS = (
    ("heading", re.compile(r"#{1,6}(?= |$)")),
    # (- 4 - is the number of a page)
    ("item", re.compile(r"[-*•·](?= (?!\d{1,3} ?[-—–]$)|$)")),
    ("", re.compile(r">(?= |$)")),
)
RULE = re.compile(r"([-*_=~—]\s*){3,}|\|?[\s:|-]{3,}")
# What a mark or a rule begins with.
MARKING = frozenset("#-*•·>_=~—|:")
SIGNS = re.compile(f"[{CJK_SIGNS}]")


class Line(NamedTuple):
    """A line that holds something: its tidied text, and that text with its way back.

    ``width`` in print, in Han characters: a character of ASCII takes half of one, and Chinese
    punctuation is often set closer. ``gap``: blank lines before it; ``indent``: spaces before
    it (an ideographic one counts one); ``hard``: it ends in a Markdown hard break, two blanks;
    ``mark``: heading, item, or nothing. ``after``: the raw offset of its line end.
    """

    text: str
    traced: TracedText
    width: float
    gap: int
    indent: int
    hard: bool
    mark: str
    after: int


def split_lines(raw: str, *, simplify: bool = False) -> Iterator[Line]:
    """The lines of a decoded file, in order, blank ones left out.

    ``simplify``: traditional characters are written as simplified ones (see
    :func:`textlab.cleaning.simplify.simplify`).
    """
    text = unify(raw)
    if simplify:
        text = simplified(text)
    unseen = bool(INVISIBLE.search(text))
    offset = gap = 0
    for piece in text.split("\n"):
        end = offset + len(piece)
        line = None
        if piece and not piece.isspace():
            # A hard break is two blanks as such: not a wide one, nor one and a Windows line end.
            hard = piece.endswith("  ") and raw[offset:end].removesuffix("\r").endswith("  ")
            line = _line(piece, offset, gap, hard, unseen)
        offset = end + 1
        gap = 0 if line else gap + 1
        if line:
            yield line


def _line(piece: str, offset: int, gap: int, hard: bool, unseen: bool) -> Line | None:
    blank = len(piece) - len(piece.lstrip())
    traced = TracedText.of(piece.strip(), offset + blank)
    if unseen:
        traced = visible(traced).strip()
        blank = traced.hull[0] - offset
    indent = piece.count(" ", 0, blank)
    mark = ""
    if traced.text[:1] in MARKING:
        if RULE.fullmatch(traced.text):
            return None
        mark, traced = _marked(traced)
    if unseen or " " in traced.text or "**" in traced.text:
        traced = tidy(traced)
    text = traced.text
    if not text:
        return None
    return Line(text, traced, _width(text), gap, indent, hard, mark, offset + len(piece))


def _width(text: str) -> float:
    narrow = len(text.encode("ascii", "ignore"))
    return len(text) - narrow / 2 - len(SIGNS.findall(text)) / 4


def _marked(traced: TracedText) -> tuple[str, TracedText]:
    """The mark that the line begins with, if any, and what stands behind it."""
    for mark, pattern in MARKS:
        found = pattern.match(traced.text)
        if found:
            return mark, traced.slice(found.end(), len(traced)).strip()
    return "", traced
