"""Lexicon files that tests write."""

from __future__ import annotations

from pathlib import Path

from tests.files import write_file

GOOD = (
    "term,category,label_en,variant_of,note\n"
    "新质生产力,industry,New quality productive forces,,since 2023\n"
    "智改数转,industry,Smart upgrading,,\n"
    '智转数改,industry,Smart upgrading,智改数转,"reordered, rare"\n'
)


def write(folder: Path, text: str | bytes, name: str = "own.csv") -> Path:
    return write_file(folder / name, text)
