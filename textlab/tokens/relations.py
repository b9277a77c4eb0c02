"""Matches of lexicon terms -> occurrences: each term's own, and how they lie to each other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from textlab.language.matching import Match


def own_matches(matches: Sequence[Match], head: Mapping[str, str]) -> list[Match]:
    """Matches without those that overlap an earlier one of the same head term.

    In the order of :meth:`Matcher.find`; so each term is found as a plain search from the left,
    the longest variant first, would find it.
    """
    if len(matches) == 1:
        return list(matches)
    last: dict[str, int] = {}
    kept = []
    for match in matches:
        term = head[match[2]]
        if match[0] >= last.get(term, 0):
            kept.append(match)
            last[term] = match[1]
    return kept


def relations(matches: Sequence[Match]) -> Iterator[tuple[Match, str]]:
    """``matches`` (by start, longest first), each with its relation to the others.

    ``nested`` inside a longer one, ``overlapped`` with one that neither holds it nor is held by
    it, else ``alone``.
    """
    for cluster in _clusters(matches):
        if len(cluster) == 1:
            yield cluster[0], "alone"
        else:
            yield from _within(cluster)


def _clusters(matches: Sequence[Match]) -> Iterator[list[Match]]:
    """``matches`` in stretches between which none overlap; nearly all are of one."""
    cluster: list[Match] = []
    end = 0
    for match in matches:
        if match[0] >= end and cluster:
            yield cluster
            cluster = []
        cluster.append(match)
        end = max(end, match[1])
    if cluster:
        yield cluster


def _within(matches: Sequence[Match]) -> Iterator[tuple[Match, str]]:
    reach = max((end - start for start, end, _ in matches), default=0)
    starts = [start for start, _, _ in matches]
    for at, (start, end, surface) in enumerate(matches):
        relation = "alone"
        low = bisect_right(starts, start - reach - 1)
        high = bisect_right(starts, end - 1)
        for other in range(low, high):
            left, right, _ = matches[other]
            if other == at or right <= start:
                continue
            if left <= start and end <= right:
                relation = "nested"
                break
            if not (start <= left and right <= end):
                relation = "overlapped"
        yield (start, end, surface), relation
