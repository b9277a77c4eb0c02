"""Paragraphs -> tokens, in one process or several; the table is the same to the byte."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain
from multiprocessing import get_context

import pandas as pd

from textlab import schema
from textlab.errors import WorkerError
from textlab.language.lexicon import Source, read_lexicon
from textlab.tokens.overlay import Paragraph, Row, segment_texts

COUNTED_ROLES = ("body", "heading", "caption")


@dataclass(frozen=True)
class Segmentation:
    """The tokens, and how often plain jieba alone would have counted each lexicon term."""

    tokens: pd.DataFrame
    plain: dict[str, int]


def tokenize(paragraphs: pd.DataFrame, lexicon: Source = None, *, workers: int = 1) -> pd.DataFrame:
    """The tokens of ``paragraphs``: para_id, doc_id, position, token, kind, start, end.

    The text is segmented plainly by jieba; lexicon terms are laid over it, the longest from the
    left, so that none is ever lost to the segmenter. ``kind`` is word, lexicon, number, latin
    or punctuation; ``start`` and ``end`` are offsets in the paragraph's text. White space and
    furniture paragraphs have no tokens. ``lexicon``: see :func:`read_lexicon`.
    """
    return segment(paragraphs, lexicon, workers=workers).tokens


def segment(paragraphs: pd.DataFrame, lexicon: Source = None, *, workers: int = 1) -> Segmentation:
    """What :func:`tokenize` gives, and the counts of plain jieba that come for free with it."""
    rows = counted(schema.check(paragraphs, "paragraphs"))
    surfaces = read_lexicon(lexicon)["term"].tolist()
    texts = list(zip(rows["para_id"], rows["doc_id"], rows["text"], strict=True))
    parts = list(_run(texts, surfaces, workers))
    plain: Counter[str] = Counter()
    for _, part in parts:
        plain.update(part)
    columns = pd.Index(list(schema.contract("tokens").columns))
    table = pd.DataFrame(list(chain.from_iterable(rows for rows, _ in parts)), columns=columns)
    return Segmentation(schema.arrange(table, "tokens"), dict(sorted(plain.items())))


def counted(paragraphs: pd.DataFrame) -> pd.DataFrame:
    """The paragraphs that are counted: all but the furniture of the page."""
    return paragraphs[paragraphs["role"].isin(COUNTED_ROLES)]


def _run(
    texts: Sequence[Paragraph], surfaces: Sequence[str], workers: int
) -> Iterator[tuple[list[Row], dict[str, int]]]:
    shards = _shards(texts, workers)
    if len(shards) <= 1:
        yield segment_texts(texts, surfaces)
        return
    with ProcessPoolExecutor(
        len(shards), mp_context=get_context("spawn"), initializer=_die_quietly
    ) as pool:
        current = shards[0]
        try:
            futures = [pool.submit(segment_texts, shard, surfaces) for shard in shards]
            for shard, future in zip(shards, futures, strict=True):
                current = shard
                yield future.result()
        except BrokenProcessPool:
            raise WorkerError(
                f"a worker process died while documents {current[0][1]} to {current[-1][1]} were "
                "segmented (out of memory?); run again with --workers 1"
            ) from None


def _die_quietly() -> None:
    """Let Ctrl-C end a worker without a traceback: the main process says what happened."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _shards(texts: Sequence[Paragraph], workers: int) -> list[Sequence[Paragraph]]:
    """The texts in at most ``workers`` stretches of about as many characters each."""
    size = sum(len(text) for _, _, text in texts) / max(workers, 1)
    shards: list[list[Paragraph]] = [[]]
    filled = 0
    for paragraph in texts:
        if filled >= size * len(shards) and len(shards) < workers:
            shards.append([])
        shards[-1].append(paragraph)
        filled += len(paragraph[2])
    return [shard for shard in shards if shard]
