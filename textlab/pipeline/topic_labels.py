"""``topic_labels.csv``: the numbers and labels that topics keep, drafted, read, and reported."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textlab.config import Study
from textlab.errors import ResultsError, StudyError, near_miss

if TYPE_CHECKING:
    import pandas as pd

LABELS = "topic_labels.csv"
COLUMNS = ("topic", "label", "terms")
DIGITS = 9


class DraftedLabels(NamedTuple):
    """The file that was written, and its topics: topic, label, terms."""

    study: Study
    file: Path
    table: pd.DataFrame


def draft_topic_labels(study: Study, out: str | Path | None = None) -> DraftedLabels:
    """Write the topics of the last run, their labels and 20 top terms, to ``out``.

    ``out`` is a file, by default ``topic_labels.csv`` beside the study file; it is never
    overwritten. A study that names it under ``[topics] labels`` keeps these numbers and labels
    when topics are fitted again. Raises :class:`StudyError` for an ``out`` that is there already,
    :class:`ResultsError` where no topics have been published.
    """
    from textlab.output.tables import read_csv, write_csv
    from textlab.topics.kept import labels_of

    target = Path(out) if out is not None else study.file.parent / LABELS
    _check_free(target)
    published = study.results_folder / "tables" / "topics.csv"
    if not published.is_file():
        raise ResultsError(f"{published}: no such table; run the study first: {_run(study)}")
    table = labels_of(read_csv(published, "topics"))
    if table.empty:
        raise ResultsError(f"{published}: holds no topics; the manifest's warnings say why")
    write_csv(table, target)
    return DraftedLabels(study, target, table)


def read_topic_labels(path: str | Path) -> pd.DataFrame:
    """The table in a file of labels: topic (from 1, each once), label (may be empty), terms.

    Lines may stand in any order, columns too, and further columns are passed over. Raises
    :class:`StudyError`, which names the line.
    """
    import pandas as pd

    from textlab.language.plain_files import numbered_rows, read_text

    file = Path(path)
    absent = "no such file; the study's [topics] labels names it (textlab topics labels drafts one)"
    text = read_text(file, StudyError, absent=absent, save_as="CSV UTF-8")
    lines = [line for line in numbered_rows(text, str(file), StudyError) if any(line[1])]
    if not lines:
        raise StudyError(f"{file}: empty; its columns are {', '.join(COLUMNS)}")
    header = lines[0][1]
    _check_header(file, header)
    seen: dict[int, int] = {}
    rows = []
    for number, cells in lines[1:]:
        where = f"{file}, line {number}"
        row = _row(header, cells, where)
        if row[0] in seen:
            raise StudyError(f"{where}: topic {row[0]} stands on line {seen[row[0]]} already")
        seen[row[0]] = number
        rows.append(row)
    if not rows:
        raise StudyError(f"{file}: holds no topics below the names of its columns")
    return pd.DataFrame(sorted(rows), columns=list(COLUMNS))


def lost_topics(kept: pd.DataFrame, file: str) -> list[str]:
    """A sentence for each topic of the label ``file`` that a fit no longer has.

    ``kept`` is the table of :class:`~textlab.topics.kept.Kept`.
    """
    lost = kept[kept["status"] == "lost"]
    return [
        f"topic {topic}{f' ({label})' if label else ''} of {file} is not among the topics now: "
        + (f"the closest shares {overlap:.2f} of their words" if overlap else "none shares a word")
        for topic, label, overlap in zip(lost["topic"], lost["label"], lost["overlap"], strict=True)
    ]


def summary(drafted: DraftedLabels) -> list[str]:
    """What was written, and what to do next."""
    study = drafted.study
    way = os.path.relpath(drafted.file.resolve(), study.file.parent.resolve())
    return [
        f"drafted {drafted.file}: {len(drafted.table)} topics",
        "correct the labels, blank those that are to be automatic, and leave the terms, by which "
        f'topics are known again; then write [topics] labels = "{Path(way).as_posix()}" in '
        f"{study.file.name}, and: {_run(study)}",
    ]


def _check_free(target: Path) -> None:
    # Links that lead nowhere are there too: writing would replace them.
    if os.path.lexists(target):
        raise StudyError(
            f"{target} is there already; name another file with --out FILE.csv, "
            "or move it away to have another drafted"
        )


def _check_header(file: Path, header: list[str]) -> None:
    for column in COLUMNS:
        if header.count(column) == 1:
            continue
        if column in header:
            raise StudyError(f"{file}, line 1: the column '{column}' is there twice")
        other = next((mark for mark in (";", "\t") if len(header) == 1 and mark in header[0]), "")
        hint = "; save it with commas between the cells (CSV UTF-8)" if other else ""
        slip = next((name for name in header if near_miss(name, COLUMNS) == column), "")
        hint = f"; '{slip}' may be meant" if slip else hint
        raise StudyError(
            f"{file}, line 1: no column '{column}' (found: {', '.join(header)}); "
            f"the columns are {', '.join(COLUMNS)}{hint}"
        )


def _row(header: list[str], cells: list[str], where: str) -> tuple[int, str, str]:
    """The topic, label and terms of a line."""
    if len(cells) != len(header):
        raise StudyError(
            f"{where}: {len(cells)} cells, but the header has {len(header)} columns; "
            "a comma belongs in quotation marks"
        )
    row = dict(zip(header, cells, strict=True))
    # More digits are no number of a topic, and none that a table of numbers could hold.
    if not row["topic"].isdecimal() or len(row["topic"]) > DIGITS or int(row["topic"]) < 1:
        raise StudyError(f"{where}: wanted a topic's number, 1 or more, found '{row['topic']}'")
    terms = row["terms"].split()
    if not terms:
        raise StudyError(
            f"{where}: topic {int(row['topic'])} has no terms, by which it would be known again"
        )
    return int(row["topic"]), " ".join(row["label"].split()), " ".join(terms)


def _run(study: Study) -> str:
    file = os.path.relpath(study.file)
    return "textlab run" if file == "study.toml" else f"textlab run {Path(file).as_posix()}"
