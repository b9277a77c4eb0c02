"""The work on one batch of texts, as worker processes do it: no pandas is imported here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
import pyarrow as pa

from textlab.tokens.batches import Crossed, Occurrence, Paragraph, Rules, segmenter
from textlab.tokens.columns import is_of, numbers, pieces_of, sizes_of, strings, token_table
from textlab.tokens.kinds import COUNTED_KINDS
from textlab.workers import Task

# So many counts are held at once where counting is dense, which is faster than sorting.
DENSE = 4_000_000


@dataclass(frozen=True)
class Part:
    """What one batch gives; ``sizes`` are rows para_id, doc_id, tokens."""

    tokens: pa.Table | None
    occurrences: list[Occurrence]
    crossings: list[Crossed]
    sizes: list[tuple[str, str, int]]
    plain: dict[str, int]


def segment_task(rules: Rules, texts: Sequence[Paragraph], *, tokens: bool = True) -> Task:
    """The call of :func:`segment_part` for ``texts``."""

    def alone() -> dict[str, tuple[Any, ...]]:
        documents = groupby(texts, key=itemgetter(1))
        return {doc_id: (rules, list(own), tokens) for doc_id, own in documents}

    return Task((rules, texts, tokens), alone)


def segment_part(rules: Rules, texts: Sequence[Paragraph], tokens: bool = True) -> Part:
    """Segment ``texts`` in this process."""
    # As the tables are: the ten-thousandth paragraph of a document comes before its second.
    batch = segmenter(rules).batch(sorted(texts, key=itemgetter(1, 0)))
    pieces = pieces_of(batch)
    sizes = zip(batch.paragraphs, sizes_of(batch, pieces, COUNTED_KINDS), strict=True)
    return Part(
        token_table(batch, pieces) if tokens else None,
        batch.occurrences,
        batch.crossings,
        [(para_id, doc_id, size) for (para_id, doc_id, _), size in sizes],
        batch.plain,
    )


def count_task(
    rules: Rules, texts: Sequence[Paragraph], units: Sequence[int], kinds: Sequence[str]
) -> Task:
    """The call of :func:`count_part` for ``texts``."""

    def alone() -> dict[str, tuple[Any, ...]]:
        rows: dict[str, list[int]] = {}
        for at, (_, doc_id, _) in enumerate(texts):
            rows.setdefault(doc_id, []).append(at)
        return {
            doc_id: (rules, [texts[at] for at in own], [units[at] for at in own], kinds)
            for doc_id, own in rows.items()
        }

    return Task((rules, texts, units, kinds), alone)


def count_part(
    rules: Rules, texts: Sequence[Paragraph], units: Sequence[int], kinds: Sequence[str]
) -> pa.Table:
    """How often each token of ``kinds`` stands in each unit: unit, term, n, in that order.

    ``units``: the number of the unit of each of ``texts``, -1 for none.
    """
    pieces = pieces_of(segmenter(rules).batch(texts, records=False))
    # Terms by name, so that the sorted keys are units and terms in order.
    terms = sorted(pieces.distinct)
    place = {term: at for at, term in enumerate(terms)}
    rank = np.fromiter(map(place.__getitem__, pieces.distinct), np.int64, len(terms))
    number, of_paragraph = np.unique(np.asarray(units, np.int64), return_inverse=True)
    row = of_paragraph[pieces.paragraph]
    kept = is_of(pieces, kinds)
    if number[0] < 0:
        kept &= row > 0
    values = row[kept] * len(terms) + rank[pieces.code[kept]]
    keys, n = _counted(values, len(number) * len(terms))
    at, term = np.divmod(keys, max(len(terms), 1))
    return pa.table(
        {
            "unit": numbers(number[at]),
            "term": strings(terms).take(numbers(term)),
            "n": numbers(n),
        }
    )


def _counted(values: Any, bound: int) -> tuple[Any, Any]:
    """The distinct whole numbers among ``values``, all below ``bound``, and how often each is."""
    if bound > DENSE:
        return np.unique(values, return_counts=True)
    n = np.bincount(values, minlength=1)
    keys = np.flatnonzero(n)
    return keys, n[keys]
