"""The committed results of the Sichuan study are what it gives; skipped without its texts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import textlab as tl
from tests.small import quick_figures  # noqa: F401

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT.parent / "shared" / "corpora" / "sichuan-2024"
COMMITTED = ROOT / "results" / "sichuan-2024"

pytestmark = pytest.mark.skipif(
    not TEXTS.is_dir(), reason="the texts of the Sichuan study are not on this machine"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    study = ROOT / "studies" / "sichuan-2024.toml"
    return tl.run(study, corpus=TEXTS, results=tmp_path_factory.mktemp("sichuan")).folder


def test_the_committed_tables_are_those_of_the_study(made: Path) -> None:
    # Topics are promised to the byte for one architecture only.
    names, ours = ({p.name for p in of.glob("tables/*")} for of in (COMMITTED, made))
    # It holds lines of the texts, which are not ours to publish.
    assert names | {"concordance.csv"} == ours
    names.discard("concordance.csv")
    for name in sorted(name for name in names if not name.startswith("topic")):
        assert (COMMITTED / "tables" / name).read_bytes() == (made / "tables" / name).read_bytes()


def test_the_committed_figures_are_all_there(made: Path) -> None:
    ours = {path.name for path in made.glob("figures/*")}
    assert ours == {path.name for path in COMMITTED.glob("figures/*")} and len(ours) == 26


def test_trace_of_the_committed_results_shows_seven_places() -> None:
    """As in a fresh clone: no store beside them, the texts named on the command line."""
    command = [sys.executable, "-m", "textlab.cli", "trace", str(COMMITTED), "新质生产力"]
    run = subprocess.run(
        [*command, "--doc", "003", "--corpus", str(TEXTS)],
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONUTF8": "1"},
    )
    lines = run.stdout.decode("utf-8").splitlines()
    assert lines[0] == "新质生产力: 7 occurrences in 1 documents"
    assert len(lines) == 8
    for line in lines[1:]:
        shown = line.split("【")[1].split("】")[0]
        assert shown.replace("⏎", "") == "新质生产力"
