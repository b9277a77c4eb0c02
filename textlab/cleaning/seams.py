"""Whether two pieces of text belong together: words across a seam, pieces of words at it."""

from __future__ import annotations

import re
from functools import lru_cache

from textlab.language.cohesion import LONGEST, gain, term_across
from textlab.language.dictionary import frequency
from textlab.language.punctuation import HAN
from textlab.language.segmenter import cut_by_dictionary

REACH = 8
# Occurrences in jieba's dictionary: 要 156,581, 让 50,310, but 量 10,182, 展 1,961.
FREQUENT_ALONE = 50_000
HAN_CHARACTER = re.compile(f"[{HAN}]")


def word_across(before: str, after: str) -> bool:
    """Whether segmenting the joined text puts one word on both sides of the seam.

    The whole neighbourhood is cut, so that 就业|务实 does not count as 业务. A term of the
    built-in lexicon is a word here, though jieba does not know it (新质|生产力).
    """
    return _word_across(before[-LONGEST:], after[:LONGEST])


@lru_cache(maxsize=4096)
def _word_across(before: str, after: str) -> bool:
    head, tail = before[-REACH:], after[:REACH]
    at = 0
    for word in cut_by_dictionary(head + tail):
        at += len(word)
        if at >= len(head):
            return at > len(head) or term_across(before, after)
    return False


def between_words(before: str, after: str) -> bool:
    """Whether the seam lies between two whole words, rather than inside one on either side."""
    return not (is_fragment_end(before) or is_fragment_start(after))


def is_fragment_end(text: str) -> bool:
    """Whether ``text`` stops with a piece of a word, as far as the dictionary knows.

    A whole word has two characters or more.
    """
    return _ends_in_fragment(text[-REACH:])


@lru_cache(maxsize=16384)
def _ends_in_fragment(tail: str) -> bool:
    last = cut_by_dictionary(tail)[-1:]
    return not last or len(last[0]) < 2


def is_fragment_start(text: str) -> bool:
    """Whether ``text`` begins with a piece of a word.

    A whole word has two characters or more, or is one that is frequent alone (要, 的, 在). A
    single rare one is what is left of a word that begins elsewhere.
    """
    return _begins_with_fragment(text[:REACH])


@lru_cache(maxsize=16384)
def _begins_with_fragment(head: str) -> bool:
    first = cut_by_dictionary(head)[:1]
    return not first or (len(first[0]) < 2 and frequency(first[0]) < FREQUENT_ALONE)


def pull(before: str, after: str) -> float:
    """How strongly a word across the seam speaks for joining, in nats: see ``cohesion.gain``.

    0 where either side of the seam is no Chinese character.
    """
    if not (HAN_CHARACTER.match(before[-1:]) and HAN_CHARACTER.match(after[:1])):
        return 0.0
    return gain(before, after)
