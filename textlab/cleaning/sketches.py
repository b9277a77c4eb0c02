"""MinHash: short sketches of sets of shingles, and which of them are alike in a part.

The measure and the permutations are those of datasketch 2.0 (``affine32``, seed 1), made for
many sets at once and without importing it.

Source: Broder (1997), On the resemblance and containment of documents; Leskovec, Rajaraman and
Ullman, Mining of Massive Datasets, chapter 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from textlab.cleaning.shingles import FACTOR, HALF, Prints, Shingles, repeated

BANDS, ROWS, SEED = 20, 5, 1
# Texts sketched at once: the shingles of so many.
BLOCK = 2**10

Sketches = NDArray[np.uint32]


def bands(texts: Sequence[str], width: int, scopes: Sequence[int]) -> Prints:
    """A row of ``BANDS`` values for each text, of ``width`` characters or more.

    Two texts of a scope whose sets of shingles have a similarity of s have a band in common with
    a probability of 1 - (1 - s^5)^20. A value that no other text has is 0.
    """
    rows = np.empty((len(texts), BANDS), dtype=np.uint64)
    for start in range(0, len(texts), BLOCK):
        part = slice(start, start + BLOCK)
        made = sketches(texts[part], width, scopes[part])
        rows[part] = _bands(made)
    values = rows.ravel()
    values[~repeated(values)] = 0
    return rows


def sketches(texts: Sequence[str], width: int, scopes: Sequence[int]) -> Sketches:
    """The MinHash of the shingles of each text, unlike that of the same text in another scope."""
    shingles = Shingles(texts, width, scopes=scopes)
    own = [shingles.of(number) for number in range(len(texts))]
    values = _mixed((np.concatenate(own) >> HALF).astype(np.uint32))
    starts = np.cumsum(shingles.sizes) - shingles.sizes
    made = np.empty((len(texts), BANDS * ROWS), dtype=np.uint32)
    for number, (factor, addend) in enumerate(zip(*permutations(), strict=True)):
        made[:, number] = np.minimum.reduceat(values * factor + addend, starts)
    return made


@cache
def permutations() -> tuple[Sketches, Sketches]:
    """The factors, which are odd, and the addends of h -> factor * h + addend, modulo 2**32."""
    random = np.random.RandomState(SEED)
    halves = random.randint(0, 2**31, BANDS * ROWS, dtype=np.uint32)
    addends = random.randint(0, 2**32, BANDS * ROWS, dtype=np.uint32)
    return halves * np.uint32(2) + np.uint32(1), addends


def _mixed(values: Sketches) -> Sketches:
    """The values as MurmurHash3 ends: each bit depends on all of them."""
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1)):
        values = (values ^ (values >> np.uint32(shift))) * np.uint32(factor)
    return values


def _bands(made: Sketches) -> Prints:
    """One value for the ``ROWS`` values of each band, unlike those of other bands."""
    parts = made.reshape(len(made), BANDS, ROWS).astype(np.uint64)
    values = np.broadcast_to(np.arange(BANDS, dtype=np.uint64), parts.shape[:2])
    for row in range(ROWS):
        values = (values + parts[:, :, row]) * FACTOR
        values = values ^ (values >> HALF)
    return values * FACTOR
