"""How much two terms keep each other's company: pure functions of counts.

The arguments are broadcast: ``n`` is how often the two stand together, ``n_a`` and ``n_b`` how
often each stands at all, and ``total`` how many places there are. All are counted alike: in
sentences (those with both, with a, with b, all of them), or in the tokens of windows (a's
occurrences in the windows of b, a's occurrences, the tokens of b's windows, all tokens).

Validity: all but :func:`log_dice` are of one corpus; none says how surely the two belong
together (see ``log_likelihood`` for that), and NPMI and delta P are unstable below some five
joint occurrences.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from textlab.statistics.measures.basis import Floats, share


def npmi(n: ArrayLike, n_a: ArrayLike, n_b: ArrayLike, total: ArrayLike) -> Floats:
    """Normalised pointwise mutual information, -1 to 1.

    With p = n / total::

        ln(p(a, b) / (p(a) * p(b))) / -ln(p(a, b))

    1 where neither stands without the other, 0 where they meet as often as by chance, -1 (the
    limit) where they never meet. NaN where one of the two does not occur, and where both stand
    in every place, which tells nothing.

    Validity: favours rare pairs, though less than plain PMI does. No smoothing.

    Source: Bouma (2009), 'Normalized (pointwise) mutual information in collocation extraction'.
    """
    both, a, b, size = (np.asarray(x, "float64") for x in (n, n_a, n_b, total))
    p, by_chance = share(both, size), share(a, size) * share(b, size)
    known = np.where((p > 0) & (p < 1), p, np.nan)
    value = np.log(known / np.where(by_chance > 0, by_chance, np.nan)) / -np.log(known)
    # Rounding must not carry the value over its limits.
    value = np.clip(value, -1.0, 1.0)
    return np.asarray(np.where((both == 0) & (by_chance > 0), -1.0, value))


def log_dice(n: ArrayLike, n_a: ArrayLike, n_b: ArrayLike) -> Floats:
    """The log-dice score: ``14 + log2(2 * n / (n_a + n_b))``, at most 14.

    14 where neither stands without the other; 1 less is half as much. ``-inf`` where the two
    never meet, NaN where neither occurs.

    Validity: does not depend on the size of the corpus, so it may be compared between corpora.
    It ignores chance: two frequent terms score high though they meet no more often than that.

    Source: Rychly (2008), 'A lexicographer-friendly association score', RASLAN 2008, 6-9.
    """
    both = 2 * np.asarray(n, "float64")
    dice = share(both, np.asarray(n_a, "float64") + np.asarray(n_b, "float64"))
    logs = np.log2(np.where(dice > 0, dice, np.nan))
    return np.asarray(14 + np.where(dice == 0, -np.inf, logs))


def delta_p(n: ArrayLike, n_cue: ArrayLike, n_outcome: ArrayLike, total: ArrayLike) -> Floats:
    """How much likelier the outcome is with the cue than without it, -1 to 1.

    ::

        n / n_cue - (n_outcome - n) / (total - n_cue)

    It has a direction: with the node as cue and the collocate as outcome it is P(collocate |
    node) - P(collocate | not node), and with the two exchanged (same ``n``) the other way round.
    0 where the two are independent. NaN where the cue is nowhere or everywhere.

    Validity: a frequent outcome has the larger values; with a rare cue one occurrence moves
    it much.

    Source: Gries (2013), International Journal of Corpus Linguistics 18(1), 137-165, after
    Allan (1980).
    """
    both, cue, outcome, size = (np.asarray(x, "float64") for x in (n, n_cue, n_outcome, total))
    return share(both, cue) - share(outcome - both, size - cue)


def t_score(n: ArrayLike, n_a: ArrayLike, n_b: ArrayLike, total: ArrayLike) -> Floats:
    """The t-score of a pair: ``(n - n_a * n_b / total) / sqrt(n)``.

    Positive where the two meet more often than by chance. ``-inf``, the limit, where they
    never meet though both occur; NaN where one of the two does not, or there are no places.

    Validity: a score for ranking, near to ranking by frequency; its variance is that of a count,
    so no t distribution belongs to it (Evert 2005).

    Source: Church, Gale, Hanks and Hindle (1991), 'Using statistics in lexical analysis'.
    """
    both, a, b, size = (np.asarray(x, "float64") for x in (n, n_a, n_b, total))
    expected = share(a * b, size)
    value = (both - expected) / np.sqrt(np.where(both > 0, both, np.nan))
    return np.asarray(np.where((both == 0) & (expected > 0), -np.inf, value))
