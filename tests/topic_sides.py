"""The topic models that ``make bench`` sets beside each other, each as everyone runs it."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Sequence
from importlib import import_module
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from gensim.matutils import Sparse2Corpus
from gensim.models import LdaModel
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfTransformer

from textlab.topics.lda import posterior, train
from textlab.topics.options import fit_options
from textlab.topics.variational import Floats
from textlab.topics.vocabulary import UnitTerms

SEED = 1
GIBBS_ITERATIONS = 1000


class Topics(NamedTuple):
    """Distributions over terms (topics x terms), and the model's own way to shares.

    ``shares`` takes counts (units x terms, CSR) and gives shares (units x topics), rows sum to 1.
    """

    topic_term: Floats
    shares: Callable[[Any], Floats]


Side = Callable[[UnitTerms, int], Topics]


def textlab_side(data: UnitTerms, k: int) -> Topics:
    """What ``tl.fit_topics`` fits."""
    topic_term, alpha = train(data, fit_options(k, seed=SEED))
    return Topics(topic_term, lambda counts: _rows_of_one(posterior(counts, topic_term, alpha)))


def gensim_side(data: UnitTerms, k: int) -> Topics:
    """gensim from random numbers: ten passes, all else as it comes."""
    logging.getLogger("gensim").setLevel(logging.ERROR)
    names = dict(enumerate(data.vocabulary))
    model = LdaModel(_bags(data.matrix), k, names, passes=10, random_state=SEED)

    def shares(counts: Any) -> Floats:
        return _rows_of_one(model.inference(_bags(counts))[0])

    return Topics(_rows_of_one(model.get_topics()), shares)


def tomotopy_side(data: UnitTerms, k: int, iterations: int = GIBBS_ITERATIONS) -> Topics:
    """Collapsed Gibbs sampling with one worker; all else as it comes."""
    # Installed for the benchmark alone: type checks are without it.
    tomotopy: Any = import_module("tomotopy")

    words = data.vocabulary
    model = tomotopy.LDAModel(k=k, seed=SEED)
    for text in words_of(data.matrix, words):
        model.add_doc(text)
    model.train(iterations, workers=1, show_progress=False)
    column = {word: number for number, word in enumerate(data.vocabulary)}
    topic_term = np.zeros((k, len(words)))
    topic_term[:, [column[word] for word in model.used_vocabs]] = [
        model.get_topic_word_dist(topic) for topic in range(k)
    ]

    def shares(counts: Any) -> Floats:
        texts = [model.make_doc(text) for text in words_of(counts, words)]
        return _rows_of_one(model.infer(texts, workers=1)[0])

    return Topics(_rows_of_one(topic_term), shares)


def nmf_side(data: UnitTerms, k: int) -> Topics:
    """sklearn's NMF of the tf-idf matrix as it comes.

    Its rows are no distributions of tokens and mostly zeros. They are scaled to sum to 1, and so
    that what is held out has a likelihood, each gets what LDA gives: 1 / k for each term beside
    its part of all tokens.
    """
    tfidf = TfidfTransformer()
    model = NMF(n_components=k, random_state=SEED)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(tfidf.fit_transform(data.matrix))
    tokens = data.matrix.sum() / k
    topic_term = _rows_of_one(_rows_of_one(model.components_) * tokens + 1 / k)

    def shares(counts: Any) -> Floats:
        weights = model.transform(tfidf.transform(counts))
        weights[weights.sum(axis=1) == 0] = 1.0
        return _rows_of_one(weights)

    return Topics(topic_term, shares)


def _rows_of_one(matrix: Any) -> Floats:
    rows = np.asarray(matrix, dtype="float64")
    return np.asarray(rows / np.maximum(rows.sum(axis=1, keepdims=True), 1e-300))


def _bags(matrix: Any) -> list[list[tuple[int, float]]]:
    return [list(bag) for bag in Sparse2Corpus(matrix, documents_columns=False)]


def words_of(matrix: Any, vocabulary: Sequence[str]) -> list[list[str]]:
    """The words of each row, as often as they are counted."""
    words = np.array(vocabulary, dtype=object)
    times = matrix.data.astype(int)
    ends = matrix.indptr
    return [np.repeat(words[matrix.indices[a:b]], times[a:b]).tolist() for a, b in pairwise(ends)]
