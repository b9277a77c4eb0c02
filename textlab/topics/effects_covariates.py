"""The covariates of units, found by the name of the unit, its paragraph or its document."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import pandas as pd

from textlab.errors import TableError, UnknownNameError, nearest
from textlab.tokens.groups import DATES, UNGROUPED

# The end of the name of a paragraph (document#12) or of a part (document@place).
_TAIL = re.compile(r"[#@][^#@]*$")


@dataclass(frozen=True)
class UnitCovariates:
    """``values``: a column of text for each covariate, "" for none; ``document``: Series.

    Both are indexed by unit, in the order of the units that were asked for. Units that the
    covariates do not have are in ``unknown``, and empty throughout.
    """

    values: pd.DataFrame
    document: pd.Series[str]
    unknown: list[str]


def unit_covariates(
    units: list[str],
    covariates: pd.DataFrame,
    names: Collection[str],
    documents: pd.Series[str] | None = None,
) -> UnitCovariates:
    """The covariates ``names`` of ``units``.

    ``covariates`` is indexed by unit or has a column ``unit``, ``para_id`` or ``doc_id``: the
    first of these in which some unit is found is taken. By ``doc_id``, a unit is that document, a
    paragraph of it (``document#12``) or what it says for a place (``document@place``), and then
    ``place`` is that place. ``year`` and ``month`` are taken from ``date`` where they are no
    columns. ``documents`` (Series of doc_id indexed by unit) says what is one document; otherwise
    ``covariates`` or the names of the units do.

    UnknownNameError for a name that is no column, TableError for rows that belong to no unit.
    """
    rows, key = _keyed(covariates, units)
    _check_names(rows, names)
    owner = _owners(units, set(rows.index)) if key == "doc_id" else pd.Series(units, index=units)
    found = pd.DataFrame(
        {name: owner.map(_texts(rows, name)).fillna("") for name in names}, index=owner.index
    )
    if key == "doc_id" and "place" in names:
        told = _place_of_part(owner)
        found["place"] = told.where(told != "", found["place"])
    unknown = [unit for unit in units if owner[unit] not in rows.index]
    return UnitCovariates(found, _document(units, owner, rows, key, documents), unknown)


def _keyed(covariates: pd.DataFrame, units: list[str]) -> tuple[pd.DataFrame, str]:
    """Rows indexed by text, and what that is: "unit" or "doc_id"."""
    for key, rows in _readings(covariates):
        wanted = set(rows.index)
        own = units if key != "doc_id" else _owners(units, wanted)
        if wanted.isdisjoint(own):
            continue
        if rows.index.has_duplicates:
            twice = rows.index[rows.index.duplicated()][0]
            raise TableError(f"covariates want one row a unit; '{twice}' is there twice")
        return rows, "doc_id" if key == "doc_id" else "unit"
    raise TableError(
        "covariates want an index of units, or a column unit, para_id or doc_id, with units such "
        f"as '{units[0]}'; the index begins with '{next(iter(covariates.index), '')}', the columns "
        f"are: {', '.join(map(str, covariates.columns))}"
    )


def _readings(covariates: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    for key in ("unit", "para_id", "index", "doc_id"):
        if key == "index":
            yield key, covariates.set_axis(covariates.index.astype(str))
        elif key in covariates.columns:
            rows = covariates
            if key == "doc_id" and "set_aside" in rows.columns:
                # A document that is set aside bears the name of the one that is read.
                rows = rows[rows["set_aside"].fillna("") == ""]
            yield key, rows.set_axis(rows[key].astype(str))


def _check_names(rows: pd.DataFrame, names: Collection[str]) -> None:
    dates = DATES if "date" in rows.columns else {}
    there = [str(name) for name in dict.fromkeys([*rows.columns, *dates]) if name not in UNGROUPED]
    for name in names:
        if name not in there:
            raise UnknownNameError(
                f"no covariate '{name}'{nearest(name, there)}; there are: {', '.join(there)}"
            )


def _texts(rows: pd.DataFrame, name: str) -> pd.Series[str]:
    """A column as stripped text; whole numbers without a point, "" for what is missing."""
    if name not in rows.columns:
        date = rows["date"].fillna("").astype(str)
        return date.str[: DATES[name]].where(date.str.len() >= DATES[name], "")
    column = rows[name]
    if pd.api.types.is_float_dtype(column.dtype):
        return column.map(lambda value: "" if pd.isna(value) else f"{value:.15g}").astype(str)
    return column.astype(object).where(column.notna(), "").astype(str).str.strip()


def _owners(units: list[str], known: Collection[str]) -> pd.Series[str]:
    """The one of the documents ``known`` that each unit is, or is of; else the unit itself."""
    return pd.Series([_owner(unit, known) for unit in units], index=units, dtype=object)


def _owner(unit: str, known: Collection[str]) -> str:
    name = unit
    while name not in known and (tail := _TAIL.search(name)):
        name = name[: tail.start()]
    return name if name in known else unit


def _place_of_part(owner: pd.Series[str]) -> pd.Series[str]:
    """What stands behind ``document@`` in the name of a unit; "" for other units."""
    places = [
        unit[len(row) + 1 :] if unit.startswith(f"{row}@") else ""
        for unit, row in zip(owner.index.astype(str), owner, strict=True)
    ]
    return pd.Series(places, index=owner.index, dtype=object)


def _document(
    units: list[str],
    owner: pd.Series[str],
    rows: pd.DataFrame,
    key: str,
    documents: pd.Series[str] | None,
) -> pd.Series[str]:
    """The document of each unit."""
    if documents is not None:
        given = documents.set_axis(documents.index.astype(str))
        missing = sorted(set(units) - set(given.index))
        if missing or given.index.has_duplicates:
            raise UnknownNameError(
                f"documents want one doc_id for every unit; {len(missing)} have none"
                + (f", the first '{missing[0]}'" if missing else ", but some have two")
            )
        return given.loc[units].astype(str)
    if key == "doc_id":
        return owner
    named = pd.Series([_TAIL.sub("", unit) for unit in units], index=units, dtype=object)
    if "doc_id" in rows.columns:
        return owner.map(_texts(rows, "doc_id")).fillna(named)
    return named
