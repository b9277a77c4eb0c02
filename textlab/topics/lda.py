"""gensim's LDA, made quiet and reproducible; arrays go in and arrays come out."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from gensim.models import LdaModel
from threadpoolctl import threadpool_limits

from textlab.errors import ModelError
from textlab.seeds import derive_seed
from textlab.topics.start import nmf_start
from textlab.topics.vocabulary import UnitTerms

PASSES = {"nmf": 3, "random": 10}

# Tighter than gensim's 50 and 0.001, at little cost: shares then hardly depend on the draw that
# inference starts from.
INFERENCE = {"iterations": 2000, "gamma_threshold": 1e-6}


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


def train(
    data: UnitTerms, k: int, *, seed: int, start: str, passes: int | None
) -> tuple[np.ndarray, np.ndarray]:
    """Topics as distributions over terms, shape (k, terms), and alpha, shape (k,).

    Batch variational Bayes (Hoffman, Blei & Bach 2010, algorithm 1).
    """
    fit_seed = derive_seed(seed, "topics")
    bags = data.bags()
    with threadpool_limits(1), _quiet():
        model = LdaModel(
            id2word=dict(enumerate(data.vocabulary)),
            num_topics=k,
            random_state=fit_seed,
            dtype=np.float64,
            # One chunk and one update a pass are not yet a batch fit: gensim would still mix
            # each pass with the ones before it. With decay 0 the new one counts in full.
            chunksize=len(bags),
            update_every=0,
            decay=0.0,
            # Would infer all units once more in each pass, for a line in the log.
            eval_every=None,
            # One topic leaves nothing to learn; gensim divides nothing by nothing.
            alpha="auto" if k > 1 else "symmetric",
            # 1 / k. gensim 4.4 does learn an eta when told "auto", but never uses it: its
            # state keeps the first one. The topics are the same to the last bit.
            eta="symmetric",
        )
        if start == "nmf":
            model.state.sstats[...] = nmf_start(data.matrix, k, seed=fit_seed)
            model.sync_state()
        model.update(bags, passes=passes or PASSES[start])
    weights = model.state.get_lambda()
    topic_term = weights / weights.sum(axis=1, keepdims=True)
    if not (np.isfinite(topic_term).all() and np.isfinite(model.alpha).all()):
        raise ModelError(f"the fit of k = {k} topics did not stay finite; choose a smaller k")
    return topic_term, np.array(model.alpha)


def infer_shares(
    data: UnitTerms, topic_term: np.ndarray, alpha: np.ndarray, *, seed: int
) -> np.ndarray:
    """The topic shares of each unit, shape (units, k); rows sum to 1.

    Each unit on its own, from a random state made of ``seed`` and its name, so that it does not
    matter which other units are inferred. The topics are taken as known (their means).
    """
    k, terms = topic_term.shape
    shares = np.empty((len(data.units), k))
    with threadpool_limits(1):
        model = _rebuilt(topic_term, alpha, terms)
        for row, (unit, bag) in enumerate(zip(data.units, data.bags(), strict=True)):
            model.random_state = np.random.RandomState(derive_seed(seed, "topics", unit))
            gamma, _ = model.inference([bag])
            shares[row] = gamma[0] / gamma[0].sum()
    return shares


def _rebuilt(topic_term: np.ndarray, alpha: np.ndarray, terms: int) -> Any:
    names = {term: str(term) for term in range(terms)}
    model = LdaModel(
        id2word=names,
        num_topics=len(alpha),
        alpha=alpha,
        random_state=0,
        dtype=np.float64,
        **INFERENCE,
    )
    model.expElogbeta = topic_term
    return model
