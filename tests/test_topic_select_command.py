"""``textlab topics select``: a study's words counted as in a run, each K tried, one chosen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.small import quick_figures as quick_figures
from tests.small import tree, write_corpus, write_study
from textlab.config import Study, read_study
from textlab.errors import StudyError
from textlab.output.tables import read_csv
from textlab.pipeline.selection import select_in_study, summary

TOPICS = '[topics]\nk = 2\ngrid = [2, 3]\nreplicates = 3\nunit = "paragraph"\nmin_units = 1\n'


@pytest.fixture
def study(tmp_path: Path) -> Study:
    write_corpus(tmp_path / "texts")
    return read_study(write_study(tmp_path, TOPICS))


def test_the_grid_of_the_study_is_tried(study: Study) -> None:
    reported: list[tuple[str, str]] = []
    made = select_in_study(study, report=lambda stage, state, _: reported.append((stage, state)))
    assert reported[0] == ("read", "runs") and reported[-1] == ("topic_selection", "ran")
    assert made.table["k"].unique().tolist() == [2, 3]
    assert made.k in {2, 3} and made.reason.startswith(f"k = {made.k}: ")
    assert {file.name for file in made.folder.iterdir()} == {
        *("topic_selection.csv", "topic_selection.png", "topic_selection.pdf"),
    }
    written = read_csv(made.folder / "topic_selection.csv", "topic_selection")
    np.testing.assert_allclose(written["value"], made.table["value"], atol=1e-6)
    lines = summary(made)
    assert [line[:6] for line in lines[:2]] == ["k = 2 ", "k = 3 "]
    assert made.reason in lines and f"[topics] k = {made.k} in study.toml" in lines[-1]
    assert not tree(study.results_folder)


def test_a_grid_that_is_asked_for(study: Study) -> None:
    made = select_in_study(study, grid=[4, 2], replicates=2)
    assert made.table["k"].unique().tolist() == [2, 4]
    assert set(made.table.loc[made.table["measure"] == "held_out", "replicates"]) == {2}
    before = (made.folder / "topic_selection.csv").read_bytes()
    select_in_study(study, grid=[2, 4], replicates=2)
    assert (made.folder / "topic_selection.csv").read_bytes() == before


def test_a_grid_that_cannot_be_tried(study: Study) -> None:
    with pytest.raises(StudyError, match=r"^\[topics\] k = 500 topics, but the data hold"):
        select_in_study(study, grid=[500])
    with pytest.raises(StudyError, match=r"^\[topics\] grid wants numbers of topics of 2 or more"):
        select_in_study(study, grid=[1, 2])
    with pytest.raises(StudyError, match=r"^\[topics\] replicates wants a whole number of 2"):
        select_in_study(study, replicates=1)
    assert not (study.results_folder / "selection").exists()
