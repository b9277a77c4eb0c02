"""The fits on which each K is tried, in worker processes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from textlab.errors import ModelError
from textlab.topics.coherence import exclusivity
from textlab.topics.heldout import Halves, complete
from textlab.topics.labels import top_terms
from textlab.topics.lda import train
from textlab.topics.options import Fit
from textlab.topics.replicates import Clusters, in_sample, random_fit, replicate_fit
from textlab.topics.select_rule import Estimate, ratio_estimate
from textlab.topics.variational import Floats
from textlab.topics.vocabulary import UnitTerms
from textlab.workers import Task, Workers


class Trial(NamedTuple):
    """A fit to ``all`` units, to a ``bootstrap`` of documents, or from ``random`` numbers."""

    k: int
    kind: str
    number: int


class Tried(NamedTuple):
    """What a trial came to: its top terms, exclusivity, and log-likelihood of held-out units."""

    tops: list[list[int]]
    exclusivity: float
    loglik: Floats


@dataclass(frozen=True, eq=False)
class Trials:
    """What all trials have in common.

    ``halves`` are those of the units of ``data``; ``replicates`` is the number of bootstraps.
    """

    data: UnitTerms
    clusters: Clusters
    halves: Halves
    replicates: int
    seed: int

    def tried(
        self, fits: Mapping[int, Fit], workers: Workers | None
    ) -> Iterator[tuple[int, dict[str, list[Tried]]]]:
        """Each K, the largest first, with its trials by kind, in the order of their numbers."""
        # What cannot be judged is refused before anything is fitted.
        self._check_held()
        # The longest first, so that no process waits for one of them at the end.
        asked = [trial for k in sorted(fits, reverse=True) for trial in self._trials(k)]
        tasks = (self._task(trial, fits[trial.k]) for trial in asked)
        found = zip(asked, (workers or Workers()).map(attempt, tasks), strict=True)
        for k, of_k in groupby(found, lambda pair: pair[0].k):
            by_kind: dict[str, list[Tried]] = {}
            for trial, tried in of_k:
                by_kind.setdefault(trial.kind, []).append(tried)
            yield k, by_kind

    def _check_held(self) -> None:
        there = np.count_nonzero(self._held[2])
        if there < 2:
            raise ModelError(
                f"nothing to judge k by: of {self.clusters.total} documents (or units) {there} are "
                "held out and have words to foresee; ask for more replicates, or give more or "
                "longer texts"
            )

    def _trials(self, k: int) -> list[Trial]:
        return [
            Trial(k, "all", 0),
            *(Trial(k, "bootstrap", number) for number in range(self.replicates)),
            *(Trial(k, "random", number) for number in range(max(2, self.replicates // 5))),
        ]

    def _task(self, trial: Trial, fit: Fit) -> Task:
        weights = np.ones(len(self.data.units))
        if trial.kind == "bootstrap":
            fit, weights = replicate_fit(fit, trial.number), self._weights(trial.number)
        elif trial.kind == "random":
            fit = random_fit(fit, trial.number)
        out = weights == 0
        held = Halves(self.halves.seen[out], self.halves.hidden[out])
        return Task((*in_sample(self.data, weights, trial.k), fit, held), dict)

    def _weights(self, number: int) -> Floats:
        return self.clusters.weights(number, self.seed)

    def held_out(self, tried: Mapping[str, Sequence[Tried]]) -> Estimate:
        """Nats a token: the mean of each document over the bootstraps without it."""
        sums = np.zeros(self.clusters.total)
        for number, one in enumerate(tried["bootstrap"]):
            loglik = np.zeros(len(self.data.units))
            loglik[self._weights(number) == 0] = one.loglik
            sums += self._by_cluster(loglik)
        times, tokens, there = self._held
        return ratio_estimate(sums[there] / times[there], tokens[there], self.replicates)

    @cached_property
    def _held(self) -> tuple[Floats, Floats, NDArray[np.bool_]]:
        """How often each document is held out, its hidden tokens, and whether it says anything."""
        times = np.zeros(self.clusters.total)
        for number in range(self.replicates):
            times[np.unique(self.clusters.code[self._weights(number) == 0])] += 1
        tokens = self._by_cluster(np.asarray(self.halves.hidden.sum(axis=1)).ravel())
        return times, tokens, (times > 0) & (tokens > 0)

    def _by_cluster(self, values: Floats) -> Floats:
        sums = np.bincount(self.clusters.code, values, minlength=self.clusters.total)
        return sums.astype("float64")


def attempt(data: UnitTerms, weights: Floats, fit: Fit, held: Halves) -> Tried:
    """One fit, and what is measured on it."""
    topic_term, alpha = train(data, fit, weights)
    return Tried(
        top_terms(topic_term, data.vocabulary),
        float(exclusivity(topic_term, data.vocabulary).mean()),
        complete(held, topic_term, alpha).loglik,
    )
