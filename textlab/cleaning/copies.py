"""Which texts of a corpus are copies of which, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from textlab.cleaning.containers import containers_everywhere
from textlab.cleaning.passages import ACROSS, TORN, WITHIN, figures
from textlab.cleaning.resemblance import (
    NEAR,
    closest,
    containment,
    perhaps_near,
    prints_of,
    resemblance,
)
from textlab.cleaning.shingles import Numbers, Prints

# So many longer copies a document must have from another for its shorter ones to be copies too.
COMPANY = 2
HOW = ("", "equal", "contained", "near", "beside")


class Rows(NamedTuple):
    """Paragraphs in the order in which originals are chosen, those of a document together.

    ``texts``: the letters of each different one; ``text``, ``document``, ``torn``: of each
    paragraph which of these it has, the number of its document, whether it may break off.
    ``contained``: those that stand in another of their document, and in which; ``near``: those
    that may be near copies in their document.
    """

    texts: Sequence[str]
    text: Numbers
    document: Numbers
    torn: NDArray[np.bool_]
    contained: dict[int, int]
    near: Numbers


class Copies:
    """Rows, and what each was found to be.

    ``parent`` is the number of the row that a copy was found to be one of, its own number for
    an original; ``how`` (a number of ``HOW``) says why.
    """

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._texts, self._text, self._document = rows.texts, rows.text, rows.document
        lengths = np.fromiter(map(len, rows.texts), dtype=np.int64, count=len(rows.texts))
        self._size = lengths[rows.text]
        self.parent = np.arange(len(rows.text))
        self.how = np.zeros(len(rows.text), dtype=np.int8)
        self._prints: dict[int, Prints] = {}

    def find(self) -> None:
        """Mark all copies."""
        chosen = np.flatnonzero(self._size >= np.where(self._rows.torn, TORN, WITHIN))
        self._mark_equal(chosen)
        # Before the near ones: of two near copies the longer is left if it contains the other.
        self._mark_all(self._rows.contained | self._everywhere(chosen), "contained")
        self._mark_all(self._near(self._originals(chosen)), "near")
        self._unmark_lost()
        self._mark_company()
        self._mark_beside()

    def original(self, i: int) -> int:
        """The row of which ``i`` is a copy, which is none; ``i`` if it is none itself."""
        while self.parent[i] != i:
            i = int(self.parent[i])
        return i

    def originals(self) -> Numbers:
        """:meth:`original` of every row."""
        found: Numbers = self.parent
        while (further := found[found]) is not found and (further != found).any():
            found = further
        return found

    def reason(self, i: int) -> str:
        """Why ``i`` is a copy of its original: that of the first step that changes a character."""
        if self._text[i] != self._text[self.original(i)]:
            i = self._changed(i)
        return HOW[int(self.how[i])]

    def similarity(self, i: int) -> float:
        """How good a copy of its original ``i`` is, by the measure of its reason."""
        original, reason = self.original(i), self.reason(i)
        if reason == "near":
            return resemblance(prints_of(self._letters(i)), self._prints_of(original))
        if reason == "contained" and not self._stands_whole(i):
            return containment(prints_of(self._letters(i)), self._prints_of(original))
        return 1.0

    def _letters(self, i: int) -> str:
        return self._texts[int(self._text[i])]

    def _mark(self, i: int, j: int, how: str) -> None:
        self.parent[i], self.how[i] = j, HOW.index(how)

    def _mark_all(self, found: Mapping[int, int], how: str) -> None:
        for i, j in found.items():
            if self.parent[i] == i:
                self._mark(i, j, how)

    def _originals(self, chosen: Numbers) -> Numbers:
        left: Numbers = chosen[self.parent[chosen] == chosen]
        return left

    def _mark_equal(self, chosen: Numbers) -> None:
        """Mark what has the characters of an earlier one, if short in its document."""
        scope = np.where(self._size >= ACROSS, 0, self._document + 1)[chosen]
        first = _first_of_equal(self._text[chosen], scope)
        self.parent[chosen] = chosen[first]
        self.how[chosen[chosen[first] != chosen]] = HOW.index("equal")

    def _everywhere(self, chosen: Numbers) -> dict[int, int]:
        originals = self._originals(chosen[self._size[chosen] >= ACROSS]).tolist()
        found = containers_everywhere([self._letters(i) for i in originals])
        return {originals[i]: originals[j] for i, j in found.items()}

    def _near(self, originals: Numbers) -> dict[int, int]:
        # Long texts are unlike; short ones may stand in several documents, once is enough.
        numbers, at = np.unique(self._text[originals], return_index=True)
        texts = [self._texts[number] for number in numbers.tolist()]
        sought = [(int(originals[at[i]]), -1) for i in perhaps_near(texts, ACROSS)]
        within = np.intersect1d(self._rows.near, originals)
        sought += zip(within.tolist(), self._document[within].tolist(), strict=True)
        return closest(sorted(sought), {i: self._letters(i) for i, _ in sought})

    def _unmark_lost(self) -> None:
        """What stands in a near copy may be just what that copy adds to its original."""
        contained = np.flatnonzero(self.how == HOW.index("contained")).tolist()
        for i in [i for i in contained if not self._stands_whole(i) and not self._kept(i)]:
            self._mark(i, i, "")

    def _stands_whole(self, i: int) -> bool:
        """Whether the container that ``i`` or its equal was found in is the original's equal."""
        container = int(self.parent[self._changed(i)])
        return self._changed(container) == self.original(i)

    def _changed(self, i: int) -> int:
        """The first from ``i`` on, step by step, that has not the characters of the next one."""
        while HOW[self.how[i]] in {"equal", "beside"}:
            i = int(self.parent[i])
        return i

    def _kept(self, i: int) -> bool:
        original = self._letters(self.original(i))
        return self.similarity(i) >= NEAR and figures(self._letters(i)) <= figures(original)

    def _prints_of(self, original: int) -> Prints:
        if original not in self._prints:
            self._prints[original] = prints_of(self._letters(original))
        return self._prints[original]

    def _mark_company(self) -> None:
        """Mark what equals a passage of the document from which its own has most copies."""
        source = _sources(company(self.originals(), self._document))
        documents = int(self._document.max(initial=-1)) + 1
        of_document = np.full(documents, -1)
        of_document[list(source)] = list(source.values())
        long_enough = np.flatnonzero(self._size >= WITHIN)
        keys = self._text[long_enough] * documents + self._document[long_enough]
        rising, first = np.unique(keys, return_index=True)
        originals = self._originals(long_enough)
        sources = of_document[self._document[originals]]
        sought = self._text[originals] * documents + sources
        at = np.minimum(np.searchsorted(rising, sought), len(rising) - 1)
        there = (sources >= 0) & (rising[at] == sought) if len(rising) else sources < -1
        pairs = zip(originals[there].tolist(), long_enough[first[at[there]]].tolist(), strict=True)
        for i, j in pairs:
            like = self.original(j)
            if like != i and self._text[like] == self._text[i]:
                self._mark(i, like, "equal")

    def _mark_beside(self) -> None:
        """Group what stands beside copies with its like; the earliest is the original."""
        earliest: dict[int, int] = {}

        def group(i: int) -> int:
            while (j := earliest.setdefault(i, i)) != i:
                earliest[i] = earliest.setdefault(j, j)
                i = earliest[i]
            return i

        for i, j in self._beside():
            first, second = sorted((group(i), group(j)))
            earliest[second] = first
        for i in earliest:
            if group(i) != i:
                self._mark(i, group(i), "beside")

    def _beside(self) -> Iterator[tuple[int, int]]:
        """Pairs of originals with the same characters, from each copy and its original on."""
        original = self.originals()
        of_company = company(original, self._document)
        copies = np.flatnonzero(original != np.arange(len(original)))
        pairs = zip(
            self._document[copies].tolist(),
            self._document[original[copies]].tolist(),
            strict=True,
        )
        kept = copies[np.fromiter((pair in of_company for pair in pairs), np.bool_, len(copies))]
        for step in (-1, 1):
            i, j = kept, original[kept]
            while len(i):
                i, j = self._next(i, step), self._next(j, step)
                like = original[j]
                alike = (i >= 0) & (j >= 0) & (original[i] == i)
                alike &= self._text[i] == self._text[like]
                i, j, like = i[alike], j[alike], like[alike]
                yield from zip(i[i != like].tolist(), like[i != like].tolist(), strict=True)

    def _next(self, i: Numbers, step: int) -> Numbers:
        """What stands next in the same document; -1 for nothing."""
        after = i + step
        there = (after >= 0) & (after < len(self._document))
        same = self._document[np.where(there, after, 0)] == self._document[i]
        return np.where(there & same, after, -1)


def _first_of_equal(text: Numbers, scope: Numbers) -> Numbers:
    """For each row the number of the first that has the same text in the same scope."""
    keys = text * (int(scope.max(initial=0)) + 1) + scope
    _, first, at = np.unique(keys, return_index=True, return_inverse=True)
    found: Numbers = first[at]
    return found


def company(original: Numbers, document: Numbers) -> dict[tuple[int, int], int]:
    """How many copies a document has from another, if enough, or from itself, by pair."""
    copies = np.flatnonzero(original != np.arange(len(original)))
    pairs = np.column_stack([document[copies], document[original[copies]]])
    kept, times = np.unique(pairs, axis=0, return_counts=True)
    counted = zip(kept.tolist(), times.tolist(), strict=True)
    return {(a, b): n for (a, b), n in counted if n >= COMPANY or a == b}


def _sources(of_company: Mapping[tuple[int, int], int]) -> dict[int, int]:
    """For each document in company: the other one from which it has most copies."""
    ranked = sorted(of_company.items(), key=lambda item: (item[1], -item[0][1]))
    return {ours: other for (ours, other), _ in ranked if ours != other}
