"""What a reader of one format returns, and how it says that it cannot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

# As what a program that can open them saves these formats.
SAVE_AS = {
    **dict.fromkeys((".doc", ".wps", ".docm", ".rtf", ".odt"), ".docx"),
    **dict.fromkeys((".mht", ".mhtml"), ".html"),
    **dict.fromkeys((".xls", ".et", ".ods", ".xlsm"), ".xlsx"),
}


class UnreadableError(ValueError):
    """A file that gives no text; its message is the ledger's reason."""


class Extract(NamedTuple):
    """The text of one file, its lines ending in ``\\n``.

    ``layout``: of a PDF, a line for each line of ``text``: page, x0, top, x1, bottom in points
    from the page's upper left corner, or nothing for a blank line. ``left_out``: what the file
    holds beside, as ``what: characters; what: characters``.
    """

    text: str
    layout: str = ""
    left_out: str = ""


def noted(left_out: Mapping[str, int]) -> str:
    """Counts of characters by kind, as :class:`Extract` shows them, by name."""
    return "; ".join(f"{what}: {left_out[what]}" for what in sorted(left_out))


def inked(text: str) -> int:
    """The characters of ``text`` that are no white space."""
    return sum(map(len, text.split()))


def not_read(suffix: str) -> str:
    """Why a file of this format is set aside."""
    what = f"the format '{suffix}'" if suffix else "a file without a suffix"
    return f"{what} is not read; save it as {SAVE_AS.get(suffix.lower(), '.txt')}"
