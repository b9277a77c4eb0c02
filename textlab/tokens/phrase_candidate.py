"""A string that may be a phrase, with what was measured of it, and its score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from textlab.language.dictionary import frequency
from textlab.language.segmenter import cut
from textlab.tokens.phrase_grams import Ints
from textlab.tokens.phrase_words import FUNCTION_LETTERS

# What quotation marks enclose so often is what its author calls a term.
QUOTED = 0.5


@dataclass(frozen=True)
class Candidate:
    """A string that may be a phrase.

    ``starts``: where it stands in the joined texts, ascending, without overlaps; ``cohesion`` and
    ``freedom``: see the functions of that name; ``quoted``: the share of its occurrences that
    quotation marks enclose; ``figures``: of those beside which a figure stands; ``governed``: of
    those right behind a verb, a noun or 的, where a noun may stand but no predicate begins.
    """

    phrase: str
    starts: Ints
    cohesion: float
    freedom: float
    quoted: float
    figures: float
    governed: float

    @cached_property
    def words(self) -> list[str]:
        """What plain jieba makes of it when it stands alone."""
        return cut(self.phrase)

    @property
    def count(self) -> int:
        """How often it stands in the texts."""
        return len(self.starts)

    @property
    def is_quoted(self) -> bool:
        """Whether quotation marks enclose it in half of its occurrences."""
        return self.quoted >= QUOTED

    @cached_property
    def score(self) -> float:
        """Firmness squared, times evidence: how often it stands, and how freely.

        Quotation marks hold a phrase together as its own association does, and so does being
        made of nothing that jieba knows: either raises its cohesion half the way to 1.
        """
        firm = self.cohesion + (1 - self.cohesion) * max(self.quoted, is_coined(self.words)) / 2
        evidence = np.log2(1 + self.count) * (1 + self.freedom) / (2 + self.freedom)
        return float(max(firm, 0) ** 2 * evidence)


def is_coined(words: Sequence[str]) -> bool:
    """Whether none of ``words`` of two letters or more is in jieba's dictionary: 延链, 补链."""
    longer = [word for word in words if len(word) > 1]
    return bool(longer) and all(map(is_unknown, longer))


def is_unknown(word: str) -> bool:
    """Whether jieba's dictionary lacks ``word``, and no letter of a function word is in it."""
    return not frequency(word) and FUNCTION_LETTERS.isdisjoint(word)
