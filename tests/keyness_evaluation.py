"""How often keyness calls chance a difference: a part of ``make evaluate``."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.stats import chi2, mannwhitneyu, ttest_ind

from textlab.statistics.document_tests import group_tests
from textlab.statistics.measures import Floats, log_likelihood

Ints = NDArray[np.int64]
LEVEL = 0.05
SIZES = ((2, 10), (3, 21), (6, 18), (10, 21), (30, 30))
# Occurrences a document, and the least and most over-dispersion (variance m + a m²) of such words
# in the 31 reports of 2025.
SPREADS = (
    (0.1, 1.0, 3.0), (0.25, 0.2, 3.0), (0.7, 0.15, 1.9), (1.5, 0.1, 1.0), (3.5, 0.1, 0.5),
    (7.0, 0.1, 0.29), (15.0, 0.08, 0.24), (35.0, 0.04, 0.11), (80.0, 0.04, 0.06),
)  # fmt: skip
# Tokens of the documents of both sides: alike, or one side's twice those of the other.
LENGTHS = {
    "alike": ((4000, 14_000), (4000, 14_000)),
    "first shorter": ((4000, 6000), (8000, 14_000)),
    "first longer": ((8000, 14_000), (4000, 6000)),
}
TERMS, TIMES = 400, 6
NAMES = ("documents", "Welch", "ranks", "G2")


def evaluate_keyness() -> list[str]:
    """Rejections at 5 %, in percent, where both sides are drawn from one distribution."""
    lines = [
        "keyness: differences called at 5 % where there is none, % of words",
        "words: over-dispersed counts (mean a document; the worse of the least and most spread)",
        f"{'documents':>10}  {'lengths':13}  {'test':9} "
        + " ".join(f"{mean:>5}" for mean, _, _ in SPREADS)
        + "  one text's",
    ]
    for number, sizes in enumerate(SIZES):
        for lengths, spans in LENGTHS.items():
            rng = np.random.default_rng([7, number, list(LENGTHS).index(lengths)])
            found = [_worse(rng, sizes, spans, *spread) for spread in SPREADS]
            found.append(_rates(rng, sizes, spans, None))
            for test, name in enumerate(NAMES):
                head = f"{sizes[0]:>4} v {sizes[1]:>3}  {lengths:13}" if not test else " " * 25
                cells = [f"{100 * rates[test]:5.1f}" for rates in found]
                lines.append(f"{head}  {name:9} {' '.join(cells[:-1])}  {cells[-1]:>10}")
    return [
        *lines,
        "documents: p_document; Welch: of rates a document; ranks: Mann-Whitney of the same; "
        "G2: against chi-squared",
        "one text's: a word that one document, whichever, has 20 times, and others hardly ever",
    ]


def _worse(
    rng: np.random.Generator, sizes: tuple[int, int], spans: object, mean: float, *spreads: float
) -> Floats:
    worse: Floats = np.max([_rates(rng, sizes, spans, (mean, a)) for a in spreads], axis=0)
    return worse


def _rates(
    rng: np.random.Generator,
    sizes: tuple[int, int],
    spans: object,
    word: tuple[float, float] | None,
) -> Floats:
    """The share of words that each test rejects."""
    group = np.repeat([0, 1], sizes)
    found = []
    for _ in range(TIMES):
        low, high = np.array(spans)[group].T
        size = rng.integers(low, high)
        x = _one_texts(rng, len(size)) if word is None else _drawn(rng, size, *word)
        p = group_tests(csr_array(x), size, group, 2)[0], *_others(x, size, group)
        found.append([np.mean(values <= LEVEL) for values in p])
    share: Floats = np.mean(found, axis=0)
    return share


def _drawn(rng: np.random.Generator, size: Ints, mean: float, spread: float) -> Ints:
    """Negative-binomial counts, documents x words; ``mean`` is that of 7,500 tokens."""
    rates = rng.gamma(1 / spread, spread, (len(size), TERMS))
    return rng.poisson(mean / 7500 * size[:, np.newaxis] * rates)


def _one_texts(rng: np.random.Generator, documents: int) -> Ints:
    x = rng.poisson(0.05, (documents, TERMS))
    x[rng.integers(documents, size=TERMS), np.arange(TERMS)] += 20
    return x


def _others(x: Ints, size: Ints, group: Ints) -> tuple[Floats, Floats, Floats]:
    """p of the tests that are not used."""
    rates, first = np.round(x / size[:, np.newaxis], 12), group == 0
    with np.errstate(all="ignore"):
        welch = ttest_ind(rates[first], rates[~first], equal_var=False).pvalue
        ranks = mannwhitneyu(rates[first], rates[~first]).pvalue
    sizes = size[first].sum(), size[~first].sum()
    g2 = log_likelihood(x[first].sum(axis=0), x[~first].sum(axis=0), *sizes)
    return np.nan_to_num(welch, nan=1.0), np.nan_to_num(ranks, nan=1.0), chi2.sf(g2, 1)
