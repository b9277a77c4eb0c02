"""How often each category of the lexicon is used in each group, and how surely."""

from __future__ import annotations

import numpy as np
import pandas as pd

from textlab.analysis.keywords import counted_in_rows
from textlab.analysis.rated import Intervals, Kind, rated
from textlab.errors import UnknownNameError
from textlab.language.lexicon import Source, head_terms, read_lexicon
from textlab.schema import arrange, check
from textlab.statistics.grouping import group_paragraphs
from textlab.statistics.matrix import positions, sorted_names


def category_frequencies(
    occurrences: pd.DataFrame,
    tokens: pd.DataFrame,
    paragraphs: pd.DataFrame,
    *,
    lexicon: Source = None,
    by: str | pd.Series = "doc_id",
    unique: bool | None = None,
    interval: Kind = "model",
    resamples: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Count and rate of every category of the lexicon in every group: ``category_by_group``.

    Columns as in :func:`~textlab.analysis.keywords.keyword_frequencies`, whose arguments and
    limits these are; ``by`` is the name of what is grouped by, ``group`` the group. A stretch of
    text counts once for a category: an occurrence inside another one of the same category
    (现代化 in 中国式现代化, where both are aims) is left out, so that the sum over a category's
    keywords may be larger.
    """
    paragraphs = check(paragraphs, "paragraphs")
    rows = group_paragraphs(paragraphs, tokens, by)
    heads = head_terms(read_lexicon(lexicon))
    categories = sorted_names(heads["category"])
    found = outermost(categorised(check(occurrences, "occurrences"), heads))
    column = positions(found["category"], categories)
    cells = rated(
        counted_in_rows(found["para_id"], column, rows, len(categories), {}),
        rows,
        unique=by_default(by) if unique is None else unique,
        intervals=Intervals(interval, resamples, seed),
    )
    grid = {
        "by": by if isinstance(by, str) else str(by.name or "group"),
        "group": rows.groups.repeat(len(categories)),
        "category": np.tile(categories, len(rows.groups)),
    }
    frame = pd.DataFrame(grid | {name: values.ravel() for name, values in cells.items()})
    return arrange(frame, "category_by_group")


def by_default(by: str | pd.Series) -> bool:
    """Whether copies are left out: they are where anything but documents is compared."""
    return not (isinstance(by, str) and by == "doc_id")


def categorised(occurrences: pd.DataFrame, heads: pd.DataFrame) -> pd.DataFrame:
    """``occurrences`` with the category of each keyword; a keyword of no head is an error."""
    category = occurrences["keyword"].map(heads.set_index("term")["category"])
    if category.isna().any():
        keyword = occurrences.loc[category.isna(), "keyword"].iloc[0]
        raise UnknownNameError(
            f"keyword '{keyword}' of the occurrences is none of the lexicon's {len(heads)} head "
            "terms"
        )
    return occurrences.assign(category=category.astype(str))


def outermost(occurrences: pd.DataFrame) -> pd.DataFrame:
    """Those that lie inside no other one of the same paragraph and category."""
    by_start = occurrences.sort_values(
        ["para_id", "category", "start", "end"], ascending=[True, True, True, False], kind="stable"
    )
    own = by_start.groupby(["para_id", "category"], sort=False)["end"]
    # The furthest end so far, without the row's own: ends are 1 or more, so 0 is none.
    furthest = own.cummax().groupby([by_start["para_id"], by_start["category"]]).shift(fill_value=0)
    return by_start[by_start["end"] > furthest]
