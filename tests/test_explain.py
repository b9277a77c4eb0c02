"""A row of any result table in plain sentences."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textlab.contracts import TABLES
from textlab.contracts_topics import TOPICS
from textlab.errors import TableError, UnknownNameError
from textlab.output.explain import _WRITTEN, explain

LESHAN: dict[str, Any] = {
    "place": "乐山市", "keyword": "新质生产力", "category": "innovation", "count": 100,
    "count_unique": 95, "nested": 2, "overlapped": 0, "tokens": 9500, "tokens_unique": 9120,
    "per_10k": 95 / 0.912, "ci_low": 80.1, "ci_high": 131.9, "units": 3, "units_with": 2,
    "dp_norm": 0.31, "reason": "3 documents: interval not to be trusted", "documents": 3,
}  # fmt: skip
KEYNESS: dict[str, Any] = {
    "group": "眉山市", "term": "泡菜", "n_target": 20, "n_reference": 5,
    "per_10k_target": 12.1, "per_10k_reference": 1.51, "g2": 31.2, "log_ratio": 3.0,
    "log_ratio_low": 1.0, "log_ratio_high": np.nan, "log_odds_z": 4.2, "q_g2": 0.00002,
    "q_log_odds": 0.01, "p_document": np.nan, "q_document": np.nan, "dp_target": 0.72,
    "reason": "not testable: 1 document against 30",
}  # fmt: skip


def test_a_rate_is_said_with_its_numbers_and_what_its_interval_is_not() -> None:
    assert explain(LESHAN) == (
        "In 乐山市, 新质生产力 stands 95 times in 9,120 words, 104.2 per 10,000; 95 % interval "
        "80.1 to 131.9 over 3 documents. 5 occurrences in copies of other paragraphs are left "
        "out. 2 of all are part of a longer term. It stands in 2 of the 3 documents; unevenness "
        "(DPnorm) 0.31, where 0 is even and 1 the most. With 3 documents the interval is over "
        "these texts and others just like them, not over a population. To be minded: 3 documents: "
        "interval not to be trusted."
    )


def test_a_series_a_mapping_and_a_table_of_one_row_say_the_same() -> None:
    table = pd.DataFrame([LESHAN, LESHAN | {"place": "眉山市"}])
    said = explain(LESHAN)
    assert explain(table.iloc[0]) == explain(table.head(1)) == said
    assert explain(table.iloc[0], "keyword_by_place") == said
    assert explain(LESHAN | {"gdp": 1.0}) == said  # as join_indicators leaves it


def test_an_interval_over_paragraphs_is_of_one_text() -> None:
    reason = "1 document: interval over 57 paragraphs, for these texts only"
    said = explain(LESHAN | {"documents": 1, "units": 57, "units_with": 9, "reason": reason})
    assert "80.1 to 131.9 over 57 paragraphs" in said
    assert "over 57 paragraphs of one document: it says how evenly that text" in said
    assert "not what other texts would say, and is not over a population" in said
    assert "To be minded" not in said  # it is said already
    reason = reason.replace("1 document", "2 documents")
    said = explain(LESHAN | {"documents": 2, "units": 57, "units_with": 9, "reason": reason})
    assert "over 57 paragraphs of 2 documents: it says how evenly these texts use the word" in said


def test_what_is_missing_is_said_with_its_reason() -> None:
    gap = {"ci_low": np.nan, "ci_high": np.nan, "dp_norm": np.nan, "units": 1, "documents": 1}
    said = explain(LESHAN | gap | {"reason": "1 document of one paragraph: no interval"})
    assert "104.2 per 10,000; it has no interval." in said
    assert "To be minded: 1 document of one paragraph: no interval." in said
    nothing = dict.fromkeys(("count", "count_unique", "tokens", "tokens_unique", "nested"), 0)
    empty = LESHAN | gap | nothing | {"per_10k": np.nan, "reason": "no words"}
    assert explain(empty) == (
        "In 乐山市 there are no words to count 新质生产力 in, so there is no rate. "
        "To be minded: no words."
    )


def test_a_rate_with_copies_is_explained_with_them() -> None:
    said = explain(LESHAN | {"per_10k": 100 / 0.95})
    assert "stands 100 times in 9,500 words, 105.3 per 10,000" in said
    assert "5 of these stand in paragraphs that are copies of others." in said


def test_little_text_is_called_so() -> None:
    small = {"count": 1, "count_unique": 1, "tokens": 56, "tokens_unique": 56, "nested": 0}
    said = explain(LESHAN | small | {"per_10k": 178.57142857, "ci_low": 0.0, "ci_high": 523.1})
    assert "1 time in 56 words" in said
    assert "one occurrence more or less is 178.6 per 10,000" in said


def test_keyness_says_size_interval_and_that_no_test_could_be_made() -> None:
    said = explain(KEYNESS)
    assert said.startswith(
        "眉山市 uses 泡菜 more than what it is compared with: 20 times (12.1 per 10,000 words) "
        "against 5 times (1.51 per 10,000 words). It is 8.00 times as frequent there (log ratio "
        "3.00); the 95 % interval is above 2.00 times, all of it on one side of 1."
    )
    assert "z is 4.20 (q = 0.010) and G² is 31.2 (q below 0.001)" in said
    assert "No test over documents could be made." in said
    tested = explain(KEYNESS | {"p_document": 0.031, "q_document": 0.2, "log_ratio_low": -0.5})
    assert "gives p = 0.031 (false discovery rate q = 0.200)" in tested
    less = explain(KEYNESS | {"log_ratio": -1.0, "log_ratio_low": -2.0, "log_ratio_high": 1.0})
    assert "less than what it is compared with" in less
    assert "0.50 times" in less
    assert "0.25 to 2.00 times, which holds 1: these texts do not show a difference" in less


def test_change_names_both_periods_and_all_places_together() -> None:
    row = made("keyword_change") | {"place": "", "period_from": "2022", "period_to": "2023"}
    said = explain(row | {"n_from": 4, "n_to": 9, "documents_from": 1})
    assert said.startswith("From 2022 to 2023, in all places together, 甲 goes from")
    assert "4 occurrences in 1 document, then 9 occurrences in 3 documents" in said


def made(table: str) -> dict[str, Any]:
    """A row of ``table``."""
    cells: dict[str, Any] = {"text": "甲", "int": 3, "float": 0.5}
    row = {name: cells[kind] for name, kind in TABLES[table].columns.items()}
    return row | ({"reason": "so it is"} if "reason" in row else {})


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_known_by_its_columns_and_explained(table: str) -> None:
    row = made(table)
    said = explain(row)
    assert said == explain(dict(reversed(row.items())), table)
    assert said.endswith(".")
    assert "甲" in said or "3" in said
    if "reason" in row:
        assert "so it is" in said
    for word in ("nan", "None", "{", "..", " ."):
        assert word not in said


@pytest.mark.parametrize("table", TABLES)
def test_missing_values_are_no_exception_and_are_not_shown(table: str) -> None:
    floats = [name for name, kind in TABLES[table].columns.items() if kind == "float"]
    said = explain(made(table) | dict.fromkeys(floats, np.nan))
    assert "nan" not in said


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(TABLES)), st.data())
def test_no_number_is_too_large_or_too_small(table: str, data: st.DataObject) -> None:
    kinds = TABLES[table].columns
    sizes = st.one_of(st.just(float("nan")), st.floats(-1e3, 1e3), st.just(1e-9))
    values = {"int": st.integers(0, 10**7), "float": sizes, "text": st.just("甲")}
    row = {name: data.draw(values[kind]) for name, kind in kinds.items()}
    said = explain(row, table)
    assert said[:1].isupper() or not said[:1].islower()
    assert said.endswith(".")


def test_the_main_tables_have_sentences_of_their_own() -> None:
    main = (
        "keyword_by_place keyword_by_document keyword_by_group category_by_group keyword_change "
        "keyness dispersion collocations collocation_contrast place_similarity "
        "document_similarity clusters similarity_map style correspondence multiverse "
        "indicator_correlations"
    )
    assert {*main.split(), *TOPICS} <= set(_WRITTEN)


def test_a_column_of_groups_has_any_name() -> None:
    row = {"year": "2024"} | {name: cell for name, cell in LESHAN.items() if name != "place"}
    assert explain(row).startswith("In 2024, 新质生产力 stands 95 times")


@pytest.mark.parametrize(
    ("row", "table", "error", "message"),
    [
        (LESHAN, "keywords", UnknownNameError, "no table 'keywords'; there are"),
        ({"place": "x"}, "keyness", TableError, "wants the column.* group, term"),
        ({"a": 1}, None, UnknownNameError, "its columns are a; the tables are documents"),
        ({}, None, UnknownNameError, "its columns are none"),
        (
            {name: cell for name, cell in KEYNESS.items() if name != "g2"},
            None,
            UnknownNameError,
            "for keyness it lacks: g2",
        ),
        (LESHAN | KEYNESS, None, TableError, "could be one of keyword_by_place or keyness; say"),
        (pd.DataFrame([LESHAN, LESHAN]), None, TableError, "wants one row, found 2"),
        (pd.DataFrame([LESHAN])[:0], None, TableError, "wants one row, found 0"),
        ("新质生产力", None, TableError, "found a str"),
    ],
)
def test_what_cannot_be_explained_is_said(
    row: Any, table: str | None, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        explain(row, table)
