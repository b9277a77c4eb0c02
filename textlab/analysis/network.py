"""The co-word network: which of the lexicon's terms stand in the same paragraphs."""

from __future__ import annotations

from typing import Any, NamedTuple

import networkx as nx
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array

from textlab.analysis.layout import layout
from textlab.errors import UnknownNameError, nearest
from textlab.language.lexicon import Source, head_terms, read_lexicon
from textlab.schema import arrange, check
from textlab.seeds import derive_seed
from textlab.statistics.matrix import positions, sorted_names
from textlab.statistics.measures import Floats, log_dice, npmi

_RUNS = 20  # of Louvain: one run's partition is that of its order of nodes


class Network(NamedTuple):
    """The tables ``network_terms`` and ``network_links``."""

    terms: pd.DataFrame
    links: pd.DataFrame


def network(
    occurrences: pd.DataFrame,
    paragraphs: pd.DataFrame,
    *,
    lexicon: Source = None,
    terms: int = 60,
    min_count: int = 3,
    seed: int = 0,
) -> Network:
    """The lexicon's terms, linked where they share more paragraphs than chance would have them.

    Of the head terms of ``lexicon`` (default: the built-in one) the ``terms`` that stand in the
    most paragraphs of ``paragraphs`` are taken, ties by name, none in fewer than ``min_count``.
    A paragraph counts once however often it has a term; copies (``duplicate_of``) and paragraphs
    without any term are left out. What stands nested in a longer term (现代化 in 中国式现代化) is
    that term's and is not counted: every such pair would be linked by its spelling alone.

    Two terms are linked if they share at least ``min_count`` paragraphs and their NPMI is above 0.
    ``network_links``: ``n``, the paragraphs shared; ``documents``, those that these stand in;
    ``expected``, the n of two terms independent of each other, n_a · n_b / N, where N are the
    paragraphs with a term; ``npmi`` and ``log_dice``
    (:func:`~textlab.statistics.measures.npmi`, :func:`~textlab.statistics.measures.log_dice`).

    ``network_terms``: ``n`` and ``documents``, the paragraphs and documents with the term;
    ``degree``, its links, and ``strength``, the sum of their NPMI; ``community``, by the Louvain
    method (Blondel et al. 2008) on links weighted by NPMI, not by n, which the frequent terms
    would rule: the best modularity of 20 runs, numbered from 1 by falling size, ties by the first
    name. ``x`` and ``y`` are a place to draw it at, from -1 to 1
    (:func:`~textlab.analysis.layout.layout`), whose distances mean nothing exact. A term
    without a link is a community of its own and has no place.

    The same tables for any order of rows; communities and places depend on ``seed``. Long
    paragraphs hold many terms, so nearly all pairs of a text of long paragraphs are above 0:
    compare links within one corpus, not between two. No test is made; a link in one document is
    that document's (see ``documents``). UnknownNameError: a keyword that is no head term.
    """
    heads = head_terms(read_lexicon(lexicon))
    found = _incidence(check(occurrences, "occurrences"), check(paragraphs, "paragraphs"), heads)
    return _linked(found, _most_frequent(found, terms, min_count), heads, min_count, seed)


def _linked(
    found: _Incidence, chosen: NDArray[np.intp], heads: pd.DataFrame, min_count: int, seed: int
) -> Network:
    """The network of the ``chosen`` terms."""
    n = found.n[:, chosen]
    names = found.terms[chosen]
    links = _links(n, found.document, names, min_count)
    weights = np.zeros((len(names), len(names)))
    weights[links["a"], links["b"]] = weights[links["b"], links["a"]] = links["npmi"]
    community = _communities(weights, seed)
    linked = (weights > 0).any(axis=1)
    places = np.full((len(names), 2), np.nan)
    places[linked] = layout(
        weights[np.ix_(linked, linked)], community[linked], seed=derive_seed(seed, "layout")
    )
    nodes = {
        "term": names,
        "category": heads.set_index("term")["category"].reindex(names).to_numpy(),
        "n": n.sum(axis=0),
        "documents": _documents(n, found.document),
        "degree": (weights > 0).sum(axis=1),
        "strength": weights.sum(axis=1),
        "community": community,
        "x": places[:, 0],
        "y": places[:, 1],
    }
    return Network(arrange(pd.DataFrame(nodes), "network_terms"), arrange(links, "network_links"))


