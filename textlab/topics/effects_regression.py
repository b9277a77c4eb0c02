"""Weighted regressions with errors by cluster, and intervals that hold for few clusters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import ndtr
from scipy.stats import t

from textlab.topics.variational import Floats

LEVEL = 0.95
# What is left of nothing after rounding, as a share of what was there.
_SPECK = 1e-8
# Normal draws of all effects of an outcome, for the largest of them; and how many at once: 16 MB.
_DRAWS, _CELLS = 10_000, 2**21


class Outcomes(NamedTuple):
    """Effects in rows, outcomes in columns; ``spread`` is the covariance of each outcome.

    ``spread`` (outcomes x r x r) is that of the coefficients in the basis of the regression.
    """

    estimate: Floats
    se: Floats
    spread: Floats


@dataclass(frozen=True, eq=False)
class Regression:
    """The regression of outcomes on ``matrix`` (rows x coefficients); ``effects`` are in rows.

    Rows have ``weights`` above 0 and a ``cluster``, a code counted from 0. Rows of different
    clusters are taken for independent, those of one cluster for anything. The covariance is the
    bias-reduced one (CR2; HC2 for clusters of one row), for errors of variance 1 / weight::

        V = sum over clusters g of  B X'_g W_g A_g e_g e'_g A'_g W_g X_g B,   B = inv(X'WX)
        A_g = (1 - H_gg) ** -1/2  in the metric of the weights

    and ``df`` are Satterthwaite's degrees of freedom of each effect's variance.

    A design of less than full rank has the effects that it can tell (``estimable``). An effect that
    rests on a cluster alone has no error (``single``), as that cluster leaves no residual.

    Sources: Bell and McCaffrey (2002), Survey Methodology 28, 169-181; Pustejovsky and Tipton
    (2018), Journal of Business & Economic Statistics 36, 672-683.
    """

    matrix: Floats
    weights: Floats
    cluster: NDArray[np.intp]
    effects: Floats

    @cached_property
    def _basis(self) -> tuple[Floats, Floats, NDArray[np.bool_]]:
        """Orthonormal columns that span the design, the effects on them, which are estimable."""
        x = self.matrix * np.sqrt(self.weights)[:, np.newaxis]
        scale = np.sqrt((x**2).sum(axis=0))
        scale[scale == 0] = 1.0
        u, s, vt = np.linalg.svd(x / scale, full_matrices=False)
        rank = int((s > _SPECK * s.max(initial=0)).sum())
        wanted = self.effects / scale
        kept = wanted @ vt[:rank].T
        missing = np.linalg.norm(wanted - kept @ vt[:rank], axis=1)
        told = missing <= 1e-6 * np.linalg.norm(wanted, axis=1)
        return u[:, :rank], kept / s[:rank], told

    @property
    def estimable(self) -> NDArray[np.bool_]:
        """Which effects the design can tell (effects,)."""
        return self._basis[2]

    @cached_property
    def _members(self) -> Any:
        """Clusters x rows, sparse."""
        rows = len(self.cluster)
        return csr_array((np.ones(rows), (self.cluster, np.arange(rows))))

    @cached_property
    def _hat(self) -> Floats:
        """U'_g U_g of each cluster: clusters x r x r."""
        return self._summed(self._basis[0][:, :, np.newaxis] * self._basis[0][:, np.newaxis, :])

    def _summed(self, values: Floats) -> Floats:
        """Values of rows, added up by cluster."""
        flat = self._members @ values.reshape(len(values), -1)
        return np.asarray(flat).reshape(-1, *values.shape[1:])

    @cached_property
    def _adjustment(self) -> tuple[Floats, Floats]:
        """(1 - U'_g U_g) ** -1/2 without its null space, and that space: clusters x r x r."""
        left = np.eye(self._hat.shape[1]) - self._hat
        values, vectors = np.linalg.eigh(left)
        there = values > _SPECK
        roots = np.where(there, np.where(there, values, 1.0) ** -0.5, 0.0)
        adjusted = (vectors * roots[:, np.newaxis, :]) @ vectors.swapaxes(1, 2)
        return adjusted, vectors * ~there[:, np.newaxis, :]

    @cached_property
    def single(self) -> NDArray[np.bool_]:
        """Which effects rest on a cluster that no other one can stand in for (effects,)."""
        directions, nulls = self._basis[1], self._adjustment[1]
        nulls = nulls[nulls.any(axis=(1, 2))]
        least = 1e-6 * np.linalg.norm(directions, axis=1)[:, np.newaxis]
        found = np.zeros(len(directions), dtype=bool)
        for null in nulls:
            found |= (np.abs(directions @ null) > least).any(axis=1)
        return found

    @cached_property
    def df(self) -> Floats:
        """Satterthwaite's degrees of freedom (effects,); NaN where there are none."""
        adjusted = self._adjustment[0]
        within, across = adjusted @ self._hat @ adjusted, self._hat @ adjusted
        found = np.full(len(self.effects), np.nan)
        for effect, direction in enumerate(self._basis[1]):
            own = direction @ within @ direction
            shared = across @ direction
            length = (shared**2).sum(axis=1)
            trace = own.sum() - length.sum()
            squares = (own**2).sum() - 2 * own @ length + ((shared.T @ shared) ** 2).sum()
            if squares > 0:
                found[effect] = trace**2 / squares
        return found

    @cached_property
    def _adjusted(self) -> Floats:
        """The basis, each row adjusted as its cluster is (rows x r)."""
        u, adjusted = self._basis[0], self._adjustment[0][self.cluster]
        rows: Floats = (u[:, np.newaxis, :] @ adjusted)[:, 0, :]
        return rows

    def estimate(self, outcomes: Floats) -> Floats:
        """The effects on ``outcomes`` without their errors; NaN where not estimable."""
        u, directions, told = self._basis
        coefficients = u.T @ (outcomes * np.sqrt(self.weights)[:, np.newaxis])
        return np.where(told[:, np.newaxis], directions @ coefficients, np.nan)

    def fit(self, outcomes: Floats) -> Outcomes:
        """The effects on ``outcomes`` (rows x outcomes); NaN where not estimable."""
        u, directions, told = self._basis
        y = outcomes * np.sqrt(self.weights)[:, np.newaxis]
        residuals = y - u @ (u.T @ y)
        spread = np.empty((y.shape[1], u.shape[1], u.shape[1]))
        for outcome, left in enumerate(residuals.T):
            scores = self._members @ (self._adjusted * left[:, np.newaxis])
            spread[outcome] = scores.T @ scores
        variance = np.einsum("lr,krs,ls->lk", directions, spread, directions, optimize=True)
        # Equal outcomes leave a speck.
        size = np.linalg.norm(directions, axis=1)[:, np.newaxis] * np.linalg.norm(y, axis=0)
        se = np.sqrt(np.maximum(variance, 0.0))
        exists = (told & ~self.single)[:, np.newaxis] & (se > _SPECK * size)
        return Outcomes(self.estimate(outcomes), np.where(exists, se, np.nan), spread)

    def simultaneous(
        self, fitted: Outcomes, family: NDArray[np.bool_], rng: np.random.Generator
    ) -> Floats:
        """The point that replaces t so that all intervals of a ``family`` hold at once.

        Effects x outcomes: of normal draws with the effects' correlation, each read as a p of its
        own t, the level that the least p of the family falls short of in 5 of 100 draws.
        """
        point, directions = np.full(fitted.se.shape, np.nan), self._basis[1]
        values, vectors = np.linalg.eigh(fitted.spread)
        roots = vectors * np.sqrt(np.maximum(values, 0.0))[:, np.newaxis, :]
        drawn = rng.standard_normal((directions.shape[1], _DRAWS))
        for outcome, root in enumerate(roots):
            chosen = np.flatnonzero(family & np.isfinite(fitted.se[:, outcome]))
            if not len(chosen):
                continue
            scaled = directions[chosen] @ root / fitted.se[chosen, outcome, np.newaxis]
            step = max(1, _CELLS // len(chosen))
            most = [
                np.abs(scaled @ drawn[:, start : start + step]).max(axis=0)
                for start in range(0, _DRAWS, step)
            ]
            # Draws must not make many intervals closer than one.
            tail = min(ndtr(-np.quantile(np.concatenate(most), LEVEL)), (1 - LEVEL) / 2)
            point[chosen, outcome] = -t.ppf(tail, self.df[chosen])
        return point

    def bootstrap(self, outcomes: Floats, weights: Floats) -> tuple[Floats, Floats]:
        """95 % percentile intervals (effects x outcomes), resampling clusters.

        ``weights`` (clusters x resamples) are how often each is drawn. NaN where more than one
        in ten resamples cannot tell all that the design can.
        """
        u, directions, told = self._basis
        y = outcomes * np.sqrt(self.weights)[:, np.newaxis]
        right = self._summed(u[:, :, np.newaxis] * y[:, np.newaxis, :])
        gram = np.einsum("gb,grs->brs", weights, self._hat, optimize=True)
        low, high = np.full((2, len(directions), outcomes.shape[1]), np.nan)
        kept = np.linalg.eigvalsh(gram).min(axis=1, initial=1.0) > _SPECK
        if kept.sum() < max(0.9 * len(kept), 1):
            return low, high
        drawn = np.einsum("gb,grk->brk", weights[:, kept], right, optimize=True)
        solved = np.linalg.solve(gram[kept], drawn)
        tails = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)
        for outcome in range(outcomes.shape[1]):
            found = solved[:, :, outcome] @ directions[told].T
            low[told, outcome], high[told, outcome] = np.quantile(found, tails, axis=0)
        return low, high
