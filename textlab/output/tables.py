"""Result tables as CSV files, and back."""

from __future__ import annotations

import csv
import io
import re
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from textlab.errors import ResultsError, TableError
from textlab.output.files import write_bytes
from textlab.schema import check, contract

TEXT = pa.large_string()
# Rows written at once: all of a large table take many times its memory.
ROWS = 50_000
# A lone carriage return must be quoted too; the csv module does that from Python 3.13 on only.
NEEDS_QUOTES = re.compile(r'[",\r\n]')


def write_csv(table: pd.DataFrame, path: str | Path) -> Path:
    """Write ``table`` to ``path`` as CSV and return the path.

    UTF-8 with a byte order mark (without it Excel takes Chinese for another encoding), lines
    ended by LF, floats with six decimals, a missing value as an empty cell, no index, rows as
    they stand. The same table gives the same bytes on every version of Python and pandas. The
    file appears whole or not at all.

    Cells are written as they are. A term or title that begins with ``=``, ``+``, ``-`` or ``@``
    gets no apostrophe in front, although a spreadsheet may read it as a formula: a result must
    say what was counted. Import such a file into Excel with its columns set to text.

    Raises :class:`TableError` for a column of lists or the like, :class:`ResultsError` if the
    file cannot be written.
    """
    names = [str(name) for name in table.columns]
    header = ",".join(map(_quoted, names)) or '""'
    # The first part is made before a file is: a column that cannot be written is known by then.
    parts = (_part(table.iloc[at : at + ROWS]) for at in range(0, len(table), ROWS))
    first = next(parts, b"")
    return write_bytes(path, chain([f"{header}\n".encode("utf-8-sig"), first], parts))


def _part(table: pd.DataFrame) -> bytes:
    """Some rows of a table as lines."""
    names = [str(name) for name in table.columns]
    rows = _lines([_written(table.iloc[:, i], name) for i, name in enumerate(names)])
    return "\n".join([*rows, ""]).encode("utf-8")


def _lines(columns: list[Any]) -> list[str]:
    """The rows of some columns of cells, as lines without their ends."""
    if not columns:
        return []
    lines: list[str] = pc.binary_join_element_wise(*columns, pa.scalar(",", TEXT)).to_pylist()
    # A lone empty cell would be an empty line, which readers skip.
    return lines if len(columns) > 1 else [line or '""' for line in lines]


def _written(values: pd.Series, name: str) -> Any:
    """The cells of a column as Arrow text, one array or several chunks."""
    if values.dtype == "int64":
        return pc.cast(pa.array(values), TEXT)
    if values.dtype == "float64" or values.dtype == pd.api.types.pandas_dtype("str"):
        # Names and rates come again and again, and writing a cell is what takes the time.
        code, distinct = pd.factorize(values)
        cells = [*(_quoted(_cell(cell, name)) for cell in distinct.tolist()), ""]
        return pa.array(cells, TEXT).take(pa.array(np.where(code < 0, len(distinct), code)))
    missing = values.isna().tolist()
    pairs = zip(values.astype(object).tolist(), missing, strict=True)
    return pa.array(["" if gap else _quoted(_cell(cell, name)) for cell, gap in pairs], TEXT)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if NEEDS_QUOTES.search(cell) else cell


def _cell(value: object, name: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, (float, np.floating)):
        text = f"{value:.6f}"
        return "0.000000" if text == "-0.000000" else text
    if isinstance(value, (list, tuple, dict, set, np.ndarray)):
        raise TableError(
            f"column '{name}' holds a {type(value).__name__} in a cell, which a CSV cannot; "
            "drop the column first"
        )
    return str(value)


def read_csv(path: str | Path, name: str) -> pd.DataFrame:
    """Read a file of :func:`write_csv` as the table ``name`` of the schema.

    Text stays text: a document called ``NA`` or ``007`` keeps its name. An empty cell is an
    empty string in a column of text and a missing value in one of floats. Further columns of
    an open table are read as text. Raises :class:`ResultsError` if the file is missing or not
    UTF-8, :class:`TableError` if it is not the table asked for.
    """
    kinds = contract(name).columns
    header, rows = _rows(Path(path))
    frame = pd.DataFrame(rows, columns=pd.Index(header, dtype="str"), dtype="str")
    for column in frame.columns.intersection([c for c, kind in kinds.items() if kind == "float"]):
        frame[column] = [_number(cell) for cell in frame[column]]
    return check(frame, name)


def _number(cell: str) -> float | str:
    """``cell`` as the nearest float; what is none is left for the schema's check to name."""
    try:
        # Python's float, as pandas' own parsing of text can be off in the last bit.
        return float(cell) if cell else float("nan")
    except ValueError:
        return cell


def _rows(path: Path) -> tuple[list[str], list[list[str]]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ResultsError(f"cannot read '{path}': {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ResultsError(
            f"'{path}' is not UTF-8 (byte {error.start}); was it saved again by a spreadsheet?"
        ) from error
    try:
        header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    except (csv.Error, ValueError) as error:
        raise TableError(f"'{path.name}' is not a CSV table: {error}") from error
    for number, row in enumerate(rows, start=1):
        if len(row) != len(header):
            raise TableError(
                f"'{path.name}', row {number}: wanted {len(header)} cells, found {len(row)}"
            )
    return header, rows
