"""Titles of official documents that are set over several lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from textlab.cleaning.lines import Line

MOST_LINES, MOST_CHARACTERS = 4, 120
# 中共某市委关于…的决定: an issuer, the matter, the kind of document.
TITLE = re.compile(
    r"[^，。；：？！,;?!]{0,30}关于[^，。；：？！,;?!]+"
    r"(?:决定|决议|意见|通知|方案|规划|纲要|报告|办法|条例|规定|细则|措施|公告|通告|批复|公报)"
)


def join_titles(groups: Sequence[list[Line]]) -> list[list[Line]]:
    """The groups, those joined whose lines together, and none of them alone, are such a title.

    Between these lines no line is blank, for a kicker above a title stands apart.
    """
    return list(_joined(groups))


def _joined(groups: Sequence[list[Line]]) -> Iterator[list[Line]]:
    at = 0
    while at < len(groups):
        alone = at + 1 == len(groups) or groups[at + 1][0].gap > 0
        size = 1 if alone else _title_lines(groups, at)
        if size == 1:
            yield groups[at]
        else:
            yield [line for group in groups[at : at + size] for line in group]
        at += size


def _title_lines(groups: Sequence[list[Line]], at: int) -> int:
    """How many groups from ``at`` on are one title; 1 where none is."""
    text = ""
    for size, group in enumerate(groups[at : at + MOST_LINES], 1):
        if group[0].mark or (size > 1 and group[0].gap):
            break
        text += "".join(line.text for line in group)
        if len(text) > MOST_CHARACTERS:
            break
        if TITLE.fullmatch(text):
            return size
    return 1
