"""Your own numbers: indicators of places joined to a result table, and rank correlations."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from textlab.analysis.indicators_correlations import correlations_of
from textlab.analysis.indicators_file import Indicators, indicators_of
from textlab.analysis.indicators_measures import measures_of, rows_on
from textlab.analysis.indicators_places import partners
from textlab.errors import TableError

NAMED = 3  # names of each side that an error shows


class Joined(NamedTuple):
    """What :func:`join_indicators` gives.

    ``table`` is the result's rows with the indicators behind them; ``correlations`` the table
    ``indicator_correlations``; ``unmatched`` has a row (side, name) for each place of the
    ``result`` or of the ``indicators`` that has no partner on the other side.
    """

    table: pd.DataFrame
    correlations: pd.DataFrame
    unmatched: pd.DataFrame


def join_indicators(
    result: pd.DataFrame,
    csv: str | Path | pd.DataFrame,
    *,
    on: str = "place",
    measures: Sequence[str] | None = None,
) -> Joined:
    """``result`` with the indicators of each place, and the rank correlations of both.

    ``result`` has a column ``on``, or says it in rows of its own (``by`` and ``group``, ``kind``
    or ``of`` and ``name``); it is wide (a row a place) or long (a row a place and keyword, term,
    topic, category or measure of style). ``csv`` is a CSV file (UTF-8 or GB18030) or a table with
    a column ``on``, a row a place, and a column an indicator: plain numbers, thousands parted by
    commas or not, empty where there is none. Columns that hold no number are kept and not
    correlated.

    Where ``on`` is ``place``, names need not be written alike: 成都 is 成都市, 内蒙古 is
    内蒙古自治区, 四川省成都市 is 成都市. Elsewhere they are compared as they stand.

    ``measures`` names what is correlated: columns of numbers, or keywords (terms, topics...) of
    a long table. By default each keyword's ``per_10k`` (topic's ``share``, style's ``value``), or
    each column of numbers of a wide table.

    ``correlations``: measure, indicator, ``n`` (places with both values), ``rho`` (Spearman's,
    ties have their mean rank), ``low`` and ``high`` (95 %, from 4 places on: Fisher's z with the
    standard error of Bonett & Wright 2000), ``p`` (exact, over all permutations, for up to 8
    places; else Student's t), ``q`` (Benjamini & Hochberg 1995 over all rows), and ``reason``.

    Validity: each place counts once, however much text it has, and a correlation of places is
    none of people, and no cause. With ten places rho must be beyond .63 for its p to be below .05.
    In a simulation (5, 10, 20 and 31 places, no ties, some, and two thirds of them equal; rho of 0
    to .95) the interval covers 94 to 100 %, at its widest with five places; the percentile
    bootstrap, which is not used, covers 10 to 99 %.

    Raises :class:`UnknownNameError` for a column or measure that is not there;
    :class:`TableError` for a cell that is no number, a place that is there twice or could be two
    of the other side, several rows of a place that are one measure, and where no place matches.
    """
    found = indicators_of(csv, on)
    rows = rows_on(result, on)
    pairs = partners(rows[on].unique().tolist(), found.names, places=on == "place")
    _check_any(rows, found, on, pairs)
    values = measures_of(rows, on, measures)
    indicators = found.table.drop(columns=on).reindex(
        [pairs.get(name, "") for name in values.index]
    )
    return Joined(
        table=_joined(rows, found, on, pairs),
        correlations=correlations_of(values, indicators[found.numeric].set_axis(values.index)),
        unmatched=_unmatched(values.index.tolist(), found.names, pairs),
    )


def _check_any(rows: pd.DataFrame, found: Indicators, on: str, pairs: dict[str, str]) -> None:
    """No place with a partner at all is rarely what was meant; so are two columns of a name."""
    if not pairs:
        here, there = sorted(set(rows[on])), found.names
        raise TableError(
            f"no '{on}' of the result is in {found.source}: the result has {_some(here)}; "
            f"{found.source} has {_some(there)}"
        )
    taken = sorted((set(found.table.columns) - {on}) & set(rows.columns))
    if taken:
        raise TableError(
            f"{found.source}: the result has a column '{taken[0]}' too; rename the indicator"
        )


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:NAMED])
    return f"{shown} and {len(names) - NAMED} more" if len(names) > NAMED else shown or "none"


def _joined(rows: pd.DataFrame, found: Indicators, on: str, pairs: dict[str, str]) -> pd.DataFrame:
    """``rows`` and the indicators of each, missing where the place has no partner."""
    beside = found.table.drop(columns=on).reindex([pairs.get(name, "") for name in rows[on]])
    return pd.concat([rows.reset_index(drop=True), beside.reset_index(drop=True)], axis=1)


def _unmatched(here: Sequence[str], there: Sequence[str], pairs: dict[str, str]) -> pd.DataFrame:
    alone = [("result", name) for name in sorted(set(here) - set(pairs))]
    alone += [("indicators", name) for name in sorted(set(there) - set(pairs.values()))]
    return pd.DataFrame(alone, columns=["side", "name"], dtype="str")
