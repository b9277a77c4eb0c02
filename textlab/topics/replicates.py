"""Fits repeated on documents drawn at random, and from other random numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from textlab.errors import ModelError, UnknownNameError
from textlab.seeds import derive_seed
from textlab.statistics.bootstrap import bootstrap_weights
from textlab.statistics.sampling import enough
from textlab.topics.lda import Fitted, train
from textlab.topics.options import Fit, fit_options
from textlab.topics.variational import Floats
from textlab.topics.vocabulary import UnitTerms
from textlab.workers import Task, Workers


class Clusters(NamedTuple):
    """What a bootstrap draws: documents, or the units themselves.

    ``code`` (units,) says to which of ``total`` clusters, in the order of their names, each unit
    belongs. ``reason`` says why units are drawn though documents were given, else it is "".
    """

    code: NDArray[np.intp]
    total: int
    reason: str = ""

    def weights(self, number: int, seed: int) -> Floats:
        """How often each unit stands in bootstrap ``number``: as often as its cluster is drawn.

        The draw depends on the names of the clusters, the seed and the number, on nothing else.
        """
        rng = np.random.default_rng(derive_seed(seed, "topic replicates", str(number)))
        times: Floats = bootstrap_weights(self.total, resamples=1, rng=rng)[self.code, 0]
        return times


def documents_of(data: UnitTerms, documents: pd.Series[str] | None) -> list[str]:
    """The document of each unit of ``data`` by a Series indexed by unit; itself without one."""
    if documents is None:
        return data.units
    missing = sorted(set(data.units) - set(documents.index))
    if missing:
        raise UnknownNameError(
            f"documents wants a document for every unit; missing for {len(missing)}, "
            f"the first '{missing[0]}'"
        )
    if documents.index.has_duplicates:
        twice = documents.index[documents.index.duplicated()][0]
        raise ModelError(f"documents wants one document a unit; '{twice}' is there twice")
    return documents.loc[data.units].astype(str).tolist()


def clusters_of(data: UnitTerms, documents: Sequence[str]) -> Clusters:
    """The documents (units,) of the units of ``data``, or where they are too few, the units.

    Documents are enough where there are three or more, and not one or two of them with nearly
    all of the text (:func:`~textlab.statistics.sampling.enough`).
    """
    units = len(data.units)
    if len(documents) != units:
        raise ModelError(f"wanted a document for each of {units} units, found {len(documents)}")
    names, code = np.unique(np.asarray(documents, dtype=object), return_inverse=True)
    if len(names) == units or enough(np.bincount(code, data.tokens)):
        return Clusters(code.astype(np.intp), len(names))
    noun = "1 document" if len(names) == 1 else f"{len(names)} documents"
    if len(names) > 2:
        noun += ", of which one or two have nearly all of the text"
    # The units of a UnitTerms stand in the order of their names.
    return Clusters(np.arange(units), units, f"{noun}: units are drawn instead")


def replicates(
    data: UnitTerms,
    fit: Fit,
    clusters: Sequence[str],
    count: int,
    *,
    seed: int = 0,
    workers: Workers | None = None,
) -> list[Fitted]:
    """``count`` refits of ``fit``, each to as many documents as there are, drawn with replacement.

    ``clusters`` (units,) names the document of each unit. Where these are too few
    (:func:`clusters_of`) units are drawn: the refits then tell how topics hold within these texts,
    not what other texts would give. The vocabulary stays that of all of ``data``; topics come in
    any order. Each refit has random numbers of its own. The same for any number of ``workers``.
    Source: Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 8.
    """
    drawn = clusters_of(data, clusters)
    samples = (
        (in_sample(data, drawn.weights(number, seed), fit.k), replicate_fit(fit, number))
        for number in range(count)
    )
    return _refits(samples, workers)


def random_starts(
    data: UnitTerms, fit: Fit, count: int, *, workers: Workers | None = None
) -> list[Fitted]:
    """``count`` fits to all of ``data``, each from random numbers of its own."""
    every = np.ones(len(data.units))
    return _refits((((data, every), random_fit(fit, number)) for number in range(count)), workers)


def replicate_fit(fit: Fit, number: int) -> Fit:
    """``fit`` with random numbers of its own for replicate ``number``."""
    return replace(fit, seed=derive_seed(fit.seed, "replicate", str(number)))


def random_fit(fit: Fit, number: int) -> Fit:
    """``fit`` from random numbers, with the passes and the prior that such a fit has."""
    if fit.start != "random":
        usual = fit_options(fit.k, start="random", alpha=fit.alpha, seeded=fit.seeded)
        fit = replace(usual, seed=fit.seed)
    return replace(fit, seed=derive_seed(fit.seed, "random start", str(number)))


def in_sample(data: UnitTerms, weights: Floats, k: int) -> tuple[UnitTerms, Floats]:
    """The units whose weight is above 0, and their weights.

    Without the others, these tell a fit nothing, not even in how many units a term is.
    """
    drawn = weights > 0
    # Fewer units than topics cannot start them; with units of weight 0 beside them they can.
    if drawn.all() or np.count_nonzero(drawn) < k:
        return data, weights
    units = [unit for unit, there in zip(data.units, drawn, strict=True) if there]
    return UnitTerms(units, data.vocabulary, data.matrix[drawn]), weights[drawn]


def refit(data: UnitTerms, weights: Floats, fit: Fit) -> Fitted:
    """:func:`~textlab.topics.lda.train`, in the order of :func:`in_sample`."""
    return train(data, fit, weights)


def _refits(
    samples: Iterable[tuple[tuple[UnitTerms, Floats], Fit]], workers: Workers | None
) -> list[Fitted]:
    tasks = (Task((*sample, fit), dict) for sample, fit in samples)
    return list((workers or Workers()).map(refit, tasks))
