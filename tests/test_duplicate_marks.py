"""Marking copies, and what holds of them in any corpus."""

from __future__ import annotations

import os
import random
import subprocess
import sys

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.duplicate_texts import copies, duplicates_of, paragraphs_of, prose
from textlab.cleaning.duplicates import find_duplicates, mark_duplicates, without_copies
from textlab.errors import TableError
from textlab.schema import empty

LONG, OTHER = prose(60, 1), prose(60, 2)
TWICE = {"a": [LONG, OTHER], "b": [LONG, "短句"]}


def test_marking_by_hand() -> None:
    paragraphs, duplicates = paragraphs_of(TWICE), duplicates_of(TWICE)
    before = paragraphs.copy()
    marked = mark_duplicates(paragraphs, duplicates)
    assert marked["duplicate_of"].tolist() == ["", "", "a#0001", ""]
    pd.testing.assert_frame_equal(paragraphs, before)
    pd.testing.assert_frame_equal(marked.assign(duplicate_of=""), paragraphs)
    assert without_copies(marked)["para_id"].tolist() == ["a#0001", "a#0002", "b#0002"]


def test_marking_again_forgets_what_was_marked() -> None:
    marked = mark_duplicates(paragraphs_of(TWICE), duplicates_of(TWICE))
    pd.testing.assert_frame_equal(find_duplicates(marked), duplicates_of(TWICE))
    assert (mark_duplicates(marked, empty("duplicates"))["duplicate_of"] == "").all()


def test_no_paragraphs() -> None:
    none = mark_duplicates(empty("paragraphs"), empty("duplicates"))
    pd.testing.assert_frame_equal(none, empty("paragraphs"))
    pd.testing.assert_frame_equal(without_copies(none), empty("paragraphs"))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("c#0001", "a#0001")], "column 'para_id': 'c#0001' is none of the 4 paragraphs"),
        ([("b#0001", "c#0001")], "column 'duplicate_of': 'c#0001' is none of the 4"),
        ([("b#0001", "a#0001"), ("a#0001", "a#0002")], "original 'a#0001' is itself a copy"),
        ([("a#0001", "a#0001")], "original 'a#0001' is itself a copy"),
    ],
)
def test_duplicates_of_another_corpus_are_refused(
    rows: list[tuple[str, str]], message: str
) -> None:
    table = [(*row, 1.0, "equal") for row in rows]
    duplicates = pd.DataFrame(table, columns=list(empty("duplicates").columns))
    with pytest.raises(TableError, match=message):
        mark_duplicates(paragraphs_of(TWICE), duplicates)


# Texts that contain, repeat and vary each other, with signs that make no difference.
pieces = st.sampled_from([prose(size, 40 + size) for size in (3, 9, 13, 24, 55, 56)])
sign = st.sampled_from(["，", "。", "", " ", "3"])
text = st.lists(st.tuples(pieces, sign), min_size=1, max_size=4).map(
    lambda parts: "".join(map("".join, parts))
)
role = st.sampled_from(["body", "body", "body", "heading", "furniture"])
corpora = st.dictionaries(
    st.sampled_from("abcd"), st.lists(st.tuples(text, role), max_size=9), min_size=1
)


@settings(deadline=None, max_examples=150)
@given(corpora)
def test_every_copy_has_one_original_that_is_none(corpus: dict[str, list[tuple[str, str]]]) -> None:
    paragraphs, duplicates = paragraphs_of(corpus), duplicates_of(corpus)
    marked = mark_duplicates(paragraphs, duplicates)
    left = without_copies(marked)
    assert duplicates["duplicate_of"].isin(left["para_id"]).all()
    assert len(left) + len(duplicates) == len(marked)
    assert duplicates["similarity"].between(0.8, 1).all()
    exact = duplicates["how"].isin(["equal", "beside"])
    assert (duplicates["similarity"][exact] == 1).all()
    assert set(duplicates["how"]) <= {"equal", "contained", "near", "beside"}
    assert not (marked["duplicate_of"][marked["role"] == "furniture"] != "").any()


@settings(deadline=None, max_examples=60)
@given(corpora, st.integers(0, 99))
def test_the_order_of_rows_makes_no_difference(
    corpus: dict[str, list[tuple[str, str]]], seed: int
) -> None:
    paragraphs = paragraphs_of(corpus)
    shuffled = paragraphs.sample(frac=1, random_state=seed)
    pd.testing.assert_frame_equal(find_duplicates(shuffled), find_duplicates(paragraphs))


@settings(deadline=None, max_examples=60)
@given(corpora, st.integers(50, 400), st.integers(0, 9), st.sampled_from("abcd"), st.data())
def test_a_copy_put_in_anywhere_is_found(
    corpus: dict[str, list[tuple[str, str]]], size: int, seed: int, doc_id: str, data: st.DataObject
) -> None:
    body = f"{prose(size, 200 + seed)}。"
    own = corpus.get(doc_id, [])
    at = data.draw(st.integers(0, len(own)))
    given = {**corpus, doc_id: [*own[:at], (f" {body[:-1]}", "body"), *own[at:]]}
    found = copies({"0": [body], **given})
    assert found[f"{doc_id}{at + 1}"] == ("01", "equal")
    # It is a copy that changes nothing else but what stands beside it.
    others = {copy: how for copy, (_, how) in found.items() if how != "beside"}
    assert len(others) == 1 + sum(how != "beside" for _, how in copies(corpus).values())


CODE = """
from tests.test_duplicate_marks import corpus
from tests.duplicate_texts import duplicates_of
print(duplicates_of(corpus()).to_csv())
"""


def corpus() -> dict[str, list[str]]:
    """Twelve documents of forty paragraphs each, many of them variants of twenty."""
    rng = random.Random(1)
    sources = [prose(rng.randrange(15, 200), n) for n in range(20)]
    varied = [f"{t[:at]}{prose(2, at)}{t[at:]}" for t in sources for at in (1, len(t) // 2)]
    return {f"d{n:02d}": rng.choices(sources + varied, k=40) for n in range(12)}


def test_what_others_draw_stays_as_it_was() -> None:
    random.seed(5)
    before = random.getstate()
    duplicates_of(TWICE)
    assert random.getstate() == before


def test_it_does_not_depend_on_the_process() -> None:
    tables = []
    for seed in ("0", "1"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", CODE]
        run = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        tables.append(run.stdout)
    assert tables[0] == tables[1]
    assert tables[0] == duplicates_of(corpus()).to_csv() + "\n"
    assert tables[0].count(",near") > 20
