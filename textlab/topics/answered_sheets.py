"""Sheets as coders have filled them in, checked against their key."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from textlab.errors import TableError
from textlab.topics.intrusion_sheets import KEY_TYPES

ANSWER = re.compile(r"(?:choice[_ ]?)?(\d+)(?:\.0+)?", re.IGNORECASE)
WANTED = ("item", "answer", "sheet")


class Sheet(NamedTuple):
    """An answered sheet: its name in messages, its id, its coder, and choices by item."""

    name: str
    sheet: str
    coder: str
    choices: dict[int, int]


def kind_of(sheet: str) -> str:
    """word_intrusion or topic_intrusion, from the id of a sheet."""
    return sheet.partition("-")[0]


def solutions_of(key: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The key of each sheet by the sheet's id, in order; :class:`TableError` for no key."""
    missing = [column for column in KEY_TYPES if column not in key.columns]
    if missing:
        raise TableError(f"the key wants the column(s) {', '.join(missing)}")
    if key.empty:
        raise TableError("the key holds no item")
    typed = key[list(KEY_TYPES)].astype(KEY_TYPES).sort_values(["sheet", "item", "choice"])
    return {str(name): part for name, part in typed.groupby("sheet")}


def read_sheet(name: str, table: pd.DataFrame, solutions: Mapping[str, pd.DataFrame]) -> Sheet:
    """The answers of a sheet, checked against the key."""
    for column in WANTED:
        if column not in table.columns:
            raise TableError(f"{name}: no column '{column}'; is it one of the sheets?")
    cells = table.astype(object).where(table.notna(), "").astype(str)
    # Spreadsheets leave rows of empty cells at the end.
    cells = cells[(cells.apply(lambda column: column.str.strip()) != "").any(axis=1)]
    sheet = _sheet_of(name, cells, solutions)
    shown = {
        int(str(item)): dict(zip(part["choice"], part["shown"], strict=True))
        for item, part in solutions[sheet].groupby("item")
    }
    choices: dict[int, int] = {}
    seen: dict[int, str] = {}
    for row, (line, cell) in enumerate(zip(cells.index, cells["item"], strict=True)):
        where = f"{name}, {table.index.name or 'row'} {line}"
        item = _item(where, cell, shown, seen)
        _check_shown(where, cells.iloc[row], shown[item])
        answer = cells["answer"].iloc[row].strip()
        if answer:
            choices[item] = _choice(where, answer, shown[item])
    if not choices:
        raise TableError(f"{name}: the column 'answer' is empty; is it the answered sheet?")
    return Sheet(name, sheet, _coder(name, cells), choices)


def _sheet_of(name: str, cells: pd.DataFrame, solutions: Mapping[str, pd.DataFrame]) -> str:
    found = sorted(set(cells["sheet"].str.strip()) - {""})
    if len(found) != 1:
        raise TableError(
            f"{name}: the column 'sheet' wants the name of one sheet in all rows; "
            f"found: {', '.join(found) or 'none'}"
        )
    if found[0] not in solutions:
        raise TableError(
            f"{name}: a sheet of another model or another draw ({found[0]}); "
            f"the key is of {', '.join(sorted(solutions))}"
        )
    return found[0]


def _item(where: str, cell: str, shown: Mapping[int, object], seen: dict[int, str]) -> int:
    number = ANSWER.fullmatch(_plain(cell))
    item = int(number[1]) if number else 0
    if item not in shown:
        raise TableError(f"{where}: no item '{cell.strip()}'; there are 1 to {max(shown)}")
    if item in seen:
        raise TableError(f"{where}: item {item} is there already ({seen[item]})")
    seen[item] = where.rpartition(", ")[2]
    return item


def _check_shown(where: str, row: pd.Series, shown: Mapping[int, str]) -> None:
    """A choice that has moved to another item would be scored as what it is not."""
    for number, words in shown.items():
        there = str(row.get(f"choice_{number}", words)).strip()
        if there != words.strip():
            raise TableError(
                f"{where}: choice_{number} is '{there}', but the sheet was given out with "
                f"'{words}'; put it back"
            )


def _choice(where: str, answer: str, shown: Mapping[int, str]) -> int:
    """The number of the choice that an answer names, by its number or by what it shows."""
    number = ANSWER.fullmatch(_plain(answer))
    named = [at for at, words in shown.items() if _plain(words) == _plain(answer)]
    if number and int(number[1]) in shown and not named:
        return int(number[1])
    if len(named) == 1:
        return named[0]
    raise TableError(
        f"{where}: the answer '{answer}' is none of the choices; "
        f"wanted 1 to {max(shown)}, or what one of them shows"
    )


def _plain(cell: str) -> str:
    return unicodedata.normalize("NFKC", cell).strip()


def _coder(name: str, cells: pd.DataFrame) -> str:
    if "coder" not in cells.columns:
        return name
    named = sorted(set(cells["coder"].str.strip()) - {""})
    if len(named) > 1:
        raise TableError(f"{name}: one sheet, several coders: {', '.join(named)}")
    return named[0] if named else name


def refuse_twins(read: Sequence[Sheet]) -> None:
    """:class:`TableError` where one coder has answered one sheet twice."""
    first: dict[tuple[str, str], str] = {}
    for sheet in read:
        other = first.setdefault((sheet.sheet, sheet.coder), sheet.name)
        if other != sheet.name:
            raise TableError(
                f"{other} and {sheet.name} are both answers of '{sheet.coder}' to one sheet; "
                "leave one out, or name the coders in the column 'coder'"
            )
