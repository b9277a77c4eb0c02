from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.stats import chi2, norm, pearson3, ttest_ind
from scipy.stats import t as student

from tests.keyness_tables import as_units
from textlab.statistics.document_curve import pearson_p
from textlab.statistics.document_tests import document_tests, group_tests, not_testable
from textlab.statistics.measures import log_likelihood
from textlab.statistics.sampling import Units

counts = st.lists(st.integers(0, 30), min_size=12, max_size=12).filter(any)


def residuals(x: NDArray[np.float64], size: NDArray[np.float64]) -> NDArray[np.float64]:
    m = x.sum() / size.sum() * size
    a = max(0.0, float(((x - m) ** 2 - m).sum() / (m**2).sum()))
    z: NDArray[np.float64] = (x - m) / np.sqrt(m * (1 + a * m))
    return z


def deal(z: NDArray[np.float64], documents: int) -> float:
    """Twice the shorter tail of the sum of the first ``documents``, over every deal."""
    sums = np.array([sum(z[list(dealt)]) for dealt in combinations(range(len(z)), documents)])
    at = sum(z[:documents])
    return 2 * float(min((sums >= at - 1e-6).mean(), (sums <= at + 1e-6).mean()))


def test_two_against_eight_by_hand() -> None:
    # The two documents of the target use the word 9 and 8 times, each of the others once. Of the
    # 45 ways to deal two of ten no other is as extreme: 2 / 45.
    p = document_tests(as_units([[9], [8]], [100] * 2), as_units([[1]] * 8, [100] * 8))
    assert p == pytest.approx([2 / 45])


def test_a_word_of_one_document_is_as_likely_in_any() -> None:
    # 40 times in one of three, never in 28 others: the document is in the target in 3 of 31
    # deals. G² sees 40 words in 3 documents against none in 28.
    target, reference = as_units([[40], [0], [0]], [5000] * 3), as_units([[0]] * 28, [5000] * 28)
    assert document_tests(target, reference) == pytest.approx([2 * 3 / 31], abs=1e-9)
    assert chi2.sf(log_likelihood(40, 0, 15_000, 140_000), 1) < 1e-30


def test_so_is_a_word_of_one_of_many_documents_whatever_is_drawn() -> None:
    reference = as_units([[0]] * 360, [5000] * 360)
    for seed in range(3):
        p = document_tests(as_units([[40]] + [[0]] * 11, [5000] * 12), reference, seed=seed)
        assert 2 * 12 / 372 - 1e-9 <= p[0] < 0.09


@settings(deadline=None, max_examples=60)
@given(counts, st.sampled_from([2, 3, 10]))
def test_every_deal_is_made_where_they_are_few(x: list[int], documents: int) -> None:
    size = np.full(12, 1000)
    p = document_tests(
        as_units([[n] for n in x[:documents]], size[:documents]),
        as_units([[n] for n in x[documents:]], size[documents:]),
    )[0]
    z = residuals(np.array(x, float), size.astype(float))
    assert p >= min(deal(z, documents), 1.0) - 1e-9
    curve = pearson_p(np.array([[z[:documents].sum()]]), z[:, np.newaxis], documents)[0, 0]
    if p > min(deal(z, documents), 1.0) + 1e-9:
        # Sizes are equal, so that the documents without the word are all alike.
        assert p == pytest.approx(min(curve, 1.0))


def test_the_curve_is_pearsons_with_the_moments_of_all_deals() -> None:
    z = np.random.default_rng(2).gamma(0.4, size=(9, 40))
    deals = np.array([z[list(dealt)].sum(axis=0) for dealt in combinations(range(9), 3)])
    centred = deals - deals.mean(axis=0)
    sd = np.sqrt((centred**2).mean(axis=0))
    t, skewness = centred[0] / sd, (centred**3).mean(axis=0) / sd**3
    tail = np.minimum(pearson3.sf(t, skewness), pearson3.cdf(t, skewness))
    # What the bounded range of T makes of a normal deviate: Student's t of two samples.
    u = norm.isf(tail)
    expected = 2 * student.sf(u * np.sqrt(7 / (8 - u**2)), 7)
    np.testing.assert_allclose(pearson_p(deals[:1], z, 3)[0], expected, rtol=1e-6)


@given(st.lists(st.floats(-3, 3), min_size=10, max_size=10).filter(lambda z: np.ptp(z) > 0.1))
def test_without_skewness_the_curve_is_students(values: list[float]) -> None:
    # Two samples of one size: T has no skewness, and the test is that of two means.
    z = np.array(values)[:, np.newaxis]
    expected = ttest_ind(z[:5], z[5:]).pvalue
    np.testing.assert_allclose(
        pearson_p(z[:5].sum(axis=0, keepdims=True), z, 5)[0], expected, rtol=1e-6, atol=1e-12
    )


