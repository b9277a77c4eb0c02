"""Topic models with given words, for tests that want no fit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from textlab.topics.model import TopicModel
from textlab.topics.store import Parts, write_parts


def model_of(
    topic_term: Sequence[Sequence[float]] | np.ndarray,
    vocabulary: Sequence[str],
    *,
    prevalence: Sequence[float] | None = None,
    numbers: Sequence[int] | None = None,
    labels: Sequence[str] | None = None,
) -> TopicModel:
    """A model with these topics: equally prevalent, numbered from 1, labelled ``label 1``..."""
    terms = np.array(topic_term, dtype="float64")
    k = len(terms)
    given = list(numbers or range(1, k + 1))
    shares = {"unit": "str", "topic": "int64", "share": "float64", "low": "float64"}
    parts = Parts(
        vocabulary=list(vocabulary),
        topic_term=terms,
        alpha=np.full(k, 0.1),
        prevalence=np.array(prevalence if prevalence is not None else [1 / k] * k),
        numbers=given,
        labels=list(labels or (f"label {number}" for number in given)),
        document_topics=pd.DataFrame(columns=[*shares, "high"]).astype(shares),
        seed=0,
    )
    with TemporaryDirectory() as folder:
        write_parts(Path(folder), parts)
        return TopicModel.load(folder)
