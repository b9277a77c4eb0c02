"""Where a fit starts: topics read off a non-negative factorisation of the tf-idf matrix."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array, diags_array
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.metrics.pairwise import cosine_similarity

from textlab.errors import ModelError
from textlab.topics.options import Fit
from textlab.topics.variational import Floats
from textlab.topics.vocabulary import UnitTerms

# Keeps every term possible in every topic, and a component that came out empty a distribution.
FLOOR = 1e-9
FULL = 30


def starting_counts(matrix: Any, k: int, *, seed: int, weights: Floats) -> Floats:
    """Expected counts of each term in each of ``k`` topics, shape (k, terms).

    The rows of H of ``NMF(init="nndsvd")`` on the tf-idf matrix, each scaled to the same share
    of all tokens. A unit counts ``weights`` times, and one of fewer than ``FULL`` tokens by its
    share of these: as tf-idf gives every unit the same length, formulas of a few words would
    make topics of their own. LDA from here is more coherent and more stable than from random
    numbers, and needs fewer passes. ``k`` must not exceed the smaller side of ``matrix``.
    """
    tokens = np.asarray(matrix.sum(axis=1)).ravel()
    # Rows that stand there w times are rows times the root of w, in a sum of squares.
    root = np.sqrt(weights * np.minimum(tokens / FULL, 1))
    rows = diags_array(root) @ _weighted(matrix)
    # A start need not be exact: ten times sklearn's tolerance halves the time.
    factors = NMF(n_components=k, init="nndsvd", random_state=seed, tol=1e-3)
    # A start need not have converged; and the error of a perfect fit, which sklearn reports and
    # nobody reads here, may be the root of a number just below zero.
    with warnings.catch_warnings(), np.errstate(invalid="ignore"):
        warnings.simplefilter("ignore", ConvergenceWarning)
        factors.fit(rows.tocsr())
    return _scaled(factors.components_, weights @ matrix.sum(axis=1) / k)


def _weighted(matrix: Any) -> Any:
    """tf-idf with 1 + log(tf): a word that one text repeats makes no topic of its own."""
    return csr_array(TfidfTransformer(sublinear_tf=True).fit_transform(matrix))


def _scaled(topics: Floats, tokens: float) -> Floats:
    floored = topics + FLOOR
    return np.asarray(floored / floored.sum(axis=1, keepdims=True) * tokens)


def seeded_start(
    data: UnitTerms, fit: Fit, start: Floats | None, weights: Floats
) -> tuple[Floats | None, Any]:
    """The start with seeded topics first, and what their words have in the prior.

    The word profile of a seeded topic is that of the units that have its words; it takes the
    place of the topic of ``start`` that is most like it, half and half. In the prior each of its
    words stands as often as in the texts, as if all of these had been read as the topic's: half
    of what the texts can say. ``start`` is None where a fit starts at random.
    """
    if not fit.seeded:
        return start, 0.0
    chosen = [_columns(data, name, words) for name, words in fit.seeded.items()]
    totals = np.asarray(weights @ data.matrix).ravel()
    boost = np.zeros((fit.k, len(data.vocabulary)))
    for row, columns in enumerate(chosen):
        boost[row, columns] = totals[columns]
    if start is None:
        return None, boost
    tfidf = _weighted(data.matrix)
    bearing = [weights * tfidf[:, columns].sum(axis=1) for columns in chosen]
    profiles = np.array([units @ tfidf for units in bearing])
    likeness = cosine_similarity(profiles, start)
    taken = linear_sum_assignment(-likeness)[1]
    tokens = float(start[0].sum())
    mixed = (_scaled(profiles, tokens) + start[taken]) / 2
    return np.concatenate([mixed, np.delete(start, taken, axis=0)]), boost


def _columns(data: UnitTerms, name: str, words: tuple[str, ...]) -> list[int]:
    known = {term: column for column, term in enumerate(data.vocabulary)}
    found = [known[word] for word in words if word in known]
    if not found:
        raise ModelError(
            f"seeded topic '{name}': none of its {len(words)} words is in the vocabulary of "
            f"{len(known)} terms; leave it out, or lower min_units"
        )
    return found
