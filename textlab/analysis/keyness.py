"""Keyness: the terms a place or document uses more, or less, than all the others."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import chi2
from statsmodels.stats.multitest import multipletests

from textlab.analysis.matrix import UnitTermMatrix, unit_term_matrix
from textlab.analysis.measures import Floats, log_likelihood, log_ratio, rate
from textlab.schema import check, empty


def keyness(
    counts: pd.DataFrame, *, min_count: int = 5, exclude: Iterable[str] = (), min_length: int = 1
) -> pd.DataFrame:
    """Each unit of ``counts`` against all the others together, term by term.

    Tested are the terms that occur at least ``min_count`` times in all, have at least
    ``min_length`` characters and are not in ``exclude``; the totals are those of all of
    ``counts``, so leaving a term out changes no other term's rate. Every unit is tested for
    every such term, also those it never uses: units x terms rows. Fewer than two units give
    no rows.

    Returns the table ``keyness``: ``group`` (the unit), ``term``, ``n_target`` and
    ``n_reference`` (counts in the unit and in the others), ``per_10k_*`` (per 10,000 tokens),
    ``g2`` (:func:`~textlab.analysis.measures.log_likelihood`), ``log_ratio`` (binary, zero
    corrected: :func:`~textlab.analysis.measures.log_ratio`) and ``q_g2``, the false discovery
    rate of ``g2`` by Benjamini and Hochberg (1995) over all tests of the table. Ordered by
    group; within it the terms used more than elsewhere, then the others, each by falling
    ``g2``, then by term.

    ``q_g2`` takes tokens for independent draws, which they are not: it ranks, but a term that
    one long document repeats will look significant. Report how many documents use a term too.
    """
    matrix = unit_term_matrix(counts)
    matrix, totals = _tested(matrix, min_count, set(exclude), min_length), matrix.n.sum(axis=1)
    if len(matrix.units) < 2 or not len(matrix.terms):
        return empty("keyness")
    n_target = matrix.n.toarray()
    n_reference = n_target.sum(axis=0) - n_target
    size_target = totals[:, np.newaxis]
    size_reference = totals.sum() - size_target
    sizes = size_target, size_reference
    g2 = log_likelihood(n_target, n_reference, *sizes)
    # Whole numbers: equal rates are found equal, which a comparison of quotients may miss.
    more = n_target * size_reference > n_reference * size_target
    cells = {
        "n_target": n_target,
        "n_reference": n_reference,
        "per_10k_target": rate(n_target, size_target),
        "per_10k_reference": rate(n_reference, size_reference),
        "g2": g2,
        "log_ratio": log_ratio(n_target, n_reference, *sizes),
        "q_g2": _false_discovery_rates(g2),
    }
    unit, term, order = _order(more, g2)
    columns = {"group": matrix.units.take(unit), "term": matrix.terms.take(term)}
    columns |= {name: values.ravel()[order] for name, values in cells.items()}
    return check(pd.DataFrame(columns), "keyness")


def _tested(
    matrix: UnitTermMatrix, min_count: int, exclude: set[str], min_length: int
) -> UnitTermMatrix:
    """``matrix`` with the columns that are tested."""
    terms = matrix.terms
    kept = (matrix.n.sum(axis=0) >= min_count) & ~terms.isin(list(exclude))
    kept &= np.asarray(terms.str.len() >= min_length, dtype=bool)
    return UnitTermMatrix(matrix.units, terms[kept], matrix.n[:, kept])


def _false_discovery_rates(g2: Floats) -> Floats:
    """Benjamini and Hochberg's q over all of ``g2``, in its shape."""
    q: Floats = multipletests(chi2.sf(g2.ravel(), 1), method="fdr_bh")[1]
    return q.reshape(g2.shape)


def _order(
    more: NDArray[np.bool_], g2: Floats
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Unit and term of each row of the result, and where its cell stands."""
    unit, term = (codes.ravel() for codes in np.indices(g2.shape))
    order = np.lexsort((term, -g2.ravel(), ~more.ravel(), unit))
    return unit[order], term[order], order
