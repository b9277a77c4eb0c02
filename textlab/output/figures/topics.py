"""Figures of topics: their terms, and their shares of places and documents."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.colors import Normalize, to_rgba
from matplotlib.figure import Figure

from textlab.errors import TableError
from textlab.output.figures.cells import draw_cells
from textlab.output.figures.lettering import display
from textlab.output.figures.notes import write_notes
from textlab.output.figures.panels import Panels, draw_panels
from textlab.output.figures.plan import Cells
from textlab.output.figures.topic_names import (
    doubtful_topics,
    fade_texts,
    grey_panels,
    starred,
    topic_titles,
    unsure_intervals,
)
from textlab.output.figures.topic_words import topic_words
from textlab.output.style import BLANK, house_style
from textlab.schema import check


@house_style()
def topic_terms(
    topics: pd.DataFrame,
    *,
    quality: pd.DataFrame | None = None,
    top: int = 8,
    language: Literal["zh", "en"] = "zh",
    labels: Mapping[str, str] | None = None,
) -> Figure:
    """The ``top`` terms of every topic with their probabilities, one panel a topic.

    ``topics`` has one row for each topic and rank. Panels bear the topic's number and label
    and are on one scale. With ``quality``, the table ``topic_quality``, topics that replicate in
    less than half of the refits are greyed, and said so. ``labels`` gives terms and labels of the
    table the wording to show, and so the terms within a label. Raises :class:`TableError` if the
    table is empty or ``quality`` lacks a topic.
    """
    found = check(topics, "topics")
    if found.empty or top < 1:
        raise TableError(f"a figure of topics wants topics and a top of 1 or more, found "
                         f"{len(found)} rows and top={top}")  # fmt: skip
    groups = {int(str(n)): rows.nsmallest(top, "rank") for n, rows in found.groupby("topic")}
    doubtful = doubtful_topics(quality, groups)
    word = topic_words(language)
    figure = draw_panels(
        Panels(
            titles=_panel_titles(found, labels, language, doubtful),
            names=[display(rows["term"], labels, language=language) for rows in groups.values()],
            lengths=[rows["probability"].to_numpy() for rows in groups.values()],
            value_title=word["probability"],
        )
    )
    _grey_and_say(figure, list(groups), doubtful, language)
    return figure


@house_style()
def topic_shares(
    shares: pd.DataFrame,
    topics: pd.DataFrame,
    *,
    quality: pd.DataFrame | None = None,
    language: Literal["zh", "en"] = "zh",
    labels: Mapping[str, str] | None = None,
) -> Figure:
    """How much of each place (or document) each topic takes, as a heat map of percentages.

    ``shares`` is ``topic_by_place`` or ``topic_by_document``; ``topics`` gives the labels, which
    are listed under the matrix (twenty topics have no twenty colours that can be told apart,
    least of all in grey). Rows stand by their largest topic, then by its share: like next to
    like. With ``quality``, the table ``topic_quality``, the columns of topics that replicate in
    less than half of the refits are grey instead of blue, as dark as before, and said so. Shares
    of few documents are uncertain, which a heat map cannot show:
    :func:`topic_share_intervals` does. ``labels`` gives places, documents, topic labels and the
    terms in these the wording to show. Raises :class:`TableError` if a table is empty or a topic
    is not in ``topics`` (or not in ``quality``).
    """
    by = "place" if "place" in shares.columns else "doc_id"
    table = check(shares, "topic_by_place" if by == "place" else "topic_by_document")
    if table.empty:
        raise TableError("a figure of topic shares wants one place or document, found none")
    named = named_topics(table, topics)
    wide = _by_largest(table.pivot(index=by, columns="topic", values="share") * 100)
    numbers = [int(number) for number in wide.columns]
    doubtful = doubtful_topics(quality, numbers)
    names = display(wide.index, labels, language=language)
    titles = topic_titles(named, labels, language, doubtful)
    figure = draw_cells(_share_cells(wide, names, [*titles.values()], by, language))
    if doubtful:
        _grey_columns(figure, [i for i, number in enumerate(numbers) if number in doubtful])
        starts = tuple(f"{starred(number, doubtful)}  " for number in sorted(doubtful))
        fade_texts(text for text in figure.texts if text.get_text().startswith(starts))
        write_notes(figure, [topic_words(language)["greyed"]])
    return figure


def _share_cells(
    wide: pd.DataFrame, rows: Sequence[str], key: Sequence[str], by: str, language: str
) -> Cells:
    """The heat map of percentages, units x topics."""
    word = topic_words(language)
    return Cells(
        values=wide.to_numpy(dtype=np.float64),
        rows=rows,
        columns=[str(number) for number in wide.columns],
        number=lambda share: f"{share:.0f}",
        norm=Normalize(0.0, float(np.nanmax(wide.to_numpy(), initial=0.0)) or 1.0),
        row_title=word[by],
        column_title=word["topic"],
        value_title=word["share"],
        key=key,
    )


@house_style()
def topic_share_intervals(
    shares: pd.DataFrame,
    topics: pd.DataFrame,
    *,
    quality: pd.DataFrame | None = None,
    language: Literal["zh", "en"] = "zh",
    labels: Mapping[str, str] | None = None,
) -> Figure:
    """How much of each place each topic takes, with 95 % intervals: one panel a topic.

    ``shares`` is the table ``topic_by_place``. Places stand by name, the same in every panel, and
    all panels are on one scale: up to a dozen places are read at a glance; for more see
    :func:`topic_shares`. Intervals of rows with a ``reason`` are pale and dashed, and cut at
    twice the longest bar. ``quality`` and ``labels`` are those of :func:`topic_shares`; so are
    the errors.
    """
    table = check(shares, "topic_by_place")
    if table.empty:
        raise TableError("a figure of topic shares wants one place, found none")
    named = named_topics(table, topics)
    numbers, places = sorted(set(table["topic"])), sorted(set(table["place"]))
    doubtful = doubtful_topics(quality, numbers)
    word = topic_words(language)
    rows = [table[table["topic"] == n].set_index("place").reindex(places) for n in numbers]
    figure = draw_panels(
        Panels(
            titles=_panel_titles(named, labels, language, doubtful),
            names=[display(places, labels, language=language)] * len(numbers),
            lengths=[part["share"].to_numpy(dtype=np.float64) * 100 for part in rows],
            intervals=[part[["low", "high"]].to_numpy(dtype=np.float64).T * 100 for part in rows],
            unsure=[unsure_intervals(part) for part in rows],
            shared=True,
            row_title=word["place"],
            value_title=word["share_interval"],
            cut_note=word["cut_off"],
            unsure_note=word["unsure"],
        )
    )
    _grey_and_say(figure, numbers, doubtful, language)
    return figure


def named_topics(table: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """The rows of ``topics`` whose topics are in ``table``; one that is not there is an error."""
    named = check(topics, "topics")
    unknown = sorted(set(table["topic"]) - set(named["topic"]))
    if unknown:
        raise TableError(f"the topics {unknown} have shares, but no row in the table 'topics'")
    return named[named["topic"].isin(table["topic"])]


def _panel_titles(
    topics: pd.DataFrame,
    labels: Mapping[str, str] | None,
    language: str,
    doubtful: Collection[int],
) -> list[str]:
    word = topic_words(language)["topic"]
    return [f"{word} {text}" for text in topic_titles(topics, labels, language, doubtful).values()]


def _grey_and_say(
    figure: Figure, numbers: Sequence[int], doubtful: Collection[int], language: str
) -> None:
    """Grey the panels of ``doubtful`` topics, and say so."""
    grey_panels(figure, numbers, doubtful)
    write_notes(figure, [topic_words(language)["greyed"]] if doubtful else [])


def _by_largest(wide: pd.DataFrame) -> pd.DataFrame:
    """The rows of ``wide`` by the number of their largest topic, its share falling, name."""
    largest = wide.fillna(-1.0).round(9)
    first, share = largest.idxmax(axis=1), largest.max(axis=1)
    return wide.loc[sorted(wide.index, key=lambda name: (first[name], -share[name], name))]


def _grey_columns(figure: Figure, columns: Sequence[int]) -> None:
    """Lay grey cells over some columns of a heat map, as light as the coloured ones.

    So the numbers in them stay legible, and the colour bar says what they mean.
    """
    axes = figure.axes[0]
    mesh = next(part for part in axes.collections if isinstance(part, QuadMesh))
    size = len(axes.get_yticks()), len(axes.get_xticks())
    colours = mesh.to_rgba(np.ma.asarray(mesh.get_array())).reshape(*size, 4)
    for column in columns:
        _grey_column(axes, column, colours[:, column])
    fade_texts(axes.get_xticklabels()[column] for column in columns)


def _grey_column(axes: Axes, column: int, colours: np.ndarray) -> None:
    light = colours[:, :3] @ (0.299, 0.587, 0.114)
    greys = np.stack([light, light, light, np.ones_like(light)], axis=1)
    greys[colours[:, 3] == 0] = to_rgba(BLANK)
    axes.barh(
        np.arange(len(greys)) + 0.5, 1.0, height=1.0, left=column, color=greys,
        edgecolor="white", linewidth=0.4, zorder=1.5,
    )  # fmt: skip
