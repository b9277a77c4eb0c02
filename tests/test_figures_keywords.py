"""Bars of keywords and categories: one scale, which neither small places nor wide guesses set."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import same_color
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from tests.figure_texts import assert_legible, seen
from textlab.contracts import TABLES
from textlab.errors import TableError, UnknownNameError
from textlab.output.figures.bars import PALE
from textlab.output.figures.keywords import category_bars, keyword_bars
from textlab.output.figures.lettering import WORDS
from textlab.output.style import INK

NAN = float("nan")


def table(*rows: tuple[Any, ...]) -> pd.DataFrame:
    """keyword_by_place from (place, keyword, tokens, count, low, high, reason)."""
    found = []
    for place, keyword, tokens, n, low, high, reason in rows:
        cells = dict.fromkeys(TABLES["keyword_by_place"].columns, 0) | {
            "place": place, "keyword": keyword, "category": "", "reason": reason,
            "count": n, "count_unique": n, "tokens": tokens, "tokens_unique": tokens,
            "per_10k": 1e4 * n / tokens, "ci_low": low, "ci_high": high, "units": 5,
            "dp_norm": 0.5, "documents": 5,
        }  # fmt: skip
        found.append(cells)
    return pd.DataFrame(found)


def bars(axes: Axes) -> list[float]:
    return [round(part.get_width(), 6) for part in axes.patches if isinstance(part, Rectangle)]


def lines(axes: Axes) -> dict[str, list[list[float]]]:
    """The intervals that are drawn, sure and unsure ones."""
    found: dict[str, list[list[float]]] = {"sure": [], "unsure": []}
    for part in axes.collections:
        if isinstance(part, LineCollection):
            colour: Any = part.get_color()
            kind = "unsure" if same_color(colour[0], PALE) else "sure"
            assert same_color(colour[0], PALE if kind == "unsure" else INK)
            found[kind] += [[float(x) for x in np.array(s)[:, 0]] for s in part.get_segments()]
    return found


def arrows(axes: Axes, marker: str = ">") -> list[float]:
    """The heights at which something goes on beyond the axes."""
    heights = [line.get_ydata() for line in axes.lines if line.get_marker() == marker]
    return [float(y) for part in heights for y in np.asarray(part)]


def below(figure: Figure) -> str:
    return "\n".join(text.get_text() for text in figure.texts)


SURE = (("甲市", "创新", 5000, 20, 30.0, 55.0, ""), ("乙市", "创新", 5000, 10, 12.0, 31.0, ""))


def test_a_small_place_does_not_set_the_scale_and_is_cut_with_its_number() -> None:
    figure = keyword_bars(table(*SURE, ("丙市", "创新", 56, 1, 0.0, 880.0, "")))
    axes = figure.axes[0]
    assert axes.get_xlim() == pytest.approx((0, 55 * 1.03))
    assert bars(axes) == [40.0, 20.0, pytest.approx(178.571429)]
    third = axes.get_yticks()[2]
    assert arrows(axes) == [pytest.approx(third)] * 2  # of the bar and of its interval
    assert [text.get_text() for text in axes.texts] == ["179"]
    assert lines(axes)["sure"][-1] == pytest.approx([0.0, 55 * 1.03])
    assert WORDS["zh"]["cut"].format(1000) in below(figure)


def test_without_a_cut_nothing_is_said_of_arrows() -> None:
    figure = keyword_bars(table(*SURE))
    assert arrows(figure.axes[0]) == []
    assert below(figure) == WORDS["zh"]["rate_interval"] + "\n" + WORDS["zh"]["place"]


def test_what_a_small_place_never_says_has_no_line() -> None:
    rows = [*SURE, ("丙市", "创新", 56, 0, 0.0, 650.0, "1 document: interval over 3 paragraphs")]
    large = ("丁市", "创新", 9000, 0, 0.0, 9.0, "in none of these: ci_high is a bound")
    axes = keyword_bars(table(*rows, large)).axes[0]
    assert lines(axes)["unsure"] == [[0.0, 9.0]]
    assert arrows(axes) == []


def test_an_interval_with_a_reason_is_pale_and_stretches_the_scale_to_twice_the_bar() -> None:
    wide = ("丙市", "创新", 5000, 15, 1.0, 700.0, "3 documents: interval not to be trusted")
    figure = keyword_bars(table(*SURE, wide), language="en")
    axes = figure.axes[0]
    assert axes.get_xlim() == pytest.approx((0, 2 * 40 * 1.03))
    assert lines(axes)["unsure"] == [pytest.approx([1.0, 2 * 40 * 1.03])]
    assert len(arrows(axes)) == 1
    assert WORDS["en"]["unsure"] in below(figure).replace("\n", " ")
    sure = keyword_bars(table(*SURE, (*wide[:-1], ""))).axes[0]
    assert sure.get_xlim() == pytest.approx((0, 700 * 1.03))
    assert arrows(sure) == []


def test_an_unsure_interval_within_reach_is_whole() -> None:
    near = ("丙市", "创新", 5000, 15, 1.0, 70.0, "3 documents: interval not to be trusted")
    axes = keyword_bars(table(*SURE, near)).axes[0]
    assert axes.get_xlim() == pytest.approx((0, 70 * 1.03))
    assert arrows(axes) == []


def test_an_interval_beyond_its_bar_or_without_width_or_end_is_drawn_as_it_is() -> None:
    rows = (
        ("甲市", "创新", 5000, 20, 45.0, 55.0, ""),
        ("乙市", "创新", 5000, 10, 20.0, 20.0, ""),
        ("丙市", "创新", 5000, 5, NAN, NAN, "1 document of one paragraph: no interval"),
    )
    figure = keyword_bars(table(*rows))
    assert lines(figure.axes[0]) == {"sure": [[45.0, 55.0]], "unsure": []}
    # What has no interval has none that could be unsure.
    assert WORDS["zh"]["unsure"] not in below(figure)


def test_where_all_places_are_small_they_set_the_scale() -> None:
    rows = (("甲市", "创新", 500, 2, 10.0, 90.0, ""), ("乙市", "创新", 400, 1, 5.0, 80.0, ""))
    axes = keyword_bars(table(*rows)).axes[0]
    assert axes.get_xlim() == pytest.approx((0, 90 * 1.03))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_text_is_legible_where_much_is_cut(language: Any) -> None:
    rows = [
        (f"{name}市", keyword, tokens, n, n / tokens * 5e3, n / tokens * 4e4, "2 documents")
        for i, keyword in enumerate(("创新", "改革", "增长"))
        for name, tokens, n in (("甲", 5000, 20 + i), ("乙", 60, 2), ("丙", 90, 1), ("丁", 50, 0))
    ]
    figure = keyword_bars(table(*rows), language=language)
    assert_legible(figure)
    texts = [text.get_text() for text in seen(figure)]
    assert sum(text in ("333", "111") for text in texts) == 6


def categories() -> pd.DataFrame:
    rows = [
        (by, group, category, 5000, n, n * 1.5, n * 3.0, "")
        for by, groups in (("place", ("甲市", "乙市")), ("year", ("2023", "2024")))
        for n, (group, category) in enumerate(
            ((g, c) for g in groups for c in ("innovation", "party")), 4
        )
    ]
    found = []
    for by, group, category, tokens, n, low, high, reason in rows:
        cells = dict.fromkeys(TABLES["category_by_group"].columns, 0) | {
            "by": by, "group": group, "category": category, "reason": reason, "count": n,
            "count_unique": n, "tokens": tokens, "tokens_unique": tokens, "per_10k": n * 2.0,
            "ci_low": low, "ci_high": high, "dp_norm": 0.1,
        }  # fmt: skip
        found.append(cells)
    return pd.DataFrame(found)


def test_categories_are_drawn_as_keywords_are() -> None:
    figure = category_bars(categories(), labels={"party": "党建"})
    assert [axes.get_title("left") for axes in figure.axes] == ["党建", "innovation"]
    # 乙市 comes first by its mean rate: (6 + 7) * 2 / 2 against (4 + 5) * 2 / 2.
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == ["乙市", "甲市"]
    assert [bars(axes) for axes in figure.axes] == [[14.0, 10.0], [12.0, 8.0]]
    by_year = category_bars(categories(), by="year", top=1)
    assert [label.get_text() for label in by_year.axes[0].get_yticklabels()] == ["2023", "2024"]
    assert len(by_year.axes) == 1


def test_categories_by_what_is_not_there_are_an_error() -> None:
    with pytest.raises(UnknownNameError, match="no categories by 'genre'; there are: place, year"):
        category_bars(categories(), by="genre")
    with pytest.raises(TableError, match="no keyword to draw"):
        category_bars(categories().assign(count=0))
