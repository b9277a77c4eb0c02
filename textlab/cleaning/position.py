"""Raw offsets as lines and columns of the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

LINE_END = re.compile(r"\r\n|\r|\n")


def line_ends(text: str) -> list[int]:
    """The offset behind each line end of a decoded file."""
    return [found.end() for found in LINE_END.finditer(text)]


def at_line(ends: Sequence[int], offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of a raw offset."""
    line = bisect_right(ends, offset)
    return line + 1, offset - (ends[line - 1] if line else 0) + 1
