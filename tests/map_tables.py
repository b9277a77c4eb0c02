"""Invented result tables for the figures of points: any number of places, terms, groups."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from tests.figure_tables import PLACES, TERMS
from textlab.analysis.correspondence import Correspondence, correspondence
from textlab.analysis.network import Network, network

MANY = [*TERMS, *(f"{a}{b}" for a in TERMS[:12] for b in ("建设", "试点", "行动", "工程"))]


def points(units: Sequence[str], *, of: str = "place", stress: float = 0.12) -> pd.DataFrame:
    """A table similarity_map."""
    x, y = np.random.default_rng(5).normal(size=(2, len(units)))
    return pd.DataFrame({"of": of, "name": units, "x": x, "y": y, "stress": stress})


def analysis(places: Sequence[str] = PLACES, terms: Sequence[str] = MANY) -> Correspondence:
    """A correspondence analysis in which each place has terms of its own."""
    draws = np.random.default_rng(6)
    own = draws.dirichlet(np.full(len(terms), 0.4), len(places)) * 400
    n = draws.poisson(own)
    n[0, 0] += 300
    rows = [(p, t, v) for p, row in zip(places, n, strict=True)
            for t, v in zip(terms, row, strict=True)]  # fmt: skip
    return correspondence(pd.DataFrame(rows, columns=["unit", "term", "n"]), min_place=1)


def linked(terms: Sequence[str] = MANY, paragraphs: int = 900) -> Network:
    """A network of terms that meet in groups of seven, and now and then otherwise."""
    draws = np.random.default_rng(7)
    held = []
    for number in range(paragraphs):
        group = int(draws.integers(len(terms) // 7 + 1))
        own = [*terms[group * 7 : group * 7 + 7]] or [terms[0]]
        chosen = {*draws.choice(own, 3), draws.choice(terms)}
        held += [(f"d{number % 9}#{number}", term) for term in sorted(chosen)]
    occurrences = pd.DataFrame(held, columns=["para_id", "keyword"])
    occurrences["doc_id"] = occurrences["para_id"].str.partition("#")[0]
    occurrences = occurrences.assign(surface=occurrences["keyword"], end=1, relation="alone")
    occurrences["start"] = occurrences.groupby("para_id").cumcount()
    ids = occurrences[["para_id", "doc_id"]].drop_duplicates()
    texts = dict.fromkeys(("role", "text", "origin", "place", "place_basis"), "")
    numbers = dict.fromkeys(("article", "position", "raw_start", "raw_end"), 0)
    frame = ids.assign(**texts, **numbers, duplicate_of="")
    return network(occurrences, frame, lexicon=list(terms), terms=len(terms))


def contrasts(groups: Sequence[str], terms: Sequence[str] = MANY) -> pd.DataFrame:
    """A table keyness; every ninth term is absent from its group, every fourth has no interval."""
    draws = np.random.default_rng(8)
    rows = []
    for group in groups:
        ratio, dp = draws.normal(0, 2, len(terms)), draws.uniform(0, 1, len(terms))
        n = draws.integers(1, 90, len(terms))
        for i, term in enumerate(terms):
            row = dict.fromkeys(("g2", "q_g2", "q_log_odds", "p_document", "q_document"), 0.04)
            row |= {"per_10k_target": 1.0, "per_10k_reference": 1.0, "log_ratio": ratio[i]}
            row |= {"log_odds_z": ratio[i] * np.sqrt(n[i]), "dp_target": dp[i]}
            row |= {"log_ratio_low": ratio[i] - 1, "log_ratio_high": ratio[i] + 1}
            if i % 4 == 3:
                row |= {"log_ratio_low": np.nan, "log_ratio_high": np.nan, "q_document": np.nan}
            if i % 9 == 8:
                row |= {"dp_target": np.nan}
            counts = {"n_target": 0 if i % 9 == 8 else n[i], "n_reference": 5}
            rows.append({"group": group, "term": term, **counts, **row, "reason": ""})
    return pd.DataFrame(rows)
