"""Who speaks for a place: its offices and authorities behind its name."""

from __future__ import annotations

import re
from typing import NamedTuple

from textlab.places.grammar import is_predicate

_TITLE = (
    r"(?:(?<!总)副?书记|副?市长|副?省长|副?州长|副?县长|副?区长|副?盟长|副?旗长|主席|行政长官|副?主任|副?局长|副?厅长|副?部长|常委|秘书长"
    r"|发言人|负责人|负责同志|相关人士|工作人员)"
)
_SPEECH = (
    r"(?:说|表示|介绍|指出|强调|认为|坦言|告诉|谈到|提到|透露|解释|分析|建议|提出|呼吁|看来|给出|称|回应|感慨|感言|直言|补充|总结|汇报"
    r"|宣布|要求|希望|相信|谈起|回忆|很有感触|深有感触|深有体会|算了一笔账|道出|道：|：“|:“)"
)
_ADVERB = (
    r"(?:[则也还亦]|对此|接着|随后|近日|日前|向记者|[在就][\u4e00-\u9fff]{1,12}(?:时|上|中|后|前)，?"
    r"|接受[\u4e00-\u9fff]{2,10}时|[\u4e00-\u9fff]{1,6}地)?"
)
# An office is a noun: no verb or preposition stands in it.
_WITHIN = r"[\u4e00-\u9fff（）](?<![的向来在对是把被让说了])"
_OFFICE = re.compile(
    rf"(?P<office>(?!原|前)(?:{_WITHIN}){{0,18}}?{_TITLE}(?:[、，](?:{_WITHIN}){{0,12}}?{_TITLE}){{0,2}})"
    rf"(?:(?P<holder>[\u4e00-\u9fff·]{{2,4}}?)?{_ADVERB}(?P<speech>{_SPEECH}))?"
)
_ORGAN = re.compile(
    r"(?:[省市州县区盟旗]?(?:委|人民政府|政府|党委|人大常委会|人大|政协|纪委监委|纪委)"
    r"|[\u4e00-\u9fff]{2,10}?(?:局|厅|委员会|委(?![员任托派会])|办公室|部门))(?:办公厅|办公室)?"
    r"(?:[、和与][省市州县区]?(?:委|人民政府|政府|党委))?"
)
_NOT_A_NAME = re.compile(r"^[在对就向率出主现当的说并会介表认指也还便即发人]|[说表认介指在的]$")


class Office(NamedTuple):
    """An office behind the name of a place, its holder; whether it speaks, or else acts."""

    end: int
    holder: str
    speaks: bool
    acts: bool


def office_at(text: str, start: int) -> Office | None:
    """The office of a place whose name ends at ``start``: 市长王某介绍, 省委, 市发改委."""
    if is_predicate(text, start):
        return None
    found = _OFFICE.match(text, start, min(len(text), start + 70))
    if found:
        holder = found["holder"] or ""
        holder = "" if _NOT_A_NAME.search(holder) else holder
        return Office(found.end("office"), holder, bool(found["speech"]), True)
    end = organ_at(text, start)
    return Office(end, "", speaks(text, end), is_predicate(text, end)) if end else None


def organ_at(text: str, start: int) -> int:
    """The end of the authority behind the name of a place that ends at ``start``; 0 for none."""
    found = _ORGAN.match(text, start, min(len(text), start + 24))
    return found.end() if found else 0


_SPEAKS = re.compile(rf"(?:书记|市长|省长|县长|区长|局长|主任|部长|厅长)?{_ADVERB}{_SPEECH}")


def speaks(text: str, start: int) -> bool:
    """Whether the person whose name ends at ``start`` is said to speak."""
    return _SPEAKS.match(text, start, start + 30) is not None
