"""Units of about one length: short paragraphs of a document put together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from textlab.errors import ModelError
from textlab.schema import check
from textlab.tokens.counting import paragraph_sizes
from textlab.topics.options import is_whole


def pool_paragraphs(
    paragraphs: pd.DataFrame, tokens: pd.DataFrame, *, length: int = 200, place: bool = True
) -> pd.Series:
    """The unit of each paragraph, for ``by`` in :func:`~textlab.tokens.counting.count`.

    Paragraphs of one document, and of one place unless ``place`` is false, are put together in
    their order until they have ``length`` counted tokens. A rest that is shorter joins the unit
    before it; one of which there is no other stays short. A heading does not end a unit: it goes
    with what it is the heading of. ``tokens`` are the table ``tokens``, or ``sizes``.

    Returns a Series ``unit`` indexed by para_id, in the order of ``paragraphs``: names such as
    ``doc_id#003``, numbered within the document by their first paragraphs. Empty for copies
    (``duplicate_of``) and for paragraphs without counted tokens (furniture has none). ModelError
    if ``length`` is no whole number of 1 or more.

    Validity: topics of a paragraph of ten words lean to what is usual, those of pooled ones less;
    but a unit of several subjects is of none, and topics of long units are wider. A share of a
    unit is one of tokens either way.
    """
    if not is_whole(length) or length < 1:
        raise ModelError(f"length wants a whole number of tokens, 1 or more, found {length!r}")
    paragraphs = check(paragraphs, "paragraphs")
    given = "tokens" in tokens.columns and "kind" not in tokens.columns
    sizes = (check(tokens, "sizes") if given else paragraph_sizes(tokens)).set_index("para_id")
    size = paragraphs["para_id"].map(sizes["tokens"]).fillna(0)
    rows = paragraphs[(size > 0) & (paragraphs["duplicate_of"] == "")].assign(tokens=size)
    rows = rows.sort_values(["doc_id", "position", "para_id"], kind="stable")
    runs: dict[tuple[str, str], list[_Row]] = {}
    columns = (rows[name] for name in ("doc_id", "place", "tokens", "role"))
    for at, (doc_id, where, counted, role) in enumerate(zip(*columns, strict=True)):
        row = _Row(at, counted, role == "heading")
        runs.setdefault((doc_id, where if place else ""), []).append(row)
    units = [(doc_id, unit) for (doc_id, _), run in runs.items() for unit in _pooled(run, length)]
    named = dict(zip(rows["para_id"], _names(units), strict=True))
    index = pd.Index(paragraphs["para_id"], name="para_id", dtype="str")
    return pd.Series([named.get(one, "") for one in index], index=index, name="unit", dtype="str")


class _Row(NamedTuple):
    """A paragraph: its position among all, its counted tokens, whether it is a heading."""

    at: int
    tokens: int
    heading: bool


def _pooled(run: list[_Row], length: int) -> Iterator[list[int]]:
    """The positions of each unit's paragraphs, of one document and place in order."""
    full: list[int] = []
    rows: list[int] = []
    total = 0
    for row in run:
        rows.append(row.at)
        total += row.tokens
        if total >= length and not row.heading:
            if full:
                yield full
            full, rows, total = rows, [], 0
    if full or rows:
        yield full + rows


def _names(units: list[tuple[str, list[int]]]) -> list[str]:
    """The name of each paragraph's unit; units are numbered by their first paragraphs."""
    names: dict[int, str] = {}
    number: dict[str, int] = {}
    for doc_id, rows in sorted(units, key=lambda unit: unit[1]):
        number[doc_id] = number.get(doc_id, 0) + 1
        names |= dict.fromkeys(rows, f"{doc_id}#{number[doc_id]:03d}")
    return [names[at] for at in range(len(names))]
