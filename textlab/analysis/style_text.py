"""Tokens in reading order, each with its paragraph, document and group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from textlab.schema import check
from textlab.statistics.grouping import Codes, Grouped, group_paragraphs
from textlab.statistics.matrix import positions
from textlab.tokens.kinds import COUNTED_KINDS
from textlab.tokens.sentences import ENDS, sentence_numbers

# Each number would be a type of its own: a text full of figures is not rich in words.
LEXICAL_KINDS = tuple(kind for kind in COUNTED_KINDS if kind != "number")
BODY = "body"


@dataclass(frozen=True)
class Text:
    """Paragraphs that have a group (``rows``), and their tokens in reading order.

    Of each token, ``row`` is the position of its paragraph in ``rows``, ``kind`` its kind, and
    ``sentence`` counts the sentences of all the text; 0 where a token is in none (a heading, or
    what ends without a sign).
    """

    rows: Grouped
    row: Codes
    token: pd.Series
    kind: pd.Series
    sentence: Codes

    def of_kinds(self, kinds: tuple[str, ...] | list[str]) -> NDArray[np.bool_]:
        return self.kind.isin(kinds).to_numpy()

    def per_row(self, chosen: NDArray[Any]) -> NDArray[np.float64]:
        """How many tokens, or the sum of what they have, in each paragraph."""
        return np.bincount(self.row, chosen, minlength=len(self.rows.group)).astype("float64")


def read_text(tokens: pd.DataFrame, paragraphs: pd.DataFrame, by: str | pd.Series) -> Text:
    """The tokens of the paragraphs that have a group.

    Copies are left out, as they are one text printed twice, unless documents are described.
    """
    tokens, paragraphs = check(tokens, "tokens"), check(paragraphs, "paragraphs")
    if not (isinstance(by, str) and by == "doc_id"):
        paragraphs = paragraphs[paragraphs["duplicate_of"] == ""]
    rows = group_paragraphs(paragraphs, tokens, by)
    row = positions(tokens["para_id"], pd.Index(rows.para_id))
    # A document's paragraphs stand by position, which need not be the order of their names.
    place = paragraphs["position"].loc[rows.para_id.index].to_numpy()
    kept = np.flatnonzero(row >= 0)
    at, position = row[kept], tokens["position"].to_numpy()[kept]
    order = kept[np.lexsort((position, at, place[at], rows.document[at]))]
    body = (paragraphs["role"].loc[rows.para_id.index] == BODY).to_numpy()
    here, there = tokens.iloc[order].reset_index(drop=True), row[order]
    return Text(rows, there, here["token"], here["kind"], _sentences(here, body[there]))


def _sentences(tokens: pd.DataFrame, body: NDArray[np.bool_]) -> Codes:
    """The sentences of the body that end with a sign and have words, counted from 1; else 0."""
    if not len(tokens):
        return np.empty(0, dtype=np.intp)
    numbers = sentence_numbers(tokens).to_numpy()
    paragraph = pd.factorize(tokens["para_id"])[0]
    starts = np.ones(len(tokens), dtype=bool)
    starts[1:] = (paragraph[1:] != paragraph[:-1]) | (numbers[1:] != numbers[:-1])
    sentence = np.cumsum(starts)
    code, words = pd.factorize(tokens["token"])
    ends = np.array([ENDS.issuperset(word) for word in words], dtype=bool)[code]
    counted = tokens["kind"].isin(COUNTED_KINDS).to_numpy()
    whole = np.bincount(sentence, ends).astype(bool) & np.bincount(sentence, counted).astype(bool)
    kept = whole[sentence] & body
    return np.where(kept, sentence, 0)
