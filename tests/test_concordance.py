from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.collocation_tables import make_paragraphs, make_tokens
from tests.helpers import make_documents
from textlab.analysis.concordance import concordance
from textlab.cleaning.paragraphs import clean
from textlab.errors import StudyError, TableError, UnknownNameError
from textlab.schema import contract, empty
from textlab.tokens.segmentation import find_terms, tokenize

TERMS = ["现代化", "中国式现代化", "营商环境"]
# The first line ends within a term, the second paragraph has two terms.
RAW = {
    "a": "标题\n\n全市抓落实，优化营商\n环境，推进现代化。\n",
    "b": "中国式现代化和营商环境，营商环境和现代化。",
}


class Study:
    """The tables of some texts with the terms above."""

    def __init__(self, texts: dict[str, str], terms: Sequence[str] = TERMS) -> None:
        self.documents = make_documents(texts, place="甲市")
        self.paragraphs = clean(self.documents).assign(place="甲市")
        self.tokens = tokenize(self.paragraphs, list(terms))
        self.occurrences = find_terms(self.paragraphs, list(terms))

    def lines(self, term: str | Sequence[str], **options: Any) -> pd.DataFrame:
        given: dict[str, Any] = {
            "paragraphs": self.paragraphs,
            "documents": self.documents,
            "lexicon": TERMS,
        }
        return concordance(self.tokens, term, **(given | options))


STUDY = Study(RAW)


def cells(table: pd.DataFrame, *columns: str) -> list[list[Any]]:
    return [list(row) for row in table[list(columns)].itertuples(index=False)]


def test_lines_by_hand() -> None:
    table = STUDY.lines("营商环境", width=3)
    assert list(table.columns) == list(contract("concordance").columns)
    assert cells(table, "file", "line", "column", "left", "match", "right") == [
        ["a.txt", 3, 9, "，优化", "营商环境", "，推进"],
        ["b.txt", 1, 8, "代化和", "营商环境", "，营商"],
        ["b.txt", 1, 13, "环境，", "营商环境", "和现代"],
    ]
    assert set(table["place"]) == {"甲市"} and set(table["term"]) == {"营商环境"}


def test_contexts_end_with_the_paragraph_and_are_not_padded() -> None:
    table = STUDY.lines("营商环境")
    assert cells(table, "left", "right")[0] == ["全市抓落实，优化", "，推进现代化。"]
    assert cells(STUDY.lines("营商环境", width=0), "left", "right") == [["", ""]] * 3


def test_a_term_within_a_longer_one_is_found_with_occurrences_only() -> None:
    alone = [["a.txt", 4, 6], ["b.txt", 1, 18]]
    assert cells(STUDY.lines("现代化"), "file", "line", "column") == alone
    nested = STUDY.lines("现代化", occurrences=STUDY.occurrences)
    assert cells(nested, "file", "line", "column") == [alone[0], ["b.txt", 1, 4], alone[1]]
    assert nested["left"].tolist()[1] == "中国式"


def test_variants_are_found_with_their_head_and_by_themselves() -> None:
    rows = [("医疗保障", ""), ("医保", "医疗保障"), ("医保基金监管", "")]
    lexicon = pd.DataFrame(rows, columns=pd.Index(["term", "variant_of"])).assign(category="own")
    documents = make_documents({"a": "医疗保障好，医保好，医保基金监管好。"})
    paragraphs = clean(documents)
    tokens, occurrences = tokenize(paragraphs, lexicon), find_terms(paragraphs, lexicon)
    given: dict[str, Any] = {"paragraphs": paragraphs, "occurrences": occurrences}
    head = concordance(tokens, "医疗保障", **given)
    assert cells(head, "term", "match", "start") == [
        ["医疗保障", "医疗保障", 0],
        ["医疗保障", "医保", 6],
        ["医疗保障", "医保", 10],
    ]
    variant = concordance(tokens, "医保", **given)
    assert cells(variant, "term", "match", "start") == [["医保", "医保", 6], ["医保", "医保", 10]]


def test_any_token_can_be_asked_for() -> None:
    assert cells(STUDY.lines("推进", width=2), "line", "left", "right") == [[4, "境，", "现代"]]


def test_sorting_by_what_stands_to_the_left_and_to_the_right() -> None:
    text = "丙乙营商环境甲。乙丙营商环境乙。甲乙营商环境丙。丙乙营商环境甲乙。"
    study = Study({"a": text})
    starts = [2, 10, 18, 26]
    assert study.lines("营商环境")["start"].tolist() == starts
    right = study.lines("营商环境", sort="right", width=1)
    assert right["right"].tolist() == ["丙", "乙", "甲", "甲"]
    # Ties by position.
    assert right["start"].tolist() == [18, 10, 2, 26]
    # From the match backwards: 丙乙 / 乙丙 / 乙甲 / 乙丙, told apart by their second character.
    left = study.lines("营商环境", sort="left", width=2)
    assert left["left"].tolist() == ["乙丙", "丙乙", "丙乙", "甲乙"]
    assert left["start"].tolist() == [10, 2, 26, 18]


