"""Which texts of a corpus are copies of which, step by step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import product

from textlab.cleaning.passages import WITHIN, Passage, figures
from textlab.cleaning.resemblance import (
    NEAR,
    SHINGLE,
    containers,
    containment,
    resemblance,
    resembling,
)
from textlab.cleaning.shingles import Prints, distinct, fingerprints

Finder = Callable[[Sequence[Passage]], dict[int, int]]

# So many longer copies a document must have from another for its shorter ones to be copies too.
COMPANY = 2


class Copies:
    """Passages in the order in which originals are chosen, and what each was found to be.

    Those of one document stand together, in their order. ``parent`` is the number of the
    passage that a copy was found to be one of, its own number for an original; ``how`` says
    why.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self.texts = [passage.letters for passage in passages]
        self.parent = list(range(len(passages)))
        self.how = [""] * len(passages)
        self._prints: dict[int, Prints] = {}

    def find(self) -> None:
        """Mark all copies."""
        long_enough = [i for i, passage in enumerate(self.passages) if passage.long_enough]
        self._mark_equal(long_enough)
        # Before the near ones: of two near copies the longer is left if it contains the other.
        self._mark_alike(long_enough, containers, "contained")
        self._mark_alike([i for i in long_enough if self.parent[i] == i], resembling, "near")
        self._unmark_lost()
        self._mark_company()
        self._mark_beside()

    def original(self, i: int) -> int:
        """The text of which ``i`` is a copy, which is none; ``i`` if it is none itself."""
        while self.parent[i] != i:
            i = self.parent[i]
        return i

    def reason(self, i: int) -> str:
        """Why ``i`` is a copy of its original: that of the first step that changes a character."""
        if self.texts[i] != self.texts[self.original(i)]:
            i = self._changed(i)
        return self.how[i]

    def similarity(self, i: int) -> float:
        """How good a copy of its original ``i`` is, by the measure of its reason."""
        original, reason = self.original(i), self.reason(i)
        if reason == "near":
            return resemblance(_prints(self.texts[i]), self._prints_of(original))
        if reason == "contained" and not self._stands_whole(i):
            return containment(_prints(self.texts[i]), self._prints_of(original))
        return 1.0

    def _mark(self, i: int, j: int, how: str) -> None:
        self.parent[i], self.how[i] = j, how

    def _mark_equal(self, chosen: Sequence[int]) -> None:
        first: dict[tuple[str, int], int] = {}
        for i in chosen:
            j = first.setdefault((self.passages[i].letters, self.passages[i].scope), i)
            if j != i:
                self._mark(i, j, "equal")

    def _mark_alike(self, chosen: Sequence[int], find: Finder, how: str) -> None:
        for i, j in find([self.passages[i] for i in chosen]).items():
            if self.parent[chosen[i]] == chosen[i]:
                self._mark(chosen[i], chosen[j], how)

    def _mark_company(self) -> None:
        """Mark what equals a passage of the document from which its own has most copies."""
        source = self._sources()
        sources = set(source.values())
        # From the end, so that the first of a document's equal passages is the one kept.
        backwards = reversed(list(enumerate(self.passages)))
        of_source = {(p.letters, p.document): i for i, p in backwards if p.document in sources}
        for i in self._originals():
            passage = self.passages[i]
            j = of_source.get((passage.letters, source.get(passage.document, -1)))
            if j is not None and len(passage.letters) >= WITHIN:
                like = self.original(j)
                if like != i and self.texts[like] == passage.letters:
                    self._mark(i, like, "equal")

    def _sources(self) -> dict[int, int]:
        """For each document in company: the other one from which it has most copies."""
        ranked = sorted(self._company().items(), key=lambda item: (item[1], -item[0][1]))
        return {ours: other for (ours, other), _ in ranked if ours != other}

    def _company(self) -> dict[tuple[int, int], int]:
        """How many copies a document has from another, if enough, or from itself, by pair."""
        pairs = Counter(
            (self.passages[i].document, self.passages[self.original(i)].document)
            for i, j in enumerate(self.parent)
            if i != j
        )
        return {pair: n for pair, n in pairs.items() if n >= COMPANY or pair[0] == pair[1]}

    def _originals(self) -> list[int]:
        return [i for i, j in enumerate(self.parent) if i == j]

    def _unmark_lost(self) -> None:
        """What stands in a near copy may be just what that copy adds to its original."""
        contained = [i for i, how in enumerate(self.how) if how == "contained"]
        for i in [i for i in contained if not self._stands_whole(i) and not self._kept(i)]:
            self._mark(i, i, "")

    def _stands_whole(self, i: int) -> bool:
        """Whether the container that ``i`` or its equal was found in is the original's equal."""
        container = self.parent[self._changed(i)]
        return self._changed(container) == self.original(i)

    def _changed(self, i: int) -> int:
        """The first from ``i`` on, step by step, that has not the characters of the next one."""
        while self.how[i] in {"equal", "beside"}:
            i = self.parent[i]
        return i

    def _kept(self, i: int) -> bool:
        original = self.texts[self.original(i)]
        return self.similarity(i) >= NEAR and figures(self.texts[i]) <= figures(original)

    def _prints_of(self, original: int) -> Prints:
        if original not in self._prints:
            self._prints[original] = _prints(self.texts[original])
        return self._prints[original]

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
        company = self._company()
        for copy, step in product(range(len(self.parent)), (-1, 1)):
            original = self.original(copy)
            pair = self.passages[copy].document, self.passages[original].document
            if copy == original or pair not in company:
                continue
            i, j = copy + step, original + step
            while self._follows(i, i - step) and self._follows(j, j - step):
                like = self.original(j)
                if self.parent[i] != i or self.texts[i] != self.texts[like]:
                    break
                if i != like:
                    yield i, like
                i, j = i + step, j + step

    def _follows(self, i: int, j: int) -> bool:
        """Whether there is a text ``i``, in the same document as ``j`` beside it."""
        return 0 <= i < len(self.texts) and self.passages[i].document == self.passages[j].document


def _prints(text: str) -> Prints:
    return distinct(fingerprints(text, SHINGLE))
