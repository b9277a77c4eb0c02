"""Figures of topics: which are greyed, what their shares look like, over time too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure

import textlab as tl
from tests.figure_tables import ENGLISH, PLACES
from tests.figure_texts import assert_legible, seen
from tests.topic_figure_tables import (
    NAN,
    effects,
    label,
    made,
    mapped,
    quality,
    selection,
    shares,
    topics,
)
from textlab.errors import TableError, UnknownNameError
from textlab.output.figures.topic_names import FAINT_BAR, doubtful_topics, topic_titles
from textlab.output.figures.topic_words import WORDS
from textlab.output.style import BAR, QUIET

YEARS = ["2021", "2022", "2023"]
MONTHS = [f"{year}-{month:02d}" for year in (2022, 2023) for month in range(1, 13)]
SIX = ("held_out", "npmi", "umass", "exclusivity", "stability", "stability_random")
english: dict[str, Any] = {"language": "en", "labels": ENGLISH}


def over_time(periods: list[str], k: int) -> pd.DataFrame:
    return shares(periods, k, by="period")


def placed(count: int, k: int, **options: Any) -> Figure:
    given = shares(PLACES[:count], k), topics(k)
    return tl.figures.topic_share_intervals(*given, quality=quality(k, {2}), **options)


FIGURES: dict[str, Callable[[], Figure]] = {
    "terms": lambda: tl.figures.topic_terms(topics(7), quality=quality(7, {2, 7})),
    "shares": lambda: tl.figures.topic_shares(
        shares(PLACES, 20), topics(20), quality=quality(20, {3, 20})
    ),
    "shares, English": lambda: tl.figures.topic_shares(
        shares(PLACES[:4], 7), topics(7), quality=quality(7, {3}), **english
    ),
    "intervals": lambda: placed(4, 7),
    "intervals of twelve": lambda: placed(12, 12, **english),
    "two years": lambda: tl.figures.topic_periods(
        over_time(YEARS[:2], 7), topics(7), quality=quality(7, {2})
    ),
    "months": lambda: tl.figures.topic_periods(over_time(MONTHS, 20), topics(20)),
    "months of one topic": lambda: tl.figures.topic_periods(over_time(MONTHS, 1), topics(1)),
    "years, English": lambda: tl.figures.topic_periods(
        over_time(YEARS, 12), topics(12), one_scale=True, **english
    ),
    "selection": lambda: tl.figures.selection_curves(
        selection([5, 8, 10, 12, 15, 20], SIX, chosen=12)
    ),
    "selection, English": lambda: tl.figures.selection_curves(
        selection([5, 6, 7, 100], SIX, chosen=6), language="en"
    ),
    "effects": lambda: tl.figures.effects_plot(
        effects(7, [f"place: {place}" for place in PLACES[:3]]), quality=quality(7, {2})
    ),
    "effects of twenty": lambda: tl.figures.effects_plot(effects(20, ["a", "b", "c"])),
    "effects by term": lambda: tl.figures.effects_plot(
        effects(20, ["a", "b", "c"]), by="term", quality=quality(20, {2}), **english
    ),
    "effects of 31": lambda: tl.figures.effects_plot(
        effects(20, [f"place: {a} - 全国" for a in PLACES], kind="contrast"), kind="contrast"
    ),
    "map of one": lambda: tl.figures.topic_map_plot(mapped(1)),
    "map of twelve": lambda: tl.figures.topic_map_plot(mapped(12), quality=quality(12, {2, 12})),
    "map of twelve, English": lambda: tl.figures.topic_map_plot(mapped(12), **english),
    "map of forty": lambda: tl.figures.topic_map_plot(mapped(40), quality=quality(40, {9})),
    "map of equals": lambda: tl.figures.topic_map_plot(mapped(9, spread=0.0)),
}


def said(figure: Figure) -> str:
    return "".join(text.get_text().replace("\n", "") for text in figure.texts)


def titles(figure: Figure) -> list[str]:
    return [axes.get_title("left").replace("\n", "") for axes in figure.axes]


def title_colours(figure: Figure) -> list[str]:
    """The colour of the title of every panel."""
    found = [[t for t in seen(figure) if t.get_text() == a.get_title("left")] for a in figure.axes]
    return [to_hex(texts[0].get_color()) for texts in found]


def segments(axes: Axes) -> list[list[float]]:
    """Place and ends of the upright lines, from left to right."""
    parts = [part for part in axes.collections if isinstance(part, LineCollection)]
    found = [np.array(s) for part in parts for s in part.get_segments()]
    return sorted([float(s[0, 0]), *map(float, s[:, 1])] for s in found)


@pytest.mark.parametrize("name", FIGURES)
def test_every_text_is_legible_inside_and_alone(name: str) -> None:
    figure = FIGURES[name]()
    assert {float(text.get_fontsize()) for text in seen(figure)} == {8.0}
    assert_legible(figure)
    width, height = figure.bbox.size
    millimetre = figure.dpi / 25.4
    assert round(width / millimetre) in (89, 183)
    assert height / millimetre <= 285


def test_topics_that_do_not_replicate_are_greyed_and_that_is_said() -> None:
    # Of topic 1 half of the replicates have it, of topic 3 nothing is known: neither is greyed.
    trusted = quality(4, {2}).assign(replication=[0.5, 0.49, NAN, 1.0])
    figure = tl.figures.topic_terms(topics(4), quality=trusted)
    bars = [to_hex(axes.patches[0].get_facecolor()) for axes in figure.axes]
    assert bars == [BAR, FAINT_BAR, BAR, BAR]
    assert [colour == QUIET for colour in title_colours(figure)] == [False, True, False, False]
    assert [title.split("  ")[0] for title in titles(figure)] == [
        *("主题 1", "主题 2*", "主题 3", "主题 4")
    ]
    assert WORDS["zh"]["greyed"] in said(figure)
    lighter = [np.dot(to_rgb(colour), (0.299, 0.587, 0.114)) for colour in (BAR, FAINT_BAR)]
    assert lighter[1] - lighter[0] > 0.15  # on a copy in grey, too


@pytest.mark.parametrize("given", [None, quality(4)])
def test_without_doubt_nothing_is_greyed(given: pd.DataFrame | None) -> None:
    figure = tl.figures.topic_terms(topics(4), quality=given)
    assert {to_hex(axes.patches[0].get_facecolor()) for axes in figure.axes} == {BAR}
    assert WORDS["zh"]["greyed"] not in said(figure)


def test_the_quality_of_another_model_is_an_error() -> None:
    draws: tuple[Callable[[], Figure], ...] = (
        lambda: tl.figures.topic_terms(topics(4), quality=quality(2)),
        lambda: tl.figures.topic_shares(shares(PLACES[:3], 4), topics(4), quality=quality(2)),
        lambda: tl.figures.effects_plot(effects(4, ["a"]), quality=quality(2)),
        lambda: tl.figures.topic_map_plot(mapped(4), quality=quality(2)),
    )
    for draw in draws:
        with pytest.raises(TableError, match=r"the topics \[3, 4\] .* 'topic_quality'"):
            draw()
    assert doubtful_topics(quality(4, {1, 4}), [2, 4]) == {4}


def test_titles_have_numbers_stars_and_the_wording_of_terms() -> None:
    table = made("topics", [{"topic": 12, "label": "创新·改革"}, {"topic": 3, "label": "甲"}])
    shown = topic_titles(table, {"创新": "Innovation"}, "en", {12})
    assert list(shown.items()) == [(3, "3  甲"), (12, "12*  Innovation · 改革")]


def test_greyed_columns_are_as_light_as_they_were_and_have_no_colour() -> None:
    given = shares(PLACES[:5], 4), topics(4)
    figure = tl.figures.topic_shares(*given, quality=quality(4, {3}))
    axes, plain = figure.axes[0], tl.figures.topic_shares(*given).axes[0]
    cells = np.array([patch.get_facecolor()[:3] for patch in axes.patches])
    assert [patch.get_x() for patch in axes.patches] == [2] * 5  # type: ignore[attr-defined]
    assert (cells == cells[:, :1]).all()
    mesh: Any = plain.collections[0]
    mesh.update_scalarmappable()
    coloured = mesh.get_facecolor().reshape(5, 4, 4)[:, 2, :3]
    assert cells[:, 0] == pytest.approx(coloured @ (0.299, 0.587, 0.114))
    colours = [to_hex(text.get_color()) for text in axes.get_xticklabels()]
    assert [colour == QUIET for colour in colours] == [False, False, True, False]
    key = {text.get_text(): to_hex(text.get_color()) for text in figure.texts}
    assert [name[:2] for name, colour in key.items() if colour == QUIET] == ["3*"]
    assert WORDS["zh"]["greyed"] in said(figure)


def test_notes_move_nothing_else() -> None:
    one, other = (
        tl.figures.topic_shares(shares(PLACES[:5], 4), topics(4), quality=given)
        for given in (None, quality(4, {1}))
    )
    for before, after in zip(one.axes, other.axes, strict=True):
        edges = [np.array(a.get_window_extent().extents) - [0, f.bbox.height] * 2
                 for f, a in ((one, before), (other, after))]  # fmt: skip
        assert edges[0] == pytest.approx(edges[1])


def test_shares_with_intervals_are_bars_of_places_for_each_topic() -> None:
    table = shares(PLACES[:3], 2)
    table.loc[1, "reason"] = "1 document: interval over its 9 paragraphs"
    table.loc[table.index[-1], ["low", "high"]] = NAN
    figure = tl.figures.topic_share_intervals(table.sample(frac=1, random_state=1), topics(2))
    for topic, axes in enumerate(figure.axes, start=1):
        rows = table[table["topic"] == topic].sort_values("place")
        lengths = [patch.get_width() for patch in axes.patches]  # type: ignore[attr-defined]
        assert lengths == pytest.approx((rows["share"] * 100).tolist())
        parts = [part for part in axes.collections if isinstance(part, LineCollection)]
        drawn = sorted(float(s[0, 0]) for part in parts for s in np.array(part.get_segments()))
        assert drawn == pytest.approx(sorted((rows["low"].dropna() * 100).tolist()))
    assert [t.get_text() for t in figure.axes[0].get_yticklabels()] == sorted(PLACES[:3])
    assert WORDS["zh"]["share_interval"] in said(figure)


@pytest.mark.parametrize(
    ("draw", "error", "message"),
    [
        (lambda f: f.topic_share_intervals(shares(PLACES[:2], 2)[:0], topics(2)), TableError,
         "found none"),
        (lambda f: f.topic_terms(topics(1), language="fr"), UnknownNameError, "there are: zh, en"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_said(draw: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        draw(tl.figures)


@pytest.mark.parametrize(
    ("draw", "table"),
    [
        (lambda t: tl.figures.topic_periods(t, topics(3)), over_time(YEARS, 3)),
        (lambda t: tl.figures.topic_share_intervals(t, topics(3)), shares(PLACES[:4], 3)),
        (tl.figures.selection_curves, selection([5, 6], SIX, chosen=6)),
        (tl.figures.effects_plot, effects(3, ["a", "b"])),
        (tl.figures.topic_map_plot, mapped(6)),
    ],
)
def test_rows_in_another_order_are_the_same_bytes(draw: Any, table: Any, tmp_path: Path) -> None:
    shuffled = table.sample(frac=1, random_state=2)
    one, other = (
        tl.figures.save_figure(draw(given), tmp_path / name, "x")
        for name, given in (("a", table), ("b", shuffled))
    )
    for first, second in zip(one, other, strict=True):
        assert first.read_bytes() == second.read_bytes()


def test_the_labels_of_the_invented_tables_are_those_of_terms() -> None:
    assert len(label(1).split("·")) == 3
    assert set(WORDS["zh"]) == set(WORDS["en"])
