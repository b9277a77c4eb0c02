"""Indicators of one's own joined to result tables: names, numbers, complaints."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from textlab.analysis.indicators import join_indicators
from textlab.errors import TableError, UnknownNameError

RATES = pd.DataFrame(
    [
        ("成都市", "创新", 12.0, 3),
        ("成都市", "改革", 1.0, 3),
        ("内蒙古自治区", "创新", 7.0, 2),
        ("内蒙古自治区", "改革", 2.0, 2),
        ("碧川", "创新", 3.0, 1),
        ("碧川", "改革", 2.0, 1),
    ],
    columns=["place", "keyword", "per_10k", "documents"],
)
GDP = pd.DataFrame({"place": ["成都", "内蒙古", "碧川市"], "gdp": [9.0, 5.0, 1.0]})


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "gdp.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_is_joined_by_what_its_names_mean(tmp_path: Path, encoding: str) -> None:
    header = "place,地区生产总值（亿元）,备注"
    rows = ['成都,"２３，４５６.5",省会', '内蒙古,"26,315",', "碧川市,88,", ""]
    text = "\n".join([header, *rows, ""])
    joined = join_indicators(RATES, written(tmp_path, text, encoding))
    assert list(joined.table.columns) == [*RATES.columns, "地区生产总值（亿元）", "备注"]
    pd.testing.assert_frame_equal(joined.table[list(RATES.columns)], RATES, check_dtype=False)
    assert (
        joined.table["地区生产总值（亿元）"].tolist() == [23456.5] * 2 + [26315.0] * 2 + [88.0] * 2
    )
    assert joined.unmatched.empty
    assert set(joined.correlations["indicator"]) == {"地区生产总值（亿元）"}


def test_each_keyword_is_a_measure() -> None:
    found = join_indicators(RATES, GDP).correlations.set_index("measure")
    # Ranks of 创新 are those of gdp; 改革: 1, 2.5, 2.5 against 3, 2, 1.
    assert found["rho"].to_dict() == pytest.approx({"创新": 1.0, "改革": -(3**0.5) / 2})
    assert found["n"].tolist() == [3, 3]
    # Of the six orders of three places two are as far from 0: all ascending, all descending.
    assert found["p"].to_dict() == pytest.approx({"创新": 1 / 3, "改革": 2 / 3})
    assert found["q"].tolist() == pytest.approx([2 / 3, 2 / 3])
    assert found.loc["创新", "reason"] == "3 places with both values: no interval"
    ties = "ties: 2 of 3 places have the same measure"
    assert found.loc["改革", "reason"] == f"3 places with both values: no interval; {ties}"
    assert found[["low", "high"]].isna().all(axis=None)


def test_measures_are_keywords_or_columns_or_both() -> None:
    def names(*measures: str) -> list[str]:
        table = join_indicators(RATES, GDP, measures=measures).correlations
        return table["measure"].tolist()

    assert names("创新") == ["创新"]
    assert names("documents") == ["创新", "改革"]
    assert names("创新", "documents", "per_10k") == ["创新 (documents)", "创新 (per_10k)"]
    with pytest.raises(UnknownNameError, match="no measure '创心'; there are: per_10k"):
        names("创心")


def test_tables_that_say_what_they_are_by_in_their_rows() -> None:
    rows = [
        (by, group, measure, value)
        for by, groups in (("place", ["成都市", "碧川市"]), ("year", ["2023"]))
        for group in groups
        for measure, value in (("mattr", 0.7), ("hd_d", 0.8))
    ]
    style = pd.DataFrame(rows, columns=["by", "group", "measure", "value"])
    joined = join_indicators(style, GDP)
    assert set(joined.table["place"]) == {"成都市", "碧川市"}
    assert joined.correlations["measure"].tolist() == ["hd_d", "mattr"]
    with pytest.raises(UnknownNameError, match=r"no 'genre' in the column 'by'.* place, year"):
        join_indicators(style, GDP.rename(columns={"place": "genre"}), on="genre")
    wide = pd.DataFrame({"place": ["成都市", "碧川市"], "share": [0.5, 0.1], "size": [2, 1]})
    assert join_indicators(wide, GDP).correlations["measure"].tolist() == ["share", "size"]
    topics = pd.DataFrame(
        {"place": ["成都", "碧川"] * 2, "topic": [1, 1, 2, 2], "share": [0.5] * 4}
    )
    assert join_indicators(topics, GDP).correlations["measure"].tolist() == ["topic 1", "topic 2"]
    both = pd.DataFrame(
        {"kind": ["place", "term"], "name": ["成都市", "创新"], "dim_1": [1.0, 2.0]}
    )
    assert join_indicators(both, GDP).table["place"].tolist() == ["成都市"]
    groups = pd.DataFrame({"group": ["成都市"], "term": ["创新"], "log_odds_z": [2.5]})
    assert join_indicators(groups, GDP).table["gdp"].tolist() == [9.0]


def test_places_without_a_partner_are_named_and_kept() -> None:
    others = pd.DataFrame({"place": ["成都", "西藏", "全国"], "gdp": [9.0, 5.0, 1.0]})
    joined = join_indicators(RATES, others)
    assert joined.unmatched.to_numpy().tolist() == [
        ["result", "内蒙古自治区"],
        ["result", "碧川"],
        ["indicators", "全国"],
        ["indicators", "西藏"],
    ]
    assert joined.table["gdp"].isna().tolist() == [False] * 2 + [True] * 4
    assert joined.correlations["n"].tolist() == [1, 1]
    assert joined.correlations["rho"].isna().all()


NAMES = [
    ("成都市", "成都", True),
    ("成都市", "四川省成都市", True),
    ("成都市", "四川成都", True),
    ("新疆维吾尔自治区", "新疆", True),
    ("凉山彝族自治州", "凉山", True),
    ("洪雅县", "洪雅", True),
    ("碧川市", "碧川", True),  # invented
    ("吉林省", "吉林", True),  # it may be the city too, but only one of them is there
    ("吉林省", "吉林市", False),
    ("海南省", "海南州", False),
    ("碧川市", "碧川县", False),
    ("成都市", "成都平原", False),
]


@pytest.mark.parametrize(("one", "other", "same"), NAMES)
def test_which_names_are_one_place(one: str, other: str, same: bool) -> None:
    for here, there in ((one, other), (other, one)):
        result = pd.DataFrame({"place": [here, "北京市"], "x": [1.0, 2.0]})
        own = pd.DataFrame({"place": [there, "北京"], "gdp": [1.0, 2.0]})
        assert len(join_indicators(result, own).unmatched) == (0 if same else 2)


def test_other_columns_are_joined_as_they_stand() -> None:
    years = pd.DataFrame({"year": ["2023", "2024"], "x": [1.0, 2.0]})
    own = pd.DataFrame({"year": [2024, 2023], "gdp": [7, 5]})
    assert join_indicators(years, own, on="year").table["gdp"].tolist() == [5.0, 7.0]
    named = years.assign(year=["成都市", "乐山市"])
    with pytest.raises(TableError, match="no 'year' of the result"):
        join_indicators(named, own.assign(year=["成都", "乐山"]), on="year")


BAD: list[tuple[str, type[Exception], str]] = [
    ("city,gdp\n成都,1\n", UnknownNameError, "no column 'place' to join on; there are: city, gdp"),
    ("place;gdp\n成都;1\n", UnknownNameError, "a comma stands between"),
    ("", UnknownNameError, "there are: none"),
    ("place,gdp\n", TableError, "no row below"),
    ("place,gdp\n成都\n", TableError, "line 2: 1 cells, but the header has 2 columns"),
    ("place,gdp,gdp\n成都,1,2\n", TableError, "'gdp' is there twice"),
    ("place,gdp,\n成都,1,2\n", TableError, "a column has no name"),
    ("place,gdp\n成都,1\n成都,2\n", TableError, "line 3: place '成都' stands in line 2 already"),
    ("place,gdp\n成都,1\n成都市,2\n", TableError, "'成都' and '成都市' are the same place"),
    ("place,gdp\n成都,1\n,2\n", TableError, "line 3: no name in the column 'place'"),
    ("place,gdp\n成都,1\n碧川,—\n", TableError, "line 3, column 'gdp': '—' is no plain number"),
    ("place,gdp\n成都,1\n碧川,n/a\n", TableError, "line 3, column 'gdp': 'n/a'"),
    ("place,gdp\n成都,5.2%\n", TableError, "line 2, column 'gdp': '5.2%'"),
    ("place,gdp\n成都,1.2万亿\n碧川,3亿\n", TableError, "'1.2万亿' .*; 1 more such cell"),
    ('place,gdp\n成都,"1,23"\n', TableError, "line 2, column 'gdp': '1,23'"),
    ("place,note\n成都,大\n", TableError, "no indicator; no number in: note"),
    ("place,gdp\n甲,1\n乙,2\n丙,3\n丁,4\n", TableError, "甲, 乙, 丙 and 1 more"),
    ("place,documents\n成都,1\n", TableError, "a column 'documents' too; rename the indicator"),
]


@pytest.mark.parametrize(("text", "error", "message"), BAD)
def test_what_cannot_be_joined_is_said(
    tmp_path: Path, text: str, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        join_indicators(RATES, written(tmp_path, text))


CHENGDU = {"place": ["成都"], "y": [1.0]}
JILIN = ["吉林省", "吉林市"]
AMBIGUOUS: list[tuple[Any, Any, str]] = [
    ({"place": ["吉林"], "x": [1]}, {"place": JILIN, "y": [1, 2]}, "may be '吉林市' or '吉林省'"),
    ({"place": JILIN, "x": [1, 2]}, {"place": ["吉林"], "y": [1]}, "be '吉林市' or '吉林省' of"),
    ({"place": ["成都", "成都市"], "x": [1, 2]}, CHENGDU, "'成都' and '成都市' are the same place"),
    (
        {"place": ["成都", "成都"], "doc_id": ["a", "b"], "x": [1, 1]},
        CHENGDU,
        "place '成都' has 2 rows, wanted one; they differ in: doc_id",
    ),
    ({"place": ["成都"], "x": ["high"]}, CHENGDU, "no column of numbers"),
    ({"place": ["成都"], "x": [1]}, CHENGDU | {"y": [np.inf]}, "row 0, column 'y': 'inf'"),
]


@pytest.mark.parametrize(("result", "own", "message"), AMBIGUOUS)
def test_what_is_ambiguous_is_named(result: Any, own: Any, message: str) -> None:
    with pytest.raises(TableError, match=message):
        join_indicators(pd.DataFrame(result), pd.DataFrame(own))


def test_a_result_without_the_column_names_those_it_has() -> None:
    with pytest.raises(UnknownNameError, match=r"no column 'place' in the result.* city, x"):
        join_indicators(pd.DataFrame({"city": ["成都"], "x": [1]}), GDP)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no such file of indicators"):
        join_indicators(RATES, tmp_path / "none.csv")
