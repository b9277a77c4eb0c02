"""Proper nouns told apart from phrases: places, people and organs of party and state."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import islice, product

from textlab.language.segmenter import cut
from textlab.language.tagging import tagged_spans
from textlab.places.names import index
from textlab.tokens.phrase_candidate import is_coined
from textlab.tokens.phrase_measures import OPENING
from textlab.tokens.phrase_words import (
    FOREIGN,
    NO_NAMES,
    ORGANS,
    PROVINCES,
    REGIONS,
    SPEAKS,
    SURNAMES,
    TITLES,
)

KINDS = ("phrase", "place", "person", "organ", "foreign")

_REGION_END = re.compile(f"(?:{REGIONS})$")
_ABBREVIATED = re.compile(f"[{PROVINCES}]{{2,6}}")
_LONGEST_NAME = 12

_NAME = f"[{SURNAMES}][\u4e00-\u9fff]{{1,2}}"
_TITLED = re.compile(f"(?:.*(?:{TITLES}){_NAME}|{_NAME}(?:{TITLES}|{SPEAKS}))")
_BARE_NAME = re.compile(f"[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?<![{NO_NAMES}])")
_TITLE_BEFORE = re.compile(f"(?:{TITLES})[、，]?$")
_TITLE_BEHIND = re.compile(f"(?:{TITLES}|{SPEAKS})")
# So many characters before and behind a name are looked at, in so many of its occurrences.
REACH, MOST = 6, 10

_FOREIGN = re.compile(f"[{FOREIGN}]{{3,}}")
_ORGAN = re.compile(f".*(?:{ORGANS})")


def kind_of(phrase: str, contexts: Iterable[tuple[str, str]]) -> str:
    """place, person, organ, foreign or phrase.

    ``contexts``: the few characters before and behind each occurrence. A place is made up of
    names in the gazetteer and the likes of 高新区 and 都市圈; a person is a surname and one or
    two characters with a title in the phrase, or, in half of the first ten occurrences, beside
    a title or taken for a person's name (nr) by jieba's tagger; foreign is a name of whatever
    that is written with the letters for foreign sounds. Names of rivers or parks count as phrases.
    """
    if is_place(phrase):
        return "place"
    if is_person(phrase, contexts):
        return "person"
    if _ORGAN.fullmatch(phrase):
        return "organ"
    return "foreign" if _FOREIGN.fullmatch(phrase) and is_coined(cut(phrase)) else "phrase"


def is_place(phrase: str) -> bool:
    """Whether ``phrase`` is nothing but names of places: 乐山高新区, 川渝, 眉山天府新区."""
    rest = _REGION_END.sub("", phrase)
    if _ABBREVIATED.fullmatch(rest) or _is_row_of_cities(rest):
        return True
    return _are_names(phrase) or _are_names(rest)


def _are_names(text: str) -> bool:
    rest = text
    while length := _name_at_start(rest):
        rest = rest[length:]
    return bool(text) and not rest


def _is_row_of_cities(text: str) -> bool:
    """长株潭, 成德眉资: a letter each, the first or the last, for cities of one province."""
    if not 3 <= len(text) <= 5:
        return False
    meant = [_cities().get(letter, frozenset()) for letter in text]
    shared = frozenset.intersection(*(frozenset(code[:2] for code, _ in one) for one in meant))
    return any(
        len({*chosen}) == len(text)
        for province in shared
        for chosen in product(
            *([name for code, name in one if code[:2] == province] for one in meant)
        )
    )


@cache
def _cities() -> dict[str, frozenset[tuple[str, str]]]:
    """Code and short name of the prefectures that begin or end with a letter."""
    found: dict[str, set[tuple[str, str]]] = {}
    for units in index().short.values():
        for unit in units:
            if unit.level == "prefecture":
                for letter in (unit.short[0], unit.short[-1]):
                    found.setdefault(letter, set()).add((unit.code, unit.short))
    return {letter: frozenset(cities) for letter, cities in found.items()}


def _name_at_start(text: str) -> int:
    """The length of the longest name of a place that ``text`` begins with; 0 for none."""
    names = index()
    for end in range(min(len(text), _LONGEST_NAME), 1, -1):
        if text[:end] in names.full or text[:end] in names.short:
            return end
    return 0


def is_person(phrase: str, contexts: Iterable[tuple[str, str]]) -> bool:
    """Whether ``phrase`` is the name of a person, with a title, beside one, or by its sound."""
    if _TITLED.fullmatch(phrase):
        return True
    if not _BARE_NAME.fullmatch(phrase):
        return False
    told = [_is_named(before, phrase, behind) for before, behind in islice(contexts, MOST)]
    return 2 * sum(told) >= len(told) > 0


def _is_named(before: str, phrase: str, behind: str) -> bool:
    if before.endswith(tuple(OPENING)):
        return False
    if _TITLE_BEFORE.search(before) or _TITLE_BEHIND.match(behind):
        return True
    at = (len(before), len(before) + len(phrase), "nr")
    return at in tagged_spans(before + phrase + behind)
