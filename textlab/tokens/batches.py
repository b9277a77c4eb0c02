"""Texts -> their pieces and terms: what worker processes run.

It imports no pandas, so that they start soon.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate, compress
from typing import Literal, NamedTuple

from textlab.language.matching import Match, Matcher, leftmost_longest
from textlab.language.segmenter import Engine, cut
from textlab.tokens.crossings import Crossing, judge
from textlab.tokens.kinds import expressions
from textlab.tokens.overlay import overlay
from textlab.tokens.relations import own_matches, relations

Paragraph = tuple[str, str, str]
Accidents = Literal["left out", "counted"]
# Stands behind every paragraph where they are joined.
SEPARATOR = "\0"
# Paragraphs are joined to so many characters: a call for each takes longer, and so do strings
# that are too many for the processor's cache.
GROUP = 3000
_KEPT: list[Segmenter] = []


class Rules(NamedTuple):
    """How texts are segmented, and which terms are found in them.

    ``heads`` maps each surface to the head term that it counts for, ``verdicts`` terms to what
    the study says of their crossings.
    """

    heads: Mapping[str, str]
    verdicts: Mapping[str, str] = {}
    engine: Engine = "fast"
    hmm: bool = True
    accidents: Accidents = "left out"


class Occurrence(NamedTuple):
    """A row of the table ``occurrences``."""

    para_id: str
    doc_id: str
    keyword: str
    surface: str
    start: int
    end: int
    relation: str


class Crossed(NamedTuple):
    """A match that cuts a word of plain jieba, and what was decided."""

    para_id: str
    doc_id: str
    term: str
    surface: str
    start: int
    end: int
    word: str
    verdict: str
    rule: str


class Numbers(dict[str, int]):
    """A number for every text that is asked for, in the order of asking."""

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        return number


@dataclass
class Batch:
    """What some paragraphs hold: their pieces, flat, and their terms.

    The pieces join to the texts, with a separator behind each: ``codes`` are their numbers among
    the ``distinct`` ones. ``sizes`` is how many each paragraph has, its separator included, which
    is the last; ``marks`` are the pieces that are lexicon terms. ``plain`` counts the surfaces
    that are words of plain jieba.
    """

    paragraphs: list[Paragraph] = field(default_factory=list)
    distinct: Numbers = field(default_factory=Numbers)
    codes: array[int] = field(default_factory=partial(array, "q"))
    sizes: list[int] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    occurrences: list[Occurrence] = field(default_factory=list)
    crossings: list[Crossed] = field(default_factory=list)
    plain: dict[str, int] = field(default_factory=dict)
    records: bool = True


def segmenter(rules: Rules) -> Segmenter:
    """The segmenter of these rules: one is kept, since batches of the same rules come in a row."""
    if not _KEPT or _KEPT[0].rules != rules:
        _KEPT[:] = [Segmenter(rules)]
    return _KEPT[0]


class Segmenter:
    """Segments paragraphs by fixed rules."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._matcher = Matcher(rules.heads)

    def batch(self, paragraphs: Iterable[Paragraph], *, records: bool = True) -> Batch:
        """The pieces of ``paragraphs`` (para_id, doc_id, text), and records of their terms.

        Without ``records`` occurrences, crossings and plain counts are left empty, in less time.
        """
        batch = Batch(records=records)
        group: list[Paragraph] = []
        length = 0
        for paragraph in paragraphs:
            group.append(paragraph)
            length += len(paragraph[2])
            if length > GROUP:
                self._add(group, batch)
                group, length = [], 0
        if group:
            self._add(group, batch)
        return batch

    def _add(self, group: list[Paragraph], batch: Batch) -> None:
        rules = self.rules
        # The separator is of no block and in no term, so what is beside it does not touch it.
        text = "".join([f"{paragraph[2]}{SEPARATOR}" for paragraph in group])
        words = cut(text, rules.engine, hmm=rules.hmm)
        ends = list(accumulate(map(len, words)))
        at = _Places(group)
        counted = self._counted(text, words, ends, at, batch)
        laid, own = _with_expressions(leftmost_longest(counted), expressions(text))
        if laid:
            words, marks = overlay(text, words, ends, laid, engine=rules.engine, hmm=rules.hmm)
            first = len(batch.codes)
            batch.marks += [first + mark for mark in compress(marks, own)]
        batch.paragraphs += group
        batch.codes.extend(map(batch.distinct.__getitem__, words))
        batch.sizes += _sizes(words) if text.count(SEPARATOR) == len(group) else at.sizes(words)

    def _counted(
        self, text: str, words: list[str], ends: list[int], at: _Places, batch: Batch
    ) -> list[Match]:
        """The matches that are counted; what else is said of them goes into ``batch``."""
        matches = self._matcher.find(text)
        found = own_matches(matches, self.rules.heads)
        crossings = judge(text, ends, found, self.rules.verdicts)
        if batch.records:
            _count_plain(words, ends, matches, batch.plain)
        accidents = set()
        if self.rules.accidents == "left out":
            accidents = {crossing[:3] for crossing in crossings if crossing.verdict == "accident"}
        counted = [match for match in found if match not in accidents] if accidents else found
        if batch.records:
            self._record(counted, crossings, at, batch)
        return counted

    def _record(
        self, counted: list[Match], crossings: list[Crossing], at: _Places, batch: Batch
    ) -> None:
        heads = self.rules.heads
        for start, end, surface, *rest in crossings:
            para_id, doc_id, begin = at.of(start)
            span = start - begin, end - begin
            batch.crossings.append(Crossed(para_id, doc_id, heads[surface], surface, *span, *rest))
        for (start, end, surface), how in relations(counted):
            para_id, doc_id, begin = at.of(start)
            span = start - begin, end - begin
            batch.occurrences.append(
                Occurrence(para_id, doc_id, heads[surface], surface, *span, how)
            )


