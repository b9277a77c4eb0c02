"""ASCII punctuation in Chinese text, written as Chinese punctuation."""

from __future__ import annotations

import re
from functools import lru_cache

from textlab.language.invisible import UNSEEN

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af〇"

ASCII_SIGNS = ",;:?!()"
_SIGNS = dict(zip(ASCII_SIGNS, "，；：？！（）", strict=True))
_SIGN = re.compile(r"[,;:?!]")
_BRACKET = re.compile(r"[()（）]")

# What tells that Chinese stands here: Han, and those of its signs that have no double in ASCII.
_TELLING = re.compile(f"[{HAN}、。《》〈〉【】「」『』〔〕]")
# What stands between a sign and the letters that tell, and tells nothing itself. The signs are
# here in both widths, so that what is decided for one of them never depends on another.
_BLANK = f" \t\u00a0\u3000*{UNSEEN}"
_PASSED = f"{_BLANK}0-9.%‰℃°+“”‘’\"'…—·,;:?!()，；：？！（）"
_CHINESE = re.compile(f"[{_PASSED}]*(?:\n[{_PASSED}]*)?{_TELLING.pattern}")
_LATIN = re.compile(f"[{_BLANK}]*[A-Za-z0-9]")
_REACH = 32
_LONGEST_BRACKET = 500


def chinese_punctuation(text: str) -> str:
    """``text`` with the signs ``,;:?!()`` of Chinese passages in full width, one for one.

    A sign is Chinese if the nearest letter before or behind it is Han, past spaces, digits,
    quotation marks and other signs, but never between two Latin letters or digits (12:30,
    1,234, AI,IoT) or in a web address. Brackets change in pairs: where there is Han inside or
    beside them. Full stops and quotation marks stay.

    Validity: a sign between a Latin and a Chinese sentence counts as Chinese.
    """
    if not _TELLING.search(text):
        return text
    signs = [at for at in _places(_SIGN, text) if _is_chinese(text, at)]
    chosen = sorted(signs + _brackets(text)) if "(" in text or ")" in text else signs
    pieces: list[str] = []
    behind = 0
    for at in chosen:
        pieces += text[behind:at], _SIGNS.get(text[at], text[at])
        behind = at + 1
    return "".join([*pieces, text[behind:]])


def _places(pattern: re.Pattern[str], text: str) -> list[int]:
    return [match.start() for match in pattern.finditer(text)]


def _is_chinese(text: str, at: int) -> bool:
    """Whether the sign at ``at``, by itself, belongs to Chinese text."""
    around = text[at - 1 : at + 2] if at else text[:2]
    # Of a web address, and of a converter's marks for pictures, comments and links.
    if "://" in text[at : at + 3] or "![" in around or "<!" in around or "](" in around:
        return False
    return _tells(text[max(at - _REACH, 0) : at], text[at + 1 : at + 1 + _REACH])


@lru_cache(maxsize=4096)
def _tells(before: str, behind: str) -> bool:
    """Whether a sign between these two belongs to Chinese text."""
    backwards = before.rpartition("\n")[2][::-1]
    if _LATIN.match(backwards) and _LATIN.match(behind):
        return False
    return bool(_CHINESE.match(backwards) or _CHINESE.match(behind))


def _brackets(text: str) -> list[int]:
    """The brackets that belong to Chinese text: both of a pair, or none."""
    chosen: list[int] = []
    single: list[int] = []
    opened: list[int] = []
    for at in _places(_BRACKET, text):
        if opened and at - opened[-1] > _LONGEST_BRACKET:
            single += opened
            opened = []
        if text[at] in "(（":
            opened.append(at)
        elif not opened:
            single.append(at)
        else:
            pair = [opened.pop(), at]
            chosen += pair if _is_chinese_pair(text, *pair) else []
    return chosen + [at for at in single + opened if _is_chinese(text, at)]


def _is_chinese_pair(text: str, opening: int, closing: int) -> bool:
    if text[opening] == "（" or text[closing] == "）":
        return True
    if text[opening - 1 : opening] == "]":
        return False
    inside = text[opening + 1 : closing]
    if _TELLING.search(inside[:_REACH]) or _TELLING.search(inside[-_REACH:]):
        return True
    # f(x), PM2.5(AQI)
    if re.match("[A-Za-z0-9]", text[opening - 1 : opening]):
        return False
    return _is_chinese(text, opening) or _is_chinese(text, closing)
