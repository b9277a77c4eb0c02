"""The design of a regression on covariates: its columns, and the contrasts of groups."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from patsy import LookupFactor, ModelDesc, build_design_matrices, dmatrix
from patsy import Term as PatsyTerm

from textlab.errors import StudyError
from textlab.topics.effects_formula import Factor, Term
from textlab.topics.variational import Floats

# 1,225 pairs: more are no comparison that anyone reads.
MOST_LEVELS = 50
KINDS = ("coefficient", "contrast")
_FACTOR = re.compile(r"f(\d+)(?:\[(?:T\.)?(\d+)\])?")


@dataclass(frozen=True)
class Row:
    """An effect: what is multiplied with the coefficients, and the rows of the design it compares.

    ``kind`` is "coefficient" or "contrast", ``reference`` the group that ``term`` is compared
    with, if any.
    """

    kind: str
    term: str
    reference: str
    weights: Floats
    compared: NDArray[np.bool_]


@dataclass(frozen=True)
class Design:
    """``matrix`` (rows x coefficients), its effects, and the covariates that have one value only.

    These, with that value, are in ``constant``: they have no effect to estimate.
    """

    matrix: Floats
    effects: list[Row]
    constant: dict[str, str]


def design(values: pd.DataFrame, terms: list[Term]) -> Design:
    """The design of ``terms`` for rows with complete ``values`` (text, a column a covariate).

    Columns of numbers are numeric unless written C(name), and centred at their mean over the
    rows, so groups are compared at that mean. Groups are compared with the first by name
    (treatment coding); all pairs of groups are contrasts, with the other covariates at the same
    values, and averaged with equal weight over groups that they interact with. Where the formula
    holds groups equal there (``place:year`` without ``place``), there is no contrast.
    """
    factors = list(dict.fromkeys(factor for term in terms for factor in term))
    constant = {f.name: values[f.name].iloc[0] for f in factors if values[f.name].nunique() == 1}
    terms = [term for term in terms if not any(factor.name in constant for factor in term)]
    columns = [
        _Column(factor, values[factor.name]) for factor in factors if factor.name not in constant
    ]
    data = {f"f{i}": column.data for i, column in enumerate(columns)}
    index = {column.factor: i for i, column in enumerate(columns)}
    if not terms:
        return Design(np.ones((len(values), 1)), [], constant)
    made = dmatrix(_described(terms, index), data)
    effects = _coefficients(made.design_info, columns, len(values))
    for i, column in enumerate(columns):
        if column.levels:
            effects += _contrasts(made.design_info, columns, i, _interacting(terms, index, i))
    return Design(np.asarray(made, dtype="float64"), effects, constant)


class _Column:
    """A covariate as patsy takes it: centred numbers, or codes of ``levels``."""

    def __init__(self, factor: Factor, values: pd.Series[str]) -> None:
        self.factor, self.values = factor, values
        numbers = pd.to_numeric(values, errors="coerce").to_numpy("float64")
        self.levels: list[str] = []
        self.data: Any = numbers - numbers.mean()
        if factor.grouped or not np.isfinite(numbers).all():
            self.levels = sorted(set(values))
            if len(self.levels) > MOST_LEVELS:
                raise StudyError(
                    f"the covariate '{factor.name}' has {len(self.levels)} values; "
                    f"up to {MOST_LEVELS} can be compared"
                )
            # Codes for names, which may hold the signs that patsy puts names together with.
            code = dict(zip(self.levels, self.codes, strict=True))
            self.data = pd.Categorical(values.map(code), categories=self.codes)

    @property
    def codes(self) -> list[str]:
        return [str(code) for code in range(len(self.levels))]

    def has(self, *levels: int) -> NDArray[np.bool_]:
        return self.values.isin([self.levels[level] for level in levels]).to_numpy()


def _described(terms: list[Term], index: dict[Factor, int]) -> ModelDesc:
    """Factors that only look up columns: nothing of the formula is evaluated."""
    crossed = [PatsyTerm([LookupFactor(f"f{index[f]}") for f in term]) for term in terms]
    return ModelDesc([], [PatsyTerm([]), *crossed])


def _coefficients(info: Any, columns: list[_Column], rows: int) -> list[Row]:
    found = []
    for at, name in enumerate(info.column_names):
        parts = [(columns[int(i)], level) for i, level in _FACTOR.findall(name)]
        if not parts:
            continue
        weights, all_rows = np.zeros(len(info.column_names)), np.ones(rows, dtype=bool)
        weights[at] = 1.0
        single = len(parts) == 1 and parts[0][1] != ""
        column, level = parts[0]
        # Without a main effect an interaction has a column for each group: no reference.
        reference = column.levels[0] if single and "[T." in name else ""
        compared = column.has(0, int(level)) if reference else all_rows
        term = " × ".join(_label(column, level) for column, level in parts)
        found.append(Row(KINDS[0], term, reference, weights, compared))
    return found


def _label(column: _Column, level: str) -> str:
    return f"{column.factor.name}: {column.levels[int(level)]}" if level else column.factor.name


def _interacting(terms: list[Term], index: dict[Factor, int], at: int) -> set[int]:
    """The columns that stand in a term with column ``at``."""
    together = [{index[factor] for factor in term} for term in terms]
    return set().union(*(term for term in together if at in term)) - {at}


def _contrasts(info: Any, columns: list[_Column], at: int, others: set[int]) -> list[Row]:
    """All pairs of groups of column ``at``."""
    column = columns[at]
    predicted = _predicted(info, columns, at, others)
    return [
        Row(
            KINDS[1],
            f"{column.factor.name}: {column.levels[a]} - {column.levels[b]}",
            column.levels[b],
            predicted[a] - predicted[b],
            column.has(a, b),
        )
        for a, b in combinations(range(len(column.levels)), 2)
        if (predicted[a] != predicted[b]).any()
    ]


def _predicted(info: Any, columns: list[_Column], at: int, others: set[int]) -> Floats:
    """A row of the design for each group of column ``at``, numbers at their mean (0)."""
    averaged = [i for i in sorted(others) if columns[i].levels]
    grid = list(product(columns[at].codes, *(columns[i].codes for i in averaged)))
    data: dict[str, Any] = {}
    for i, column in enumerate(columns):
        if not column.levels:
            data[f"f{i}"] = np.zeros(len(grid))
            continue
        # What does not interact with the groups makes no difference between them.
        cells = [dict(zip([at, *averaged], cell, strict=True)).get(i, "0") for cell in grid]
        data[f"f{i}"] = pd.Categorical(cells, categories=column.codes)
    (rows,) = build_design_matrices([info], data)
    mean: Floats = np.asarray(rows).reshape(len(columns[at].levels), -1, rows.shape[1]).mean(axis=1)
    return mean
