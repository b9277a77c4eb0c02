"""Lexicon terms laid over plain words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from textlab.language.matching import Match
from textlab.language.segmenter import Engine, cut


def overlay(
    text: str,
    words: Sequence[str],
    ends: Sequence[int],
    terms: Sequence[Match],
    *,
    engine: Engine = "fast",
    hmm: bool = True,
) -> tuple[list[str], list[int]]:
    """The pieces of ``text`` with ``terms`` among them, and the terms' numbers in the list.

    ``words`` join to ``text``, ``ends`` is where each of them ends; ``terms`` do not overlap and
    are in order. Each becomes one piece. A word that a term covers is gone; what is left of one
    that it cuts is cut again; all others stay as they are.
    """
    pieces: list[str] = []
    marks: list[int] = []
    # Everything before ``done`` is in pieces; it lies in word ``at``, or at its beginning.
    done = at = 0
    for start, end, surface in terms:
        first = bisect_right(ends, start, at)
        if first > at and done > (ends[at - 1] if at else 0):
            pieces += cut(text[done : ends[at]], engine, hmm=hmm)
            done, at = ends[at], at + 1
        if first > at:
            pieces += words[at:first]
            done = ends[first - 1]
        if start > done:
            pieces += cut(text[done:start], engine, hmm=hmm)
        marks.append(len(pieces))
        pieces.append(surface)
        done, at = end, bisect_right(ends, end, first)
    if at < len(words) and done > (ends[at - 1] if at else 0):
        pieces += cut(text[done : ends[at]], engine, hmm=hmm)
        at += 1
    return pieces + list(words[at:]), marks
