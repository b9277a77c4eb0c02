"""How often each keyword is used in each document, place or other group, and how surely."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array

from textlab.analysis.bootstrap import bootstrap_rates
from textlab.analysis.matrix import positions, sorted_names
from textlab.analysis.measures import Floats, rate
from textlab.errors import TableError, UnknownNameError, nearest
from textlab.language.lexicon import Source, head_terms, read_lexicon
from textlab.schema import arrange, check, contract
from textlab.seeds import derive_seed
from textlab.tokens.counting import COUNTED_KINDS

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

    An interval depends on ``seed`` and its own group alone; one from resampled paragraphs says
    how evenly a document uses a word. UnknownNameError: a ``by`` or keyword that is not there.
    """
    paragraphs = check(paragraphs, "paragraphs")
    by_document = isinstance(by, str) and by == "doc_id"
    rows = _rows(paragraphs, check(tokens, "tokens"), by)
    groups = sorted_names(rows["group"])
    heads = head_terms(read_lexicon(lexicon))
    counts = _counts(check(occurrences, "occurrences"), rows, pd.Index(heads["term"]))
    cells = _cells(counts, rows, groups)
    count, size = _RATES[not by_document if unique is None else unique]
    cells["per_10k"] = rate(cells[count], cells[size])
    cells["ci_low"], cells["ci_high"] = _intervals(
        counts[count], rows.assign(tokens=rows[size]), groups, resamples=resamples, seed=seed
    )
    grid = {
        "place": groups.repeat(len(heads)),
        "keyword": np.tile(heads["term"], len(groups)),
        "category": np.tile(heads["category"], len(groups)),
    }
    frame = pd.DataFrame(grid | {name: values.ravel() for name, values in cells.items()})
    if by_document:
        frame["doc_id"], frame["place"] = frame["place"], frame["place"].map(_places(paragraphs))
        return arrange(frame, "keyword_by_document")
    return arrange(frame, "keyword_by_place").rename(columns={"place": _first_column(by)})


def _rows(paragraphs: pd.DataFrame, tokens: pd.DataFrame, by: str | pd.Series) -> pd.DataFrame:
    """Paragraphs that have a group, in order of group, document and paragraph, and their size.

    The order is what the draws of the bootstrap belong to, so it must be one of names.
    """
    sizes = tokens.loc[tokens["kind"].isin(COUNTED_KINDS), "para_id"].value_counts()
    tokens_of = paragraphs["para_id"].map(sizes).fillna(0).astype("int64")
    original = paragraphs["duplicate_of"] == ""
    rows = paragraphs[["para_id", "doc_id"]].assign(
        group=_groups(paragraphs, by),
        original=original,
        tokens=tokens_of,
        tokens_unique=tokens_of.where(original, 0),
    )
    return rows[rows["group"] != ""].sort_values(["group", "doc_id", "para_id"], ignore_index=True)


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


def _counts(occurrences: pd.DataFrame, rows: pd.DataFrame, heads: pd.Index[str]) -> dict[str, Any]:
    """Sparse matrices, rows x head terms: all occurrences, and those of some kinds."""
    column = positions(occurrences["keyword"], heads)
    if (column < 0).any():
        keyword = occurrences["keyword"].iloc[int((column < 0).argmax())]
        raise UnknownNameError(
            f"keyword '{keyword}' of the occurrences is none of the lexicon's {len(heads)} "
            f"head terms{nearest(keyword, heads)}"
        )
    row = positions(occurrences["para_id"], pd.Index(rows["para_id"]))
    relation = occurrences["relation"].to_numpy()
    originals = rows.loc[rows["original"], "para_id"]

    def matrix(chosen: NDArray[np.bool_]) -> Any:
        chosen = chosen & (row >= 0)
        ones = np.ones(int(chosen.sum()), dtype="int64")
        at = (row[chosen], column[chosen])
        return coo_array((ones, at), shape=(len(rows), len(heads))).tocsr()

    return {
        "count": matrix(row >= 0),
        "count_unique": matrix(occurrences["para_id"].isin(originals).to_numpy()),
        "nested": matrix(relation == "nested"),
        "overlapped": matrix(relation == "overlapped"),
    }


def _cells(
    counts: dict[str, Any], rows: pd.DataFrame, groups: pd.Index[str]
) -> dict[str, NDArray[Any]]:
    """The numbers of the result but for the intervals, each as an array groups x head terms."""
    group = positions(rows["group"], groups)
    cells = {name: _sums(matrix, group, len(groups)).toarray() for name, matrix in counts.items()}
    one = np.ones_like(cells["count"])
    for size in ("tokens", "tokens_unique"):
        sums = np.bincount(group, rows[size], minlength=len(groups)).astype("int64")
        cells[size] = sums[:, np.newaxis] * one
    documents = rows.groupby("group")["doc_id"].nunique().reindex(groups).to_numpy()
    cells["documents"] = documents[:, np.newaxis] * one
    return cells


def _sums(matrix: Any, codes: NDArray[np.intp], size: int) -> Any:
    """The rows of a sparse matrix added up by code, 0 <= code < size."""
    ones = np.ones(len(codes), dtype="int64")
    shape = (size, len(codes))
    return coo_array((ones, (codes, np.arange(len(codes)))), shape=shape).tocsr() @ matrix


def _intervals(
    counts: Any, rows: pd.DataFrame, groups: pd.Index[str], *, resamples: int, seed: int
) -> tuple[Floats, Floats]:
    """Lower and upper bounds, groups x head terms."""
    low, high = np.empty((2, len(groups), counts.shape[1]))
    starts = rows["group"].searchsorted(groups)
    for i, (group, here) in enumerate(rows.groupby("group", sort=True)):
        rng = np.random.default_rng(derive_seed(seed, "keywords", str(group)))
        own = counts[starts[i] : starts[i] + len(here)]
        low[i], high[i] = _interval(own, here, resamples=resamples, rng=rng)
    return low, high


def _interval(
    counts: Any, rows: pd.DataFrame, *, resamples: int, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """The bounds of one group. A unit without tokens says nothing of rates and is not drawn."""
    documents = rows.loc[rows["tokens"] > 0, "doc_id"].nunique()
    unit, _ = pd.factorize(rows["doc_id" if documents > 1 else "para_id"])
    totals = np.bincount(unit, rows["tokens"]).astype("int64")
    drawn = totals > 0
    sums = _sums(counts, unit, len(totals))[drawn]
    return bootstrap_rates(sums, totals[drawn], resamples=resamples, rng=rng)


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
