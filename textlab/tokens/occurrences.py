"""Every occurrence of every lexicon term, and where in the raw file it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import pandas as pd

from textlab import schema
from textlab.cleaning.position import at_line, line_ends
from textlab.cleaning.traced import TracedText
from textlab.language.lexicon import Source, heads, read_lexicon
from textlab.language.matching import Match, Matcher
from textlab.tokens.segmentation import counted


def find_terms(paragraphs: pd.DataFrame, lexicon: Source = None) -> pd.DataFrame:
    """Every occurrence of the lexicon's terms in ``paragraphs``, furniture left out.

    Columns: para_id, doc_id, keyword (the head term), surface (the term or variant that stands
    there), start, end (offsets in the paragraph's text), relation: ``nested`` inside a longer
    occurrence of another term (现代化 in 中国式现代化), ``overlapped`` with one that neither
    holds it nor is held by it, else ``alone``. A term's own occurrences never overlap: they
    are taken from the left, the longest variant first, as a plain search would.
    """
    table = read_lexicon(lexicon)
    head = dict(heads(table))
    matcher = Matcher(head)
    rows = counted(schema.check(paragraphs, "paragraphs"))
    found = [
        (para_id, doc_id, head[surface], surface, start, end, relation)
        for para_id, doc_id, text in zip(rows["para_id"], rows["doc_id"], rows["text"], strict=True)
        for (start, end, surface), relation in relations(matcher.find(text), head)
    ]
    columns = pd.Index(list(schema.contract("occurrences").columns))
    return schema.arrange(pd.DataFrame(found, columns=columns), "occurrences")


def relations(matches: Sequence[Match], head: dict[str, str]) -> Iterator[tuple[Match, str]]:
    """The occurrences among ``matches`` (by start, longest first), each with its relation."""
    kept = _occurrences(matches, head)
    reach = max((end - start for start, end, _ in kept), default=0)
    starts = [start for start, _, _ in kept]
    for at, (start, end, surface) in enumerate(kept):
        relation = "alone"
        low = bisect_right(starts, start - reach - 1)
        high = bisect_right(starts, end - 1)
        for other in range(low, high):
            left, right, _ = kept[other]
            if other == at or right <= start:
                continue
            if left <= start and end <= right:
                relation = "nested"
                break
            if not (start <= left and right <= end):
                relation = "overlapped"
        yield (start, end, surface), relation


def _occurrences(matches: Sequence[Match], head: dict[str, str]) -> list[Match]:
    """Matches without those that overlap an earlier one of the same head term."""
    last: dict[str, int] = {}
    kept = []
    for start, end, surface in matches:
        if start >= last.get(head[surface], 0):
            kept.append((start, end, surface))
            last[head[surface]] = end
    return kept


def locate(spans: pd.DataFrame, paragraphs: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """``spans`` (para_id, doc_id, start, end and any more) with their places in the raw files.

    Adds file; line and column of the span's first character, end_line and end_column of its last
    (all from 1; columns count characters); raw_start and raw_end, the hull of its raw characters
    (offsets in the decoded file, of .html, .docx and .pdf in the extracted text, the end
    exclusive), between which line ends may stand, and other text where the halves of a sentence
    were stitched. Of a PDF also the page of the first line (from 1) and that line's box, ``x0 top
    x1 bottom`` in points from the page's upper left corner; of all others page is 0, box empty.
    """
    documents = schema.check(documents, "documents")
    traced = {
        para_id: TracedText.decode(text, origin)
        for para_id, text, origin in zip(
            paragraphs["para_id"], paragraphs["text"], paragraphs["origin"], strict=True
        )
    }
    ids = documents["doc_id"]
    files = dict(zip(ids, documents["file"], strict=True))
    ends = {doc_id: line_ends(text) for doc_id, text in zip(ids, documents["text"], strict=True)}
    boxes = {
        doc_id: _boxes(layout) for doc_id, layout in zip(ids, documents["layout"], strict=True)
    }
    places = []
    for para_id, doc_id, start, end in zip(
        spans["para_id"], spans["doc_id"], spans["start"], spans["end"], strict=True
    ):
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


def _boxes(layout: str) -> dict[int, tuple[int, str]]:
    """Page and box of each line, by its number from 1, that has them."""
    lines = (line.partition(" ") for line in layout.split("\n"))
    return {at: (int(page), box) for at, (page, _, box) in enumerate(lines, 1) if page}
