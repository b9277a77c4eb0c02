"""One file of a corpus folder -> its text, or the reason why there is none."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from textlab.language.encoding import UndecodableError, decode
from textlab.reading.child import Extractor
from textlab.reading.extract import Extract, UnreadableError, not_read
from textlab.reading.folder import TABLE_FORMATS, TEXT_FORMATS
from textlab.reading.formats import READERS
from textlab.reading.limits import read_capped, refusal


class ReadFile(NamedTuple):
    """What reading makes of a file: columns of the table ``documents``."""

    file: str
    sha256: str = ""
    text: str = ""
    layout: str = ""
    left_out: str = ""
    set_aside: str = ""


def read_file(root: Path, name: str, extractor: Extractor) -> ReadFile:
    """The text of a file, or in ``set_aside`` why it has none."""
    digest = ""
    try:
        data = bytes_of(root, name)
        digest = sha256(data).hexdigest()
        found = text_of(name, data, extractor)
    except UnreadableError as reason:
        return ReadFile(name, digest, set_aside=str(reason))
    return ReadFile(name, digest, found.text, found.layout, found.left_out)


def bytes_of(root: Path, name: str) -> bytes:
    """The bytes of a file that may be opened; raises :class:`UnreadableError` otherwise."""
    reason = refusal(root, name)
    if reason:
        raise UnreadableError(reason)
    try:
        return read_capped(root / name)
    except OSError as error:
        raise UnreadableError(f"cannot be opened: {error.strerror}") from None


def text_of(name: str, data: bytes, extractor: Extractor) -> Extract:
    """The text of a file with these bytes; raises :class:`UnreadableError` if it has none."""
    suffix = Path(name).suffix
    if suffix.lower() in TABLE_FORMATS:
        raise UnreadableError(
            f"the format '{suffix}' is read where [corpus] text_column names its column of texts"
        )
    if suffix.lower() in READERS:
        return extractor(suffix.lower(), data)
    if suffix.lower() not in TEXT_FORMATS:
        raise UnreadableError(not_read(suffix))
    try:
        text, _ = decode(data)
    except UndecodableError as error:
        raise UnreadableError(str(error)) from None
    if not text.strip():
        raise UnreadableError("empty")
    return Extract(text)
