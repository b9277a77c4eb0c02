"""Phrase discovery from paragraphs to its table."""

from __future__ import annotations

from math import log, log2

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers import make_documents, make_paragraphs, time_limit
from textlab.errors import StudyError, TableError, UnknownNameError
from textlab.schema import contract, empty
from textlab.tokens.phrases import discover_phrases

FIRST = ["企业实施“智改数转”行动。", "推动智改数转，转型的工厂更高效。"]
SECOND = ["“智改数转”让车间更高效，也转了型。"]


def two_documents() -> pd.DataFrame:
    first = make_paragraphs(FIRST, doc_id="a").assign(place="青石市")
    second = make_paragraphs(SECOND, doc_id="b").assign(place="白鹭市")
    return pd.concat([first, second], ignore_index=True)


def raw_documents(*dates: str) -> pd.DataFrame:
    texts = {"a": "\n".join(FIRST), "b": "\n".join(SECOND)}
    return make_documents(texts).assign(date=dates)


def only(table: pd.DataFrame, phrase: str) -> dict[str, object]:
    rows = table[table["phrase"] == phrase].to_dict("records")
    assert len(rows) == 1
    return {str(column): value for column, value in rows[0].items()}


def test_a_row_worked_by_hand() -> None:
    table = discover_phrases(two_documents(), lexicon=["新质生产力"], min_count=3)
    found = only(table, "智改数转")
    # 38 letters, three occurrences; the weakest place is before 转, which stands five times.
    cohesion = log(38 / 5) / log(38 / 3)
    # Two of three in quotation marks: two thirds of half the way to 1.
    firm = cohesion + (1 - cohesion) / 3
    free = log2(3)
    assert found.pop("cohesion") == pytest.approx(cohesion)
    assert found.pop("freedom") == pytest.approx(free)
    assert found.pop("score") == pytest.approx(firm**2 * 2 * (1 + free) / (2 + free))
    assert found == {
        "phrase": "智改数转",
        "count": 3,
        "documents": 2,
        "known": "",
        "kind": "phrase",
        "places": 2,
        "first_date": "",
        "doc_id": "a",
        "line": 0,
        "column": 0,
    }


def test_columns_are_promised() -> None:
    table = discover_phrases(two_documents(), min_count=2)
    assert table.columns.tolist() == list(contract("phrases").columns)
    assert table.columns[:7].tolist() == (
        ["phrase", "count", "documents", "cohesion", "freedom", "score", "known"]
    )
    assert table["score"].is_monotonic_decreasing


def test_the_example_is_the_first_in_the_earliest_document() -> None:
    found = discover_phrases(
        two_documents(), documents=raw_documents("2024-05", "2023-11-02"), min_count=3
    )
    row = only(found, "智改数转")
    assert (row["first_date"], row["doc_id"]) == ("2023-11-02", "b")
    assert (row["line"], row["column"]) == (1, 2)
    undated = discover_phrases(two_documents(), documents=raw_documents("2024", ""), min_count=3)
    row = only(undated, "智改数转")
    assert (row["first_date"], row["doc_id"]) == ("2024", "a")
    assert (row["line"], row["column"]) == (1, 6)


def test_dictionaries_are_named() -> None:
    texts = ["“智改数转”和“两重”，", "“智改数转”与“两重”，"]
    found = discover_phrases(make_paragraphs(texts), lexicon=["智改数转"], min_count=2)
    assert dict(zip(found["phrase"], found["known"], strict=True)) == {
        "智改数转": "lexicon",
        "两重": "jieba",
    }
    variant = pd.DataFrame(
        {"term": ["智能化改造", "智改数转"], "category": "x", "variant_of": ["", "智能化改造"]}
    )
    found = discover_phrases(make_paragraphs(texts), lexicon=variant, min_count=2)
    assert only(found, "智改数转")["known"] == "lexicon"


def test_copies_and_furniture_do_not_count() -> None:
    paragraphs = make_paragraphs([*FIRST, SECOND[0], (SECOND[0], "furniture")])
    paragraphs.loc[2, "duplicate_of"] = "b#0001"
    assert "智改数转" not in discover_phrases(paragraphs, min_count=3)["phrase"].tolist()
    assert only(discover_phrases(paragraphs, min_count=2), "智改数转")["count"] == 2


