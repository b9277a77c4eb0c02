"""Keyword tables where paragraphs are marked as copies."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.keyword_tables import CORPUS, copied, find, make_tables, of_tables

RATES = ["per_10k", "ci_low", "ci_high"]
SPREAD = ["units", "units_with", "dp_norm", "reason"]
NUMBERS = ["count", "count_unique", "nested", "overlapped", "tokens", "tokens_unique"]
# a2 (30 tokens, 创新 once, overlapped) and c2 (60 tokens, 创新 once, nested) are copies.
COPIES = {"a2": "c1", "c2": "a1"}


def tables() -> dict[str, pd.DataFrame]:
    return copied(make_tables(CORPUS), COPIES)


def test_a_document_counts_what_stands_in_it() -> None:
    row = find(of_tables(tables()), "a", "创新")
    assert list(row[NUMBERS]) == [3, 2, 1, 1, 100, 70]
    assert row["per_10k"] == 300.0
    assert find(of_tables(tables()), "c", "创新")["per_10k"] == pytest.approx(10_000 * 2 / 110)


def test_places_are_compared_without_copies() -> None:
    row = find(of_tables(tables(), by="place"), "成都", "创新")
    assert list(row[NUMBERS]) == [4, 3, 1, 1, 240, 210]
    assert row["per_10k"] == pytest.approx(10_000 * 3 / 210)
    assert row["documents"] == 4


def test_a_place_of_copies_only_has_a_rate_of_its_other_words() -> None:
    row = find(of_tables(tables(), by="place"), "重庆", "创新")
    assert list(row[NUMBERS]) == [1, 0, 1, 0, 70, 10]
    assert row["per_10k"] == 0.0


def test_a_place_without_other_words_has_no_rate() -> None:
    marked = copied(make_tables(CORPUS), {"c2": "a1", "c3": "a2"})
    row = find(of_tables(marked, by="place"), "重庆", "创新")
    assert list(row[[*NUMBERS, "documents"]]) == [1, 0, 1, 0, 70, 0, 1]
    assert row[RATES].isna().all()


@pytest.mark.parametrize("by", ["doc_id", "place", "year"])
def test_the_default_can_be_overruled(by: str) -> None:
    default = of_tables(tables(), by=by, resamples=20)
    unique = of_tables(tables(), by=by, unique=True, resamples=20)
    every = of_tables(tables(), by=by, unique=False, resamples=20)
    pd.testing.assert_frame_equal(default, every if by == "doc_id" else unique)
    assert not every["per_10k"].equals(unique["per_10k"])
    kept = [column for column in default.columns if column not in (*RATES, *SPREAD)]
    pd.testing.assert_frame_equal(every[kept], unique[kept])


def test_a_series_leaves_copies_out_even_if_it_groups_by_document() -> None:
    marked = tables()
    by = marked["paragraphs"].set_index("para_id")["doc_id"]
    found = of_tables(marked, by=by, resamples=20)
    expected = of_tables(marked, unique=True, resamples=20)
    shared = [column for column in expected.columns if column not in {"doc_id", "place"}]
    pd.testing.assert_frame_equal(found[shared], expected[shared])


paragraph_numbers = st.sets(st.integers(0, len(CORPUS) - 1), max_size=len(CORPUS))


@settings(deadline=None, max_examples=25)
@given(paragraph_numbers, st.sampled_from(["doc_id", "place", "year"]))
def test_it_is_as_if_the_copies_were_not_there(numbers: set[int], by: str) -> None:
    ids = [row[0] for row in CORPUS]
    marked = copied(make_tables(CORPUS), {ids[n]: "elsewhere" for n in numbers})
    found = of_tables(marked, by=by, unique=True, resamples=20).set_index([by, "keyword"])
    left = make_tables([row for n, row in enumerate(CORPUS) if n not in numbers])
    alone = of_tables(left, by=by, resamples=20).set_index([by, "keyword"])
    shared = found.loc[alone.index]
    pd.testing.assert_frame_equal(shared[RATES], alone[RATES], check_exact=True)
    assert shared["count_unique"].equals(alone["count"])
    assert shared["tokens_unique"].equals(alone["tokens"])
    rest = found.drop(alone.index)
    assert (rest[["count_unique", "tokens_unique"]] == 0).all(axis=None)
    assert (found["count_unique"] <= found["count"]).all()
