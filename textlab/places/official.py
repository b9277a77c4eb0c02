"""A place as a researcher writes it -> its official full name."""

from __future__ import annotations

from collections.abc import Iterable

from textlab.places.gazetteer import LAST_YEAR
from textlab.places.names import Names, Unit, current, index, names_for


def official_place(place: str, names: Names, year: int = LAST_YEAR) -> str:
    """The official full name of ``place``; "" for what is unknown or ambiguous.

    A county stays a county: who writes 洪雅县 compares counties.
    """
    if place in names.own:
        return names.own[place]
    full = {unit.name for unit in _units(place, year)}
    return full.pop() if len(full) == 1 else ""


def _units(place: str, year: int) -> tuple[Unit, ...]:
    # A name is a county's only where nothing greater has it.
    for table in (index().full, index().short, index().counties):
        units = current(table.get(place, ()), year)
        if units:
            return units
    return ()


def names_of(places: Iterable[str]) -> Names:
    """The names of the gazetteer, and of those of a study's ``places`` that it adds to it."""
    given = sorted({place.strip() for place in places} - {""})
    known = names_for(())
    official = {place: official_place(place, known) or place for place in given}
    counted = {name for name in official.values() if not _compared(name)}
    return names_for(tuple(sorted(counted)))


def _compared(name: str) -> bool:
    """Whether ``name`` is at the level at which places are compared anyway."""
    return any(unit.level != "county" for unit in index().full.get(name, ()))
