"""A corpus of occurrences for tests of keyword frequencies, and their short form."""

from __future__ import annotations

from typing import Any

import pandas as pd

from textlab.analysis.keywords import keyword_frequencies
from textlab.schema import check, empty

# para_id, doc_id, place, year, words, and the occurrences in it as (keyword, relation).
CORPUS = [
    ("a1", "a", "成都", "2024", 50, [("创新", "alone"), ("创新", "nested"), ("现代化", "alone")]),
    ("a2", "a", "成都", "2024", 30, [("创新", "overlapped")]),
    ("a3", "a", "成都", "2024", 20, []),
    ("b1", "b", "成都", "2025", 100, [("现代化", "alone")]),
    ("c1", "c", "成都", "2025", 40, [("创新", "alone")]),
    ("c2", "c", "重庆", "2025", 60, [("创新", "nested")]),
    ("c3", "c", "重庆", "2025", 10, []),
    ("d1", "d", "", "2024", 25, [("创新", "alone")]),
    ("e1", "e", "成都", "2025", 0, []),
]
Found = tuple[str, str]
Row = tuple[str, str, str, str, int, list[Found]]
LEXICON = pd.DataFrame(
    [
        ("现代化", "目标", "modernisation", "", ""),
        ("创新", "动力", "innovation", "", ""),
        ("革新", "动力", "", "创新", ""),
        ("数字经济", "产业", "digital economy", "", ""),
    ],
    columns=["term", "category", "label_en", "variant_of", "note"],
)


def make_tables(corpus: list[Row]) -> dict[str, pd.DataFrame]:
    """Occurrences, tokens and paragraphs; each paragraph also has a mark of punctuation."""
    occurrences, tokens, paragraphs = [], [], []
    for position, (para, doc, place, year, words, found) in enumerate(corpus):
        role = "body" if words else "furniture"
        paragraphs.append([para, doc, 0, position, role, "", "", 0, 0, place, "", "", year])
        for at, (keyword, relation) in enumerate(found):
            occurrences.append([para, doc, keyword, keyword, at, at + 2, relation])
        kinds = [*["word", "lexicon", "number", "latin"] * words][:words] + ["punctuation"] * 3
        tokens += [[para, doc, at, "x", kind, at, at + 1] for at, kind in enumerate(kinds) if words]
    return {
        "occurrences": make(occurrences, "occurrences"),
        "tokens": make(tokens, "tokens"),
        "paragraphs": make(paragraphs, "paragraphs", "year"),
    }


def copied(tables: dict[str, pd.DataFrame], copies: dict[str, str]) -> dict[str, pd.DataFrame]:
    """``tables`` with these paragraphs marked as copies of others, by para_id."""
    paragraphs = tables["paragraphs"]
    marked = [copies.get(para_id, "") for para_id in paragraphs["para_id"]]
    return tables | {"paragraphs": paragraphs.assign(duplicate_of=marked)}


def make(rows: list[list[object]], name: str, *further: str) -> pd.DataFrame:
    columns = [*empty(name).columns, *further]
    return check(pd.DataFrame(rows, columns=columns), name)


def frequencies(
    corpus: list[Row] = CORPUS,
    *,
    by: str | pd.Series = "doc_id",
    resamples: int = 200,
    seed: int = 0,
) -> pd.DataFrame:
    return of_tables(make_tables(corpus), by=by, resamples=resamples, seed=seed)


def of_tables(
    tables: dict[str, pd.DataFrame], *, lexicon: pd.DataFrame = LEXICON, **options: Any
) -> pd.DataFrame:
    three = tables["occurrences"], tables["tokens"], tables["paragraphs"]
    return keyword_frequencies(*three, lexicon=lexicon, **options)


def find(result: pd.DataFrame, group: str, keyword: str) -> pd.Series:
    here = (result.iloc[:, 0] == group) & (result["keyword"] == keyword)
    assert here.sum() == 1
    row: pd.Series = result[here].iloc[0]
    return row
