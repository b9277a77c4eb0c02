"""The figure of the choice of K: dots, intervals, scales, and the K that was chosen."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

import textlab as tl
from tests.test_figures_topics import SIX, said, segments, titles
from tests.topic_figure_tables import NAN, selection
from textlab.errors import TableError
from textlab.output.figures.topic_words import WORDS

GRID = [5, 8, 10, 12, 15, 20]
TABLE = selection(GRID, SIX, chosen=12)


def dots(axes: Axes, *, hollow: bool) -> list[float]:
    """Where dots of one look stand across."""
    lines = [line for line in axes.lines if line.get_marker() == "o"]
    wanted = [line for line in lines if (line.get_markerfacecolor() == "white") == hollow]
    return [float(x) for line in wanted for x in np.asarray(line.get_xdata())]


def uprights(axes: Axes) -> list[Line2D]:
    """Lines from the lower to the upper edge of the panel."""
    return [line for line in axes.lines if list(np.asarray(line.get_ydata())) == [0, 1]]


def test_every_measure_has_a_panel_with_its_values_and_intervals() -> None:
    figure = tl.figures.selection_curves(TABLE.sample(frac=1, random_state=1))
    assert titles(figure) == [WORDS["zh"][measure] for measure in SIX]
    for measure, axes in zip(SIX, figure.axes, strict=True):
        rows = TABLE[TABLE["measure"] == measure].sort_values("k")
        wanted = rows[["k", "low", "high"]].to_numpy(dtype=float)
        assert np.array(segments(axes)) == pytest.approx(wanted)
        lines = [line for line in axes.lines if line.get_marker() == "o"]
        values = {
            float(x): float(y)
            for line in lines
            for x, y in zip(np.asarray(line.get_xdata()), np.asarray(line.get_ydata()), strict=True)
        }
        assert values == pytest.approx(dict(zip(rows["k"], rows["value"], strict=True)))
    assert len({axes.get_xlim() for axes in figure.axes}) == 1


def test_the_chosen_k_is_marked_in_every_panel_and_named() -> None:
    figure = tl.figures.selection_curves(TABLE)
    for axes in figure.axes:
        assert dots(axes, hollow=False) == [12.0]
        assert dots(axes, hollow=True) == [5.0, 8.0, 10.0, 15.0, 20.0]
        assert [float(np.asarray(line.get_xdata())[0]) for line in uprights(axes)] == [12.0]
        assert "12" in [text.get_text() for text in axes.get_xticklabels()]
    assert WORDS["zh"]["chosen"].format(12) in said(figure)
    undecided = tl.figures.selection_curves(TABLE.assign(chosen=0), language="en")
    assert dots(undecided.axes[0], hollow=False) == GRID
    assert uprights(undecided.axes[0]) == []
    assert "chosen" not in said(undecided)


def test_both_stabilities_are_on_one_scale_and_no_other_measures_are() -> None:
    figure = tl.figures.selection_curves(TABLE)
    spans = [axes.get_ylim() for axes in figure.axes]
    assert spans[4] == spans[5]
    assert len(set(spans)) == 5
    assert WORDS["zh"]["one_stability"] in said(figure)
    alone = tl.figures.selection_curves(TABLE[TABLE["measure"] != "stability_random"])
    assert WORDS["zh"]["one_stability"] not in said(alone)
    assert len(alone.axes) == 5


def test_values_without_an_interval_are_dots_and_missing_values_are_not_drawn() -> None:
    table = TABLE.copy()
    table.loc[(table["k"] == 5) & (table["measure"] == "npmi"), ["low", "high"]] = NAN
    table.loc[(table["k"] == 8) & (table["measure"] == "npmi"), "value"] = NAN
    axes = tl.figures.selection_curves(table).axes[1]
    assert [line[0] for line in segments(axes)] == [10.0, 12.0, 15.0, 20.0]
    assert dots(axes, hollow=True) == [5.0, 10.0, 15.0, 20.0]


def test_a_measure_of_ones_own_comes_last_under_its_name() -> None:
    own = TABLE[TABLE["measure"] == "npmi"].assign(measure="coverage")
    figure = tl.figures.selection_curves(pd.concat([own, TABLE]))
    assert titles(figure)[-1] == "coverage"


def test_no_values_and_two_choices_are_errors() -> None:
    with pytest.raises(TableError, match="found none"):
        tl.figures.selection_curves(TABLE.assign(value=NAN))
    with pytest.raises(TableError, match=r"more than one K as chosen: \[5, 8"):
        tl.figures.selection_curves(TABLE.assign(chosen=1))


@settings(max_examples=20, deadline=None)
@given(grid=st.lists(st.integers(2, 200), min_size=1, max_size=9, unique=True))
def test_names_on_the_axis_never_touch_and_the_chosen_one_is_there(grid: list[int]) -> None:
    chosen = grid[len(grid) // 2]
    figure = tl.figures.selection_curves(selection(sorted(grid), SIX[:2], chosen=chosen))
    axes = figure.axes[0]
    figure.draw_without_rendering()
    shown = [text for text in axes.get_xticklabels() if text.get_text()]
    assert str(chosen) in [text.get_text() for text in shown]
    edges = sorted((box.x0, box.x1) for box in (text.get_window_extent() for text in shown))
    assert all(one[1] < other[0] for one, other in pairwise(edges))
