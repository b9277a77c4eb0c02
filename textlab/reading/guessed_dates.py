"""The date of a document that nobody has dated: when it was passed, issued or published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from textlab.reading.manifest import iso_date
from textlab.reading.page_top import CHARACTERS, ISSUED, PUBLISHED, TopLine, labelled, top_lines

_YEAR, _MONTH, _DAY = r"((?:19|20)\d{2})", r"(1[0-2]|0?[1-9])", r"(3[01]|[12]\d|0?[1-9])"
_GAP = r"\s{0,3}"
DATE_IN_TEXT = re.compile(
    rf"(?<!\d){_YEAR}{_GAP}[年/.-]{_GAP}{_MONTH}{_GAP}[月/.-]{_GAP}{_DAY}(?!\d)"
)
DATE_IN_NAME = re.compile(rf"(?<!\d){_YEAR}[-_.]?(1[0-2]|0[1-9])[-_.]?(3[01]|[12]\d|0[1-9])(?!\d)")
# Shorter dates stand free: no part of an id such as 5a202407c9.
MONTH_IN_NAME = re.compile(
    rf"(?<![0-9A-Za-z]){_YEAR}(?:[-_.]?(1[0-2]|0[1-9])|年{_MONTH}月)(?![0-9A-Za-z])"
)
# Not 到2027年, 2035年远景目标, 2027年底前.
YEAR_IN_NAME = re.compile(
    rf"(?<![0-9A-Za-z至到]){_YEAR}(?![0-9A-Za-z])(?!\s?年?(?:远景|前|后|底|以))"
)
# 2021—2025年 and 2021-25, while 2021-03 is a month
_SPAN_OF_YEARS = re.compile(
    r"(?:19|20)\d{2}\s?年?\s?[-—–~～－至到]{1,2}\s?(?:(?:19|20)\d{2}|1[3-9]|[2-9]\d)(?!\d)"
)

# 二〇二四年七月八日, as official documents are signed
_HAN_DIGITS = "〇一二三四五六七八九"
_HAN_DATE = re.compile(
    r"([二一][〇○零九][〇○零一二三四五六七八九]{2})年"
    r"([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)

# Dates of something else: what a plan is to reach, when a firm was founded, when a law comes into
# force, up to when figures were counted.
_BEHIND_OTHERS = re.compile(r"\s?日?(?:\s?起|前|之前|以前|底|至|到|[-—–~～－]|施行|止|出?生)")
_BEFORE_OTHERS = re.compile(r"(?:至|到|截止|成立于|建于|生于|自|从|[\d年月日]\s?[-—–~～－])\s?$")

_ISSUED = re.compile(r"通过|会议上|大会上|全会上|上的讲话|工作报告")
_PASSED = re.compile(r"^[ \t\u3000]{0,20}[（(]([^\n。]{0,120}通过[^\n。]{0,40})", re.MULTILINE)
_DATELINE = re.compile(rf"(?:本报|新华社|中新社)[^\n。]{{0,30}}?{_MONTH}月{_DAY}日")
# What follows on a saved page are other documents and their dates.
_TAIL = re.compile(
    r"^[ \t\u3000]{0,20}(?:(?:特别|免责|版权)声明|[上下]一[篇条]|网友评论|友情链接|"
    r"(?:相关|热点|热门|为你|猜你|推荐|延伸)(?:推荐|阅读|新闻|喜欢))",
    re.MULTILINE,
)
HEAD_LINES = 15
ISSUE_WIDTH = 120
SIGNATURE_LINES = 8


def guess_date(text: str, file: str, title: str = "") -> str:
    """The date of ``text`` as YYYY-MM-DD, YYYY-MM or YYYY; ``""`` if nothing speaks for one.

    In this order: a full date in the name of ``file`` or in ``title``; a label (成文日期：); a line
    at the top that says where it was passed or held (2024年6月25日…通过); a label (发布时间：); a
    line at the top that begins with a date; a signature at the end; a dateline (本报讯 …7月8日),
    its year from the text; a line in parentheses further down (…通过). Failing these, the year or
    month in the name or ``title``, made exact by the first date in the text that falls into it;
    failing that too, the first date in the text. Up to when a plan runs, since when a law or a
    firm is, and what stands below the text on a saved page, is no date of the document.
    """
    stem = Path(file).stem
    for name in (stem, title):
        named = _first([*DATE_IN_NAME.finditer(name), *DATE_IN_TEXT.finditer(name)])
        if named:
            return named
    tail = _TAIL.search(text)
    text = text[: tail.start()] if tail else text
    lines = top_lines(text)
    told = (
        _in(labelled(lines, ISSUED))
        or _issue_line(lines)
        or _in(labelled(lines, PUBLISHED))
        or _line_of_its_own(lines)
        or _signature(text)
        or _dateline(text)
        or _passed(text)
    )
    hint = "" if told else _short(stem) or _short(title)
    if hint:
        return next((date for date in _plausible(text) if date.startswith(hint)), hint)
    return told or next(_plausible(text), "")


def _first(found: Iterable[re.Match[str]]) -> str:
    """The first of the matches that is a day of the calendar: no 30th of February."""
    dates = (iso_date("-".join(match.groups())) for match in found)
    return next(filter(None, dates), "")


def _in(text: str) -> str:
    return _first(DATE_IN_TEXT.finditer(text)) or _in_han_digits(text)


def _in_han_digits(text: str) -> str:
    dates = (
        iso_date(f"{_digits(year)}-{_number(month)}-{_number(day)}")
        for year, month, day in _HAN_DATE.findall(text)
    )
    return next(filter(None, dates), "")


def _digits(han: str) -> str:
    """二〇二四 as 2024; the zero is written 零 and ○ too."""
    return "".join(str(max(_HAN_DIGITS.find(sign), 0)) for sign in han)


def _number(han: str) -> int:
    """二十五 as 25; 0, which is no day, for what is no number (十十)."""
    tens, ten, ones = han.partition("十")
    if len(tens) > 1 or len(ones) > 1 or ones == "十":
        return 0
    high, low = (max(_HAN_DIGITS.find(sign or "〇"), 0) for sign in (tens, ones))
    return (high or 1) * 10 + low if ten else high


def _plausible(text: str) -> Iterator[str]:
    """The full dates of a text, without those that are of something else."""
    for found in DATE_IN_TEXT.finditer(text):
        before = text[max(found.start() - 4, 0) : found.start()]
        if _BEHIND_OTHERS.match(text, found.end()) or _BEFORE_OTHERS.search(before):
            continue
        date = iso_date("-".join(found.groups()))
        if date:
            yield date


def _issue_line(lines: list[TopLine]) -> str:
    for line in lines:
        if len(line.text) <= ISSUE_WIDTH and _ISSUED.search(line.text):
            date = next(_plausible(line.text), "") or _in_han_digits(line.text)
            if date:
                return date
    return ""


def _line_of_its_own(lines: list[TopLine]) -> str:
    for line in lines[:HEAD_LINES]:
        begins = DATE_IN_TEXT.match(line.text.lstrip("（( "))
        if begins and len(line.text) <= ISSUE_WIDTH // 2 and not re.search("[，。；]", line.text):
            return _first([begins])
    return ""


def _signature(text: str) -> str:
    """A line near the end that is a date with 年月日 and nothing else."""
    ends = [line.strip("（()） \t\u3000") for line in text[-2000:].splitlines() if line.strip()]
    for line in reversed(ends[-SIGNATURE_LINES:]):
        date = re.sub(r"\s", "", line[:40])
        whole = DATE_IN_TEXT.fullmatch(date.rstrip("日")) or _HAN_DATE.fullmatch(date)
        if whole and "年" in date:
            return _in(date)
    return ""


def _dateline(text: str) -> str:
    """Month and day of a newspaper's dateline, with the latest year that the text dates."""
    found = _DATELINE.search(text[:CHARACTERS])
    latest = max(_plausible(text), default="") if found else ""
    if not (found and latest):
        return ""
    date = iso_date(f"{latest[:4]}-{found[1]}-{found[2]}") or ""
    return date if date >= latest else ""


def _passed(text: str) -> str:
    """The date in a line in parentheses that says what was passed, wherever it stands."""
    return next(filter(None, map(_in, _PASSED.findall(text))), "")


def _short(name: str) -> str:
    """Year and month, else the year, in a name or title; a span of years is neither."""
    single = _SPAN_OF_YEARS.sub(" ", name)
    month = MONTH_IN_NAME.search(single)
    if month:
        return f"{int(month[1])}-{int(month[2] or month[3]):02d}"
    year = YEAR_IN_NAME.search(single)
    return str(int(year[1])) if year else ""
