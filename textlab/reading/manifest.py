"""``documents.csv``: what the researcher says of each document, checked before it is believed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from textlab.errors import ManifestError, near_miss
from textlab.language.plain_files import numbered_rows, read_text

KNOWN = ("doc_id", "file", "title", "place", "date", "genre", "source", "sha256")
OWN = ("text", "layout", "left_out", "set_aside", "characters")
# What the column ``place_from`` of a manifest may say of a document.
PLACE_FROM = ("", "text", "document", "none")
# Cells that a draft has filled; the column ``guessed`` names them until somebody has looked.
GUESSABLE = ("title", "place", "date", "genre", "source")

DATE = re.compile(r"(\d{4})(?:\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})\s*日?|月?))?年?")


def read_manifest(path: Path) -> pd.DataFrame:
    """The manifest as a table of text columns, a row a document, with ``doc_id`` and ``file``.

    Only ``file`` is required; for ``doc_id`` where it is not given see :func:`ids_of`. Dates are
    written as ISO 8601 (a spreadsheet's 2024/7/8 becomes 2024-07-08). A column ``guessed``, as
    ``textlab init`` drafts it, names the cells of its row that are guesses, with spaces between.
    A column ``place_from`` says of each document whether the places of its paragraphs are read
    from its ``text`` or are that of the ``document``, or that it has ``none`` of its own; blank is
    as the study says. Raises :class:`ManifestError`, which names the line, for anything that
    contradicts itself.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        # A pipe would be waited for, and a device may never end.
        raise ManifestError(f"{path}: no regular file")
    header, rows = _rows(path)
    _check_header(path, header)
    table = pd.DataFrame([values for _, values in rows], columns=pd.Index(header), dtype=str)
    lines = [line for line, _ in rows]
    for column in KNOWN:
        if column not in table:
            table[column] = ""
    _refuse(path, lines, table["file"] == "", "no file is named")
    guesses = pd.Series(ids_of(table["file"].tolist()), index=table.index, dtype="str")
    table["doc_id"] = table["doc_id"].where(table["doc_id"] != "", guesses)
    for column in ("file", "doc_id"):
        _refuse(
            path,
            lines,
            table[column].duplicated(),
            f"the {column} stands above already",
            table[column],
        )
    dates = table["date"].map(iso_date)
    _refuse(path, lines, dates.isna(), "no date such as 2024-07-08, 2024-07 or 2024", table["date"])
    table["date"] = dates
    if "guessed" in table:
        unknown = [not set(marks.split()) <= set(GUESSABLE) for marks in table["guessed"]]
        why = f"'guessed' names cells of the row, out of: {', '.join(GUESSABLE)}"
        _refuse(path, lines, pd.Series(unknown, dtype=bool), why, table["guessed"])
    if "place_from" in table:
        unknown = [value not in PLACE_FROM for value in table["place_from"]]
        why = "place_from is text, document, none or blank"
        _refuse(path, lines, pd.Series(unknown, dtype=bool), why, table["place_from"])
    return table


def ids_of(files: Sequence[str]) -> list[str]:
    """The stem of each file; its whole path where the stem would not be one file's alone."""
    stems = [Path(file).stem for file in files]
    taken = Counter(stems) + Counter(set(files))
    return [
        stem if taken[stem] == 1 or stem == file else file
        for stem, file in zip(stems, files, strict=True)
    ]


def iso_date(text: str) -> str | None:
    """``text`` as YYYY, YYYY-MM or YYYY-MM-DD; ``""`` stays so; None if it is no date."""
    if not text:
        return ""
    found = DATE.fullmatch(text)
    if not found:
        return None
    year, month, day = found.groups()
    try:
        # Through numbers, because full-width digits are digits too.
        whole = date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        return None
    return whole[: 10 if day else 7 if month else 4]


def _rows(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    absent = "no such manifest; the study's [corpus] manifest names it"
    text = read_text(path, ManifestError, absent=absent, save_as="CSV UTF-8")
    lines = [
        (number, row) for number, row in numbered_rows(text, str(path), ManifestError) if any(row)
    ]
    if not lines:
        raise ManifestError(f"{path}: empty; its first line names columns: {', '.join(KNOWN)}")
    header = lines[0][1]
    for number, row in lines[1:]:
        if len(row) != len(header):
            raise ManifestError(
                f"{path}, line {number}: {len(row)} cells, but the header has {len(header)} columns"
            )
    return header, lines[1:]


def _check_header(path: Path, header: list[str]) -> None:
    for number, column in enumerate(header, 1):
        if column in KNOWN or column in ("guessed", "place_from"):
            continue
        if not column:
            raise ManifestError(f"{path}: column {number} has no name")
        if column in OWN:
            raise ManifestError(f"{path}: the column name '{column}' is textlab's own; rename it")
        meant = near_miss(column, (*KNOWN, "place_from"))
        if meant:
            raise ManifestError(
                f"{path}: unknown column '{column}'; did you mean '{meant}'? "
                "(rename it; other columns of your own are welcome)"
            )
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        raise ManifestError(f"{path}: the column '{twice[0]}' is there twice")
    if "file" not in header:
        hint = "; a comma stands between cells" if re.search("[;\t]", header[0]) else ""
        raise ManifestError(f"{path}: no column 'file'; found: {', '.join(header)}{hint}")


def _refuse(
    path: Path, lines: list[int], wrong: pd.Series, why: str, values: pd.Series | None = None
) -> None:
    if wrong.any():
        row = int(wrong.to_numpy().argmax())
        found = f" (found '{values.iloc[row]}')" if values is not None else ""
        raise ManifestError(f"{path}, line {lines[row]}: {why}{found}")
