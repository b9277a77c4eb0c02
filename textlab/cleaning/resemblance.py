"""Which texts are almost the same as an earlier one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from textlab.cleaning.passages import figures
from textlab.cleaning.shingles import Numbers, Prints, Shingles, distinct, fingerprints
from textlab.cleaning.sketches import bands

NEAR = 0.8
SHINGLE = 5
# What keeps the worst case linear: look-alikes that one text is compared with.
LOOK_ALIKES = 50


def perhaps_near(
    texts: Sequence[str], least: int, scopes: Sequence[int] | Numbers = ()
) -> list[int]:
    """The texts of ``least`` letters or more that may be near copies, which few are.

    A near copy shares at least as much with its original: ``NEAR`` of its shingles occur
    elsewhere, too (in a text of its scope).
    """
    shingles = Shingles(texts, SHINGLE, scopes=scopes)
    enough = (shingles.shared() >= NEAR * shingles.sizes) & (shingles.sizes > least - SHINGLE)
    return np.flatnonzero(enough).tolist()


def closest(sought: Sequence[tuple[int, int]], texts: Mapping[int, str]) -> dict[int, int]:
    """For each text that resembles an earlier original of its scope, the most similar of these.

    ``sought``: number and scope of what is compared, in order. An original is one that
    resembles none before it. MinHash and locality-sensitive hashing give the candidates;
    :func:`resemblance` of at least ``NEAR``, and figures of the one that are all among those of
    the other, confirm them. Of a family of look-alikes that are no copies of each other (one
    form filled in many times) the first 50 are compared with the rest.
    """
    rows = bands([texts[i] for i, _ in sought], SHINGLE, [scope for _, scope in sought])
    alike: dict[int, list[list[int]]] = {}
    for at in np.flatnonzero(rows.any(axis=1)).tolist():
        alike.setdefault(sought[at][0], []).append(rows[at][rows[at] != 0].tolist())
    index: dict[int, list[int]] = {}
    known = Known(texts)
    found = {}
    for i, sketches in alike.items():
        candidates = [{j for value in sketch for j in index.get(value, ())} for sketch in sketches]
        original = known.closest(i, sorted(set().union(*candidates)))
        if original is not None:
            found[i] = original
            continue
        for sketch, others in zip(sketches, candidates, strict=True):
            if len(others) < LOOK_ALIKES:
                for value in sketch:
                    index.setdefault(value, []).append(i)
    return found


class Known:
    """What is known of the texts that were compared: shingles and figures."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        self._texts = texts
        self._known: dict[int, tuple[Prints, Counter[str]]] = {}

    def __getitem__(self, i: int) -> tuple[Prints, Counter[str]]:
        if i not in self._known:
            text = self._texts[i]
            self._known[i] = prints_of(text), figures(text)
        return self._known[i]

    def closest(self, i: int, candidates: Collection[int]) -> int | None:
        """The candidate that i is a near copy of, if there is one; the earliest of equals."""
        best, most = None, 0.0
        for j in candidates:
            (own, numbers), (other, others) = self[i], self[j]
            shorter, longer = sorted((len(own), len(other)))
            if shorter < NEAR * longer or not (numbers <= others or others <= numbers):
                continue
            similarity = resemblance(own, other)
            if similarity >= NEAR and similarity > most:
                best, most = j, similarity
        return best


def prints_of(text: str) -> Prints:
    """The set of shingles of ``text``, rising and without repeats."""
    return distinct(fingerprints(text, SHINGLE))


def resemblance(one: Prints, other: Prints) -> float:
    """Jaccard's measure of two sets of shingles, each rising and without repeats: 0 to 1."""
    common = _common(one, other)
    return common / (len(one) + len(other) - common)


def containment(one: Prints, other: Prints) -> float:
    """The share of the shingles of ``one`` that are among those of ``other``: 0 to 1."""
    return _common(one, other) / len(one)


def _common(one: Prints, other: Prints) -> int:
    shorter, longer = sorted((one, other), key=len)
    at = np.minimum(np.searchsorted(longer, shorter), len(longer) - 1)
    return int(np.count_nonzero(longer[at] == shorter))
