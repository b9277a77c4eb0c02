"""Matches that cross a boundary of plain words: true occurrences or accidents.

It imports no pandas before a table is made, since worker processes run :func:`judge`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from math import inf
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from textlab.errors import LexiconError, nearest
from textlab.language.accidents import likelihoods, runs_across
from textlab.language.matching import Match

if TYPE_CHECKING:
    import pandas as pd

Verdict = Literal["counted", "accident"]
VERDICTS: tuple[str, ...] = get_args(Verdict)
# Characters on either side of a match that may decide, however long the words there are.
REACH = 8


class Crossing(NamedTuple):
    """A match that cuts a word of plain jieba.

    ``word``: that word, or those at both its ends joined by ``+``; ``verdict``: ``counted`` or
    ``accident``; ``rule``: what decided, see :mod:`textlab.language.accidents`, or ``study``.
    """

    start: int
    end: int
    surface: str
    word: str
    verdict: str
    rule: str


def judge(
    text: str, ends: Sequence[int], matches: Sequence[Match], overrule: Mapping[str, str]
) -> list[Crossing]:
    """A :class:`Crossing` for each of ``matches`` that begins or ends within a plain word.

    ``ends``: where the plain words of ``text`` end, ascending, the last at its length;
    ``overrule``: the study's verdict by surface, from :func:`read_verdicts`. Matches whose both
    ends are boundaries give none; the others keep their order.
    """
    crossings = []
    for match in matches:
        edges = [at for at in match[:2] if at and ends[bisect_left(ends, at)] != at]
        if edges:
            cut = dict.fromkeys(bisect_left(ends, at) for at in edges)
            word = "+".join(text[_begin(ends, number) : ends[number]] for number in cut)
            crossings.append(Crossing(*match, word, *_decide(text, ends, match, edges, overrule)))
    return crossings


def _begin(ends: Sequence[int], number: int) -> int:
    return ends[number - 1] if number else 0


def _decide(
    text: str, ends: Sequence[int], match: Match, edges: list[int], overrule: Mapping[str, str]
) -> tuple[str, str]:
    """Verdict and rule of a match that cuts words at ``edges``."""
    start, end, surface = match
    if surface in overrule:
        return overrule[surface], "study"
    run = next(filter(None, (runs_across(text, at) for at in edges)), "")
    if run:
        return "accident", run
    low, high = _neighbourhood(text, ends, start, end)
    with_term, with_other = likelihoods(text[low:start], surface, text[end:high])
    if with_other == -inf:
        return "counted", "unopposed"
    return ("counted" if with_term >= with_other else "accident"), "probability"


def _neighbourhood(text: str, ends: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """The plain words that a match touches, and one more at either end if no sign is between."""
    first, last = bisect_right(ends, start), bisect_left(ends, end)
    low, high = _begin(ends, first), ends[last]
    if low and text[low - 1].isalnum():
        low = _begin(ends, first - 1)
    if high < len(text) and text[high].isalnum():
        high = ends[last + 1]
    return max(low, start - REACH), min(high, end + REACH)


def read_verdicts(given: Mapping[str, str], head: Mapping[str, str]) -> dict[str, str]:
    """What a study says of its terms' crossings, by surface: ``counted`` or ``accident``.

    ``given``: by term or variant; ``head``: the head term of each surface. A head term speaks
    for its variants, unless they are given too. Raises :class:`LexiconError` for another verdict
    and for what is no term of the lexicon.
    """
    for term, verdict in given.items():
        if verdict not in VERDICTS:
            raise LexiconError(
                f"crossings of '{term}': '{verdict}' is no verdict{nearest(verdict, VERDICTS)}; "
                f"it is one of {', '.join(VERDICTS)}"
            )
        if term not in head:
            raise LexiconError(f"crossings of '{term}': no such term{nearest(term, head)}")
    return {
        surface: given.get(surface, given.get(term, ""))
        for surface, term in head.items()
        if surface in given or term in given
    }


def crossings_table(
    crossings: pd.DataFrame, paragraphs: pd.DataFrame, documents: pd.DataFrame
) -> pd.DataFrame:
    """Every crossing with its place: term, doc_id, line, column, word, verdict, rule.

    ``crossings``: para_id, doc_id, term (the head term), surface, start, end, word, verdict,
    rule. Line and column are those of the match's first character, from 1.
    """
    from textlab import schema
    from textlab.tokens.occurrences import locate

    located = locate(crossings, paragraphs, documents)
    return schema.arrange(located[list(schema.contract("crossings").columns)], "crossings")
