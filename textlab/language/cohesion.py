"""How much more probable two pieces of text are as one: words that run across a seam."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from math import inf, log

from textlab.language.dictionary import ABOUT, frequencies
from textlab.language.lexicon import read_lexicon

REACH = 8
# Most terms are shorter.
LONGEST = 16
# A term of the lexicon counts as a word that is neither rare nor frequent (新闻联播 has 300).
TERM_FREQUENCY = 300


def gain(before: str, after: str) -> float:
    """By how much joining raises the log probability of the best segmentation, in nats.

    The probability of a segmentation is the product of its words' shares in jieba's dictionary,
    to which the built-in lexicon's terms are added. 0 where no word runs across the seam, or
    none that is better than what it replaces.
    """
    return _gain(before[-REACH:], after[:REACH])


def gains(before: str, afters: Iterable[str]) -> list[float]:
    """The :func:`gain` of ``before`` with each of ``afters``."""
    tail = before[-REACH:]
    begun = [_following(tail[start:]) for start in _beginnings_at_end(tail)]
    found = []
    for after in afters:
        # With most of them nothing goes on, and this is soon seen.
        first, strength = after[:1], 0.0
        for leads_to in begun:
            if leads_to[first]:
                strength = _gain(tail, after[:REACH])
                break
        found.append(strength)
    return found


class _Following(dict[str, bool]):
    """Whether a word or term begins with ``text`` and a character: of those asked for so far."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __missing__(self, character: str) -> bool:
        known = self[character] = _is_beginning(self.text + character)
        return known


@lru_cache(maxsize=512)
def _following(text: str) -> _Following:
    return _Following(text)


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
    words, terms = frequencies(), _beginnings()
    return [start for start in range(len(tail)) if tail[start:] in words or tail[start:] in terms]


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
    return text in frequencies() or text in _beginnings()


@lru_cache(maxsize=16384)
def _log_share(word: str) -> float | None:
    known = frequencies().get(word, 0)
    if known < TERM_FREQUENCY and word in _terms():
        known = TERM_FREQUENCY
    if not known and len(word) > 1:
        return None
    return log(max(known, 1) / ABOUT)


def _words_from(text: str, start: int) -> Iterator[tuple[int, float]]:
    """End and log share of each word that begins at ``start``; a character is always one."""
    for end in range(start + 1, len(text) + 1):
        word = text[start:end]
        share = _log_share(word)
        if share is not None:
            yield end, share
        if not _is_beginning(word):
            return


@lru_cache(maxsize=4096)
def _forward(text: str) -> list[float]:
    """The log probability of the best segmentation of each beginning of ``text``."""
    best = [0.0] + [-inf] * len(text)
    for start in range(len(text)):
        for end, share in _words_from(text, start):
            best[end] = max(best[end], best[start] + share)
    return best


@lru_cache(maxsize=4096)
def _backward(text: str) -> list[float]:
    """The log probability of the best segmentation of each end of ``text``."""
    best = [-inf] * len(text) + [0.0]
    for start in range(len(text) - 1, -1, -1):
        best[start] = max(share + best[end] for end, share in _words_from(text, start))
    return best
