"""The figure of the choice of K: every measure over the number of topics."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from textlab.errors import TableError
from textlab.output.figures.curves import Curve, Curves, draw_curves
from textlab.output.figures.notes import write_notes
from textlab.output.figures.topic_words import topic_words
from textlab.output.style import house_style
from textlab.schema import check

# Those of one number are measured alike, and so drawn on one scale.
_SCALES = {
    "held_out": 0,
    "npmi": 1,
    "umass": 2,
    "exclusivity": 3,
    "stability": 4,
    "stability_random": 4,
}


@house_style()
def selection_curves(
    topic_selection: pd.DataFrame, *, language: Literal["zh", "en"] = "zh"
) -> Figure:
    """How good the topics of each K are, by every measure: one panel each, over one axis of K.

    ``topic_selection`` has a row for each K and measure. Dots are means over replicates, lines
    their 95 % intervals. The K that was chosen has filled dots and a dotted line in every panel,
    and is named below. Measures go up where topics get better, but by different things: held-out
    likelihood asks for many topics, coherence and stability for few. Of each panel the scale is
    its own, but both stabilities are on one.

    Raises :class:`TableError` if the table has no values, or more than one K is marked as chosen.
    """
    table = check(topic_selection, "topic_selection")
    table = table[table["value"].notna()].sort_values(["k", "measure"])
    grid = np.array(sorted(set(table["k"])), dtype=np.float64)
    if not len(grid):
        raise TableError("curves of topic_selection want a K with values, found none")
    chosen = sorted(set(table.loc[table["chosen"] > 0, "k"]))
    if len(chosen) > 1:
        raise TableError(f"topic_selection marks more than one K as chosen: {chosen}")
    word, measures = topic_words(language), _measures(table)
    figure = draw_curves(
        Curves(
            curves=[_curve(table, measure, word) for measure in measures],
            ticks=grid,
            names=[f"{k:g}" for k in grid],
            across_title=word["topics_k"],
            mark=float(chosen[0]) if chosen else None,
        )
    )
    notes = [word["selection"]]
    notes += [word["one_stability"]] if {"stability", "stability_random"} <= {*measures} else []
    notes += [word["chosen"].format(chosen[0])] if chosen else []
    write_notes(figure, notes)
    return figure


def _measures(table: pd.DataFrame) -> list[str]:
    """The measures that there are: those known in their order, then others by name."""
    there = set(table["measure"])
    return [*(m for m in _SCALES if m in there), *sorted(there - set(_SCALES))]


def _curve(table: pd.DataFrame, measure: str, word: dict[str, str]) -> Curve:
    rows = table[table["measure"] == measure]
    others = sorted(set(table["measure"]) - set(_SCALES))
    return Curve(
        title=word.get(measure, measure),
        x=rows["k"].to_numpy(dtype=np.float64),
        y=rows["value"].to_numpy(dtype=np.float64),
        interval=rows[["low", "high"]].to_numpy(dtype=np.float64).T,
        unsure=np.zeros(len(rows), dtype=bool),
        scale=_SCALES[measure] if measure in _SCALES else len(_SCALES) + others.index(measure),
    )
