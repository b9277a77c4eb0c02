"""The figure of effects: estimates in percentage points, two intervals, and what is left out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

import textlab as tl
from tests.figure_tables import PLACES
from tests.test_figures_topics import said, title_colours, titles
from tests.topic_figure_tables import NAN, effects, made, quality
from textlab.errors import TableError, UnknownNameError
from textlab.output.figures.topic_names import FAINT
from textlab.output.figures.topic_words import WORDS
from textlab.output.style import INK, QUIET


def table(*rows: tuple[int, str, float, float, float, float, float, str]) -> pd.DataFrame:
    """topic_effects from topic, term, estimate, low, high, simultaneous low and high, reason."""
    names = "topic term estimate low high low_simultaneous high_simultaneous reason".split()
    given = [dict(zip(names, row, strict=True)) for row in rows]
    return made(
        "topic_effects", [row | {"kind": "coefficient", "label": f"题{row['topic']}"}
                          for row in given]
    )  # fmt: skip


SMALL = table(
    (1, "place: 甲市", 0.10, 0.05, 0.15, 0.02, 0.18, ""),
    (1, "year", -0.04, -0.06, -0.02, -0.07, -0.01, "few documents: 3.1 degrees of freedom"),
    (2, "place: 甲市", 0.02, NAN, NAN, NAN, NAN, "rests on a single document: no interval"),
    (2, "year", 0.01, -0.03, 0.05, -0.04, 0.06, ""),
)


def rows(axes: Axes) -> list[str]:
    return [text.get_text() for text in axes.get_yticklabels()]


def dots(axes: Axes, colour: str = INK) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {"full": [], "hollow": []}
    for line in axes.lines:
        if line.get_marker() == "o" and to_hex(line.get_markeredgecolor()) == colour:
            kind = "hollow" if line.get_markerfacecolor() == "white" else "full"
            found[kind] += [round(float(x), 9) for x in np.asarray(line.get_xdata())]
    return found


def spans(axes: Axes, width: float) -> list[list[float]]:
    """The ends of the lines of one width, by height and then from left to right."""
    parts = [part for part in axes.collections if isinstance(part, LineCollection)]
    found = [
        [float(segment[0, 1]), *sorted(round(float(x), 9) for x in segment[:, 0])]
        for part in parts
        for segment in part.get_segments()
        if np.isclose(np.ravel(part.get_linewidth())[0], width)
    ]
    return [ends for _, *ends in sorted(found) if not np.isnan(ends).any()]


def test_estimates_and_intervals_are_in_percentage_points() -> None:
    figure = tl.figures.effects_plot(SMALL)
    first = figure.axes[0]
    assert titles(figure) == ["主题 1  题1", "主题 2  题2"]
    assert rows(first) == ["甲市", "年份"]
    assert dots(first) == {"full": [10.0, -4.0], "hollow": []}
    assert spans(first, 0.8) == [[5.0, 15.0], [-6.0, -2.0]]
    # The wider one goes on from the ends of the other.
    assert spans(first, 0.4) == [[2.0, 5.0], [15.0, 18.0], [-7.0, -6.0], [-2.0, -1.0]]
    assert any(list(np.asarray(line.get_xdata())) == [0.0, 0.0] for line in first.lines)
    assert WORDS["zh"]["effect_coefficient"] in said(figure)


def test_an_estimate_without_an_interval_is_hollow_and_that_is_said() -> None:
    figure = tl.figures.effects_plot(SMALL)
    assert dots(figure.axes[1]) == {"full": [1.0], "hollow": [2.0]}
    assert WORDS["zh"]["no_interval"] in said(figure)
    assert "灰色虚线" in said(figure)
    sure = tl.figures.effects_plot(SMALL[SMALL["reason"] == ""])
    assert WORDS["zh"]["no_interval"] not in said(sure) and "灰色虚线" not in said(sure)


def test_a_panel_can_be_a_term() -> None:
    figure = tl.figures.effects_plot(SMALL, by="term", language="en", labels={"甲市": "Jia"})
    assert titles(figure) == ["Jia", "Year"]
    assert rows(figure.axes[0]) == ["1  题1", "2  题2"]
    assert [dots(axes)["full"] for axes in figure.axes] == [[10.0], [-4.0, 1.0]]


def test_contrasts_are_drawn_alone() -> None:
    other = SMALL.assign(kind="contrast", term="place: 甲市 - 乙市").drop_duplicates("topic")
    both = pd.concat([SMALL, other])
    figure = tl.figures.effects_plot(both, kind="contrast")
    assert rows(figure.axes[0]) == ["甲市 - 乙市"]
    assert WORDS["zh"]["effect_contrast"] in said(figure)
    assert rows(tl.figures.effects_plot(both).axes[0]) == ["甲市", "年份"]


def test_terms_that_would_read_alike_are_written_in_full() -> None:
    twice = [f"{column}: 重点" for column in ("genre", "source")]
    figure = tl.figures.effects_plot(effects(1, [*twice, "place: 甲市 × year"]))
    assert rows(figure.axes[0]) == ["genre: 重点", "甲市 × 年份", "source: 重点"]


@pytest.mark.parametrize("by", ["topic", "term"])
def test_greyed_topics_are_grey_in_either_layout(by: Any) -> None:
    figure = tl.figures.effects_plot(SMALL, by=by, quality=quality(2, {2}))
    faint = [dots(axes, FAINT) for axes in figure.axes]
    if by == "topic":
        assert faint == [{"full": [], "hollow": []}, {"full": [1.0], "hollow": [2.0]}]
        assert [colour == QUIET for colour in title_colours(figure)] == [False, True]
    else:
        assert faint == [{"full": [], "hollow": [2.0]}, {"full": [1.0], "hollow": []}]
        names = figure.axes[0].get_yticklabels()
        assert [to_hex(text.get_color()) == QUIET for text in names] == [False, True]
        assert rows(figure.axes[0])[1].startswith("2*  ")
    assert dots(figure.axes[0])["full"][0] == 10.0
    assert WORDS["zh"]["greyed"] in said(figure)


def far(high: float) -> Figure:
    return tl.figures.effects_plot(table((1, "year", 0.1, 0.05, high, 0.01, high + 0.01, "")))


def test_what_is_far_beyond_the_largest_estimate_is_cut_and_that_is_said() -> None:
    figure = far(0.9)
    # Three times 10 points, and a little white.
    assert 30 < figure.axes[0].get_xlim()[1] < 33
    assert ">" in {line.get_marker() for line in figure.axes[0].lines}
    assert "箭头" in said(figure)
    assert "箭头" not in said(far(0.2))


def test_of_more_than_a_page_holds_the_largest_are_drawn_and_that_is_said() -> None:
    many = effects(20, [f"place: {place}" for place in PLACES])
    figure = tl.figures.effects_plot(many)
    size = many["estimate"].abs().groupby(many["term"]).max().nlargest(12)
    assert {f"place: {name}" for name in rows(figure.axes[0])} == set(size.index)
    kept = many[many["term"].isin(size.index)]
    topics = kept["estimate"].abs().groupby(kept["topic"]).max().nlargest(10)
    assert [int(t.split()[1]) for t in titles(figure)] == sorted(topics.index)
    words = WORDS["zh"]
    assert words["terms_kept"].format(12, 31) in said(figure)
    assert words["topics_kept"].format(10, 20) in said(figure)
    whole = tl.figures.effects_plot(effects(20, ["a", "b", "c"]))
    assert len(whole.axes) == 20
    assert "画出" not in said(whole)


def test_groups_that_coefficients_are_differences_from_are_named() -> None:
    given = SMALL.assign(reference=["乙市", "", "乙市", ""])
    assert WORDS["zh"]["reference"].format("乙市") in said(tl.figures.effects_plot(given))
    assert "与该组之差" not in said(tl.figures.effects_plot(SMALL.assign(reference="")))


def test_the_order_of_rows_makes_no_difference_and_the_table_stays() -> None:
    before = SMALL.copy(deep=True)
    one, other = (tl.figures.effects_plot(t) for t in (SMALL, SMALL.iloc[::-1]))
    assert titles(one) == titles(other)
    assert [rows(a) for a in one.axes] == [rows(a) for a in other.axes]
    assert [spans(a, 0.8) for a in one.axes] == [spans(a, 0.8) for a in other.axes]
    pd.testing.assert_frame_equal(SMALL, before)


def test_nothing_to_draw_is_an_error() -> None:
    with pytest.raises(TableError, match="of 4 rows none is a contrast with an estimate"):
        tl.figures.effects_plot(SMALL, kind="contrast")
    with pytest.raises(TableError, match="of 4 rows none is a coefficient"):
        tl.figures.effects_plot(SMALL.assign(estimate=NAN))
    wrong: Any = "place"
    with pytest.raises(UnknownNameError, match="'topic' or 'term', found 'place'"):
        tl.figures.effects_plot(SMALL, by=wrong)
