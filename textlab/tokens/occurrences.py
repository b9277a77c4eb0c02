"""Where in the raw file a stretch of a paragraph stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from textlab import schema
from textlab.cleaning.position import at_line, line_ends
from textlab.cleaning.traced import TracedText


def locate(spans: pd.DataFrame, paragraphs: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """``spans`` (para_id, doc_id, start, end and any more) with their places in the raw files.

    Adds file; line and column of the span's first character, end_line and end_column of its last
    (all from 1; columns count characters); raw_start and raw_end, the hull of its raw characters
    (offsets in the decoded file, of .html, .docx and .pdf in the extracted text, the end
    exclusive), between which line ends may stand, and other text where the halves of a sentence
    were stitched. Of a PDF also the page of the first line (from 1) and that line's box, ``x0 top
    x1 bottom`` in points from the page's upper left corner; of all others page is 0, box empty.

    Only the paragraphs and documents that ``spans`` name are looked at, each on its own: a large
    corpus can be located part by part, with the same rows.
    """
    documents = schema.check(documents, "documents")
    texts = _named(paragraphs, spans, "para_id")
    traced = {
        para_id: TracedText.decode(text, origin)
        for para_id, text, origin in _cells(texts, "para_id", "text", "origin")
    }
    named = _named(documents, spans, "doc_id")
    files = dict(_cells(named, "doc_id", "file"))
    ends = {doc_id: line_ends(text) for doc_id, text in _cells(named, "doc_id", "text")}
    boxes = {doc_id: _boxes(layout) for doc_id, layout in _cells(named, "doc_id", "layout")}
    places = []
    for para_id, doc_id, start, end in _cells(spans, "para_id", "doc_id", "start", "end"):
        span = traced[para_id].slice(start, end)
        low, high = span.hull
        # Not those of the hull: the second half of a stitched term may stand before the first.
        first, last = (at_line(ends[doc_id], span.offset(at)) for at in (0, len(span) - 1))
        page, box = boxes[doc_id].get(first[0], (0, ""))
        places.append((files[doc_id], *first, *last, low, high, page, box))
    names = ["file", "line", "column", "end_line", "end_column", "raw_start", "raw_end"]
    names += ["page", "box"]
    located = pd.DataFrame(places, columns=pd.Index(names), index=spans.index)
    return pd.concat([spans, located], axis=1)


def _named(table: pd.DataFrame, spans: pd.DataFrame, column: str) -> pd.DataFrame:
    """The rows of ``table`` whose ``column`` is that of one of ``spans``."""
    return table[table[column].isin(spans[column].unique().tolist())]


def _cells(table: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """The rows of some columns. Lists, as going through a column of pandas is slow."""
    return zip(*(table[column].tolist() for column in columns), strict=True)


def _boxes(layout: str) -> dict[int, tuple[int, str]]:
    """Page and box of each line, by its number from 1, that has them."""
    lines = (line.partition(" ") for line in layout.split("\n"))
    return {at: (int(page), box) for at, (page, _, box) in enumerate(lines, 1) if page}
