"""The verb ``explain``: a row of a result table in plain sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from textlab.contracts import TABLES
from textlab.errors import TableError, UnknownNameError
from textlab.output import (
    explain_contrasts,
    explain_effects,
    explain_intrusion,
    explain_likeness,
    explain_rates,
    explain_topics,
)
from textlab.output.descriptions import Description, describe
from textlab.output.explain_words import Row, missing, number, sentence
from textlab.schema import contract

_MODULES = (
    explain_rates,
    explain_contrasts,
    explain_likeness,
    explain_topics,
    explain_effects,
    explain_intrusion,
)
_WRITTEN: dict[str, Callable[[Row], list[str]]] = {
    name: getattr(module, name) for module in _MODULES for name in TABLES if hasattr(module, name)
}
# keyword_frequencies names the first column of this table as the groups are: year, genre...
_GROUPED = "keyword_by_place"


def explain(row: pd.Series | pd.DataFrame | Mapping[str, Any], table: str | None = None) -> str:
    """What a row of a result table says, in plain English: its numbers, their meaning and limits.

    ``row`` is a row of any table of :mod:`textlab.contracts` as a Series, a mapping or a table
    of one row; further columns do not matter. The table is told by its columns, or by its name
    ``table``. A missing value is said to be missing, and why, where the row has a ``reason``.

    The sentences say no more than the row: that a term is frequent in the texts of a place is
    said of these texts. Raises :class:`UnknownNameError` for an unknown ``table`` and for a row
    of no table, :class:`TableError` where columns are missing, where they fit several tables
    (give ``table``), and where ``row`` is not one row.
    """
    cells = _one_row(row)
    name, cells = _recognised(cells) if table is None else (table, cells)
    _check_columns(cells, name)
    about = describe(name)
    written = _WRITTEN.get(name)
    sentences = written(cells) if written else _by_column(cells, about)
    limits = f"limits: {about.limits}" if about.limits else ""
    return " ".join(sentence(text, cells) for text in [*sentences, limits] if text)


def _one_row(row: pd.Series | pd.DataFrame | Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(row, pd.DataFrame):
        if len(row) != 1:
            raise TableError(
                f"explain wants one row, found {len(row)}; choose one: table.iloc[[0]]"
            )
        row = row.iloc[0]
    if not isinstance(row, (pd.Series, Mapping)):
        raise TableError(
            f"explain wants a row as a Series, a mapping or a table of one row, found a "
            f"{type(row).__name__}"
        )
    return {str(name): None if value is pd.NA else value for name, value in row.items()}


def _recognised(cells: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The table that the columns are those of, and the cells under its names."""
    fitting = _largest(name for name in TABLES if set(TABLES[name].columns) <= set(cells))
    if not fitting and set(TABLES[_GROUPED].columns) - {"place"} <= set(cells):
        group = next((name for name in cells if name not in TABLES[_GROUPED].columns), "")
        if group:
            return _GROUPED, cells | {"place": cells[group]}
    if len(fitting) > 1:
        raise TableError(f"the row could be one of {' or '.join(fitting)}; say which: table=")
    if not fitting:
        raise UnknownNameError(f"the row is of no table; {_nearest(cells)}")
    return fitting[0], cells


def _largest(names: Any) -> list[str]:
    """Those whose columns are not all among those of another."""
    columns = {name: set(TABLES[name].columns) for name in names}
    return [
        name for name, own in columns.items() if not any(own < other for other in columns.values())
    ]


def _nearest(cells: dict[str, Any]) -> str:
    def lacking(name: str) -> list[str]:
        return [column for column in TABLES[name].columns if column not in cells]

    shared = {name: len(table.columns) - len(lacking(name)) for name, table in TABLES.items()}
    name = min(TABLES, key=lambda name: (len(lacking(name)) / len(TABLES[name].columns), name))
    if not shared[name]:
        return f"its columns are {', '.join(cells) or 'none'}; the tables are {', '.join(TABLES)}"
    return f"for {name} it lacks: {', '.join(lacking(name))}"


def _check_columns(cells: dict[str, Any], name: str) -> None:
    lacking = [column for column in contract(name).columns if column not in cells]
    if lacking:
        raise TableError(f"a row of '{name}' wants the column(s) {', '.join(lacking)}")


def _by_column(cells: Row, about: Description) -> list[str]:
    """Of a table that has no sentences of its own: each column with its value."""
    known, empty = [], []
    for name, column in about.columns.items():
        value = cells[name]
        if missing(value) or value == "":
            empty.append(name)
        else:
            shown = number(value) if isinstance(value, float) else str(value)
            known.append(f"`{name}` is {shown}: {column.what}")
    lines = [f"this is {about.row}", *known]
    return [*lines, f"empty are {', '.join(empty)}"] if empty else lines
