"""Which terms a topic model reads, and the matrix of its units."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from textlab.errors import ModelError
from textlab.schema import check
from textlab.statistics.matrix import unit_term_matrix
from textlab.tokens.filters import are_usual, units_with_term
from textlab.topics.options import is_whole


@dataclass(frozen=True, eq=False)
class UnitTerms:
    """Units in rows (by name), vocabulary in columns, float64 counts; no row is empty.

    ``matrix`` is a scipy CSR array with sorted indices, so it does not depend on the order of
    the rows it was made from.
    """

    units: list[str]
    vocabulary: list[str]
    matrix: Any

    @property
    def tokens(self) -> np.ndarray:
        """The number of tokens of each unit that are in the vocabulary."""
        return np.asarray(self.matrix.sum(axis=1)).ravel()


def positive_counts(counts: pd.DataFrame) -> pd.DataFrame:
    """The rows of table ``counts`` with n above zero; :class:`ModelError` for n below or NaN."""
    if "n" in counts.columns:
        numbers = pd.to_numeric(counts["n"], errors="coerce").to_numpy("float64", na_value=np.nan)
        wrong = ~(np.isfinite(numbers) & (numbers >= 0))
        if wrong.any():
            row = int(wrong.argmax())
            raise ModelError(
                f"table 'counts', column 'n', row {row}: wanted a count of 0 or more, "
                f"found {counts['n'].iloc[row]}"
            )
    checked = check(counts, "counts")
    return checked[checked["n"] > 0].reset_index(drop=True)


def choose_vocabulary(
    counts: pd.DataFrame, *, min_units: int, max_share: float, keep: Collection[str] = ()
) -> list[str]:
    """The terms to model, by falling number of units that have them, then by name.

    Those in at least ``min_units`` units and in at most the share ``max_share`` of all units,
    and, wherever they occur, those in ``keep``. :class:`ModelError` if none is left.
    """
    _check_limits(min_units, max_share, keep)
    units = counts["unit"].nunique()
    if units < min_units:
        raise ModelError(
            f"min_units = {min_units} wants terms of {min_units} units or more, "
            f"but the data hold {units}"
        )
    by_term = units_with_term(counts)
    usual = are_usual(by_term, units, min_units, max_share)
    chosen = by_term[usual | by_term.index.isin(list(keep))]
    if chosen.empty:
        raise ModelError(
            f"no term is in {min_units} units or more and in at most {max_share:g} of all units; "
            f"the data hold {units} units and {len(by_term)} terms"
        )
    # Stable, on an index already in the order of names.
    return chosen.sort_values(ascending=False, kind="stable").index.tolist()


def _check_limits(min_units: int, max_share: float, keep: Collection[str]) -> None:
    if not is_whole(min_units) or min_units < 1:
        raise ModelError(f"min_units wants a whole number of 1 or more, found {min_units!r}")
    if not 0 < max_share <= 1:
        raise ModelError(f"max_share wants a number above 0 and up to 1, found {max_share!r}")
    if isinstance(keep, str):
        raise ModelError(f"keep wants a collection of terms, found the text {keep!r}")


def unit_terms(counts: pd.DataFrame, vocabulary: Sequence[str]) -> UnitTerms:
    """The counts of ``vocabulary``, one row for each unit that has any of its terms."""
    units, _, n = unit_term_matrix(counts, terms=pd.Index(list(vocabulary), dtype="str"))
    there = np.diff(n.indptr) > 0
    matrix = n[there].astype("float64")
    matrix.sort_indices()
    return UnitTerms(units[there].tolist(), list(vocabulary), matrix)
