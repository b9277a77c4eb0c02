"""Text that knows, for each of its characters, where in the raw file it stood."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

Run = tuple[int, int]


def runs_of(origin: str) -> list[Run]:
    """The runs that :attr:`TracedText.origin` wrote, such as ``"120+16 137+8"``."""
    runs = []
    for run in origin.split():
        start, length = run.split("+")
        runs.append((int(start), int(length)))
    return runs


@dataclass(frozen=True)
class TracedText:
    """A string and the raw offsets of its characters, run-length coded.

    ``runs`` are pairs (raw start, length) in the order of ``text``; their lengths add up to
    ``len(text)``. Every character has exactly one raw offset: repairs drop, replace one for
    one, or rearrange, and nothing is ever invented. Offsets count characters of the decoded
    file, from 0.
    """

    text: str
    runs: tuple[Run, ...]

    @classmethod
    def of(cls, text: str, start: int = 0) -> TracedText:
        """``text`` as it stands in the raw file from offset ``start`` on."""
        return cls(text, ((start, len(text)),) if text else ())

    @classmethod
    def join(cls, parts: Iterable[TracedText]) -> TracedText:
        """The parts one behind the other."""
        pieces = list(parts)
        if len(pieces) == 1:
            return pieces[0]
        runs: list[Run] = []
        for piece in pieces:
            for start, length in piece.runs:
                if runs and sum(runs[-1]) == start:
                    runs[-1] = (runs[-1][0], runs[-1][1] + length)
                else:
                    runs.append((start, length))
        return cls("".join(piece.text for piece in pieces), tuple(runs))

    @classmethod
    def decode(cls, text: str, origin: str) -> TracedText:
        """``text`` with the runs that :attr:`origin` wrote."""
        return cls(text, tuple(runs_of(origin)))

    @property
    def origin(self) -> str:
        """The runs as text, ``start+length`` each, for the column ``origin``."""
        if len(self.runs) == 1:
            ((start, length),) = self.runs
            return f"{start}+{length}"
        return " ".join([f"{start}+{length}" for start, length in self.runs])

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(length for _, length in self.runs))

    def __len__(self) -> int:
        return len(self.text)

    def offset(self, position: int) -> int:
        """The raw offset of the character at ``position``."""
        if not 0 <= position < len(self.text):
            raise IndexError(f"position {position} in a text of {len(self.text)} characters")
        index = bisect_right(self._ends, position)
        start, length = self.runs[index]
        return start + position - (self._ends[index] - length)

    @property
    def hull(self) -> tuple[int, int]:
        """The first raw offset and the one behind the last; (0, 0) for an empty text."""
        if not self.runs:
            return 0, 0
        if len(self.runs) == 1:
            ((start, length),) = self.runs
            return start, start + length
        return min(s for s, _ in self.runs), max(s + n for s, n in self.runs)

    def slice(self, start: int, end: int) -> TracedText:
        """The characters from ``start`` up to ``end``."""
        start, end = max(start, 0), min(end, len(self.text))
        if start >= end:
            return TracedText("", ())
        if end - start == len(self.text):
            return self
        if len(self.runs) == 1:
            return TracedText.of(self.text[start:end], self.runs[0][0] + start)
        runs: list[Run] = []
        index = bisect_right(self._ends, start)
        at = self._ends[index] - self.runs[index][1]
        while at < end:
            raw, length = self.runs[index]
            low, high = max(start, at), min(end, at + length)
            runs.append((raw + low - at, high - low))
            at += length
            index += 1
        return TracedText(self.text[start:end], tuple(runs))

    def strip(self) -> TracedText:
        """Without white space at either end."""
        start = len(self.text) - len(self.text.lstrip())
        return self.slice(start, len(self.text.rstrip()))

    def drop(self, spans: Iterable[tuple[int, int]]) -> TracedText:
        """Without the characters in ``spans``, which are in order and do not overlap."""
        kept, at = [], 0
        for start, end in spans:
            if start > at:
                kept.append(self.slice(at, start))
            at = end
        if at == 0:
            return self
        if at < len(self.text):
            kept.append(self.slice(at, len(self.text)))
        return TracedText.join(kept)

    def replace(self, characters: Mapping[int, int]) -> TracedText:
        """Each character changed as ``characters`` (code point to code point) says."""
        return TracedText(self.text.translate(characters), self.runs)
