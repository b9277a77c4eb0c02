"""The tails of a sum of residuals over documents that are dealt out, without dealing them."""

from __future__ import annotations

import numpy as np
from scipy.special import gammainc, gammaincc, gammaln, ndtr, ndtri
from scipy.stats import t as student

from textlab.statistics.measures import Floats

# Rates that are all equal leave specks: a sum of residuals of which none is larger is 0.
_SPECK = 1e-6


def pearson_p(sums: Floats, z: Floats, documents: int) -> Floats:
    """Two-sided p of ``sums`` (groups x terms) over ``documents`` rows of ``z`` (rows x terms).

    By the Pearson type III curve with the mean, variance and skewness that sums of so many rows,
    drawn without replacement, have.
    """
    total, rest = len(z), len(z) - documents
    centred = z - z.mean(axis=0)
    centred[:, np.abs(centred).max(axis=0, initial=0.0) < _SPECK] = 0.0
    squares = centred * centred
    # Products: a third power takes ten times as long.
    second, third = squares.mean(axis=0), (squares * centred).mean(axis=0)
    variance = documents * rest / (total - 1) * second
    moment = documents * rest * (rest - documents) / ((total - 1) * (total - 2)) * third
    sd = np.sqrt(np.where(variance > 0, variance, 1.0))
    away = np.where(variance > 0, sums - documents * z.mean(axis=0), 0.0)
    p: Floats = 2 * _bounded(_tail(away / sd, moment / sd**3), total)
    return p


def _tail(t: Floats, skewness: Floats) -> Floats:
    """The lesser of both tails at ``t`` of the Pearson III curve with mean 0 and variance 1."""
    skewed = np.abs(skewness) > 1e-3
    g = np.where(skewed, np.abs(skewness), 1.0)
    shape = 4 / g**2
    x = np.maximum(shape + np.sqrt(shape) * t * np.sign(skewness), 0.0)
    tails: Floats = np.minimum(gammainc(shape, x), gammaincc(shape, x))
    return np.where(skewed, tails, ndtr(-np.abs(t)))


def _bounded(tail: Floats, total: int) -> Floats:
    """A normal tail as that of a sum of some of ``total`` residuals.

    The sum cannot be further than sqrt(total - 1) standard deviations from its mean; at u of
    them, Student's t of the two samples is u sqrt((total - 2) / (total - 1 - u²)).
    """
    u = -ndtri(np.clip(tail, 1e-300, 0.5))
    room = total - 1 - u**2
    beyond = u * np.sqrt((total - 2) / np.where(room > 0, room, 1.0))
    tails: Floats = student.sf(beyond, total - 2)
    return np.where(room > 0, tails, 0.0)


def least_p(having: Floats, x: Floats, documents: int) -> Floats:
    """Twice the chance that a deal of ``documents`` rows of ``x`` holds just the same users.

    ``having`` (groups x terms): how many of a group's documents use the term. With k of N that
    do, ``C(N - k, documents - having) / C(N, documents)``: deals that differ only in documents
    without the term are the same to a test.
    """
    users = (x > 0).sum(axis=0)
    ways = _log_comb(len(x) - users, documents - having) - _log_comb(len(x), documents)
    return 2 * np.exp(ways)


def _log_comb(n: Floats | int, k: Floats | int) -> Floats:
    return np.asarray(gammaln(n + 1.0) - gammaln(k + 1.0) - gammaln(np.subtract(n, k) + 1.0))
