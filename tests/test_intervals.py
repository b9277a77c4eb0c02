from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.stats import t

from textlab.statistics.intervals import log_ratio_intervals, rate_intervals
from textlab.statistics.measures import log_ratio
from textlab.statistics.sampling import Units

counts = st.lists(
    st.tuples(st.integers(0, 40), st.integers(50, 5000)), min_size=2, max_size=12
).filter(lambda units: any(n for n, _ in units))


def make(*units: tuple[int, int]) -> Units:
    """One term: (count, tokens) of each unit."""
    n, size = np.array(units).T
    return Units(csr_array(n[:, np.newaxis]), size, "document")


def bounds(*units: tuple[int, int]) -> tuple[float, float]:
    low, high = rate_intervals(make(*units))
    return float(low[0]), float(high[0])


def test_three_documents_by_hand() -> None:
    # R = 6 / 3000; residuals 1 - 2, 4 - 2, 1 - 2; V = 3/2 * 6 / 3000², so sqrt(V) / R = 1/2.
    half = t.ppf(0.975, 2) / 2
    low, high = bounds((1, 1000), (4, 1000), (1, 1000))
    assert low == pytest.approx(20 * np.exp(-half))
    assert high == pytest.approx(20 * np.exp(half))


@pytest.mark.filterwarnings("ignore:Perfect separation")
@settings(deadline=None)
@given(counts)
def test_agrees_with_a_poisson_regression_with_robust_errors(units: list[tuple[int, int]]) -> None:
    n, size = np.array(units, dtype="float64").T
    fit = sm.GLM(n, np.ones((len(n), 1)), family=sm.families.Poisson(), exposure=size)
    error = fit.fit(cov_type="HC0").bse[0] * np.sqrt(len(n) / (len(n) - 1))
    half = max(t.ppf(0.975, len(n) - 1) * error, 1.959964 / np.sqrt(2 * n.sum()))
    rate = 10_000 * n.sum() / size.sum()
    low, high = bounds(*units)
    assert low == pytest.approx(rate * np.exp(-half), rel=1e-4)
    assert high == pytest.approx(min(rate * np.exp(min(half, 300)), 10_000), rel=1e-4)


def test_documents_that_are_alike_are_not_certain() -> None:
    half = 1.959964 / np.sqrt(2 * 8)
    assert bounds((4, 100), (4, 100)) == pytest.approx((400 * np.exp(-half), 400 * np.exp(half)))


def test_a_term_in_no_document_has_an_upper_bound() -> None:
    # At this rate each of four documents lacks the term with probability 1 / (1 + m), a being 1.
    low, high = bounds((0, 1000), (0, 1000), (0, 1000), (0, 1000))
    mean = high * 1000 / 10_000
    assert low == 0
    assert (1 / (1 + mean)) ** 4 == pytest.approx(0.025)


def test_no_rate_is_above_one_in_one() -> None:
    low, high = bounds((1, 3), (0, 3))
    assert 0 < low < 10_000 / 6 < high == 10_000


@pytest.mark.parametrize("units", [[], [(3, 100)]], ids=["none", "one"])
def test_fewer_than_two_units_have_no_interval(units: list[tuple[int, int]]) -> None:
    empty = Units(csr_array((0, 1), dtype="int64"), np.zeros(0, "int64"), "paragraph")
    found = rate_intervals(make(*units) if units else empty)
    assert np.isnan(found).all() and np.shape(found) == (2, 1)
    assert np.isnan(log_ratio_intervals(make((1, 10), (2, 10)), make((3, 100)))).all()


@settings(deadline=None)
@given(counts, st.randoms(use_true_random=False))
def test_the_interval_holds_the_rate_in_any_order(
    units: list[tuple[int, int]], rng: object
) -> None:
    low, high = bounds(*units)
    rate = 10_000 * sum(n for n, _ in units) / sum(size for _, size in units)
    assert low <= rate <= high
    shuffled = list(units)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    assert bounds(*shuffled) == pytest.approx((low, high))


def test_log_ratio_is_put_together_from_two_intervals() -> None:
    target, reference = make((1, 1000), (4, 1000), (1, 1000)), make((2, 2000), (3, 1000), (1, 500))
    (l1, h1), (l2, h2) = (
        bounds(*[(1, 1000), (4, 1000), (1, 1000)]),
        bounds(*[(2, 2000), (3, 1000), (1, 500)]),
    )
    r1, r2 = 10_000 * 6 / 3000, 10_000 * 6 / 3500
    below = np.hypot(np.log2(r1 / l1), np.log2(h2 / r2))
    above = np.hypot(np.log2(h1 / r1), np.log2(r2 / l2))
    low, high = log_ratio_intervals(target, reference)
    assert low[0] == pytest.approx(np.log2(r1 / r2) - below)
    assert high[0] == pytest.approx(np.log2(r1 / r2) + above)


@settings(deadline=None)
@given(counts, counts)
def test_log_ratio_interval_mirrors_and_holds_the_ratio(
    one: list[tuple[int, int]], other: list[tuple[int, int]]
) -> None:
    a, b = make(*one), make(*other)
    low, high = log_ratio_intervals(a, b)
    mirrored = log_ratio_intervals(b, a)
    np.testing.assert_allclose((low, high), (-mirrored.high, -mirrored.low), rtol=1e-9)
    middle = log_ratio(a.n.sum(), b.n.sum(), a.size.sum(), b.size.sum())
    assert low[0] <= middle <= high[0]


def test_a_side_without_the_term_has_one_bound() -> None:
    there, lacking = make((30, 100), (45, 120), (35, 110)), make(*[(0, 1000)] * 4)
    low, high = log_ratio_intervals(lacking, there)
    assert np.isnan(low[0]) and high[0] < 0
    low, high = log_ratio_intervals(there, lacking)
    assert low[0] > 0 and np.isnan(high[0])
    assert np.isnan(log_ratio_intervals(lacking, lacking)).all()
