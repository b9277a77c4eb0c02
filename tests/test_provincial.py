"""The 31 provincial government reports of 2025; they are no part of the repository."""

from __future__ import annotations

import zipfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest

from textlab.cleaning.paragraphs import clean
from textlab.language.lexicon import read_lexicon
from textlab.reading.documents import read_documents
from textlab.tokens.segmentation import find_terms

CORPUS = Path(__file__).resolve().parents[2] / "shared/corpora/provincial-2025"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="needs ../shared/corpora/provincial-2025 beside the checkout"
)


def plainly(path: Path) -> str:
    """The text of a Word file by the standard library alone: every ``w:t`` of every ``w:p``."""
    with zipfile.ZipFile(path) as file:
        root = ElementTree.fromstring(file.read("word/document.xml"))
    lines = ("".join(t.text or "" for t in p.iter(WORD + "t")) for p in root.iter(WORD + "p"))
    return "".join(f"{line}\n\n" for line in lines if line.strip())


@pytest.fixture(scope="module")
def documents() -> pd.DataFrame:
    return read_documents(CORPUS)


def test_all_reports_are_read(documents: pd.DataFrame) -> None:
    assert len(documents) == 31
    assert set(documents["set_aside"]) == {""}
    assert documents["text"].str.len().sum() > 500_000


def test_text_is_that_of_the_other_route(documents: pd.DataFrame) -> None:
    for file, text in zip(documents["file"], documents["text"], strict=True):
        # One report has a line break within a paragraph, which the other route passes over.
        assert "".join(text.split()) == "".join(plainly(CORPUS / file).split()), file


def counts(documents: pd.DataFrame) -> Counter[tuple[str, str]]:
    found = find_terms(clean(documents))
    return Counter(zip(found["doc_id"], found["keyword"], strict=True))


def test_terms_are_counted_alike(documents: pd.DataFrame, tmp_path: Path) -> None:
    for file in documents["file"]:
        text = plainly(CORPUS / file)
        (tmp_path / file).with_suffix(".txt").write_text(text, encoding="utf-8")
    other = counts(read_documents(tmp_path))
    assert counts(documents) == other
    assert other.total() > 5_000


def test_terms_are_counted_as_often_as_they_stand_in_the_files(documents: pd.DataFrame) -> None:
    terms = ["新质生产力", "营商环境", "乡村振兴", "高质量发展", "人工智能"]
    found = find_terms(clean(documents), read_lexicon(terms))
    raw = "".join(plainly(CORPUS / file) for file in documents["file"])
    expected = {term: raw.count(term) for term in terms}
    assert found["keyword"].value_counts().to_dict() == expected
    assert min(expected.values()) > 50
