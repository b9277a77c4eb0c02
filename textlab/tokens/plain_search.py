"""Occurrences of terms by plain search: the audit's own way, which shares none of the matcher's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

# Stands in no term, so that nothing is found over the end of a text.
_END = "\n"


def search(texts: Iterable[str], heads: Mapping[str, str]) -> dict[str, int]:
    """How often each head term stands in ``texts``, variants included; those that stand nowhere
    are left out.

    ``heads`` maps surfaces to head terms. Counted from the left, of several variants at one place
    the longest, without overlaps.
    """
    joined = _END.join(texts)
    surfaces: dict[str, dict[str, int]] = {}
    for surface, head in heads.items():
        n = joined.count(surface)
        if n:
            surfaces.setdefault(head, {})[surface] = n
    return {head: _count(joined, own) for head, own in surfaces.items()}


def _count(joined: str, surfaces: Mapping[str, int]) -> int:
    if len(surfaces) == 1:
        return next(iter(surfaces.values()))
    # Variants may stand in one another.
    longest_first = sorted(surfaces, key=lambda surface: (-len(surface), surface))
    return sum(1 for _ in re.finditer("|".join(map(re.escape, longest_first)), joined))
