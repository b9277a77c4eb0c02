"""Which files of a corpus folder may be documents; no pandas here, so that a look is quick."""

from __future__ import annotations

import os
from pathlib import Path

from textlab.errors import CorpusError

MANIFEST = "documents.csv"
TEXT_FORMATS = (".md", ".txt")
# Read a row a document, where the study names the column of the texts.
TABLE_FORMATS = (".csv", ".tsv", ".xlsx")
# Data and code beside the texts (a truth file, a script) are nobody's documents.
NOT_DOCUMENTS = (".csv", ".json", ".parquet", ".py", ".toml", ".tsv", ".yaml", ".yml")


def list_files(root: Path, tables: bool = False) -> list[str]:
    """Paths, relative to ``root`` and with forward slashes, of what may be a document, by name.

    With ``tables`` also tables of texts. Links to folders are listed and not followed; whether
    something may be opened at all, a pipe or a link, says
    :func:`textlab.reading.limits.refusal`.
    """
    if not root.is_dir():
        what = "is not a folder" if root.exists() else "no such corpus folder"
        raise CorpusError(f"{root}: {what}; name one with [corpus] path or --corpus DIR")
    found = []
    for parent, folders, files in os.walk(root, onerror=_refuse_folder):
        folders[:] = [name for name in folders if not _is_passed_over(Path(parent, name))]
        links = [name for name in folders if Path(parent, name).is_symlink()]
        found += [Path(parent, name).relative_to(root).as_posix() for name in [*files, *links]]
    names = sorted(name for name in found if may_be_document(name, tables))
    if not names:
        raise CorpusError(
            f"{root}: no documents in this folder; put .txt, .md, .html, .docx or .pdf files there"
        )
    for name in names:
        if any("\ud800" <= character <= "\udfff" for character in name):
            raise CorpusError(f"{root}: the file name {name!a} is not UTF-8; rename the file")
    return names


def _is_passed_over(folder: Path) -> bool:
    """A hidden folder, or one that textlab itself has written its results to."""
    return folder.name.startswith(".") or (folder / ".stages").is_dir()


def _refuse_folder(error: OSError) -> None:
    # os.walk would pass over the folder in silence, and all its documents with it.
    raise CorpusError(f"{error.filename}: this folder cannot be opened: {error.strerror}")


def may_be_document(name: str, tables: bool = False) -> bool:
    """Whether a file of this name is looked at: no hidden file, README, LICENSE or data."""
    path = Path(name)
    if path.name.startswith(".") or path.stem.upper() in {"README", "LICENSE"}:
        return False
    if tables and path.suffix.lower() in TABLE_FORMATS:
        return path.name != MANIFEST
    return path.suffix.lower() not in NOT_DOCUMENTS
