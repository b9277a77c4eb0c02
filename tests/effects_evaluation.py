"""How often 95 % intervals of effects on topic shares hold them: printed by ``make evaluate``.

Texts are drawn from LDA topics: four places and three years move the mean shares (by up to 15
points and by 3 a year), the shares of documents and of the two or three units of each are Dirichlet
about that mean, and documents have 100 to 2,000 tokens unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.stats import t

from textlab.topics.effects_design import Design, design
from textlab.topics.effects_estimates import Estimates, Shares, estimates
from textlab.topics.effects_formula import parse
from textlab.topics.effects_regression import Regression
from textlab.topics.effects_shares import mean_by_row, row_weights, unshrunken
from textlab.topics.lda import posterior, train
from textlab.topics.options import fit_options
from textlab.topics.variational import Floats, expected_shares
from textlab.topics.vocabulary import UnitTerms

TERMS = 400
MEAN = np.array([0.30, 0.25, 0.20, 0.15, 0.10])
PLACES = np.array(
    [[0, 0, 0, 0, 0], [10, -5, -5, 0, 0], [-10, 15, 0, -5, 0], [-5, -10, 5, 5, 5]]
) / 100  # fmt: skip
YEAR = np.array([0.03, -0.02, 0.0, -0.02, 0.01])
# Concentration of a document's shares about the mean, and of its units' about its own.
OF_DOCUMENTS, OF_UNITS = 8.0, 6.0
# What posteriors and draws are needed for is slow: the first samples only.
SLOW, DRAWS, RESAMPLES = 20, 20, 300


class Setting(NamedTuple):
    name: str
    documents: int
    samples: int
    alike: float = 0.2
    tokens: tuple[int, int] = (100, 2000)
    estimated: bool = False


SETTINGS = (
    Setting("3 documents a place", 3, 250),
    Setting("6 documents a place", 6, 250),
    Setting("12 documents a place", 12, 200),
    Setting("30 documents a place", 30, 120),
    Setting("30, of 50 to 150 tokens, topics less distinct", 30, 120, 0.5, (50, 150)),
    Setting("30, topics estimated from the same texts", 30, 40, estimated=True),
)


class Sample(NamedTuple):
    """Units x terms and x topics, the document of each unit, place and year of each document."""

    counts: Floats
    theta: Floats
    document: NDArray[np.intp]
    place: NDArray[np.intp]
    year: NDArray[np.intp]


def draw(rng: np.random.Generator, topics: Floats, setting: Setting) -> Sample:
    place = np.repeat(np.arange(len(PLACES)), setting.documents)
    year = rng.integers(-1, 2, len(place))
    counts, thetas, document = [], [], []
    for number, mean in enumerate(MEAN + PLACES[place] + YEAR * year[:, np.newaxis]):
        shares = rng.dirichlet(OF_DOCUMENTS * mean)
        tokens = np.exp(rng.uniform(*np.log(setting.tokens)))
        for part in rng.dirichlet(np.full(int(rng.integers(2, 4)), 5.0)):
            theta = rng.dirichlet(OF_UNITS * shares + 1e-6)
            counts.append(rng.multinomial(max(round(tokens * part), 5), theta @ topics))
            thetas.append(theta)
            document.append(number)
    return Sample(
        np.array(counts, dtype="float64"), np.array(thetas), np.array(document), place, year
    )


def _truth(of: Design, place: NDArray[np.intp], year: NDArray[np.intp]) -> Floats:
    """The true effects: they are what the mean shares themselves regress to."""
    shares = PLACES[place] + YEAR * year[:, np.newaxis]
    coefficients = np.linalg.lstsq(of.matrix, shares, rcond=None)[0]
    effects: Floats = np.array([effect.weights for effect in of.effects]) @ coefficients
    return effects


class Trial(NamedTuple):
    """One sample: its true effects, and low, estimate and high by method.

    ``known`` are the estimates that the true shares of its units would have given.
    """

    truth: Floats
    known: Floats
    pairs: NDArray[np.bool_]
    found: dict[str, tuple[Floats, Floats, Floats]]


class Prepared(NamedTuple):
    """A sample as it is regressed: ``topics`` and ``alpha`` are what is taken as known."""

    sample: Sample
    design: Design
    regression: Regression
    to_rows: Any
    shares: Floats
    topics: Floats
    alpha: Floats


def prepare(sample: Sample, topics: Floats, *, estimated: bool) -> Prepared:
    matrix, tokens = csr_array(sample.counts), sample.counts.sum(axis=1)
    values = pd.DataFrame({"place": sample.place, "year": sample.year}).astype(str)
    of = design(values.assign(place="p" + values["place"]), parse("place + year"))
    alpha = OF_UNITS / 2 * MEAN
    if estimated:
        topics, alpha = _estimated(matrix, topics)
    plain = unshrunken(matrix, topics, MEAN)
    to_rows, total = mean_by_row(sample.document, tokens)
    shares = np.asarray(to_rows @ plain.shares)
    weights = row_weights(of.matrix, shares, total, plain.noise)
    directions = np.array([effect.weights for effect in of.effects])
    regression = Regression(of.matrix, weights, np.arange(len(total)), directions)
    return Prepared(sample, of, regression, to_rows, shares, topics, alpha)


def trial(rng: np.random.Generator, setting: Setting, *, slow: bool) -> Trial:
    topics = rng.dirichlet(np.full(TERMS, setting.alike), len(MEAN))
    ready = prepare(draw(rng, topics, setting), topics, estimated=setting.estimated)
    sample, of = ready.sample, ready.design
    pairs = np.array([effect.kind == "contrast" for effect in of.effects])
    known = ready.regression.fit(np.asarray(ready.to_rows @ sample.theta)).estimate
    truth = _truth(of, sample.place, sample.year)
    return Trial(truth, known, pairs, _found(ready, [~pairs, pairs], slow=slow))


def _found(
    ready: Prepared, families: list[NDArray[np.bool_]], *, slow: bool
) -> dict[str, tuple[Floats, Floats, Floats]]:
    """Low, estimate and high by method."""
    matrix, options = csr_array(ready.sample.counts), {"draws": 0, "resamples": 0, "seed": 0}
    gamma = np.tile(ready.alpha, (matrix.shape[0], 1))
    if slow:
        gamma = posterior(matrix, ready.topics, ready.alpha)
        options |= {"draws": DRAWS, "resamples": RESAMPLES}
    shares = Shares(ready.shares, gamma, ready.to_rows)
    found = _by_method(estimates(ready.regression, shares, families, **options))
    if not slow:
        return {name: found[name] for name in ("estimate_effects", "all of a topic at once")}
    found["posterior shares of units, OLS"] = _naive(ready, gamma)
    informed = Shares(ready.shares, _informed(ready, matrix, gamma), ready.to_rows)
    again = estimates(ready.regression, informed, families, draws=DRAWS, resamples=0, seed=0)
    return found | {"composition, covariates in prior": _by_method(again)["composition"]}


def _by_method(found: Estimates) -> dict[str, tuple[Floats, Floats, Floats]]:
    middle = found.estimate
    return {
        "estimate_effects": (found.low, middle, found.high),
        "all of a topic at once": (found.low_simultaneous, middle, found.high_simultaneous),
        "bootstrap": (found.low_bootstrap, middle, found.high_bootstrap),
        "composition": (
            *(found.low_composition, found.estimate_composition, found.high_composition),
        ),
    }


def _estimated(matrix: csr_array, topics: Floats) -> tuple[Floats, Floats]:
    """Topics fitted to the counts, in the order of the true ones that they are most like."""
    there = np.flatnonzero(np.asarray(matrix.sum(axis=0)).ravel())
    names = [str(term) for term in there]
    data = UnitTerms([str(unit) for unit in range(matrix.shape[0])], names, matrix[:, there])
    fitted = train(data, fit_options(len(topics)))
    found = np.zeros(topics.shape)
    found[:, there] = fitted.topic_term
    order = linear_sum_assignment(np.sqrt(topics) @ np.sqrt(found).T, maximize=True)[1]
    return found[order], fitted.alpha[order]


def _naive(ready: Prepared, gamma: Floats) -> tuple[Floats, Floats, Floats]:
    """Posterior shares of units regressed as if they were known and independent."""
    directions = ready.regression.effects
    x, y = ready.design.matrix[ready.sample.document], gamma / gamma.sum(axis=1, keepdims=True)
    inverse = np.linalg.inv(x.T @ x)
    coefficients = inverse @ (x.T @ y)
    left = len(x) - x.shape[1]
    variance = ((y - x @ coefficients) ** 2).sum(axis=0) / left
    se = np.sqrt(np.einsum("er,rs,es->e", directions, inverse, directions)[:, None] * variance)
    middle, half = directions @ coefficients, t.ppf(0.975, left) * se
    return middle - half, middle, middle + half


def _informed(ready: Prepared, matrix: csr_array, gamma: Floats) -> Floats:
    """Posteriors under priors whose mean is what the shares regress to, found in five rounds."""
    x, strength = ready.design.matrix[ready.sample.document], ready.alpha.sum()
    cells, cell = np.unique(x, axis=0, return_inverse=True)
    gamma = gamma.copy()
    for _ in range(5):
        shares = gamma / gamma.sum(axis=1, keepdims=True)
        mean = np.maximum(cells @ np.linalg.lstsq(x, shares, rcond=None)[0], 0.005)
        for number, prior in enumerate(strength * mean / mean.sum(axis=1, keepdims=True)):
            here = cell.ravel() == number
            gamma[here] = expected_shares(
                matrix[here], ready.topics, prior, start=gamma[here], iterations=50, threshold=1e-3
            )
    return gamma


def report(setting: Setting) -> Iterator[str]:
    """A line a method."""
    rng = np.random.default_rng([setting.documents, setting.tokens[0], setting.estimated])
    trials = [trial(rng, setting, slow=number < SLOW) for number in range(setting.samples)]
    yield setting.name
    for method in trials[0].found:
        some = [one for one in trials if method in one.found]
        yield f"  {method:<34}{_measured(some, method)}{len(some):10}"


def _measured(trials: list[Trial], method: str) -> str:
    pairs = trials[0].pairs
    low, middle, high = np.stack([one.found[method] for one in trials], axis=1)
    truth, known = (np.array([getattr(one, of) for one in trials]) for of in ("truth", "known"))
    held = (low <= truth) & (truth <= high)
    wide = (high - low)[:, pairs].mean() / 2
    slope = (middle * known).sum() / (known**2).sum()
    if np.isnan(wide):
        return f"{'-':>10}" * 4 + f"{slope:10.2f}"
    # The year is the last coefficient.
    shares = (held[:, ~pairs][:, -1], held[:, pairs], held[:, pairs].all(axis=1))
    cells = "".join(f"{100 * share.mean():10.1f}" for share in shares)
    return f"{cells}{wide:10.3f}{slope:10.2f}"


def evaluate_effects() -> Iterator[str]:
    """The table as lines."""
    yield "95% intervals of effects on topic shares: how many of 100 hold the truth: the year, each"
    yield "pair of four places, all six pairs at once; half their width; and the slope of estimates"
    yield "on those that the true shares of the same documents give (below 1: shrunken)"
    heads = ("year", "pairs", "all pairs", "half", "slope", "samples")
    yield " " * 36 + "".join(f"{head:>10}" for head in heads)
    for setting in SETTINGS:
        yield from report(setting)


if __name__ == "__main__":
    print("\n".join(evaluate_effects()))
