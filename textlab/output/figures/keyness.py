"""The figure of keyness: how much more a group uses a term, and how evenly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from textlab.errors import TableError, UnknownNameError, nearest
from textlab.output.figures.labels import Marks, Numbers
from textlab.output.figures.lettering import LINE, display, fit, words
from textlab.output.figures.paper import MARGIN, number_ticks, sheet, write_at
from textlab.output.figures.scatter import (
    DARK,
    GRID,
    PALE,
    Names,
    Panel,
    Span,
    area,
    plan_names,
    remarks_height,
    unnamed,
    wrapped,
    write_names,
    write_remarks,
)
from textlab.output.style import DOUBLE_COLUMN, MM, house_style
from textlab.schema import check

_MOST = 9  # panels on a page
_SIGNIFICANT = 0.05
_LARGEST, _SMALLEST = 1.5, 0.2  # radii of circles, in millimetres
_SIDE = 2 * LINE + 3.5  # the title of the upright axis and its numbers
_BETWEEN = 3.0  # panels side by side
_HEAD = LINE + 1.2  # the title of a panel
_SURE, _DASHES = "#8fb1cc", (0, (2.5, 1.5))  # intervals, and those that are not to be trusted
_MANY = 1000  # circles, from which on a PDF holds a picture of them
_EVEN: Span = (1.06, -0.08)  # the values of the upright axis: even use is up


@house_style()
def keyness_plot(
    keyness: pd.DataFrame,
    *,
    group: str | None = None,
    top: int = 8,
    language: Literal["zh", "en"] = "zh",
    labels: Mapping[str, str] | None = None,
) -> Figure:
    """Effect size against dispersion: one panel a group, one circle a term.

    ``keyness`` is the table of that name. To the right is what the group uses more (``log_ratio``),
    upwards what it uses more evenly (``dp_target``, 0 at the top): a term far to the right and
    low down is one that a few texts repeat. The area of a circle is ``n_target``. Named are the
    ``top`` terms of each group by ``log_odds_z`` that is above 0, with the interval of their log
    ratio as a line (pale and dashed where ``reason`` says something, none where there is none).
    They are filled where ``q_document`` is below 0.05, hollow where it is not or no test could
    be made.

    All groups are drawn, or only ``group``; of more than nine those whose first term has the
    highest ``log_odds_z``. Said below: how many those are, what is not drawn as it has no
    dispersion (a term that the group does not use, a group of one text), and which names found
    no place. ``labels`` gives groups and terms the wording to show. Raises :class:`TableError`
    if there is nothing to draw, :class:`UnknownNameError` if there is no such group.
    """
    table = _chosen(check(keyness, "keyness"), group)
    drawn = table[np.isfinite(table["log_ratio"]) & table["dp_target"].notna()]
    if drawn.empty or top < 1:
        raise TableError(
            f"a plot of keyness wants terms with log_ratio and dp_target and a top of 1 or more, "
            f"found {len(drawn)} of {len(table)} and top={top}"
        )
    rows = _rows(drawn, top)
    panels = _panels(rows)
    names = [_names(*pair, drawn, labels, language) for pair in zip(rows, panels, strict=True)]
    titles = display([group["group"].iloc[0] for group in rows], labels, language=language)
    told = [*_told(table, drawn, rows, labels, language)]
    told += unnamed([text for found in names for text in found.unplaced], language)
    below = wrapped(told, DOUBLE_COLUMN - 2 * MARGIN)
    edge = panels[-1].bottom + 2 * LINE + 3.5
    figure = sheet(DOUBLE_COLUMN, edge + remarks_height(below) + MARGIN)
    for part, panel, title, found in zip(rows, panels, titles, names, strict=True):
        axes = panel.axes(figure)
        _draw_axes(axes, panel, first=panel.left == panels[0].left)
        _draw_terms(axes, part, _radii(part, drawn))
        axes.set_title(fit([title], panel.width)[0], loc="left", pad=0.8 * MM * 72)
        write_names(axes, panel, found)
    word = words(language)
    middle = (panels[0].left + DOUBLE_COLUMN - MARGIN) / 2
    write_at(figure, middle, panels[-1].bottom + LINE + 1.6, word["log_ratio"], ha="center")
    middle = (panels[0].top + panels[-1].bottom) / 2
    write_at(figure, MARGIN, middle, word["dispersion"], va="center", rotation=90)
    write_remarks(figure, edge, below)
    return figure


def _chosen(table: pd.DataFrame, group: str | None) -> pd.DataFrame:
    if group is None:
        return table
    found = table[table["group"] == group]
    if found.empty:
        available = sorted(table["group"].unique())
        raise UnknownNameError(
            f"no group '{group}' in the table 'keyness'{nearest(group, available)}; "
            f"there are: {', '.join(available)}"
        )
    return found


def _rows(drawn: pd.DataFrame, top: int) -> list[pd.DataFrame]:
    """The terms of each group to draw by falling ``log_odds_z``, and which are ``named``."""
    falling = drawn.assign(z=drawn["log_odds_z"].fillna(-np.inf).round(9)).sort_values(
        ["z", "group", "term"], ascending=[False, True, True]
    )
    rank = falling.groupby("group").cumcount()
    falling = falling.assign(named=(rank < top) & (falling["z"] > 0))
    # The groups stand in the order of their first rows, and so by their highest z.
    groups = sorted(falling["group"].unique()[:_MOST])
    return [falling[falling["group"] == group] for group in groups]


def _panels(rows: Sequence[pd.DataFrame]) -> list[Panel]:
    """A panel each, as many side by side as makes rows of equal length, three at most."""
    count = len(rows)
    across = 2 if count == 4 else min(count, 3)
    height = {1: 105.0, 2: 80.0}.get(across, 52.0)
    room = DOUBLE_COLUMN - MARGIN - _SIDE - MARGIN
    width = (room - (across - 1) * _BETWEEN) / across
    span = _span(pd.concat(rows))
    return [
        Panel(
            left=MARGIN + _SIDE + i % across * (width + _BETWEEN),
            top=MARGIN + _HEAD + i // across * (height + LINE + 2.0 + _HEAD),
            width=width,
            height=height,
            across=span,
            up=_EVEN,
        )
        for i in range(count)
    ]


def _span(drawn: pd.DataFrame) -> Span:
    """The log ratios at the edges of all panels: of all terms, and the intervals of the named.

    An interval may have no end to speak of; it goes on beyond the edge then.
    """
    ratio = np.append(drawn["log_ratio"].to_numpy(), 0.0)
    low, high = float(ratio.min()), float(ratio.max())
    room = (high - low) / 4
    ends = drawn.loc[drawn["named"], ["log_ratio_low", "log_ratio_high"]].to_numpy().ravel()
    ends = np.append(np.clip(ends[np.isfinite(ends)], low - room, high + room), [low, high])
    white = 0.04 * float(np.ptp(ends)) or 1.0
    return float(ends.min()) - white, float(ends.max()) + white


def _radii(part: pd.DataFrame, drawn: pd.DataFrame) -> Numbers:
    """The radii of circles whose areas are frequencies, on one scale for all panels."""
    share = np.sqrt(part["n_target"].to_numpy() / max(int(drawn["n_target"].max()), 1))
    return np.maximum(_LARGEST * share, _SMALLEST)


def _names(
    part: pd.DataFrame,
    panel: Panel,
    drawn: pd.DataFrame,
    labels: Mapping[str, str] | None,
    language: str,
) -> Names:
    """The places of the names of one panel."""
    named = part["named"].to_numpy()
    middles = panel.millimetres(part["log_ratio"], part["dp_target"])
    weight = np.where(named, np.inf, 0.02)
    marks = Marks.of(middles, radius=_radii(part, drawn), weight=weight)
    texts = display(part.loc[named, "term"], labels, language=language)
    ends = [part.loc[named, side] for side in ("log_ratio_low", "log_ratio_high")]
    lines = np.stack([panel.millimetres(x, part.loc[named, "dp_target"]) for x in ends], axis=1)
    return plan_names(panel, texts, np.flatnonzero(named), marks, lines=lines)


def _told(
    table: pd.DataFrame,
    drawn: pd.DataFrame,
    rows: Sequence[pd.DataFrame],
    labels: Mapping[str, str] | None,
    language: str,
) -> list[str]:
    """What is said below of all that is drawn, and of what is not."""
    word = words(language)
    every = pd.concat(rows)
    count = drawn["group"].nunique()
    told = [word["keyness"].format(max(int(part["named"].sum()) for part in rows)), word["filled"]]
    told += [word["unsure"]] if (every["named"] & (every["reason"] != "")).any() else []
    told += [word["groups"].format(len(rows), count)] if len(rows) < count else []
    missing = int(table["group"].isin(every["group"]).sum()) - len(every)
    told += [word["undrawn"].format(missing)] if missing else []
    empty = display(sorted({*table["group"]} - {*drawn["group"]}), labels, language=language)
    return [*told, word["undrawn_groups"].format(word["and"].join(empty))] if empty else told


def _draw_axes(axes: Axes, panel: Panel, *, first: bool) -> None:
    axes.axvline(0, color=GRID, linewidth=0.8, zorder=0.5)
    ticks, numbers = number_ticks(*panel.across, max(3, round(panel.width / 10)))
    axes.set_xticks(ticks, labels=numbers)
    axes.set_yticks([0.0, 0.5, 1.0], labels=["0", "0.5", "1"] if first else [""] * 3)
    axes.tick_params(axis="y", length=2 if first else 0)
    axes.yaxis.grid(True, color=GRID, linewidth=0.5)
    axes.set_axisbelow(True)


def _draw_terms(axes: Axes, part: pd.DataFrame, radii: Numbers) -> None:
    """Pale circles; those with names are dark, filled where a test finds them, with intervals."""
    named = part["named"].to_numpy()
    x, y = part["log_ratio"].to_numpy(), part["dp_target"].to_numpy()
    axes.scatter(
        x[~named], y[~named], s=area(radii[~named]), c=PALE, linewidths=0, zorder=1,
        rasterized=len(part) > _MANY,
    )  # fmt: skip
    low, high = (part.loc[named, f"log_ratio_{side}"].to_numpy() for side in ("low", "high"))
    ends = np.stack([np.stack([low, y[named]], 1), np.stack([high, y[named]], 1)], axis=1)
    unsure = (part.loc[named, "reason"] != "").to_numpy()
    known = np.isfinite(ends).all(axis=(1, 2))
    for chosen, colour, dashes in ((known & ~unsure, _SURE, "-"), (known & unsure, PALE, _DASHES)):
        drawn = LineCollection(
            list(ends[chosen]), colors=colour, linewidths=0.8, linestyles=dashes, zorder=2
        )
        axes.add_collection(drawn, autolim=False)
    found = (part.loc[named, "q_document"] < _SIGNIFICANT).to_numpy()
    axes.scatter(
        x[named], y[named], s=area(np.maximum(radii[named], 0.5)), zorder=3,
        c=np.where(found, DARK, "white"), edgecolors=DARK, linewidths=0.6,
    )  # fmt: skip
