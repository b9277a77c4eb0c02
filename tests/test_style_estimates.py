"""The intervals of style against recounting, and against texts of known make."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import bootstrap, t
from statsmodels.stats.weightstats import DescrStatsW

from tests.style_tables import make_text, random_documents
from textlab.analysis.style import style
from textlab.analysis.style_estimates import jackknife_error
from textlab.analysis.style_measures import hd_d_without, mattr_without
from textlab.statistics.intervals import rate_intervals
from textlab.statistics.measures import PER, hd_d, mattr
from textlab.statistics.measures.diversity import window_types
from textlab.statistics.sampling import sample
from textlab.tokens.counting import count

texts = st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=9), min_size=1, max_size=8)


def in_rows(paragraphs: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    """The words of a document and the paragraph of each; numbers of paragraphs have gaps."""
    rows = np.repeat(3 * np.arange(len(paragraphs)) + 1, [len(words) for words in paragraphs])
    return np.array([word for words in paragraphs for word in words]), rows


def without_each(paragraphs: list[list[int]]) -> list[list[int]]:
    return [
        [word for other, words in enumerate(paragraphs) if other != left_out for word in words]
        for left_out in range(len(paragraphs))
    ]


@given(texts, st.integers(1, 12))
def test_mattr_without_a_paragraph_is_that_of_the_text_without_it(
    paragraphs: list[list[int]], window: int
) -> None:
    expected = [mattr(text, window=window) for text in without_each(paragraphs)]
    np.testing.assert_allclose(mattr_without(*in_rows(paragraphs), window), expected)


@given(texts, st.integers(1, 12))
def test_hd_d_without_a_paragraph_is_that_of_the_text_without_it(
    paragraphs: list[list[int]], drawn: int
) -> None:
    left = without_each(paragraphs)
    expected = [hd_d(np.bincount(text, minlength=10), sample=drawn) for text in left]
    np.testing.assert_allclose(hd_d_without(*in_rows(paragraphs), drawn), expected, atol=1e-12)


@settings(deadline=None)
@given(st.lists(st.integers(0, 100), min_size=2, max_size=20))
def test_jackknife_of_a_mean_is_its_standard_error(values: list[int]) -> None:
    n = len(values)
    without = (sum(values) - np.array(values)) / (n - 1)
    group = np.zeros(n, dtype=np.intp)
    error = jackknife_error(without, group, np.array([n]))
    assert error[0] == pytest.approx(DescrStatsW(values).std_mean, abs=1e-9)


def test_groups_are_jackknifed_apart() -> None:
    without = np.array([1.0, 2.0, 4.0, 7.0, 7.0, 9.0])
    group = np.array([0, 0, 0, 1, 1, 3])
    error = jackknife_error(without, group, np.array([3, 2, 0, 1]))
    assert error[0] == pytest.approx(np.sqrt(2 / 3 * (16 / 9 + 1 / 9 + 25 / 9)))
    np.testing.assert_allclose(error[1:], [0, np.nan, np.nan])


def test_intervals_over_documents_are_recounted() -> None:
    documents = random_documents(4, 9)
    tokens, paragraphs = make_text(documents, places=dict.fromkeys(documents, "青禾市"))
    table = style(tokens, paragraphs, by="place", window=50).set_index("measure")
    for measure in ("mattr", "hd_d", "sentence_length", "sentence_characters"):
        rest = np.empty(len(documents))
        for i, doc_id in enumerate(documents):
            kept = paragraphs["doc_id"] != doc_id
            less = style(tokens, paragraphs[kept], by="place", window=50).set_index("measure")
            rest[i] = less["value"][measure]
        error = np.sqrt(8 / 9 * np.square(rest - rest.mean()).sum())
        value = table["value"][measure]
        reach = t.ppf(0.975, 8) * error / value
        assert table["low"][measure] == pytest.approx(value * np.exp(-reach))
        assert table["high"][measure] == pytest.approx(value * np.exp(reach))


def test_intervals_of_shares_are_those_of_rates() -> None:
    documents = random_documents(5, 6)
    tokens, paragraphs = make_text(documents, places=dict.fromkeys(documents, "青禾市"))
    row = style(tokens, paragraphs, by="place").set_index("measure").loc["slogan_share"]
    merged = tokens.assign(token=tokens["token"].where(tokens["kind"] != "lexicon", "词"))
    sampled = sample(count(merged, "para_id"), paragraphs, "place")
    bounds = rate_intervals(sampled.units(np.array([True])))
    column = list(sampled.terms).index("词")
    assert row["low"] == pytest.approx(bounds.low[column] / PER)
    assert row["high"] == pytest.approx(bounds.high[column] / PER)


def test_interval_of_a_mean_length_is_near_the_bootstrap() -> None:
    documents = random_documents(6, 40, paragraphs=4)
    tokens, paragraphs = make_text(documents, places=dict.fromkeys(documents, "青禾市"))
    row = style(tokens, paragraphs, by="place").set_index("measure").loc["sentence_length"]
    each = style(tokens, paragraphs)
    each = each[each["measure"] == "sentence_length"]
    words = each["tokens"].to_numpy("float64")
    number = words / each["value"].to_numpy("float64")
    found = bootstrap(
        (words, number),
        lambda w, n, axis: w.sum(axis=axis) / n.sum(axis=axis),
        paired=True,
        method="percentile",
        random_state=np.random.default_rng(7),
    ).confidence_interval
    width = found.high - found.low
    assert row["low"] == pytest.approx(found.low, abs=0.15 * width)
    assert row["high"] == pytest.approx(found.high, abs=0.15 * width)


def test_paragraphs_share_windows() -> None:
    # A document has paragraphs of a subject each. The jackknife finds how MATTR differs between
    # such documents; leaving out windows by where they begin finds less than half of it.
    rng = np.random.default_rng(8)
    p = 1 / (np.arange(1, 3001) + 5)
    p /= p.sum()
    values, errors, naive = [], [], []
    for _ in range(60):
        paragraphs = []
        for _ in range(40):
            subject = 200 + 40 * rng.integers(0, 60) + rng.integers(0, 40, rng.integers(5, 40))
            common = rng.choice(3000, rng.integers(30, 120), p=p)
            paragraphs.append([*rng.permutation([*common, *subject])])
        words, row = in_rows(paragraphs)
        group, number = np.zeros(40, dtype=np.intp), np.array([40])
        values.append(mattr(words, window=500))
        errors.append(jackknife_error(mattr_without(words, row, 500), group, number)[0])
        ratios = window_types(words, 500) / 500
        sums = pd.Series(ratios).groupby(row[: len(ratios)]).agg(["sum", "count"]).to_numpy()
        rest = sums.sum(axis=0) - sums
        naive.append(
            jackknife_error(rest[:, 0] / rest[:, 1], group[: len(rest)], np.array([len(rest)]))[0]
        )
    spread = np.std(values, ddof=1)
    assert 0.8 * spread < np.mean(errors) < 1.5 * spread
    assert np.mean(naive) < 0.6 * spread
