"""``textlab topics labels``: the file of labels drafted, read again, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.study_files import MINIMAL, write
from tests.topic_models import model_of
from textlab.config import Study, read_study
from textlab.errors import ResultsError, StudyError
from textlab.output.tables import write_csv
from textlab.pipeline.topic_labels import (
    draft_topic_labels,
    lost_topics,
    read_topic_labels,
    summary,
)
from textlab.schema import empty
from textlab.topics.kept import keep_numbers

VOCABULARY = [f"词{at:02d}" for at in range(30)]
MODEL = model_of(
    [[(at + 1) / 465 for at in range(30)], [(30 - at) / 465 for at in range(30)]],
    VOCABULARY,
    labels=["产业·企业", "农业"],
)


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """A study whose results have topics."""
    made = read_study(write(tmp_path, MINIMAL))
    write_csv(MODEL.topics, made.results_folder / "tables" / "topics.csv")
    return made


def refused(folder: Path, text: str | bytes, *wanted: str) -> None:
    with pytest.raises(StudyError) as error:
        read_topic_labels(write(folder, text, "labels.csv"))
    for part in ("labels.csv", *wanted):
        assert part in str(error.value)
    assert "\n" not in str(error.value)


def test_the_draft_is_beside_the_study_and_can_be_read(study: Study, tmp_path: Path) -> None:
    drafted = draft_topic_labels(study)
    assert drafted.file == tmp_path / "topic_labels.csv"
    assert drafted.file.read_bytes().startswith(b"\xef\xbb\xbftopic,label,terms\n")
    table = read_topic_labels(drafted.file)
    assert table.to_dict("list") == drafted.table.to_dict("list")
    assert table["label"].tolist() == ["产业·企业", "农业"]
    assert table["terms"].tolist() == [" ".join(VOCABULARY[:9:-1]), " ".join(VOCABULARY[:20])]
    kept = keep_numbers(MODEL.renumbered([2, 1], ["x", "y"]), table)
    assert kept.model.labels == ["产业·企业", "农业"]
    assert kept.model.topic_term.tolist() == MODEL.topic_term.tolist()


def test_what_to_do_next_is_said(study: Study, tmp_path: Path) -> None:
    told = summary(draft_topic_labels(study, tmp_path / "my" / "labels.csv"))
    assert told[0] == f"drafted {tmp_path / 'my' / 'labels.csv'}: 2 topics"
    assert '[topics] labels = "my/labels.csv" in study.toml' in told[1]


def test_nothing_is_overwritten(study: Study, tmp_path: Path) -> None:
    mine = write(tmp_path, "mine", "topic_labels.csv")
    with pytest.raises(StudyError, match=r"topic_labels.csv is there already.*--out"):
        draft_topic_labels(study)
    link = tmp_path / "link.csv"
    link.symlink_to("nowhere.csv")
    with pytest.raises(StudyError, match="is there already"):
        draft_topic_labels(study, link)
    assert mine.read_text() == "mine" and link.is_symlink()


def test_without_topics_there_is_nothing_to_label(study: Study, tmp_path: Path) -> None:
    published = study.results_folder / "tables" / "topics.csv"
    write_csv(empty("topics"), published)
    with pytest.raises(ResultsError, match="holds no topics"):
        draft_topic_labels(study)
    published.unlink()
    with pytest.raises(ResultsError, match="run the study first: textlab run"):
        draft_topic_labels(study)
    assert not (tmp_path / "topic_labels.csv").exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_as_people_save_it(tmp_path: Path, encoding: str, end: str) -> None:
    lines = ["note,terms,topic,label", "看过,水稻 农田,12, 粮食 安全 ", ",,,", ',车间  企业,3,""']
    text = end.join([*lines, ""])
    table = read_topic_labels(write(tmp_path, text.encode(encoding), "labels.csv"))
    assert table.to_dict("list") == {
        "topic": [3, 12],
        "label": ["", "粮食 安全"],
        "terms": ["车间 企业", "水稻 农田"],
    }


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", "empty; its columns are topic, label, terms"),
        ("topic,label,terms\n", "holds no topics"),
        ("topic,label\n1,a\n", "line 1: no column 'terms' (found: topic, label)"),
        ("topic;label;terms\n1;a;b\n", "save it with commas between the cells"),
        ("topic,lable,terms\n1,a,b\n", "no column 'label'"),
        ("topic,lable,terms\n1,a,b\n", "'lable' may be meant"),
        ("topic,label,label,terms\n1,a,b,c\n", "the column 'label' is there twice"),
        ("topic,label,terms\n1,a,b\nx,a,b\n", "line 3: wanted a topic's number, 1 or more"),
        ("topic,label,terms\n0,a,b\n", "line 2: wanted a topic's number, 1 or more, found '0'"),
        ("topic,label,terms\n-1,a,b\n", "found '-1'"),
        ("topic,label,terms\n1.0,a,b\n", "found '1.0'"),
        (f"topic,label,terms\n{10**30},a,b\n", f"found '{10**30}'"),
        ("topic,label,terms\n1,a,b\n2,c,d\n1,e,f\n", "line 4: topic 1 stands on line 2 already"),
        ("topic,label,terms\n1,a,\n", "line 2: topic 1 has no terms"),
        ("topic,label,terms\n1,a,b,c\n", "line 2: 4 cells, but the header has 3 columns"),
        ('topic,label,terms\n1,"a,b\n', "not a CSV"),
        (b"topic,label,terms\n1,\x00,b\n", "NUL"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str | bytes, wanted: str) -> None:
    refused(tmp_path, text, wanted)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match=r"labels.csv: no such file; the study's \[topics\] lab"):
        read_topic_labels(tmp_path / "labels.csv")


def test_lost_topics_are_told() -> None:
    rows = [(3, "land", 0.25, "lost"), (4, "", 0.0, "lost"), (5, "x", 0.9, "kept")]
    kept = pd.DataFrame(rows, columns=["topic", "label", "overlap", "status"])
    assert lost_topics(kept, "topic_labels.csv") == [
        "topic 3 (land) of topic_labels.csv is not among the topics now: "
        "the closest shares 0.25 of their words",
        "topic 4 of topic_labels.csv is not among the topics now: none shares a word",
    ]
