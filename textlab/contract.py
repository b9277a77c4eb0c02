"""What a promise of a table is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """What a table promises.

    ``columns`` maps each name to ``text``, ``int`` or ``float`` (the only one that may hold a
    missing value); ``key`` is unique; rows stand in ``order``, where ``-n`` means
    descending. ``open`` tables may carry further columns, kept behind these.
    """

    columns: dict[str, str]
    key: tuple[str, ...]
    order: tuple[str, ...] = ()
    open: bool = False


def columns(declared: str) -> dict[str, str]:
    """``"term n:int"`` as ``{"term": "text", "n": "int"}``."""
    pairs = (column.partition(":") for column in declared.split())
    return {name: kind or "text" for name, _, kind in pairs}


# How a target differs from a reference, by log ratio with its interval and by a test.
CONTRAST = (
    "log_ratio:float log_ratio_low:float log_ratio_high:float p_document:float q_document:float "
    "reason"
)
