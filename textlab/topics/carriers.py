"""Where topics stand: their share of all words, and the documents and places that carry them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from textlab.statistics.intervals import rate_intervals
from textlab.statistics.measures import PER
from textlab.statistics.sampling import Units, added
from textlab.topics.variational import Floats

# A document carries a topic that has at least this part of its prevalence there, and so many words.
CARRIED, WORDS = 0.5, 5


class Prevalence(NamedTuple):
    """The share of each topic (k,) in all tokens, with its 95 % interval."""

    prevalence: Floats
    low: Floats
    high: Floats


def prevalence(words: Floats, code: NDArray[np.intp]) -> Prevalence:
    """The share of each topic; ``code`` (units,) is the document of each unit.

    ``words`` (units x k) are expected tokens. The interval is that of
    :func:`~textlab.statistics.intervals.rate_intervals`; of one document 0 to 1.
    """
    by_document = added(words, code, int(code.max()) + 1)
    size = by_document.sum(axis=1)
    share = words.sum(axis=0) / words.sum()
    if len(size) < 2:
        return Prevalence(share, np.zeros(len(share)), np.ones(len(share)))
    bounds = rate_intervals(Units(csr_array(by_document), size, "document"))
    return Prevalence(share, bounds.low / PER, bounds.high / PER)


def carriers(words: Floats, names: Sequence[str]) -> NDArray[np.int64]:
    """How many documents or places carry each topic (k,).

    ``names`` (units,) says to which of them a unit belongs, "" for none; ``words`` are expected
    tokens (units x k). A topic is carried where its share is at least half of its share in all
    units, with five words or more: topics that are everywhere are carried by all.
    """
    groups, code = np.unique(np.array(names, dtype=object), return_inverse=True)
    by_group = added(words, code, len(groups))
    share = by_group / by_group.sum(axis=1, keepdims=True)
    prevalence = words.sum(axis=0) / words.sum()
    carried = (share >= CARRIED * prevalence) & (by_group >= WORDS)
    counted: NDArray[np.int64] = carried[groups != ""].sum(axis=0)
    return counted
