from __future__ import annotations

from collections import Counter
from math import nan

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers import make_paragraphs
from textlab.errors import TableError, UnknownNameError
from textlab.language.stopwords import stopwords
from textlab.schema import check, contract
from textlab.tokens.counting import (
    count,
    document_term_matrix,
    paragraph_sizes,
    place_names,
    places_of,
    stoplist,
)
from textlab.tokens.kinds import CONTENT_KINDS
from textlab.tokens.segmentation import tokenize

Given = tuple[str, str, str]


def make_tokens(rows: list[Given]) -> pd.DataFrame:
    """Tokens (para_id, token, kind); the document is the part of para_id before the #."""
    table = [
        [para, para.partition("#")[0], position, token, kind, position, position + len(token)]
        for position, (para, token, kind) in enumerate(rows, 1)
    ]
    return check(pd.DataFrame(table, columns=pd.Index(contract("tokens").columns)), "tokens")


TOKENS_GIVEN: list[Given] = [
    ("a#1", "营商环境", "lexicon"),
    ("a#1", "发展", "word"),
    ("a#1", "，", "punctuation"),
    ("a#2", "发展", "word"),
    ("a#2", "的", "word"),
    ("a#2", "12", "number"),
    ("b#1", "AI", "latin"),
    ("b#1", "发展", "word"),
    ("b#1", "。", "punctuation"),
]
TOKENS = make_tokens(TOKENS_GIVEN)


def rows(table: pd.DataFrame) -> list[tuple[object, ...]]:
    return [tuple(row) for row in table.itertuples(index=False)]


def test_by_document() -> None:
    assert rows(count(TOKENS)) == [
        ("a", "12", 1),
        ("a", "发展", 2),
        ("a", "的", 1),
        ("a", "营商环境", 1),
        ("b", "AI", 1),
        ("b", "发展", 1),
    ]


def test_by_another_column() -> None:
    assert rows(count(TOKENS, "kind")) == [
        ("latin", "AI", 1),
        ("lexicon", "营商环境", 1),
        ("number", "12", 1),
        ("word", "发展", 3),
        ("word", "的", 1),
    ]


def test_by_a_series_of_paragraphs() -> None:
    places = pd.Series({"a#1": "岚江市", "b#1": "岚江市", "a#2": ""})
    assert rows(count(TOKENS, places, kinds=["word"])) == [("岚江市", "发展", 2)]
    # A paragraph that the Series does not know is left out, like one without a place.
    assert rows(count(TOKENS, places.drop("a#2"), kinds=["word"])) == [("岚江市", "发展", 2)]


def test_places_leave_copies_out() -> None:
    paragraphs = make_paragraphs(["甲", "乙", "丙", "丁"])
    paragraphs["place"] = ["岚江市", "岚江市", "", "青禾市"]
    paragraphs["duplicate_of"] = ["", "a#0001", "", "a#0001"]
    places = places_of(paragraphs)
    assert places.to_dict() == {"a#0001": "岚江市", "a#0002": "", "a#0003": "", "a#0004": ""}
    assert places_of(paragraphs, copies=True).tolist() == ["岚江市", "岚江市", "", "青禾市"]
    tokens = make_tokens([(f"a#000{n}", "发展", "word") for n in range(1, 5)])
    assert rows(count(tokens, places)) == [("岚江市", "发展", 1)]
    everywhere = count(tokens, places_of(paragraphs, copies=True))
    assert rows(everywhere) == [("岚江市", "发展", 2), ("青禾市", "发展", 1)]


def test_places_of_paragraphs_that_are_none() -> None:
    assert places_of(make_paragraphs([])).empty
    with pytest.raises(TableError, match="duplicate_of"):
        places_of(make_paragraphs(["甲"]).drop(columns="duplicate_of"))


def test_what_counts() -> None:
    assert set(count(TOKENS, kinds=["punctuation"])["term"]) == {"，", "。"}
    assert set(count(TOKENS, kinds=CONTENT_KINDS)["term"]) == {"发展", "的", "营商环境"}
    assert set(count(TOKENS, exclude={"发展", "AI"})["term"]) == {"12", "的", "营商环境"}
    assert set(count(TOKENS, min_length=2)["term"]) == {"12", "发展", "营商环境", "AI"}
    assert set(count(TOKENS, min_length=3)["term"]) == {"营商环境"}


def test_nothing_to_count() -> None:
    for table in (count(TOKENS, kinds=[]), count(TOKENS.iloc[:0]), count(TOKENS, min_length=9)):
        assert table.empty
        assert list(table.columns) == ["unit", "term", "n"]
        assert document_term_matrix(table).empty


def test_an_unknown_column() -> None:
    with pytest.raises(UnknownNameError, match="no column 'docid'; did you mean 'doc_id'\\?"):
        count(TOKENS, "docid")


