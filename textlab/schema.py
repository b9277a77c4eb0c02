"""The one check of tables against what they promise (:mod:`textlab.contracts`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textlab.contract import Table
from textlab.contracts import TABLES
from textlab.errors import TableError, UnknownNameError
from textlab.rows import DTYPES, in_order, typed

if TYPE_CHECKING:
    import pandas as pd


def contract(name: str) -> Table:
    """What the table ``name`` promises; an unknown name is an error that lists the known ones."""
    if name not in TABLES:
        raise UnknownNameError(f"no table '{name}'; there are: {', '.join(TABLES)}")
    return TABLES[name]


def check(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """``frame`` as a new table that keeps the promise of ``name``: columns, types and key.

    Declared columns come first, in their order; an open table keeps further ones behind them.
    Rows are not moved: see :func:`arrange`. Raises :class:`TableError`, which names table,
    column and row.
    """
    table = contract(name)
    twice = frame.columns[frame.columns.duplicated()]
    if len(twice):
        raise TableError(f"table '{name}': the column '{twice[0]}' is there twice")
    missing = [column for column in table.columns if column not in frame.columns]
    if missing:
        raise TableError(
            f"table '{name}' wants the column(s) {', '.join(missing)}; "
            f"found: {', '.join(map(str, frame.columns))}"
        )
    further = [c for c in frame.columns if c not in table.columns] if table.open else []
    checked = frame[[*table.columns, *further]].reset_index(drop=True)
    for column, kind in table.columns.items():
        changed = typed(checked[column], name, column, kind)
        if changed is not None:
            checked[column] = changed
    if not in_order(checked, table.key, strictly=True):
        _refuse_twins(checked, name, table)
    return checked


def _refuse_twins(checked: pd.DataFrame, name: str, table: Table) -> None:
    repeated = checked.duplicated(list(table.key))
    if repeated.any():
        row = int(repeated.to_numpy().argmax())
        values = ", ".join(f"{key}={checked.at[row, key]!r}" for key in table.key)
        raise TableError(f"table '{name}', row {row}: the key is there twice ({values})")


def arrange(frame: pd.DataFrame, name: str, order: Iterable[str] = ()) -> pd.DataFrame:
    """``frame`` in the row order of table ``name`` (or in ``order``), columns as promised."""
    table = contract(name)
    columns = list(order) or list(table.order or table.key)
    checked = check(frame, name)
    if in_order(checked, columns):
        return checked
    names = [column.removeprefix("-") for column in columns]
    ascending = [not column.startswith("-") for column in columns]
    return checked.sort_values(names, ascending=ascending, kind="stable", ignore_index=True)


def empty(name: str) -> pd.DataFrame:
    """The table ``name`` with its columns and types, and no rows."""
    import pandas as pd

    kinds = contract(name).columns
    return pd.DataFrame({column: pd.Series([], dtype=DTYPES[k]) for column, k in kinds.items()})
