"""The names of places and what each may mean in a year."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import accumulate
from typing import NamedTuple

from textlab.language.matching import Match
from textlab.places.gazetteer import COLUMNS, FIRST_YEAR, LAST_YEAR, gazetteer
from textlab.places.references import REFERENCES
from textlab.places.wordlists import longer_words, words_of

MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")
_BROKEN = re.compile("[\ud800-\udfff]")
ENDINGS = ("特别行政区", "自治区", "自治州", "地区", "省", "市", "盟", "州", "县", "区", "旗")

# Characters that the short name of a county has at most.
LONGEST = 6

# Short names that are as often a word, a river, a mountain or a person: the document decides.
ORDINARY = frozenset(
    (
        *("朝阳", "大同", "白银", "安康", "日照", "阿里", "黄山", "怒江", "红河", "黑河", "长治"),
        *("来宾", "海东", "海西", "海北", "玉树", "中山", "文山", "兴安", "山南", "黄南", "巴中"),
        *("中卫", "白山", "吴忠", "大兴安岭", "松花江", "嫩江", "惠民", "渡口", "合江"),
        "台湾",
    )
)


class Unit(NamedTuple):
    """A row of the gazetteer."""

    code: str
    name: str
    short: str
    level: str
    parent: str
    first_year: int
    last_year: int


class County(NamedTuple):
    """Where the short name of a county ends, what it rolls up to, whether it is a word besides."""

    end: int
    place: str
    ordinary: bool


@dataclass(frozen=True)
class Index:
    """The gazetteer by full name, by short name (counties apart) and by code."""

    full: Mapping[str, tuple[Unit, ...]]
    short: Mapping[str, tuple[Unit, ...]]
    code: Mapping[str, tuple[Unit, ...]]
    counties: Mapping[str, tuple[Unit, ...]]

    @cached_property
    def county_sizes(self) -> Mapping[str, tuple[int, ...]]:
        """How long the counties' short names are, the longest first, by two characters."""
        sizes: dict[str, set[int]] = {}
        for short in self.counties:
            if 2 <= len(short) <= LONGEST:
                sizes.setdefault(short[:2], set()).add(len(short))
        return {first: tuple(sorted(found, reverse=True)) for first, found in sizes.items()}


@cache
def index() -> Index:
    """The whole gazetteer, indexed."""
    full: dict[str, list[Unit]] = {}
    short: dict[str, list[Unit]] = {}
    code: dict[str, list[Unit]] = {}
    counties: dict[str, list[Unit]] = {}
    for row in gazetteer()[list(COLUMNS)].itertuples(index=False, name=None):
        unit = Unit(*row)
        code.setdefault(unit.code, []).append(unit)
        for name in (unit.name, *_aliases(unit)):
            full.setdefault(name, []).append(unit)
        if unit.level == "county":
            counties.setdefault(unit.short, []).append(unit)
        else:
            short.setdefault(unit.short, []).append(unit)
    return Index(
        *(
            {key: tuple(units) for key, units in table.items()}
            for table in (full, short, code, counties)
        )
    )


def _aliases(unit: Unit) -> list[str]:
    """凉山州 for 凉山彝族自治州, 马边县 for 马边彝族自治县, 香港特区, 新疆自治区."""
    stem = unit.short.removesuffix("柯尔克孜") or unit.short
    for ending, alias in {"自治州": "州", "自治县": "县", "自治旗": "旗"}.items():
        if unit.name.endswith(ending):
            return [stem + alias] if len(stem) > 1 else []
    for ending, alias in {"特别行政区": "特区", "自治区": "自治区"}.items():
        if unit.name.endswith(ending) and unit.name != stem + alias:
            return [stem + alias]
    return []


@lru_cache(maxsize=8)
def names_for(own: tuple[str, ...]) -> Names:
    """The :class:`Names` of the gazetteer and of the study's ``own`` places, built once."""
    return Names(own)


