"""A researcher's table of indicators: names and numbers, or a complaint that names the cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from textlab.errors import TableError, UnknownNameError, nearest
from textlab.language.plain_files import numbered_rows, read_text
from textlab.language.width import one_form

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?(?:[eE][+-]?\d+)?|[+-]?\.\d+")
# What begins so is meant as a number; a column without any such cell is one of text.
_MEANT = re.compile(r"[+-]?[.,]?\d")
_SIGNS = str.maketrans("，−", ",-")


class Indicators(NamedTuple):
    """A ``table`` indexed by ``names`` (its column of places), and which columns are numbers.

    ``source`` is what errors call it.
    """

    source: str
    table: pd.DataFrame
    names: list[str]
    numeric: list[str]


class _Given(NamedTuple):
    """A table as it was given; ``rows`` says where each row stands, for errors."""

    source: str
    table: pd.DataFrame
    rows: list[str]


def indicators_of(csv: str | Path | pd.DataFrame, on: str) -> Indicators:
    """The indicators in ``csv``, a file or a table, by the names in its column ``on``.

    Raises :class:`UnknownNameError` if there is no such column, :class:`TableError` for what
    cannot be read, a name that is missing or there twice, a cell that is no number in a column
    of numbers, and where no column has numbers.
    """
    given = _from_table(csv) if isinstance(csv, pd.DataFrame) else _from_file(Path(csv))
    _check_columns(given, on)
    table = given.table.assign(**{on: [_plain(name) for name in given.table[on]]})
    _check_names(given._replace(table=table), on)
    numeric = []
    for column in table.columns.drop(on):
        numbers = _numbers(given, str(column))
        if numbers is not None:
            table[column] = numbers
            numeric.append(str(column))
    if not numeric:
        others = ", ".join(map(str, table.columns.drop(on))) or "no other column"
        raise TableError(f"{given.source}: no indicator; no number in: {others}")
    names = table[on].tolist()
    return Indicators(given.source, table.set_axis(names, axis=0), names, numeric)


def _from_table(table: pd.DataFrame) -> _Given:
    twice = table.columns[table.columns.duplicated()]
    if len(twice):
        raise TableError(f"the indicators: the column '{twice[0]}' is there twice")
    numbered = [f"row {number}" for number in range(len(table))]
    return _Given("the indicators", table.reset_index(drop=True), numbered)


def _from_file(path: Path) -> _Given:
    text = read_text(path, TableError, absent="no such file of indicators", save_as="CSV UTF-8")
    lines = [row for row in numbered_rows(text, str(path), TableError) if any(row[1])]
    header = lines[0][1] if lines else []
    for line, cells in lines[1:]:
        if len(cells) != len(header):
            raise TableError(
                f"{path}, line {line}: {len(cells)} cells, but the header has {len(header)} columns"
            )
    # A spreadsheet that was once wider leaves columns without a name and without a cell.
    kept = [i for i, name in enumerate(header) if name or any(cells[i] for _, cells in lines[1:])]
    names = [header[i] for i in kept]
    wrong = [name for name in names if not name or names.count(name) > 1]
    if wrong:
        fault = f"column '{wrong[0]}' is there twice" if wrong[0] else "a column has no name"
        raise TableError(f"{path}: {fault}")
    columns = pd.Index(names, dtype="str")
    table = pd.DataFrame([[cells[i] for i in kept] for _, cells in lines[1:]], columns=columns)
    return _Given(str(path), table, [f"line {line}" for line, _ in lines[1:]])


def _check_columns(given: _Given, on: str) -> None:
    columns = [str(column) for column in given.table.columns]
    if on not in columns:
        hint = ""
        if len(columns) == 1 and re.search("[;\t]", columns[0]):
            hint = "; a comma stands between the cells of a CSV"
        raise UnknownNameError(
            f"{given.source}: no column '{on}' to join on; there are: "
            f"{', '.join(columns) or 'none'}{nearest(on, columns)}{hint}"
        )
    if given.table.empty:
        raise TableError(f"{given.source}: no row below the names of its columns")


def _check_names(given: _Given, on: str) -> None:
    names = given.table[on].tolist()
    first: dict[str, str] = {}
    for name, row in zip(names, given.rows, strict=True):
        if not name:
            raise TableError(f"{given.source}, {row}: no name in the column '{on}'")
        if name in first:
            raise TableError(
                f"{given.source}, {row}: {on} '{name}' stands in {first[name]} already"
            )
        first[name] = row


def _plain(value: object) -> str:
    """A cell as text, of one width."""
    missing = value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value))
    return "" if missing else one_form(str(value)).strip()


def _numbers(given: _Given, column: str) -> list[float] | None:
    """The cells of ``column`` as numbers, missing where they are empty; None if it is of text."""
    values = given.table[column]
    if pd.api.types.is_bool_dtype(values) or pd.api.types.is_datetime64_any_dtype(values):
        return None
    if pd.api.types.is_numeric_dtype(values):
        numbers = values.astype("float64").tolist()
        endless = [i for i, number in enumerate(numbers) if np.isinf(number)]
        _refuse(given, column, [(i, str(numbers[i])) for i in endless])
        return numbers
    cells = [_plain(value).translate(_SIGNS) for value in values]
    if not any(_MEANT.match(cell) for cell in cells):
        return None
    _refuse(given, column, list(_no_numbers(cells)))
    return [float(cell.replace(",", "")) if cell else float("nan") for cell in cells]


def _no_numbers(cells: Sequence[str]) -> Iterator[tuple[int, str]]:
    for i, cell in enumerate(cells):
        if cell and not _NUMBER.fullmatch(cell):
            yield i, cell


def _refuse(given: _Given, column: str, faults: Sequence[tuple[int, str]]) -> None:
    if not faults:
        return
    row, cell = faults[0]
    more = f"; {len(faults) - 1} more such cells in the column" if len(faults) > 1 else ""
    raise TableError(
        f"{given.source}, {given.rows[row]}, column '{column}': '{cell}' is no plain number; "
        "leave the cell empty where there is none, say units in the column's name, or leave "
        f"the column out{more}"
    )
