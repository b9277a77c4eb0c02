"""How well crossings are decided: a section of ``make evaluate``.

tests/gold/crossings.csv says of crossings of the provincial reports whether the term stands
there. Beside what the rules score stands what counting all of them, or none, would.
"""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from textlab.cleaning.paragraphs import clean
from textlab.language.lexicon import heads, read_lexicon
from textlab.language.matching import Matcher
from textlab.language.segmenter import cut
from textlab.reading.documents import read_documents
from textlab.tokens.crossings import judge
from textlab.tokens.occurrences import locate
from textlab.tokens.relations import own_matches
from textlab.tokens.segmentation import counted

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold" / "crossings.csv"
REPORTS = ROOT.parent / "shared" / "corpora" / "provincial-2025"
PLACE = ["term", "doc_id", "line", "column"]
FOUND = "para_id doc_id term surface start end word verdict rule".split()


class Judged(NamedTuple):
    """The marks with the program's verdicts, and the matches of each built-in term.

    ``marks``: the columns of the marks, with ``found`` and ``rule``; ``builtin``: whether the
    term is one of the built-in lexicon, of which every crossing is marked.
    """

    marks: pd.DataFrame
    matches: pd.Series


class Scores(NamedTuple):
    """Shares from 0 to 1: of verdicts that are right; precision and recall of accidents."""

    crossings: int
    accidents: int
    right: float
    precision: float
    recall: float
    all_counted: float
    none_counted: float


def read_marks() -> pd.DataFrame:
    """term, doc_id, line, column, verdict, half."""
    return pd.read_csv(GOLD, encoding="utf-8", dtype={"line": int, "column": int})


def judge_reports() -> Judged:
    """The reports, read as a study would read them, their crossings held against the marks."""
    marks = read_marks()
    builtin = dict(heads(read_lexicon()))
    marks["builtin"] = marks["term"].isin(set(builtin.values()))
    head = builtin | {term: term for term in marks["term"][~marks["builtin"]]}
    documents = read_documents(REPORTS)
    paragraphs = clean(documents)
    crossings, matches = _crossings(counted(paragraphs), head)
    found = locate(crossings, paragraphs, documents).rename(columns={"verdict": "found"})
    unmarked = found[found["term"].isin(set(builtin.values()))].merge(marks, on=PLACE, how="left")
    judged = marks.merge(found[[*PLACE, "found", "rule"]], on=PLACE, how="left", validate="1:1")
    if judged["found"].isna().any() or unmarked["verdict"].isna().any():
        raise ValueError(f"{REPORTS.name}: not the reports that were marked")
    return Judged(judged, matches[matches.index.isin(set(builtin.values()))])


def _crossings(paragraphs: pd.DataFrame, head: dict[str, str]) -> tuple[pd.DataFrame, pd.Series]:
    """Every crossing, and how many matches each head term has."""
    matcher = Matcher(head)
    rows, terms = [], []
    columns = paragraphs[["para_id", "doc_id", "text"]]
    for para_id, doc_id, text in columns.itertuples(index=False, name=None):
        matches = own_matches(matcher.find(text), head)
        terms += [head[surface] for _, _, surface in matches]
        ends = list(accumulate(map(len, cut(text))))
        rows += [
            (para_id, doc_id, head[surface], surface, start, end, *decision)
            for start, end, surface, *decision in judge(text, ends, matches, {})
        ]
    return pd.DataFrame(rows, columns=pd.Index(FOUND)), pd.Series(terms).value_counts()


def score(marks: pd.DataFrame) -> Scores:
    """What the verdicts in ``found`` score against those in ``verdict``."""
    wanted, found = marks["verdict"] == "accident", marks["found"] == "accident"
    hits = int((wanted & found).sum())
    return Scores(
        len(marks),
        int(wanted.sum()),
        float((wanted == found).mean()),
        hits / max(int(found.sum()), 1),
        hits / max(int(wanted.sum()), 1),
        float((~wanted).mean()),
        float(wanted.mean()),
    )


def count_errors(judged: Judged) -> dict[str, float]:
    """By how much the counts of the built-in terms are wrong, as a share of all true occurrences.

    The errors of the terms are summed without their signs. Keys: rules, all counted, none counted.
    """
    marks = judged.marks[judged.marks["builtin"]]
    wanted = marks["verdict"] == "counted"
    truth = int(judged.matches.sum()) - int((~wanted).sum())
    ways = {
        "rules": marks["found"] == "counted",
        "all counted": pd.Series(True, index=marks.index),
        "none counted": pd.Series(False, index=marks.index),
    }
    return {
        name: float((way.astype(int) - wanted.astype(int)).groupby(marks["term"]).sum().abs().sum())
        / truth
        for name, way in ways.items()
    }


def evaluate_crossings() -> list[str]:
    """The section as lines."""
    title = "crossings of plain words, provincial reports 2025"
    if not REPORTS.is_dir():
        return [f"{title}: left out, the texts are not there"]
    judged = judge_reports()
    lines = [title, f"{'':<26}{'n':>5}{'accidents':>11}{'right':>8}{'prec':>7}{'rec':>7}"]
    lines[1] += f"{'all counted':>13}{'none':>7}"
    for half in ("tuning", "figure"):
        marks = judged.marks[judged.marks["half"] == half]
        builtin = marks["builtin"]
        groups = {"all": marks, "built-in": marks[builtin], "further": marks[~builtin]}
        lines += [_line(f"{half} half, {name}", group) for name, group in groups.items()]
    errors = [f"{name} {share:.2%}" for name, share in count_errors(judged).items()]
    return [*lines, f"term counts wrong by (of {judged.matches.sum():,}): " + ", ".join(errors)]


def _line(name: str, marks: pd.DataFrame) -> str:
    scores = score(marks)
    return (
        f"{name:<26}{scores.crossings:>5}{scores.accidents:>11}{scores.right:>8.1%}"
        f"{scores.precision:>7.2f}{scores.recall:>7.2f}"
        f"{scores.all_counted:>13.1%}{scores.none_counted:>7.1%}"
    )
