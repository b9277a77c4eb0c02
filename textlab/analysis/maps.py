"""A map of places or documents: those that are alike lie near each other."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.spatial.distance import pdist, squareform
from sklearn.manifold import smacof

from textlab.analysis.measures import Floats
from textlab.analysis.similarity_pairs import Of, Options, Pairs, measure_pairs
from textlab.schema import arrange

# Of the extent of a map: what is no longer than this is rounding.
_SPECK = 1e-9
# The most distances that are computed for a map, so that one of a thousand units ends in time;
# the last rounds change little.
_STEPS = 10**8


def similarity_map(
    counts: pd.DataFrame,
    *,
    of: Of = "place",
    reference: pd.DataFrame | None = None,
    paragraphs: pd.DataFrame | None = None,
    by: str | pd.Series | None = None,
) -> pd.DataFrame:
    """Places (or documents, ``of="doc_id"``) in two dimensions: the table ``similarity_map``.

    Columns ``of``, ``name``, ``x``, ``y`` and ``stress``, the same in all rows. Distances on the
    map come as near as they can to 1 - cosine of tf-idf, the distances of the tree; of the
    Jensen-Shannon distance and of the chord of the cosine, which were tried, maps had more
    stress. Metric multidimensional scaling: the stress is lowered from the classical solution by
    majorisation (SMACOF), without random starts. The options are those of
    :func:`~textlab.analysis.similarity.compare_places`.

    ``stress`` is Kruskal's stress-1, the root of the sum of squared errors of the distances by
    the sum of the squared distances on the map. Kruskal calls .05 good, .1 fair and .2 poor; many
    units that are all about as unlike each other fit no plane (.3 to .4 for 30), and then only
    what the tree supports too should be read from the map. Distances mean something, directions
    do not: the centre is at 0, the widest direction is x, and on each axis the first unit by name
    that is not at 0 is on the positive side.

    One unit is at (0, 0) and two lie on the x axis, with stress 0. A unit without words has no
    place: NaN.

    Sources: Kruskal (1964); Borg and Groenen (2005), chapters 8, 11 and 12.
    """
    options = Options(of, reference, paragraphs, by, resamples=0)
    return map_table(measure_pairs(counts, options))


def map_table(pairs: Pairs) -> pd.DataFrame:
    """The table ``similarity_map`` of pairs that are measured."""
    places = np.full((len(pairs.units), 2), np.nan)
    distance = 1 - pairs.square(pairs.values["cosine"], 1.0)[np.ix_(pairs.words, pairs.words)]
    places[pairs.words] = found = _oriented(_scaled(distance.round(12)))
    columns = {"of": pairs.of, "name": pairs.units, "x": places[:, 0], "y": places[:, 1]}
    return arrange(pd.DataFrame(columns | {"stress": _stress(found, distance)}), "similarity_map")


def _scaled(distance: Floats) -> Floats:
    """Places of least stress for these distances, started from the classical ones."""
    start = _classical(distance)
    if len(distance) < 3 or not distance.any():
        return start
    rounds = max(_STEPS // len(distance) ** 2, 50)
    found: Floats = smacof(
        distance, init=start, n_init=1, max_iter=min(rounds, 3000), eps=1e-10,
        normalized_stress=False,
    )[0]  # fmt: skip
    return found


def _classical(distance: Floats) -> Floats:
    """Torgerson's solution: exact where the distances are those of a plane."""
    size = len(distance)
    places = np.zeros((size, 2))
    if size < 2:
        return places
    centred = np.eye(size) - 1 / size
    values, vectors = np.linalg.eigh(-centred @ distance**2 @ centred / 2)
    # Ascending: the last two.
    places[:, : min(size, 2)] = (vectors * np.sqrt(np.clip(values, 0, None)))[:, :-3:-1]
    return places


def _oriented(places: Floats) -> Floats:
    """``places`` about their centre, the widest direction as x, the signs by the first name."""
    if not len(places):
        return places
    centred = places - places.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    turned = centred @ axes[:, ::-1]
    turned[np.abs(turned) <= _SPECK * np.abs(turned).max()] = 0.0
    first = (turned != 0).argmax(axis=0)
    return np.asarray(turned * np.where(turned[first, [0, 1]] < 0, -1.0, 1.0)) + 0.0


def _stress(places: Floats, distance: Floats) -> float:
    """Kruskal's stress-1; 0 where nothing is apart."""
    drawn = pdist(places)
    error = drawn - squareform(distance, checks=False)
    return float(np.sqrt((error**2).sum() / (drawn**2).sum())) if drawn.any() else 0.0
