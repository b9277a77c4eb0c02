"""Collocations: the terms that a term is used with more often than chance would have it.

Each row of the table rests on a 2x2 table of N units (``total``): S of them (``size``) near the
node, ``n_collocate`` with the collocate, ``n`` both. Of the span

- ``window`` the units are all counted tokens but the node; near are those among the ``window``
  tokens to the left or right of the node in its sentence, each counted once, even in the windows
  of two nodes. ``n_node`` is the number of the node's occurrences;
- ``sentence`` the units are the sentences (:func:`sentence_numbers`) with a counted token; near
  are those with the node, however often: ``n_node`` is S.

::

    expected           S * n_collocate / N
    npmi               ln(n / expected) / -ln(n / N)                         -1 to 1
    log_dice           14 + log2(2 * n / (n_node + n_collocate))             14 at most
    g2                 G² of the 2x2 table (log_likelihood)
    delta_p_collocate  n / S - (n_collocate - n) / (N - S)                   -1 to 1
    delta_p_node       n / n_collocate - (S - n) / (N - n_collocate)         -1 to 1
    t_score            (n - expected) / sqrt(n)
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import chi2

from textlab.analysis.collocation_counts import Joint, in_sentences, in_windows
from textlab.analysis.collocation_reasons import joined
from textlab.analysis.collocation_text import CodedText, check_whole, coded_text
from textlab.schema import arrange, empty
from textlab.statistics.discovery import false_discovery_rates
from textlab.statistics.measures import Floats, delta_p, log_dice, log_likelihood, npmi, t_score
from textlab.tokens.kinds import CONTENT_KINDS


def collocations(
    tokens: pd.DataFrame,
    nodes: Iterable[str],
    *,
    window: int = 5,
    min_count: int = 3,
    exclude: Collection[str] = (),
    min_length: int = 1,
    kinds: Iterable[str] = CONTENT_KINDS,
) -> pd.DataFrame:
    """The company of each of ``nodes``, within windows and within sentences.

    ``nodes`` are tokens, lexicon terms as a rule. A collocate stands ``min_count`` times with the
    node, is a token of ``kinds`` (words and lexicon terms), not in ``exclude`` (see
    :func:`stoplist`) and of ``min_length`` characters or more; the node is none. What is left
    out as a collocate still counts as a token and as a distance; punctuation is neither.

    Returns the table ``collocations``, a row a node, span and collocate, by falling
    ``log_dice``: ``n``, how often both stand together (tokens in windows, or sentences),
    ``n_node``, ``n_collocate``, ``size``, ``total`` and measures of them, as this module's own
    docstring defines them.

    ``delta_p_collocate`` is by how much the collocate is more probable near the node than
    elsewhere, ``delta_p_node`` by how much the node's nearness is more probable at the collocate
    than at other units. In ``log_dice`` of a window ``n`` is taken as ``n_node`` at most.
    ``q_g2`` is Benjamini and Hochberg's false discovery rate over all tests that were made: of
    every term that could stand ``min_count`` times with a node, as it stands so often in the
    texts. ``documents`` are those with both together; ``reason`` says where all of them are one
    document's, and why a value is NaN.

    Validity: a node without a row has no collocate. G² has no direction (a collocate with ``n``
    below ``expected`` is shunned) and takes tokens or sentences for independent draws, which
    they are not: a phrase that one report repeats looks significant, so see ``documents``.
    ``npmi`` of a window rarely comes near 1, as it holds other tokens too: compare it within a
    span. Every character belongs to one token, the longest lexicon term that covers it: the node
    现代化 is not found inside 中国式现代化. A variant is a token of its own, and copies count:
    give tokens where it stands as its head, and without those of copies, if that is wanted.

    :class:`UnknownNameError` for a node that is no token of the texts, or an unknown kind;
    :class:`StudyError` for an option that cannot be.

    Sources: Evert (2008), Corpora and collocations (windows and sentences as 2x2 tables); Bouma
    (2009), npmi; Rychlý (2008), log-dice; Dunning (1993), G²; Gries (2013), ΔP.
    """
    check_whole(window=window, min_count=min_count)
    text = coded_text(tokens, exclude=exclude, min_length=min_length, kinds=kinds)
    found = [
        _company(joint, text, min_count, {"node": node, "span": span})
        for node, code in text.codes(nodes).items()
        for span, joint in _spans(text, code, window).items()
    ]
    shown = np.concatenate([company.shown for company in found]) if found else np.empty(0, bool)
    if not shown.any():
        return empty("collocations")
    q = false_discovery_rates(np.concatenate([company.p for company in found]))
    frame = pd.concat([company.rows for company in found], ignore_index=True)
    return arrange(frame.assign(q_g2=q[shown]), "collocations")


def _spans(text: CodedText, node: int, window: int) -> dict[str, Joint]:
    return {"window": in_windows(text, node, window), "sentence": in_sentences(text, node)}


class _Company(NamedTuple):
    """The rows of a node and span, p of all its tests, and which of these the rows are."""

    rows: pd.DataFrame
    p: Floats
    shown: NDArray[np.bool_]


def _company(joint: Joint, text: CodedText, min_count: int, named: dict[str, str]) -> _Company:
    tested = np.flatnonzero(np.minimum(joint.n_collocate, joint.size) >= min_count)
    n, n_collocate = joint.n[tested], joint.n_collocate[tested]
    g2 = log_likelihood(n, n_collocate - n, joint.size, joint.total - joint.size)
    shown = n >= min_count
    at = tested[shown]
    rows = pd.DataFrame(
        {
            "collocate": text.terms[at],
            "n": joint.n[at],
            "n_node": joint.n_node,
            "n_collocate": joint.n_collocate[at],
            "size": joint.size,
            "total": joint.total,
            "documents": joint.documents[at],
            "g2": g2[shown],
        }
    ).assign(**named)
    return _Company(rows.assign(**_measures(rows), reason=_reasons(rows)), chi2.sf(g2, 1), shown)


def _measures(rows: pd.DataFrame) -> dict[str, Floats]:
    """The measures of association of the 2x2 table of each row."""
    n, n_node, n_collocate, size, total = (
        rows[name].to_numpy("float64") for name in ("n", "n_node", "n_collocate", "size", "total")
    )
    return {
        "expected": size * n_collocate / total,
        "npmi": npmi(n, size, n_collocate, total),
        "log_dice": log_dice(np.minimum(n, n_node), n_node, n_collocate),
        "delta_p_collocate": delta_p(n, size, n_collocate, total),
        "delta_p_node": delta_p(n, n_collocate, size, total),
        "t_score": t_score(n, size, n_collocate, total),
    }


def _reasons(rows: pd.DataFrame) -> NDArray[np.object_]:
    """Why a value is NaN, and where all of ``n`` is one document's."""
    total = rows["total"]
    said = {
        "all in 1 document": rows["documents"] == 1,
        "nothing is away from the node: no ΔP of the collocate": rows["size"] == total,
        "nothing lacks the collocate: no ΔP of the node": rows["n_collocate"] == total,
        "both are everywhere: no NPMI": rows["n"] == total,
    }
    return joined({words: holds.to_numpy() for words, holds in said.items()}, len(rows))
