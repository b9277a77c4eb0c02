"""Sheets written into the results of a study, filled in, and scored."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from tests.topic_files import fitted
from textlab.config import Study, read_study
from textlab.errors import ModelError, ResultsError, TableError
from textlab.output.tables import write_csv
from textlab.pipeline.sheet_files import read_key, read_sheets
from textlab.pipeline.topic_sheets import (
    score,
    score_summary,
    write_sheets,
    written_summary,
)

DEMO = Path(__file__).parent.parent / "corpus" / "demo"
WORD, TOPIC = "word_intrusion", "topic_intrusion"


@pytest.fixture(scope="module", name="whole")
def demo_study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    file = tmp_path_factory.mktemp("demo") / "study.toml"
    file.write_text(f"[study]\nseed = 5\n[corpus]\npath = '{DEMO}'\n", encoding="utf-8")
    study = read_study(file)
    fitted(study, 7)
    return study


@pytest.fixture(name="study")
def without_sheets(whole: Study) -> Iterator[Study]:
    yield whole
    shutil.rmtree(whole.results_folder / "sheets", ignore_errors=True)


def sheet(study: Study, name: str) -> pd.DataFrame:
    file = study.results_folder / "sheets" / f"{name}.csv"
    return read_sheets([file])[str(file)]


def fill(study: Study, name: str, to: Path, *, wrong: int = 0, coder: str = "") -> Path:
    """A copy of a sheet with all intruders found but the first ``wrong``."""
    key = read_key(study.results_folder / "sheets" / "key.csv")
    own = key[key["sheet"].str.startswith(name)]
    right = own[own["intruder"] == 1].set_index("item")["choice"]
    taken = right.where(right.index > wrong, right % own["choice"].max() + 1)
    table = sheet(study, name)
    table["answer"] = taken.loc[table["item"].astype(int)].astype(str).to_numpy()
    return write_csv(table.assign(coder=coder), to)


def test_sheets_and_key_are_written(study: Study) -> None:
    made = write_sheets(study, passages=12)
    folder = study.results_folder / "sheets"
    assert sorted(file.name for file in folder.iterdir()) == [
        "key.csv", f"{TOPIC}.csv", f"{WORD}.csv"
    ]  # fmt: skip
    assert made.items == {f"{WORD}.csv": 7, f"{TOPIC}.csv": 12}
    words, passages = sheet(study, WORD), sheet(study, TOPIC)
    for table, choices in ((words, 6), (passages, made.leading + 1)):
        assert (table[["answer", "coder", "note"]] == "").all(axis=None)
        assert table.columns.str.startswith("choice_").sum() == choices
    assert made.kept == [] and made.warnings == []
    assert (folder / f"{WORD}.csv").read_bytes().startswith(b"\xef\xbb\xbfitem,choice_1,")


def test_a_passage_is_the_text_that_stands_in_its_file(study: Study) -> None:
    write_sheets(study, passages=12)
    for text, where in sheet(study, TOPIC)[["text", "where"]].itertuples(index=False):
        file, _, line = where.rpartition(":")
        lines = (DEMO / file).read_text(encoding="utf-8").splitlines()
        behind = re.sub(r"\s", "", "".join(lines[int(line) - 1 :]))
        assert text[:8] in behind[: len(text) + 8]


def test_nothing_in_the_sheets_tells_the_intruder(study: Study) -> None:
    write_sheets(study)
    key = read_key(study.results_folder / "sheets" / "key.csv")
    for name in (WORD, TOPIC):
        told = {"topic", "label", "log_share", "intruder", "about"}
        assert told.isdisjoint(sheet(study, name).columns)
        odd = key[key["sheet"].str.startswith(name) & (key["intruder"] == 1)]
        assert odd["choice"].nunique() > 1
        assert odd["topic"].is_monotonic_increasing is False


def test_answered_sheets_are_scored(study: Study, tmp_path: Path) -> None:
    write_sheets(study, passages=10)
    files = [
        fill(study, WORD, tmp_path / "w1.csv", coder="甲"),
        fill(study, WORD, tmp_path / "w2.csv", coder="乙", wrong=2),
        fill(study, TOPIC, tmp_path / "t1.csv", coder="甲"),
    ]
    made = score(study.results_folder, files)
    lines = score_summary(made)
    assert lines[0].startswith(
        "word intrusion: 2 coders, 7 items: 12 of 14 answers found the intruder, 0.86 (95% "
    )
    assert "guessing 0.17); Krippendorff's alpha 0." in lines[0]
    assert lines[1].startswith("topic intrusion: 1 coders, 10 items: 10 of 10 answers")
    assert "topic log odds 0.00 (guessing -" in lines[1]
    assert lines[1].endswith("no alpha: no item has the answers of two coders")
    folder = study.results_folder / "sheets"
    scores = pd.read_csv(folder / "scores.csv", encoding="utf-8-sig")
    assert scores.loc[scores["topic"] == 0, "correct"].tolist() == [12, 10]
    assert len(pd.read_csv(folder / "answers.csv", encoding="utf-8-sig")) == 24
    again = score(folder, files[::-1])
    pd.testing.assert_frame_equal(again.scored.scores, made.scored.scores)


def test_topics_that_nobody_understood_are_named(study: Study, tmp_path: Path) -> None:
    write_sheets(study)
    lines = score_summary(
        score(study.results_folder, [fill(study, WORD, tmp_path / "w.csv", wrong=7)])
    )
    assert lines[1].startswith("  found by less than half: topics 1 (")
    assert lines[1].count("; 0 of 1)") == 7


def test_sheets_as_spreadsheets_save_them(study: Study, tmp_path: Path) -> None:
    write_sheets(study)
    file = fill(study, WORD, tmp_path / "w.csv")
    text = file.read_text(encoding="utf-8-sig")
    other = {
        "gb.csv": text.replace("\n", "\r\n").encode("gb18030"),
        "semi.csv": text.replace(",", ";").encode("utf-8-sig"),
        "tabs.csv": (text.replace(",", "\t") + "\t" * 10 + "\r\n").encode("utf-16"),
    }
    for name, data in other.items():
        (tmp_path / name).write_bytes(data)
        scored = score(study.results_folder, [tmp_path / name]).scored
        assert scored.scores["correct"].iloc[0] == 7


def test_what_is_wrong_with_a_file_is_named_with_its_line(study: Study, tmp_path: Path) -> None:
    write_sheets(study)
    file = fill(study, WORD, tmp_path / "w.csv")
    rows = file.read_text(encoding="utf-8-sig").splitlines()
    long = tmp_path / "long.csv"
    long.write_text("\n".join([*rows[:2], rows[2] + ",", *rows[3:]]), encoding="utf-8")
    answer = tmp_path / "answer.csv"
    broken = re.sub(r",\d,,,word", ",9,,,word", rows[3])
    assert broken != rows[3]
    answer.write_text("\n".join([*rows[:3], broken, *rows[4:]]), encoding="utf-8")
    key = study.results_folder / "sheets" / "key.csv"
    unanswered = study.results_folder / "sheets" / f"{WORD}.csv"
    for wrong, kind, message in (
        (long, TableError, r"long\.csv, line 3: wanted 11 cells, found 12"),
        (answer, TableError, r"answer\.csv, line 4: the answer '9' is none of the choices"),
        (key, TableError, r"key\.csv: no column 'answer'; is it one of the sheets"),
        (unanswered, TableError, r"word_intrusion\.csv: the column 'answer' is empty"),
        (tmp_path / "w.xlsx", TableError, r"w\.xlsx: save it as CSV"),
        (tmp_path / "absent.csv", ResultsError, r"absent\.csv: no such sheet"),
    ):
        with pytest.raises(kind, match=message):
            score(study.results_folder, [wrong])
    assert not (study.results_folder / "sheets" / "scores.csv").exists()


def test_a_changed_key_is_named(study: Study, tmp_path: Path) -> None:
    write_sheets(study)
    file = fill(study, WORD, tmp_path / "w.csv")
    key = study.results_folder / "sheets" / "key.csv"
    whole = key.read_text(encoding="utf-8")
    key.write_text(whole.replace(",intruder,", ",odd,", 1), encoding="utf-8")
    with pytest.raises(TableError, match=r"key\.csv: the key wants the column\(s\) intruder"):
        score(study.results_folder, [file])
    key.write_text(re.sub(r",1,1,", ",one,1,", whole, count=1), encoding="utf-8")
    with pytest.raises(TableError, match=r"key\.csv: was the key changed\?"):
        score(study.results_folder, [file])
    key.unlink()
    with pytest.raises(ResultsError, match="no such key; textlab topics sheets STUDY writes one"):
        score(study.results_folder, [file])


def test_sheets_that_are_there_stay(study: Study) -> None:
    write_sheets(study, passages=8)
    folder = study.results_folder / "sheets"
    fill(study, WORD, folder / f"{WORD}.csv", coder="甲")
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    made = write_sheets(study, passages=8)
    assert made.kept == [f"{WORD}.csv", f"{TOPIC}.csv"]
    assert all("stays as it is" in line for line in written_summary(made)[:2])
    for passages, items in ((9, 1), (8, 2)):
        with pytest.raises(ResultsError, match="sheets of another model or another draw"):
            write_sheets(study, passages=passages, items=items)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    (folder / f"{TOPIC}.csv").unlink()
    assert write_sheets(study, passages=8).kept == [f"{WORD}.csv"]
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    (folder / "key.csv").unlink()
    with pytest.raises(ResultsError, match="sheets of another model or another draw"):
        write_sheets(study, passages=8)


def test_where_paragraphs_carry_one_topic_one_is_shown(study: Study) -> None:
    made = write_sheets(study, passages=1000)
    # The demo's paragraphs are about one subject each.
    assert made.leading == 1
    assert 100 < made.items[f"{TOPIC}.csv"] < 392


def test_more_topics_than_passages_carry(study: Study) -> None:
    with pytest.raises(ModelError, match="carries 6 topics"):
        write_sheets(study, leading=6)
    assert not (study.results_folder / "sheets").exists()


def test_a_study_without_its_model(study: Study, tmp_path: Path) -> None:
    other = study.model_copy(update={"tokens": study.tokens.model_copy(update={"min_length": 3})})
    with pytest.raises(ResultsError, match=r"fitted with other settings than study\.toml has"):
        write_sheets(other)
    elsewhere = study.results.model_copy(update={"path": str(tmp_path / "none")})
    with pytest.raises(ResultsError, match="no such folder"):
        write_sheets(study.model_copy(update={"results": elsewhere}))
