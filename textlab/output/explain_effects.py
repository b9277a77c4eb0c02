"""What rows say of how topics differ: between groups, in wording, over time, between models."""

from __future__ import annotations

from typing import Any

from textlab.output.explain_topics import HALF, topic_of
from textlab.output.explain_words import (
    Row,
    chance,
    many,
    missing,
    number,
    ratio,
    reasons,
    test_over_documents,
    whole,
)

# Groups of these are named by themselves: in 成都市, in 2024.
_PLAIN = ("place", "year", "month")


def topic_effects(row: Row) -> list[str]:
    """Of how the share of a topic differs with a column of the manifest."""
    if missing(row["estimate"]):
        what = "coefficient" if row["kind"] == "coefficient" else "difference"
        start = f"of the share of {topic_of(row)} there is no {what} to tell for {row['term']}"
        return [f"{start} ({_rests_on(row)})", reasons(row), _left_out(row)]
    return [
        _found(row),
        _interval(row),
        _other_intervals(row),
        _test(row),
        f"all else in the formula is held equal; it rests on {_rests_on(row)}",
        _left_out(row),
        reasons(row),
    ]


def _found(row: Row) -> str:
    term, reference = str(row["term"]), str(row["reference"])
    share, more = f"the share of {topic_of(row)}", _more(row["estimate"])
    name, _, group = term.partition(": ")
    group = group.removesuffix(f" - {reference}")
    if reference and group:
        return f"{share} is {more} {_in(name, group)} than {_in(name, reference)}"
    if row["kind"] == "coefficient" and not group and " × " not in term:
        return f"for each {term} more, {share} is {more}"
    return f"the {row['kind']} of {term} makes {share} {more}"


def _in(name: str, group: str) -> str:
    return f"in {group}" if name in _PLAIN else f"where {name} is {group}"


def _points(value: float) -> str:
    """A share in points of a hundred: ``4.1``."""
    size = 100.0 * float(value)
    return f"{size:,.1f}" if abs(size) >= 0.95 else number(size)


def _more(value: float) -> str:
    """``4.1 points higher``"""
    return f"{_points(abs(value))} points {'lower' if value < 0 else 'higher'}"


def _between(low: float, high: float) -> str:
    """``2.0 to 6.1 points higher``, ``1.9 points lower to 11.5 points higher``."""
    if low < 0 < high:
        return f"{_more(low)} to {_more(high)}"
    near, far = sorted((low, high), key=abs)
    return f"{_points(abs(near))} to {_more(far)}"


def _interval(row: Row) -> str:
    low, high = row["low"], row["high"]
    if missing(low) or missing(high):
        return "it has no interval"
    holds = "which holds 0: these texts do not show a difference"
    apart = "all of it on one side of 0"
    said = f"the 95 % interval is {_between(low, high)}, {holds if low <= 0 <= high else apart}"
    wide = row["low_simultaneous"], row["high_simultaneous"]
    if missing(wide[0]) or missing(wide[1]):
        return said
    together = f"widened so that those of all {row['kind']}s of the topic hold together"
    return f"{said}; {together}, it is {_between(*wide)}"


def _other_intervals(row: Row) -> str:
    """Bootstrap and composition, as a check on the first."""
    said = []
    for name, how in (
        ("bootstrap", "by a bootstrap of documents it is"),
        ("composition", "by the method of composition"),
    ):
        low, high = row[f"low_{name}"], row[f"high_{name}"]
        if missing(low) or missing(high):
            continue
        estimate: Any = row.get(f"estimate_{name}")
        around = "" if missing(estimate) else f" {_more(estimate)}, interval"
        said.append(f"{how}{around} {_between(low, high)}")
    return "; ".join(said)


def _test(row: Row) -> str:
    if missing(row["p"]):
        return ""
    q = (
        ""
        if missing(row["q"])
        else f"; over all {row['kind']}s of the table {chance('q', row['q'])}"
    )
    return f"for no difference at all {chance('p', row['p'])}{q}"


def _rests_on(row: Row) -> str:
    return f"{many(row['units'], 'text')} of {many(row['documents'], 'document')}"


def _left_out(row: Row) -> str:
    return f"left out are {row['left_out']}" if row["left_out"] else ""


def topic_wording(row: Row) -> list[str]:
    """Of a word of a topic in a group against the others."""
    n = [f"{number(row[f'n_{side}'])} times" for side in ("target", "reference")]
    per_10k = [_rate(row[f"per_10k_{side}"]) for side in ("target", "reference")]
    return [
        f"where {row['group']} speaks of {topic_of(row)}, it uses {row['term']} {_use(row)}: an "
        f"expected {n[0]}{per_10k[0]} against {n[1]}{per_10k[1]}",
        ratio(row, "there"),
        test_over_documents(row),
        reasons(row),
    ]


def _use(row: Row) -> str:
    if missing(row["log_ratio"]):
        return "so often, beside what it is compared with"
    more = float(row["log_ratio"])
    side = "more than" if more > 0 else "less than" if more < 0 else "as often as"
    return f"{side} what it is compared with"


def _rate(value: object) -> str:
    return "" if missing(value) else f" ({number(value)} per 10,000 words of the topic)"


def topic_matches(row: Row) -> list[str]:
    """Of a topic of one model and its partner in another."""
    a, b = row["topic_a"], row["topic_b"]
    if not a or not b:
        alone, of = (a, "first") if a else (b, "second")
        return [f"topic {whole(alone)} of the {of} model has no partner in the other"]
    return [
        f"topic {whole(a)} of the first model is most like topic {whole(b)} of the second",
        _overlap(row, "their 20 top words overlap by"),
    ]


def _overlap(row: Row, said: str) -> str:
    return "" if missing(row["overlap"]) else f"{said} {number(row['overlap'])} (Jaccard; {HALF})"


def topic_history(row: Row) -> list[str]:
    """Of a topic from one period to the next."""
    before, after = (topic_of(row, f"topic_{side}", f"label_{side}") for side in ("from", "to"))
    start, end = row["period_from"], row["period_to"]
    none = "shares half of its 20 top words"
    most = "with the topic most like it the overlap is"
    if row["event"] == "death":
        return [f"{before} of {start} ends: no topic of {end} {none}", _overlap(row, most)]
    if row["event"] == "birth":
        return [f"{after} of {end} is new: no topic of {start} {none}", _overlap(row, most)]
    return [
        f"{before} of {start} {row['event']} as {after} in {end}",
        _overlap(row, "their 20 top words overlap by"),
    ]
