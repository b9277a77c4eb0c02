"""Terms that too few or too many documents use to tell anything of one of them."""

from __future__ import annotations

from collections.abc import Collection
from numbers import Integral, Real

import pandas as pd

from textlab import schema
from textlab.errors import StudyError


def filter_terms(
    counts: pd.DataFrame,
    *,
    min_documents: int = 1,
    max_document_share: float = 1.0,
    keep: Collection[str] = (),
) -> pd.DataFrame:
    """``counts`` without the terms of too few or too many of its units.

    Left are the terms in at least ``min_documents`` units and in at most the share
    ``max_document_share`` of all units, and those in ``keep``. The units are the documents:
    make such counts with ``by="doc_id"``. For rates, and to filter counts by place by what is
    usual in documents, give the terms of :func:`rare_and_common` as ``exclude`` instead: keyness
    wants the totals of all words.

    Validity: the share of documents depends on their length. Where some are long reports and
    others single articles, a word's share says little.
    """
    outside = rare_and_common(
        counts, min_documents=min_documents, max_document_share=max_document_share, keep=keep
    )
    table = schema.check(counts, "counts")
    return table[~table["term"].isin(sorted(outside))].reset_index(drop=True)


def rare_and_common(
    counts: pd.DataFrame,
    *,
    min_documents: int = 1,
    max_document_share: float = 1.0,
    keep: Collection[str] = (),
) -> frozenset[str]:
    """The terms that :func:`filter_terms` leaves out, for ``exclude`` in counting and keyness.

    Raises :class:`StudyError` for bounds that cannot be.
    """
    _check_bounds(min_documents, max_document_share, keep)
    table = schema.check(counts, "counts")
    having = units_with_term(table)
    usual = are_usual(having, table["unit"].nunique(), min_documents, max_document_share)
    return frozenset(table["term"]) - frozenset(having.index[usual]) - frozenset(keep)


def units_with_term(counts: pd.DataFrame) -> pd.Series:
    """In how many units each term stands, indexed by term, in the order of names."""
    return counts[counts["n"] > 0].groupby("term", sort=True).size()


def are_usual(units_with_term: pd.Series, units: int, least: int, share: float) -> pd.Series:
    """Whether each term stands in ``least`` units or more and in the ``share`` of all or less."""
    return (units_with_term >= least) & (units_with_term / units <= share)


def _check_bounds(least: object, share: object, keep: object) -> None:
    if not isinstance(least, Integral) or isinstance(least, bool) or least < 1:
        raise StudyError(f"min_documents wants a whole number of 1 or more, found {least!r}")
    if not isinstance(share, Real) or isinstance(share, bool) or not 0 < float(share) <= 1:
        raise StudyError(f"max_document_share wants a number above 0 and up to 1, found {share!r}")
    if isinstance(keep, str):
        raise StudyError(f"keep wants a collection of terms, found the text {keep!r}")
