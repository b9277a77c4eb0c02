"""Counts by paragraph and the paragraphs they are of, for tests of similarities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from textlab.schema import check

# place -> document -> the counts of the terms t0, t1, ... in each of its paragraphs.
Corpus = Mapping[str, Mapping[str, Sequence[Sequence[int]]]]

SMALL: Corpus = {
    "东港市": {
        "e1": [[4, 1, 0, 2, 0], [3, 0, 0, 1, 1]],
        "e2": [[5, 2, 0, 1, 0]],
        "e3": [[2, 1, 1, 0, 0], [1, 1, 0, 3, 0]],
    },
    "南屏省": {"s1": [[3, 2, 0, 1, 0]], "s2": [[4, 0, 1, 2, 0], [2, 1, 0, 0, 2]]},
    "北原省": {"n1": [[0, 4, 3, 0, 1], [1, 3, 2, 0, 0], [0, 5, 1, 0, 0]]},
    "西京市": {"w1": [[0, 1, 6, 0, 2], [0, 2, 3, 1, 1]], "w2": [[1, 0, 5, 0, 3]]},
}


def tables(corpus: Corpus) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Counts by para_id, and paragraphs."""
    counts, paragraphs = [], []
    for place, documents in corpus.items():
        for doc_id, rows in documents.items():
            for position, row in enumerate(rows):
                para_id = f"{doc_id}#{position}"
                paragraphs.append([para_id, doc_id, 0, position, "body", "", "", 0, 0, place])
                counts += [(para_id, f"t{term}", n) for term, n in enumerate(row)]
    columns = "para_id doc_id article position role text origin raw_start raw_end place".split()
    table = pd.DataFrame(paragraphs, columns=columns).assign(place_basis="", duplicate_of="")
    named = pd.DataFrame(counts, columns=["unit", "term", "n"])
    return check(named, "counts"), check(table, "paragraphs")


def added_up(counts: pd.DataFrame, paragraphs: pd.DataFrame, by: str) -> pd.DataFrame:
    """Counts by place or document from those by paragraph."""
    unit = counts["unit"].map(paragraphs.set_index("para_id")[by])
    sums = counts.assign(unit=unit).groupby(["unit", "term"])["n"].sum()
    return sums.reset_index()
