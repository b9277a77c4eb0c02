"""Topics as figures name them, and those that are greyed as they do not replicate."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from textlab.errors import TableError
from textlab.output.figures.bars import Flags
from textlab.output.figures.lettering import display
from textlab.output.style import QUIET
from textlab.schema import check

REPLICATES = 0.5
"""A topic that a smaller share of the replicates has is greyed."""

FAINT, FAINT_BAR = "#9a9a9a", "#d6d6d6"
"""Dots and lines of greyed topics, and their bars."""


def topic_titles(
    topics: pd.DataFrame,
    labels: Mapping[str, str] | None,
    language: str,
    doubtful: Collection[int] = (),
) -> dict[int, str]:
    """Number and label of each topic, by number, from columns ``topic`` and ``label``.

    Those that are ``doubtful`` have a star, which a copier cannot lose. ``labels`` reach the
    terms that are joined in an automatic label, too.
    """
    first = topics.drop_duplicates("topic").sort_values("topic")
    shown = display([_worded(label, labels or {}) for label in first["label"]], language=language)
    numbers = first["topic"].tolist()
    return {n: f"{starred(n, doubtful)}  {text}" for n, text in zip(numbers, shown, strict=True)}


def starred(number: int, doubtful: Collection[int]) -> str:
    """The number of a topic, with a star if it is ``doubtful``."""
    return f"{number}*" if number in doubtful else f"{number}"


def _worded(label: str, labels: Mapping[str, str]) -> str:
    """The wording of ``label``, or of the terms that ``fit_topics`` joined in it."""
    terms = label.split("·")
    if label in labels or not any(term in labels for term in terms):
        return labels.get(label, label)
    return " · ".join(labels.get(term, term) for term in terms)


def doubtful_topics(quality: pd.DataFrame | None, topics: Iterable[int]) -> set[int]:
    """Those of ``topics`` that replicate in less than half of the refits.

    ``quality`` is the table ``topic_quality``; without it, or where it has no value, no topic is
    doubtful. Raises :class:`TableError` if it lacks one of the topics: it is another model's.
    """
    if quality is None:
        return set()
    table = check(quality, "topic_quality")
    drawn = set(topics)
    unknown = sorted(drawn - set(table["topic"]))
    if unknown:
        raise TableError(f"the topics {unknown} are to be drawn, but have no row in the table "
                         "'topic_quality'; it is of another model")  # fmt: skip
    return drawn & set(table.loc[table["replication"] < REPLICATES, "topic"])


def unsure_intervals(rows: pd.DataFrame) -> Flags:
    """Which ``rows`` have an interval, and a ``reason`` to read it with care."""
    told = rows["reason"].fillna("") != ""
    flags: Flags = (told & rows[["low", "high"]].notna().all(axis=1)).to_numpy()
    return flags


def grey_panels(figure: Figure, numbers: Sequence[int], doubtful: Collection[int]) -> None:
    """Grey the panels of ``doubtful`` topics: one panel for each of ``numbers``, in order."""
    for number, axes in zip(numbers, figure.axes, strict=True):
        if number in doubtful:
            fade_marks(axes)
            fade_title(axes)


def fade_marks(axes: Axes) -> None:
    """Grey all bars, dots and lines that are on ``axes`` by now."""
    for patch in axes.patches:
        patch.set_facecolor(FAINT_BAR)
    for line in axes.lines:
        _fade_line(line)
    for part in axes.collections:
        part.set_color(FAINT)
    for text in axes.texts:
        ground = text.get_bbox_patch()
        if ground is not None:
            ground.set_facecolor(FAINT_BAR)


def _fade_line(line: Line2D) -> None:
    hollow = line.get_markerfacecolor() == "white"
    line.set_color(FAINT)
    line.set_markeredgecolor(FAINT)
    line.set_markerfacecolor("white" if hollow else FAINT)


def fade_title(axes: Axes) -> None:
    """Grey the title of ``axes``, which stands on the left."""
    wanted = axes.get_title("left")
    fade_texts(text for text in axes.findobj(Text) if isinstance(text, Text)
               and text.get_text() == wanted)  # fmt: skip


def fade_texts(texts: Iterable[Text]) -> None:
    """Grey some ``texts``."""
    for text in texts:
        text.set_color(QUIET)
