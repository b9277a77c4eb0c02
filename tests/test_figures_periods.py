"""The figure of topics over time: where dots stand, what is joined, cut and named."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.colors import to_hex

import textlab as tl
from tests.test_figures_topics import MONTHS, YEARS, over_time, said, segments
from tests.topic_figure_tables import NAN, made, quality, topics
from textlab.errors import TableError
from textlab.output.figures.topic_names import FAINT
from textlab.output.figures.topic_words import WORDS

PERIODS = made(
    "topic_by_period",
    [
        {"period": "2019", "topic": 1, "share": 0.2, "low": 0.1, "high": 0.3, "reason": ""},
        {"period": "2020", "topic": 1, "share": 0.4, "low": 0.3, "high": 0.5, "reason": ""},
        {"period": "2022", "topic": 1, "share": 0.1, "low": NAN, "high": NAN, "reason": "1 unit"},
        {"period": "2022", "topic": 2, "share": 0.02, "low": 0.0, "high": 0.9, "reason": "x"},
        {"period": "2019", "topic": 2, "share": 0.01, "low": 0.0, "high": 0.02, "reason": ""},
    ],
)


def test_periods_stand_as_far_apart_as_they_are_and_gaps_are_not_bridged() -> None:
    figure = tl.figures.topic_periods(PERIODS, topics(2))
    axes = figure.axes[0]
    assert np.diff(axes.get_xticks()).tolist() == [12, 24]
    assert [text.get_text() for text in axes.get_xticklabels()] == ["2019", "2020", "2022"]
    dots = next(line for line in axes.lines if line.get_marker() == "o")
    assert np.asarray(dots.get_ydata()) == pytest.approx([20, 40, 10])
    joins = [np.asarray(line.get_ydata()).tolist() for line in axes.lines if line is not dots]
    assert joins == [pytest.approx([20, 40])]
    ticks = axes.get_xticks()
    assert np.array(segments(axes)) == pytest.approx(
        np.array([[ticks[0], 10, 30], [ticks[1], 30, 50]])
    )
    assert axes.get_ylim()[0] == 0


def test_an_interval_that_is_not_to_be_trusted_is_cut_and_that_is_said() -> None:
    figure = tl.figures.topic_periods(PERIODS, topics(2))
    axes = figure.axes[1]
    assert axes.get_ylim()[1] < 6
    assert "^" in {line.get_marker() for line in axes.lines}
    words = WORDS["zh"]
    assert words["own_scales"] in said(figure)
    assert "箭头" in said(figure) and "灰色虚线" in said(figure)
    calm = tl.figures.topic_periods(PERIODS[:2], topics(1), one_scale=True)
    assert "箭头" not in said(calm) and "灰色虚线" not in said(calm)


def test_on_one_scale_panels_can_be_compared_and_greyed_ones_are_grey() -> None:
    given = over_time(YEARS, 4), topics(4)
    figure = tl.figures.topic_periods(*given, quality=quality(4, {2}), one_scale=True)
    assert len({axes.get_ylim() for axes in figure.axes}) == 1
    colours = [{to_hex(line.get_color()) for line in axes.lines} for axes in figure.axes]
    assert [colour == {FAINT} for colour in colours] == [False, True, False, False]
    assert WORDS["zh"]["own_scales"] not in said(figure)


def test_of_many_months_the_januaries_are_named() -> None:
    figure = tl.figures.topic_periods(over_time(MONTHS, 8), topics(8))
    named = [text.get_text() for text in figure.axes[0].get_xticklabels()]
    assert [name for name in named if name] == ["2022-01", "2023-01"]
    assert len(named) == 24


def test_one_period_and_a_topic_without_a_name_are_errors() -> None:
    with pytest.raises(TableError, match="two periods or more, found 1"):
        tl.figures.topic_periods(PERIODS[:1], topics(2))
    with pytest.raises(TableError, match=r"the topics \[2\] have shares, but no row"):
        tl.figures.topic_periods(PERIODS, topics(1))
