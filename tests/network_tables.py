"""Invented occurrences and paragraphs for the tests of the network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import pandas as pd

from textlab.schema import arrange

LEXICON = [f"{letter}词" for letter in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰"]


def tables(held: Mapping[str, Sequence[str]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """occurrences and paragraphs, from the keywords of each para_id (``document#number``)."""
    rows = [
        (para_id, para_id.partition("#")[0], word, word, at * 3, at * 3 + 2, "alone")
        for para_id, words in held.items()
        for at, word in enumerate(words)
    ]
    columns = "para_id doc_id keyword surface start end relation".split()
    occurrences = pd.DataFrame(rows, columns=columns).astype({"start": "int64", "end": "int64"})
    paragraphs = pd.DataFrame({"para_id": list(held)})
    paragraphs["doc_id"] = paragraphs["para_id"].str.partition("#")[0]
    paragraphs = paragraphs.assign(article=1, position=range(len(held)), role="body", text="")
    paragraphs = paragraphs.assign(origin="", raw_start=0, raw_end=0, place="", place_basis="")
    paragraphs = paragraphs.assign(duplicate_of="")
    return arrange(occurrences, "occurrences"), arrange(paragraphs, "paragraphs")


def groups(count: int, size: int) -> dict[str, list[str]]:
    """Paragraphs of three in which ``count`` groups of ``size`` terms meet, and one other pair."""
    held: dict[str, list[str]] = {}
    for group in range(count):
        members = LEXICON[group * size : (group + 1) * size]
        for pair in combinations(members, 2):
            for _ in range(3):
                held[f"d{group}#{len(held)}"] = list(pair)
    return held | {f"d9#{i}": [LEXICON[0], LEXICON[size]] for i in range(3)}
