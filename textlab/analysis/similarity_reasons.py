"""What is to be known of the intervals of similarities: on what they rest, what they are for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from textlab.analysis.similarity_pairs import Pairs
from textlab.statistics.measures import Floats

# By the simulation that compare_places tells of, 95 % intervals over fewer are too narrow.
FEW = 6

# How a measure is said to suffer from too little text.
_WRONG = {
    "cosine": (-1, "cosine {:.2f} or more too low"),
    "jensen_shannon": (1, "Jensen-Shannon distance {:.2f} or more too high"),
}


def pair_reasons(pairs: Pairs, intervals: dict[str, tuple[Floats, Floats]]) -> list[str]:
    """The column ``reason`` of each pair."""
    names = zip(pairs.units, pairs.words, strict=True)
    bare = {unit: f"{name}: no words" for unit, (name, words) in enumerate(names) if not words}
    still = _joined([pairs.still, pairs.remark])
    reasons = []
    for (a, b), noise in zip(
        combinations(range(len(pairs.units)), 2), _noise(pairs, intervals), strict=True
    ):
        if a in bare or b in bare:
            reasons.append(_joined([bare.get(a, ""), bare.get(b, "")]))
        elif pairs.still:
            reasons.append(still)
        else:
            reasons.append(_joined([*_of_units(pairs, a, b), noise, pairs.remark]))
    return reasons


def branch_reason(pairs: Pairs, members: NDArray[np.intp]) -> str:
    """The column ``reason`` of a branch with these members."""
    if pairs.still:
        return pairs.still
    drawn, size = pairs.drawn[members], len(members)
    over = sum(_over_paragraphs(pairs, int(unit)) for unit in members)
    single, few = int((drawn == 1).sum()), int(((drawn > 1) & (drawn < FEW)).sum())
    return _joined(
        [
            f"{over} of {size} members over paragraphs, for these texts only" if over else "",
            f"{single} of {size} with 1 paragraph, the same in all resamples" if single else "",
            f"{few} of {size} with fewer than {FEW} texts, not to be trusted" if few else "",
        ]
    )


def _over_paragraphs(pairs: Pairs, unit: int) -> bool:
    """Whether a place has so few documents that its paragraphs are resampled."""
    return pairs.of == "place" and pairs.kind[unit] == "paragraph" and pairs.drawn[unit] > 1


def _of_units(pairs: Pairs, a: int, b: int) -> list[str]:
    """What the interval of the two rests on."""
    drawn = {unit: int(pairs.drawn[unit]) for unit in (a, b)}
    said = {
        "over paragraphs, for these texts only": [
            f"{pairs.units[unit]} ({_number(int(pairs.documents[unit]), 'document')}, "
            f"{_number(number, 'paragraph')})"
            for unit, number in drawn.items()
            if _over_paragraphs(pairs, unit)
        ],
        "1 paragraph, no interval": [
            str(pairs.units[unit]) for unit, number in drawn.items() if number == 1
        ],
        "few texts, interval not to be trusted": [
            f"{pairs.units[unit]} ({_number(number, pairs.kind[unit])})"
            for unit, number in drawn.items()
            if 1 < number < FEW
        ],
    }
    return [f"{what}: {', '.join(units)}" for what, units in said.items() if units]


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def _noise(pairs: Pairs, intervals: dict[str, tuple[Floats, Floats]]) -> list[str]:
    """By how much resampling moves the mean, where that is more than half the interval."""
    said: list[list[str]] = [[] for _ in pairs.values["cosine"]]
    for name, (sign, wrong) in _WRONG.items() if pairs.resampled else ():
        low, high = intervals[name]
        moved = sign * (pairs.draws[name].mean(axis=1) - pairs.values[name])
        for pair in np.flatnonzero((moved > (high - low) / 2) & (moved >= 0.005)):
            said[pair].append(wrong.format(moved[pair]))
    return [f"too little text: {', '.join(parts)}" if parts else "" for parts in said]


def _joined(parts: Sequence[str]) -> str:
    return "; ".join(part for part in parts if part)
