"""Topics that keep their numbers and labels from one fit to the next."""

from __future__ import annotations

from itertools import count
from typing import NamedTuple

import pandas as pd

from textlab.topics.labels import TOP, top_terms
from textlab.topics.matching import MATCHED, match
from textlab.topics.model import TopicModel

COLUMNS = ("topic", "label", "terms")


class Kept(NamedTuple):
    """The model with the numbers and labels that it keeps, and how each came about.

    ``table``: topic, label, overlap, status; a row for each topic of the model (``kept`` or
    ``new``) and for each of the labels that the fit has no topic for (``lost``), by number.
    ``overlap`` is that of the 20 top terms with the topic matched, or with the one that came
    closest in the matching: terms that both have, as a share of those that either has.
    """

    model: TopicModel
    table: pd.DataFrame


class _Labelled(NamedTuple):
    topic: int
    label: str
    terms: list[str]


def keep_numbers(model: TopicModel, labels: pd.DataFrame) -> Kept:
    """``model`` with the numbers and labels of table ``labels`` where a topic is still there.

    ``labels`` (topic, label, terms) are topics of an earlier fit: ``terms`` are a topic's 20 top
    terms as it was when it was labelled, with spaces between. Each is matched with at most one
    topic of the model, so that their overlaps are largest in sum; those of a third or more (half
    of the 20 terms shared) are the same topic and get its number and label, with an empty label
    the model's own. The other topics of the model get numbers above all of ``labels``, by
    their order in the model, so that a number that was given once never means another topic.

    Same words are not the same meaning: read a topic again whose overlap is low. The file is
    compared, not the last fit, so topics cannot drift away from it step by step.
    """
    old = _rows_of(labels)
    columns = top_terms(model.topic_term, model.vocabulary, TOP)
    fitted = [[model.vocabulary[column] for column in row] for row in columns]
    found = match([row.terms for row in old], fitted)
    overlaps = [float(overlap) for overlap in found.overlaps]
    same = {row: at for at, row in found.pairs if overlaps[at] >= MATCHED}
    closest = {row: overlaps[at] for at, row in found.pairs}
    free = count(max((row.topic for row in old), default=0) + 1)
    rows = [
        (old[same[row]].topic, old[same[row]].label or own, closest[row], "kept")
        if row in same
        else (next(free), own, closest.get(row, 0.0), "new")
        for row, own in enumerate(model.labels)
    ]
    renumbered = model.renumbered([row[0] for row in rows], [row[1] for row in rows])
    lost = set(range(len(old))) - set(same.values())
    rows += [(old[at].topic, old[at].label, overlaps[at], "lost") for at in sorted(lost)]
    table = pd.DataFrame(rows, columns=["topic", "label", "overlap", "status"])
    return Kept(renumbered, table.sort_values("topic", ignore_index=True))


def _rows_of(labels: pd.DataFrame) -> list[_Labelled]:
    """The rows of a table of labels, by number, so that their order in a file says nothing."""
    columns = (labels[name].tolist() for name in COLUMNS)
    return sorted(
        _Labelled(int(topic), str(label), str(terms).split())
        for topic, label, terms in zip(*columns, strict=True)
    )


def labels_of(topics: pd.DataFrame) -> pd.DataFrame:
    """Table ``topics`` as labels for :func:`keep_numbers`: topic, label, terms."""
    ordered = topics.sort_values(["topic", "rank"], kind="stable")
    grouped = ordered[ordered["rank"] <= TOP].groupby("topic")
    made = grouped.agg(label=("label", "first"), terms=("term", " ".join)).reset_index()
    return made[list(COLUMNS)]
