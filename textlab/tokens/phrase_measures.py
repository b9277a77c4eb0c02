"""What is measured of a string: how firmly it holds together, how freely it stands in texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from textlab.language.dictionary import tags
from textlab.language.segmenter import cut
from textlab.tokens.phrase_candidate import Candidate
from textlab.tokens.phrase_grams import Bools, Ints, Joined, Level
from textlab.tokens.phrase_words import GOVERNING, RISES

Floats = NDArray[np.float64]

OPENING, CLOSING = "“‘「『", "”’」』"
DIGITS = "0123456789"
SUFFIX = ord("化")
# A phrase begins and ends where words do, in so many of its occurrences.
AT_SEAMS = 0.5


class Surroundings:
    """What stands around a string that begins, or ends, at an offset of the joined texts."""

    def __init__(self, joined: Joined, texts: Sequence[str]) -> None:
        signs = -1 - np.arange(len(joined.codes))
        # Every sign, blank and end of text is a neighbour of its own: none of them binds a phrase.
        self.neighbours = np.where(joined.inside, joined.codes, signs)
        self.seams, self.governing = _seams(joined, texts)
        self.opening = np.isin(joined.codes, [ord(sign) for sign in OPENING])
        self.closing = np.isin(joined.codes, [ord(sign) for sign in CLOSING])
        self.digits = np.isin(joined.codes, [ord(digit) for digit in DIGITS])
        self.rises = self.digits | np.isin(joined.codes, [ord(letter) for letter in RISES])


def _seams(joined: Joined, texts: Sequence[str]) -> tuple[Bools, Bools]:
    """Whether plain jieba begins a word at each offset, and whether one ends that governs."""
    seams = np.zeros(len(joined.codes) + 1, dtype=bool)
    governing = seams.copy()
    known = tags()
    for begin, text in zip(joined.begins.tolist(), texts, strict=True):
        words = cut(text)
        ends = begin + np.cumsum([len(word) for word in words], dtype=np.int64)
        seams[begin] = True
        seams[ends] = True
        governing[ends] = [known.get(word, "-")[0] in GOVERNING for word in words]
    return seams, governing


def candidates(
    joined: Joined, levels: Sequence[Level], around: Surroundings, least: int
) -> Iterator[Candidate]:
    """The strings of two letters and more whose edges are those of words, by length."""
    for level in levels[1:]:
        at = level.starts
        edges = around.seams[at] & around.seams[at + level.length]
        kept = _shares(edges, level.kind, len(level.counts)) >= AT_SEAMS
        yield from _measured(joined, levels, around, _only(level, kept), least)


def _only(level: Level, kept: Bools) -> Level:
    inside = kept[level.kind]
    renumbered = np.cumsum(kept) - 1
    kind = renumbered[level.kind[inside]]
    return Level(level.length, level.starts[inside], kind, level.counts[kept])


def _measured(
    joined: Joined,
    levels: Sequence[Level],
    around: Surroundings,
    level: Level,
    least: int,
) -> Iterator[Candidate]:
    kinds, length = len(level.counts), level.length
    if not kinds:
        return
    before, behind = level.starts - 1, level.starts + length
    order = np.argsort(level.kind, kind="stable")
    places = np.split(level.starts[order], np.cumsum(level.counts)[:-1])
    firm = cohesion(joined, levels, np.array([one[0] for one in places]), level.counts, length)
    free = freedom(around, level)
    quotes = around.opening[before] & around.closing[behind]
    digits = around.digits[before] | around.rises[behind]
    marks = (quotes, digits, around.governing[level.starts])
    shares = [_shares(mark, level.kind, kinds) for mark in marks]
    for kind, starts in enumerate(places):
        apart = without_overlaps(starts, length)
        if len(apart) >= least:
            phrase = joined.text[starts[0] : starts[0] + length]
            measures = (firm, free, *shares)
            yield Candidate(phrase, apart, *(float(measure[kind]) for measure in measures))


def _shares(marks: Bools, kind: Ints, kinds: int) -> Floats:
    total = np.bincount(kind, minlength=kinds)
    return np.asarray(np.bincount(kind, weights=marks, minlength=kinds) / total)


def without_overlaps(starts: Ints, length: int) -> Ints:
    """Of the offsets at which a string stands those that a search from the left would find."""
    if not (np.diff(starts) < length).any():
        return starts
    kept = [-length]
    for start in starts.tolist():
        if start >= kept[-1] + length:
            kept.append(start)
    return np.array(kept[1:], dtype=np.int64)


def cohesion(
    joined: Joined, levels: Sequence[Level], starts: Ints, counts: Ints, length: int
) -> Floats:
    """NPMI of the two parts where a string is weakest, -1 to 1, for strings of one length.

    Over all places at which a string can be parted into x and y, the least of
    ln(p(xy) / (p(x) p(y))) / -ln p(xy) (Bouma 2009); p is how often a string stands, overlaps
    included, over the number of letters in the texts. A last letter 化 is not parted from two
    letters or more: it makes a verb of anything and so seems to belong to nothing.
    """
    size = np.log(joined.inside.sum())
    whole = size - np.log(counts)
    least = np.full(len(starts), np.inf)
    for at in range(1, length):
        # What is in no table stands once: then no part of a string that stands once is frequent.
        left = np.log(levels[at - 1].count_at(starts, 1))
        right = np.log(levels[length - at - 1].count_at(starts + at, 1))
        parted = (2 * size - left - right - whole) / whole
        if at == length - 1 and at > 1:
            parted[joined.codes[starts + at] == SUFFIX] = np.inf
        least = np.minimum(least, parted)
    return least


def freedom(around: Surroundings, level: Level) -> Floats:
    """Branching entropy in bits, of the side that has less of it (Feng 2004).

    The entropy of the letters before a string, and of those behind it; each sign, blank or end
    of a text counts as a letter of its own.
    """
    before = around.neighbours[level.starts - 1]
    behind = around.neighbours[level.starts + level.length]
    return np.minimum(*(_entropy(side, level) for side in (before, behind)))


def _entropy(neighbours: Ints, level: Level) -> Floats:
    lowest = neighbours.min()
    span = neighbours.max() - lowest + 1
    pairs, counts = np.unique(level.kind * span + neighbours - lowest, return_counts=True)
    kind = pairs // span
    shares = counts / level.counts[kind]
    entropy = np.bincount(kind, weights=-shares * np.log2(shares), minlength=len(level.counts))
    # A sum of nothing but -0.0 is no entropy below nought.
    return np.abs(entropy)
