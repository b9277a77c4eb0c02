"""The sentences of a node in each group of paragraphs, and the collocates that they hold."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import coo_array

from textlab.analysis.collocation_text import CodedText
from textlab.schema import check
from textlab.statistics.grouping import Grouped, group_paragraphs, group_position
from textlab.statistics.matrix import positions
from textlab.statistics.sampling import Sample, of_rows


class Groups(NamedTuple):
    """The groups that are compared: all that have a paragraph with tokens, copies left out."""

    rows: Grouped
    reference: int | None


def compared_groups(
    text: CodedText, paragraphs: pd.DataFrame, by: str | pd.Series, reference: str | None
) -> Groups:
    """``paragraphs`` by group; :class:`UnknownNameError` for a ``reference`` that is none."""
    paragraphs = check(paragraphs, "paragraphs")
    kept = paragraphs["para_id"].isin(text.para_id) & (paragraphs["duplicate_of"] == "")
    no_sizes = pd.DataFrame({"para_id": text.para_id, "doc_id": "", "tokens": 0})
    rows = group_paragraphs(paragraphs[kept], no_sizes, by)
    if reference is None:
        return Groups(rows, None)
    return Groups(rows, group_position(reference, rows.groups))


def node_sample(text: CodedText, node: int, rows: Grouped) -> Sample:
    """The paragraphs of ``rows``, a unit of ``size`` being a sentence that holds the node.

    ``n`` counts, of these, the sentences that hold each other term.
    """
    having = text.sentences_with(node)
    with_node = np.zeros(len(text.document), dtype=bool)
    with_node[having] = True
    sentence, term = text.pairs
    near = with_node[sentence] & (term != node)
    paragraph, shape = text.paragraph, (len(text.para_id), len(text.terms))
    ones = np.ones(int(near.sum()), dtype="int64")
    n = coo_array((ones, (paragraph[sentence[near]], term[near])), shape=shape).tocsr()
    size = np.bincount(paragraph[having], minlength=len(text.para_id)).astype("int64")
    at = positions(rows.para_id, text.para_id)
    return of_rows(rows, text.terms, n[at], size[at])
