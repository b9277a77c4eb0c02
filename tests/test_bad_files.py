"""Everything that can be wrong with files, in one folder: all set aside, the rest goes on."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import docx
import pytest

from tests.corpus_files import REPORT, write
from tests.helpers import time_limit
from tests.pdf_files import Text, make_pdf
from textlab.cleaning.ledger import ledger
from textlab.cleaning.paragraphs import clean
from textlab.reading.documents import read_documents

LOCK = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'a1' * 32}> /U <{'b2' * 32}> >>"
SENTENCE = "全面推进乡村振兴，粮食再获丰收。"


def good_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def bomb() -> bytes:
    """A Word file of a megabyte that unpacks to a gigabyte."""
    stream = io.BytesIO(good_docx())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as file:
        for number in range(10):
            file.writestr(f"word/media/{number}.xml", bytes(100_000_000))
    return stream.getvalue()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bad") / "corpus"
    page = [[Text(50, 50, SENTENCE)]]
    web = f"<html><body>{f'<p>{SENTENCE}</p>' * 20}</body></html>"
    write(folder.parent, {"outside.txt": REPORT})
    write(
        folder,
        {
            **{"good.txt": REPORT, "good.docx": good_docx(), "good.pdf": make_pdf(page)},
            "good.html": web,
            "bomb.docx": bomb(),
            "broken.docx": good_docx()[:-100],
            "broken.pdf": b"%PDF-1.7\n%%EOF",
            "encrypted.pdf": make_pdf(page, entries=f"{LOCK} /ID [<00> <00>]"),
            "line.txt": "全" * (50_000_000 // 3),
            "locked.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000),
            "mixed.txt": (SENTENCE * 3).encode() + (SENTENCE * 3).encode("gb18030"),
            "nul.txt": b"policy\x00text",
            "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000),
            "page.html": web.encode() + b" " * 50_000_000,
            "pictures.pdf": make_pdf([[]], picture=True),
            "surrogates.txt": SENTENCE.encode() + "\ud800\udc00".encode("utf-8", "surrogatepass"),
        },
    )
    (folder / "link.txt").symlink_to("../outside.txt")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "within").symlink_to(".", target_is_directory=True)
    os.mkfifo(folder / "pipe.txt")
    return folder


REASONS = {
    "bomb.docx": "a zip bomb: unpacked it holds more than 300 MB",
    "broken.docx": "a broken file: File is not a zip file",
    "broken.pdf": "a broken .pdf: PdfminerException",
    "encrypted.pdf": "encrypted; save it without its password",
    "line.txt": "holds 50.0 MB, and of a '.txt' at most 20 MB are read",
    "link.txt": "a link that leads out of the corpus folder",
    "locked.docx": "an old Office file, or one with a password; save it as .docx",
    "loop.txt": "a link that leads nowhere",
    "mixed.txt": "not UTF-8 (byte 147): though UTF-8 in part",
    "nul.txt": "holds NUL bytes",
    "old.doc": "the format '.doc' is not read; save it as .docx",
    "page.html": "holds 50.0 MB, and of a '.html' at most 10 MB are read",
    "pictures.pdf": "no text, only pictures",
    "pipe.txt": "a pipe, and no regular file",
    "surrogates.txt": "not UTF-8 (byte 49): half a surrogate pair",
    "within": "a link to a folder, and is not followed",
}


def test_all_that_is_bad_is_set_aside_with_its_reason(corpus: Path) -> None:
    with time_limit(60):
        documents = read_documents(corpus)
    aside = documents[documents["set_aside"] != ""]
    assert sorted(aside["file"]) == sorted(REASONS)
    for file, reason in zip(aside["file"], aside["set_aside"], strict=True):
        assert reason.startswith(REASONS[file]), file
    read = documents[documents["set_aside"] == ""]
    assert read["file"].tolist() == ["good.docx", "good.html", "good.pdf", "good.txt"]
    for text in read["text"][:3]:
        assert SENTENCE in text

    entries = ledger(documents, clean(documents))
    listed = entries[(entries["stage"] == "read") & (entries["what"] == "file")]
    assert dict(zip(listed["file"], listed["reason"], strict=True)) == dict(
        zip(aside["file"], aside["set_aside"], strict=True)
    )
