"""Bytes to text: byte order mark, then strict UTF-8, then strict GB18030 if it looks Chinese."""

from __future__ import annotations

import codecs

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# GB18030 gives some character for almost any pair of bytes. In Chinese text nearly all of them
# are punctuation or the 3,755 frequent characters of GB 2312 level 1 (lead bytes A1-A3, B0-D7);
# Big5, Shift-JIS, Latin or binary data read as GB18030 scatter over the rare ones.
FREQUENT_LEADS = frozenset([*range(0xA1, 0xA4), *range(0xB0, 0xD8)])
LEAST_FREQUENT_SHARE = 0.7


class UndecodableError(ValueError):
    """Bytes that are no text in any encoding known here; its message is the ledger's reason."""


def decode(data: bytes) -> tuple[str, str]:
    """The text in ``data``, without a byte order mark, and the name of its encoding.

    Line ends stay as they are, so offsets in the text are offsets in the decoded file.
    Raises :class:`UndecodableError`.
    """
    text, encoding = _decoded(data)
    if "\x00" in text:
        raise UndecodableError("holds NUL bytes: not a text file")
    return text, encoding


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding), encoding
    if b"\x00" in data:
        raise UndecodableError("holds NUL bytes: not a text file")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        not_utf8 = f"not UTF-8 (byte {error.start + 1})"
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise UndecodableError(f"{not_utf8}, not GB18030 (byte {error.start + 1})") from None
    if not looks_chinese(text):
        raise UndecodableError(f"{not_utf8}, and as GB18030 it is not plausible Chinese")
    return text, "gb18030"


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UndecodableError(
            f"begins as {encoding}, but byte {error.start + 1} after the mark is not"
        ) from None


def looks_chinese(text: str) -> bool:
    """Whether most of the characters beyond ASCII are punctuation or frequent simplified Han."""
    beyond = [character for character in text if character > "\x7f"]
    codes = [character.encode("gb18030", "ignore") for character in beyond]
    frequent = sum(len(c) == 2 and c[0] in FREQUENT_LEADS and c[1] >= 0xA1 for c in codes)
    return frequent >= LEAST_FREQUENT_SHARE * len(beyond)