class Names:
    """All names that are looked for, and the places that each stands for.

    A place is written as its official full name at the level at which places are compared: the
    prefecture, else the province. ``own``: places that a study names besides: what the gazetteer
    lacks, and counties that it compares.
    """

    def __init__(self, own: Iterable[str]) -> None:
        from ahocorasick_rs import MATCHKIND_LEFTMOST_LONGEST, AhoCorasick

        self.index = index()
        self.own = {name: place for place in own for name in own_names(place)}
        self._places: dict[tuple[str, int], tuple[str, ...]] = {}
        self._meanings: dict[tuple[str, int], tuple[tuple[str, ...], bool]] = {}
        self._provinces: dict[str, str] = {}
        gazetted = {*self.index.full, *self.index.short}
        self._sought = sorted({*gazetted, *self.own, *longer_words(), *REFERENCES})
        self._kept = [name not in longer_words() or name in self.own for name in self._sought]
        self._automaton = AhoCorasick(
            self._sought, matchkind=MATCHKIND_LEFTMOST_LONGEST, store_patterns=False
        )

    def find(self, text: str) -> list[Match]:
        """Names and references (全市, 省委) in ``text``, by longest match, without overlap."""
        return self.find_all([text])[0]

    def find_all(self, texts: Sequence[str]) -> list[list[Match]]:
        """:meth:`find` in each of ``texts``, which is faster than one after the other."""
        # No name holds the sign that parts the texts, nor half of a surrogate pair.
        joined = _BROKEN.sub("\ufffd", "\0".join(texts))
        found: list[list[Match]] = [[] for _ in texts]
        starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
        number = 0
        for name, start, end in self._automaton.find_matches_as_indexes(joined):
            if self._kept[name]:
                while end > starts[number + 1]:
                    number += 1
                first = starts[number]
                found[number].append((start - first, end - first, self._sought[name]))
        return found

    def is_full(self, surface: str) -> bool:
        """Whether ``surface`` is an official name, or as good as one."""
        return surface in self.index.full or self.own.get(surface) == surface

    def is_weak(self, surface: str) -> bool:
        """Whether ``surface`` is a place only where something else says so: 白银, 和县, 港口区."""
        return surface not in self.own and (surface in ORDINARY or _ordinary_county(surface))

    def places(self, surface: str, year: int) -> tuple[str, ...]:
        """What ``surface`` may mean in ``year``, rolled up; several where it is ambiguous."""
        if surface in self.own:
            return (self.own[surface],)
        key = (surface, year)
        if key not in self._places:
            self._places[key] = self._look_up(surface, year)
        return self._places[key]

    def meaning(self, surface: str, year: int) -> tuple[tuple[str, ...], bool]:
        """:meth:`places` of ``surface``, and whether that is certain by the name itself."""
        key = (surface, year)
        if key not in self._meanings:
            places = self.places(surface, year)
            self._meanings[key] = places, len(places) == 1 and not self.is_weak(surface)
        return self._meanings[key]

    def _look_up(self, surface: str, year: int) -> tuple[str, ...]:
        full = self.index.full.get(surface)
        # A short name goes with its time; a full name is kept in use after it.
        units = current(full, year) if full else valid(self.index.short.get(surface, ()), year)
        return tuple(sorted({self._rolled_up(unit, year) for unit in units}))

    def _rolled_up(self, unit: Unit, year: int) -> str:
        if unit.level == "county":
            within = min(max(year, unit.first_year), unit.last_year)
            parents = current(self.index.code.get(unit.parent, ()), within)
            place = parents[0] if parents else unit
        else:
            place = unit
        return place.name

    def _province(self, unit: Unit) -> str:
        if unit.level == "province":
            return unit.name
        above = self.index.code.get(unit.parent, ())
        return self._province(current(above, unit.last_year)[0]) if above else ""

    def certain(self, found: Iterable[Iterable[Match]], year: int) -> frozenset[str]:
        """The places that the names in ``found`` give in full and without ambiguity."""
        surfaces = {surface for matches in found for _, _, surface in matches}
        full = (name for name in surfaces if self.is_full(name) and not self.is_weak(name))
        meant = (self.places(name, year) for name in full)
        return frozenset(places[0] for places in meant if len(places) == 1)

    def province_of(self, place: str) -> str:
        """The province of a place, a province's own name, "" where it is not known.

        As of the gazetteer's last year: 重庆市 is one of its own whatever the year.
        """
        if place not in self._provinces:
            units = current(self.index.full.get(place, ()), LAST_YEAR)
            provinces = {self._province(unit) for unit in units}
            self._provinces[place] = provinces.pop() if len(provinces) == 1 else ""
        return self._provinces[place]

    def is_province(self, place: str) -> bool:
        """Whether ``place`` is at the level of a province."""
        return bool(place) and self.province_of(place) == place

    def county_at(self, text: str, start: int, within: Container[str], year: int) -> County | None:
        """The county of the places ``within`` whose short name begins at ``start``."""
        for size in self.index.county_sizes.get(text[start : start + 2], ()):
            end = start + size
            short = text[start:end] if end <= len(text) else ""
            for unit in valid(self.index.counties.get(short, ()), year):
                place = self._rolled_up(unit, year)
                if place in within or self.province_of(place) in within:
                    return County(end, place, short in words_of("ordinary_counties"))
        return None


def _ordinary_county(surface: str) -> bool:
    if len(surface) == 2:
        return surface in index().full
    return surface[-1:] == "区" and surface[:-1] in words_of("ordinary_counties")


def own_names(place: str) -> tuple[str, ...]:
    """What a study's own place is called in texts; nothing for a label such as 东部 or A组.

    A county of the gazetteer is found by its full name only: its short name may be a word.
    """
    stem = stem_of(place)
    if not stem:
        return ()
    return (place,) if place in index().full else (place, stem)


def stem_of(place: str) -> str:
    """The short form of a place's name: 碧川 of 碧川市; "" where there is none."""
    for ending in ENDINGS:
        if place.endswith(ending) and len(place) - len(ending) >= 2:
            return place.removesuffix(ending)
    return ""


def valid(units: Iterable[Unit], year: int) -> tuple[Unit, ...]:
    """Those of ``units`` that hold in ``year``."""
    return tuple(unit for unit in units if unit.first_year <= year <= unit.last_year)


def current(units: Iterable[Unit], year: int) -> tuple[Unit, ...]:
    """Those of ``units`` that hold in ``year``, else those that held nearest to it."""
    distance = {
        unit: max(unit.first_year - year, year - unit.last_year, 0) for unit in dict.fromkeys(units)
    }
    nearest = min(distance.values(), default=0)
    return tuple(unit for unit, years in distance.items() if years == nearest)


def year_of(date: str) -> int:
    """The year of an ISO date within the gazetteer's years; its last where none is known."""
    year = int(date[:4]) if date[:4].isdecimal() else LAST_YEAR
    return min(max(year, FIRST_YEAR), LAST_YEAR)
