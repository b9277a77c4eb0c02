"""The verb ``list_seams``: where a sentence stopped in its middle, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from textlab import schema
from textlab.cleaning.position import at_line, line_ends
from textlab.cleaning.roles import OPEN_ENDS
from textlab.cleaning.seams import HAN_CHARACTER
from textlab.cleaning.traced import TracedText

# A shorter body paragraph without a full stop is an item of a list.
SHORTEST = 15


def list_seams(documents: pd.DataFrame, paragraphs: pd.DataFrame) -> pd.DataFrame:
    """The seams of ``paragraphs`` that a careful reader would look at.

    Columns: doc_id, para_id, verdict, line and column of the last character before the seam,
    next_line and next_column of the first one behind it (from 1; 0 where there is none), and
    the raw offsets raw_end and next_start (-1 where there is none). ``verdict``: ``stitched``,
    a sentence joined to its other half over other text; ``open``, a paragraph of body text that
    stops in mid-sentence, its other half being unknown, uncertain or not in the file. Breaks
    between two lines that follow each other are not listed.
    """
    documents = schema.check(documents, "documents")
    paragraphs = schema.check(paragraphs, "paragraphs")
    raw = dict(zip(documents["doc_id"], documents["text"], strict=True))
    body = paragraphs[paragraphs["role"] == "body"].sort_values("doc_id", kind="stable")
    rows: list[tuple[str | int, ...]] = []
    of_file: tuple[str, list[int]] | None = None
    columns = (body[name].tolist() for name in ("doc_id", "para_id", "text", "origin"))
    for doc_id, para_id, clean, origin in zip(*columns, strict=True):
        text = raw[doc_id]
        for verdict, end, start in _seams(clean, origin, text):
            if of_file is None or of_file[0] != doc_id:
                of_file = doc_id, line_ends(text)
            line, column = at_line(of_file[1], end - 1)
            goes_on = at_line(of_file[1], start) if start >= 0 else (0, 0)
            rows.append((doc_id, para_id, verdict, line, column, *goes_on, end, start))
    names = pd.Index(list(schema.contract("seams").columns))
    return schema.arrange(pd.DataFrame(rows, columns=names), "seams")


def _seams(clean: str, origin: str, raw: str) -> Iterator[tuple[str, int, int]]:
    """verdict, raw offset behind the seam's first side, and of its second."""
    is_open = _is_open(clean)
    if not is_open and " " not in origin:
        return
    end = None
    for start, length in TracedText.decode(clean, origin).runs:
        if end is not None and _holds_text(raw, end, start):
            yield "stitched", end, start
        end = start + length
    if end is not None and is_open:
        yield "open", end, -1


def _holds_text(raw: str, end: int, start: int) -> bool:
    """Whether other text lies between, or the second side stands before the first."""
    return start < end or bool(HAN_CHARACTER.search(raw, end, start))


def _is_open(text: str) -> bool:
    return len(text) >= SHORTEST and bool(HAN_CHARACTER.match(text[-1]) or text.endswith(OPEN_ENDS))
