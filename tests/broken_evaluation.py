"""What pages broken on purpose cost: the last section of ``make evaluate``.

Clean documents are wrapped, letter-spaced and torn by blank lines, or wrapped and each two
blocks of lines swapped, as columns are that a converter read in the wrong order. Then the
terms of the lexicon are counted, by textlab, by textlab without its stitching, and by a plain
search of the broken text.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from tests.broken import (
    Page,
    clean_terms,
    demo_documents,
    provincial_documents,
    terms_in,
    terms_of,
    with_blocks_swapped,
)
from tests.helpers import damaged
from textlab.cleaning.lines import Line, split_lines
from textlab.cleaning.stitching import stitch
from textlab.cleaning.titles import join_titles
from textlab.cleaning.wrapping import group_lines, join_lines

WIDTHS = range(14, 23)


@dataclass
class Costs:
    """Terms lost and gained by one way of counting pages broken in one way."""

    lost: int = 0
    gained: int = 0

    def add(self, found: Counter[str], expected: Counter[str]) -> None:
        self.lost += (expected - found).total()
        self.gained += (found - expected).total()

    def shown(self, terms: int) -> str:
        share = 100 * (self.lost + self.gained) / max(terms, 1)
        return f"{self.lost:>5} + {self.gained:<4} {share:6.2f}%"


@dataclass
class Breakage:
    """What one way of breaking does to the documents of a corpus."""

    terms: int = 0
    textlab: Costs = field(default_factory=Costs)
    unstitched: Costs = field(default_factory=Costs)
    plain: Costs = field(default_factory=Costs)
    stitches: int = 0
    right: int = 0

    def add(self, page: Page, expected: Counter[str]) -> None:
        groups = _groups(page.text)
        self.terms += expected.total()
        self.textlab.add(terms_in(page.text), expected)
        self.unstitched.add(terms_of(join_lines(group).text for group in groups), expected)
        self.plain.add(terms_of([page.text]), expected)
        made = _stitches(groups)
        self.stitches += len(made)
        self.right += _right(made, page)


def _groups(raw: str) -> list[list[Line]]:
    """The groups of lines of a page before any is stitched."""
    found = group_lines(list(split_lines(raw)))
    return join_titles([group.lines for group in found if not group.furniture])


def _stitches(groups: Sequence[list[Line]]) -> list[tuple[Line, Line]]:
    """The two lines of each seam that stitching has closed."""
    before = {(id(one), id(other)) for group in groups for one, other in pairwise(group)}
    return [
        (one, other)
        for group in stitch(groups)
        for one, other in pairwise(group)
        if (id(one), id(other)) not in before
    ]


def _right(made: Sequence[tuple[Line, Line]], page: Page) -> int:
    """How many of the stitches join two lines that follow each other in the true text."""
    ends = [end - 1 for end in accumulate(len(line) + 1 for line in page.lines)]
    printed = [number for number, line in zip(page.order, page.lines, strict=True) if line.strip()]
    following = dict(pairwise(sorted(printed)))

    def number(line: Line) -> int:
        return page.order[bisect_left(ends, line.after)]

    return sum(following.get(number(one)) == number(other) for one, other in made)


def broken_pages(documents: Mapping[str, Sequence[str]], times: int) -> tuple[Breakage, Breakage]:
    """The documents wrapped, and with blocks swapped, each ``times`` times."""
    wrapped, swapped = Breakage(), Breakage()
    for name, paragraphs in documents.items():
        expected = clean_terms(paragraphs)
        for time in range(times):
            rng = random.Random(f"{time} {name}")
            lines = damaged(paragraphs, rng.choice(WIDTHS), rng).split("\n")
            wrapped.add(Page(lines, list(range(len(lines)))), expected)
            rng = random.Random(f"{time} {name}")
            swapped.add(with_blocks_swapped(paragraphs, rng.choice(WIDTHS), rng), expected)
    return wrapped, swapped


def report_broken() -> None:
    """The costs of both breakages for the demo corpus and the provincial reports."""
    print("\npages broken on purpose: terms of the lexicon lost + gained, and their share")
    for name, documents, times in (
        ("demo", demo_documents(), 8),
        ("provincial-2025", provincial_documents(), 1),
    ):
        if not documents:
            print(f"{name}: left out, its texts are not there")
            continue
        found = dict(zip(("wrapped", "swapped"), broken_pages(documents, times), strict=True))
        often = f", each broken {times} times" if times > 1 else ""
        print(f"{name}: {len(documents)} documents{often}, {found['wrapped'].terms:,} terms")
        print(f"{'':<12}{'textlab':^20}{'not stitched':^20}{'plain search':^20}   stitches, right")
        for what, breakage in found.items():
            ways = (breakage.textlab, breakage.unstitched, breakage.plain)
            cells = "".join(f"{way.shown(breakage.terms):^20}" for way in ways)
            print(f"{what:<12}{cells}   {breakage.stitches:>8} {breakage.right:>6}")
