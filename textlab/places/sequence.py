"""Paragraph after paragraph: what each says, and what goes on from the one before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from textlab.language.matching import Match
from textlab.places.claims import NOTHING, Frame, Reading, read
from textlab.places.judgement import Memory, Verdict, carried, judge, leaves_open
from textlab.places.names import Names
from textlab.places.references import with_offices

BY_TEXT = ("subject", "speaker", "carried", "heading")
OFFICIAL = re.compile(
    r"(?:政府工作报告|决定|决议|意见|方案|计划|规划|纲要|条例|办法|通知|批复|公报|工作要点)(?:[（(][^（）()]*[）)])?$"
)


class Paragraph(NamedTuple):
    """What attribution reads of a paragraph; ``row`` is where it stands in the table."""

    row: int
    article: int
    role: str
    text: str


def attribute(
    rows: Sequence[Paragraph], names: Names, own: Verdict, year: int, title: str = ""
) -> list[Verdict]:
    """Place and basis of the paragraphs of one document, in order.

    ``own``: the document's place and its basis. In a document that is an authority's own word
    by its ``title`` (a decision, a plan, a government's report) no other place speaks.
    """
    texts = [row.text if row.role != "furniture" else "" for row in rows]
    found, offices = names.find_all(texts), with_offices(texts)
    teller = Teller(Frame(names, year, *own, names.certain(found, year)), OFFICIAL.search(title))
    verdicts: list[Verdict] = []
    for number, (row, matches) in enumerate(zip(rows, found, strict=True)):
        told = teller.tell(row, matches if matches or number in offices else None)
        verdicts.append(told)
        memory = teller.memory
        if row.role == "body" and (memory.open_quote or memory.waiting):
            # Who speaks is often said only where the quotation ends.
            for earlier in memory.settle(number, told[1], by_text=told[1] in BY_TEXT):
                verdicts[earlier] = (told[0], "carried")
    return verdicts


class Teller:
    """Tells the place of one paragraph of a document after the other."""

    def __init__(self, frame: Frame, official: object) -> None:
        self.frame = frame
        self.official = bool(official and frame.place)
        self.article = 0
        self.memory = Memory()

    def tell(self, row: Paragraph, matches: Sequence[Match] | None) -> Verdict:
        """The place of a paragraph and its basis; ``matches``: None if it names nothing."""
        if row.role == "furniture":
            return self.frame.own
        if row.article != self.article:
            self.memory, self.article = Memory(), row.article
        reading, verdict = NOTHING, None
        if matches is not None:
            reading = read(row.text, matches, self.frame)
            verdict = self._allowed(judge(row.text, reading, self.frame, self.memory))
        if row.role == "body":
            return self._of_body(row.text, reading, verdict)
        if row.role == "heading":
            scope = verdict[0] if verdict and verdict[1] in BY_TEXT else ""
            self.memory = Memory(heading=scope, holders=self.memory.holders)
        return verdict or self.frame.own

    def _allowed(self, verdict: Verdict | None) -> Verdict | None:
        another = verdict and verdict[0] != self.frame.place
        return None if self.official and another else verdict

    def _of_body(self, text: str, reading: Reading, verdict: Verdict | None) -> Verdict:
        memory = self.memory
        if verdict is None and (memory.place or memory.holders):
            verdict = self._allowed(carried(text, reading.named, self.frame, memory))
        heading = (memory.heading, "heading") if memory.heading else self.frame.own
        told = verdict or heading
        if reading.claims:
            memory.remember(reading.claims)
        # 在四川， sets the scene of its own paragraph only.
        scene = bool(reading.claims) and reading.claims[0].kind == "topic"
        memory.place = told[0] if told[1] in BY_TEXT and not scene else ""
        memory.open_quote = leaves_open(text, memory.open_quote)
        return told
