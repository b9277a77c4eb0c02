"""Places for the names of points, so that no two names touch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

CLEAR = 0.35
"""White around a name, in millimetres."""

# Where a name may stand: directions (turns) around its point, by distance from its rim in mm.
# Near it, beside before above and below before at a slant; then ever farther, in 16 directions.
_NEAR = (0.0, 0.5, 0.25, 0.75, 0.125, 0.375, 0.875, 0.625)
_FAR = tuple(turn / 16 for turn in range(16))
_RINGS = ((0.4, _NEAR), (1.1, _NEAR), *((d, _FAR) for d in (2.5, 4.0, 6.0, 8.5, 11.5, 15.0, 19.0)))
_TIED = 1.2  # a name farther away than this is tied to its point by a line
_BESIDE = 0.8  # a name as near to another's point seems to be that one's
# What is to be avoided, in the millimetres that a name would rather go away.
_COVERED = 6.0  # a point of weight 1 under the name, or on the line to it
_CUT = 1.5  # a line of the figure under the name
_CROSSED = 8.0  # the line to one name under another
_ROUNDS = 4
_TRIES = 3


class Marks(NamedTuple):
    """Points in millimetres from the lower left corner of a panel.

    ``radius`` is that of their circles. ``weight`` says how much names are to shun each: they
    never cover one of infinite weight.
    """

    x: Numbers
    y: Numbers
    radius: Numbers
    weight: Numbers

    @classmethod
    def of(
        cls, middles: Numbers, *, radius: npt.ArrayLike, weight: npt.ArrayLike = np.inf
    ) -> Marks:
        """Marks at ``middles`` (two columns); one radius or weight is that of all."""
        x, y = np.asarray(middles, dtype=np.float64).reshape(-1, 2).T
        all_of = (
            np.broadcast_to(np.asarray(v, dtype=np.float64), x.shape) for v in (radius, weight)
        )
        return cls(x, y, *all_of)


class Places(NamedTuple):
    """The middles of names (names x 2; NaN: no place found), and where their lines begin.

    A line begins on its name's edge and ends in its point; NaN: near enough for none.
    """

    middles: Numbers
    starts: Numbers


@dataclass(frozen=True, kw_only=True)
class Offer:
    """The places that a name may take, what each costs, and where its line would begin."""

    middles: Numbers
    cost: Numbers
    starts: Numbers


def place_names(
    sizes: Numbers,
    points: npt.NDArray[np.intp],
    marks: Marks,
    room: tuple[float, float],
    *,
    lines: Numbers | None = None,
) -> Places:
    """Places for the names of some ``points`` of ``marks`` within ``room`` (width, height).

    ``sizes`` are the names' widths and heights (names x 2), ``lines`` what else is drawn that a
    name is better not on (lines x 2 ends x 2); all in millimetres. No name touches another or
    the edge of the room. The first choose first, then each again with all the others in place
    until none moves. If some find no place they choose before the others, a few times over, and
    the try with the fewest names lost counts.
    """
    sizes = sizes + 2 * CLEAR
    ends = np.stack([marks.x[points], marks.y[points]], axis=1)
    drawn = np.empty((0, 2, 2)) if lines is None else lines
    offers = [_offer(at, size, marks, room, drawn) for at, size in zip(points, sizes, strict=True)]
    order = list(range(len(points)))
    found = best = _settled(order, offers, sizes, ends)
    for _ in range(_TRIES):
        lost = np.flatnonzero(np.isnan(found.middles[:, 0])).tolist()
        if not lost:
            return found
        order = lost + [i for i in order if i not in lost]
        found = _settled(order, offers, sizes, ends)
        best = min(best, found, key=lambda places: np.isnan(places.middles).sum())
    return best


def _settled(order: list[int], offers: list[Offer], sizes: Numbers, ends: Numbers) -> Places:
    """Places for all names, chosen one by one in ``order`` until none moves."""
    found = Places(np.full_like(ends, np.nan), np.full_like(ends, np.nan))
    for _ in range(_ROUNDS):
        before = found.middles.copy()
        for i in order:
            offer = offers[i]
            found.middles[i] = found.starts[i] = np.nan
            best = _best(offer, sizes[i], ends[i], found, sizes, ends)
            if best is not None:
                found.middles[i], found.starts[i] = offer.middles[best], offer.starts[best]
        if np.array_equal(before, found.middles, equal_nan=True):
            break
    return found


def _offer(
    at: int, size: Numbers, marks: Marks, room: tuple[float, float], drawn: Numbers
) -> Offer:
    """The places within ``room`` around one point, but those on what must not be covered."""
    ring = np.array([(d, turn, rank) for d, turns in _RINGS for rank, turn in enumerate(turns)])
    towards = np.stack([np.cos(ring[:, 1] * 2 * np.pi), np.sin(ring[:, 1] * 2 * np.pi)], axis=1)
    point = np.array([marks.x[at], marks.y[at]])
    rim = (marks.radius[at] + ring[:, :1]) * towards
    middles = point + rim + np.clip(1.6 * towards, -1, 1) * (size - 2 * CLEAR) / 2
    inside = ((middles >= size / 2) & (middles <= np.array(room) - size / 2)).all(axis=1)
    middles, distance, rank = middles[inside], ring[inside, 0], ring[inside, 2]
    starts = np.clip(point, middles - size / 2, middles + size / 2)
    starts[distance <= _TIED] = np.nan
    others = np.arange(len(marks.x)) != at
    gap = _gap(middles, size, marks) - marks.radius
    weight = np.where((gap < 0) & others, marks.weight, 0.0)
    light = np.minimum(marks.weight, 1.0)
    weight += np.where((gap < _BESIDE) & others, 0.25 * light, 0.0)
    weight += np.where(_met(starts, point, marks) & others, light, 0.0)
    cost = distance + 0.02 * rank + _COVERED * weight.sum(axis=1)
    cost += _CUT * _cuts(drawn, middles, size).sum(axis=1)
    kept = np.isfinite(cost)
    return Offer(middles=middles[kept], cost=cost[kept], starts=starts[kept])


def _best(
    offer: Offer, size: Numbers, end: Numbers, found: Places, sizes: Numbers, ends: Numbers
) -> int | None:
    """The cheapest of the places on offer that no name has taken."""
    there = ~np.isnan(found.middles[:, 0])
    apart = np.abs(offer.middles[:, np.newaxis] - found.middles[there])
    clear: Flags = np.any(apart >= (size + sizes[there]) / 2 - CLEAR, axis=2)
    free = clear.all(axis=1)
    if not free.any():
        return None
    theirs = np.stack([found.starts, ends], axis=1)
    crossed = _cuts(theirs, offer.middles, size).sum(axis=1)
    own = np.stack([offer.starts, np.broadcast_to(end, offer.starts.shape)], axis=1)
    crossed += _cuts(own, found.middles[there], sizes[there]).sum(axis=0)
    return int(np.argmin(np.where(free, offer.cost + _CROSSED * crossed, np.inf)))


def _gap(middles: Numbers, size: Numbers, marks: Marks) -> Numbers:
    """The distance of each mark's centre (columns) from a name at each of ``middles``."""
    across = np.abs(middles[:, :1] - marks.x) - size[0] / 2
    up = np.abs(middles[:, 1:] - marks.y) - size[1] / 2
    gaps: Numbers = np.hypot(np.clip(across, 0, None), np.clip(up, 0, None))
    return gaps


