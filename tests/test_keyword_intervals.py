from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.keyword_tables import CORPUS, Row, copied, find, frequencies, make_tables, of_tables
from textlab.seeds import derive_seed


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


def test_places_resample_documents() -> None:
    # a has 3 in 100, b 0 in 100, c there 1 in 40; e has no tokens and is not drawn.
    row = find(frequencies(by="place", seed=7), "成都", "创新")
    expected = slow_interval([(3, 100), (0, 100), (1, 40)], 7)
    assert list(row[["ci_low", "ci_high"]]) == pytest.approx(expected)


def test_a_single_document_resamples_paragraphs() -> None:
    expected = slow_interval([(2, 50), (1, 30), (0, 20)], 7)
    row = find(frequencies(seed=7), "a", "创新")
    assert list(row[["ci_low", "ci_high"]]) == pytest.approx(expected)
    expected = slow_interval([(1, 60), (0, 10)], 7)
    row = find(frequencies(by="place", seed=7), "重庆", "创新")
    assert list(row[["ci_low", "ci_high"]]) == pytest.approx(expected)


def test_documents_without_tokens_do_not_make_two() -> None:
    furniture: Row = ("f1", "f", "重庆", "2025", 0, [])
    row = find(frequencies([*CORPUS, furniture], by="place", seed=7), "重庆", "创新")
    assert row["documents"] == 2
    expected = slow_interval([(1, 60), (0, 10)], 7)
    assert list(row[["ci_low", "ci_high"]]) == pytest.approx(expected)


def test_copies_are_not_drawn() -> None:
    # Without b1, b has no tokens and is not drawn; a has 2 in 70 without a2, c there 1 in 40.
    tables = copied(make_tables(CORPUS), {"a2": "c1", "b1": "c2"})
    row = find(of_tables(tables, by="place", resamples=200, seed=7), "成都", "创新")
    expected = slow_interval([(2, 70), (1, 40)], 7)
    assert list(row[["ci_low", "ci_high"]]) == pytest.approx(expected)
    whole = of_tables(tables, by="place", unique=False, resamples=200, seed=7)
    columns = ["per_10k", "ci_low", "ci_high"]
    pd.testing.assert_frame_equal(whole[columns], frequencies(by="place", seed=7)[columns])


def test_a_document_that_is_left_alone_resamples_its_other_paragraphs() -> None:
    tables = copied(make_tables(CORPUS), {"b1": "a1", "c1": "a1", "a3": "a1"})
    row = find(of_tables(tables, by="place", resamples=200, seed=7), "成都", "创新")
    expected = slow_interval([(2, 50), (1, 30)], 7)
    assert list(row[["ci_low", "ci_high"]]) == pytest.approx(expected)


def test_one_paragraph_has_no_interval() -> None:
    row = find(frequencies(), "b", "现代化")
    assert row["per_10k"] == 100.0
    assert np.isnan(list(row[["ci_low", "ci_high"]])).all()


def test_no_resamples_give_no_intervals_and_the_same_counts() -> None:
    result, without = frequencies(by="place"), frequencies(by="place", resamples=0)
    assert without[["ci_low", "ci_high"]].isna().all(axis=None)
    columns = [c for c in result.columns if not c.startswith("ci_")]
    pd.testing.assert_frame_equal(result[columns], without[columns])


def test_another_document_leaves_the_other_intervals_alone() -> None:
    more: Row = ("f1", "f", "重庆", "2025", 70, [("创新", "alone")])
    for by, same in (("doc_id", list("abcde")), ("place", ["成都"])):
        before, after = frequencies(by=by), frequencies([more, *CORPUS], by=by)
        assert after[by].nunique() >= before[by].nunique()
        kept = after[after[by].isin(same)].reset_index(drop=True)
        expected = before[before[by].isin(same)].reset_index(drop=True)
        pd.testing.assert_frame_equal(kept, expected, check_exact=True)
    changed = find(frequencies([more, *CORPUS], by="place"), "重庆", "创新")
    assert changed["ci_high"] != find(frequencies(by="place"), "重庆", "创新")["ci_high"]


def test_a_document_without_tokens_leaves_its_own_place_alone() -> None:
    without = frequencies([row for row in CORPUS if row[1] != "e"], by="place")
    columns = ["per_10k", "ci_low", "ci_high"]
    pd.testing.assert_frame_equal(frequencies(by="place")[columns], without[columns])


def test_the_seed_moves_the_intervals_only() -> None:
    one, other = frequencies(seed=1), frequencies(seed=2)
    assert not one["ci_high"].equals(other["ci_high"])
    columns = [c for c in one.columns if not c.startswith("ci_")]
    pd.testing.assert_frame_equal(one[columns], other[columns])
