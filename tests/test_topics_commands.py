"""``textlab topics ...``: exit codes, what is said, what is written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from tests.small import quick_figures as quick_figures
from tests.small import tree
from tests.topic_commands import Textlab, results
from tests.topic_commands import done_fixture as done_fixture
from tests.topic_commands import here_fixture as here_fixture
from tests.topic_commands import textlab_fixture as textlab_fixture
from tests.topic_texts import text_of
from textlab.pipeline.sheet_files import read_key

COMMANDS = ("select", "labels", "sheets", "score", "apply")


def test_help_names_every_command_and_option(textlab: Textlab, tmp_path: Path) -> None:
    listed = textlab("topics", "--help", at=tmp_path)
    assert listed.code == 0 and listed.err == []
    assert all(any(line.startswith(f"  {name} ") for line in listed.out) for name in COMMANDS)
    wanted = {
        "select": ["[STUDY.toml]", "--grid K,K,...", "--replicates N", "--workers N", "--quiet"],
        "labels": ["[STUDY.toml]", "--results DIR", "--out FILE.csv"],
        "sheets": ["[STUDY.toml]", "--corpus DIR", "--results DIR", "--quiet"],
        "score": ["RESULTS SHEET.csv..."],
        "apply": ["MODEL DIR", "--out FILE.csv"],
    }
    for name in COMMANDS:
        said = textlab("topics", name, "--help", at=tmp_path)
        assert said.code == 0 and said.err == []
        assert all(option in "\n".join(said.out) for option in wanted[name]), name
    assert "--topic N" in "\n".join(textlab("trace", "--help", at=tmp_path).out)


@pytest.mark.parametrize("name", ["select", "labels", "sheets"])
def test_no_study(textlab: Textlab, tmp_path: Path, name: str) -> None:
    assert "study.toml: no such study file" in textlab.refused("topics", name, at=tmp_path)
    assert "other.toml: no such" in textlab.refused("topics", name, "other.toml", at=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_slips_of_the_fingers(textlab: Textlab, tmp_path: Path) -> None:
    assert "No such command 'lables'" in textlab.refused("topics", "lables", at=tmp_path)
    assert "--grids" in textlab.refused("topics", "select", "--grids", "2", at=tmp_path)
    assert "'SHEET.csv...'" in textlab.refused("topics", "score", "x", at=tmp_path)
    assert "'DIR'" in textlab.refused("topics", "apply", "x", at=tmp_path)


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        (["--grid", "2;3"], "--grid wants whole numbers with commas between, such as 5,10,15"),
        (["--grid", "few"], "found few"),
        (["--grid", "2,,3"], "found 2,,3"),
        (["--grid", "2.5"], "found 2.5"),
        (["--grid", "1,2"], "[topics] grid wants numbers of topics of 2 or more"),
        (["--grid", "-3"], "[topics] k = -3 topics; choose k of 1 or more"),
        (["--grid", "500"], "[topics] k = 500 topics, but the data hold 72 units"),
        (["--replicates", "1"], "--replicates"),
        (["--workers", "0"], "--workers"),
    ],
)
def test_a_selection_that_cannot_be_made(
    textlab: Textlab, here: Path, options: list[str], wanted: str
) -> None:
    before = tree(results(here))
    said = textlab("topics", "select", *options, "--quiet", at=here)
    assert said.code == 2 and said.out == []
    assert len(said.err) == 1 and wanted in said.err[0]
    assert tree(results(here)) == before and not (results(here) / "selection").exists()


def test_select(textlab: Textlab, here: Path) -> None:
    before = tree(results(here))
    said = textlab("topics", "select", "--grid", "2,3", "--replicates", "2", at=here)
    assert said.code == 0
    assert said.out[-1].startswith("wrote topic_selection.csv, .png and .pdf to ")
    assert said.out[-2].startswith("k = 3: ") and "k = 3 in study.toml" in said.out[-1]
    assert [line[:6] for line in said.out if line.startswith("k = ")] == [
        "k = 2 ",
        "k = 3 ",
        "k = 3:",
    ]
    table = (results(here) / "selection" / "topic_selection.csv").read_bytes()
    quiet = textlab("topics", "select", "--grid", "3,2", "--quiet", "--replicates", "2", at=here)
    assert (quiet.code, quiet.out) == (0, [])
    # What the texts lack is a warning, also where nothing else is said.
    assert quiet.err == said.err
    assert all(line.startswith("textlab: warning: ") for line in quiet.err)
    assert (results(here) / "selection" / "topic_selection.csv").read_bytes() == table
    # What a run has published stays as it is.
    assert tree(results(here)) == before


def test_labels(textlab: Textlab, here: Path) -> None:
    said = textlab("topics", "labels", at=here)
    assert (said.code, said.err) == (0, [])
    assert said.out[0].endswith("topic_labels.csv: 3 topics")
    drafted = (here / "topic_labels.csv").read_bytes()
    refused = textlab.refused("topics", "labels", "study.toml", at=here)
    assert "is there already" in refused and "--out FILE.csv" in refused
    assert textlab("topics", "labels", "--out", "mine.csv", at=here).code == 0
    assert (here / "mine.csv").read_bytes() == drafted == (here / "topic_labels.csv").read_bytes()
    # As it says itself, a study can name it.
    study = here / "study.toml"
    study.write_text(study.read_text().replace("k = 3", 'k = 3\nlabels = "topic_labels.csv"'))
    assert textlab("run", "--until", "topics", "--quiet", at=here).code == 0
    (here / "empty").mkdir()
    assert "run the study first" in textlab.refused(
        "topics", "labels", "--results", "empty", "--out", "x.csv", at=here
    )


def test_sheets_and_their_scores(textlab: Textlab, here: Path) -> None:
    folder = results(here) / "sheets"
    said = textlab("topics", "sheets", at=here)
    assert said.code == 0
    assert any("word_intrusion.csv: 3 items (words), written" in line for line in said.out)
    assert f"then: textlab topics score {results(here)} COPY.csv ..." in said.out[-1]
    sheets = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert "key.csv" in sheets
    again = textlab("topics", "sheets", "--quiet", at=here)
    assert (again.code, again.out) == (0, [])
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == sheets

    key = read_key(folder / "key.csv")
    right = key[(key["intruder"] == 1) & key["sheet"].str.startswith("word")]
    copy = pd.read_csv(folder / "word_intrusion.csv", dtype=str, keep_default_na=False)
    answer = copy["item"].astype(int).map(right.set_index("item")["choice"])
    copy.assign(answer=answer.astype(str), coder="甲").to_csv(here / "copy.csv", index=False)
    scored = textlab("topics", "score", "results/study", "copy.csv", at=here)
    assert scored.code == 0 and scored.err == []
    assert scored.out[0].startswith("word intrusion: 1 coders, 3 items: 3 of 3 answers found")
    assert (folder / "scores.csv").is_file() and (folder / "answers.csv").is_file()

    copy.assign(answer="99", coder="甲").to_csv(here / "wrong.csv", index=False)
    wrong = textlab.refused("topics", "score", "results/study", "wrong.csv", at=here)
    assert "wrong.csv, line 2" in wrong and "99" in wrong
    assert "gone.csv: no such sheet" in textlab.refused(
        "topics", "score", "results/study", "gone.csv", at=here
    )
    assert "no such key" in textlab.refused("topics", "score", "texts", "copy.csv", at=here)


def test_sheets_of_a_study_that_has_changed_or_has_no_topics(textlab: Textlab, here: Path) -> None:
    study = here / "study.toml"
    before = study.read_text()
    study.write_text(before + "[tokens]\nmin_length = 1\n")
    assert "run the study again" in textlab.refused("topics", "sheets", "--quiet", at=here)
    study.write_text(before.replace("k = 3", "k = 1"))
    assert textlab("run", "--until", "topics", "--quiet", at=here).code == 0
    one = textlab("topics", "sheets", "--quiet", at=here)
    assert one.code == 2 and len(one.err) == 1 and "topic" in one.err[0]
    shutil.rmtree(results(here) / "model")
    assert "no topic model" in textlab.refused("topics", "sheets", "--quiet", at=here)
    assert not (results(here) / "sheets").exists()


def test_apply(textlab: Textlab, here: Path) -> None:
    said = textlab("topics", "apply", "results/study", "texts", at=here)
    assert (said.code, said.err) == (0, [])
    assert said.out[0] == "read 6 documents; 6 have topics"
    assert said.out[-1] == "wrote topic_by_document.csv"
    made = (here / "topic_by_document.csv").read_bytes()
    assert made == (results(here) / "tables" / "topic_by_document.csv").read_bytes()
    refused = textlab.refused("topics", "apply", "results/study/model", "texts", at=here)
    assert "topic_by_document.csv is there already" in refused and "--out FILE.csv" in refused
    (here / "new").mkdir()
    (here / "new" / "a.txt").write_text(text_of(9), encoding="utf-8")
    (here / "new" / "b.txt").write_text("火箭，卫星，飞船。\n", encoding="utf-8")
    new = textlab("topics", "apply", "results/study/model", "new", "--out", "new.csv", at=here)
    assert new.code == 0 and new.out[0] == "read 2 documents; 1 have topics"
    assert new.err == [
        "textlab: warning: no topics, as none of their words is in the vocabulary: b"
    ]
    assert set(pd.read_csv(here / "new.csv")["doc_id"]) == {"a"}


def test_apply_refuses_what_is_not_there(textlab: Textlab, here: Path) -> None:
    command = ("topics", "apply")
    assert "no such folder" in textlab.refused(*command, "gone", "texts", at=here)
    assert "no topic model in this folder" in textlab.refused(*command, "texts", "texts", at=here)
    assert "gone" in textlab.refused(*command, "results/study", "gone", at=here)
    assert not (here / "topic_by_document.csv").exists()
