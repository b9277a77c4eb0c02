"""The verb ``clean``: documents -> paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from textlab import schema
from textlab.cleaning.articles import Part, number_articles
from textlab.cleaning.lines import Line, split_lines
from textlab.cleaning.roles import begins_tail, pull_quotes, role_of
from textlab.cleaning.stitching import stitch
from textlab.cleaning.titles import join_titles
from textlab.cleaning.traced import TracedText
from textlab.cleaning.wrapping import Group, group_lines, join_lines

# A title with a comma in it is set over two lines at most.
MOST_TITLE_LINES = 2
ROWS_AT_ONCE = 5000


def clean(documents: pd.DataFrame, *, simplify: bool = False) -> pd.DataFrame:
    """The paragraphs of ``documents``, repaired, each with the way back to its raw characters.

    Width and white space are unified, wrapped lines and breaks inside sentences joined,
    letter-spaced Chinese closed. ``role`` is body, heading, caption, or furniture (navigation,
    bylines, credits, recommendations), which is kept but never counted. ``origin`` lists runs
    ``start+length`` of raw offsets, one per stretch of the paragraph, so that every character
    leads back to the file; ``raw_start`` and ``raw_end`` are their hull. ``place`` is the
    document's. Documents that were set aside give no paragraphs.

    ``article`` numbers the articles of a page from 1; furniture has the number of the text
    before it. A sentence whose other half stands elsewhere on the page is one paragraph, where
    its first half stands, if words prove it: see :func:`list_seams`. ``duplicate_of`` is empty:
    see :func:`find_duplicates`.

    ``simplify`` writes traditional characters as simplified ones.

    Validity: made for running text. Tables lose their columns; verses and lists may be joined
    where their lines are as long as each other.
    """
    checked = schema.check(documents, "documents")
    read = checked[checked["set_aside"] == ""]
    texts = zip(read["doc_id"].tolist(), read["place"].tolist(), read["text"], strict=True)
    pieces = (
        _columns(doc_id, place, clean_text(text, simplify=simplify))
        for doc_id, place, text in texts
    )
    return schema.arrange(_gathered(pieces), "paragraphs")


def _gathered(pieces: Iterable[Sequence[Sequence[str | int]]]) -> pd.DataFrame:
    """The columns of all documents as a table, built bit by bit: Python's strings take more."""
    names = list(schema.contract("paragraphs").columns)
    tables = [schema.empty("paragraphs")]
    columns: list[list[str | int]] = [[] for _ in names]
    for piece in pieces:
        for column, values in zip(columns, piece, strict=True):
            column += values
        if len(columns[0]) >= ROWS_AT_ONCE:
            tables.append(pd.DataFrame(dict(zip(names, columns, strict=True))))
            columns = [[] for _ in names]
    if columns[0]:
        tables.append(pd.DataFrame(dict(zip(names, columns, strict=True))))
    return pd.concat(tables, ignore_index=True)


def clean_text(raw: str, *, simplify: bool = False) -> list[tuple[str, TracedText]]:
    """Role and traced text of each paragraph of one decoded file."""
    lines = list(split_lines(raw, simplify=simplify))
    furniture, text = _told_apart(group_lines(lines))
    text = join_titles(text)
    marks = _marks(text)
    first = text[0][0] if text else None
    found = [(group, "furniture") for group in furniture]
    found += [(group, "") for group in stitch(text)]
    # Each where its first line stands.
    found.sort(key=lambda part: part[0][0].after)
    joined = [join_lines(group) for group, _ in found]
    roles = [
        role or _role(group, traced.text, marks, first)
        for (group, role), traced in zip(found, joined, strict=True)
    ]
    texts = [traced.text for traced in joined]
    # The title of the document may be quoted in it; what stands further down and twice is torn.
    unmarked = (
        text
        for (group, _), role, text in zip(found, roles, texts, strict=True)
        if role == "heading" and not group[0].mark and group[0] is not first
    )
    quotes = pull_quotes(unmarked, texts)
    return [
        ("body" if role == "heading" and traced.text in quotes else role, traced)
        for role, traced in zip(roles, joined, strict=True)
    ]


def _role(group: list[Line], text: str, marks: Mapping[int, str], first: Line | None) -> str:
    line = group[0]
    alone = len(group) <= MOST_TITLE_LINES
    return role_of(text, marks.get(line.after, ""), alone=alone, first=line is first)


def _marks(groups: Sequence[list[Line]]) -> dict[int, str]:
    """The mark of each group, by the end of its first line.

    Behind a hard break a list's item goes on, and what stands there is no heading.
    """
    marks: dict[int, str] = {}
    before: Line | None = None
    mark = ""
    for group in groups:
        goes_on = before is not None and before.hard and mark == "item" and not group[0].gap
        mark = group[0].mark or ("item" if goes_on else "")
        marks[group[0].after] = mark
        before = group[-1]
    return marks


def _told_apart(groups: Iterable[Group]) -> tuple[list[list[Line]], list[list[Line]]]:
    """The groups that are furniture of the page, and those that are text."""
    furniture: list[list[Line]] = []
    text: list[list[Line]] = []
    tail = False
    for group in groups:
        tail = tail or (group.furniture and begins_tail(group.lines[0].text))
        (furniture if tail or group.furniture else text).append(group.lines)
    return furniture, text


def _columns(
    doc_id: str, place: str, parts: Sequence[tuple[str, TracedText]]
) -> tuple[Sequence[str | int], ...]:
    """The columns of the table ``paragraphs`` for one document."""
    size = len(parts)
    hulls = [traced.hull for _, traced in parts]
    return (
        [f"{doc_id}#{position:04d}" for position in range(1, size + 1)],
        [doc_id] * size,
        number_articles([Part(role, traced.text) for role, traced in parts]),
        range(1, size + 1),
        [role for role, _ in parts],
        [traced.text for _, traced in parts],
        [traced.origin for _, traced in parts],
        [start for start, _ in hulls],
        [end for _, end in hulls],
        [place] * size,
        ["document" if place else ""] * size,
        [""] * size,
    )
