from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.broken import BACKWARD, FORWARD
from tests.helpers import cleaned, make_documents, time_limit
from textlab.cleaning.characters import unify
from textlab.cleaning.ledger import ledger
from textlab.cleaning.paragraphs import clean, clean_text
from textlab.cleaning.traced import TracedText
from textlab.errors import TableError
from textlab.schema import contract
from textlab.tokens.segmentation import tokenize

LONG = 200_000

# Pieces of which pages are made, besides any single characters.
PIECES = [
    *"全市发展一二占〇省的。，、；：？！“”（）《》…—·Ab19%.#-*>|\t ",
    *["\n", "\n", "\r\n", "\r", "\x85", "\u2028", "\n\n", "\r\n\r\n", "  \n", "　\n"],
    *["\u200b", "\ufeff", "\u00a0", "\u3000", "\u2009", "\u00ad", "\x0c", "\x1f", "１", "Ａ", "％"],
    *["新质生产力", "深化改革开放", "占 比 分 别 为", "决 定", "８ ８ . ５ ％", "张三 李四"],
    *["# 决定\n", "- 一是", "> ", "**", "---\n", "（一）", "记者 张三\n", "责任编辑：张三\n"],
    *["首页 > 要闻 > 正文\n", "相关推荐\n", "第3页", "Silicon\nValley", "GDP\n增长"],
    "全市上下要凝心聚力，真抓实干，\n",
    "持续优化营商环境，推动高质量发\n展，切实增强企业信心和获得感。\n",
]
DOCUMENT = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


def traced(paragraphs: pd.DataFrame) -> list[TracedText]:
    return [
        TracedText.decode(text, origin)
        for text, origin in zip(paragraphs["text"], paragraphs["origin"], strict=True)
    ]


def test_a_document_by_hand() -> None:
    raw = "　　决 定\r\n\r\n责任编辑：张三\n一、总则\n坚持ＡＩ\u200b赋能。"
    table = clean(make_documents({"a": raw}, place="某市"))
    assert list(table.columns) == list(contract("paragraphs").columns)
    assert table[["para_id", "position", "role", "text", "origin"]].to_numpy().tolist() == [
        ["a#0001", 1, "heading", "决定", "2+1 4+1"],
        ["a#0002", 2, "furniture", "责任编辑：张三", "9+7"],
        ["a#0003", 3, "heading", "一、总则", "17+4"],
        ["a#0004", 4, "body", "坚持AI赋能。", "22+4 27+3"],
    ]
    assert table[["raw_start", "raw_end"]].to_numpy().tolist() == [
        [2, 5],
        [9, 16],
        [17, 21],
        [22, 30],
    ]
    assert set(table["place"]) == {"某市"}
    assert set(table["place_basis"]) == {"document"}
    assert set(table["article"]) == {1}


def test_a_stitched_paragraph_by_hand() -> None:
    table = clean(make_documents({"a": BACKWARD}))
    # Where its first half stands, and back over the text between.
    assert table["position"].tolist() == [1, 2, 3]
    assert table["text"].str[:3].tolist() == ["上半年", "摸清堵", "下一步"]
    assert table["origin"].tolist() == ["2+17", "54+18 21+18 40+12", "76+17 94+12"]
    assert table[["raw_start", "raw_end"]].to_numpy().tolist() == [[2, 19], [21, 72], [76, 106]]


def test_two_articles_by_hand() -> None:
    raw = "港口\n记者 张三\n\n航线开通。\n\n果园\n记者 李四\n\n硕果累累。\n责任编辑：王五"
    table = clean(make_documents({"a": raw}))
    assert table[["article", "role"]].to_numpy().tolist() == [
        *([1, role] for role in ("heading", "furniture", "body")),
        *([2, role] for role in ("heading", "furniture", "body", "furniture")),
    ]


def test_traditional_characters_stay_unless_a_study_wants_them_simplified() -> None:
    documents = make_documents({"a": "優化營商環境，激發市場活力。"})
    assert clean(documents)["text"].tolist() == ["優化營商環境，激發市場活力。"]
    simple = clean(documents, simplify=True)
    assert simple["text"].tolist() == ["优化营商环境，激发市场活力。"]
    assert simple["origin"].tolist() == clean(documents)["origin"].tolist()


