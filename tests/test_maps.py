"""Maps of places: known planes come back, stress is Kruskal's, the axes have a rule."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.spatial.distance import pdist, squareform
from sklearn.manifold import smacof
from sklearn.metrics import euclidean_distances

from tests.similarity_tables import SMALL, added_up, tables
from textlab.analysis.maps import similarity_map
from textlab.analysis.similarity import compare
from textlab.analysis.similarity_pairs import Options, measure_pairs
from textlab.schema import empty
from textlab.statistics.scaling import on_a_plane, oriented, stress

COUNTS, PARAGRAPHS = tables(SMALL)

planes = arrays(np.float64, (6, 2), elements=st.floats(-1, 1, width=16))


def of_matrix(matrix: np.ndarray) -> pd.DataFrame:
    rows = [("abcdefgh"[i], f"t{j}", n) for (i, j), n in np.ndenumerate(matrix)]
    return similarity_map(pd.DataFrame(rows, columns=["unit", "term", "n"]))


@settings(deadline=None, max_examples=40)
@given(planes)
def test_distances_of_a_plane_come_back(plane: np.ndarray) -> None:
    distance = squareform(pdist(plane))
    found = on_a_plane(distance)
    np.testing.assert_allclose(squareform(pdist(found)), distance, atol=1e-3)
    assert stress(found, distance) < 1e-2 or not distance.any()


def test_an_even_triangle_of_places_that_share_nothing() -> None:
    table = of_matrix(np.eye(3, dtype=int))
    sides = pdist(table[["x", "y"]])
    np.testing.assert_allclose(sides, [1, 1, 1], atol=1e-6)
    np.testing.assert_allclose(table["stress"], 0, atol=1e-6)


def test_stress_by_hand_where_no_plane_will_do() -> None:
    # Four places, each 1 from each other: a square of the best size, stress from its sides.
    table = of_matrix(np.eye(4, dtype=int))
    sides = sorted(pdist(table[["x", "y"]]))
    np.testing.assert_allclose(sides[:4], sides[0], atol=1e-4)
    np.testing.assert_allclose(sides[4:], sides[0] * np.sqrt(2), atol=1e-4)
    wanted = np.sqrt(sum((side - 1) ** 2 for side in sides) / sum(side**2 for side in sides))
    assert table["stress"].tolist() == pytest.approx([wanted] * 4)
    # The best side of the square, from the derivative of the raw stress.
    assert sides[0] == pytest.approx((4 + 2 * np.sqrt(2)) / 8, abs=1e-4)


def test_no_random_start_is_better_by_much_and_sklearn_agrees_on_the_stress() -> None:
    table = similarity_map(added_up(COUNTS, PARAGRAPHS, "doc_id"), of="doc_id")
    pairs = measure_pairs(added_up(COUNTS, PARAGRAPHS, "doc_id"), Options(of="doc_id"))
    distance = 1 - pairs.square(pairs.values["cosine"], 1.0)
    started = [
        smacof(distance, n_init=1, random_state=seed, eps=1e-9, max_iter=2000)[0]
        for seed in range(10)
    ]
    best = min(stress(places, distance) for places in started)
    assert table["stress"][0] <= best * 1.05
    drawn = euclidean_distances(table[["x", "y"]])
    wanted = np.sqrt(((drawn - distance) ** 2).sum() / (drawn**2).sum())
    assert table["stress"][0] == pytest.approx(wanted)


@settings(deadline=None, max_examples=40)
@given(planes)
def test_the_axes_have_a_rule(plane: np.ndarray) -> None:
    found = oriented(plane)
    np.testing.assert_allclose(found.mean(axis=0), 0, atol=1e-9)
    assert (found[:, 0] ** 2).sum() >= (found[:, 1] ** 2).sum() - 1e-9
    assert found[:, 0] @ found[:, 1] == pytest.approx(0, abs=1e-9)
    for axis in found.T:
        away = axis[axis != 0]
        assert not len(away) or away[0] > 0
    np.testing.assert_allclose(pdist(found), pdist(plane), atol=1e-6)


def test_fewer_than_three_places() -> None:
    pd.testing.assert_frame_equal(similarity_map(empty("counts")), empty("similarity_map"))
    one = of_matrix(np.array([[1, 2]]))
    assert one[["name", "x", "y", "stress"]].to_numpy().tolist() == [["a", 0, 0, 0]]
    two = of_matrix(np.array([[1, 0], [0, 1]]))
    np.testing.assert_allclose(two[["x", "y"]], [[0.5, 0], [-0.5, 0]], atol=1e-12)
    assert two["stress"].tolist() == pytest.approx([0, 0])


def test_equal_places_lie_on_each_other_and_empty_ones_nowhere() -> None:
    same = of_matrix(np.array([[1, 2], [2, 4], [3, 6]]))
    assert (same[["x", "y", "stress"]] == 0).all(axis=None)
    pair = of_matrix(np.array([[1, 2, 0], [2, 4, 0], [0, 1, 5], [4, 0, 1]]))
    np.testing.assert_allclose(pair.loc[0, ["x", "y"]], pair.loc[1, ["x", "y"]], atol=1e-4)
    bare = of_matrix(np.array([[1, 2], [0, 0], [2, 1]]))
    assert bare["x"].isna().tolist() == [False, True, False]
    np.testing.assert_allclose(bare["stress"], 0, atol=1e-9)


def test_maps_are_those_of_the_comparison_whatever_the_order_of_rows() -> None:
    both = compare(COUNTS, paragraphs=PARAGRAPHS)
    mixed = similarity_map(
        COUNTS.sample(frac=1, random_state=1), paragraphs=PARAGRAPHS.sample(frac=1, random_state=2)
    )
    pd.testing.assert_frame_equal(both.map, mixed, check_exact=True)
    cosine = both.similarity["cosine"].to_numpy()
    drawn = [
        np.linalg.norm(mixed[["x", "y"]].to_numpy()[i] - mixed[["x", "y"]].to_numpy()[j])
        for i, j in combinations(range(4), 2)
    ]
    assert np.corrcoef(drawn, 1 - cosine)[0, 1] > 0.9