def test_several_terms_stand_one_behind_the_other() -> None:
    both = STUDY.lines(["营商环境", "推进"], sort="right")
    assert both["term"].tolist() == ["推进", "营商环境", "营商环境", "营商环境"]
    twice = STUDY.lines(["营商环境", "推进", "营商环境"], sort="right")
    pd.testing.assert_frame_equal(both, twice)


def test_without_documents_line_and_column_are_0() -> None:
    table = STUDY.lines("营商环境", documents=None)
    assert cells(table, "file", "line", "column") == [["", 0, 0]] * 3
    assert table["left"].tolist() == STUDY.lines("营商环境")["left"].tolist()


def test_only_the_given_paragraphs_are_looked_at() -> None:
    of_b = STUDY.paragraphs[STUDY.paragraphs["doc_id"] == "b"]
    assert STUDY.lines("营商环境", paragraphs=of_b)["doc_id"].tolist() == ["b", "b"]
    assert STUDY.lines("推进", paragraphs=of_b).empty


def test_a_lexicon_term_that_stands_nowhere_has_no_lines() -> None:
    study = Study({"a": "全市上下。"})
    nothing = empty("concordance")
    pd.testing.assert_frame_equal(study.lines("营商环境"), nothing)
    pd.testing.assert_frame_equal(study.lines(TERMS, sort="left"), nothing)
    pd.testing.assert_frame_equal(study.lines([]), nothing)
    # Of the built-in lexicon without another.
    pd.testing.assert_frame_equal(study.lines("新质生产力", lexicon=None), nothing)


@pytest.mark.parametrize(
    ("term", "options", "error", "words"),
    [
        (
            "营商环镜",
            {},
            UnknownNameError,
            "'营商环镜' is neither .* did you mean '营商环境'",
        ),
        ("", {}, UnknownNameError, "'' is neither a token of the texts nor a term"),
        (["营商环境", "税"], {}, UnknownNameError, "'税' is neither"),
        ("化营商", {}, UnknownNameError, "the string stands there 1×, within or across"),
        (
            "推进",
            {"sort": "middle"},
            UnknownNameError,
            "no sort 'middle'; there are: position",
        ),
        ("推进", {"width": -1}, StudyError, "width wants a whole number of 0 or more, found -1"),
        ("推进", {"width": "3"}, StudyError, "width wants a whole number"),
        ("推进", {"documents": STUDY.documents[1:]}, UnknownNameError, "documents lack 'a'"),
        ("推进", {"occurrences": STUDY.tokens}, TableError, "table 'occurrences' wants"),
    ],
)
def test_bad_input(
    term: str | list[str], options: dict[str, Any], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        STUDY.lines(term, **options)


def test_what_the_message_says_of_a_string_is_true() -> None:
    with pytest.raises(UnknownNameError, match=r"find_terms\(paragraphs, \['化营商'\]"):
        STUDY.lines("化营商")
    found = find_terms(STUDY.paragraphs, ["化营商"], accidents="counted")
    assert cells(STUDY.lines("化营商", occurrences=found), "line", "column") == [[3, 8]]


def test_paragraphs_of_other_tokens_are_refused() -> None:
    other = STUDY.paragraphs.assign(text=STUDY.paragraphs["text"].str[1:])
    with pytest.raises(TableError, match="not the paragraphs that were segmented"):
        STUDY.lines("营商环境", paragraphs=other, documents=None)


words = st.lists(st.sampled_from(["营商环境", "甲", "环境", "，", "。"]), min_size=1, max_size=9)


@settings(deadline=None, max_examples=25)
@given(st.lists(words.map(" ".join), min_size=1, max_size=4), st.integers(0, 12), st.integers(0, 9))
def test_left_match_and_right_are_a_stretch_of_the_paragraph(
    texts: list[str], width: int, seed: int
) -> None:
    texts = ["营商环境 。", *texts]
    tokens, paragraphs = make_tokens({"a": texts}), make_paragraphs({"a": texts}, {})
    table = concordance(tokens, "营商环境", paragraphs=paragraphs, width=width)
    of = paragraphs.set_index("para_id")["text"]
    columns = ("para_id", "start", "left", "match", "right")
    for para_id, start, left, match, right in cells(table, *columns):
        assert of[para_id][start - len(left) :].startswith(f"{left}{match}{right}")
        assert len(left) == min(width, start)
        assert len(right) == min(width, len(of[para_id]) - start - len(match))
    assert len(table) == of.str.count("营商环境").sum()
    shuffled = tokens.sample(frac=1, random_state=seed)
    again = concordance(shuffled, "营商环境", paragraphs=paragraphs, width=width)
    pd.testing.assert_frame_equal(again, table)
    for sort in ("left", "right"):
        again = concordance(tokens, "营商环境", paragraphs=paragraphs, width=width, sort=sort)
        assert sorted(cells(again, *again.columns)) == sorted(cells(table, *table.columns))
        shown = [text[::-1] if sort == "left" else text for text in again[sort]]
        assert shown == sorted(shown)
