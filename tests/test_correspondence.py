"""Correspondence analysis against a table by hand, chi-squared and another decomposition."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.stats import chi2_contingency

from textlab.analysis.correspondence import Correspondence, correspondence
from textlab.errors import TableError


def counts(n: list[list[int]] | np.ndarray) -> pd.DataFrame:
    """The table counts of a matrix: places p0, p1... x terms t0, t1..."""
    rows = [(f"p{i}", f"t{j}", int(v)) for i, row in enumerate(n) for j, v in enumerate(row)]
    return pd.DataFrame(rows, columns=["unit", "term", "n"])


def analysed(n: list[list[int]] | np.ndarray) -> Correspondence:
    return correspondence(counts(n), min_count=1, min_place=1)


def of(found: Correspondence, kind: str) -> pd.DataFrame:
    return found.points[found.points["kind"] == kind].set_index("name")


def test_two_places_by_hand() -> None:
    # P = [[.3, .1], [.1, .5]], r = c = (.4, .6); the residuals are .14 / sqrt(r c) in size.
    found = analysed([[3, 1], [1, 5]])
    inertia = 0.14**2 * (1 / 0.16 + 2 / 0.24 + 1 / 0.36)
    assert found.inertia.values.tolist() == [[1, pytest.approx(inertia), 1, 1]]
    places = of(found, "place")
    # The profiles (.75, .25) and (1/6, 5/6) against the average (.4, .6): chi-squared distances.
    first = np.sqrt(0.35**2 / 0.4 + 0.35**2 / 0.6)
    second = np.sqrt((0.4 - 1 / 6) ** 2 / 0.4 + (5 / 6 - 0.6) ** 2 / 0.6)
    assert places["dim_1"].tolist() == pytest.approx([first, -second])
    assert places["dim_2"].tolist() == [0, 0]
    assert places["mass"].tolist() == pytest.approx([0.4, 0.6])
    assert places["n"].tolist() == [4, 6]
    shares = [0.4 * first**2 / inertia, 0.6 * second**2 / inertia]
    assert places["inertia_share"].tolist() == pytest.approx(shares)
    assert places["contribution_1"].tolist() == pytest.approx(shares)
    assert places["contribution_2"].isna().all()
    assert places["quality"].tolist() == pytest.approx([1, 1])
    # The table is symmetric: terms are as places.
    assert of(found, "term")["dim_1"].tolist() == pytest.approx([first, -second])


tables = arrays.arrays(np.int64, st.tuples(st.integers(3, 6), st.integers(3, 8)),
                       elements=st.integers(0, 30))  # fmt: skip


def kept(n: np.ndarray) -> np.ndarray:
    rows: np.ndarray = n[n.sum(axis=1) > 0]
    return np.asarray(rows[:, n.sum(axis=0) > 0])


@settings(max_examples=80, deadline=None)
@given(tables)
def test_the_inertia_is_chi_squared_over_n_and_shares_sum_to_one(n: np.ndarray) -> None:
    found = analysed(n)
    m = kept(n)
    if min(m.shape, default=0) < 2:
        assert found.inertia.empty
        return
    wanted = chi2_contingency(m, correction=False).statistic / m.sum()
    assert found.inertia["inertia"].sum() == pytest.approx(wanted, abs=1e-12)
    assert len(found.inertia) <= min(m.shape) - 1
    for kind, axis in (("place", 1), ("term", 0)):
        points = of(found, kind)
        assert points["mass"].to_numpy() == pytest.approx(m.sum(axis=axis) / m.sum())
        if len(found.inertia):
            assert points["inertia_share"].sum() == pytest.approx(1)
            assert points["contribution_1"].sum() == pytest.approx(1)
            assert (points["quality"].dropna() <= 1 + 1e-9).all()
        for dimension in (1, 2):
            weighted = points["mass"] * points[f"dim_{dimension}"]
            assert weighted.sum() == pytest.approx(0, abs=1e-9)


@settings(max_examples=80, deadline=None)
@given(tables)
def test_distances_of_places_are_chi_squared_distances(n: np.ndarray) -> None:
    """By a second route: the eigenvectors of the scalar products of the places."""
    m = kept(n)
    if min(m.shape, default=0) < 3:
        return
    mass = m.sum(axis=1) / m.sum()
    profiles = m / m.sum(axis=1, keepdims=True) - m.sum(axis=0) / m.sum()
    scaled = profiles / np.sqrt(m.sum(axis=0) / m.sum())
    weighted = np.sqrt(mass)[:, np.newaxis] * scaled
    values, vectors = np.linalg.eigh(weighted @ weighted.T)
    first, second, third = values[-1], values[-2], values[-3]
    found = analysed(n)
    inertia = found.inertia["inertia"].to_numpy()
    assert inertia == pytest.approx(values[::-1][: len(inertia)], abs=1e-10)
    if first - second < 1e-6 or second - third < 1e-6:
        return  # which direction is the first is arbitrary then
    wanted = vectors[:, -2:] * np.sqrt(values[-2:]) / np.sqrt(mass)[:, np.newaxis]
    points = of(found, "place")[["dim_2", "dim_1"]].to_numpy()
    assert np.abs(points) == pytest.approx(np.abs(wanted), abs=1e-6)
    quality = (wanted**2).sum(axis=1) / np.maximum((scaled**2).sum(axis=1), 1e-300)
    there = (scaled**2).sum(axis=1) > 1e-12
    assert of(found, "place")["quality"].to_numpy()[there] == pytest.approx(quality[there])


@settings(max_examples=40, deadline=None)
@given(tables, st.integers(0, 99))
def test_the_order_of_rows_makes_no_difference(n: np.ndarray, seed: int) -> None:
    one = correspondence(counts(n), min_count=1, min_place=1)
    mixed = counts(n).sample(frac=1, random_state=seed)
    other = correspondence(mixed, min_count=1, min_place=1)
    for first, second in zip(one, other, strict=True):
        pd.testing.assert_frame_equal(first, second, check_exact=True)


def test_the_place_farthest_out_is_positive() -> None:
    found = analysed([[30, 1, 2], [2, 9, 1], [1, 2, 8], [9, 8, 9]])
    places = of(found, "place")
    for dimension in ("dim_1", "dim_2"):
        values = places[dimension].to_numpy()
        assert values[np.abs(values).argmax()] > 0
    # Two places that mirror each other are equally far: the first by name is positive.
    assert of(analysed([[5, 1], [1, 5]]), "place")["dim_1"].tolist() == pytest.approx(
        [2 / 3, -2 / 3]
    )


def test_few_counts_are_left_out_until_all_have_enough() -> None:
    # t3 has 4 counts; without it p2 has 3 only; without p2 t2 has 4 only.
    n = [[9, 6, 4, 0], [6, 9, 0, 0], [1, 1, 1, 4], [0, 0, 0, 0]]
    points = correspondence(counts(n), min_count=5, min_place=6).points
    assert points["name"].tolist() == ["p0", "p1", "t0", "t1"]
    assert points["n"].tolist() == [15, 15, 15, 15]


def test_of_the_terms_given_only_these() -> None:
    n = [[9, 6, 4], [6, 9, 7], [8, 2, 1]]
    chosen = correspondence(counts(n), terms=["t0", "t2", "tx"], min_count=1, min_place=1)
    alone = analysed(np.array(n)[:, [0, 2]])
    assert of(chosen, "term").index.tolist() == ["t0", "t2"]
    assert of(chosen, "place")["dim_1"].tolist() == pytest.approx(of(alone, "place")["dim_1"])


@pytest.mark.parametrize("n", [[[3, 6], [1, 2], [2, 4]], [[4, 5]], [[4], [5]]])
def test_no_difference_is_no_dimension(n: list[list[int]]) -> None:
    found = analysed(n)
    assert found.inertia.empty
    assert len(found.points) == len(n) + len(n[0])
    assert (found.points[["dim_1", "dim_2"]] == 0).all(axis=None)
    missing = ["inertia_share", "contribution_1", "contribution_2", "quality"]
    assert found.points[missing].isna().all(axis=None)


def test_nothing_to_analyse_gives_empty_tables() -> None:
    for n in ([[0, 0]], [[1, 2], [3, 4]]):
        found = correspondence(counts(n), min_count=100)
        assert found.points.empty and found.inertia.empty
    with pytest.raises(TableError, match="'counts' wants the column"):
        correspondence(pd.DataFrame({"term": []}))
