"""Where a fit starts: topics read off a non-negative factorisation of the tf-idf matrix."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfTransformer

# Keeps every term possible in every topic, and a component that came out empty a distribution.
FLOOR = 1e-9


def nmf_start(matrix: Any, k: int, *, seed: int) -> np.ndarray:
    """Expected counts of each term in each of ``k`` topics, shape (k, terms).

    The rows of H of ``NMF(init="nndsvd")`` on the tf-idf matrix, each scaled to the same share
    of all tokens. LDA from here is more coherent and more stable than from random numbers, and
    needs fewer passes. ``k`` must not exceed the smaller side of ``matrix``.
    """
    weights = TfidfTransformer().fit_transform(matrix)
    factors = NMF(n_components=k, init="nndsvd", random_state=seed)
    # A start need not have converged; and the error of a perfect fit, which sklearn reports and
    # nobody reads here, may be the root of a number just below zero.
    with warnings.catch_warnings(), np.errstate(invalid="ignore"):
        warnings.simplefilter("ignore", ConvergenceWarning)
        factors.fit(weights)
    topics = factors.components_ + FLOOR
    counts: np.ndarray = topics / topics.sum(axis=1, keepdims=True) * (matrix.sum() / k)
    return counts
