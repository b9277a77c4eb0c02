"""Whether two pieces of text belong together: does a word of the dictionary run across?"""

from __future__ import annotations

from functools import lru_cache

from textlab.language.segmenter import cut_by_dictionary, frequency

REACH = 8
# Occurrences in jieba's dictionary: 要 156,581, 让 50,310, but 量 10,182, 展 1,961.
FREQUENT_ALONE = 50_000


@lru_cache(maxsize=4096)
def word_across(before: str, after: str) -> bool:
    """Whether segmenting the joined text puts one word on both sides of the seam.

    The whole neighbourhood is cut, so that 就业|务实 does not count as 业务.
    """
    head, tail = before[-REACH:], after[:REACH]
    at = 0
    for word in cut_by_dictionary(head + tail):
        at += len(word)
        if at >= len(head):
            return at > len(head)
    return False


@lru_cache(maxsize=4096)
def between_words(before: str, after: str) -> bool:
    """Whether the seam lies between two whole words, rather than inside one on either side.

    A whole word has two characters or more; behind the seam also one that is frequent alone
    (要, 的, 在). A single rare one there is what is left of a word that begins elsewhere.
    """
    last = cut_by_dictionary(before[-REACH:])[-1:]
    first = cut_by_dictionary(after[:REACH])[:1]
    if not last or not first or len(last[0]) < 2:
        return False
    return len(first[0]) > 1 or frequency(first[0]) >= FREQUENT_ALONE
