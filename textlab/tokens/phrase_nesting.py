"""Phrases within phrases: which of them is the phrase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from textlab.tokens.phrase_candidate import Candidate
from textlab.tokens.phrase_words import SUFFIXES

# So much of a phrase's occurrences stand in one longer phrase: then that is the phrase.
INSIDE = 0.8


def resolve(candidates: Iterable[Candidate]) -> list[Candidate]:
    """``candidates`` without those that are only a part, or only a combination, of others.

    A phrase goes where a longer one holds 80% of its occurrences. Of what remains, a longer
    phrase goes where one that it holds has the higher score: 推动 with 高质量发展 is a free
    combination, 现代化 with 产业体系 is not. What is mostly in quotation marks stays.
    """
    found = {one.phrase: one for one in candidates}
    parts = {inner.phrase for inner, outer in _pairs(found) if _is_part(inner, outer)}
    left = {phrase: one for phrase, one in found.items() if phrase not in parts}
    free = {
        outer.phrase
        for inner, outer in _pairs(left)
        if not outer.is_quoted and inner.score > outer.score and not _is_derived(inner, outer)
    }
    return [one for phrase, one in left.items() if phrase not in free]


def _is_part(inner: Candidate, outer: Candidate) -> bool:
    return outer.count >= INSIDE * inner.count and not (inner.is_quoted and not outer.is_quoted)


def _is_derived(inner: Candidate, outer: Candidate) -> bool:
    """成眉同城化 is made from 成眉同城, it is no combination of it with another word."""
    return outer.phrase.startswith(inner.phrase) and outer.phrase[len(inner.phrase) :] in SUFFIXES


def _pairs(found: dict[str, Candidate]) -> Iterator[tuple[Candidate, Candidate]]:
    """Every phrase with every longer one that holds it."""
    for phrase, outer in found.items():
        for inside in _within(phrase):
            if inside in found:
                yield found[inside], outer


def _within(phrase: str) -> Sequence[str]:
    size = len(phrase)
    return sorted(
        {
            phrase[start:end]
            for start in range(size)
            for end in range(start + 2, size + 1)
            if end - start < size
        }
    )
