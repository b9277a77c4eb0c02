from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.keyword_tables import (
    CORPUS,
    LEXICON,
    Found,
    find,
    frequencies,
    make_tables,
    of_tables,
)
from textlab.errors import TableError, UnknownNameError
from textlab.schema import empty
from textlab.tokens.counting import paragraph_sizes


def test_by_document_every_document_has_every_head_term() -> None:
    result = frequencies()
    assert list(result.columns) == list(empty("keyword_by_document").columns)
    pairs = list(zip(result["doc_id"], result["keyword"], strict=True))
    assert pairs == [(d, k) for d in "abcde" for k in ("创新", "数字经济", "现代化")]
    assert list(result["category"]) == ["动力", "产业", "目标"] * 5


def test_by_document_by_hand() -> None:
    row = find(frequencies(), "a", "创新")
    assert list(row[["count", "nested", "overlapped", "tokens"]]) == [3, 1, 1, 100]
    assert row["per_10k"] == 300.0
    zero = find(frequencies(), "a", "数字经济")
    assert list(zero[["count", "nested", "overlapped", "tokens"]]) == [0, 0, 0, 100]
    assert list(zero[["per_10k", "ci_low"]]) == [0.0, 0.0]
    assert zero["ci_high"] > 0


def test_the_place_of_a_document_is_that_of_all_its_paragraphs() -> None:
    places = frequencies().drop_duplicates("doc_id").set_index("doc_id")["place"]
    assert places.to_dict() == {"a": "成都", "b": "成都", "c": "", "d": "", "e": "成都"}


def test_a_document_of_furniture_only_stays_in_the_grid() -> None:
    rows = frequencies().query("doc_id == 'e'")
    assert (rows[["count", "tokens"]] == 0).all(axis=None)
    assert rows[["per_10k", "ci_low", "ci_high"]].isna().all(axis=None)


def test_by_place_by_hand() -> None:
    result = frequencies(by="place")
    assert list(result.columns) == list(empty("keyword_by_place").columns)
    assert list(result["place"].unique()) == sorted(["成都", "重庆"])
    row = find(result, "成都", "创新")
    assert list(row[["count", "nested", "overlapped", "tokens"]]) == [4, 1, 1, 240]
    assert row["documents"] == 4
    assert row["per_10k"] == pytest.approx(10_000 * 4 / 240)
    assert find(result, "重庆", "创新")["documents"] == 1


def test_row_order_makes_no_difference() -> None:
    tables = make_tables(CORPUS)
    shuffled = {name: t.sample(frac=1, random_state=4) for name, t in tables.items()}
    for by in ("doc_id", "place"):
        expected = of_tables(tables, by=by, resamples=50)
        found = of_tables(shuffled, lexicon=LEXICON[::-1], by=by, resamples=50)
        pd.testing.assert_frame_equal(found, expected, check_exact=True)


def test_by_another_column() -> None:
    result = frequencies(by="year")
    assert list(result.columns) == ["year", *list(empty("keyword_by_place").columns)[1:]]
    row = find(result, "2024", "创新")
    assert list(row[["count", "tokens", "documents"]]) == [4, 125, 2]


def test_by_a_series_of_groups() -> None:
    groups = pd.Series({"a1": 1.0, "a2": 2.0, "b1": 2.0, "c1": None})
    result = frequencies(by=groups)
    assert list(result.columns[:1]) == ["group"]
    assert list(result["group"].unique()) == ["1.0", "2.0"]
    row = find(result, "2.0", "创新")
    assert list(row[["count", "tokens", "documents"]]) == [1, 130, 2]
    assert frequencies(by=groups.rename("era")).columns[0] == "era"
    assert frequencies(by=groups.rename("count")).columns[0] == "group"


def test_a_series_of_the_documents_gives_the_same_numbers() -> None:
    paragraphs = make_tables(CORPUS)["paragraphs"]
    result = frequencies(by=paragraphs.set_index("para_id")["doc_id"])
    expected = frequencies()
    columns = [c for c in expected.columns if c != "place"]
    pd.testing.assert_frame_equal(result[columns], expected[columns])


