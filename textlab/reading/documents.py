"""A folder of files -> the table ``documents``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pandas as pd

from textlab import schema
from textlab.errors import CorpusError, ManifestError, StudyError, nearest
from textlab.language.encoding import UndecodableError, decode
from textlab.reading.folder import (
    MANIFEST,
    NOT_DOCUMENTS,
    TEXT_FORMATS,
    list_files,
    may_be_document,
)
from textlab.reading.manifest import KNOWN, ids_of, iso_date, read_manifest

TITLE_WIDTH = 60

DATE_IN_TEXT = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*[年/.-]\s*(1[0-2]|0?[1-9])\s*[月/.-]\s*(3[01]|[12]\d|0?[1-9])(?!\d)"
)
DATE_IN_NAME = re.compile(
    r"(?<!\d)((?:19|20)\d{2})[-_.]?(1[0-2]|0[1-9])[-_.]?(3[01]|[12]\d|0[1-9])(?!\d)"
)


def read_documents(folder: str | Path, manifest: str | Path | None = None) -> pd.DataFrame:
    """The documents in ``folder``: a row a file, read or set aside.

    ``manifest`` is a CSV that names the documents (columns ``file`` and, as far as known,
    doc_id, title, place, date, genre, source, sha256, and any of your own); by default
    ``documents.csv`` in the folder, if there is one. Where no doc_id is given
    it is the file's stem, or its path if two files have that stem. Blank titles and dates are
    guessed; ``guessed`` lists which.

    Columns: those of the table ``documents`` and the manifest's own. ``text`` is the decoded
    file, line ends included. ``set_aside`` is empty for a document that was read, else the
    reason why it was not.

    Raises :class:`CorpusError` for a folder that is missing, empty or unreadable throughout,
    :class:`ManifestError` for a manifest that contradicts itself or the folder.
    """
    root = Path(folder)
    listed = _manifest(root, manifest)
    names = list_files(root)
    if listed is not None:
        _check_files(root, listed, names, Path(manifest) if manifest else root / MANIFEST)
    rows = [_read(root, name) for name in names]
    documents = pd.DataFrame(rows, columns=pd.Index(["file", "sha256", "text", "set_aside"]))
    documents = _described(documents, listed)
    if (documents["set_aside"] != "").all():
        reason = f"{documents['file'].iloc[0]}: {documents['set_aside'].iloc[0]}"
        raise CorpusError(f"{root}: no readable text (.txt or .md) in this folder; {reason}")
    return schema.arrange(documents, "documents")


def _manifest(root: Path, manifest: str | Path | None) -> pd.DataFrame | None:
    if manifest is not None:
        return read_manifest(Path(manifest))
    own = root / MANIFEST
    return read_manifest(own) if own.is_file() else None


def _check_files(root: Path, listed: pd.DataFrame, names: list[str], manifest: Path) -> None:
    known = set(names)
    for file in listed["file"]:
        if file in known:
            continue
        if (root / file).is_file() and not may_be_document(file):
            raise ManifestError(
                f"{manifest}: it lists '{file}', but README, LICENSE and hidden files and "
                f"{' '.join(NOT_DOCUMENTS)} are not read as documents; rename it"
            )
        near = nearest(file, names)
        raise ManifestError(f"{manifest}: it lists '{file}', which is not in {root}{near}")


def _read(root: Path, name: str) -> tuple[str, str, str, str]:
    """file, sha256, text, and why it is set aside."""
    path = root / name
    if not path.is_file():
        return name, "", "", "not a regular file"
    try:
        data = path.read_bytes()
    except OSError as error:
        return name, "", "", f"cannot be opened: {error.strerror}"
    digest = sha256(data).hexdigest()
    if path.suffix.lower() not in TEXT_FORMATS:
        what = f"the format '{path.suffix}'" if path.suffix else "a file without a suffix"
        return name, digest, "", f"{what} is not read; save it as .txt"
    try:
        text, _ = decode(data)
    except UndecodableError as error:
        return name, digest, "", str(error)
    if not text.strip():
        return name, digest, "", "empty"
    return name, digest, text, ""


def _described(documents: pd.DataFrame, listed: pd.DataFrame | None) -> pd.DataFrame:
    if listed is None:
        for column in KNOWN:
            if column not in documents:
                documents[column] = ""
        documents["doc_id"] = ids_of(documents["file"].tolist())
    else:
        documents = _joined(documents, listed)
    return _guessed(documents)


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
    joined.loc[unlisted, "text"] = ""
    why = joined.loc[unlisted, "set_aside"].where(
        lambda reason: reason != "", "not in the manifest"
    )
    joined.loc[unlisted, "set_aside"] = why
    return joined


def _guessed(documents: pd.DataFrame) -> pd.DataFrame:
    documents["guessed"] = ""
    for column, guess in {"title": _guess_title, "date": _guess_date}.items():
        blank = (documents["set_aside"] == "") & (documents[column] == "")
        rows = documents.loc[blank]
        values = [guess(text, file) for text, file in zip(rows["text"], rows["file"], strict=True)]
        documents.loc[blank, column] = values
        found = blank & (documents[column] != "")
        documents.loc[found, "guessed"] += f" {column}"
    documents["guessed"] = documents["guessed"].str.strip()
    return documents


def _guess_title(text: str, file: str) -> str:
    """The first line that is more than a rule, cut at a width that a table can show."""
    lines = (re.sub(r"\s+", " ", line).strip("#*-= ") for line in text.splitlines())
    title = next(filter(None, lines), "")
    return title if len(title) <= TITLE_WIDTH else f"{title[: TITLE_WIDTH - 1]}…"


def _guess_date(text: str, file: str) -> str:
    """The first full date in the file's name, else in its text; no 30th of February."""
    found = [*DATE_IN_NAME.finditer(Path(file).stem), *DATE_IN_TEXT.finditer(text)]
    dates = (iso_date("-".join(match.groups())) for match in found)
    return next(filter(None, dates), "")