class _Places:
    """Offsets in joined paragraphs -> the paragraph, and offsets in it."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self._paragraphs = paragraphs
        self._ends = list(accumulate(len(text) + 1 for _, _, text in paragraphs))

    def of(self, offset: int) -> tuple[str, str, int]:
        """para_id and doc_id of the paragraph at ``offset``, and where it begins."""
        number = bisect_right(self._ends, offset)
        para_id, doc_id, _ = self._paragraphs[number]
        return para_id, doc_id, self._ends[number - 1] if number else 0

    def sizes(self, pieces: Sequence[str]) -> Iterator[int]:
        """How many of ``pieces`` each paragraph has, whatever characters it holds."""
        ends = list(accumulate(map(len, pieces)))
        before = 0
        for end in self._ends:
            number = bisect_left(ends, end, before) + 1
            yield number - before
            before = number


def _sizes(pieces: list[str]) -> Iterator[int]:
    """How many of ``pieces`` each paragraph has, where no text has the separator in it."""
    before = 0
    while before < len(pieces):
        behind = pieces.index(SEPARATOR, before) + 1
        yield behind - before
        before = behind


def _with_expressions(terms: list[Match], joined: list[Match]) -> tuple[list[Match], list[bool]]:
    """Terms and, where there is none, expressions, in order; and which are terms."""
    if not joined:
        return terms, [True] * len(terms)
    starts = [start for start, _, _ in terms]
    free = [
        (start, end, text)
        for start, end, text in joined
        # Terms do not overlap, so only the last that begins before its end can meet it.
        if not (before := bisect_left(starts, end)) or terms[before - 1][1] <= start
    ]
    both = sorted([*((*term, True) for term in terms), *((*match, False) for match in free)])
    return [match[:3] for match in both], [match[3] for match in both]


def _count_plain(
    words: Sequence[str], ends: Sequence[int], matches: Sequence[Match], plain: dict[str, int]
) -> None:
    """Count the matches of each surface that are words of plain jieba already."""
    for _, end, surface in matches:
        number = bisect_left(ends, end)
        if ends[number] == end and words[number] == surface:
            plain[surface] = plain.get(surface, 0) + 1
