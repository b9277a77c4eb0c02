"""Parts of a corpus, read and cleaned apart: their tables together are those of the whole."""

from __future__ import annotations

import pickle
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from tests.corpus_files import DECISION, REPORT, write
from tests.helpers import make_documents
from textlab.cleaning.batches import clean_batch, document_batches, join_cleaned
from textlab.cleaning.ledger import ledger
from textlab.cleaning.paragraphs import clean
from textlab.cleaning.seam_list import list_seams
from textlab.errors import CorpusError, ManifestError
from textlab.reading.batches import BatchRead, read_batch
from textlab.reading.documents import join_documents, list_batches, read_documents

FILES: dict[str, str | bytes] = {
    "a.txt": DECISION,
    "b.md": REPORT,
    "sub/a.txt": REPORT,
    "broken.txt": b"\x00",
    "old.doc": b"",
    "page.html": f"<html><body><p>{REPORT}</p></body></html>",
}
TABLE = (
    "doc_id,title,content,栏目\nx,粮食丰收,农民喜获丰收。,要闻\n,,文化馆开放。2024年10月10日。,\n"
)
DEMO = Path(__file__).parent.parent / "corpus" / "demo"


def in_parts(folder: Path, size: int, text_column: str | None = None) -> list[BatchRead]:
    batches = list_batches(folder, text_column=text_column, size=size)
    # As another process gets them and gives them back.
    return [
        pickle.loads(pickle.dumps(read_batch(pickle.loads(pickle.dumps(batch)))))
        for batch in batches
    ]


@pytest.mark.parametrize(
    ("further", "text_column"),
    [
        ({}, None),
        ({"documents.csv": "file,place,year\nb.md,岚江市,2024\nsub/a.txt,,\n"}, None),
        ({"documents.csv": "file,title,guessed\nb.md,岚江见闻,title\n"}, None),
        # Whose ids are names of other files, or would be if it could be read.
        ({"a.csv": TABLE, "sub/t.csv": TABLE.replace("x,", "y,"), "b.csv": "none\n"}, "content"),
        ({"t.csv": TABLE, "documents.csv": "file,place,year\na.txt,岚江市,2024\n"}, "content"),
    ],
)
@pytest.mark.parametrize("size", [0, 400, 10**9])
def test_files_read_in_parts(
    tmp_path: Path, further: dict[str, str], text_column: str | None, size: int
) -> None:
    write(tmp_path, {**FILES, **further})
    parts = in_parts(tmp_path, size, text_column)
    assert len(parts) == {0: len(FILES) + sum(f != "documents.csv" for f in further)}.get(
        size, len(parts)
    )
    whole = read_documents(tmp_path, text_column=text_column)
    assert (whole["set_aside"] == "").any()
    assert_frame_equal(join_documents(tmp_path, parts), whole)


def test_one_large_batch_is_one() -> None:
    assert len(list_batches(DEMO)) == 1
    assert len(list_batches(DEMO, size=1)) == len(read_documents(DEMO))


def test_what_is_wrong_with_the_corpus_is_said_of_its_parts_too(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": b"\x00", "b.txt": b""})
    with pytest.raises(CorpusError, match=r"no readable text .*; a.txt: holds NUL bytes"):
        join_documents(tmp_path, in_parts(tmp_path, 0))
    wrong = sha256(b"another").hexdigest()
    write(tmp_path, {"documents.csv": f"file,sha256\na.txt,\nb.txt,{wrong}\n"})
    first, second = list_batches(tmp_path, size=0)
    assert read_batch(first).files["file"].tolist() == ["a.txt"]
    with pytest.raises(ManifestError, match=r"b.txt: its sha256 is"):
        read_batch(second)


def test_parts_of_documents_are_as_large_as_asked() -> None:
    documents = make_documents({"a": "一" * 5, "b": "二" * 5, "c": "三" * 11, "d": ""})
    parts = [part["doc_id"].tolist() for part in document_batches(documents, 10)]
    assert parts == [["a", "b"], ["c"], ["d"]]
    assert [len(part) for part in document_batches(documents.iloc[:0])] == [0]


LINES = st.sampled_from(
    ["# 决　定", "", "责任编辑：张三", "推动高质量发展，", "促进发", "展。", "ＡＩ 赋 能 产 业。"]
)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.lists(LINES, max_size=8).map("\n".join), max_size=5), st.integers(1, 30))
def test_documents_cleaned_in_parts(texts: list[str], characters: int) -> None:
    named = {f"d{number}": text for number, text in enumerate(texts)}
    documents = make_documents({**named, "e": "促进发"}, set_aside={"d1": "not selected"})
    parts = [clean_batch(part) for part in document_batches(documents, characters)]
    joined = join_cleaned(reversed(parts))
    paragraphs = clean(documents)
    assert_frame_equal(joined.paragraphs, paragraphs)
    assert_frame_equal(joined.seams, list_seams(documents, paragraphs))
    assert_frame_equal(joined.ledger, ledger(documents, paragraphs))


def test_the_demo_in_parts() -> None:
    documents = read_documents(DEMO)
    parts = [clean_batch(part, simplify=False) for part in document_batches(documents, 2000)]
    assert len(parts) > 3
    joined, paragraphs = join_cleaned(parts), clean(documents)
    assert_frame_equal(joined.paragraphs, paragraphs)
    assert_frame_equal(joined.seams, list_seams(documents, paragraphs))
    assert_frame_equal(joined.ledger, ledger(documents, paragraphs))