class _Incidence(NamedTuple):
    """``n``: sparse, paragraphs with a term x terms, ones; ``document`` the paragraphs' codes."""

    terms: pd.Index[str]
    n: Any
    document: NDArray[np.intp]


def _incidence(
    occurrences: pd.DataFrame, paragraphs: pd.DataFrame, heads: pd.DataFrame
) -> _Incidence:
    names = sorted_names(heads["term"])
    term = positions(occurrences["keyword"], names)
    if (term < 0).any():
        keyword = occurrences["keyword"].iloc[int((term < 0).argmax())]
        raise UnknownNameError(
            f"keyword '{keyword}' of the occurrences is none of the lexicon's {len(names)} "
            f"head terms{nearest(keyword, names)}"
        )
    originals = paragraphs[paragraphs["duplicate_of"] == ""].sort_values("para_id", kind="stable")
    para = positions(occurrences["para_id"], pd.Index(originals["para_id"]))
    own = (para >= 0) & (occurrences["relation"] != "nested").to_numpy()
    ones = np.ones(int(own.sum()), dtype="int64")
    shape = (len(originals), len(names))
    n = coo_array((ones, (para[own], term[own])), shape=shape).tocsr()
    n.data[:] = 1
    document = positions(originals["doc_id"], sorted_names(originals["doc_id"]))
    held = np.diff(n.indptr) > 0
    return _Incidence(names, n[held], document[held])


def _most_frequent(found: _Incidence, terms: int, min_count: int) -> NDArray[np.intp]:
    """The columns of the terms to take, in order of name."""
    n = np.asarray(found.n.sum(axis=0))
    order = np.argsort(-n, kind="stable")
    order = order[n[order] >= max(min_count, 1)]
    return np.sort(order[: max(terms, 0)])


def _links(
    n: Any, document: NDArray[np.intp], names: pd.Index[str], min_count: int
) -> pd.DataFrame:
    """The table ``network_links``, and with it ``a`` and ``b``, the terms' positions."""
    together = np.asarray((n.T @ n).toarray())
    a, b = np.nonzero(np.triu(together >= max(min_count, 1), 1))
    count, each, total = together[a, b], together.diagonal(), n.shape[0]
    measured = npmi(count, each[a], each[b], total)
    kept = measured > 0
    a, b, count = a[kept], b[kept], count[kept]
    cells = {
        "a": a,
        "b": b,
        "term_a": names.take(a),
        "term_b": names.take(b),
        "n": count,
        "documents": _documents(n[:, a] * n[:, b], document),
        "expected": each[a] * each[b] / max(total, 1),
        "npmi": measured[kept],
        "log_dice": log_dice(count, each[a], each[b]),
    }
    return pd.DataFrame(cells)


def _documents(n: Any, document: NDArray[np.intp]) -> NDArray[np.int64]:
    """In how many documents each column of ``n`` has a paragraph."""
    found = n.tocoo()
    pairs = np.unique(np.stack([found.col, document[found.row]]), axis=1)
    return np.bincount(pairs[0], minlength=n.shape[1]).astype("int64")


def _communities(weights: Floats, seed: int) -> NDArray[np.int64]:
    """The number of the community of each node, from 1; ``weights`` are those of the links."""
    # Nodes are numbers, not names: sets of names are in an order that differs by process.
    graph = nx.from_numpy_array(weights)
    runs = []
    for run in range(_RUNS):
        draws = derive_seed(seed, "louvain", str(run))
        parts = nx.community.louvain_communities(graph, weight="weight", seed=draws)
        parts = sorted((sorted(part) for part in parts), key=lambda part: (-len(part), part))
        # Of a graph without links it is 0 / 0.
        reached = nx.community.modularity(graph, parts) if graph.size() else 0.0
        runs.append((-round(reached, 9), parts))
    community = np.zeros(len(weights), dtype="int64")
    for number, part in enumerate(min(runs)[1], start=1):
        community[part] = number
    return community
