"""What is opened at all, and how much of it."""

from __future__ import annotations

import io
import os
import socket
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.corpus_files import REPORT, row, write
from tests.helpers import time_limit
from textlab.reading import limits
from textlab.reading.documents import read_documents
from textlab.reading.extract import UnreadableError
from textlab.reading.folder import TABLE_FORMATS, TEXT_FORMATS, list_files
from textlab.reading.formats import READERS
from textlab.reading.limits import read_capped, refusal, unpacked


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with one good text, and a text beside the folder."""
    write(tmp_path, {"outside.txt": REPORT, "other/b.txt": REPORT})
    return write(tmp_path / "corpus", {"a.txt": REPORT})


def set_aside(corpus: Path, name: str) -> str:
    """The reason why ``name`` is set aside; the good text is read."""
    with time_limit():
        documents = read_documents(corpus)
    assert row(documents, "a.txt")["text"] == REPORT
    found = row(documents, name)
    assert (found["text"], found["sha256"]) == ("", "")
    return str(found["set_aside"])


def test_link_out_of_the_folder_is_refused(corpus: Path) -> None:
    (corpus / "b.txt").symlink_to(corpus.parent / "outside.txt")
    assert set_aside(corpus, "b.txt") == ("a link that leads out of the corpus folder")


def test_link_out_by_way_of_another_is_refused(corpus: Path) -> None:
    (corpus / "b.txt").symlink_to("c.txt")
    (corpus / "c.txt").symlink_to("../outside.txt")
    assert "out of the corpus folder" in set_aside(corpus, "b.txt")


def test_link_to_a_folder_is_named_and_not_followed(corpus: Path) -> None:
    (corpus / "more").symlink_to(corpus.parent / "other", target_is_directory=True)
    (corpus / "self").symlink_to(corpus, target_is_directory=True)
    assert list_files(corpus) == ["a.txt", "more", "self"]
    assert "out of the corpus folder" in set_aside(corpus, "more")
    assert set_aside(corpus, "self") == "a link to a folder, and is not followed"


def test_link_within_the_folder_is_followed(corpus: Path) -> None:
    (corpus / "b.txt").symlink_to("a.txt")
    assert row(read_documents(corpus), "b.txt")["text"] == REPORT


def test_folder_may_itself_be_a_link(corpus: Path) -> None:
    link = corpus.parent / "link"
    link.symlink_to(corpus, target_is_directory=True)
    (corpus / "b.txt").symlink_to("a.txt")
    assert read_documents(link)["set_aside"].tolist() == ["", ""]


@pytest.mark.parametrize("target", ["gone.txt", "b.txt", "c.txt"])
def test_broken_link_and_loops_are_set_aside(corpus: Path, target: str) -> None:
    (corpus / "b.txt").symlink_to(target)
    (corpus / "c.txt").symlink_to("b.txt")
    assert set_aside(corpus, "b.txt") == "a link that leads nowhere"


def test_pipe_is_never_opened(corpus: Path) -> None:
    os.mkfifo(corpus / "b.txt")
    assert set_aside(corpus, "b.txt") == "a pipe, and no regular file"


def test_socket_is_never_opened(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The path of a socket must be short, and that of a test's folder is not.
    monkeypatch.chdir(corpus)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("b.txt")
        assert set_aside(corpus, "b.txt") == "a socket, and no regular file"


def test_device_is_refused() -> None:
    assert refusal(Path("/dev"), "null") == "a device, and no regular file"
    assert refusal(Path("/"), "dev") == "a folder, and no regular file"


def test_file_without_permission_is_refused(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert refusal(corpus, "a.txt") == "cannot be opened: Permission denied"


def test_path_out_of_the_folder_is_refused(corpus: Path) -> None:
    assert refusal(corpus, "../outside.txt") == "lies out of the corpus folder"


def test_file_that_is_gone_is_refused(corpus: Path) -> None:
    assert refusal(corpus, "gone.txt") == "cannot be opened: No such file or directory"


@pytest.mark.parametrize(
    ("name", "size", "most"),
    [("b.html", 50_000_000, 10), ("b.txt", 50_000_000, 20), ("b.MD", 20_000_001, 20)],
)
def test_file_that_is_too_large_is_set_aside(corpus: Path, name: str, size: int, most: int) -> None:
    with (corpus / name).open("wb") as stream:
        stream.truncate(size)
    reason = f"holds {size / 1e6:.1f} MB, and of a '{Path(name).suffix.lower()}' at most {most} MB"
    assert set_aside(corpus, name).startswith(reason)


def test_large_file_of_a_format_that_is_not_read_is_told_so(corpus: Path) -> None:
    with (corpus / "b.mp4").open("wb") as stream:
        stream.truncate(30_000_000)
    assert set_aside(corpus, "b.mp4") == "the format '.mp4' is not read; save it as .txt"


def test_file_of_the_greatest_size_is_read(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.LARGEST, ".txt", len(REPORT.encode()))
    assert read_capped(corpus / "a.txt") == REPORT.encode()
    (corpus / "a.txt").write_bytes(REPORT.encode() + b"\n")
    with pytest.raises(UnreadableError, match="at most 0 MB are read; split it"):
        read_capped(corpus / "a.txt")


def archive(members: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", how) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return packed.getvalue()


def test_every_format_that_is_read_has_a_limit() -> None:
    assert set(limits.LARGEST) == {*READERS, *TEXT_FORMATS, *TABLE_FORMATS}


def members_of(stream: io.BytesIO) -> dict[str, bytes]:
    with zipfile.ZipFile(stream) as file:
        assert {member.compress_type for member in file.infolist()} == {zipfile.ZIP_STORED}
        return {name: file.read(name) for name in file.namelist()}


def test_archive_is_unpacked_to_one_that_needs_no_inflating() -> None:
    members = {"word/document.xml": b"<a/>" * 100, "empty": b"", "picture": bytes(range(256))}
    assert members_of(unpacked(archive(members), ".docx")) == members


@pytest.mark.parametrize("sizes", [[2_000_001], [1_000_000] * 3])
def test_zip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch, sizes: list[int]) -> None:
    monkeypatch.setattr(limits, "LARGEST_INFLATED", 2_000_000)
    bomb = archive({str(number): bytes(size) for number, size in enumerate(sizes)})
    assert len(bomb) < 10_000
    with pytest.raises(UnreadableError, match="a zip bomb: unpacked it holds more than 2 MB"):
        unpacked(bomb, ".docx")


def test_archive_at_the_limit_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_INFLATED", 2_000_000)
    assert len(members_of(unpacked(archive({"a": bytes(2_000_000)}), ".docx"))["a"]) == 2_000_000


def test_bomb_that_lies_about_its_size_gives_no_more_than_it_claims() -> None:
    honest = archive({"a": bytes(3_000_000)})
    checksum = zlib.crc32(bytes(10))
    sizes = struct.pack("<III", zlib.crc32(bytes(3_000_000)), len(compressed(honest)), 3_000_000)
    lie = struct.pack("<III", checksum, len(compressed(honest)), 10)
    assert honest.count(sizes) == 2
    assert members_of(unpacked(honest.replace(sizes, lie), ".docx")) == {"a": bytes(10)}


def compressed(packed: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        return bytes(file.infolist()[0].compress_size)


def test_archive_of_very_many_files_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_MEMBERS", 3)
    many = archive({str(number): b"" for number in range(4)})
    with pytest.raises(UnreadableError, match="a zip bomb: it holds 4 files"):
        unpacked(many, ".docx")


def broken(data: bytes) -> bytes:
    """The archive with a byte of its first member changed."""
    at = data.index(b"aaaa")
    return data[:at] + b"b" + data[at + 1 :]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "a broken file: File is not a zip file"),
        (b"PK\x03\x04", "a broken file: File is not a zip file"),
        (archive({"a": b"a" * 99})[:-30], "a broken file: File is not a zip file"),
        (broken(archive({"x": b"aaaa"}, zipfile.ZIP_STORED)), "a broken file: Bad CRC-32"),
        (archive({"a": b"a"}, zipfile.ZIP_LZMA), "a broken file: packed as no Office file is"),
        (archive({"a": b"a"}, zipfile.ZIP_BZIP2), "a broken file: packed as no Office file is"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "or one with a password; save it as X"),
    ],
    # Archives hold the time, so they give no name of a test that two processes share.
    ids=["empty", "no archive", "cut off", "wrong sum", "lzma", "bzip2", "old"],
)
def test_broken_archive_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        unpacked(data, "X")


def test_locked_member_is_refused() -> None:
    # The flag that says so stands twice: before the member, and in the directory.
    packed = bytearray(archive({"a": b"a"}, zipfile.ZIP_STORED))
    packed[6] |= 1
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableError, match=r"a broken file: File .* is encrypted"):
        unpacked(bytes(packed), ".docx")
