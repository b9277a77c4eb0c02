"""The measures of the tables: pure vectorised functions of counts.

Each says its formula, its source, what it gives for zero and empty counts (a defined value or
NaN, never an exception or a warning for counts that can be), and where it is not valid.
"""

from textlab.statistics.measures.association import delta_p, log_dice, npmi, t_score
from textlab.statistics.measures.basis import PER, Floats, rate
from textlab.statistics.measures.contrast import (
    log_likelihood,
    log_ratio,
    odds_ratio,
    percent_diff,
)
from textlab.statistics.measures.dispersion import (
    dp,
    dp_norm,
    juilland_d,
    kl_dispersion,
    rosengren_s,
)
from textlab.statistics.measures.distance import jensen_shannon
from textlab.statistics.measures.diversity import hd_d, mattr, yules_k
from textlab.statistics.measures.prior import log_odds_dirichlet

__all__ = [
    "PER",
    "Floats",
    "delta_p",
    "dp",
    "dp_norm",
    "hd_d",
    "jensen_shannon",
    "juilland_d",
    "kl_dispersion",
    "log_dice",
    "log_likelihood",
    "log_odds_dirichlet",
    "log_ratio",
    "mattr",
    "npmi",
    "odds_ratio",
    "percent_diff",
    "rate",
    "rosengren_s",
    "t_score",
    "yules_k",
]
