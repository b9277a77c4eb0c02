"""How well the program reads real pages: ``make evaluate``. Not a test; it states no bar.

Each corpus with marks in tests/gold is read, cleaned and given places as a study would, and
compared line by line. Beside each measure stands what doing nothing would score: every line a
paragraph of body, one article a file, the document's own place. ``--errors`` lists where marks
and program disagree, as file:line, the longest lines first. Corpora of which the texts are not
there are left out, and said so. Further sections: clean documents are broken on purpose, which
needs no marks (:mod:`tests.broken_evaluation`); matches across the words of jieba and new phrases
are compared with marks of their own; and simulations show how often intervals hold the truth, how
often tests reject it, and what the prior of the log-odds does (:mod:`tests.coverage_evaluation`,
:mod:`tests.keyness_evaluation`, :mod:`tests.prior_evaluation`, :mod:`tests.effects_evaluation`,
:mod:`tests.shares_evaluation`), and what start and prior do to topics of real texts
(:mod:`tests.topics_evaluation`).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Hashable
from dataclasses import dataclass
from math import isnan
from pathlib import Path
from typing import Any

import pandas as pd

from tests.broken_evaluation import report_broken
from tests.coverage_evaluation import evaluate_coverage
from tests.crossings_evaluation import evaluate_crossings
from tests.effects_evaluation import evaluate_effects
from tests.evaluation import SCORES, UNITS, disagreements, measures, nothing_done
from tests.keyness_evaluation import evaluate_keyness
from tests.phrases_evaluation import evaluate_phrases
from tests.prior_evaluation import evaluate_prior
from tests.raw_lines import Pair, found_joins, found_lines, number_lines
from tests.shares_evaluation import evaluate_shares
from tests.topics_evaluation import evaluate_topics
from textlab.cleaning.duplicates import find_duplicates, mark_duplicates
from textlab.cleaning.paragraphs import clean
from textlab.places.attribution import attribute_places
from textlab.reading.documents import read_documents

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold"
SHARED = ROOT.parent / "shared" / "corpora"
TITLES = ("by line", "by character", "nothing, lines", "nothing, chars")


@dataclass(frozen=True)
class Corpus:
    """A corpus with marks: where its texts may lie, and its manifest."""

    name: str
    folders: tuple[Path, ...]
    manifest: Path | None = None

    def texts(self, files: set[str]) -> Path | None:
        """The first folder that has all of ``files``."""
        there = (folder for folder in self.folders if all((folder / f).is_file() for f in files))
        return next(there, None)


CORPORA = (
    Corpus(
        "sichuan-2024",
        (ROOT / "corpus" / "sichuan-2024" / "texts", SHARED / "sichuan-2024"),
        ROOT / "corpus" / "sichuan-2024" / "documents.csv",
    ),
    Corpus("demo", (ROOT / "corpus" / "demo",)),
    Corpus("newscast-2022", (SHARED / "newscast-2022",)),
)


@dataclass(frozen=True)
class Marked:
    """Marks, and what the program says of the same lines."""

    gold: pd.DataFrame
    found: pd.DataFrame
    joins: set[Pair]
    nothing: pd.DataFrame


def read_gold(path: Path) -> pd.DataFrame:
    """file, line, role, article, next, place; a blank article or next is 0, a blank place ''."""
    gold = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    for column in ("line", "article", "next"):
        gold[column] = gold[column].replace("", "0").astype(int)
    return gold


def mark(corpus: Corpus) -> Marked | None:
    """The corpus, read as a study would read it; None where its texts are not there."""
    gold = read_gold(GOLD / f"{corpus.name}.csv")
    folder = corpus.texts(set(gold["file"]))
    if folder is None:
        return None
    documents = read_documents(folder, corpus.manifest)
    documents = documents[documents["file"].isin(set(gold["file"]))].reset_index(drop=True)
    gold = measured(gold, number_lines(documents))
    paragraphs = clean(documents)
    paragraphs = mark_duplicates(paragraphs, find_duplicates(paragraphs, documents))
    paragraphs = attribute_places(paragraphs, documents)
    own = dict(zip(documents["file"], documents["place"], strict=True))
    return Marked(
        gold,
        found_lines(documents, paragraphs),
        found_joins(documents, paragraphs),
        nothing_done(gold, own),
    )


def measured(gold: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """``gold`` with the characters of each line; its lines must be those of the texts."""
    both = gold.merge(lines, on=["file", "line"], how="outer", indicator=True)
    differing = both[both["_merge"] != "both"]
    if len(differing):
        first = differing.iloc[0]
        side = "marked" if first["_merge"] == "left_only" else "there"
        sys.exit(
            f"{first['file']}: not the file that was marked; of text and marks, line "
            f"{first['line']} is only {side}"
        )
    return gold.merge(lines, on=["file", "line"], validate="1:1")


def together(parts: list[Marked]) -> Marked:
    """Several corpora as one; their files have different names."""
    return Marked(
        pd.concat([part.gold for part in parts], ignore_index=True),
        pd.concat([part.found for part in parts], ignore_index=True),
        set().union(*(part.joins for part in parts)),
        pd.concat([part.nothing for part in parts], ignore_index=True),
    )


def report(name: str, marked: Marked) -> None:
    """The scores as aligned text."""
    gold = marked.gold
    scores = measures(gold, marked.found, marked.joins).to_dict("records")
    bare = measures(gold, marked.nothing, set()).to_dict("records")
    files, lines, characters = gold["file"].nunique(), len(gold), int(gold["characters"].sum())
    print(f"\n{name}: {files} files, {lines:,} lines, {characters:,} characters")
    print(f"{'':<25}" + "".join(f"   {title:<14}" for title in TITLES))
    print(f"{'':<18}{'wanted':>7}" + "   prec  rec   F1" * len(TITLES))
    for score, base in zip(scores, bare, strict=True):
        cells = [_cells(row, unit) for row in (score, base) for unit in UNITS]
        print(f"{score['measure']:<18}{score['wanted']:>7}   " + "   ".join(cells))


def _cells(row: dict[Hashable, Any], unit: str) -> str:
    return " ".join(_cell(row[f"{what}_{unit}"]) for what in SCORES)


def _cell(value: float) -> str:
    return "   -" if isnan(value) else "1.00" if value > 0.9995 else f"{value:.3f}"[1:]


def report_errors(marked: Marked, most: int) -> None:
    """Where marks and program disagree, the longest lines first."""
    wrong = disagreements(marked.gold, marked.found, marked.joins)
    for what, rows in wrong.groupby("what", sort=False):
        print(f"\n  {what}: {len(rows)} lines differ (file:line, marked, found, characters)")
        for row in rows.head(most).to_dict("records"):
            where = f"{row['file']}:{row['line']}"
            print(f"    {where:<36} {row['gold'] or '-':<10} {row['found'] or '-':<10}", end="")
            print(f" {row['characters'] or ''}")
        if len(rows) > most:
            print(f"    … and {len(rows) - most} more")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Precision and recall on hand-marked pages.")
    parser.add_argument("--errors", action="store_true", help="list where they disagree")
    parser.add_argument("--most", type=int, default=20, metavar="N", help="of each kind at most N")
    chosen = parser.parse_args()
    done = []
    for corpus in CORPORA:
        marked = mark(corpus)
        if marked is None:
            print(f"\n{corpus.name}: left out, its texts are not there")
            continue
        done.append(marked)
        report(corpus.name, marked)
        if chosen.errors:
            report_errors(marked, chosen.most)
    report("all", together(done))
    report_broken()
    simulations = (
        evaluate_coverage,
        evaluate_keyness,
        evaluate_prior,
        evaluate_effects,
        evaluate_shares,
    )
    for section in (evaluate_crossings, evaluate_phrases, *simulations, evaluate_topics):
        print("", *section(), sep="\n", flush=True)


if __name__ == "__main__":
    main()
