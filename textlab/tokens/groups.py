"""The group of each paragraph by any column of the manifest: year, genre, region..."""

from __future__ import annotations

import pandas as pd

from textlab.errors import UnknownNameError, nearest
from textlab.schema import check

# Columns that every manifest has in its dates: the length of the part that they are.
DATES = {"year": 4, "month": 7}

# Columns that make no groups of documents.
UNGROUPED = {
    *("text", "layout", "sha256", "set_aside", "guessed", "para_id", "origin", "raw_start"),
    *("raw_end", "position", "duplicate_of", "place_basis"),
}


def column_of(paragraphs: pd.DataFrame, documents: pd.DataFrame, column: str) -> pd.Series:
    """The value of ``column`` for each paragraph: a Series indexed by para_id, named ``column``.

    ``column`` is one of ``paragraphs`` (place, role...), else of ``documents`` (whatever the
    manifest has), else ``year`` or ``month``, which are taken from ``date`` as far as it goes.
    Empty where there is none. For ``by`` in :func:`~textlab.tokens.counting.count`,
    :func:`~textlab.analysis.keywords.keyword_frequencies` and all that compare groups.
    UnknownNameError names the columns that there are.
    """
    paragraphs, documents = check(paragraphs, "paragraphs"), check(documents, "documents")
    if column in paragraphs.columns:
        values = paragraphs.set_index("para_id")[column]
        return values.fillna("").astype(str).rename(column)
    by_document = documents.drop_duplicates("doc_id").set_index("doc_id")
    if column in documents.columns:
        named = by_document[column].fillna("").astype(str)
    elif column in DATES:
        length = DATES[column]
        date = by_document["date"].astype(str)
        named = date.str[:length].where(date.str.len() >= length, "")
    else:
        columns = dict.fromkeys([*documents.columns, *DATES, *paragraphs.columns])
        there = [name for name in columns if name not in UNGROUPED]
        raise UnknownNameError(
            f"no column '{column}' to group by{nearest(column, there)}; "
            f"there are: {', '.join(there)}"
        )
    values = paragraphs.set_index("para_id")["doc_id"].map(named)
    return values.fillna("").astype(str).rename(column)
