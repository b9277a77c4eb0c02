"""The two sides of each comparison of keyness, and what their documents tell."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from textlab.statistics.document_tests import (
    document_tests,
    group_tests,
    not_testable,
)
from textlab.statistics.intervals import log_ratio_intervals
from textlab.statistics.measures import Floats, dp_norm
from textlab.statistics.sampling import Sample, Units, rests_on

ONE_COUNT = "one count a group: no interval, no test over documents"
_FLOATS = ("log_ratio_low", "log_ratio_high", "p_document", "dp_target")
_ABSENT = ("", "absent from the group", "absent from the reference", "absent from both")


class Sides(NamedTuple):
    """The groups that are compared with others, and both sides' counts and sizes.

    ``code`` (groups,) are their positions among all groups; ``n_*`` are groups x terms, ``size_*``
    groups x 1.
    """

    groups: pd.Index[str]
    code: NDArray[np.intp]
    n_target: NDArray[np.int64]
    n_reference: NDArray[np.int64]
    size_target: NDArray[np.int64]
    size_reference: NDArray[np.int64]


def sides_of(found: Sample, reference: int | None) -> Sides:
    """Each group and all others, or each but ``reference`` and ``reference``."""
    sums, tokens = found.by_group
    n, size = sums.toarray(), tokens[:, np.newaxis]
    if reference is None:
        code = np.arange(len(found.groups))
        return Sides(found.groups, code, n, n.sum(axis=0) - n, size, size.sum() - size)
    code = np.delete(np.arange(len(found.groups)), reference)
    other = np.broadcast_to(n[reference], (len(code), n.shape[1]))
    size_reference = np.broadcast_to(size[reference], (len(code), 1))
    return Sides(found.groups[code], code, n[code], other, size[code], size_reference)


def one_count(sides: Sides) -> dict[str, NDArray[Any]]:
    """The columns of :func:`over_documents` where a group has one count: NaN, and why."""
    floats = {name: np.full(sides.n_target.shape, np.nan) for name in _FLOATS}
    return floats | {"reason": _reasons([[ONE_COUNT]] * len(sides.code), sides)}


def over_documents(
    found: Sample, sides: Sides, reference: int | None, *, resamples: int, seed: int
) -> dict[str, NDArray[Any]]:
    """Intervals, tests, dispersion and reasons, each an array groups x terms."""
    floats = {name: np.full(sides.n_target.shape, np.nan) for name in _FLOATS}
    said = []
    for row, code in enumerate(sides.code.tolist()):
        others = ~found.only(code) if reference is None else found.only(reference)
        target, other = found.units(found.only(code)), found.units(others)
        bounds = log_ratio_intervals(target, other)
        floats["log_ratio_low"][row], floats["log_ratio_high"][row] = bounds
        if len(target.size) > 1:
            floats["dp_target"][row] = dp_norm(target.n, target.size)
        documents = int(found.documents[code]), len(found.documents_of(others).size)
        said.append(_said(target, other, documents))
    floats["p_document"][:] = _tests(found, sides, reference, resamples=resamples, seed=seed)
    return floats | {"reason": _reasons(said, sides)}


def _tests(
    found: Sample, sides: Sides, reference: int | None, *, resamples: int, seed: int
) -> Floats:
    """p of each group against its other side: groups x terms."""
    if reference is None and not found.shares_documents:
        groups = len(found.groups)
        return group_tests(*found.by_document, groups, resamples=resamples, seed=seed)
    tests = []
    for code in sides.code.tolist():
        own = found.only(code)
        other = ~own if reference is None else found.only(reference)
        both = found.documents_of(own), found.documents_of(other)
        tests.append(document_tests(*both, resamples=resamples, seed=seed))
    return np.reshape(tests, sides.n_target.shape)


def _said(target: Units, other: Units, documents: tuple[int, int]) -> list[str]:
    """What holds for all terms of a group."""
    if not (len(target.size) and len(other.size)):
        return []
    own, its = rests_on(target, documents[0]), rests_on(other, documents[1])
    its = f"reference: {its}" if its else ""
    return [said for said in (own, its, not_testable(*documents)) if said]


def _reasons(said: list[list[str]], sides: Sides) -> NDArray[np.object_]:
    """The reasons of each group, with that of each term behind them."""
    empty = (sides.size_target == 0, sides.size_reference == 0)
    words = ("the group has no words", "the reference has no words")
    texts = []
    for row, shared in enumerate(said):
        lacking = [word for word, none in zip(words, empty, strict=True) if none[row, 0]]
        texts.append(["; ".join([*lacking, *shared, *([own] if own else [])]) for own in _ABSENT])
    absent = (sides.n_target == 0) + 2 * (sides.n_reference == 0)
    # That a side without words has not the term is no news.
    absent[empty[0].ravel() | empty[1].ravel()] = 0
    rows = np.arange(len(said))[:, np.newaxis]
    reasons: NDArray[np.object_] = np.array(texts, dtype=object)[rows, absent]
    return reasons
