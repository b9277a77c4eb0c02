"""Topics beside gensim, Gibbs sampling and NMF, all in one run: part of ``make bench``.

All sides have the same tokens, vocabulary and documents, and one thread; seconds are of the
process's own time, one turn each. Not a test: nothing is asserted.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from gensim.corpora import Dictionary
from gensim.models import CoherenceModel
from threadpoolctl import threadpool_limits

import textlab as tl
from tests.topic_items import Items, newscast_items
from tests.topic_sides import Topics, gensim_side, nmf_side, textlab_side, tomotopy_side
from textlab.seeds import derive_seed
from textlab.tokens.kinds import COUNTED_KINDS
from textlab.topics.coherence import TOP, WINDOW, topic_npmi, windows
from textlab.topics.heldout import Halves, hidden_likelihood, split
from textlab.topics.labels import top_terms
from textlab.topics.matching import match
from textlab.topics.model import prepare
from textlab.topics.select import select_topics
from textlab.topics.vocabulary import UnitTerms, unit_terms
from textlab.workers import Workers

K = 30
MIN_UNITS, MAX_SHARE = 5, 0.5
HELD_OUT = 500
# Gibbs sampling is slow: on the two bootstraps it goes on less long.
SHORTER = 300
GRID = (4, 6, 8, 10, 12, 15, 20, 30)
REPLICATES = 10
GRID_SECONDS = 120
OURS, GENSIM, GIBBS, FACTORS = "textlab", "gensim, random start", "tomotopy", "sklearn NMF"
ROOT = Path(__file__).resolve().parent.parent

Fit = Callable[[UnitTerms], Topics]


class Figures(NamedTuple):
    """What a side comes to. ``npmi`` is textlab's, ``c_npmi`` gensim's for the same topics."""

    seconds: float
    npmi: float
    c_npmi: float
    held_out: float
    overlap: float


class Bar(NamedTuple):
    """One of the figures, less that of another side or (``by``) in parts of it.

    ``bar`` is the least that is wanted, of seconds the most.
    """

    what: str
    by: bool
    bar: float


BARS: Mapping[str, Sequence[Bar]] = {
    GENSIM: (
        Bar("npmi", False, 0.08),
        Bar("held_out", False, 0.15),
        Bar("seconds", True, 0.5),
        Bar("overlap", True, 1.25),
    ),
    GIBBS: (Bar("npmi", False, 0.05), Bar("seconds", True, 0.2)),
    FACTORS: (Bar("npmi", False, -0.06), Bar("held_out", False, 0.05)),
}


def bench_topics(source: Path, folder: Path) -> None:
    """The table of the topic bars: newscasts in ``source``, provincial reports beside it."""
    if source.is_dir():
        bench_sides(newscast_items(source))
    else:
        print("topics of newscast items: left out, they are not there")
    reports = source.parent / "provincial-2025"
    if reports.is_dir():
        bench_grid(reports)
    else:
        print("k for the provincial reports: left out, they are not there")


def bench_sides(items: Items) -> None:
    """Every side's figures, and textlab's beside them."""
    data, halves = fitted_and_held_out(items.counts)
    what = f"topics of {len(data.units):,} news items, {len(data.vocabulary):,} terms, k = {K}"
    print(f"\n{what:<56} seconds    NPMI  c_npmi  held-out  overlap")
    made = {name: fits(data, *both) for name, both in sides().items()}
    tops = {
        name: [row[:TOP] for row in top_terms(topics.topic_term, data.vocabulary)]
        for name, (_, topics, _) in made.items()
    }
    company = windows(items.tokens, data.vocabulary)
    judged = c_npmi(tops, data.vocabulary, items.tokens)
    found: dict[str, Figures] = {}
    for name, (took, topics, overlap) in made.items():
        hidden = hidden_likelihood(halves.hidden, topics.shares(halves.seen), topics.topic_term)
        nats = float(hidden.loglik.sum() / hidden.tokens.sum())
        ours = float(topic_npmi(tops[name], company).mean())
        figures = Figures(took, ours, judged[name], nats, overlap)
        found[name] = figures
        print("  {:<54} {:7.2f} {:7.3f} {:7.3f} {:9.3f} {:8.2f}".format(name, *figures))
    for other in found:
        for bar in BARS.get(other, ()):
            print(beside(found[OURS], other, found[other], bar))
    if GIBBS in found:
        print(f"  overlap of {GIBBS}: of bootstraps with {SHORTER} iterations", flush=True)
    else:
        print(f"{GIBBS}: left out, it is not installed", flush=True)


def sides() -> dict[str, tuple[Fit, Fit]]:
    """How each side is fitted, and how to bootstraps."""
    chosen: dict[str, tuple[Fit, Fit]] = {
        name: (partial(side, k=K),) * 2
        for name, side in ((OURS, textlab_side), (GENSIM, gensim_side), (FACTORS, nmf_side))
    }
    if find_spec("tomotopy"):
        shorter = partial(tomotopy_side, k=K, iterations=SHORTER)
        chosen[GIBBS] = (partial(tomotopy_side, k=K), shorter)
    return chosen


def fitted_and_held_out(counts: pd.DataFrame) -> tuple[UnitTerms, Halves]:
    """The items that all sides are fitted to, and the halves of others, drawn with a seed.

    The vocabulary is that of the items fitted to: in five of them, and in half at most.
    """
    names = np.array(sorted(counts["unit"].unique()), dtype=object)
    rng = np.random.default_rng(derive_seed(0, "held-out items"))
    aside = counts["unit"].isin(rng.choice(names, HELD_OUT, replace=False).tolist())
    data = prepare(counts[~aside], min_units=MIN_UNITS, max_share=MAX_SHARE)
    return data, split(unit_terms(counts[aside], data.vocabulary))


def fits(data: UnitTerms, fit: Fit, again: Fit) -> tuple[float, Topics, float]:
    """Seconds, the topics, and the mean overlap of those of two bootstraps of documents."""
    with threadpool_limits(1):
        started = time.process_time()
        topics = fit(data)
        took = time.process_time() - started
        one, other = (
            top_terms(again(bootstrap(data, number)).topic_term, data.vocabulary)
            for number in range(2)
        )
    return took, topics, float(match(one, other).overlaps.mean())


def bootstrap(data: UnitTerms, number: int) -> UnitTerms:
    """As many documents as there are, drawn with replacement, in their order."""
    rng = np.random.default_rng(derive_seed(0, "bootstrap", str(number)))
    rows = np.sort(rng.integers(len(data.units), size=len(data.units)))
    return UnitTerms([data.units[row] for row in rows], data.vocabulary, data.matrix[rows])


def c_npmi(
    tops: Mapping[str, Sequence[Sequence[int]]], vocabulary: Sequence[str], tokens: pd.DataFrame
) -> dict[str, float]:
    """The mean NPMI by gensim, in the same windows, for each side."""
    counted = tokens[tokens["kind"].isin(COUNTED_KINDS)]
    texts = [item.tolist() for _, item in counted.groupby("doc_id")["token"]]
    model = CoherenceModel(
        topics=[[vocabulary[c] for c in columns] for rows in tops.values() for columns in rows],
        texts=texts,
        dictionary=Dictionary(texts),
        coherence="c_npmi",
        window_size=WINDOW,
        topn=TOP,
        processes=1,
    )
    each = iter(model.get_coherence_per_topic())
    return {name: float(np.mean([next(each) for _ in rows])) for name, rows in tops.items()}


def beside(ours: Figures, other: str, theirs: Figures, bar: Bar) -> str:
    """A figure of ours set beside that of another side, and beside its bar."""
    one, two = (float(getattr(side, bar.what)) for side in (ours, theirs))
    value = one / two if bar.by else one - two
    met = value <= bar.bar if bar.what == "seconds" else value >= bar.bar
    shown = f"{value:8.2f} times" if bar.by else f"{value:+8.3f}      "
    what = f"{bar.what.replace('_', '-')}, against {other}"
    return f"{what:<62} {shown}  bar {bar.bar:g}   {'' if met else 'MISSED'}"


def bench_grid(reports: Path) -> None:
    """Choosing k for the provincial reports, from their counts on; seconds of the clock."""
    counts, options = report_counts(reports)
    started = time.perf_counter()
    with Workers(2) as workers:
        table = select_topics(counts, GRID, replicates=REPLICATES, workers=workers, **options)
    took = time.perf_counter() - started
    what = f"{len(GRID)} k, {REPLICATES} replicates, {counts['unit'].nunique():,} paragraphs"
    chosen = table.loc[table["chosen"] == 1, "k"].iloc[0]
    met = "" if took <= GRID_SECONDS else "MISSED"
    print(f"\n{what + ', two workers':<62} {took:8.2f} s   bar {GRID_SECONDS} s   {met}")
    print(f"  chosen: k = {chosen}", flush=True)


def report_counts(reports: Path) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Content words by paragraph, and what else k is chosen by."""
    paragraphs = tl.clean(tl.read_documents(reports))
    tokens = tl.tokenize(paragraphs, tl.read_lexicon())
    counts = tl.count(
        tokens, by="para_id", kinds=("word", "lexicon"), exclude=tl.stoplist(tokens), min_length=2
    )
    documents = paragraphs.set_index("para_id")["doc_id"]
    return counts, {"documents": documents, "tokens": tokens, "max_share": MAX_SHARE}


def main() -> None:
    """This part alone: ``python -m tests.bench_topics``."""
    bench_topics(ROOT.parent / "shared" / "corpora" / "newscast-2022", Path())


if __name__ == "__main__":
    main()
