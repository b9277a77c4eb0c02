"""Counts of paragraphs in groups of documents, as a topic model reads them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from textlab.errors import TableError
from textlab.schema import check
from textlab.statistics.grouping import Codes, Sizes, first_of_each, group_paragraphs
from textlab.statistics.matrix import positions, sorted_names
from textlab.statistics.sampling import Units, added, enough
from textlab.topics.lda import posterior
from textlab.topics.model import TopicModel
from textlab.topics.variational import Floats, exp_log
from textlab.topics.vocabulary import positive_counts, unit_terms

Mask = NDArray[np.bool_]
# Counts that are looked at at once, each with a number a topic.
_CELLS = 2**16


@dataclass(frozen=True)
class GroupedCounts:
    """The paragraphs that have a group and words of a model's vocabulary.

    ``matrix`` (paragraphs x vocabulary, CSR) are their counts, ``tokens`` its row sums. ``group``
    is each paragraph's position in ``groups``; ``document`` counts what documents say for one
    group; ``owner`` is the same for all paragraphs of one document, whatever their group;
    ``unit`` is the same for those that have their topics together. They stand by group, document,
    para_id: sums do not depend on the order of a table.
    """

    groups: pd.Index[str]
    matrix: Any
    tokens: Floats
    group: Codes
    document: Codes
    owner: Codes
    unit: Codes

    @cached_property
    def documents(self) -> Sizes:
        """The number of documents of each group."""
        first = first_of_each(self.document)
        return np.bincount(self.group[first], minlength=len(self.groups)).astype("int64")

    def of(self, group: int) -> Mask:
        """Which paragraphs are of the group."""
        return np.asarray(self.group == group)


def grouped_counts(
    model: TopicModel,
    counts: pd.DataFrame,
    paragraphs: pd.DataFrame,
    by: str | pd.Series,
    units: pd.Series | None = None,
) -> GroupedCounts:
    """``counts`` by para_id in the groups that ``by`` gives; those without a group left out.

    ``by`` is a column of ``paragraphs`` or a Series of groups indexed by para_id. Copies are left
    out too, unless documents are compared (``by="doc_id"``). ``units`` (indexed by para_id) says
    which paragraphs of a document and a group have their topics together; each for itself
    without. TableError if no unit of ``counts`` is a para_id.
    """
    data = unit_terms(positive_counts(counts), model.vocabulary)
    paragraphs = check(paragraphs, "paragraphs")
    if len(counts) and not paragraphs["para_id"].isin(counts["unit"]).any():
        raise TableError(
            "counts want para_id of paragraphs as units, as count(tokens, by='para_id') gives; "
            f"none of theirs is one (the first is '{counts['unit'].iloc[0]}')"
        )
    kept = paragraphs["para_id"].isin(data.units)
    if not (isinstance(by, str) and by == "doc_id"):
        kept &= paragraphs["duplicate_of"] == ""
    # Sizes are those of the vocabulary; these keep paragraphs, no more.
    sizes = paragraphs[["para_id", "doc_id"]].assign(tokens=1)
    rows = group_paragraphs(paragraphs[kept], sizes, by)
    at = positions(rows.para_id, pd.Index(data.units, dtype="str"))
    document = dense(rows.document)
    return GroupedCounts(
        *(rows.groups, data.matrix[at], data.tokens[at], rows.group, document, rows.owner),
        _unit_codes(rows.para_id, document, units),
    )


def _unit_codes(para_id: pd.Series, document: Codes, units: pd.Series | None) -> Codes:
    if units is None:
        return np.arange(len(para_id))
    named = para_id.map(units.dropna().astype("str")).fillna("")
    # A paragraph without a unit is one, and no other has its name and document.
    names = named.where(named != "", "\0" + para_id.astype("str"))
    return dense(document * (len(names) + 1) + positions(names, sorted_names(names)))


def expected_tokens(model: TopicModel, found: GroupedCounts) -> tuple[Floats, Floats]:
    """What each paragraph is about: the tokens of each topic, and the posterior behind them.

    Both are paragraphs x K. The first are expected numbers of tokens, rows sum to ``tokens``: a
    word counts for the topics by its probability in them and their shares in the unit. The
    second is exp(E[log theta]) of the unit, up to a factor. Summed over a unit the tokens are
    gamma - alpha, which leans less to what is usual than shares do.
    """
    of_units = added(found.matrix, found.unit, int(found.unit.max(initial=-1)) + 1)
    gamma = posterior(of_units, model.topic_term, model.alpha)[found.unit]
    shares = exp_log(gamma)
    weights = found.matrix.copy()
    weights.data = weights.data / word_norms(weights, shares, model.topic_term)
    tokens = shares * (weights @ model.topic_term.T)
    # No topic has a word of some paragraph if the model is an NMF read as topics.
    known = tokens.sum(axis=1, keepdims=True) > 0
    tokens = np.where(known, tokens, shares)
    return tokens * (found.tokens / tokens.sum(axis=1))[:, np.newaxis], shares


def word_norms(matrix: Any, shares: Floats, topic_term: Floats) -> Floats:
    """For each stored count of a CSR matrix the sum over topics of shares times topic_term.

    The probability of a topic, given the word and the row, is its product divided by this.
    """
    norms = np.empty(len(matrix.data))
    by_term = np.ascontiguousarray(topic_term.T)
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    for start in range(0, len(norms), _CELLS):
        at = slice(start, start + _CELLS)
        norms[at] = np.einsum("ik,ik->i", shares[rows[at]], by_term[matrix.indices[at]])
    return np.maximum(norms, np.finfo("float64").tiny)


def dense(codes: Codes) -> Codes:
    """``codes`` as 0, 1, 2... in the same order, none left out."""
    return np.unique(codes, return_inverse=True)[1]


def documents_of(values: Any, sizes: Floats, owner: Codes) -> Units:
    """The rows of ``values`` (paragraphs x anything) added up by document."""
    code = dense(owner)
    size: Any = np.bincount(code, sizes)
    return Units(added(values, code, len(size)), size, "document")


def units_of(values: Any, sizes: Floats, owner: Codes) -> Units:
    """What is taken for independent: documents, or paragraphs where documents are few.

    As in :class:`~textlab.statistics.sampling.Units`, but of expected numbers, which are not whole.
    """
    documents = documents_of(values, sizes, owner)
    if enough(documents.size):
        return documents
    size: Any = sizes
    return Units(values, size, "paragraph")
