"""Numbers and phrases of the explanations: ``9,120 words``, ``80.1 to 131.9``, ``p below .001``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]
UNKNOWN = "unknown"


def missing(value: Any) -> bool:
    """Whether a cell holds no value."""
    return bool(value is None or value != value)


def whole(value: Any) -> str:
    """``9,120``"""
    return f"{int(value):,}"


def number(value: Any) -> str:
    """Two digits or more: ``1,204``, ``104.2``, ``2.35``, ``0.047``, ``0``."""
    if missing(value):
        return UNKNOWN
    size = abs(float(value))
    if size == 0 or size >= 1000:
        return f"{value:,.0f}"
    if size < 0.1:
        return f"{value:.2g}"
    return f"{value:.{1 if size >= 10 else 2}f}"


def share(value: Any) -> str:
    """``42 %``, and with a decimal below ten."""
    if missing(value):
        return UNKNOWN
    percent = 100 * float(value)
    if 0 < percent < 0.05:
        return "less than 0.1 %"
    return f"{percent:.0f} %" if percent >= 10 or percent == 0 else f"{percent:.1f} %"


def many(n: Any, noun: str) -> str:
    """``1 document``, ``9,120 words``."""
    return f"{whole(n)} {noun}{'' if int(n) == 1 else 's'}"


def times(log_ratio: Any) -> str:
    """A binary log ratio as ``4.60 times``."""
    return f"{number(2.0 ** float(log_ratio))} times"


def chance(name: str, value: Any) -> str:
    """``p = 0.031``, ``q below 0.001``."""
    return f"{name} below 0.001" if value < 0.001 else f"{name} = {value:.3f}"


def interval(low: Any, high: Any) -> str:
    """``80.1 to 131.9``; an end that is missing is open."""
    if missing(low) or missing(high):
        return f"below {number(high)}" if missing(low) else f"above {number(low)}"
    return f"{number(low)} to {number(high)}"


def sentence(text: str, row: Row) -> str:
    """``text`` with a full stop, and with a capital letter unless a name of ``row`` begins it."""
    if not any(isinstance(cell, str) and text.startswith(f"{cell} ") for cell in row.values()):
        text = text[:1].upper() + text[1:]
    return text if text.endswith(".") else f"{text}."


def group_of(row: Row) -> str:
    """``乐山市``, ``the document 003``, ``year 2024``"""
    kind = {"place": "", "doc_id": "the document "}.get(str(row["by"]), f"{row['by']} ")
    return f"{kind}{row['group']}"


def reasons(row: Row, *, said: str | None = None) -> str:
    """What the column ``reason`` has to say, but for the parts with the words ``said``."""
    parts = str(row.get("reason") or "").split("; ")
    left = "; ".join(part for part in parts if part and (said is None or said not in part))
    return f"To be minded: {left}." if left else ""


def test_over_documents(row: Row) -> str:
    """What ``p_document`` and ``q_document`` say, or that there is no such test."""
    if missing(row["p_document"]):
        return "No test over documents could be made."
    found = chance("p", row["p_document"])
    if not missing(row["q_document"]):
        found += f" (false discovery rate {chance('q', row['q_document'])})"
    return f"A test that takes documents as independent gives {found}."


def ratio(row: Row, later: str) -> str:
    """What ``log_ratio`` and its interval say; ``later`` ends ``4.6 times as frequent``."""
    value, low, high = (row[name] for name in ("log_ratio", "log_ratio_low", "log_ratio_high"))
    if missing(value):
        return ""
    said = f"It is {times(value)} as frequent {later} (log ratio {number(value)}"
    counts = [row[name] for name in ("n_from", "n_to", "n_target", "n_reference") if name in row]
    said += ", a bound: the 0 is taken as 0.5)" if 0 in counts else ")"
    if missing(low) and missing(high):
        return f"{said}, without an interval."
    ends = [None if missing(end) else 2.0 ** float(end) for end in (low, high)]
    return f"{said}; the 95 % interval is {interval(*ends)} times, {_holds_one(low, high)}."


def _holds_one(low: Any, high: Any) -> str:
    above, below = not missing(low) and low > 0, not missing(high) and high < 0
    if above or below:
        return "all of it on one side of 1"
    return "which holds 1: these texts do not show a difference"
