from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from textlab.errors import StudyError
from textlab.reading.selection import select_documents
from textlab.schema import contract


def make_documents(rows: list[tuple[str, str]], **columns: list[Any]) -> pd.DataFrame:
    """Documents of (doc_id, date), with further columns."""
    blank = dict.fromkeys(contract("documents").columns, "")
    table = [blank | {"doc_id": name, "file": f"{name}.txt", "date": date} for name, date in rows]
    return pd.DataFrame(table).assign(**columns)


DATED = [
    ("a", "2022"),
    ("b", "2023-06"),
    ("c", "2023-06-30"),
    ("d", "2023-07-01"),
    ("e", "2024-01-01"),
    ("f", ""),
]


def chosen(documents: pd.DataFrame, *args: Any, **options: Any) -> str:
    selected = select_documents(documents, *args, **options)
    assert selected["doc_id"].tolist() == documents["doc_id"].tolist()
    return "".join(selected.loc[selected["set_aside"] == "", "doc_id"])


def reasons(selected: pd.DataFrame) -> dict[str, str]:
    return dict(zip(selected["doc_id"], selected["set_aside"], strict=True))


def test_selecting_nothing_in_particular_takes_all() -> None:
    documents = make_documents(DATED)
    assert_frame_equal(select_documents(documents), documents)
    assert_frame_equal(select_documents(documents, {}, start=None, end=None), documents)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"genre": "web"}, "bd"),
        ({"genre": ["web", "decision"]}, "abd"),
        ({"year": 2024}, "cd"),
        ({"year": "2024"}, "cd"),
        ({"year": [2023, "2024"]}, "abcd"),
        ({"genre": "web", "year": 2024}, "d"),
        ({"doc_id": ["a", "nobody"]}, "a"),
    ],
)
@pytest.mark.parametrize("kind", [str, int])
def test_where_maps_columns_to_what_they_must_be(
    where: dict[str, Any], expected: str, kind: type
) -> None:
    documents = make_documents(
        [(name, "") for name in "abcd"],
        genre=["decision", "web", "newspaper", "web"],
        year=[kind(year) for year in (2023, 2023, 2024, 2024)],
    )
    assert chosen(documents, where) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2023", None, "bcde"),
        (None, "2023", "abcd"),
        ("2023", "2023", "bcd"),
        ("2023-06", "2023-06", "bc"),
        ("2023-07", None, "de"),
        (None, "2023-06", "abc"),
        # A date that is less precise than the bound is not known to lie outside.
        ("2023-06-15", None, "bcde"),
        ("2023-06-30", "2023-06-30", "bc"),
        ("2023-07-01", "2024-01-01", "de"),
        ("2022-05", "2022-08", "a"),
        ("2023-7", None, "de"),
    ],
)
def test_bounds_take_dates_in_at_every_precision(
    start: str | None, end: str | None, expected: str
) -> None:
    assert chosen(make_documents(DATED), start=start, end=end) == expected


def test_reasons_say_what_was_not_wanted() -> None:
    documents = make_documents(DATED, place=["岚江市"] * 5 + ["青禾市"])
    documents.loc[1, "set_aside"] = "empty"
    selected = select_documents(documents, start="2023-06", end="2023-06")
    assert reasons(selected) == {
        "a": "not selected: before 2023-06",
        "b": "empty",
        "c": "",
        "d": "not selected: after 2023-06",
        "e": "not selected: after 2023-06",
        "f": "not selected: no date",
    }
    assert reasons(select_documents(documents, {"place": "岚江市"}))["f"] == "not selected by place"


def test_selecting_leaves_its_input_alone() -> None:
    documents = make_documents(DATED)
    before = documents.copy(deep=True)
    select_documents(documents, {"doc_id": "c"}, start="2023")
    assert_frame_equal(documents, before)


def test_unknown_column_is_refused_with_the_nearest() -> None:
    documents = make_documents(DATED, year=["2024"] * 6)
    with pytest.raises(StudyError) as caught:
        select_documents(documents, {"years": 2024})
    message = str(caught.value)
    assert message.startswith("[corpus] where: no column 'years'; did you mean 'year'? (there are:")
    assert message.endswith("set_aside, year)")


@pytest.mark.parametrize("wrong", ["soon", "2023-13", "2023-02-30", "23"])
@pytest.mark.parametrize(("bound", "name"), [("start", "from"), ("end", "to")])
def test_bound_that_is_no_date_is_refused(wrong: str, bound: str, name: str) -> None:
    with pytest.raises(StudyError) as caught:
        chosen(make_documents(DATED), **{bound: wrong})
    assert str(caught.value) == (
        f"[corpus] {name}: wanted a date such as 2024, 2024-07 or 2024-07-08; found '{wrong}'"
    )


@pytest.mark.parametrize(
    ("where", "bounds", "reason"),
    [
        ({"genre": "book"}, {}, "not selected by genre"),
        ({"genre": []}, {}, "not selected by genre"),
        ({}, {"start": "2025"}, "not selected: before 2025; not selected: no date"),
        ({}, {"end": "1990"}, "not selected: after 1990; not selected: no date"),
    ],
)
def test_selection_of_nothing_is_refused_with_the_reasons(
    where: dict[str, Any], bounds: dict[str, str], reason: str
) -> None:
    documents = make_documents(DATED)
    with pytest.raises(StudyError, match="selects none of the 6 documents: ") as caught:
        select_documents(documents, where, **bounds)
    assert reason in str(caught.value)


@given(st.dates(), st.dates(), st.sampled_from([4, 7, 10]), st.sampled_from([4, 7, 10]))
def test_document_is_taken_by_bounds_of_its_own_date(
    day: Any, other: Any, width: int, precision: int
) -> None:
    date, bound = day.isoformat()[:precision], other.isoformat()[:width]
    documents = make_documents([("x", date), ("y", bound)])
    # y lies at the bound itself, so that the selection is never empty.
    after, before = chosen(documents, start=bound), chosen(documents, end=bound)
    common = min(width, precision)
    assert ("x" in after) == (date[:common] >= bound[:common])
    assert ("x" in before) == (date[:common] <= bound[:common])


def test_a_first_day_after_the_last_is_refused() -> None:
    with pytest.raises(StudyError, match="from = 2023-05-01 is later than to = 2023-01"):
        select_documents(make_documents(DATED), start="2023-05-01", end="2023-01")
