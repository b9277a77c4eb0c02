"""Every string that stands often enough, found level by level: memory grows with the text only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from textlab.language.punctuation import HAN

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# What is longer is a sentence.
LONGEST = 16
# What phrases are made of; every other character ends one.
LETTERS = re.compile(f"[{HAN}A-Za-z0-9][{HAN}A-Za-z0-9+]*")


@dataclass(frozen=True)
class Joined:
    """Texts joined by line ends: the string, its code points, where letters of phrases stand."""

    text: str
    codes: Ints
    inside: Bools
    begins: Ints

    @classmethod
    def of(cls, texts: Sequence[str]) -> Joined:
        """``texts`` in their order; ``begins`` holds where each of them begins."""
        text = "".join(f"{one}\n" for one in texts)
        codes = np.frombuffer(text.encode("utf-32-le"), dtype="<u4")
        inside = np.zeros(len(text), dtype=bool)
        for letters in LETTERS.finditer(text):
            inside[slice(*letters.span())] = True
        ends = np.cumsum(np.array([len(one) + 1 for one in texts], dtype=np.int64))
        return cls(text, codes.astype(np.int64), inside, np.concatenate([[0], ends])[:-1])


@dataclass(frozen=True)
class Level:
    """The strings of one length that stand often enough.

    ``starts``: where one of them begins, ascending; ``kind``: which one, numbered from 0 in
    the order of their first letters; ``counts``: how often each stands, overlaps included.
    """

    length: int
    starts: Ints
    kind: Ints
    counts: Ints

    def count_at(self, starts: Ints, otherwise: int) -> Ints:
        """How often the string stands that begins at each of ``starts``."""
        counts = np.full(len(starts), otherwise, dtype=np.int64)
        if len(self.starts):
            at = np.minimum(np.searchsorted(self.starts, starts), len(self.starts) - 1)
            known = self.starts[at] == starts
            counts[known] = self.counts[self.kind[at[known]]]
        return counts


def frequent(joined: Joined, least: int) -> list[Level]:
    """The strings of 1 to ``LONGEST`` letters that stand ``least`` times or more, by length.

    A string is looked at only where both strings that it is made of, its first letters and its
    last, stand so often: what is kept is never more than the letters of the text a length. Of
    one letter all are kept.
    """
    starts = np.flatnonzero(joined.inside).astype(np.int64)
    levels = [_level(1, starts, joined.codes[starts], 1)]
    for length in range(2, LONGEST + 1):
        below = levels[-1]
        follows = np.flatnonzero(np.diff(below.starts) == 1)
        pairs = below.kind[follows] * len(below.counts) + below.kind[follows + 1]
        levels.append(_level(length, below.starts[follows], pairs, least))
    return levels


def _level(length: int, starts: Ints, keys: Ints, least: int) -> Level:
    _, kind, counts = np.unique(keys, return_inverse=True, return_counts=True)
    often = counts >= least
    kept = often[kind]
    renumbered = np.cumsum(often) - 1
    return Level(length, starts[kept], renumbered[kind[kept]], counts[often])
