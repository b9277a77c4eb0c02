"""What sets groups apart in how they use the same term: its collocates, group by group."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import chi2

from textlab.analysis.collocation_reasons import contrast_reasons
from textlab.analysis.collocation_samples import compared_groups, node_sample
from textlab.analysis.collocation_text import Counts, check_whole, coded_text
from textlab.schema import arrange, empty
from textlab.statistics.discovery import false_discovery_rates
from textlab.statistics.document_tests import document_tests
from textlab.statistics.intervals import log_ratio_intervals
from textlab.statistics.measures import Floats, log_likelihood, log_ratio
from textlab.statistics.sampling import Sample, Units
from textlab.tokens.kinds import CONTENT_KINDS

Bools = NDArray[np.bool_]


def collocation_contrast(
    tokens: pd.DataFrame,
    paragraphs: pd.DataFrame,
    nodes: Iterable[str],
    *,
    by: str | pd.Series = "place",
    reference: str | None = None,
    min_count: int = 3,
    exclude: Collection[str] = (),
    min_length: int = 1,
    kinds: Iterable[str] = CONTENT_KINDS,
) -> pd.DataFrame:
    """Of the sentences of a node, the share that holds a collocate: each group's and the others'.

    ``by`` is a column of ``paragraphs``, or a Series of groups indexed by para_id. Each group is
    set against all others together, or against the group ``reference``. Paragraphs without a
    group, those that are copies (``duplicate_of``), and tokens outside ``paragraphs`` are left
    out. What may be a collocate is said by ``exclude``, ``min_length`` and ``kinds``, as in
    :func:`collocations`; tested are those that at least ``min_count`` of the node's sentences
    hold, in both sides together. One group only gives no rows.

    Returns the table ``collocation_contrast``, a row a node, group and collocate, the largest
    ``g2`` first: ``sentences_*``, the sentences with the node (see :func:`sentence_numbers`);
    ``n_*``, those of them that hold the collocate too, however often; ``g2``
    (:func:`log_likelihood` of n in sentences) and its false discovery rate ``q_g2`` (Benjamini
    and Hochberg 1995, over all tests of the table); ``log_ratio`` of the two shares, a count of
    0 taken as 0.5 (:func:`log_ratio`), with its 95 % interval over documents, or over paragraphs
    of a side that has too few (:func:`~textlab.statistics.intervals.log_ratio_intervals`), above 0
    for what the group's sentences hold more often; ``p_document`` and ``q_document``, a test over
    documents (:func:`~textlab.statistics.document_tests.document_tests`); and ``reason``, which
    says why a value is NaN, or that it speaks of these texts only. A group that never uses the
    node has rows that say so.

    Validity: this is how a term is used where it is used, not how often: two places may speak of
    新质生产力 as rarely, and of quite different things with it. G² takes sentences for
    independent draws; one document's are not: read ``q_document`` and the interval. Of a
    collocate that most of the sentences hold the interval is wider than need be: it allows for
    shares above 1. Few sentences say little, whatever the numbers: see ``sentences_*`` first.

    :class:`UnknownNameError` for a node that is no token of the texts, a column that
    ``paragraphs`` lack, or an unknown ``reference``; :class:`StudyError` for an option that
    cannot be.
    """
    check_whole(min_count=min_count)
    text = coded_text(tokens, exclude=exclude, min_length=min_length, kinds=kinds)
    codes = text.codes(nodes)
    groups = compared_groups(text, paragraphs, by, reference)
    parts = [
        side_by_side.assign(node=node)
        for node, code in codes.items()
        for side_by_side in _compared(
            node_sample(text, code, groups.rows), groups.reference, min_count
        )
    ]
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    if table.empty:
        return empty("collocation_contrast")
    table["q_g2"] = false_discovery_rates(chi2.sf(table["g2"], 1))
    table["q_document"] = false_discovery_rates(table["p_document"])
    return arrange(table, "collocation_contrast")


def _compared(sample: Sample, reference: int | None, min_count: int) -> Iterator[pd.DataFrame]:
    """Each group of ``sample`` but the reference, against that or all others."""
    if len(sample.groups) < 2:
        return
    often = np.asarray(sample.n.sum(axis=0)).ravel() >= min_count
    sample = replace(sample, terms=sample.terms[often], n=sample.n[:, often])
    n, size = sample.by_group[0].toarray(), sample.by_group[1]
    names = ("the group", "the others" if reference is None else "the reference")
    for group, name in enumerate(sample.groups):
        if group == reference:
            continue
        target = sample.only(group)
        against = ~target if reference is None else sample.only(reference)
        tested = n[target].sum(axis=0) + n[against].sum(axis=0) >= min_count
        cells = {
            "n_target": n[target].sum(axis=0)[tested],
            "n_reference": n[against].sum(axis=0)[tested],
            "sentences_target": int(size[target].sum()),
            "sentences_reference": int(size[against].sum()),
        }
        columns = _measures(**cells) | _by_documents(sample, target, against, tested, names)
        yield pd.DataFrame({"group": name, "collocate": sample.terms[tested]} | cells | columns)


def _measures(
    n_target: Counts, n_reference: Counts, sentences_target: int, sentences_reference: int
) -> dict[str, Floats]:
    counts = n_target, n_reference, sentences_target, sentences_reference
    both = min(sentences_target, sentences_reference) > 0
    g2 = log_likelihood(*counts)
    return {"g2": g2 if both else np.full_like(g2, np.nan), "log_ratio": log_ratio(*counts)}


def _by_documents(
    sample: Sample, target: Bools, against: Bools, tested: Bools, names: tuple[str, str]
) -> dict[str, Any]:
    """Interval and test, which rest on how documents differ, and what is to be said of them."""
    units = [_columns(sample.units(chosen), tested) for chosen in (target, against)]
    texts = [_columns(sample.documents_of(chosen), tested) for chosen in (target, against)]
    bounds = log_ratio_intervals(*units)
    return {
        "log_ratio_low": bounds.low,
        "log_ratio_high": bounds.high,
        "p_document": document_tests(*texts),
        "reason": contrast_reasons(units, names, (len(texts[0].size), len(texts[1].size))),
    }


def _columns(units: Units, chosen: Bools) -> Units:
    return units._replace(n=units.n[:, chosen])
