"""Figures of the topic tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.colors import Normalize
from matplotlib.figure import Figure

from textlab.errors import TableError
from textlab.output.figures.cells import draw_cells
from textlab.output.figures.lettering import display, words
from textlab.output.figures.panels import Panels, draw_panels
from textlab.output.figures.plan import Cells
from textlab.output.style import house_style
from textlab.schema import check


@house_style()
def topic_terms(
    topics: pd.DataFrame,
    *,
    top: int = 8,
    language: Literal["zh", "en"] = "zh",
    labels: Mapping[str, str] | None = None,
) -> Figure:
    """The ``top`` terms of every topic with their probabilities, one panel a topic.

    ``topics`` has one row for each topic and rank. Panels bear the topic's number and label
    and are on one scale. ``labels`` gives terms and labels of the table the wording to show, and
    so the terms within a label. Raises :class:`TableError` if the table is empty.
    """
    found = check(topics, "topics")
    if found.empty or top < 1:
        raise TableError(f"a figure of topics wants topics and a top of 1 or more, found "
                         f"{len(found)} rows and top={top}")  # fmt: skip
    groups = [group.nsmallest(top, "rank") for _, group in found.groupby("topic")]
    word = words(language)
    return draw_panels(
        Panels(
            titles=[f"{word['topic']} {title}" for title in _titles(found, labels, language)],
            names=[display(group["term"], labels, language=language) for group in groups],
            lengths=[group["probability"].to_numpy() for group in groups],
            value_title=word["probability"],
        )
    )


@house_style()
def topic_shares(
    shares: pd.DataFrame,
    topics: pd.DataFrame,
    *,
    language: Literal["zh", "en"] = "zh",
    labels: Mapping[str, str] | None = None,
) -> Figure:
    """How much of each place (or document) each topic takes, as a heat map of percentages.

    ``shares`` is ``topic_by_place`` or ``topic_by_document``; ``topics`` gives the labels, which
    are listed under the matrix (twenty topics have no twenty colours that can be told apart,
    least of all in grey). Rows stand by their largest topic, then by its share: like next to
    like. ``labels`` gives places, documents, topic labels and the terms in these the wording to
    show. Raises :class:`TableError` if a table is empty or a topic is not in ``topics``.
    """
    by = "place" if "place" in shares.columns else "doc_id"
    table = check(shares, "topic_by_place" if by == "place" else "topic_by_document")
    if table.empty:
        raise TableError("a figure of topic shares wants one place or document, found none")
    named = check(topics, "topics")
    unknown = sorted(set(table["topic"]) - set(named["topic"]))
    if unknown:
        raise TableError(f"the topics {unknown} have shares, but no row in the table 'topics'")
    wide = _by_largest(table.pivot(index=by, columns="topic", values="share") * 100)
    word = words(language)
    kept = named[named["topic"].isin(wide.columns)]
    return draw_cells(
        Cells(
            values=wide.to_numpy(dtype=np.float64),
            rows=display(wide.index, labels, language=language),
            columns=[str(topic) for topic in wide.columns],
            number=lambda share: f"{share:.0f}",
            norm=Normalize(0.0, float(np.nanmax(wide.to_numpy(), initial=0.0)) or 1.0),
            row_title=word[by],
            column_title=word["topic"],
            value_title=word["share"],
            key=_titles(kept, labels, language),
        )
    )


def _by_largest(wide: pd.DataFrame) -> pd.DataFrame:
    """The rows of ``wide`` by the number of their largest topic, its share falling, name."""
    largest = wide.fillna(-1.0).round(9)
    first, share = largest.idxmax(axis=1), largest.max(axis=1)
    return wide.loc[sorted(wide.index, key=lambda name: (first[name], -share[name], name))]


def _worded(label: str, labels: Mapping[str, str]) -> str:
    """The wording of ``label``, or of the terms that ``fit_topics`` joined in it."""
    terms = label.split("·")
    if label in labels or not any(term in labels for term in terms):
        return labels.get(label, label)
    return " · ".join(labels.get(term, term) for term in terms)


def _titles(topics: pd.DataFrame, labels: Mapping[str, str] | None, language: str) -> list[str]:
    """Number and label of each topic, by number."""
    first = topics.sort_values(["topic", "rank"]).drop_duplicates("topic")
    worded = [_worded(label, labels or {}) for label in first["label"]]
    shown = display(worded, language=language)
    return [f"{number}  {label}" for number, label in zip(first["topic"], shown, strict=True)]
