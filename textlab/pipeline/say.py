"""What a run says of itself: progress while it goes on, a summary at its end."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from textlab.pipeline.run import Report, Results
from textlab.pipeline.study_stages import order


@contextmanager
def progress(until: str | None, *, quiet: bool) -> Iterator[Report]:
    """A function to report stages to: a bar on a terminal, a line a stage elsewhere.

    The lines go to standard output, so that standard error holds warnings and errors only. A
    Ctrl-C that a library swallows, as some do while they are imported, ends the run at the next
    stage.
    """
    with _interruptions() as pressed, _told(until, quiet=quiet) as tell:

        def report(stage: str, state: str, seconds: float) -> None:
            if pressed:
                raise KeyboardInterrupt
            tell(stage, state, seconds)

        yield report


@contextmanager
def _interruptions() -> Iterator[list[int]]:
    """The Ctrl-C that came since; each raises KeyboardInterrupt where the program is, as ever."""
    pressed: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        pressed.append(number)
        raise KeyboardInterrupt

    before = signal.getsignal(signal.SIGINT)
    # Whoever ignores it, or does something else, is left alone.
    if before is not signal.default_int_handler:
        yield pressed
        return
    signal.signal(signal.SIGINT, note)
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _told(until: str | None, *, quiet: bool) -> Iterator[Report]:
    if quiet:
        yield lambda stage, state, seconds: None
    elif sys.stderr.isatty():
        from tqdm import tqdm

        with tqdm(total=len(order(until)), unit="stage", leave=False) as bar:

            def advance(stage: str, state: str, seconds: float) -> None:
                bar.set_description(stage)
                # A command may go on after the stages.
                bar.total = max(bar.total, bar.n + (state != "runs"))
                bar.update(state != "runs")

            yield advance
    else:
        yield _line


def _line(stage: str, state: str, seconds: float) -> None:
    if state != "runs":
        how = "done before" if state == "kept" else f"{seconds:.1f} s"
        sys.stdout.write(f"{stage:<15} {how}\n")
        sys.stdout.flush()


def summary(made: Results) -> list[str]:
    """What was read, set aside, counted and written."""
    lines: list[str] = []
    notes = made.notes
    if "clean" in notes:
        read, aside = notes["read"], notes["clean"]["furniture_characters"]
        lines += [
            f"read {read['documents']} documents, {read['characters']:,} characters, "
            f"from {made.study.corpus_folder}",
            f"set aside {read['set_aside']} files and {aside:,} characters of page furniture "
            "(tables/ledger.csv)",
        ]
        stitched, unsure = (notes["clean"][key] for key in ("stitched", "open_seams"))
        if stitched or unsure:
            lines.append(
                f"joined {stitched} sentences over other text, left {unsure} open "
                "(tables/seams.csv)"
            )
    if notes.get("places", {}).get("copies"):
        lines.append(
            f"found {notes['places']['copies']} paragraphs that are copies; places are compared "
            "without them (tables/duplicates.csv)"
        )
    if "terms" in notes:
        found = notes["terms"]
        lines.append(
            f"counted {found['occurrences']:,} occurrences of {found['terms']} terms; plain jieba "
            f"would have counted {found['plain_jieba']:,} (tables/segmentation_audit.csv)"
        )
        lines.append(
            f"decided {found['crossings']:,} matches across the words of jieba: "
            f"{found['accidents']:,} are accidents and not counted (tables/crossings.csv)"
        )
    if "small_places" in notes.get("keywords", {}):
        small = ", ".join(notes["keywords"]["small_places"])
        lines.append(f"places with little text, so that rates say little (tokens): {small}")
    if "k" in notes.get("topics", {}):
        asked = f"{notes['topics']['k']} (as asked)"
        lines.append(f"topics: {notes.get('topic_selection', {}).get('reason', asked)}")
    tables = sum(name.startswith("tables/") and name.endswith(".csv") for name in made.files)
    figures = sum(name.startswith("figures/") for name in made.files) // 2
    what = f"{tables} tables and {figures} figures"
    done = f"wrote {what} to" if made.ran else f"nothing has changed: {what} in"
    return [*lines, f"{done} {made.folder} (tables/README.md says what each column is)"]
