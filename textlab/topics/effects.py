"""How topic shares differ with what is known of the documents: places, years, kinds of text."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from textlab.errors import ModelError, StudyError, UnknownNameError
from textlab.schema import arrange
from textlab.statistics.discovery import false_discovery_rates
from textlab.topics.effects_covariates import unit_covariates
from textlab.topics.effects_design import KINDS, Design, design
from textlab.topics.effects_estimates import Shares, estimates
from textlab.topics.effects_formula import Term, parse
from textlab.topics.effects_regression import Regression
from textlab.topics.effects_shares import mean_by_row, row_weights, unshrunken
from textlab.topics.effects_table import Sizes, effects_table, left_out
from textlab.topics.lda import posterior
from textlab.topics.model import TopicModel
from textlab.topics.options import is_whole
from textlab.topics.variational import Floats
from textlab.topics.vocabulary import UnitTerms, positive_counts, unit_terms


def estimate_effects(
    formula: str,
    model: TopicModel,
    counts: pd.DataFrame,
    covariates: pd.DataFrame,
    *,
    documents: pd.Series[str] | None = None,
    draws: int = 100,
    resamples: int = 1000,
    seed: int = 0,
    topics: Collection[int] | None = None,
) -> pd.DataFrame:
    """Table ``topic_effects``: by how much topic shares differ with covariates.

    ``formula`` is "prevalence ~ place + year" or "place + year"; +, : and *, parentheses and
    C(name), a column of numbers read as groups, are known, a name with spaces stands in backquotes.
    ``counts`` (unit, term, n) are of the units that the shares are of. ``covariates`` is the table
    of documents, or one with a row a unit: indexed by unit, or with a column unit, para_id or
    doc_id; ``year`` and ``month`` come from ``date``. Of a unit ``document@place`` the place is
    that of its name. ``documents`` (Series by unit) says what is one document, where neither names
    of units nor covariates do. ``topics`` are the numbers of the topics to report.

    Columns: ``kind`` is "coefficient" ("year": change of the share by a year; "place: 乐山市":
    difference from the group ``reference``) or "contrast" ("place: 乐山市 - 成都市", for all pairs,
    other covariates being equal; none of a column that stands in interactions only).
    ``estimate``, ``se`` and all bounds are differences of shares (.05 is five points); ``units``
    and ``documents`` are those compared. Bounds hold 95 %:

    - ``low``, ``high``: errors by document, corrected for few documents (CR2), with Student's t of
      as many degrees of freedom as they are worth; ``p`` is of the same t, and ``q`` its false
      discovery rate over all rows of a kind;
    - ``low_simultaneous``, ``high_simultaneous``: wide enough for all rows of a kind of one topic
      to hold together (max-t);
    - ``low_composition``, ``high_composition`` around ``estimate_composition``: the method of
      composition, with ``draws`` of the shares from their posteriors;
    - ``low_bootstrap``, ``high_bootstrap``: percentiles over ``resamples`` draws of documents.

    A document's shares are those of its units together, by tokens; documents count alike, but for
    those too short to say much. Shares are estimated without a prior: posterior shares lean to a
    common mean, short units most, so differences of them (and the method of composition) are too
    small. Rows whose bounds cannot be given have NaN, and ``reason`` says why. Units without
    a covariate or without any term of the model are left out; ``left_out`` says how many and why.

    Validity: topics are taken as known, and documents as independent of each other. ``make
    evaluate`` prints how often each of the bounds holds; those of a bootstrap are too close for
    few documents. Where topics are estimated from the same few texts, differences come out
    somewhat too large. They are of these texts, not caused by what they are regressed on.

    StudyError, UnknownNameError, TableError and ModelError name what cannot be read or done.
    Sources: Roberts, Stewart & Airoldi (2016) (composition); Pustejovsky & Tipton (2018)
    (errors); Hothorn, Bretz & Westfall (2008) (simultaneous intervals).
    """
    _check_options(draws, resamples)
    terms, chosen = parse(formula), _chosen(model, topics)
    data = _data(terms, model, counts, covariates, documents)
    # The last bits of sums depend on how many threads there are.
    with threadpool_limits(1):
        table = _estimated(data, model, draws=draws, resamples=resamples, seed=seed)
    table = _of_topics(table, model, chosen).assign(left_out=data.left_out)
    return arrange(table, "topic_effects")


def _estimated(
    data: _Data, model: TopicModel, *, draws: int, resamples: int, seed: int
) -> pd.DataFrame:
    """The rows of all topics, which are numbered by position."""
    plain = unshrunken(data.units.matrix, model.topic_term, data.prevalence)
    shares = Shares(np.asarray(data.to_rows @ plain.shares), data.gamma, data.to_rows)
    x, effects = data.design.matrix, data.design.effects
    weights = row_weights(x, shares.shares, data.tokens, plain.noise)
    wanted = np.array([effect.weights for effect in effects]).reshape(-1, x.shape[1])
    regression = Regression(x, weights, data.document, wanted)
    kinds = np.array([effect.kind for effect in effects], dtype=object)
    families = [kinds == kind for kind in KINDS]
    found = estimates(regression, shares, families, draws=draws, resamples=resamples, seed=seed)
    sizes = Sizes(data.to_rows, data.document)
    return effects_table(data.design, regression, found, sizes, plain.told)


@dataclass(frozen=True, eq=False)
class _Data:
    """Units that are regressed, and the rows they make: one a document and set of covariates."""

    units: UnitTerms
    gamma: Floats
    prevalence: Floats
    to_rows: Any
    tokens: Floats
    document: NDArray[np.intp]
    design: Design
    left_out: str


def _data(
    terms: list[Term],
    model: TopicModel,
    counts: pd.DataFrame,
    covariates: pd.DataFrame,
    documents: pd.Series[str] | None,
) -> _Data:
    units = unit_terms(positive_counts(counts), model.vocabulary)
    if not units.units:
        raise ModelError("no unit of the counts has a term of the model")
    names = list(dict.fromkeys(factor.name for term in terms for factor in term))
    known = unit_covariates(units.units, covariates, names, documents)
    there = (known.values != "").all(axis=1).to_numpy()
    if not there.any():
        raise ModelError(f"no unit of the counts has all of the covariates {', '.join(names)}")
    units = UnitTerms(
        [unit for unit, kept in zip(units.units, there, strict=True) if kept],
        units.vocabulary,
        units.matrix[there],
    )
    values, document = known.values[there], known.document[there]
    # By name, so that the draws belong to documents and not to where they stand.
    by_row = values.assign(**{"": document}).groupby(["", *names], sort=True)
    row = by_row.ngroup().to_numpy().astype(np.intp)
    to_rows, tokens = mean_by_row(row, units.tokens)
    first = np.unique(row, return_index=True)[1]
    gamma = posterior(units.matrix, model.topic_term, model.alpha)
    shares = gamma / gamma.sum(axis=1, keepdims=True)
    return _Data(
        units,
        gamma,
        units.tokens @ shares / units.tokens.sum(),
        to_rows,
        tokens,
        pd.factorize(document.iloc[first], sort=True)[0].astype(np.intp),
        design(values.iloc[first].reset_index(drop=True), terms),
        left_out(known, model.without_vocabulary(counts)),
    )


def _of_topics(table: pd.DataFrame, model: TopicModel, chosen: list[int]) -> pd.DataFrame:
    """Numbers and labels of topics for their positions, and q over what is chosen."""
    labels = dict(zip(model.numbers, model.labels, strict=True))
    table = table.assign(topic=table["topic"].map(dict(enumerate(model.numbers))))
    table = table[table["topic"].isin(chosen)].assign(label=table["topic"].map(labels))
    # In an order of its own, as groupby would give an empty table other columns.
    q = np.full(len(table), np.nan)
    for kind in KINDS:
        of_kind = (table["kind"] == kind).to_numpy()
        q[of_kind] = false_discovery_rates(table["p"].to_numpy()[of_kind])
    return table.assign(q=q)


def _chosen(model: TopicModel, topics: Collection[int] | None) -> list[int]:
    unknown = [topic for topic in topics or () if topic not in model.numbers]
    if unknown:
        there = ", ".join(map(str, model.numbers))
        raise UnknownNameError(f"no topic {unknown[0]}; there are: {there}")
    return list(model.numbers if topics is None else topics)


def _check_options(draws: int, resamples: int) -> None:
    for name, number in (("draws", draws), ("resamples", resamples)):
        if not is_whole(number) or number < 0 or number == 1:
            raise StudyError(f"{name} wants a whole number of 2 or more, or 0, found {number!r}")
