"""The commands ``textlab topics ...``: arguments, nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textlab.config import Study

FOLDER = click.Path(path_type=Path)
STUDY = click.argument("study", required=False, type=FOLDER, metavar="[STUDY.toml]")
CORPUS = click.option("--corpus", type=FOLDER, metavar="DIR", help="Take the texts from DIR.")
RESULTS = click.option("--results", type=FOLDER, metavar="DIR", help="The results are in DIR.")
QUIET = click.option("--quiet", is_flag=True, help="Print warnings and errors only.")


@click.group()
def topics() -> None:
    """Choose, label, check and apply topics."""


@topics.command()
@STUDY
@CORPUS
@RESULTS
@click.option("--grid", metavar="K,K,...", help="The numbers to try, such as 5,10,15,20.")
@click.option(
    "--replicates",
    type=click.IntRange(min=2),
    default=10,
    show_default=True,
    metavar="N",
    help="Fit each number N times more.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help="Fit in N processes; the results are the same to the byte.",
)
@QUIET
def select(
    study: Path | None,
    corpus: Path | None,
    results: Path | None,
    grid: str | None,
    replicates: int,
    workers: int,
    quiet: bool,
) -> None:
    """Try several numbers of topics on a study, and say which to take, and why.

    Each number is fitted again to resampled documents and from random starts. Writes
    selection/topic_selection.csv and its figure into the results.
    """
    from textlab.pipeline.say import progress
    from textlab.pipeline.selection import select_in_study, summary

    settled, numbers = _settled(study, corpus, results), _numbers(grid)
    with progress("tokens", quiet=quiet) as report:
        made = select_in_study(
            settled, grid=numbers, replicates=replicates, workers=workers, report=report
        )
    _say(made.warnings, [] if quiet else summary(made))


@topics.command()
@STUDY
@RESULTS
@click.option("--out", type=FOLDER, metavar="FILE.csv", help="Draft the labels in FILE.csv.")
def labels(study: Path | None, results: Path | None, out: Path | None) -> None:
    """Draft a file of the topics' labels, to be corrected and kept when topics are fitted again.

    It goes to topic_labels.csv beside STUDY.toml, or to --out; a file that is there is not
    overwritten. Named under [topics] labels, it keeps a study's numbers and labels.
    """
    from textlab.pipeline.topic_labels import draft_topic_labels, summary

    _say([], summary(draft_topic_labels(_settled(study, None, results), out)))


@topics.command()
@STUDY
@CORPUS
@RESULTS
@QUIET
def sheets(study: Path | None, corpus: Path | None, results: Path | None, quiet: bool) -> None:
    """Write sheets of word and topic intrusion for people to answer, and their key.

    They go to sheets/ in the results, and hold text of the corpus; sheets that are there are
    not overwritten. Give each coder a copy, never key.csv.
    """
    from textlab.pipeline.say import progress
    from textlab.pipeline.topic_sheets import write_sheets, written_summary

    with progress("places", quiet=quiet) as report:
        made = write_sheets(_settled(study, corpus, results), report=report)
    _say(made.warnings, [] if quiet else written_summary(made))


@topics.command()
@click.argument("results", type=FOLDER)
@click.argument("files", type=FOLDER, nargs=-1, required=True, metavar="SHEET.csv...")
def score(results: Path, files: tuple[Path, ...]) -> None:
    """Score sheets that coders have answered, and say how far coders agree.

    RESULTS is the results folder of the study; each SHEET.csv is one coder's copy. Writes
    sheets/scores.csv into the results.
    """
    from textlab.pipeline.topic_sheets import score as scored
    from textlab.pipeline.topic_sheets import score_summary

    _say([], score_summary(scored(results, files)))


@topics.command()
@click.argument("model", type=FOLDER)
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option(
    "--out", type=FOLDER, metavar="FILE.csv", help="Write to it, not to topic_by_document.csv."
)
def apply(model: Path, folder: Path, out: Path | None) -> None:
    """The topics of new documents, by a model that a run has fitted.

    MODEL is the results folder of a study, or model/ in it; DIR holds the documents.
    """
    from textlab.pipeline.topic_apply import apply_model, summary

    made = apply_model(model, folder, out)
    _say(made.warnings, summary(made))


def _say(warnings: Iterable[str], lines: Iterable[str]) -> None:
    for warning in warnings:
        click.echo(f"textlab: warning: {warning}", err=True)
    for line in lines:
        click.echo(line)


def _numbers(grid: str | None) -> list[int]:
    try:
        return [int(k) for k in grid.split(",")] if grid else []
    except ValueError:
        raise click.UsageError(
            f"--grid wants whole numbers with commas between, such as 5,10,15; found {grid}"
        ) from None


def _settled(study: Path | None, corpus: Path | None, results: Path | None) -> Study:
    from textlab.config import override, read_study

    return override(read_study(study or Path("study.toml")), corpus=corpus, results=results)
