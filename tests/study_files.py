"""Study files that tests write."""

from __future__ import annotations

from pathlib import Path

from tests.files import write_file

MINIMAL = '[corpus]\npath = "texts"\n'


def write(folder: Path, text: str | bytes, name: str = "study.toml") -> Path:
    return write_file(folder / name, text)
