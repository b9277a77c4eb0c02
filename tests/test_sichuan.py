"""Five documents of the shared corpora, counted: numbers and terms only, no passage of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from textlab.cleaning.characters import unify
from textlab.cleaning.ledger import ledger
from textlab.cleaning.paragraphs import clean
from textlab.cleaning.traced import TracedText
from textlab.reading.documents import read_documents
from textlab.tokens.audit import segmentation_audit
from textlab.tokens.occurrences import locate
from textlab.tokens.segmentation import Segmentation, find_terms, segment

CORPUS = Path(__file__).resolve().parents[2] / "shared/corpora/sichuan-2024"

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="needs ../shared/corpora/sichuan-2024 beside the checkout"
)


@pytest.fixture(scope="module")
def documents() -> pd.DataFrame:
    return read_documents(CORPUS)


@pytest.fixture(scope="module")
def paragraphs(documents: pd.DataFrame) -> pd.DataFrame:
    return clean(documents)


@pytest.fixture(scope="module")
def occurrences(paragraphs: pd.DataFrame) -> pd.DataFrame:
    return find_terms(paragraphs)


@pytest.fixture(scope="module")
def segmented(paragraphs: pd.DataFrame) -> Segmentation:
    return segment(paragraphs)


def by_document(occurrences: pd.DataFrame, term: str) -> list[int]:
    """Occurrences in 000 to 004."""
    ours = occurrences[occurrences["keyword"] == term]
    numbers = ours["doc_id"].str[:3].value_counts().to_dict()
    return [numbers.get(f"00{number}", 0) for number in range(5)]


def test_counts_that_were_made_by_hand(occurrences: pd.DataFrame) -> None:
    assert by_document(occurrences, "新质生产力") == [7, 7, 8, 7, 9]
    # One of the first page's is in two pieces, 26 lines apart.
    assert by_document(occurrences, "高质量发展") == [39, 29, 18, 11, 2]
    assert by_document(occurrences, "营商环境")[3] == 5
    assert by_document(occurrences, "揭榜挂帅")[3] == 1


def test_the_audit_finds_nothing_lost(paragraphs: pd.DataFrame, segmented: Segmentation) -> None:
    audit = segmentation_audit(paragraphs, segmented).set_index("term")
    assert (audit["string"] == audit["counted"] + audit["accidents"]).all()
    assert audit.at["新质生产力", "string"] == 38
    assert audit.loc[["新质生产力", "高质量发展", "营商环境"], "plain_jieba"].tolist() == [0, 0, 0]


def test_the_ledger_balances(documents: pd.DataFrame, paragraphs: pd.DataFrame) -> None:
    rows = ledger(documents, paragraphs)
    dropped = rows[rows["what"] == "dropped"].groupby("doc_id")["characters"].sum()
    kept = paragraphs["text"].str.len().groupby(paragraphs["doc_id"]).sum()
    raw = documents.set_index("doc_id")["text"].str.len()
    assert (raw == kept + dropped.reindex(kept.index, fill_value=0)).all()
    assert len(raw) == 5


def traced(paragraphs: pd.DataFrame) -> Mapping[str, TracedText]:
    columns = paragraphs[["para_id", "text", "origin"]].itertuples(index=False)
    return {str(p): TracedText.decode(str(text), str(origin)) for p, text, origin in columns}


def test_every_occurrence_stands_in_its_file(
    documents: pd.DataFrame, paragraphs: pd.DataFrame, occurrences: pd.DataFrame
) -> None:
    texts = traced(paragraphs)
    raw = dict(zip(documents["doc_id"], documents["text"].map(unify), strict=True))
    columns = ["para_id", "doc_id", "surface", "start", "end", "raw_start", "raw_end"]
    located = locate(occurrences, paragraphs, documents)[columns].to_numpy().tolist()
    for para_id, doc_id, surface, start, end, raw_start, raw_end in located:
        offsets = [texts[para_id].offset(at) for at in range(start, end)]
        assert "".join(raw[doc_id][at] for at in offsets) == surface
        assert (min(offsets), max(offsets) + 1) == (raw_start, raw_end)


def test_every_token_stands_in_its_file(
    documents: pd.DataFrame, paragraphs: pd.DataFrame, segmented: Segmentation
) -> None:
    texts = traced(paragraphs)
    raw = dict(zip(documents["doc_id"], documents["text"].map(unify), strict=True))
    columns = ["para_id", "doc_id", "token", "start", "end"]
    for para_id, doc_id, token, start, end in segmented.tokens[columns].to_numpy().tolist():
        offsets = [texts[para_id].offset(at) for at in range(start, end)]
        assert "".join(raw[doc_id][at] for at in offsets) == token
