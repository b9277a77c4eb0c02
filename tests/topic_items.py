"""One document per newscast item: what topic models are set beside each other on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pandas as pd

import textlab as tl
from tests.helpers import make_paragraphs

# Shorter ones are a title alone, or a line on the weather.
CHARACTERS = 150


class Items(NamedTuple):
    """All tokens of the items, and how often each item has each content word."""

    tokens: pd.DataFrame
    counts: pd.DataFrame


def item_texts(source: Path) -> dict[str, str]:
    """The items over 150 characters by name: those of a file begin at its ``### `` headings."""
    texts = {}
    for path in sorted(source.rglob("*.md")):
        parts = re.split(r"(?m)^### ", path.read_text(encoding="utf-8"))[1:]
        texts.update({f"{path.stem}-{n:02d}": part for n, part in enumerate(parts)})
    return {name: text for name, text in texts.items() if len(text) > CHARACTERS}


def newscast_items(source: Path) -> Items:
    """Tables tokens and counts of the items; a word is counted by its item (column ``unit``).

    Content words are words and lexicon terms of two characters and more, stopwords left out.
    """
    texts = item_texts(source)
    names = list(texts)
    paragraphs = make_paragraphs(list(texts.values())).assign(doc_id=names, para_id=names)
    tokens = tl.tokenize(paragraphs, tl.read_lexicon())
    counts = tl.count(
        tokens,
        by="doc_id",
        kinds=("word", "lexicon"),
        exclude=tl.stoplist(tokens),
        min_length=2,
    )
    return Items(tokens, counts)
