"""Invented tables of topics for the tests of their figures, with every column."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import pandas as pd

from tests.figure_tables import TERMS
from textlab.schema import contract

NAN = float("nan")


def made(name: str, rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """The table ``name`` of ``rows``; columns that they do not have are "", 1 or 1.0."""
    kinds = contract(name).columns
    blank = {column: {"text": "", "int": 1, "float": 1.0}[kind] for column, kind in kinds.items()}
    return pd.DataFrame([blank | row for row in rows], columns=list(kinds))


def label(topic: int) -> str:
    """Three terms, joined as fit_topics joins them."""
    return "·".join(TERMS[(topic * 3 + i) % len(TERMS)] for i in range(3))


def topics(k: int, *, size: int = 10) -> pd.DataFrame:
    draws = np.random.default_rng(2)
    rows = []
    for topic in range(1, k + 1):
        terms = draws.choice(TERMS, size, replace=False)
        chances = np.sort(draws.dirichlet(np.ones(size)))[::-1] / 2
        rows += [
            {"topic": topic, "label": label(topic), "rank": r, "term": str(t), "probability": p}
            for r, (t, p) in enumerate(zip(terms, chances, strict=True), start=1)
        ]
    return made("topics", rows)


def quality(k: int, grey: Collection[int] = (), **values: float) -> pd.DataFrame:
    """Topics that replicate always, but those in ``grey`` in two refits of five."""
    rows = [
        {"topic": t, "label": label(t), "replication": 0.4 if t in grey else 1.0} | values
        for t in range(1, k + 1)
    ]
    return made("topic_quality", rows)


def shares(units: Sequence[str], k: int, *, by: str = "place") -> pd.DataFrame:
    draws = np.random.default_rng(3)
    rows = [
        {by: unit, "topic": t, "share": s, "low": s * 0.6, "high": min(1.0, s * 1.3 + 0.05)}
        for unit in units
        for t, s in enumerate(draws.dirichlet(np.ones(k) / 2), start=1)
    ]
    return made({"place": "topic_by_place", "period": "topic_by_period"}[by], rows)


def effects(k: int, terms: Sequence[str], *, kind: str = "coefficient") -> pd.DataFrame:
    draws = np.random.default_rng(4)
    rows = []
    for topic in range(1, k + 1):
        for term in terms:
            value, half = draws.normal(0, 0.05), draws.uniform(0.01, 0.06)
            row = {"topic": topic, "label": label(topic), "kind": kind, "term": term}
            row |= {"estimate": value, "low": value - half, "high": value + half}
            row |= {"low_simultaneous": value - 2 * half, "high_simultaneous": value + 2 * half}
            rows.append(row)
    return made("topic_effects", rows)


def selection(grid: Sequence[int], measures: Sequence[str], *, chosen: int = 0) -> pd.DataFrame:
    draws = np.random.default_rng(5)
    rows = []
    for k in grid:
        for i, measure in enumerate(measures):
            value = -7.0 * (i == 0) + draws.uniform(0.2, 0.9)
            row = {"k": k, "measure": measure, "value": value, "chosen": int(k == chosen)}
            rows.append(row | {"low": value - 0.1, "high": value + 0.1})
    return made("topic_selection", rows)


def mapped(k: int, *, spread: float = 1.0) -> pd.DataFrame:
    draws = np.random.default_rng(6)
    prevalence = np.sort(draws.dirichlet(np.ones(k)))[::-1]
    places = draws.uniform(-0.4, 0.4, (k, 2)) * spread
    rows = [
        {"topic": t, "label": label(t), "x": x, "y": y, "prevalence": p, "stress": 0.234}
        for t, ((x, y), p) in enumerate(zip(places, prevalence, strict=True), start=1)
    ]
    return made("topic_map", rows)
