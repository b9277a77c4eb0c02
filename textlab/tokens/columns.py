"""Batches of pieces -> columns of tokens, in numpy and pyarrow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from textlab.language.units import is_unit
from textlab.tokens.batches import Batch
from textlab.tokens.kinds import KINDS, kind_of

SPACE, LEXICON = len(KINDS), KINDS.index("lexicon")
_CODES = {kind: code for code, kind in enumerate(KINDS)} | {"": SPACE}


class Pieces(NamedTuple):
    """The pieces of a batch as arrays: their distinct texts, and of each its number among these,
    its kind (a number in KINDS, SPACE for white space) and the number of its paragraph.
    """

    distinct: list[str]
    code: Any
    kind: Any
    paragraph: Any


def pieces_of(batch: Batch) -> Pieces:
    """The pieces of ``batch`` and their kinds."""
    words = list(batch.distinct)
    code = np.frombuffer(batch.codes, np.int64)
    kind = np.fromiter((_CODES[kind_of(word)] for word in words), np.int8, len(words))[code]
    kind[batch.marks] = LEXICON
    sizes = np.asarray(batch.sizes, np.int64)
    kind[np.cumsum(sizes) - 1] = SPACE
    paragraph = np.repeat(np.arange(len(sizes)), sizes)
    _mark_units(words, code, kind, paragraph)
    return Pieces(words, code, kind, paragraph)


def _mark_units(words: list[str], code: Any, kind: Any, paragraph: Any) -> None:
    """Make words right behind a number units, where they are."""
    number, word, unit = (KINDS.index(name) for name in ("number", "word", "unit"))
    behind = 1 + np.flatnonzero(
        (kind[:-1] == number) & (kind[1:] == word) & (paragraph[:-1] == paragraph[1:])
    )
    units = np.fromiter((is_unit(words[at]) for at in code[behind]), bool, len(behind))
    kind[behind[units]] = unit


def sizes_of(batch: Batch, pieces: Pieces, kinds: Iterable[str]) -> list[int]:
    """How many tokens of ``kinds`` each paragraph of ``batch`` has."""
    chosen = pieces.paragraph[is_of(pieces, kinds)]
    return np.bincount(chosen, minlength=len(batch.sizes)).tolist()  # type: ignore[no-any-return]


def is_of(pieces: Pieces, kinds: Iterable[str]) -> Any:
    """Which of ``pieces`` are of ``kinds``."""
    wanted = np.zeros(SPACE + 1, bool)
    wanted[[KINDS.index(kind) for kind in kinds]] = True
    return wanted[pieces.kind]


def token_table(batch: Batch, pieces: Pieces) -> pa.Table:
    """The tokens of ``batch`` as a table of pyarrow with the columns of ``tokens``."""
    distinct, code, kind, paragraph = pieces
    lengths = np.fromiter(map(len, distinct), np.int64, len(distinct))[code]
    sizes = np.asarray(batch.sizes, np.int64)
    last = np.cumsum(lengths)
    end = last - np.concatenate([[0], last])[np.cumsum(sizes) - sizes][paragraph]
    kept = np.flatnonzero(kind != SPACE)
    row = paragraph[kept]
    first = np.searchsorted(row, np.arange(len(sizes)))
    para_id, doc_id = (
        strings([text[at] for text in batch.paragraphs]).take(numbers(row)) for at in (0, 1)
    )
    return pa.table(
        {
            "para_id": para_id,
            "doc_id": doc_id,
            "position": numbers(np.arange(len(kept)) - first[row] + 1),
            "token": strings(distinct).take(numbers(code[kept])),
            "kind": strings(KINDS).take(numbers(kind[kept])),
            "start": numbers((end - lengths)[kept]),
            "end": numbers(end[kept]),
        }
    )


# What follows does without ``pa.array``, which imports pandas first.
def strings(values: Iterable[str]) -> pa.Array:
    """Texts as an array of pyarrow."""
    builder = pa.lib.StringBuilder()
    builder.append_values(values)
    return builder.finish().cast(pa.large_string())


def numbers(values: Any) -> pa.Array:
    """Whole numbers of numpy as an array of pyarrow."""
    held = np.ascontiguousarray(values, np.int64)
    return pa.Array.from_buffers(pa.int64(), len(held), [None, pa.py_buffer(held)])
