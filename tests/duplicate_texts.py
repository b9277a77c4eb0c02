"""Invented texts that repeat each other, and what find_duplicates says of them."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import pandas as pd

from tests.helpers import make_documents, make_paragraphs
from textlab.cleaning.duplicates import find_duplicates

Given = Mapping[str, Sequence[str | tuple[str, str]]]


def prose(size: int, seed: int) -> str:
    """``size`` Han characters by chance: two seeds have no five in a row in common."""
    rng = random.Random(seed)
    return "".join(chr(rng.randrange(0x4E00, 0x9FA0)) for _ in range(size))


def paragraphs_of(given: Given) -> pd.DataFrame:
    """The paragraphs of these documents: a text, or text and role, each."""
    tables = [make_paragraphs(texts, doc_id=doc_id) for doc_id, texts in given.items()]
    return pd.concat(tables, ignore_index=True)


def duplicates_of(given: Given, dates: Mapping[str, str] | None = None) -> pd.DataFrame:
    """The table ``duplicates`` of these documents, with dates if any are given."""
    documents = None
    if dates is not None:
        documents = make_documents(dict.fromkeys(given, ""))
        documents["date"] = documents["doc_id"].map(dict(dates))
    return find_duplicates(paragraphs_of(given), documents)


def copies(given: Given, dates: Mapping[str, str] | None = None) -> dict[str, tuple[str, str]]:
    """Each copy, by ``a1`` for the first paragraph of a: its original and how it was found."""
    rows = duplicates_of(given, dates)[["para_id", "duplicate_of", "how"]].itertuples(index=False)
    return {short(copy): (short(original), how) for copy, original, how in rows}


def short(para_id: str) -> str:
    doc_id, _, position = para_id.partition("#")
    return f"{doc_id}{int(position)}"
