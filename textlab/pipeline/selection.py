"""``textlab topics select``: how topics of different number do, and which number to take."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textlab.config import Study
from textlab.errors import ModelError, StudyError
from textlab.pipeline.run import Report, compute, opened
from textlab.pipeline.stages import Job
from textlab.pipeline.study_stages import order
from textlab.pipeline.topic_units import fit_arguments, original_tokens, topic_units
from textlab.workers import Workers

if TYPE_CHECKING:
    import pandas as pd

FOLDER, TABLE = "selection", "topic_selection"


class Selected(NamedTuple):
    """The table ``topic_selection``, the K chosen and why, the folder written, and warnings."""

    study: Study
    table: pd.DataFrame
    k: int
    reason: str
    folder: Path
    warnings: list[str]


def select_in_study(
    study: Study,
    *,
    grid: Sequence[int] = (),
    replicates: int | None = None,
    workers: int = 1,
    report: Report | None = None,
) -> Selected:
    """Try each K of ``grid`` on the texts of ``study``, and say which to take.

    ``grid`` and ``replicates`` are those of the study unless given, whatever its ``k``. Words are
    cut, counted and left out as a run does; what a run has in store is used. Writes
    ``topic_selection.csv`` and the figure of all measures into the folder ``selection`` of the
    results, where no run withdraws them; the same bytes for any ``workers``. Raises
    :class:`StudyError` for a grid that cannot be tried, and what a run raises.
    """
    from textlab.output.figures import save_figure, selection_curves
    from textlab.output.tables import write_csv
    from textlab.topics.select_rule import selection_reason

    asked, folder, stages = study.topics, study.results_folder / FOLDER, order("tokens")
    with opened(study, stages) as store, Workers(workers) as pool:
        outputs = compute(study, stages, store, pool, report=report).outputs
        job = Job(study, outputs, folder, pool)
        if report:
            report(TABLE, "runs", 0.0)
        begun = time.perf_counter()
        table = _table(job, list(grid) or asked.grid or None, replicates or asked.replicates)
        if report:
            report(TABLE, "ran", round(time.perf_counter() - begun, 3))
    write_csv(table, folder / f"{TABLE}.csv")
    save_figure(selection_curves(table, language=study.figures.language), folder, TABLE)
    warnings = [warning for output in outputs.values() for warning in output.warnings]
    k = int(table.loc[table["chosen"] == 1, "k"].iloc[0])
    return Selected(study, table, k, selection_reason(table), folder, warnings)


def _table(job: Job, grid: list[int] | None, replicates: int) -> pd.DataFrame:
    from textlab.topics.select import select_topics

    units = topic_units(job)
    try:
        return select_topics(
            units.counts,
            grid,
            documents=units.documents,
            tokens=original_tokens(job),
            replicates=replicates,
            workers=job.workers,
            **fit_arguments(job),
        )
    except ModelError as error:
        raise StudyError(f"[topics] {error}") from None


def summary(made: Selected) -> list[str]:
    """What was chosen and why, what each K comes to, and what to do next."""
    wide = made.table.pivot(index="k", columns="measure", values="value")
    tried = [
        f"k = {k:<3} held-out {row['held_out']:.3f} nats a token, NPMI {row['npmi']:.3f}, "
        f"exclusivity {row['exclusivity']:.3f}, stability {row['stability']:.2f} "
        f"(random starts {row['stability_random']:.2f})"
        for k, row in wide.iterrows()
    ]
    return [
        *tried,
        made.reason,
        f"wrote {TABLE}.csv, .png and .pdf to {made.folder}; to keep this number, write "
        f"[topics] k = {made.k} in {made.study.file.name}",
    ]
