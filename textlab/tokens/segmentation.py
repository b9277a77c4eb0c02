"""Paragraphs -> tokens and terms, in one process or several; the same to the byte."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import pandas as pd
import pyarrow as pa

from textlab import schema
from textlab.errors import UnknownNameError
from textlab.language.lexicon import Source, heads, read_lexicon
from textlab.language.segmenter import ENGINES, Engine
from textlab.tokens.batches import Accidents, Paragraph, Rules
from textlab.tokens.crossings import read_verdicts
from textlab.tokens.parts import Part, segment_part, segment_task
from textlab.workers import BATCH_CHARACTERS, Workers

COUNTED_ROLES = ("body", "heading", "caption")


@dataclass(frozen=True)
class Segmentation:
    """All that one pass over the paragraphs finds.

    ``tokens``; ``occurrences`` of terms, accidents left out; ``crossings``, the matches that cut
    a word of plain jieba, with para_id, term, surface, start, end, word, verdict and rule;
    ``sizes``, the number of words, terms, numbers, Latin strings and units of each paragraph;
    ``plain``, how often plain jieba alone would have counted each surface.
    """

    tokens: pd.DataFrame
    occurrences: pd.DataFrame
    crossings: pd.DataFrame
    sizes: pd.DataFrame
    plain: dict[str, int]


def tokenize(
    paragraphs: pd.DataFrame,
    lexicon: Source = None,
    *,
    engine: Engine = "fast",
    workers: int = 1,
) -> pd.DataFrame:
    """The tokens of ``paragraphs``: para_id, doc_id, position, token, kind, start, end.

    The text is segmented plainly by jieba; lexicon terms are laid over it, the longest from the
    left, so that none is ever lost to the segmenter. Matches that are accidents of two other
    words (绿色化 in 绿色化工) are left out, see :func:`find_terms`. ``kind`` is

    - ``lexicon``: a term;
    - ``word``: anything else with a Han character in it;
    - ``unit``: what stands right behind a number and is counted or measured (亿元, 万余户);
    - ``number``: digits, with their signs (12.5%, 1+3, 2024-2025);
    - ``latin``: letters of another script, digits among them (5G, C919, GDP);
    - ``punctuation``: all others; sentences end there (see :func:`sentence_numbers`).

    ``start`` and ``end`` are offsets in the paragraph's text. White space and furniture
    paragraphs have no tokens. ``lexicon``: see :func:`read_lexicon`. ``engine``: ``jieba``, or
    ``fast``, which gives the same in less time. ``workers`` processes share the work.

    Raises :class:`LexiconError`, :class:`TableError`, :class:`WorkerError`, and
    :class:`UnknownNameError` for another engine.
    """
    return segment(paragraphs, lexicon, engine=engine, workers=workers).tokens


def find_terms(
    paragraphs: pd.DataFrame,
    lexicon: Source = None,
    *,
    accidents: Accidents = "left out",
    workers: int = 1,
) -> pd.DataFrame:
    """Every occurrence of the lexicon's terms in ``paragraphs``, furniture left out.

    Columns: para_id, doc_id, keyword (the head term), surface (the term or variant that stands
    there), start, end (offsets in the paragraph's text), relation: ``nested`` inside a longer
    occurrence of another term (现代化 in 中国式现代化), ``overlapped`` with one that neither
    holds it nor is held by it, else ``alone``. A term's own occurrences never overlap: they
    are taken from the left, the longest variant first, as a plain search would.

    Matches that are accidents of two other words, as :mod:`textlab.tokens.crossings` decides
    them, are ``left out``, or ``counted`` like all others.
    """
    rules = make_rules(lexicon, accidents=accidents)
    return segment(paragraphs, rules=rules, workers=workers, tokens=False).occurrences


def segment(
    paragraphs: pd.DataFrame,
    lexicon: Source = None,
    *,
    rules: Rules | None = None,
    engine: Engine = "fast",
    workers: int = 1,
    tokens: bool = True,
) -> Segmentation:
    """What :func:`tokenize` and :func:`find_terms` give, from one pass over the text.

    ``rules`` (see :func:`make_rules`) take the place of ``lexicon`` and ``engine``. Without
    ``tokens`` their table is empty.
    """
    chosen = rules or make_rules(lexicon, engine=engine)
    tasks = (
        segment_task(chosen, batch, tokens=tokens)
        for batch in batches(schema.check(paragraphs, "paragraphs"))
    )
    with Workers(workers) as pool:
        return gathered(list(pool.map(segment_part, tasks)))


def make_rules(
    lexicon: Source = None,
    *,
    verdicts: Mapping[str, str] | None = None,
    engine: Engine = "fast",
    hmm: bool = True,
    accidents: Accidents = "left out",
) -> Rules:
    """How texts are segmented and terms found.

    ``verdicts`` maps terms to ``counted`` or ``accident``: what all their crossings are, whatever
    the rule says. ``hmm=False`` segments by jieba's dictionary alone.
    """
    if engine not in ENGINES:
        raise UnknownNameError(f"no engine {engine!r}; there are: {', '.join(ENGINES)}")
    head = {str(surface): str(term) for surface, term in heads(read_lexicon(lexicon)).items()}
    return Rules(head, read_verdicts(verdicts or {}, head), engine, hmm, accidents)


def counted(paragraphs: pd.DataFrame) -> pd.DataFrame:
    """The paragraphs that are counted: all but the furniture of the page."""
    return paragraphs[paragraphs["role"].isin(COUNTED_ROLES)]


def batches(
    paragraphs: pd.DataFrame, characters: int = BATCH_CHARACTERS
) -> Iterator[list[Paragraph]]:
    """The paragraphs that are counted as (para_id, doc_id, text), whole documents together.

    A batch ends with the document that brings it to ``characters``.
    """
    rows = counted(paragraphs)
    texts = zip(*(rows[name].tolist() for name in ("para_id", "doc_id", "text")), strict=True)
    batch: list[Paragraph] = []
    filled = 0
    for _, document in groupby(texts, key=itemgetter(1)):
        own = list(document)
        batch += own
        filled += sum(len(text) for _, _, text in own)
        if filled >= characters:
            yield batch
            batch, filled = [], 0
    if batch:
        yield batch


def gathered(parts: Sequence[Part]) -> Segmentation:
    """The results of all batches as tables, in their order."""
    plain: Counter[str] = Counter()
    for part in parts:
        plain.update(part.plain)
    found = [part.tokens for part in parts if part.tokens is not None]
    tokens = pa.concat_tables(found).to_pandas() if found else schema.empty("tokens")
    return Segmentation(
        schema.arrange(tokens, "tokens"),
        _frame((row for part in parts for row in part.occurrences), "occurrences"),
        _frame((row for part in parts for row in part.crossings), "crossings_found"),
        _frame((row for part in parts for row in part.sizes), "sizes"),
        dict(sorted(plain.items())),
    )


def _frame(rows: Iterable[tuple[Any, ...]], name: str) -> pd.DataFrame:
    columns = pd.Index(list(schema.contract(name).columns))
    return schema.arrange(pd.DataFrame(list(rows), columns=columns), name)
