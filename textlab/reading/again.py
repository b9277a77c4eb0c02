"""Documents read a second time, to show in their texts what was counted there."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from textlab.errors import CorpusError
from textlab.reading.child import Extractor
from textlab.reading.extract import UnreadableError
from textlab.reading.files import bytes_of, text_of
from textlab.reading.tables import row_texts


def texts_of(
    root: Path, files: Iterable[str], text_column: str | None = None
) -> dict[str, tuple[str, str]]:
    """Text and sha256 of documents of the corpus folder ``root``, by their ``file``.

    Both are as :func:`textlab.reading.documents.read_documents` gives them. The rows of a table
    (``name.csv#12``) want its ``text_column``; each table is read once. Raises
    :class:`CorpusError` for a file that is no longer there, or can no longer be read.
    """
    found: dict[str, tuple[str, str]] = {}
    with Extractor() as extractor:
        for file in sorted(set(files)):
            if file not in found:
                try:
                    found |= _read(root, file, text_column, extractor)
                except UnreadableError as reason:
                    raise CorpusError(f"{root / file}: {reason}") from None
    return found


def _read(
    root: Path, file: str, text_column: str | None, extractor: Extractor
) -> dict[str, tuple[str, str]]:
    table, sign, line = file.rpartition("#")
    if not sign or text_column is None or (root / file).exists():
        data = bytes_of(root, file)
        return {file: (text_of(file, data, extractor).text, _hash(data))}
    rows = row_texts(table, bytes_of(root, table), text_column, extractor)
    if file not in rows:
        raise UnreadableError(f"no row of the table begins on line {line}")
    return {
        name: (text, _hash(text.encode("utf-8", "surrogatepass"))) for name, text in rows.items()
    }


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()
