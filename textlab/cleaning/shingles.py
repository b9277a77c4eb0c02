"""Where the same stretches of letters stand in many texts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Prints = NDArray[np.uint64]
Numbers = NDArray[np.int64]

FACTOR = np.uint64(0x9E3779B97F4A7C15)
HALF = np.uint64(32)
# Fingerprints made at once: what a processor's own memory holds.
BLOCK = 2**16
# Fingerprints compared at once, which bounds memory.
PART = 2**20
# One fingerprint in so many is looked at first.
SAMPLE = np.uint64(8)


class Shingles:
    """All stretches of ``width`` characters in ``texts``, as 64-bit fingerprints.

    A fingerprint is a polynomial of the code points, modulo 2**64: the same for the same
    stretch in any run and on any machine. Any two different stretches share one with a
    probability of about 1e-19. With ``scopes`` (a number a text, -1 or more) stretches are
    the same only in texts of one scope.
    """

    def __init__(
        self, texts: Sequence[str], width: int, *, scopes: Sequence[int] | Numbers = ()
    ) -> None:
        # The separator keeps a stretch over the end of a text unlike any within one.
        self.joined = "\0".join([*texts, ""])
        lengths = np.fromiter(map(len, texts), dtype="int64", count=len(texts))
        self.ends = np.cumsum(lengths + 1)
        self.starts = self.ends - lengths - 1
        self.prints = fingerprints(self.joined, width)
        if len(scopes):
            self.prints ^= np.repeat(salts(scopes), lengths + 1)[: len(self.prints)]
        self._last = np.maximum(self.starts, self.ends - width)
        self.sizes = self._last - self.starts

    def of(self, number: int) -> Prints:
        """The fingerprints of text ``number``, in the order of its characters."""
        return self.prints[int(self.starts[number]) : int(self._last[number])]

    def shared(self) -> Numbers:
        """How many of each text's occur elsewhere, in another text or in this one again."""
        return self._count(repeated(self.prints))

    def perhaps_elsewhere(self) -> Numbers:
        """The texts whose stretches may all occur elsewhere: those of a sample of them do."""
        sample = np.flatnonzero(self.prints % SAMPLE == 0)
        sampled, again = (np.zeros(len(self.prints), dtype=np.bool_) for _ in range(2))
        sampled[sample] = True
        again[sample] = repeated(self.prints[sample])
        same = self._count(sampled) == self._count(again)
        return np.flatnonzero(same & (self.sizes > 0))

    def text_at(self, offset: int) -> int:
        """The number of the text that has the character at ``offset`` of ``joined``."""
        return int(np.searchsorted(self.ends, offset, side="right"))

    def _count(self, marked: NDArray[np.bool_]) -> Numbers:
        """How many stretches of each text are marked."""
        at = np.flatnonzero(marked)
        counted: Numbers = np.searchsorted(at, self._last) - np.searchsorted(at, self.starts)
        return counted


class Places:
    """Where the stretches of some texts of ``shingles`` occur."""

    def __init__(self, shingles: Shingles, numbers: Sequence[int] | Numbers) -> None:
        self._shingles = shingles
        prints = shingles.prints
        keys = _keys(prints)
        sought = np.zeros(int(keys.max(initial=0)) + 1, dtype=np.bool_)
        for number in np.asarray(numbers).tolist():
            start = int(shingles.starts[number])
            sought[keys[start : start + int(shingles.sizes[number])]] = True
        at = np.flatnonzero(sought[keys])
        order = np.argsort(prints[at], kind="stable")
        self._prints, self._order = prints[at[order]], at[order]

    def of(self, number: int, most: int) -> Numbers:
        """Where text ``number`` may stand: offsets in ``joined``, rising, at most ``most``.

        They are the places of its rarest stretch, less the offset of that in the text; empty
        if a stretch of it occurs only once.
        """
        prints = self._shingles.of(number)
        low = np.searchsorted(self._prints, prints, side="left")
        times = np.searchsorted(self._prints, prints, side="right") - low
        if times.min(initial=2) < 2 or not len(times):
            return np.empty(0, dtype="int64")
        rarest = int(times.argmin())
        first, last = int(low[rarest]), int(low[rarest] + times[rarest])
        return self._order[first : min(last, first + most)] - rarest


def _keys(prints: Prints) -> Numbers:
    """Some bits of each fingerprint: so many that few of different ones are the same."""
    bits = max(10, (2 * len(prints)).bit_length())
    return (prints >> np.uint64(64 - bits)).astype(np.int64)


def repeated(prints: Prints) -> NDArray[np.bool_]:
    """Which fingerprints occur more than once, found without sorting them."""
    bits = min((len(prints) // PART).bit_length(), 8)
    if not bits:
        return _repeated(prints)
    again = np.zeros(len(prints), dtype=np.bool_)
    first = (prints >> np.uint64(64 - bits)).astype(np.uint8)
    for begins in range(2**bits):
        at = np.flatnonzero(first == begins)
        again[at] = _repeated(prints[at] << np.uint64(bits))
    return again


def _repeated(prints: Prints) -> NDArray[np.bool_]:
    again = np.zeros(len(prints), dtype=np.bool_)
    left = np.arange(len(prints))
    keys = _keys(prints)
    last = np.empty(int(keys.max(initial=0)) + 1, dtype=np.int32)
    while len(left):
        # Of those of one key the last is compared with the others; what differs goes on.
        last[keys] = left
        against = last[keys]
        others = against != left
        left, keys, against = left[others], keys[others], against[others]
        same = prints[left] == prints[against]
        again[left[same]] = True
        again[against[same]] = True
        left, keys = left[~same], keys[~same]
    return again


def salts(scopes: Sequence[int] | Numbers) -> Prints:
    """What makes the fingerprints of each scope unlike those of the others; 0 for scope -1."""
    return (np.asarray(scopes, dtype="int64") + 1).astype(np.uint64) * FACTOR


def fingerprints(text: str, width: int) -> Prints:
    """The fingerprint of each stretch of ``width`` characters of ``text``."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype="<u4")
    prints = np.zeros(max(0, len(codes) - width + 1), dtype=np.uint64)
    for start in range(0, len(prints), BLOCK):
        size = min(BLOCK, len(prints) - start)
        block = codes[start : start + size + width - 1].astype(np.uint64)
        part = prints[start : start + size]
        for offset in range(width):
            part += block[offset : offset + size]
            part *= FACTOR
        # The highest bits depend on all characters already; let the lowest do so too.
        part ^= part >> HALF
    return prints


def distinct(prints: Prints) -> Prints:
    """The fingerprints in rising order, each once."""
    rising: Prints = np.sort(prints)
    first = np.ones(len(rising), dtype=bool)
    first[1:] = rising[1:] != rising[:-1]
    return rising[first]
