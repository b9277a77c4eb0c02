"""What rows say of likeness and of whole texts: similarity, trees, maps, style."""

from __future__ import annotations

from textlab.output.explain_words import (
    Row,
    group_of,
    interval,
    many,
    missing,
    number,
    reasons,
    share,
    whole,
)

_OF = {"place": "places", "doc_id": "documents"}
_ALIKE = (
    ("cosine", "the cosine of their tf-idf vectors", "0 is nothing shared, 1 the same"),
    ("jensen_shannon", "the Jensen-Shannon distance", "0 is the same, 1 nothing shared"),
    ("delta", "Burrows' Delta", "0 is the same; it looks at frequent words"),
)


def place_similarity(row: Row) -> list[str]:
    """Of two places."""
    return _pair(row, str(row["place_a"]), str(row["place_b"]))


def document_similarity(row: Row) -> list[str]:
    """Of two documents."""
    return _pair(row, str(row["doc_a"]), str(row["doc_b"]))


def _pair(row: Row, a: str, b: str) -> list[str]:
    lines = []
    for key, name, scale in _ALIKE:
        if missing(row[key]):
            continue
        bounds = "" if missing(row[f"{key}_low"]) else _bounds(row, f"{key}_low", f"{key}_high")
        lines.append(f"{name} is {number(row[key])}{bounds} ({scale})")
    if not lines:
        return [f"{a} and {b} cannot be compared", reasons(row)]
    return [f"{a} and {b}: {lines[0]}", *lines[1:], reasons(row)]


def _bounds(row: Row, low: str, high: str) -> str:
    return f", 95 % interval {interval(row[low], row[high])}"


def clusters(row: Row) -> list[str]:
    """Of a join in the tree."""
    found = [
        f"join {whole(row['cluster'])} of the tree of {_OF.get(str(row['of']), row['of'])} puts "
        f"{row['left']} and {row['right']} together, at a distance of {number(row['height'])}",
        f"it holds {whole(row['size'])}: {row['members']}",
    ]
    if not missing(row["support"]):
        found.append(f"of the resampled trees {share(row['support'])} hold exactly these together")
    return [*found, reasons(row)]


def similarity_map(row: Row) -> list[str]:
    """Of a point of the map."""
    return [
        f"on the map of {_OF.get(str(row['of']), row['of'])} {row['name']} stands at "
        f"{number(row['x'])} across and {number(row['y'])} upwards",
        f"the map's stress is {number(row['stress'])}: 0 is a true map, above 0.2 it is poor",
    ]


_STYLE = {
    "mattr": "the variety of words in a moving window (MATTR)",
    "hd_d": "the variety of words in samples (HD-D)",
    "sentence_length": "the mean length of sentences in words",
    "sentence_characters": "the mean length of sentences in characters",
    "slogan_share": "the share of the lexicon's terms among the words",
    "number_share": "the share of numbers among the words",
}


def style(row: Row) -> list[str]:
    """Of a measure of style."""
    name = _STYLE.get(str(row["measure"]), str(row["measure"]))
    if missing(row["value"]):
        return [f"in {group_of(row)} there is no value of {name}", reasons(row)]
    bounds = ", without an interval" if missing(row["low"]) else _bounds(row, "low", "high")
    units = f" over {many(row['units'], _unit(row))}" if not missing(row["low"]) else ""
    return [
        f"in {group_of(row)}, {name} is {number(row['value'])}{bounds}{units}",
        f"it rests on {many(row['tokens'], 'word')}",
        reasons(row),
    ]


def _unit(row: Row) -> str:
    by_one = row["by"] == "doc_id" or "1 document" in str(row["reason"])
    return "paragraph" if by_one else "document"


def correspondence(row: Row) -> list[str]:
    """Of a point of the correspondence analysis."""
    if missing(row["dim_1"]):
        return [f"the {row['kind']} {row['name']} has no place in the correspondence analysis"]
    second = "" if missing(row["dim_2"]) else f" and {number(row['dim_2'])} on the second"
    return [
        f"the {row['kind']} {row['name']} ({many(row['n'], 'occurrence')}, {share(row['mass'])} of "
        f"all) stands at {number(row['dim_1'])} on the first dimension{second}",
        f"it makes {_part(row, 'contribution_1')} of the first dimension, "
        f"{_part(row, 'contribution_2')} of the second and {_part(row, 'inertia_share')} of all "
        "differences",
        _quality(row),
    ]


def _part(row: Row, name: str) -> str:
    return "nothing" if missing(row[name]) else share(row[name])


def _quality(row: Row) -> str:
    if missing(row["quality"]):
        return ""
    shown = f"two dimensions show {share(row['quality'])} of how it differs"
    poor = float(row["quality"]) < 0.5
    return f"{shown}: too little to read its position" if poor else shown


def correspondence_inertia(row: Row) -> list[str]:
    """Of a dimension."""
    return [
        f"dimension {whole(row['dimension'])} shows {share(row['share'])} of all differences "
        f"(inertia {number(row['inertia'])}), with those before it {share(row['cumulative'])}"
    ]
