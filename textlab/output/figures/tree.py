"""The dendrogram beside a matrix of cells, with the support of its branches."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from scipy.cluster import hierarchy

from textlab.output.figures.paper import MARGIN, axes_at
from textlab.output.figures.plan import Cells, Plan
from textlab.output.style import INK, QUIET

_SUPPORTED = 0.5  # what at least half of the resamples have is written in the colour of text


def draw_tree(figure: Figure, cells: Cells, plan: Plan) -> None:
    """The tree of ``cells``, root on the left, its leaves at the middles of the rows.

    It begins a little before the lowest join, not at 0: texts that are all about as unlike each
    other would give a comb whose joins cannot be told apart.
    """
    if cells.tree is None:
        return
    width = cells.tree_width - 1.0
    axes = axes_at(figure, MARGIN, plan.top, width, plan.bottom - plan.top)
    low, high = float(cells.tree[:, 2].min()), max(float(cells.tree[:, 2].max()), 1e-12)
    start = max(low - 0.15 * (high - low), 0.0) if high > low else 0.0
    end = start - (high - start) * cells.beside / (width - cells.beside)
    axes.add_collection(LineCollection(_lines(cells.tree, end), colors=QUIET, linewidths=0.7))
    _write_support(axes, cells, cells.tree)
    axes.set_xlim(high + 0.03 * (high - start), end)
    axes.set_ylim(len(cells.tree) + 1, 0)
    axes.set_axis_off()


def _lines(tree: npt.NDArray[np.float64], end: float) -> list[list[tuple[float, float]]]:
    """The bracket of each join: from one branch up to its height, across, and to the other."""
    leaves = hierarchy.leaves_list(tree)
    node = {leaf: (end, row + 0.5) for row, leaf in enumerate(leaves.tolist())}
    lines = []
    for number, (one, other, height, _) in enumerate(tree.tolist(), len(leaves)):
        upper, lower = node[int(one)], node[int(other)]
        lines.append([upper, (height, upper[1]), (height, lower[1]), lower])
        node[number] = (height, (upper[1] + lower[1]) / 2)
    return lines


def _write_support(axes: Axes, cells: Cells, tree: npt.NDArray[np.float64]) -> None:
    """The number of each join, right of its line, between the two rows where its branches meet.

    No other join has that gap between rows: numbers meet neither each other nor a line.
    """
    for gap, height, share, percent in zip(
        _gaps(tree), tree[:, 2], cells.support, cells.percents, strict=False
    ):
        axes.annotate(
            percent, (height, gap), xytext=(1.4, 0), textcoords="offset points",
            ha="left", va="center", color=INK if share >= _SUPPORTED else QUIET,
        )  # fmt: skip


def _gaps(tree: npt.NDArray[np.float64]) -> list[int]:
    """For each join the number of rows above the first row of its lower branch."""
    leaves = hierarchy.leaves_list(tree)
    first = dict(zip(leaves.tolist(), range(len(leaves)), strict=True))
    gaps = []
    for number, (upper, lower) in enumerate(tree[:, :2].astype(int).tolist(), len(leaves)):
        gaps.append(first[lower])
        first[number] = first[upper]
    return gaps
