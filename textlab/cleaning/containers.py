"""Which texts stand whole in a longer one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from textlab.cleaning.passages import ACROSS, TORN, WITHIN, Passage
from textlab.cleaning.shingles import Places, Shingles

# What keeps the worst case linear: places that one text is compared with.
PLACES = 100

Accepted = Callable[[int, int, int], bool]


def containers_everywhere(texts: Sequence[str]) -> dict[int, int]:
    """Of these letters, all unlike and of ``ACROSS`` or more, those that stand in longer ones.

    For each the longest of these, of several the first. A text all of whose stretches of 12
    characters stand at more than 100 places is looked for at the first 100, those in the longest
    texts.
    """

    def accepted(i: int, j: int, _: int) -> bool:
        return len(texts[i]) < len(texts[j])

    return _standing_in(texts, (), accepted)


def containers_within(passages: Sequence[Passage]) -> dict[int, int]:
    """The passages whose letters stand in a longer one's of their document, as above.

    All are long enough to be copies, and those of a document unlike. Those of fewer than
    ``ACROSS`` characters must stand there from one clause end to another or, if torn, at the
    beginning; those of fewer than ``WITHIN`` are torn.
    """

    def accepted(i: int, j: int, start: int) -> bool:
        return _contained(passages[i], passages[j], start)

    texts = [passage.letters for passage in passages]
    return _standing_in(texts, [passage.document for passage in passages], accepted)


def _standing_in(texts: Sequence[str], scopes: Sequence[int], accepted: Accepted) -> dict[int, int]:
    """Which of the texts stand in another of their scope, and in which."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    order = np.argsort(-lengths, kind="stable").tolist()
    ordered = [texts[i] for i in order]
    shingles = Shingles(ordered, TORN, scopes=[scopes[i] for i in order] if scopes else ())
    perhaps = shingles.perhaps_elsewhere()
    places = Places(shingles, perhaps)
    found = {}
    for number in perhaps.tolist():
        for offset in places.of(number, PLACES).tolist():
            if offset >= shingles.starts[number]:
                break
            if not _stands_at(ordered[number], shingles.joined, offset):
                continue
            at = shingles.text_at(offset)
            if accepted(order[number], order[at], offset - int(shingles.starts[at])):
                found[order[number]] = order[at]
                break
    return found


def _stands_at(text: str, joined: str, offset: int) -> bool:
    """Whether ``text`` is there, and neither end of it cuts a number in two."""
    if offset < 0 or not joined.startswith(text, offset):
        return False
    before, after = joined[max(offset - 1, 0) : offset], joined[offset + len(text)]
    cut_before = before.isdigit() and text[0].isdigit()
    return not cut_before and not (text[-1] + after).isdigit()


def _contained(passage: Passage, other: Passage, start: int) -> bool:
    """Whether ``passage``, whose letters ``other`` has from ``start`` on, is a copy of it."""
    size = len(passage.letters)
    if size >= len(other.letters):
        return False
    if size >= ACROSS or (passage.torn and start == 0):
        return True
    return size >= WITHIN and {start, start + size} <= other.clause_ends
