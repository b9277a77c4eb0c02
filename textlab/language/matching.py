"""Finding lexicon terms in text, whatever a segmenter would say (Aho-Corasick)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Match = tuple[int, int, str]


class Matcher:
    """Finds the given surfaces in texts."""

    def __init__(self, surfaces: Iterable[str]) -> None:
        import ahocorasick

        self._automaton: Any = ahocorasick.Automaton()
        for surface in surfaces:
            self._automaton.add_word(surface, surface)
        if len(self._automaton):
            self._automaton.make_automaton()

    def find(self, text: str) -> list[Match]:
        """Every match (start, end, surface), overlapping ones too, by start, longest first."""
        if not len(self._automaton):
            return []
        found = [
            (end + 1 - len(surface), end + 1, surface)
            for end, surface in self._automaton.iter(text)
        ]
        return sorted(found, key=lambda match: (match[0], -match[1]))


def leftmost_longest(matches: Iterable[Match]) -> list[Match]:
    """Of matches in the order of :meth:`Matcher.find`, those that remain without overlap."""
    kept: list[Match] = []
    end = 0
    for match in matches:
        if match[0] >= end:
            kept.append(match)
            end = match[1]
    return kept
