from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from textlab.errors import StudyError, TableError
from textlab.tokens.filters import filter_terms, rare_and_common
from textlab.topics.vocabulary import choose_vocabulary

# Four documents: 发展 in all, 农业 in two, 工业 in one, 河长制 in three; 航天 nowhere.
COUNTS = pd.DataFrame(
    [
        ("a", "发展", 5),
        ("a", "农业", 1),
        ("a", "河长制", 1),
        ("b", "发展", 1),
        ("b", "农业", 9),
        ("b", "航天", 0),
        ("c", "发展", 1),
        ("c", "河长制", 1),
        ("d", "发展", 2),
        ("d", "工业", 7),
        ("d", "河长制", 1),
    ],
    columns=pd.Index(["unit", "term", "n"]),
)


def left(**bounds: Any) -> set[str]:
    return set(filter_terms(COUNTS, **bounds)["term"])


def test_terms_of_too_few_documents_go() -> None:
    assert left() == {"发展", "农业", "工业", "河长制"}
    assert left(min_documents=2) == {"发展", "农业", "河长制"}
    assert left(min_documents=3) == {"发展", "河长制"}
    assert left(min_documents=5) == set()


def test_terms_of_too_large_a_share_of_documents_go() -> None:
    assert left(max_document_share=0.99) == {"农业", "工业", "河长制"}
    # A term in just that share stays.
    assert left(max_document_share=0.75) == {"农业", "工业", "河长制"}
    assert left(max_document_share=0.7) == {"农业", "工业"}
    assert left(max_document_share=0.25, min_documents=2) == set()


def test_terms_to_keep_stay_outside_the_bounds() -> None:
    assert left(min_documents=3, keep=["工业", "航天"]) == {"发展", "工业", "河长制", "航天"}
    assert left(max_document_share=0.5, keep={"发展"}) == {"发展", "农业", "工业"}


def test_rows_that_stay_are_as_they_were() -> None:
    before = COUNTS.copy(deep=True)
    expected = COUNTS[COUNTS["term"].isin(["农业", "河长制"])].reset_index(drop=True)
    found = filter_terms(COUNTS, min_documents=2, max_document_share=0.8)
    assert_frame_equal(found, expected, check_dtype=False)
    assert_frame_equal(COUNTS, before)


def test_what_is_left_out_can_be_excluded_elsewhere() -> None:
    assert rare_and_common(COUNTS) == {"航天"}
    assert rare_and_common(COUNTS, min_documents=2) == {"工业", "航天"}
    assert rare_and_common(COUNTS, max_document_share=0.5) == {"发展", "河长制", "航天"}
    assert rare_and_common(COUNTS.iloc[:0], min_documents=2) == frozenset()


@pytest.mark.parametrize(
    ("bounds", "message"),
    [
        ({"min_documents": 0}, "min_documents wants a whole number of 1 or more, found 0"),
        ({"min_documents": 1.5}, "found 1.5"),
        ({"min_documents": True}, "found True"),
        ({"max_document_share": 0}, "max_document_share wants a number above 0 and up to 1"),
        ({"max_document_share": 1.01}, "found 1.01"),
        ({"max_document_share": float("nan")}, "found nan"),
        ({"max_document_share": "0.5"}, "found '0.5'"),
        ({"keep": "工业"}, "keep wants a collection of terms, found the text '工业'"),
    ],
)
def test_bounds_that_cannot_be_are_refused(bounds: dict[str, Any], message: str) -> None:
    with pytest.raises(StudyError) as caught:
        filter_terms(COUNTS, **bounds)
    assert message in str(caught.value)


def test_numbers_of_numpy_are_bounds() -> None:
    assert left(min_documents=np.int64(2), max_document_share=np.float64(0.75)) == {
        "农业",
        "河长制",
    }


def test_a_table_that_is_no_counts_is_refused() -> None:
    with pytest.raises(TableError, match="term"):
        filter_terms(COUNTS[["unit", "n"]])


cells = st.tuples(st.sampled_from("abcdef"), st.sampled_from("甲乙丙丁戊"), st.integers(1, 3))


@given(
    st.lists(cells, min_size=1, unique_by=lambda cell: cell[:2]),
    st.integers(1, 6),
    st.integers(1, 20).map(lambda twentieths: twentieths / 20),
    st.sets(st.sampled_from("甲乙己")),
)
def test_it_is_what_one_would_count_by_hand_and_what_topics_read(
    rows: list[tuple[str, str, int]], least: int, share: float, keep: set[str]
) -> None:
    counts = pd.DataFrame(rows, columns=pd.Index(["unit", "term", "n"]))
    units = {unit for unit, _, _ in rows}
    having = {term: {u for u, t, _ in rows if t == term} for _, term, _ in rows}
    # Whole numbers: a quotient may miss what is just the share.
    expected = {
        term
        for term, units_with in having.items()
        if term in keep
        or (len(units_with) >= least and len(units_with) * 20 <= round(share * 20) * len(units))
    }
    found = filter_terms(counts, min_documents=least, max_document_share=share, keep=keep)
    assert set(found["term"]) == expected
    if expected and least <= len(units):
        vocabulary = choose_vocabulary(counts, min_units=least, max_share=share, keep=keep)
        assert set(vocabulary) == expected
