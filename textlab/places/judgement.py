"""From the claims of a paragraph, and what went before it, to one place and its basis."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from textlab.places.claims import Claim, Frame, Reading
from textlab.places.grammar import SENTENCE
from textlab.places.names import MUNICIPALITIES, stem_of
from textlab.places.offices import speaks
from textlab.places.references import CITY, COUNTY, HERE, PROVINCE, REGION

Verdict = tuple[str, str]

REMEMBERED = 20
SUBJECTS = ("subject", "topic")
_GOES_ON = re.compile(
    r"[“‘]?(?:此外|其中|另外|同时|与此同时|不仅如此|不仅|除此之外|对此|为此|[他她](?:说|表示|介绍|认为|指出|强调|还|们))"
)


@dataclass
class Memory:
    """What an article has said so far: whose word it is, who spoke, what its heading names.

    ``waiting``: the paragraphs of an open quotation whose speaker is not known yet.
    """

    place: str = ""
    heading: str = ""
    holders: dict[str, str] = field(default_factory=dict)
    open_quote: bool = False
    waiting: list[int] = field(default_factory=list)

    def settle(self, number: int, basis: str, *, by_text: bool) -> list[int]:
        """The paragraphs of the same quotation that wait for its speaker, once there is one."""
        settled = self.waiting if basis == "speaker" else []
        if by_text or not self.open_quote:
            self.waiting = []
        else:
            self.waiting.append(number)
        return settled

    def remember(self, claims: Sequence[Claim]) -> None:
        """Keep the names of speakers; one who was introduced by two places is forgotten."""
        for claim in claims:
            if claim.holder:
                known = self.holders.pop(claim.holder, claim.places[0])
                self.holders[claim.holder] = claim.places[0] if known == claim.places[0] else ""
        while len(self.holders) > REMEMBERED:
            del self.holders[next(iter(self.holders))]


def judge(text: str, reading: Reading, frame: Frame, memory: Memory) -> Verdict | None:
    """Place and basis by what the paragraph itself says; None where it says nothing."""
    claims = reading.claims
    speakers = {claim.places[0] for claim in claims if claim.kind == "speaker"}
    if speakers:
        return _one_of(speakers, "speaker", frame)
    limit = opening(text) if claims else 0
    leading = [claim for claim in claims if claim.start < limit]
    if not leading:
        return None
    first = leading[0]
    if first.kind == "several":
        return _one_of(set(first.places), "several", frame)
    if first.kind in SUBJECTS:
        return _subject(first, claims, frame, memory)
    return _reference(text, first, reading.named, frame, memory)


def _one_of(places: set[str], basis: str, frame: Frame) -> Verdict:
    if len(places) == 1:
        return places.pop(), basis
    # Beside others the document's own place is the one that speaks.
    return frame.own if frame.place in places else ("", "several")


def _subject(claim: Claim, claims: Sequence[Claim], frame: Frame, memory: Memory) -> Verdict:
    first = claim.places[0]
    subjects = {place for claim in claims if claim.kind in SUBJECTS for place in claim.places}
    referred = {
        refer(claim.kind, frame, memory)[0]
        for claim in claims
        if claim.strength == SENTENCE and claim.kind in (PROVINCE, REGION, CITY)
    }
    if frame.place and first != frame.place and frame.place in subjects | referred:
        return frame.own
    others = {place for place in subjects if place != first}
    within = all(frame.names.province_of(place) == first for place in others)
    return (first, "subject") if within or first == frame.place else ("", "several")


def refer(level: str, frame: Frame, memory: Memory) -> Verdict:
    """What a reference means here: the document's own place or province, or the one spoken of."""
    if level == PROVINCE:
        of_memory = memory.place if frame.names.is_province(memory.place) else ""
        return (frame.province, "province") if frame.place else (of_memory, "carried")
    if level == REGION:
        region = frame.province if frame.place else memory.place
        basis = "province" if frame.place else "carried"
        return (region if region.endswith("自治区") else ""), basis
    city = frame.place in MUNICIPALITIES or not frame.names.is_province(frame.place)
    if level in (CITY, COUNTY) and frame.place and city:
        return frame.own
    if level == CITY and frame.names.is_province(memory.place):
        return (memory.place if memory.place in MUNICIPALITIES else ""), "carried"
    return (memory.place if level in (CITY, COUNTY, HERE) else ""), "carried"


def _reference(
    text: str, claim: Claim, named: set[str], frame: Frame, memory: Memory
) -> Verdict | None:
    place, basis = refer(claim.kind, frame, memory)
    if not place or (basis == "carried" and not goes_on_alone(place, named, frame)):
        return None
    if basis == "province" and place != frame.place and not _province_alone(text, claim, frame):
        return None
    return place, basis


def goes_on_alone(place: str, named: set[str], frame: Frame) -> bool:
    """Whether a paragraph names no place but ``place``, what it holds and what holds it."""
    province_of = frame.names.province_of
    near = {place, province_of(place)}
    return all(other in near or province_of(other) == place for other in named)


def _province_alone(text: str, claim: Claim, frame: Frame) -> bool:
    """Whether a paragraph in a city's document is the province's: it opens so, names no city."""
    own = (frame.place, stem_of(frame.place), "全市", "我市", "市委", "市政府")
    return claim.strength == SENTENCE and not any(name and name in text for name in own)


def carried(text: str, named: set[str], frame: Frame, memory: Memory) -> Verdict | None:
    """The place that goes on: within a quotation, by the name of a speaker, by a joining word."""
    for holder, place in reversed(memory.holders.items()):
        at = text.find(holder) if place else -1
        if at >= 0 and speaks(text, at + len(holder)):
            return place, "carried"
    if not memory.place:
        return None
    joined = _GOES_ON.match(text) and goes_on_alone(memory.place, named, frame)
    return (memory.place, "carried") if memory.open_quote or joined else None


def opening(text: str) -> int:
    """The end of a paragraph's first sentence, of the second where the first is a question."""
    ends = re.finditer(r"[。！？!?]", text)
    for number, end in enumerate(ends):
        if end.group() not in "？?" or number:
            return end.end()
    return len(text)


def leaves_open(text: str, already: bool) -> bool:
    """Whether a quotation is open at the end of ``text``; ``already``: it was at the beginning."""
    opened, closed = text.rfind("“"), text.rfind("”")
    return opened > closed or (already and closed < 0)
