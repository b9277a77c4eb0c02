"""What rows say of topics: their words, shares, passages, quality, number and map."""

from __future__ import annotations

from textlab.output.explain_words import (
    Row,
    interval,
    many,
    missing,
    number,
    reasons,
    share,
    whole,
)

HALF = "1/3 is half of them"
"""What an overlap (Jaccard) of top words is to be read by."""


def topic_of(row: Row, number_in: str = "topic", label_in: str = "label") -> str:
    """``topic 3 (数字·平台·技术)``"""
    label = f" ({row[label_in]})" if row.get(label_in) else ""
    return f"topic {whole(row[number_in])}{label}"


def shares(row: Row) -> str:
    """The interval of a share: ``, 95 % interval 2.1 % to 6.3 %``."""
    low, high = row["low"], row["high"]
    if missing(low) or missing(high):
        return ", without an interval"
    return f", 95 % interval {share(low)} to {share(high)}"


def topics(row: Row) -> list[str]:
    """Of a word of a topic."""
    values = [_measure(by, row[by]) for by in ("lift", "frex")]
    return [
        f"{row['term']} is the word of rank {whole(row['rank'])} in {topic_of(row)}: of the "
        f"topic's words {share(row['probability'])} are it",
        *values,
    ]


_BY = {
    "probability": "its probability in the topic is {}",
    "frex": "its FREX is {}: near 1 a word is common in the topic and in no other",
    "lift": "in the topic it is {} times as probable as in all texts",
}


def _measure(by: str, value: object) -> str:
    return "" if missing(value) else _BY.get(by, f"{by} is {{}}").format(number(value))


def topic_words(row: Row) -> list[str]:
    """Of a word of a topic by one of three measures."""
    by = str(row["by"])
    name = "FREX" if by == "frex" else by
    return [
        f"{row['term']} is the word of rank {whole(row['rank'])} by {name} in {topic_of(row)}",
        _measure(by, row["value"]),
    ]


_POSTERIOR = (
    "the interval says what the document's words leave open, topics taken as known, and is rather "
    "too narrow"
)


def topic_by_document(row: Row) -> list[str]:
    """Of a topic in a document."""
    return [
        f"{topic_of(row)} has {share(row['share'])} of the document {row['doc_id']}{shares(row)}",
        "" if missing(row["low"]) or missing(row["high"]) else _POSTERIOR,
    ]


def topic_by_place(row: Row) -> list[str]:
    """Of a topic in a place."""
    return _among(row, f"of what is said for {row['place']}")


def topic_by_period(row: Row) -> list[str]:
    """Of a topic in a year or month."""
    return _among(row, f"of what is said in {row['period']}")


def _among(row: Row, what: str) -> list[str]:
    return [
        f"{topic_of(row)} has {share(row['share'])} {what} in "
        f"{many(row['documents'], 'document')}{shares(row)}",
        reasons(row),
    ]


def topic_passages(row: Row) -> list[str]:
    """Of a paragraph that carries a topic."""
    place = f", which speaks for {row['place']}" if row["place"] else ""
    return [
        f"number {whole(row['rank'])} of the paragraphs that carry {topic_of(row)} most is "
        f"{row['para_id']}{place}: the topic has {share(row['share'])} of its "
        f"{many(row['tokens'], 'word')} that the model knows",
        f"it stands in {row['file']}, from line {whole(row['line'])}, column "
        f"{whole(row['column'])}, to line {whole(row['end_line'])}, column "
        f"{whole(row['end_column'])}",
    ]


def topic_quality(row: Row) -> list[str]:
    """Of the trust card of a topic."""
    return [
        f"{topic_of(row)} has {share(row['prevalence'])} of all words that the model was fitted "
        f"to{shares(row)}",
        *_replication(row),
        _top_words(row),
        _nearest(row),
        f"{many(row['documents'], 'document')} and {many(row['places'], 'place')} carry it: there "
        "it has at least half of that share",
        reasons(row),
    ]


def _replication(row: Row) -> list[str]:
    fits = many(row["replicates"], "fit")
    if missing(row["replication"]):
        return ["whether it comes back in other samples of documents is not known"]
    back = [
        f"of {fits} to resampled documents {share(row['replication'])} have a topic that shares "
        "half of its 20 top words or more"
    ]
    if not missing(row["overlap"]):
        mean = number(row["overlap"])
        back.append(f"the mean overlap of the 20 words in these fits is {mean} (Jaccard; {HALF})")
    return back


def _top_words(row: Row) -> str:
    """Coherence and exclusivity."""
    scales = (
        ("npmi", "coherence by NPMI", "0 is as by chance, 1 always together"),
        ("umass", "coherence by UMass", "0 at best; frequent words score higher"),
        ("exclusivity", "exclusivity", "1 is of this topic alone"),
    )
    said = [
        f"{name} {number(row[key])} ({scale})"
        for key, name, scale in scales
        if not missing(row[key])
    ]
    return f"its ten top words: {', '.join(said)}" if said else ""


def _nearest(row: Row) -> str:
    if not row["nearest"] or missing(row["nearest_distance"]):
        return "there is no other topic to compare it with" if not row["nearest"] else ""
    return (
        f"its words are most like those of topic {whole(row['nearest'])}, at a Jensen-Shannon "
        f"distance of {number(row['nearest_distance'])} (0 is the same, 1 nothing shared)"
    )


_MEASURES = {
    "held_out": ("the log-likelihood of held-out words", " nats a token; nearer to 0 is better"),
    "npmi": ("the mean coherence of topics by NPMI", "; 0 is as by chance, 1 the most"),
    "umass": ("the mean coherence of topics by UMass", "; 0 is the most"),
    "exclusivity": ("the mean exclusivity of the top words", "; 1 is the most"),
    "stability": (
        "the mean overlap of the 20 top words with those of fits to resampled documents",
        f" (Jaccard; {HALF}, 1 is the most)",
    ),
    "stability_random": (
        "the mean overlap of the 20 top words between fits from other random starts",
        f" (Jaccard; {HALF}, 1 is the most)",
    ),
}


def topic_selection(row: Row) -> list[str]:
    """Of a measure of a number of topics."""
    name, scale = _MEASURES.get(str(row["measure"]), (str(row["measure"]), ""))
    k = many(row["k"], "topic")
    was = f"this number of topics was {'' if row['chosen'] else 'not '}chosen"
    if missing(row["value"]):
        return [f"with {k} there is no value of {name}", was, reasons(row)]
    error = "" if missing(row["se"]) else f"standard error {number(row['se'])}"
    bare = missing(row["low"]) and missing(row["high"])
    bounds = "" if bare else f"95 % interval {interval(row['low'], row['high'])}"
    beside = ", ".join(part for part in (error, bounds) if part) or "without an interval"
    return [
        f"with {k}, {name} is {number(row['value'])}{scale}",
        f"over {many(row['replicates'], 'replicate')}: {beside}",
        was,
        reasons(row),
    ]


def topic_map(row: Row) -> list[str]:
    """Of a topic in the plane."""
    of_all = f"it has {share(row['prevalence'])} of all words"
    if missing(row["x"]) or missing(row["y"]):
        return [f"{topic_of(row)} has no place on the map of topics", of_all]
    return [
        f"on the map of topics {topic_of(row)} stands at {number(row['x'])} across and "
        f"{number(row['y'])} upwards",
        "" if missing(row["prevalence"]) else of_all,
        ""
        if missing(row["stress"])
        else f"the map's stress is {number(row['stress'])}: 0 is a true map, above 0.2 it is poor",
    ]
