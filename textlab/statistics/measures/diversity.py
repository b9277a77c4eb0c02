"""How varied the words of a text are: measures that do not depend on its length.

A text's types per token (TTR) fall as it grows, whatever its style; these stay put.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array, issparse

from textlab.errors import StudyError
from textlab.statistics.measures.basis import Floats, share

Ints = NDArray[np.int64]


def yules_k(counts: Any) -> Floats:
    """Yule's characteristic K: ``10,000 * (sum(n ** 2) - N) / N ** 2``; high is monotonous.

    ``counts`` (terms,) or (texts, terms), dense or scipy sparse, are those of one text or of
    several; N is their sum. ``N / (N - 1) * K / 10,000`` is the chance that two tokens drawn from
    the text are of one type. 0 where no type comes twice; NaN for a text without tokens.

    Validity: nearly constant from some thousand tokens on (Tweedie and Baayen 1998). Ruled by
    the few most frequent words, in Chinese 的: says little of the rest of the vocabulary.

    Source: Yule (1944), The Statistical Study of Literary Vocabulary.
    """
    squares, size = _row_sums(counts, power=2), _row_sums(counts, power=1)
    return share(10_000 * (squares - size), size**2)


def hd_d(counts: Any, *, sample: int = 42) -> Floats:
    """HD-D: the mean TTR of samples of ``sample`` tokens drawn from the text, 0 to 1.

    ``counts`` (terms,) or (texts, terms), dense or scipy sparse. Exact, by the hypergeometric
    distribution, without any drawing: with N tokens, a type of n of them is missing from a
    sample with the probability C(N - n, sample) / C(N, sample), and::

        sum over types of (1 - that) / sample

    NaN for a text of fewer than ``sample`` tokens. A sample of less than one token is a
    StudyError.

    Validity: of words drawn independently it does not depend on length. Samples are drawn from
    all over the text, though, so one that goes through many subjects has more than each of its
    parts: of texts whose lengths are very different, compare :func:`mattr`, whose windows stay
    with a subject. Never resample tokens or documents with replacement to find its error: what
    is drawn twice has the same types twice.

    Source: McCarthy and Jarvis (2007), Language Testing 24(4), 459-488.
    """
    if sample < 1:
        raise StudyError(f"HD-D wants a sample of 1 token or more, found {sample}")
    rows = _rows(counts)
    size = np.asarray(rows.sum(axis=1), "float64")
    text = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    there = 1 - chance_missing(rows.data, size[text], sample)
    types = np.bincount(text, there, minlength=rows.shape[0])
    values = np.where(size >= sample, types / sample, np.nan)
    return values.reshape((counts if issparse(counts) else np.asarray(counts)).shape[:-1])


def chance_missing(n: ArrayLike, size: ArrayLike, sample: int) -> Floats:
    """The chance that none of ``sample`` tokens drawn out of ``size`` is one of ``n``; broadcast.

    As a product of ``sample`` factors, exact where differences of log-factorials lose digits.
    """
    others, left = np.asarray(size, "float64") - np.asarray(n, "float64"), np.asarray(size, float)
    chance = np.ones(np.broadcast_shapes(others.shape, left.shape))
    for drawn in range(sample):
        chance *= (others - drawn) / np.maximum(left - drawn, 1.0)
    return chance


def mattr(tokens: ArrayLike, *, window: int = 500) -> float:
    """The moving-average type-token ratio: the mean TTR of all windows of ``window`` tokens.

    ``tokens`` is the text in reading order, words or codes. NaN for a text shorter than the
    window. A window of less than one token is a StudyError.

    Validity: does not depend on length, but on the window: compare values of the same one. A
    window of 500 sees the vocabulary of a subject; one of 50 little but repeated function words.
    Neighbouring windows share nearly all their tokens: their spread is no standard error.

    Source: Covington and McFall (2010), Journal of Quantitative Linguistics 17(2), 94-100.
    """
    if window < 1:
        raise StudyError(f"MATTR wants a window of 1 token or more, found {window}")
    types = window_types(pd.factorize(np.asarray(tokens).ravel())[0], window)
    return float(types.mean() / window) if len(types) else float("nan")


def window_types(codes: NDArray[Any], window: int) -> Ints:
    """The number of types in each window of ``window`` tokens, by where it begins.

    ``codes`` (tokens,) are whole numbers. In one pass: a token is the first of its type in the
    windows that hold it but begin behind the last token of that type.
    """
    windows = len(codes) - window + 1
    if windows < 1:
        return np.empty(0, dtype="int64")
    here = np.arange(len(codes))
    earliest = np.maximum(_previous(codes) + 1, np.maximum(here - window + 1, 0))
    latest = np.minimum(here, windows - 1)
    counted = earliest <= latest
    changes = np.bincount(earliest[counted], minlength=windows + 1)
    changes[: windows + 1] -= np.bincount(latest[counted] + 1, minlength=windows + 1)
    types: Ints = np.cumsum(changes[:windows])
    return types


def _previous(codes: NDArray[Any]) -> Ints:
    """Where the token of the same type before each stands; -1 if there is none."""
    order = np.argsort(codes, kind="stable")
    before = np.full(len(codes), -1, dtype="int64")
    same = codes[order[1:]] == codes[order[:-1]]
    before[order[1:][same]] = order[:-1][same]
    return before


def _rows(counts: Any) -> Any:
    """Counts as a sparse matrix texts x terms."""
    if issparse(counts):
        rows = csr_array(counts, dtype="float64", copy=True)
        rows.sum_duplicates()
        return rows
    dense = np.asarray(counts, "float64")
    return csr_array(dense.reshape(math.prod(dense.shape[:-1]), dense.shape[-1]))


def _row_sums(counts: Any, *, power: int) -> Floats:
    if issparse(counts):
        rows = _rows(counts)
        return np.asarray((rows**power if power > 1 else rows).sum(axis=1))
    return np.asarray((np.asarray(counts, "float64") ** power).sum(axis=-1))
