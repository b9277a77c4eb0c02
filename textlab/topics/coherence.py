"""Topic coherence: how much the top terms of a topic keep each other's company."""

from __future__ import annotations

import numpy as np
from gensim.corpora import Dictionary
from gensim.models import CoherenceModel

from textlab.topics.labels import top_terms
from textlab.topics.vocabulary import UnitTerms

TOP = 10


def topic_npmi(topic_term: np.ndarray, data: UnitTerms, *, top: int = TOP) -> np.ndarray:
    """The mean NPMI of the pairs of the ``top`` terms of each topic, shape (k,), from -1 to 1.

    Two terms are together where a unit has both, whatever the distance (Röder et al. 2015,
    c_npmi of gensim with one window a unit, smoothing 1e-12). Long units make all values
    smaller: compare values of the same units only. Terms in every unit are passed over, as
    they tell nothing of company; a topic with fewer than two other terms counts 0.
    """
    everywhere = np.asarray((data.matrix > 0).sum(axis=0)).ravel() == len(data.units)
    ranked = top_terms(topic_term, data.vocabulary, top=len(data.vocabulary))
    tops = [[column for column in columns if not everywhere[column]][:top] for columns in ranked]
    values = np.zeros(len(tops))
    pairs = [topic for topic, columns in enumerate(tops) if len(columns) > 1]
    if pairs:
        values[pairs] = _npmi([tops[topic] for topic in pairs], data)
    return values


def _npmi(tops: list[list[int]], data: UnitTerms) -> list[float]:
    wanted = {column for columns in tops for column in columns}
    names = data.vocabulary
    texts = [[names[column] for column, _ in bag if column in wanted] for bag in data.bags()]
    model = CoherenceModel(
        topics=[[names[column] for column in columns] for columns in tops],
        texts=texts,
        dictionary=Dictionary(texts),
        coherence="c_npmi",
        # Longer than any text, so that each is one window.
        window_size=1 + max(map(len, texts)),
        topn=max(map(len, tops)),
        processes=1,
    )
    values: list[float] = model.get_coherence_per_topic()
    return values
