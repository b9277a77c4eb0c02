"""Measures of contrast, association and distance against scipy, statsmodels, scikit-learn."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from scipy.spatial import distance
from scipy.stats import chi2_contingency
from scipy.stats.contingency import odds_ratio as scipy_odds_ratio
from sklearn.metrics import mutual_info_score
from statsmodels.stats.contingency_tables import Table2x2

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

cells = st.tuples(*[st.integers(0, 2000)] * 4)
Cells = tuple[int, int, int, int]


def arguments(table: Cells) -> Cells:
    """The 2x2 table term / not term by target / reference as counts and totals."""
    a, b, c, d = table
    return a, b, a + c, b + d


@settings(deadline=None)
@given(cells)
def test_log_likelihood_against_scipy_and_sklearn(table: Cells) -> None:
    a, b, c, d = table
    assume(min(a + b, c + d, a + c, b + d) > 0)
    value = log_likelihood(*arguments(table))
    expected = chi2_contingency([[a, b], [c, d]], correction=False, lambda_="log-likelihood")
    assert value == pytest.approx(expected.statistic, rel=1e-9, abs=1e-6)
    # G2 is twice the number of tokens times the mutual information of term and text, in nats.
    information = mutual_info_score(None, None, contingency=np.array([[a, b], [c, d]]))
    assert value == pytest.approx(2 * sum(table) * information, rel=1e-6, abs=1e-6)


@settings(deadline=None)
@given(cells)
@example((0, 3, 20, 30))
@example((3, 4, 0, 30))
def test_odds_ratio_against_statsmodels_and_scipy(table: Cells) -> None:
    a, b, c, d = table
    assume(min(a + b, c + d, a + c, b + d) > 0)
    value = odds_ratio(*arguments(table))
    # Its own correction, shift_zeros, replaces the cells of 0 alone.
    corrected = np.array([[a, b], [c, d]]) + (0.5 if min(table) == 0 else 0)
    assert value == pytest.approx(Table2x2(corrected, shift_zeros=False).oddsratio)
    if min(table) > 0:
        sample = scipy_odds_ratio([[a, b], [c, d]], kind="sample")
        assert value == pytest.approx(sample.statistic)


@given(cells)
def test_contrasts_turn_round_with_the_texts(table: Cells) -> None:
    a, b, n, m = arguments(table)
    assume(min(a, b) > 0)
    swapped = (b, a, m, n)
    assert odds_ratio(a, b, n, m) * odds_ratio(*swapped) == pytest.approx(1) or a == n or b == m
    assert log_ratio(a, b, n, m) == pytest.approx(-log_ratio(*swapped))
    both = (1 + percent_diff(a, b, n, m) / 100) * (1 + percent_diff(*swapped) / 100)
    assert both == pytest.approx(1)
    assert 1 + percent_diff(a, b, n, m) / 100 == pytest.approx(2 ** log_ratio(a, b, n, m))


vocabularies = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=2, max_size=9)


def plain_z(y: int, other: int, n: int, m: int, a: float, a0: float) -> float:
    """Monroe's z of one term, from probabilities: another way to write the same odds."""
    p, q = (y + a) / (n + a0), (other + a) / (m + a0)
    delta = math.log(p) - math.log1p(-p) - (math.log(q) - math.log1p(-q))
    return delta / math.hypot((y + a) ** -0.5, (other + a) ** -0.5)


@given(vocabularies, st.floats(0.01, 50), st.sampled_from([None, 50.0, 4000.0]))
def test_log_odds_against_a_plain_route(
    counts: list[tuple[int, int]], weight: float, prior_total: float | None
) -> None:
    y, other = np.transpose(counts)
    n, m = int(y.sum()), int(other.sum())
    assume(min(n, m) > 0)
    prior = weight * np.arange(1, len(y) + 1)
    given_prior = log_odds_dirichlet(y, other, n, m, prior=prior)
    expected = [plain_z(*pair, n, m, a, prior.sum()) for pair, a in zip(counts, prior, strict=True)]
    np.testing.assert_allclose(given_prior, expected, rtol=1e-6, atol=1e-9)

    own = log_odds_dirichlet(y, other, n, m, prior_total=prior_total)
    size = n + m if prior_total is None else prior_total
    # Not those that nobody uses, nor one that nobody uses another than.
    used = (y + other > 0) & (y + other < n + m)
    plain = [
        plain_z(a, b, n, m, (a + b) * size / (n + m), size)
        for a, b in zip(y[used].tolist(), other[used].tolist(), strict=True)
    ]
    np.testing.assert_allclose(own[used], plain, rtol=1e-6, atol=1e-9)
    assert np.isnan(own[y + other == 0]).all()


