"""Running a study: stages in order, outputs kept, results published whole."""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from textlab.config import Study
from textlab.errors import ResultsError, TextlabError, UnknownNameError
from textlab.pipeline.fingerprint import file_hash, fingerprint, sources, versions
from textlab.pipeline.publish import publish
from textlab.pipeline.stages import Job, Stage
from textlab.pipeline.store import Output, Store
from textlab.pipeline.study_stages import CONTRACTS, PUBLISHED, order
from textlab.workers import Workers

if TYPE_CHECKING:
    import pandas as pd

Report = Callable[[str, str, float], None]


@dataclass(frozen=True)
class Results:
    """What a run has made.

    ``folder`` holds ``tables/`` and ``figures/``; ``ran`` and ``kept`` name the stages that were
    computed and those that were found done; ``warnings`` are sentences.
    """

    study: Study
    folder: Path
    ran: list[str]
    kept: list[str]
    warnings: list[str]
    files: dict[str, str]
    notes: dict[str, Any] = field(default_factory=dict)

    def table(self, name: str) -> pd.DataFrame:
        """The published table ``name``, such as ``keyword_by_place``."""
        from textlab.output.tables import read_csv

        published = (f for f in self.files if f.startswith("tables/") and f.endswith(".csv"))
        tables = sorted(Path(f).stem for f in published)
        if name not in tables:
            raise UnknownNameError(f"no table '{name}' was made; there are: {', '.join(tables)}")
        return read_csv(self.folder / "tables" / f"{name}.csv", CONTRACTS.get(name, name))


def run_study(
    study: Study, *, workers: int = 1, until: str | None = None, report: Report | None = None
) -> Results:
    """Run ``study`` and publish its results.

    Stages whose parameters, inputs, code and packages have not changed are not run again.
    Nothing is published before every stage has succeeded: where one fails, earlier results stay
    as they were. With ``until`` only that stage and what it needs are run and published; what
    later stages had made stays in the store, and is published again by the next whole run.
    ``report`` is called with each stage's name, ``runs``, ``ran`` or ``kept``, and seconds.
    Raises :class:`TextlabError` and nothing else for what a user can mend.
    """
    stages = order(until)
    with opened(study, stages) as store:
        started = time.time()
        with Workers(workers, prepare=_prepare) as pool:
            made = compute(study, stages, store, pool, report=report)
        outputs = made.outputs
        files = publish(study, stages, outputs)
        if until is None:
            store.keep_only(list(outputs.values()))
        _write_run(study, workers, started, made.seconds)
    return Results(
        study,
        study.results_folder,
        made.ran,
        made.kept,
        [warning for output in outputs.values() for warning in output.warnings],
        files,
        {name: output.notes for name, output in outputs.items() if output.notes},
    )


def _release() -> None:
    """Give back the memory that a stage has used: Arrow keeps it for later tables."""
    if "pyarrow" in sys.modules:
        sys.modules["pyarrow"].default_memory_pool().release_unused()


def _prepare() -> None:
    """What a worker process needs first, imported while the run begins."""
    import textlab.cleaning.batches
    import textlab.reading.batches  # noqa: F401


@dataclass(frozen=True)
class Computed:
    """The outputs of stages by name, which of them were computed, and how long each took."""

    outputs: dict[str, Output]
    ran: list[str]
    kept: list[str]
    seconds: dict[str, float]


@contextmanager
def opened(study: Study, stages: list[Stage]) -> Iterator[Store]:
    """The store of the study's results folder, for this process alone."""
    # A corpus that is not there is found out before a results folder is made.
    stages[0].files(study)
    folder = study.results_folder
    with _locked(folder), _explained(folder):
        yield Store(folder)


def compute(
    study: Study,
    stages: list[Stage],
    store: Store,
    workers: Workers,
    *,
    report: Report | None = None,
) -> Computed:
    """The outputs of ``stages``, which stand in their order: found in ``store``, or computed."""
    made = Computed({}, [], [], {})
    for stage in stages:
        begun = time.perf_counter()
        parts = stage_parts(stage, study, made.outputs)
        found, _ = store.find(stage.name, fingerprint(parts))
        if found is None:
            workers.start()
            if report:
                report(stage.name, "runs", 0.0)
        made.outputs[stage.name] = found or _run_stage(
            stage, study, made.outputs, store, parts, workers
        )
        _release()
        (made.kept if found else made.ran).append(stage.name)
        made.seconds[stage.name] = round(time.perf_counter() - begun, 3)
        if report:
            report(stage.name, "kept" if found else "ran", made.seconds[stage.name])
    return made


def stage_parts(stage: Stage, study: Study, outputs: dict[str, Output]) -> dict[str, Any]:
    """All that the output of ``stage`` depends on, as the fingerprint hashes it."""
    inputs: dict[str, str] = {}
    for name, tables in stage.needs.items():
        inputs |= outputs[name].hashes(tables)
    return {
        "stage": stage.name,
        "parameters": stage.parameters(study),
        "files": stage.files(study),
        "inputs": inputs,
        "packages": versions({*stage.packages, "pyarrow"}),
        "python": ".".join(platform.python_version_tuple()[:2]),
        "sources": sources((*stage.modules, "textlab.output.tables")) | sources_of_pipeline(),
    }


def sources_of_pipeline() -> dict[str, str]:
    """The hashes of the modules that say what the stages do; what they import is not followed."""
    here = Path(__file__).parent
    names = (
        *("text_stages.py", "term_stages.py", "content_stages.py", "usage_stages.py"),
        *("topic_stages.py", "topic_units.py", "topic_apply.py", "topic_labels.py"),
        *("study_stages.py", "stoplists.py", "words.py", "slices.py", "draw.py"),
    )
    return {f"textlab/pipeline/{name}": file_hash(here / name)[:16] for name in names}


def _run_stage(
    stage: Stage,
    study: Study,
    outputs: dict[str, Output],
    store: Store,
    parts: dict[str, Any],
    workers: Workers,
) -> Output:
    from threadpoolctl import threadpool_limits

    from textlab.output.tables import write_csv

    with store.writing(stage.name, fingerprint(parts)) as (folder, commit):
        job = Job(study, outputs, folder, workers)
        # Sums come out the same whatever the number of cores: one BLAS thread.
        with threadpool_limits(limits=1):
            tables = stage.run(job)
        for name, table in tables.items():
            table.to_parquet(folder / f"{name}.parquet", index=False)
            if name in stage.publishes:
                write_csv(table, folder / "tables" / f"{PUBLISHED.get(name, name)}.csv")
        output: Output = commit(parts, job.warnings, job.notes)
    return output


def _write_run(study: Study, workers: int, started: float, seconds: dict[str, float]) -> None:
    from textlab.output.files import write_bytes

    record = {
        "study": str(study.file),
        "corpus": str(study.corpus_folder),
        "started": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(started)),
        "workers": workers,
        "seconds": seconds,
    }
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    write_bytes(study.results_folder / "run.json", text.encode("utf-8"))


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One run at a time in a results folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise PermissionError(13, "Permission denied")
        lock = FileLock(folder / ".lock")
        lock.acquire(timeout=0)
    except Timeout:
        raise ResultsError(
            f"{folder}: another textlab run is writing here; wait for it, or use --results DIR"
        ) from None
    except OSError as error:
        raise ResultsError(
            f"{folder}: results cannot be written here ({error.strerror}); choose another folder "
            "with --results DIR or [results] path"
        ) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """Failures of the disk as one sentence."""
    try:
        yield
    except TextlabError:
        raise
    except OSError as error:
        raise ResultsError(f"{error.filename or folder}: {error.strerror or error}") from error
