"""What is measured of style, as sums over paragraphs whose ratio is the measure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import coo_array

from textlab.analysis.style_text import LEXICAL_KINDS, Text
from textlab.statistics.grouping import Codes, first_of_each
from textlab.statistics.measures import Floats, hd_d
from textlab.statistics.measures.diversity import chance_missing, window_types
from textlab.tokens.kinds import COUNTED_KINDS

# Given the paragraphs of one document, the measure without each of them, in any order.
Without = Callable[[Codes], Floats]


@dataclass(frozen=True)
class Measure:
    """A measure of style: the sum of ``over`` by the sum of ``under``, which a paragraph has.

    ``tokens`` are those that it rests on; a paragraph of 0 is no unit. ``most`` is the highest
    value there can be, ``lacking`` says what a document without ``tokens`` lacks. Where a
    paragraph's part cannot be told from its neighbours', ``without`` leaves it out instead.
    ``counts`` says that the measure is a rate of some tokens among all.
    """

    name: str
    over: Floats
    under: Floats
    tokens: Floats
    most: float
    lacking: str
    without: Without | None = None
    counts: bool = False


def measures_of(text: Text, *, window: int, sample: int) -> list[Measure]:
    """All measures of style."""
    counted = text.per_row(text.of_kinds(COUNTED_KINDS))
    lexical = _Lexical.of(text)
    return [
        lexical.mattr(window),
        lexical.hd_d(sample),
        *_sentences(text),
        _share(text, "slogan_share", "lexicon", counted),
        _share(text, "number_share", "number", counted),
    ]


def _share(text: Text, name: str, kind: str, counted: Floats) -> Measure:
    of_kind = text.per_row(text.of_kinds([kind]))
    return Measure(name, of_kind, counted, counted, 1.0, "without words", counts=True)


def _sentences(text: Text) -> list[Measure]:
    """Mean lengths, in tokens and in characters."""
    inside = text.of_kinds(COUNTED_KINDS) & (text.sentence > 0)
    tokens = text.per_row(inside)
    characters = text.per_row(np.where(inside, text.token.str.len().to_numpy(), 0))
    starts = np.zeros(len(text.row), dtype=bool)
    starts[np.flatnonzero(inside)[first_of_each(text.sentence[inside])]] = True
    number = text.per_row(starts)
    lengths = {"sentence_length": tokens, "sentence_characters": characters}
    return [
        Measure(name, length, number, tokens, np.inf, "without sentences")
        for name, length in lengths.items()
    ]


@dataclass(frozen=True)
class _Lexical:
    """The words of the text in reading order: their types, paragraphs and documents."""

    code: Codes
    row: Codes
    document: Codes
    document_of_row: Codes

    @classmethod
    def of(cls, text: Text) -> _Lexical:
        chosen = text.of_kinds(LEXICAL_KINDS)
        row, documents = text.row[chosen], text.rows.document
        code = np.asarray(pd.factorize(text.token[chosen])[0])
        return cls(code, row, documents[row], documents)

    def _tokens(self, least: int) -> Floats:
        """The words of each paragraph, 0 in documents that have fewer than ``least``."""
        rows = len(self.document_of_row)
        size = np.bincount(self.row, minlength=rows)
        long = np.bincount(self.document_of_row, size) >= least
        return np.where(long[self.document_of_row], size, 0).astype("float64")

    def mattr(self, window: int) -> Measure:
        """MATTR; a window stays within a document and belongs where it begins."""
        types = window_types(self.code, window)
        starts = np.arange(len(types))
        inside = self.document[starts] == self.document[starts + window - 1]
        row, rows = self.row[starts[inside]], len(self.document_of_row)
        ttr, number = (
            np.bincount(row, weights, minlength=rows).astype("float64")
            for weights in (types[inside] / window, None)
        )

        def without(chosen: Codes) -> Floats:
            here = self._document_of(chosen)
            return mattr_without(self.code[here], self.row[here], window)

        lacking = f"shorter than {window} words"
        tokens = self._tokens(window)
        return Measure("mattr", ttr, number, tokens, 1.0, lacking, without)

    def hd_d(self, sample: int) -> Measure:
        """HD-D, the mean of the documents weighted by their words."""
        tokens = self._tokens(sample)
        documents = int(self.document_of_row.max(initial=-1)) + 1
        value = hd_d(_counts(self.document, self.code, documents), sample=sample)
        weighted = np.where(tokens > 0, tokens * value[self.document_of_row], 0.0)

        def without(chosen: Codes) -> Floats:
            here = self._document_of(chosen)
            return hd_d_without(self.code[here], self.row[here], sample)

        lacking = f"shorter than {sample} words"
        return Measure("hd_d", weighted, tokens, tokens, 1.0, lacking, without)

    def _document_of(self, rows: Codes) -> slice:
        """Where the words of the document of these paragraphs stand."""
        document = self.document_of_row[rows[0]]
        return slice(*np.searchsorted(self.document, [document, document + 1]))


def mattr_without(code: Codes, row: Codes, window: int) -> Floats:
    """The MATTR of a document without each of its paragraphs in turn; NaN if too short.

    The text closes up behind what is left out: a paragraph shares windows with its neighbours,
    and what it does to those is part of its influence.
    """
    starts = np.flatnonzero(first_of_each(row))
    types = np.r_[0, np.cumsum(window_types(code, window))]
    values = np.empty(len(starts))
    for i, (start, end) in enumerate(zip(starts, [*starts[1:], len(code)], strict=True)):
        touching = np.clip([start - window + 1, end], 0, len(types) - 1)
        joined = np.r_[code[max(0, start - window + 1) : start], code[end : end + window - 1]]
        crossing = window_types(joined, window)
        total = types[-1] - np.diff(types[touching])[0] + crossing.sum()
        number = len(types) - 1 - np.diff(touching)[0] + len(crossing)
        values[i] = total / (window * number) if number else np.nan
    return values


def hd_d_without(code: Codes, row: Codes, sample: int) -> Floats:
    """The HD-D of a document without each of its paragraphs in turn; NaN if too short."""
    paragraph, type_ = (
        np.unique(row, return_inverse=True)[1],
        np.unique(code, return_inverse=True)[1],
    )
    cells = _counts(paragraph, type_, int(paragraph.max(initial=-1)) + 1)
    total = np.bincount(type_)
    left = len(code) - np.diff(np.r_[0, np.cumsum(cells.sum(axis=1))])
    n, number = np.unique(total, return_counts=True)
    # All types as if the paragraph had none of them, then those that it has put right.
    missing = chance_missing(n, left[:, np.newaxis], sample) @ number
    owner = np.repeat(np.arange(len(left)), np.diff(cells.indptr))
    before = total[cells.indices]
    wrong, right = (chance_missing(x, left[owner], sample) for x in (before, before - cells.data))
    missing += np.bincount(owner, right - wrong, minlength=len(left))
    return np.where(left >= sample, (len(total) - missing) / sample, np.nan)


def _counts(row: Codes, code: Codes, rows: int) -> Any:
    """A sparse matrix rows x types."""
    shape = (rows, int(code.max(initial=-1)) + 1)
    matrix = coo_array((np.ones(len(row), dtype="int64"), (row, code)), shape=shape).tocsr()
    matrix.sum_duplicates()
    return matrix
