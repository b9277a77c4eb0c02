"""How many topics: coherence over a grid of K, and the smallest that is about as good as any."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from textlab.errors import ModelError
from textlab.schema import arrange
from textlab.topics.coherence import topic_npmi
from textlab.topics.lda import train
from textlab.topics.model import check_k, check_start, prepare
from textlab.topics.vocabulary import UnitTerms

GRID = (4, 6, 8, 10, 12, 15)


def choose_k(
    counts: pd.DataFrame,
    grid: Sequence[int] | None = None,
    *,
    seed: int = 0,
    start: str = "nmf",
    passes: int | None = None,
    min_units: int = 2,
    max_share: float = 0.8,
    keep: Collection[str] = (),
) -> pd.DataFrame:
    """Table ``topic_selection``: k, npmi, npmi_se, chosen; one row for each K of ``grid``.

    ``npmi`` is the mean over topics of the NPMI of their ten top terms, counted on the units of
    ``counts``, and ``npmi_se`` its standard error over topics. ``chosen`` is 1 for the smallest
    K whose mean is within one standard error of the best, else 0. ``grid`` is 4, 6, 8, 10, 12
    and 15 unless given, as far as the data hold so many units and terms; the other options are
    those of ``fit_topics``, whose models these are. Coherence is one view of a model among
    others (Wallach 2009): read the topics before believing it.

    Raises :class:`ModelError` for what the data cannot give.
    """
    data = prepare(counts, min_units=min_units, max_share=max_share, keep=keep)
    check_start(start, passes)
    rows = []
    for k in _grid(grid, data):
        topic_term, _ = train(data, k, seed=seed, start=start, passes=passes)
        values = topic_npmi(topic_term, data)
        rows.append((k, values.mean(), values.std(ddof=1) / np.sqrt(k)))
    table = pd.DataFrame(rows, columns=["k", "npmi", "npmi_se"])
    return arrange(mark_chosen(table), "topic_selection")


def mark_chosen(table: pd.DataFrame) -> pd.DataFrame:
    """k, npmi, npmi_se with ``chosen``: the smallest k within one standard error of the best."""
    ordered = table.sort_values("k", ignore_index=True)
    best = int(ordered["npmi"].argmax())
    enough = ordered["npmi"] >= ordered["npmi"][best] - ordered["npmi_se"][best]
    return ordered.assign(chosen=(ordered.index == int(enough.argmax())).astype("int64"))


def _grid(grid: Sequence[int] | None, data: UnitTerms) -> list[int]:
    """The numbers of topics to try, rising."""
    limit = min(len(data.units), len(data.vocabulary))
    if limit < 2:
        raise ModelError(
            f"nothing to choose from: the data hold {len(data.units)} units and "
            f"{len(data.vocabulary)} terms; choosing k wants 2 of each or more"
        )
    if grid is None:
        return [k for k in GRID if k <= limit] or list(range(2, limit + 1))
    for k in grid:
        check_k(k, data)
    # The coherence of one topic has no standard error.
    if not len(grid) or min(grid) < 2:
        raise ModelError(f"grid wants numbers of topics of 2 or more, found {list(grid)}")
    return sorted({int(k) for k in grid})
