"""Shares of topics in documents, not shrunken, and how much each document counts."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from textlab.topics.variational import Floats


class Unshrunken(NamedTuple):
    """``shares`` (units x topics); ``noise``, the variance of a token's, all topics added up.

    ``told`` (topics,): whether a topic is told apart from all others by its words.
    """

    shares: Floats
    noise: float
    told: NDArray[np.bool_]


def unshrunken(matrix: Any, topic_term: Floats, prevalence: Floats) -> Unshrunken:
    """The shares of units by weighted least squares of their words on the topics.

    With w a unit's counts, n their sum, B the topics, m the mean shares and D = diag(m B)::

        y = (w / n) inv(D) B' inv(B inv(D) B')

    The expected words of a unit with shares s are s B, so y is s on average, whatever s is and
    however short the unit: no prior draws it to a mean. (It is one step of Fisher scoring from m,
    and as close as can be to s for a unit with the shares m.) The shares of a unit sum to 1; those
    of a short one may be below 0 or above 1, so y is fit to be averaged, not to be looked at. y of
    several units together is their mean weighted by tokens.
    """
    expected = prevalence @ topic_term
    relative = topic_term / np.where(expected > 0, expected, 1.0)
    inner = relative @ topic_term.T
    inverse = np.linalg.pinv(inner, rcond=1e-9, hermitian=True)
    of_term = relative.T @ inverse
    shares = np.asarray(matrix @ of_term) / np.asarray(matrix.sum(axis=1)).reshape(-1, 1)
    noise = float((expected @ of_term**2 - prevalence**2).sum())
    return Unshrunken(shares, max(noise, 0.0), np.diag(inverse @ inner) > 1 - 1e-6)


def mean_by_row(row: NDArray[np.intp], tokens: Floats) -> tuple[Any, Floats]:
    """What makes rows of units: their means weighted by tokens (sparse), and the rows' tokens."""
    total: Floats = np.bincount(row, tokens).astype("float64")
    shares = tokens / total[row]
    return csr_array((shares, (row, np.arange(len(row))))), total


def row_weights(matrix: Floats, shares: Floats, tokens: Floats, noise: float) -> Floats:
    """How much each row counts: 1 / (variance between rows + ``noise`` / tokens), largest 1.

    The variance between rows is what the residuals of an unweighted regression have beyond noise
    (by moments, all topics added up). So rows count alike, save those of so few tokens that chance
    moves their shares more than documents differ. 1 for all where no residuals are left.

    Source: Kleinman (1973), Journal of the American Statistical Association 68, 46-54.
    """
    u, s, _ = np.linalg.svd(matrix / np.linalg.norm(matrix, axis=0).clip(1e-300), False)
    u = u[:, s > 1e-8 * s.max()]
    left = 1 - (u**2).sum(axis=1)
    if left.sum() < 1e-8 * len(left):
        return np.ones(len(tokens))
    squares = float(((shares - u @ (u.T @ shares)) ** 2).sum())
    between = max((squares - noise * float((left / tokens).sum())) / float(left.sum()), 0.0)
    variance = between + noise / tokens
    if not variance.min() > 0:
        return np.ones(len(tokens))
    return np.asarray(variance.min() / variance)
