"""How often each term stands near a node: within a window, and in the same sentence."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from textlab.analysis.collocation_text import CodedText, Codes, Counts, distinct_pairs


class Joint(NamedTuple):
    """A node's company. Arrays are of (terms,), in the order of the text's terms.

    ``n``, ``size``, ``n_collocate`` and ``total`` are a 2x2 table's first cell, its two margins
    and its sum; ``n_node`` counts the node itself. ``documents`` are those that hold the first
    cell's units. The node's own column is 0.
    """

    n: Counts
    n_collocate: Counts
    documents: Counts
    n_node: int
    size: int
    total: int


def in_windows(text: CodedText, node: int, window: int) -> Joint:
    """The units are tokens other than the node; ``size`` are those inside its windows.

    A window holds the ``window`` counted tokens to either side that stand in the node's sentence;
    a token in several windows counts once.
    """
    is_node = text.term == node
    at = np.flatnonzero(is_node)
    sentence = text.sentence[at]
    begin = np.maximum(at - window, text.bounds[sentence])
    end = np.minimum(at + window + 1, text.bounds[sentence + 1])
    length = len(text.term) + 1
    open_windows = np.bincount(begin, minlength=length) - np.bincount(end, minlength=length)
    inside = (np.cumsum(open_windows)[:-1] > 0) & ~is_node
    company = np.where(is_node, -1, text.company)
    near = inside & (company >= 0)
    return Joint(
        _tally(company[near], text),
        _tally(company[company >= 0], text),
        _documents(text, text.sentence[near], company[near]),
        len(at),
        int(inside.sum()),
        len(text.term) - len(at),
    )


def in_sentences(text: CodedText, node: int) -> Joint:
    """The units are the sentences that hold a counted token; ``size`` are those with the node."""
    having = text.sentences_with(node)
    with_node = np.zeros(len(text.document), dtype=bool)
    with_node[having] = True
    sentence, term = text.pairs
    other = term != node
    near = with_node[sentence] & other
    return Joint(
        _tally(term[near], text),
        _tally(term[other], text),
        _documents(text, sentence[near], term[near]),
        len(having),
        len(having),
        len(text.document),
    )


def _tally(codes: Codes, text: CodedText) -> Counts:
    return np.bincount(codes, minlength=len(text.terms)).astype("int64")


def _documents(text: CodedText, sentence: Codes, term: Codes) -> Counts:
    """In how many documents each term is found, given where."""
    _, there = distinct_pairs(text.document[sentence], term, len(text.terms))
    return _tally(there, text)
