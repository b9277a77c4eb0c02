"""What is left out of the candidates, and by which rule."""

from __future__ import annotations

import re
from collections.abc import Iterable

from textlab.language.dictionary import frequency, tags
from textlab.language.punctuation import HAN
from textlab.language.stopwords import stopwords
from textlab.tokens.phrase_candidate import Candidate
from textlab.tokens.phrase_words import (
    ADJECTIVES,
    GENERAL,
    JOINING,
    NO_BEGINNING,
    NO_END,
    NOT_LAST,
    NOT_WITHIN,
    PREDICATES,
)

# What a figure stands beside so often is a measure or a count.
FIGURES = 0.5
# What begins with a verb is a term if it is so often governed by what stands before.
GOVERNED = 0.75
LEAST_COHESION = 0.2
# In bits. One bit: of two occurrences both neighbours differ.
LEAST_FREEDOM, LEAST_FREEDOM_OF_MANY = 1.0, 1.25
MANY = 10

Stopwords = frozenset[str]

_TWO_HAN = re.compile(f"[{HAN}][^{HAN}]*[{HAN}]")
_ONLY_HAN = re.compile(f"[{HAN}]+")


def phrases_among(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Those of ``candidates`` that no rule leaves out.

    What stands in quotation marks in half of its occurrences is a phrase if it has two Han
    characters: its author takes it for one. Of the rest these are left out:

    - two letters (too little to tell a word from an accident), letters and digits, what a figure
      stands beside in half of its occurrences (增长, 左右 and what they measure);
    - what does not hold together (cohesion below 0.2), what stands in few surroundings (freedom
      below 1 bit, from ten occurrences on below 1.25), which is a piece of something longer;
    - a single word of jieba's dictionary;
    - stopwords at an edge (全年, 各位代表, 推进…); a pronoun, numeral, preposition or the like as
      the first word, by jieba's dictionary, and similarly as the last; a verb, adverb or
      adjective as the first (入选国家), but not where it is governed by the word before in 75%
      of its occurrences (发展首发经济); 的, 是, 将 within;
    - 服务和融入, two words that only stand side by side, and phrases of nothing but the general
      words of official prose (体制机制, 专项行动).
    """
    stop = stopwords()
    return [
        one for one in candidates if (_is_called_one(one) if one.is_quoted else _is_one(one, stop))
    ]


def _is_called_one(one: Candidate) -> bool:
    return _TWO_HAN.search(one.phrase) is not None


def _is_one(one: Candidate, stop: Stopwords) -> bool:
    if len(one.phrase) < 3 or one.figures >= FIGURES or not _ONLY_HAN.fullmatch(one.phrase):
        return False
    least = LEAST_FREEDOM if one.count < MANY else LEAST_FREEDOM_OF_MANY
    if one.cohesion < LEAST_COHESION or (one.freedom < least and one.count > 1):
        return False
    known = len(one.words) == 1 and frequency(one.phrase) > 0
    return not known and _is_framed(one, stop) and _has_subject(one.words, stop)


def _is_framed(one: Candidate, stop: Stopwords) -> bool:
    """Whether the first and the last word are such as a phrase begins and ends with."""
    first, last = one.words[0], one.words[-1]
    if last in stop or last in NOT_LAST or tags().get(last) in NO_END:
        return False
    if _has_adjective(one.words):
        return True
    if first in stop or tags().get(first) in NO_BEGINNING:
        return False
    return tags().get(first) not in PREDICATES or one.governed >= GOVERNED


def _has_subject(words: list[str], stop: Stopwords) -> bool:
    if NOT_WITHIN & {*words} or (len(words) == 3 and words[1] in JOINING):
        return False
    return _has_adjective(words) or not GENERAL | stop >= {*words}


def _has_adjective(words: list[str]) -> bool:
    """新发展格局, but not 新项目."""
    return words[0] in ADJECTIVES and len("".join(words)) > 3
