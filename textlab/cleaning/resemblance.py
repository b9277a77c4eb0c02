"""Which texts stand whole in a longer one, and which are almost the same as an earlier one."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import numpy as np
from datasketch import MinHash, MinHashLSH

from textlab.cleaning.passages import ACROSS, TORN, WITHIN, Passage, figures
from textlab.cleaning.shingles import HALF, Prints, Shingles, distinct, salts

NEAR = 0.8
SHINGLE = 5
BANDS, ROWS, SEED = 20, 5, 1
# What keeps the worst case linear: places and look-alikes that one text is compared with.
PLACES, LOOK_ALIKES = 100, 50
# Shingles hashed at once: 13 MB.
CHUNK = 2**15

Known = dict[int, tuple[Prints, Counter[str]]]


def containers(passages: Sequence[Passage]) -> dict[int, int]:
    """For each passage whose letters stand unbroken in a longer one's, the longest of these.

    Those of fewer than ``ACROSS`` characters are looked for in their own document, and must
    stand there from one clause end to another or, if torn, at the beginning; those of fewer
    than ``WITHIN`` must be torn. Of containers of one length the first is taken, and of equal
    passages of a scope only the first is looked at. A passage all of whose stretches of 12
    characters stand at more than 100 places is looked for at the first 100, those in the
    longest passages.
    """
    long_ones = [i for i, passage in enumerate(passages) if len(passage.letters) >= ACROSS]
    everywhere = _standing_in(passages, long_ones, [-1] * len(passages))
    documents = [passage.document for passage in passages]
    return _standing_in(passages, range(len(passages)), documents) | everywhere


def _standing_in(
    passages: Sequence[Passage], numbers: Sequence[int], scopes: Sequence[int]
) -> dict[int, int]:
    """Of these passages those that stand in another of their scope, and in which."""
    # Of equal ones the first is enough.
    backwards = reversed(numbers)
    first = {(passages[i].letters, scopes[i]): i for i in backwards}.values()
    order = sorted(first, key=lambda i: (-len(passages[i].letters), i))
    texts = [passages[i].letters for i in order]
    shingles = Shingles(texts, TORN, scopes=[scopes[i] for i in order])
    found = {}
    for number, i in enumerate(order):
        for offset in shingles.places(number, PLACES).tolist():
            if offset >= shingles.starts[number]:
                break
            if not _stands_at(texts[number], shingles.joined, offset):
                continue
            at = shingles.text_at(offset)
            if _contained(passages[i], passages[order[at]], offset - int(shingles.starts[at])):
                found[i] = order[at]
                break
    return found


def _stands_at(text: str, joined: str, offset: int) -> bool:
    """Whether ``text`` is there, and neither end of it cuts a number in two."""
    if offset < 0 or not joined.startswith(text, offset):
        return False
    before, after = joined[max(offset - 1, 0) : offset], joined[offset + len(text)]
    cut_before = before.isdigit() and text[0].isdigit()
    return not cut_before and not (text[-1] + after).isdigit()


def _contained(passage: Passage, other: Passage, start: int) -> bool:
    """Whether ``passage``, whose letters ``other`` has from ``start`` on, is a copy of it."""
    size = len(passage.letters)
    if size >= len(other.letters):
        return False
    if size >= ACROSS:
        return True
    if passage.document != other.document:
        return False
    if passage.torn and start == 0:
        return True
    return size >= WITHIN and {start, start + size} <= other.clause_ends


def resembling(passages: Sequence[Passage]) -> dict[int, int]:
    """For each passage that resembles an earlier original, the most similar of these.

    An original is one that resembles none before it. MinHash and locality-sensitive hashing
    give the candidates; :func:`resemblance` of at least ``NEAR``, and figures of the one that
    are all among those of the other, confirm them. Passages of fewer than ``ACROSS``
    characters are compared with those of their own document. Of a family of look-alikes that
    are no copies of each other (one form filled in many times) the first 50 are compared
    with the rest.
    """
    shingles = Shingles([passage.letters for passage in passages], SHINGLE)
    blank = MinHash(BANDS * ROWS, seed=SEED, hashfunc=int, scheme="affine32")
    index = _empty_index()
    known: Known = {}
    found = {}
    for i, passage in enumerate(passages):
        prints = shingles.of(i)
        # A near copy shares at least as much with its original: most passages end here.
        shared = len(prints) - shingles.lone(i)
        if len(passage.letters) < WITHIN or shared < NEAR * len(prints):
            continue
        known[i] = distinct(prints), figures(passage.letters)
        scopes = {passage.document, passage.scope}
        sketches = {scope: _sketch(blank, known[i][0], scope) for scope in scopes}
        alike = {scope: index.query(sketch) for scope, sketch in sketches.items()}
        original = _closest(i, sorted({j for keys in alike.values() for _, j in keys}), known)
        if original is not None:
            found[i] = original
            del known[i]
            continue
        for scope, keys in alike.items():
            if len(keys) < LOOK_ALIKES:
                index.insert((scope, i), sketches[scope])
    return found


def _empty_index() -> MinHashLSH:
    # datasketch draws a name for each index, and so would change what a caller draws next.
    state = random.getstate()
    index = MinHashLSH(num_perm=BANDS * ROWS, params=(BANDS, ROWS))
    random.setstate(state)
    return index


def _sketch(blank: MinHash, prints: Prints, scope: int) -> MinHash:
    """The sketch of a set of shingles, unlike that of the same set in another scope."""
    sketch = blank.copy()
    values = (prints ^ salts([scope])) >> HALF
    for start in range(0, len(values), CHUNK):
        sketch.update_batch(values[start : start + CHUNK].tolist())
    return sketch


def _closest(i: int, candidates: Sequence[int], known: Known) -> int | None:
    """The candidate that i is a near copy of, if there is one; the earliest of equals."""
    best, most = None, 0.0
    own, numbers = known[i]
    for j in candidates:
        other, others = known[j]
        shorter, longer = sorted((len(own), len(other)))
        if shorter < NEAR * longer or not (numbers <= others or others <= numbers):
            continue
        similarity = resemblance(own, other)
        if similarity >= NEAR and similarity > most:
            best, most = j, similarity
    return best


def resemblance(one: Prints, other: Prints) -> float:
    """Jaccard's measure of two sets of shingles, each rising and without repeats: 0 to 1."""
    common = _common(one, other)
    return common / (len(one) + len(other) - common)


def containment(one: Prints, other: Prints) -> float:
    """The share of the shingles of ``one`` that are among those of ``other``: 0 to 1."""
    return _common(one, other) / len(one)


def _common(one: Prints, other: Prints) -> int:
    shorter, longer = sorted((one, other), key=len)
    at = np.minimum(np.searchsorted(longer, shorter), len(longer) - 1)
    return int(np.count_nonzero(longer[at] == shorter))
