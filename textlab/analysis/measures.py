"""Measures of how much more one text uses a term than another: pure functions of counts."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import rel_entr

PER = 10_000
"""Rates are given per so many tokens."""

Floats = NDArray[np.float64]


def rate(counts: ArrayLike, totals: ArrayLike) -> Floats:
    """``counts`` per 10,000 of ``totals``; NaN where the total is 0. The two are broadcast."""
    return _ratio(PER * np.asarray(counts, dtype="float64"), totals)


def log_likelihood(
    n_target: ArrayLike,
    n_reference: ArrayLike,
    total_target: ArrayLike,
    total_reference: ArrayLike,
) -> Floats:
    """The log-likelihood statistic G² of a term in two texts; arguments are broadcast.

    ``n_*`` are the term's counts, ``total_*`` the sizes of the two texts in tokens. With the
    four cells of the 2x2 table term / not term by target / reference, O observed, and
    E = row total x column total / grand total::

        G² = 2 * sum over the four cells of O * ln(O / E),   0 * ln(0) = 0

    Never negative, and 0 where the two relative frequencies are the same or a text is empty.
    It has no direction: see :func:`log_ratio` for that, and for the size of the difference.
    Target and reference may be exchanged.

    Valid for small counts, where Pearson's chi-squared is not, but only for independent draws.
    Words of one document are not that: against the chi-squared distribution with 1 degree of
    freedom G² overstates significance (Lijffijt et al. 2016), the more so the larger the
    texts. Do not compare values between tables of different size.

    Source: Dunning (1993), Computational Linguistics 19(1), 61-74. (Rayson and Garside (2000)
    leave the not-term row out; that is a little smaller, and not what is computed here.)
    """
    target, reference = np.asarray(n_target, "float64"), np.asarray(n_reference, "float64")
    size_t, size_r = np.asarray(total_target, "float64"), np.asarray(total_reference, "float64")
    size = size_t + size_r
    share_t = np.divide(size_t, size, out=np.zeros_like(size), where=size > 0)
    share_r = np.divide(size_r, size, out=np.zeros_like(size), where=size > 0)
    term, other = target + reference, size - target - reference
    half = (
        rel_entr(target, term * share_t)
        + rel_entr(reference, term * share_r)
        + rel_entr(size_t - target, other * share_t)
        + rel_entr(size_r - reference, other * share_r)
    )
    # Where the rates are the same, rounding leaves a speck on either side of 0.
    return np.asarray(np.maximum(2 * half, 0.0))


def log_ratio(
    n_target: ArrayLike,
    n_reference: ArrayLike,
    total_target: ArrayLike,
    total_reference: ArrayLike,
) -> Floats:
    """The binary log of the ratio of a term's relative frequencies; arguments are broadcast.

    ::

        log2((n_target / total_target) / (n_reference / total_reference))

    A count of 0 is taken as 0.5. 1 means twice as frequent in the target, -1 half as frequent,
    0 equally frequent. NaN where a text has no tokens.

    It measures size, not evidence: a term counted once or twice can have a large value, so
    read it with a minimum count or with :func:`log_likelihood`. Where a count is 0 the value
    depends on the sizes of the texts: it is a bound rather than an estimate, and if that text
    is very small, even the sign may be wrong.

    Source: Hardie (2014), 'Log Ratio: an informal introduction', CASS, Lancaster University.
    """
    target, reference = np.asarray(n_target, "float64"), np.asarray(n_reference, "float64")
    share_target = _ratio(np.where(target == 0, 0.5, target), total_target)
    share_reference = _ratio(np.where(reference == 0, 0.5, reference), total_reference)
    return np.asarray(np.log2(share_target / share_reference))


def _ratio(values: ArrayLike, totals: ArrayLike) -> Floats:
    """``values / totals``, NaN where the total is 0."""
    sizes = np.asarray(totals, dtype="float64")
    return np.asarray(values, "float64") / np.where(sizes > 0, sizes, np.nan)
