"""The command ``textlab`` in this process, and a study of topics to run it on."""

from __future__ import annotations

import shutil
from contextlib import chdir
from pathlib import Path
from typing import NamedTuple

import pytest

import textlab as tl
from tests.small import write_study
from tests.topic_texts import write_subjects
from textlab.cli import main

BODY = "[topics]\nk = 3\nreplicates = 2\n"


class Said(NamedTuple):
    """What a command has left: its exit code, and its lines."""

    code: int
    out: list[str]
    err: list[str]


class Textlab:
    """The command, run in this process in a folder."""

    def __init__(self, patch: pytest.MonkeyPatch, captured: pytest.CaptureFixture[str]) -> None:
        self.patch, self.captured = patch, captured

    def __call__(self, *arguments: str | Path, at: Path) -> Said:
        self.patch.setattr("sys.argv", ["textlab", *map(str, arguments)])
        self.captured.readouterr()
        code = 0
        with chdir(at):
            try:
                main()
            except SystemExit as left:
                code = int(left.code or 0)
        said = self.captured.readouterr()
        return Said(code, said.out.splitlines(), said.err.splitlines())

    def refused(self, *arguments: str | Path, at: Path) -> str:
        """The one line that it says, with exit code 2."""
        said = self(*arguments, at=at)
        assert said.code == 2 and said.out == [], said
        assert len(said.err) == 1 and said.err[0].startswith("textlab: error: "), said
        return said.err[0]


# A test module imports these three, and its tests ask for the first two.
@pytest.fixture(name="textlab")
def textlab_fixture(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Textlab:
    return Textlab(monkeypatch, capsys)


@pytest.fixture(scope="module", name="done")
def done_fixture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a study of three topics that was run."""
    folder = tmp_path_factory.mktemp("commands")
    write_subjects(folder / "texts")
    tl.run(write_study(folder, BODY), until="topics")
    return folder


@pytest.fixture(name="here")
def here_fixture(done: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(done, tmp_path / "study", symlinks=True))


def results(here: Path) -> Path:
    return here / "results" / "study"
