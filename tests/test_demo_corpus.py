from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from textlab.cleaning.ledger import ledger
from textlab.cleaning.paragraphs import clean
from textlab.reading.documents import read_documents

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "corpus" / "demo"
BUILD = ROOT / "tests" / "demo_source" / "build.py"

COLUMN, OFFICE = "lanjiang_2024_newspaper", "qinghe_2023_decision"
SPACED, WEB = "lanchuan_2024_decision", "qinghe_2024_web"
# Terms of the twenty that a plain search of the raw file miscounts.
MISCOUNTED = {COLUMN: 9, OFFICE: 3, SPACED: 5, WEB: 6}

TRUTH: dict[str, Any] = json.loads((DEMO / "truth.json").read_text(encoding="utf-8"))
DOC_IDS = sorted(TRUTH["documents"])
HOLDS = pytest.mark.parametrize("doc_id", DOC_IDS)


@pytest.fixture(scope="module")
def documents() -> pd.DataFrame:
    return read_documents(DEMO)


@pytest.fixture(scope="module")
def paragraphs(documents: pd.DataFrame) -> pd.DataFrame:
    return clean(documents)


def counts_of(doc_id: str) -> dict[str, int]:
    return dict(TRUTH["documents"][doc_id]["counts"])


def expected(doc_id: str, role: str = "") -> list[tuple[str, int]]:
    """First characters and length of the document's paragraphs, without the title."""
    listed = TRUTH["documents"][doc_id]["paragraphs"][1:]
    return [(p["starts"], p["characters"]) for p in listed if not role or p["role"] == role]


def own(paragraphs: pd.DataFrame, doc_id: str) -> pd.DataFrame:
    return paragraphs[(paragraphs["doc_id"] == doc_id) & (paragraphs["role"] != "furniture")]


def raw(documents: pd.DataFrame, doc_id: str) -> str:
    return str(documents.set_index("doc_id").at[doc_id, "text"])


def test_rebuilding_gives_the_same_bytes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(BUILD), str(tmp_path)], check=True)
    built = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    by_hand = {"README.md", ".gitattributes"}
    there = {p.name: p.read_bytes() for p in DEMO.iterdir() if p.name not in by_hand}
    assert sorted(built) == sorted(there)
    assert [name for name in built if built[name] != there[name]] == []


