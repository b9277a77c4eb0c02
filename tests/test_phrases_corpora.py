"""Phrase discovery on real texts, which are no part of the repository."""

from __future__ import annotations

import time
from pathlib import Path

import pandas as pd
import pytest

from textlab.cleaning.duplicates import find_duplicates, mark_duplicates
from textlab.cleaning.paragraphs import clean
from textlab.reading.documents import read_documents
from textlab.tokens.phrases import discover_phrases

# Judged by hand: whether a researcher would put it into a lexicon.
GOLD = Path(__file__).parent / "gold" / "phrases.csv"
CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"

# What a political scientist would list; the first are in the built-in lexicon too.
WANTED = [
    *("智改数转", "揭榜挂帅", "高效办成一件事", "四下基层", "人工智能+", "无废城市", "四好农村路"),
    *("双一流", "零基预算", "先立后破", "以进促稳", "车路云一体化", "乡村全面振兴", "好房子"),
    *("铸牢中华民族共同体意识", "时时放心不下", "灯塔工厂", "延链补链", "源网荷储", "跨境电商"),
]
BOILERPLATE = [
    *("全年", "各位代表", "比上年增长", "增长左右", "全省", "过去一年", "今年", "请予审议", "十大"),
    *("进一步", "推进高质量发展", "体制机制", "经济社会发展", "专项行动", "地区生产总值增长"),
]

Texts = tuple[pd.DataFrame, pd.DataFrame]


def texts(name: str) -> Texts:
    folder = CORPORA / name
    if not folder.is_dir():
        pytest.skip(f"needs ../shared/corpora/{name} beside the checkout")
    documents = read_documents(folder)
    paragraphs = clean(documents)
    return documents, mark_duplicates(paragraphs, find_duplicates(paragraphs, documents))


@pytest.fixture(scope="module")
def provincial() -> Texts:
    return texts("provincial-2025")


@pytest.fixture(scope="module")
def sichuan() -> Texts:
    return texts("sichuan-2024")


def test_reports_give_formulations_first_and_no_boilerplate(provincial: Texts) -> None:
    documents, paragraphs = provincial
    begun = time.process_time()
    table = discover_phrases(paragraphs, documents=documents, top=2000)
    assert time.process_time() - begun < 20
    assert set(WANTED) <= set(table["phrase"].head(200))
    assert set(BOILERPLATE).isdisjoint(table["phrase"])
    assert not table["phrase"].str.contains("代表|比上年|左右").head(200).any()


def test_nine_of_ten_new_phrases_at_the_top_are_terms(provincial: Texts) -> None:
    _, paragraphs = provincial
    table = discover_phrases(paragraphs)
    new = table["phrase"][(table["kind"] == "phrase") & (table["known"] == "")]
    judged = pd.read_csv(GOLD).set_index("phrase")["term"] == "yes"
    # What nobody has judged is taken for none.
    terms = new.map(judged).eq(True).to_numpy()
    assert terms[:50].mean() >= 0.9
    assert terms.mean() >= 0.8 and len(terms) > 100


def test_reports_are_counted_as_a_search_counts(provincial: Texts) -> None:
    _, paragraphs = provincial
    counted = paragraphs[(paragraphs["role"] != "furniture") & (paragraphs["duplicate_of"] == "")]
    joined = "\n".join(counted["text"])
    table = discover_phrases(paragraphs, top=300)
    for phrase, count in zip(table["phrase"], table["count"], strict=True):
        assert count == joined.count(phrase), phrase


def test_examples_stand_where_the_table_says(provincial: Texts) -> None:
    documents, paragraphs = provincial
    table = discover_phrases(paragraphs, documents=documents, top=100)
    lines = {
        doc_id: text.split("\n")
        for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True)
    }
    for row in table.to_dict("records"):
        line = lines[row["doc_id"]][row["line"] - 1]
        assert line[row["column"] - 1 :].startswith(row["phrase"])


def test_five_pages_give_what_stands_twice(sichuan: Texts) -> None:
    documents, paragraphs = sichuan
    table = discover_phrases(paragraphs, documents=documents, min_count=2)
    wanted = {"智改数转", "揭榜挂帅", "延链补链强链", "天府粮仓", "高效办成一件事", "成眉同城"}
    assert wanted <= set(table["phrase"].head(100))
    people = table["phrase"][table["kind"] == "person"]
    assert len(people) >= 5 and not wanted & set(people)


def test_five_pages_give_what_stands_once_in_quotation_marks_or_is_new(sichuan: Texts) -> None:
    documents, paragraphs = sichuan
    table = discover_phrases(paragraphs, documents=documents, min_count=1, top=250)
    once = set(table["phrase"][table["count"] == 1])
    assert {"三市一城", "成眉同城化", "一优两高", "四攻坚四提能"} <= once
