"""Texts whose words are parted by blanks, as the tables that collocations are counted in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from textlab.schema import arrange
from textlab.tokens.kinds import kind_of

Texts = Mapping[str, Sequence[str]]

# Sentences: 核心 甲 乙 / 核心 甲 / 丙 乙 / 丙 丁 / 核心 丙 丁 甲 / 乙 丁.
SIX: Texts = {
    "a": ["核心 甲 乙 。 核心 ， 甲 。", "丙 乙 。 丙 丁 。"],
    "b": ["核心 丙 丁 甲 。 乙 丁 。"],
}


def make_tokens(texts: Texts, *, terms: Sequence[str] = ("核心",)) -> pd.DataFrame:
    """The tokens of each document's paragraphs; ``terms`` are of the kind lexicon."""
    rows = []
    for doc_id, paragraphs in texts.items():
        for number, paragraph in enumerate(paragraphs, 1):
            end = 0
            for position, token in enumerate(paragraph.split(), 1):
                kind = "lexicon" if token in terms else kind_of(token)
                start, end = end, end + len(token)
                rows.append([f"{doc_id}#{number}", doc_id, position, token, kind, start, end])
    columns = "para_id doc_id position token kind start end".split()
    return arrange(pd.DataFrame(rows, columns=pd.Index(columns)), "tokens")


def make_paragraphs(
    texts: Texts, places: Mapping[str, str], *, copies: Sequence[str] = ()
) -> pd.DataFrame:
    """The paragraphs of these tokens; ``places`` by doc_id, ``copies`` are para_id."""
    rows = []
    for doc_id, paragraphs in texts.items():
        start = 0
        for number, paragraph in enumerate(paragraphs, 1):
            para_id, text = f"{doc_id}#{number}", "".join(paragraph.split())
            row = [para_id, doc_id, 1, number, "body", text, f"{start}+{len(text)}", start]
            row += [start + len(text), places.get(doc_id, ""), "document"]
            rows.append([*row, "x" if para_id in copies else ""])
            start += len(text) + 1
    columns = "para_id doc_id article position role text origin raw_start raw_end place"
    names = pd.Index([*columns.split(), "place_basis", "duplicate_of"])
    return arrange(pd.DataFrame(rows, columns=names), "paragraphs")
