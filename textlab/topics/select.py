"""How many topics: held-out likelihood, coherence and stability over a grid of K."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, Unpack

import numpy as np
import pandas as pd

from textlab.errors import ModelError
from textlab.schema import arrange
from textlab.topics.coherence import TOP, Windows, topic_npmi, topic_umass
from textlab.topics.heldout import split
from textlab.topics.matching import match
from textlab.topics.model import check_k, prepare
from textlab.topics.options import Fit, Options, is_whole
from textlab.topics.quality import VOCABULARY, company, fit_as
from textlab.topics.replicates import clusters_of, documents_of
from textlab.topics.select_rule import Estimate, choose, mean_estimate
from textlab.topics.select_trials import Trials, Tried
from textlab.topics.vocabulary import UnitTerms
from textlab.workers import Workers

GRID = (4, 6, 8, 10, 12, 15)
# Of two units one is drawn and the other held out, or nothing is.
LEAST_UNITS = 3


def select_topics(
    counts: pd.DataFrame,
    grid: Sequence[int] | None = None,
    *,
    documents: pd.Series[str] | None = None,
    tokens: pd.DataFrame | None = None,
    replicates: int = 10,
    workers: Workers | None = None,
    **options: Unpack[Options],
) -> pd.DataFrame:
    """Table ``topic_selection``: how each K of ``grid`` does, by six measures, and which to take.

    ``counts`` and ``options`` are those of :func:`~textlab.topics.model.fit_topics`. ``grid`` is
    4, 6, 8, 10, 12 and 15 unless given, as far as the data hold so many units and terms, and no
    fewer than are ``seeded``. ``documents`` says which document each unit belongs to (a Series
    indexed by unit); without it each unit is one. Each K is fitted to all units, to ``replicates``
    bootstraps of documents and from random numbers a fifth as often, at least twice. The bootstraps
    are the same for all K. Where documents are too few to be drawn
    (:func:`~textlab.topics.replicates.clusters_of`) units are: differences then hold within these
    texts. ``measure``:

    ``held_out``
        log-likelihood of document completion in nats a token: of half of the tokens of each unit
        whose document was not drawn, given the other half. The mean of a document over the
        bootstraps without it, of all documents by their tokens. Its standard error is that of
        drawing other documents, however many replicates there are.
    ``npmi``, ``umass``, ``exclusivity``
        means over the topics of a bootstrap: see :mod:`textlab.topics.coherence`. NPMI is that of
        windows of 10 of ``tokens``, or without these, of units.
    ``stability``
        the mean overlap (Jaccard) of the 20 top terms of the topics of all units with their
        partners in a bootstrap: 1/3 is half of the terms.
    ``stability_random``
        the same between fits to all units that differ in random start; over topics, not replicates.

    ``se``, ``low`` and ``high`` (95 %, Student's t) are over ``replicates``, but for the first and
    the last measure. ``chosen`` is 1 for the smallest K whose ``held_out`` is within one standard
    error of the best, of those with a ``stability`` of 1/3 or more (of all if none has that);
    :func:`~textlab.topics.select_rule.selection_reason` says it in words. Held-out likelihood
    often grows with K far beyond what can be read: choose the grid by what you can interpret.

    Raises :class:`ModelError` for what the data cannot give.

    Sources: Wallach et al. (2009); Breiman et al. (1984), section 3.4.3 (one standard error);
    Efron & Tibshirani (1997) (each document by the bootstraps without it); Greene et al. (2014).
    """
    _check_replicates(replicates)
    asked: dict[str, Any] = dict(options)
    data = prepare(counts, **{name: asked[name] for name in VOCABULARY if name in asked})
    fits = _fits(grid, data, asked)
    clusters, seed = clusters_of(data, documents_of(data, documents)), int(asked.get("seed", 0))
    trials = Trials(data, clusters, split(data, seed), int(replicates), seed)
    windows = company(data, tokens)
    made: dict[int, dict[str, Estimate]] = {}
    for k, tried in trials.tried(fits, workers):
        made[k] = {"held_out": trials.held_out(tried), **_measures(tried, windows, data)}
    return _table(made, clusters.reason)


def _table(made: dict[int, dict[str, Estimate]], reason: str) -> pd.DataFrame:
    best = choose(made)
    rows = [
        {"k": k, "measure": measure, **estimate.within(measure)._asdict(), "chosen": int(k == best)}
        for k, measures in made.items()
        for measure, estimate in measures.items()
    ]
    return arrange(pd.DataFrame(rows).assign(reason=reason), "topic_selection")


def _measures(
    tried: Mapping[str, Sequence[Tried]], windows: Windows, data: UnitTerms
) -> dict[str, Estimate]:
    """All measures of one K but held-out likelihood."""
    [whole], bootstraps, starts = (tried[kind] for kind in ("all", "bootstrap", "random"))
    tops = [columns[:TOP] for one in bootstraps for columns in one.tops]
    each = (len(bootstraps), len(whole.tops))
    over = {
        "npmi": topic_npmi(tops, windows).reshape(each).mean(axis=1),
        "umass": topic_umass(tops, data).reshape(each).mean(axis=1),
        "exclusivity": np.array([one.exclusivity for one in bootstraps]),
        "stability": np.array([match(whole.tops, one.tops).overlaps.mean() for one in bootstraps]),
    }
    pairs = [match(one.tops, other.tops).overlaps for one, other in combinations(starts, 2)]
    made = {name: mean_estimate(values, len(values)) for name, values in over.items()}
    # Topics of one fit are taken for independent, pairs of fits are not.
    at_random = mean_estimate(np.concatenate(pairs), len(whole.tops))
    return made | {"stability_random": at_random._replace(replicates=len(starts))}


def _check_replicates(replicates: int) -> None:
    if not is_whole(replicates) or replicates < 2:
        raise ModelError(f"replicates wants a whole number of 2 or more, found {replicates!r}")


def _fits(
    grid: Sequence[int] | None, data: UnitTerms, options: Mapping[str, Any]
) -> dict[int, Fit]:
    """How each K of the grid is fitted, rising."""
    units, terms = len(data.units), len(data.vocabulary)
    if units < LEAST_UNITS or terms < 2:
        raise ModelError(
            f"nothing to choose from: the data hold {units} units and {terms} terms; choosing k "
            f"wants {LEAST_UNITS} units and 2 terms or more"
        )
    limit = min(units, terms)
    asked = _usual(limit, len(options.get("seeded") or ())) if grid is None else list(grid)
    fits = [fit_as(k, options) for k in asked]
    for fit in fits:
        check_k(fit, data)
    # One topic is alike in every fit, and all of its terms are its own.
    if not fits or min(fit.k for fit in fits) < 2:
        raise ModelError(f"grid wants numbers of topics of 2 or more, found {list(asked)}")
    return {fit.k: fit for fit in sorted(fits, key=lambda fit: fit.k)}


def _usual(limit: int, seeded: int) -> list[int]:
    """The grid unless another is given: each seeded topic wants its place."""
    least = max(2, seeded)
    return [k for k in GRID if least <= k <= limit] or list(range(least, limit + 1)) or [least]
