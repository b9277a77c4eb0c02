"""Which name of one table and which of another mean the same place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from textlab.errors import TableError
from textlab.language.width import one_form
from textlab.places.gazetteer import LAST_YEAR
from textlab.places.names import current, index, stem_of


def partners(here: Sequence[str], there: Sequence[str], *, places: bool) -> dict[str, str]:
    """For each name ``here`` that has one, its name ``there``.

    The same string is the same name. If ``places``, so is what means the same place: the short
    form and the full one (成都, 成都市), and a prefecture with its province before it. Raises
    :class:`TableError` where two names of one side could be the same place, or one of them two
    of the other side (吉林 where 吉林省 and 吉林市 stand).
    """
    if places:
        _check_twins(here, "the result")
        _check_twins(there, "the indicators")
    found: dict[str, str] = {}
    for name in sorted(here):
        candidates = _candidates(name, there, places=places)
        if len(candidates) > 1:
            raise TableError(
                f"'{name}' of the result may be '{candidates[0]}' or '{candidates[1]}' of the "
                "indicators; write the name in full on both sides"
            )
        found.update({name: candidates[0]} if candidates else {})
    taken: dict[str, str] = {}
    for name, other in found.items():
        if other in taken:
            raise TableError(
                f"'{other}' of the indicators may be '{taken[other]}' or '{name}' of the result; "
                "write the name in full on both sides"
            )
        taken[other] = name
    return found


def _candidates(name: str, there: Sequence[str], *, places: bool) -> list[str]:
    plain = one_form(name).strip()
    if plain in there:
        return [plain]
    return sorted(other for other in there if places and _same(plain, other))


def _check_twins(names: Sequence[str], side: str) -> None:
    """Two names of one side that mean the same, and nothing else: 成都 and 成都市."""
    meant: dict[frozenset[str], str] = {}
    for name in sorted(names):
        places = _meanings(name) or frozenset({stem_of(name) or name})
        if places in meant:
            raise TableError(f"{side}: '{meant[places]}' and '{name}' are the same place")
        meant[places] = name


def _same(name: str, other: str) -> bool:
    known, also = _meanings(name), _meanings(other)
    if known and also:
        return bool(known & also)
    # One of the two is no place of China's, or of today's: 碧川 and 碧川市.
    return name == other or stem_of(name) == other or stem_of(other) == name


@lru_cache(maxsize=16384)
def _meanings(name: str) -> frozenset[str]:
    """The official names of the places that ``name`` may mean; none where it is not known.

    A county's short name counts only where nothing greater has it.
    """
    for table in (index().full, index().short, index().counties):
        units = current(table.get(name, ()), LAST_YEAR)
        if units:
            return frozenset(unit.name for unit in units)
    return _within_province(name)


def _within_province(name: str) -> frozenset[str]:
    """What 四川省成都市 or 四川成都 means: the place behind the province."""
    for size in range(len(name) - 2, 1, -1):
        before = index().full.get(name[:size], ()) or index().short.get(name[:size], ())
        codes = {unit.code for unit in before if unit.level == "province"}
        if codes:
            rest = (index().full.get(name[size:], ()), index().short.get(name[size:], ()))
            inside = {unit.name for units in rest for unit in units if unit.parent in codes}
            if inside:
                return frozenset(inside)
    return frozenset()
