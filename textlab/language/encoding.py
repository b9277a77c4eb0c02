"""Bytes to text: byte order mark, then strict UTF-8, then strict GB18030 if it looks Chinese."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from functools import lru_cache

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
FREQUENT_LEADS = (*range(0xA1, 0xA4), *range(0xB0, 0xD8))
LEAST_FREQUENT_SHARE = 0.7
# Korean in EUC-KR and a short title in Big5 may fall on level 1 throughout, but not on the two
# hundred most frequent characters, which are half of Chinese text and a twentieth of level 1.
COMMON = re.compile(
    "["
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下"
    "过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两"
    "体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线"
    "内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并"
    "]+"
)
LEAST_COMMON_SHARE, LONG_ENOUGH = 0.2, 20
# What the lead bytes of the letters are there: Big5's frequent characters, Korean syllables.
RIVALS = (("EUC-KR", "euc_kr", range(0xB0, 0xC9)), ("Big5", "big5", range(0xA4, 0xC7)))
LEAST_RIVAL_LETTERS, LEAST_RIVAL_SHARE = 3, 0.95

ASCII = re.compile("[\x00-\x7f]+")
LETTERS = re.compile("[\u3400-\u9fff\uac00-\ud7a3\ufffd]+")

# Four Chinese characters of UTF-8 in a row, as they never stand in another encoding.
UTF8_RUN = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}){4}")
SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
HAN_OR_ASCII = re.compile("[\t\n\r -~\u2010-\u2027\u3000-\u3020\u4e00-\u9fff\uff01-\uff5e]+")


class UndecodableError(ValueError):
    """Bytes that are no text in any encoding known here; its message is the ledger's reason."""


def decode(data: bytes) -> tuple[str, str]:
    """The text in ``data``, without a byte order mark, and the name of its encoding.

    Line ends stay as they are, so offsets in the text are offsets in the decoded file.
    Raises :class:`UndecodableError`, which says what was seen instead: NUL bytes, two encodings
    in one file, half surrogate pairs, or an encoding that is not read (Big5, EUC-KR, UTF-16
    without its mark).

    Validity: what has only two or three letters (a file of one name) may be taken for GB18030.
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
        raise UndecodableError(_utf16(data) or "holds NUL bytes: not a text file")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        not_utf8 = f"not UTF-8 (byte {error.start + 1})"
    damage = _damage(data)
    if damage:
        raise UndecodableError(f"{not_utf8}: {damage}")
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        seen = _utf16(data) or f"not GB18030 (byte {error.start + 1}){_rival(data, '')}"
        raise UndecodableError(f"{not_utf8}, {seen}") from None
    rival = _rival(data, text)
    if rival or not looks_chinese(text):
        seen = _utf16(data) or f"and as GB18030 it is not plausible Chinese{rival}"
        raise UndecodableError(f"{not_utf8}, {seen}")
    return text, "gb18030"


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UndecodableError(
            f"begins as {encoding}, but byte {error.start + 1} after the mark is not"
        ) from None


def looks_chinese(text: str) -> bool:
    """Whether most of the characters beyond ASCII are punctuation or frequent simplified Han.

    Or whether, in a text of some length, the most frequent Han are frequent: so they are in
    traditional text too.
    """
    beyond = ASCII.sub("", text)
    frequent = _count(_characters("gb18030", FREQUENT_LEADS, range(0xA1, 0xFF)), beyond)
    if frequent >= LEAST_FREQUENT_SHARE * len(beyond):
        return True
    return _count(LETTERS, beyond) >= LONG_ENOUGH and _is_common(beyond)


@lru_cache(maxsize=4)
def _characters(encoding: str, leads: Iterable[int], trails: Iterable[int]) -> re.Pattern[str]:
    """Runs of the characters that an encoding has behind these lead bytes."""
    trails = list(trails)
    pairs = (bytes([lead, trail]) for lead in leads for trail in trails)
    # Where two bytes are no character, what is left may be the second as one of ASCII.
    found = ASCII.sub("", "".join(pair.decode(encoding, "ignore") for pair in pairs))
    return re.compile(f"[{re.escape(found)}]+")


def _count(characters: re.Pattern[str], text: str) -> int:
    return len(text) - len(characters.sub("", text))


def _damage(data: bytes) -> str:
    """Why bytes that are UTF-8 in part are not UTF-8 throughout; "" if they are not at all."""
    if not UTF8_RUN.search(data):
        return ""
    surrogate = SURROGATE.search(data)
    if surrogate:
        return f"half a surrogate pair stands at byte {surrogate.start() + 1}; save it as UTF-8"
    return (
        "though UTF-8 in part: it is damaged there, or two encodings are mixed in it; "
        "save it as UTF-8"
    )


def _utf16(data: bytes) -> str:
    """The reason, where the bytes are Chinese in UTF-16 without a byte order mark."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data.decode(encoding, "replace")
        known = _count(HAN_OR_ASCII, text)
        if known >= LEAST_RIVAL_SHARE * len(text) and _is_common(text):
            return "looks like UTF-16 without its byte order mark; save it as UTF-8"
    return ""


def _rival(data: bytes, text: str) -> str:
    """Which encoding is more plausible than GB18030, whose reading is ``text`` ("" for none)."""
    if _is_common(text):
        return ""
    for name, encoding, leads in RIVALS:
        other = data.decode(encoding, "replace")
        letters = _count(LETTERS, other)
        usual = _count(_characters(encoding, leads, range(0x40, 0xFF)), other)
        if letters >= LEAST_RIVAL_LETTERS and usual >= LEAST_RIVAL_SHARE * letters:
            return f"; it looks like {name}: save it as UTF-8"
    return ""


def _is_common(text: str) -> bool:
    """Whether frequent characters are as frequent in the text as they are in Chinese."""
    return 0 < LEAST_COMMON_SHARE * _count(LETTERS, text) <= _count(COMMON, text)
