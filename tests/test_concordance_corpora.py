"""Every line of the concordance is where keyword_occurrences.csv and ``trace`` say it is."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
import pytest

import textlab as tl
from textlab.analysis.concordance import concordance
from textlab.output.tables import read_csv

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "corpus" / "demo"
TEXTS = ROOT.parent / "shared" / "corpora" / "sichuan-2024"
COMMITTED = ROOT / "results" / "sichuan-2024" / "tables" / "keyword_occurrences.csv"
PLACE = ["file", "line", "column"]


@cache
def tables(folder: Path) -> tuple[pd.DataFrame, ...]:
    documents = tl.read_documents(folder)
    paragraphs = tl.clean(documents)
    return documents, paragraphs, tl.tokenize(paragraphs), tl.find_terms(paragraphs)


def all_lines(folder: Path) -> pd.DataFrame:
    documents, paragraphs, tokens, occurrences = tables(folder)
    return concordance(
        tokens,
        occurrences["keyword"].unique(),
        paragraphs=paragraphs,
        documents=documents,
        occurrences=occurrences,
    )


def same_places(lines: pd.DataFrame, occurrences: pd.DataFrame) -> None:
    keys = ["keyword", *PLACE, "surface"]
    found = lines.rename(columns={"term": "keyword", "match": "surface"})[keys]
    expected = occurrences[keys].sort_values(keys, ignore_index=True)
    pd.testing.assert_frame_equal(found.sort_values(keys, ignore_index=True), expected)


def test_the_lines_of_the_demo_are_its_located_occurrences() -> None:
    documents, paragraphs, _, occurrences = tables(DEMO)
    lines = all_lines(DEMO)
    assert len(lines) == len(occurrences) > 700
    assert (occurrences["relation"] == "nested").any()
    same_places(lines, tl.locate(occurrences, paragraphs, documents))


def test_the_raw_text_of_the_demo_begins_the_match_where_the_line_says() -> None:
    documents = tables(DEMO)[0].set_index("file")["text"]
    lines = all_lines(DEMO)
    raw = {file: text.splitlines() for file, text in documents.items()}
    for file, line, column, match in lines[[*PLACE, "match"]].itertuples(index=False, name=None):
        assert raw[file][line - 1][column - 1] == match[0]


def test_tokens_that_are_no_terms_stand_where_locate_says() -> None:
    documents, paragraphs, tokens, occurrences = tables(DEMO)
    spans = tokens[tokens["token"] == "企业"]
    lines = concordance(
        tokens, "企业", paragraphs=paragraphs, documents=documents, occurrences=occurrences
    )
    expected = tl.locate(spans, paragraphs, documents).sort_values(["doc_id", "line", "column"])
    assert len(lines) > 20
    pd.testing.assert_frame_equal(lines[PLACE], expected[PLACE].reset_index(drop=True))


@pytest.mark.skipif(
    not TEXTS.is_dir(), reason="the texts of the Sichuan study are not on this machine"
)
def test_the_lines_of_the_sichuan_study_are_those_of_its_published_table() -> None:
    published = read_csv(COMMITTED, "keyword_occurrences")
    lines = all_lines(TEXTS)
    assert len(lines) == len(published) > 400
    same_places(lines, published)
