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

# Written for these tests: columns read in the wrong order. In the first one the block of one
# line belongs before the block of two lines, and 经济平稳发展 is broken.
BACKWARD = """\
　　上半年，有关部门深入一线开展服务，

展，市场预期明显改善，外贸订单持续回
升，企业家的信心更足了。

摸清堵点难点，想方设法保持经济平稳发

　　下一步，要让经济平稳发展，让服务更
加完善，让群众得到实惠。"""
STITCHED_BACKWARD = "保持经济平稳发展，市场预期明显改善，外贸订单持续回升，企业家的信心更足了。"
# In the second one the block that begins with 傍晚 stands within 新质生产力.
FORWARD = """\
　　会上，代表们谈得最多的是产业，他们
建议因地制宜，在转型中加快培育新质

　　傍晚，文化广场灯火通明，人们沿着河
岸散步，孩子们在草地上追逐嬉戏，歌声

生产力，让老厂区焕发新活力。
　　新质生产力是方向，完善服务是保障。"""
STITCHED_FORWARD = "加快培育新质生产力，让老厂区焕发新活力。"


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
