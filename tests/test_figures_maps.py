"""Figures of points: what they show, and that their names can be read."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure

import textlab as tl
from tests.figure_tables import DOCUMENTS, ENGLISH, PLACES
from tests.figure_texts import assert_legible, boxes, seen
from tests.map_tables import MANY, analysis, contrasts, linked, points
from tests.test_figures import texts
from textlab.errors import TableError, UnknownNameError

english: dict[str, Any] = {"language": "en", "labels": ENGLISH}
FIGURES: dict[str, Callable[[], Figure]] = {
    "map of two": lambda: tl.figures.similarity_map(points(PLACES[:2])),
    "map of 31": lambda: tl.figures.similarity_map(points(PLACES), language="en"),
    "map of documents": lambda: tl.figures.similarity_map(
        points(DOCUMENTS, of="doc_id"), of="doc_id"
    ),
    "map of 100": lambda: tl.figures.similarity_map(points([f"第{i:03d}号市" for i in range(100)])),
    "map of equals": lambda: tl.figures.similarity_map(points(PLACES[:5]).assign(x=0.0, y=0.0)),
    "correspondence of 31": lambda: tl.figures.correspondence_map(*analysis()),
    "correspondence of four": lambda: tl.figures.correspondence_map(
        *analysis(PLACES[:4], MANY[:9]), **english
    ),
    "correspondence of two": lambda: tl.figures.correspondence_map(*analysis(PLACES[:2])),
    "network of few": lambda: tl.figures.network_plot(*linked(MANY[:7], 60)),
    "network of 73": lambda: tl.figures.network_plot(*linked()),
    "network, English": lambda: tl.figures.network_plot(*linked(MANY[:25]), **english),
    "keyness of one": lambda: tl.figures.keyness_plot(contrasts(PLACES[:2]), group=PLACES[0]),
    "keyness of two": lambda: tl.figures.keyness_plot(contrasts(PLACES[:2]), top=20),
    "keyness of four": lambda: tl.figures.keyness_plot(contrasts(PLACES[:4]), **english),
    "keyness of 31": lambda: tl.figures.keyness_plot(contrasts(PLACES)),
}


@cache
def drawn(name: str) -> Figure:
    """One of FIGURES, for tests that only look at it."""
    return FIGURES[name]()


def scattered(axes: Axes) -> list[np.ndarray]:
    """The middles of the circles and squares, one array for each way they look."""
    parts = [part for part in axes.collections if isinstance(part, PathCollection)]
    return [np.asarray(part.get_offsets()) for part in parts]


def lines(axes: Axes) -> list[LineCollection]:
    return [part for part in axes.collections if isinstance(part, LineCollection)]


def named(axes: Axes) -> list[str]:
    return [text.get_text().replace("\n", "") for text in axes.texts]


@pytest.mark.parametrize("name", FIGURES)
def test_every_name_is_legible_inside_and_alone(name: str) -> None:
    figure = drawn(name)
    assert {float(text.get_fontsize()) for text in seen(figure)} == {8.0}
    extents, shown = boxes(figure), seen(figure)
    assert_legible(figure)
    (width, height), millimetre = figure.bbox.size, figure.dpi / 25.4
    for axes in figure.axes:
        frame = np.array(axes.get_window_extent().extents)
        for text in axes.texts:
            box = extents[shown.index(text)]
            assert (box[:2] >= frame[:2] - 0.5).all()
            assert (box[2:] <= frame[2:] + 0.5).all()
    assert round(width / millimetre) in (89, 183)
    assert height / millimetre <= 285


def said(figure: Figure) -> str:
    """All that is written around the panels."""
    return "".join(text.replace("\n", "") for text in texts(figure))


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("map of 100", [f"第{i:03d}号市" for i in range(100)]),
        ("map of equals", PLACES[:5]),
        ("map of documents", DOCUMENTS),
        ("correspondence of 31", PLACES),
        ("correspondence of two", PLACES[:2]),
        ("network of 73", MANY),
    ],
)
def test_every_name_is_written_or_said_to_have_no_room(name: str, wanted: list[str]) -> None:
    figure = drawn(name)
    written = named(figure.axes[0])
    assert [text for text in wanted if text not in written and text not in said(figure)] == []
    assert len(set(wanted) & set(written)) >= 0.8 * len(wanted)


def test_a_map_has_one_scale_a_bar_and_its_stress() -> None:
    given = points(PLACES[:6], stress=0.234)
    figure = tl.figures.similarity_map(given.sample(frac=1, random_state=1))
    axes = figure.axes[0]
    wanted = given.sort_values("name")[["x", "y"]].to_numpy()
    assert scattered(axes)[0] == pytest.approx(wanted)
    units = np.diff([axes.get_xlim(), axes.get_ylim()])[:, 0] / axes.get_window_extent().size
    assert units[0] == pytest.approx(units[1])
    bar = next(line for line in figure.findobj() if type(line).__name__ == "Line2D"
               and line.axes is None)  # fmt: skip
    length = np.ptp(bar.get_xdata()) * figure.bbox.width * units[0]  # type: ignore[attr-defined]
    assert length == pytest.approx(float(texts(figure)[0]))
    assert "应力 0.23" in said(figure)


def test_a_place_without_words_is_said_and_others_are_drawn() -> None:
    given = points(PLACES[:4])
    given.loc[1, ["x", "y"]] = np.nan
    figure = tl.figures.similarity_map(pd.concat([given, points(DOCUMENTS, of="doc_id")]))
    assert sorted(named(figure.axes[0])) == sorted([PLACES[0], *PLACES[2:4]])
    assert f"没有词可比的：{PLACES[1]}" in said(figure)


def test_a_correspondence_map_shows_coordinates_and_shares() -> None:
    found = analysis(PLACES[:5], MANY[:30])
    figure = tl.figures.correspondence_map(*found, top=6)
    axes, share = figure.axes[0], found.inertia["share"]
    rest, terms, places = scattered(axes)
    assert (len(rest), len(terms), len(places)) == (24, 6, 5)
    assert f"维度 1（惯量的 {share[0] * 100:.1f}%）" in said(figure)
    assert f"维度 2（惯量的 {share[1] * 100:.1f}%）" in said(figure)
    table = found.points.assign(
        given=found.points["mass"] * (found.points["dim_1"] ** 2 + found.points["dim_2"] ** 2)
    )
    best = table[table["kind"] == "term"].nlargest(6, "given")["name"]
    assert set(best) | set(PLACES[:5]) == set(named(axes))
    assert len(np.unique(np.diff(axes.get_xticks()).round(9))) == 1
    assert np.diff(axes.get_xticks())[0] == pytest.approx(np.diff(axes.get_yticks())[0])


def test_a_point_far_out_is_hollow_in_its_direction_and_its_coordinates_are_said() -> None:
    points_, inertia = analysis(PLACES[:12], MANY[:20])
    far = (points_["name"] == PLACES[3]).to_numpy()
    points_.loc[far, ["dim_1", "dim_2"]] = 30.0, 40.0
    figure = tl.figures.correspondence_map(points_, inertia)
    axes = figure.axes[0]
    assert f"{PLACES[3]} (30.00, 40.00)" in said(figure)
    places = scattered(axes)[2]
    farthest = places[np.hypot(*places.T).argmax()]
    assert farthest[0] / farthest[1] == pytest.approx(30 / 40)
    assert np.hypot(*farthest) < 10
    squares = next(part for part in axes.collections if len(np.asarray(part.get_offsets())) == 12)
    assert (np.asarray(squares.get_facecolor()) == 1).all(axis=1).sum() == 1


def test_one_dimension_is_a_line() -> None:
    found = analysis(PLACES[:2], MANY[:12])
    figure = tl.figures.correspondence_map(*found)
    assert "维度 2（无）" in said(figure)
    assert all((part[:, 1] == 0).all() for part in scattered(figure.axes[0]))
    assert list(figure.axes[0].get_yticks()) == []


def test_a_network_shows_the_strongest_links_and_the_communities() -> None:
    found = linked(MANY[:21])
    figure = tl.figures.network_plot(*found, top=2)
    axes = figure.axes[0]
    best: set[tuple[str, str]] = set()
    for term in found.terms["term"]:
        own = found.links[(found.links["term_a"] == term) | (found.links["term_b"] == term)]
        chosen = own.sort_values(["npmi", "n", "term_a"], ascending=[False, False, True]).head(2)
        best |= set(zip(chosen["term_a"], chosen["term_b"], strict=True))
    strokes = lines(axes)[0]
    assert len(strokes.get_segments()) == len(best) < len(found.links)
    widths = np.asarray(strokes.get_linewidth())
    assert (np.diff(widths) >= 0).all() and widths[-1] > 2 * widths[0]
    assert f"共 {len(best)} 条，全部 {len(found.links)} 条" in said(figure)
    joined = found.terms[found.terms["degree"] > 0]
    numbers = sorted(text for text in named(axes) if text.isdigit())
    assert numbers == sorted(joined["community"].astype(str))
    assert sorted(map(tuple, scattered(axes)[0])) == sorted(
        map(tuple, joined[["x", "y"]].to_numpy())
    )


def test_terms_without_a_link_are_said() -> None:
    terms, links = linked(MANY[:14])
    alone = terms.iloc[:1].assign(term="独行词", degree=0, strength=0.0, x=np.nan, y=np.nan)
    figure = tl.figures.network_plot(pd.concat([terms, alone]), links)
    assert "独行词" in said(figure).partition("没有连线的词：")[2]
    assert "独行词" not in named(figure.axes[0])


@pytest.mark.parametrize(
    ("draw", "error", "message"),
    [
        (lambda f: f.similarity_map(points(PLACES), of="doc_id"), TableError, "found 0, none"),
        (lambda f: f.similarity_map(points(PLACES), language="fr"), UnknownNameError, "zh, en"),
        (lambda f: f.correspondence_map(*[t[:0] for t in analysis()]), TableError, "found none"),
        (lambda f: f.network_plot(linked().terms, linked().links[:0]), TableError, "found 0 links"),
        (lambda f: f.network_plot(*linked(), top=0), TableError, "top=0"),
        (lambda f: f.network_plot(linked().terms[:3], linked().links), TableError, "no row in the"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_a_sentence(
    draw: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        draw(tl.figures)


@pytest.mark.parametrize("name", ["network, English", "correspondence of four", "map of two"])
def test_two_drawings_are_equal_to_the_byte(name: str, tmp_path: Path) -> None:
    pairs = [tl.figures.save_figure(FIGURES[name](), tmp_path / part, "x") for part in "ab"]
    for one, other in zip(*pairs, strict=True):
        assert one.read_bytes() == other.read_bytes()


def test_the_order_of_rows_does_not_matter() -> None:
    for draw, given in (
        (tl.figures.network_plot, linked(MANY[:25])),
        (tl.figures.correspondence_map, analysis(PLACES[:6])),
    ):
        before = [table.copy(deep=True) for table in given]
        one = draw(*given)
        other = draw(*(table.sample(frac=1, random_state=3) for table in given))
        for table, copy in zip(given, before, strict=True):
            pd.testing.assert_frame_equal(table, copy)
        places = [[text.get_position() for text in figure.axes[0].texts] for figure in (one, other)]
        assert places[0] == places[1]
        assert texts(one) == texts(other)
