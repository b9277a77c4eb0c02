"""Which files are opened at all, and how much of them: nothing hangs, nothing fills the memory."""

from __future__ import annotations

import io
import os
import stat
import zipfile
import zlib
from pathlib import Path

from textlab.reading.extract import UnreadableError, not_read

MB = 1_000_000

# A text of 20 MB is ten long books: a collection, or no text. What a web page or a Word file
# takes to parse is many times its size, and a table holds many texts.
LARGEST = {
    **dict.fromkeys((".txt", ".md"), 20 * MB),
    **dict.fromkeys((".htm", ".html", ".shtml", ".xhtml"), 10 * MB),
    **dict.fromkeys((".docx", ".xlsx"), 100 * MB),
    **dict.fromkeys((".pdf", ".csv", ".tsv"), 200 * MB),
}
LARGEST_INFLATED = 300 * MB
MOST_MEMBERS = 10_000
BLOCK = 1 << 20
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def refusal(root: Path, name: str) -> str:
    """Why the file ``name`` of the folder ``root`` must not be opened; ``""`` if it may be.

    Only regular files are opened, and links to them that stay within ``root``: a pipe would
    wait for ever, a device never end, and a link out of the folder shows what nobody meant to
    analyse.
    """
    path = root / name
    try:
        target = Path(os.path.realpath(path, strict=True))
        mode = target.stat().st_mode
    except OSError as error:
        if path.is_symlink():
            return "a link that leads nowhere"
        return f"cannot be opened: {error.strerror}"
    if not target.is_relative_to(Path(os.path.realpath(root))):
        what = "a link that leads" if path.is_symlink() else "lies"
        return f"{what} out of the corpus folder"
    if path.is_symlink() and stat.S_ISDIR(mode):
        return "a link to a folder, and is not followed"
    for is_one, kind in KINDS:
        if is_one(mode):
            return f"{kind}, and no regular file"
    return "" if os.access(path, os.R_OK) else "cannot be opened: Permission denied"


def read_capped(path: Path) -> bytes:
    """The bytes of a file, of which as many are read as a document of its format may have.

    Raises :class:`UnreadableError` for a file that is larger, OSError as ever.
    """
    largest = LARGEST.get(path.suffix.lower(), LARGEST[".txt"])
    with path.open("rb") as stream:
        data = stream.read(largest + 1)
    if len(data) > largest:
        if path.suffix.lower() not in LARGEST:
            raise UnreadableError(not_read(path.suffix))
        size = max(path.stat().st_size, len(data)) / MB
        raise UnreadableError(
            f"holds {size:,.1f} MB, and of a '{path.suffix.lower()}' at most {largest // MB} MB "
            "are read; split it, or save its text as .txt"
        )
    return data


def unpacked(data: bytes, save_as: str) -> io.BytesIO:
    """The Office file ``data`` (docx, xlsx) as an archive of the same members, not compressed.

    They are inflated a block at a time and counted, whatever sizes the archive claims, so that
    what parses them need inflate nothing. Raises :class:`UnreadableError` for what is no zip
    archive, a broken one, or one that holds more than can be meant.
    """
    if data.startswith(OLE):
        raise UnreadableError(f"an old Office file, or one with a password; save it as {save_as}")
    plain = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(plain, "w") as stored:
            _inflate(packed, stored)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
        # RuntimeError: a member with a password.
        raise UnreadableError(f"a broken file: {error or type(error).__name__}") from None
    return plain


def _inflate(packed: zipfile.ZipFile, stored: zipfile.ZipFile) -> None:
    members = {member.filename: member for member in packed.infolist()}
    if len(packed.infolist()) > MOST_MEMBERS:
        raise UnreadableError(f"a zip bomb: it holds {len(packed.infolist()):,} files")
    room = LARGEST_INFLATED
    for name, member in members.items():
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnreadableError("a broken file: packed as no Office file is")
        content = bytearray()
        with packed.open(member) as stream:
            while block := stream.read(BLOCK):
                content += block
                if len(content) > room:
                    most = LARGEST_INFLATED // MB
                    raise UnreadableError(f"a zip bomb: unpacked it holds more than {most} MB")
        room -= len(content)
        stored.writestr(name, bytes(content))
