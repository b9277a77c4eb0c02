"""The verb ``clean``: documents -> paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from textlab import schema
from textlab.cleaning.lines import split_lines
from textlab.cleaning.roles import begins_tail, is_furniture, role_of
from textlab.cleaning.traced import TracedText
from textlab.cleaning.wrapping import group_lines, join_lines


def clean(documents: pd.DataFrame) -> pd.DataFrame:
    """The paragraphs of ``documents``, repaired, each with the way back to its raw characters.

    Width and white space are unified, wrapped lines and breaks inside sentences joined,
    letter-spaced Chinese closed. ``role`` is body, heading, caption, or furniture (navigation,
    bylines, credits, recommendations), which is kept but never counted. ``origin`` lists runs
    ``start+length`` of raw offsets, one per stretch of the paragraph, so that every character
    leads back to the file; ``raw_start`` and ``raw_end`` are their hull. ``place`` is the
    document's. Documents that were set aside give no paragraphs.

    Validity: columns whose fragments stand in the wrong order are not put in order, articles on
    one page are not told apart (``article`` is 1) and duplicates are not marked
    (``duplicate_of`` is empty).
    """
    checked = schema.check(documents, "documents")
    read = checked[checked["set_aside"] == ""]
    rows = [
        _row(doc_id, place, position, role, traced)
        for doc_id, place, text in zip(read["doc_id"], read["place"], read["text"], strict=True)
        for position, (role, traced) in enumerate(clean_text(text), 1)
    ]
    columns = list(schema.contract("paragraphs").columns)
    return schema.arrange(pd.DataFrame(rows, columns=pd.Index(columns)), "paragraphs")


def clean_text(raw: str) -> Iterator[tuple[str, TracedText]]:
    """Role and traced text of each paragraph of one decoded file."""
    tail = False
    for group in group_lines(list(split_lines(raw))):
        traced = join_lines(group)
        tail = tail or begins_tail(traced.text)
        if tail or (len(group) == 1 and is_furniture(traced.text)):
            yield "furniture", traced
        else:
            yield role_of(traced.text, group[0].mark), traced


def _row(
    doc_id: str, place: str, position: int, role: str, traced: TracedText
) -> tuple[str | int, ...]:
    start, end = traced.hull
    return (
        f"{doc_id}#{position:04d}",
        doc_id,
        1,
        position,
        role,
        traced.text,
        traced.origin,
        start,
        end,
        place,
        "document" if place else "",
        "",
    )