def select_documents(
    documents: pd.DataFrame,
    where: Mapping[str, str | int | list[str | int]] | None = None,
    *,
    start: str | None = None,
    end: str | None = None,
) -> pd.DataFrame:
    """``documents`` with those set aside that are not wanted; no row is lost.

    ``where`` maps a column to the value, or the list of values, that it must have. ``start``
    and ``end`` bound the date, both included, at the precision that they are written in: an
    ``end`` of 2024-06 takes in all of June. Raises :class:`StudyError` for a column that is
    not there, for a bound that is no date, and where nothing is left.
    """
    start, end = (_bound(name, text) for name, text in (("from", start), ("to", end)))
    if start and end and start[: len(end)] > end[: len(start)]:
        raise StudyError(f"[corpus] from = {start} is later than to = {end}")
    selected = documents.copy()
    for column, wanted in (where or {}).items():
        if column not in documents:
            near = nearest(column, documents.columns)
            there = ", ".join(map(str, documents.columns))
            raise StudyError(f"[corpus] where: no column '{column}'{near} (there are: {there})")
        values = {str(value) for value in (wanted if isinstance(wanted, list) else [wanted])}
        _set_aside(
            selected, ~selected[column].astype(str).isin(values), f"not selected by {column}"
        )
    dates = selected["date"]
    if start or end:
        _set_aside(selected, dates == "", "not selected: no date")
    if start:
        early = dates.map(lambda day: day[: len(start)] < start[: len(day)])
        _set_aside(selected, early, f"not selected: before {start}")
    if end:
        late = dates.map(lambda day: day[: len(end)] > end[: len(day)])
        _set_aside(selected, late, f"not selected: after {end}")
    if (selected["set_aside"] != "").all():
        raise StudyError(
            f"[corpus] selects none of the {int((documents['set_aside'] == '').sum())} documents: "
            + "; ".join(sorted(set(selected["set_aside"])))
        )
    return selected


def _bound(name: str, text: str | None) -> str:
    date = iso_date(text or "")
    if date is None:
        raise StudyError(
            f"[corpus] {name}: wanted a date such as 2024, 2024-07 or 2024-07-08; found '{text}'"
        )
    return date


def _set_aside(documents: pd.DataFrame, which: pd.Series, reason: str) -> None:
    documents.loc[which & (documents["set_aside"] == ""), "set_aside"] = reason
