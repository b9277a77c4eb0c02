"""Documents that are cleaned together: what one worker process makes of a part of a corpus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pandas as pd

from textlab import schema
from textlab.cleaning.ledger import ledger
from textlab.cleaning.paragraphs import clean
from textlab.cleaning.seam_list import list_seams

# Of documents to a batch; the tables made of them, and what it takes to make them, are some
# ten times as large.
BATCH_CHARACTERS = 1_000_000


class Cleaned(NamedTuple):
    """What cleaning makes of documents: see :func:`clean`, :func:`list_seams`, :func:`ledger`."""

    paragraphs: pd.DataFrame
    seams: pd.DataFrame
    ledger: pd.DataFrame


def document_batches(
    documents: pd.DataFrame, characters: int = BATCH_CHARACTERS
) -> Iterator[pd.DataFrame]:
    """``documents`` in parts of about so many characters, one at least, rows in their order."""
    lengths = documents["text"].str.len().tolist()
    start = total = 0
    for at, length in enumerate(lengths):
        if at > start and total + length > characters:
            yield documents.iloc[start:at]
            start, total = at, 0
        total += length
    yield documents.iloc[start:]


def clean_batch(documents: pd.DataFrame, *, simplify: bool = False) -> Cleaned:
    """The paragraphs, seams and ledger of some documents, which depend on no other document."""
    paragraphs = clean(documents, simplify=simplify)
    return Cleaned(paragraphs, list_seams(documents, paragraphs), ledger(documents, paragraphs))


def join_cleaned(parts: Iterable[Cleaned]) -> Cleaned:
    """The tables of all batches, in whatever order, as those of all documents at once."""
    paragraphs, seams, entries = zip(*parts, strict=True)
    return Cleaned(
        schema.arrange(pd.concat(paragraphs, ignore_index=True), "paragraphs"),
        schema.arrange(pd.concat(seams, ignore_index=True), "seams"),
        schema.arrange(pd.concat(entries, ignore_index=True), "ledger"),
    )
