"""Columns in the wrong order: pieces of a sentence that a page holds far apart, joined again.

A *seam* is where one line meets the next. It is loose if the sentence goes on there and yet no
word runs across. The end at one loose seam and the start at another are stitched where they
make a word of the dictionary and characters of the same document speak for it; nothing else may
come near. So are a quotation that is left open and one, the only one around, that is closed
without having been opened. All others stay as they stand.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from typing import NamedTuple

from textlab.cleaning.lines import Line
from textlab.cleaning.roles import begins_anew, is_prose, is_terminated
from textlab.cleaning.seams import HAN_CHARACTER, is_fragment_end, is_fragment_start, pull
from textlab.language.cohesion import REACH, gains, term_across
from textlab.language.matching import Matcher

# Nats, the second value between blank lines. `make evaluate` shows how many of the stitches that
# these bounds let through are right, on texts whose columns were swapped on purpose.
LEAST = 6.0
CONFIRMED, ALONE = (15.0, 8.0), (20.0, 12.0)
RIVAL = 3.0
# How many lines, and for quotations groups, an end looks at on either side: a line of a long
# file costs no more than one of a short file.
WINDOW, NEAR = 120, 60
QUOTATION = re.compile("[“”]")

Group = list[Line]
Link = tuple[int, int]


class Stitch(NamedTuple):
    """Line ``end`` may go on at line ``start``; ``pull`` is how strongly."""

    pull: float
    end: int
    start: int


def stitch(groups: Sequence[Group]) -> list[Group]:
    """The groups with far pieces joined, each where its first piece stood.

    A line that was taken from the middle of a group leaves two groups behind.
    """
    return _close_quotations(_join_words(groups))


def _join_words(groups: Sequence[Group]) -> list[Group]:
    lines = [line for group in groups for line in group]
    ends, starts = _loose(groups, lines)
    found = _stitches(lines, ends, starts)
    if not found:
        return list(groups)
    chains = _chains(len(lines), [*_sure(_unrivalled(found), lines), *_neighbours(groups)])
    return [[lines[at] for at in chain] for chain in chains]


def _loose(groups: Sequence[Group], lines: Sequence[Line]) -> tuple[list[int], list[int]]:
    """The lines that stop, and those that begin, in mid-sentence at a seam without a word."""
    prose = [flag for group in groups for flag in [is_prose(group)] * len(group)]
    ends = [
        at
        for at, line in enumerate(lines)
        if HAN_CHARACTER.match(line.text[-1]) and prose[at] and not _word_behind(lines, at)
    ]
    starts = [
        at
        for at, line in enumerate(lines)
        if HAN_CHARACTER.match(line.text)
        and _is_near(ends, at)
        and prose[at]
        and not begins_anew(line)
        and _breaks_off(lines, at)
    ]
    return ends, starts


def _word_behind(lines: Sequence[Line], at: int) -> bool:
    """Whether a word runs from line ``at`` into the next one."""
    return at + 1 < len(lines) and pull(lines[at].text, lines[at + 1].text) > 0


def _breaks_off(lines: Sequence[Line], at: int) -> bool:
    """Whether what line ``at`` begins with has its beginning elsewhere."""
    if at == 0 or is_terminated(lines[at - 1].text):
        return is_fragment_start(lines[at].text)
    return not _word_behind(lines, at - 1)


def _stitches(lines: Sequence[Line], ends: Sequence[int], starts: Sequence[int]) -> list[Stitch]:
    """Every end with every start near it that a word could join."""
    found = []
    heads = {start: lines[start].text[:REACH] for start in starts}
    for end in ends:
        before = lines[end].text
        low, high = bisect_left(starts, end - WINDOW), bisect_right(starts, end + WINDOW)
        near = [start for start in starts[low:high] if start - end not in (0, 1)]
        strengths = gains(before, [heads[start] for start in near])
        found += [
            Stitch(strength, end, start)
            for strength, start in zip(strengths, near, strict=True)
            if strength >= RIVAL
        ]
    return found


def _unrivalled(found: Sequence[Stitch]) -> list[Stitch]:
    """The stitches to which neither of their lines has an alternative, strongest first."""
    best: dict[Link, list[float]] = defaultdict(list)
    for strength, end, start in found:
        best[0, end].append(strength)
        best[1, start].append(strength)

    def clear(side: Link, strength: float) -> bool:
        return sum(other > strength - RIVAL for other in best[side]) == 1

    kept = [s for s in found if s.pull >= LEAST and clear((0, s.end), s.pull)]
    return sorted(s for s in kept if clear((1, s.start), s.pull))[::-1]


def _sure(stitches: Sequence[Stitch], lines: Sequence[Line]) -> list[Link]:
    """The stitches that pieces of words on both sides, or the document's own words, confirm."""
    seams = {
        seam
        for s in stitches
        for seam in ((s.end, s.start), (s.end, s.end + 1), (s.start - 1, s.start))
        if seam[0] >= 0 and seam[1] < len(lines)
    }
    parts = {seam: _across(lines[seam[0]].text, lines[seam[1]].text) for seam in seams}
    text = "\n".join(line.text for line in lines)
    # In one pass: a search for each would take longer the longer the document is.
    found = Matcher({part for around in parts.values() for part in around}).find(text)
    there = {surface for _, _, surface in found}
    known = {seam for seam, (_, *three) in parts.items() if not there.isdisjoint(three)}
    proven = {seam for seam, (four, *_) in parts.items() if four in there}
    return [(s.end, s.start) for s in stitches if _is_sure(s, lines, known, proven)]


