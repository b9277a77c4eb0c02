"""``textlab topics sheets`` and ``score``: what people see in a study's topics.

The sheets hold passages of the texts: they are written into the results folder, and no manifest
lists them.
"""

from __future__ import annotations

import os
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from textlab.config import Study
from textlab.errors import ResultsError
from textlab.pipeline.run import Report
from textlab.pipeline.sheet_files import read_key, read_sheets
from textlab.pipeline.texts import study_texts
from textlab.pipeline.topic_apply import (
    FOLDER,
    counts_of,
    read_model,
    settings_of,
)
from textlab.workers import Workers

if TYPE_CHECKING:
    import pandas as pd

    from textlab.topics.intrusion_sheets import Intrusion
    from textlab.topics.model import TopicModel
    from textlab.topics.scoring import Scored

SHEETS = "sheets"
WORD, TOPIC = "word_intrusion", "topic_intrusion"
KEY, SCORES, ANSWERS = "key.csv", "scores.csv", "answers.csv"
# As many as a coder does at a sitting.
PASSAGES = 20
MOST_LEADING = 3
# Below it, more coders were misled than not.
ENOUGH = 0.5


class Written(NamedTuple):
    """The folder of the sheets; each sheet's file and items; those that stood there already.

    ``leading`` is how many topics of each passage are shown, 0 without passages.
    """

    folder: Path
    items: dict[str, int]
    kept: list[str]
    leading: int
    warnings: list[str]


class ScoredSheets(NamedTuple):
    """The tables of :func:`~textlab.topics.scoring.score_sheets`, and where they were written."""

    scored: Scored
    folder: Path


def write_sheets(
    study: Study,
    *,
    items: int = 1,
    passages: int = PASSAGES,
    leading: int | None = None,
    show: str = "words",
    report: Report | None = None,
) -> Written:
    """Write sheets for coders, and their key, into the folder ``sheets`` of a study's results.

    ``word_intrusion.csv`` and ``topic_intrusion.csv`` are those of
    :func:`~textlab.topics.intrusion.word_intrusion` and ``topic_intrusion``, of the model that
    the study's run has left in its results. ``leading`` is how many topics of a passage are
    shown; by default three, or fewer where not as many paragraphs as ``passages`` carry three.
    Sheets that are there are never overwritten: they may be answered, or given out.

    Raises :class:`ResultsError` where there is no model, where the study has changed since,
    and where other sheets are there.
    """
    from textlab.topics.intrusion import topic_intrusion, word_intrusion

    stored = read_model(study.results_folder)
    if stored.settings != settings_of(study):
        raise ResultsError(
            f"{study.results_folder / FOLDER}: the topics were fitted with other settings than "
            f"{study.file.name} has now; run the study again"
        )
    seed = study.study.seed
    made = {f"{WORD}.csv": word_intrusion(stored.model, items=items, seed=seed)}
    with Workers(1) as pool:
        texts = study_texts(study, pool, report=report)
    counts = counts_of(texts.paragraphs, stored.lexicon, study, by="para_id")
    shown = leading or _most_leading(stored.model, counts, texts.paragraphs, passages)
    warnings = list(texts.warnings)
    if shown:
        made[f"{TOPIC}.csv"] = topic_intrusion(
            stored.model,
            counts,
            texts.paragraphs,
            documents=texts.documents,
            passages=passages,
            leading=shown,
            show=show,
            seed=seed,
        )
    else:
        warnings.append(f"no {TOPIC}.csv: no paragraph is long enough to carry a topic")
    folder = study.results_folder / SHEETS
    kept = _put_in_place(folder, made)
    numbers = {name: len(one.sheet) for name, one in made.items()}
    return Written(folder, numbers, kept, shown, warnings)


def _most_leading(
    model: TopicModel, counts: pd.DataFrame, paragraphs: pd.DataFrame, passages: int
) -> int:
    """How many topics so many passages carry, at most three; 0 where none carries one."""
    from textlab.topics.intrusion import carrying

    known = paragraphs.set_index("para_id", drop=False)
    found = {
        leading: len(carrying(model, counts, known, leading=leading).units)
        for leading in range(min(MOST_LEADING, model.k - 1), 0, -1)
    }
    enough = [leading for leading, there in found.items() if there >= passages]
    # Where no number has enough: that of which there are most.
    best = enough[0] if enough else max(found, key=lambda leading: found[leading])
    return best if found[best] else 0


