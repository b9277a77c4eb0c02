"""Cosine, Jensen-Shannon distance and Delta of all pairs in each resample of their texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from threadpoolctl import threadpool_limits

from textlab.analysis.similarity_values import MEASURES, Scale, deltas
from textlab.statistics.bootstrap import CELLS
from textlab.statistics.measures import Floats
from textlab.statistics.sampling import Units, added


class Resampled:
    """Texts, each of several units, and how often each resample holds each unit.

    ``texts`` and ``weights`` (units x resamples) belong together. The cells are the terms that
    each text has, in order of text and term: ``text`` and ``term`` say whose and which they are.
    Relative frequencies are cells x resamples, computed for some resamples at a time, as all of
    them together may be more than fits in memory.
    """

    def __init__(self, texts: Sequence[Units], weights: Sequence[Floats]) -> None:
        present = [np.unique(units.n.indices) for units in texts]
        self.size = [units.size for units in texts]
        self.weights = weights
        self.n = [
            csr_array(units.n[:, columns].T) for units, columns in zip(texts, present, strict=True)
        ]
        self.term = np.concatenate(present)
        self.text = np.repeat(np.arange(len(texts)), [len(columns) for columns in present])
        self.texts = len(texts)

    @cached_property
    def pairs(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The two texts of each pair, row by row of the upper triangle."""
        a, b = np.triu_indices(self.texts, 1)
        return a, b

    @cached_property
    def shared(self) -> NDArray[np.bool_]:
        """The cells whose term another text has too."""
        return np.asarray(np.bincount(self.term)[self.term] > 1)

    def parts(self) -> Iterator[slice]:
        """Resamples by so many at a time as are held at once."""
        resamples = self.weights[0].shape[1]
        step = max(1, CELLS // max(len(self.term), 1))
        for start in range(0, resamples, step):
            yield slice(start, start + step)

    def frequencies(self, part: slice) -> Floats:
        """The relative frequency of each cell in these resamples."""
        drawn = zip(self.n, self.size, self.weights, strict=True)
        return np.concatenate([n @ w[:, part] / (size @ w[:, part]) for n, size, w in drawn])


def resampled_values(
    texts: Sequence[Units], weights: Sequence[Floats], scale: Scale
) -> dict[str, Floats]:
    """The measures of each pair in each resample: pairs x resamples, of each measure.

    All ``texts`` have units, and all units have words.
    """
    drawn = Resampled(texts, weights)
    values: dict[str, list[Floats]] = {name: [] for name in MEASURES}
    # One thread: sums of several come in an order that depends on how many there are.
    with threadpool_limits(1):
        for part in drawn.parts():
            p = drawn.frequencies(part)
            values["cosine"].append(_cosines(drawn, p, scale))
            values["jensen_shannon"].append(_jensen_shannon(drawn, p))
            values["delta"].append(_deltas(drawn, p, scale))
    return {name: np.concatenate(parts, axis=1) for name, parts in values.items()}


def _cosines(drawn: Resampled, p: Floats, scale: Scale) -> Floats:
    """Products only of the terms that two texts have; lengths of all."""
    x = p * scale.idf[drawn.term][:, np.newaxis]
    length = np.sqrt(added(x * x, drawn.text, drawn.texts))
    terms, column = np.unique(drawn.term[drawn.shared], return_inverse=True)
    row, x = drawn.text[drawn.shared], x[drawn.shared]
    dense = np.zeros((drawn.texts, len(terms)))
    a, b = drawn.pairs
    cosine = np.empty((len(a), p.shape[1]))
    for resample in range(p.shape[1]):
        dense[row, column] = x[:, resample]
        cosine[:, resample] = (dense @ dense.T)[a, b]
    cosine /= length[a] * length[b]
    return np.asarray(np.minimum(cosine, 1.0))


def _jensen_shannon(drawn: Resampled, p: Floats) -> Floats:
    """From sums of x ln x over the terms that two texts have.

    Twice the divergence is 2 + the sum of p ln p + q ln q - (p + q) ln (p + q), in bits.
    """
    text, term, p = drawn.text[drawn.shared], drawn.term[drawn.shared], p[drawn.shared]
    h = _x_ln_x(p)
    starts = np.searchsorted(text, np.arange(drawn.texts + 1))
    at = np.full(int(term.max(initial=-1)) + 1, -1)
    sums = []
    for one, (start, end) in enumerate(pairwise(starts[:-1])):
        at[:] = -1
        at[term[start:end]] = np.arange(start, end)
        theirs = end + np.flatnonzero(at[term[end:]] >= 0)
        mine = at[term[theirs]]
        gain = h[mine] + h[theirs] - _x_ln_x(p[mine] + p[theirs])
        sums.append(added(gain, text[theirs] - (one + 1), drawn.texts - one - 1))
    divergence = 1 + np.concatenate(sums) / np.log(4)
    return np.asarray(np.sqrt(np.clip(divergence, 0.0, 1.0)))


def _x_ln_x(x: Floats) -> Floats:
    logs: Floats = np.log(np.where(x > 0, x, 1.0))
    logs *= x
    return logs


def _deltas(drawn: Resampled, p: Floats, scale: Scale) -> Floats:
    order = np.argsort(scale.common)
    spread, common = scale.spread[order], scale.common[order]
    column: Any = np.searchsorted(common, drawn.term)
    column[column == len(common)] = 0
    there = common[column] == drawn.term if len(common) else np.zeros(len(column), dtype=bool)
    share = np.zeros((p.shape[1], drawn.texts, len(common)))
    share[:, drawn.text[there], column[there]] = p[there].T
    return np.stack([deltas(each, spread) for each in share], axis=1)
