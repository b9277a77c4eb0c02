"""Documents in batches, texts at once, and what is passed over before it is read closely."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers import make_documents, make_paragraphs
from textlab.language.matching import leftmost_longest
from textlab.places import grammar
from textlab.places.attribution import attribute_places
from textlab.places.grammar import NONE, left_of
from textlab.places.inference import infer_place
from textlab.places.names import Names, names_for
from textlab.places.references import OFFICE_OF_LEVEL, REFERENCES, with_offices
from textlab.places.wordlists import longer_words

PIECES = (
    *(
        "四川省",
        "四川",
        "眉山市",
        "眉山",
        "峨眉山",
        "吉林",
        "市中区",
        "乐山市",
        "义乌",
        "碧川",
        "全市",
    ),
    *(
        "省财政厅厅长",
        "市发改委主任",
        "\0",
        "\ud800",
        "，",
        "：",
        "。",
        "“",
        "在",
        "的",
        "要",
        "加快",
        "甲",
    ),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)


@pytest.fixture(scope="module")
def names() -> Names:
    return names_for(("碧川市",))


@given(texts=st.lists(TEXTS, max_size=5))
def test_names_in_many_texts_are_those_in_each(names: Names, texts: list[str]) -> None:
    assert names.find_all(texts) == [names.find(text) for text in texts]


@given(text=TEXTS)
def test_names_are_the_longest_from_the_left(names: Names, text: str) -> None:
    sought = {*names.index.full, *names.index.short, *names.own, *longer_words(), *REFERENCES}
    every = [
        (start, end, text[start:end])
        for start in range(len(text))
        for end in range(len(text), start, -1)
        if text[start:end] in sought
    ]
    # 峨眉山 is found as what it is, which is no 眉山.
    meant = [match for match in leftmost_longest(every) if match[2] not in longer_words()]
    assert names.find(text) == meant


@given(st.lists(TEXTS, max_size=5))
def test_where_an_office_is_named_by_its_level_is_looked_at(texts: list[str]) -> None:
    named = {number for number, text in enumerate(texts) if OFFICE_OF_LEVEL.search(text)}
    assert named <= with_offices(texts)


@given(st.one_of(st.from_regex(grammar._BEFORE), st.from_regex(grammar._NUMBERED)))
def test_what_may_stand_before_a_subject_is_not_passed_over(before: str) -> None:
    last = before[-1:]
    assert not last or last in grammar._LAST or last.isdecimal() or last.isspace()


@pytest.mark.parametrize(
    ("before", "strength"), [("", 2), ("据", 2), ("今年，", 2), ("甲，", 1), ("甲的", 0), ("甲", 0)]
)
def test_how_a_name_is_reached(before: str, strength: int) -> None:
    assert left_of(f"{before}眉山", len(before)).strength == strength
    assert NONE == 0


def test_a_county_ends_within_the_text(names: Names) -> None:
    text = "浙江义乌"
    found = names.county_at(text, 2, ("浙江省",), 2024)
    assert found is not None
    assert (found.end, found.place) == (4, "金华市")
    assert names.county_at("浙江义", 2, ("浙江省",), 2024) is None
    assert names.county_at("浙江", 2, ("浙江省",), 2024) is None


def test_batches_of_documents_give_what_the_whole_gives() -> None:
    texts = {
        "a": ["碧川发展制造业。", "此外，该市支持绵阳。"],
        "b": ["碧川市委书记表示，要加快。", "他说，好。"],
        "c": ["眉山市人民政府要求加快。"],
    }
    documents = make_documents({doc_id: "\n".join(given) for doc_id, given in texts.items()})
    documents["place"] = ["碧川市", "", ""]
    documents["title"] = ["", "碧川市政府工作报告", ""]
    paragraphs = pd.concat(
        [make_paragraphs(given, doc_id=doc_id) for doc_id, given in texts.items()],
        ignore_index=True,
    )
    whole = attribute_places(paragraphs, documents)
    known = documents["place"].unique()
    parts = []
    guessed = []
    for doc_id in texts:
        own = documents[documents["doc_id"] == doc_id]
        parts.append(attribute_places(paragraphs[paragraphs["doc_id"] == doc_id], own, known=known))
        guessed.append(infer_place(own, known=known))
    pd.testing.assert_frame_equal(pd.concat(parts, ignore_index=True), whole)
    pd.testing.assert_series_equal(pd.concat(guessed), infer_place(documents))
    # 碧川 is no place of the gazetteer: without the other documents it says nothing.
    assert whole.loc[whole["doc_id"] == "b", "place"].tolist() == ["碧川市", "碧川市"]
    alone = attribute_places(
        paragraphs[paragraphs["doc_id"] == "b"], documents[documents["doc_id"] == "b"]
    )
    assert alone["place"].tolist() == ["", ""]


def test_rows_of_documents_that_are_mixed_stay_where_they_are() -> None:
    paragraphs = pd.concat(
        [make_paragraphs(["眉山市加快建设。", "此外，甲。"], doc_id=doc_id) for doc_id in "ba"]
    )
    documents = make_documents({"a": "", "b": ""})
    mixed = paragraphs.iloc[[3, 0, 2, 1]]
    found = attribute_places(mixed, documents)
    assert found["para_id"].tolist() == mixed["para_id"].tolist()
    assert found["place_basis"].tolist() == ["carried", "subject", "subject", "carried"]
