"""Rank correlations against scipy, by permutation and by properties."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from textlab.analysis.indicators_correlations import correlations_of, interval


def tables(n: int, seed: int, *, ties: bool = True) -> tuple[pd.DataFrame, pd.DataFrame]:
    draws = np.random.default_rng(seed)
    x = draws.poisson(3, (n, 4)) if ties else draws.normal(size=(n, 4))
    y = draws.poisson(5, (n, 2)) if ties else draws.normal(size=(n, 2))
    rows = [f"place {i}" for i in range(n)]
    return pd.DataFrame(x, rows, list("abcd")), pd.DataFrame(y, rows, ["gdp", "people"])


def pairs(found: pd.DataFrame, x: pd.DataFrame, y: pd.DataFrame) -> Any:
    for row in found.itertuples(index=False):
        both = pd.concat([x[row.measure], y[row.indicator]], axis=1).dropna().to_numpy()
        yield row, both[:, 0], both[:, 1]


@settings(max_examples=40, deadline=None)
@given(st.integers(9, 40), st.integers(0, 2**16), st.booleans(), st.integers(0, 6))
def test_rho_and_p_are_those_of_scipy(n: int, seed: int, ties: bool, gaps: int) -> None:
    x, y = tables(n + gaps, seed, ties=ties)
    x.iloc[:gaps, 0] = np.nan
    y.iloc[gaps // 2 : gaps, 1] = np.nan
    found = correlations_of(x, y)
    assert len(found) == 8
    for row, here, there in pairs(found, x, y):
        wanted = stats.spearmanr(here, there)
        assert (row.n, row.rho) == (len(here), pytest.approx(wanted.statistic))
        assert row.p == pytest.approx(wanted.pvalue, abs=1e-12)
        assert row.low <= row.rho <= row.high
    assert found["q"].tolist() == pytest.approx(stats.false_discovery_control(found["p"]))


@pytest.mark.parametrize(("n", "ties"), [(4, True), (5, True), (6, False), (7, True)])
def test_for_few_places_p_is_exact(n: int, ties: bool) -> None:
    x, y = tables(n, 5, ties=ties)
    x.loc[:, "d"] = range(n)
    for row, here, there in pairs(correlations_of(x, y), x, y):

        def statistic(a: Any, there: Any = there) -> float:
            return abs(float(stats.spearmanr(a, there).statistic))

        wanted = stats.permutation_test(
            (here,), statistic, permutation_type="pairings", n_resamples=np.inf,
            alternative="greater",
        )  # fmt: skip
        assert row.p == pytest.approx(wanted.pvalue)


def test_the_interval_is_that_of_bonett_and_wright() -> None:
    # rho .5 of 20: atanh .5 = .549306, half = 1.959964 * sqrt(1.125 / 17) = .504198
    low, high = interval(np.array([0.5, -0.5]), 20)
    assert low == pytest.approx(np.tanh([0.045108, -1.053504]), abs=1e-5)
    assert high == pytest.approx(np.tanh([1.053504, -0.045108]), abs=1e-5)


def test_a_perfect_correlation_has_an_interval_that_is_not_a_point() -> None:
    low, high = interval(np.array([1.0, -1.0]), 5)
    assert (high[0], low[1]) == (1.0, -1.0)
    assert 0 < low[0] < 0.5
    assert high[1] == pytest.approx(-low[0])
    narrower, _ = interval(np.array([1.0]), 31)
    assert narrower[0] > 0.95


@pytest.mark.parametrize("n", [5, 20])
def test_the_interval_covers(n: int) -> None:
    """Two thirds of the measures are 0, as of rare keywords."""
    draws = np.random.default_rng(1)
    first = draws.normal(size=(4000, n))
    second = 0.75 * first + np.sqrt(1 - 0.75**2) * draws.normal(size=(4000, n))
    counts = np.maximum(np.floor(np.exp(0.9 * second - 0.8)), 0)
    ranks = [stats.rankdata(part, axis=1) - (n + 1) / 2 for part in (first, counts)]
    lengths = np.sqrt((ranks[0] ** 2).sum(axis=1) * (ranks[1] ** 2).sum(axis=1))
    rho = ((ranks[0] * ranks[1]).sum(axis=1)[lengths > 0]) / lengths[lengths > 0]
    low, high = interval(rho, n)
    # .512 is what 400,000 such places give.
    assert ((low <= 0.512) & (high >= 0.512)).mean() >= 0.94


def test_what_is_the_same_everywhere_has_no_correlation() -> None:
    rows = list("甲乙丙丁戊")
    x = pd.DataFrame({"same": [2.0] * 5, "rare": [0.0, 0, 0, 0, 1]}, rows)
    found = correlations_of(x, pd.DataFrame({"gdp": [1.0, 2, 3, 4, 5]}, rows)).set_index("measure")
    assert found.loc["same", ["rho", "low", "high", "p", "q"]].isna().all()
    assert found.loc["same", "reason"] == "the measure is the same in all 5 places: undefined"
    assert found.loc["rare", "reason"] == "ties: 4 of 5 places have the same measure"
    # The one place with a count may stand anywhere among five: two of five ends.
    assert found.loc["rare", "p"] == pytest.approx(0.4)
    assert found["q"].dropna().tolist() == found["p"].dropna().tolist()


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_few_places_are_no_exception(n: int) -> None:
    rows = [str(i) for i in range(4)]
    y = pd.DataFrame({"gdp": [float(i) if i < n else np.nan for i in range(4)]}, rows)
    found = correlations_of(pd.DataFrame({"x": [3.0, 1, 4, 2]}, rows), y)
    assert found["n"].tolist() == [n]
    assert found[["low", "high"]].isna().all(axis=None)
    assert found["rho"].notna().tolist() == [n >= 2]
    assert f"{n} place" in found["reason"].iloc[0]


@settings(max_examples=20, deadline=None)
@given(st.integers(4, 12), st.integers(0, 2**16))
def test_no_order_of_places_and_no_unit_makes_a_difference(n: int, seed: int) -> None:
    x, y = tables(n, seed)
    other = np.random.default_rng(seed).permutation(n)
    moved = correlations_of(x.iloc[other, ::-1], (1000 * y + 7).iloc[other, ::-1])
    pd.testing.assert_frame_equal(moved, correlations_of(x, y), check_exact=False, rtol=1e-12)
