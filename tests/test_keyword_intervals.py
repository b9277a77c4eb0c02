"""Which units the intervals of keyword tables rest on; the intervals have tests of their own."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

from tests.keyword_tables import CORPUS, Row, copied, find, frequencies, make_tables, of_tables
from textlab.errors import UnknownNameError
from textlab.seeds import derive_seed
from textlab.statistics.intervals import rate_intervals
from textlab.statistics.measures import dp_norm
from textlab.statistics.sampling import Units

SPREAD = ["ci_low", "ci_high", "units", "units_with", "dp_norm"]


def expected(*units: tuple[int, int]) -> list[float]:
    """Of (count, tokens) a unit: the columns ``SPREAD``."""
    n, size = np.array(units).T
    low, high = rate_intervals(Units(csr_array(n[:, np.newaxis]), size, "document"))
    return [float(low[0]), float(high[0]), len(n), (n > 0).sum(), float(dp_norm(n, size))]


def slow_interval(units: list[tuple[int, int]], seed: int) -> list[float]:
    """Of (count, tokens) a unit: 200 resamples one by one."""
    size = len(units)
    rng = np.random.default_rng(derive_seed(seed, "keywords", str(size)))
    rates = []
    for drawn in rng.integers(0, size, size=(200, size)):
        weights = [list(drawn).count(unit) for unit in range(size)]
        count = sum(int(w) * c for w, (c, _) in zip(weights, units, strict=True))
        tokens = sum(int(w) * n for w, (_, n) in zip(weights, units, strict=True))
        rates.append(10_000 * count / tokens)
    return [float(bound) for bound in np.percentile(rates, [2.5, 97.5])]


def test_places_have_documents() -> None:
    # a has 3 in 100, b 0 in 100, c there 1 in 40; e has no tokens and is none.
    row = find(frequencies(by="place"), "成都", "创新")
    assert list(row[SPREAD]) == pytest.approx(expected((3, 100), (0, 100), (1, 40)))
    assert row["reason"] == ""


def test_a_single_document_has_paragraphs() -> None:
    row = find(frequencies(), "a", "创新")
    assert list(row[SPREAD]) == pytest.approx(expected((2, 50), (1, 30), (0, 20)))
    assert row["reason"] == "1 document: interval over 3 paragraphs, for these texts only"
    row = find(frequencies(by="place"), "重庆", "创新")
    assert list(row[SPREAD]) == pytest.approx(expected((1, 60), (0, 10)))


def test_documents_without_tokens_are_none() -> None:
    furniture: list[Row] = [(f"f{i}", f"f{i}", "重庆", "2025", 0, []) for i in range(4)]
    row = find(frequencies([*CORPUS, *furniture], by="place"), "重庆", "创新")
    assert row["documents"] == 5
    assert list(row[SPREAD]) == pytest.approx(expected((1, 60), (0, 10)))


def test_copies_are_no_units() -> None:
    # Without b1, b has no tokens; a has 2 in 50 and 0 in 20 without a2, c there 1 in 40: two
    # documents are too few, and paragraphs are taken.
    tables = copied(make_tables(CORPUS), {"a2": "c1", "b1": "c2"})
    row = find(of_tables(tables, by="place"), "成都", "创新")
    assert list(row[SPREAD]) == pytest.approx(expected((2, 50), (0, 20), (1, 40)))
    assert row["reason"] == "2 documents: interval over 3 paragraphs, for these texts only"
    whole = of_tables(tables, by="place", unique=False)
    columns = ["per_10k", *SPREAD]
    pd.testing.assert_frame_equal(whole[columns], frequencies(by="place")[columns])


def test_one_paragraph_has_no_interval() -> None:
    row = find(frequencies(), "b", "现代化")
    assert row["per_10k"] == 100.0
    assert np.isnan(list(row[["ci_low", "ci_high", "dp_norm"]])).all()
    assert row["reason"] == "1 document of one paragraph: no interval"


def test_a_group_without_words_says_so() -> None:
    row = find(frequencies(), "e", "创新")
    assert np.isnan(row["per_10k"]) and np.isnan(row["ci_low"])
    assert (row["units"], row["reason"]) == (0, "no words")


def test_a_keyword_of_no_unit_has_a_bound_and_says_so() -> None:
    row = find(frequencies(by="place"), "成都", "数字经济")
    assert row["ci_low"] == 0 < row["ci_high"]
    assert row["reason"] == "in none of these: ci_high is a bound"


def test_another_document_leaves_the_other_intervals_alone() -> None:
    more: Row = ("f1", "f", "重庆", "2025", 70, [("创新", "alone")])
    for by, same in (("doc_id", list("abcde")), ("place", ["成都"])):
        before, after = frequencies(by=by), frequencies([more, *CORPUS], by=by)
        assert after[by].nunique() >= before[by].nunique()
        kept = after[after[by].isin(same)].reset_index(drop=True)
        wanted = before[before[by].isin(same)].reset_index(drop=True)
        pd.testing.assert_frame_equal(kept, wanted, check_exact=True)
    changed = find(frequencies([more, *CORPUS], by="place"), "重庆", "创新")
    assert changed["ci_high"] != find(frequencies(by="place"), "重庆", "创新")["ci_high"]


def test_bootstraps_resample_the_same_units() -> None:
    result = of_tables(
        make_tables(CORPUS), by="place", interval="percentile", resamples=200, seed=7
    )
    row = find(result, "成都", "创新")
    assert list(row[SPREAD[:2]]) == pytest.approx(slow_interval([(3, 100), (0, 100), (1, 40)], 7))
    row = find(result, "重庆", "创新")
    assert list(row[SPREAD[:2]]) == pytest.approx(slow_interval([(1, 60), (0, 10)], 7))


@pytest.mark.parametrize("interval", ["percentile", "bca", "bootstrap-t"])
def test_bootstraps_move_the_intervals_only(interval: str) -> None:
    rows: list[Row] = [
        (f"d{i}", f"d{i}", "成都", "2024", 50 + i, [("创新", "alone")] * (i % 4)) for i in range(9)
    ]
    tables = make_tables(rows)

    def made(**options: Any) -> pd.DataFrame:
        return of_tables(tables, by="place", **options)

    one, other = (made(interval=interval, resamples=99, seed=seed) for seed in (1, 2))
    model, bounds = made(), ["ci_low", "ci_high"]
    for result in (one, other):
        assert not result["ci_high"].equals(model["ci_high"])
        pd.testing.assert_frame_equal(result.drop(columns=bounds), model.drop(columns=bounds))
    assert not one["ci_high"].equals(other["ci_high"])
    # Of a term that no unit has a bootstrap knows nothing.
    pd.testing.assert_series_equal(find(one, "成都", "数字经济"), find(model, "成都", "数字经济"))
    pd.testing.assert_frame_equal(made(interval=interval, resamples=0), model)


def test_an_unknown_interval_names_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match="'bayes'; there are: model, percentile, bca, boot"):
        of_tables(make_tables(CORPUS), interval="bayes")
