from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.sparse import csr_array
from scipy.stats import bootstrap as scipy_bootstrap
from scipy.stats import chisquare, multinomial

from textlab.statistics import bootstrap
from textlab.statistics.bootstrap import (
    bca_rates,
    bootstrap_rates,
    bootstrap_weights,
    studentised_rates,
)

COUNTS = np.array([[4, 0, 1], [1, 0, 0], [0, 0, 7], [2, 0, 3]])
TOTALS = np.array([1000, 400, 0, 600])


def rates_of(
    counts: Any, totals: np.ndarray, *, resamples: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    weights = bootstrap_weights(len(totals), resamples=resamples, rng=rng)
    return bootstrap_rates(counts, totals, weights=weights)


def slow_rates(
    counts: np.ndarray, totals: np.ndarray, *, resamples: int, rng: np.random.Generator
) -> tuple[list[float], list[float]]:
    """The same bootstrap, resample by resample and term by term."""
    units, terms = counts.shape
    rates: list[list[float]] = [[] for _ in range(terms)]
    for drawn_units in rng.integers(0, units, size=(resamples, units)):
        weights = [list(drawn_units).count(unit) for unit in range(units)]
        total = sum(int(w) * int(n) for w, n in zip(weights, totals, strict=True))
        if total == 0:
            continue
        for term in range(terms):
            drawn = sum(int(w) * int(n) for w, n in zip(weights, counts[:, term], strict=True))
            rates[term].append(10_000 * drawn / total)
    low, high = zip(*(np.percentile(r, [2.5, 97.5]) for r in rates), strict=True)
    return list(low), list(high)


def test_agrees_with_a_slow_loop_over_the_same_weights() -> None:
    fast = rates_of(COUNTS, TOTALS, resamples=300, rng=np.random.default_rng(5))
    slow = slow_rates(COUNTS, TOTALS, resamples=300, rng=np.random.default_rng(5))
    np.testing.assert_allclose(fast, slow, rtol=1e-12)


def test_resamples_without_tokens_are_left_out() -> None:
    counts, totals = np.array([[3], [0], [1]]), np.array([100, 0, 50])
    rng = np.random.default_rng(0)
    empty = (bootstrap_weights(3, resamples=200, rng=rng).T @ totals == 0).sum()
    assert empty > 0
    fast = rates_of(counts, totals, resamples=200, rng=np.random.default_rng(0))
    slow = slow_rates(counts, totals, resamples=200, rng=np.random.default_rng(0))
    np.testing.assert_allclose(fast, slow, rtol=1e-12)


def test_two_units_by_hand() -> None:
    # Drawn are a twice (1 in 4), one of each (1 in 2) or b twice (1 in 4): so the percentiles
    # 2.5 and 97.5 are the rates of b and of a, 10,000 * 0 / 50 and 10,000 * 2 / 100.
    counts, totals = np.array([[2], [0]]), np.array([100, 50])
    low, high = rates_of(counts, totals, resamples=1000, rng=np.random.default_rng(1))
    assert (low[0], high[0]) == (0.0, 200.0)


def test_the_chunks_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = rates_of(COUNTS, TOTALS, resamples=50, rng=np.random.default_rng(2))
    monkeypatch.setattr(bootstrap, "CELLS", 60)
    chunks = rates_of(COUNTS, TOTALS, resamples=50, rng=np.random.default_rng(2))
    np.testing.assert_array_equal(whole, chunks)


def test_sparse_counts_give_the_same() -> None:
    dense = rates_of(COUNTS, TOTALS, resamples=50, rng=np.random.default_rng(2))
    sparse = rates_of(csr_array(COUNTS), TOTALS, resamples=50, rng=np.random.default_rng(2))
    np.testing.assert_array_equal(dense, sparse)


@pytest.mark.parametrize(
    ("totals", "resamples"),
    [([10], 100), ([0, 0], 100), ([10, 0], 100), ([10, 10], 0)],
    ids=["one unit", "no tokens", "one unit with tokens", "no resamples"],
)
def test_no_interval_without_something_to_resample(totals: list[int], resamples: int) -> None:
    counts = np.ones((len(totals), 2), dtype=int)
    bounds = rates_of(counts, np.array(totals), resamples=resamples, rng=np.random.default_rng(0))
    assert np.isnan(bounds).all()
    assert np.shape(bounds) == (2, 2)


def test_no_terms_and_terms_that_no_unit_has() -> None:
    rng = np.random.default_rng(0)
    assert np.shape(rates_of(COUNTS[:, :0], TOTALS, resamples=9, rng=rng)) == (2, 0)
    low, high = rates_of(COUNTS, TOTALS, resamples=100, rng=rng)
    assert (low[1], high[1]) == (0.0, 0.0)


@settings(deadline=None)
@given(
    counts=arrays(np.int64, (5, 3), elements=st.integers(0, 50)),
    totals=arrays(np.int64, 5, elements=st.integers(50, 10_000)),
    seed=st.integers(0, 2**32 - 1),
)
def test_bounds_are_in_order_and_between_the_rates_of_the_units(
    counts: np.ndarray, totals: np.ndarray, seed: int
) -> None:
    low, high = rates_of(counts, totals, resamples=40, rng=np.random.default_rng(seed))
    rates = 10_000 * counts / totals[:, np.newaxis]
    assert (low <= high).all()
    assert (low >= rates.min(axis=0) * (1 - 1e-12)).all()
    assert (high <= rates.max(axis=0) * (1 + 1e-12)).all()


@settings(deadline=None)
@given(totals=st.lists(st.integers(1, 1000), min_size=2, max_size=6), share=st.integers(1, 5))
def test_equal_rates_leave_no_width(totals: list[int], share: int) -> None:
    counts = np.array(totals)[:, np.newaxis] * share
    rng = np.random.default_rng(0)
    low, high = rates_of(counts, np.array(totals), resamples=20, rng=rng)
    assert low[0] == high[0] == 10_000 * share


def test_weights_are_multinomial() -> None:
    weights = bootstrap_weights(3, resamples=20_000, rng=np.random.default_rng(3))
    assert weights.shape == (3, 20_000)
    assert (weights.sum(axis=0) == 3).all()
    found, times = np.unique(weights.T, axis=0, return_counts=True)
    expected = multinomial(3, [1 / 3] * 3).pmf(found) * 20_000
    assert len(found) == 10
    assert chisquare(times, expected).pvalue > 0.001


def test_no_units_have_no_weights() -> None:
    assert bootstrap_weights(0, resamples=5, rng=np.random.default_rng(0)).shape == (0, 5)


def bounds_of(verb: Any, counts: np.ndarray, totals: np.ndarray, resamples: int) -> np.ndarray:
    rng = np.random.default_rng(0)
    weights = bootstrap_weights(len(totals), resamples=resamples, rng=rng)
    return np.array(verb(csr_array(counts), totals, weights=weights))


def test_bca_agrees_with_scipy() -> None:
    rng = np.random.default_rng(4)
    counts, totals = rng.poisson(6, (12, 3)), rng.integers(4000, 9000, 12)
    found = bounds_of(bca_rates, counts, totals, 20_000)
    for term in range(3):
        interval = scipy_bootstrap(
            (counts[:, term], totals),
            lambda n, size, axis: 10_000 * n.sum(axis) / size.sum(axis),
            paired=True, method="BCa", n_resamples=20_000, rng=np.random.default_rng(1),
        ).confidence_interval  # fmt: skip
        # Both draw at random.
        assert found[:, term] == pytest.approx((interval.low, interval.high), rel=0.01)


def test_studentised_agrees_with_a_slow_loop() -> None:
    counts, totals = np.array([3, 9, 4, 6, 1]), np.array([900, 1100, 1000, 800, 1200])

    def rate_and_error(n: np.ndarray, size: np.ndarray) -> tuple[float, float]:
        rate = n.sum() / size.sum()
        variance = len(n) / (len(n) - 1) * ((n - rate * size) ** 2).sum() / size.sum() ** 2
        return 10_000 * rate, 10_000 * variance**0.5

    rate, error = rate_and_error(counts, totals)
    scores = []
    for drawn in np.random.default_rng(0).integers(0, 5, size=(400, 5)):
        again, spread = rate_and_error(counts[drawn], totals[drawn])
        scores += [(again - rate) / spread] if spread > 1e-9 else []
    first, last = np.percentile(scores, [2.5, 97.5])
    found = bounds_of(studentised_rates, counts[:, np.newaxis], totals, 400)
    np.testing.assert_allclose(found[:, 0], [rate - last * error, rate - first * error])


@pytest.mark.parametrize("verb", [bca_rates, studentised_rates])
def test_no_interval_without_a_spread(verb: Any) -> None:
    same, none = np.array([[2, 0], [2, 0], [2, 0]]), np.zeros((3, 2), int)
    totals = np.array([100, 100, 100])
    assert np.isnan(bounds_of(verb, same, totals, 50)).all()
    assert np.isnan(bounds_of(verb, none, totals, 50)).all()
    assert np.isnan(bounds_of(verb, same[:1], totals[:1], 50)).all()
    assert np.isnan(bounds_of(verb, same, totals, 0)).all()
