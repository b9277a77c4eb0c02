"""Text files and CSVs that a researcher writes, read with one kind of complaint."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from textlab.errors import TextlabError
from textlab.language.encoding import UndecodableError, decode


def read_text(path: Path, error: type[TextlabError], *, absent: str, save_as: str) -> str:
    """The text of ``path``, or ``error`` with one sentence.

    ``absent`` says what is missing where there is no such file, ``save_as`` how to save one that
    cannot be decoded.
    """
    try:
        return decode(path.read_bytes())[0]
    except FileNotFoundError:
        raise error(f"{path}: {absent}") from None
    except UndecodableError as reason:
        raise error(f"{path}: {reason}; save it as {save_as}") from None
    except OSError as reason:
        raise error(f"{path}: cannot be read: {reason.strerror}") from None


def numbered_rows(
    text: str, name: str, error: type[TextlabError]
) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV, cells stripped, and the line that each begins on; it may end far below."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for row in reader:
            yield line, [cell.strip() for cell in row]
            line = reader.line_num + 1
    except csv.Error as fault:
        raise error(f"{name}, line {line}: not a CSV: {fault}") from None
