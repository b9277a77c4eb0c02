"""gensim's LDA, made quiet, quick and reproducible; arrays go in and arrays come out."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np
from gensim.models import LdaModel
from gensim.models.ldamodel import update_dir_prior
from numpy.typing import NDArray
from scipy.special import psi
from threadpoolctl import threadpool_limits

from textlab.errors import ModelError
from textlab.seeds import derive_seed
from textlab.topics.options import Fit
from textlab.topics.start import seeded_start, starting_counts
from textlab.topics.variational import Floats, expected_counts, expected_shares
from textlab.topics.vocabulary import UnitTerms

# Tighter than gensim's 50 and 0.001, at little cost: shares are then those of the equations.
INFERENCE: dict[str, Any] = {"iterations": 2000, "threshold": 1e-6}


class Fitted(NamedTuple):
    """Topics as distributions over terms, shape (k, terms), and alpha, shape (k,)."""

    topic_term: Floats
    alpha: Floats


class _Model(LdaModel):  # type: ignore[misc]
    """gensim's model with the E-step for all units at once, and units that count several times.

    A chunk is the rows of its units. Where ``last`` is given, each pass goes on from where a unit
    was in the pass before; gensim begins again at random each time.
    """

    alpha: Any
    units: UnitTerms
    unit_weights: Floats
    last: Floats | None = None
    rows: NDArray[np.intp]

    def inference(self, chunk: Any, collect_sstats: bool = False) -> tuple[Floats, Floats | None]:
        self.rows = np.asarray(chunk, dtype=np.intp)
        matrix, weights = self.units.matrix[self.rows], self.expElogbeta
        if self.last is None:
            start = self.random_state.gamma(100.0, 0.01, (len(self.rows), self.num_topics))
        else:
            start = self.last[self.rows]
        gamma = expected_shares(
            matrix,
            weights,
            self.alpha,
            start=start,
            iterations=self.iterations,
            threshold=self.gamma_threshold,
        )
        if self.last is not None:
            self.last[self.rows] = gamma
        return gamma, expected_counts(matrix, weights, gamma, self.unit_weights[self.rows])

    def update_alpha(self, gammat: Floats, rho: float) -> Floats:
        weights = self.unit_weights[self.rows]
        log_shares = psi(gammat) - psi(gammat.sum(axis=1, keepdims=True))
        mean = weights @ log_shares / weights.sum()
        self.alpha = update_dir_prior(self.alpha, weights.sum(), mean, rho)
        return np.asarray(self.alpha)


@contextmanager
def _quiet() -> Iterator[None]:
    """gensim advises in warnings to its log ('too few updates'); they would reach stderr."""
    logger = logging.getLogger("gensim.models.ldamodel")

    def drop(record: logging.LogRecord) -> bool:
        return False

    logger.addFilter(drop)
    try:
        yield
    finally:
        logger.removeFilter(drop)


def train(data: UnitTerms, fit: Fit, weights: Floats | None = None) -> Fitted:
    """Topics fitted to ``data``; each unit counts ``weights`` times, by default once.

    From an NMF batch variational Bayes (Hoffman, Blei & Bach 2010, algorithm 1); from random
    numbers the same in chunks (algorithm 2), as gensim has it. Seeded topics come first, in the
    order of ``fit.seeded``.
    """
    seed = derive_seed(fit.seed, "topics")
    times = np.ones(len(data.units)) if weights is None else np.asarray(weights, dtype="float64")
    with threadpool_limits(1), _quiet():
        start = None
        if fit.start == "nmf":
            start = starting_counts(data.matrix, fit.k, seed=seed, weights=times)
        start, boost = seeded_start(data, fit, start, times)
        prior = 1 / fit.k + boost + (0.0 if start is None else fit.prior * start)
        model = _model(data, fit, seed, times, prior)
        if start is not None:
            model.state.sstats[...] = start
            model.sync_state()
            even = data.matrix @ np.ones((len(data.vocabulary), fit.k)) / fit.k
            model.last = model.alpha + even
        # Units that do not count are not read; gensim asks only how many there are.
        model.update(np.flatnonzero(times), passes=fit.passes)
        topics = model.state.get_lambda() if fit.passes else model.state.sstats
    topic_term = topics / topics.sum(axis=1, keepdims=True)
    if not (np.isfinite(topic_term).all() and np.isfinite(model.alpha).all()):
        raise ModelError(f"the fit of k = {fit.k} topics did not stay finite; choose a smaller k")
    return Fitted(topic_term, np.array(model.alpha))


def _model(data: UnitTerms, fit: Fit, seed: int, weights: Floats, prior: Any) -> Any:
    if fit.start == "nmf":
        # One chunk and one update a pass are not yet a batch fit: gensim would still mix
        # each pass with the ones before it. With decay 0 the new one counts in full.
        pace = {"chunksize": len(data.units), "update_every": 0, "decay": 0.0}
    else:
        # A batch does not get away from random numbers in so few passes: all topics stay alike.
        pace = {"chunksize": 2000, "update_every": 1, "decay": 0.5}
    model = _Model(
        id2word=dict(enumerate(data.vocabulary)),
        num_topics=fit.k,
        random_state=seed,
        dtype=np.float64,
        # Would infer all units once more in each pass, for a line in the log.
        eval_every=None,
        # One topic leaves nothing to learn; gensim divides nothing by nothing.
        alpha=fit.alpha if fit.k > 1 else "symmetric",
        # gensim 4.4 does learn an eta when told "auto", but never uses it: its state keeps
        # the first one. The topics are the same to the last bit.
        eta=np.broadcast_to(prior, (fit.k, len(data.vocabulary))).astype("float64"),
        **pace,
    )
    model.units, model.unit_weights = data, weights
    return model


def posterior(matrix: Any, topic_term: Floats, alpha: Floats) -> Floats:
    """gamma (units x topics) of the rows of ``matrix``, the topics taken as known (their means).

    Nothing is drawn at random, and what is said of a unit does not depend on the others.
    """
    with threadpool_limits(1):
        return expected_shares(matrix, topic_term, alpha, **INFERENCE)
