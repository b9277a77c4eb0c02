from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from pandas.testing import assert_frame_equal

from tests.corpus_files import DECISION, REPORT, complain, row, write
from textlab.errors import CorpusError
from textlab.reading.documents import read_documents
from textlab.reading.folder import list_files
from textlab.schema import contract


def test_documents_without_a_manifest(tmp_path: Path) -> None:
    write(tmp_path, {"lan.txt": DECISION, "sub/qing.md": REPORT})
    documents = read_documents(tmp_path)
    assert list(documents.columns) == [*contract("documents").columns, "left_out"]
    assert row(documents, "lan.txt") == {
        "doc_id": "lan",
        "file": "lan.txt",
        "title": "关于发展新质生产力的决定",
        "place": "",
        "date": "2024-07-08",
        "genre": "",
        "source": "",
        "sha256": sha256(DECISION.encode()).hexdigest(),
        "text": DECISION,
        "layout": "",
        "guessed": "title date",
        "set_aside": "",
        "left_out": "",
    }
    second = row(documents, "sub/qing.md")
    assert (second["doc_id"], second["title"]) == ("qing", "乡村振兴有了新气象")
    assert (second["date"], second["guessed"]) == ("", "title")


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_encoding_of_a_file_makes_no_difference_but_to_its_hash(tmp_path: Path, codec: str) -> None:
    text = DECISION.replace("\n", "\r\n")
    data = text.encode(codec)
    document = row(read_documents(write(tmp_path, {"a.txt": data})), "a.txt")
    assert document["text"] == text
    assert document["sha256"] == sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0", "the format '.doc' is not read; save it as .docx"),
        ("a.WPS", b"\xd0\xcf\x11\xe0", "the format '.WPS' is not read; save it as .docx"),
        ("a.png", b"\x89PNG", "the format '.png' is not read; save it as .txt"),
        ("a.xlsx", b"PK", "is read where [corpus] text_column names its column of texts"),
        ("notice", "通知", "a file without a suffix is not read; save it as .txt"),
        ("a.txt", "", "empty"),
        ("a.md", " \r\n　\n", "empty"),
        ("a.txt", b"\xef\xbb\xbf", "empty"),
        ("a.txt", b"policy\x00text", "holds NUL bytes: not a text file"),
        ("a.txt", REPORT.encode()[:-2], "not UTF-8 (byte "),
        ("a.txt", "關於推動高質量發展的通知".encode("big5"), "not plausible Chinese"),
    ],
)
def test_what_cannot_be_read_is_set_aside_with_the_reason(
    tmp_path: Path, name: str, content: str | bytes, reason: str
) -> None:
    documents = read_documents(write(tmp_path, {name: content, "good.txt": REPORT}))
    document = row(documents, name)
    assert reason in document["set_aside"]
    assert (document["text"], document["title"], document["guessed"]) == ("", "", "")
    assert len(document["sha256"]) == 64
    assert row(documents, "good.txt")["set_aside"] == ""


def test_suffix_may_be_in_capitals(tmp_path: Path) -> None:
    documents = read_documents(write(tmp_path, {"a.TXT": REPORT}))
    assert row(documents, "a.TXT")["text"] == REPORT


def test_file_that_cannot_be_opened_is_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"a.txt": REPORT, "shut.txt": REPORT})
    opened = Path.open

    def refuse(path: Path, mode: str = "r") -> Any:
        if path.name == "shut.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, mode)

    monkeypatch.setattr(Path, "open", refuse)
    document = row(read_documents(tmp_path), "shut.txt")
    assert document["set_aside"] == "cannot be opened: Permission denied"


def test_helpers_and_hidden_files_are_no_documents(tmp_path: Path) -> None:
    helpers = [".hidden.txt", ".git/a.txt", "README.md", "LICENSE", "truth.csv", "TRUTH.CSV"]
    helpers += ["make.py", "study.toml", "sub/data.json", "sub/README.txt"]
    write(tmp_path, {**dict.fromkeys(helpers, REPORT), "sub/a.txt": REPORT})
    assert list_files(tmp_path) == ["sub/a.txt"]
    assert read_documents(tmp_path)["file"].tolist() == ["sub/a.txt"]


def test_results_within_the_corpus_are_no_documents(tmp_path: Path) -> None:
    results = {"out/.stages/read/x.txt": REPORT, "out/tables/keyness.md": REPORT}
    write(tmp_path, {**results, "outer/a.txt": REPORT})
    assert list_files(tmp_path) == ["outer/a.txt"]


def test_missing_folder_is_refused(tmp_path: Path) -> None:
    absent = tmp_path / "absent"
    complain(CorpusError, f"{absent}: no such corpus folder; name one with", folder=absent)


def test_file_in_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path, {"a.txt": REPORT}) / "a.txt"
    complain(CorpusError, f"{file}: is not a folder; name one with", folder=file)


@pytest.mark.parametrize("files", [{}, {"README.md": REPORT, "documents.csv": "file\n"}])
def test_empty_folder_is_refused(tmp_path: Path, files: dict[str, str]) -> None:
    write(tmp_path, files)
    complain(CorpusError, f"{tmp_path}: no documents in this folder; put", folder=tmp_path)


def test_folder_with_nothing_readable_is_refused_with_the_first_reason(tmp_path: Path) -> None:
    write(tmp_path, {"b.txt": "", "a.doc": b"PK"})
    formats = "(.txt, .md, .html, .docx, .pdf)"
    expected = f"{tmp_path}: no readable text {formats} in this folder; a.doc: the format"
    complain(CorpusError, expected, folder=tmp_path)


def test_subfolder_that_cannot_be_opened_is_refused_and_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"a.txt": REPORT, "shut/b.txt": REPORT})
    scan = os.scandir

    def refuse(path: Any) -> Any:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    expected = f"{tmp_path / 'shut'}: this folder cannot be opened: Permission denied"
    complain(CorpusError, expected, folder=tmp_path)


def test_file_name_that_is_no_unicode_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So a name of GBK bytes, unpacked from an old archive, reaches Python on Linux.
    name = "决定.txt".encode("gbk").decode("utf-8", "surrogateescape")
    write(tmp_path, {"a.txt": REPORT})

    def walk(root: Path, onerror: object) -> Iterator[tuple[str, list[str], list[str]]]:
        yield str(root), [], ["a.txt", name]

    monkeypatch.setattr(os, "walk", walk)
    complain(CorpusError, ".txt' is not UTF-8; rename the file", folder=tmp_path)


def test_ids_are_stems_and_paths_where_they_collide(tmp_path: Path) -> None:
    names = ["2023/a.txt", "2024/a.txt", "b.md", "b.txt", "岚江.txt"]
    documents = read_documents(write(tmp_path, dict.fromkeys(names, REPORT)))
    assert documents["file"].tolist() == sorted(names)
    assert documents["doc_id"].tolist() == [*sorted(names)[:4], "岚江"]


def test_order_of_files_on_disk_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {f"{name}/{n}.txt": REPORT for name in "ab" for n in (1, 2, 10)})
    before = read_documents(tmp_path)
    walk = os.walk

    def backwards(*args: Any, **options: Any) -> Iterator[Any]:
        for parent, folders, files in [*walk(*args, **options)][::-1]:
            yield parent, folders, files[::-1]

    monkeypatch.setattr(os, "walk", backwards)
    assert_frame_equal(read_documents(tmp_path), before)
    assert before["doc_id"].tolist() == sorted(before["doc_id"])
