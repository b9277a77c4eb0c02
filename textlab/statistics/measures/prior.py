"""Keyness with a prior: how surely the odds of a term differ, given what is usual."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from textlab.statistics.measures.basis import Floats


def log_odds_dirichlet(
    n_target: ArrayLike,
    n_reference: ArrayLike,
    total_target: ArrayLike,
    total_reference: ArrayLike,
    *,
    prior: ArrayLike | None = None,
    prior_total: ArrayLike | None = None,
) -> Floats:
    """The z-score of the log-odds ratio with an informative Dirichlet prior.

    ``n_*`` (..., terms) are counts, ``total_*`` the sizes of the two texts in tokens, broadcast
    against the counts (groups x terms want totals groups x 1). ``prior`` holds a pseudo-count a
    term, broadcast too. With y the counts, n the totals, a a term's pseudo-count and a0 the sum
    of the pseudo-counts of all terms, those that are not given as well::

        odds  = (y + a) / (n + a0 - y - a)
        delta = ln(odds in target) - ln(odds in reference)
        z     = delta / sqrt(1 / (y_target + a) + 1 / (y_reference + a))

    The totals, and ``prior_total`` for a0, stand for the terms that are left out: values for
    some terms are those that the whole vocabulary would give them. By default a0 is the sum of
    ``prior`` over its last axis, which is right only if it has every term.

    Without ``prior`` the pseudo-counts are proportional to the term's count in both texts
    together, ``a = a0 * (y_target + y_reference) / (n_target + n_reference)``, and a0 is
    ``n_target + n_reference``: each term's pseudo-count is its own count in the whole corpus, as
    in the empirical prior of the R package tidylo (which compares with the whole corpus, though,
    not with the rest). ``prior_total`` sets another weight, which the paper leaves to the
    analyst: the smaller, the less are terms shrunk, and the more so in small targets. For words
    drawn independently z has a standard deviation under 1: in a text of 7,500 words against
    232,500 .21 with the whole corpus as prior, .82 with a0 = 500 (``make evaluate``). Where z is
    turned into p values, choose a small a0.

    Positive where the target uses the term more; 0 if the rates are the same under a proportional
    prior. NaN where a text has no tokens, where a term has neither counts nor pseudo-counts
    in a text (z is not defined without a prior), and where a text has nothing but the term.

    Validity: the variance is the paper's approximation, good for terms that are a small part of
    a text. It takes words for independent draws, as :func:`log_likelihood` does, so
    2 is no 5 % level; it ranks terms. z grows with the size of the texts: do not compare between
    corpora. Values depend on a0: state it.

    Source: Monroe, Colaresi and Quinn (2008), 'Fightin' Words', Political Analysis 16(4),
    372-403, section 3.
    """
    y, other, n, n_other = (
        np.asarray(x, "float64") for x in (n_target, n_reference, total_target, total_reference)
    )
    known = (n > 0) & (n_other > 0)
    a, a0 = _pseudo_counts(y + other, n + n_other, prior, prior_total)
    odds, variance = _odds(y + a, n + a0), _inverse(y + a) + _inverse(other + a)
    delta = np.log(odds) - np.log(_odds(other + a, n_other + a0))
    return np.asarray(np.where(known, delta / np.sqrt(variance), np.nan))


def _pseudo_counts(
    count: Floats, total: Floats, prior: ArrayLike | None, prior_total: ArrayLike | None
) -> tuple[Floats, Floats]:
    """The pseudo-counts of the terms, and their sum over the whole vocabulary."""
    if prior is None:
        size = total if prior_total is None else np.asarray(prior_total, "float64")
        return size * count * _inverse(total), size
    a = np.asarray(prior, "float64")
    return a, a.sum(axis=-1) if prior_total is None else np.asarray(prior_total, "float64")


def _odds(part: Floats, whole: Floats) -> Floats:
    """``part`` to the rest of ``whole``; NaN where one of the two is 0."""
    rest = whole - part
    return np.where(part > 0, part, np.nan) * _inverse(rest)


def _inverse(values: Floats) -> Floats:
    """1 / values; NaN where they are not above 0."""
    return 1 / np.where(values > 0, values, np.nan)
