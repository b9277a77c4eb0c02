"""Keyness: the terms that a group of texts uses more, or less, than it is compared with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtr

from textlab.analysis.keyness_sides import Sides, one_count, over_documents, sides_of
from textlab.schema import check, empty
from textlab.statistics.discovery import false_discovery_rates
from textlab.statistics.grouping import group_position
from textlab.statistics.measures import (
    Floats,
    log_likelihood,
    log_odds_dirichlet,
    log_ratio,
    rate,
)
from textlab.statistics.sampling import Sample, sample

# The weight of the prior in tokens: with the whole corpus instead, what single groups of many
# say is shrunk to nothing (z of independent words has a standard deviation of .2, here of .8).
PRIOR_TOTAL = 500


def keyness(
    counts: pd.DataFrame,
    *,
    paragraphs: pd.DataFrame | None = None,
    by: str | pd.Series = "place",
    reference: str | None = None,
    min_count: int = 5,
    exclude: Iterable[str] = (),
    min_length: int = 1,
    resamples: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Each group of texts against all others together, or against one of them, term by term.

    ``counts`` by para_id with ``paragraphs`` are added up by a column of ``paragraphs``, or by a
    Series of groups indexed by para_id (``by``); paragraphs without a group are left out, and so
    are copies unless documents are compared (``by="doc_id"``). Without ``paragraphs`` each unit
    of ``counts`` is a group, without intervals and tests over documents. ``reference`` names the
    group to compare all others with.

    Tested are the terms that occur at least ``min_count`` times in all, have at least
    ``min_length`` characters and are not in ``exclude``; the totals are those of all of
    ``counts``, so leaving a term out changes no other term's rate. Every group is tested for
    every such term, also those it never uses: groups x terms rows. One group only gives no rows.
    ``resamples`` and ``seed`` are those of the test over documents.

    Returns the table ``keyness``:

    - ``n_target``, ``n_reference``: counts in both; ``per_10k_*``: per 10,000 tokens of each.
    - ``log_ratio``: how many times as frequent, as a binary log
      (:func:`~textlab.statistics.measures.log_ratio`), with a 95 % interval from how documents
      differ (:func:`~textlab.statistics.intervals.log_ratio_intervals`).
    - ``log_odds_z``: :func:`~textlab.statistics.measures.log_odds_dirichlet`, the prior being 500
      tokens (or as many as all groups have) with the term's share in all groups together;
      ``g2``: :func:`~textlab.statistics.measures.log_likelihood`. Both take words for independent
      draws, which they are not: they rank.
    - ``p_document``: :func:`~textlab.statistics.document_tests.document_tests`. Evidence is this.
    - ``q_g2``, ``q_log_odds`` (z as a normal deviate), ``q_document``: false discovery rates by
      Benjamini and Hochberg (1995), each over all tests of the table.
    - ``dp_target``: Gries' DP, normalised (:func:`~textlab.statistics.measures.dp_norm`), of the
      term over the group's documents, or over its paragraphs where ``reason`` says that the
      interval is over them: 0 is even, near 1 one text repeats the term.
    - ``reason``: why a value is NaN, or what an interval rests on.

    Ordered by group, falling ``log_odds_z``, term. UnknownNameError: no such column or reference.

    Validity: compare groups of the same genre and time, or the difference may be that. What
    a document of several groups says for each of them is taken as independent of what it says for
    the others, which it is not. Of a term that one document repeats the interval may be above 0
    and ``p_document`` high: the interval takes documents to differ in degree, the test does not;
    trust the test, and look at ``dp_target``. ``q_document`` corrects for every test of the
    table: the fewer terms are tested (``min_count``), the less a difference is drowned.
    """
    chosen = _Chosen(min_count, frozenset(exclude), min_length)
    draws = None if paragraphs is None else (resamples, seed)
    return _table(sample(counts, paragraphs, by), reference, chosen, draws)


class _Chosen(NamedTuple):
    """Which terms are tested."""

    min_count: int
    exclude: frozenset[str]
    min_length: int


def _table(
    found: Sample, reference: str | None, chosen: _Chosen, draws: tuple[int, int] | None
) -> pd.DataFrame:
    """The table, with tests over documents if there are ``draws`` (resamples and seed)."""
    against = None if reference is None else group_position(reference, found.groups)
    prior, size = found.n.sum(axis=0), int(found.size.sum())
    kept = _tested(found, chosen)
    part = replace(found, terms=found.terms[kept], n=found.n[:, kept])
    sides = sides_of(part, against)
    if len(found.groups) < 2 or not len(part.terms):
        return empty("keyness")
    cells = _point_values(sides, prior[kept], size)
    if draws is None:
        cells |= one_count(sides)
    else:
        cells |= over_documents(part, sides, against, resamples=draws[0], seed=draws[1])
    cells["q_document"] = false_discovery_rates(cells["p_document"])
    group, term, order = _order(cells["log_odds_z"])
    names = {"group": sides.groups.take(group), "term": part.terms.take(term)}
    ordered = {name: values.ravel()[order] for name, values in cells.items()}
    return check(pd.DataFrame(names | ordered), "keyness")


def _tested(found: Sample, chosen: _Chosen) -> NDArray[np.bool_]:
    """Which terms are tested."""
    terms = found.terms
    kept = (found.n.sum(axis=0) >= chosen.min_count) & ~terms.isin(list(chosen.exclude))
    kept &= np.asarray(terms.str.len() >= chosen.min_length, dtype=bool)
    return np.asarray(kept, dtype=bool)


def _point_values(sides: Sides, prior: NDArray[np.int64], prior_total: int) -> dict[str, Floats]:
    """Rates, measures of difference, and the false discovery rates of those that have one."""
    sizes = sides.size_target, sides.size_reference
    four = sides.n_target, sides.n_reference, *sizes
    known = (sizes[0] > 0) & (sizes[1] > 0)
    g2 = np.where(known, log_likelihood(*four), np.nan)
    weight = min(PRIOR_TOTAL, prior_total)
    pseudo_counts = prior * (weight / max(prior_total, 1))
    z = log_odds_dirichlet(*four, prior=pseudo_counts, prior_total=weight)
    return {
        "n_target": sides.n_target,
        "n_reference": sides.n_reference,
        "per_10k_target": rate(sides.n_target, sizes[0]),
        "per_10k_reference": rate(sides.n_reference, sizes[1]),
        "g2": g2,
        "log_ratio": log_ratio(*four),
        "log_odds_z": z,
        # G² is the square of a normal deviate, and its tail is had at once from that.
        "q_g2": false_discovery_rates(2 * ndtr(-np.sqrt(g2))),
        "q_log_odds": false_discovery_rates(2 * ndtr(-np.abs(z))),
    }


def _order(z: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Group and term of each row of the result, and where its cell stands."""
    group, term = (codes.ravel() for codes in np.indices(z.shape))
    order = np.lexsort((term, -z.ravel(), group))
    return group[order], term[order], order
