"""The packaged gazetteer: what it promises, and that it is what its source gives."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import textlab.places
from tests.gazetteer_source import freeze
from textlab.errors import UnknownNameError
from textlab.places.gazetteer import COLUMNS, FIRST_YEAR, LAST_YEAR, LEVELS, gazetteer

DATA = Path(textlab.places.__file__).parent / "data"


def test_the_packaged_table_is_what_its_source_gives() -> None:
    assert_frame_equal(freeze.gazetteer(), gazetteer())


def test_the_packaged_words_are_what_their_source_gives() -> None:
    table, words = gazetteer(), freeze.dictionary()
    for name, listed in (
        ("longer_words", freeze.longer_words),
        ("ordinary_counties", freeze.ordinary_counties),
    ):
        assert (DATA / f"{name}.txt").read_text("utf-8").split() == listed(table, words)


def test_numbers_of_2024() -> None:
    levels = gazetteer(2024)["level"].value_counts()
    assert [int(levels[level]) for level in LEVELS] == [34, 333, 2846]


def test_columns_types_and_order() -> None:
    table = gazetteer()
    assert tuple(table.columns) == COLUMNS
    assert table.dtypes.astype(str).tolist() == ["str"] * 5 + ["int64"] * 2
    rank = table["level"].map(LEVELS.index)
    keys = list(zip(rank, table["code"], table["first_year"], table["name"], strict=True))
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)
    assert (table["first_year"] <= table["last_year"]).all()
    assert table["first_year"].min() == FIRST_YEAR
    assert table["last_year"].max() == LAST_YEAR


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1, 4))
def test_every_parent_is_there_in_the_same_year_one_level_or_two_above(year: int) -> None:
    table = gazetteer(year)
    assert table["code"].is_unique
    assert ((table["first_year"] <= year) & (year <= table["last_year"])).all()
    levels = dict(zip(table["code"], table["level"], strict=True))
    for level, parent in zip(table["level"], table["parent"], strict=True):
        above = levels[parent] if parent else ""
        assert above in {"province": [""], "prefecture": ["province"]}.get(level, LEVELS[:2])


def test_prefectures_on_paper_have_no_row() -> None:
    table = gazetteer()
    assert not set(table["name"]) & {"市辖区", "县", "市", "直辖县", "省直辖县级行政区划"}
    now = gazetteer(2024)
    parents = dict(zip(now["name"], now["parent"], strict=True))
    codes = dict(zip(now["name"], now["code"], strict=True))
    assert parents["浦东新区"] == codes["上海市"]
    assert parents["仙桃市"] == codes["湖北省"]


@pytest.mark.parametrize("name", ["台湾省", "香港特别行政区", "澳门特别行政区"])
def test_three_stop_at_the_province(name: str) -> None:
    table = gazetteer(2024)
    code = table.loc[table["name"] == name, "code"].item()
    assert not (table["parent"] == code).any()


def test_a_year_gives_the_names_of_that_year() -> None:
    def parent_of(name: str, year: int) -> str:
        table = gazetteer(year).set_index("code")
        codes = table.index[table["name"] == name]
        return str(table.at[table.at[codes[0], "parent"], "name"]) if len(codes) else ""

    assert parent_of("简阳市", 2010) == "资阳市"
    assert parent_of("简阳市", 2020) == "成都市"
    assert parent_of("双流县", 2014) == "成都市"
    assert parent_of("双流县", 2016) == ""
    assert parent_of("重庆市", 1990) == "四川省"


@pytest.mark.parametrize("year", [1979, 2025, 0])
def test_a_year_that_the_table_does_not_cover_is_refused(year: int) -> None:
    message = f"no gazetteer of {year}; there is one of every year from 1980 to 2024"
    with pytest.raises(UnknownNameError) as caught:
        gazetteer(year)
    assert str(caught.value) == message


def test_whoever_changes_the_table_changes_a_copy() -> None:
    before: pd.DataFrame = gazetteer()
    changed = gazetteer()
    changed["name"] = ""
    changed.pop("short")
    assert_frame_equal(gazetteer(), before)


def test_the_data_are_small() -> None:
    assert sum(file.stat().st_size for file in DATA.iterdir()) < 300_000
