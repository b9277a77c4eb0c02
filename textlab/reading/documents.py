"""A folder of files -> the table ``documents``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from textlab import schema
from textlab.errors import CorpusError, ManifestError, nearest
from textlab.reading.child import Extractor
from textlab.reading.extract import UnreadableError
from textlab.reading.files import ReadFile, bytes_of, read_file
from textlab.reading.folder import (
    MANIFEST,
    NOT_DOCUMENTS,
    TABLE_FORMATS,
    list_files,
    may_be_document,
)
from textlab.reading.guessed_dates import guess_date
from textlab.reading.guessed_titles import guess_title
from textlab.reading.manifest import GUESSABLE, KNOWN, ids_of, read_manifest
from textlab.reading.tables import table_documents


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
    with Extractor() as extractor:
        files, rows = _read(root, names, text_column, extractor)
    documents = _with_rows(
        _guessed(_described(files, listed)), [_guessed(_complete(table)) for table in rows]
    )
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


def _read(
    root: Path, names: Sequence[str], text_column: str | None, extractor: Extractor
) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """The files that are documents, or are set aside, and the rows of tables."""
    tables = [
        name
        for name in names
        if text_column is not None and Path(name).suffix.lower() in TABLE_FORMATS
    ]
    bases = dict(zip(tables, ids_of(tables), strict=True))
    files, rows = [], []
    for name in names:
        if text_column is None or name not in bases:
            files.append(read_file(root, name, extractor))
            continue
        try:
            data = bytes_of(root, name)
            rows.append(table_documents(name, data, text_column, bases[name], extractor))
        except UnreadableError as reason:
            files.append(ReadFile(name, set_aside=str(reason)))
    return pd.DataFrame(files, columns=pd.Index(ReadFile._fields)), rows


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


def _described(documents: pd.DataFrame, listed: pd.DataFrame | None) -> pd.DataFrame:
    if listed is not None:
        return _joined(documents, listed)
    documents = _complete(documents)
    documents["doc_id"] = ids_of(documents["file"].tolist())
    return documents


def _complete(documents: pd.DataFrame) -> pd.DataFrame:
    """``documents`` with all the columns that a manifest may have."""
    missing = [column for column in KNOWN if column not in documents]
    return documents.assign(**dict.fromkeys(missing, ""))


def _joined(documents: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    claims = dict(zip(listed["file"], listed["sha256"].str.lower(), strict=True))
    claimed = documents["file"].map(lambda file: claims.get(file, "")).astype(str)
    joined = documents.merge(listed.drop(columns="sha256"), on="file", how="left").fillna("")
    changed = (claimed != "") & (joined["sha256"] != "") & (claimed != joined["sha256"])
    if changed.any():
        file, found, said = (
            column.loc[changed].tolist()[0]
            for column in (joined["file"], joined["sha256"], claimed)
        )
        raise ManifestError(
            f"{file}: its sha256 is {found[:12]}…, the manifest says {said[:12]}…; "
            "put the right file there or correct the manifest"
        )
    unlisted = ~joined["file"].isin(listed["file"])
    joined.loc[unlisted, "doc_id"] = joined.loc[unlisted, "file"]
    joined.loc[unlisted, ["text", "layout", "left_out"]] = ""
    why = joined.loc[unlisted, "set_aside"].where(
        lambda reason: reason != "", "not in the manifest"
    )
    joined.loc[unlisted, "set_aside"] = why
    return joined


def _guessed(documents: pd.DataFrame) -> pd.DataFrame:
    """Blank titles and dates filled, and ``guessed`` naming the cells that are guesses.

    A manifest with a column ``guessed`` holds its guesses already: what is blank in it nothing
    spoke for, or somebody has struck out, and it is not guessed again; nor is a place inferred.
    """
    if "guessed" in documents:
        marks = documents["guessed"].str.split().tolist()
        ours = documents.get("place_from", pd.Series("", index=documents.index, dtype="str"))
        without = (documents["place"] == "") & (ours == "")
        documents["place_from"] = ours.mask(without, "none")
    else:
        rows = documents[list(GUESSABLE)].to_dict("records")
        marks = [[column for column in GUESSABLE if not row[column]] for row in rows]
        blank = documents.loc[(documents["set_aside"] == "") & (documents["title"] == "")]
        titles = [guess_title(*row) for row in blank[["text", "file"]].to_numpy()]
        documents.loc[blank.index, "title"] = titles
        blank = documents.loc[(documents["set_aside"] == "") & (documents["date"] == "")]
        dates = [guess_date(*row) for row in blank[["text", "file", "title"]].to_numpy()]
        documents.loc[blank.index, "date"] = dates
    documents["guessed"] = [
        " ".join(column for column in GUESSABLE if column in marked and row[column])
        for marked, row in zip(marks, documents.to_dict("records"), strict=True)
    ]
    return documents
