"""Dispersion: how evenly the documents of a corpus use each term."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from textlab.language.lexicon import Source, read_lexicon
from textlab.schema import arrange
from textlab.statistics.matrix import unit_term_matrix
from textlab.statistics.measures import (
    dp,
    dp_norm,
    juilland_d,
    kl_dispersion,
    rate,
    rosengren_s,
)

ONE = "1 document: no dispersion"
_MEASURES = {
    "dp": dp,
    "dp_norm": dp_norm,
    "juilland_d": juilland_d,
    "rosengren_s": rosengren_s,
    "kl_dispersion": kl_dispersion,
}


def dispersion(
    counts: pd.DataFrame,
    *,
    lexicon: Source = None,
    min_count: int = 5,
    exclude: Collection[str] = (),
    min_length: int = 1,
) -> pd.DataFrame:
    """How evenly the units of ``counts``, say documents, use each term.

    Given are the terms that occur at least ``min_count`` times in all, have at least
    ``min_length`` characters and are not in ``exclude``; units without tokens are left out. The
    sizes of the units are those of all of ``counts``. ``lexicon`` says the terms' categories, as
    in :func:`~textlab.read_lexicon`; a variant has that of its own line.

    Returns the table ``dispersion``, the most frequent term first: ``term``, ``category`` ("" if
    it is in none), ``n`` (count in all units), ``documents`` (units that have it), ``per_10k``
    (per 10,000 tokens), ``dp`` and ``dp_norm``, ``juilland_d``, ``rosengren_s`` and
    ``kl_dispersion`` (the functions of these names in :mod:`textlab.statistics.measures`), and
    ``reason``, which says why values are NaN. 0 is even for ``dp``, ``dp_norm`` and
    ``kl_dispersion``; 1 is even for ``juilland_d`` and ``rosengren_s``.

    Validity: values depend on what the units are and how many: compare terms within a table, not
    tables. A term with few occurrences cannot be in many units, and looks uneven. A text that is
    there twice makes its terms look more even than they are: count copies out
    (:func:`~textlab.places_of`, or the column ``duplicate_of``) to be strict.
    """
    _, terms, n = unit_term_matrix(counts)
    size = np.asarray(n.sum(axis=1), dtype="int64")
    total = np.asarray(n.sum(axis=0), dtype="int64")
    kept = (total >= max(min_count, 1)) & ~terms.isin(list(exclude))
    kept &= np.asarray(terms.str.len() >= min_length, dtype=bool)
    part, many = n[:, kept], int((size > 0).sum())
    table = pd.DataFrame({"term": terms[kept], "n": total[kept]})
    category = read_lexicon(lexicon).set_index("term")["category"]
    table["category"] = table["term"].map(category).fillna("")
    table["documents"] = np.asarray((part > 0).sum(axis=0), dtype="int64")
    table["per_10k"] = rate(total[kept], size.sum())
    for name, measure in _MEASURES.items():
        table[name] = measure(part, size) if many > 1 else np.nan
    table["reason"] = "" if many > 1 else ONE
    return arrange(table, "dispersion")
