"""Topics of texts that have little to say: what is refused, what is a warning, what is empty."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest

import textlab as tl
from tests.small import quick_figures as quick_figures
from tests.small import write_study
from tests.topic_texts import DOCUMENTS, PARAGRAPHS, text_of, write_subjects
from textlab.errors import StudyError
from textlab.pipeline.topic_stages import TABLES

K2 = "[topics]\nk = 2\nbootstraps = 3\n"
AUTO = '[topics]\nk = "auto"\ngrid = [2]\nreplicates = 2\nbootstraps = 3\n'
ALL = {*TABLES, "topic_selection", "topic_quality", "topic_effects", "topic_wording"}

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")


class Topics(NamedTuple):
    """The tables of topics and the ledger, and the warnings that are about topics."""

    tables: dict[str, pd.DataFrame]
    warnings: list[str]


def topics_of(folder: Path, body: str = K2) -> Topics:
    study = write_study(folder, body)
    tables: dict[str, pd.DataFrame] = {}
    warnings: set[str] = set()
    for stage in ("topics", "topic_quality", "topic_effects"):
        made = tl.run(study, until=stage)
        warnings |= {warning for warning in made.warnings if "topic" in warning}
        tables |= {
            name: made.table(name)
            for name in {*ALL, "ledger"}
            if f"tables/{name}.csv" in made.files
        }
    return Topics(tables, sorted(warnings))


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (
            "k = 60",
            "k = 60 topics, but the data hold 72 units and 54 terms; choose k of 54 or less",
        ),
        (
            "k = 7\nunit = 'document'\nmax_share = 1.0",
            "hold 6 units and 54 terms; choose k of 6 or",
        ),
        ("k = 2\nmin_units = 71", "no term is in 71 units or more and in at most 0.5 of all units"),
        (
            "k = 2\nunit = 'document'",
            "at most 0.5 of all units; the data hold 6 units and 54 terms",
        ),
    ],
)
def test_what_the_texts_cannot_give_is_refused_and_nothing_is_published(
    tmp_path: Path, body: str, wanted: str
) -> None:
    write_subjects(tmp_path / "texts")
    study = write_study(tmp_path, f"[topics]\n{body}\n")
    with pytest.raises(StudyError) as raised:
        tl.run(study, until="topics")
    assert str(raised.value).startswith("[topics] ") and wanted in str(raised.value)
    assert "\n" not in str(raised.value)
    assert not (tmp_path / "results" / "study" / "tables").exists()


@pytest.mark.parametrize("text", ["的了是在。\n\n这那些。\n", "火箭，卫星，飞船，宇航员。\n"])
def test_a_document_without_vocabulary_is_a_warning_and_a_row_of_the_ledger(
    tmp_path: Path, text: str
) -> None:
    write_subjects(tmp_path / "texts", more={"doc8": text})
    made = topics_of(tmp_path)
    assert made.warnings == [
        "doc8 has no topics: none of its words is among the 54 of the topic model "
        "(tables/ledger.csv)"
    ]
    assert set(made.tables["topic_by_document"]["doc_id"]) == set(DOCUMENTS)
    ledger = made.tables["ledger"]
    row = ledger[ledger["stage"] == "topics"].to_dict("records")
    assert row == [
        {
            "stage": "topics",
            "doc_id": "doc8",
            "file": "doc8.txt",
            "what": "document",
            "reason": "none of its words is among the 54 of the topic model",
            "characters": len(text),
        }
    ]
    before = tl.run(tmp_path / "study.toml", until="clean").table("ledger")
    assert ledger[ledger["stage"] != "topics"].to_dict("list") == before.to_dict("list")


def test_without_such_documents_the_ledger_is_that_of_cleaning(tmp_path: Path) -> None:
    write_subjects(tmp_path / "texts")
    study = write_study(tmp_path, K2)
    before = tl.run(study, until="clean").table("ledger")
    assert tl.run(study, until="topics").table("ledger").to_dict("list") == before.to_dict("list")


def test_identical_documents_have_the_same_shares_and_count_once(tmp_path: Path) -> None:
    write_subjects(tmp_path / "texts", ("doc1",), more={f"doc{n}": text_of(1) for n in (2, 3, 4)})
    made = topics_of(tmp_path)
    shares = made.tables["topic_by_document"].groupby("topic")
    assert (shares.size() == 4).all() and (shares["share"].nunique() == 1).all()
    assert (shares["low"].nunique() == 1).all() and (shares["high"].nunique() == 1).all()
    places = made.tables["topic_by_place"]
    assert places["place"].tolist() == ["白鹭市", "白鹭市"]
    assert set(places["reason"]) == {
        f"1 document: interval over {PARAGRAPHS} paragraphs, for these texts only"
    }
    assert (places["documents"] == 1).all()


@pytest.mark.parametrize("unit", ["paragraph", "pooled"])
def test_one_document(tmp_path: Path, unit: str) -> None:
    write_subjects(tmp_path / "texts", ("doc1",))
    made = topics_of(tmp_path, f'{K2}unit = "{unit}"\npool = 20\nmax_share = 1.0\n')
    assert made.warnings == []
    assert made.tables["topic_by_document"]["share"].sum() == pytest.approx(1, abs=1e-5)
    places = made.tables["topic_by_place"]
    assert (places["reason"].str.startswith("1 document: interval over")).all()
    quality = made.tables["topic_quality"]
    assert quality["reason"].str.contains("1 document").all() and (quality["documents"] <= 1).all()
    effects = made.tables["topic_effects"]
    assert effects["low"].isna().all() and (effects["reason"] != "").all()
    assert made.tables["topic_wording"].empty
    assert made.tables["topic_history"].empty


def test_one_topic(tmp_path: Path) -> None:
    write_subjects(tmp_path / "texts")
    made = topics_of(tmp_path, K2.replace("k = 2", "k = 1"))
    for name in ("topic_by_document", "topic_by_place", "topic_by_period"):
        table = made.tables[name]
        assert (table[["share", "low", "high"]] == 1).all(axis=None) and len(table) > 0
    assert made.tables["topic_quality"]["nearest"].tolist() == [0]
    assert (made.tables["topic_effects"]["reason"] != "").all()
    assert made.tables["topic_history"].empty


def test_texts_without_place_and_date(tmp_path: Path) -> None:
    texts = write_subjects(tmp_path / "texts")
    (texts / "documents.csv").unlink()
    made = topics_of(tmp_path)
    for name in ("topic_by_place", "topic_by_period", "topic_history"):
        assert made.tables[name].empty, name
    assert set(made.tables["topic_by_document"]["doc_id"]) == set(DOCUMENTS)
    assert len(made.tables["topic_quality"]) == 2
    assert made.tables["topic_effects"].empty
    assert [w for w in made.warnings if w.startswith("topic_effects is empty: no unit")] != []


@pytest.mark.parametrize(
    ("effects", "wanted"),
    [
        ("palce", "no covariate 'palce'; did you mean 'place'?"),
        ("place +", "found the end for a name"),
        ("genre", ""),
    ],
)
def test_columns_of_effects(tmp_path: Path, effects: str, wanted: str) -> None:
    write_subjects(tmp_path / "texts")
    study = write_study(tmp_path, f'{K2}effects = "{effects}"\n')
    if wanted:
        with pytest.raises(StudyError) as raised:
            tl.run(study, until="topic_effects")
        assert str(raised.value).startswith("[topics] effects: ") and wanted in str(raised.value)
    else:
        table = tl.run(study, until="topic_effects").table("topic_effects")
        assert set(table["reason"]) == {"all units have this value: nothing to compare"}


@pytest.mark.parametrize("text", ["新质生产力。\n", "的了是在。\n"], ids=["a sentence", "no word"])
def test_too_little_text_under_auto_is_a_warning_and_empty_tables(
    tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And what an earlier run published of topics is withdrawn."""
    from textlab.cli import main

    texts = write_subjects(tmp_path / "texts")
    study = write_study(tmp_path, f"{AUTO}[statistics]\nresamples = 20\n")
    results = tl.run(study, until="topics").folder
    assert (results / "model" / "model.json").is_file()
    for file in texts.iterdir():
        file.unlink()
    (texts / "a.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["textlab", "run", str(study), "--quiet"])
    # It returns, and so the exit code is 0.
    main()
    said = capsys.readouterr().err
    assert said.count("warning: no topics: ") == 1
    made = tl.run(study)
    assert made.ran == []
    for name in ALL:
        assert made.table(name).empty, name
        assert len(made.table(name).columns) > 2
    assert not list(results.glob("model/*")) and not list(results.glob("figures/topic*"))
    assert not any(name.startswith("model/") for name in made.files)
    assert "k" not in made.notes.get("topics", {})


def test_a_study_with_the_default_options_has_topics(tmp_path: Path) -> None:
    """No [topics] at all: k is chosen from the grid that the texts allow."""
    write_subjects(tmp_path / "texts")
    file = tmp_path / "study.toml"
    file.write_text('[corpus]\npath = "texts"\n[topics]\nreplicates = 2\n', encoding="utf-8")
    assert tl.read_study(file).topics.k == "auto"
    made = tl.run(file, until="topics")
    k = made.notes["topics"]["k"]
    assert made.table("topics")["topic"].max() == k
    record = json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))
    assert f"k = {k}: " in json.dumps(record, ensure_ascii=False)
