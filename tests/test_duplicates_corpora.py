"""Copies in the demo corpus, and in the shared ones: numbers only, no passage of them."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from textlab.cleaning.duplicates import find_duplicates
from textlab.cleaning.letters import letters
from textlab.cleaning.paragraphs import clean
from textlab.cleaning.passages import figures
from textlab.reading.documents import read_documents

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "corpus/demo"
SHARED = ROOT.parent / "shared/corpora"
NEW, OLD = "bichuan_2024_newspaper", "bichuan_2023_decision"


def needs(corpus: str) -> pytest.MarkDecorator:
    there = (SHARED / corpus).is_dir()
    return pytest.mark.skipif(not there, reason=f"needs ../shared/corpora/{corpus}")


def copies_of(documents: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Duplicates with both texts and documents (``original_...``), and all paragraphs."""
    paragraphs = clean(documents)
    duplicates = find_duplicates(paragraphs, documents)
    own = paragraphs.drop(columns="duplicate_of")
    joined = duplicates.merge(own, on="para_id").merge(
        own.add_prefix("original_"), left_on="duplicate_of", right_on="original_para_id"
    )
    assert len(joined) == len(duplicates)
    return joined, paragraphs


def test_the_demo_reprint_is_found_and_nothing_else() -> None:
    truth = json.loads((DEMO / "truth.json").read_text("utf-8"))["documents"]
    new, old = (
        {(p["starts"], p["characters"]) for p in truth[d]["paragraphs"]} for d in (NEW, OLD)
    )
    found, _ = copies_of(read_documents(DEMO))
    assert set(found["doc_id"]) == {NEW}
    assert set(found["original_doc_id"]) == {OLD}
    assert set(zip(found["text"].str[:8], found["text"].str.len(), strict=True)) == new & old
    assert len(found) == len(new & old) == 8
    assert (found["text"] == found["original_text"]).all()
    assert found["how"].value_counts().to_dict() == {"equal": 5, "beside": 3}


@pytest.fixture(scope="module")
def sichuan() -> pd.DataFrame:
    """The five documents, dated as they appeared."""
    documents = read_documents(SHARED / "sichuan-2024")
    dates = {"000": "2024-03", "001": "2024-03", "002": "2024-06-25", "003": "2024-07"}
    documents["date"] = [dates.get(doc_id[:3], "2024-06") for doc_id in documents["doc_id"]]
    return documents


def line(documents: pd.DataFrame, doc_id: str, offset: int) -> int:
    raw = documents.loc[documents["doc_id"] == doc_id, "text"].iloc[0]
    return int(raw[:offset].count("\n")) + 1


def numbered(paragraphs: pd.DataFrame, document: str) -> dict[str, str]:
    """The paragraphs （一） to （七） of the decision in this document."""
    own = paragraphs[paragraphs["doc_id"].str.startswith(document)]
    marks = [f"（{numeral}）" for numeral in "一二三四五六七"]
    return {
        text[:3]: para_id
        for para_id, text in zip(own["para_id"], own["text"], strict=True)
        if text[:3] in marks and len(text) > 150
    }


@needs("sichuan-2024")
def test_the_printed_decision_copies_the_decision(sichuan: pd.DataFrame) -> None:
    found, paragraphs = copies_of(sichuan)
    across = found[found["doc_id"] != found["original_doc_id"]]
    assert set(across["doc_id"].str[:3]) == {"003"}
    assert set(across["original_doc_id"].str[:3]) == {"002"}
    printed, decided = numbered(paragraphs, "003"), numbered(paragraphs, "002")
    assert len(printed) == 7
    originals = dict(zip(found["para_id"], found["duplicate_of"], strict=True))
    assert all(originals[para_id] == decided[mark] for mark, para_id in printed.items())
    # With its headings it is all of lines 82 to 262 but for what is furniture.
    own = paragraphs[paragraphs["doc_id"].isin(across["doc_id"])]
    own = own[own["role"] != "furniture"]
    lines = [line(sichuan, *at) for at in zip(own["doc_id"], own["raw_start"], strict=True)]
    within = [82 <= at <= 262 for at in lines]
    assert sum(within) >= 14
    assert set(own["para_id"][within]) <= set(across["para_id"])
    assert across["text"].str.len().sum() > 2_300


@needs("sichuan-2024")
def test_the_earlier_print_would_have_been_the_original(sichuan: pd.DataFrame) -> None:
    earlier = sichuan.assign(date=sichuan["date"].where(sichuan["date"] != "2024-07", "2024-05"))
    found, paragraphs = copies_of(earlier)
    originals = dict(zip(found["para_id"], found["duplicate_of"], strict=True))
    printed, decided = numbered(paragraphs, "003"), numbered(paragraphs, "002")
    assert all(originals[decided[mark]] == para_id for mark, para_id in printed.items())


@needs("sichuan-2024")
def test_a_line_that_is_printed_twice_is_found(sichuan: pd.DataFrame) -> None:
    found, _ = copies_of(sichuan)
    own = found[found["doc_id"].str.startswith("000")]
    at = [
        tuple(line(sichuan, doc_id, start) for start in starts)
        for doc_id, *starts in own[["doc_id", "raw_start", "original_raw_start"]].to_numpy()
    ]
    assert (81, 73) in at
    assert own["how"].tolist() == ["contained"] * len(own)


def shingles(text: str) -> set[str]:
    return {text[i : i + 5] for i in range(len(text) - 4)}


def agrees(row: Mapping[Hashable, Any]) -> bool:
    """Whether a copy is one of its original by the words of the docstring."""
    one, other = letters(row["text"]), letters(row["original_text"])
    if row["how"] != "near":
        return one == other or (row["how"] == "contained" and one in other)
    common = len(shingles(one) & shingles(other)) / len(shingles(one) | shingles(other))
    mine, theirs = figures(one), figures(other)
    return common >= 0.8 and (mine <= theirs or theirs <= mine)


@needs("newscast-2022")
def test_three_months_of_newscasts() -> None:
    documents = read_documents(SHARED / "newscast-2022")
    found, paragraphs = copies_of(documents[documents["doc_id"] < "202204"])
    assert documents["doc_id"].lt("202204").sum() == 90
    assert [row["para_id"] for row in found.to_dict("records") if not agrees(row)] == []
    across = found["doc_id"] != found["original_doc_id"]
    # Every programme lists its headlines first; what two programmes share are long formulas.
    assert found.loc[~across, "doc_id"].nunique() == 90
    assert 5 <= across.sum() <= 30
    assert 500 <= len(found) <= 900
    assert len(paragraphs) > 10_000


@needs("provincial-2025")
def test_governments_do_not_copy_each_other() -> None:
    pytest.importorskip("docx")
    documents = read_documents(SHARED / "provincial-2025")
    found, _ = copies_of(documents)
    assert documents["set_aside"].eq("").sum() == 31
    assert found.empty
