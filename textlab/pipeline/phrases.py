"""``textlab phrases``: the phrases of a study's texts, and a lexicon drafted from them.

No stage: a study names the lexicon that comes of it, and nothing may depend on what depends on it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textlab.config import Study
from textlab.errors import LexiconError
from textlab.pipeline.run import Report
from textlab.pipeline.texts import study_texts
from textlab.workers import Workers

if TYPE_CHECKING:
    import pandas as pd

LEXICON = "terms.csv"
CATEGORY = "phrase"


class Discovered(NamedTuple):
    """The table of phrases, where it was written, and the lexicon drafted from it.

    ``drafted`` is how many terms the lexicon has; where there is none, no ``lexicon`` is written.
    """

    study: Study
    table: pd.DataFrame
    listed: Path
    lexicon: Path
    drafted: int
    warnings: list[str]


def discover_in_study(
    study: Study,
    out: str | Path | None = None,
    *,
    min_count: int = 5,
    top: int = 200,
    report: Report | None = None,
) -> Discovered:
    """Write ``phrases/phrases.csv`` into the results folder, and draft a lexicon in ``out``.

    ``out`` is a file, by default ``terms.csv`` beside the study file; it is never overwritten.
    It gets what is a phrase and in neither jieba's dictionary nor the study's lexicon. Tables
    that a run has published stay as they are. Raises :class:`LexiconError` for an ``out`` that is
    there already, :class:`StudyError` for ``min_count`` or ``top`` below 1, and what a run raises.
    """
    from textlab.output.tables import write_csv
    from textlab.tokens.phrases import check_limits, discover_phrases

    check_limits(min_count, top)
    target = Path(out) if out is not None else study.file.parent / LEXICON
    _check_free(target)
    lexicon, faults = _lexicon(study)
    with Workers(1) as pool:
        documents, paragraphs, warnings = study_texts(study, pool, report=report)
    table = discover_phrases(
        paragraphs,
        documents=documents[documents["set_aside"] == ""],
        lexicon=lexicon,
        min_count=min_count,
        top=top,
    )
    listed = write_csv(table, study.results_folder / "phrases" / "phrases.csv")
    drafted = draft_lexicon(table)
    if len(drafted):
        # Another may have come to be there meanwhile.
        _check_free(target)
        write_csv(drafted, target)
    return Discovered(study, table, listed, target, len(drafted), [*faults, *warnings])


def draft_lexicon(table: pd.DataFrame) -> pd.DataFrame:
    """The new phrases of a table ``phrases`` as a lexicon, the best first.

    What jieba or the lexicon knows and the names of places, people and organs are left out.
    """
    import pandas as pd

    new = table[(table["kind"] == "phrase") & (table["known"] == "")]
    notes = [
        f"{doc_id}:{line}:{column}, {count} in {documents} documents"
        if line
        else f"{doc_id}, {count} in {documents} documents"
        for doc_id, line, column, count, documents in zip(
            *(new[name] for name in ("doc_id", "line", "column", "count", "documents")), strict=True
        )
    ]
    columns = {"term": new["phrase"], "category": CATEGORY, "label_en": "", "variant_of": ""}
    return pd.DataFrame({**columns, "note": notes}, index=new.index).reset_index(drop=True)


def summary(found: Discovered) -> list[str]:
    """What was found, where it was written, and what to do next."""
    known = int((found.table["known"] != "").sum())
    names = int(((found.table["known"] == "") & (found.table["kind"] != "phrase")).sum())
    lines = [
        f"{found.listed}: {len(found.table)} phrases, {known} of them in a dictionary, "
        f"{names} names of places, people and organs"
    ]
    if not found.drafted:
        return [*lines, "no lexicon drafted: no new phrase stands so often; lower --min-count"]
    way = os.path.relpath(found.lexicon.resolve(), found.study.file.parent.resolve())
    files = json.dumps([*found.study.lexicon.files, Path(way).as_posix()], ensure_ascii=False)
    file = os.path.relpath(found.study.file)
    command = "textlab run" if file == "study.toml" else f"textlab run {Path(file).as_posix()}"
    return [
        *lines,
        f"drafted {found.lexicon}: {found.drafted} terms",
        "delete the lines that are no terms and give the rest their categories; then write "
        f"[lexicon] files = {files} in {found.study.file.name}, and: {command}",
    ]


def _check_free(target: Path) -> None:
    # Links that lead nowhere are there too: writing would replace them.
    if os.path.lexists(target):
        raise LexiconError(
            f"{target} is there already; name another file with --out FILE.csv, "
            "or move it away to have another drafted"
        )


def _lexicon(study: Study) -> tuple[pd.DataFrame, list[str]]:
    """The study's lexicon, which may be empty here, and what is wrong with lines of it."""
    from textlab.language.lexicon import read_lexicon
    from textlab.pipeline.term_stages import study_lexicon

    if study.lexicon.builtin or study.lexicon.files:
        return study_lexicon(study)
    return read_lexicon([]), []