def _met(starts: Numbers, end: Numbers, marks: Marks) -> Flags:
    """Which marks (columns) a line from each of ``starts`` to ``end`` would touch."""
    along = end - starts
    length = np.square(along).sum(axis=1, keepdims=True)
    x, y = marks.x - starts[:, :1], marks.y - starts[:, 1:]
    with np.errstate(invalid="ignore"):
        part = np.clip((x * along[:, :1] + y * along[:, 1:]) / length, 0, 1)
        met: Flags = np.hypot(x - part * along[:, :1], y - part * along[:, 1:]) < marks.radius
    return met


def _cuts(lines: Numbers, middles: Numbers, sizes: Numbers) -> Flags:
    """Which lines (columns; NaN: none) run through a name at each of ``middles`` (rows).

    ``sizes`` are the names', or one of all.
    """
    size = sizes.reshape(-1, 1, 2)
    starts, along = lines[:, 0], lines[:, 1] - lines[:, 0]
    near = middles[:, np.newaxis] - size / 2 - starts
    with np.errstate(invalid="ignore", divide="ignore"):
        first, second = near / along, (near + size) / along
        enters = np.fmin(first, second).max(axis=2, initial=0.0)
        leaves = np.fmax(first, second).min(axis=2, initial=1.0)
        flags: Flags = enters < leaves
    return flags