def _across(before: str, behind: str) -> tuple[str, str, str]:
    """The characters around a seam: two and two, two and one, one and two."""
    return before[-2:] + behind[:2], before[-2:] + behind[:1], before[-1:] + behind[:2]


def _is_sure(stitch: Stitch, lines: Sequence[Line], known: Set[Link], proven: Set[Link]) -> bool:
    """Whether pieces of words on both sides, or the document's own words, confirm the stitch.

    ``known``, ``proven``: the seams of which the document has three, or four, characters
    elsewhere too. Where it has those of either seam as it is now, nothing is moved. Between blank
    lines less is asked, for columns end at blank lines.
    """
    end, start = stitch.end, stitch.start
    if (end, end + 1) in known or (start - 1, start) in known:
        return False
    before, behind = lines[end].text, lines[start].text
    pieces = is_fragment_end(before) + is_fragment_start(behind)
    apart = lines[start].gap > 0 and (end + 1 == len(lines) or lines[end + 1].gap > 0)
    if pieces + apart >= 2 and (end, start) in proven:
        return True
    confirmed = (end, start) in known or term_across(before, behind)
    needed = CONFIRMED[apart] if confirmed else ALONE[apart]
    return pieces == 2 and stitch.pull >= needed


def _neighbours(groups: Iterable[Group]) -> list[Link]:
    """Each line of a group and the next one of it, as numbers of all lines."""
    links, at = [], 0
    for group in groups:
        links += [(number, number + 1) for number in range(at, at + len(group) - 1)]
        at += len(group)
    return links


def _chains(size: int, links: Iterable[Link]) -> list[list[int]]:
    """The numbers below ``size`` in chains along the links, each where its first number stands.

    Of two links that contradict each other the first one holds; no chain bites its own tail.
    """
    behind: dict[int, int] = {}
    begun: set[int] = set()
    parent = list(range(size))

    def chain(at: int) -> int:
        while parent[at] != at:
            parent[at] = at = parent[parent[at]]
        return at

    for end, start in links:
        if end not in behind and start not in begun and chain(end) != chain(start):
            behind[end] = start
            begun.add(start)
            parent[chain(start)] = chain(end)
    return [_followed(behind, at) for at in range(size) if at not in begun]


def _followed(behind: dict[int, int], at: int) -> list[int]:
    chain = [at]
    while chain[-1] in behind:
        chain.append(behind[chain[-1]])
    return chain


def _close_quotations(groups: list[Group]) -> list[Group]:
    """The groups, those joined that hold the two halves of one quotation.

    Only a sentence that stops inside of it leaves a half: of a quotation that runs over several
    paragraphs, each ends as a sentence does. Each half must be the only one near the other, and
    a word run across where text lies between them.
    """
    halves = [_quotation(group) for group in groups]
    opened = [at for at, (_, unclosed) in enumerate(halves) if unclosed and _stops(groups[at])]
    closed = [at for at, (unopened, _) in enumerate(halves) if unopened and _goes_on(groups, at)]
    links = []
    for end in opened:
        near = _near(closed, end)
        if len(near) == 1 and _near(opened, near[0]) == [end] and _fit(groups, end, near[0]):
            links.append((end, near[0]))
    if not links:
        return groups
    chains = _chains(len(groups), links)
    return [[line for at in chain for line in groups[at]] for chain in chains]


def _quotation(group: Group) -> tuple[int, int]:
    """How many quotation marks close what nothing opened, and how many are left open."""
    texts = [line.text for line in group]
    if not [text for text in texts if text.count("“") != text.count("”")]:
        return 0, 0
    unopened = depth = 0
    for mark in QUOTATION.findall("".join(texts)):
        depth += 1 if mark == "“" else -1
        if depth < 0:
            unopened, depth = unopened + 1, 0
    return unopened, depth


def _stops(group: Group) -> bool:
    return bool(HAN_CHARACTER.match(group[-1].text[-1])) and is_prose(group)


def _fit(groups: Sequence[Group], end: int, start: int) -> bool:
    return start == end + 1 or pull(groups[end][-1].text, groups[start][0].text) > 0


def _goes_on(groups: Sequence[Group], at: int) -> bool:
    line = groups[at][0]
    return at > 0 and not begins_anew(line) and bool(HAN_CHARACTER.match(line.text))


def _is_near(ends: Sequence[int], at: int) -> bool:
    """Whether a stitch could lead to line ``at``: an end lies in its window."""
    return bisect_left(ends, at - WINDOW) < bisect_right(ends, at + WINDOW)


def _near(sorted_numbers: Sequence[int], at: int) -> list[int]:
    low, high = bisect_left(sorted_numbers, at - NEAR), bisect_right(sorted_numbers, at + NEAR)
    return [number for number in sorted_numbers[low:high] if number != at]
