"""The kinds of token: word, lexicon, number, latin, unit and punctuation."""

from __future__ import annotations

import re
from functools import lru_cache

from textlab.language.matching import Match
from textlab.language.punctuation import HAN

KINDS = ("word", "lexicon", "number", "latin", "unit", "punctuation")
# What rates are counted in.
COUNTED_KINDS = ("word", "lexicon", "number", "latin", "unit")
CONTENT_KINDS = ("word", "lexicon")

_HAN = re.compile(f"[{HAN}]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff]")
_DIGIT = re.compile(r"\d")

_PART = r"[A-Za-z0-9]++(?:\.[0-9]++)?%?"
_EXPRESSION = re.compile(rf"(?<![A-Za-z0-9]){_PART}(?:[+&-]{_PART})+")
_JOINED = re.compile("[+&-][A-Za-z0-9]")


@lru_cache(maxsize=1 << 17)
def kind_of(token: str) -> str:
    """word (has a Han character), latin (a letter), number (a digit) or punctuation.

    Of white space, which is no token, the empty string.
    """
    if _HAN.search(token):
        return "word"
    if _LATIN.search(token):
        return "latin"
    if _DIGIT.search(token):
        return "number"
    return "" if token.isspace() else "punctuation"


def expressions(text: str) -> list[Match]:
    """Numbers and Latin strings joined by a sign, which jieba cuts at it: 1+3, 5G-A, AT&T.

    A range (5-10%) and a date (2024-01-05) are one number.
    """
    if not _JOINED.search(text):
        return []
    return [(*found.span(), found.group()) for found in _EXPRESSION.finditer(text)]
