"""Counted tokens as codes, with their sentences: what collocations are counted in."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from numbers import Integral

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from textlab.errors import StudyError, UnknownNameError, nearest
from textlab.schema import arrange
from textlab.statistics.grouping import first_of_each
from textlab.tokens.kinds import CONTENT_KINDS, COUNTED_KINDS, KINDS
from textlab.tokens.sentences import sentence_numbers

Codes = NDArray[np.intp]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class CodedText:
    """The counted tokens of a text in reading order, punctuation left out.

    ``terms`` are the different tokens, sorted. ``term`` and ``sentence`` have an item a token:
    positions in ``terms``, and ascending numbers without gaps. ``company`` is ``term`` where the
    token may be a collocate, else -1. ``paragraph`` and ``document`` have an item a sentence:
    positions in ``para_id``, and codes.
    """

    terms: pd.Index[str]
    term: Codes
    company: Codes
    sentence: Codes
    paragraph: Codes
    document: Codes
    para_id: pd.Index[str]

    @cached_property
    def pairs(self) -> tuple[Codes, Codes]:
        """Sentence and collocate of each pair of the two that there is, in order of sentences."""
        kept = self.company >= 0
        return distinct_pairs(self.sentence[kept], self.company[kept], len(self.terms))

    @cached_property
    def bounds(self) -> Codes:
        """Where each sentence begins, and behind the last where that ends."""
        begins: Codes = np.flatnonzero(first_of_each(self.sentence))
        return np.append(begins, len(self.sentence))

    def codes(self, nodes: Iterable[str]) -> dict[str, int]:
        """The positions in ``terms`` of ``nodes``, each once, in order of names.

        :class:`UnknownNameError` for one that is no counted token of the text.
        """
        named = sorted({nodes} if isinstance(nodes, str) else set(nodes))
        found = dict(zip(named, self.terms.get_indexer(pd.Index(named, dtype="str")), strict=True))
        for node, code in found.items():
            if code < 0:
                raise UnknownNameError(
                    f"the node '{node}' is no token of these texts{nearest(node, self.terms)} "
                    "(within a longer term it is none of its own)"
                )
        return {node: int(code) for node, code in found.items()}

    def sentences_with(self, node: int) -> Codes:
        """The sentences in which the term of this code stands, ascending."""
        with_node = self.sentence[self.term == node]
        return np.unique(with_node)


def coded_text(
    tokens: pd.DataFrame,
    *,
    exclude: Collection[str] = (),
    min_length: int = 1,
    kinds: Iterable[str] = CONTENT_KINDS,
) -> CodedText:
    """The table ``tokens`` as codes; what may be a collocate is said by the options.

    A collocate is of one of ``kinds``, not in ``exclude``, and has ``min_length`` characters or
    more. What is none still counts as a token and as a distance.
    """
    wanted = _check_kinds(kinds)
    check_whole(min_length=min_length)
    if isinstance(exclude, str):
        raise StudyError(f"exclude wants a collection of terms, found the text {exclude!r}")
    tokens = arrange(tokens, "tokens")
    number = sentence_numbers(tokens).to_numpy()
    counted = tokens["kind"].isin(COUNTED_KINDS).to_numpy()
    token, kind, para_id, doc_id = (
        tokens[name][counted] for name in ("token", "kind", "para_id", "doc_id")
    )
    term, terms = pd.factorize(token, sort=True)
    paragraph, named = pd.factorize(para_id)
    first = first_of_each(paragraph) | first_of_each(number[counted])
    may = ~terms.isin(list(exclude)) & np.asarray(terms.str.len() >= min_length, dtype=bool)
    return CodedText(
        pd.Index(terms, dtype="str"),
        term,
        np.where(may[term] & kind.isin(wanted), term, -1),
        np.cumsum(first) - 1,
        paragraph[first],
        pd.factorize(doc_id)[0][first],
        pd.Index(named, dtype="str"),
    )


def distinct_pairs(one: Codes, other: Codes, size: int) -> tuple[Codes, Codes]:
    """The different pairs of two codes, sorted; those of ``other`` are below ``size``."""
    pairs = np.unique(one * max(size, 1) + other)
    first, second = np.divmod(pairs, max(size, 1))
    return first, second


def check_whole(least: int = 1, **named: object) -> None:
    """:class:`StudyError` for an option that is no whole number of ``least`` or more."""
    for name, value in named.items():
        if not isinstance(value, Integral) or isinstance(value, bool) or int(value) < least:
            raise StudyError(f"{name} wants a whole number of {least} or more, found {value!r}")


def _check_kinds(kinds: Iterable[str]) -> list[str]:
    wanted = [kinds] if isinstance(kinds, str) else list(kinds)
    for kind in wanted:
        if kind not in COUNTED_KINDS:
            why = "punctuation is no collocate" if kind in KINDS else f"no kind of token {kind!r}"
            raise UnknownNameError(f"{why}; there are: {', '.join(COUNTED_KINDS)}")
    return wanted
