"""Repairs of single characters: width, white space, invisible characters, letter-spacing."""

from __future__ import annotations

import re

from textlab.cleaning.traced import TracedText
from textlab.language.width import WIDTH

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af〇"
CJK_SIGNS = "，。、；：？！“”‘’（）《》〈〉【】「」『』〔〕…—·"
CJK = f"{HAN}{CJK_SIGNS}"

_BLANKS = [*range(0x2000, 0x200B), 0x09, 0x0B, 0x0C, 0xA0, 0x1680, 0x202F, 0x205F, 0x3000]
_LINE_ENDS = [0x85, 0x2028, 0x2029]
SPACES = dict.fromkeys(_BLANKS, 0x20) | dict.fromkeys(_LINE_ENDS, 0x0A)

UNIFIED = WIDTH | SPACES

INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffe\x00-\x08\x0e-\x1f\x7f]+"
)
EMPHASIS = re.compile(r"\*\*")
SPACE_RUN = re.compile(r"(?<= ) +")

# At least three gaps with one character between them: 占 比 分 别 为, also in mid-sentence. Two
# words with a space between them (a slogan of two halves, two names) have longer pieces and stay.
SPACED_RUN = re.compile(f"[{CJK}](?: [{CJK}]){{3,}}")
# A line that is spaced throughout: no piece of it holds two Chinese characters. Its numbers may
# stand together (占 12 % 的) or not (占 1 2 % 的), but two long ones in a row are cells of a table.
_PIECE = rf"(?:[^ ]|(?<![A-Za-z0-9] )[^ {CJK}]{{2,}}(?! [A-Za-z0-9]))"
SPACED_LINE = re.compile(rf"(?=.*[{CJK}] +[{CJK}]){_PIECE}(?: +{_PIECE})+", re.DOTALL)
# A stray space between Chinese and a number, behind an opening sign or before a closing one:
# 12 个, （ 一）, 65% 。
STRAY = re.compile(
    f"(?<=[{CJK}]) (?=[0-9])|(?<=[0-9%]) (?=[{CJK}])"
    "|(?<=[，。、；：！？“‘（《【]) | (?=[，。、；：！？”’）》】])"
)


def unify(text: str) -> str:
    """``text`` with one width of letters and digits, one kind of space and one line end.

    One character for one, so that offsets stay: of a Windows line end the first half becomes
    a space at the end of the line.
    """
    unified = text.translate(UNIFIED)
    return unified.replace("\r\n", " \n").replace("\r", "\n") if "\r" in unified else unified


def tidy(line: TracedText) -> TracedText:
    """One line without invisible characters, letter-spacing, stray and outer spaces."""
    if not line.text.isprintable():
        line = _without(line, INVISIBLE)
    if "**" in line.text:
        line = _without(line, EMPHASIS)
    line = line.strip()
    if " " not in line.text:
        return line
    line = _without(line, SPACE_RUN)
    return _without(close_letter_spacing(line), STRAY)


def close_letter_spacing(line: TracedText) -> TracedText:
    """The line with letter-spaced Chinese closed: 占 比 分 别 为 becomes 占比分别为.

    Closed are runs of four and more single characters, and lines that are spaced throughout,
    however short (决 定).
    """
    if SPACED_LINE.fullmatch(line.text):
        return line.drop(match.span() for match in re.finditer(" +", line.text))
    gaps = [
        (match.start() + at, match.start() + at + 1)
        for match in SPACED_RUN.finditer(line.text)
        for at, character in enumerate(match.group())
        if character == " "
    ]
    return line.drop(gaps)


def _without(line: TracedText, pattern: re.Pattern[str]) -> TracedText:
    return line.drop(match.span() for match in pattern.finditer(line.text))
