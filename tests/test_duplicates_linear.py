"""The worst input of each rule, a megabyte of it, is compared in seconds."""

from __future__ import annotations

import random

import pandas as pd
import pytest

from tests.duplicate_texts import Given, prose
from tests.helpers import time_limit
from textlab.cleaning.duplicates import find_duplicates
from textlab.schema import check, contract

MEGABYTE = 1_000_000


def duplicates(given: Given) -> pd.DataFrame:
    """The duplicates of many paragraphs, made without a table a document."""
    rows = [
        (f"{doc_id}#{n:06d}", doc_id, 1, n, "body", text, "", 0, 0, "", "", "")
        for doc_id, texts in given.items()
        for n, text in enumerate(texts, 1)
    ]
    columns = pd.Index(contract("paragraphs").columns)
    paragraphs = check(pd.DataFrame(rows, columns=columns), "paragraphs")
    with time_limit(60):
        return find_duplicates(paragraphs)


def test_one_character_a_million_times() -> None:
    assert duplicates({"a": ["高" * MEGABYTE]}).empty
    found = duplicates({"a": ["高" * MEGABYTE, "高" * (MEGABYTE - 1)]})
    assert found["how"].tolist() == ["contained"]


def test_runs_of_one_character_of_every_length() -> None:
    found = duplicates({"a": ["高" * n + "。" for n in range(20, 1400)]})
    assert len(found) == 1379
    # They all have the same one shingle.
    assert found["duplicate_of"].nunique() == 1


@pytest.mark.parametrize("documents", [1, 100, 10_000])
def test_ten_thousand_equal_paragraphs(documents: int) -> None:
    each = [prose(100, 1)] * (10_000 // documents)
    found = duplicates({f"d{n:05d}": each for n in range(documents)})
    assert found["how"].tolist() == ["equal"] * 9_999
    assert found["duplicate_of"].nunique() == 1


def test_ten_thousand_documents_with_the_same_short_sentence() -> None:
    texts = [f"{prose(30, 1)}。", f"{prose(40, 2)}，{prose(30, 1)}。"]
    found = duplicates({f"d{n:05d}": texts for n in range(10_000)})
    assert found["how"].value_counts().to_dict() == {"contained": 10_000, "equal": 9_999}


def test_a_long_paragraph_and_all_its_pieces() -> None:
    whole = prose(MEGABYTE, 1)
    pieces = [whole[at : at + 100] for at in range(0, MEGABYTE, 100)]
    found = duplicates({"a": [whole], "b": pieces})
    assert found["how"].tolist() == ["contained"] * 10_000
    near = duplicates({"a": [whole], "b": [f"{whole[1:]}末", *pieces[1:]]})
    assert near["how"].value_counts().to_dict() == {"contained": 9_999, "near": 1}


def test_a_form_filled_in_ten_thousand_times() -> None:
    form = prose(100, 1)
    assert duplicates({f"d{n}": [f"{form}{n}"] for n in range(10_000)}).empty


def test_a_thousand_look_alikes_that_are_no_copies() -> None:
    # 800 characters in common, 130 of their own: 0.76.
    common = prose(800, 1)
    texts = [f"{common}{prose(130, 2 + n)}" for n in range(1000)]
    assert duplicates({"a": texts}).empty


def test_long_runs_of_headings_beside_copies() -> None:
    headings = [f"{n}日要闻" for n in range(5_000)]
    copy, last = prose(60, 1), prose(60, 2)
    given = {"a": [copy, *headings, last]}
    given |= {f"b{n:03d}": [copy, *headings[: n + 1], last] for n in range(150)}
    found = duplicates(given)
    assert (found["how"] == "equal").sum() == 300
    assert (found["how"] == "beside").sum() == sum(n + 1 for n in range(150))


def test_many_documents_that_copy_from_many() -> None:
    rng = random.Random(1)
    sources = [prose(60, n) for n in range(300)]
    given = {f"d{n:04d}": [*rng.sample(sources, 20), f"{prose(25, n % 9)}。"] for n in range(700)}
    assert (duplicates(given)["how"] == "equal").sum() >= 700 * 20 - 300


def test_signs_and_spaces_only() -> None:
    assert duplicates({"a": ["，" * MEGABYTE, "（" * MEGABYTE, " 。" * (MEGABYTE // 2)]}).empty
    long = f"1.{' ' * MEGABYTE}"
    assert duplicates({"a": [long, "." * MEGABYTE, "3." * (MEGABYTE // 2)]}).empty