def _put_in_place(folder: Path, made: Mapping[str, Intrusion]) -> list[str]:
    """Write sheets and key; the names of the sheets that were there already."""
    import pandas as pd

    from textlab.output.tables import write_csv

    key = pd.concat([one.key for one in made.values()], ignore_index=True)
    there = [name for name in made if os.path.lexists(folder / name)]
    has_key = (folder / KEY).is_file()
    if (has_key and not _same(read_key(folder / KEY), key)) or (there and not has_key):
        raise ResultsError(
            f"{folder}: holds sheets of another model or another draw, which may be answered or "
            "given out; move the folder away to have others written"
        )
    for name, one in made.items():
        if name not in there:
            write_csv(one.sheet, folder / name)
    if not has_key:
        write_csv(key, folder / KEY)
    return there


def _same(key: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Whether two keys are of the same sheets; shares are written with six decimals only."""
    return key.drop(columns="log_share").equals(other.drop(columns="log_share"))


def written_summary(made: Written) -> list[str]:
    """What was written, what to do with it, and what to do then."""
    lines = []
    for name, items in made.items.items():
        how = "is there already and stays as it is" if name in made.kept else "written"
        what = "words" if name == f"{WORD}.csv" else f"passages, {made.leading + 1} topics each"
        lines.append(f"{made.folder / name}: {items} items ({what}), {how}")
    return [
        *lines,
        f"give each coder a copy, and not {KEY}: answer = the number of the choice that does not "
        "belong, coder = a name; an item may stay empty",
        f"then: textlab topics score {made.folder.parent} COPY.csv ...",
    ]


def score(results: str | Path, files: Sequence[str | Path], *, seed: int = 0) -> ScoredSheets:
    """Score the answered sheets in ``files`` by the key in the results folder ``results``.

    Writes ``scores.csv`` and ``answers.csv`` beside the key: see
    :func:`~textlab.topics.scoring.score_sheets`. A sheet whose column coder is empty is taken to
    be of a coder of its own. Raises :class:`ResultsError` where there is no key or no such file,
    :class:`TableError`, with file and line, for what is wrong in a sheet.
    """
    from textlab.output.tables import write_csv
    from textlab.topics.scoring import score_sheets

    root = Path(results)
    folder = root if (root / KEY).is_file() else root / SHEETS
    if not (folder / KEY).is_file():
        raise ResultsError(f"{folder / KEY}: no such key; textlab topics sheets STUDY writes one")
    scored = score_sheets(read_sheets(files), read_key(folder / KEY), seed=seed)
    write_csv(scored.scores, folder / SCORES)
    write_csv(scored.answers, folder / ANSWERS)
    return ScoredSheets(scored, folder)


def score_summary(made: ScoredSheets) -> list[str]:
    """Precision, agreement and the topics that were not understood, a line each."""
    lines = []
    scores = made.scored.scores
    for row in scores[scores["topic"] == 0].to_dict(orient="records"):
        lines.append(_overall(row))
        own = scores[(scores["sheet"] == row["sheet"]) & (scores["topic"] != 0)]
        weak = own[own["precision"] < ENOUGH].sort_values(["precision", "topic"])
        if len(weak):
            named = [
                f"{topic} ({label}; {right} of {n})"
                for topic, label, right, n in zip(
                    *(weak[name] for name in ("topic", "label", "correct", "answers")), strict=True
                )
            ]
            lines.append(f"  found by less than half: topics {', '.join(named)}")
    lines += made.scored.unanswered
    return [*lines, f"wrote {SCORES} (by topic) and {ANSWERS} (every answer) to {made.folder}"]


def _overall(row: Mapping[Hashable, Any]) -> str:
    line = (
        f"{row['sheet'].replace('_', ' ')}: {row['coders']} coders, {row['items']} items: "
        f"{row['correct']} of {row['answers']} answers found the intruder, "
        f"{row['precision']:.2f} (95% interval {row['low']:.2f} to {row['high']:.2f}; "
        f"guessing {row['guess']:.2f})"
    )
    if row["log_odds"] == row["log_odds"]:
        line += f"; topic log odds {row['log_odds']:.2f} (guessing {row['log_odds_guess']:.2f})"
    if row["alpha"] != row["alpha"]:
        return f"{line}; no alpha: {row['reason'].removeprefix('alpha: ')}"
    line += f"; Krippendorff's alpha {row['alpha']:.2f}"
    if row["alpha_low"] == row["alpha_low"]:
        line += f" ({row['alpha_low']:.2f} to {row['alpha_high']:.2f})"
    return line
