"""Where sentences end, for windows that should not reach beyond them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from textlab.errors import TableError

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

ENDS = frozenset("。！？；…｡!?;")
CLOSING = frozenset("”’」』》〉）】〕］｝)]}")
TITLE_END = frozenset("》〉")
# What goes on with the sentence before it: “好！”，他说。
GOING_ON = frozenset("，、：,:")
QUOTE = frozenset('"')
COLUMNS = ("para_id", "position", "token")


def sentence_numbers(tokens: pd.DataFrame) -> pd.Series:
    """The number of each token's sentence in its paragraph, from 1; indexed like ``tokens``.

    A sentence ends with 。！？；… (or such a sign in half width, but never at a full stop of
    ASCII: 3.5, U.S.) and with its paragraph. More such signs, closing quotation marks and
    brackets right behind belong to it. It goes on before a comma, a colon or 、 (“好！”，他说),
    and a sign that ends a title (《谁来养活中国？》) ends no sentence. Straight quotation marks
    open and close by turns. ``tokens`` hold the punctuation, as :func:`tokenize` gives them.

    Validity: a semicolon parts clauses that a grammar may call one sentence; a quotation that
    ends in a full stop in the middle of a sentence ends it.
    """
    missing = [column for column in COLUMNS if column not in tokens.columns]
    if missing:
        raise TableError(f"table 'tokens' wants the column(s) {', '.join(missing)}")
    paragraphs = pd.factorize(tokens["para_id"])[0]
    position = tokens["position"].to_numpy("int64")
    order = _reading_order(paragraphs, position)
    numbers = np.empty(len(tokens), dtype="int64")
    numbers[order] = _numbers(paragraphs[order], tokens["token"].iloc[order])
    return pd.Series(numbers, index=tokens.index, name="sentence")


def _reading_order(paragraphs: Ints, position: Ints) -> Ints | slice:
    """Rows by paragraph and position; most tables stand so, and need no sorting."""
    step = np.diff(paragraphs)
    if ((step > 0) | ((step == 0) & (np.diff(position) > 0))).all():
        return slice(None)
    return np.lexsort((position, paragraphs))


def _numbers(paragraphs: Ints, tokens: pd.Series) -> Ints:
    if not len(tokens):
        return np.empty(0, dtype="int64")
    rows = np.arange(len(tokens))
    first = np.r_[True, paragraphs[1:] != paragraphs[:-1]]
    start = np.maximum.accumulate(np.where(first, rows, 0))
    signs = _Signs(tokens)

    end = signs.made_of(ENDS)
    end[:-1] &= ~(signs.made_of(TITLE_END) & ~first)[1:]
    quote = signs.made_of(QUOTE)
    so_far = np.cumsum(quote)
    even = (so_far - (so_far - quote)[start]) % 2 == 0
    rest = end | signs.made_of(ENDS | CLOSING) | (quote & even)
    # In the tail of a sentence: an end, and since then nothing but ends and closing signs.
    last_end = np.maximum.accumulate(np.where(end, rows, -1))
    last_other = np.maximum.accumulate(np.where(rest, -1, rows))
    tail = last_end > np.maximum(last_other, start - 1)
    begins = first.copy()
    begins[1:] |= tail[:-1] & ~(rest | signs.made_of(GOING_ON))[1:]
    number: Ints = np.cumsum(begins)
    numbers: Ints = number - number[start] + 1
    return numbers


class _Signs:
    """Which tokens are made of which signs, looked up once for each different token."""

    def __init__(self, tokens: pd.Series) -> None:
        self._codes, unique = pd.factorize(tokens)
        self._words = [str(word) for word in unique]

    def made_of(self, signs: frozenset[str]) -> Bools:
        wanted = [signs.issuperset(word) for word in self._words]
        return np.array(wanted, dtype=bool)[self._codes]
