"""Tables of texts, ``.csv``, ``.tsv`` and ``.xlsx`` -> documents, a row each."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import PurePosixPath

import pandas as pd

from textlab.errors import nearest
from textlab.language.encoding import UndecodableError, decode
from textlab.reading.child import Extractor
from textlab.reading.extract import UnreadableError
from textlab.reading.limits import LARGEST, MB
from textlab.reading.manifest import PLACE_FROM, iso_date
from textlab.reading.spreadsheet import sheets_of

DELIMITERS = {".csv": ",", ".tsv": "\t"}
# Names that a table cannot use: textlab fills these columns of the documents itself.
OWN = ("file", "sha256", "text", "layout", "left_out", "guessed", "set_aside", "characters")
TIME = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
LONGEST_CELL = 2**31 - 1
# The number of the line or row that each begins on, and its cells.
Rows = list[tuple[int, list[str]]]


def table_documents(
    name: str, data: bytes, text_column: str, base: str, extractor: Extractor
) -> pd.DataFrame:
    """The rows of a table as documents; ``name`` is its file, ``base`` begins the ids of its rows.

    The first row names the columns; those without a name are passed over. ``file`` is
    ``name.csv#12`` for the row that begins on line 12 (in a spreadsheet: row 12), ``doc_id`` that
    of the table's own column, else ``base-007`` for the seventh row of data, ``sha256`` that of
    the text in UTF-8. Columns that a manifest may have mean what they mean there; all others
    are the researcher's own. A spreadsheet's first sheet with the column is read.

    Set aside are rows without text, with too many or too few cells, with a doc_id that stands
    above already, or a date or ``place_from`` that is none. Rows without anything are no
    documents.

    Raises :class:`UnreadableError` for a table that is broken or has no column ``text_column``.
    """
    header, body = _table(PurePosixPath(name).suffix.lower(), data, text_column, extractor)
    width = len(str(len(body)))
    known: set[str] = set()
    records = []
    for number, (line, cells) in enumerate(body, 1):
        file = f"{name}#{line}"
        record = dict(zip(header, cells, strict=False))
        text = record.pop(text_column, "")
        record.pop("", None)
        record["date"] = TIME.sub("", record.get("date", ""))
        reason = _fault(record, text, known)
        if len(cells) != len(header):
            record = {}
            reason = f"has {len(cells)} cells, but the header {len(header)} columns"
        doc_id = file if reason else record.get("doc_id") or f"{base}-{number:0{width}}"
        known.add(doc_id)
        records.append(
            record
            | {"file": file, "doc_id": doc_id, "set_aside": reason}
            | {"date": iso_date(record.get("date", "")) or ""}
            | {"text": "" if reason else text, "layout": "", "left_out": ""}
            | {"sha256": sha256(text.encode("utf-8", "surrogatepass")).hexdigest()}
        )
    return pd.DataFrame(records).fillna("")


def row_texts(name: str, data: bytes, text_column: str, extractor: Extractor) -> dict[str, str]:
    """The text of each row of a table, by the name that :func:`table_documents` gives it."""
    header, body = _table(PurePosixPath(name).suffix.lower(), data, text_column, extractor)
    at = header.index(text_column)
    return {f"{name}#{line}": cells[at] for line, cells in body if len(cells) == len(header)}


def _fault(record: dict[str, str], text: str, known: set[str]) -> str:
    """Why a row is set aside, or nothing."""
    if not text.strip():
        return "empty"
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST[".txt"]:
        return f"a text of more than {LARGEST['.txt'] // MB} MB; split it"
    if iso_date(record["date"]) is None:
        return f"no date such as 2024-07-08, 2024-07 or 2024 (found '{record['date']}')"
    if record.get("doc_id") in known:
        return f"the doc_id stands above already (found '{record['doc_id']}')"
    if record.get("place_from", "") not in PLACE_FROM:
        return f"place_from is text, document, none or blank (found '{record['place_from']}')"
    return ""


def _table(
    suffix: str, data: bytes, text_column: str, extractor: Extractor
) -> tuple[list[str], Rows]:
    """Names of the columns, and the rows that hold something."""
    sheets = [_lines(data, DELIMITERS[suffix])] if suffix in DELIMITERS else None
    if sheets is None:
        sheets = [_padded(sheet) for sheet in sheets_of(extractor(suffix, data))]
    sheets = [rows for rows in sheets if rows]
    if not sheets:
        raise UnreadableError("empty")
    headers = [[cell.strip() for cell in rows[0][1]] for rows in sheets]
    for header, rows in zip(headers, sheets, strict=True):
        if text_column in header:
            _check_header(header, text_column)
            if len(rows) == 1:
                raise UnreadableError("holds no rows below the names of its columns")
            return header, rows[1:]
    there = ", ".join(name for name in headers[0] if name)
    near = nearest(text_column, headers[0])
    raise UnreadableError(f"has no column '{text_column}' ([corpus] text_column): {there}{near}")


def _check_header(header: Sequence[str], text_column: str) -> None:
    names = [name for name in header if name]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UnreadableError(f"the column '{twice[0]}' is there twice")
    for name in names:
        if name in OWN and name != text_column:
            raise UnreadableError(f"the column name '{name}' is textlab's own; rename it")


def _padded(sheet: Rows) -> Rows:
    """The rows of a spreadsheet, which has no cells too few or too many, as long as the first."""
    width = len(sheet[0][1]) if sheet else 0
    return [(number, (cells + [""] * width)[:width]) for number, cells in sheet]


def _lines(data: bytes, delimiter: str) -> Rows:
    try:
        text, _ = decode(data)
    except UndecodableError as error:
        raise UnreadableError(str(error)) from None
    rows: Rows = []
    line = 1
    with _cells_of_any_length():
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    rows.append((line, cells))
                line = reader.line_num + 1
        except csv.Error as fault:
            raise UnreadableError(f"line {line}: not a table: {fault}") from None
    return rows


@contextmanager
def _cells_of_any_length() -> Iterator[None]:
    """Lift, for a while, the limit of the csv module, which a long text goes beyond."""
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)