def test_the_manifest_is_true_and_every_document_is_read(documents: pd.DataFrame) -> None:
    with (DEMO / "documents.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["file"] for row in rows} == {p.name for p in DEMO.glob("*_20*.*")}
    for row in rows:
        assert row["sha256"] == sha256((DEMO / row["file"]).read_bytes()).hexdigest()
        assert row["year"] == row["date"][:4]
    assert documents["doc_id"].tolist() == DOC_IDS
    assert (documents["set_aside"] == "").all()
    assert (documents["guessed"] == "").all()


def test_size_and_composition(documents: pd.DataFrame) -> None:
    assert len(DOC_IDS) >= 24
    for doc_id in DOC_IDS:
        listed = TRUTH["documents"][doc_id]["paragraphs"]
        assert 600 <= sum(p["characters"] for p in listed) <= 2000, doc_id
    cells = documents.groupby(["place", "year", "genre"]).size()
    assert cells.tolist() == [1] * 24
    assert [documents[c].nunique() for c in ("place", "year", "genre")] == [4, 2, 3]
    messy = documents[documents["doc_id"].isin(TRUTH["messy"])]
    assert len(messy) == 6
    assert [messy[c].nunique() for c in ("place", "genre")] == [4, 3]


@HOLDS
def test_the_cleaned_text_has_every_term_as_often_as_the_source(
    paragraphs: pd.DataFrame, doc_id: str
) -> None:
    texts = own(paragraphs, doc_id)["text"].tolist()
    found = {term: sum(text.count(term) for text in texts) for term in counts_of(doc_id)}
    assert found == counts_of(doc_id)


@HOLDS
def test_the_cleaned_paragraphs_are_those_of_the_source(
    paragraphs: pd.DataFrame, doc_id: str
) -> None:
    cleaned = own(paragraphs, doc_id)
    cleaned = cleaned.iloc[1:]
    found = list(zip(cleaned["text"].str[:8], cleaned["text"].str.len(), strict=True))
    assert found == expected(doc_id)
    bodies = set(expected(doc_id, "body"))
    # A short heading with a comma in it may pass for a body paragraph, but not the reverse.
    assert {role for p, role in zip(found, cleaned["role"], strict=True) if p in bodies} == {"body"}


@pytest.mark.parametrize(("doc_id", "terms"), MISCOUNTED.items())
def test_a_plain_search_miscounts_the_messy_files(
    documents: pd.DataFrame, doc_id: str, terms: int
) -> None:
    text = raw(documents, doc_id)
    wrong = [term for term, n in counts_of(doc_id).items() if text.count(term) != n]
    assert len(wrong) == terms


@pytest.mark.parametrize("doc_id", sorted(set(DOC_IDS) - set(MISCOUNTED)))
def test_a_plain_search_is_right_on_the_other_files(documents: pd.DataFrame, doc_id: str) -> None:
    text = raw(documents, doc_id)
    assert {term: text.count(term) for term in counts_of(doc_id)} == counts_of(doc_id)


def test_each_city_leads_in_its_own_terms(documents: pd.DataFrame) -> None:
    cities = documents.groupby("place")["doc_id"].agg(list)
    for city, terms in TRUTH["emphasis"].items():
        for term in terms:
            rates = {place: rate(term, doc_ids) for place, doc_ids in cities.items()}
            assert rates.pop(city) >= 3 * max(rates.values()), (city, term)
        for doc_id in cities[city]:
            assert all(counts_of(doc_id)[term] >= 3 for term in terms), doc_id


def rate(term: str, doc_ids: list[str]) -> float:
    """Occurrences a character, all documents together."""
    characters = sum(p["characters"] for d in doc_ids for p in TRUTH["documents"][d]["paragraphs"])
    return sum(counts_of(d)[term] for d in doc_ids) / int(characters)


@HOLDS
def test_the_ledger_balances(
    documents: pd.DataFrame, paragraphs: pd.DataFrame, doc_id: str
) -> None:
    set_aside = ledger(documents, paragraphs)
    mine = set_aside[(set_aside["doc_id"] == doc_id) & (set_aside["what"] == "dropped")]
    kept = paragraphs["text"][paragraphs["doc_id"] == doc_id].str.len().sum()
    assert len(raw(documents, doc_id)) == kept + mine["characters"].sum()


def test_the_column_is_set_as_columns_are(documents: pd.DataFrame) -> None:
    lines = raw(documents, COLUMN).splitlines()
    full = [a for a, b in pairwise(lines) if b and a and not a.endswith("。")]
    assert {len(line) for line in full} <= set(range(16, 21))
    assert not [line for line in lines if line.startswith(tuple("，。、；：？！”’）》"))]
    split = [a for a, b in pairwise(lines) if a and not b and re.search(r"[一-鿿]$", a)]
    headings = [p["starts"] for p in TRUTH["documents"][COLUMN]["paragraphs"]]
    assert len([line for line in split if line[:8] not in headings]) >= 4


def test_the_office_file_is_as_promised(documents: pd.DataFrame) -> None:
    data = (DEMO / f"{OFFICE}.txt").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")
    text = data.decode("gb18030")
    assert text == raw(documents, OFFICE)
    assert text.count("\n") == text.count("\r\n") > 50
    assert re.search("[０-９]", text)
    assert len(re.findall("^　　", text, re.MULTILINE)) > 10


def test_recommended_headlines_are_on_the_page_but_in_no_paragraph(
    documents: pd.DataFrame, paragraphs: pd.DataFrame
) -> None:
    _, _, tail = raw(documents, WEB).partition("相关推荐")
    assert tail.count("新质生产力") == 3
    assert tail.count("营商环境") == 2
    assert not own(paragraphs, WEB)["text"].str.contains("沙龙").any()


def test_letter_spaced_lines_are_closed_throughout(
    documents: pd.DataFrame, paragraphs: pd.DataFrame
) -> None:
    spaced = [line for line in raw(documents, SPACED).splitlines() if line.count(" ") > 10]
    assert 8 <= len(spaced) <= len(raw(documents, SPACED).split("\n")) / 5
    assert re.search(r"[0-9] [一-鿿]", raw(documents, SPACED))
    assert not own(paragraphs, SPACED)["text"].str.contains(" ").any()


def test_the_reprint_stands_in_both_documents(paragraphs: pd.DataFrame) -> None:
    new, old = (
        own(paragraphs, doc_id)["text"].tolist()
        for doc_id in ("bichuan_2024_newspaper", "bichuan_2023_decision")
    )
    shared = [text for text in old if text in new and len(text) > 40]
    assert len(shared) == 5
    assert new[-1] == old[-1]
