"""False discovery rates of tables in which some tests could not be made."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from statsmodels.stats.multitest import multipletests

from textlab.statistics.measures import Floats


def false_discovery_rates(p: ArrayLike) -> Floats:
    """Benjamini and Hochberg's (1995) q over all of ``p``, in its shape; NaN where p is."""
    values = np.asarray(p, dtype="float64")
    q, made = np.full(values.shape, np.nan), ~np.isnan(values)
    if made.any():
        q[made] = multipletests(values[made], method="fdr_bh")[1]
    return q
