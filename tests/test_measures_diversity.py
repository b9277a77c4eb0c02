"""Measures of lexical diversity against scipy, plain loops and texts of known make."""

from __future__ import annotations

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.stats import hypergeom

from textlab.errors import StudyError
from textlab.statistics.measures import hd_d, mattr, yules_k
from textlab.statistics.measures.diversity import chance_missing, window_types

counts = st.lists(st.integers(0, 60), min_size=1, max_size=12)
words = st.lists(st.sampled_from("春江花月夜"), max_size=40)


@settings(deadline=None)
@given(counts, st.integers(1, 50))
def test_hd_d_against_scipy(n: list[int], sample: int) -> None:
    value = hd_d(n, sample=sample)
    if sum(n) < sample:
        assert np.isnan(value)
        return
    there = 1 - hypergeom.pmf(0, sum(n), n, sample)
    assert value == pytest.approx(there.sum() / sample, rel=1e-9)
    assert 0 < value <= 1 + 1e-12


@pytest.mark.parametrize("sample", [1, 2, 3])
def test_hd_d_is_the_mean_of_all_samples(sample: int) -> None:
    text = "春春春江江花月"
    samples = [len(set(drawn)) / sample for drawn in permutations(text, sample)]
    assert hd_d([3, 2, 1, 1], sample=sample) == pytest.approx(np.mean(samples))


def test_chance_missing_of_large_texts() -> None:
    # Where differences of log-factorials would have lost digits.
    n, size = np.array([1, 40, 90_000]), 300_000
    expected = hypergeom.pmf(0, size, n, 42)
    np.testing.assert_allclose(chance_missing(n, size, 42), expected, rtol=1e-7)
    assert chance_missing(3, 4, 2) == 0


@given(words, st.integers(1, 12))
def test_mattr_against_a_plain_loop(text: list[str], window: int) -> None:
    ratios = [
        len(set(text[start : start + window])) / window for start in range(len(text) - window + 1)
    ]
    value = mattr(text, window=window)
    assert value == pytest.approx(np.mean(ratios)) if ratios else math.isnan(value)
    codes = np.array([ord(word) for word in text], dtype="int64")
    np.testing.assert_array_equal(window_types(codes, window), np.array(ratios) * window)


@given(words.filter(len))
def test_mattr_of_the_whole_text_is_its_ttr(text: list[str]) -> None:
    assert mattr(text, window=len(text)) == pytest.approx(len(set(text)) / len(text))
    assert mattr(text, window=1) == 1
    assert mattr(text[::-1], window=3) == pytest.approx(mattr(text, window=3), nan_ok=True)


@given(counts)
def test_yules_k_by_the_frequency_spectrum(n: list[int]) -> None:
    # Yule's own way: of each frequency m, how many types V have it.
    tokens = sum(n)
    spectrum = {m: n.count(m) for m in set(n)}
    value = yules_k(n)
    if not tokens:
        assert np.isnan(value)
        return
    plain = -1 / tokens + sum(v * (m / tokens) ** 2 for m, v in spectrum.items())
    assert value == pytest.approx(10_000 * plain, abs=1e-6)
    # K as a chance: that two tokens are of one type.
    if tokens > 1:
        pairs = sum(m * (m - 1) for m in n) / (tokens * (tokens - 1))
        assert value == pytest.approx(10_000 * pairs * (tokens - 1) / tokens, abs=1e-6)


def test_length_makes_no_difference() -> None:
    # Texts of 600 to 19,200 tokens from one distribution: the type-token ratio falls to a fifth.
    rng = np.random.default_rng(5)
    p = 1 / (np.arange(1, 3001) + 3)
    text = rng.choice(3000, 19_200, p=p / p.sum())
    sizes = 600 * 2 ** np.arange(6)
    tables = [np.bincount(text[:size], minlength=3000) for size in sizes]
    ttr = np.array([(n > 0).sum() / n.sum() for n in tables])
    assert ttr[0] > 4 * ttr[-1]
    for values in (
        [mattr(text[:size], window=500) for size in sizes],
        hd_d(tables),
        yules_k(tables),
    ):
        assert np.ptp(values) < 0.15 * np.mean(values)


def test_many_texts_dense_or_sparse() -> None:
    rng = np.random.default_rng(6)
    n = rng.poisson(2, (5, 30)) * (np.arange(5) > 0)[:, np.newaxis]
    for measure in (hd_d, yules_k):
        one_by_one = [measure(row) for row in n]
        assert np.isnan(one_by_one[0])
        np.testing.assert_allclose(measure(n), one_by_one)
        np.testing.assert_allclose(measure(csr_array(n)), one_by_one)
        assert measure(n.reshape(5, 1, 30)).shape == (5, 1)


def test_texts_without_tokens() -> None:
    assert np.isnan(hd_d([])) and np.isnan(hd_d(np.zeros(3)))
    assert np.isnan(yules_k([])) and np.isnan(yules_k([0, 0]))
    assert math.isnan(mattr([])) and math.isnan(mattr(["春"] * 499))
    assert yules_k([1, 1, 1]) == 0
    assert hd_d([42]) == pytest.approx(1 / 42)


def test_windows_and_samples_of_nothing_are_refused() -> None:
    with pytest.raises(StudyError, match="window of 1 token or more, found 0"):
        mattr(["春"], window=0)
    with pytest.raises(StudyError, match="sample of 1 token or more, found -1"):
        hd_d([3], sample=-1)
