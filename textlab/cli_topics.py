"""The commands ``textlab topics ...``: arguments, nothing else."""

from __future__ import annotations

from pathlib import Path

import click

from textlab.cli_options import CORPUS, FOLDER, QUIET, RESULTS, STUDY, WORKERS, say, settled


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
@WORKERS
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

    asked, numbers = settled(study, corpus, results), _numbers(grid)
    with progress("tokens", quiet=quiet) as report:
        made = select_in_study(
            asked, grid=numbers, replicates=replicates, workers=workers, report=report
        )
    say(made.warnings, [] if quiet else summary(made))


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

    say([], summary(draft_topic_labels(settled(study, results=results), out)))


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
        made = write_sheets(settled(study, corpus, results), report=report)
    say(made.warnings, [] if quiet else written_summary(made))


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

    say([], score_summary(scored(results, files)))


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
    say(made.warnings, summary(made))


def _numbers(grid: str | None) -> list[int]:
    try:
        return [int(k) for k in grid.split(",")] if grid else []
    except ValueError:
        raise click.UsageError(
            f"--grid wants whole numbers with commas between, such as 5,10,15; found {grid}"
        ) from None
