"""The trust card of each topic: coherence, prevalence, and whether it replicates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Unpack

import numpy as np
import pandas as pd

from textlab.errors import ModelError
from textlab.schema import arrange
from textlab.statistics.measures import jensen_shannon
from textlab.topics.carriers import carriers, prevalence
from textlab.topics.coherence import TOP, Windows, exclusivity, topic_npmi, topic_umass, windows
from textlab.topics.labels import top_terms
from textlab.topics.matching import MATCHED, match
from textlab.topics.model import TopicModel, check_k
from textlab.topics.options import Fit, Options, fit_options, is_whole
from textlab.topics.replicates import clusters_of, documents_of, replicates
from textlab.topics.variational import Floats
from textlab.topics.vocabulary import UnitTerms, positive_counts, unit_terms
from textlab.workers import Workers

FEW = {0: "carried by no document", 1: "carried by 1 document"}
# A topic that fewer of the replicates have is not to be built on.
RELIABLE = 0.5
# The options of fit_topics that say what the vocabulary is.
VOCABULARY = ("min_units", "max_share", "keep")


def topic_quality(
    model: TopicModel,
    counts: pd.DataFrame,
    *,
    documents: pd.Series[str] | None = None,
    places: pd.Series[str] | None = None,
    tokens: pd.DataFrame | None = None,
    bootstraps: int = 20,
    workers: Workers | None = None,
    **options: Unpack[Options],
) -> pd.DataFrame:
    """Table ``topic_quality``: how far each topic of ``model`` can be trusted.

    ``counts`` and ``options`` are those that the model was fitted with (of the latter those of
    the vocabulary have no part: it is the model's). ``documents`` and ``places`` are Series
    indexed by unit: the document that a unit belongs to, by default itself, and its place, "" for
    none. Where documents are too few (:func:`~textlab.topics.replicates.clusters_of`), bootstraps
    and intervals are those of units, and ``reason`` says so.

    ``npmi``, ``umass``, ``exclusivity``
        of the topic's ten top terms; see :mod:`textlab.topics.coherence`. NPMI is that of windows
        of 10 of ``tokens``, or without these, of units.
    ``prevalence``, ``low``, ``high``
        the topic's share of all tokens, and its interval from how documents differ, the topics
        taken as known (:mod:`textlab.topics.carriers`). From 0 to 1 for a single unit.
    ``replication``
        the share of the ``replicates`` (``bootstraps`` of documents) in which a topic shares half
        of its 20 top terms with this one (Jaccard 1/3), partners being one to one. Below a half,
        do not build on the topic. ``overlap`` is the mean Jaccard with the partner.
    ``nearest``, ``nearest_distance``
        the topic whose words are most like it, and the Jensen-Shannon distance of their
        distributions, 0 to 1; 0 and 1 where there is no other.
    ``documents``, ``places``
        how many carry it: those where its share is at least half of its prevalence, and five
        words or more; no places where none are given.

    :class:`ModelError`, :class:`UnknownNameError`: what the data cannot give.
    """
    if not is_whole(bootstraps) or bootstraps < 2:
        raise ModelError(f"bootstraps wants a whole number of 2 or more, found {bootstraps!r}")
    data, words = _words(model, counts)
    named = documents_of(data, documents)
    drawn = clusters_of(data, named)
    overlaps = _overlaps(model, data, named, int(bootstraps), options, workers)
    tops = top_terms(model.topic_term, model.vocabulary, TOP)
    columns = {
        "topic": model.numbers,
        "label": model.labels,
        "npmi": topic_npmi(tops, company(data, tokens)),
        "umass": topic_umass(tops, data),
        "exclusivity": exclusivity(model.topic_term, model.vocabulary),
        **prevalence(words, drawn.code)._asdict(),
        "replication": (overlaps >= MATCHED).mean(axis=0),
        "overlap": overlaps.mean(axis=0),
        "replicates": len(overlaps),
        **_nearest(model),
        "documents": carriers(words, named),
        "places": carriers(words, _places(data, places)),
    }
    return _with_reasons(pd.DataFrame(columns), several=len(set(named)) > 1, drawn=drawn.reason)


def _overlaps(
    model: TopicModel,
    data: UnitTerms,
    documents: list[str],
    bootstraps: int,
    options: Options,
    workers: Workers | None,
) -> Floats:
    """The overlap of each topic with its partner in each refit (refits x topics)."""
    fit, seed = _fit(model, data, options), int(options.get("seed", model.seed))
    refits = replicates(data, fit, documents, bootstraps, seed=seed, workers=workers)
    tops = top_terms(model.topic_term, model.vocabulary)
    found = (top_terms(one.topic_term, model.vocabulary) for one in refits)
    return np.array([match(tops, again).overlaps for again in found])


def fit_as(k: int, options: Mapping[str, Any]) -> Fit:
    """``options`` of ``fit_topics`` checked, without those of the vocabulary."""
    return fit_options(k, **{name: options[name] for name in options if name not in VOCABULARY})


def company(data: UnitTerms, tokens: pd.DataFrame | None) -> Windows:
    """The windows in which terms keep company: those of ``tokens``, or the units of ``data``."""
    if tokens is not None:
        return windows(tokens, data.vocabulary)
    columns = data.matrix.tocsc()
    columns.sort_indices()
    units = columns.indices.astype(np.int32)
    return Windows(len(data.units), columns.indptr.astype(np.intp), units, units)


def _fit(model: TopicModel, data: UnitTerms, options: Options) -> Fit:
    """How the model was fitted, as ``options`` say."""
    fit = fit_as(model.k, {"seed": model.seed, **options})
    check_k(fit, data)
    return fit


def _words(model: TopicModel, counts: pd.DataFrame) -> tuple[UnitTerms, Floats]:
    """The units of ``counts``, and the expected tokens of each topic in each (units x k)."""
    data = unit_terms(positive_counts(counts), model.vocabulary)
    if not data.units:
        raise ModelError(
            f"no unit of table 'counts' has any of the {len(model.vocabulary)} terms of the model"
        )
    said = model.posterior(counts)
    return data, said.shares * said.tokens[:, np.newaxis]


def _nearest(model: TopicModel) -> dict[str, Any]:
    """The number of the most similar topic of each, and how far it is."""
    if model.k < 2:
        return {"nearest": [0], "nearest_distance": [1.0]}
    away = np.array([jensen_shannon(row, model.topic_term) for row in model.topic_term])
    np.fill_diagonal(away, np.inf)
    nearest = away.argmin(axis=1)
    return {
        "nearest": [model.numbers[row] for row in nearest],
        "nearest_distance": away.min(axis=1),
    }


def _places(data: UnitTerms, places: pd.Series[str] | None) -> list[str]:
    if places is None:
        return [""] * len(data.units)
    if places.index.has_duplicates:
        twice = places.index[places.index.duplicated()][0]
        raise ModelError(f"places wants one place a unit; '{twice}' is there twice")
    return places.reindex(data.units).fillna("").astype(str).tolist()


def _with_reasons(table: pd.DataFrame, *, several: bool, drawn: str) -> pd.DataFrame:
    """What stands against building on each topic; ``several``: there are two documents or more."""
    made = []
    for replication, documents in zip(table["replication"], table["documents"], strict=True):
        share = f"{100 * replication:.0f} %"
        said = [
            f"replicates in {share} of bootstraps: do not build on it"
            if replication < RELIABLE
            else "",
            FEW.get(documents, "") if several else "",
            drawn,
        ]
        made.append("; ".join(part for part in said if part))
    return arrange(table.assign(reason=made), "topic_quality")
