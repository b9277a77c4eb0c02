"""Names beside points: none touches another, none leaves its panel, none is lost in silence."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textlab.output.figures.labels import CLEAR, Marks, place_names
from textlab.output.figures.lettering import LINE
from textlab.output.figures.scatter import Panel, map_panel, plan_names, unnamed, wrapped

Numbers = np.ndarray


def cloud(count: int, seed: int, room: tuple[float, float]) -> tuple[Numbers, Marks]:
    """Sizes of names, and their points."""
    draws = np.random.default_rng(seed)
    sizes = np.stack([draws.uniform(3, 25, count), np.full(count, LINE)], axis=1)
    middles = draws.uniform(0, 1, (count, 2)) * room
    return sizes, Marks.of(middles, radius=draws.uniform(0.3, 2, count))


def overlaps(middles: Numbers, sizes: Numbers) -> int:
    there = ~np.isnan(middles[:, 0])
    apart = np.abs(middles[there][:, np.newaxis] - middles[there])
    wide = (sizes[there][:, np.newaxis] + sizes[there]) / 2
    return int(np.triu((apart < wide - 1e-9).all(axis=2), 1).sum())


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 40), st.integers(0, 2**32 - 1), st.sampled_from([40.0, 90.0, 180.0]))
def test_no_name_touches_another_a_point_or_the_edge(count: int, seed: int, width: float) -> None:
    room = (width, 60.0)
    sizes, marks = cloud(count, seed, room)
    middles, starts = place_names(sizes, np.arange(count), marks, room)
    assert overlaps(middles, sizes) == 0
    there = ~np.isnan(middles[:, 0])
    assert (middles[there] - sizes[there] / 2 >= 0).all()
    assert (middles[there] + sizes[there] / 2 <= room).all()
    across = np.abs(middles[there, :1] - marks.x) - sizes[there, :1] / 2
    up = np.abs(middles[there, 1:] - marks.y) - sizes[there, 1:] / 2
    assert (np.hypot(np.clip(across, 0, None), np.clip(up, 0, None)) >= marks.radius).all()
    # A line begins on the edge of its name, and only where this has a place.
    tied = ~np.isnan(starts[:, 0])
    assert not (tied & ~there).any()
    off = np.abs(starts[tied] - middles[tied]) - (sizes[tied] / 2 + CLEAR)
    assert off.max(axis=1, initial=0.0) == pytest.approx(0, abs=1e-9)


def test_all_names_of_a_page_find_a_place() -> None:
    room = (178.0, 140.0)
    sizes, marks = cloud(100, 1, room)
    middles, _ = place_names(sizes * (0.6, 1), np.arange(100), marks, room)
    assert not np.isnan(middles).any()
    again, _ = place_names(sizes * (0.6, 1), np.arange(100), marks, room)
    assert np.array_equal(middles, again)


def test_a_name_alone_stands_close_on_the_right_or_where_there_is_room() -> None:
    marks = Marks.of(np.array([[20.0, 20.0], [58.0, 20.0]]), radius=1.0)
    sizes = np.array([[10.0, LINE], [10.0, LINE]])
    middles, starts = place_names(sizes, np.array([0, 1]), marks, (60.0, 40.0))
    # Right edge of the circle, 0.4 mm, half of the name; the second would leave the panel.
    assert middles[0] == pytest.approx([20 + 1 + 0.4 + 5, 20])
    assert middles[1] == pytest.approx([58 - 1 - 0.4 - 5, 20])
    assert np.isnan(starts).all()


def test_names_avoid_lines_and_points_that_they_may_cover() -> None:
    marks = Marks.of(np.array([[20.0, 20.0], [25.0, 20.0]]), radius=1.0, weight=[np.inf, 1.0])
    size, only = np.array([[10.0, LINE]]), np.array([0])
    left, _ = place_names(size, only, marks, (60.0, 40.0))
    assert left[0] == pytest.approx([20 - 6.4, 20])
    line = np.array([[[0.0, 20.0], [60.0, 20.0]]])
    above, _ = place_names(size, only, marks, (60.0, 40.0), lines=line)
    assert above[0, 1] - LINE / 2 > 20


def test_a_name_without_room_is_lost_and_said() -> None:
    panel = Panel(left=0, top=0, width=30, height=10, across=(0, 1), up=(0, 1))
    marks = Marks.of(panel.millimetres([0.5] * 20, [0.5] * 20), radius=0.5)
    texts = [f"名称{i:02d}" for i in range(20)]
    names = plan_names(panel, texts, np.arange(20), marks)
    placed = ~np.isnan(names.places.middles[:, 0])
    assert 2 <= placed.sum() < 20
    assert names.unplaced == [text for text, there in zip(texts, placed, strict=True) if not there]
    assert unnamed(names.unplaced[:2], "en") == [
        f"No room for the names: {names.unplaced[0]}, {names.unplaced[1]}"
    ]
    assert unnamed([], "zh") == []


def test_no_names_are_no_error() -> None:
    marks = Marks.of(np.zeros((0, 2)), radius=1.0)
    middles, starts = place_names(np.zeros((0, 2)), np.arange(0), marks, (10.0, 10.0))
    assert middles.shape == starts.shape == (0, 2)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=1, max_size=9))
def test_a_map_is_on_equal_scales_and_holds_its_points(points: list[tuple[float, float]]) -> None:
    panel = map_panel(np.array(points), 183.0, left=10.0)
    units = [
        (s[1] - s[0]) / room for s, room in ((panel.across, panel.width), (panel.up, panel.height))
    ]
    assert units[0] == pytest.approx(units[1])
    at = panel.millimetres(*np.array(points).T)
    assert (at >= 0).all()
    assert (at <= (panel.width + 1e-6, panel.height + 1e-6)).all()


def test_millimetres_are_from_the_lower_left_corner() -> None:
    panel = Panel(left=5, top=7, width=100, height=50, across=(-1, 1), up=(1.0, 0.0))
    assert panel.millimetres([-1, 0, 1], [1, 0.5, 0]).tolist() == [[0, 0], [50, 25], [100, 50]]


def test_remarks_that_say_nothing_are_left_out() -> None:
    assert wrapped(["", "一、二", ""], 50) == ["一、二"]
