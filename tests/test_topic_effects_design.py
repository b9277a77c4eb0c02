"""Formulas of effects, the covariates of units, and the design that they make."""

from __future__ import annotations

import numpy as np
import pandas as pd
import patsy
import pytest
import statsmodels.formula.api as smf

from textlab.errors import StudyError, TableError, UnknownNameError
from textlab.topics.effects_covariates import unit_covariates
from textlab.topics.effects_design import MOST_LEVELS, design
from textlab.topics.effects_formula import Factor, Term, parse

A, B, C = Factor("a"), Factor("b"), Factor("c")


@pytest.mark.parametrize(
    ("formula", "terms"),
    [
        ("a", [(A,)]),
        ("prevalence ~ a + b", [(A,), (B,)]),
        ("b+a+b", [(B,), (A,)]),
        ("a*b", [(A,), (B,), (A, B)]),
        ("a + a:b + b:a", [(A,), (A, B)]),
        ("a*b:c", [(A,), (B, C), (A, B, C)]),
        ("(a + b):c", [(A, C), (B, C)]),
        ("(a + b) * c", [(A,), (B,), (C,), (A, C), (B, C)]),
        ("a*a", [(A,)]),
        ("C(年份) + 地区", [(Factor("年份", grouped=True),), (Factor("地区"),)]),
        ("`GDP (2020)` + C + C(`a b`)", [(Factor("GDP (2020)"),), (Factor("C"),),
                                         (Factor("a b", grouped=True),)]),
    ],
)  # fmt: skip
def test_formulas_are_read(formula: str, terms: list[Term]) -> None:
    assert parse(formula) == terms


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("", "the end"),
        ("a +", "the end"),
        ("a b", "'b' after the end"),
        ("a - 1", "found '-'"),
        ("prevalance ~ a", "did you mean 'prevalence'"),
        ("a ~ b ~ c", "left of ~ stands 'a'"),
        ("(a", "not closed"),
        ("C(a + b)", "not closed"),
        ("np.log(a)", "found '.'"),
        ("__import__('os')", "found '''"),
        ("log(a)", "'(' after the end"),
        ("(" * 5000, "5000 names and signs"),
    ],
)
def test_what_is_no_formula_is_refused_and_never_evaluated(formula: str, said: str) -> None:
    with pytest.raises(StudyError) as error:
        parse(formula)
    assert said in str(error.value)


VALUES = pd.DataFrame(
    {
        "place": ["乙", "甲", "丙", "甲", "乙", "丙", "甲"],
        "genre": ["x", "y", "x", "x", "y", "y", "y"],
        "year": ["2021", "2023", "2024", "2022", "2021", "2022", "2025"],
    }
)


@pytest.mark.parametrize("formula", ["place + year", "place * year", "place:year", "genre*place"])
def test_the_matrix_is_that_of_patsy(formula: str) -> None:
    numbers = VALUES.assign(year=VALUES["year"].astype(float))
    numbers["year"] -= numbers["year"].mean()
    wanted = np.asarray(patsy.dmatrix(formula, numbers))
    found = design(VALUES, parse(formula)).matrix
    assert found == pytest.approx(wanted)


def test_effects_of_groups_and_a_number() -> None:
    found = design(VALUES, parse("place + year")).effects
    # By code points 丙, 乙, 甲.
    assert [(e.kind, e.term, e.reference) for e in found] == [
        ("coefficient", "place: 乙", "丙"),
        ("coefficient", "place: 甲", "丙"),
        ("coefficient", "year", ""),
        ("contrast", "place: 丙 - 乙", "乙"),
        ("contrast", "place: 丙 - 甲", "甲"),
        ("contrast", "place: 乙 - 甲", "甲"),
    ]
    weights = [effect.weights.tolist() for effect in found[3:]]
    assert weights == [[0, -1, 0, 0], [0, 0, -1, 0], [0, 1, -1, 0]]
    assert found[3].compared.tolist() == [True, False, True, False, True, True, False]
    assert found[2].compared.all()


def test_numbers_are_groups_where_that_is_said() -> None:
    found = design(VALUES, parse("C(year)")).effects
    assert [effect.term for effect in found[:4]] == [f"year: {year}" for year in range(2022, 2026)]
    names = [effect.term for effect in design(VALUES, parse("place*year")).effects]
    assert "place: 甲 × year" in names


