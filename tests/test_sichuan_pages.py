"""What the five Sichuan pages show of repair, by line numbers and counts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import textlab as tl
from textlab.cleaning.position import at_line, line_ends

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared/corpora/sichuan-2024"
MANIFEST = ROOT / "corpus/sichuan-2024/documents.csv"

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="needs ../shared/corpora/sichuan-2024 beside the checkout"
)


@pytest.fixture(scope="module")
def documents() -> pd.DataFrame:
    return tl.read_documents(CORPUS, MANIFEST)


@pytest.fixture(scope="module")
def paragraphs(documents: pd.DataFrame) -> pd.DataFrame:
    cleaned = tl.clean(documents)
    raw = documents.set_index("doc_id")["text"].map(line_ends)
    lines = [
        at_line(raw[doc_id], start)[0]
        for doc_id, start in zip(cleaned["doc_id"], cleaned["raw_start"], strict=True)
    ]
    return cleaned.assign(line=lines)


def between(paragraphs: pd.DataFrame, page: str, first: int, last: int) -> str:
    """The text of what begins on these lines of a page, furniture left out."""
    ours = paragraphs["doc_id"].str.startswith(page) & (paragraphs["role"] != "furniture")
    return "".join(paragraphs.loc[ours & paragraphs["line"].between(first, last), "text"])


def test_the_decision_reads_the_same_in_both_prints(paragraphs: pd.DataFrame) -> None:
    whole, page = between(paragraphs, "002", 5, 18), between(paragraphs, "003", 82, 261)
    assert len(whole) == 2561
    assert page == whole


def test_five_articles_on_the_page_and_one_on_the_portal(paragraphs: pd.DataFrame) -> None:
    text = paragraphs[paragraphs["role"] != "furniture"]
    articles = text.groupby(text["doc_id"].str[:3])["article"].nunique()
    assert articles.to_dict() == {"000": 2, "001": 3, "002": 1, "003": 5, "004": 1}


def test_nothing_of_the_portal_is_counted(paragraphs: pd.DataFrame) -> None:
    portal = paragraphs[paragraphs["doc_id"].str.startswith("004")]
    text = portal[portal["role"] != "furniture"]
    # The title stands on line 3, the source on line 58.
    assert (text["line"].min(), text["line"].max()) == (3, 56)
    assert not text["line"].isin([5, 6]).any()
    tokens = tl.tokenize(portal)
    assert set(tokens["para_id"]) <= set(text["para_id"])


def test_sentences_are_stitched_over_columns_and_one_stays_open(
    documents: pd.DataFrame, paragraphs: pd.DataFrame
) -> None:
    seams = tl.list_seams(documents, paragraphs)
    assert seams[["verdict", "line", "next_line"]].to_numpy().tolist() == [
        ["stitched", 37, 63],
        ["stitched", 61, 83],
        ["open", 81, 0],
    ]


def test_every_place_that_speaks_has_its_row(
    documents: pd.DataFrame, paragraphs: pd.DataFrame
) -> None:
    attributed = tl.attribute_places(paragraphs.drop(columns="line"), documents)
    found = set(attributed.loc[attributed["role"] != "furniture", "place"]) - {""}
    assert found == set("眉山市 乐山市 成都市 德阳市 资阳市 绵阳市 达州市 南充市 四川省".split())


def test_all_characters_are_accounted_for(
    documents: pd.DataFrame, paragraphs: pd.DataFrame
) -> None:
    cleaned = paragraphs.drop(columns="line")
    rows = tl.ledger(documents, cleaned)
    dropped = rows[rows["what"] == "dropped"].groupby("doc_id")["characters"].sum()
    kept = cleaned["text"].str.len().groupby(cleaned["doc_id"]).sum()
    assert (dropped + kept).to_dict() == documents.set_index("doc_id")["text"].str.len().to_dict()
