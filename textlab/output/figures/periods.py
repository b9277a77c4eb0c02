"""The figure of topics over time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from textlab.errors import TableError
from textlab.output.figures.bars import Numbers
from textlab.output.figures.curves import Curve, Curves, draw_curves
from textlab.output.figures.lettering import display
from textlab.output.figures.notes import write_notes
from textlab.output.figures.topic_names import (
    doubtful_topics,
    grey_panels,
    topic_titles,
    unsure_intervals,
)
from textlab.output.figures.topic_words import topic_words
from textlab.output.figures.topics import named_topics
from textlab.output.style import house_style
from textlab.schema import check


@house_style()
def topic_periods(
    topic_by_period: pd.DataFrame,
    topics: pd.DataFrame,
    *,
    quality: pd.DataFrame | None = None,
    one_scale: bool = False,
    language: Literal["zh", "en"] = "zh",
    labels: Mapping[str, str] | None = None,
) -> Figure:
    """The share of each topic in the texts of each period, with 95 % intervals.

    ``topic_by_period`` is the table of that name; ``topics`` gives the labels. One panel a topic,
    by number. All scales begin at 0, but each topic has its own, and that is said below: read how
    a topic changes, not which is larger; with ``one_scale`` the panels can be compared. Years
    and months stand as far apart as they are, and dots are joined over the least distance only:
    a period without texts leaves a gap. Intervals of rows with a ``reason`` are pale and dashed;
    what goes on beyond the axes is cut at an arrow. With ``quality``, the table
    ``topic_quality``, topics that replicate in less than half of the refits are greyed, and said
    so. ``labels`` gives topic labels, the terms in them and periods the wording to show.

    Raises :class:`TableError` if the table has fewer than two periods, or a topic is not in
    ``topics`` or ``quality``.
    """
    table = check(topic_by_period, "topic_by_period")
    periods = sorted(set(table["period"]))
    if len(periods) < 2:
        raise TableError(f"a figure over time wants two periods or more, found {len(periods)}")
    named = named_topics(table, topics)
    numbers = sorted(set(table["topic"]))
    doubtful = doubtful_topics(quality, numbers)
    titles = topic_titles(named, labels, language, doubtful)
    names = display(periods, labels, language=language)
    curves = _curves(table, titles, dict(zip(periods, names, strict=True)), one_scale, language)
    figure = draw_curves(curves)
    grey_panels(figure, numbers, doubtful)
    unsure = any(curve.unsure.any() for curve in curves.curves)
    notes = {"own_scales": not curves.shared, "cut_off": curves.cut, "unsure": unsure}
    told = [note for note, wanted in (notes | {"greyed": bool(doubtful)}).items() if wanted]
    write_notes(figure, [topic_words(language)[note] for note in told])
    return figure


def _curves(
    table: pd.DataFrame,
    titles: Mapping[int, str],
    periods: Mapping[str, str],
    one_scale: bool,
    language: str,
) -> Curves:
    """A panel for each topic in ``titles`` over ``periods``, which have their names."""
    word, places = topic_words(language), _places([*periods])
    at = dict(zip(periods, places, strict=True))
    return Curves(
        curves=[
            _curve(
                table[table["topic"] == number],
                at,
                f"{word['topic']} {title}",
                0 if one_scale else number,
            )
            for number, title in titles.items()
        ],
        ticks=places,
        names=[*periods.values()],
        across_title=word["period"],
        up_title=word["share_interval"],
        step=float(np.diff(places).min()),
        from_zero=True,
    )


def _places(periods: Sequence[str]) -> Numbers:
    """Where periods stand: years and months as far apart as they are, others one apart."""
    found = [re.fullmatch(r"(\d{4})(?:-(\d{2}))?", period, re.ASCII) for period in periods]
    if len({len(period) for period in periods}) == 1 and all(found):
        months = [12 * int(m[1]) + int(m[2] or 1) - 1 for m in found if m]
        return np.array(months, dtype=np.float64)
    return np.arange(len(periods), dtype=np.float64)


def _curve(rows: pd.DataFrame, places: Mapping[str, float], title: str, scale: int) -> Curve:
    ordered = rows.sort_values("period")
    return Curve(
        title=title,
        x=np.array([places[period] for period in ordered["period"]], dtype=np.float64),
        y=ordered["share"].to_numpy(dtype=np.float64) * 100,
        interval=ordered[["low", "high"]].to_numpy(dtype=np.float64).T * 100,
        unsure=unsure_intervals(ordered),
        scale=scale,
    )
