"""Topics that a study knows already: labels that people gave, and words to begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

import textlab as tl
from tests.small import quick_figures as quick_figures
from tests.small import write_study
from tests.topic_texts import CARE, DOCUMENTS, FARM, PLANT, write_subjects
from textlab.errors import StudyError
from textlab.output.tables import read_csv, write_csv
from textlab.pipeline.plan import plan_study
from textlab.pipeline.run import Results
from textlab.pipeline.topic_labels import draft_topic_labels, read_topic_labels

SUBJECTS = {"land": FARM, "works": PLANT, "care": CARE}
NUMBERS = {"land": 7, "works": 2, "care": 4}
LABELLED = '[topics]\nk = 3\nbootstraps = 3\nlabels = "topic_labels.csv"\n'


@pytest.fixture(scope="module")
def labelled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with texts and a file of labels that was drafted, renumbered and corrected."""
    folder = tmp_path_factory.mktemp("labelled")
    write_subjects(folder / "texts")
    study = write_study(folder, "[topics]\nk = 3\n")
    tl.run(study, until="topics")
    drafted = draft_topic_labels(tl.read_study(study))
    table = drafted.table.assign(label=drafted.table["terms"].map(subject_of))
    table["topic"] = table["label"].map(NUMBERS)
    assert sorted(table["label"]) == sorted(SUBJECTS)
    write_csv(table.sort_values("topic"), drafted.file)
    return folder


def subject_of(terms: str) -> str:
    """The subject that most of the ``terms`` are of."""
    found = set(terms.split())
    return max(SUBJECTS, key=lambda name: len(found & set(SUBJECTS[name])))


def again(labelled: Path, folder: Path, body: str, until: str = "topic_quality") -> Results:
    (folder / "topic_labels.csv").write_bytes((labelled / "topic_labels.csv").read_bytes())
    return tl.run(write_study(folder, body), until=until)


def subjects(made: Results) -> dict[int, tuple[str, str]]:
    """The label of each topic, and the subject that its words are of, by number."""
    topics = made.table("topics").groupby("topic")
    words = topics["term"].agg(" ".join)
    labels = topics["label"].agg("first")
    return {int(n): (labels[n], subject_of(words[n])) for n in labels.index}


@pytest.mark.parametrize("change", ["seed", "a document fewer"])
def test_numbers_and_labels_stay_with_their_words(
    labelled: Path, tmp_path: Path, change: str
) -> None:
    names = DOCUMENTS if change == "seed" else DOCUMENTS[:-1]
    seed = "[study]\nseed = 99\n" if change == "seed" else ""
    write_subjects(tmp_path / "texts", names)
    # Random starts make other topics with another seed.
    start = 'start = "random"\n' if change == "seed" else ""
    made = again(labelled, tmp_path, LABELLED + start + seed)
    assert subjects(made) == {NUMBERS[name]: (name, name) for name in SUBJECTS}
    assert [warning for warning in made.warnings if "topic_labels" in warning] == []
    quality = made.table("topic_quality")
    assert dict(zip(quality["label"], quality["topic"], strict=True)) == NUMBERS
    for name in ("topic_by_place", "topic_by_document", "topic_passages"):
        assert set(read_csv(made.folder / "tables" / f"{name}.csv", name)["topic"]) == {2, 4, 7}
    places = made.table("topic_by_place").pivot(index="place", columns="topic", values="share")
    # Documents 1 and 4 are of this place, and they are about works.
    assert places.loc["白鹭市"].idxmax() == NUMBERS["works"]
    passages = made.table("topic_passages")
    first = passages.loc[passages["rank"] == 1, ["topic", "file", "line"]]
    assert len(first) == 3
    for number, file, line in first.itertuples(index=False, name=None):
        (name,) = (name for name in NUMBERS if NUMBERS[name] == number)
        text = (tmp_path / "texts" / file).read_text(encoding="utf-8").splitlines()[line - 1]
        assert subject_of(text.replace("，", " ").rstrip("。")) == name


def test_a_topic_that_is_lost_is_told_and_a_new_one_gets_a_new_number(
    labelled: Path, tmp_path: Path
) -> None:
    news = "体育馆 球队 冠军 比赛 教练 球迷 赛场 金牌 裁判 足球 篮球 排球 游泳 田径 射击".split()
    write_subjects(tmp_path / "texts", subjects=(FARM, PLANT, news))
    made = again(labelled, tmp_path, LABELLED, until="topics")
    found = subjects(made)
    assert set(found) == {2, 7, 8} and found[2] == ("works", "works")
    assert found[7] == ("land", "land") and set(found[8][0].split("·")) <= set(news)
    assert [warning for warning in made.warnings if "topic_labels" in warning] == [
        "topic 4 (care) of topic_labels.csv is not among the topics now: none shares a word"
    ]
    # Found done, it says the same.
    assert tl.run(made.study.file, until="topics").warnings == made.warnings


def test_an_edited_label_is_the_reason_to_run_again(labelled: Path, tmp_path: Path) -> None:
    write_subjects(tmp_path / "texts")
    made = again(labelled, tmp_path, LABELLED, until="topics")
    file = tmp_path / "topic_labels.csv"
    file.write_text(file.read_text("utf-8-sig").replace("care", "Pflege"), "utf-8")
    steps = {step.stage: step.reason for step in plan_study(made.study, until="topics")}
    assert steps["topics"].startswith("files: topic labels was ")
    assert steps["topic_selection"] == "done"
    again_made = tl.run(made.study.file, until="topics")
    assert again_made.ran == ["topics"] and subjects(again_made)[4] == ("Pflege", "care")
    assert set(read_topic_labels(file)["label"]) == {"land", "works", "Pflege"}


def test_a_label_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    write_subjects(tmp_path / "texts")
    study = write_study(tmp_path, LABELLED)
    for act in (tl.run, lambda file: plan_study(tl.read_study(file))):
        with pytest.raises(StudyError, match=r"topic_labels\.csv: no such file of topic labels"):
            act(study)


LEXICON = "term,category\n" + "".join(
    f"{term},{name}\n" for name, terms in SUBJECTS.items() for term in terms[:6]
)


def seeded(folder: Path, categories: str, k: int = 3) -> Path:
    write_subjects(folder / "texts")
    (folder / "own.csv").write_text(LEXICON, encoding="utf-8")
    return write_study(
        folder,
        '[lexicon]\nfiles = ["own.csv"]\nbuiltin = false\n'
        f"[topics]\nk = {k}\nseeded = {categories}\n",
    )


def test_categories_of_the_lexicon_name_topics(tmp_path: Path) -> None:
    made = tl.run(seeded(tmp_path, '["care", "land"]'), until="topics")
    found = dict(subjects(made).values())
    third = next(label for label in found if label not in SUBJECTS)
    assert found == {"care": "care", "land": "land", third: "works"}
    # Terms of the lexicon are preferred where a label is made.
    assert set(third.split("·")) <= set(PLANT[:6])


def test_a_category_that_is_not_there_names_the_nearest(tmp_path: Path) -> None:
    study = seeded(tmp_path, '["lannd"]')
    with pytest.raises(StudyError) as raised:
        tl.run(study, until="topics")
    assert str(raised.value) == (
        "[topics] seeded: no category 'lannd' in the lexicon; did you mean 'land'?; "
        "there are: care, land, works"
    )


def test_more_categories_than_topics_are_refused(tmp_path: Path) -> None:
    study = seeded(tmp_path, '["care", "land", "works"]', k=2)
    with pytest.raises(StudyError, match=r"\[topics\] 3 seeded topics, but k = 2; choose k of 3"):
        tl.run(study, until="topics")
