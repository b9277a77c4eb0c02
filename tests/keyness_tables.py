"""Small tables of counts for the tests of keyness, of documents and of dispersion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.sparse import csr_array

from tests.helpers import make_paragraphs
from textlab.statistics.sampling import Units

Texts = Mapping[str, Sequence[Mapping[str, int]]]


def make_counts(**units: Mapping[str, int]) -> pd.DataFrame:
    """The table ``counts`` of units, each as term: n."""
    rows = [(unit, term, n) for unit, terms in units.items() for term, n in terms.items()]
    return pd.DataFrame(rows, columns=["unit", "term", "n"])


def find(result: pd.DataFrame, group: str, term: str) -> pd.Series:
    """The row of a group and a term."""
    row: pd.Series = result[(result["group"] == group) & (result["term"] == term)].iloc[0]
    return row


def make_corpus(texts: Texts) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Counts by para_id, and paragraphs: of each place its documents, of one paragraph each."""
    units, tables = {}, []
    for place, documents in texts.items():
        for number, terms in enumerate(documents):
            table = make_paragraphs(["文"], doc_id=f"{place}{number}").assign(place=place)
            tables.append(table)
            units[str(table["para_id"].iloc[0])] = terms
    return make_counts(**units), pd.concat(tables, ignore_index=True)


def as_units(n: ArrayLike, size: ArrayLike) -> Units:
    """Documents x terms and the documents' tokens."""
    return Units(csr_array(np.asarray(n, "int64")), np.asarray(size, "int64"), "document")
