from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.helpers import cleaned, make_documents, make_paragraphs
from textlab.cleaning.characters import letter_spaces
from textlab.cleaning.ledger import ledger
from textlab.cleaning.paragraphs import clean
from textlab.schema import contract

ENTRY = ["stage", "doc_id", "file", "what", "reason", "characters"]


def rows_of(texts: dict[str, str], **aside: str) -> list[list[object]]:
    documents = make_documents(texts, set_aside=aside)
    table = ledger(documents, clean(documents))
    assert list(table.columns) == ENTRY == list(contract("ledger").columns)
    return [list(row) for row in table.itertuples(index=False)]


def cleaning_of(raw: str) -> dict[tuple[str, str], int]:
    return {(str(row[3]), str(row[4])): int(str(row[5])) for row in rows_of({"a": raw})}


def test_a_document_by_hand() -> None:
    raw = "# 决　定\r\n\r\n责任编辑：张三\n坚持ＡＩ\u200b赋能，\nopen\nsource。\n"
    assert rows_of({"a": raw}) == [
        ["clean", "a", "a.txt", "changed", "line end to space", 1],
        ["clean", "a", "a.txt", "changed", "width unified", 2],
        ["clean", "a", "a.txt", "dropped", "Markdown mark", 1],
        ["clean", "a", "a.txt", "dropped", "invisible character", 1],
        ["clean", "a", "a.txt", "dropped", "letter-spacing", 1],
        # Two Windows line ends of two characters each, and four others less one kept as a space.
        ["clean", "a", "a.txt", "dropped", "line end", 7],
        ["clean", "a", "a.txt", "dropped", "white space", 1],
        ["clean", "a", "a.txt", "paragraph", "furniture of the page", 7],
    ]


@pytest.mark.parametrize(
    ("raw", "what", "reason", "characters"),
    [
        ("全市 上下", "", "", 0),
        ("全市\u00a0上下", "changed", "space unified", 1),
        ("８５％", "changed", "width unified", 3),
        ("全市\u2028上下，", "dropped", "line end", 1),
        ("全市上下，\n\n\n凝心聚力。", "dropped", "line end", 3),
        ("全市上下and\u2028share", "changed", "line end to space", 1),
        ("坚持(创新),推动!", "changed", "punctuation unified", 4),
        ("︵一︶推动", "changed", "punctuation unified", 2),
        ("⾼质量发展⺠⽣", "changed", "Kangxi radical", 3),
        ("工作\uf9e9程碑", "changed", "compatibility ideograph", 1),
        ("占 比 分 别 为", "dropped", "letter-spacing", 4),
        ("占　比　分　别　为", "dropped", "letter-spacing", 4),
        ("## **占\u200b 比 分 别 为**", "dropped", "letter-spacing", 4),
        ("占  比  分  别  为", "dropped", "letter-spacing", 8),
        ("占 比 分 别 为 8.5 个", "dropped", "white space", 0),
        ("其占 比 分 别 为 8.5 个", "dropped", "letter-spacing", 4),
        ("其占 比 分 别 为 8.5 个", "dropped", "white space", 2),
        ("达到 65% 。", "dropped", "white space", 2),
        ("  全市  上下  ", "dropped", "white space", 5),
        ("全市\ufeff上\ufe00下", "dropped", "invisible character", 2),
        ("全市\x1c\u2066上下", "dropped", "invisible character", 1),
        ("全市\x1c\u2066上下", "dropped", "bidi control", 1),
        ("\uf06c全市\U000f0000", "dropped", "private-use character", 2),
        ("**全市**上下", "dropped", "Markdown mark", 4),
        ("全市\n—————", "dropped", "Markdown mark", 5),
        ("＃ 全市", "dropped", "Markdown mark", 1),
        ("全市\n－－－－", "dropped", "Markdown mark", 4),
        ("全市\n首页 > 要闻 > 正文", "paragraph", "furniture of the page", 12),
    ],
)
def test_what_was_set_aside_and_why(raw: str, what: str, reason: str, characters: int) -> None:
    assert cleaning_of(raw).get((what, reason), 0) == characters


def test_nothing_is_said_of_what_needed_nothing() -> None:
    assert rows_of({"a": "全市上下要凝心聚力。"}) == []
    assert rows_of({}) == []


