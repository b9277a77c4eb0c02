from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array
from statsmodels.stats.multitest import multipletests

from tests.keyword_tables import LEXICON, Row, copied, make_tables
from textlab.analysis.change import keyword_change
from textlab.errors import UnknownNameError
from textlab.schema import empty
from textlab.statistics.document_tests import document_tests
from textlab.statistics.intervals import log_ratio_intervals
from textlab.statistics.sampling import Units


def corpus() -> list[Row]:
    """Five documents a year in 2022, 2023 and 2024, those of 甲 two a year."""
    rows: list[Row] = []
    for year, often in (("2022", 1), ("2023", 1), ("2024", 4)):
        for i in range(5):
            found = [("创新", "alone")] * (often + i % 2) + [("现代化", "alone")] * (year == "2024")
            doc = f"{year}{i}"
            rows.append((doc, doc, "甲" if i < 2 else "乙", year, 100 + i, found))
    return rows


def change(rows: list[Row], **options: object) -> pd.DataFrame:
    tables = make_tables(rows)
    return of_tables(tables, **options)


def of_tables(tables: dict[str, pd.DataFrame], **options: object) -> pd.DataFrame:
    paragraphs = tables["paragraphs"]
    periods = paragraphs.set_index("para_id")["year"]
    three = tables["occurrences"], tables["tokens"], paragraphs
    return keyword_change(*three, periods, lexicon=LEXICON, **options)  # type: ignore[arg-type]


def find(result: pd.DataFrame, *key: str) -> pd.Series:
    columns = ["keyword", "place", "period_from", "period_to"]
    here = (result[columns] == list(key)).all(axis=1)
    assert here.sum() == 1
    row: pd.Series = result[here].iloc[0]
    return row


def units(often: int) -> Units:
    n = np.array([[often + i % 2] for i in range(5)])
    return Units(csr_array(n), np.array([100, 101, 102, 103, 104]), "document")


def test_all_places_by_hand() -> None:
    row = find(change(corpus()), "创新", "", "2023", "2024")
    assert (row["n_from"], row["n_to"]) == (7, 22)
    assert (row["documents_from"], row["documents_to"]) == (5, 5)
    assert row["per_10k_to"] == pytest.approx(10_000 * 22 / 510)
    assert row["log_ratio"] == pytest.approx(np.log2(22 / 7))
    low, high = log_ratio_intervals(units(4), units(1))
    assert (row["log_ratio_low"], row["log_ratio_high"]) == pytest.approx((low[0], high[0]))
    assert row["p_document"] == pytest.approx(document_tests(units(4), units(1))[0])
    assert row["reason"] == ""


def test_each_period_with_the_next_and_the_first_with_the_last() -> None:
    result = change(corpus())
    pairs = result[["period_from", "period_to"]].drop_duplicates().to_numpy().tolist()
    assert pairs == [["2022", "2023"], ["2022", "2024"], ["2023", "2024"]]
    assert list(result["place"].unique()) == ["", "乙", "甲"]
    # What stands in neither has no row.
    in_two = (result["period_from"] == "2022") & (result["period_to"] == "2023")
    assert set(result.loc[in_two, "keyword"]) == {"创新"}


def test_what_is_missing_says_why() -> None:
    result = change(corpus())
    row = find(result, "现代化", "", "2023", "2024")
    assert np.isnan(row["log_ratio_high"]) and row["log_ratio_low"] < row["log_ratio"]
    assert row["reason"] == "not in the earlier texts: no upper bound"
    row = find(result, "创新", "甲", "2023", "2024")
    assert np.isnan(row["p_document"]) and np.isnan(row["q_document"])
    assert "not testable: 2 documents against 2" in row["reason"]
    assert "to: 2 documents: interval over 2 paragraphs, for these texts only" in row["reason"]


def test_q_is_benjamini_hochberg_over_the_table() -> None:
    result = change(corpus())
    tested = result[result["p_document"].notna()]
    expected = multipletests(tested["p_document"], method="fdr_bh")[1]
    np.testing.assert_allclose(tested["q_document"], expected)


def test_copies_and_paragraphs_without_a_period_are_left_out() -> None:
    rows = [*corpus(), ("x1", "x", "甲", "2024", 50, [("创新", "alone")] * 9),
            ("y1", "y", "甲", "", 50, [("创新", "alone")] * 9)]  # fmt: skip
    found = of_tables(copied(make_tables(rows), {"x1": "20240"}))
    pd.testing.assert_frame_equal(found, change(corpus()))


def test_fewer_than_two_periods_have_no_rows() -> None:
    once = [row for row in corpus() if row[3] == "2022"]
    pd.testing.assert_frame_equal(change(once), empty("keyword_change"))
    pd.testing.assert_frame_equal(change([]), empty("keyword_change"))


def test_row_order_makes_no_difference() -> None:
    tables = make_tables(corpus())
    shuffled = {name: table.sample(frac=1, random_state=4) for name, table in tables.items()}
    pd.testing.assert_frame_equal(of_tables(shuffled), of_tables(tables))


def test_an_unknown_column_names_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'place'"):
        change(corpus(), by="plaec")
