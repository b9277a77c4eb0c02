"""Hierarchical clusters of places or documents, and how often resampled texts have them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.cluster import hierarchy

from textlab.analysis.similarity_pairs import Of, Options, Pairs, measure_pairs
from textlab.analysis.similarity_reasons import branch_reason
from textlab.schema import arrange, empty
from textlab.statistics.measures import Floats

BETWEEN = " | "
"""What stands between the members of a cluster."""


def clusters(
    counts: pd.DataFrame,
    *,
    of: Of = "place",
    reference: pd.DataFrame | None = None,
    paragraphs: pd.DataFrame | None = None,
    by: str | pd.Series | None = None,
    resamples: int = 200,
    seed: int = 0,
) -> pd.DataFrame:
    """The tree of places (or documents, ``of="doc_id"``) by likeness: the table ``clusters``.

    Average linkage on 1 - cosine of tf-idf, the leaves in optimal order (Bar-Joseph et al. 2001):
    those next to each other are as alike as the tree allows. The options are those of
    :func:`~textlab.analysis.similarity.compare_places`.

    A row a join, from the most alike to the whole: ``cluster``, its number; ``left`` and
    ``right``, the name of a unit, or ``#`` and the number of an earlier cluster; ``size``, the
    number of its members; ``height``, the mean distance between the two branches; ``members``,
    as the leaves stand, with " | " between; ``reason``. Where distances are equal (to 12 digits),
    the names' order decides. Units without words are not in the tree, which the last row says;
    fewer than two units with words give no rows.

    ``support`` is the share of ``resamples`` in which a cluster has exactly these members
    (Felsenstein 1985), 1 for the whole tree; NaN where nothing is resampled. Resamples are those
    of the intervals, documents of places with two or more, otherwise paragraphs. It is no
    probability that the cluster is true: it is too low for many members and where noise makes
    resampled texts less alike (Shimodaira 2002), and one unit that wanders lowers the support of
    all clusters it passes through. A low value means that other texts of this length would give
    another tree.
    """
    options = Options(of, reference, paragraphs, by, resamples, seed)
    return cluster_table(measure_pairs(counts, options))


def cluster_table(pairs: Pairs) -> pd.DataFrame:
    """The table ``clusters`` of pairs that are measured."""
    units = np.flatnonzero(pairs.words)
    if len(units) < 2:
        return empty("clusters")
    joins = linkage(pairs.values["cosine"][_within(pairs)], ordered=True)
    branches = _branches(joins)
    names = [str(name) for name in pairs.units[units]]
    labels = [*names, *(f"#{number}" for number in range(1, len(names)))]
    reasons = [branch_reason(pairs, units[branch]) for branch in branches]
    absent = pairs.units[~pairs.words]
    if len(absent):
        left_out = f"no words, not in the tree: {', '.join(absent)}"
        reasons[-1] = "; ".join(filter(None, [reasons[-1], left_out]))
    columns = {
        "of": pairs.of,
        "cluster": range(1, len(names)),
        "left": [labels[int(one)] for one in joins[:, 0]],
        "right": [labels[int(other)] for other in joins[:, 1]],
        "size": joins[:, 3].astype("int64"),
        "height": joins[:, 2],
        "support": _support(pairs, branches),
        "members": [BETWEEN.join(names[unit] for unit in branch) for branch in branches],
        "reason": reasons,
    }
    return arrange(pd.DataFrame(columns), "clusters")


def linkage(cosine: Floats, *, ordered: bool = False) -> Floats:
    """Average linkage on 1 - ``cosine`` (pairs of the upper triangle, row by row).

    Rounded to 12 digits, so that ties are ties whatever the order of sums.
    """
    distance = np.clip(1 - cosine, 0, None).round(12)
    joins: Floats = hierarchy.linkage(distance, "average", optimal_ordering=ordered)
    return joins


def _within(pairs: Pairs) -> NDArray[np.bool_]:
    """The pairs of which both have words."""
    a, b = np.triu_indices(len(pairs.units), 1)
    known: NDArray[np.bool_] = pairs.words[a] & pairs.words[b]
    return known


def _branches(joins: Floats) -> list[NDArray[np.intp]]:
    """The members of each cluster, left before right."""
    found = [np.array([leaf]) for leaf in range(len(joins) + 1)]
    for one, other in joins[:, :2].astype(int):
        found.append(np.concatenate([found[one], found[other]]))
    return found[len(joins) + 1 :]


def _support(pairs: Pairs, branches: list[NDArray[np.intp]]) -> Floats:
    """The share of resamples that have each of these branches."""
    if not pairs.resampled:
        return np.full(len(branches), np.nan)
    row = {frozenset(branch.tolist()): at for at, branch in enumerate(branches)}
    found = np.zeros(len(branches))
    draws = pairs.draws["cosine"][_within(pairs)]
    for cosine in draws.T:
        held = (row.get(frozenset(branch.tolist()), -1) for branch in _branches(linkage(cosine)))
        found[[at for at in held if at >= 0]] += 1
    found /= draws.shape[1]
    return found
