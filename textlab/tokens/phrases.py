"""New formulations: strings that stand in the texts like terms and are in no dictionary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from textlab import schema
from textlab.errors import StudyError, UnknownNameError
from textlab.language.dictionary import frequency
from textlab.language.lexicon import Source, read_lexicon
from textlab.tokens.occurrences import locate
from textlab.tokens.phrase_candidate import Candidate
from textlab.tokens.phrase_grams import Ints, Joined, frequent
from textlab.tokens.phrase_kinds import REACH, kind_of
from textlab.tokens.phrase_measures import Surroundings, candidates
from textlab.tokens.phrase_nesting import resolve
from textlab.tokens.phrase_once import once
from textlab.tokens.phrase_rules import phrases_among
from textlab.tokens.segmentation import counted

# Dates sort as text; a document without one comes last.
_UNDATED = "~"


def discover_phrases(
    paragraphs: pd.DataFrame,
    *,
    documents: pd.DataFrame | None = None,
    lexicon: Source = None,
    min_count: int = 5,
    top: int = 200,
) -> pd.DataFrame:
    """The ``top`` strings of ``paragraphs`` that look most like terms, the best first.

    Furniture and copies are left out. Columns: phrase; count (as a plain search from the left);
    documents; cohesion (NPMI where it is weakest, -1 to 1); freedom (bits of branching entropy on
    the side that has less); score (see :class:`Candidate`); known (``lexicon``, ``jieba`` or
    ""); kind (phrase, place, person, organ, foreign); places; first_date, and doc_id, line, column
    (from 1) of an example, the first in the earliest document. Without ``documents`` there is no
    date, and line and column are 0.

    A phrase has 2 to 16 letters, 3 or more outside quotation marks, and words begin and end
    where it does. ``min_count=1`` lists what stands once only if it is in quotation marks or
    made of nothing that jieba knows. :func:`phrases_among` says which candidates are
    boilerplate, :func:`resolve` which are only parts or combinations of others.

    Validity: a list for a researcher to read and correct, no measurement; scores of corpora of
    different size do not compare. Raises :class:`StudyError` for ``min_count`` or ``top`` below 1.
    Sources: Bouma 2009 (NPMI), Feng et al. 2004 (freedom), Frantzi et al. 2000 (nested terms).
    """
    check_limits(min_count, top)
    rows = _counted(paragraphs)
    joined = Joined.of(rows["text"].tolist())
    if not joined.inside.any():
        return schema.empty("phrases")
    found = _ranked(joined, rows["text"].tolist(), min_count)[:top]
    dates = _dates(documents, rows)
    table = pd.DataFrame(_rows(found, joined, rows, dates, read_lexicon(lexicon)))
    if not len(table):
        return schema.empty("phrases")
    located = _located(table, rows, documents)
    return schema.arrange(located, "phrases")


def check_limits(min_count: int, top: int) -> None:
    """Raise :class:`StudyError` unless both are 1 or more."""
    for name, value in (("min_count", min_count), ("top", top)):
        if value < 1:
            raise StudyError(f"{name} is a whole number from 1 up; found {value}")


def _counted(paragraphs: pd.DataFrame) -> pd.DataFrame:
    """The paragraphs that count, in an order that does not depend on the table's."""
    rows = counted(schema.check(paragraphs, "paragraphs"))
    rows = rows[rows["duplicate_of"] == ""]
    return rows.sort_values(["doc_id", "position", "para_id"], ignore_index=True)


def _ranked(joined: Joined, texts: Sequence[str], min_count: int) -> list[Candidate]:
    around = Surroundings(joined, texts)
    levels = frequent(joined, max(min_count, 2))
    found = list(candidates(joined, levels, around, min_count))
    if min_count == 1:
        found += once(joined, levels, around)
    return sorted(resolve(phrases_among(found)), key=lambda one: (-one.score, one.phrase))


def _dates(documents: pd.DataFrame | None, rows: pd.DataFrame) -> dict[str, str]:
    """The date of each document, "" where none is known."""
    ids = rows["doc_id"].unique()
    if documents is None:
        return dict.fromkeys(ids, "")
    checked = schema.check(documents, "documents")
    dates = dict(zip(checked["doc_id"], checked["date"], strict=True))
    missing = [doc_id for doc_id in ids if doc_id not in dates]
    if missing:
        raise UnknownNameError(f"documents lack '{missing[0]}', whose paragraphs are given")
    return dates


def _rows(
    found: Sequence[Candidate],
    joined: Joined,
    rows: pd.DataFrame,
    dates: dict[str, str],
    lexicon: pd.DataFrame,
) -> Iterator[dict[str, Any]]:
    ids, places = rows["doc_id"].tolist(), rows["place"].tolist()
    para_ids, terms = rows["para_id"].tolist(), frozenset(lexicon["term"])
    for one in found:
        at = np.searchsorted(joined.begins, one.starts, side="right") - 1
        inside = at.tolist()
        documents = {ids[number] for number in inside}
        first = min(documents, key=lambda doc_id: (dates[doc_id] or _UNDATED, doc_id))
        example = next(n for n, number in enumerate(inside) if ids[number] == first)
        start = int(one.starts[example] - joined.begins[inside[example]])
        yield {
            "phrase": one.phrase,
            "count": one.count,
            "documents": len(documents),
            "cohesion": one.cohesion,
            "freedom": one.freedom,
            "score": one.score,
            "known": _known(one.phrase, terms),
            "kind": kind_of(one.phrase, _contexts(one.starts, len(one.phrase), joined)),
            "places": len({places[number] for number in inside} - {""}),
            "first_date": dates[first],
            "doc_id": first,
            "para_id": para_ids[inside[example]],
            "start": start,
            "end": start + len(one.phrase),
        }


def _known(phrase: str, terms: frozenset[str]) -> str:
    if phrase in terms:
        return "lexicon"
    return "jieba" if frequency(phrase) else ""


def _contexts(starts: Ints, length: int, joined: Joined) -> Iterator[tuple[str, str]]:
    for start in starts.tolist():
        end = start + length
        yield joined.text[max(start - REACH, 0) : start], joined.text[end : end + REACH]


def _located(
    table: pd.DataFrame, rows: pd.DataFrame, documents: pd.DataFrame | None
) -> pd.DataFrame:
    if documents is None:
        return table.assign(line=0, column=0)
    shown = rows[rows["para_id"].isin(table["para_id"])]
    return locate(table, shown, documents)
