"""The verb ``ledger``: everything that was set aside, so that in = out + ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pandas as pd

from textlab import schema
from textlab.cleaning.characters import unify
from textlab.cleaning.traced import TracedText

Row = tuple[str, str, str, str, str, int]


def ledger(documents: pd.DataFrame, paragraphs: pd.DataFrame) -> pd.DataFrame:
    """What reading and cleaning left out of the counts, and what cleaning changed.

    Columns: stage, doc_id, file, what, reason, characters. A ``file`` or ``document`` that was
    set aside; a ``paragraph`` kept out of counts as furniture of the page; ``dropped``
    characters (white space, line ends, marks); ``changed`` ones (width), which are still there.
    For every document that was read, characters of the file = characters of its paragraphs +
    ``dropped``.
    """
    documents = schema.check(documents, "documents")
    paragraphs = schema.check(paragraphs, "paragraphs")
    rows = list(_reading(documents))
    texts = dict(iter(paragraphs.groupby("doc_id")))
    read = documents[documents["set_aside"] == ""]
    for doc_id, file, raw in zip(read["doc_id"], read["file"], read["text"], strict=True):
        part = texts.get(doc_id, paragraphs.iloc[:0])
        rows += [("clean", doc_id, file, *entry) for entry in _cleaning(raw, part)]
    columns = pd.Index(list(schema.contract("ledger").columns))
    return schema.arrange(pd.DataFrame(rows, columns=columns), "ledger")


def _reading(documents: pd.DataFrame) -> Iterator[Row]:
    aside = documents[documents["set_aside"] != ""]
    for doc_id, file, text, reason in zip(
        aside["doc_id"], aside["file"], aside["text"], aside["set_aside"], strict=True
    ):
        what = "document" if reason.startswith("not selected") else "file"
        yield "read", doc_id, file, what, reason, len(text)


def _cleaning(raw: str, paragraphs: pd.DataFrame) -> Iterator[tuple[str, str, int]]:
    """what, reason and characters of one document."""
    furniture = paragraphs["text"][paragraphs["role"] == "furniture"]
    if len(furniture):
        yield "paragraph", "furniture of the page", int(furniture.str.len().sum())
    kept = bytearray(len(raw))
    changed: Counter[str] = Counter()
    for text, origin in zip(paragraphs["text"], paragraphs["origin"], strict=True):
        at = 0
        for start, length in TracedText.decode(text, origin).runs:
            kept[start : start + length] = b"\x01" * length
            clean, before = text[at : at + length], raw[start : start + length]
            if clean != before:
                changed.update(_change(c, b) for c, b in zip(clean, before, strict=True) if c != b)
            at += length
    dropped = Counter(_mark(raw[at]) for at, there in enumerate(kept) if not there)
    yield from (("dropped", reason, n) for reason, n in sorted(dropped.items()))
    yield from (("changed", reason, n) for reason, n in sorted(changed.items()))


def _change(clean: str, raw: str) -> str:
    if clean == " ":
        return "line end to space" if raw in "\r\n" else "space unified"
    return "width unified"


def _mark(character: str) -> str:
    if character in "\r\n\x85\u2028\u2029":
        return "line end"
    if character.isspace():
        return "white space"
    return "Markdown mark" if unify(character) in "#-*•·>_=~—|:" else "invisible character"
