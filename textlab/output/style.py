"""The house style of the figures: one font, journal widths, colours that survive a copier."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from importlib.metadata import PackageNotFoundError, files

import matplotlib
import seaborn as sns
from matplotlib import font_manager

from textlab.errors import TextlabError

MM = 1 / 25.4
"""Inches in a millimetre."""

SINGLE_COLUMN, DOUBLE_COLUMN = 89.0, 183.0
"""Widths of a journal's column and page, in millimetres."""

TEXT_SIZE = 8.0
"""The size of all text in points; nothing is smaller."""

INK, QUIET, BAR, BLANK = "#1a1a1a", "#737373", "#7fa6c9", "#ececec"
"""Text and intervals, text of less weight, bars, cells without a value."""

FONT_FAMILY = "textlab Noto Sans SC"

_SIZES = (
    *("font.size", "axes.titlesize", "axes.labelsize", "xtick.labelsize", "ytick.labelsize"),
    *("legend.fontsize", "legend.title_fontsize", "figure.titlesize", "figure.labelsize"),
)

_PARAMETERS: dict[str, object] = {
    "font.family": [FONT_FAMILY],
    "axes.unicode_minus": False,
    # TrueType outlines: journals refuse Type 3, and text stays text for search and copy.
    "pdf.fonttype": 42,
    "ps.fonttype": 42,
    # A term may hold dollar signs.
    "text.parse_math": False,
    # Letters where the outlines say, at any resolution: what is measured once is always so.
    "text.hinting": "none",
    "svg.hashsalt": "textlab",
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.edgecolor": QUIET,
    "axes.linewidth": 0.5,
    "xtick.major.width": 0.5,
    "ytick.major.width": 0.5,
    "xtick.major.size": 2.0,
    "ytick.major.size": 0.0,
    "xtick.major.pad": 2.0,
    "ytick.major.pad": 2.0,
    "figure.dpi": 150.0,
    "savefig.dpi": 300.0,
    **dict.fromkeys(_SIZES, TEXT_SIZE),
}


@contextmanager
def house_style() -> Iterator[None]:
    """Draw in textlab's style inside the ``with`` block; settings are as before after it.

    The style starts from matplotlib's own defaults, so that neither a ``matplotlibrc`` nor a
    notebook's theme changes a figure's bytes. Not for threads that draw at the same time:
    matplotlib's settings belong to the process.
    """
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        # color_codes would redefine "b", "g", "r" for the whole session, beyond rc_context.
        sns.set_theme(context="paper", style="ticks", color_codes=False)
        _register_font()
        matplotlib.rcParams.update(_PARAMETERS)  # type: ignore[arg-type]
        yield


@cache
def font_path() -> str:
    """The file of the font, in the installed distribution ``zhplot`` (never imported)."""
    try:
        packaged = files("zhplot") or []
    except PackageNotFoundError:
        packaged = []
    for file in packaged:
        if file.name == "NotoSansSC-Regular.ttf":
            return os.fspath(file.locate())
    raise TextlabError(
        "figures want the font NotoSansSC-Regular.ttf of the package zhplot, and it is not "
        "installed; pip install zhplot==1.0.0"
    )


@cache
def font_characters() -> frozenset[int]:
    """The code points that the font can draw."""
    return frozenset(font_manager.get_font(font_path()).get_charmap())


def _register_font() -> None:
    """Make the font known to matplotlib, under a name that no other file answers to.

    A system may have a "Noto Sans SC" of its own, and one with CFF outlines gives blank PDFs.
    """
    manager = font_manager.fontManager
    if any(entry.name == FONT_FAMILY for entry in manager.ttflist):
        return
    known = len(manager.ttflist)
    manager.addfont(font_path())
    added = manager.ttflist[known]
    manager.ttflist[known:] = [replace(added, name=FONT_FAMILY)]
