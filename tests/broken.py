"""Clean documents, and what broken pages of them still hold of the lexicon's terms."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.demo_source.build import read_source
from tests.helpers import DEMO_SOURCE, wrap
from textlab.cleaning.paragraphs import clean_text
from textlab.language.lexicon import read_lexicon
from textlab.language.matching import Matcher

PROVINCIAL = Path(__file__).resolve().parents[2] / "shared/corpora/provincial-2025"
SHORTEST_BLOCK, LONGEST_BLOCK = 8, 20


class Page(NamedTuple):
    """The lines of a page as a converter gives them, and of each its number in the true text."""

    lines: list[str]
    order: list[int]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def demo_documents() -> dict[str, list[str]]:
    """Titles, headings and paragraphs of the project's own sources, by document."""
    return {
        path.stem: [element.text for element in read_source(path).own]
        for path in sorted(DEMO_SOURCE.glob("*.txt"))
    }


def provincial_documents() -> dict[str, list[str]]:
    """The paragraphs of the provincial reports, by document; none where they are not there."""
    return {path.stem: _paragraphs(path) for path in sorted(PROVINCIAL.glob("*.docx"))}


def _paragraphs(path: Path) -> list[str]:
    import docx

    texts = (paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    return [line.strip() for text in texts for line in text.split("\n") if line.strip()]


def with_blocks_swapped(
    paragraphs: Sequence[str], width: int, rng: random.Random, *, indent: str = "　　"
) -> Page:
    """The paragraphs wrapped, and each two blocks of 8 to 20 lines in the wrong order."""
    lines = [
        line if number else indent + line
        for paragraph in paragraphs
        for number, line in enumerate(wrap(paragraph, width))
    ]
    blocks = []
    at = 0
    while at < len(lines):
        size = rng.randint(SHORTEST_BLOCK, LONGEST_BLOCK)
        blocks.append(list(range(len(lines))[at : at + size]))
        at += size
    order = [
        number
        for at in range(0, len(blocks), 2)
        for block in reversed(blocks[at : at + 2])
        for number in block
    ]
    return Page([lines[number] for number in order], order)


@cache
def _matcher() -> Matcher:
    return Matcher(read_lexicon()["term"])


def terms_of(texts: Iterable[str]) -> Counter[str]:
    """How often each term of the lexicon stands in the texts, nested ones too."""
    return Counter(surface for text in texts for _, _, surface in _matcher().find(text))


def terms_in(raw: str) -> Counter[str]:
    """How often each term of the lexicon stands in what is counted of a decoded file."""
    return terms_of(traced.text for role, traced in clean_text(raw) if role != "furniture")


def clean_terms(paragraphs: Sequence[str]) -> Counter[str]:
    """How often each term stands in a document that is not broken."""
    return terms_in("\n\n".join(paragraphs))


def differing(found: Counter[str], expected: Counter[str]) -> int:
    """The absolute differences of all counts, added up."""
    return sum(abs(found[term] - expected[term]) for term in found | expected)
