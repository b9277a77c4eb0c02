"""Whether the top terms of a topic keep each other's company, and are its own.

``tops`` are lists of columns of a vocabulary, a list a topic, the most probable term first:
:func:`~textlab.topics.labels.top_terms` makes them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csc_array

from textlab.errors import ModelError
from textlab.schema import arrange
from textlab.statistics.matrix import positions
from textlab.statistics.measures import npmi
from textlab.tokens.kinds import COUNTED_KINDS
from textlab.topics.labels import frex, top_terms
from textlab.topics.options import is_whole
from textlab.topics.variational import Floats
from textlab.topics.vocabulary import UnitTerms

TOP = 10
WINDOW = 10
# What is added to the share of windows that have both terms (Röder et al. 2015).
EPSILON = 1e-12

Tops = Sequence[Sequence[int]]
_Places = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Windows:
    """In which of ``count`` windows each term of a vocabulary stands.

    Windows are numbered through. A term stands in stretches of them that do not overlap: those
    of column c are from ``first[i]`` to ``last[i]``, i from ``pointers[c]`` to before
    ``pointers[c + 1]``. That is a tenth of what a matrix of windows and terms would hold.
    """

    count: int
    pointers: NDArray[np.intp]
    first: _Places
    last: _Places

    def together(self, columns: Sequence[int]) -> NDArray[np.int64]:
        """How many windows have both of two columns (n x n); on the diagonal, have the one."""
        chosen = np.asarray(columns, dtype=np.intp)
        stretches = _ranges(self.pointers[chosen], self.pointers[chosen + 1])
        windows = _ranges(self.first[stretches], self.last[stretches] + 1)
        length = np.append(0, np.cumsum(self.last[stretches] - self.first[stretches] + 1))
        ends = np.cumsum(self.pointers[chosen + 1] - self.pointers[chosen])
        incidence = csc_array(
            (np.ones(len(windows), dtype="int32"), windows, np.append(0, length[ends])),
            shape=(self.count, len(chosen)),
        )
        return np.asarray((incidence.T @ incidence).toarray(), dtype="int64")


def _ranges(start: NDArray[Any], stop: NDArray[Any]) -> NDArray[np.intp]:
    """The whole numbers from each start to before its stop, one range behind the other."""
    length = (stop - start).astype(np.intp)
    before = np.cumsum(length) - length
    numbers: NDArray[np.intp] = np.arange(length.sum()) + np.repeat(start - before, length)
    return numbers


def windows(tokens: pd.DataFrame, vocabulary: Sequence[str], *, size: int = WINDOW) -> Windows:
    """Where the terms of ``vocabulary`` stand in the sliding windows of table ``tokens``.

    A window is ``size`` neighbouring tokens of a paragraph, without its punctuation, and the next
    begins one token later; a paragraph of fewer tokens is one window. Tokens that are not in the
    vocabulary take their places; a term that is no token (a nested one, say) is in no window.
    Give the tokens of the paragraphs that the model speaks of, without copies.

    Source: the boolean sliding window of Röder, Both & Hinneburg (2015), 'Exploring the space of
    topic coherence measures', WSDM; 10 tokens as in Newman, Lau, Grieser & Baldwin (2010).
    """
    if not is_whole(size) or size < 1:
        raise ModelError(f"size wants a whole number of tokens of 1 or more, found {size!r}")
    ordered = arrange(tokens, "tokens")
    counted = ordered.loc[ordered["kind"].isin(COUNTED_KINDS), ["para_id", "token"]]
    column = positions(counted["token"], pd.Index(list(vocabulary), dtype="str"))
    length = np.bincount(pd.factorize(counted["para_id"])[0])
    first, last, count = _covered(length, size)
    known = np.flatnonzero(column >= 0)
    by_column = known[np.argsort(column[known], kind="stable")]
    term, first, last = column[by_column], first[by_column], last[by_column]
    # A term that comes again within a window is in that window once.
    again = term[1:] == term[:-1]
    first[1:][again] = np.maximum(first[1:], last[:-1] + 1)[again]
    new = first <= last
    stretches = np.bincount(term[new], minlength=len(vocabulary))
    pointers = np.append(0, np.cumsum(stretches)).astype(np.intp)
    return Windows(count, pointers, first[new], last[new])


def _covered(length: NDArray[np.intp], size: int) -> tuple[_Places, _Places, int]:
    """The first and the last window of each token of paragraphs of these lengths; all windows."""
    here = np.maximum(length - size + 1, 1)
    start = np.cumsum(here) - here
    place = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length)
    first = np.repeat(start, length) + np.maximum(place - size + 1, 0)
    last = np.repeat(start, length) + np.minimum(place, np.repeat(here - 1, length))
    return first.astype(np.int32), last.astype(np.int32), int(here.sum())


def topic_npmi(tops: Tops, windows: Windows) -> Floats:
    """The mean NPMI of the pairs of the terms of each topic, shape (k,), from -1 to 1.

    0 where terms meet in as many windows as by chance, 1 where none stands without the others.
    1e-12 is added to the share of windows that have both, as in gensim's c_npmi; rare terms that
    never meet therefore count less against a topic than frequent ones. A pair of which a term is
    in no window or both are in all of them tells nothing, and counts 0; so does a topic of fewer
    than two terms. Compare values of the same tokens and windows only.

    gensim (4.4) forgets a term that stands in a window twice when the first of the two drops out
    of it, so its windows have repeated terms too seldom; without repeats the values are the same.

    Source: Bouma (2009); Röder, Both & Hinneburg (2015).
    """

    def of_pairs(both: Floats, one: Floats, other: Floats) -> Floats:
        return np.nan_to_num(npmi(both + EPSILON, one, other, 1))

    return _mean_of_pairs(tops, windows.together, windows.count, of_pairs)


def topic_umass(tops: Tops, data: UnitTerms) -> Floats:
    """The mean UMass of the pairs of the terms of each topic, shape (k,), 0 or below.

    The mean logarithm of the share of units with a term among those that have a term ranked
    before it, with 1e-12 added as in gensim's u_mass: a pair of terms that share no unit weighs
    some -20. A pair whose first term is in no unit counts 0, and so does a topic of fewer than
    two terms. Frequent terms score higher: compare values of the same units only.

    Source: Mimno, Wallach, Talley, Leenders & McCallum (2011), who add 1 to the number of units.
    """

    def together(columns: Sequence[int]) -> Any:
        there = (data.matrix[:, columns] > 0).astype("int64")
        return (there.T @ there).toarray()

    def of_pairs(both: Floats, before: Floats, _: Floats) -> Floats:
        known = np.where(before > 0, before, np.nan)
        return np.nan_to_num(np.log((both + EPSILON) / known))

    return _mean_of_pairs(tops, together, len(data.units), of_pairs)


def _mean_of_pairs(
    tops: Tops,
    together: Callable[[Sequence[int]], Any],
    total: int,
    of_pairs: Callable[[Floats, Floats, Floats], Floats],
) -> Floats:
    """``of_pairs`` has the shares of both, of the term that comes before, and of the other."""
    wanted = sorted({int(column) for columns in tops for column in columns})
    shares = together(wanted) / max(total, 1)
    values = np.zeros(len(tops))
    for topic, columns in enumerate(tops):
        rows = np.searchsorted(wanted, columns)
        before, after = np.triu_indices(len(rows), k=1)
        if len(before):
            one, other = rows[before], rows[after]
            pairs = of_pairs(shares[one, other], shares[one, one], shares[other, other])
            values[topic] = pairs.mean()
    return values


def exclusivity(topic_term: Floats, vocabulary: Sequence[str], top: int = TOP) -> Floats:
    """The mean FREX of the ``top`` most probable terms of each topic, shape (k,), from 0 to 1.

    High where a topic's first terms are seldom those of others. Of one topic it is close to 1
    and says nothing. See :func:`~textlab.topics.labels.frex`; Roberts et al. (2014) sum it.
    """
    scores = frex(topic_term)
    tops = top_terms(topic_term, vocabulary, top)
    return np.array([scores[row, columns].mean() for row, columns in enumerate(tops)])
