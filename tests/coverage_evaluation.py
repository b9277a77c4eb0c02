"""How often 95 % intervals of a rate hold it: a simulation, printed by ``make evaluate``.

Counts of a word in documents are negative binomial: a document of s tokens has m = rate * s
occurrences on average, with variance m + a m². Sizes are drawn from those of the provincial
reports, and a is their over-dispersion of words as frequent as that (median and 90th percentile
of the words), measured by :func:`measured`; where the reports are not there, the figures of
``OVERDISPERSION`` are taken, which are what it printed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from textlab.cleaning.paragraphs import clean
from textlab.reading.documents import read_documents
from textlab.statistics.bootstrap import (
    bca_rates,
    bootstrap_rates,
    bootstrap_weights,
    studentised_rates,
)
from textlab.statistics.intervals import log_ratio_intervals, rate_intervals
from textlab.statistics.matrix import unit_term_matrix
from textlab.statistics.measures import PER
from textlab.statistics.sampling import Units
from textlab.tokens.counting import count
from textlab.tokens.segmentation import tokenize

Floats = NDArray[np.float64]
REPORTS = Path(__file__).resolve().parents[2] / "shared/corpora/provincial-2025"
# Tokens of a report: the least, deciles, the most.
SIZES = np.array([4258, 5273, 6091, 6617, 6959, 7513, 7888, 8338, 8962, 9779, 14524])
# Mean count in a report (from, to): the median and 90th percentile of a over words.
BANDS = ((0.1, 0.5), (0.5, 1), (1, 2), (2, 5), (5, 10), (10, 20), (20, 50))
OVERDISPERSION = ((0.20, 3.02), (0.15, 1.92), (0.09, 1.02), (0.11, 0.52), (0.10, 0.29),
                  (0.08, 0.24), (0.04, 0.11))  # fmt: skip
DOCUMENTS = (3, 6, 10, 30)
# Bootstraps are slow: the first samples only.
WORDS, TIMES, RESAMPLED, RESAMPLES = 100, 100, 15, 1000


def measured() -> tuple[tuple[float, float], ...]:
    """The over-dispersion of words of the reports by moments, for each of ``BANDS``."""
    counts = count(tokenize(clean(read_documents(REPORTS))), "doc_id")
    n = unit_term_matrix(counts).n.toarray().astype("float64")
    size = n.sum(axis=1)
    n = n[:, n.sum(axis=0) >= 10]
    mean = np.outer(size, n.sum(axis=0) / size.sum())
    a = (((n - mean) ** 2).sum(axis=0) - mean.sum(axis=0)) / (mean**2).sum(axis=0)
    found = []
    for low, high in BANDS:
        here = (mean.mean(axis=0) >= low) & (mean.mean(axis=0) < high)
        found.append((float(np.median(a[here])), float(np.quantile(a[here], 0.9))))
    return tuple(found)


def draw(
    rng: np.random.Generator, documents: int, mean: float, a: float, words: int = WORDS
) -> Units:
    """Counts of ``words`` words, each of ``mean`` in a report of middling size."""
    size = rng.choice(SIZES, documents)
    expected = np.repeat((mean * size / np.median(SIZES))[:, np.newaxis], words, axis=1)
    if a > 0:
        expected = expected * rng.gamma(1 / a, a, expected.shape)
    return Units(csr_array(rng.poisson(expected)), size, "document")


def _bootstrap(verb: Callable[..., tuple[Floats, Floats]]) -> Callable[..., tuple[Floats, Floats]]:
    return lambda units, weights: verb(units.n, units.size, weights=weights)


METHODS: dict[str, Callable[[Units, Floats], tuple[Floats, Floats]]] = {
    "percentile": _bootstrap(bootstrap_rates),
    "BCa": _bootstrap(bca_rates),
    "bootstrap-t": _bootstrap(studentised_rates),
    "model": lambda units, _: rate_intervals(units),
}


def coverage(documents: int, mean: float, a: float) -> dict[str, float]:
    """The share of intervals that hold the rate; one that does not exist does not hold it."""
    rng = np.random.default_rng([documents, round(1000 * mean), round(1000 * a)])
    held: dict[str, list[float]] = {name: [] for name in METHODS}
    rate = PER * mean / float(np.median(SIZES))
    for number in range(TIMES):
        units, weights = draw(rng, documents, mean, a), np.empty((documents, 0))
        if number < RESAMPLED:
            weights = bootstrap_weights(documents, resamples=RESAMPLES, rng=rng)
        for name, verb in METHODS.items():
            if weights.size or name == "model":
                low, high = verb(units, weights)
                held[name].append(float(((low <= rate) & (rate <= high)).mean()))
    return {name: float(np.mean(shares)) for name, shares in held.items()}


def evaluate_coverage() -> list[str]:
    """The tables as lines."""
    there = REPORTS.is_dir()
    spread = measured() if there else OVERDISPERSION
    lines = [
        "95% intervals of rates: how many of 100 hold the rate; documents of 4,000 to 15,000 "
        "tokens,",
        "over-dispersion (variance m + a m²) " + ("as measured on" if there else "once measured on")
        + " the provincial reports, median and 90th percentile",
        f"{'documents':>9} {'mean':>6} {'a':>5}" + "".join(f"{name:>13}" for name in METHODS),
    ]  # fmt: skip
    worst: dict[int, list[float]] = {}
    for documents in DOCUMENTS:
        for (low, high), pair in zip(BANDS, spread, strict=True):
            mean = round((low * high) ** 0.5, 2)
            for a in pair:
                held = coverage(documents, mean, a)
                cells = "".join(f"{100 * held[name]:13.1f}" for name in METHODS)
                lines.append(f"{documents:9} {mean:6.2f} {a:5.2f}{cells}")
                worst.setdefault(documents, []).append(held["model"])
    for documents, found in worst.items():
        lines.append(
            f"model, {documents} documents: {100 * min(found):.1f} to {100 * max(found):.1f}"
        )
    return [*lines, "", *ratio_coverage(spread)]


def ratio_coverage(spread: tuple[tuple[float, float], ...]) -> list[str]:
    """The same of log ratios, of a word four times as frequent in the target."""
    lines = ["95% intervals of log ratios (true ratio 4): how many of 100 hold it, by documents"]
    sides = ((3, 21), (6, 18), (10, 10), (30, 30))
    lines.append(f"{'mean':>6} {'a':>5}" + "".join(f"{f'{a} and {b}':>13}" for a, b in sides))
    for (low, high), (a, _) in zip(BANDS, spread, strict=True):
        mean = round((low * high) ** 0.5, 2)
        cells = []
        for target, reference in sides:
            rng = np.random.default_rng([target, reference, round(1000 * mean)])
            held = 0
            for _ in range(TIMES):
                pair = draw(rng, target, 4 * mean, a), draw(rng, reference, mean, a)
                bounds = log_ratio_intervals(*pair)
                # A bound that does not exist is infinitely far.
                held += int((~(bounds.low > 2) & ~(bounds.high < 2)).sum())
            cells.append(f"{100 * held / (WORDS * TIMES):13.1f}")
        lines.append(f"{mean:6.2f} {a:5.2f}" + "".join(cells))
    return lines
