"""How often each keyword is used in each document, place or other group, and how surely."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array

from textlab.analysis.bootstrap import bootstrap_rates, bootstrap_weights
from textlab.analysis.grouping import Grouped, Sizes, first_of_each, group_paragraphs
from textlab.analysis.matrix import positions
from textlab.analysis.measures import Floats, rate
from textlab.errors import UnknownNameError, nearest
from textlab.language.lexicon import Source, head_terms, read_lexicon
from textlab.schema import arrange, check, contract
from textlab.seeds import derive_seed

# The bases of a place that is the whole document's.
OWN_PLACE = ("document", "inferred")
# The numerator and denominator of the rate, by whether copies are left out.
_RATES = {False: ("count", "tokens"), True: ("count_unique", "tokens_unique")}


def keyword_frequencies(
    occurrences: pd.DataFrame,
    tokens: pd.DataFrame,
    paragraphs: pd.DataFrame,
    *,
    lexicon: Source = None,
    by: str | pd.Series = "doc_id",
    unique: bool | None = None,
    resamples: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Count and rate of every keyword in every group, zeros included.

    ``tokens`` are the table of tokens, or only the ``sizes`` of the paragraphs (see
    :func:`~textlab.tokens.counting.paragraph_sizes`), which is all that is asked of it.
    ``paragraphs`` says what is counted: occurrences and tokens elsewhere are left out. ``by``
    names one of its columns, or is a Series of groups indexed by ``para_id``; paragraphs whose
    group is empty or missing are left out (``by="place"`` leaves out those without a place).
    Keywords are the head terms of ``lexicon`` (default: the built-in one).

    Returns ``keyword_by_document`` for ``by="doc_id"``, else ``keyword_by_place`` with its
    first column named as ``by`` is (``group`` if it has no name, or that of another column):
    ``count`` (occurrences in the text), of which ``nested`` inside a longer term and
    ``overlapped`` with another one; ``count_unique``, those in paragraphs that are no copies
    (``duplicate_of`` is empty; see ``mark_duplicates``); ``tokens``, the group's words, terms,
    numbers and Latin strings, and ``tokens_unique``, those in the same paragraphs;
    ``per_10k``, the rate per 10,000 tokens (NaN without tokens); ``ci_low`` and ``ci_high``,
    its 95 % interval by resampling the group's documents, or its paragraphs if fewer than two
    documents have tokens (``bootstrap.bootstrap_rates`` has its limits); ``documents``, those
    with a paragraph in the group; ``place``, the document's own, or that of all its paragraphs,
    else empty.

    ``unique``: whether the rate and its interval are ``count_unique`` per ``tokens_unique``,
    copies being left out, or ``count`` per ``tokens``. By default they are for every ``by`` but
    ``"doc_id"``: a text that two places print counts once where places are compared.

    An interval depends on ``seed`` and its own group alone (groups of as many units share draws);
    from paragraphs it says how evenly a document uses a word. UnknownNameError: an unknown ``by``.
    """
    paragraphs = check(paragraphs, "paragraphs")
    by_document = isinstance(by, str) and by == "doc_id"
    rows = group_paragraphs(paragraphs, tokens, by)
    heads = head_terms(read_lexicon(lexicon))
    counts = _counts(check(occurrences, "occurrences"), rows, pd.Index(heads["term"]))
    cells = _cells(counts, rows)
    count, size = _RATES[not by_document if unique is None else unique]
    cells["per_10k"] = rate(cells[count], cells[size])
    cells["ci_low"], cells["ci_high"] = _intervals(
        counts[count], rows, getattr(rows, size), resamples=resamples, seed=seed
    )
    grid = {
        "place": rows.groups.repeat(len(heads)),
        "keyword": np.tile(heads["term"], len(rows.groups)),
        "category": np.tile(heads["category"], len(rows.groups)),
    }
    frame = pd.DataFrame(grid | {name: values.ravel() for name, values in cells.items()})
    if by_document:
        frame["doc_id"], frame["place"] = frame["place"], frame["place"].map(_places(paragraphs))
        return arrange(frame, "keyword_by_document")
    return arrange(frame, "keyword_by_place").rename(columns={"place": _first_column(by)})


