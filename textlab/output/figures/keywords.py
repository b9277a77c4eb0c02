"""Figures of the keyword tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.colors import PowerNorm
from matplotlib.figure import Figure

from textlab.errors import TableError, UnknownNameError
from textlab.output.figures.cells import draw_cells
from textlab.output.figures.lettering import display, printable, words
from textlab.output.figures.panels import Panels, draw_panels
from textlab.output.figures.plan import Cells
from textlab.output.style import house_style
from textlab.schema import check
from textlab.sections import FEW_TOKENS

_FEW = 12  # as many names still find room side by side


@house_style()
def keyword_heatmap(
    keywords: pd.DataFrame,
    *,
    top: int = 25,
    by: str = "place",
    language: Literal["zh", "en"] = "zh",
    labels: Mapping[str, str] | None = None,
) -> Figure:
    """How often each place says each keyword, as a heat map.

    ``keywords`` is a table of ``keyword_frequencies``, ``by`` the column it was made by
    (``place``, ``doc_id``, ``year``...). Cells are occurrences per 10,000 tokens. Shown are the
    ``top`` keywords by total count, ties by name, none of which is 0 throughout. They are ordered
    by mean rate; so are places, other groups by name. The longer side goes down the page. Places
    of fewer than 1,000 tokens stand last, with their number of tokens, and have no part in the
    order of the keywords.

    Numbers from 10 on are whole, a 0 is none at all, and cells too narrow for numbers have none.
    Colours follow the square root of the rate, lest one frequent keyword leave all others pale;
    grey is no rate. ``labels`` gives names of the table the wording to show. Raises
    :class:`TableError` if there are fewer than two places or no keyword was found,
    :class:`UnknownNameError` if ``by`` is no column.
    """
    table = _checked(keywords, by)
    rates, sides = _rates(table, top, by), (by, "keyword")
    if len(rates) < 2:
        raise TableError(f"a keyword heat map wants two or more of '{by}', found {len(rates)}")
    if len(rates) <= min(_FEW, len(rates.columns) - 1):
        rates, sides = rates.T, sides[::-1]
    values = rates.to_numpy(dtype=np.float64)
    names = [
        _named(names, table, by, labels, language)
        if side == by
        else display(names, labels, language=language)
        for names, side in zip((rates.index, rates.columns), sides, strict=True)
    ]
    return draw_cells(
        Cells(
            values=values,
            rows=names[0],
            columns=names[1],
            number=_short,
            norm=PowerNorm(0.5, 0.0, float(np.nanmax(values))),
            row_title=_title(sides[0], language),
            column_title=_title(sides[1], language),
            value_title=words(language)["rate_colour"],
        )
    )


@house_style()
def keyword_bars(
    keywords: pd.DataFrame,
    *,
    top: int = 12,
    by: str = "place",
    language: Literal["zh", "en"] = "zh",
    labels: Mapping[str, str] | None = None,
) -> Figure:
    """How often each place says each keyword, as bars with 95 % intervals.

    One panel a keyword, one bar a place, all on one scale: occurrences per 10,000 tokens. A
    line goes from ``ci_low`` to ``ci_high``; where these are missing or equal there is none. It
    is pale and dashed where the row has a ``reason`` (few documents, paragraphs of one document).
    The scale is that of the bars, and of the intervals without a reason; others stretch it to
    twice the longest bar at most, and places of fewer than 1,000 tokens do not (of a keyword that
    these never use no line is drawn). What goes beyond the axes is cut at an arrow, a bar with its
    number, and a remark below says so.

    ``keywords``, ``top``, ``by``, the order and ``labels`` are those of
    :func:`keyword_heatmap`. Raises :class:`TableError` if no keyword was found,
    :class:`UnknownNameError` if ``by`` is no column.
    """
    table = _checked(keywords, by)
    rates = _rates(table, top, by)
    wide = table.pivot(index=by, columns="keyword").reindex(rates.index)
    low, high = (wide[side][rates.columns].to_numpy().T for side in ("ci_low", "ci_high"))
    minor = rates.index.isin(list(_small(table, by)))
    # Of what a small place never says, the interval is a bound that says nothing.
    nowhere = (rates.to_numpy().T == 0) & minor
    low, high = (np.where(nowhere, np.nan, side) for side in (low, high))
    unsure = (wide["reason"][rates.columns].fillna("") != "").to_numpy().T
    known, said = ~np.isnan(low + high), words(language)
    return draw_panels(
        Panels(
            titles=display(rates.columns, labels, language=language),
            names=[_named(rates.index, table, by, labels, language)] * len(rates.columns),
            lengths=list(rates.to_numpy().T),
            intervals=list(np.stack([low, high], axis=1)),
            shared=True,
            row_title=_title(by, language),
            value_title=said["rate_interval" if known.any() else "rate"],
            minor=minor,
            unsure=list(unsure & known),
            cut_note=said["cut"].format(FEW_TOKENS),
            unsure_note=said["unsure"],
        )
    )


def category_bars(
    categories: pd.DataFrame,
    *,
    top: int = 12,
    by: str = "place",
    language: Literal["zh", "en"] = "zh",
    labels: Mapping[str, str] | None = None,
) -> Figure:
    """How often each place uses the terms of each category of the lexicon, with 95 % intervals.

    ``categories`` is the table ``category_by_group``, of which the rows of ``by`` are drawn as
    :func:`keyword_bars` draws keywords; ``labels`` names categories and groups. A category has as
    much as its list of terms: compare places, not categories. Raises :class:`TableError` if no
    category was found, :class:`UnknownNameError` if the table has no rows of ``by``.
    """
    table = check(categories, "category_by_group")
    if by not in set(table["by"]):
        available = ", ".join(sorted(table["by"].unique()))
        raise UnknownNameError(f"no categories by '{by}'; there are: {available}")
    rows = table[table["by"] == by].drop(columns="by")
    named = rows.rename(columns={"group": by, "category": "keyword"})
    filled = named.assign(category="", nested=0, overlapped=0)
    if by == "doc_id":
        filled["place"] = ""
    return keyword_bars(filled, top=top, by=by, language=language, labels=labels)


def _checked(keywords: pd.DataFrame, by: str) -> pd.DataFrame:
    """``keywords`` if it is a table by ``by``."""
    if by not in keywords.columns:
        available = ", ".join(map(str, keywords.columns))
        raise UnknownNameError(f"no column '{by}' to draw keywords by; there are: {available}")
    if by == "doc_id":
        return check(keywords, "keyword_by_document")
    others = keywords.drop(columns="place" if by != "place" else [], errors="ignore")
    return check(others.rename(columns={by: "place"}), "keyword_by_place").rename(
        columns={"place": by}
    )


def _rates(table: pd.DataFrame, top: int, by: str) -> pd.DataFrame:
    """Rates per 10,000 tokens, ``by`` x keyword, of the keywords to show, in their order."""
    totals = table.groupby("keyword")["count"].sum().sort_index()
    ranked = totals[totals > 0].sort_values(ascending=False, kind="stable").index[: max(top, 0)]
    if ranked.empty:
        raise TableError(
            f"no keyword to draw: {len(totals)} in the table, {int((totals > 0).sum())} with a "
            f"count above 0, top={top}"
        )
    kept = table[table["keyword"].isin(ranked)]
    rates = kept.pivot(index=by, columns="keyword", values="per_10k").sort_index()
    small = rates.index.isin(list(_small(table, by)))
    rows = list(rates.index)
    if by == "place":
        rows = _falling(rates[~small].mean(axis=1)) + _falling(rates[small].mean(axis=1))
    surer = rates if small.all() else rates[~small]
    return rates.loc[rows, _falling(surer.mean(axis=0))]


def _small(table: pd.DataFrame, by: str) -> dict[str, int]:
    """The tokens of each group that has so few that one occurrence is a high rate."""
    sizes = table.groupby(by)["tokens" if by == "doc_id" else "tokens_unique"].max()
    return {str(name): int(size) for name, size in sizes.items() if size < FEW_TOKENS}


def _named(
    names: pd.Index, table: pd.DataFrame, by: str, labels: Mapping[str, str] | None, language: str
) -> list[str]:
    """The groups as they are to be read, those with few tokens together with their number."""
    small = _small(table, by)
    shown = display(names, labels, language=language)
    few = words(language)["few"]
    return [
        label + (few.format(small[str(name)]) if str(name) in small else "")
        for name, label in zip(names, shown, strict=True)
    ]


def _falling(means: pd.Series) -> list[str]:
    """Names by falling value, ties by name; those without a value last."""
    filled = means.fillna(-1.0).round(9)
    return sorted(filled.index, key=lambda name: (-filled[name], name))


def _title(side: str, language: str) -> str:
    return words(language).get(side, printable(side))


def _short(rate: float) -> str:
    """``rate`` in at most three characters, up to 999: 0, 0.3, 4.6, 12, 103."""
    if rate == 0:
        return "0"
    return f"{rate:.1f}" if rate < 9.95 else f"{rate:.0f}"
