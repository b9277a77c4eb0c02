"""The lines of a lexicon as they are given: a file, a table or a list of terms."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from textlab.errors import LexiconError, near_miss
from textlab.language.plain_files import numbered_rows, read_text

COLUMNS = ("term", "category", "label_en", "variant_of", "note")
REQUIRED = ("term", "category")
Source = str | Path | pd.DataFrame | Sequence[str] | None


class Line(NamedTuple):
    """A line of a lexicon as it was written, its number, and why its cells cannot be told."""

    number: int
    term: str
    category: str = ""
    label_en: str = ""
    variant_of: str = ""
    note: str = ""
    broken: str = ""


class Fault(NamedTuple):
    """What is wrong with a line: its place (``own.csv, line 4``), its number, and what it is."""

    place: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class Given(NamedTuple):
    """A lexicon as it was given, and what its lines are called: line, row, number."""

    name: str
    unit: str
    lines: list[Line]

    def fault(self, line: Line, message: str) -> Fault:
        """What is wrong with one of the lines."""
        return Fault(f"{self.name}, {self.unit} {line.number}", line.number, message)


def lines_of(source: Source) -> Given:
    """The lines of ``source``; :class:`LexiconError` for one that cannot be read at all."""
    if source is None:
        packaged = files("textlab").joinpath("data/lexicon_policy.csv")
        return _parse(packaged.read_text("utf-8"), "built-in lexicon")
    if isinstance(source, pd.DataFrame):
        return _of_table(source)
    if isinstance(source, str | Path):
        absent, save_as = "no such lexicon file", "CSV UTF-8"
        text = read_text(Path(source), LexiconError, absent=absent, save_as=save_as)
        return _parse(text, str(source))
    lines = [Line(number, term, "own") for number, term in enumerate(source, 1)]
    return Given("list of terms", "number", lines)


def _of_table(table: pd.DataFrame) -> Given:
    _check_header(list(map(str, table.columns)), "lexicon table")
    cells = table.reindex(columns=list(COLUMNS)).astype(object)
    cells = cells.where(cells.notna(), "").astype(str)
    numbered = pd.api.types.is_integer_dtype(table.index.dtype)
    cells.index = table.index if numbered else pd.RangeIndex(len(table))
    lines = [Line(*row) for row in cells.itertuples(index=True, name=None)]
    return Given("lexicon table", "row", lines)


def _parse(text: str, name: str) -> Given:
    given = Given(name, "line", [])
    header: list[str] = []
    for number, cells in numbered_rows(text, name, LexiconError):
        if not header:
            _check_header(cells, f"{name}, line 1")
            header = cells
        else:
            given.lines.append(_line(number, header, cells))
    if not given.lines:
        raise LexiconError(f"{name}: holds no terms; its columns are {', '.join(COLUMNS)}")
    return given


def _line(number: int, header: list[str], cells: list[str]) -> Line:
    found = dict(zip(header, cells, strict=False))
    line = Line(number, *(found.get(column, "") for column in COLUMNS))
    if len(cells) <= len(header):
        return line
    return line._replace(
        broken=f"{len(cells)} cells, but the header has {len(header)} columns; "
        "a comma belongs in quotation marks"
    )


def _check_header(header: list[str], where: str) -> None:
    for column in header:
        meant = near_miss(column, COLUMNS)
        if column not in COLUMNS and meant:
            raise LexiconError(f"{where}: unknown column '{column}'; did you mean '{meant}'?")
    for column in COLUMNS:
        if header.count(column) > 1:
            raise LexiconError(f"{where}: the column '{column}' is there twice")
        if column in REQUIRED and column not in header:
            raise LexiconError(
                f"{where}: no column '{column}' (found: {', '.join(header)}); "
                f"the columns of a lexicon are {', '.join(COLUMNS)}"
            )
