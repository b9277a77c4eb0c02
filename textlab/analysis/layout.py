"""Places for the nodes of a graph on paper."""

from __future__ import annotations

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import shortest_path

from textlab.statistics.measures import Floats

APART = 0.11
"""How near two nodes may be, on a sheet from -1 to 1, where there is room for all."""

_STRONGEST = 3  # of each node's links those that place it: all would pull it into one tangle
_BETWEEN = 2.0  # the length of a link between two communities; 1 is one within
_ROUNDS = 500


def layout(weights: Floats, community: NDArray[np.int64], *, seed: int) -> Floats:
    """x and y of each node (nodes x 2), from -1 to 1, of a graph to be read on paper.

    ``weights`` is symmetric (nodes x nodes), 0 where two nodes are not linked. The places are
    those whose distances come closest to the paths over the three strongest links of each node
    (Kamada and Kawai 1989), a link between two communities being twice as long as one within.
    Parts without a link between them stand side by side, and nodes that would touch are moved
    apart. ``seed`` shakes the circle that it begins with.
    """
    size = len(weights)
    if size < 2:
        return np.zeros((size, 2))
    distances = _distances(weights, community)
    angle = np.empty(size)
    angle[np.lexsort((np.arange(size), community))] = np.arange(size) * 2 * np.pi / size
    radius = 1 + 0.1 * np.random.default_rng(seed).random((size, 1))
    circle = radius * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    found = nx.kamada_kawai_layout(
        nx.empty_graph(size),
        dist={node: dict(enumerate(row)) for node, row in enumerate(distances.tolist())},
        pos=dict(enumerate(circle)),
    )
    places = np.array([found[node] for node in range(size)])
    places -= (places.max(axis=0) + places.min(axis=0)) / 2
    return _moved_apart(places / np.maximum(np.abs(places).max(axis=0), 1e-9))


def _distances(weights: Floats, community: NDArray[np.int64]) -> Floats:
    rank = np.argsort(np.argsort(-weights, axis=1, kind="stable"), axis=1)
    kept = (weights > 0) & (np.minimum(rank, rank.T) < _STRONGEST)
    within = community[:, np.newaxis] == community
    paths: Floats = shortest_path(np.where(kept, np.where(within, 1.0, _BETWEEN), 0.0))
    joined = np.isfinite(paths)
    return np.where(joined, paths, 1.0 + 0.5 * paths[joined].max())


def _moved_apart(places: Floats) -> Floats:
    for _ in range(_ROUNDS):
        between = places[:, np.newaxis] - places
        distance = np.hypot(between[..., 0], between[..., 1])
        np.fill_diagonal(distance, np.inf)
        near = distance < APART
        if not near.any():
            break
        # A little more than wanted, or the last thousandth would take many rounds.
        push = np.where(near, 1.02 * APART / np.maximum(distance, 1e-9) - 1, 0.0) / 2
        places = np.clip(places + (push[..., np.newaxis] * between).sum(axis=1), -1, 1)
    return places
