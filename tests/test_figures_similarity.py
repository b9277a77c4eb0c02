"""The tree of the cluster map: its lines by hand, and the support at its branches."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from scipy.cluster import hierarchy

import textlab as tl
from tests.figure_tables import DOCUMENTS, PLACES
from tests.figure_texts import assert_legible, boxes, seen
from tests.similarity_tables import SMALL, added_up, tables
from textlab.analysis.similarity import Comparison, compare
from textlab.errors import TableError
from textlab.output.figures.tree import _gaps
from textlab.output.style import INK, QUIET, house_style

COUNTS, PARAGRAPHS = tables(SMALL)
BOTH = compare(COUNTS, paragraphs=PARAGRAPHS, resamples=40)


def drawn(table: Comparison, **options: Any) -> Figure:
    return tl.figures.similarity_clustermap(table.similarity, clusters=table.clusters, **options)


def comparison(names: list[str], *, of: Any = "place", seed: int = 1) -> Comparison:
    """A comparison of places or documents of these names, each of seven noisy paragraphs."""
    rng = np.random.default_rng(seed)
    kinds = rng.dirichlet(np.ones(30) / 3, 4)
    corpus = {
        name: {name: rng.multinomial(40, (kinds[i % 4] + 0.02) / 1.6, size=7).tolist()}
        for i, name in enumerate(names)
    }
    counts, paragraphs = tables(corpus)
    return compare(counts, of=of, paragraphs=paragraphs, resamples=40)


def tree_texts(figure: Figure) -> list[tuple[str, float, float]]:
    """Number, height and row of what is written in the tree."""
    texts = [text for text in figure.axes[-1].texts if text.get_text()]
    return [(text.get_text(), *text.xy) for text in texts]  # type: ignore[attr-defined]


def segments(figure: Figure) -> list[np.ndarray]:
    lines = [part for part in figure.axes[-1].collections if isinstance(part, LineCollection)]
    assert len(lines) == 1
    return [np.asarray(line) for line in lines[0].get_segments()]


def test_the_support_of_each_branch_is_written_where_its_parts_meet() -> None:
    figure = drawn(BOTH)
    rows = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    size = BOTH.clusters.set_index("cluster")["size"].to_dict()
    wanted = []
    for branch in BOTH.clusters.iloc[:-1].to_dict("records"):
        at = [rows.index(name) for name in branch["members"].split(" | ")]
        assert at == list(range(min(at), max(at) + 1))
        upper = size[int(branch["left"][1:])] if branch["left"].startswith("#") else 1
        wanted.append((f"{branch['support']:.0%}"[:-1], branch["height"], min(at) + upper))
    found = tree_texts(figure)
    assert [text for text, *_ in found] == [text for text, *_ in wanted]
    for one, other in zip(found, wanted, strict=True):
        assert one[1:] == pytest.approx(other[1:])
    assert "树中数字：重抽样中出现该分支的百分比" in {text.get_text() for text in figure.texts}


def test_the_lines_are_those_of_a_dendrogram() -> None:
    figure = drawn(BOTH)
    cosine = BOTH.similarity["cosine"].to_numpy()
    tree = hierarchy.linkage(1 - cosine, "average", optimal_ordering=True)
    plain = hierarchy.dendrogram(tree, no_plot=True)
    ours = {tuple(line[1:3].round(6).ravel()) for line in segments(figure)}
    theirs = {
        (round(high[1], 6), round(row[0] / 10, 6), round(high[2], 6), round(row[3] / 10, 6))
        for high, row in zip(plain["dcoord"], plain["icoord"], strict=True)
    }
    assert ours == theirs
    right = figure.axes[-1].get_xlim()[1]
    leaves = [point for line in segments(figure) for point in line[[0, 3]] if point[0] == right]
    assert sorted(row for _, row in leaves) == [0.5, 1.5, 2.5, 3.5]


def test_weak_branches_are_quiet_and_missing_support_is_not_written() -> None:
    changed = BOTH.clusters.assign(support=[0.5, 0.494, 1.0])
    texts = drawn(BOTH._replace(clusters=changed)).axes[-1].texts
    assert [(text.get_text(), text.get_color()) for text in texts] == [
        ("50", INK), ("49", QUIET), ("", QUIET),
    ]  # fmt: skip
    bare = compare(added_up(COUNTS, PARAGRAPHS, "place"))
    assert tree_texts(drawn(bare)) == []
    without = tl.figures.similarity_clustermap(bare.similarity)
    assert drawn(bare).get_size_inches().tolist() == without.get_size_inches().tolist()
    assert not any("树中" in text.get_text() for text in drawn(bare).texts)


def test_clusters_of_places_and_documents_may_be_one_table_and_written_first() -> None:
    documents = compare(COUNTS, of="doc_id", paragraphs=PARAGRAPHS, resamples=40)
    together = pd.concat([documents.clusters, BOTH.clusters.sample(frac=1, random_state=1)])
    one = tl.figures.similarity_clustermap(BOTH.similarity, clusters=together)
    assert tree_texts(one) == tree_texts(drawn(BOTH))
    english = drawn(BOTH, language="en", labels={"东港市": "East Harbour"})
    assert tree_texts(english) == tree_texts(one)
    assert "In the tree: % of resamples with the branch" in {t.get_text() for t in english.texts}


def test_names_may_hold_what_stands_between_members() -> None:
    table = comparison(["a", "b | c", "b", "#1", "1"])
    assert len(tree_texts(drawn(table))) == 3


def test_clusters_that_do_not_belong_are_refused() -> None:
    other = comparison(["a", "b", "c"])
    with pytest.raises(TableError, match=r"has no branch of .*wanted the table of the same"):
        drawn(BOTH._replace(clusters=other.clusters))
    with pytest.raises(TableError, match="rests on the cosine, not on jensen_shannon"):
        drawn(BOTH, measure="jensen_shannon")


@settings(deadline=None, max_examples=30)
@given(st.integers(2, 12), st.integers(0, 99))
def test_each_join_has_a_gap_between_rows_of_its_own(units: int, seed: int) -> None:
    points = np.random.default_rng(seed).normal(size=(units, 3))
    tree = hierarchy.linkage(points, "average", optimal_ordering=True)
    assert sorted(_gaps(tree)) == list(range(1, units))


CASES = {
    "two": comparison(PLACES[:2]),
    "alike": comparison(["甲", "乙"], seed=3),
    "twelve": comparison(PLACES[:12]),
    "24 documents": comparison(DOCUMENTS, of="doc_id"),
    "31": comparison(PLACES),
    "40": comparison([f"第{i}个地区" for i in range(40)]),
}


@pytest.mark.parametrize("name", CASES)
def test_numbers_are_legible_inside_and_alone(name: str) -> None:
    figure = drawn(CASES[name])
    shown = seen(figure)
    left, _, right, _ = boxes(figure).T
    canvas: Any = figure.canvas
    with house_style():
        matrix = figure.axes[0].get_window_extent(canvas.get_renderer())
    assert len(tree_texts(figure)) == len(CASES[name].clusters) - 1
    assert min(float(text.get_fontsize()) for text in shown) >= 8
    assert_legible(figure, margin=0.0)
    in_tree = np.array([text in figure.axes[-1].texts for text in shown], dtype=bool)
    assert (right[in_tree] < matrix.x0).all()
    assert left.min() > 0
    assert right.max() < figure.bbox.width


def test_equal_places_leave_room_for_the_number() -> None:
    same = {name: {name: [[2, 1, 0]] * 6} for name in "甲乙丙"}
    counts, paragraphs = tables(same)
    figure = drawn(compare(counts, paragraphs=paragraphs, resamples=10))
    (text, height, _), *_ = tree_texts(figure)
    assert (text, height) == ("100", 0)
    start, end = figure.axes[-1].get_xlim()
    assert end < 0 < start
