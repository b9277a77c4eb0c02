"""Sheets as they come back from coders: CSVs that spreadsheet programs have saved."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from textlab.errors import ResultsError, TableError
from textlab.language.plain_files import read_text

if TYPE_CHECKING:
    import pandas as pd

DELIMITERS = ",;\t"


def read_sheets(files: Iterable[str | Path]) -> dict[str, pd.DataFrame]:
    """The tables in ``files`` by the files' names, every cell as text, indexed by line.

    A spreadsheet program may have saved them with semicolons or tabs, or in GB18030. Raises
    :class:`ResultsError` for a file that cannot be read, :class:`TableError` for one that is no
    table.
    """
    return {str(file): _table(Path(file)) for file in files}


def _table(file: Path) -> pd.DataFrame:
    import pandas as pd

    if file.suffix.lower() in (".xlsx", ".xls", ".ods", ".numbers"):
        raise TableError(f"{file}: save it as CSV (UTF-8) in the spreadsheet program")
    text = read_text(file, ResultsError, absent="no such sheet", save_as="CSV (UTF-8)")
    header, *rows = list(_rows(text, file)) or [(1, [])]
    if len(header[1]) < 2 or len(set(header[1])) < len(header[1]):
        raise TableError(f"{file}, line 1: wanted the names of columns, each once")
    for line, cells in rows:
        if len(cells) != len(header[1]):
            raise TableError(
                f"{file}, line {line}: wanted {len(header[1])} cells, found {len(cells)}; "
                "a comma belongs in quotation marks"
            )
    return pd.DataFrame(
        [cells for _, cells in rows],
        columns=pd.Index(header[1], dtype="str"),
        index=pd.Index([line for line, _ in rows], name="line", dtype="int64"),
        dtype="str",
    )


def _rows(text: str, file: Path) -> Iterable[tuple[int, list[str]]]:
    """The rows that hold something, and the line that each begins on."""
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as fault:
        raise TableError(f"{file}, line {line}: not a CSV: {fault}") from None


def read_key(file: Path) -> pd.DataFrame:
    """The key of sheets, as it was written."""
    from textlab.topics.intrusion_sheets import KEY_TYPES

    table = _table(file)
    missing = [column for column in KEY_TYPES if column not in table.columns]
    if missing:
        raise TableError(f"{file}: the key wants the column(s) {', '.join(missing)}")
    table["log_share"] = table["log_share"].replace("", "nan")
    try:
        return table[list(KEY_TYPES)].astype(KEY_TYPES).reset_index(drop=True)
    except ValueError as error:
        raise TableError(f"{file}: was the key changed? {error}") from None
