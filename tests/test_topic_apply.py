"""A stored model, read back and applied to new documents."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from tests.helpers import make_paragraphs
from tests.small import write_corpus, write_study
from tests.topic_files import fitted
from textlab.config import Study, make_study, read_study
from textlab.errors import CorpusError, ResultsError
from textlab.language.lexicon import read_lexicon
from textlab.output.tables import read_csv
from textlab.pipeline.topic_apply import (
    apply_model,
    counts_of,
    read_model,
    settings_of,
    study_of,
    summary,
    write_model,
)
from textlab.topics.model import TopicModel

DEMO = Path(__file__).parent.parent / "corpus" / "demo"
# Whatever cutting and counting depend on is not as it would be by default.
BODY = """
[lexicon]
builtin = false
files = ["own.csv"]
[segmentation]
hmm = false
accidents = "counted"
tags = ["n"]
[tokens]
min_length = 3
[topics]
unit = "pooled"
pool = 40
"""


@pytest.fixture(scope="module", name="study")
def small_study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    folder = tmp_path_factory.mktemp("small")
    write_corpus(folder / "texts")
    terms = "term,category\n高标准农田,land\n新质生产力,x\n智改数转,x\n粮食安全,x\n乡村振兴,x\n"
    (folder / "own.csv").write_text(terms, encoding="utf-8")
    return read_study(write_study(folder, BODY))


@pytest.fixture(scope="module", name="stored")
def stored_model(study: Study) -> tuple[TopicModel, pd.DataFrame]:
    return fitted(study, 2)


Stored = tuple[TopicModel, pd.DataFrame]


def test_the_studys_own_corpus_gets_the_studys_own_shares(
    study: Study, stored: Stored, tmp_path: Path
) -> None:
    made = apply_model(study.results_folder, study.corpus_folder, tmp_path / "out.csv")
    pd.testing.assert_frame_equal(made.table, stored[1], check_exact=True)
    written = read_csv(made.file, "topic_by_document")
    pd.testing.assert_frame_equal(written, made.table, atol=1e-6)
    assert made.documents == 4 and made.without == []


def test_the_demo_corpus_gets_its_own_shares_by_a_model_that_was_moved(tmp_path: Path) -> None:
    file = tmp_path / "study.toml"
    file.write_text(f"[corpus]\npath = '{DEMO}'\n", encoding="utf-8")
    demo = read_study(file)
    stored = fitted(demo, 7)
    moved = shutil.move(demo.results_folder / "model", tmp_path / "elsewhere")
    made = apply_model(moved, DEMO, tmp_path / "out.csv")
    pd.testing.assert_frame_equal(made.table, stored[1], check_exact=True)
    assert len(made.table) == 24 * 7
    assert made.known.between(0.5, 1).all() and made.warnings == []


def test_a_document_alone_gets_the_same_shares(
    study: Study, stored: Stored, tmp_path: Path
) -> None:
    one = write_corpus(tmp_path / "one", ("yi_2",))
    made = apply_model(study.results_folder / "model", one, tmp_path / "out.csv")
    whole = stored[1]
    own = whole[whole["doc_id"] == "yi_2"].reset_index(drop=True)
    pd.testing.assert_frame_equal(made.table, own, check_exact=True)


def test_what_is_stored_is_plain_and_comes_back(study: Study, stored: Stored) -> None:
    folder = study.results_folder / "model"
    assert {file.suffix for file in folder.iterdir()} == {".npy", ".json", ".csv"}
    model, lexicon, settings = read_model(study.results_folder)
    pd.testing.assert_frame_equal(model.topics, stored[0].topics, check_exact=True)
    assert settings == settings_of(study)
    assert settings["segmentation"] == {
        "engine": "fast", "hmm": False, "accidents": "counted", "tags": ["n"]
    }  # fmt: skip
    assert lexicon["term"].tolist() == sorted(lexicon["term"])
    again = write_model(folder.parent / "again", model, lexicon, settings)
    assert {file.name: file.read_bytes() for file in again.iterdir()} == {
        file.name: file.read_bytes() for file in folder.iterdir()
    }
    shutil.rmtree(again)


@pytest.mark.usefixtures("stored")
def test_documents_that_the_model_does_not_know_are_named(study: Study, tmp_path: Path) -> None:
    new = write_corpus(tmp_path / "new", ("jia_1",))
    (new / "documents.csv").unlink()
    (new / "weather.txt").write_text("今天下雨，明天刮风，后天下雪。\n", encoding="utf-8")
    half = "高标准农田边上，博物馆、图书馆、体育场、游泳池、电影院、火车站都建好了。\n"
    (new / "half.txt").write_text(half, encoding="utf-8")
    (new / "scan.pdf").write_bytes(b"%PDF-1.4 nothing")
    made = apply_model(study.results_folder, new, tmp_path / "out.csv")
    assert made.documents == 3
    assert made.without == ["weather"]
    assert set(made.table["doc_id"]) == {"half", "jia_1"}
    assert made.known["half"] < 0.5
    aside, none, little = made.warnings
    assert aside.startswith("set aside: scan.pdf (")
    assert none.endswith("in the vocabulary: weather")
    assert "less than 50% of the content words" in little and "half (" in little
    lines = summary(made)
    assert lines[0] == "read 3 documents; 2 have topics"
    assert "of those of half" in lines[1]


def test_no_document_is_known(study: Study, stored: Stored, tmp_path: Path) -> None:
    new = tmp_path / "new"
    new.mkdir()
    (new / "weather.txt").write_text("今天下雨，明天刮风。\n", encoding="utf-8")
    made = apply_model(study.results_folder, new, tmp_path / "out.csv")
    assert made.table.columns.tolist() == stored[1].columns.tolist()
    assert len(made.table) == 0 and made.without == ["weather"]
    assert summary(made)[0] == "read 1 documents; 0 have topics"


@pytest.mark.usefixtures("stored")
def test_a_file_that_is_there_is_not_overwritten(study: Study, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("mine", encoding="utf-8")
    with pytest.raises(ResultsError, match=r"out\.csv is there already; name another file"):
        apply_model(study.results_folder, study.corpus_folder, out)
    assert out.read_text(encoding="utf-8") == "mine"


@pytest.mark.usefixtures("stored")
def test_bad_folders_are_named(study: Study, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(ResultsError, match="no such folder; name results/STUDY"):
        apply_model(tmp_path / "absent", study.corpus_folder, out)
    with pytest.raises(ResultsError, match="no topic model in this folder"):
        apply_model(empty, study.corpus_folder, out)
    with pytest.raises(CorpusError, match="no documents in this folder"):
        apply_model(study.results_folder, empty, out)
    with pytest.raises(CorpusError, match="no such corpus folder"):
        apply_model(study.results_folder, tmp_path / "absent", out)
    assert not out.exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", r"settings\.json' cannot be read"),
        ("[]", "wants an object of sections"),
        ('{"segmentation": {"engin": "fast"}}', r"unknown key .*did you mean 'engine'"),
        (None, r"cannot read '.*settings\.json'"),
    ],
)
@pytest.mark.usefixtures("stored")
def test_settings_that_cannot_be_read(
    study: Study, tmp_path: Path, text: str | None, message: str
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(study.results_folder / "model", folder)
    (folder / "settings.json").unlink()
    if text is not None:
        (folder / "settings.json").write_text(text, encoding="utf-8")
    with pytest.raises(ResultsError, match=message):
        read_model(folder)


@pytest.mark.usefixtures("stored")
def test_settings_of_less_are_the_defaults(study: Study, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(study.results_folder / "model", folder)
    (folder / "settings.json").write_text(json.dumps({}), encoding="utf-8")
    made = apply_model(folder, study.corpus_folder, tmp_path / "out.csv")
    # Two-character words and all parts of speech count then, but the vocabulary has none.
    assert set(made.table["doc_id"]) == {"jia_1", "jia_2", "yi_1", "yi_2"}


@pytest.mark.parametrize(
    ("section", "changed", "term", "n"),
    [
        ("segmentation", {"hmm": False}, "杭研", (1, 0)),
        ("segmentation", {"accidents": "counted"}, "绿色化", (0, 1)),
        ("lexicon", {"crossings": {"绿色化": "counted"}}, "绿色化", (0, 1)),
        ("segmentation", {"tags": ["v"]}, "大厦", (1, 0)),
        ("tokens", {"min_length": 3}, "大厦", (1, 0)),
    ],
)
def test_each_setting_that_is_stored_cuts_and_counts(
    section: str, changed: dict[str, object], term: str, n: tuple[int, int]
) -> None:
    paragraphs = make_paragraphs(["他来到了网易杭研大厦，发展绿色化工。"])
    lexicon = read_lexicon(["绿色化"])
    found = []
    for keys in ({}, changed):
        study = make_study({"corpus": {"path": "."}, section: keys})
        counts = counts_of(paragraphs, lexicon, study_of(settings_of(study), Path()), by="doc_id")
        found.append(int(counts.loc[counts["term"] == term, "n"].sum()))
    assert tuple(found) == n
