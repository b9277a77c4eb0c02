"""Findings, in how many universes they hold, and what each choice costs."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from textlab.analysis.multiverse import Comparison, effects, keyness_findings, keyword_findings
from textlab.errors import TableError
from textlab.schema import check, contract, empty

NAN = float("nan")
# place, keyword, count, tokens, ci_low, ci_high.
Cell = tuple[str, str, int, int, float, float]
CELLS: list[Cell] = [
    ("甲", "创新", 10, 1000, 60.0, 140.0),
    ("乙", "创新", 2, 1000, 0.0, 40.0),
    ("丙", "创新", 3, 1000, 10.0, 60.0),
]


def by_place(cells: list[Cell], *, suffix: str = "_unique") -> pd.DataFrame:
    """A table ``keyword_by_place`` with these rates, and none of the other kind."""
    columns = pd.Index(
        ["place", "keyword", f"count{suffix}", f"tokens{suffix}", "ci_low", "ci_high"]
    )
    frame = pd.DataFrame(cells, columns=columns)
    blank: dict[str, Any] = {"text": "x", "int": 0, "float": 0.0}
    kinds = contract("keyword_by_place").columns
    further = {name: blank[kind] for name, kind in kinds.items() if name not in frame}
    return check(frame.assign(**further), "keyword_by_place")


def rows(findings: pd.DataFrame) -> list[tuple[Any, ...]]:
    return list(findings.itertuples(index=False, name=None))


def test_a_keyword_finding_is_a_rate_of_the_others_outside_the_places_interval() -> None:
    # The others' rates per 10,000: 5 in 2,000 are 25, 13 are 65, and 12 are 60, on the bound.
    assert rows(keyword_findings(by_place(CELLS))) == [
        ("keyword", "甲", "创新", 1, True),
        ("keyword", "乙", "创新", -1, True),
        ("keyword", "丙", "创新", -1, False),
    ]


def test_copies_are_in_the_rates_where_they_are_counted() -> None:
    table = by_place(CELLS, suffix="")
    assert len(keyword_findings(table, copies=True)) == 3
    assert len(keyword_findings(table)) == 0


def test_what_a_place_never_uses_is_not_significant() -> None:
    """The interval of no occurrence is (0, 0), of however little text."""
    cells: list[Cell] = [("甲", "创新", 0, 50, 0.0, 0.0), ("乙", "创新", 9, 900, 80.0, 120.0)]
    assert rows(keyword_findings(by_place(cells))) == [
        ("keyword", "甲", "创新", -1, False),
        ("keyword", "乙", "创新", 1, True),
    ]


def test_equal_rates_have_no_sign_and_an_interval_on_the_other_side_is_none() -> None:
    cells: list[Cell] = [("甲", "创新", 1, 30, 400.0, 500.0), ("乙", "创新", 3, 90, 400.0, 500.0)]
    assert [row[3:] for row in rows(keyword_findings(by_place(cells)))] == [(0, False)] * 2
    cells = [("甲", "创新", 4, 90, 100.0, 200.0), ("乙", "创新", 3, 90, 500.0, 600.0)]
    assert [row[3:] for row in rows(keyword_findings(by_place(cells)))] == [(1, False), (-1, False)]


@pytest.mark.parametrize(
    "cells",
    [
        CELLS[:1],
        [("甲", "创新", 1, 100, NAN, NAN), ("乙", "创新", 1, 100, NAN, NAN)],
        [("甲", "创新", 0, 100, 0.0, 0.0), ("乙", "创新", 0, 100, 0.0, 0.0)],
        [("甲", "创新", 5, 100, 100.0, 900.0), ("乙", "创新", 0, 0, NAN, NAN)],
        [],
    ],
    ids=["one place", "no interval", "used nowhere", "others without tokens", "nothing"],
)
def test_what_cannot_be_tested_is_no_finding(cells: list[Cell]) -> None:
    found = keyword_findings(by_place(cells))
    assert list(found.columns) == ["table", "group", "term", "sign", "significant"]
    assert len(found) == 0


def test_a_keyness_finding_has_the_sign_of_the_log_ratio() -> None:
    table = pd.DataFrame(
        [("甲", "水稻", 1.5, 0.01), ("甲", "工厂", -2.0, 0.049), ("乙", "水稻", -1.5, 0.05)],
        columns=pd.Index(["group", "term", "log_ratio", "q_g2"]),
    )
    lacking = empty("keyness").columns.difference(table.columns)
    table = table.assign(**dict.fromkeys(lacking, np.nan)).assign(
        n_target=1, n_reference=1, reason=""
    )
    assert rows(keyness_findings(table)) == [
        ("keyness", "甲", "水稻", 1, True),
        ("keyness", "甲", "工厂", -1, True),
        ("keyness", "乙", "水稻", -1, False),
    ]
    assert len(keyness_findings(empty("keyness"))) == 0


Finding = tuple[str, str, str, int, bool]
COLUMNS = pd.Index(["table", "group", "term", "sign", "significant"])


def compared(universes: list[list[Finding]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    comparison = Comparison()
    for findings in universes:
        comparison.add(pd.DataFrame(findings, columns=COLUMNS))
    return comparison.survival(), comparison.tallies()


def test_three_universes_by_hand() -> None:
    rice, works, new = (
        ("keyness", "甲", "水稻"),
        ("keyword", "甲", "工厂"),
        ("keyness", "乙", "粮仓"),
    )
    never = ("keyness", "乙", "道路")
    survival, tallies = compared(
        [
            [(*rice, 1, True), (*works, -1, True), (*never, 1, False)],
            [(*rice, 1, True), (*works, -1, False), (*never, -1, False)],
            [(*rice, -1, True), (*new, 1, True)],
        ]
    )
    assert rows(survival.drop(columns="share")) == [
        ("keyword", "甲", "工厂", 2, 0, 2, 1, "less", 1, 1),
        ("keyness", "乙", "粮仓", 1, 1, 0, 1, "", 0, 0),
        ("keyness", "甲", "水稻", 3, 2, 1, 3, "more", 1, 2),
    ]
    np.testing.assert_allclose(survival["share"], [1 / 2, NAN, 2 / 3])
    # tested, findings, kept, lost, absent, new; the flipped sign is lost and new.
    assert rows(tallies) == [(3, 2, 2, 0, 0, 0), (3, 1, 1, 1, 0, 0), (2, 2, 0, 2, 1, 2)]


def test_a_finding_that_is_significant_elsewhere_only_keeps_what_the_study_says() -> None:
    key = ("keyword", "甲", "创新")
    survival, tallies = compared([[(*key, 1, False)], [(*key, 1, True)], [(*key, -1, False)], []])
    assert rows(survival) == [("keyword", "甲", "创新", 3, 2, 1, 1, "more", 0, 1, 1 / 3)]
    assert tallies["new"].tolist() == [0, 1, 0, 0] and tallies["lost"].tolist() == [0] * 4


@st.composite
def many_universes(draw: st.DrawFn) -> list[list[Finding]]:
    keys = st.tuples(
        st.sampled_from(["keyword", "keyness"]), st.sampled_from("甲乙丙"), st.sampled_from("abcd")
    )
    found = st.tuples(st.sampled_from([-1, 0, 1]), st.booleans())
    universe = st.dictionaries(keys, found).map(
        lambda made: [(*key, *value) for key, value in made.items()]
    )
    return draw(st.lists(universe, min_size=1, max_size=5))


@given(many_universes())
def test_survival_is_what_a_plain_count_gives(universes: list[list[Finding]]) -> None:
    survival, tallies = compared(universes)
    made = [{finding[:3]: finding[3:] for finding in universe} for universe in universes]
    shown = {key for universe in made for key, (_, significant) in universe.items() if significant}
    assert {row[:3] for row in rows(survival)} == shown
    for row in rows(survival):
        there = [universe[row[:3]] for universe in made if row[:3] in universe]
        own = made[0].get(row[:3])
        assert row[3] == len(there) and row[4] + row[5] <= row[3] <= len(universes)
        assert row[6] == sum(significant for _, significant in there)
        assert row[9] == (there.count(own) if own else 0)
        # The study's own universe agrees with itself.
        assert (row[9] >= 1) == (own is not None) == (row[7] != "")
    assert rows(tallies)[0][2:] == (tallies["findings"][0], 0, 0, 0)
    assert (tallies["kept"] + tallies["lost"] == tallies["findings"][0]).all()
    assert (tallies["kept"] + tallies["new"] == tallies["findings"]).all()
    assert (tallies["absent"] <= tallies["lost"]).all()


@given(many_universes(), st.randoms(use_true_random=False))
def test_the_order_of_rows_makes_no_difference(
    universes: list[list[Finding]], rng: random.Random
) -> None:
    mixed = [rng.sample(universe, len(universe)) for universe in universes]
    for one, other in zip(compared(universes), compared(mixed), strict=True):
        assert_frame_equal(one, other)


def universes_table(lost: dict[tuple[str, str], int]) -> pd.DataFrame:
    """Universes by stopwords and duplicates, with twice as many new findings as lost ones."""
    made = [
        {"universe": number, "study": int(number == 1), "stopwords": stop, "duplicates": copies}
        | {"lost": n, "new": 2 * n}
        for number, ((stop, copies), n) in enumerate(lost.items(), 1)
    ]
    frame = pd.DataFrame(made).assign(hmm="on", lexicon="own", accidents="left out")
    return frame.assign(**dict.fromkeys("terms occurrences tested findings kept absent".split(), 0))


def test_what_a_choice_costs_alone_and_on_average() -> None:
    out, counted = "left out", "counted"
    table = universes_table(
        {(out, out): 0, (out, counted): 2, (counted, out): 4, (counted, counted): 9}
    )
    # Stopwords: (4 + 9) / 2 - (0 + 2) / 2; duplicates: (2 + 9) / 2 - (0 + 4) / 2.
    found = effects(table)
    assert rows(found[["choice", "value", "lost", "lost_on_average", "new", "new_on_average"]]) == [
        ("stopwords", "counted", 4, 5.5, 8, 11.0),
        ("duplicates", "counted", 2, 3.5, 4, 7.0),
    ]


def test_tables_that_are_none_are_refused() -> None:
    for function in (keyword_findings, keyness_findings, effects):
        with pytest.raises(TableError, match="wants the column"):
            function(pd.DataFrame({"x": [1]}))