def _counts(occurrences: pd.DataFrame, rows: Grouped, heads: pd.Index[str]) -> dict[str, Any]:
    """Sparse matrices, rows x head terms: all occurrences, and those of some kinds."""
    column = positions(occurrences["keyword"], heads)
    if (column < 0).any():
        keyword = occurrences["keyword"].iloc[int((column < 0).argmax())]
        raise UnknownNameError(
            f"keyword '{keyword}' of the occurrences is none of the lexicon's {len(heads)} "
            f"head terms{nearest(keyword, heads)}"
        )
    row = positions(occurrences["para_id"], pd.Index(rows.para_id))
    relation = occurrences["relation"]

    def matrix(chosen: NDArray[np.bool_]) -> Any:
        at = row[chosen], column[chosen]
        ones = np.ones(len(at[0]), dtype="int64")
        return coo_array((ones, at), shape=(len(rows.group), len(heads))).tocsr()

    here = row >= 0
    # -1 is the last row's place, but what stands nowhere is not chosen anyway.
    original = here & rows.original[row] if len(rows.original) else here
    return {
        "count": matrix(here),
        "count_unique": matrix(original),
        "nested": matrix(here & (relation == "nested").to_numpy()),
        "overlapped": matrix(here & (relation == "overlapped").to_numpy()),
    }


def _cells(counts: dict[str, Any], rows: Grouped) -> dict[str, NDArray[Any]]:
    """The numbers of the result but for the intervals, each as an array groups x head terms."""
    size = len(rows.groups)
    cells = {name: _sums(matrix, rows.group, size).toarray() for name, matrix in counts.items()}
    by_group = {
        "tokens": rows.by_group(rows.tokens),
        "tokens_unique": rows.by_group(rows.tokens_unique),
        "documents": rows.documents(),
    }
    one = np.ones_like(cells["count"])
    return cells | {name: values[:, np.newaxis] * one for name, values in by_group.items()}


def _sums(matrix: Any, codes: NDArray[np.intp], size: int) -> Any:
    """The rows of a sparse matrix added up by code, 0 <= code < size."""
    ones = np.ones(len(codes), dtype="int64")
    shape = (size, len(codes))
    return coo_array((ones, (codes, np.arange(len(codes)))), shape=shape).tocsr() @ matrix


def _intervals(
    counts: Any, rows: Grouped, tokens: Sizes, *, resamples: int, seed: int
) -> tuple[Floats, Floats]:
    """Lower and upper bounds, groups x head terms; ``tokens`` are the rows' sizes."""
    low, high = np.empty((2, len(rows.groups), counts.shape[1]))
    first = _first_of_units(rows, tokens)
    unit = np.cumsum(first) - 1
    totals = np.bincount(unit, tokens).astype("int64")
    # A unit without tokens says nothing of rates and is not drawn.
    drawn = totals > 0
    sums, totals = _sums(counts, unit, len(totals))[drawn], totals[drawn]
    ends = np.searchsorted(rows.group[first][drawn], np.arange(len(rows.groups) + 1))
    # One set of draws for all groups of as many units: drawing is what takes the time.
    sizes, weights = np.diff(ends), np.empty((0, 0))
    for i in np.argsort(sizes, kind="stable"):
        here = slice(ends[i], ends[i + 1])
        if len(weights) != sizes[i]:
            rng = np.random.default_rng(derive_seed(seed, "keywords", str(sizes[i])))
            weights = bootstrap_weights(int(sizes[i]), resamples=resamples, rng=rng)
        low[i], high[i] = bootstrap_rates(sums[here], totals[here], weights=weights)
    return low, high


def _first_of_units(rows: Grouped, tokens: Sizes) -> NDArray[np.bool_]:
    """Where in ``rows`` a unit begins that is resampled: a document.

    In a group of fewer than two documents with tokens it is a paragraph.
    """
    first = first_of_each(rows.document)
    with_tokens = np.bincount(rows.document, tokens)[rows.document] > 0
    several = rows.by_group((first & with_tokens).astype("int64")) > 1
    return first | ~several[rows.group]


def _places(paragraphs: pd.DataFrame) -> pd.Series:
    """The place of each document: its own, or the one that all its paragraphs have."""
    own = paragraphs["place_basis"].isin(OWN_PLACE)
    known = own.groupby(paragraphs["doc_id"]).transform("any")
    places = paragraphs[own | ~known].groupby("doc_id")["place"].agg(["first", "nunique"])
    return places["first"].where(places["nunique"] == 1, "")


def _first_column(by: str | pd.Series) -> str:
    name = by if isinstance(by, str) else by.name
    taken = set(contract("keyword_by_place").columns) - {"place"}
    return "group" if name is None or name in taken else str(name)
