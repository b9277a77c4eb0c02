"""Raw text -> lines, tidied and traced, with what their layout says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from textlab.cleaning.characters import CJK_SIGNS, close_up, unify, visible
from textlab.cleaning.simplify import simplify as simplified
from textlab.cleaning.traced import TracedText
from textlab.language.invisible import INVISIBLE, has_invisible

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
    unseen = has_invisible(text)
    offset = gap = 0
    for piece in text.split("\n"):
        start, offset = offset, offset + len(piece) + 1
        shown = piece.strip()
        if shown:
            # A hard break is two blanks as such: not a wide one, nor one and a Windows line end.
            ends = piece.endswith("  ")
            hard = ends and raw[start : offset - 1].removesuffix("\r").endswith("  ")
            line = _line(piece, shown, start, gap, hard, unseen)
            if line:
                gap = 0
                yield line
                continue
        gap += 1


def _line(piece: str, text: str, offset: int, gap: int, hard: bool, unseen: bool) -> Line | None:
    """The line of ``piece``, of which ``text`` is what stands between its outer blanks."""
    start = offset + piece.index(text[0])
    traced = None
    if unseen and INVISIBLE.search(text):
        traced = visible(TracedText.of(text, start)).strip()
        text, start = traced.text, traced.hull[0]
    indent = piece.count(" ", 0, start - offset) if start > offset else 0
    mark = ""
    if text[:1] in MARKING:
        if RULE.fullmatch(text):
            return None
        mark, behind = _marked(text)
        if behind and traced is not None:
            traced = traced.slice(behind, len(traced)).strip()
            text = traced.text
        elif behind:
            end = start + len(text)
            text = text[behind:].lstrip()
            start = end - len(text)
    if traced is None:
        traced = TracedText(text, ((start, len(text)),) if text else ())
    if " " in text or "**" in text:
        traced = close_up(traced)
        text = traced.text
    if not text:
        return None
    return Line(text, traced, _width(text), gap, indent, hard, mark, offset + len(piece))


def _width(text: str) -> float:
    narrow = len(text.encode("ascii", "ignore"))
    return len(text) - narrow / 2 - len(SIGNS.findall(text)) / 4


def _marked(text: str) -> tuple[str, int]:
    """The mark that a line begins with, and how long it is; 0 where there is none."""
    for mark, pattern in MARKS:
        found = pattern.match(text)
        if found:
            return mark, found.end()
    return "", 0
