"""The column ``reason``: what is to be known of a row, in a few plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from textlab.statistics.document_tests import not_testable
from textlab.statistics.sampling import Units


def joined(said: Mapping[str, NDArray[np.bool_]], rows: int) -> NDArray[np.object_]:
    """Of each of so many rows the words that hold of it, with "; " between."""
    reason = np.full(rows, "", dtype=object)
    for words, holds in said.items():
        reason[holds] = [f"{before}; {words}" if before else words for before in reason[holds]]
    return reason


def contrast_reasons(
    sides: Sequence[Units], names: Sequence[str], documents: tuple[int, int]
) -> NDArray[np.object_]:
    """For each collocate, what interval and test rest on, and which side lacks it.

    ``sides`` are the group and what it is set against, units of node sentences; ``names`` are
    what to call them, ``documents`` how many documents each has.
    """
    every = np.ones(sides[0].n.shape[1], dtype=bool)
    named = list(zip(sides, names, strict=True))
    if not all(documents):
        lacking = [name for units, name in named if not len(units.size)]
        return joined({f"no sentence of the node in {name}": every for name in lacking}, len(every))
    said: dict[str, NDArray[np.bool_]] = {}
    for (units, name), count in zip(named, documents, strict=True):
        said |= dict.fromkeys(_rests_on(units, name, count), every)
        said[f"absent from {name}"] = np.asarray(units.n.sum(axis=0)).ravel() == 0
    said |= dict.fromkeys(filter(None, [not_testable(*documents)]), every)
    return joined(said, len(every))


def _rests_on(units: Units, name: str, documents: int) -> list[str]:
    """Why the interval of a side is missing, or speaks of these texts only."""
    if units.kind == "document":
        return []
    owners = f"{documents} document{'s' * (documents != 1)} in {name}"
    if len(units.size) == 1:
        return [f"{owners}, of one such paragraph: no interval"]
    return [f"{owners}: interval over {len(units.size)} paragraphs, for these texts only"]
