"""Where the same stretches of letters stand in many texts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Prints = NDArray[np.uint64]

FACTOR = np.uint64(0x9E3779B97F4A7C15)
HALF = np.uint64(32)


class Shingles:
    """All stretches of ``width`` characters in ``texts``, as 64-bit fingerprints.

    A fingerprint is a polynomial of the code points, modulo 2**64: the same for the same
    stretch in any run and on any machine. Any two different stretches share one with a
    probability of about 1e-19. With ``scopes`` (a number a text, -1 or more) stretches are
    the same only in texts of one scope.
    """

    def __init__(self, texts: Sequence[str], width: int, *, scopes: Sequence[int] = ()) -> None:
        # The separator keeps a stretch over the end of a text unlike any within one.
        self.joined = "".join(f"{text}\0" for text in texts)
        self.width = width
        lengths = np.fromiter(map(len, texts), dtype="int64", count=len(texts))
        self.ends = np.cumsum(lengths + 1)
        self.starts = self.ends - lengths - 1
        self._prints = fingerprints(self.joined, width)
        if len(scopes):
            self._prints ^= np.repeat(salts(scopes), lengths + 1)[: len(self._prints)]
        self._order = np.argsort(self._prints, kind="stable")
        self._sorted = self._prints[self._order]
        same = self._sorted[1:] == self._sorted[:-1]
        self._repeated = np.zeros(len(self._prints), dtype=bool)
        self._repeated[self._order[1:][same]] = True
        self._repeated[self._order[:-1][same]] = True

    def of(self, number: int) -> Prints:
        """The fingerprints of text ``number``, in the order of its characters."""
        return self._prints[self._windows(number)]

    def lone(self, number: int) -> int:
        """How many of them occur nowhere else, neither in another text nor in this one."""
        repeated = self._repeated[self._windows(number)]
        return int(len(repeated) - np.count_nonzero(repeated))

    def places(self, number: int, most: int) -> NDArray[np.int64]:
        """Where text ``number`` may stand: offsets in ``joined``, rising, at most ``most``.

        They are the places of its rarest stretch, less the offset of that in the text; empty
        if a stretch of it occurs only once.
        """
        prints = self.of(number)
        if not len(prints) or self.lone(number):
            return np.empty(0, dtype="int64")
        low = np.searchsorted(self._sorted, prints, side="left")
        high = np.searchsorted(self._sorted, prints, side="right")
        rarest = int((high - low).argmin())
        first, last = int(low[rarest]), int(high[rarest])
        return self._order[first : min(last, first + most)] - rarest

    def text_at(self, offset: int) -> int:
        """The number of the text that has the character at ``offset`` of ``joined``."""
        return int(np.searchsorted(self.ends, offset, side="right"))

    def _windows(self, number: int) -> slice:
        start, end = int(self.starts[number]), int(self.ends[number])
        return slice(start, max(start, end - self.width))


def salts(scopes: Sequence[int]) -> Prints:
    """What makes the fingerprints of each scope unlike those of the others; 0 for scope -1."""
    return (np.asarray(scopes, dtype="int64") + 1).astype(np.uint64) * FACTOR


def fingerprints(text: str, width: int) -> Prints:
    """The fingerprint of each stretch of ``width`` characters of ``text``."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    size = max(0, len(codes) - width + 1)
    prints = np.zeros(size, dtype=np.uint64)
    for offset in range(width):
        prints = (prints + codes[offset : offset + size]) * FACTOR
    # The highest bits depend on all characters already; let the lowest do so too.
    return prints ^ (prints >> HALF)


def distinct(prints: Prints) -> Prints:
    """The fingerprints in rising order, each once."""
    rising: Prints = np.sort(prints)
    first = np.ones(len(rising), dtype=bool)
    first[1:] = rising[1:] != rising[:-1]
    return rising[first]