def test_the_order_of_rows_does_not_matter() -> None:
    shuffled = TOKENS.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(count(shuffled), count(TOKENS))
    pd.testing.assert_frame_equal(
        document_term_matrix(count(shuffled)), document_term_matrix(count(TOKENS))
    )


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a#1", "a#2", "b#1", "c#1"]),
            st.text("甲乙丙", min_size=1, max_size=2),
            st.sampled_from(["word", "lexicon", "punctuation"]),
        ),
        max_size=30,
    )
)
def test_it_counts_like_a_counter(given_rows: list[Given]) -> None:
    counts = count(make_tokens(given_rows))
    expected = Counter((p[0], token) for p, token, kind in given_rows if kind != "punctuation")
    assert {(unit, term): n for unit, term, n in rows(counts)} == expected
    wide = document_term_matrix(counts)
    assert wide.to_numpy().sum() == expected.total()
    assert all(wide.at[unit, term] == n for (unit, term), n in expected.items())


def test_a_matrix_by_hand() -> None:
    wide = document_term_matrix(count(TOKENS))
    assert wide.index.tolist() == ["a", "b"]
    assert wide.columns.tolist() == ["12", "AI", "发展", "的", "营商环境"]
    assert wide.to_numpy().tolist() == [[1, 0, 2, 1, 1], [0, 1, 1, 0, 0]]
    assert set(wide.dtypes.astype(str)) == {"int64"}


def test_a_matrix_of_counts_that_are_none() -> None:
    with pytest.raises(TableError, match="the key is there twice"):
        document_term_matrix(pd.concat([count(TOKENS)] * 2))


@pytest.mark.parametrize(
    ("place", "short"),
    [
        ("岚江市", "岚江"),
        ("某某自治区", "某某"),
        ("青禾县", "青禾"),
        ("澜川特别行政区", "澜川"),
        ("碧川自治州", "碧川"),
    ],
)
def test_places_and_their_short_names(place: str, short: str) -> None:
    assert {place, short} <= place_names([place])


def test_names_that_have_no_short_form() -> None:
    assert place_names(["广州", "沙市", "", "岚江"]) == {"广州", "沙市", "岚江"}
    assert place_names([]) == frozenset()


NAMING = make_tokens(
    [
        *[("a#1", word, "word") for word in ("岚江", "岚江人", "长江", "的")],
        ("a#1", "岚江模式", "lexicon"),
        ("a#1", "GDP", "latin"),
        ("a#1", "12", "number"),
        ("a#1", "，", "punctuation"),
    ]
)


def test_what_says_nothing_of_a_subject() -> None:
    assert stoplist(NAMING, stopwords=["的", "了"], places=["岚江市"]) == {
        *["的", "了", "岚江", "岚江人", "GDP", "12", "，"]
    }
    assert stoplist(NAMING, stopwords=[]) == {"GDP", "12", "，"}


def test_the_builtin_stopwords_are_the_default() -> None:
    assert stoplist(NAMING) == stopwords() | {"GDP", "12", "，"}
    assert "的" in stopwords()


def test_a_term_counts_for_the_longest() -> None:
    tokens = tokenize(make_paragraphs(["中国式现代化，现代化"]), ["中国式现代化", "现代化"])
    assert rows(count(tokens)) == [("a", "中国式现代化", 1), ("a", "现代化", 1)]


def test_a_series_that_is_not_by_para_id_is_refused() -> None:
    tokens = make_tokens_for_units()
    with pytest.raises(TableError, match=r"indexed by para_id such as 'a#0001'"):
        count(tokens, by=pd.Series({"a": "x"}))
    with pytest.raises(TableError, match="'a#0001' is there twice"):
        count(tokens, by=pd.Series(["x", "y"], index=["a#0001", "a#0001"]))


def make_tokens_for_units() -> pd.DataFrame:
    return pd.DataFrame(
        [("a#0001", "a", 1, "新质生产力", "lexicon", 0, 5)],
        columns=["para_id", "doc_id", "position", "token", "kind", "start", "end"],
    )


def test_sizes_of_paragraphs_by_hand() -> None:
    tokens = make_tokens([*TOKENS_GIVEN, ("b#2", "！", "punctuation"), ("b#3", "公斤", "unit")])
    found = rows(paragraph_sizes(tokens))
    assert found == [
        ("a#1", "a", 2),
        ("a#2", "a", 3),
        ("b#1", "b", 2),
        ("b#2", "b", 0),
        ("b#3", "b", 1),
    ]
    shuffled = tokens.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(paragraph_sizes(shuffled), paragraph_sizes(tokens))
    assert paragraph_sizes(tokens.iloc[:0]).empty


def test_units_of_measure_count_but_say_nothing() -> None:
    tokens = make_tokens([("a#1", "公斤", "unit"), ("a#1", "粮食", "word")])
    assert rows(count(tokens)) == [("a", "公斤", 1), ("a", "粮食", 1)]
    assert rows(count(tokens, kinds=CONTENT_KINDS)) == [("a", "粮食", 1)]
    assert "公斤" in stoplist(tokens, stopwords=())


def test_units_that_are_the_same_as_text_are_one() -> None:
    tokens = TOKENS.assign(year=[2024, 2024, 2024, "2024", "2024", nan, "", 2023, 2023])
    assert rows(count(tokens, by="year")) == [
        ("2023", "发展", 1),
        ("2024", "发展", 2),
        ("2024", "的", 1),
        ("2024", "营商环境", 1),
    ]