def test_paragraphs_say_what_is_counted() -> None:
    tables = make_tables(CORPUS)
    tables["paragraphs"] = tables["paragraphs"].query("para_id in ['a1', 'a2']")
    result = of_tables(tables, resamples=0)
    row = find(result, "a", "创新")
    assert list(row[["count", "tokens"]]) == [3, 80]
    assert list(result["doc_id"].unique()) == ["a"]


def test_an_unknown_column_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match=r"'plase'.*'place'.*para_id, doc_id, .*, year"):
        frequencies(by="plase")


def test_a_keyword_from_another_lexicon_is_refused() -> None:
    with pytest.raises(
        UnknownNameError, match="'革新' of the occurrences is none of the lexicon's 3"
    ):
        frequencies([("a1", "a", "", "", 5, [("革新", "alone")])])


def test_a_series_must_be_indexed_by_para_id() -> None:
    with pytest.raises(TableError, match="wants an index of para_id; none of its 2"):
        frequencies(by=pd.Series(["x", "y"]))
    with pytest.raises(TableError, match="'a1' is there twice"):
        frequencies(by=pd.Series(["x", "y"], index=["a1", "a1"]))


@pytest.mark.parametrize("by", ["doc_id", "place", "year"])
def test_no_paragraphs_or_no_terms_give_the_header(by: str) -> None:
    columns = list(frequencies(by=by).columns)
    none = frequencies([], by=by)
    assert (list(none.columns), len(none)) == (columns, 0)
    tables = make_tables([(*row[:5], []) for row in CORPUS])
    none = of_tables(tables, lexicon=empty("lexicon"), by=by)
    assert (list(none.columns), len(none)) == (columns, 0)


paragraph = st.tuples(
    st.sampled_from("abc"),
    st.sampled_from(["成都", "重庆", ""]),
    st.integers(0, 6),
    st.lists(
        st.tuples(
            st.sampled_from(["创新", "现代化"]), st.sampled_from(["alone", "nested", "overlapped"])
        ),
        max_size=3,
    ),
)


@settings(deadline=None, max_examples=25)
@given(st.lists(paragraph, max_size=8))
def test_counts_and_tokens_add_up(paragraphs: list[tuple[str, str, int, list[Found]]]) -> None:
    corpus = [
        (f"{doc}{i}", doc, place, "", words, found if words else [])
        for i, (doc, place, words, found) in enumerate(paragraphs)
    ]
    result = frequencies(corpus, resamples=20)
    assert result["count"].sum() == sum(len(row[5]) for row in corpus)
    assert result["tokens"].sum() == 3 * sum(row[4] for row in corpus)
    assert (result["nested"] + result["overlapped"] <= result["count"]).all()
    by_place = frequencies(corpus, by="place", resamples=20)
    assert by_place["count"].sum() == sum(len(row[5]) for row in corpus if row[2])
    for table in (result, by_place):
        known = table[table["ci_low"].notna()]
        assert (known["ci_low"] <= known["per_10k"]).all()
        assert (known["per_10k"] <= known["ci_high"]).all()
        assert (table["per_10k"].isna() == (table["tokens"] == 0)).all()


@pytest.mark.parametrize("by", ["doc_id", "place"])
def test_sizes_of_paragraphs_do_as_well_as_tokens(by: str) -> None:
    tables = make_tables(CORPUS)
    sizes = paragraph_sizes(tables["tokens"])
    assert list(sizes["tokens"]) == [row[4] for row in CORPUS if row[4]]
    found = of_tables(tables | {"tokens": sizes[::-1]}, by=by, resamples=50)
    pd.testing.assert_frame_equal(found, of_tables(tables, by=by, resamples=50))


def test_what_is_neither_tokens_nor_sizes_is_refused() -> None:
    tables = make_tables(CORPUS)
    with pytest.raises(TableError, match="table 'tokens' wants"):
        of_tables(tables | {"tokens": tables["tokens"][["para_id"]]})
    with pytest.raises(TableError, match="table 'sizes' wants"):
        of_tables(tables | {"tokens": pd.DataFrame({"tokens": [1]})})
