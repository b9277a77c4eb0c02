"""A map of topics: those with like words lie near each other."""

from __future__ import annotations

import numpy as np
import pandas as pd

from textlab.schema import arrange
from textlab.statistics.measures.distance import jensen_shannon
from textlab.statistics.scaling import on_a_plane, stress
from textlab.topics.model import TopicModel
from textlab.topics.variational import Floats


def topic_map(model: TopicModel) -> pd.DataFrame:
    """The topics of ``model`` in two dimensions: the table ``topic_map``.

    Columns ``topic``, ``label``, ``x``, ``y``, ``prevalence`` (the share of the topic in all
    tokens that the model was fitted to) and ``stress``, the same in all rows. Distances on the map
    come as near as they can to the Jensen-Shannon distances (base 2, 0 to 1) of the topics'
    distributions over the vocabulary. Metric multidimensional scaling: the stress is lowered from
    the classical solution by majorisation (SMACOF), without random starts.

    ``stress`` is Kruskal's stress-1: .05 is good, .1 fair, .2 poor. Topics of a fitted model are
    often all about as far from each other, which no plane can show: then the stress is high, and
    which topic lies next to which says little; ``nearest`` in the table ``topic_quality`` is
    exact. The size of a model's vocabulary and its prior move all distances, so maps of two models
    cannot be laid over each other. Directions mean nothing: the centre is at 0, the widest
    direction is x, and on each axis the first topic by number that is not at 0 is on the positive
    side. One topic is at (0, 0), two lie on the x axis.

    Sources: Endres and Schindelin (2003); Kruskal (1964); Borg and Groenen (2005), chapters 8, 11
    and 12. The map of topics as such: Chuang, Manning and Heer (2012); Sievert and Shirley (2014).
    """
    # The last bits of a distance depend on the machine, and they could turn the map over.
    distance = topic_distances(model.topic_term).round(12)
    places = on_a_plane(distance)
    columns = {
        "topic": model.numbers,
        "label": model.labels,
        "x": places[:, 0],
        "y": places[:, 1],
        "prevalence": model.prevalence,
        "stress": stress(places, distance),
    }
    return arrange(pd.DataFrame(columns), "topic_map")


def topic_distances(topic_term: Floats) -> Floats:
    """The Jensen-Shannon distances (topics x topics) of the rows of ``topic_term``."""
    found = np.array([jensen_shannon(row, topic_term) for row in topic_term])
    # A distance is the same both ways, and 0 from itself, but for rounding.
    both: Floats = (found + found.T) / 2
    np.fill_diagonal(both, 0.0)
    return both
