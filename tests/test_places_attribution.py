"""The verb ``attribute_places``: what it leaves alone, refuses, and depends on."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from tests.helpers import make_documents, make_paragraphs
from tests.places_tables import document, told
from textlab.errors import StudyError, TableError
from textlab.places.attribution import attribute_places
from textlab.places.gazetteer import gazetteer

BASES = {
    *("subject", "speaker", "carried", "heading", "province"),
    *("document", "inferred", "several", ""),
}
SPEAKS = "成都市市长张三表示，要修路。"


def test_the_manifest_s_short_name_becomes_the_official_one() -> None:
    assert told(["天晴了。"], "眉山") == [("眉山市", "document")]
    assert told(["天晴了。"], " 四川 ") == [("四川省", "document")]
    # Neither of the two that it may be.
    assert told(["天晴了。"], "吉林") == [("吉林", "document")]
    assert told(["天晴了。"], "对照组") == [("对照组", "document")]


def test_documents_may_be_left_to_their_place() -> None:
    paragraphs = make_paragraphs([SPEAKS, ("成都市", "heading")])
    for listed, default in (
        (document("四川"), "document"),
        (document("四川", place_from="document"), "text"),
        (document("四川", place_from="document"), "document"),
    ):
        found = attribute_places(paragraphs, listed, default=default)
        assert set(zip(found["place"], found["place_basis"], strict=True)) == {
            ("四川省", "document")
        }


def test_a_document_may_be_read_although_the_study_says_otherwise() -> None:
    paragraphs = make_paragraphs([SPEAKS])
    for given_, basis in (("text", "speaker"), ("", "document"), (None, "document")):
        listed = document("四川省").assign(place_from=given_)
        found = attribute_places(paragraphs, listed, default="document")
        assert found["place_basis"].tolist() == [basis]


def test_a_document_without_a_place_has_the_one_that_is_inferred() -> None:
    assert told(["天晴了。"], "", title="德阳市加快修路") == [("德阳市", "inferred")]
    assert told(["全市都在修路。"], "", title="德阳市加快修路") == [("德阳市", "inferred")]
    assert told(["天晴了。"], "") == [("", "")]


def test_a_document_may_be_said_to_have_no_place() -> None:
    paragraphs = make_paragraphs([("天晴了。", "body"), SPEAKS])
    listed = document("", title="德阳市加快修路", place_from="none")
    found = attribute_places(paragraphs, listed)
    # What the text says still counts.
    assert found["place_basis"].tolist() == ["", "speaker"]
    assert found["place"].tolist()[0] == ""


def test_nothing_else_is_changed() -> None:
    paragraphs = make_paragraphs([SPEAKS, ("德阳市", "heading"), ("广告", "furniture")])
    paragraphs["own"] = ["x", "y", "z"]
    before = paragraphs.copy()
    documents = document("四川省")
    listed = documents.copy()
    found = attribute_places(paragraphs, documents)
    assert_frame_equal(paragraphs, before)
    assert_frame_equal(documents, listed)
    columns = ["place", "place_basis"]
    assert_frame_equal(found.drop(columns=columns), before.drop(columns=columns))
    assert list(found.columns) == list(before.columns)


def test_no_paragraphs_give_none() -> None:
    assert attribute_places(make_paragraphs([]), document("四川省")).empty


def test_what_cannot_be_meant_is_refused() -> None:
    paragraphs = make_paragraphs([SPEAKS])
    with pytest.raises(StudyError) as caught:
        attribute_places(paragraphs, document(), default="texts")
    assert str(caught.value) == "[places] from is 'text' or 'document', not 'texts'"
    with pytest.raises(TableError) as wrong:
        attribute_places(paragraphs, document(place_from="manifest"))
    assert str(wrong.value) == (
        "table 'documents', column 'place_from', 'a': wanted text, document, none or nothing, "
        "found 'manifest'"
    )
    with pytest.raises(TableError) as absent:
        attribute_places(paragraphs, document(doc_id="b"))
    assert str(absent.value) == "paragraphs of 'a', which is no document that was read"
    with pytest.raises(TableError, match="which is no document that was read"):
        attribute_places(paragraphs, document(set_aside="empty"))
    with pytest.raises(TableError, match="table 'paragraphs' wants the column"):
        attribute_places(paragraphs.drop(columns="role"), document())


WORDS = st.sampled_from(
    [
        *("成都市", "成都", "德阳", "眉山市", "四川", "四川省", "碧川", "碧川市", "东坡区", "吉林"),
        *("市长张三", "市委书记李四", "市委", "我省", "全市", "该市", "省委", "此外", "其中", "在"),
        *("表示", "说", "将", "加快", "发展", "、", "和", "，", "。", "“", "”", "：", "今年", "路"),
        *("\x00", "\U00020000", "1", " "),
    ]
)
TEXT = st.lists(WORDS, max_size=12).map("".join)
ROLES = st.sampled_from(["body", "body", "body", "heading", "caption", "furniture"])
ROWS = st.lists(st.tuples(st.sampled_from("abc"), TEXT, ROLES, st.integers(1, 2)), max_size=14)
PLACES = st.sampled_from(["", "四川省", "眉山", "碧川市", "吉林"])


def tables(
    rows: list[tuple[str, str, str, int]], places: dict[str, str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    documents = pd.concat([make_documents({key: ""}, place=places[key]) for key in "abc"])
    parts = []
    for key in "abc":
        own = [row for row in rows if row[0] == key]
        part = make_paragraphs([(text, role) for _, text, role, _ in own], doc_id=key)
        part["article"] = sorted(article for *_, article in own)
        parts.append(part)
    return pd.concat(parts, ignore_index=True), documents.reset_index(drop=True)


def by_paragraph(table: pd.DataFrame) -> dict[str, tuple[str, str]]:
    told_ = zip(table["place"], table["place_basis"], strict=True)
    return dict(zip(table["para_id"].astype(str), told_, strict=True))


@settings(max_examples=40, deadline=None)
@given(ROWS, st.fixed_dictionaries(dict.fromkeys("abc", PLACES)))
def test_each_document_is_told_by_itself(
    rows: list[tuple[str, str, str, int]], places: dict[str, str]
) -> None:
    paragraphs, documents = tables(rows, places)
    found = by_paragraph(attribute_places(paragraphs, documents))
    shuffled = paragraphs.sample(frac=1, random_state=len(rows))
    assert by_paragraph(attribute_places(shuffled, documents.iloc[::-1])) == found
    for key in "abc":
        alone = attribute_places(paragraphs[paragraphs["doc_id"] == key], documents)
        own = {para_id: value for para_id, value in found.items() if para_id.startswith(key)}
        assert by_paragraph(alone) == own


@settings(max_examples=40, deadline=None)
@given(ROWS, st.fixed_dictionaries(dict.fromkeys("abc", PLACES)))
def test_places_are_those_of_the_gazetteer_and_of_the_documents(
    rows: list[tuple[str, str, str, int]], places: dict[str, str]
) -> None:
    paragraphs, documents = tables(rows, places)
    found = attribute_places(paragraphs, documents)
    table = gazetteer()
    upper = set(table.loc[table["level"] != "county", "name"])
    assert set(found["place"]) <= upper | {"", "碧川市", "吉林"}
    assert set(found["place_basis"]) <= BASES
    without = found["place"] == ""
    assert (found.loc[without, "place_basis"].isin(["", "several"])).all()
    assert (found.loc[~without, "place_basis"] != "several").all()
    assert (found.loc[~without, "place_basis"] != "").all()
