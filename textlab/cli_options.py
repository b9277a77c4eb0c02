"""What several commands take and say alike: arguments, options, warnings and lines."""

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
WORKERS = click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help="Work in N processes; the results are the same to the byte.",
)
QUIET = click.option("--quiet", is_flag=True, help="Print warnings and errors only.")


def settled(
    study: Path | None,
    corpus: Path | None = None,
    results: Path | None = None,
    lexicon: Path | None = None,
) -> Study:
    """The study in the file ``study``, by default study.toml here, with what is given overruled."""
    from textlab.config import override, read_study

    return override(
        read_study(study or Path("study.toml")), corpus=corpus, results=results, lexicon=lexicon
    )


def say(warnings: Iterable[str], lines: Iterable[str]) -> None:
    """Print ``warnings`` to stderr, then ``lines``."""
    for warning in warnings:
        click.echo(f"textlab: warning: {warning}", err=True)
    for line in lines:
        click.echo(line)
