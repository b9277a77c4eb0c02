"""What a paragraph says of whose it is: subjects, speakers, references to one's own place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from textlab.language.matching import Match
from textlab.places.grammar import CLAUSE, SENTENCE, Left, is_predicate, left_of
from textlab.places.names import MUNICIPALITIES, Names
from textlab.places.offices import Office, office_at
from textlab.places.references import LEVELS, OFFICE_OF_LEVEL, REFERENCES

_BETWEEN = frozenset(("、", "和", "与", "及", "以及", "同", " ", "　"))
_COUNTED = re.compile(
    r"(?:等)?(?:[\d两二三四五六七八九十]+个?)?(?:省区市|[省市州地县区]|城市|省份|地区)+|等地|等省|等市"
)
# 驻香港特区公署 is not of the place, 向四川省委书记汇报 not by him.
_AWAY = frozenset("驻援赴向对给访")
_DIVISIONS = ("市", "县", "区", "旗")
_ZONE = re.compile(
    r"高新(?:技术(?:产业)?(?:开发)?)?区|经开区|经济(?:技术)?开发区|开发区|新区|科技城|科学城|工业园区?|自贸(?:试验)?区"
)
_ZONE_BEGINS = frozenset("高经开新科工自")
_CLOSING = ("", "：", ":", "，", ",", "、", "的", " ")
SENTENCE_REACH = 80
_REPORTED = re.compile(r"(?:指出|强调|表示|说|认为|要求|提出|称|介绍)[，,：:“]")
_TOPIC = re.compile(r"[\u4e00-\u9fffA-Za-z\d“”、·（）]{0,40}[，,]")


class Mention(NamedTuple):
    """A name in its context: what it may stand for, already narrowed."""

    start: int
    end: int
    places: tuple[str, ...]
    sure: bool


class Claim(NamedTuple):
    """``kind``: subject, topic, speaker, several, or the level of a reference."""

    kind: str
    places: tuple[str, ...]
    start: int
    strength: int
    holder: str = ""


class Reading(NamedTuple):
    """The claims of a paragraph, and all the places that it names."""

    claims: list[Claim]
    named: set[str]


# What a paragraph without names says; not to be changed.
NOTHING = Reading([], set())


@dataclass(frozen=True)
class Frame:
    """What is known of a document before its paragraphs: place, province, year, full names."""

    names: Names
    year: int
    place: str = ""
    basis: str = ""
    named: Collection[str] = field(default_factory=frozenset)

    @property
    def own(self) -> tuple[str, str]:
        """The document's place and its basis."""
        return self.place, self.basis

    @property
    def province(self) -> str:
        """The province of the document's place."""
        return self.names.province_of(self.place)

    def decide(self, places: Sequence[str]) -> str:
        """The one of ``places`` that the document speaks of; "" where it does not decide.

        Its own place, one that it calls by its full name, one within its own province.
        """
        near = {place for place in places if self.names.province_of(place) == self.province}
        for spoken_of in ({self.place}, self.named, near if self.province else ()):
            kept = [place for place in places if place in spoken_of]
            if len(kept) == 1:
                return kept[0]
        return ""


def read(text: str, found: Sequence[Match], frame: Frame) -> Reading:
    """The claims of a paragraph in their order; ``found``: the names in it."""
    made = list(_references(text, found))
    named: set[str] = set()
    for group in groups(text, mentions(text, found, frame)):
        named.update(resolved(mention, frame) for mention in group)
        claim = _claim(text, group, frame)
        if claim:
            made.append(claim)
    return Reading(sorted(made, key=lambda claim: claim.start), named - {""})


def _references(text: str, found: Sequence[Match]) -> Iterator[Claim]:
    for start, _, surface in found:
        level = REFERENCES.get(surface)
        if level:
            left = left_of(text, start)
            if left.strength and left.preposition in ("", "记者从", "据"):
                yield Claim(level, (), start, left.strength)
    for office in OFFICE_OF_LEVEL.finditer(text):
        start = office.start("level")
        yield Claim(LEVELS[office["level"]], (), start, left_of(text, start).strength)


