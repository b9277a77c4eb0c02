"""Finding lexicon terms in text, whatever a segmenter would say (Aho-Corasick)."""

from __future__ import annotations

import re
from collections.abc import Iterable

Match = tuple[int, int, str]

_BROKEN = re.compile("[\ud800-\udfff]")


class Matcher:
    """Finds the given surfaces in texts."""

    def __init__(self, surfaces: Iterable[str]) -> None:
        from ahocorasick_rs import AhoCorasick

        self._surfaces = list(surfaces)
        self._automaton = AhoCorasick(self._surfaces, store_patterns=False)

    def find(self, text: str) -> list[Match]:
        """Every match (start, end, surface), overlapping ones too, by start, longest first."""
        try:
            found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        except UnicodeEncodeError:
            # Half of a surrogate pair, which stands in no term.
            return self.find(_BROKEN.sub("\ufffd", text))
        if not found:
            return []
        surfaces = self._surfaces
        found.sort(key=_by_start)
        return [(start, end, surfaces[at]) for at, start, end in found]


def _by_start(match: tuple[int, int, int]) -> tuple[int, int]:
    return match[1], -match[2]


def leftmost_longest(matches: Iterable[Match]) -> list[Match]:
    """Of matches in the order of :meth:`Matcher.find`, those that remain without overlap."""
    kept: list[Match] = []
    end = 0
    for match in matches:
        if match[0] >= end:
            kept.append(match)
            end = match[1]
    return kept
