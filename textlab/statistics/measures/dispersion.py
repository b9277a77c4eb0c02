"""How evenly the parts of a corpus use a term: pure functions of counts.

All take ``counts`` of shape (parts,) or (parts, terms), dense or scipy sparse, and ``sizes``
(parts,), the tokens of each part, and give a single value or one a term. Parts without tokens
are left out, as they could not have the term: they count neither in the number of parts nor as
the smallest one. NaN for a term that occurs nowhere.

With f the term's count in all parts, v = its counts / f, and s = sizes / their sum: v is how
the term is spread, s how it would be if it were everywhere as frequent.

Validity: all depend on what the parts are and on how many there are (two terms can be compared
within a corpus, two corpora cannot unless divided alike), and on frequency: a term that occurs
fewer times than there are parts cannot be in all of them, and looks uneven. Read values of
terms under some ten occurrences as unknown.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csc_array, issparse

from textlab.errors import TableError
from textlab.statistics.measures.basis import Floats, share


class _Spread(NamedTuple):
    """The cells that are not 0, each with its term, and the size of its part."""

    n: Floats
    size: Floats
    term: Any
    terms: int
    total: Floats
    sizes: Floats
    shape: tuple[int, ...]

    def sums(self, values: Floats) -> Floats:
        """The sum of ``values``, one a cell, over the parts."""
        return np.bincount(self.term, values, minlength=self.terms).astype("float64")

    def of_terms(self, values: Floats) -> Floats:
        """``values`` in the shape of the result; NaN for terms that occur nowhere."""
        return np.where(self.total > 0, values, np.nan).reshape(self.shape)


def dp(counts: Any, sizes: ArrayLike) -> Floats:
    """Gries' deviation of proportions: ``sum(|v - s|) / 2`` over the parts.

    0 where every part has the term in proportion to its size, and nearly 1 where a small part
    has it all; the highest value there can be is 1 - min(s): see :func:`dp_norm`. 0 if there is
    one part only, as the term cannot be elsewhere.

    Source: Gries (2008), International Journal of Corpus Linguistics 13(4), 403-437.
    """
    spread = _spread(counts, sizes)
    return spread.of_terms(_dp(spread))


def dp_norm(counts: Any, sizes: ArrayLike) -> Floats:
    """DP divided by the highest value that it can have: ``dp / (1 - min(s))``, 0 to 1.

    1 where all of the term is in the smallest part. NaN if there is one part only.

    Source: Lijffijt and Gries (2012), International Journal of Corpus Linguistics 17(1),
    147-149.
    """
    spread = _spread(counts, sizes)
    smallest = spread.sizes.min(initial=np.inf) / max(spread.sizes.sum(), 1.0)
    return spread.of_terms(share(_dp(spread), 1 - smallest))


def juilland_d(counts: Any, sizes: ArrayLike) -> Floats:
    """Juilland's D of the rates per part: ``1 - (sd / mean) / sqrt(parts - 1)``, 0 to 1.

    ``sd`` is that of the population (divided by the number of parts); all parts weigh the same,
    whatever their size. 1 where all rates are equal, 0 where one part has all. NaN if there is
    one part only.

    Validity: with more than some tens of parts D is near 1 for all but the rarest terms and
    tells little (Biber, Reppen, Schnur and Ghanem 2016): prefer :func:`dp_norm`.

    Source: Juilland and Chang-Rodriguez (1964), Frequency Dictionary of Spanish Words; on rates
    as in Gries (2020), 'Analyzing dispersion'.
    """
    spread = _spread(counts, sizes)
    parts = len(spread.sizes)
    rates = spread.n / spread.size
    mean = share(spread.sums(rates), parts)
    absent = parts - spread.sums(np.ones_like(rates))
    squares = spread.sums((rates - mean[spread.term]) ** 2) + absent * mean**2
    variation = share(np.sqrt(share(squares, parts)), mean)
    # A speck below 0 where a single part has the term.
    return spread.of_terms(np.maximum(1 - share(variation, np.sqrt(max(parts - 1, 0))), 0.0))


def rosengren_s(counts: Any, sizes: ArrayLike) -> Floats:
    """Rosengren's S for parts of any size: ``sum(sqrt(s * counts)) ** 2 / f``.

    1 where every part has the term in proportion to its size; the least value is min(s), where
    the smallest part has all of it. 1 if there is one part only.

    Source: Rosengren (1971), 'The quantitative concept of language', Etudes de linguistique
    appliquee 1, 103-127; in this form in Gries (2020).
    """
    spread = _spread(counts, sizes)
    roots = spread.sums(np.sqrt(share(spread.size, spread.sizes.sum()) * spread.n))
    return spread.of_terms(np.minimum(share(roots**2, spread.total), 1.0))


def kl_dispersion(counts: Any, sizes: ArrayLike) -> Floats:
    """The Kullback-Leibler divergence of v from s in bits: ``sum(v * log2(v / s))``.

    0 where every part has the term in proportion to its size, which is also all that one part
    can give; it has no upper limit of its own, its highest value being ``-log2(min(s))``.

    Source: Gries (2020), 'Analyzing dispersion', in Paquot and Gries (eds), A Practical Handbook
    of Corpus Linguistics, 99-118.
    """
    spread = _spread(counts, sizes)
    v = share(spread.n, spread.total[spread.term])
    bits = v * np.log2(share(v, share(spread.size, spread.sizes.sum())))
    return spread.of_terms(np.maximum(spread.sums(bits), 0.0))


def _dp(spread: _Spread) -> Floats:
    v = share(spread.n, spread.total[spread.term])
    s = share(spread.size, spread.sizes.sum())
    # The parts without the term add their s, and those are 1 less the other ones'.
    half = (1 + spread.sums(np.abs(v - s) - s)) / 2
    return np.clip(half, 0.0, 1.0)


def _spread(counts: Any, sizes: ArrayLike) -> _Spread:
    size = np.asarray(sizes, "float64")
    given = counts if issparse(counts) else np.asarray(counts, "float64")
    if size.ndim != 1 or given.shape[:1] != size.shape:
        raise TableError(
            f"dispersion wants as many sizes as counts have parts; found counts of shape "
            f"{given.shape} and sizes of shape {size.shape}"
        )
    wide = given if given.ndim == 2 else given.reshape(len(size), 1)
    columns = csc_array(wide, dtype="float64", copy=True)
    columns.sum_duplicates()
    term = np.repeat(np.arange(columns.shape[1]), np.diff(columns.indptr))
    used = columns.data > 0
    n, part, term = columns.data[used], columns.indices[used], term[used]
    total = np.bincount(term, n, minlength=columns.shape[1]).astype("float64")
    return _Spread(n, size[part], term, columns.shape[1], total, size[size > 0], given.shape[1:])