def test_log_odds_of_some_terms_are_those_of_the_whole_vocabulary() -> None:
    rng = np.random.default_rng(4)
    y, other = rng.poisson(6, (2, 3, 40))
    totals = y.sum(axis=1, keepdims=True), other.sum(axis=1, keepdims=True)
    prior = rng.gamma(2, size=40)
    some = slice(5, 12)
    for keywords in [{}, {"prior_total": 500.0}]:
        whole = log_odds_dirichlet(y, other, *totals, **keywords)
        part = log_odds_dirichlet(y[:, some], other[:, some], *totals, **keywords)
        np.testing.assert_allclose(part, whole[:, some])
    whole = log_odds_dirichlet(y, other, *totals, prior=prior)
    part = log_odds_dirichlet(
        y[:, some], other[:, some], *totals, prior=prior[some], prior_total=prior.sum()
    )
    np.testing.assert_allclose(part, whole[:, some])


@given(vocabularies)
def test_log_odds_change_sign_and_shrink(counts: list[tuple[int, int]]) -> None:
    y, other = np.transpose(counts)
    n, m = y.sum(), other.sum()
    assume(min(n, m) > 0)
    z = log_odds_dirichlet(y, other, n, m)
    np.testing.assert_allclose(z, -log_odds_dirichlet(other, y, m, n), atol=1e-9)
    # The more the prior weighs, the nearer the two texts come to each other.
    stronger = log_odds_dirichlet(y, other, n, m, prior_total=1e9)
    assert (np.abs(stronger[np.isfinite(z)]) <= np.abs(z[np.isfinite(z)]) + 1e-3).all()


spreads = st.lists(st.integers(0, 40), min_size=4, max_size=4)


@settings(deadline=None)
@given(spreads, spreads)
def test_jensen_shannon_against_scipy(first: list[int], second: list[int]) -> None:
    assume(sum(first) > 0 and sum(second) > 0)
    value = jensen_shannon(first, second)
    # scipy subtracts near equal numbers; the square root makes 1e-16 of that 1e-8.
    assert value == pytest.approx(distance.jensenshannon(first, second, base=2), abs=1e-7)
    assert value == pytest.approx(jensen_shannon(second, first), abs=1e-12)
    assert 0 <= value <= 1
    assert jensen_shannon(np.multiply(first, 3), first) == pytest.approx(0, abs=1e-7)


@given(spreads, spreads, spreads)
def test_jensen_shannon_is_a_metric(a: list[int], b: list[int], c: list[int]) -> None:
    assume(min(sum(a), sum(b), sum(c)) > 0)
    assert jensen_shannon(a, c) <= jensen_shannon(a, b) + jensen_shannon(b, c) + 1e-9


@given(st.tuples(*[st.integers(0, 500)] * 4))
def test_association_by_plain_probabilities(table: Cells) -> None:
    both, only_a, only_b, neither = table
    a, b, total = both + only_a, both + only_b, sum(table)
    assume(min(a, b) > 0)
    value = npmi(both, a, b, total)
    assert -1 <= value <= 1 or (both == total and np.isnan(value))
    assert log_dice(both, a, b) <= 14
    if 0 < both < total:
        information = math.log(both * total / (a * b))
        assert value == pytest.approx(information / math.log(total / both), abs=1e-9)
        f_score = 2 / (a / both + b / both)
        assert log_dice(both, a, b) == pytest.approx(14 + math.log2(f_score))
        expected = a * b / total
        assert t_score(both, a, b, total) == pytest.approx((both - expected) / both**0.5)
    if a < total:
        forward = both / a - only_b / (total - a)
        assert delta_p(both, a, b, total) == pytest.approx(forward)
    if max(a, b) < total:
        # Their product is the squared correlation of the two (phi).
        product = delta_p(both, a, b, total) * delta_p(both, b, a, total)
        chi2 = (both * neither - only_a * only_b) ** 2 / (a * b * (total - a) * (total - b))
        assert product == pytest.approx(chi2)
