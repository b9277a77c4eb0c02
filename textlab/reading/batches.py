"""Files that are read together: what one worker process makes of a part of a corpus."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from textlab.errors import ManifestError
from textlab.reading.child import Extractor
from textlab.reading.extract import UnreadableError
from textlab.reading.files import ReadFile, bytes_of, read_file
from textlab.reading.guessed_dates import guess_date
from textlab.reading.guessed_titles import guess_title
from textlab.reading.manifest import GUESSABLE, KNOWN
from textlab.reading.tables import table_documents


@dataclass(frozen=True)
class FileBatch:
    """Files of the folder ``root``, and all that has to be known to read them apart from others.

    ``bases``: of those that are tables of texts (in the column ``text_column``), the beginning
    of the ids of their rows. ``listed``: what the manifest says of these files; None where there
    is no manifest.
    """

    root: Path
    names: tuple[str, ...]
    text_column: str | None = None
    bases: dict[str, str] = field(default_factory=dict)
    listed: pd.DataFrame | None = None


class BatchRead(NamedTuple):
    """What was read of a batch: a table of its ``files``, and one of the rows of each table.

    ``doc_id`` is blank where no manifest gives it: it takes the names of all files.
    """

    files: pd.DataFrame
    rows: list[pd.DataFrame]


def read_batch(batch: FileBatch, extractor: Extractor | None = None) -> BatchRead:
    """The documents of a batch, for :func:`textlab.reading.documents.join_documents`.

    It depends on these files only, and may be called in another process. ``extractor`` reads
    other formats than text; by default one of the batch's own. Raises :class:`ManifestError`
    where a file is not the one that the manifest describes.
    """
    if extractor is None:
        with Extractor() as own:
            return read_batch(batch, own)
    files, tables = [], []
    for name in batch.names:
        if batch.text_column is None or name not in batch.bases:
            files.append(read_file(batch.root, name, extractor))
            continue
        try:
            data = bytes_of(batch.root, name)
            tables.append(
                table_documents(name, data, batch.text_column, batch.bases[name], extractor)
            )
        except UnreadableError as reason:
            files.append(ReadFile(name, set_aside=str(reason)))
    documents = pd.DataFrame(files, columns=pd.Index(ReadFile._fields))
    described = _complete(documents) if batch.listed is None else _joined(documents, batch.listed)
    return BatchRead(_guessed(described), [_guessed(_complete(table)) for table in tables])


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
        marks = [
            [column for column, cell in zip(GUESSABLE, row, strict=True) if not cell]
            for row in _guessable(documents)
        ]
        blank = documents.loc[(documents["set_aside"] == "") & (documents["title"] == "")]
        titles = list(map(guess_title, blank["text"].tolist(), blank["file"].tolist()))
        documents.loc[blank.index, "title"] = titles
        blank = documents.loc[(documents["set_aside"] == "") & (documents["date"] == "")]
        columns = (blank[name].tolist() for name in ("text", "file", "title"))
        dates = list(map(guess_date, *columns))
        documents.loc[blank.index, "date"] = dates
    documents["guessed"] = [
        " ".join(
            column for column, cell in zip(GUESSABLE, row, strict=True) if column in marked and cell
        )
        for marked, row in zip(marks, _guessable(documents), strict=True)
    ]
    return documents


def _guessable(documents: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    return zip(*(documents[column].tolist() for column in GUESSABLE), strict=True)
