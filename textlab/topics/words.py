"""The words of topics by three measures, none of which shows a topic alone."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from textlab.errors import ModelError
from textlab.schema import arrange
from textlab.topics.labels import TOP, frex, lift, top_terms
from textlab.topics.model import TopicModel
from textlab.topics.options import is_whole
from textlab.topics.variational import Floats

# Lift looks at the terms that make up so much of a topic: beyond are those that stand two or
# three times, and the rarest of them would lead.
CORE = 0.5


def topic_words(model: TopicModel, *, top: int = TOP) -> pd.DataFrame:
    """The first ``top`` terms of each topic by probability, by FREX and by lift.

    Table ``topic_words``: topic, label, by (``probability``, ``frex``, ``lift``), rank, term,
    value. Probability shows what a topic consists of, terms that all topics share among them;
    FREX (Bischof & Airoldi 2012) is the harmonic mean, weighted .3 to .7, of a term's ranks by
    probability and by exclusivity, as shares of the vocabulary; lift is how many times as
    probable the term is in the topic as in all texts. Ties go by name.

    Lift alone leads with terms that stand three times, all in one topic. It is given for
    the core of a topic only: its most probable terms that make up half of it, at least ``top``
    of them. Of a topic with a small core, which has few tokens or many common phrases, the list
    by lift is the one by probability in other order. Values of small topics are rough.
    """
    if not is_whole(top) or top < 1:
        raise ModelError(f"top wants a whole number of 1 or more, found {top!r}")
    lifted = np.where(_core(model, top), lift(model.topic_term, model.prevalence), -np.inf)
    measures = {"probability": model.topic_term, "frex": frex(model.topic_term), "lift": lifted}
    rows = [
        (number, label, by, rank, model.vocabulary[column], values[row, column])
        for by, values in measures.items()
        for row, (number, label, columns) in enumerate(
            zip(model.numbers, model.labels, top_terms(values, model.vocabulary, top), strict=True)
        )
        for rank, column in enumerate(columns, start=1)
    ]
    names = ["topic", "label", "by", "rank", "term", "value"]
    return arrange(pd.DataFrame(rows, columns=names), "topic_words")


def _core(model: TopicModel, top: int) -> NDArray[np.bool_]:
    """Whether a term is of the most probable that make up half a topic, or of its ``top``."""
    terms: Floats = model.topic_term
    core = np.zeros(terms.shape, dtype=bool)
    for row, columns in enumerate(top_terms(terms, model.vocabulary, len(model.vocabulary))):
        before = np.cumsum(terms[row, columns]) - terms[row, columns]
        core[row, columns] = (before < CORE) | (np.arange(len(columns)) < top)
    return core
