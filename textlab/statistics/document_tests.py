"""The test of a difference between two samples of documents: does it exceed how they vary?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations
from math import comb
from typing import Any

import numpy as np
from scipy.sparse import csc_array, csr_array, vstack

from textlab.seeds import derive_seed
from textlab.statistics.document_curve import least_p, pearson_p
from textlab.statistics.grouping import Codes, Sizes
from textlab.statistics.measures import Floats
from textlab.statistics.sampling import Units

LEVEL = 0.05
# Residuals, and sums of them, held at once: 16 MB.
_CELLS = 2**21
# Residuals are whole multiples of this: their sums are exact, the same on every machine.
_GRAIN = 2.0**-26


def document_tests(
    target: Units, reference: Units, *, resamples: int = 2000, seed: int = 0
) -> Floats:
    """Two-sided p of each term (terms,): that documents of both samples use it alike.

    A permutation test. With x a term's count in a document of s tokens, R its rate in all
    documents of both samples, and m = R s what is expected of it::

        a = max(0, sum((x - m)² - m) / sum(m²))     over-dispersion, by moments
        z = (x - m) / sqrt(m (1 + a m))             residual, comparable between sizes
        T = sum(z) over the documents of the target

    p is the highest of three values, each of them twice the shorter tail:

    - how often a deal of the documents to the two samples gives a T as far out: all deals if
      there are at most ``resamples``, else so many random ones;
    - the tail of T by the Pearson type III curve that has the mean, variance and skewness of T
      over all deals, with its bounded range allowed for as in Student's t: smooth where draws
      are few, and not misled where documents without the term differ in size;
    - the chance that a deal gives the target just those of the documents with the term that it
      has, where draws are too few to show it.

    NaN for all terms where :func:`not_testable` says why, and for a term that neither sample
    has; 1 where every document has the same rate. The same for any order of the terms.

    Validity: documents are taken as independent draws. In simulations (``make evaluate``) of
    over-dispersed counts, rare and common, for 2 documents against 10 to 30 against 30, also
    where one side's documents are twice as long, 5 of 100 differences that are none are called
    one at 5 %, or fewer (of words in few documents 1 to 3), where G² calls 20 to 50 one. Of other
    tests, Welch's of rates exceeds its level for 2 or 3 documents against many, and that of
    ranks where documents differ in length. Small samples can show little: 3 documents against 28
    have no p below 0.0004, and many terms are not told apart by a false discovery rate then.

    Sources: Lijffijt et al. (2016), Digital Scholarship in the Humanities 31(2), 374-397 (why
    documents); Mielke and Berry (2007), Permutation Methods, and Winkler et al. (2016),
    NeuroImage 141, 502-516 (the curve in place of draws).
    """
    n = vstack([target.n, reference.n], format="csr")
    group = np.repeat([0, 1], [target.n.shape[0], reference.n.shape[0]])
    size = np.concatenate([target.size, reference.size])
    p: Floats = group_tests(n, size, group, 2, resamples=resamples, seed=seed)[0]
    return p


def not_testable(n_target: int, n_reference: int) -> str:
    """Why so many documents cannot be tested against so many; "" if they can.

    Of C deals of the documents the most extreme has a two-sided p of 2 / C: that must reach .05.
    """
    if LEVEL * comb(n_target + n_reference, n_target) >= 2:
        return ""
    noun = "document" if n_target == 1 else "documents"
    return f"not testable: {n_target} {noun} against {n_reference}"


def group_tests(
    n: Any, size: Sizes, group: Codes, groups: int, *, resamples: int = 2000, seed: int = 0
) -> Floats:
    """:func:`document_tests` of each group of documents against all others: groups x terms.

    ``n`` (documents x terms, sparse), ``size`` and ``group`` (documents,), the latter's codes
    0 <= group < ``groups``. Groups of as many documents share their random deals.
    """
    members = np.arange(groups)[:, np.newaxis] == group
    p = np.full((groups, n.shape[1]), np.nan)
    of_size: dict[int, list[int]] = {}
    for code, documents in enumerate(members.sum(axis=1).tolist()):
        if not not_testable(documents, len(group) - documents):
            # A sample and all others have the same test: the smaller one is dealt.
            members[code] ^= 2 * documents > len(group)
            of_size.setdefault(min(documents, len(group) - documents), []).append(code)
    deals = {k: _deals(len(group), k, resamples, seed) for k in of_size}
    rows = max([len(group), *(dealt.shape[0] for dealt in deals.values())])
    for at, x, z in _residuals(n, size, rows=rows) if deals else ():
        for documents, codes in of_size.items():
            # Of two samples of one size, the second is what is left by the first.
            told = csr_array(members[codes[:1] if groups == 2 else codes].astype("float64"))
            p[codes, at] = _dealt(x, z, told, deals[documents])
    p[:, np.asarray(n.sum(axis=0)).ravel() == 0] = np.nan
    return p


def _deals(total: int, documents: int, resamples: int, seed: int) -> Any:
    """Deals of so many documents out of ``total``: sparse, deals x total, 1 for those dealt."""
    if comb(total, documents) <= resamples:
        dealt = np.fromiter(chain.from_iterable(combinations(range(total), documents)), np.int64)
    else:
        rng = np.random.default_rng(derive_seed(seed, "documents", str(total), str(documents)))
        keys = rng.random((resamples, total))
        dealt = np.argpartition(keys, documents - 1, axis=1)[:, :documents].ravel()
    deals = len(dealt) // documents
    shape = (deals, total)
    return csr_array((np.ones(len(dealt)), dealt, documents * np.arange(deals + 1)), shape=shape)


def _residuals(n: Any, size: Sizes, *, rows: int) -> Iterator[tuple[slice, Floats, Floats]]:
    """Blocks of terms with their counts and residuals, both documents x terms.

    ``rows`` are those of the largest matrix that is made of a block.
    """
    columns, tokens = csc_array(n), size.astype("float64")[:, np.newaxis]
    step = max(1, _CELLS // rows)
    for start in range(0, n.shape[1], step):
        at = slice(start, start + step)
        x = columns[:, at].toarray().astype("float64")
        expected = tokens * (x.sum(axis=0) / tokens.sum())
        squares = (expected**2).sum(axis=0)
        beyond = ((x - expected) ** 2 - expected).sum(axis=0)
        a = np.maximum(beyond / np.where(squares > 0, squares, 1.0), 0.0)
        spread = np.sqrt(expected * (1 + a * expected))
        z = (x - expected) / np.where(spread > 0, spread, 1.0)
        yield at, x, np.rint(z / _GRAIN) * _GRAIN


def _dealt(x: Floats, z: Floats, members: Any, deals: Any) -> Floats:
    """p of the sum of ``z`` over the documents of each row of ``members`` (groups x documents)."""
    sums, documents = members @ z, int(members.sum() // members.shape[0])
    p = np.maximum(pearson_p(sums, z, documents), least_p(members @ (x > 0), x, documents))
    drawn, slack = deals @ z, documents * _GRAIN
    for row, at in enumerate(sums):
        above, below = drawn >= at - slack, drawn <= at + slack
        beyond = np.minimum(above.sum(axis=0), below.sum(axis=0))
        p[row] = np.maximum(p[row], 2 * beyond / max(len(drawn), 1))
    return np.minimum(p, 1.0)