def test_contrasts_are_those_of_predictions_at_equal_covariates() -> None:
    rng = np.random.default_rng(0)
    values = pd.DataFrame(
        {name: rng.choice(list(levels), 60) for name, levels in (("a", "xyz"), ("b", "uvw"))}
    ).assign(n=rng.integers(0, 9, 60).astype(str))
    numbers = values.assign(n=values["n"].astype(float), y=rng.normal(size=60))
    numbers["n"] -= numbers["n"].mean()
    oracle = smf.ols("y ~ a*b + a:n + n", numbers).fit()
    of = design(values, parse("a*b + a:n + n"))
    beta = np.linalg.lstsq(of.matrix, numbers["y"].to_numpy(), rcond=None)[0]
    for first, second in ("xy", "xz", "yz"):
        grid = [pd.DataFrame({"a": level, "b": list("uvw"), "n": 0.0}) for level in (first, second)]
        wanted = oracle.predict(grid[0]).mean() - oracle.predict(grid[1]).mean()
        (effect,) = [e for e in of.effects if e.term == f"a: {first} - {second}"]
        assert effect.weights @ beta == pytest.approx(wanted)


def test_groups_that_the_formula_holds_equal_have_no_contrast() -> None:
    found = design(VALUES, parse("place:year")).effects
    assert {(e.kind, e.term) for e in found} == {
        ("coefficient", f"place: {place} × year") for place in "丙乙甲"
    }
    crossed = design(VALUES, parse("genre + place:genre")).effects
    assert {e.term for e in crossed if e.kind == "contrast"} >= {"place: 丙 - 乙", "genre: x - y"}


def test_a_covariate_of_one_value_has_no_effect_but_is_named() -> None:
    found = design(VALUES.assign(year="2024"), parse("year + place + place:year"))
    assert found.constant == {"year": "2024"}
    assert {effect.term.split(":")[0] for effect in found.effects} == {"place"}
    assert design(VALUES.assign(year="2024"), parse("year")).effects == []


def test_more_groups_than_can_be_compared_are_refused() -> None:
    values = pd.DataFrame({"title": [f"t{number}" for number in range(MOST_LEVELS + 1)]})
    with pytest.raises(StudyError, match="'title' has 51 values; up to 50"):
        design(values, parse("title"))


DOCUMENTS = pd.DataFrame(
    {
        "doc_id": ["d1", "d2", "d#3", "d1"],
        "place": ["甲", "", "乙", "丁"],
        "date": ["2023-01-05", "2024-06", "", "1999"],
        "gdp": [1.5, 2.0, np.nan, 9.0],
        "set_aside": ["", "", "", "copy"],
    }
)


def test_documents_give_the_covariates_of_documents_parts_and_paragraphs() -> None:
    units = ["d1", "d1@丙", "d#3#7", "d2@甲", "d2#0", "d9"]
    found = unit_covariates(units, DOCUMENTS, ["place", "year", "gdp"])
    assert found.values.to_numpy().tolist() == [
        ["甲", "2023", "1.5"],
        ["丙", "2023", "1.5"],
        ["乙", "", ""],
        ["甲", "2024", "2"],
        ["", "2024", "2"],
        ["", "", ""],
    ]
    assert found.document.tolist() == ["d1", "d1", "d#3", "d2", "d2", "d9"]
    assert found.unknown == ["d9"]


def test_a_table_of_units_or_paragraphs_gives_them_too() -> None:
    by_unit = pd.DataFrame({"place": ["甲", None]}, index=["x#1", "x#2"])
    found = unit_covariates(["x#2", "x#1"], by_unit, ["place"])
    assert found.values["place"].tolist() == ["", "甲"]
    # Of paragraphs that no table says more of, the name tells the document.
    assert found.document.tolist() == ["x", "x"]
    paragraphs = pd.DataFrame({"para_id": ["p1", "p2"], "doc_id": ["a", "b"], "role": ["x", "y"]})
    found = unit_covariates(["p1", "p2"], paragraphs, ["role"])
    assert found.document.tolist() == ["a", "b"]
    told = pd.Series({"p1": "z", "p2": "z"})
    assert set(unit_covariates(["p1", "p2"], paragraphs, ["role"], told).document) == {"z"}


def test_covariates_that_are_not_there_are_named() -> None:
    with pytest.raises(UnknownNameError, match="'palce'; did you mean 'place'"):
        unit_covariates(["d1"], DOCUMENTS, ["palce"])
    with pytest.raises(UnknownNameError, match="'year'"):
        unit_covariates(["d1"], DOCUMENTS.drop(columns="date"), ["year"])
    with pytest.raises(TableError, match="units such as 'other'"):
        unit_covariates(["other"], DOCUMENTS, ["place"])
    with pytest.raises(TableError, match="'d1' is there twice"):
        unit_covariates(["d1"], DOCUMENTS.drop(columns="set_aside"), ["place"])
    with pytest.raises(UnknownNameError, match="1 have none, the first 'd2'"):
        unit_covariates(["d1", "d2"], DOCUMENTS, ["place"], pd.Series({"d1": "d1"}))
