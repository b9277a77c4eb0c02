"""The command ``textlab``: arguments and exit codes, nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from textlab import __version__
from textlab.cli_options import CORPUS, FOLDER, QUIET, RESULTS, STUDY, WORKERS, say, settled
from textlab.cli_topics import topics
from textlab.errors import TextlabError


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    invoke_without_command=True,
)
@click.version_option(__version__, prog_name="textlab")
@click.pass_context
def cli(context: click.Context) -> None:
    """Count, compare and model Chinese policy texts; trace every number to its line."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


cli.add_command(topics)


def _study_options(command: click.decorators.FC) -> click.decorators.FC:
    lexicon = click.option(
        "--lexicon", type=FOLDER, metavar="FILE.csv", help="Add the terms in FILE.csv."
    )
    until = click.option("--until", metavar="STAGE", help="Run STAGE and what it needs, no more.")
    for option in (until, lexicon, RESULTS, CORPUS, STUDY):
        command = option(command)
    return command


@cli.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option(
    "--study", type=FOLDER, metavar="FILE.toml", help="Write the study to it, not to study.toml."
)
def init(folder: Path, study: Path | None) -> None:
    """Draft DIR/documents.csv and a study file for the texts in DIR, to be corrected.

    Titles, places, dates, genres and sources are guessed; the column `guessed` of documents.csv
    says which cells. A file that is there already is not overwritten.
    """
    from textlab.pipeline.init import init_study, summary

    drafted = init_study(folder, study)
    say(drafted.left_out, summary(drafted))


@cli.command()
@_study_options
@WORKERS
@QUIET
def run(
    study: Path | None,
    corpus: Path | None,
    results: Path | None,
    lexicon: Path | None,
    until: str | None,
    workers: int,
    quiet: bool,
) -> None:
    """Run a study: read, clean, count, compare, model, draw.

    STUDY.toml is the study file; by default study.toml here. Stages that nothing has changed
    for are not run again.
    """
    from textlab.pipeline.run import run_study
    from textlab.pipeline.say import progress, summary

    asked = settled(study, corpus, results, lexicon)
    with progress(until, quiet=quiet) as report:
        made = run_study(asked, workers=workers, until=until, report=report)
    say(made.warnings, [] if quiet else summary(made))


@cli.command()
@_study_options
def plan(
    study: Path | None,
    corpus: Path | None,
    results: Path | None,
    lexicon: Path | None,
    until: str | None,
) -> None:
    """Say what a run would do, and the first reason why."""
    from textlab.pipeline.plan import plan_study

    for step in plan_study(settled(study, corpus, results, lexicon), until=until):
        click.echo(f"{step.stage:<15} {'runs' if step.runs else 'done'}{_because(step.reason)}")


@cli.command()
@STUDY
@CORPUS
@RESULTS
@click.option("--out", type=FOLDER, metavar="FILE.csv", help="Draft the lexicon in FILE.csv.")
@click.option(
    "--min-count",
    type=click.IntRange(min=1),
    default=5,
    show_default=True,
    metavar="N",
    help="List what stands N times or more.",
)
@click.option(
    "--top",
    type=click.IntRange(min=1),
    default=200,
    show_default=True,
    metavar="N",
    help="List the N best.",
)
def phrases(
    study: Path | None,
    corpus: Path | None,
    results: Path | None,
    out: Path | None,
    min_count: int,
    top: int,
) -> None:
    """Find phrases that no dictionary has, and draft a lexicon of them, to be corrected.

    All that was found goes to phrases/phrases.csv in the results folder; what is new goes to
    terms.csv beside STUDY.toml, or to --out. A file that is there already is not overwritten.
    """
    from textlab.pipeline.phrases import discover_in_study, summary
    from textlab.pipeline.say import progress

    asked = settled(study, corpus, results, None)
    with progress("places", quiet=False) as report:
        found = discover_in_study(asked, out, min_count=min_count, top=top, report=report)
    say(found.warnings, summary(found))


@cli.command()
@STUDY
@CORPUS
@RESULTS
@WORKERS
@QUIET
def multiverse(
    study: Path | None, corpus: Path | None, results: Path | None, workers: int, quiet: bool
) -> None:
    """Count a study in every reasonable way, and say which of its findings hold.

    The keyword and keyness tables are made under every combination of: hmm on or off; the
    built-in lexicon, the study's own, and that with discovered phrases; accidents, stopwords and
    duplicates left out or counted. Writes multiverse/ into the results.
    """
    from textlab.pipeline.multiverse import multiverse_of_study, summary
    from textlab.pipeline.say import progress

    asked = settled(study, corpus, results, None)
    with progress("places", quiet=quiet) as report:
        made = multiverse_of_study(asked, workers=workers, report=report)
    say(made.warnings, [] if quiet else summary(made))


@cli.command()
@click.argument("results", type=FOLDER)
@click.argument("term", required=False)
@click.option("--topic", type=click.IntRange(min=1), metavar="N", help="Show topic N, not a TERM.")
@click.option("--place", metavar="P", help="Only where P speaks.")
@click.option("--doc", metavar="D", help="Only in document D (or its first characters).")
@CORPUS
def trace(
    results: Path,
    term: str | None,
    topic: int | None,
    place: str | None,
    doc: str | None,
    corpus: Path | None,
) -> None:
    """Show where TERM was counted: file, line, column, context.

    With --topic N instead, the paragraphs that carry topic N most. RESULTS is the results folder
    of a run, such as results/demo.
    """
    from textlab.pipeline.trace import trace_term, trace_topic

    if topic is not None and term is None:
        lines = trace_topic(results, topic, place=place, doc=doc, corpus=corpus)
    elif term is not None and topic is None:
        lines = trace_term(results, term, place=place, doc=doc, corpus=corpus)
    else:
        raise click.UsageError("trace wants a TERM, or --topic N, and one of them only")
    for line in lines:
        click.echo(line)


def _because(reason: str) -> str:
    return "" if reason == "done" else f"  {reason}"


def main() -> None:
    """The entry point: exit code 0, 2 for a mistake that a message explains, 130 for Ctrl-C."""
    try:
        cli.main(standalone_mode=False)
    except TextlabError as error:
        _leave(f"textlab: error: {error}", 2)
    except click.ClickException as error:
        _leave(f"textlab: error: {error.format_message()} (textlab --help says more)", 2)
    except (KeyboardInterrupt, click.Abort):
        _leave("textlab: interrupted; earlier results are as they were", 130)
    except BrokenPipeError:
        # The reader of our output (head, less) has seen enough.
        sys.stderr.close()
        sys.exit(0)


def _leave(message: str, code: int) -> None:
    click.echo(message, err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
