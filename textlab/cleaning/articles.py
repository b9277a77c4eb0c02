"""Several articles on one page, told apart, each with its title on whichever side it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from textlab.cleaning.roles import NUMBERING
from textlab.language.punctuation import HAN

# 本报讯（记者 …）, 新华社北京7月8日电, 央视网消息（新闻联播）：
DATELINE = re.compile(
    r"[\[【（(]?(?:本报|本台|[\u4e00-\u9fff]{2,6}(?:社|网|日报|晚报|电视台))"
    r"[^，。；]{0,24}?(?:讯|电|消息)(?:[（(）)：:，]|记者|\s|$)|【?本报讯"
)
BYLINE = re.compile(r"[□■●◆▲○◎]?\s*\S{0,20}(?:记者|通讯员)")
INFOGRAPHIC = re.compile(r"一图(?:读懂|看懂|速览)|图解|图说")
# A title that stands last shares so many of its pairs of characters with the paragraphs before
# it, so many of them on either side being compared, and that many times more than behind it.
SHARE, REACH, AFFINITY = 0.3, 20, 2.0
HAN_PAIR = re.compile(f"(?=([{HAN}]{{2}}))")


class Part(NamedTuple):
    """A paragraph as far as articles are concerned."""

    role: str
    text: str


class _Block(NamedTuple):
    """Headings and furniture, from ``start`` up to ``end``, between two stretches of text."""

    start: int
    end: int


def number_articles(parts: Sequence[Part]) -> list[int]:
    """The article, from 1, of each paragraph of a page, in reading order.

    A new article begins where a dateline (本报讯, 新华社…电) opens the text, where a heading and a
    byline stand together, and at an infographic (一图读懂). Its title stands before it, unless
    the page begins with text: then titles come last, and the one at the foot of the page is that
    of the last article.
    """
    starts = set(_starts(parts))
    article, numbers = 1, []
    for at in range(len(parts)):
        article += at in starts
        numbers.append(article)
    return numbers


def _starts(parts: Sequence[Part]) -> Iterator[int]:
    roles = [role for role, _ in parts if role != "furniture"]
    title_last = bool(roles) and roles[0] == "body"
    begun = 0
    for block in _blocks(parts):
        if block.start == 0:
            continue
        titled = _after_title(parts, block, begun) if title_last else _before_title(parts, block)
        if titled is not None and titled < len(parts):
            yield titled
            begun = titled


def _blocks(parts: Sequence[Part]) -> Iterator[_Block]:
    """The stretches without body text, and the empty one before a dateline in mid-text."""
    start = 0
    for at, (role, text) in enumerate(parts):
        if role in ("body", "caption"):
            if start < at or DATELINE.match(text):
                yield _Block(start, at)
            start = at + 1
    if start < len(parts):
        yield _Block(start, len(parts))


def _before_title(parts: Sequence[Part], block: _Block) -> int | None:
    """Where an article begins in a page whose titles stand first: at its first heading."""
    inside = range(block.start, block.end)
    headings = [at for at in inside if _is_title(parts[at])]
    first = headings[0] if headings else block.end
    signed = any(_is_byline(parts[at]) for at in inside if at > first)
    drawn = any(INFOGRAPHIC.match(parts[at].text) for at in headings)
    return first if drawn or (headings and signed) or _has_dateline(parts, block) else None


def _after_title(parts: Sequence[Part], block: _Block, begun: int) -> int | None:
    """Where the next article begins in a page whose titles stand last: behind the heading."""
    headings = [at for at in range(block.start, block.end) if _is_title(parts[at])]
    if not headings:
        return block.end if _has_dateline(parts, block) else None
    behind = headings[-1] + 1
    if _has_dateline(parts, block) or any(map(_is_byline, parts[behind : block.end])):
        return behind
    title = _pairs(parts[at] for at in headings)
    before = _pairs(parts[max(begun, block.start - REACH) : block.start])
    after = _pairs(parts[block.end : block.end + REACH])
    shared = len(title & before)
    own = shared >= SHARE * len(title) and shared >= AFFINITY * len(title & after)
    return behind if own else None


def _is_title(part: Part) -> bool:
    return part.role == "heading" and not NUMBERING.match(part.text)


def _is_byline(part: Part) -> bool:
    return part.role == "furniture" and bool(BYLINE.match(part.text))


def _has_dateline(parts: Sequence[Part], block: _Block) -> bool:
    """Whether a dateline opens the text behind the block, or stands in it on a line of its own."""
    return any(DATELINE.match(text) for _, text in parts[block.start : block.end + 1])


def _pairs(parts: Iterable[Part]) -> set[str]:
    return {pair for part in parts for pair in HAN_PAIR.findall(part.text)}
