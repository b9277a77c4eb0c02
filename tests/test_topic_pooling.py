from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers import make_paragraphs
from textlab.errors import ModelError
from textlab.tokens.counting import count, paragraph_sizes
from textlab.tokens.segmentation import tokenize
from textlab.topics.pooling import pool_paragraphs


def sizes_of(paragraphs: pd.DataFrame, tokens: list[int]) -> pd.DataFrame:
    return paragraphs[["para_id", "doc_id"]].assign(tokens=tokens)


def pooled(tokens: list[int], length: int, **columns: list[str]) -> list[str]:
    """The units of the paragraphs of document a."""
    paragraphs = make_paragraphs(["文"] * len(tokens)).assign(**columns)
    return pool_paragraphs(paragraphs, sizes_of(paragraphs, tokens), length=length).tolist()


def test_pooling_by_hand() -> None:
    assert pooled([5, 5, 12, 4, 6, 3], 10) == ["a#001"] * 2 + ["a#002"] + ["a#003"] * 3
    # Of one document there is no other unit that a short one could join.
    assert pooled([3, 2], 10) == ["a#001", "a#001"]
    # Numbers are those of first paragraphs, whatever the place.
    assert pooled([11, 12, 13], 10, place=["甲", "乙", "甲"]) == ["a#001", "a#002", "a#003"]
    # What has no counted tokens is in no unit, and ends none.
    assert pooled([5, 0, 5, 9], 10) == ["a#001", "", "a#001", "a#001"]


def test_headings_stand_with_their_text() -> None:
    roles = ["body", "heading", "body", "heading", "body"]
    units = pooled([9, 2, 10, 1, 12], 10, role=roles)
    assert units == ["a#001"] * 3 + ["a#002"] * 2


def test_copies_and_places() -> None:
    places = ["甲", "乙", "甲", "乙", "甲"]
    copies = ["", "", "", "", "x#0001"]
    assert pooled([6, 6, 6, 3, 9], 10, place=places, duplicate_of=copies) == [
        *("a#001", "a#002", "a#001", "a#002", "")
    ]
    paragraphs = make_paragraphs(["文"] * 5).assign(place=places)
    sizes = sizes_of(paragraphs, [6, 6, 6, 6, 9])
    together = pool_paragraphs(paragraphs, sizes, length=10, place=False)
    assert together.tolist() == ["a#001", "a#001", "a#002", "a#002", "a#002"]


def test_units_count_what_their_paragraphs_do() -> None:
    paragraphs = pd.concat(
        [make_paragraphs(["产业发展。", "生态", "——", "乡村振兴战略"], doc_id=d) for d in "ba"]
    )
    tokens = tokenize(paragraphs)
    units = pool_paragraphs(paragraphs, tokens, length=2)
    assert units.index.tolist() == paragraphs["para_id"].tolist()
    assert units["a#0003"] == ""
    of_units = count(tokens, by=units).groupby("unit")["n"].sum()
    assert set(of_units.index) == {"a#001", "a#002", "b#001", "b#002"}
    sizes = paragraph_sizes(tokens)
    expected = sizes.set_index("para_id")["tokens"].groupby(units).sum().drop("")
    assert of_units.to_dict() == expected.to_dict()
    assert pool_paragraphs(paragraphs, sizes, length=2).equals(units)


@pytest.mark.parametrize("length", [0, -1, 2.5, True])
def test_lengths_that_are_none(length: float) -> None:
    paragraphs = make_paragraphs(["文"])
    with pytest.raises(ModelError, match=r"^length wants a whole number of tokens, 1 or more"):
        pool_paragraphs(paragraphs, sizes_of(paragraphs, [1]), length=length)  # type: ignore[arg-type]


def test_nothing_to_pool() -> None:
    paragraphs = make_paragraphs(["文", "文"])
    units = pool_paragraphs(paragraphs, sizes_of(paragraphs, [0, 0]))
    assert units.tolist() == ["", ""]
    assert pool_paragraphs(paragraphs[:0], sizes_of(paragraphs[:0], [])).empty


rows = st.tuples(
    st.sampled_from(["", "甲", "乙"]),
    st.integers(0, 12),
    st.sampled_from(["body", "heading"]),
    st.booleans(),
)


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.lists(rows, min_size=1, max_size=9), min_size=1, max_size=3),
    st.integers(1, 20),
    st.integers(0, 99),
)
def test_every_unit_is_of_one_text_and_long_enough(
    documents: list[list[tuple[str, int, str, bool]]], length: int, seed: int
) -> None:
    tables = []
    for number, given_rows in enumerate(documents):
        place, tokens, role, copy = map(list, zip(*given_rows, strict=True))
        table = make_paragraphs(["文"] * len(given_rows), doc_id=f"文{number}")
        copies = ["x" if one else "" for one in copy]
        tables.append(table.assign(place=place, role=role, duplicate_of=copies, tokens=tokens))
    all_rows = pd.concat(tables, ignore_index=True)
    paragraphs, sizes = all_rows.drop(columns="tokens"), all_rows[["para_id", "doc_id", "tokens"]]
    units = pool_paragraphs(paragraphs, sizes, length=length)
    counted = (all_rows["tokens"] > 0) & (all_rows["duplicate_of"] == "")
    assert ((units != "").to_numpy() == counted.to_numpy()).all()
    kept = all_rows.assign(unit=units.to_numpy())[counted]
    of_unit = kept.groupby("unit")
    assert (of_unit[["doc_id", "place"]].nunique() == 1).all(axis=None)
    # In a document and place, units follow each other.
    order = kept.groupby(["doc_id", "place"])["unit"]
    assert order.apply(lambda names: names.is_monotonic_increasing).all()
    alone = order.transform("nunique").groupby(kept["unit"]).first() == 1
    assert ((of_unit["tokens"].sum() >= length) | alone).all()
    shuffled = paragraphs.sample(frac=1, random_state=seed)
    again = pool_paragraphs(shuffled, sizes.sample(frac=1, random_state=seed), length=length)
    assert again[units.index].equals(units)
