"""Sheets of items with choices, and the key that says which choice is the intruder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
import pandas as pd

WORD, TOPIC = "word_intrusion", "topic_intrusion"
KEY_TYPES = {
    **{"sheet": "str", "item": "int64", "choice": "int64", "shown": "str", "topic": "int64"},
    **{"label": "str", "log_share": "float64", "intruder": "int64", "about": "str"},
}


class Intrusion(NamedTuple):
    """A ``sheet`` for coders, and its ``key``, which is not for them.

    ``key`` has a row for each choice of each item: sheet (its kind and a hash of what it shows),
    item, choice (its number), shown, topic, label, log_share, intruder (1 or 0), about. In word
    intrusion ``topic`` and ``label`` are those of the item, and the columns log_share and about
    are empty. In topic intrusion they are those that the choice stands for, ``log_share`` is the
    natural logarithm of that topic's share in the passage, and ``about`` the passage's para_id.
    """

    sheet: pd.DataFrame
    key: pd.DataFrame


class Choice(NamedTuple):
    """What a coder may choose, and what of it the key says."""

    shown: str
    topic: int
    label: str
    intruder: int
    log_share: float = np.nan


class Item(NamedTuple):
    """The choices of an item in the order shown; the others are for a passage."""

    choices: Sequence[Choice]
    about: str = ""
    text: str = ""
    where: str = ""


def make_sheet(kind: str, items: Sequence[Item], rng: np.random.Generator) -> Intrusion:
    """The sheet of ``items``, numbered in an order that is drawn, and its key."""
    ordered = [items[at] for at in rng.permutation(len(items))]
    shown = [_shown(kind, number, item) for number, item in enumerate(ordered, start=1)]
    name = f"{kind}-{_hash(shown)}"
    rows = [
        [*cells, "", "", "", *([item.where] if kind == TOPIC else []), name]
        for cells, item in zip(shown, ordered, strict=True)
    ]
    sheet = pd.DataFrame(rows, columns=pd.Index(_columns(kind, len(ordered[0].choices))))
    key = pd.DataFrame(list(_key(name, ordered)), columns=pd.Index(list(KEY_TYPES)))
    return Intrusion(
        sheet.astype({c: "int64" if c == "item" else "str" for c in sheet.columns}),
        key.astype(KEY_TYPES),
    )


def _columns(kind: str, choices: int) -> list[str]:
    passage = kind == TOPIC
    return [
        *("item", *(["text"] if passage else [])),
        *(f"choice_{number}" for number in range(1, choices + 1)),
        *("answer", "coder", "note", *(["where"] if passage else []), "sheet"),
    ]


def _shown(kind: str, number: int, item: Item) -> list[object]:
    text = [item.text] if kind == TOPIC else []
    return [number, *text, *(choice.shown for choice in item.choices)]


def _key(name: str, items: Sequence[Item]) -> Iterator[tuple[object, ...]]:
    for number, item in enumerate(items, start=1):
        for at, choice in enumerate(item.choices, start=1):
            told = (choice.shown, choice.topic, choice.label, choice.log_share, choice.intruder)
            yield (name, number, at, *told, item.about)


def _hash(rows: Sequence[Sequence[object]]) -> str:
    """Of what is shown, so that an answered sheet is known again."""
    cells = "\x1f".join(str(cell) for row in rows for cell in row)
    return blake2b(cells.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
