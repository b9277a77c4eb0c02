"""The audit of the lexicon promise: what stands in the text, and what was counted."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from textlab import schema
from textlab.language.lexicon import Source, head_terms, heads, read_lexicon
from textlab.tokens.segmentation import counted


def segmentation_audit(
    paragraphs: pd.DataFrame,
    occurrences: pd.DataFrame,
    plain: Mapping[str, int],
    *,
    lexicon: Source = None,
) -> pd.DataFrame:
    """For each head term: string, counted, nested, overlapped, accidents, plain_jieba.

    ``string``: occurrences by plain search of the repaired text, found by a way of its own
    (regular expressions), variants included. ``counted`` = ``string`` - ``accidents``;
    ``nested`` and ``overlapped`` are part of it. ``plain_jieba``: what jieba alone would have
    counted; ``plain`` maps each surface to that (:func:`segment` gives it). Accidents, matches
    across two other words, are not yet decided: 0.
    """
    table = read_lexicon(lexicon)
    audit = head_terms(table)[["term", "category"]].copy()
    surfaces = heads(table)
    texts = counted(paragraphs)["text"].tolist()
    audit["string"] = [
        sum(len(pattern.findall(text)) for text in texts)
        for pattern in (_pattern(surfaces, term) for term in audit["term"])
    ]
    groups = occurrences.groupby("keyword")["relation"].value_counts().to_dict()
    relations = {
        name: [groups.get((t, name), 0) for t in audit["term"]] for name in ("nested", "overlapped")
    }
    total = occurrences["keyword"].value_counts().to_dict()
    audit["counted"] = [total.get(term, 0) for term in audit["term"]]
    audit = audit.assign(**relations, accidents=0)
    by_head: dict[str, int] = {}
    for surface, head in surfaces.items():
        by_head[head] = by_head.get(head, 0) + plain.get(str(surface), 0)
    audit["plain_jieba"] = [by_head[term] for term in audit["term"]]
    return schema.arrange(audit, "segmentation_audit")


def _pattern(surfaces: pd.Series, head: str) -> re.Pattern[str]:
    ours = [str(surface) for surface in surfaces.index[surfaces == head]]
    return re.compile("|".join(re.escape(s) for s in sorted(ours, key=lambda s: (-len(s), s))))
