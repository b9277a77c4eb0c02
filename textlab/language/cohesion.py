"""How much more probable two pieces of text are as one: words that run across a seam."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from math import log

from textlab.language.lexicon import read_lexicon
from textlab.language.segmenter import begins_word, frequency

REACH = 8
# Most terms are shorter.
LONGEST = 16
# Occurrences in jieba's dictionary are out of about sixty million.
TOTAL = 60_000_000
# A term of the lexicon counts as a word that is neither rare nor frequent (新闻联播 has 300).
TERM_FREQUENCY = 300


def gain(before: str, after: str) -> float:
    """By how much joining raises the log probability of the best segmentation, in nats.

    The probability of a segmentation is the product of its words' shares in jieba's dictionary,
    to which the built-in lexicon's terms are added. 0 where no word runs across the seam, or
    none that is better than what it replaces.
    """
    return _gain(before[-REACH:], after[:REACH])


@lru_cache(maxsize=65536)
def _gain(tail: str, head: str) -> float:
    words = list(_words_across(tail, head))
    if not words:
        return 0.0
    left, right = _forward(tail), _backward(head)
    across = max(left[start] + share + right[end] for start, end, share in words)
    return max(across - left[-1] - right[0], 0.0)


def _words_across(tail: str, head: str) -> Iterator[tuple[int, int, float]]:
    """Start in ``tail``, end in ``head`` and log share of every word that runs across."""
    for start in _beginnings_at_end(tail):
        for end in range(1, len(head) + 1):
            text = tail[start:] + head[:end]
            if not _is_beginning(text):
                break
            share = _log_share(text)
            if share is not None:
                yield start, end, share


@lru_cache(maxsize=4096)
def _beginnings_at_end(tail: str) -> list[int]:
    """Where in ``tail`` a word may begin that goes on behind it."""
    return [start for start in range(len(tail)) if _is_beginning(tail[start:])]


def may_cross(before: str, after: str) -> bool:
    """Whether any word or term begins in ``before`` and goes on with the first of ``after``."""
    tail, first = before[-LONGEST:], after[:1]
    return any(_is_beginning(tail[start:] + first) for start in _beginnings_at_end(tail))


def term_across(before: str, after: str) -> bool:
    """Whether a term of the built-in lexicon has characters on both sides of the seam."""
    tail, head = before[-LONGEST:], after[:LONGEST]
    return any(
        tail[start:] + head[:end] in _terms()
        for start in range(len(tail))
        if tail[start:] in _beginnings()
        for end in range(1, len(head) + 1)
    )


@cache
def _terms() -> frozenset[str]:
    return frozenset(read_lexicon()["term"])


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(term[:end] for term in _terms() for end in range(1, len(term) + 1))


def _is_beginning(text: str) -> bool:
    return begins_word(text) or text in _beginnings()


def _log_share(word: str) -> float | None:
    known = max(frequency(word), TERM_FREQUENCY if word in _terms() else 0)
    if not known and len(word) > 1:
        return None
    return log(max(known, 1) / TOTAL)


@lru_cache(maxsize=4096)
def _forward(text: str) -> list[float]:
    """The log probability of the best segmentation of each beginning of ``text``."""
    best = [0.0]
    for end in range(1, len(text) + 1):
        best.append(
            max(
                best[start] + share
                for start in range(end)
                if (share := _log_share(text[start:end])) is not None
            )
        )
    return best


@lru_cache(maxsize=4096)
def _backward(text: str) -> list[float]:
    """The log probability of the best segmentation of each end of ``text``."""
    best = [0.0]
    for start in range(len(text) - 1, -1, -1):
        best.append(
            max(
                share + best[len(text) - end]
                for end in range(start + 1, len(text) + 1)
                if (share := _log_share(text[start:end])) is not None
            )
        )
    return best[::-1]
