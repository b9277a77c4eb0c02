"""How much more one text uses a term than another: pure functions of counts."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import rel_entr

from textlab.statistics.measures.basis import Floats, share


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
    share_target = share(np.where(target == 0, 0.5, target), total_target)
    share_reference = share(np.where(reference == 0, 0.5, reference), total_reference)
    return np.asarray(np.log2(share_target / share_reference))


def percent_diff(
    n_target: ArrayLike,
    n_reference: ArrayLike,
    total_target: ArrayLike,
    total_reference: ArrayLike,
) -> Floats:
    """By how many percent a term is more frequent in the target (%DIFF); broadcast.

    ::

        100 * (rate in target - rate in reference) / rate in reference

    100 means twice as frequent, -50 half as frequent, -100 absent from the target. ``inf`` where
    only the reference lacks the term: no number is right, so none is put in for the 0. NaN where
    both lack it, or a text has no tokens.

    Validity: as for :func:`log_ratio`, a size without evidence; and lopsided, as it has no upper
    limit but cannot fall below -100: do not average it, average log ratios.

    Source: Gabrielatos and Marchi (2011), 'Keyness: matching metrics to definitions'.
    """
    target, reference = share(n_target, total_target), share(n_reference, total_reference)
    size = np.broadcast_to(reference, np.broadcast_shapes(target.shape, reference.shape))
    more = np.where(target > 0, np.inf, np.where(target == 0, np.nan, target + reference))
    difference = 100 * (target - reference)
    return np.asarray(np.divide(difference, size, out=more, where=size != 0))


def odds_ratio(
    n_target: ArrayLike,
    n_reference: ArrayLike,
    total_target: ArrayLike,
    total_reference: ArrayLike,
) -> Floats:
    """The odds of a term in the target over those in the reference; broadcast.

    With the 2x2 table of :func:`log_likelihood`::

        (n_target / (total_target - n_target)) / (n_reference / (total_reference - n_reference))

    If one of the four cells is 0, 0.5 is added to all four (Haldane 1956; Anscombe 1956), which
    makes the value a bound that depends on the sizes of the texts. NaN where a whole row or
    column is 0: a text has no tokens, or neither has the term, or both have nothing else.

    Validity: close to the ratio of the rates for all but the most frequent terms. It measures
    size, not evidence; 1 is no difference, and its logarithm is what may be averaged.

    Source: Agresti (2013), Categorical Data Analysis, sections 2.2.3 and 3.1.1 (the correction).
    """
    cells = np.broadcast_arrays(
        *(np.asarray(x, "float64") for x in (n_target, n_reference, total_target, total_reference))
    )
    a, b = cells[0], cells[1]
    c, d = cells[2] - a, cells[3] - b
    known = (a + b > 0) & (c + d > 0) & (a + c > 0) & (b + d > 0)
    added = np.where((a == 0) | (b == 0) | (c == 0) | (d == 0), 0.5, 0.0)
    odds = ((a + added) * (d + added), (b + added) * (c + added))
    return np.asarray(np.divide(odds[0], odds[1], out=np.full(a.shape, np.nan), where=known))
