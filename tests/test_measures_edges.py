"""What the measures give for zero and empty counts: never an exception, never a warning.

(pytest makes every warning an error, so what is only called here is tested for that.)
"""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from textlab.statistics import measures
from textlab.statistics.measures import (
    delta_p,
    jensen_shannon,
    log_dice,
    log_likelihood,
    log_odds_dirichlet,
    log_ratio,
    npmi,
    odds_ratio,
    percent_diff,
    t_score,
)

CONTRASTS = (log_likelihood, log_ratio, percent_diff, odds_ratio, log_odds_dirichlet)
nan, inf = np.nan, np.inf


def test_all_names_are_there() -> None:
    assert all(hasattr(measures, name) for name in measures.__all__)
    documented = [name for name in measures.__all__ if name.islower()]
    assert len(documented) == 19
    for name in set(documented) - {"rate"}:
        assert "Source: " in getattr(measures, name).__doc__, name


@pytest.mark.parametrize("contrast", CONTRASTS, ids=lambda contrast: contrast.__name__)
def test_contrasts_of_all_small_tables(contrast: object) -> None:
    tables = [t for t in product(range(4), repeat=4) if t[0] <= t[2] and t[1] <= t[3]]
    assert callable(contrast)
    values = contrast(*np.transpose(tables))
    assert values.shape == (len(tables),)
    one_by_one = [contrast(*table) for table in tables]
    if contrast is not log_odds_dirichlet:
        np.testing.assert_allclose(values, one_by_one)
    np.testing.assert_array_equal(np.isnan(values), np.isnan(one_by_one))


@pytest.mark.parametrize("contrast", CONTRASTS, ids=lambda contrast: contrast.__name__)
def test_contrasts_broadcast(contrast: object) -> None:
    assert callable(contrast)
    n = np.array([[1, 2, 0], [4, 0, 3]])
    assert contrast(n, n[:1], [[30], [40]], 50).shape == (2, 3)
    assert np.shape(contrast(1, 2, 30, 40)) == ()
    assert contrast(np.zeros(0), np.zeros(0), 3, 4).shape == (0,)


def test_contrasts_of_absent_terms_and_empty_texts() -> None:
    # Absent from the reference, from the target, from both; the target or both texts empty.
    n_target, n_reference = np.array([5, 0, 0, 0, 0]), np.array([0, 5, 0, 5, 0])
    total_target, total_reference = np.array([100, 100, 100, 0, 0]), np.array([100, 100, 100, 9, 0])
    table = n_target, n_reference, total_target, total_reference
    np.testing.assert_array_equal(percent_diff(*table), [inf, -100, nan, nan, nan])
    odds = 5.5 * 100.5 / (0.5 * 95.5)
    np.testing.assert_allclose(odds_ratio(*table), [odds, 1 / odds, nan, nan, nan])
    z = log_odds_dirichlet(*table)
    assert z[0] > 0
    np.testing.assert_allclose(z, [z[0], -z[0], nan, nan, nan])


def test_a_text_of_one_term_only() -> None:
    assert np.isnan(odds_ratio(10, 20, 10, 20))
    assert odds_ratio(10, 5, 10, 20) == pytest.approx(10.5 * 15.5 / (5.5 * 0.5))
    assert percent_diff(10, 10, 10, 20) == pytest.approx(100)
    # With pseudo-counts of other terms there is something besides the term, without there is not.
    assert np.isnan(log_odds_dirichlet(10, 10, 10, 20, prior=[2.0]))
    assert log_odds_dirichlet(10, 10, 10, 20, prior=[2.0], prior_total=9) > 0


def test_log_odds_without_a_pseudo_count() -> None:
    # A term of no pseudo-count must have counts in both texts.
    values = log_odds_dirichlet([3, 0, 0], [4, 4, 0], 50, 50, prior=[0.0, 0.0, 0.0])
    np.testing.assert_array_equal(np.isnan(values), [False, True, True])


def test_association_where_terms_do_not_occur_or_meet() -> None:
    # a nowhere; never together; both in every place; no places at all.
    both, a, b, total = [0, 0, 9, 0], [0, 3, 9, 0], [3, 3, 9, 0], [9, 9, 9, 0]
    np.testing.assert_array_equal(npmi(both, a, b, total), [nan, -1, nan, nan])
    np.testing.assert_array_equal(log_dice(both, a, b), [-inf, -inf, 14, nan])
    np.testing.assert_array_equal(delta_p(both, a, b, total), [nan, -0.5, nan, nan])
    np.testing.assert_array_equal(t_score(both, a, b, total), [nan, -inf, 0, nan])


def test_npmi_of_a_pair_that_is_everything_but_once() -> None:
    # Rounding must not carry it over 1.
    for total in range(2, 60):
        assert npmi(total - 1, total - 1, total - 1, total) == pytest.approx(1)
        assert npmi(total - 1, total - 1, total - 1, total) <= 1


def test_distance_of_empty_texts() -> None:
    np.testing.assert_array_equal(jensen_shannon([[1, 0], [0, 0]], [0, 4]), [1, nan])
    assert np.isnan(jensen_shannon([], []))
    assert jensen_shannon(np.ones((3, 1, 4)), np.ones((5, 4))).shape == (3, 5)
