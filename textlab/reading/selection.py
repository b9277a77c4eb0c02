"""Which of the documents that were read a study takes."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from textlab.errors import StudyError, nearest
from textlab.reading.manifest import iso_date


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
