"""A result table, wide or long -> one column a measure, one row a place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from textlab.errors import TableError, UnknownNameError, nearest

# Columns that say what ``on`` is, and the column that then holds the name.
_SAID = (("by", "group"), ("kind", "name"), ("of", "name"))
# In a long table the first of these tells the rows of a place apart, and the first of those
# values is the measure.
_LABELS = ("keyword", "term", "measure", "topic", "category", "collocate")
_VALUES = ("per_10k", "value", "share", "log_odds_z", "log_ratio")


def rows_on(result: pd.DataFrame, on: str) -> pd.DataFrame:
    """The rows of ``result`` that have a name in the column ``on``, which is made if need be.

    Of a table of several groupings (by, group) those of ``on`` are taken; in keyness, whose
    groups say of themselves what they are not, the groups. Raises :class:`UnknownNameError`.
    """
    table = result.reset_index(drop=True)
    if on not in table.columns:
        table = _said(table, on)
    named = table[on].notna() & (table[on].astype(str).str.strip() != "")
    rows = table[named].reset_index(drop=True)
    return rows.assign(**{on: rows[on].astype(str)})


def _said(table: pd.DataFrame, on: str) -> pd.DataFrame:
    for said, name in _SAID:
        if said in table.columns and name in table.columns:
            there = sorted(table[said].astype(str).unique())
            if on in there:
                chosen = table[table[said] == on].drop(columns=said)
                return chosen.rename(columns={name: on})
            raise UnknownNameError(
                f"no '{on}' in the column '{said}' of the result; there are: {', '.join(there)}"
            )
    if "group" in table.columns:
        return table.rename(columns={"group": on})
    columns = [str(column) for column in table.columns]
    raise UnknownNameError(
        f"no column '{on}' in the result to join on; there are: "
        f"{', '.join(columns)}{nearest(on, columns)}"
    )


def measures_of(rows: pd.DataFrame, on: str, wanted: Sequence[str] | None = None) -> pd.DataFrame:
    """The measures of each place: a row a name of ``on``, a column a measure, sorted by name.

    ``wanted`` names columns of numbers, or labels of a long table (see ``_LABELS``), or both.
    Raises :class:`UnknownNameError` for what is neither, :class:`TableError` where a place has
    several rows of one measure.
    """
    label = next((name for name in _LABELS if name in rows.columns and name != on), None)
    numeric = [
        str(name)
        for name in rows.columns.drop([on, *([label] if label else [])])
        if pd.api.types.is_numeric_dtype(rows[name]) and not pd.api.types.is_bool_dtype(rows[name])
    ]
    labels = sorted(rows[label].astype(str).unique()) if label else []
    values, chosen = _chosen(numeric, labels, wanted)
    if label:
        rows = rows.assign(**{label: rows[label].astype(str)})
        rows = rows[rows[label].isin(chosen)]
    _check_single(rows, on, label)
    wide = [_column(rows, on, label, value, several=len(values) > 1) for value in values]
    return pd.concat(wide, axis=1).sort_index().sort_index(axis=1)


def _chosen(
    numeric: list[str], labels: list[str], wanted: Sequence[str] | None
) -> tuple[list[str], list[str]]:
    """The columns of values and the labels that are wanted."""
    names = [wanted] if isinstance(wanted, str) else [str(name) for name in wanted or ()]
    for name in names:
        if name not in numeric and name not in labels:
            known = [*numeric, *labels]
            first = ", ".join(known[:20]) + (f" and {len(known) - 20} more" if known[20:] else "")
            raise UnknownNameError(f"no measure '{name}'; there are: {first}{nearest(name, known)}")
    default = [name for name in _VALUES if name in numeric][:1] if labels else numeric
    values = [name for name in names if name in numeric] or default
    if not values:
        raise TableError("no measure in the result: it has no column of numbers to correlate")
    return values, [name for name in names if name in labels] or labels


def _check_single(rows: pd.DataFrame, on: str, label: str | None) -> None:
    """A place has one row of each measure."""
    keys = [on, *([label] if label else [])]
    twice = rows.duplicated(keys, keep=False)
    if twice.any():
        first = rows[twice].iloc[0]
        group = rows[(rows[keys] == first[keys]).all(axis=1)]
        differing = [str(c) for c in rows.columns if group[c].nunique(dropna=False) > 1]
        of = f" of '{first[label]}'" if label else ""
        raise TableError(
            f"{on} '{first[on]}' has {len(group)} rows{of}, wanted one; they differ in: "
            f"{', '.join(differing) or 'nothing'}; choose among them first"
        )


def _column(
    rows: pd.DataFrame, on: str, label: str | None, value: str, *, several: bool
) -> pd.DataFrame:
    if label is None:
        return rows.set_index(on)[[value]].astype("float64")
    wide = rows.pivot(index=on, columns=label, values=value).astype("float64")
    said = [f"topic {name}" if label == "topic" else str(name) for name in wide.columns]
    names = [f"{name} ({value})" if several else name for name in said]
    return wide.replace([np.inf, -np.inf], np.nan).set_axis(pd.Index(names), axis=1)
