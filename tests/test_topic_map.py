"""The map of topics: its table, against scipy's distances, and its figure."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from scipy.spatial.distance import jensenshannon, pdist, squareform

import textlab as tl
from tests.planted_topics import counts_fixture, model_fixture  # noqa: F401
from tests.test_figures_topics import said
from tests.topic_figure_tables import NAN, mapped, quality
from textlab.errors import TableError
from textlab.output.figures.topic_names import FAINT
from textlab.output.figures.topic_words import WORDS
from textlab.output.style import QUIET
from textlab.topics.map import topic_distances, topic_map
from textlab.topics.model import TopicModel


def with_topics(model: TopicModel, topic_term: np.ndarray) -> TopicModel:
    """``model`` with other topics, numbered 1 to k and equally prevalent."""
    k = len(topic_term)
    return dataclasses.replace(
        model,
        topic_term=topic_term,
        alpha=np.full(k, 0.1),
        prevalence=np.full(k, 1 / k),
        numbers=list(range(1, k + 1)),
        labels=[f"题{i}" for i in range(1, k + 1)],
    )


def test_topics_without_a_common_word_are_one_apart(model: TopicModel) -> None:
    # Three distances of 1 are an equilateral triangle, which a plane holds without stress.
    found = topic_map(with_topics(model, np.eye(3)))
    assert pdist(found[["x", "y"]].to_numpy()) == pytest.approx([1, 1, 1])
    assert found["stress"].to_numpy() == pytest.approx(0, abs=1e-6)
    # Halves in common: m = (.5, .25, .25), so the divergence is .5 bits.
    halves = topic_distances(np.array([[0.5, 0.5, 0.0], [0.5, 0.0, 0.5]]))
    assert halves == pytest.approx(np.array([[0, 1], [1, 0]]) * np.sqrt(0.5))


def test_distances_are_scipys(model: TopicModel) -> None:
    wanted = squareform(pdist(model.topic_term, lambda p, q: jensenshannon(p, q, base=2)))
    assert topic_distances(model.topic_term) == pytest.approx(wanted, abs=1e-9)


def test_the_table_has_the_topics_of_the_model_and_one_stress(model: TopicModel) -> None:
    found = topic_map(model)
    assert found["topic"].tolist() == model.numbers
    assert found["label"].tolist() == model.labels
    assert found["prevalence"].to_numpy() == pytest.approx(model.prevalence)
    drawn, true = pdist(found[["x", "y"]]), squareform(topic_distances(model.topic_term))
    stress = np.sqrt(((drawn - true) ** 2).sum() / (drawn**2).sum())
    assert found["stress"].to_numpy() == pytest.approx(stress)
    assert found[["x", "y"]].mean().to_numpy() == pytest.approx(0, abs=1e-9)


def test_other_numbers_are_another_order_of_the_same_map(model: TopicModel) -> None:
    numbers = [9, 2, 30, 4]
    found = topic_map(model.renumbered(numbers, model.labels))
    assert found["topic"].tolist() == [2, 4, 9, 30]
    rows = [numbers.index(number) for number in found["topic"]]
    wanted = topic_map(model)[["x", "y"]].to_numpy()[rows]
    assert pdist(found[["x", "y"]]) == pytest.approx(pdist(wanted), abs=1e-4)


@pytest.mark.parametrize(("k", "wanted"), [(1, [[0, 0]]), (2, [[0.5, 0], [-0.5, 0]])])
def test_few_topics_have_a_place_too(model: TopicModel, k: int, wanted: list[Any]) -> None:
    found = topic_map(with_topics(model, np.eye(k)))
    assert found[["x", "y"]].to_numpy() == pytest.approx(np.array(wanted))
    assert found["stress"].tolist() == pytest.approx([0.0] * k)


def test_equal_topics_lie_on_each_other(model: TopicModel) -> None:
    found = topic_map(with_topics(model, np.full((5, 4), 0.25)))
    assert np.isfinite(found[["x", "y", "stress"]].to_numpy()).all()
    assert (found[["x", "y"]] == 0).all().all()


@settings(max_examples=30, deadline=None)
@given(
    weights=st.lists(
        st.lists(st.integers(0, 9), min_size=5, max_size=5).filter(any), min_size=2, max_size=7
    )
)
def test_distances_are_a_metric_from_0_to_1(weights: list[list[int]]) -> None:
    rows = np.array(weights, dtype=np.float64)
    found = topic_distances(rows / rows.sum(axis=1, keepdims=True))
    assert ((found >= 0) & (found <= 1)).all()
    assert (found == found.T).all() and (np.diag(found) == 0).all()
    by_way_of = found[:, :, np.newaxis] + found[np.newaxis]
    assert (found[:, np.newaxis] <= by_way_of + 1e-7).all()


def circles(axes: Axes) -> dict[tuple[float, float], PathCollection]:
    found = {}
    for part in axes.collections:
        if isinstance(part, PathCollection):
            ((x, y),) = np.asarray(part.get_offsets())
            found[round(float(x), 6), round(float(y), 6)] = part
    return found


def places(table: pd.DataFrame) -> list[tuple[float, float]]:
    rounded = table[["x", "y"]].round(6).to_numpy().tolist()
    return [(x, y) for x, y in rounded]


def test_circles_stand_at_the_places_with_areas_by_prevalence() -> None:
    table = mapped(8)
    figure = tl.figures.topic_map_plot(table.sample(frac=1, random_state=1))
    axes = figure.axes[0]
    found = circles(axes)
    sizes = [float(found[place].get_sizes()[0]) for place in places(table)]
    large = (table["prevalence"] > 0.02).to_numpy()
    ratio = np.array(sizes)[large] / table["prevalence"].to_numpy()[large]
    assert ratio == pytest.approx(ratio[0])
    units = np.diff([axes.get_xlim(), axes.get_ylim()])[:, 0] / axes.get_window_extent().size
    assert units[0] == pytest.approx(units[1])
    assert "应力 0.23" in said(figure)
    low, high = table["prevalence"].min() * 100, table["prevalence"].max() * 100
    assert f"{low:.1f}% 至 {high:.1f}%" in said(figure)


def test_labels_stand_by_the_circles_or_where_they_have_no_room_below() -> None:
    few = tl.figures.topic_map_plot(mapped(6))
    written = [text.get_text().replace("\n", "") for text in few.axes[0].texts]
    assert written == [f"{row.topic}  {row.label}" for row in mapped(6).itertuples()]
    many = tl.figures.topic_map_plot(mapped(60))
    assert [text.get_text() for text in many.axes[0].texts] == [str(i) for i in range(1, 61)]
    listed = [text.get_text() for text in many.texts][2:]
    assert listed == [f"{row.topic}  {row.label}" for row in mapped(60).itertuples()]


def test_greyed_topics_have_a_grey_rim_and_a_star() -> None:
    table = mapped(5)
    figure = tl.figures.topic_map_plot(table, quality=quality(5, {1}))
    axes = figure.axes[0]
    parts = circles(axes)
    rims = [parts[place].get_edgecolor() for place in places(table)]
    assert [to_hex(np.asarray(rim)[0]) == FAINT for rim in rims] == [True, *[False] * 4]
    assert axes.texts[0].get_text().startswith("1*  ")
    assert [to_hex(text.get_color()) == QUIET for text in axes.texts] == [True, *[False] * 4]
    assert WORDS["zh"]["greyed"] in said(figure)


@pytest.mark.parametrize(
    "table", [mapped(3)[:0], mapped(3).assign(x=NAN), mapped(3).assign(prevalence=NAN)]
)
def test_a_map_without_places_is_an_error(table: pd.DataFrame) -> None:
    with pytest.raises(TableError, match="wants topics with x, y and prevalence"):
        tl.figures.topic_map_plot(table)
