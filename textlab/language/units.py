"""What stands behind a number and is counted or measured: 亿元, 万余户, 平方米."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files


@lru_cache(maxsize=1 << 12)
def is_unit(token: str) -> bool:
    """Whether ``token``, right behind a number, is a measure word, a magnitude or both."""
    return token != "" and _unit().fullmatch(token) is not None


@cache
def _unit() -> re.Pattern[str]:
    text = files("textlab").joinpath("data/units.txt").read_text("utf-8")
    lines = (line.partition("#")[0].split() for line in text.splitlines())
    names = sorted({name for line in lines for name in line}, key=lambda name: (-len(name), name))
    return re.compile(rf"[余多]?[百千万亿]*[余多]?(?:{'|'.join(names)})?")
