"""Distances in the plane: metric multidimensional scaling, the same on every run."""

from __future__ import annotations

import numpy as np
from scipy.spatial.distance import pdist, squareform
from sklearn.manifold import smacof

from textlab.statistics.measures import Floats

# Of the extent of a map: what is no longer than this is rounding.
_SPECK = 1e-9
# The most distances that are computed for a map, so that one of a thousand units ends in time;
# the last rounds change little.
_STEPS = 10**8


def on_a_plane(distance: Floats) -> Floats:
    """Places (n, 2) whose distances come as near as they can to ``distance`` (n, n).

    The stress is lowered from the classical solution by majorisation (SMACOF), without random
    starts. The centre is at 0, the widest direction is x, and on each axis the first place that
    is not at 0 is on the positive side. Source: Borg and Groenen (2005), chapters 8, 11 and 12.
    """
    return oriented(_scaled(distance))


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


def oriented(places: Floats) -> Floats:
    """``places`` about their centre, the widest direction as x, the signs by the first name."""
    if not len(places):
        return places
    centred = places - places.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    turned = centred @ axes[:, ::-1]
    turned[np.abs(turned) <= _SPECK * np.abs(turned).max()] = 0.0
    first = (turned != 0).argmax(axis=0)
    return np.asarray(turned * np.where(turned[first, [0, 1]] < 0, -1.0, 1.0)) + 0.0


def stress(places: Floats, distance: Floats) -> float:
    """Kruskal's stress-1; 0 where nothing is apart."""
    drawn = pdist(places)
    error = drawn - squareform(distance, checks=False)
    return float(np.sqrt((error**2).sum() / (drawn**2).sum())) if drawn.any() else 0.0
