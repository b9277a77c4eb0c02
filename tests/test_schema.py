from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from textlab.contracts import TABLES
from textlab.errors import TableError, UnknownNameError
from textlab.rows import DTYPES, in_order
from textlab.schema import arrange, check, contract, empty

COUNTS = [("岚江", "创新", 3), ("岚江", "发展", 1), ("青禾", "创新", 2)]

tables = pytest.mark.parametrize("name", TABLES)


def make_counts(rows: list[Any] | None = None) -> pd.DataFrame:
    columns = pd.Index(["unit", "term", "n"])
    return pd.DataFrame(COUNTS if rows is None else rows, columns=columns)


def complain(frame: pd.DataFrame, name: str, *parts: str) -> None:
    """``frame`` is refused as ``name``, in one line that has all of ``parts``."""
    with pytest.raises(TableError) as caught:
        check(frame, name)
    message = str(caught.value)
    assert "\n" not in message
    assert f"table '{name}'" in message
    for part in parts:
        assert part in message


@tables
def test_key_and_order_are_columns_and_order_is_total(name: str) -> None:
    table = contract(name)
    ordered = {column.removeprefix("-") for column in table.order or table.key}
    assert set(table.key) <= set(table.columns)
    assert ordered <= set(table.columns)
    assert set(table.columns.values()) <= set(DTYPES)
    # Else rows that tie would keep the order that they came in. A paragraph's position is
    # unique in its document, as the key of the tokens says too.
    assert set(table.key) <= ordered or (name, table.key) == ("paragraphs", ("para_id",))


@tables
def test_key_may_not_be_a_measured_number(name: str) -> None:
    table = contract(name)
    assert "float" not in {table.columns[column] for column in table.key}


@tables
def test_empty_table_keeps_the_promise(name: str) -> None:
    assert_frame_equal(check(empty(name), name), empty(name))
    assert len(empty(name)) == 0
    assert list(empty(name).columns) == list(contract(name).columns)


def test_columns_as_the_design_names_them() -> None:
    documents = "doc_id file title place date genre source sha256 text"
    assert list(contract("documents").columns)[:9] == documents.split()
    assert contract("counts").columns == {"unit": "text", "term": "text", "n": "int"}
    assert contract("counts").key == ("unit", "term")


def test_unknown_table_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match=r"no table 'count'; there are: documents, .*counts"):
        contract("count")


def test_check_puts_columns_in_order_and_numbers_the_rows_anew() -> None:
    frame = make_counts()[["n", "term", "unit"]].set_axis([7, 7, 9])
    assert_frame_equal(check(frame, "counts"), check(make_counts(), "counts"))


def test_check_leaves_its_input_alone() -> None:
    frame = make_counts([("a", "b", "3")])
    before = frame.copy(deep=True)
    checked = check(frame, "counts")
    checked.loc[0, "n"] = 99
    assert_frame_equal(frame, before)


def test_check_is_idempotent() -> None:
    once = check(make_counts(), "counts")
    assert_frame_equal(check(once, "counts"), once)


def test_check_does_not_move_rows() -> None:
    assert check(make_counts(COUNTS[::-1]), "counts")["unit"].tolist() == ["青禾", "岚江", "岚江"]


def test_closed_table_drops_further_columns_and_open_table_keeps_them() -> None:
    counts = make_counts().assign(year="2024")
    assert list(check(counts, "counts").columns) == ["unit", "term", "n"]
    documents = empty("documents").assign(year="2024")
    columns = list(check(documents[["year", *empty("documents").columns]], "documents").columns)
    assert columns == [*empty("documents").columns, "year"]


def test_missing_columns_are_named_with_those_that_are_there() -> None:
    frame = pd.DataFrame({"unit": ["a"], "word": ["b"]})
    complain(frame, "counts", "wants the column(s) term, n", "found: unit, word")


@pytest.mark.parametrize("value", [3, 3.0, "3", "3.0", 2**53])
def test_whole_numbers_are_ints(value: object) -> None:
    checked = check(make_counts([("a", "b", value)]), "counts")
    assert checked["n"].dtype == "int64"
    assert checked["n"].tolist() == [int(float(str(value)))]


@pytest.mark.parametrize("value", [3.5, "three", "", float("inf"), "2024-07-08"])
def test_no_int_is_refused_with_column_and_row(value: object) -> None:
    frame = make_counts([("a", "b", 1), ("a", "c", 2), ("a", "d", value)])
    complain(frame, "counts", "column 'n', row 2", "wanted int", f"{value}")


@pytest.mark.parametrize("value", [None, float("nan"), pd.NA])
@pytest.mark.parametrize(("column", "kind"), [("unit", "text"), ("n", "int")])
def test_missing_value_is_refused_with_column_and_row(value: Any, column: str, kind: str) -> None:
    frame = make_counts().astype(object)
    frame.loc[1, column] = value
    complain(frame, "counts", f"column '{column}', row 1: no value, wanted {kind}")


