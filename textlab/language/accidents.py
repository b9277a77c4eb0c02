"""Whether a term that crosses the boundaries of plain words stands there, or two other words do.

成果转化 stands in 科技成果|转化 although jieba cuts it apart; 绿色化 does not stand in 绿色|化工.
The rules, in this order; the first that applies decides:

``latin``
    Accident. The term begins or ends with a Latin letter or a digit, and at that end another
    letter or digit goes on, past a decimal point too: AI in PAID, 5G in 15G and 2.5G. Letters
    and digits are written together, so the word is a longer one.
``number``
    Accident. The same with Chinese numerals: 千万工程 in 百千万|工程, 十大 in 二十大.
``unopposed``
    Counted. No word of two characters in jieba's dictionary stands across an end of the term, so
    no word would be torn: 新质生产力 in 省新质|生产力, where jieba only guesses 省新质; 能源 in
    新能源, which holds all of it; 党的领导 in 中国共产党|的|领导. Longer words are made of shorter
    ones, of which the term may take a part.
``probability``
    Such a word is there, so either it stands here or the term. Both have a most probable way to
    cut the neighbourhood: counted if the one with the term is at least as probable, else an
    accident. What is left over decides: 制造业|务 loses against 制造|业务, since 务 is hardly a
    word of its own; 共建|成渝 wins against 共|建成|渝.

The probability of a way to cut is the product of its words' shares in jieba's dictionary; what
jieba guesses beyond its dictionary is no evidence. The term is a word here, with the share of
``TERM_FREQUENCY`` occurrences or its own if that is more: the dictionary counts texts of the
1990s, in which the terms of today's policy are rare or missing.

Validity: one word on either side is looked at, no grammar and no meaning. Short terms go wrong
more often than long ones: 外资 in 省外|资金 is told apart, but 大数据 in 加大|数据 and 创新 in
再创新高 are counted. A match that crosses no boundary is none of these rules' business, so an
accident that plain jieba falls for as well is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from math import inf, log

from textlab.language.dictionary import ABOUT, begins_word, frequency

# Chosen on the tuning half of tests/gold/crossings.csv; 7,000 does no worse there, 1,000 a little.
TERM_FREQUENCY = 3000
# The length of a word that no boundary runs through.
SIMPLE = 2

_LETTER = re.compile("[0-9A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff]{2}")
_POINT = re.compile(r"[0-9]\.[0-9]")
_NUMERAL = re.compile("[〇零一二两三四五六七八九十百千万亿]{2}")


def runs_across(text: str, at: int) -> str:
    """``latin`` or ``number`` if such a run goes on across offset ``at``, else ``""``."""
    beside = text[at - 1 : at + 1]
    if _LETTER.fullmatch(beside):
        return "latin"
    if _NUMERAL.fullmatch(beside):
        return "number"
    # A point before or behind ``at``.
    decimal = _POINT.fullmatch(text[max(at - 2, 0) : at + 1]) or _POINT.match(text, at - 1)
    return "latin" if decimal else ""


@lru_cache(maxsize=65536)
def likelihoods(before: str, term: str, after: str) -> tuple[float, float]:
    """Log probability of the best reading with ``term``, and of the best with another word.

    The other word stands across one end of the term and does not hold all of it; -inf where no
    word of two characters does.
    """
    text, start, end = before + term + after, len(before), len(before) + len(term)
    # Neither can have a word that holds the whole term.
    heads, tails = _best_heads(text[: end - 1]), _best_tails(text[start + 1 :])
    share = _log_share(max(frequency(term), TERM_FREQUENCY))
    with_term = heads[start] + share + tails[end - start - 1]
    others = [
        (left, right)
        for edge in (start, end)
        for left, right in _words_across(text, edge)
        if start < left < end or start < right < end
    ]
    if not any(right - left == SIMPLE for left, right in others):
        return with_term, -inf
    return with_term, max(
        heads[left] + _log_share(frequency(text[left:right])) + tails[right - start - 1]
        for left, right in others
    )


def _words_across(text: str, edge: int) -> Iterator[tuple[int, int]]:
    """Start and end of every word of the dictionary that stands across ``edge``."""
    for left in range(edge):
        for right in range(edge + 1, len(text) + 1):
            word = text[left:right]
            if not begins_word(word):
                break
            if frequency(word):
                yield left, right


def _best_heads(text: str) -> list[float]:
    """The log probability of the best way to cut each beginning of ``text``, the empty one too."""
    best = [0.0] + [-inf] * len(text)
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            word = text[start:end]
            known = frequency(word)
            # One that the dictionary lacks stands alone, as jieba would have it.
            if known or end == start + 1:
                best[end] = max(best[end], best[start] + _log_share(known))
            if not begins_word(word):
                break
    return best


def _best_tails(text: str) -> list[float]:
    """The log probability of the best way to cut what follows each offset of ``text``."""
    best = [-inf] * len(text) + [0.0]
    for start in range(len(text) - 1, -1, -1):
        for end in range(start + 1, len(text) + 1):
            word = text[start:end]
            known = frequency(word)
            if known or end == start + 1:
                best[start] = max(best[start], _log_share(known) + best[end])
            if not begins_word(word):
                break
    return best


def _log_share(known: int) -> float:
    return log(max(known, 1) / ABOUT)
