"""Figures of the similarity tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from scipy.cluster import hierarchy
from scipy.spatial.distance import squareform

from textlab.errors import TableError, UnknownNameError
from textlab.output.figures.cells import draw_cells
from textlab.output.figures.lettering import display, words
from textlab.output.figures.plan import Cells
from textlab.output.style import house_style
from textlab.schema import check

_MEASURES = ("cosine", "jensen_shannon")
_BETWEEN = " | "  # members of a cluster, in the table clusters
_FEW = 12  # units whose numbers are written into the cells


@house_style()
def similarity_clustermap(
    similarity: pd.DataFrame,
    *,
    measure: Literal["cosine", "jensen_shannon"] = "cosine",
    clusters: pd.DataFrame | None = None,
    language: Literal["zh", "en"] = "zh",
    labels: Mapping[str, str] | None = None,
) -> Figure:
    """How alike each two places (or documents) are, those that are alike next to each other.

    ``similarity`` is ``place_similarity`` or ``document_similarity``, each pair given once or
    both ways. The tree joins by average linkage on distances (1 - cosine, or the Jensen-Shannon
    distance itself; not on the rows of the matrix), its leaves in optimal order (Bar-Joseph et
    al. 2001). Darker is more alike; the colours begin where nothing is shared (a cosine of 0, a
    distance of 1) and end at the pair that is most alike, so compare two such figures by their
    numbers, which are written for up to 12 units. The diagonal is left out.

    ``clusters``, the table of that name from the same comparison, says how often resampled texts
    have each branch: in percent where its two parts meet, quiet under 50, not for the whole tree.

    ``labels`` gives units the wording to show. Raises :class:`TableError` if there are fewer than
    two units, or a pair is missing, has no value or two different ones, or ``clusters`` lack a
    branch of the tree or are to go with another measure than the cosine, which they rest on.
    """
    by = "place" if "place_a" in similarity.columns else "doc_id"
    table = check(similarity, "place_similarity" if by == "place" else "document_similarity")
    values = _square(table, measure)
    tree = _joined(1 - values if measure == "cosine" else values)
    order = hierarchy.leaves_list(tree)
    shown = values.where(~np.eye(len(values), dtype=bool)).to_numpy()[np.ix_(order, order)]
    names = display(values.index[order], labels, language=language)
    support = [] if clusters is None else _support(tree, values.index, clusters, by, measure)
    return draw_cells(
        Cells(
            values=shown,
            rows=names,
            columns=names,
            number="{:.2f}".format if len(names) <= _FEW else None,
            norm=_span(shown, measure),
            column_title=words(language)[by],
            value_title=words(language)[measure],
            tree=tree,
            support=support,
            key=[words(language)["support"]] if any(share >= 0 for share in support) else [],
            square=True,
            reverse=measure != "cosine",
        )
    )


def _joined(distances: pd.DataFrame) -> npt.NDArray[np.float64]:
    """The linkage of the units."""
    # Rounded, so that ties are ties and a cosine of 1.0000000000000002 is no distance.
    pairs = squareform(np.clip(distances, 0, None).round(12), checks=False)
    tree: npt.NDArray[np.float64] = hierarchy.linkage(pairs, "average", optimal_ordering=True)
    return tree


def _support(
    tree: npt.NDArray[np.float64],
    units: pd.Index[str],
    clusters: pd.DataFrame,
    by: str,
    measure: str,
) -> list[float]:
    """The support of each join of the tree, NaN for the last one."""
    if measure != "cosine":
        raise TableError(
            f"the table 'clusters' rests on the cosine, not on {measure}; leave it out"
        )
    table = check(clusters, "clusters")
    table = table[table["of"] == by]
    shares = table.set_index("members")["support"].to_dict()
    known = {_members([str(text)]): share for text, share in shares.items()}
    branches = [[str(unit)] for unit in units]
    for one, other in tree[:, :2].astype(int):
        branches.append([*branches[one], *branches[other]])
    joins = [_members(branch) for branch in branches[len(units) :]]
    missing = next((branch for branch in joins if branch not in known), None)
    if missing is not None:
        raise TableError(
            f"the table 'clusters' has no branch of {', '.join(sorted(missing))}; "
            "wanted the table of the same comparison"
        )
    return [*(known[branch] for branch in joins[:-1]), float("nan")]


def _members(names: list[str]) -> frozenset[str]:
    """The members of a branch, whether joined in one text or not."""
    return frozenset(_BETWEEN.join(names).split(_BETWEEN))


def _square(table: pd.DataFrame, measure: str) -> pd.DataFrame:
    """``measure`` as a symmetric matrix over the sorted units, the diagonal that of equals."""
    if measure not in _MEASURES:
        raise UnknownNameError(f"no measure '{measure}'; there are: {', '.join(_MEASURES)}")
    a, b = table.columns[:2]
    pairs = table.loc[table[a] != table[b], [a, b, measure]]
    units = sorted({*table[a], *table[b]})
    if len(units) < 2:
        raise TableError(f"a cluster map wants two or more units, found {len(units)}")
    swapped = pairs.rename(columns={a: b, b: a})
    both = pd.concat([pairs, swapped], ignore_index=True).groupby([a, b])[measure]
    differing = both.max() - both.min() > 1e-9
    if differing.any():
        raise TableError(f"the pair {differing.idxmax()} has two values of {measure}, wanted one")
    values = both.first().unstack(b).reindex(index=units, columns=units)
    matrix = values.to_numpy(dtype=np.float64, copy=True)
    np.fill_diagonal(matrix, 1.0 if measure == "cosine" else 0.0)
    missing = np.argwhere(np.isnan(matrix))
    if len(missing):
        pair = ", ".join(units[i] for i in missing[0])
        raise TableError(f"the pair ({pair}) has no value of {measure}, wanted every pair")
    return pd.DataFrame(matrix, index=units, columns=units)


def _span(values: npt.NDArray[np.float64], measure: str) -> Normalize:
    """Colours from nothing shared to the most alike pair: small differences look small."""
    if measure == "cosine":
        return Normalize(0.0, max(float(np.nanmax(values)), 0.01))
    return Normalize(min(float(np.nanmin(values)), 0.99), 1.0)
