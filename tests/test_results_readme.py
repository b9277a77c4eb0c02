"""Every table and column has one description, and the README of the results has them all."""

from __future__ import annotations

import re

import pytest

from textlab.contracts import TABLES
from textlab.errors import UnknownNameError
from textlab.output.descriptions import Column, describe, written
from textlab.output.readme import results_readme
from textlab.pipeline.study_stages import CONTRACTS, PUBLISHED, STAGES

SHARED, OWN = written("columns.toml"), written("tables.toml")
PUBLISHED_TABLES = sorted({name for stage in STAGES.values() for name in stage.publishes})
FILES = {name: f"{PUBLISHED.get(name, name)}.csv" for name in PUBLISHED_TABLES}


def test_every_table_is_described_and_no_other() -> None:
    assert set(OWN) == set(TABLES)
    assert set(CONTRACTS.values()) <= set(OWN)


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_described_and_no_other(name: str) -> None:
    columns = TABLES[name].columns
    assert set(OWN[name].get("columns", {})) <= set(columns)
    about = describe(name)
    assert list(about.columns) == list(columns)
    assert about.row
    assert [column for column, said in about.columns.items() if not said.what] == []


def test_no_description_is_said_twice_or_for_nothing() -> None:
    users: dict[str, list[str]] = {}
    for name, table in TABLES.items():
        for column in table.columns:
            users.setdefault(column, []).append(name)
    for column, said in SHARED.items():
        own = [OWN[name].get("columns", {}).get(column, {}) for name in users[column]]
        for part, text in said.items():
            assert any(part not in one for one in own), (column, part)
            assert all(one.get(part) != text for one in own), (column, part)


def test_descriptions_are_of_the_four_parts_and_plain() -> None:
    every = [*SHARED.values(), *(c for t in OWN.values() for c in t.get("columns", {}).values())]
    for said in every:
        assert set(said) <= set(Column._fields)
        for text in said.values():
            assert text == text.strip()
            assert text
            assert not text.endswith(".")
            assert "|" not in said.get("what", "") + said.get("unit", "")
    for table in OWN.values():
        assert set(table) <= {"row", "limits", "columns"}


def test_what_points_to_another_column_names_one_that_is_there() -> None:
    for name in TABLES:
        about = describe(name)
        for said in about.columns.values():
            for text in (said.formula, said.limits):
                found = re.match(r"as (\w+)(?:$|[;:.])", text)
                assert not found or found[1] in about.columns, (name, text)


def test_the_readme_has_every_file_every_column_formula_and_limit() -> None:
    text = results_readme(FILES, title="Sichuan")
    assert text.startswith("# Tables of Sichuan\n")
    sections = dict(re.findall(r"^## (\S+\.csv)\n(.*?)(?=^## )", text, re.DOTALL | re.MULTILINE))
    assert list(sections) == list(FILES.values())
    computed = text.split("## Formulas and limits")[1]
    for name, file in FILES.items():
        about = describe(name)
        assert f"| `{file}` | {about.row} |" in text
        listed = re.findall(r"^\| `(\w+)` \|", sections[file], re.MULTILINE)
        assert listed == list(about.columns)
        assert about.limits in sections[file]
        for column, said in about.columns.items():
            assert said.what in sections[file]
            assert said.unit in sections[file]
            lines = [line for line in computed.splitlines() if line.startswith(f"- `{column}`")]
            for part in filter(None, (said.formula, said.limits)):
                assert any(part in line for line in lines), (name, column)


def test_a_formula_that_differs_is_said_of_its_file() -> None:
    both = results_readme({"keyword_by_place": "a.csv", "keyword_by_document": "b.csv"})
    assert "- `per_10k` in `a.csv`: 10,000 × count_unique / tokens_unique." in both
    assert "- `per_10k` in `b.csv`: 10,000 × count / tokens." in both
    alone = results_readme({"keyword_by_place": "a.csv", "keyword_by_group": "b.csv"})
    assert "- `per_10k`: 10,000 × count_unique / tokens_unique." in alone


def test_the_readme_is_the_same_each_time_and_says_what_an_interval_is_not() -> None:
    assert results_readme(FILES) == results_readme(dict(FILES))
    assert "not over a population" in re.sub(r"\s+", " ", results_readme(FILES))
    assert results_readme({}).startswith("# Tables\n")


def test_a_table_that_is_none_is_an_error() -> None:
    with pytest.raises(UnknownNameError, match="no table 'keywords'"):
        results_readme({"keywords": "keywords.csv"})
