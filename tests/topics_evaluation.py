"""What start, prior and passes do to topics of real texts: a part of ``make evaluate``.

Each variant is fitted to all units and to bootstraps of documents: coherence of the first,
held-out likelihood of the documents that a bootstrap did not draw, and the mean overlap (Jaccard of
20 top words, matched) of the bootstraps' topics with the first's. Corpora of which the texts are
not there are left out, and said so.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfTransformer

from tests.bench_topics import MAX_SHARE, MIN_UNITS, K, report_counts
from tests.topic_items import newscast_items
from textlab.topics import start
from textlab.topics.coherence import TOP, Windows, topic_npmi, windows
from textlab.topics.heldout import Halves, complete, split
from textlab.topics.labels import top_terms
from textlab.topics.lda import train
from textlab.topics.matching import MATCHED, match
from textlab.topics.model import prepare
from textlab.topics.options import fit_options
from textlab.topics.vocabulary import UnitTerms

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "corpora"
BOOTSTRAPS = 4
VARIANTS: dict[str, dict[str, Any]] = {
    "as it is": {},
    "plain tf-idf in the NMF": {"plain": True},
    "short units weigh as much as long ones": {"full": 1},
    "no prior": {"prior": 0.0},
    "prior 1": {"prior": 1.0},
    "prior 3": {"prior": 3.0},
    "10 passes": {"passes": 10},
    "the NMF itself": {"passes": 0},
    "alpha symmetric": {"alpha": "symmetric"},
    "random start, 10 passes": {"start": "random"},
}


# Topics of two random halves of so many parts of a year: how many are there in both?
HALVED, HALVED_K = {"a year": 1, "a quarter": 4, "a month": 12}, 15


class Corpus(NamedTuple):
    """Units, the document of each, and the windows that their words keep company in."""

    name: str
    k: int
    data: UnitTerms
    document: np.ndarray
    company: Windows


def evaluate_topics() -> list[str]:
    """A table for each corpus that is there."""
    lines = []
    for name, corpus in (("newscast-2022", _news), ("provincial-2025", _reports)):
        if (SHARED / name).is_dir():
            made = corpus(SHARED / name)
            lines += _table(made)
            lines += _halves(made.data) if corpus is _news else []
        else:
            lines.append(f"topics of {name}: left out, its texts are not there")
    return lines


def _news(source: Path) -> Corpus:
    items = newscast_items(source)
    data = prepare(items.counts, min_units=MIN_UNITS, max_share=MAX_SHARE)
    company = windows(items.tokens, data.vocabulary)
    return Corpus("newscast items", K, data, np.arange(len(data.units)), company)


def _reports(source: Path) -> Corpus:
    counts, options = report_counts(source)
    data = prepare(counts, max_share=options["max_share"])
    document = pd.factorize(options["documents"].loc[data.units])[0]
    company = windows(options["tokens"], data.vocabulary)
    return Corpus("paragraphs of the provincial reports", 20, data, document, company)


def _table(corpus: Corpus) -> list[str]:
    units, terms = corpus.data.matrix.shape
    head = f"topics of {units:,} {corpus.name}, {terms:,} terms, k = {corpus.k}:"
    lines = [head, f"{'':<42}{'seconds':>8}{'NPMI':>8}{'held-out':>10}{'overlap':>9}"]
    halves = split(corpus.data)
    for name, variant in VARIANTS.items():
        took, npmi, held_out, overlap = _figures(corpus, halves, **variant)
        lines.append(f"  {name:<40}{took:8.1f}{npmi:8.3f}{held_out:10.3f}{overlap:9.2f}")
    return lines


def _halves(data: UnitTerms) -> list[str]:
    """How many topics two halves of the same texts have in common: what no history can tell."""
    rng, fit = np.random.default_rng(5), fit_options(HALVED_K)
    lines = [f"topics that random halves of newscast items have in common, of {HALVED_K}:"]
    for name, parts in HALVED.items():
        rows = rng.permutation(len(data.units))[: len(data.units) // parts]
        tops = []
        for half in np.array_split(rows, 2):
            own = np.sort(half)
            units = UnitTerms([data.units[r] for r in own], data.vocabulary, data.matrix[own])
            tops.append(top_terms(train(units, fit).topic_term, data.vocabulary))
        common = int((match(*tops).overlaps >= MATCHED).sum())
        lines.append(f"  as many as in {name + ',':<12} {len(rows) // 2:>5} items each{common:>6}")
    return lines


def _figures(
    corpus: Corpus, halves: Halves, *, plain: bool = False, full: int = start.FULL, **options: Any
) -> tuple[float, float, float, float]:
    """Seconds of the process, NPMI, held-out nats a token, overlap."""
    data, document = corpus.data, corpus.document
    fit, rng = fit_options(corpus.k, **options), np.random.default_rng(7)
    count = int(document.max()) + 1
    nats, overlaps = [], []
    with _started(plain, full):
        begun = time.process_time()
        whole = train(data, fit)
        took = time.process_time() - begun
        tops = top_terms(whole.topic_term, data.vocabulary)
        for _ in range(BOOTSTRAPS):
            drawn = np.bincount(rng.integers(count, size=count), minlength=count)[document]
            topics = train(data, fit, drawn.astype("float64"))
            aside = Halves(*(half[drawn == 0] for half in halves))
            found = complete(aside, topics.topic_term, topics.alpha)
            nats.append(found.loglik.sum() / found.tokens.sum())
            again = top_terms(topics.topic_term, data.vocabulary)
            overlaps.append(match(tops, again).overlaps.mean())
    npmi = topic_npmi([row[:TOP] for row in tops], corpus.company).mean()
    return took, float(npmi), float(np.mean(nats)), float(np.mean(overlaps))


@contextmanager
def _started(plain: bool, full: int) -> Iterator[None]:
    """The NMF as it was tried: of plain tf-idf, and with units of ``full`` tokens weighing 1."""
    kept = start.FULL, start._weighted
    start.FULL = full
    if plain:
        start._weighted = lambda matrix: TfidfTransformer().fit_transform(matrix)
    try:
        yield
    finally:
        start.FULL, start._weighted = kept
