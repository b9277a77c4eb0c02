"""Documents read a second time are those that were read at first."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus_files import REPORT, write
from tests.pdf_files import Text, make_pdf
from textlab.errors import CorpusError
from textlab.reading.again import texts_of
from textlab.reading.documents import read_documents

TABLE = 'title,content\n甲,"正文一。\n续。"\n乙,正文二。\n丙\n'


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    pdf = make_pdf([[Text(50, 50, "岚江市")]])
    return write(tmp_path, {"a.txt": REPORT, "b#1.txt": REPORT, "c.pdf": pdf, "d.csv": TABLE})


def test_text_and_hash_are_those_of_the_documents(corpus: Path) -> None:
    documents = read_documents(corpus, text_column="content")
    read = documents[documents["set_aside"] == ""]
    assert read["file"].tolist() == ["a.txt", "b#1.txt", "c.pdf", "d.csv#2", "d.csv#4"]
    expected = zip(read["file"], read["text"], read["sha256"], strict=True)
    found = texts_of(corpus, read["file"], "content")
    assert {(file, *found[file]) for file in found} >= set(expected)


def test_only_what_is_asked_for_is_read(corpus: Path) -> None:
    (corpus / "c.pdf").write_bytes(b"broken")
    assert list(texts_of(corpus, ["a.txt"])) == ["a.txt"]
    assert texts_of(corpus, []) == {}


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        ("gone.txt", "gone.txt: cannot be opened: No such file or directory"),
        ("d.csv#9", "d.csv#9: no row of the table begins on line 9"),
        ("d.csv#5", "d.csv#5: no row of the table begins on line 5"),
        ("../outside.txt", "outside.txt: cannot be opened: No such file or directory"),
    ],
)
def test_what_is_no_longer_there_is_named(corpus: Path, file: str, reason: str) -> None:
    with pytest.raises(CorpusError) as caught:
        texts_of(corpus, ["a.txt", file], "content")
    assert str(caught.value).endswith(reason)


def test_rows_want_their_column(corpus: Path) -> None:
    with pytest.raises(CorpusError, match=r"d\.csv#2: cannot be opened: No such file"):
        texts_of(corpus, ["d.csv#2"])
    with pytest.raises(CorpusError, match=r"has no column 'body'"):
        texts_of(corpus, ["d.csv#2"], "body")
