"""How alike places, or documents, are in the terms they use."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy.special import rel_entr
from sklearn.feature_extraction.text import TfidfTransformer

from textlab.analysis.matrix import unit_term_matrix
from textlab.analysis.measures import Floats
from textlab.errors import TableError
from textlab.schema import arrange, empty


def compare_places(counts: pd.DataFrame, *, reference: pd.DataFrame | None = None) -> pd.DataFrame:
    """All pairs of places, from counts by place: the table ``place_similarity``.

    Columns: ``place_a`` < ``place_b``; ``cosine`` of the tf-idf vectors, 0 (no term shared) to
    1 (same proportions); ``jensen_shannon``, the Jensen-Shannon *distance* of the relative
    frequencies, base 2, 0 (same proportions) to 1 (no term shared). NaN where one of the two
    has no terms; fewer than two places give no rows.

    tf-idf is scikit-learn's: count x (1 + ln((1 + N) / (1 + df))), N and df being units and
    units with the term in ``reference``, another table ``counts``, by default ``counts``
    itself. A few places teach little about which terms are common: give the counts by
    document as reference. The vectors have unit length, but do not compare a short text with
    a long one: a short one lacks most terms by chance, which makes it look different.

    Sources: Salton and Buckley (1988) for tf-idf; Endres and Schindelin (2003) for the
    distance, the square root of the Jensen-Shannon divergence (Lin 1991).
    """
    return _compare(counts, reference, "place_similarity")


def compare_documents(
    counts: pd.DataFrame, *, reference: pd.DataFrame | None = None
) -> pd.DataFrame:
    """All pairs of documents, from counts by document: the table ``document_similarity``.

    Columns ``doc_a`` < ``doc_b``, ``cosine`` and ``jensen_shannon``: see
    :func:`compare_places`. Rows and time grow with the square of the number of documents.
    """
    return _compare(counts, reference, "document_similarity")


def _compare(counts: pd.DataFrame, reference: pd.DataFrame | None, table: str) -> pd.DataFrame:
    units, terms, n = unit_term_matrix(counts)
    if len(units) < 2:
        return empty(table)
    learnt = n if reference is None else unit_term_matrix(reference, terms=terms).n
    if not learnt.shape[0]:
        raise TableError("the reference counts have no rows; wanted those of one unit or more")
    a, b = np.triu_indices(len(units), 1)
    sizes = n.sum(axis=1)
    known = (sizes[a] > 0) & (sizes[b] > 0)
    first, second, *_ = (name for name in empty(table).columns)
    pairs = {
        first: units.take(a),
        second: units.take(b),
        "cosine": np.where(known, _cosine(n, learnt), np.nan),
        "jensen_shannon": np.where(known, _jensen_shannon(n), np.nan),
    }
    return arrange(pd.DataFrame(pairs), table)


def _cosine(n: Any, learnt: Any) -> Floats:
    """Cosine of the tf-idf vectors of each pair of rows, row by row of the upper triangle."""
    vectors = TfidfTransformer().fit(learnt).transform(n)
    cosine = (vectors @ vectors.T).toarray()
    return np.asarray(np.minimum(cosine[np.triu_indices(n.shape[0], 1)], 1.0))


def _jensen_shannon(n: Any) -> Floats:
    """Jensen-Shannon distance of each pair of rows, row by row of the upper triangle.

    A term that one of the two has, with probability p, adds p to twice the divergence; so
    only the terms that both have need a logarithm, which for many sparse texts is a small
    part of units x units x terms.
    """
    rows = np.repeat(np.arange(n.shape[0]), np.diff(n.indptr))
    p = n.data / n.sum(axis=1)[rows]
    return np.concatenate(
        [_distances(n.indices, p, rows, unit, n.shape) for unit in range(n.shape[0] - 1)]
    )


def _distances(indices: Any, p: Floats, rows: Any, unit: int, shape: tuple[int, int]) -> Floats:
    """Distances of row ``unit`` of a matrix in coordinates to each row after it."""
    start, end = np.searchsorted(rows, [unit, unit + 1])
    own = np.zeros(shape[1])
    own[indices[start:end]] = p[start:end]
    mine, theirs, row = own[indices[end:]], p[end:], rows[end:] - (unit + 1)
    both = mine > 0
    mine, theirs = mine[both], theirs[both]
    middle = (mine + theirs) / 2
    # Against terms that are not shared: each p, which is p * log2(p / (p / 2)).
    gain = (rel_entr(mine, middle) + rel_entr(theirs, middle)) / np.log(2) - mine - theirs
    divergence = 1 + np.bincount(row[both], gain, minlength=shape[0] - unit - 1) / 2
    return np.asarray(np.sqrt(np.clip(divergence, 0.0, 1.0)))
