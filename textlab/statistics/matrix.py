"""Counts as a sparse matrix whose rows and columns have names."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy.sparse import coo_array

from textlab.schema import check


class UnitTermMatrix(NamedTuple):
    """``n`` is a scipy ``csr_array`` of int64 with a row a unit and a column a term."""

    units: pd.Index[str]
    terms: pd.Index[str]
    n: Any


def unit_term_matrix(counts: pd.DataFrame, *, terms: pd.Index[str] | None = None) -> UnitTermMatrix:
    """The table ``counts`` as a matrix, units and terms sorted by name, without stored zeros.

    With ``terms`` these are the columns, in this order, and counts of others are left out;
    every unit of ``counts`` keeps its row. The row order of ``counts`` makes no difference.
    """
    counts = check(counts, "counts")
    units = sorted_names(counts["unit"])
    columns = sorted_names(counts["term"]) if terms is None else terms
    row, column = positions(counts["unit"], units), positions(counts["term"], columns)
    stored = (column >= 0) & (counts["n"] != 0).to_numpy()
    values = counts["n"].to_numpy()[stored]
    shape = (len(units), len(columns))
    matrix = coo_array((values, (row[stored], column[stored])), shape=shape).tocsr()
    return UnitTermMatrix(units, columns, matrix)


def sorted_names(values: pd.Series) -> pd.Index[str]:
    """The distinct values of a text column, in code point order."""
    names: pd.Index[str] = pd.Index(sorted(values.unique().tolist()), dtype="str")
    return names


def positions(values: pd.Series, names: pd.Index[str]) -> NDArray[np.intp]:
    """Where in ``names``, which are distinct, each of ``values`` stands; -1 if nowhere."""
    texts, wanted = (pa.array(names.astype("str")) for names in (values, names))
    found = pc.index_in(texts, value_set=wanted)
    where: NDArray[np.intp] = pc.fill_null(found, -1).to_numpy().astype(np.intp)
    return where
