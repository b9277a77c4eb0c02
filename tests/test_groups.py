from __future__ import annotations

import pandas as pd
import pytest

from tests.keyword_tables import make
from textlab.errors import UnknownNameError
from textlab.tokens.groups import column_of


def tables(**further: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    documents = make(
        [
            ["a", "a.txt", "", "甲", "2024-03-05", "decision", "", "", "", "", "", ""],
            ["b", "b.txt", "", "乙", "2023", "", "", "", "", "", "", ""],
            ["c", "c.txt", "", "", "", "web", "", "", "", "", "", ""],
        ],
        "documents",
    )
    paragraphs = make(
        [[f"{doc}1", doc, 0, 0, "body", "", "", 0, 0, place, "", ""]
         for doc, place in (("a", "丙"), ("b", ""), ("c", "丁"))],
        "paragraphs",
    )  # fmt: skip
    return paragraphs, documents.assign(**further)


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("place", ["丙", "", "丁"]),
        ("genre", ["decision", "", "web"]),
        ("year", ["2024", "2023", ""]),
        ("month", ["2024-03", "", ""]),
        ("doc_id", ["a", "b", "c"]),
    ],
)
def test_values_of_each_paragraph(column: str, expected: list[str]) -> None:
    found = column_of(*tables(), column)
    assert found.to_dict() == dict(zip(["a1", "b1", "c1"], expected, strict=True))
    assert found.name == column


def test_a_column_of_the_manifest_goes_before_its_dates() -> None:
    found = column_of(*tables(year=["early", "late", ""], region=["东", "西", "西"]), "year")
    assert found.tolist() == ["early", "late", ""]


def test_an_unknown_column_names_those_there_are() -> None:
    with pytest.raises(UnknownNameError) as raised:
        column_of(*tables(region=["东", "西", "西"]), "regoin")
    assert "did you mean 'region'" in str(raised.value)
    assert "genre" in str(raised.value) and "year" in str(raised.value)
    assert "sha256" not in str(raised.value) and "layout" not in str(raised.value)
