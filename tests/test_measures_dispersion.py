"""Measures of dispersion: plain loops, bounds, and what should make no difference."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_array, csc_array, csr_array
from scipy.stats import entropy

from textlab.errors import TableError
from textlab.statistics.measures import dp, dp_norm, juilland_d, kl_dispersion, rosengren_s

Parts = list[tuple[int, int]]
Measure = Callable[[Any, Any], Any]

# Parts as (count, size): a term never fills more than its part.
parts = st.lists(
    st.integers(1, 500).flatmap(lambda size: st.tuples(st.integers(0, size), st.just(size))),
    min_size=2,
    max_size=8,
).filter(lambda rows: sum(n for n, _ in rows) > 0)


def plain_dp(rows: Parts) -> float:
    f, total = (sum(column) for column in zip(*rows, strict=True))
    return float(sum(abs(n / f - size / total) for n, size in rows) / 2)


def plain_dp_norm(rows: Parts) -> float:
    sizes = [size for _, size in rows]
    return plain_dp(rows) / (1 - min(sizes) / sum(sizes))


def plain_juilland(rows: Parts) -> float:
    rates = [n / size for n, size in rows]
    variation = statistics.pstdev(rates) / statistics.fmean(rates)
    return 1 - variation / math.sqrt(len(rows) - 1)


def plain_rosengren(rows: Parts) -> float:
    f, total = (sum(column) for column in zip(*rows, strict=True))
    return float(sum(math.sqrt(size / total * n) for n, size in rows) ** 2 / f)


def scipy_kl(rows: Parts) -> float:
    counts, sizes = zip(*rows, strict=True)
    return float(entropy(counts, sizes, base=2))


PLAIN: dict[Measure, Callable[[Parts], float]] = {
    dp: plain_dp,
    dp_norm: plain_dp_norm,
    juilland_d: plain_juilland,
    rosengren_s: plain_rosengren,
    kl_dispersion: scipy_kl,
}
measures = pytest.mark.parametrize("measure", PLAIN)


@measures
@given(parts)
def test_measures_agree_with_plain_loops(measure: Measure, rows: Parts) -> None:
    counts, sizes = zip(*rows, strict=True)
    assert measure(counts, sizes) == pytest.approx(PLAIN[measure](rows), rel=1e-9, abs=1e-9)


@measures
@given(parts, st.randoms())
def test_order_of_parts_and_parts_without_tokens_make_no_difference(
    measure: Measure, rows: Parts, random: Any
) -> None:
    shuffled = [*rows, (0, 0)]
    random.shuffle(shuffled)
    value, other = (measure(*zip(*given, strict=True)) for given in (rows, shuffled))
    assert value == pytest.approx(other, rel=1e-9, abs=1e-9)


@given(parts)
def test_measures_keep_their_bounds(rows: Parts) -> None:
    counts, sizes = zip(*rows, strict=True)
    least = min(sizes) / sum(sizes)
    assert 0 <= dp(counts, sizes) <= 1 - least + 1e-12
    assert 0 <= dp_norm(counts, sizes) <= 1 + 1e-12
    assert 0 <= juilland_d(counts, sizes) <= 1
    assert least - 1e-12 <= rosengren_s(counts, sizes) <= 1
    assert 0 <= kl_dispersion(counts, sizes) <= -math.log2(least) + 1e-9


@given(parts, st.integers(2, 5))
def test_more_of_all_the_same_is_no_other_dispersion(rows: Parts, times: int) -> None:
    counts, sizes = np.transpose(rows)
    for measure in PLAIN:
        expected = measure(counts, sizes)
        assert measure(times * counts, times * sizes) == pytest.approx(expected, abs=1e-9)


@given(parts, st.integers(2, 4))
def test_splitting_parts_into_like_ones_changes_no_sum_over_parts(rows: Parts, times: int) -> None:
    counts, sizes = np.transpose(rows)
    split = np.tile(counts, times), np.tile(sizes, times)
    for measure in (dp, rosengren_s, kl_dispersion):
        assert measure(*split) == pytest.approx(measure(counts, sizes), abs=1e-9)
    # Merging parts loses what differs within them.
    merged = counts[::2].sum(), counts[1::2].sum()
    both = np.array([sizes[::2].sum(), sizes[1::2].sum()])
    assert dp(merged, both) <= dp(counts, sizes) + 1e-9
    assert kl_dispersion(merged, both) <= kl_dispersion(counts, sizes) + 1e-9


def test_extremes() -> None:
    sizes = np.array([30, 50, 20])
    even, one = sizes // 10, [0, 0, 7]
    values = [[measure(counts, sizes).item() for measure in PLAIN] for counts in (even, one)]
    np.testing.assert_allclose(values[0], [0, 0, 1, 1, 0], atol=1e-7)
    np.testing.assert_allclose(values[1], [0.8, 1, 0, 0.2, math.log2(5)], atol=1e-12)


@settings(deadline=None)
@measures
@given(st.lists(st.lists(st.integers(0, 6), min_size=3, max_size=3), min_size=2, max_size=6))
def test_many_terms_dense_or_sparse_are_as_one_by_one(
    measure: Measure, counts: list[list[int]]
) -> None:
    matrix = np.array(counts)
    sizes = matrix.sum(axis=1) + 3
    one_by_one = [measure(column, sizes) for column in matrix.T]
    # The same cell in two entries, and zeros that are stored.
    at = np.indices(matrix.shape).reshape(2, -1)
    twice = coo_array((np.tile(matrix.ravel(), 2) / 2, np.tile(at, 2)), shape=matrix.shape)
    parts_of_cells = np.repeat(np.tile(np.arange(len(matrix)), 3), 2)
    ends = 2 * len(matrix) * np.arange(4)
    halves = np.repeat(matrix.T.ravel() / 2, 2)
    unsummed = csc_array((halves, parts_of_cells, ends), shape=matrix.shape)
    for given_counts in (matrix, csr_array(matrix), twice, unsummed):
        value = measure(given_counts, sizes)
        assert value.shape == (3,)
        np.testing.assert_allclose(value, one_by_one, atol=1e-12)
    assert unsummed.nnz == 2 * matrix.size


@measures
def test_a_term_that_occurs_nowhere_has_no_dispersion(measure: Measure) -> None:
    assert np.isnan(measure([0, 0], [5, 6]))
    assert np.isnan(measure([[0, 1], [0, 1]], [5, 6])[0])
    assert np.isnan(measure([0, 0], [0, 0]))
    assert np.isnan(measure([], []))
    assert measure(np.zeros((3, 0)), [1, 2, 3]).shape == (0,)


def test_one_part_only() -> None:
    one = [4], [10]
    assert dp(*one) == 0
    assert rosengren_s(*one) == pytest.approx(1)
    assert kl_dispersion(*one) == 0
    assert np.isnan(dp_norm(*one))
    assert np.isnan(juilland_d(*one))
    # One part that has tokens is one part.
    assert np.isnan(dp_norm([4, 0], [10, 0]))


@measures
def test_as_many_sizes_as_parts(measure: Measure) -> None:
    with pytest.raises(TableError, match=r"counts of shape \(2,\) and sizes of shape \(3,\)"):
        measure([1, 2], [1, 2, 3])
