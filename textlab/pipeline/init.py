"""``textlab init``: the drafts written beside the texts, and nothing overwritten."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from textlab.errors import CorpusError, ResultsError, StudyError
from textlab.output.files import write_bytes
from textlab.output.tables import write_csv
from textlab.pipeline.draft import draft_manifest, draft_study
from textlab.reading.documents import read_documents
from textlab.reading.folder import MANIFEST
from textlab.reading.manifest import GUESSABLE

# So many files are named where a value is missing.
SHOWN = 3


class Drafted(NamedTuple):
    """What was drafted: two files, the manifest as a table, and what is not in it, as sentences."""

    manifest: Path
    study: Path
    table: pd.DataFrame
    left_out: list[str]


def init_study(folder: str | Path, study: str | Path | None = None) -> Drafted:
    """Write ``documents.csv`` into ``folder``, and a study of it to ``study``.

    ``study`` is a file, by default ``study.toml`` where one stands. Neither file is ever
    overwritten. Raises :class:`CorpusError` for a folder that is missing, empty or has nothing
    that can be read, :class:`StudyError` for a file that is there already, :class:`ResultsError`
    for one that cannot be written.
    """
    root, target = Path(folder), Path(study or "study.toml")
    target = target / "study.toml" if target.is_dir() else target
    manifest = root / MANIFEST
    _check_folder(root)
    _check_free(manifest, target)
    documents = read_documents(root)
    table = draft_manifest(documents)
    name = target.stem if target.stem != "study" else root.resolve().name
    text = draft_study(name, _way(root, target.parent))
    write_csv(table, manifest)
    try:
        write_bytes(target, text.encode("utf-8"))
    except ResultsError:
        # Half a draft would stand in the way of the next attempt.
        manifest.unlink()
        raise
    return Drafted(manifest, target, table, _left_out(documents, table))


def summary(drafted: Drafted) -> list[str]:
    """What was guessed, what stays blank, and what to do next."""
    table, study = drafted.table, drafted.study
    lines = [f"drafted {drafted.manifest}: {len(table)} documents"]
    for column in GUESSABLE:
        guessed = sum(column in marks.split() for marks in table["guessed"])
        files = table["file"][table[column] == ""].tolist()
        lines.append(f"  {column:<6} {guessed} guessed{_blanks(files, len(table))}")
    command = "textlab run" if study == Path("study.toml") else f"textlab run {study}"
    return [
        *lines,
        f"drafted {study}",
        "correct the cells that the column 'guessed' names and blank their marks; then: " + command,
    ]


def _blanks(files: list[str], documents: int) -> str:
    """Where nothing was guessed: the first of the files."""
    if len(files) in {0, documents}:
        return ", all blank" if files else ""
    more = f" and {len(files) - SHOWN} more" if len(files) > SHOWN else ""
    return f", {len(files)} blank: {', '.join(map(_shown, files[:SHOWN]))}{more}"


def _check_folder(root: Path) -> None:
    if not root.is_dir():
        what = "is not a folder" if root.exists() else "no such folder"
        raise CorpusError(f"{root}: {what}; textlab init DIR wants the folder of the texts")
    if any("\ud800" <= character <= "\udfff" for character in str(root.resolve())):
        raise CorpusError(f"{str(root)!a}: this name is not UTF-8; rename the folder")
    if not os.access(root, os.W_OK):
        raise ResultsError(f"{root}: {MANIFEST} cannot be written here; copy the folder first")


def _check_free(manifest: Path, study: Path) -> None:
    # Links that lead nowhere are there too: writing would replace them.
    if os.path.lexists(manifest):
        raise StudyError(
            f"{manifest} is there already; correct it, or move it away to have another drafted"
        )
    if os.path.lexists(study):
        raise StudyError(f"{study} is there already; name another file with --study FILE.toml")


def _left_out(documents: pd.DataFrame, table: pd.DataFrame) -> list[str]:
    """Why each file that is not in ``table`` is not."""
    missing = documents[~documents["file"].isin(table["file"])]
    unlisted = "its name begins or ends with white space; rename it"
    return [
        f"{_shown(file)} is set aside: {reason or unlisted}"
        for file, reason in zip(missing["file"], missing["set_aside"], strict=True)
    ]


def _shown(name: str) -> str:
    """A file's name on one line, whatever is in it."""
    return name if name.isprintable() else repr(name)


def _way(root: Path, base: Path) -> str:
    """The path from ``base``, the study file's folder, to ``root``, with forward slashes."""
    way = os.path.relpath(root, base)
    if Path(way).parts[:1] == (os.pardir,):
        # Up from a link one comes to another folder than its name says.
        way = os.path.relpath(root.resolve(), base.resolve())
    return Path(way).as_posix()
