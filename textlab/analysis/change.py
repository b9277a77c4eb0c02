"""How the use of each keyword changes from one period to another."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from textlab.analysis.keywords import keyword_counts
from textlab.language.lexicon import Source, head_terms, read_lexicon
from textlab.schema import arrange, check, empty
from textlab.statistics.discovery import false_discovery_rates
from textlab.statistics.document_tests import document_tests, not_testable
from textlab.statistics.grouping import Grouped, group_paragraphs
from textlab.statistics.intervals import log_ratio_intervals
from textlab.statistics.measures import log_ratio, rate
from textlab.statistics.sampling import Sample, Units, of_rows, rests_on

JOIN = "\x1f"
NOT_EARLIER = "not in the earlier texts: no upper bound"
NOT_LATER = "not in the later texts: no lower bound"


def keyword_change(
    occurrences: pd.DataFrame,
    tokens: pd.DataFrame,
    paragraphs: pd.DataFrame,
    periods: pd.Series,
    *,
    lexicon: Source = None,
    by: str | pd.Series = "place",
) -> pd.DataFrame:
    """How each keyword's rate changed between periods, in every place and in all together.

    ``periods`` gives the period of each paragraph, indexed by para_id (years or months: see
    :func:`~textlab.tokens.groups.column_of`); paragraphs without one are left out, copies too.
    Compared are each period with the next one in which the place has texts, and the first with
    the last if there are more than two. Keywords that stand in neither period have no row.

    Returns ``keyword_change``: ``keyword``, ``category``; ``place`` (the group of ``by``), or ""
    for all texts, those without a place too; ``period_from``, ``period_to``, and for each of
    them ``n``, ``per_10k`` and ``documents``; ``log_ratio``, the binary log of the later rate by
    the earlier one, with its 95 % interval
    (:func:`~textlab.statistics.intervals.log_ratio_intervals`); ``p_document``, a test at the level
    of documents (:func:`~textlab.statistics.document_tests.document_tests`), and ``q_document``,
    its false discovery rate over the table; ``reason``. Fewer than two periods give no rows.

    Validity: a change of the texts that were collected (a genre that comes in, a newspaper for a
    report) looks like a change of the words.
    """
    heads = head_terms(read_lexicon(lexicon))
    checked = check(paragraphs, "paragraphs")
    originals = checked[checked["duplicate_of"] == ""]
    whole = pd.Series("", index=originals["para_id"])
    own = _of(originals, by)
    parts = []
    for place in (whole, own[own != ""]):
        joined = _joined(place, periods)
        if len(joined):
            rows = group_paragraphs(originals, tokens, joined)
            counts = keyword_counts(
                check(occurrences, "occurrences"), rows, pd.Index(heads["term"])
            )
            parts += _compared(counts["count"], rows, heads)
    if not parts:
        return empty("keyword_change")
    table = pd.concat(parts, ignore_index=True)
    table["q_document"] = false_discovery_rates(table["p_document"])
    return arrange(table, "keyword_change")


def _of(paragraphs: pd.DataFrame, by: str | pd.Series) -> pd.Series:
    """The place of each paragraph, "" for none."""
    if not isinstance(by, str):
        return by.reindex(paragraphs["para_id"]).fillna("").astype(str)
    # group_paragraphs names the columns that there are where this is none.
    group_paragraphs(paragraphs.iloc[:0], empty("sizes"), by)
    return paragraphs.set_index("para_id")[by].fillna("").astype(str)


def _joined(place: pd.Series, periods: pd.Series) -> pd.Series:
    """Place and period of each paragraph that has both, as one name."""
    period = periods.reindex(place.index).fillna("").astype(str)
    return (place + JOIN + period)[period != ""]


def _compared(n: Any, rows: Grouped, heads: pd.DataFrame) -> list[pd.DataFrame]:
    """The comparisons of periods within each place."""
    found = of_rows(rows, pd.Index(heads["term"]), n, rows.tokens)
    names = [str(name).split(JOIN) for name in rows.groups]
    by_place: dict[str, list[int]] = {}
    for code in np.unique(found.group).tolist():
        by_place.setdefault(names[code][0], []).append(code)
    frames = []
    for codes in by_place.values():
        pairs = list(pairwise(codes)) + ([(codes[0], codes[-1])] if len(codes) > 2 else [])
        for earlier, later in pairs:
            frame = _contrast(found, earlier, later, heads)
            frame["place"], frame["period_from"] = names[earlier]
            frame["period_to"] = names[later][1]
            frames.append(frame)
    return frames


def _contrast(found: Sample, earlier: int, later: int, heads: pd.DataFrame) -> pd.DataFrame:
    """A row a keyword that stands in one of the two groups."""
    sums, sizes = found.by_group
    n_from, n_to = (np.asarray(sums[[code]].toarray()).ravel() for code in (earlier, later))
    kept = np.flatnonzero(n_from + n_to)
    sides = [_only(found.units(found.only(code)), kept) for code in (earlier, later)]
    low, high = log_ratio_intervals(sides[1], sides[0])
    documents = [int(found.documents[code]) for code in (earlier, later)]
    of_documents = [_only(found.documents_of(found.only(code)), kept) for code in (later, earlier)]
    said = [
        f"{when}: {reason}"
        for when, side, number in zip(("from", "to"), sides, documents, strict=True)
        if (reason := rests_on(side, number))
    ]
    reasons = [*said, not_testable(documents[1], documents[0])]
    return pd.DataFrame(
        {
            "keyword": heads["term"].to_numpy()[kept],
            "category": heads["category"].to_numpy()[kept],
            "n_from": n_from[kept],
            "n_to": n_to[kept],
            "per_10k_from": rate(n_from[kept], sizes[earlier]),
            "per_10k_to": rate(n_to[kept], sizes[later]),
            "log_ratio": log_ratio(n_to[kept], n_from[kept], sizes[later], sizes[earlier]),
            "log_ratio_low": low,
            "log_ratio_high": high,
            "p_document": document_tests(*of_documents),
            "reason": _reasons(reasons, n_from[kept], n_to[kept]),
            "documents_from": documents[0],
            "documents_to": documents[1],
        }
    )


def _reasons(shared: list[str], n_from: NDArray[np.int64], n_to: NDArray[np.int64]) -> list[str]:
    """What holds for all keywords of a comparison, and which bound one lacks."""
    lacking = np.where(n_from == 0, NOT_EARLIER, np.where(n_to == 0, NOT_LATER, ""))
    return ["; ".join(filter(None, [*shared, str(own)])) for own in lacking]


def _only(units: Units, kept: Any) -> Units:
    return units._replace(n=units.n[:, kept])