def mentions(text: str, found: Sequence[Match], frame: Frame) -> Iterator[Mention]:
    """Names that follow each other from the greater to the smaller are one mention."""
    held: Mention | None = None
    for start, end, surface in found:
        if surface in REFERENCES:
            continue
        if held and start < held.end:
            continue
        places, sure = frame.names.meaning(surface, frame.year)
        if held and start == held.end:
            inner = _within(places, held.places, frame)
            if inner:
                held = held._replace(end=end, places=inner, sure=True)
                continue
        if held:
            yield held
        held = _extended(text, Mention(start, end, places, sure), frame)
    if held:
        yield held


def _within(places: Sequence[str], outer: Sequence[str], frame: Frame) -> tuple[str, ...]:
    return tuple(
        place for place in places if place in outer or frame.names.province_of(place) in outer
    )


def _extended(text: str, mention: Mention, frame: Frame) -> Mention:
    """With a county's short name or a zone behind it: 浙江义乌, 眉山洪雅, 成都高新区."""
    names = frame.names
    zone = text[mention.end : mention.end + 1] in _ZONE_BEGINS and _ZONE.match(text, mention.end)
    if zone and not all(map(names.is_province, set(mention.places) - set(MUNICIPALITIES))):
        return mention._replace(end=zone.end())
    county = names.county_at(text, mention.end, mention.places, frame.year)
    after = text[county.end : county.end + 1] if county else ""
    # 湖南会同广东 is no county, 河北正定： is one; 市中 of 乐山市市中区 is found in full.
    clear = county and (after in _CLOSING or is_predicate(text, county.end))
    if not county or after in _DIVISIONS or (county.ordinary and not clear):
        return mention
    return mention._replace(end=county.end, places=(county.place,), sure=True)


def groups(text: str, found: Iterable[Mention]) -> Iterator[list[Mention]]:
    """Mentions that are strung together: 成都、德阳和眉山."""
    group: list[Mention] = []
    for mention in found:
        if group and text[group[-1].end : mention.start] not in _BETWEEN:
            yield group
            group = []
        group.append(mention)
    if group:
        yield group


def resolved(mention: Mention, frame: Frame) -> str:
    """The one place that a mention stands for; "" where that is not decided."""
    if mention.sure and len(mention.places) == 1:
        return mention.places[0]
    return frame.decide(mention.places)


def _claim(text: str, group: list[Mention], frame: Frame) -> Claim | None:
    start, end = group[0].start, group[-1].end
    left = left_of(text, start)
    if len(group) == 1:
        office = office_at(text, end)
        if office:
            return _of_office(text, group[0], office, left, frame)
    kind = _kind(text, start, end, left, len(group) > 1) if left.strength else ""
    places = tuple(sorted({resolved(mention, frame) for mention in group} - {""}))
    if not places or not kind:
        return None
    return Claim(kind if len(places) == 1 else "several", places, start, left.strength)


def _of_office(
    text: str, mention: Mention, office: Office, left: Left, frame: Frame
) -> Claim | None:
    """An authority speaks wherever it stands; where it only acts it must be the subject."""
    place = resolved(mention, frame)
    if not place or left.preposition == "对" or text[mention.start - 1 : mention.start] in _AWAY:
        return None
    reported = left.preposition in ("记者从", "从", "据")
    if office.speaks and (left.strength or office.holder):
        return Claim("speaker", (place,), mention.start, left.strength, office.holder)
    acts = office.acts and not left.preposition and left.strength == SENTENCE
    if left.strength and (reported or acts):
        return Claim("subject", (place,), mention.start, left.strength)
    return None


def _kind(text: str, start: int, end: int, left: Left, strung: bool) -> str:
    """How a name governs its clause: as topic (在四川，), subject, or not at all."""
    if left.preposition == "在":
        return "topic" if left.strength == SENTENCE and _TOPIC.match(text, end) else ""
    if strung and left.preposition in ("", "以", "由") and _COUNTED.match(text, end):
        return "subject"
    if left.preposition or (left.strength == CLAUSE and _in_reported_speech(text, start)):
        return ""
    after = text[end : end + 1]
    if after == "：" or (left.strength == SENTENCE and after in ("", "，", ",", ":", " ")):
        return "subject"
    return "subject" if is_predicate(text, end) else ""


def _in_reported_speech(text: str, start: int) -> bool:
    """Whether somebody else says it: 总书记指出，四川要…"""
    sentence = re.split(r"[。！？；\n]", text[max(0, start - SENTENCE_REACH) : start])[-1]
    return _REPORTED.search(sentence) is not None
