"""How well topics foresee words that they have not seen: likelihood of document completion."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_array

from textlab.errors import ModelError
from textlab.seeds import derive_seed
from textlab.topics.lda import posterior
from textlab.topics.variational import Floats
from textlab.topics.vocabulary import UnitTerms

# Cells (counts x topics) that are held at once: 16 MB.
_CELLS = 2**21


class Halves(NamedTuple):
    """The tokens of units in two halves: CSR arrays of counts (units x terms)."""

    seen: Any
    hidden: Any


class Completion(NamedTuple):
    """What a model says of the hidden half of each unit, both of shape (units,).

    ``loglik`` is the natural logarithm of its probability, ``tokens`` their number: 0, with a
    likelihood of 0, for a unit of one token, which has nothing to complete. Nats per token of
    some units are the sum of the one by the sum of the other.
    """

    loglik: Floats
    tokens: Floats


def split(data: UnitTerms, seed: int = 0) -> Halves:
    """Half of each unit's tokens, rounded down, hidden; which ones is drawn at random.

    Each unit has a seed of its own, made from ``seed`` and its name, so it is split the same way
    for every model, in any company and in any order. Drawing is of tokens, not of terms: a term
    that stands in a unit twice may be all in one half. To deal a term's tokens out evenly would
    show a model the hidden words.
    """
    matrix = data.matrix
    hidden = np.zeros(matrix.nnz)
    for row, unit in enumerate(data.units):
        part = slice(matrix.indptr[row], matrix.indptr[row + 1])
        counts = matrix.data[part].astype("int64")
        drawn = np.random.default_rng(derive_seed(seed, "held out", unit))
        hidden[part] = drawn.multivariate_hypergeometric(counts, counts.sum() // 2)
    return Halves(*(_without_zeros(matrix, values) for values in (matrix.data - hidden, hidden)))


def _without_zeros(matrix: Any, values: Floats) -> Any:
    made = csr_array((values, matrix.indices, matrix.indptr), shape=matrix.shape, copy=True)
    made.eliminate_zeros()
    return made


def completion(data: UnitTerms, topic_term: Floats, alpha: Floats, *, seed: int = 0) -> Completion:
    """The likelihood of half of each unit's tokens, given the other half.

    The shares of a unit are the mean of their posterior after the half that is seen, the topics
    taken as known. Meaningful for units that the model was not fitted to, and between models of
    the same vocabulary and the same units.

    Source: document completion in Wallach, Murray, Salakhutdinov & Mimno (2009), 'Evaluation
    methods for topic models', ICML.
    """
    return complete(split(data, seed), topic_term, alpha)


def complete(halves: Halves, topic_term: Floats, alpha: Floats) -> Completion:
    """:func:`completion` of units that are split already, as for many models one after another."""
    gamma = posterior(halves.seen, topic_term, alpha)
    return hidden_likelihood(halves.hidden, gamma / gamma.sum(axis=1, keepdims=True), topic_term)


def hidden_likelihood(hidden: Any, shares: Floats, topic_term: Floats) -> Completion:
    """The likelihood of counts ``hidden`` (units x terms), given shares (units x topics).

    Rows of ``shares`` and of ``topic_term`` (topics x terms) are probabilities. ModelError where
    a hidden term has none: a factorisation has zeros, and wants to be smoothed first.
    """
    _check_shapes(hidden, shares, topic_term)
    row = np.repeat(np.arange(hidden.shape[0]), np.diff(hidden.indptr))
    by_term = np.ascontiguousarray(topic_term.T)
    logarithm = np.zeros(hidden.nnz)
    step = max(1, _CELLS // max(len(topic_term), 1))
    for at in range(0, hidden.nnz, step):
        part = slice(at, at + step)
        probability = np.einsum("ck,ck->c", shares[row[part]], by_term[hidden.indices[part]])
        _check_positive(probability, row[part], hidden.indices[part])
        logarithm[part] = np.log(probability)
    by_unit = (
        np.bincount(row, values, minlength=len(shares)).astype("float64")
        for values in (hidden.data * logarithm, hidden.data)
    )
    return Completion(*by_unit)


def _check_shapes(hidden: Any, shares: Floats, topic_term: Floats) -> None:
    wanted = (len(shares), topic_term.shape[1])
    if hidden.shape != wanted or shares.shape[1] != len(topic_term):
        raise ModelError(
            f"shares {shares.shape} and topics {topic_term.shape} want hidden counts of shape "
            f"{wanted}, found {hidden.shape}"
        )


def _check_positive(probability: Floats, row: Any, column: Any) -> None:
    wrong = ~(probability > 0)
    if wrong.any():
        at = int(wrong.argmax())
        raise ModelError(
            f"row {row[at]}: the topics give the hidden term of column {column[at]} the "
            f"probability {probability[at]}; smooth them so that it is above 0"
        )
