"""The audit of the lexicon promise: what stands in the text, and what was counted."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from textlab import schema
from textlab.errors import AuditError
from textlab.language.lexicon import Source, head_terms, heads, read_lexicon
from textlab.tokens.plain_search import search
from textlab.tokens.segmentation import Segmentation, counted

MOST_NAMED = 5


def segmentation_audit(
    paragraphs: pd.DataFrame, found: Segmentation, *, lexicon: Source = None
) -> pd.DataFrame:
    """For each head term: string, counted, nested, overlapped, accidents, plain_jieba.

    ``string``: occurrences by plain search of the repaired text, by a way of its own, variants
    included. ``counted`` are those that ``found`` (see :func:`segment`) holds; ``nested`` and
    ``overlapped`` are part of it. ``accidents``: matches that were left out as parts of two other
    words. ``plain_jieba``: what jieba alone would have counted. ``string`` = ``counted`` +
    ``accidents``, or something was lost: see :func:`losses`.
    """
    table = read_lexicon(lexicon)
    head = {str(surface): str(term) for surface, term in heads(table).items()}
    searched = search(counted(paragraphs)["text"].tolist(), head)
    return audit_table(searched, found.occurrences, found.crossings, found.plain, lexicon=table)


def audit_table(
    searched: Mapping[str, int],
    occurrences: pd.DataFrame,
    crossings: pd.DataFrame,
    plain: Mapping[str, int],
    *,
    lexicon: Source = None,
) -> pd.DataFrame:
    """The audit from what a plain search has found of each head term."""
    table = read_lexicon(lexicon)
    audit = head_terms(table)[["term", "category"]].copy()
    terms = audit["term"].tolist()
    audit["string"] = [searched.get(term, 0) for term in terms]
    total = occurrences["keyword"].value_counts().to_dict()
    audit["counted"] = [total.get(term, 0) for term in terms]
    groups = occurrences.groupby("keyword")["relation"].value_counts().to_dict()
    for name in ("nested", "overlapped"):
        audit[name] = [groups.get((term, name), 0) for term in terms]
    audit["accidents"] = _accidents(occurrences, crossings).reindex(terms, fill_value=0).to_numpy()
    by_head: dict[str, int] = {}
    for surface, head in heads(table).items():
        by_head[head] = by_head.get(head, 0) + plain.get(str(surface), 0)
    audit["plain_jieba"] = [by_head[term] for term in terms]
    return schema.arrange(audit, "segmentation_audit")


def _accidents(occurrences: pd.DataFrame, crossings: pd.DataFrame) -> pd.Series:
    """How many matches of each term are accidents that were not counted."""
    accidents = crossings[crossings["verdict"] == "accident"]
    place = ["para_id", "start", "keyword"]
    counted_too = accidents.rename(columns={"term": "keyword"}).merge(occurrences[place], on=place)
    return (
        accidents["term"]
        .value_counts()
        .sub(counted_too["keyword"].value_counts(), fill_value=0)
        .astype("int64")
    )


def losses(audit: pd.DataFrame) -> str:
    """What the audit cannot explain, as a sentence; empty where string = counted + accidents."""
    lost = audit["string"] - audit["counted"] - audit["accidents"]
    wrong = audit[lost != 0]
    if wrong.empty:
        return ""
    named = ", ".join(
        f"{row.term} ({row.string} in the text, {row.counted} counted, {row.accidents} accidents)"
        for row in wrong.head(MOST_NAMED).itertuples()
    )
    more = f", and {len(wrong) - MOST_NAMED} more" if len(wrong) > MOST_NAMED else ""
    return f"the audit does not add up for {named}{more}: tables/segmentation_audit.csv"


def check_audit(audit: pd.DataFrame, *, on_loss: str = "error") -> list[str]:
    """Raise :class:`AuditError` for what :func:`losses` says, or, with ``warn``, return it."""
    said = losses(audit)
    if said and on_loss == "error":
        raise AuditError(f'{said}; [audit] on_loss = "warn" runs on')
    return [said] if said else []
