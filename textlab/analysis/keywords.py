"""How often each keyword is used in each document, place or other group, and how surely."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array

from textlab.analysis.rated import Intervals, Kind, rated
from textlab.errors import UnknownNameError, nearest
from textlab.language.lexicon import Source, head_terms, read_lexicon
from textlab.schema import arrange, check, contract
from textlab.statistics.grouping import Grouped, group_paragraphs
from textlab.statistics.matrix import positions

# The bases of a place that is the whole document's.
OWN_PLACE = ("document", "inferred")


def keyword_frequencies(
    occurrences: pd.DataFrame,
    tokens: pd.DataFrame,
    paragraphs: pd.DataFrame,
    *,
    lexicon: Source = None,
    by: str | pd.Series = "doc_id",
    unique: bool | None = None,
    interval: Kind = "model",
    resamples: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Count and rate of every keyword in every group, zeros included.

    ``tokens`` are the table of tokens, or only the ``sizes`` of the paragraphs (see
    :func:`~textlab.tokens.counting.paragraph_sizes`), which is all that is asked of it.
    ``paragraphs`` says what is counted: occurrences and tokens elsewhere are left out. ``by``
    names one of its columns, or is a Series of groups indexed by ``para_id`` (see
    :func:`~textlab.tokens.groups.column_of`); paragraphs whose group is empty or missing are left
    out (``by="place"`` leaves out those without a place). Keywords are the head terms of
    ``lexicon`` (default: the built-in one).

    Returns ``keyword_by_document`` for ``by="doc_id"``, else ``keyword_by_place`` with its
    first column named as ``by`` is (``group`` if it has no name, or that of another column):
    ``count`` (occurrences in the text), of which ``nested`` inside a longer term and
    ``overlapped`` with another one; ``count_unique``, those in paragraphs that are no copies
    (``duplicate_of`` is empty; see ``mark_duplicates``); ``tokens``, the group's words, terms,
    numbers and Latin strings, and ``tokens_unique``, those in the same paragraphs; ``per_10k``,
    the rate per 10,000 tokens (NaN without tokens); ``ci_low`` and ``ci_high``, its 95 %
    interval; ``units``, the documents that it rests on (paragraphs in a group of fewer than three
    documents; without tokens they are none), ``units_with``, those that have the keyword, and
    ``dp_norm``, how evenly they do (0 in proportion to their size, 1 in the smallest only; see
    :func:`~textlab.statistics.measures.dp_norm`); ``reason``, why an interval is missing or speaks
    of these texts only; ``documents``, those with a paragraph in the group; ``place``, the
    document's own, or that of all its paragraphs, else empty.

    ``unique``: whether rate, interval and dispersion are those of ``count_unique`` per
    ``tokens_unique``, copies being left out, or of ``count`` per ``tokens``. By default they are
    for every ``by`` but ``"doc_id"``: where places are compared, a text counts once.

    ``interval``: ``model`` (:func:`~textlab.statistics.intervals.rate_intervals`, with its limits;
    no random draws), or a bootstrap of ``resamples`` drawn by ``seed``: ``percentile``, ``bca``,
    ``bootstrap-t``, all of which are too narrow for few documents. An interval depends on its own
    group alone. UnknownNameError: an unknown ``by`` or ``interval``.
    """
    paragraphs = check(paragraphs, "paragraphs")
    by_document = isinstance(by, str) and by == "doc_id"
    rows = group_paragraphs(paragraphs, tokens, by)
    heads = head_terms(read_lexicon(lexicon))
    cells = rated(
        keyword_counts(check(occurrences, "occurrences"), rows, pd.Index(heads["term"])),
        rows,
        unique=not by_document if unique is None else unique,
        intervals=Intervals(interval, resamples, seed),
    )
    frame = _grid(rows, heads).assign(**{name: values.ravel() for name, values in cells.items()})
    if by_document:
        frame["doc_id"], frame["place"] = frame["place"], frame["place"].map(_places(paragraphs))
        return arrange(frame, "keyword_by_document")
    return arrange(frame, "keyword_by_place").rename(columns={"place": _first_column(by)})


def _grid(rows: Grouped, heads: pd.DataFrame) -> pd.DataFrame:
    """A row a group and head term."""
    grid = {
        "place": rows.groups.repeat(len(heads)),
        "keyword": np.tile(heads["term"], len(rows.groups)),
        "category": np.tile(heads["category"], len(rows.groups)),
    }
    return pd.DataFrame(grid)


def keyword_counts(
    occurrences: pd.DataFrame, rows: Grouped, heads: pd.Index[str]
) -> dict[str, Any]:
    """Sparse matrices, rows x head terms: all occurrences, and those of some kinds."""
    column = positions(occurrences["keyword"], heads)
    if (column < 0).any():
        keyword = occurrences["keyword"].iloc[int((column < 0).argmax())]
        raise UnknownNameError(
            f"keyword '{keyword}' of the occurrences is none of the lexicon's {len(heads)} "
            f"head terms{nearest(keyword, heads)}"
        )
    relation = {
        name: (occurrences["relation"] == name).to_numpy() for name in ("nested", "overlapped")
    }
    return counted_in_rows(occurrences["para_id"], column, rows, len(heads), relation)


def counted_in_rows(
    para_id: pd.Series,
    column: NDArray[np.intp],
    rows: Grouped,
    columns: int,
    kinds: Mapping[str, NDArray[np.bool_]],
) -> dict[str, Any]:
    """Sparse matrices, rows x columns, of occurrences in paragraphs, each with its column.

    ``count`` has all, ``count_unique`` those in paragraphs that are no copies, and each of
    ``kinds`` those that it marks.
    """
    row = positions(para_id, pd.Index(rows.para_id))

    def matrix(chosen: NDArray[np.bool_]) -> Any:
        at = row[chosen], column[chosen]
        ones = np.ones(len(at[0]), dtype="int64")
        return coo_array((ones, at), shape=(len(rows.group), columns)).tocsr()

    here = row >= 0
    # -1 is the last row's place, but what stands nowhere is not chosen anyway.
    original = here & rows.original[row] if len(rows.original) else here
    chosen = {"count": here, "count_unique": original}
    chosen |= {name: here & marked for name, marked in kinds.items()}
    return {name: matrix(mask) for name, mask in chosen.items()}


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
