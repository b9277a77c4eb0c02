"""The verbs ``find_duplicates``, ``mark_duplicates`` and ``without_copies``."""

from __future__ import annotations

import numpy as np
import pandas as pd

from textlab import schema
from textlab.cleaning.copies import Copies
from textlab.cleaning.gathering import Gathering
from textlab.errors import TableError


def find_duplicates(
    paragraphs: pd.DataFrame, documents: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The paragraphs that repeat others, and the original of each: the table ``duplicates``.

    Compared are the letters, digits and Han of paragraphs that are no furniture; punctuation,
    white space, width, case and a list mark at the beginning make no difference. ``how`` says
    why ``para_id`` is a copy of ``duplicate_of``, ``similarity`` how good a copy (0 to 1):

    - ``equal``: the same characters; 1.
    - ``contained``: it stands unbroken in a longer paragraph; 1, or, where that one is itself
      a near copy of the original, the share of its shingles that are the original's.
    - ``near``: Jaccard's measure of the two sets of shingles (stretches of 5 characters) is at
      least 0.8, and the numbers and ordinals of one are all among those of the other: the
      same sentence with the figures of another year is no copy.
    - ``beside``: the same characters next to a copy as next to that copy's original, such as
      a heading between two reprinted paragraphs; 1.

    What is short recurs on its own: headings of a series, formulas of address, slogans. So to
    be a copy a paragraph needs 50 characters; but 20 are enough if its original stands in the
    same document (``contained``: as whole clauses), or if it is equal and its document has two
    copies or more from that of the original, and from no other as many; 12 if it is body text
    that breaks off and another paragraph of its document begins with it (a line of a column
    printed twice); and any number beside a copy, if that has its original in the same document
    or its document two copies or more from that of the original.

    A copy has one original, which is no copy: the longest paragraph that it stands in; else
    the most similar, and of several the earliest, by ``date`` in ``documents`` (optional; a
    month or a year counts as its end, no date as later than all), then doc_id, then position.
    The order of rows makes no difference. Ordered by para_id.

    Validity: made for Chinese, where 5 characters are two or three words. A form of 50
    characters or more that differs in a name only is taken for a copy, and so is a standing
    formula (who was present, which channels broadcast). Near copies may add or lack up to a
    fifth, which is lost where copies are left out. Revisions below 0.8, and passages that
    are part of two longer paragraphs, are not found. At 0.8 MinHash misses one pair in 2,800,
    above it fewer; candidates are bounded (:mod:`textlab.cleaning.resemblance` and
    :mod:`textlab.cleaning.containers` say how), so that time is linear. Traditional and
    simplified characters are different ones.

    Source: Broder (1997), On the resemblance and containment of documents.
    """
    gathering = Gathering()
    gathering.add(schema.check(paragraphs, "paragraphs"))
    return duplicates_in(gathering, documents)


def duplicates_in(gathering: Gathering, documents: pd.DataFrame | None = None) -> pd.DataFrame:
    """:func:`find_duplicates` of all paragraphs that were gathered, batch by batch.

    ``documents`` may be the whole table or one with fewer rows: only dates are read.
    """
    dates = {}
    if documents is not None:
        checked = schema.check(documents, "documents")
        dates = dict(zip(checked["doc_id"], checked["date"], strict=True))
    rows, names = gathering.rows(dates)
    copies = Copies(rows)
    copies.find()
    return _table(copies, names)


def mark_duplicates(paragraphs: pd.DataFrame, duplicates: pd.DataFrame) -> pd.DataFrame:
    """``paragraphs`` with ``duplicate_of`` as in ``duplicates``, empty where there is no copy.

    Raises TableError if ``duplicates`` names a paragraph that is not there, or an original
    that is itself a copy: both mean that it was found in another corpus. Find duplicates in
    the very paragraphs that are to be compared; in a part of them an original may be missing.
    """
    marked = schema.check(paragraphs, "paragraphs")
    found = schema.check(duplicates, "duplicates")
    names = marked["para_id"].to_numpy(dtype=object).tolist()
    copies, originals = (
        found[column].to_numpy(dtype=object).tolist() for column in ("para_id", "duplicate_of")
    )
    there = set(names)
    for column, given in (("para_id", copies), ("duplicate_of", originals)):
        unknown = next((name for name in given if name not in there), None)
        if unknown is not None:
            raise TableError(
                f"table 'duplicates', column '{column}': {unknown!r} is "
                f"none of the {len(marked)} paragraphs; find duplicates in these paragraphs"
            )
    original = dict(zip(copies, originals, strict=True))
    chained = next((name for name in originals if name in original), None)
    if chained is not None:
        raise TableError(
            f"table 'duplicates': the original {chained!r} is itself a copy; an original is wanted"
        )
    marked["duplicate_of"] = pd.Series([original.get(name, "") for name in names], dtype="str")
    return marked


def without_copies(paragraphs: pd.DataFrame) -> pd.DataFrame:
    """The paragraphs that are no copies, as ``duplicate_of`` says."""
    checked = schema.check(paragraphs, "paragraphs")
    return checked[checked["duplicate_of"] == ""].reset_index(drop=True)


def _table(copies: Copies, names: pd.Series) -> pd.DataFrame:
    originals = copies.originals()
    found = np.flatnonzero(originals != np.arange(len(originals)))
    numbers = found.tolist()
    table = {
        "para_id": names.iloc[found].to_numpy(),
        "duplicate_of": names.iloc[originals[found]].to_numpy(),
        "similarity": [copies.similarity(i) for i in numbers],
        "how": [copies.reason(i) for i in numbers],
    }
    return schema.arrange(pd.DataFrame(table), "duplicates")
