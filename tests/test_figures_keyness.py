"""The plot of keyness: effect size against dispersion, against a table worked by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection

import textlab as tl
from tests.figure_tables import PLACES
from tests.map_tables import MANY, contrasts
from tests.test_figures_maps import lines, named, said, scattered
from textlab.errors import TableError, UnknownNameError

FOUR = contrasts(["甲市"], MANY[:4]).assign(
    term=["创新", "增长", "改革", "开放"],
    log_odds_z=[5.0, 3.0, -2.0, 4.0],
    log_ratio=[2.0, 1.0, -1.0, 3.0],
    log_ratio_low=[1.0, 0.5, -2.0, np.nan],
    log_ratio_high=[3.0, 1.5, 0.0, np.nan],
    dp_target=[0.1, 0.9, 0.4, 0.3],
    n_target=[40, 10, 5, 10],
    q_document=[0.01, 0.2, 0.01, np.nan],
)


def panels(table: pd.DataFrame, **options: Any) -> list[Axes]:
    axes: list[Axes] = tl.figures.keyness_plot(table, **options).axes
    return axes


def test_terms_stand_by_effect_and_dispersion_and_even_use_is_up() -> None:
    axes = panels(FOUR)[0]
    rest, dark = scattered(axes)
    assert rest.tolist() == [[-1.0, 0.4]]
    assert dark.tolist() == [[2.0, 0.1], [3.0, 0.3], [1.0, 0.9]]  # by falling z
    assert axes.get_ylim()[0] > axes.get_ylim()[1]
    assert named(axes) == ["创新", "开放", "增长"]
    assert axes.get_title("left") == "甲市"


def test_intervals_are_lines_and_tested_terms_are_filled() -> None:
    axes = panels(FOUR)[0]
    intervals = [np.asarray(part).tolist() for part in lines(axes)[0].get_segments()]
    assert intervals == [[[1.0, 0.1], [3.0, 0.1]], [[0.5, 0.9], [1.5, 0.9]]]
    dark = [part for part in axes.collections if isinstance(part, PathCollection)][1]
    filled = [bool((colour[:3] < 0.99).any()) for colour in np.asarray(dark.get_facecolor())]
    assert filled == [True, False, False]
    sizes = np.asarray(dark.get_sizes())
    assert sizes[0] / sizes[1] == pytest.approx(4)
    assert sizes[1] == pytest.approx(sizes[2])


def test_top_counts_the_names_of_each_group() -> None:
    assert named(panels(FOUR, top=1)[0]) == ["创新"]
    many = panels(contrasts(PLACES[:3]), top=5)
    assert [len(scattered(axes)[1]) for axes in many] == [5, 5, 5]


def test_groups_stand_by_name_and_on_one_scale() -> None:
    table = contrasts(PLACES[:5]).sample(frac=1, random_state=2)
    axes = panels(table)
    assert [part.get_title("left") for part in axes] == sorted(PLACES[:5])
    assert len({part.get_xlim() for part in axes}) == 1
    one = panels(table, group=PLACES[2])
    assert [part.get_title("left") for part in one] == [PLACES[2]]


def test_of_many_groups_those_of_the_highest_z_are_drawn_and_it_is_said() -> None:
    table = contrasts(PLACES)
    figure = tl.figures.keyness_plot(table)
    drawn = table.dropna(subset="dp_target")
    best = drawn.groupby("group")["log_odds_z"].max().nlargest(9).index
    assert [axes.get_title("left") for axes in figure.axes] == sorted(best)
    assert "画出 9 组，共 31 组" in said(figure)


def test_what_is_not_drawn_is_said() -> None:
    table = contrasts(PLACES[:2])
    absent = int(table["dp_target"].isna().sum())
    figure = tl.figures.keyness_plot(table)
    assert f"（{absent} 个）" in said(figure)
    assert sum(len(part) for axes in figure.axes for part in scattered(axes)) == (
        len(table) - absent
    )
    crowded = contrasts([PLACES[0]], MANY[:40]).assign(log_ratio=2.0, dp_target=0.5, log_odds_z=9.0)
    figure = tl.figures.keyness_plot(crowded, top=40, language="en")
    written = named(figure.axes[0])
    assert "No room for the names: " in said(figure)
    assert all(term in written or term in said(figure) for term in MANY[:40])


def test_an_interval_not_to_be_trusted_is_dashed_and_a_group_without_dispersion_is_said() -> None:
    unsure = FOUR.assign(reason=["1 document", "", "", ""])
    other = FOUR.assign(group="乙市", dp_target=np.nan)
    figure = tl.figures.keyness_plot(pd.concat([unsure, other]))
    sure, dashed = lines(figure.axes[0])[:2]
    assert [np.asarray(part)[0, 0] for part in sure.get_segments()] == [0.5]
    assert [np.asarray(part)[0, 0] for part in dashed.get_segments()] == [1.0]
    assert sure.get_linestyle() != dashed.get_linestyle()
    assert "灰色虚线" in said(figure)
    assert "没有离散度的组：乙市" in said(figure)
    trusted = said(tl.figures.keyness_plot(FOUR))
    assert "灰色虚线" not in trusted and "没有离散度的组" not in trusted


def test_an_interval_without_end_does_not_press_the_others_together() -> None:
    endless = FOUR.assign(log_ratio_high=[900.0, 1.5, 0.0, np.inf])
    low, high = panels(endless)[0].get_xlim()
    assert -3 < low < -1
    assert 3 < high < 6


def test_labels_give_the_wording() -> None:
    labels = {"创新": "Innovation", "甲市": "Jia"}
    axes = panels(FOUR, labels=labels, language="en")[0]
    assert (axes.get_title("left"), named(axes)[0]) == ("Jia", "Innovation")


def test_two_drawings_are_equal_to_the_byte_for_any_order_of_rows(tmp_path: Path) -> None:
    table = contrasts(PLACES[:3])
    mixed = table.sample(frac=1, random_state=4)
    pairs = [
        tl.figures.save_figure(tl.figures.keyness_plot(given), tmp_path / part, "x")
        for part, given in (("a", table), ("b", mixed))
    ]
    for one, other in zip(*pairs, strict=True):
        assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize(
    ("table", "options", "error", "message"),
    [
        (FOUR[:0], {}, TableError, "found 0 of 0"),
        (FOUR.assign(dp_target=np.nan), {}, TableError, "found 0 of 4"),
        (FOUR, {"top": 0}, TableError, "top=0"),
        (FOUR, {"group": "乙市"}, UnknownNameError, "no group '乙市'.*there are: 甲市"),
        (FOUR, {"language": "fr"}, UnknownNameError, "zh, en"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_a_sentence(
    table: pd.DataFrame, options: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        tl.figures.keyness_plot(table, **options)
