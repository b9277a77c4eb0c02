"""A map of places or documents: those that are alike lie near each other."""

from __future__ import annotations

import numpy as np
import pandas as pd

from textlab.analysis.similarity_pairs import Of, Options, Pairs, measure_pairs
from textlab.schema import arrange
from textlab.statistics.scaling import on_a_plane, stress


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
    places[pairs.words] = found = on_a_plane(distance.round(12))
    columns = {"of": pairs.of, "name": pairs.units, "x": places[:, 0], "y": places[:, 1]}
    return arrange(pd.DataFrame(columns | {"stress": stress(found, distance)}), "similarity_map")