def test_names_are_told_apart_and_stay_in_the_table() -> None:
    texts = [f"{sign}市委书记王晓鹏{sign}乐山高新区{sign}" for sign in "，。；！"]
    table = discover_phrases(make_paragraphs(texts), min_count=4)
    kinds = dict(zip(table["phrase"], table["kind"], strict=True))
    assert kinds == {"市委书记王晓鹏": "person", "乐山高新区": "place"}


def test_what_stands_once_must_be_quoted_or_unknown() -> None:
    texts = ["聚力推进“三市一城”建设，发展特色农业。", "抢抓成眉同城化历史机遇，建设美丽家园。"]
    assert not len(discover_phrases(make_paragraphs(texts), min_count=2))
    found = discover_phrases(make_paragraphs(texts), min_count=1)
    assert set(found["phrase"]) == {"三市一城", "成眉同城化"}
    assert found["count"].tolist() == [1, 1]
    assert found["freedom"].tolist() == [0, 0]


NOTHING = ["", "。", "，，！？——……", "\u3400\u4dbf", "123 456%", "AI", "一", " \u3000 "]


@pytest.mark.parametrize("text", NOTHING)
@pytest.mark.parametrize("min_count", [1, 2])
def test_texts_without_phrases_give_an_empty_table(text: str, min_count: int) -> None:
    found = discover_phrases(make_paragraphs([text, text]), min_count=min_count)
    pd.testing.assert_frame_equal(found, empty("phrases"))


def test_long_runs_of_rare_or_equal_letters_take_no_time() -> None:
    rare = "".join(map(chr, range(0x3400, 0x4DB0))) * 15
    with time_limit(30):
        found = discover_phrases(make_paragraphs([rare, "国" * 50_000, "5" * 50_000]))
    assert np.isfinite(found[["cohesion", "freedom", "score"]].to_numpy()).all()


def test_no_paragraphs_give_an_empty_table() -> None:
    none = make_paragraphs([""]).iloc[:0]
    documents = make_documents({}).iloc[:0]
    for given_documents in (None, documents):
        found = discover_phrases(none, documents=given_documents)
        pd.testing.assert_frame_equal(found, empty("phrases"))


def test_wrong_arguments_are_named() -> None:
    paragraphs = two_documents()
    with pytest.raises(StudyError, match="min_count is a whole number from 1 up; found 0"):
        discover_phrases(paragraphs, min_count=0)
    with pytest.raises(StudyError, match="top is a whole number from 1 up; found -3"):
        discover_phrases(paragraphs, top=-3)
    with pytest.raises(TableError, match="paragraphs"):
        discover_phrases(paragraphs.drop(columns="text"))
    with pytest.raises(UnknownNameError, match="documents lack 'b'"):
        discover_phrases(paragraphs, documents=raw_documents("", "").iloc[:1])


def test_the_table_given_stays_as_it_is() -> None:
    paragraphs = two_documents()
    before = paragraphs.copy()
    discover_phrases(paragraphs, min_count=1)
    pd.testing.assert_frame_equal(paragraphs, before)


WORDS = ["智改数转", "天府粮仓", "延链补链", "企业", "加快", "“", "”", "，", "。", "的", "5", "AI+"]
TEXT = st.lists(st.sampled_from(WORDS), max_size=12).map("".join)


@given(st.lists(TEXT, min_size=1, max_size=6), st.integers(1, 3), st.randoms())
@settings(max_examples=100, deadline=None)
def test_counts_are_those_of_a_search_and_row_order_does_not_matter(
    texts: list[str], least: int, rng: np.random.Generator
) -> None:
    paragraphs = make_paragraphs(texts)
    found = discover_phrases(paragraphs, min_count=least, top=1000)
    for phrase, count in zip(found["phrase"], found["count"], strict=True):
        assert count == sum(text.count(phrase) for text in texts) >= least
    numbers = found[["cohesion", "freedom", "score"]].to_numpy()
    assert np.isfinite(numbers).all()
    order = list(range(len(texts)))
    rng.shuffle(order)
    again = discover_phrases(paragraphs.iloc[order], min_count=least, top=1000)
    pd.testing.assert_frame_equal(found, again)
    first = discover_phrases(paragraphs, min_count=least, top=2)
    pd.testing.assert_frame_equal(first, found.head(2))
