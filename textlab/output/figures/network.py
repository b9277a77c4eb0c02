"""The figure of the co-word network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from textlab.errors import TableError
from textlab.output.figures.labels import Marks, Numbers
from textlab.output.figures.lettering import display, words
from textlab.output.figures.paper import MARGIN, sheet
from textlab.output.figures.scatter import (
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
from textlab.output.style import DOUBLE_COLUMN, INK, house_style
from textlab.schema import check

_WIDTH, _GAP = DOUBLE_COLUMN - 2 * MARGIN, 2.0
_RADIUS = 2.0  # a circle that holds a number of two figures
_THIN, _THICK = 0.25, 2.2  # the weakest and the strongest link, in points
_LINK = "#b0b0b0"


@house_style()
def network_plot(
    terms: pd.DataFrame,
    links: pd.DataFrame,
    *,
    top: int = 3,
    language: Literal["zh", "en"] = "zh",
    labels: Mapping[str, str] | None = None,
) -> Figure:
    """The terms that stand in the same paragraphs, joined by lines.

    ``terms`` and ``links`` are the tables of :func:`~textlab.analysis.network.network`. Every term
    with a link is a circle; the number in it is its community, and so is its colour. Of the links
    those are drawn that are among the ``top`` of one of their terms by NPMI, wider the higher it
    is. Said below: how many these are, which terms have no link, and which names found no place.
    ``labels`` gives terms the wording to show. Raises :class:`TableError` if there is no link, or
    one of a term that is not in ``terms``.
    """
    nodes, edges = check(terms, "network_terms"), check(links, "network_links")
    _refuse(nodes, edges, top)
    joined = nodes["term"].isin([*edges["term_a"], *edges["term_b"]])
    order = ["strength", "term"]
    circles = nodes[joined].sort_values(order, ascending=[False, True], ignore_index=True)
    shown = _strongest(edges, top)
    panel = _panel(circles)
    middles = panel.millimetres(circles["x"], circles["y"])
    at = pd.Index(circles["term"])
    ends = np.stack([middles[at.get_indexer(shown[side])] for side in ("term_a", "term_b")], axis=1)
    marks = Marks.of(middles, radius=_RADIUS)
    texts = display(circles["term"], labels, language=language)
    names = plan_names(panel, texts, np.arange(len(circles)), marks, lines=ends)
    remarks = _remarks(
        (top, len(shown), len(edges)),
        display(sorted(nodes.loc[~joined, "term"]), labels, language=language),
        language,
    )
    remarks += unnamed(names.unplaced, language)
    below = wrapped(remarks, _WIDTH)
    figure = sheet(DOUBLE_COLUMN, panel.bottom + _GAP + remarks_height(below) + MARGIN)
    axes = panel.axes(figure)
    axes.set_axis_off()
    _draw_links(axes, ends / (panel.width, panel.height), shown["npmi"].to_numpy())
    _draw_circles(axes, circles)
    write_names(axes, panel, names)
    write_remarks(figure, panel.bottom + _GAP, below)
    return figure


def _refuse(nodes: pd.DataFrame, edges: pd.DataFrame, top: int) -> None:
    if edges.empty or top < 1:
        raise TableError(
            f"a network plot wants links and a top of 1 or more, found {len(edges)} links among "
            f"{len(nodes)} terms and top={top}"
        )
    unknown = sorted({*edges["term_a"], *edges["term_b"]} - set(nodes["term"]))
    if unknown:
        raise TableError(
            f"the term '{unknown[0]}' has links, but no row in the table 'network_terms'"
        )


def _strongest(links: pd.DataFrame, top: int) -> pd.DataFrame:
    """The links that are among the ``top`` of one of their terms, the strongest last."""
    rising = links.sort_values(
        ["npmi", "n", "term_a", "term_b"], ascending=[True, True, False, False], ignore_index=True
    )
    ends = pd.concat([rising["term_a"], rising["term_b"]])
    ends = ends.sort_index(ascending=False, kind="stable")
    return rising[rising.index.isin(ends.groupby(ends).head(top).index)]


def _panel(circles: pd.DataFrame) -> Panel:
    """A panel whose height grows with the number of circles, with room for names at its sides."""
    height = min(max(40.0 + 1.7 * len(circles), 50.0), 225.0)
    return Panel(
        left=MARGIN,
        top=MARGIN,
        width=_WIDTH,
        height=height,
        across=_span(circles["x"], _WIDTH, 16.0),
        up=_span(circles["y"], height, 7.0),
    )


def _span(values: pd.Series, room: float, white: float) -> Span:
    low, high = float(values.min()), float(values.max())
    free = ((high - low) or 1.0) / (room - 2 * white) * white
    middle = 0.0 if high > low else 0.5
    return low - free - middle, high + free + middle


def _remarks(network: tuple[int, int, int], alone: Sequence[str], language: str) -> list[str]:
    word = words(language)
    told = [word["network"].format(*network)]
    return [*told, word["unlinked"].format(word["and"].join(alone))] if alone else told


def _draw_links(axes: Axes, ends: Numbers, npmi: Numbers) -> None:
    """Lines between ``ends`` (links x 2 x 2, as shares of the panel)."""
    widths = _THIN + (_THICK - _THIN) * npmi / npmi.max()
    lines = LineCollection(
        list(ends), colors=_LINK, linewidths=widths, transform=axes.transAxes, zorder=1
    )
    axes.add_collection(lines, autolim=False)


def _draw_circles(axes: Axes, circles: pd.DataFrame) -> None:
    """A circle a term, its community in it."""
    # Pale, for the number to be read; only ten can be told apart, and no more need be.
    pale = [
        tuple(0.45 * part + 0.55 for part in colour) for colour in sns.color_palette("colorblind")
    ]
    colours = [pale[(community - 1) % len(pale)] for community in circles["community"]]
    axes.scatter(
        circles["x"], circles["y"], s=area(_RADIUS), c=colours,
        edgecolors=INK, linewidths=0.5, zorder=3,
    )  # fmt: skip
    for x, y, community in circles[["x", "y", "community"]].itertuples(index=False):
        axes.text(x, y, str(community), ha="center", va="center_baseline", zorder=4)
