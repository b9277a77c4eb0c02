"""How many of the phrases found are terms, by hand-made judgements: a part of ``make evaluate``."""

from __future__ import annotations

import csv
from pathlib import Path

import textlab as tl

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold" / "phrases.csv"
SOURCE = ROOT.parent / "shared" / "corpora" / "provincial-2025"


def evaluate_phrases() -> list[str]:
    """Of the new phrases in the provincial reports, how many were judged to be terms."""
    if not SOURCE.is_dir():
        return ["phrases of the provincial reports: left out, they are not there"]
    documents = tl.read_documents(SOURCE)
    table = tl.discover_phrases(tl.clean(documents), documents=documents)
    new = table.loc[(table["known"] == "") & (table["kind"] == "phrase"), "phrase"].tolist()
    with GOLD.open(encoding="utf-8", newline="") as stream:
        judged = {row["phrase"]: row["term"] == "yes" for row in csv.DictReader(stream)}
    top = sum(judged.get(phrase, False) for phrase in new[:50])
    whole = sum(judged.get(phrase, False) for phrase in new)
    unknown = sum(phrase not in judged for phrase in new)
    return [
        "new phrases in the provincial reports that were judged to be terms",
        f"of the first {len(new[:50])}: {top}; of all {len(new)}: {whole}; not judged: {unknown}",
    ]
