"""The style of texts: how varied their words, how long their sentences, how many slogans."""

from __future__ import annotations

import numpy as np
import pandas as pd

from textlab.analysis.style_estimates import Estimate, estimate
from textlab.analysis.style_measures import Measure, measures_of
from textlab.analysis.style_text import Text, read_text
from textlab.errors import StudyError
from textlab.schema import arrange
from textlab.tokens.kinds import COUNTED_KINDS


def style(
    tokens: pd.DataFrame,
    paragraphs: pd.DataFrame,
    *,
    by: str | pd.Series = "doc_id",
    window: int = 500,
    sample: int = 42,
) -> pd.DataFrame:
    """The style of each group's texts, with 95 % intervals: the table ``style``.

    ``tokens`` are those of the paragraphs, punctuation included. ``by`` is a column of
    ``paragraphs`` (``"doc_id"``, ``"place"``) or a Series of groups indexed by para_id, whose
    name (else ``group``) the column ``by`` holds; paragraphs without a group are left out, and
    copies (``duplicate_of``) too unless ``by="doc_id"``.

    Columns: ``by``, ``group``, ``measure``, ``value`` with ``low`` and ``high``; ``tokens``, the
    words that the value rests on; ``units``, the documents that it could be taken of, or their
    paragraphs where they are fewer than three, or one or two hold nearly all; ``reason``. The
    measures:

    - ``mattr``: the mean share of different words in all stretches of ``window`` words within a
      document, 0 to 1. Does not depend on the length of the texts, but on ``window``.
    - ``hd_d``: the mean share of different words in samples of ``sample`` words drawn from a
      document, 0 to 1; of several documents the mean, weighted by their words.
    - ``sentence_length``: the mean number of words in a sentence.
    - ``sentence_characters``: the mean number of characters in a sentence, without punctuation;
      it does not depend on where words were cut.
    - ``slogan_share``: the share of lexicon terms in all words, 0 to 1, a term counting once.
    - ``number_share``: the share of numbers in all words, 0 to 1.

    "Words" are all tokens but punctuation; for mattr and hd_d not numbers either, each of which
    would be a word of its own. Sentences are those of body paragraphs that end with a sign
    (:func:`~textlab.tokens.sentences.sentence_numbers`: a semicolon is one).

    Intervals: those of the two shares are the intervals of all rates
    (:func:`~textlab.statistics.intervals.rate_intervals`). The others are Student's on the log
    scale (units - 1 degrees of freedom) with the jackknife's standard error: the group without
    each of its documents in turn, or without each of its paragraphs, the text
    closing up behind what is left out. (Its windows are shared with its neighbours: leaving out
    only those that begin in it would give intervals half as wide as they should be.) Nothing is
    resampled with replacement, as texts that hold a passage twice are poorer in words.

    Validity: compare values of the same ``window``, ``sample`` and segmentation. hd_d rises with
    the number of subjects, and so a little with the length of a text; mattr does not. Numbers
    written in Chinese characters are words. What counts as a slogan is what the lexicon lists. A
    document that has fewer words than ``window`` has no mattr.

    NaN with a reason where a group has no words or no document is long enough; NaN intervals for
    one paragraph, and where all units are alike. StudyError: a window or sample under 1;
    UnknownNameError: an unknown ``by``.

    Sources: Covington and McFall (2010) for MATTR; McCarthy and Jarvis (2007) for HD-D; Efron and
    Tibshirani (1993), An Introduction to the Bootstrap, chapter 11, for the jackknife; Kuensch
    (1989), Annals of Statistics 17(3), for leaving out stretches of a sequence.
    """
    check_sizes(window=window, sample=sample)
    return _styled(read_text(tokens, paragraphs, by), by, window, sample)


def check_sizes(**sizes: int) -> None:
    """StudyError for a size that is below 1."""
    for name, size in sizes.items():
        if size < 1:
            raise StudyError(f"style wants a {name} of 1 token or more, found {size}")


def _styled(text: Text, by: str | pd.Series, window: int, sample: int) -> pd.DataFrame:
    label = str(by) if isinstance(by, str) else str(by.name or "group")
    having = _documents(text)
    tables = [
        _table(measure, estimate(measure, text.rows), text, having)
        for measure in measures_of(text, window=window, sample=sample)
    ]
    return arrange(pd.concat(tables, ignore_index=True).assign(by=label), "style")


def _documents(text: Text) -> np.ndarray:
    """The documents of each group that have tokens."""
    counted = text.per_row(text.of_kinds(COUNTED_KINDS)) > 0
    pairs = np.unique(np.stack([text.rows.group[counted], text.rows.document[counted]]), axis=1)
    return np.bincount(pairs[0], minlength=len(text.rows.groups))


def _table(measure: Measure, found: Estimate, text: Text, having: np.ndarray) -> pd.DataFrame:
    tokens = np.bincount(text.rows.group, measure.tokens, minlength=len(text.rows.groups))
    reasons = [_reason(measure, found, int(n), i) for i, n in enumerate(having)]
    columns = {
        "group": text.rows.groups,
        "measure": measure.name,
        "value": found.value,
        "low": found.low,
        "high": found.high,
        "tokens": tokens.astype("int64"),
        "units": found.units,
        "reason": reasons,
    }
    return pd.DataFrame(columns)


def _reason(measure: Measure, found: Estimate, having: int, i: int) -> str:
    """Why there is no value or no interval, or what it speaks of; empty if all is well."""
    documents = int(found.documents[i])
    if not having:
        return "no words"
    if not documents:
        return f"{_many(having, 'document')} {measure.lacking}"
    parts = [_of_interval(found, i)]
    if documents < having:
        parts.insert(0, f"{having - documents} of {having} documents {measure.lacking}")
    if measure.counts and found.value[i] == 0 < found.high[i]:
        parts.append("in none of these: high is a bound")
    return "; ".join(filter(None, parts))


def _of_interval(found: Estimate, i: int) -> str:
    """Why a group's interval is missing, or speaks of its texts only."""
    documents, units = int(found.documents[i]), int(found.units[i])
    over_documents = documents == units and documents > 1
    if units == 1:
        return "1 document of one paragraph: no interval"
    if np.isnan(found.low[i]):
        why = "too short to leave one out" if np.isnan(found.error[i]) else "all alike"
        owner = "" if over_documents else f"{_many(documents, 'document')} of "
        noun = "document" if over_documents else "paragraph"
        return f"{owner}{_many(units, noun)}, {why}: no interval"
    if over_documents:
        return "" if documents > 2 else "2 documents: interval not to be trusted"
    limits = "not to be trusted" if units == 2 else "for these texts only"
    return f"{_many(documents, 'document')}: interval over {units} paragraphs, {limits}"


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"
