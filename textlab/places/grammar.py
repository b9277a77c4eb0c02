"""What stands around a name: whether it begins its clause, and whether it is the subject."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from textlab.places.wordlists import attributes, predicates

NONE, CLAUSE, SENTENCE = 0, 1, 2
# Characters read before a name, and of the longest predicate.
REACH, LONGEST = 30, 7

_TIME = (
    r"\d{2,4}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:以来|起|底|初|末|上半年|下半年)?|\d{1,2}月(?:\d{1,2}日)?(?:上午|下午|晚)?"
    r"|\d{1,2}日|截至[\d年月日前]{0,11}|今年(?:以来)?|去年|前年|明年|近几?年(?:来)?|近日|日前|目前|如今|现在|当前|眼下|时下|未来"
    r"|今天|昨天|昨日|今日|最近|前不久|上半年|下半年|年初|年底|[一二三前]季度|[五十]年来|多年来|长期以来|当时|当天|同年|本周"
)
_JOINT = (
    r"而|但是?|同时|此外|其中|另外|因此|所以|于是|如果|虽然|尽管|由于|作为|例如|比如|譬如|特别是|尤其是|随后|接着|接下来"
    r"|与此同时|不仅|正是|即使|未来|下一步|中共|关于印发"
)
# Prepositions make the name a place where something is, or whose word is reported.
_BEFORE = re.compile(
    r"(?P<stop>^|[，。；：！？、…—\s“”‘’\x22（）()\[\]【】,;:!?|/·•■□◆●▲*#\-]|^[（(]?[一二三四五六七八九十\d]{1,3}[）).、．])"
    rf"(?:{_TIME}|{_JOINT})?，?(?:{_TIME}|{_JOINT})?(?P<preposition>记者从|正如|在|从|以|由|据|让|对)?$"
)
# The last characters of what _BEFORE and _NUMBERED match, besides digits and spaces.
_LAST = frozenset(
    "，。；：！？、…—“”‘’\x22（）()[]【】,;:!?|/·•■□◆●▲*#-.．年月日来起底初末午晚至前今在下天近久度时周"
    "而但是外中此以于果然管为如后着仅使步共发从由据让对"
)
_NUMBERED = re.compile(r"^[（(]?(?:第?[一二三四五六七八九十]{1,3}|\d{1,2})[是、：．.）) ]{1,2}$")
_ENDS = frozenset("。！？…!?；;\n“‘「")


class Left(NamedTuple):
    """How a name is reached: at the start of a sentence, of a clause, or not; by what word."""

    strength: int
    preposition: str


_NOWHERE = Left(NONE, "")


def left_of(text: str, start: int) -> Left:
    """What stands before the name that begins at ``start``."""
    last = text[start - 1 : start]
    # Most names stand in the middle of a clause.
    if last and last not in _LAST and not last.isdecimal() and not last.isspace():
        return _NOWHERE
    before = text[max(0, start - REACH) : start]
    if start <= 8 and _NUMBERED.match(before):
        return Left(SENTENCE, "")
    found = _BEFORE.search(before)
    if not found or (found["stop"] == "" and start > REACH) or found["stop"] == "、":
        return _NOWHERE
    stop = found.start()
    first = start <= REACH and not any(character.isalnum() for character in before[:stop])
    first = first or before[stop] in _ENDS
    return Left(SENTENCE if first else CLAUSE, found["preposition"] or "")


_AFTER_TIME = re.compile(rf"(?:{_TIME}|每年|全年|本轮|此轮)")


def is_predicate(text: str, start: int) -> bool:
    """Whether a verb or its adverb stands at ``start``, so that the name before is a subject."""
    time = _AFTER_TIME.match(text, start)
    if time:
        start = time.end()
        if text[start : start + 1] in ("，", ","):
            return True
    words, longest = _beginning(text[start : start + 1])
    for end in range(min(start + longest, len(text)), start, -1):
        word = text[start:end]
        if word in words:
            # 安徽发布的目录 is about the catalogue.
            return words[word] and (end - start == 1 or text[end : end + 1] != "的")
    return False


def _beginning(character: str) -> tuple[dict[str, bool], int]:
    """The words that begin so, whether each is a predicate, and how long the longest is."""
    return _by_beginning().get(character, _NO_WORDS)


_NO_WORDS: tuple[dict[str, bool], int] = ({}, 0)


@cache
def _by_beginning() -> dict[str, tuple[dict[str, bool], int]]:
    found: dict[str, dict[str, bool]] = {}
    # What is in both lists is an attribute.
    words = dict.fromkeys(predicates(), True) | dict.fromkeys(attributes(), False)
    for word, predicate in words.items():
        if len(word) <= LONGEST:
            found.setdefault(word[:1], {})[word] = predicate
    return {first: (words, max(map(len, words))) for first, words in found.items()}
