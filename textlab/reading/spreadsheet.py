"""Spreadsheets: ``.xlsx`` -> the rows of its sheets, every cell as text."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Any

from textlab.reading.extract import Extract, UnreadableError
from textlab.reading.limits import unpacked

MOST_CELLS = 5_000_000
# As many as a spreadsheet program can show; a file may speak of more.
MOST_ROWS = 1_048_576
# A sheet: the number of each row that holds something, and its cells.
Sheet = list[tuple[int, list[str]]]


def read_spreadsheet(data: bytes) -> Extract:
    """The sheets of a workbook, as JSON in ``text``: see :func:`sheets_of`.

    Formulas give the value that was last saved for them.
    """
    import openpyxl

    packed = unpacked(data, ".xlsx, without a password")
    book = openpyxl.load_workbook(packed, read_only=True, data_only=True)
    try:
        return Extract(json.dumps([_rows(sheet) for sheet in book.worksheets]))
    finally:
        book.close()


def sheets_of(extract: Extract) -> list[Sheet]:
    """What :func:`read_spreadsheet` has packed."""
    return [[(number, cells) for number, cells in sheet] for sheet in json.loads(extract.text)]


def _rows(sheet: Any) -> Sheet:
    # What a file says of the size of its sheets may be wrong, or a trap.
    sheet.reset_dimensions()
    rows, cells = [], 0
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
        texts = [_text(value) for value in values]
        while texts and not texts[-1]:
            texts.pop()
        cells += len(texts)
        if cells > MOST_CELLS or number > MOST_ROWS:
            raise UnreadableError(
                f"holds more than {MOST_CELLS:,} cells or {MOST_ROWS:,} rows; save it as .csv"
            )
        if texts:
            rows.append((number, texts))
    return rows


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return str(value.date() if value.time() == time() else value)
    return value.isoformat() if isinstance(value, date) else str(value)