def test_row_is_counted_from_the_top_whatever_the_index() -> None:
    frame = make_counts([("a", "b", 1), ("a", "c", "x")]).set_axis([50, 60])
    complain(frame, "counts", "row 1")


def test_float_may_be_missing_and_nothing_else() -> None:
    cells: dict[str, Any] = {"measure": "npmi", "low": np.nan, "high": np.nan, "replicates": 4}
    frame = pd.DataFrame({"k": [2, 3], "value": [0.5, None], "se": ["0.1", 0], "chosen": 1})
    frame = frame.assign(**cells, reason="")
    checked = check(frame, "topic_selection")
    assert checked["value"].isna().tolist() == [False, True]
    assert checked["se"].tolist() == [0.1, 0.0]
    wrong = frame.assign(value=["0.5", "low"])
    complain(wrong, "topic_selection", "column 'value', row 1", "wanted float", "'low'")


def test_text_is_text_even_of_numbers() -> None:
    checked = check(make_counts([(2024, "b", 1)]), "counts")
    assert checked["unit"].tolist() == ["2024"]
    assert checked["unit"].dtype == "str"


def test_repeated_key_is_refused_with_its_values() -> None:
    frame = make_counts([*COUNTS, COUNTS[1]])
    complain(frame, "counts", "row 3", "there twice", "unit='岚江'", "term='发展'")


def test_keys_are_compared_after_they_are_typed() -> None:
    complain(make_counts([(2024, "b", 1), ("2024", "b", 1)]), "counts", "row 1", "there twice")


def test_arrange_sorts_descending_where_the_order_says_so() -> None:
    blank = dict.fromkeys(contract("segmentation_audit").columns, 0)
    rows = [
        blank | {"term": term, "category": "own", "string": n}
        for term, n in [("b", 1), ("c", 5), ("a", 1)]
    ]
    arranged = arrange(pd.DataFrame(rows), "segmentation_audit")
    assert arranged["term"].tolist() == ["c", "a", "b"]
    assert arranged.index.tolist() == [0, 1, 2]


def test_arrange_takes_another_order() -> None:
    arranged = arrange(make_counts(), "counts", ["-n"])
    assert arranged["n"].tolist() == [3, 2, 1]


def test_arrange_checks() -> None:
    with pytest.raises(TableError, match=re.escape("table 'counts', column 'n', row 0")):
        arrange(make_counts([("a", "b", "x")]), "counts")


@given(st.permutations(COUNTS))
def test_arrange_forgets_the_order_of_rows(rows: list[tuple[str, str, int]]) -> None:
    assert_frame_equal(arrange(make_counts(rows), "counts"), arrange(make_counts(), "counts"))


def test_a_column_that_is_there_twice_is_refused() -> None:
    counts = pd.DataFrame([["a", "b", "c", 1]], columns=pd.Index(["unit", "unit", "term", "n"]))
    with pytest.raises(TableError, match="table 'counts': the column 'unit' is there twice"):
        check(counts, "counts")


@given(
    st.lists(st.tuples(st.sampled_from(["", "a", "b", "岚江"]), st.integers(-1, 2))),
    st.sampled_from([["x", "n"], ["-x", "n"], ["n", "-x"], ["-n"], ["x"], ["-f", "x"]]),
)
def test_in_order_is_what_sorting_leaves_alone(
    rows: list[tuple[str, int]], order: list[str]
) -> None:
    frame = pd.DataFrame({"x": [x for x, _ in rows], "n": [n for _, n in rows]})
    frame = frame.astype({"x": "str", "n": "int64"}).assign(f=lambda table: table["n"] / 2)
    names = [name.removeprefix("-") for name in order]
    ascending = [not name.startswith("-") for name in order]
    arranged = frame.sort_values(names, ascending=ascending, kind="stable", ignore_index=True)
    assert in_order(frame, order) == arranged.equals(frame)
    assert in_order(arranged, order)
    twins = bool(arranged.duplicated(names).any())
    assert in_order(arranged, order, strictly=True) == (not twins)


def test_missing_values_and_other_things_are_in_no_order() -> None:
    gap = pd.DataFrame(
        {"f": [2.0, float("nan"), 1.0], "x": pd.Series(["a", None, "c"], dtype="str")}
    )
    for order in (["f"], ["-f"], ["x"], ["-x"]):
        assert not in_order(gap, order)
    assert not in_order(pd.DataFrame({"x": ["a", "b"]}, dtype=object), ["x"])


def test_text_in_several_chunks_is_compared_across_them() -> None:
    halves = pd.concat([make_counts(COUNTS[:2]), make_counts(COUNTS[:1])], ignore_index=True)
    assert not in_order(halves, ["unit", "term"], strictly=True)
    complain(halves, "counts", "row 2", "there twice")


def test_arranged_rows_are_not_copied() -> None:
    table = arrange(make_counts(), "counts")
    again = arrange(table, "counts")
    assert np.shares_memory(again["n"].to_numpy(), table["n"].to_numpy())
    again.loc[0, "n"] = 99
    assert table["n"].tolist() == arrange(make_counts(), "counts")["n"].tolist()
