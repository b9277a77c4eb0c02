"""Paragraphs in groups: their order, their documents and their sizes in tokens."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from textlab.errors import TableError, UnknownNameError, nearest
from textlab.schema import check
from textlab.statistics.matrix import positions, sorted_names
from textlab.tokens.counting import paragraph_sizes

Codes = NDArray[np.intp]
Sizes = NDArray[np.int64]


@dataclass(frozen=True)
class Grouped:
    """Paragraphs that have a group, in order of group, document and paragraph.

    The order is what the draws of a bootstrap belong to, so it is one of names. ``groups`` are
    the names in order; the others have an item a paragraph: ``group`` is the position of its
    group there, ``document`` counts the documents of the first group, then those of the second
    (a document of two groups counts in both), ``owner`` is the same for all paragraphs of one
    document, ``original`` says that it is no copy, and
    ``tokens`` and ``tokens_unique`` are its counted tokens, the latter 0 for copies.
    """

    groups: pd.Index[str]
    para_id: pd.Series
    group: Codes
    document: Codes
    owner: Codes
    original: NDArray[np.bool_]
    tokens: Sizes
    tokens_unique: Sizes

    def by_group(self, values: Sizes) -> Sizes:
        """The sum of ``values``, whole numbers, one a paragraph, in each group."""
        return np.bincount(self.group, values, minlength=len(self.groups)).astype("int64")

    def documents(self) -> Sizes:
        """The number of documents of each group."""
        return self.by_group(first_of_each(self.document).astype("int64"))


def group_paragraphs(
    paragraphs: pd.DataFrame, tokens: pd.DataFrame, by: str | pd.Series
) -> Grouped:
    """``paragraphs`` by a column of theirs or a Series of groups; those without one left out.

    ``tokens`` are the table ``tokens`` or ``sizes``.
    """
    names = _groups(paragraphs, by)
    groups = sorted_names(names[names != ""])
    group, document = positions(names, groups), _ranks(paragraphs["doc_id"])
    order = np.lexsort((_ranks(paragraphs["para_id"]), document, group))
    order = order[np.searchsorted(group[order], 0) :]
    original = (paragraphs["duplicate_of"] == "").to_numpy()[order]
    size = _sizes(paragraphs["para_id"], tokens)[order]
    changes = first_of_each(group[order]) | first_of_each(document[order])
    return Grouped(
        groups,
        paragraphs["para_id"].iloc[order],
        group[order],
        np.cumsum(changes) - 1,
        document[order],
        original,
        size,
        np.where(original, size, 0),
    )


def first_of_each(codes: Codes) -> NDArray[np.bool_]:
    """Where a code differs from the one before it, or has none before it."""
    first = np.ones(len(codes), dtype=bool)
    first[1:] = codes[1:] != codes[:-1]
    return first


def group_position(reference: str, groups: pd.Index[str]) -> int:
    """Where in ``groups`` the one to compare with stands; UnknownNameError if it does not."""
    if reference not in groups:
        raise UnknownNameError(
            f"no group '{reference}' to compare with{nearest(reference, groups)}; "
            f"there are: {', '.join(groups) or 'none'}"
        )
    return groups.tolist().index(reference)


def _ranks(values: pd.Series) -> Codes:
    return positions(values, sorted_names(values))


def _sizes(para_id: pd.Series, tokens: pd.DataFrame) -> Sizes:
    """The counted tokens of each paragraph."""
    given = "tokens" in tokens.columns and "kind" not in tokens.columns
    sizes = check(tokens, "sizes") if given else paragraph_sizes(tokens)
    # One more, for the paragraphs that it does not have, which are at -1.
    counted = np.append(sizes["tokens"].to_numpy(), 0)
    return counted[positions(para_id, pd.Index(sizes["para_id"]))]


def _groups(paragraphs: pd.DataFrame, by: str | pd.Series) -> pd.Series:
    """The group of each paragraph as text; empty for those that have none."""
    if isinstance(by, str):
        if by not in paragraphs.columns:
            raise UnknownNameError(
                f"no column '{by}' in paragraphs{nearest(by, paragraphs.columns)}; "
                f"there are: {', '.join(paragraphs.columns)}"
            )
        return paragraphs[by].astype("str").fillna("")
    by = by.dropna().astype("str")
    if by.index.has_duplicates:
        twice = by.index[by.index.duplicated()][0]
        raise TableError(
            f"the Series of groups wants one group a para_id; {twice!r} is there twice"
        )
    if len(by) and not by.index.isin(paragraphs["para_id"]).any():
        raise TableError(
            "the Series of groups wants an index of para_id; "
            f"none of its {len(by)} is in paragraphs (the first is {by.index[0]!r})"
        )
    return paragraphs["para_id"].map(by).fillna("")
