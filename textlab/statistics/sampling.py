"""Counts of paragraphs in groups, and what of them is resampled and tested: documents."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array

from textlab.schema import check
from textlab.statistics.grouping import Codes, Grouped, Sizes, first_of_each, group_paragraphs
from textlab.statistics.matrix import positions, unit_term_matrix
from textlab.statistics.measures import Floats

# Two documents say next to nothing of a third, nor do two and the crumb of one: groups of fewer
# documents than these, or of sizes that are as good as fewer equal ones, give their paragraphs.
LEAST, LEAST_EFFECTIVE = 3, 2.5


class Units(NamedTuple):
    """Units that are taken for independent of each other.

    ``n`` is a sparse matrix units x terms of whole numbers, ``size`` the units' tokens, 1 or more.
    ``kind`` is "document", or "paragraph" where there are fewer than ``LEAST`` documents, or
    one or two of them hold nearly all of the text (Kish's effective number, sum(s)² / sum(s²), is
    below ``LEAST_EFFECTIVE``): what is said of those holds for the texts at hand only.
    """

    n: Any
    size: Sizes
    kind: str


@dataclass(frozen=True)
class Sample:
    """Counts of terms in paragraphs that have a group, in order of group, document, paragraph.

    ``n`` is a sparse matrix paragraphs x ``terms``, ``size`` the paragraphs' tokens (terms that
    are left out count too), ``group`` and ``document`` their codes; a document of two groups has
    two codes, as each group is sampled on its own, but only one as ``owner``.
    """

    groups: pd.Index[str]
    terms: pd.Index[str]
    n: Any
    size: Sizes
    group: Codes
    document: Codes
    owner: Codes

    @cached_property
    def by_document(self) -> tuple[Any, Sizes, Codes]:
        """Counts, sizes and groups of the documents that have tokens."""
        first = first_of_each(self.document)
        n = added(self.n, self.document, int(first.sum()))
        size = np.bincount(self.document, self.size, minlength=n.shape[0]).astype("int64")
        kept = size > 0
        return n[kept], size[kept], self.group[first][kept]

    @cached_property
    def documents(self) -> Sizes:
        """The number of documents with tokens of each group."""
        return np.bincount(self.by_document[2], minlength=len(self.groups)).astype("int64")

    @property
    def shares_documents(self) -> bool:
        """Whether a document has paragraphs in several groups."""
        return len(np.unique(self.owner)) < len(np.unique(self.document))

    @cached_property
    def by_group(self) -> tuple[Any, Sizes]:
        """Counts (groups x terms, sparse) and sizes of the groups."""
        size = np.bincount(self.group, self.size, minlength=len(self.groups)).astype("int64")
        return added(self.n, self.group, len(self.groups)), size

    def documents_of(self, chosen: NDArray[np.bool_]) -> Units:
        """The documents of the groups where ``chosen`` (groups,) is true, however few they are.

        What a document says for several of these groups is one unit.
        """
        here = chosen[self.group] & (self.size > 0)
        _, code = np.unique(self.owner[here], return_inverse=True)
        count = int(code.max(initial=-1)) + 1
        size = np.bincount(code, self.size[here], minlength=count).astype("int64")
        return Units(added(self.n[here], code, count), size, "document")

    def units(self, chosen: NDArray[np.bool_]) -> Units:
        """The units of the groups where ``chosen`` (groups,) is true, taken together."""
        documents = self.documents_of(chosen)
        if enough(documents.size):
            return documents
        here = chosen[self.group] & (self.size > 0)
        return Units(self.n[here], self.size[here], "paragraph")

    def only(self, group: int) -> NDArray[np.bool_]:
        """For :meth:`units`: one group."""
        chosen = np.zeros(len(self.groups), dtype=bool)
        chosen[group] = True
        return chosen


def sample(
    counts: pd.DataFrame,
    paragraphs: pd.DataFrame | None,
    by: str | pd.Series = "place",
    *,
    copies: bool = False,
) -> Sample:
    """``counts`` in the groups that ``paragraphs`` say.

    The units of ``counts`` are para_id, its sizes those of all its terms. ``by`` is a column of
    ``paragraphs`` or a Series indexed by para_id, as in
    :func:`~textlab.analysis.keywords.keyword_frequencies`. Paragraphs without a group are left
    out, and copies too unless ``copies`` is true or documents are compared (``by="doc_id"``).

    Without ``paragraphs`` each unit of ``counts`` is a group of one document of one paragraph:
    there is nothing to resample.
    """
    units, terms, n = unit_term_matrix(counts)
    size = np.asarray(n.sum(axis=1), dtype="int64")
    if paragraphs is None:
        each = np.arange(len(units))
        return Sample(units, terms, n, size, each, each, each)
    own = isinstance(by, str) and by == "doc_id"
    rows = _rows(check(paragraphs, "paragraphs"), units, size, by, originals=not (copies or own))
    at = positions(rows.para_id, units)
    # What has no counts is at -1, and has no tokens.
    return of_rows(rows, terms, n[at], np.where(at >= 0, size[at], 0))


def of_rows(rows: Grouped, terms: pd.Index[str], n: Any, size: Sizes) -> Sample:
    """The paragraphs of ``rows`` that have tokens, with their counts ``n`` and ``size``."""
    there = size > 0
    document = np.unique(rows.document[there], return_inverse=True)[1]
    return Sample(
        rows.groups, terms, n[there], size[there], rows.group[there], document, rows.owner[there]
    )


def enough(sizes: Sizes | Floats) -> bool:
    """Whether documents of these sizes are enough to be units: not few, nor as good as few."""
    size = sizes.astype("float64")
    return len(size) >= LEAST and bool(size.sum() ** 2 >= LEAST_EFFECTIVE * (size**2).sum())


def rests_on(units: Units, documents: int) -> str:
    """Why an interval over ``units`` is missing, or speaks of these texts only; or nothing."""
    if not len(units.size):
        return "no words"
    if units.kind == "document":
        return ""
    owners = f"{documents} document{'s' * (documents != 1)}"
    if len(units.size) == 1:
        return f"{owners} of one paragraph: no interval"
    return f"{owners}: interval over {len(units.size)} paragraphs, for these texts only"


def _rows(
    paragraphs: pd.DataFrame,
    units: pd.Index[str],
    size: Sizes,
    by: str | pd.Series,
    *,
    originals: bool,
) -> Grouped:
    """The paragraphs that have counts, in groups."""
    kept = paragraphs["para_id"].isin(units)
    if originals:
        kept &= paragraphs["duplicate_of"] == ""
    doc_id = paragraphs.set_index("para_id")["doc_id"]
    sizes = pd.DataFrame(
        {"para_id": units, "doc_id": doc_id.reindex(units).fillna(""), "tokens": size}
    )
    return group_paragraphs(paragraphs[kept], sizes, by)


def added(values: Any, codes: Codes, size: int) -> Any:
    """The rows of an array or a sparse matrix added up by code, 0 <= code < size."""
    ones = np.ones(len(codes), dtype="int64")
    shape = (size, len(codes))
    return coo_array((ones, (codes, np.arange(len(codes)))), shape=shape).tocsr() @ values
