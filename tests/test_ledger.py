from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers import make_documents
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
        # Two Windows line ends of two characters each, and four others less one kept as a space.
        ["clean", "a", "a.txt", "dropped", "line end", 7],
        ["clean", "a", "a.txt", "dropped", "white space", 2],
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
        ("占 比 分 别 为", "dropped", "white space", 4),
        ("全市\ufeff上下", "dropped", "invisible character", 1),
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


@settings(deadline=None, max_examples=30)
@given(st.lists(st.text("全市，Ａ1 \n\r\u200b#*-", max_size=30), min_size=1, max_size=4))
def test_the_balance_holds_document_by_document(texts: list[str]) -> None:
    documents = make_documents({f"d{number}": text for number, text in enumerate(texts)})
    paragraphs = clean(documents)
    table = ledger(documents, paragraphs)
    dropped = table[table["what"] == "dropped"].groupby("doc_id")["characters"].sum()
    kept = paragraphs["text"].str.len().groupby(paragraphs["doc_id"]).sum()
    for number, text in enumerate(texts):
        assert len(text) == kept.get(f"d{number}", 0) + dropped.get(f"d{number}", 0)
    shuffled = ledger(documents.iloc[::-1], paragraphs.iloc[::-1])
    pd.testing.assert_frame_equal(shuffled, table)
