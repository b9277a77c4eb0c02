"""The verb ``infer_place``: a document's place by its issuer and text, where nobody gave one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from textlab.language.matching import Match
from textlab.places.claims import Frame, Mention, groups, mentions, resolved
from textlab.places.grammar import SENTENCE, is_predicate, left_of
from textlab.places.names import MUNICIPALITIES, Names, year_of
from textlab.places.offices import organ_at
from textlab.places.official import names_of
from textlab.places.references import CITY, REFERENCES

READ = 3000
HEAD_LINES, HEAD_WIDTH = 12, 60
FIRST_PERSONS, LEAST, SHARE = 2, 3, 2 / 3

Named = tuple[Mention, str]

_MEDIUM = re.compile(
    r"(?:日报|晚报|晨报|早报|商报|都市报|特区报|广播|电视|卫视|新闻|发布|在线|观察|网|门户|报业|政务|本地宝)"
)
_BYLINE = re.compile(
    r"(?:日报|晚报|晨报|早报|都市报|特区报|广播电视台|电视台|融媒)[\u4e00-\u9fff]{0,8}?(?:记者|讯|客户端|通讯员|$)",
    re.MULTILINE,
)
_LISTED = re.compile(r"^[（(]?\d{1,2}[.、．)）]")
_CLOSING = ("", "：", ":", "，", " ", "　")
_FIRST_PERSON = {"我省", "我市", "本省", "本市", "我区", "我县", "我州"}


def infer_place(documents: pd.DataFrame, *, known: Iterable[str] | None = None) -> pd.Series:
    """The place of each document by its own evidence: official full names by doc_id.

    Asked in turn, and the first that answers decides: the title (2025年上海市政府工作报告), the
    file's name, the source (眉山日报), the issuer and byline in the first lines (中共乐山市委),
    and what the text itself speaks of, where it says 我市 or 我省 twice and at least two thirds of
    the names that begin a clause are of one place. "" where nothing does, or two places do at
    once. Only the first 3,000 characters are read.

    A document's own ``place`` is not read, so that a guess can be laid beside what was given;
    the column tells which places the study has besides the gazetteer's; where ``documents`` are
    only some of the study's, ``known`` has it of all. Documents that were set aside have none.
    """
    return inferred(documents, names_of(documents["place"].astype(str) if known is None else known))


def inferred(documents: pd.DataFrame, names: Names) -> pd.Series:
    """:func:`infer_place` with the names that are known already."""
    columns = ("doc_id", "title", "file", "source", "date", "text", "set_aside")
    rows = zip(*(documents[column].astype(str).to_numpy() for column in columns), strict=True)
    found = {
        doc_id: "" if aside else _infer(names, title, file, source, year_of(date), text[:READ])
        for doc_id, title, file, source, date, text, aside in rows
    }
    return pd.Series(list(found.values()), index=list(found), dtype="str", name="place")


def _infer(names: Names, title: str, file: str, source: str, year: int, text: str) -> str:
    matches = names.find(text)
    frame = Frame(names, year, named=names.certain([matches], year))
    said = _meant(text, matches, frame)
    # 003_眉山日报 as 眉山日报; 2025年 stays, for it leads to a name.
    stem = re.sub(r"^\d+(?!\d*年)", "", re.sub(r"[_\-.]+", " ", Path(file).stem)).strip()
    steps = (
        _entitled(title[:READ], frame),
        _entitled(stem, frame),
        _published(source, _names_in(source[:READ], frame), _MEDIUM),
        (place for line in _head(text) for place in _issued(line, frame)),
        _published(text, said, _BYLINE),
    )
    for places in steps:
        distinct = set(places)
        if distinct:
            return distinct.pop() if len(distinct) == 1 else ""
    levels = [REFERENCES[name] for *_, name in matches if name in _FIRST_PERSON]
    return _spoken_of(text, said, levels, frame)


def _head(text: str) -> list[str]:
    """The short lines at the top: titles, issuers, datelines."""
    lines = [line.strip("—-#* 　") for line in text.splitlines() if line.strip()][:HEAD_LINES]
    return [line for line in lines if len(line) <= HEAD_WIDTH and not _LISTED.match(line)]


def _names_in(text: str, frame: Frame) -> list[Named]:
    return _meant(text, frame.names.find(text), frame)


def _meant(text: str, matches: list[Match], frame: Frame) -> list[Named]:
    meant = ((mention, resolved(mention, frame)) for mention in mentions(text, matches, frame))
    return [(mention, place) for mention, place in meant if place]


def _entitled(title: str, frame: Frame) -> Iterator[str]:
    """Places that a title begins with as its issuer or subject."""
    for group in groups(title, mentions(title, frame.names.find(title), frame)):
        end = group[-1].end
        full = frame.names.is_full(title[group[-1].start : end])
        ends = title[end : end + 1] in _CLOSING or _MEDIUM.match(title, end)
        if left_of(title, group[0].start) == (SENTENCE, "") and (
            full or ends or organ_at(title, end) or is_predicate(title, end)
        ):
            yield from filter(None, (resolved(mention, frame) for mention in group))


def _published(text: str, said: list[Named], medium: re.Pattern[str]) -> Iterator[str]:
    """Places whose newspaper, broadcaster or site is named."""
    for mention, place in said:
        if left_of(text, mention.start).strength and medium.match(text, mention.end):
            yield place


def _issued(line: str, frame: Frame) -> Iterator[str]:
    """The place whose authority a line begins with: 中共乐山市委, 我代表四川省人民政府."""
    for mention, place in _names_in(line, frame):
        begins = left_of(line, mention.start) == (SENTENCE, "")
        reported = line.endswith("我代表", 0, mention.start)
        if (begins or reported) and organ_at(line, mention.end):
            yield place


def _spoken_of(text: str, said: list[Named], levels: list[str], frame: Frame) -> str:
    """The one place that a text in the first person of a city or province keeps naming."""
    if len(levels) < FIRST_PERSONS:
        return ""
    of_city = CITY in levels
    counted = Counter(
        place
        for mention, place in said
        if left_of(text, mention.start).strength
        and (not frame.names.is_province(place) or place in MUNICIPALITIES) == of_city
    )
    if not counted:
        return ""
    place, number = min(counted.items(), key=lambda item: (-item[1], item[0]))
    return place if number >= LEAST and number >= SHARE * counted.total() else ""
