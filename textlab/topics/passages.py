"""The paragraphs that show best what a topic is about, as places in the files."""

from __future__ import annotations

import numpy as np
import pandas as pd

from textlab.errors import ModelError, UnknownNameError
from textlab.schema import arrange, check, contract, empty
from textlab.tokens.occurrences import locate
from textlab.topics.lda import posterior
from textlab.topics.model import TopicModel
from textlab.topics.options import is_whole
from textlab.topics.variational import Floats
from textlab.topics.vocabulary import UnitTerms, positive_counts, unit_terms

# Paragraphs whose counts have a cosine from here on are one text with a word changed.
ALIKE = 0.8
# What has less of a topic shows another one.
LEAST_SHARE = 0.2


def topic_passages(
    model: TopicModel,
    counts: pd.DataFrame,
    paragraphs: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    top: int = 5,
    min_tokens: int = 20,
) -> pd.DataFrame:
    """Where the ``top`` paragraphs stand that carry each topic most: table ``topic_passages``.

    ``counts`` (unit, term, n) are those of paragraphs, by para_id, whatever the units that the
    model was fitted to. Candidates have ``min_tokens`` tokens of the model's vocabulary or more,
    are no copies (``duplicate_of``), and have a fifth of the topic or more. By falling share, then
    by falling length, those are listed whose counts are not nearly the same as those of one
    listed above (cosine of .8 or more); there may be fewer than ``top``, and none of a topic that
    is made of short lines or that no paragraph is about.

    Columns: topic, rank, doc_id, place; file, line, column, end_line, end_column, raw_start and
    raw_end as in :func:`~textlab.tokens.occurrences.locate`; para_id, share, tokens. No text: see
    ``textlab trace RESULTS --topic``. They are the purest paragraphs, not usual ones: most that
    have something of a topic have other topics too.

    Raises :class:`UnknownNameError` for counts of anything but these paragraphs.
    """
    _check_limits(top=top, min_tokens=min_tokens)
    paragraphs = check(paragraphs, "paragraphs")
    originals = paragraphs.loc[paragraphs["duplicate_of"] == "", "para_id"]
    counts = _of_paragraphs(positive_counts(counts), paragraphs)
    data = _long_enough(unit_terms(counts, model.vocabulary), originals, min_tokens)
    shares = posterior(data.matrix, model.topic_term, model.alpha)
    shares /= shares.sum(axis=1, keepdims=True)
    rows = [
        (number, rank, data.units[unit], shares[unit, row], int(data.tokens[unit]))
        for row, number in enumerate(model.numbers)
        for rank, unit in enumerate(_purest(data, shares[:, row], top), 1)
    ]
    names = ["topic", "rank", "para_id", "share", "tokens"]
    return _located(pd.DataFrame(rows, columns=names), paragraphs, documents)


def _check_limits(**limits: int) -> None:
    for name, value in limits.items():
        if not is_whole(value) or value < 1:
            raise ModelError(f"{name} wants a whole number of 1 or more, found {value!r}")


def _of_paragraphs(counts: pd.DataFrame, paragraphs: pd.DataFrame) -> pd.DataFrame:
    unknown = sorted(set(counts["unit"]) - set(paragraphs["para_id"]))
    if unknown:
        raise UnknownNameError(
            f"counts wants units that are paragraphs, found '{unknown[0]}'; "
            'count(tokens, by="para_id") gives them'
        )
    return counts


def _long_enough(data: UnitTerms, among: pd.Series, min_tokens: int) -> UnitTerms:
    """The units of ``data`` that are ``among`` these and have so many tokens."""
    wanted = (data.tokens >= min_tokens) & pd.Index(data.units, dtype="str").isin(among)
    units = [unit for unit, take in zip(data.units, wanted, strict=True) if take]
    return UnitTerms(units, data.vocabulary, data.matrix[wanted])


def _purest(data: UnitTerms, share: Floats, top: int) -> list[int]:
    """The units that have most of a topic, none of them nearly the same as one before."""
    lengths = np.sqrt(np.asarray(data.matrix.multiply(data.matrix).sum(axis=1)).ravel())
    passed = share < LEAST_SHARE
    chosen: list[int] = []
    # The last key is the first to sort by; units are in the order of names.
    for unit in np.lexsort((-data.tokens, -share)).tolist():
        if len(chosen) == top:
            break
        if not passed[unit]:
            chosen.append(unit)
            own = data.matrix[[unit]].toarray().ravel()
            passed |= data.matrix @ own >= ALIKE * lengths[unit] * lengths
    return chosen


def _located(
    chosen: pd.DataFrame, paragraphs: pd.DataFrame, documents: pd.DataFrame
) -> pd.DataFrame:
    """Table ``topic_passages`` of whole paragraphs."""
    if chosen.empty:
        return empty("topic_passages")
    texts = paragraphs.set_index("para_id")[["doc_id", "place", "text"]]
    spans = chosen.join(texts, on="para_id")
    spans = spans.assign(start=0, end=spans["text"].str.len())
    located = locate(spans, paragraphs, documents)
    return arrange(located[list(contract("topic_passages").columns)], "topic_passages")
