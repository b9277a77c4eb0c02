from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.keyness_tables import make_corpus
from tests.topic_models import model_of
from textlab.errors import UnknownNameError
from textlab.schema import check, empty
from textlab.tokens.groups import column_of
from textlab.topics.by_period import period_shares
from textlab.topics.by_place import group_shares

MODEL = model_of([[1.0, 0.0], [0.0, 1.0]], ["产业", "生态"])
DATES = ["2023", "2023-05", "2023-05-12", "2024-01", "2024-01-03", "2024-02", ""]


def corpus() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Seven documents of a place, dated as far as ``DATES`` go."""
    texts = [{"产业": n + 1, "生态": 8} for n in range(7)]
    counts, paragraphs = make_corpus({"岚江市": texts})
    rows = pd.DataFrame({"doc_id": paragraphs["doc_id"], "date": DATES})
    documents = pd.concat([empty("documents"), rows]).fillna("").assign(file=rows["doc_id"])
    return counts, paragraphs, documents


def test_period_shares_by_hand() -> None:
    counts, paragraphs, documents = corpus()
    made = period_shares(MODEL, counts, paragraphs, documents)
    assert made["period"].tolist() == ["2023", "2023", "2024", "2024"]
    np.testing.assert_allclose(made["share"], [6 / 30, 24 / 30, 15 / 39, 24 / 39], rtol=1e-12)
    # The document without a date is in no year.
    assert made["documents"].tolist() == [3, 3, 3, 3]
    assert (made["reason"] == "").all()
    assert ((made["low"] < made["share"]) & (made["share"] < made["high"])).all()
    check(made, "topic_by_period")


def test_period_shares_are_those_of_any_group() -> None:
    counts, paragraphs, documents = corpus()
    made = period_shares(MODEL, counts, paragraphs, documents, period="month")
    assert made["period"].unique().tolist() == ["2023-05", "2024-01", "2024-02"]
    groups = column_of(paragraphs, documents, "month")
    same = group_shares(MODEL, counts, paragraphs, by=groups).rename(columns={"group": "period"})
    pd.testing.assert_frame_equal(made, same)
    assert made["reason"].iloc[0] == "2 documents: interval over 2 paragraphs, for these texts only"


def test_no_dates_and_no_such_period() -> None:
    counts, paragraphs, documents = corpus()
    none = period_shares(MODEL, counts, paragraphs, documents.assign(date=""))
    assert none.empty
    check(none, "topic_by_period")
    with pytest.raises(UnknownNameError, match="no column 'week' to group by"):
        period_shares(MODEL, counts, paragraphs, documents, period="week")
