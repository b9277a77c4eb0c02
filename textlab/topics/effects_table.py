"""The rows of table ``topic_effects``, and why some of them say less."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from textlab.topics.effects_covariates import UnitCovariates
from textlab.topics.effects_design import KINDS, Design
from textlab.topics.effects_estimates import Estimates
from textlab.topics.effects_regression import Regression

# Of an error known to fewer degrees of freedom, even the intervals are a rough guess.
FEW = 4


@dataclass(frozen=True)
class Sizes:
    """How rows were made of units (sparse, rows x units), and the document of each row."""

    to_rows: Any
    document: NDArray[np.intp]

    def of(self, rows: NDArray[np.bool_]) -> tuple[int, int]:
        """The units and documents in these rows."""
        return self.to_rows[rows].nnz, len(np.unique(self.document[rows]))


def effects_table(
    of: Design,
    regression: Regression,
    found: Estimates,
    sizes: Sizes,
    told: NDArray[np.bool_],
) -> pd.DataFrame:
    """The table without labels and q; topics are their positions."""
    effects, topics = of.effects, np.arange(len(told))
    names = pd.DataFrame([(e.kind, e.term, e.reference) for e in effects], columns=_NAMES)
    names[["units", "documents"]] = np.array(
        [sizes.of(effect.compared) for effect in effects], dtype="int64"
    ).reshape(-1, 2)
    table = names.loc[names.index.repeat(len(told))].reset_index(drop=True)
    table.insert(0, "topic", np.tile(topics, len(effects)))
    for column, values in found._asdict().items():
        table[column] = values.ravel()
    table["reason"] = _reasons(regression, found, told)
    if of.constant:
        table = pd.concat([table, _constant(of, sizes, topics)], ignore_index=True)
    return table


_NAMES = ["kind", "term", "reference"]


def _reasons(regression: Regression, found: Estimates, told: NDArray[np.bool_]) -> list[str]:
    """The reason of each row, effect by effect and topic by topic."""
    few, reasons = regression.df < FEW - 1e-6, []
    for effect, (estimable, single) in enumerate(
        zip(regression.estimable, regression.single, strict=True)
    ):
        for topic, alone in enumerate(told):
            said = [] if alone else ["the topic's words do not tell it from others"]
            if not estimable:
                said.append("not to be told from the other terms")
            elif single:
                said.append("rests on a single document: no interval")
            elif np.isnan(found.se[effect, topic]):
                said.append("no document differs from what is expected: no interval")
            elif few[effect]:
                said.append(f"few documents: {regression.df[effect]:.1f} degrees of freedom")
            reasons.append("; ".join(said))
    return reasons


def _constant(of: Design, sizes: Sizes, topics: NDArray[np.intp]) -> pd.DataFrame:
    """Covariates of one value: rows that say so, without an estimate."""
    units, documents = sizes.of(np.ones(len(of.matrix), dtype=bool))
    rows = pd.DataFrame(
        [
            (topic, KINDS[0], f"{name}: {value}", "", units, documents)
            for name, value in of.constant.items()
            for topic in topics
        ],
        columns=["topic", *_NAMES, "units", "documents"],
    )
    rows[list(Estimates._fields)] = np.nan
    return rows.assign(reason="all units have this value: nothing to compare")


def left_out(known: UnitCovariates, without_terms: list[str]) -> str:
    """How many units are not in the regression, and why; "" if all are."""
    empty = (known.values == "").drop(index=known.unknown)
    why = {f"no {name}": int(empty[name].sum()) for name in empty.columns}
    why["not in the covariates"] = len(known.unknown)
    why["no term of the model"] = len(without_terms)
    count = int(empty.any(axis=1).sum()) + len(known.unknown) + len(without_terms)
    if not count:
        return ""
    total = len(known.values) + len(without_terms)
    said = ", ".join(f"{reason} ({number})" for reason, number in why.items() if number)
    return f"{count} of {total} units: {said}"
