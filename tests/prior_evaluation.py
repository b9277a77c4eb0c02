"""How the weight of the prior moves the log-odds z: a part of ``make evaluate``."""

from __future__ import annotations

import numpy as np

from textlab.analysis.keyness import PRIOR_TOTAL
from textlab.statistics.measures import log_odds_dirichlet

# Tokens of a provincial report, and of thirty others; a vocabulary with frequencies as 1 / rank.
TARGET, REFERENCE, VOCABULARY = 7_500, 232_500, 20_000
LEAST, TIMES = 5, 20


def evaluate_prior() -> list[str]:
    """The standard deviation of z where words fall independently and nothing differs."""
    rng = np.random.default_rng(11)
    share = 1 / np.arange(1, VOCABULARY + 1)
    share /= share.sum()
    weights = {"the whole corpus": None, f"{PRIOR_TOTAL} tokens": PRIOR_TOTAL}
    found: dict[str, list[float]] = {name: [] for name in weights}
    for _ in range(TIMES):
        n, other = rng.poisson(TARGET * share), rng.poisson(REFERENCE * share)
        tested = n + other >= LEAST
        for name, weight in weights.items():
            z = log_odds_dirichlet(n[tested], other[tested], TARGET, REFERENCE, prior_total=weight)
            found[name].append(float(z.std()))
    lines = [f"log-odds z of independent words, {TARGET:,} tokens against {REFERENCE:,}:"]
    return lines + [
        f"  prior with the weight of {name}: standard deviation {np.mean(sd):.2f} (wanted 1)"
        for name, sd in found.items()
    ]