@pytest.mark.parametrize(
    ("documents", "others", "reason"),
    [
        (1, 30, "not testable: 1 document against 30"),
        (1, 38, "not testable: 1 document against 38"),
        (1, 39, ""),
        (2, 7, "not testable: 2 documents against 7"),
        (2, 8, ""),
        (3, 3, "not testable: 3 documents against 3"),
        (3, 5, ""),
        (4, 4, ""),
        (0, 9, "not testable: 0 documents against 9"),
        (0, 0, "not testable: 0 documents against 0"),
    ],
)
def test_not_testable_is_what_no_outcome_could_show(
    documents: int, others: int, reason: str
) -> None:
    assert not_testable(documents, others) == reason
    assert (reason == "") == (2 / comb(documents + others, documents) <= 0.05)
    # The most extreme outcome that there is.
    p = document_tests(
        as_units(np.full((documents, 1), 90), [1000] * documents),
        as_units(np.full((others, 1), 1), [1000] * others),
    )
    assert np.isnan(p[0]) if reason else p[0] <= 0.05


def test_a_word_that_nobody_has_has_no_test_and_equal_rates_no_difference() -> None:
    target = as_units([[0, 3, 7], [0, 6, 7], [0, 9, 7]], [100, 200, 300])
    reference = as_units([[0, 12, 7]] * 7, [400] * 7)
    p = document_tests(target, reference)
    assert np.isnan(p[0]) and p[1] == 1 and p[2] < 0.05


def _random(seed: int, documents: int = 24) -> tuple[csr_array, NDArray[np.int64]]:
    rng = np.random.default_rng(seed)
    size = rng.integers(4000, 14000, documents)
    rate = np.exp(rng.normal(-8, 2, 60))
    spread = rng.gamma(2, 0.5, (documents, 60))
    return csr_array(rng.poisson(size[:, np.newaxis] * rate * spread)), size


def test_groups_against_the_others_are_as_one_by_one() -> None:
    n, size = _random(1)
    group = np.repeat([0, 1, 2, 3], [3, 6, 6, 9])
    p = group_tests(n, size, group, 4)
    for code in range(4):
        here = group == code
        one = Units(n[here], size[here], "document")
        others = Units(n[~here], size[~here], "document")
        alone = document_tests(one, others)
        np.testing.assert_array_equal(np.isnan(p[code]), np.isnan(alone))
        # Other draws of the same deals.
        np.testing.assert_allclose(p[code], alone, atol=0.06)


def test_both_of_two_groups_have_the_same_p() -> None:
    n, size = _random(2)
    for split in (12, 5, 17):
        one, other = group_tests(n, size, (np.arange(24) >= split).astype(int), 2)
        np.testing.assert_array_equal(one, other)


def test_neither_order_nor_company_of_the_terms_matters() -> None:
    n, size = _random(3)
    group, turned = np.repeat([0, 1], [10, 14]), np.arange(60)[::-1]
    p = group_tests(n, size, group, 2)
    np.testing.assert_array_equal(p[:, turned], group_tests(n[:, turned], size, group, 2))
    np.testing.assert_array_equal(p[:, 7:9], group_tests(n[:, 7:9], size, group, 2))
    assert not np.array_equal(p, group_tests(n, size, group, 2, seed=1), equal_nan=True)


def test_the_level_is_held_where_log_likelihood_rejects_far_more() -> None:
    rng = np.random.default_rng(8)
    found, words = [], []
    for mean, spread in ((0.7, 1.9), (3.5, 0.5), (15, 0.24)):
        for longer in (1, 2):
            size = rng.integers(4000, 7000, 24) * np.repeat([1, longer], [6, 18])
            expected = mean / 7500 * size[:, np.newaxis]
            x = rng.poisson(expected * rng.gamma(1 / spread, spread, (24, 1500)))
            p = group_tests(csr_array(x), size, np.repeat([0, 1], [6, 18]), 2)[0]
            found.append(np.mean(p <= 0.05))
            sums = x[:6].sum(axis=0), x[6:].sum(axis=0)
            g2 = log_likelihood(*sums, size[:6].sum(), size[6:].sum())
            words.append(np.mean(chi2.sf(g2, 1) <= 0.05))
    # 1,500 tests of a level of 5 % have a standard error of 0.6 %.
    assert max(found) < 0.07 and np.mean(found) > 0.02
    assert np.mean(words) > 0.2
