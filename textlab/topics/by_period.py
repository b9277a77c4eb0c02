"""Topic shares of years or months, with intervals."""

from __future__ import annotations

import pandas as pd

from textlab.schema import arrange
from textlab.tokens.groups import column_of
from textlab.topics.by_place import group_shares
from textlab.topics.model import TopicModel


def period_shares(
    model: TopicModel,
    counts: pd.DataFrame,
    paragraphs: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    period: str = "year",
    units: pd.Series | None = None,
) -> pd.DataFrame:
    """Table ``topic_by_period``: period, topic, share, low, high, documents, reason.

    :func:`~textlab.topics.by_place.group_shares` by the ``period`` (year, month, or any column)
    of the documents' dates; documents whose date does not say it are left out. A difference
    between periods may be one of who published what in each: compare like with like.
    """
    groups = column_of(paragraphs, documents, period)
    shares = group_shares(model, counts, paragraphs, by=groups, units=units)
    return arrange(shares.rename(columns={"group": "period"}), "topic_by_period")
