"""The README of a folder of result tables: every file, every column, formulas and limits."""

from __future__ import annotations

from collections.abc import Mapping

from textlab.output.descriptions import Column, Description, describe, reading


def results_readme(tables: Mapping[str, str], *, title: str = "") -> str:
    """Markdown that says of each published table what a row and each column are.

    ``tables`` maps the name of a table's contract to the name of its file
    (``{"documents_read": "documents.csv"}``), in the order in which they are listed. A column
    that is computed, or to be minded, has its formula and limits once, behind the tables.
    ``title`` is the study's. Raises :class:`~textlab.errors.UnknownNameError` for a name that
    is no table.
    """
    described = {file: describe(name) for name, file in tables.items()}
    parts = [
        f"# Tables{f' of {title.strip()}' if title.strip() else ''}",
        "CSV files in UTF-8, a row a line, a comma between cells, an empty cell for a missing "
        "value. Each number leads back to the texts by the ids of its row.",
        _files(described),
        reading().strip(),
        *(_table(file, description) for file, description in described.items()),
        _computed(described),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _files(described: Mapping[str, Description]) -> str:
    rows = [f"| `{file}` | {_cell(about.row)} |" for file, about in described.items()]
    return "\n".join(["| file | a row is |", "|---|---|", *rows]) if rows else ""


def _table(file: str, about: Description) -> str:
    limits = f" To be minded: {about.limits}." if about.limits else ""
    rows = [
        f"| `{name}` | {_cell(column.what)}{f' ({_cell(column.unit)})' if column.unit else ''} |"
        for name, column in about.columns.items()
    ]
    lines = [f"## {file}", "", f"A row is {about.row}.{limits}", ""]
    return "\n".join([*lines, "| column | what it is |", "|---|---|", *rows])


def _computed(described: Mapping[str, Description]) -> str:
    """Formula and limits of each column that has some; per file where they differ."""
    found: dict[str, dict[str, list[str]]] = {}
    for file, about in described.items():
        for name, column in about.columns.items():
            said = _said(column)
            if said:
                found.setdefault(name, {}).setdefault(said, []).append(file)
    lines = []
    for name in sorted(found):
        for said, files in found[name].items():
            where = (
                f" in {', '.join(f'`{file}`' for file in files)}" if len(found[name]) > 1 else ""
            )
            lines.append(f"- `{name}`{where}: {said}")
    return "\n".join(["## Formulas and limits", "", *lines]) if lines else ""


def _said(column: Column) -> str:
    """``10,000 × n / all words. Limits: with few words it is wild.``"""
    limits = f"Limits: {column.limits}" if column.limits else ""
    return " ".join(f"{part}." for part in (column.formula, limits) if part)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
