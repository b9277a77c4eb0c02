"""The title of a document that nobody has named, from the lines at its top."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from pathlib import Path

from textlab.reading.page_top import (
    BYLINE,
    ISSUE_LINE,
    NAVIGATION,
    SUBTITLE,
    TITLES,
    TopLine,
    is_passed_over,
    labelled,
    top_lines,
)

# Of a paragraph that has to stand for a title so much is shown, as a table can; a real title is
# kept whole up to the length that titles have.
CUT = 60
LONGEST = 100
MOST_LINES, FEW = 4, 8
# Shorter ones may be the words of a menu.
TELLING = 6
# A line of a page set in columns, or wrapped, is not longer.
COLUMN = 45

_DATELINE = re.compile(
    r"(?:本报|新华社|中新社|央视网?|人民网)"
    r"(?:\S{0,12}(?:讯|电|消息)(?:[\s（(:：]|$)|[^，。]{0,24}\d日)"
)
_NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[）)、．.]|第[一二三四五六七八九十]{1,3}[章节编条部]"
    r"|\d{1,2}[、．.](?!\d)"
)
_TEXT = re.compile(r".*[。；]|.*[：:]$|(?:[^，,]*[，,]){3}")
_COMPLETE = re.compile(
    r".*(?:的|关于.*)(?:决定|决议|意见|通知|通报|公告|通告|批复|规定|办法|细则|方案|规划|计划|"
    r"纲要|条例|讲话|报告)[）)》”]?|.*(?:工作报告|公报)"
)
_UNFINISHED = re.compile(r"(?:的|关于|印发|转发|[、和与及《“])$")
_ISSUER = re.compile(r"[委府局厅院会室部]$")


def guess_title(text: str, file: str) -> str:
    """The title of ``text``: what its top calls one, else its headline, else its first line.

    In this order: a Markdown heading of the first level before the text begins; a label
    (标题：); the lines above a subtitle (——…); the first headline, which may be broken over up to
    four lines; the name of ``file``, where it is Chinese; the beginning of the first paragraph,
    cut. Navigation, dates, bylines and tables of facts (索引号：) are passed over. ``""`` for a
    text without a letter.
    """
    # Most headings of the first level are among the first few lines.
    return _first_level(_before_text(top_lines(text, FEW))) or _searched(top_lines(text), file)


def _searched(lines: list[TopLine], file: str) -> str:
    return (
        _first_level(_before_text(lines))
        or labelled(lines, TITLES)[:LONGEST]
        or _headline(lines)
        or _first_level(lines)
        or _named(file)
        or _paragraph([line for line in lines if not is_passed_over(line)] or lines)
    )


def _before_text(lines: Sequence[TopLine]) -> Iterator[TopLine]:
    return takewhile(lambda line: _kind(line) != "body", lines)


@lru_cache(maxsize=256)
def _kind(line: TopLine) -> str:
    """headline (it might be one), body, subtitle, issue, byline, or page: nothing of the text."""
    if _DATELINE.match(line.text):
        return "body"
    if BYLINE.match(line.text):
        return "byline"
    if is_passed_over(line):
        return "page"
    if SUBTITLE.match(line.text):
        return "subtitle"
    if ISSUE_LINE.fullmatch(line.text):
        return "issue"
    return "body" if line.level != 1 and _is_text(line.text) else "headline"


def _is_text(line: str) -> bool:
    """Whether the line is a sentence or numbered: the text has begun."""
    return len(line) > LONGEST or bool(_NUMBERED.match(line) or _TEXT.match(line))


def _first_level(lines: Iterable[TopLine]) -> str:
    for line in lines:
        if line.level == 1 and _kind(line) == "headline" and not _is_text(line.text):
            return line.text
    return ""


def _headline(lines: Sequence[TopLine]) -> str:
    blocks = list(_blocks(lines))
    for block, following in blocks:
        # Only a title has a subtitle; the line over a title has none.
        if following == "subtitle":
            return block
    for block, following in blocks:
        if len(block) >= TELLING or (following == "byline" and len(block) > 3):
            return block
    return next((block for block, _ in blocks if block not in NAVIGATION), "")


def _blocks(lines: Sequence[TopLine]) -> Iterator[tuple[str, str]]:
    """Headlines before the text begins, broken lines joined, and the kind of what follows each."""
    block: list[TopLine] = []
    for line in lines:
        kind = _kind(line)
        goes_on = kind == "headline" and bool(block) and _goes_on(block, line)
        if goes_on and len(block) < MOST_LINES:
            block.append(line)
            continue
        begins = kind == "body" or goes_on
        if begins and block:
            block = _without_text(block, line)
        if block:
            yield _joined(block), kind
        if begins:
            return
        block = [line] if kind == "headline" else []
    if block:
        yield _joined(block), "end"


def _goes_on(block: Sequence[TopLine], line: TopLine) -> bool:
    """Whether ``line`` continues the headline ``block``.

    Across a blank line (a Word file has one behind every paragraph) only what cannot stand alone.
    """
    so_far = _joined(block)
    complete = _COMPLETE.fullmatch(so_far)
    if line.level or block[0].level or len(so_far) + len(line.text) > LONGEST:
        return False
    if _UNFINISHED.search(so_far) or line.text.startswith("的"):
        return True
    if not complete and re.match("关于|印发|转发", line.text) and _ISSUER.search(so_far):
        return True
    if not complete and "关于" in so_far and _COMPLETE.fullmatch(so_far + line.text):
        return True
    return not (complete or line.apart or line.indent > block[0].indent == 0)


def _without_text(block: list[TopLine], line: TopLine) -> list[TopLine]:
    """``block`` without the lines of the wrapped paragraph which ``line`` goes on with.

    They reach as far as ``line`` does, while a headline's last line may end anywhere.
    """
    wrapped = len(line.text) <= COLUMN and line.indent <= block[0].indent
    if line.apart or not wrapped or _COMPLETE.fullmatch(_joined(block)):
        return block
    short = [len(other.text) + other.indent // 2 + 3 < len(line.text) for other in block]
    if any(short):
        return block[: len(short) - short[::-1].index(True)]
    is_text = re.search("[，,]", block[0].text) or block[0].indent > line.indent
    return [] if is_text else block[:1]


def _joined(lines: Sequence[TopLine]) -> str:
    joined = ""
    for line in lines:
        between_words = joined[-1:].isascii() and line.text[:1].isascii()
        joined += (" " if joined and between_words else "") + line.text
    return joined


def _named(file: str) -> str:
    """The file's name without numbers around it, if it says something in Chinese."""
    stem = re.sub(r"^(?:\d+[\s_.\-]+)+|(?:[\s_.\-]+\d+)+$", "", Path(file).stem)
    return stem if len(re.findall("[\u4e00-\u9fff]", stem)) >= TELLING else ""


def _paragraph(lines: Sequence[TopLine]) -> str:
    """The first paragraph, its wrapped lines joined as far as they are shown."""
    shown = lines[:1]
    for line in lines[1:]:
        if line.apart or line.level or len(_joined(shown)) > CUT or len(shown[-1].text) > COLUMN:
            break
        shown = [*shown, line]
    title = _joined(shown)
    return title if len(title) <= CUT else f"{title[: CUT - 1]}…"
