"""All pairs of places or documents, measured once and in every resample."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from textlab.analysis.similarity_draws import resampled_values
from textlab.analysis.similarity_values import MEASURES, Scale, pair_values, scale_of
from textlab.errors import StudyError, TableError, UnknownNameError
from textlab.seeds import derive_seed
from textlab.statistics.bootstrap import bootstrap_weights
from textlab.statistics.matrix import unit_term_matrix
from textlab.statistics.measures import Floats
from textlab.statistics.sampling import Sample, sample

Of = Literal["place", "doc_id"]
NOUNS = {"place": "places", "doc_id": "documents"}
DELTA_TERMS = 150
# Of more units no pairs are resampled: time and rows grow with the square of their number.
MOST_RESAMPLED = 60


class Pairs(NamedTuple):
    """Units and all pairs of them, row by row of the upper triangle of units x units.

    ``words`` says which units have words. ``values`` has an item a pair for each measure,
    ``draws`` is pairs x resamples, NaN where one of the pair has no words, without columns where
    nothing is resampled, and ``still`` says why it is not. ``drawn`` is the number of documents
    or paragraphs (``kind``) of each unit that a resample draws from, ``documents`` that of its
    documents. ``remark`` is on Delta.
    """

    of: Of
    units: pd.Index[str]
    words: NDArray[np.bool_]
    values: dict[str, Floats]
    draws: dict[str, Floats]
    still: str
    drawn: NDArray[np.int64]
    kind: list[str]
    documents: NDArray[np.int64]
    remark: str

    @property
    def resampled(self) -> bool:
        """Whether there are resamples at all."""
        return not self.still

    def square(self, values: Floats, same: float) -> Floats:
        """One value a pair as a symmetric matrix over the units, ``same`` on its diagonal."""
        matrix = np.full((len(self.units), len(self.units)), same)
        a, b = np.triu_indices(len(self.units), 1)
        matrix[a, b] = matrix[b, a] = values
        return matrix


class Options(NamedTuple):
    """How pairs are measured: see :func:`~textlab.analysis.similarity.compare`."""

    of: Of = "place"
    reference: pd.DataFrame | None = None
    paragraphs: pd.DataFrame | None = None
    by: str | pd.Series | None = None
    resamples: int = 200
    seed: int = 0
    delta_terms: int = DELTA_TERMS


def measure_pairs(counts: pd.DataFrame, options: Options) -> Pairs:
    """Measure all pairs; ``reference`` is what idf is learnt from."""
    _check(counts, options)
    by = options.of if options.by is None else options.by
    grouped = sample(counts, options.paragraphs, by)
    n, size = grouped.by_group
    n.sort_indices()
    learnt = n
    if options.reference is not None and len(grouped.groups):
        learnt = unit_term_matrix(options.reference, terms=grouped.terms).n
        if not learnt.shape[0]:
            raise TableError("the reference counts have no rows; wanted those of one unit or more")
    a, _ = np.triu_indices(len(grouped.groups), 1)
    values = dict.fromkeys(MEASURES, np.zeros(0))
    draws = dict.fromkeys(MEASURES, np.zeros((len(a), 0)))
    still, remark = _still(len(grouped.groups), options), ""
    taken = [grouped.units(grouped.only(group)) for group in range(len(grouped.groups))]
    if len(a):
        scale = scale_of(n, learnt, delta_terms=options.delta_terms)
        values, remark = pair_values(n, scale), scale.remark
        if not still:
            draws = _draws(grouped, taken, scale, options)
    drawn = np.array([len(units.size) for units in taken], dtype=np.int64)
    return Pairs(
        options.of,
        grouped.groups,
        size > 0,
        values,
        draws,
        still,
        drawn,
        [units.kind for units in taken],
        grouped.documents,
        remark,
    )


def _draws(grouped: Sample, taken: list[Any], scale: Scale, options: Options) -> dict[str, Floats]:
    """The measures in each resample, each unit drawn by a seed of its own name."""
    words = np.array([len(units.size) > 0 for units in taken])
    a, b = np.triu_indices(len(words), 1)
    known = words[a] & words[b]
    draws = {name: np.full((len(a), options.resamples), np.nan) for name in MEASURES}
    if not known.any():
        return draws
    texts = [units for units in taken if len(units.size)]
    seeds = [
        derive_seed(options.seed, "similarity", options.of, name) for name in grouped.groups[words]
    ]
    weights = [
        bootstrap_weights(
            len(units.size), resamples=options.resamples, rng=np.random.default_rng(seed)
        )
        for units, seed in zip(texts, seeds, strict=True)
    ]
    for name, found in resampled_values(texts, weights, scale).items():
        draws[name][known] = found
    return draws


def _still(units: int, options: Options) -> str:
    """Why nothing is resampled; empty where something is."""
    if options.paragraphs is None:
        return "counts without their paragraphs: nothing to resample"
    if not options.resamples:
        return "no resamples"
    if units > MOST_RESAMPLED:
        return f"more than {MOST_RESAMPLED} {NOUNS[options.of]}: not resampled"
    return ""


def _check(counts: pd.DataFrame, options: Options) -> None:
    if options.of not in NOUNS:
        raise UnknownNameError(
            f"nothing to compare by '{options.of}'; there are: {', '.join(NOUNS)}"
        )
    for name, least in (("resamples", 0), ("delta_terms", 1)):
        if getattr(options, name) < least:
            found = getattr(options, name)
            raise StudyError(f"{name} wants a whole number, {least} or more; found {found}")
    if options.paragraphs is not None and "unit" in counts.columns and len(counts):
        _check_units(counts["unit"], options.paragraphs)


def _check_units(units: pd.Series, paragraphs: pd.DataFrame) -> None:
    """Counts by place beside paragraphs would be an empty table."""
    if "para_id" in paragraphs.columns and not units.isin(paragraphs["para_id"]).any():
        raise TableError(
            "counts beside paragraphs want units that are para_id, as of count(tokens, 'para_id'); "
            f"none of theirs is in paragraphs (the first is {units.iloc[0]!r})"
        )
