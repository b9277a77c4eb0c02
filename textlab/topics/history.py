"""Topics over time: a fit to each period, and which topics go on from one to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple, Unpack

import pandas as pd

from textlab.errors import ModelError, TableError
from textlab.schema import arrange, empty
from textlab.topics.labels import top_terms
from textlab.topics.matching import MATCHED, match, overlaps
from textlab.topics.model import TopicModel, fit_topics
from textlab.topics.options import Options, fit_options
from textlab.topics.vocabulary import positive_counts

# Fewer units for each topic than this, and a topic is what one or two texts say.
UNITS_PER_TOPIC = 10
# Options of the matrix; the others are of the fit, and can be looked at without data.
_DATA = ("min_units", "max_share", "keep")


class PeriodFits(NamedTuple):
    """A model of each period that could be fitted, and why each of the others could not.

    Both are by period, in order.
    """

    models: dict[str, TopicModel]
    reasons: dict[str, str]


def fit_periods(
    counts: pd.DataFrame, periods: pd.Series, k: int, **options: Unpack[Options]
) -> PeriodFits:
    """Fit ``k`` topics to each period of table ``counts`` on its own.

    ``periods`` gives the period of each unit of ``counts`` as text that sorts by time (2023,
    2023-06), "" for none: a Series indexed by unit, such as
    :func:`~textlab.tokens.groups.column_of` gives for counts by para_id. ``options`` are those of
    :func:`~textlab.topics.model.fit_topics`. All periods have the same ``k``: with fewer topics,
    each is a wider subject and seems new. A period of fewer than ten units a topic, or without
    vocabulary enough, is left out, and ``reasons`` says why.

    ModelError if no period can be fitted, or for options that cannot be; TableError if
    ``periods`` know no unit of ``counts`` or have one twice.
    """
    fit: dict[str, Any] = {name: given for name, given in options.items() if name not in _DATA}
    if fit_options(k, **fit).k < 1:
        raise ModelError(f"k = {k} topics; choose k of 1 or more")
    models: dict[str, TopicModel] = {}
    reasons: dict[str, str] = {}
    for period, part in _of_periods(positive_counts(counts), periods):
        units = part["unit"].nunique()
        if units < UNITS_PER_TOPIC * k:
            reasons[period] = f"{units} units: fewer than {UNITS_PER_TOPIC} for each of {k} topics"
            continue
        try:
            models[period] = fit_topics(part, k, **options)
        except ModelError as error:
            reasons[period] = str(error)
    if not models:
        said = "; ".join(f"{period}: {reason}" for period, reason in reasons.items())
        raise ModelError(f"no period to fit topics to ({said or 'no unit has one'})")
    return PeriodFits(models, reasons)


def _of_periods(counts: pd.DataFrame, periods: pd.Series) -> list[tuple[str, pd.DataFrame]]:
    """The counts of each period, in order."""
    named = periods.dropna().astype(str)
    if named.index.has_duplicates:
        twice = named.index[named.index.duplicated()][0]
        raise TableError(f"periods want one period a unit; {twice!r} is there twice")
    if len(counts) and not counts["unit"].isin(named.index).any():
        raise TableError(
            "periods want a Series indexed by the units of counts; "
            f"none of them is in it (the first is {counts['unit'].iloc[0]!r})"
        )
    period = counts["unit"].map(named).fillna("")
    return [(str(name), part) for name, part in counts.groupby(period, sort=True) if name]


def topic_history(fits: Mapping[str, TopicModel]) -> pd.DataFrame:
    """Table ``topic_history``: which topics continue, are born or die between periods.

    ``fits`` has the model of each period (``fit_periods(...).models``); periods follow each other
    in the order of their names. Topics of two successive ones are partners by
    :func:`~textlab.topics.matching.match`: ``continues`` where they share half of their 20 most
    probable terms (a Jaccard ``overlap`` of 1/3), else ``death`` of the one (``topic_to`` 0) and
    ``birth`` of the other (``topic_from`` 0), with the largest overlap that it has with any topic
    of the other period: near 1/3 it changed its words rather than its subject. The topics of the
    first period and of a single one are nobody's births.

    Validity: topics differ between two samples of one period too, the more the fewer its texts:
    ``make evaluate`` prints how many topics random halves of a year, a quarter and a month of news
    have in common. Births and deaths between short periods are in good part that. Split a period
    by chance, and look at the history of its halves, before you read that of periods.

    Source: Greene and Cross (2017), Political Analysis 25, 77-94 (topics of time windows, matched).
    """
    names = sorted(fits)
    rows = [
        (before, a, after, b, overlap, event)
        for before, after in pairwise(names)
        for a, b, overlap, event in _events(fits[before], fits[after])
    ]
    if not rows:
        return empty("topic_history")
    columns = ["period_from", "topic_from", "period_to", "topic_to", "overlap", "event"]
    table = pd.DataFrame(rows, columns=columns)
    for side in ("from", "to"):
        labels = {
            (period, number): label
            for period, model in fits.items()
            for number, label in zip(model.numbers, model.labels, strict=True)
        }
        keys = zip(table[f"period_{side}"], table[f"topic_{side}"], strict=True)
        table[f"label_{side}"] = [labels.get(key, "") for key in keys]
    return arrange(table, "topic_history")


def _events(before: TopicModel, after: TopicModel) -> Iterator[tuple[int, int, float, str]]:
    """Topic before, topic after, overlap and event: each topic of either once."""
    tops = _tops(before), _tops(after)
    shared, found = overlaps(*tops), match(*tops)
    lasting = {a: b for a, b in found.pairs if found.overlaps[a] >= MATCHED}
    for a, number in enumerate(before.numbers):
        if a in lasting:
            yield number, after.numbers[lasting[a]], found.overlaps[a], "continues"
        else:
            yield number, 0, shared[a].max(), "death"
    for b, number in enumerate(after.numbers):
        if b not in lasting.values():
            yield 0, number, shared[:, b].max(), "birth"


def _tops(model: TopicModel) -> list[list[str]]:
    columns = top_terms(model.topic_term, model.vocabulary)
    return [[model.vocabulary[column] for column in row] for row in columns]
