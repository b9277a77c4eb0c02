"""Repairs of single characters: form, white space, invisible characters, letter-spacing."""

from __future__ import annotations

import re

from textlab.cleaning.traced import Run, TracedText
from textlab.language.invisible import INVISIBLE
from textlab.language.punctuation import HAN, chinese_punctuation
from textlab.language.width import FORMS, replacer

CJK_SIGNS = "，。、；：？！“”‘’（）《》〈〉【】「」『』〔〕…—·"
CJK = f"{HAN}{CJK_SIGNS}"

_BLANKS = [*range(0x2000, 0x200B), 0x09, 0x0B, 0x0C, 0xA0, 0x1680, 0x202F, 0x205F, 0x3000]
_LINE_ENDS = [0x85, 0x2028, 0x2029]
SPACES = dict.fromkeys(_BLANKS, 0x20) | dict.fromkeys(_LINE_ENDS, 0x0A)
_unified = replacer(FORMS | SPACES)

EMPHASIS = re.compile(r"\*\*")
SPACE_RUN = re.compile(r"(?<= ) +")

# At least three gaps with one character between them: 占 比 分 别 为, also in mid-sentence and
# with signs beside the character. Two words with a space between them (a slogan of two halves,
# two names) have longer pieces and stay.
_ONE = rf"(?:[{CJK_SIGNS}]{{0,2}}[{HAN}][{CJK_SIGNS}]{{0,2}}|[{CJK_SIGNS}])"
FEWEST_GAPS = 3
SPACED_RUN = re.compile(rf"{_ONE}(?: {_ONE}){{{FEWEST_GAPS},}}")
# A line is spaced throughout where two Chinese characters have a space between them, and none
# has anything but signs beside it. Its numbers may stand together (占 12 % 的) or not (占 1 2 %
# 的), but two long ones in a row are cells of a table.
_APART = re.compile(rf"[{CJK}] +[{CJK}]")
_TOGETHER = re.compile(
    rf"[{HAN}][^ {CJK_SIGNS}]|[^ {CJK_SIGNS}][{HAN}]|[{HAN}][{CJK_SIGNS}]{{1,4}}[{HAN}]"
    rf"|[A-Za-z0-9] +[^ {CJK}]{{2}}|[^ {CJK}]{{2}} +[A-Za-z0-9]"
)
# So is one of single characters only that ends in Chinese: 2 0 2 4 年, A I 。
_SINGLE = re.compile(rf"[^ ](?: +[^ ])* +[^ ] +[{CJK}]")
GAP = re.compile(" +")

# A stray space between Chinese and a number, before the sign of a number, behind an opening sign
# or before a closing one: 12 个, 8.5 %, （ 一）, 65% 。
STRAY = re.compile(
    rf"(?<=[{CJK}]) (?=[0-9])|(?<=[0-9%‰℃]) (?=[{CJK}])|(?<=[0-9]) (?=[%‰℃])"
    "|(?<=[，。、；：？！“‘（《【]) | (?=[，。、；：？！”’）》】])"
)


def unify(text: str) -> str:
    """``text`` with one form of each character, one kind of space and one line end.

    Letters and digits are of half width, radicals and compatibility ideographs are written as
    the ideographs that they stand for, ASCII punctuation of Chinese passages is full-width
    (:func:`textlab.language.punctuation.chinese_punctuation`). One character for one, so that
    offsets stay: of a Windows line end the first half becomes a space at the end of the line.
    """
    text = _unified(text)
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    return chinese_punctuation(text)


def tidy(line: TracedText) -> TracedText:
    """One line without invisible characters, letter-spacing, stray and outer spaces."""
    return close_up(visible(line))


def close_up(line: TracedText) -> TracedText:
    """One line without emphasis, letter-spacing, stray and outer spaces."""
    if "**" in line.text:
        line = _without(line, EMPHASIS)
    line = line.strip()
    if " " not in line.text:
        return line
    return _without(close_letter_spacing(line), STRAY)


def visible(line: TracedText) -> TracedText:
    """The line without invisible characters."""
    return _without(line, INVISIBLE)


def close_letter_spacing(line: TracedText) -> TracedText:
    """The line with letter-spaced Chinese closed: 占 比 分 别 为 becomes 占比分别为.

    Closed are runs of four and more single characters, and lines that are spaced throughout,
    however short (决 定). Other runs of spaces become one.

    Validity: a list of single characters (甲 乙 丙 丁) looks the same and is closed too; a line
    of single Latin letters and digits alone (8 . 5 %) is left as it is.
    """
    spaced = _is_spaced(line.text)
    if not spaced and "  " in line.text:
        line = _without(line, SPACE_RUN)
        spaced = _is_spaced(line.text)
    return line.drop(_letter_gaps(line.text, spaced))


def letter_spaces(text: str) -> int:
    """How many spaces :func:`close_letter_spacing` drops for closing what was letter-spaced."""
    spaced = _is_spaced(text)
    if not spaced and "  " in text:
        text = SPACE_RUN.sub("", text)
        spaced = _is_spaced(text)
    return sum(end - start for start, end in _letter_gaps(text, spaced))


def _is_spaced(text: str) -> bool:
    if _TOGETHER.search(text):
        return False
    return bool(_APART.search(text) or _SINGLE.fullmatch(text))


def _letter_gaps(text: str, spaced: bool) -> list[Run]:
    """The spaces to drop, as spans; ``spaced``: the text is spaced throughout."""
    if not spaced:
        if text.count(" ") < FEWEST_GAPS:
            return []
        return [
            gap.span()
            for run in SPACED_RUN.finditer(text)
            for gap in GAP.finditer(text, run.start(), run.end())
        ]
    gaps = [gap.span() for gap in GAP.finditer(text)]
    narrow = sum(end - start == 1 for start, end in gaps)
    wide = sum(end - start > 2 for start, end in gaps)
    # Of a wide gap among narrow ones a space remains: it was one before the line was spaced.
    return [
        (start + (end - start > 2 and (narrow >= 3 * wide or _is_latin(text, start, end))), end)
        for start, end in gaps
    ]


def _is_latin(text: str, start: int, end: int) -> bool:
    pair = text[start - 1] + text[end]
    return pair.isascii() and pair.isalnum()


def _without(line: TracedText, pattern: re.Pattern[str]) -> TracedText:
    spans = [match.span() for match in pattern.finditer(line.text)]
    return line.drop(spans) if spans else line
