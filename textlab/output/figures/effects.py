"""The figure of effects: how shares of topics differ, with intervals."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from textlab.errors import TableError, UnknownNameError
from textlab.output.figures.bars import Flags, Numbers, draw_dots, draw_intervals, is_cut
from textlab.output.figures.lettering import LINE, block_lines, display, fit, text_width
from textlab.output.figures.notes import write_notes
from textlab.output.figures.panels import Panels, plan_panels, write_names
from textlab.output.figures.paper import MARGIN, axes_at, number_ticks, sheet, write_at
from textlab.output.figures.topic_names import (
    doubtful_topics,
    fade_marks,
    fade_texts,
    fade_title,
    topic_titles,
    unsure_intervals,
)
from textlab.output.figures.topic_words import topic_words
from textlab.output.style import INK, QUIET, house_style
from textlab.schema import check

_TERMS = 12  # at most so many terms, and rows with their titles on a page
_ROWS, _TITLE_ROWS = 160, 3
# The axes are at most so many times as long as the largest estimate.
_STRETCH = 3.0


@house_style()
def effects_plot(
    topic_effects: pd.DataFrame,
    *,
    quality: pd.DataFrame | None = None,
    kind: Literal["coefficient", "contrast"] = "coefficient",
    by: Literal["topic", "term"] = "topic",
    language: Literal["zh", "en"] = "zh",
    labels: Mapping[str, str] | None = None,
) -> Figure:
    """What the shares of topics depend on, in percentage points, with 95 % intervals.

    ``topic_effects`` is the table of that name, of which the rows of ``kind`` are drawn. One
    panel a topic with the terms in it, or a term with the topics in it (``by``); all on one
    scale, with a line at 0. Lines with caps are the intervals, thin ones the simultaneous
    intervals, which hold for all terms of a topic at once. Those of rows with a ``reason`` are
    pale and dashed; a hollow dot has none. What goes on beyond the axes, at most three times the
    largest estimate, is cut at an arrow. Of more terms or topics than a page has room for (12
    terms; 26 topics of 3 terms, 10 of 12) those with the largest estimates above or below 0 are
    drawn, and that is said. Groups in a column ``reference`` are named as what coefficients are
    differences from. With ``quality``, the table ``topic_quality``, topics that replicate in less
    than half of the refits are greyed, and said so. ``labels`` gives labels of topics, the terms
    in them and the names of columns and groups the wording to show.

    Raises :class:`UnknownNameError` for another ``by``, :class:`TableError` if there is nothing
    to draw or ``quality`` lacks a topic.
    """
    if by not in ("topic", "term"):
        raise UnknownNameError(f"by wants 'topic' or 'term', found {by!r}")
    every = _drawable(topic_effects, kind)
    table = _largest(every)
    doubtful = doubtful_topics(quality, table["topic"])
    word = topic_words(language)
    titles = topic_titles(table, labels, language, doubtful)
    terms = _term_names(sorted(set(table["term"])), labels, language)
    chart = _charted(table, titles, terms, by, word["topic"])
    figure = _drawn(chart, word[f"effect_{kind}"], doubtful, by)
    notes = _references(topic_effects, kind, labels, language)
    write_notes(figure, notes + _notes(chart, every, table, doubtful, word))
    return figure


@dataclass(frozen=True, kw_only=True)
class _Chart:
    """Panels of estimates, their thin intervals, and the topic of each row."""

    panels: Panels
    thin: Sequence[Numbers]
    topics: Sequence[list[int]]

    @property
    def span(self) -> tuple[float, float]:
        """The ends of the axes: 0, and all ends of intervals that are not too far out."""
        value = max(float(np.abs(part).max()) for part in self.panels.lengths) or 1.0
        ends = np.concatenate([part.ravel() for part in (*self.panels.intervals, *self.thin)])
        ends = np.clip(ends[np.isfinite(ends)], -_STRETCH * value, _STRETCH * value)
        ends = np.concatenate([ends, [0.0], *self.panels.lengths])
        white = 0.04 * float(np.ptp(ends)) or 1.0
        return float(ends.min()) - white, float(ends.max()) + white


def _drawable(effects: pd.DataFrame, kind: str) -> pd.DataFrame:
    table = check(effects, "topic_effects")
    found = table[(table["kind"] == kind) & table["estimate"].notna()]
    if found.empty:
        raise TableError(
            f"no effect to draw: of {len(table)} rows none is a {kind} with an estimate"
        )
    return found


def _largest(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of as many terms and topics as a page has room for, by topic and term."""
    terms = _top(table, "term", _TERMS)
    found = table[table["term"].isin(terms)]
    topics = _top(found, "topic", _ROWS // (len(terms) + _TITLE_ROWS))
    return found[found["topic"].isin(topics)].sort_values(["topic", "term"], ignore_index=True)


def _top(table: pd.DataFrame, column: str, most: int) -> list[object]:
    """The values of ``column`` with the largest estimates above or below 0, ties by name."""
    size = table["estimate"].abs().round(12).groupby(table[column]).max()
    return sorted(size.index, key=lambda name: (-size[name], name))[:most]


def _term_names(
    terms: Sequence[str], labels: Mapping[str, str] | None, language: str
) -> dict[str, str]:
    """Terms as they are to be read: a level without its column, where that is enough."""
    plain = {term: _plain(term, labels or {}, language) for term in terms}
    twice = {name for name in plain.values() if [*plain.values()].count(name) > 1}
    names = [term if plain[term] in twice else plain[term] for term in terms]
    return dict(zip(terms, display(names, language=language), strict=True))


def _plain(term: str, labels: Mapping[str, str], language: str) -> str:
    """``place: x × year`` as ``x × year``, ``place: x - y`` as ``x - y``."""
    word, parts = topic_words(language), []
    for part in term.split(" × "):
        column, there, level = part.partition(": ")
        groups = level.split(" - ") if there else []
        names = [labels.get(group, group) for group in groups]
        parts.append(" - ".join(names) or labels.get(column, word.get(column, column)))
    return labels.get(term, " × ".join(parts))


def _charted(
    table: pd.DataFrame, titles: Mapping[int, str], terms: Mapping[str, str], by: str, word: str
) -> _Chart:
    groups = [rows for _, rows in table.groupby(by)]
    if by == "topic":
        heads = [f"{word} {titles[rows['topic'].iloc[0]]}" for rows in groups]
        names = [[terms[term] for term in rows["term"]] for rows in groups]
    else:
        heads = [terms[rows["term"].iloc[0]] for rows in groups]
        names = [[titles[topic] for topic in rows["topic"]] for rows in groups]
    return _Chart(
        panels=Panels(
            titles=heads,
            names=names,
            lengths=[rows["estimate"].to_numpy(dtype=np.float64) * 100 for rows in groups],
            intervals=[_ends(rows, "") for rows in groups],
            unsure=[unsure_intervals(rows) for rows in groups],
            shared=all(part == names[0] for part in names),
        ),
        thin=[_ends(rows, "_simultaneous") for rows in groups],
        topics=[rows["topic"].tolist() for rows in groups],
    )


def _ends(rows: pd.DataFrame, which: str) -> Numbers:
    ends: Numbers = rows[[f"low{which}", f"high{which}"]].to_numpy(dtype=np.float64).T * 100
    return ends


def _drawn(chart: _Chart, title: str, doubtful: Collection[int], by: str) -> Figure:
    panels, span = chart.panels, chart.span
    plan = plan_panels(panels)
    below = fit([title], plan.page - 2 * MARGIN, lines=3)[0]
    figure = sheet(plan.page, plan.bottom + LINE * block_lines([below]) + MARGIN)
    for i, topics in enumerate(chart.topics):
        axes = axes_at(figure, plan.left(i), plan.tops[i], plan.width, plan.height(i))
        middles = np.cumsum(plan.heights(i)) - plan.heights(i) / 2
        faint = np.isin(topics, list(doubtful))
        for flags in (faint, ~faint):
            # What is greyed must be on the axes before what is not.
            _draw_rows(axes, chart, i, middles, flags, span)
            if flags is faint:
                fade_marks(axes)
        _point_axis(axes, span, plan.width, plan.height(i))
        write_names(axes, plan, i, middles)
        if by == "topic" and faint.all():
            fade_title(axes)
        elif axes.get_yticklabels():
            fade_texts(np.array(axes.get_yticklabels())[faint])
    middle = (plan.first + plan.page - MARGIN) / 2
    write_at(figure, middle, plan.bottom, below, ha="center", multialignment="center")
    return figure


def _draw_rows(
    axes: Axes, chart: _Chart, panel: int, middles: Numbers, rows: Flags,
    span: tuple[float, float],
) -> None:  # fmt: skip
    """Thin and capped intervals and dots of some rows of a panel."""
    panels, places = chart.panels, middles[rows]
    values = panels.lengths[panel][rows]
    thin = np.clip(chart.thin[panel][:, rows], *span)
    inner = np.clip(panels.intervals[panel][:, rows], *span)
    for outer, end in zip(thin, np.where(np.isnan(inner), values, inner), strict=True):
        # Beyond the other interval only, whose dashes would not be seen else.
        axes.hlines(places, end, outer, color=INK, linewidth=0.4, zorder=1.5)
    interval, unsure = panels.intervals[panel][:, rows], panels.unsure[panel][rows]
    draw_intervals(axes, places, interval, unsure, span)
    hollow: Flags = np.isnan(interval[0]) | np.isnan(interval[1])
    draw_dots(axes, places, values, hollow)


def _point_axis(axes: Axes, span: tuple[float, float], width: float, height: float) -> None:
    """Percentage points, with numbers that do not touch, and the line at 0."""
    axes.set_xlim(*span)
    axes.set_ylim(height, 0)
    for most in range(6, 1, -1):
        ticks, numbers = number_ticks(*span, most)
        if sum(text_width(number) + 1.8 for number in numbers) <= width:
            break
    axes.set_xticks(ticks, labels=numbers)
    axes.xaxis.grid(True, color="#d9d9d9", linewidth=0.5)
    axes.set_axisbelow(True)
    axes.axvline(0.0, color=QUIET, linewidth=0.8, zorder=1)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def _references(
    effects: pd.DataFrame, kind: str, labels: Mapping[str, str] | None, language: str
) -> list[str]:
    """The groups that coefficients are differences from, where the table says so."""
    if kind != "coefficient" or "reference" not in effects.columns:
        return []
    found = sorted(set(effects.loc[effects["kind"] == kind, "reference"]) - {""})
    word = topic_words(language)
    joined = word["and"].join(display(found, labels, language=language))
    return [word["reference"].format(joined)] if found else []


def _notes(
    chart: _Chart, every: pd.DataFrame, table: pd.DataFrame, doubtful: Collection[int],
    word: Mapping[str, str],
) -> list[str]:  # fmt: skip
    """What is to be said of rows that are cut, unsure, greyed or left out."""
    unsure = any(flags.any() for flags in chart.panels.unsure)
    notes = [word["cut_off"]] if is_cut([*chart.panels.intervals, *chart.thin], chart.span) else []
    notes += [word["unsure"]] if unsure else []
    bare = any(np.isnan(ends).any() for ends in chart.panels.intervals)
    notes += [word["no_interval"]] if bare else []
    notes += [word["greyed"]] if doubtful else []
    for column, note in (("term", "terms_kept"), ("topic", "topics_kept")):
        kept, there = table[column].nunique(), every[column].nunique()
        notes += [word[note].format(kept, there)] if kept < there else []
    return notes
