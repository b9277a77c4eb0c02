"""The figure of change: which keywords it takes, where dots and lines are, what is cut."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from tests.figure_tables import ENGLISH, TERMS
from tests.figure_texts import assert_legible
from textlab.contracts import TABLES
from textlab.errors import TableError, UnknownNameError
from textlab.output.figures.change import keyword_change_plot
from textlab.output.figures.lettering import WORDS

NAN = float("nan")


def table(*rows: tuple[Any, ...], place: str = "", periods: str = "2022 2023") -> pd.DataFrame:
    """keyword_change from (keyword, log ratio, low, high, reason)."""
    first, second = periods.split()
    found = []
    for keyword, value, low, high, reason in rows:
        kinds = TABLES["keyword_change"].columns
        cells: dict[str, Any] = {
            name: {"text": "", "int": 5, "float": 1.0}[k] for name, k in kinds.items()
        }
        cells |= {"keyword": keyword, "place": place, "period_from": first, "period_to": second}
        cells |= {"log_ratio": value, "log_ratio_low": low, "log_ratio_high": high}
        absent = {"n_from": 0} if np.isnan(high) else {"n_to": 0} if np.isnan(low) else {}
        found.append(cells | {"reason": reason} | absent)
    return pd.DataFrame(found)


SMALL = table(
    ("稳定", 0.1, -0.2, 0.4, ""),
    ("上升", 1.0, 0.5, 1.5, ""),
    ("大升", 3.0, 0.2, 5.8, "3 documents: interval not to be trusted"),
    ("下降", -1.5, -2.4, -0.6, ""),
    ("新词", 2.0, -1.0, NAN, "not in the earlier texts: no upper bound"),
    ("全无", NAN, NAN, NAN, "in neither"),
)


def rows(axes: Axes) -> list[str]:
    return [label.get_text() for label in axes.get_yticklabels()]


def dots(axes: Axes) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for line in axes.lines:
        if line.get_marker() == "o":
            kind = "hollow" if line.get_markerfacecolor() == "white" else "full"
            found[kind] = [float(x) for x in np.asarray(line.get_xdata())]
    return found


def segments(axes: Axes) -> list[list[float]]:
    parts = [part for part in axes.collections if isinstance(part, LineCollection)]
    found = [np.array(s) for part in parts for s in part.get_segments()]
    return [[*map(float, s[:, 0])] for s in sorted(found, key=lambda s: s[0, 1])]


def below(figure: Any) -> str:
    return "\n".join(text.get_text() for text in figure.texts)


def test_the_clearest_changes_are_shown_from_rise_to_fall() -> None:
    axes = keyword_change_plot(SMALL, top=3).axes[0]
    # Nearest ends from no change: 下降 .6, 上升 .5, 大升 .2; all other intervals hold it.
    assert rows(axes) == ["大升", "上升", "下降"]
    assert dots(axes)["full"] == [3.0, 1.0, -1.5]
    assert axes.get_title("left") == "2022 → 2023"


def test_then_those_whose_interval_reaches_least_far_beyond_no_change() -> None:
    # 新词 has 2 of its 3 steps on this side, 稳定 .1 of .3; 全无 cannot be drawn.
    axes = keyword_change_plot(SMALL, top=4).axes[0]
    assert rows(axes) == ["大升", "新词", "上升", "下降"]
    assert rows(keyword_change_plot(SMALL).axes[0]) == ["大升", "新词", "上升", "稳定", "下降"]
    assert dots(axes)["hollow"] == [2.0]


def test_lines_are_intervals_and_open_or_long_ones_end_in_an_arrow() -> None:
    figure = keyword_change_plot(SMALL, top=4)
    axes = figure.axes[0]
    end = axes.get_xlim()[1]
    # The longest end, 5.8, and a little white; less than twice the largest change, 3.
    assert (axes.get_xlim()[0], end) == pytest.approx((-6.0, 6.0))
    wanted = [[0.2, 5.8], [-1.0, end], [0.5, 1.5], [-2.4, -0.6]]
    assert np.array(segments(axes)) == pytest.approx(np.array(wanted))
    arrows = [line for line in axes.lines if line.get_marker() == ">"]
    assert [float(y) for line in arrows for y in np.asarray(line.get_ydata())] == [
        pytest.approx(axes.get_yticks()[1])
    ]
    words = WORDS["zh"]
    for key in ("change", "bound", "cut_off", "unsure"):
        assert words[key] in below(figure)
    plain = keyword_change_plot(SMALL.iloc[[0, 1, 3]])
    assert below(plain) == words["change"]


def test_an_interval_far_beyond_the_largest_change_is_cut() -> None:
    axes = keyword_change_plot(table(("甲", 1.0, -9.0, 11.0, ""), ("乙", 0.5, 0.2, 0.8, ""))).axes[
        0
    ]
    assert axes.get_xlim() == pytest.approx((-2.0, 2.0))
    markers = {line.get_marker() for line in axes.lines}
    assert {"<", ">"} <= markers


def test_the_axis_says_how_many_times_as_frequent() -> None:
    axes = keyword_change_plot(table(("甲", 2.0, 1.0, 2.9, ""))).axes[0]
    ticks = dict(
        zip(axes.get_xticks(), [t.get_text() for t in axes.get_xticklabels()], strict=True)
    )
    assert ticks[0] == "1"
    assert (ticks[2], ticks[-2]) == ("4", "1/4")


def test_each_two_periods_have_a_panel_and_all_one_scale() -> None:
    later = table(("甲", -0.5, -0.7, -0.3, ""), periods="2023 2024")
    whole = table(("乙", 0.5, 0.3, 0.7, ""), periods="2022 2024")
    figure = keyword_change_plot(pd.concat([whole, later, SMALL]), top=2)
    titles = [axes.get_title("left") for axes in figure.axes]
    assert titles == ["2022 → 2023", "2023 → 2024", "2022 → 2024"]
    assert [rows(axes) for axes in figure.axes] == [["上升", "下降"], ["甲"], ["乙"]]
    assert len({axes.get_xlim() for axes in figure.axes}) == 1


def test_one_place_can_be_drawn() -> None:
    both = pd.concat([SMALL, table(("增长", 1.0, 0.5, 1.5, ""), place="甲市")])
    assert rows(keyword_change_plot(both, place="甲市").axes[0]) == ["增长"]
    assert "增长" not in rows(keyword_change_plot(both).axes[0])
    with pytest.raises(UnknownNameError, match=r"no place '甲'.* '甲市'"):
        keyword_change_plot(both, place="甲")


@pytest.mark.parametrize("change", [SMALL[:0], SMALL[5:]])
def test_no_change_to_draw_is_an_error(change: pd.DataFrame) -> None:
    with pytest.raises(TableError, match="no change to draw: 0 rows with a log ratio"):
        keyword_change_plot(change)
    with pytest.raises(TableError, match="top=0"):
        keyword_change_plot(SMALL, top=0)


def test_the_order_of_rows_makes_no_difference_and_the_table_stays() -> None:
    before = SMALL.copy(deep=True)
    one, other = (keyword_change_plot(t) for t in (SMALL, SMALL.iloc[::-1]))
    assert rows(one.axes[0]) == rows(other.axes[0])
    assert segments(one.axes[0]) == segments(other.axes[0])
    pd.testing.assert_frame_equal(SMALL, before)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("periods", [1, 3, 7])
def test_text_is_legible(language: Any, periods: int) -> None:
    draws = np.random.default_rng(0)
    parts = []
    for year in range(2018, 2018 + periods):
        rows = [
            (term, value, value - width, NAN if i % 7 == 6 else value + width, "")
            for i, (term, value, width) in enumerate(
                zip(TERMS, draws.normal(0, 3, 25), draws.uniform(0.3, 6, 25), strict=True)
            )
        ]
        parts.append(table(*rows, periods=f"{year} {year + 1}"))
    labels = ENGLISH if language == "en" else None
    figure = keyword_change_plot(pd.concat(parts), language=language, labels=labels)
    assert_legible(figure)
