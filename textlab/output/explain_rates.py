"""What rows of the tables of rates say: keywords and categories, and how they change."""

from __future__ import annotations

from textlab.output.explain_words import (
    Row,
    group_of,
    interval,
    many,
    missing,
    number,
    ratio,
    reasons,
    test_over_documents,
    whole,
)
from textlab.sections import FEW_TOKENS

FEW_UNITS = 10  # an interval over fewer documents is over these texts


def keyword_by_place(row: Row) -> list[str]:
    """Of a keyword in a place."""
    return _rate(row, f"in {row['place']}", str(row["keyword"]))


def keyword_by_group(row: Row) -> list[str]:
    """Of a keyword in any group."""
    return _rate(row, f"in {group_of(row)}", str(row["keyword"]))


def keyword_by_document(row: Row) -> list[str]:
    """Of a keyword in a document."""
    return _rate(row, f"in the document {row['doc_id']}", str(row["keyword"]))


def category_by_group(row: Row) -> list[str]:
    """Of all terms of a category."""
    terms = f"the terms of the category {row['category']}"
    return _rate(row, f"in {group_of(row)}", terms, several=True)


def keyword_change(row: Row) -> list[str]:
    """Of a keyword from one period to the next."""
    where = f"in {row['place']}" if row["place"] else "in all places together"
    n = [many(row[f"n_{side}"], "occurrence") for side in ("from", "to")]
    documents = [many(row[f"documents_{side}"], "document") for side in ("from", "to")]
    rates = [_per_10k(row[f"per_10k_{side}"]) for side in ("from", "to")]
    return [
        f"from {row['period_from']} to {row['period_to']}, {where}, {row['keyword']} goes from "
        f"{rates[0]} to {rates[1]} per 10,000 words: {n[0]} in {documents[0]}, then {n[1]} in "
        f"{documents[1]}",
        ratio(row, "later"),
        test_over_documents(row),
        reasons(row),
    ]


def _per_10k(value: object) -> str:
    return "no rate" if missing(value) else number(value)


def _rate(row: Row, where: str, what: str, *, several: bool = False) -> list[str]:
    count, tokens = _counted(row)
    if missing(row["per_10k"]):
        return [f"{where} there are no words to count {what} in, so there is no rate", reasons(row)]
    verb = "stand" if several else "stands"
    return [
        f"{where}, {what} {verb} {many(row[count], 'time')} in {many(row[tokens], 'word')}, "
        f"{number(row['per_10k'])} per 10,000; {_bounds(row)}",
        _copies(row, count),
        _inside(row),
        _spread(row, "one of them" if several else "it"),
        _meaning(row),
        reasons(row, said="interval over" if _unit(row) == "paragraph" else None),
        _little_text(int(row[tokens])),
    ]


def _counted(row: Row) -> tuple[str, str]:
    """The columns that the rate is made of: without copies unless it is plainly with them."""
    kinds = [("count_unique", "tokens_unique"), ("count", "tokens")]
    for count, tokens in kinds:
        made = row[tokens] > 0 and 10_000 * row[count] / row[tokens]
        if not missing(row["per_10k"]) and abs(made - row["per_10k"]) < 1e-4:
            return count, tokens
    return kinds["doc_id" in row]


def _bounds(row: Row) -> str:
    if missing(row["ci_low"]) or missing(row["ci_high"]):
        return "it has no interval"
    units = f" over {many(row['units'], _unit(row))}" if row["units"] else ""
    return f"95 % interval {interval(row['ci_low'], row['ci_high'])}{units}"


def _unit(row: Row) -> str:
    """What was taken as independent; where it is paragraphs, ``reason`` says so."""
    by_text = "doc_id" in row or "paragraph" in str(row.get("reason", ""))
    return "paragraph" if by_text or row.get("documents", 1) < 2 else "document"


def _copies(row: Row, count: str) -> str:
    copies = int(row["count"]) - int(row["count_unique"])
    if not copies:
        return ""
    if count == "count":
        return f"{whole(copies)} of these stand in paragraphs that are copies of others"
    return f"{many(copies, 'occurrence')} in copies of other paragraphs {_are(copies)} left out"


def _are(n: int) -> str:
    return "is" if n == 1 else "are"


def _inside(row: Row) -> str:
    nested = int(row.get("nested", 0))
    return f"{whole(nested)} of all {_are(nested)} part of a longer term" if nested else ""


def _spread(row: Row, what: str) -> str:
    if int(row["units"]) < 2 or not int(row["units_with"]):
        return ""
    said = f"{what} stands in {whole(row['units_with'])} of the {many(row['units'], _unit(row))}"
    if missing(row["dp_norm"]):
        return said
    return f"{said}; unevenness (DPnorm) {number(row['dp_norm'])}, where 0 is even and 1 the most"


def _meaning(row: Row) -> str:
    """What the interval is over, and what it is not over."""
    if missing(row["ci_low"]) or not row["units"]:
        return ""
    units = int(row["units"])
    if _unit(row) == "paragraph":
        texts = 1 if "doc_id" in row else int(row.get("documents", 1))
        of = "one document: it says how evenly that text uses" if texts < 2 else (
            f"{many(texts, 'document')}: it says how evenly these texts use"
        )  # fmt: skip
        return (
            f"the interval is over {many(units, 'paragraph')} of {of} the word, not what other "
            "texts would say, and is not over a population"
        )
    if units < FEW_UNITS:
        return (
            f"with {whole(units)} documents the interval is over these texts and others just "
            "like them, not over a population"
        )
    return (
        "the interval says how far the rate would go if as many documents of the same kind were "
        "collected again"
    )


def _little_text(tokens: int) -> str:
    if not 0 < tokens < FEW_TOKENS:
        return ""
    return f"it is little text: one occurrence more or less is {number(10_000 / tokens)} per 10,000"
