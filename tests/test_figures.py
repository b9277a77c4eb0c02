"""What the figures show: their artists, against tables worked by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, QuadMesh
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

import textlab as tl
from tests.figure_tables import (
    DOCUMENTS,
    PLACES,
    keywords,
    shares,
    similarity,
    table,
    topics,
    with_bounds,
)
from textlab.errors import TableError, UnknownNameError

SMALL = table(
    {
        ("甲市", "增长"): (4, 40.0, 30.0, 55.0),
        ("甲市", "创新"): (2, 9.4, 12.0, 20.0),  # an interval that does not hold its rate
        ("甲市", "改革"): (0, 0.0, 0.0, 0.0),
        ("乙市", "增长"): (0, 0.0, 0.0, 0.0),
        ("乙市", "创新"): (2, 120.6, float("nan"), float("nan")),
        ("乙市", "改革"): (0, 0.0, 0.0, 0.0),
    }
)


def rows(axes: Axes) -> list[str]:
    return [label.get_text() for label in axes.get_yticklabels()]


def columns(axes: Axes) -> list[str]:
    return [label.get_text() for label in axes.get_xticklabels()]


def matrix(axes: Axes) -> list[list[Any]]:
    mesh = next(part for part in axes.collections if isinstance(part, QuadMesh))
    values = mesh.get_array()
    assert values is not None
    return np.ma.getdata(values).reshape(len(rows(axes)), -1).tolist()


def numbers(axes: Axes) -> list[list[str]]:
    """The texts in the cells, by their positions."""
    grid = [[""] * len(columns(axes)) for _ in rows(axes)]
    for text in axes.texts:
        x, y = text.get_position()
        grid[int(y)][int(x)] = text.get_text()
    return grid


def bars(axes: Axes) -> list[float]:
    return [patch.get_width() for patch in axes.patches if isinstance(patch, Rectangle)]


def intervals(axes: Axes) -> list[list[float]]:
    """Left, right and height of each interval."""
    lines = [part for part in axes.collections if isinstance(part, LineCollection)]
    return [[*part[:, 0], part[0, 1]] for line in lines for part in np.array(line.get_segments())]


def texts(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.texts]


def test_heatmap_has_the_keywords_found_by_rate_and_their_numbers() -> None:
    axes = tl.figures.keyword_heatmap(SMALL).axes[0]
    # 改革 is nowhere; mean rates: 创新 65, 增长 20; 乙市 60.3, 甲市 24.7.
    assert (rows(axes), columns(axes)) == (["乙市", "甲市"], ["创新", "增长"])
    assert matrix(axes) == [[120.6, 0.0], [9.4, 40.0]]
    assert numbers(axes) == [["121", "0"], ["9.4", "40"]]


def test_places_of_few_tokens_come_last_with_their_number() -> None:
    few = table({("丙市", "增长"): (1, 178.6, 0.0, 0.0), ("丙市", "创新"): (0, 0.0, 0.0, 0.0)}, 56)
    figure = tl.figures.keyword_heatmap(pd.concat([SMALL, few]))
    # 丙市 alone would put 增长 first.
    assert columns(figure.axes[0]) == ["创新", "增长"]
    assert rows(figure.axes[0]) == ["乙市", "甲市", "丙市（56 词）"]
    bars = tl.figures.keyword_bars(pd.concat([SMALL, few]), language="en")
    assert rows(bars.axes[0])[-1] == "丙市 (56 tokens)"


def test_heatmap_chooses_by_count_and_ties_by_name() -> None:
    tied = table(
        {(p, k): (n, 1.0, 1.0, 1.0) for p in "甲乙" for k, n in (("b", 2), ("a", 2), ("c", 9))}
    )
    figure = tl.figures.keyword_heatmap(tied, top=2)
    assert columns(figure.axes[0]) == ["a", "c"]


def test_heatmap_puts_the_longer_side_down_the_page() -> None:
    few = tl.figures.keyword_heatmap(keywords(PLACES[:4]))
    many = tl.figures.keyword_heatmap(keywords(PLACES))
    assert [len(rows(f.axes[0])) for f in (few, many)] == [25, 31]
    assert ("关键词" in texts(few)) and ("地区" in texts(many))
    assert all(number for row in numbers(many.axes[0]) for number in row)


def test_a_missing_rate_is_a_cell_without_number() -> None:
    axes = tl.figures.keyword_heatmap(SMALL.drop(index=3)).axes[0]
    assert (rows(axes), columns(axes)) == (["乙市", "甲市"], ["创新", "增长"])
    assert numbers(axes) == [["121", ""], ["9.4", "40"]]


def test_bars_are_rates_and_lines_are_intervals() -> None:
    innovation, growth = tl.figures.keyword_bars(SMALL).axes
    assert [axes.get_title("left") for axes in (innovation, growth)] == ["创新", "增长"]
    assert rows(innovation) == ["乙市", "甲市"]
    assert rows(growth) == []  # written once a row
    assert (bars(innovation), bars(growth)) == ([120.6, 9.4], [0.0, 40.0])
    middles = [patch.get_y() + patch.get_height() / 2 for patch in innovation.patches]  # type: ignore[attr-defined]
    assert np.array(intervals(innovation)) == pytest.approx(np.array([[12.0, 20.0, middles[1]]]))
    assert np.array(intervals(growth)) == pytest.approx(np.array([[30.0, 55.0, middles[1]]]))
    assert innovation.get_xlim() == growth.get_xlim() == pytest.approx((0, 120.6 * 1.03))


def test_the_axis_says_intervals_only_where_there_are_some() -> None:
    without = SMALL.assign(ci_low=np.nan, ci_high=np.nan)
    assert "每万词频次（线段为 95% 置信区间）" in texts(tl.figures.keyword_bars(SMALL))
    assert "每万词频次" in texts(tl.figures.keyword_bars(without))


def test_documents_and_other_groups_stand_by_name() -> None:
    by_document = keywords(DOCUMENTS[::-1], by="doc_id")
    assert rows(tl.figures.keyword_bars(by_document, by="doc_id").axes[0]) == DOCUMENTS
    by_year = SMALL.rename(columns={"place": "year"}).replace({"甲市": "2023", "乙市": "2024"})
    figure = tl.figures.keyword_bars(by_year, by="year")
    assert (rows(figure.axes[0]), texts(figure)[-1]) == (["2023", "2024"], "year")


def test_topic_terms_are_the_first_ranks_of_each_topic() -> None:
    model = topics(6)
    figure = tl.figures.topic_terms(model.sample(frac=1, random_state=0), top=4)
    assert len(figure.axes) == 6
    for topic, axes in enumerate(figure.axes, start=1):
        wanted = model[model["topic"] == topic].nsmallest(4, "rank")
        assert [row.replace("\n", "") for row in rows(axes)] == wanted["term"].tolist()
        assert bars(axes) == wanted["probability"].tolist()
        title = axes.get_title("left").replace("\n", "")
        assert title == f"主题 {topic}  {wanted['label'].iloc[0]}"
    assert len({axes.get_xlim() for axes in figure.axes}) == 1


def test_topic_shares_stand_by_their_largest_topic() -> None:
    found = pd.DataFrame(
        [
            ("甲", 1, 0.2),
            ("甲", 2, 0.8),
            ("乙", 1, 0.6),
            ("乙", 2, 0.4),
            ("丙", 2, 1),
            ("丙", 1, 0),
        ],
        columns=["doc_id", "topic", "share"],
    )
    figure = tl.figures.topic_shares(found.assign(low=0.0, high=1.0), topics(2))
    axes = figure.axes[0]
    assert (rows(axes), columns(axes)) == (["乙", "丙", "甲"], ["1", "2"])
    assert numbers(axes) == [["60", "40"], ["0", "100"], ["20", "80"]]
    assert matrix(axes) == pytest.approx(np.array([[60, 40], [0, 100], [20, 80]]))
    labels = topics(2).drop_duplicates("topic")["label"]
    assert texts(figure)[-3:-1] == [f"1  {labels.iloc[0]}", f"2  {labels.iloc[1]}"]


PAIRS = with_bounds(
    pd.DataFrame(
        [("a", "b", 0.1), ("a", "c", 0.9), ("a", "d", 0.2), ("b", "c", 0.3), ("b", "d", 0.8),
         ("c", "d", 0.4)],
        columns=["place_a", "place_b", "cosine"],
    ).assign(jensen_shannon=lambda pairs: 1 - pairs["cosine"])
)  # fmt: skip


@pytest.mark.parametrize("measure", ["cosine", "jensen_shannon"])
def test_cluster_map_puts_like_next_to_like(measure: Any) -> None:
    axes = tl.figures.similarity_clustermap(PAIRS, measure=measure).axes[0]
    # Worked by hand: a-c and b-d join; of the ends, c and d are the most alike.
    assert rows(axes) == columns(axes)
    assert rows(axes) in (["a", "c", "d", "b"], ["b", "d", "c", "a"])
    shown = dict(zip(rows(axes), numbers(axes)[rows(axes).index("a")], strict=True))
    wanted = {"a": "", "b": "0.10", "c": "0.90", "d": "0.20"}
    if measure == "jensen_shannon":
        wanted = {"a": "", "b": "0.90", "c": "0.10", "d": "0.80"}
    assert shown == wanted


def test_the_tree_joins_on_distances() -> None:
    tree = tl.figures.similarity_clustermap(PAIRS).axes[-1]
    lines = [part for part in tree.collections if isinstance(part, LineCollection)]
    heights = {round(float(part[:, 0].max()), 9) for part in lines[0].get_segments()}
    # 1 - .9, 1 - .8, and the mean of 1 - (.1, .2, .3, .4)
    assert heights == {0.1, 0.2, 0.75}


def test_a_pair_may_be_given_both_ways_and_with_itself() -> None:
    swapped = PAIRS.rename(columns={"place_a": "place_b", "place_b": "place_a"})
    itself = with_bounds(pd.DataFrame([("a", "a", 1.0, 0.0)], columns=PAIRS.columns[[0, 1, 2, 5]]))
    both = pd.concat([itself, swapped, PAIRS]).sample(frac=1, random_state=1)
    one, other = (tl.figures.similarity_clustermap(t).axes[0] for t in (PAIRS, both))
    assert (rows(one), numbers(one)) == (rows(other), numbers(other))


def test_two_units_are_enough_and_may_be_equal() -> None:
    same = pd.DataFrame(
        [("x", "y", 1.0, 0.0)], columns=["doc_a", "doc_b", "cosine", "jensen_shannon"]
    )
    axes = tl.figures.similarity_clustermap(with_bounds(same)).axes[0]
    assert numbers(axes) == [["", "1.00"], ["1.00", ""]]


def test_numbers_are_left_out_beyond_twelve_units() -> None:
    figures = [tl.figures.similarity_clustermap(similarity(PLACES[:n])) for n in (12, 13)]
    assert [len(figure.axes[0].texts) for figure in figures] == [12 * 11, 0]


def test_labels_and_titles_can_be_english() -> None:
    labels = {"创新": "Innovation", "乙市": "Yi"}
    figure = tl.figures.keyword_heatmap(SMALL, language="en", labels=labels)
    assert rows(figure.axes[0]) == ["Yi", "甲市"]
    assert columns(figure.axes[0]) == ["Innovation", "增长"]
    assert {"Place", "Keyword"} <= set(texts(figure))


def test_labels_reach_the_terms_within_a_topic_label() -> None:
    model = topics(2).assign(label="创新·改革")
    figure = tl.figures.topic_terms(model, labels={"创新": "Innovation"}, language="en")
    assert figure.axes[0].get_title("left") == "Topic 1  Innovation · 改革"


@pytest.mark.parametrize(
    ("draw", "error", "message"),
    [
        (lambda f: f.keyword_heatmap(SMALL[:3]), TableError, "two or more of 'place', found 1"),
        (lambda f: f.keyword_heatmap(SMALL[2:4]), TableError, "2 in the table, 0 with a count"),
        (lambda f: f.keyword_bars(SMALL[:0]), TableError, "0 in the table"),
        (lambda f: f.keyword_bars(SMALL, top=0), TableError, "top=0"),
        (lambda f: f.keyword_bars(SMALL, by="city"), UnknownNameError, "no column 'city'.*place"),
        (lambda f: f.keyword_bars(SMALL, language="fr"), UnknownNameError, "there are: zh, en"),
        (lambda f: f.topic_terms(topics(1)[:0]), TableError, "found 0 rows"),
        (lambda f: f.topic_shares(shares(PLACES[:2], 3), topics(2)), TableError, r"\[3\]"),
        (lambda f: f.topic_shares(shares(PLACES[:2], 3)[:0], topics(3)), TableError, "found none"),
        (lambda f: f.similarity_clustermap(PAIRS[:0]), TableError, "two or more units, found 0"),
        (lambda f: f.similarity_clustermap(PAIRS[:4]), TableError, r"pair \(b, d\) has no value"),
        (lambda f: f.similarity_clustermap(PAIRS, measure="dice"), UnknownNameError, "cosine, jen"),
        (lambda f: f.keyword_bars(keywords([f"{i}" for i in range(900)])), TableError, "mm"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_a_sentence(
    draw: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        draw(tl.figures)


def test_two_values_of_one_pair_are_an_error() -> None:
    other = with_bounds(pd.DataFrame([("b", "a", 0.5, 0.5)], columns=PAIRS.columns[[0, 1, 2, 5]]))
    with pytest.raises(TableError, match=r"pair \('a', 'b'\) has two values of cosine"):
        tl.figures.similarity_clustermap(pd.concat([PAIRS, other]))


def test_the_order_of_rows_does_not_matter_and_tables_stay_as_they_are() -> None:
    for draw, given in (
        (tl.figures.keyword_heatmap, keywords(PLACES[:5])),
        (tl.figures.keyword_bars, keywords(PLACES[:5])),
        (tl.figures.topic_terms, topics(3)),
        (tl.figures.similarity_clustermap, similarity(PLACES[:9])),
    ):
        before = given.copy(deep=True)
        one, other = draw(given), draw(given.sample(frac=1, random_state=3))
        pd.testing.assert_frame_equal(given, before)
        assert [rows(axes) for axes in one.axes] == [rows(axes) for axes in other.axes]
        assert [bars(axes) for axes in one.axes] == [bars(axes) for axes in other.axes]
        assert [texts(one)] == [texts(other)]
