"""Phrases that stand once: what else tells that they are phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import numpy as np

from textlab.language.punctuation import HAN
from textlab.tokens.phrase_candidate import Candidate, is_unknown
from textlab.tokens.phrase_grams import LETTERS, LONGEST, Joined, Level
from textlab.tokens.phrase_measures import CLOSING, OPENING, Surroundings, cohesion

_QUOTED = re.compile(f"(?<=[{OPENING}]){LETTERS.pattern}(?=[{CLOSING}])")
_RUN = re.compile(f"[{HAN}]+")
# Shorter runs are names of people as often as not.
LEAST_RUN = 4


def once(joined: Joined, levels: Sequence[Level], around: Surroundings) -> Iterator[Candidate]:
    """Candidates that stand once, where counts and surroundings tell nothing.

    Either quotation marks enclose them, or they are two or more pieces of plain jieba, four
    characters and more, of which its dictionary has none: 成眉同|城化.
    """
    spans = {match.span(): 1.0 for match in _QUOTED.finditer(joined.text)}
    for span in _unknown_runs(joined, around):
        spans.setdefault(span, 0.0)
    for (start, end), quoted in sorted(spans.items()):
        starts, length = np.array([start]), end - start
        if 2 <= length <= LONGEST and levels[length - 1].count_at(starts, 1)[0] == 1:
            firm = cohesion(joined, levels, starts, np.array([1]), length)
            yield Candidate(joined.text[start:end], starts, float(firm[0]), 0.0, quoted, 0.0, 0.0)


def _unknown_runs(joined: Joined, around: Surroundings) -> Iterator[tuple[int, int]]:
    """Runs of two or more words of plain jieba that its dictionary lacks."""
    seams = np.flatnonzero(around.seams).tolist()
    words = list(pairwise(seams))
    for unknown, run in groupby(words, key=lambda span: _is_new(joined.text[slice(*span)])):
        pieces = list(run)
        start, end = pieces[0][0], pieces[-1][1]
        if unknown and len(pieces) > 1 and end - start >= LEAST_RUN:
            yield start, end


def _is_new(word: str) -> bool:
    return _RUN.fullmatch(word) is not None and is_unknown(word)