def test_documents_without_a_place() -> None:
    table = clean(make_documents({"a": "坚持创新。"}))
    assert table[["place", "place_basis"]].to_numpy().tolist() == [["", ""]]


def test_paragraphs_stand_by_document_and_position() -> None:
    texts = {"b": "甲。\n乙。", "a": "丙。", "c": "", "d": "\u200b\n---"}
    table = clean(make_documents(texts))
    assert table["para_id"].tolist() == ["a#0001", "b#0001", "b#0002"]
    shuffled = make_documents(texts).sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(clean(shuffled), table)


def test_documents_set_aside_give_no_paragraphs() -> None:
    documents = make_documents({"a": "甲。", "b": "乙。"}, set_aside={"b": "not selected by year"})
    assert clean(documents)["doc_id"].tolist() == ["a"]


def test_no_documents_give_an_empty_table() -> None:
    table = clean(make_documents({"a": "甲。"}).iloc[:0])
    assert table.empty
    assert list(table.columns) == list(contract("paragraphs").columns)


def test_a_table_that_is_none_of_documents() -> None:
    with pytest.raises(TableError, match="table 'documents' wants the column"):
        clean(pd.DataFrame({"text": ["甲"]}))


def test_the_input_is_left_alone() -> None:
    documents = make_documents({"a": "决 定"})
    before = documents.copy(deep=True)
    clean(documents)
    pd.testing.assert_frame_equal(documents, before)


@settings(max_examples=100, deadline=None)
@given(DOCUMENT)
@example("占\r\n")
@example("Ab\r\nAb")
@example("\ufeff# ｐ\u2028相关推荐\rＡ")
@example(BACKWARD)
@example(f"{FORWARD}\r\n\r\n{BACKWARD}")
def test_every_character_is_accounted_for_and_leads_back(raw: str) -> None:
    documents = make_documents({"a": raw})
    paragraphs = clean(documents)
    rows = ledger(documents, paragraphs)
    dropped = rows["characters"][rows["what"] == "dropped"].sum()
    assert len(raw) == paragraphs["text"].str.len().sum() + dropped

    unified = unify(raw)
    offsets = []
    changed = 0
    for text in traced(paragraphs):
        assert text.text
        assert text.text == text.text.strip()
        own = [text.offset(at) for at in range(len(text))]
        for at, character in zip(own, text.text, strict=True):
            assert character == unified[at] or (character == " " and unified[at] == "\n")
            changed += character != raw[at]
        offsets += own
    assert len(offsets) == len(set(offsets))
    assert changed == rows["characters"][rows["what"] == "changed"].sum()


@settings(max_examples=50, deadline=None)
@given(DOCUMENT)
def test_every_token_stands_in_the_file(raw: str) -> None:
    paragraphs = clean(make_documents({"a": raw}))
    by_id = dict(zip(paragraphs["para_id"], traced(paragraphs), strict=True))
    tokens = tokenize(paragraphs)
    unified = unify(raw)
    columns = ["para_id", "token", "start", "end"]
    for para_id, token, start, end in tokens[columns].to_numpy().tolist():
        places = [by_id[para_id].offset(at) for at in range(start, end)]
        assert "".join(unified[at] for at in places) == token


@settings(max_examples=100, deadline=None)
@given(DOCUMENT)
def test_nothing_that_shows_is_dropped(raw: str) -> None:
    shown = "".join(cleaned(raw))
    for character in "全市发展一二占〇省的，。《》（）":
        assert shown.count(character) == raw.count(character)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_text_at_all_can_be_cleaned(raw: str) -> None:
    offsets = [t.offset(at) for _, t in clean_text(raw) for at in range(len(t))]
    assert len(offsets) == len(set(offsets))
    assert all(0 <= offset < len(raw) for offset in offsets)


def test_a_long_paragraph_of_many_runs_is_accounted_for_in_linear_time() -> None:
    pattern = "占\u200b 占 "
    documents = make_documents({"a": pattern * (LONG // len(pattern))})
    with time_limit(20):
        paragraphs = clean(documents)
        rows = ledger(documents, paragraphs)
    assert paragraphs["text"].str.len().tolist() == [LONG * 2 // 5]
    assert rows["characters"].sum() == LONG * 3 // 5
