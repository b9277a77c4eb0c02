"""What each table and column is, from ``textlab/explanations``: the one place that says so."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from textlab.schema import contract


class Column(NamedTuple):
    """What a column is; its unit, its formula and what to mind, each "" where there is none."""

    what: str
    unit: str = ""
    formula: str = ""
    limits: str = ""


class Description(NamedTuple):
    """What a row of a table is, what to mind of all of them, and its columns in their order."""

    row: str
    limits: str
    columns: dict[str, Column]


def describe(table: str) -> Description:
    """The description of ``table``; an unknown name is an error that lists the known ones."""
    names = contract(table).columns
    said = written("tables.toml")[table]
    own = said.get("columns", {})
    shared = written("columns.toml")
    columns = {name: Column(**(shared.get(name, {}) | own.get(name, {}))) for name in names}
    return Description(said["row"], said.get("limits", ""), columns)


@cache
def written(file: str) -> dict[str, Any]:
    """A file of ``textlab/explanations`` as it stands there."""
    return tomllib.loads(_text(file))


@cache
def reading() -> str:
    """What is to be known of all tables, as Markdown."""
    return _text("reading.md")


def _text(file: str) -> str:
    return files("textlab").joinpath("explanations", file).read_text(encoding="utf-8")