def test_documents_that_were_not_read() -> None:
    texts = {"a": "甲。", "b": "乙乙。", "c": ""}
    assert rows_of(texts, b="not selected by year", c="not UTF-8 (byte 1)") == [
        ["read", "b", "b.txt", "document", "not selected by year", 3],
        ["read", "c", "c.txt", "file", "not UTF-8 (byte 1)", 0],
    ]


def test_a_document_of_nothing_but_marks_is_all_dropped() -> None:
    assert rows_of({"a": "---\n \n"}) == [
        ["clean", "a", "a.txt", "dropped", "Markdown mark", 3],
        ["clean", "a", "a.txt", "dropped", "line end", 2],
        ["clean", "a", "a.txt", "dropped", "white space", 1],
    ]


def test_simplified_characters_are_changed_ones() -> None:
    raw = "優化營商環境。"
    documents = make_documents({"a": raw})
    paragraphs = clean(documents)
    paragraphs["text"] = ["优化营商环境。"]
    assert ledger(documents, paragraphs)[["what", "reason", "characters"]].to_numpy().tolist() == [
        ["changed", "simplified", 3]
    ]


def test_what_a_caller_took_out_of_the_paragraphs_is_said_to_be_in_none() -> None:
    documents = make_documents({"a": "全市上下。\n\n凝心聚力。"})
    paragraphs = clean(documents)
    rows = ledger(documents, paragraphs[paragraphs["position"] == 1])
    assert rows[["what", "reason", "characters"]].to_numpy().tolist() == [
        ["dropped", "in no paragraph", 5],
        ["dropped", "line end", 2],
    ]


def test_a_paragraph_of_two_distant_stretches_is_no_trouble() -> None:
    raw = "全市上下要凝\n甲。\n心聚力。"
    documents = make_documents({"a": raw})
    paragraphs = make_paragraphs(["全市上下要凝心聚力。", "甲。"])
    paragraphs["origin"] = ["0+6 10+4", "7+2"]
    assert ledger(documents, paragraphs)[["what", "reason", "characters"]].to_numpy().tolist() == [
        ["dropped", "line end", 2]
    ]


def check_balance(texts: list[str]) -> None:
    documents = make_documents({f"d{number}": text for number, text in enumerate(texts)})
    paragraphs = clean(documents)
    table = ledger(documents, paragraphs)
    assert (table["characters"] > 0).all()
    dropped = table[table["what"] == "dropped"].groupby("doc_id")["characters"].sum()
    kept = paragraphs["text"].str.len().groupby(paragraphs["doc_id"]).sum()
    for number, text in enumerate(texts):
        assert len(text) == kept.get(f"d{number}", 0) + dropped.get(f"d{number}", 0)
    assert "in no paragraph" not in set(table["reason"])
    shuffled = ledger(documents.iloc[::-1], paragraphs.iloc[::-1])
    pd.testing.assert_frame_equal(shuffled, table)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.text("全市，Ａ1 \n\r\u200b#*-", max_size=30), min_size=1, max_size=4))
def test_the_balance_holds_document_by_document(texts: list[str]) -> None:
    check_balance(texts)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=3))
@example(["占\u2028 比\x1c分 别\x0c为", "\ufeff\u3000\ufffd\U000e0041", "-\u2066-\ue000-"])
def test_the_balance_holds_for_any_characters(texts: list[str]) -> None:
    check_balance(texts)


SPACED = st.lists(st.sampled_from(["占", "比", "，", "8", "A", "市场", " ", " ", "  ", "\n"]))


@settings(deadline=None, max_examples=60)
@given(SPACED.map("".join))
def test_letter_spacing_is_what_closing_dropped(raw: str) -> None:
    found = cleaning_of(raw)
    closed = sum(letter_spaces(line.strip()) for line in raw.split("\n"))
    assert found.get(("dropped", "letter-spacing"), 0) == closed
    spaces = sum(found.get(("dropped", reason), 0) for reason in ("letter-spacing", "white space"))
    kept = sum(text.count(" ") for text in cleaned(raw))
    assert raw.count(" ") == spaces + kept - found.get(("changed", "line end to space"), 0)


def test_what_a_reader_left_out_is_listed() -> None:
    documents = make_documents({"a": "优化营商环境。"})
    documents["left_out"] = "page numbers: 3; running heads and feet: 24"
    rows = ledger(documents, clean(documents))
    left = rows[rows["what"] == "left out"]
    assert left[["stage", "reason", "characters"]].to_numpy().tolist() == [
        ["read", "page numbers", 3],
        ["read", "running heads and feet", 24],
    ]
