"""Which lines belong to one paragraph: joins what a column, a page or a copy has broken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textlab.cleaning.lines import Line
from textlab.cleaning.roles import (
    NUMBERING,
    OPEN_ENDS,
    PUNCTUATED,
    begins_anew,
    is_furniture,
    is_prose,
    is_terminated,
)
from textlab.cleaning.seams import between_words, word_across
from textlab.cleaning.traced import TracedText

NEIGHBOURS = 4
NARROWEST, WIDEST = 6, 48
PROSE_WIDTH = 20
BULLETS = tuple("□■●◆▲○◎")


class Group(NamedTuple):
    """Lines that are one paragraph, or one line of the page's ``furniture``."""

    lines: list[Line]
    furniture: bool


def column_lines(lines: Sequence[Line]) -> list[bool]:
    """Which lines are set to the width of a column.

    A line is if, of the four lines before it or of the four behind it, at least two and at
    least half are about as wide: up to two and a half characters narrower (punctuation is set
    close) or three and a half wider (the first line of a paragraph has lost its indent), and
    none wider than any column: headings between unwrapped paragraphs are of one width too. The
    neighbourhood must have punctuation: a list of slogans of one length is no column.
    """
    widths = [line.width for line in lines]
    wide = [
        NARROWEST <= width <= WIDEST
        and (
            _as_wide(width, widths[max(0, at - NEIGHBOURS) : at])
            or _as_wide(width, widths[at + 1 : at + NEIGHBOURS + 1])
        )
        for at, width in enumerate(widths)
    ]
    if not any(wide):
        return wide
    marks = [PUNCTUATED.search(line.text) is not None for line in lines]
    return [
        flag and _is_punctuated(marks[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1])
        for at, flag in enumerate(wide)
    ]


def _as_wide(width: float, others: Sequence[float]) -> bool:
    if len(others) < 2 or max(others) > WIDEST:
        return False
    alike = len([other for other in others if -2.5 <= other - width <= 3.5])
    return alike >= 2 and 2 * alike >= len(others)


def _is_punctuated(marks: Sequence[bool]) -> bool:
    return 3 * sum(marks) >= len(marks)


def group_lines(lines: Sequence[Line]) -> list[Group]:
    """The lines in groups, a group a paragraph; furniture lines stand alone."""
    columns = column_lines(lines)
    groups: list[Group] = []
    aside = False
    for at, line in enumerate(lines):
        inside = at > 0 and not aside and _inside(lines, columns, at)
        before, aside = aside, not inside and is_furniture(line.text)
        if at and not aside and not before:
            so_far = groups[-1].lines
            if _joins(so_far, line, columns[at - 1], columns[at], _margin(lines, columns, at)):
                so_far.append(line)
                continue
        groups.append(Group([line], aside))
    return groups


def _inside(lines: Sequence[Line], columns: Sequence[bool], at: int) -> bool:
    """Whether line ``at`` stands in the middle of a sentence that runs down a column.

    There, 本报记者走进园区 is no byline.
    """
    before, line = lines[at - 1], lines[at]
    if line.gap or not columns[at] or not columns[at - 1]:
        return False
    return not is_terminated(before.text) and not line.text.startswith(BULLETS)


def _margin(lines: Sequence[Line], columns: Sequence[bool], at: int) -> int:
    """The indent of the column around line ``at``, whose paragraphs may begin with more."""
    if not lines[at].indent:  # not more than any margin, and most lines are not
        return 0
    near = range(max(0, at - NEIGHBOURS), min(len(lines), at + NEIGHBOURS + 1))
    return min((lines[j].indent for j in near if columns[j]), default=0)


def _joins(group: Sequence[Line], line: Line, full: bool, column: bool, margin: int) -> bool:
    """Whether ``line`` goes on where ``group`` stopped.

    ``full``: the group's last line fills a column; ``column``: so does ``line``; ``margin``: the
    indent of the column.
    """
    last = group[-1]
    indented = line.indent > margin and line.indent >= last.indent
    if last.hard or last.mark == "heading" or line.mark:
        return False
    if line.gap == 0 and full and not indented:
        return not (is_terminated(last.text) and begins_anew(line))
    if is_terminated(last.text):
        return False
    if last.text.endswith(OPEN_ENDS):
        return True
    if begins_anew(line):
        return False
    if len(group) == 1 and NUMBERING.match(last.text) and (line.gap or indented):
        # A numbered heading may happen to be as wide as the column below it.
        return word_across(last.text, line.text) and (
            full or not between_words(last.text, line.text)
        )
    if full and column and not indented:
        return True
    if (full or line.gap == 0) and not indented and _is_last(group, line):
        return True
    return word_across(last.text, line.text) if indented else _sound(group, line, full)


def _is_last(group: Sequence[Line], line: Line) -> bool:
    """Whether ``line`` looks like the last of the group's paragraph: short, a sentence's end."""
    short = is_terminated(line.text) and line.width <= group[-1].width
    return short and is_prose(group)


def _sound(group: Sequence[Line], line: Line, full: bool) -> bool:
    """Whether words speak for the seam, where the layout is silent.

    A word of the dictionary across the seam does. Prose that stops at the end of a whole word
    before another one does too; where either side is a piece of a word, the seam stays open.
    """
    before = group[-1].text
    if word_across(before, line.text):
        return True
    prose = full or len(group) > 1 or group[-1].width >= PROSE_WIDTH
    return (
        prose
        and is_prose(group)
        and bool(PUNCTUATED.search(line.text))
        and between_words(before, line.text)
    )


def join_lines(group: Iterable[Line]) -> TracedText:
    """The group as one traced text; a line end between two Latin words becomes a space."""
    lines = list(group)
    if len(lines) == 1:
        return lines[0].traced
    parts: list[TracedText] = []
    previous: Line | None = None
    for line in lines:
        if previous and _latin(previous.text[-1]) and _latin(line.text[0]):
            parts.append(TracedText.of(" ", previous.after))
        parts.append(line.traced)
        previous = line
    return TracedText.join(parts)


def _latin(character: str) -> bool:
    return character.isascii() and character.isalpha()
