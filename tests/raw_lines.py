"""What the program says of each raw line of a file, and which lines it joins.

Pure functions from table to table. Lines are numbered as in ``text.split("\\n")``, from 1, and
only those that are not blank count.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, pairwise

import pandas as pd

from textlab.cleaning.traced import TracedText

LABELS = ("file", "line", "role", "article", "place")
Pair = tuple[str, int, int]
Visit = tuple[int, int]


def number_lines(documents: pd.DataFrame) -> pd.DataFrame:
    """file, line, characters (without white space) of every line that is not blank."""
    rows = [
        (file, number, len("".join(line.split())))
        for file, text in zip(documents["file"], documents["text"], strict=True)
        for number, line in enumerate(text.split("\n"), 1)
        if line.strip()
    ]
    return pd.DataFrame(rows, columns=pd.Index(["file", "line", "characters"]))


def found_lines(documents: pd.DataFrame, paragraphs: pd.DataFrame) -> pd.DataFrame:
    """The labels of each line: those of the paragraph that holds its first kept character.

    Columns file, line, role, article, place. Furniture has article 0; a line of which nothing
    is kept is not there.
    """
    first: dict[tuple[str, int], tuple[int, str, int, str]] = {}
    labels = zip(paragraphs["role"], paragraphs["article"], paragraphs["place"], strict=True)
    for (file, visits), (role, article, place) in zip(
        _visits(documents, paragraphs), labels, strict=True
    ):
        for line, offset in visits:
            said = (offset, role, 0 if role == "furniture" else article, place)
            first[file, line] = min(first.get((file, line), said), said)
    rows = [(*where, *said[1:]) for where, said in sorted(first.items())]
    return pd.DataFrame(rows, columns=pd.Index(LABELS))


def found_joins(documents: pd.DataFrame, paragraphs: pd.DataFrame) -> set[Pair]:
    """(file, line, next line) wherever a paragraph goes on from one raw line to another."""
    return {
        (file, line, following)
        for file, visits in _visits(documents, paragraphs)
        for (line, _), (following, _) in pairwise(visits)
        if line != following
    }


def _visits(documents: pd.DataFrame, paragraphs: pd.DataFrame) -> Iterator[tuple[str, list[Visit]]]:
    """Of each paragraph, its file and the (line, raw offset) of each stretch, in text order."""
    files = dict(zip(documents["doc_id"], documents["file"], strict=True))
    starts = {
        doc_id: [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True)
    }
    for doc_id, origin in zip(paragraphs["doc_id"], paragraphs["origin"], strict=True):
        visits: list[Visit] = []
        for start, length in TracedText.decode("", origin).runs:
            begin = bisect_right(starts[doc_id], start)
            last = bisect_right(starts[doc_id], start + length - 1)
            visits.append((begin, start))
            visits += [(line, starts[doc_id][line - 1]) for line in range(begin + 1, last + 1)]
        yield files[doc_id], visits
