"""Correspondence analysis: which terms set which places apart, in few dimensions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from textlab.schema import arrange
from textlab.statistics.matrix import unit_term_matrix
from textlab.statistics.measures import Floats

_SHOWN = 2  # dimensions of the table of points
# A singular value is at most 1, and rounding leaves some 1e-15 of one that is 0.
_LEAST = 1e-10


class Correspondence(NamedTuple):
    """The tables ``correspondence`` and ``correspondence_inertia``."""

    points: pd.DataFrame
    inertia: pd.DataFrame


def correspondence(
    counts: pd.DataFrame,
    *,
    terms: Iterable[str] | None = None,
    min_count: int = 5,
    min_place: int = 20,
) -> Correspondence:
    """Correspondence analysis of the table ``counts``, whose units are places (or documents).

    Analysed are the terms (of ``terms``, if given) with ``min_count`` counts or more in the
    places analysed, and the places with ``min_place`` or more of these terms: a profile of a few
    counts is chance, and lies far out. What is left out has no row. The count of a term is
    compared with what it would be if all places used all terms in the same proportions: with
    P = n / total, r and c its row and column sums, the matrix (P - r c') / sqrt(r c') of
    standardised residuals is decomposed into singular values d, left and right vectors
    (Greenacre 2017, *Correspondence Analysis in Practice*, 3rd ed., appendix A).

    ``points``, of places and of terms: ``n``; ``mass``, the share of the total; ``inertia_share``,
    the point's part of the total inertia (both sum to 1 within a kind); ``dim_1`` and ``dim_2``,
    principal coordinates; ``contribution_*``, the point's part of a dimension's inertia (sums to 1
    within a kind); ``quality``, the share of its squared distance from the origin (the average
    profile) that the two dimensions show. ``inertia``, of every dimension: ``inertia`` (d squared;
    they sum to chi-squared / total), its ``share``, and ``cumulative``.

    Distances between places, and between terms, are chi-squared distances; from a place to a
    term there is none: only the direction from the origin can be read. The sign of a dimension is
    a convention (the place farthest out, the first by name of equals, is positive). One place
    with words of its own can make a dimension by itself: see its ``contribution_*``. Nothing is
    tested; counts are taken as they are, so leave copies out.

    With fewer than three places or terms there is one dimension: every ``dim_2`` is 0 and
    ``contribution_2`` missing. With one, or where all places use all terms in the same
    proportions, there is none: all coordinates are 0, the shares, contributions and qualities
    missing, and ``inertia`` has no row. Where two dimensions have the same inertia, which is
    which is arbitrary. Same values for any order of rows.
    """
    places, names, n = _table(counts, terms, min_count, min_place)
    if not n.size:
        return _tables(_points("place", places, n), _points("term", names, n), np.zeros(0))
    mass = n / n.sum()
    rows, columns = mass.sum(axis=1), mass.sum(axis=0)
    expected = np.outer(rows, columns)
    residuals = (mass - expected) / np.sqrt(expected)
    left, values, right = np.linalg.svd(residuals, full_matrices=False)
    kept = values > _LEAST
    values = values[kept]
    row_points = left[:, kept] * values / np.sqrt(rows)[:, np.newaxis]
    column_points = right[kept].T * values / np.sqrt(columns)[:, np.newaxis]
    signs = _signs(row_points)
    return _tables(
        _points("place", places, n, row_points * signs),
        _points("term", names, n.T, column_points * signs),
        np.square(values),
    )


def _table(
    counts: pd.DataFrame, terms: Iterable[str] | None, min_count: int, min_place: int
) -> tuple[pd.Index[str], pd.Index[str], Floats]:
    """The places and terms with counts enough, and these (places x terms)."""
    places, names, n = unit_term_matrix(counts)
    if terms is not None:
        chosen = names.isin(list(terms))
        names, n = names[chosen], n[:, chosen]
    while True:
        often = n.sum(axis=0) >= max(min_count, 1)
        n = n[:, often]
        much = n.sum(axis=1) >= max(min_place, 1)
        n, names, places = n[much], names[often], places[much]
        if often.all() and much.all():
            return places, names, n.toarray().astype("float64")


def _signs(points: Floats) -> Floats:
    """1 or -1 for each dimension: what makes the point that lies farthest out positive."""
    far = np.abs(points)
    first = (far >= far.max(axis=0, initial=0.0) * (1 - 1e-9)).argmax(axis=0)
    signs: Floats = np.sign(points[first, np.arange(points.shape[1])])
    return signs


def _points(
    kind: str, names: pd.Index[str], n: Floats, points: Floats | None = None
) -> pd.DataFrame:
    """The rows of one kind; ``n`` has a row each, ``points`` (rows x dimensions) too."""
    points = np.zeros((len(names), 0)) if points is None else points
    count = n.sum(axis=1)
    mass = count / max(count.sum(), 1)
    squared = np.square(points)
    inertia = mass[:, np.newaxis] * squared
    shown = np.zeros((len(names), _SHOWN))
    contribution = np.full((len(names), _SHOWN), np.nan)
    here = min(_SHOWN, points.shape[1])
    shown[:, :here] = points[:, :here]
    contribution[:, :here] = inertia[:, :here] / inertia[:, :here].sum(axis=0)
    with np.errstate(invalid="ignore"):
        share = inertia.sum(axis=1) / inertia.sum()
        quality = squared[:, :_SHOWN].sum(axis=1) / squared.sum(axis=1)
    cells = {"kind": kind, "name": names, "n": count, "mass": mass, "inertia_share": share}
    for at in range(_SHOWN):
        cells[f"dim_{at + 1}"] = shown[:, at]
        cells[f"contribution_{at + 1}"] = contribution[:, at]
    return pd.DataFrame(cells | {"quality": quality})


def _tables(places: pd.DataFrame, terms: pd.DataFrame, inertia: Floats) -> Correspondence:
    share = inertia / inertia.sum() if inertia.size else inertia
    dimensions = {
        "dimension": np.arange(1, len(inertia) + 1),
        "inertia": inertia,
        "share": share,
        "cumulative": np.cumsum(share),
    }
    return Correspondence(
        arrange(pd.concat([places, terms], ignore_index=True), "correspondence"),
        arrange(pd.DataFrame(dimensions), "correspondence_inertia"),
    )
