"""A folder of files -> the table ``documents``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from textlab import schema
from textlab.errors import CorpusError, ManifestError, nearest
from textlab.reading.batches import BatchRead, FileBatch, read_batch
from textlab.reading.child import Extractor
from textlab.reading.folder import (
    MANIFEST,
    NOT_DOCUMENTS,
    TABLE_FORMATS,
    list_files,
    may_be_document,
)
from textlab.reading.manifest import ids_of, read_manifest

# Of files to a batch: their bytes and their number.
BATCH_BYTES, BATCH_FILES = 2_000_000, 500


def read_documents(
    folder: str | Path, manifest: str | Path | None = None, *, text_column: str | None = None
) -> pd.DataFrame:
    """The documents in ``folder``: a row a file, read or set aside.

    Read are .txt and .md files as they stand, and what is text in .html, .docx and .pdf files
    (the extra ``documents``: ``pip install "textlab[documents]"``): see
    :func:`textlab.reading.web_page.read_web_page`, :func:`textlab.reading.word.read_word` and
    :func:`textlab.reading.pdf.read_pdf` for what that is. With ``text_column`` also .csv, .tsv and
    .xlsx files, a row a document, its text in the column of that name: see
    :func:`textlab.reading.tables.table_documents`.

    ``manifest`` is a CSV that names the documents (columns ``file`` and, as far as known,
    doc_id, title, place, date, genre, source, sha256, place_from, and any of your own); by
    default ``documents.csv`` in the folder, if there is one. It does not list tables, whose rows
    are documents anyhow and say of themselves what a manifest would. Where no doc_id is given
    it is the file's stem, or its path if two files have that stem. Blank titles and dates are
    guessed, and ``guessed`` lists which; but where the manifest has that column itself, as one
    that ``textlab init`` drafted has, its marks stay and its blanks stay blank.

    Columns: those of the table ``documents``, ``left_out`` and the manifest's own. ``text`` is
    the decoded or extracted text, line ends included; ``layout`` of a PDF has for each line of it
    the page and box; ``left_out`` says what a file holds beside its text, as ``what: characters;
    what: characters``. ``set_aside`` is empty for a document that was read, else the reason why
    it was not: no file stops the others.

    Raises :class:`CorpusError` for a folder that is missing, empty or unreadable throughout, and
    where two documents have one doc_id; :class:`ManifestError` for a manifest that contradicts
    itself or the folder.
    """
    batches = list_batches(folder, manifest, text_column=text_column)
    with Extractor() as extractor:
        return join_documents(folder, [read_batch(batch, extractor) for batch in batches])


def list_batches(
    folder: str | Path,
    manifest: str | Path | None = None,
    *,
    text_column: str | None = None,
    size: int = BATCH_BYTES,
) -> list[FileBatch]:
    """The files of ``folder`` in batches of about ``size`` bytes, which may be read apart.

    Arguments, and what they raise, as for :func:`read_documents`, which is
    ``join_documents(folder, map(read_batch, list_batches(folder)))``. No file is opened but the
    manifest. A file is never split: a larger one is a batch of its own.
    """
    root = Path(folder)
    described_by = Path(manifest) if manifest else root / MANIFEST
    listed = _manifest(root, manifest)
    names = [
        name
        for name in list_files(root, tables=text_column is not None)
        if manifest is None or root / name != described_by
    ]
    if listed is not None:
        _check_files(root, listed, names, described_by)
    is_table = text_column is not None
    tables = [name for name in names if is_table and Path(name).suffix.lower() in TABLE_FORMATS]
    bases = dict(zip(tables, ids_of(tables), strict=True))
    return [
        FileBatch(
            root,
            tuple(part),
            text_column,
            {name: bases[name] for name in part if name in bases},
            None if listed is None else listed[listed["file"].isin(part)],
        )
        for part in _parts(root, names, size)
    ]


def _parts(root: Path, names: Sequence[str], size: int) -> list[list[str]]:
    parts: list[list[str]] = []
    room = files = 0
    for name in names:
        try:
            length = (root / name).stat().st_size
        except OSError:
            length = 0
        if not parts or length > room or files == BATCH_FILES:
            parts.append([])
            room, files = size, 0
        parts[-1].append(name)
        room, files = room - length, files + 1
    return parts


def join_documents(folder: str | Path, parts: Iterable[BatchRead]) -> pd.DataFrame:
    """The table ``documents`` of all batches, which are given in the order of ``list_batches``.

    Raises :class:`CorpusError` as :func:`read_documents` does.
    """
    root, read = Path(folder), list(parts)
    filled = [part.files for part in read if len(part.files)] or [read[0].files]
    files = pd.concat(filled, ignore_index=True)
    if (files["doc_id"] == "").any():
        files["doc_id"] = ids_of(files["file"].tolist())
    documents = _with_rows(files, [table for part in read for table in part.rows])
    if (documents["set_aside"] != "").all():
        reason = f"{documents['file'].iloc[0]}: {documents['set_aside'].iloc[0]}"
        raise CorpusError(
            f"{root}: no readable text (.txt, .md, .html, .docx, .pdf) in this folder; {reason}"
        )
    _check_ids(root, documents)
    return schema.arrange(documents, "documents")


def _manifest(root: Path, manifest: str | Path | None) -> pd.DataFrame | None:
    if manifest is not None:
        return read_manifest(Path(manifest))
    own = root / MANIFEST
    return read_manifest(own) if own.is_file() else None


def _check_files(root: Path, listed: pd.DataFrame, names: list[str], manifest: Path) -> None:
    known = set(names)
    for file in listed["file"]:
        if file in known and Path(file).suffix.lower() in TABLE_FORMATS:
            raise ManifestError(
                f"{manifest}: it lists '{file}', but with [corpus] text_column every row of a "
                "table is a document, listed or not; leave it out"
            )
        if file in known:
            continue
        if (root / file).is_file() and not may_be_document(file):
            raise ManifestError(
                f"{manifest}: it lists '{file}', but README, LICENSE and hidden files and "
                f"{' '.join(NOT_DOCUMENTS)} are not read as documents; rename it"
            )
        near = nearest(file, names)
        raise ManifestError(f"{manifest}: it lists '{file}', which is not in {root}{near}")


def _with_rows(documents: pd.DataFrame, rows: Sequence[pd.DataFrame]) -> pd.DataFrame:
    if not rows:
        return documents
    tables = [table for table in (documents, *rows) if len(table)]
    columns = dict.fromkeys([*documents.columns, *(name for table in rows for name in table)])
    return pd.concat(tables, ignore_index=True).reindex(columns=pd.Index(list(columns))).fillna("")


def _check_ids(root: Path, documents: pd.DataFrame) -> None:
    """Where tables are read their rows may have the id of another file or table."""
    read = documents[documents["set_aside"] == ""]
    twice = read.loc[read["doc_id"].duplicated(), "doc_id"]
    if len(twice):
        doc_id = min(twice)
        files = sorted(read.loc[read["doc_id"] == doc_id, "file"])
        raise CorpusError(
            f"{root}: {' and '.join(files[:2])} have one doc_id, '{doc_id}'; give the tables a "
            "column doc_id of their own, or rename a file"
        )
