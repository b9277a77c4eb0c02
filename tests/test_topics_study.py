"""The topics of a whole study: what is published, of which units, and that it is the same twice."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import textlab as tl
from tests.small import quick_figures as quick_figures
from tests.small import tree, write_study
from tests.topic_texts import CARE, DOCUMENTS, FARM, PLACES, PLANT, text_of, write_subjects
from textlab.errors import UnknownNameError
from textlab.output.tables import read_csv
from textlab.pipeline.plan import plan_study
from textlab.pipeline.run import Results
from textlab.pipeline.topic_apply import apply_model
from textlab.topics.model import TopicModel

TABLES = (
    *("topics", "topic_words", "topic_by_document", "topic_by_place", "topic_by_period"),
    *("topic_passages", "topic_map", "topic_history", "topic_quality", "topic_selection"),
    *("topic_effects", "topic_wording"),
)
AUTO = """
[statistics]
resamples = 20
min_count = 2
[topics]
k = "auto"
grid = [2, 3]
replicates = 2
bootstraps = 3
"""
MODEL = {
    *("alpha.npy", "document_topics.csv", "lexicon.csv", "model.json", "prevalence.npy"),
    *("settings.json", "topic_term.npy"),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Results:
    folder = tmp_path_factory.mktemp("topics")
    write_subjects(folder / "texts")
    return tl.run(write_study(folder, AUTO))


def topics_of(
    folder: Path, body: str, *, more: dict[str, str] | None = None, until: str = "topics"
) -> Results:
    write_subjects(folder / "texts", more=more)
    return tl.run(write_study(folder, body), until=until)


def model_of(made: Results) -> TopicModel:
    return TopicModel.load(made.folder / "model")


def test_every_table_of_topics_is_published_and_says_something(made: Results) -> None:
    assert {name for name in TABLES if f"tables/{name}.csv" not in made.files} == set()
    for name in TABLES:
        # Reading it checks its columns, types, keys and order.
        assert len(read_csv(made.folder / "tables" / f"{name}.csv", name)) > 0, name
    readme = (made.folder / "tables" / "README.md").read_text(encoding="utf-8")
    assert all(f"## {name}.csv" in readme for name in TABLES)


def test_the_planted_subjects_are_found_in_every_table(made: Results) -> None:
    topics = made.table("topics")
    tops = topics[topics["rank"] <= 15].groupby("topic")["term"].agg(set)
    subject: dict[Any, list[str]] = {
        topic: max((FARM, PLANT, CARE), key=lambda words: len(tops[topic] & set(words)))
        for topic in (1, 2, 3)
    }
    assert len({tuple(words) for words in subject.values()}) == len(subject) == 3
    assert all(terms <= set(subject[topic]) for topic, terms in tops.items())
    # A document is mostly of the subject that was written into half of its paragraphs.
    shares = made.table("topic_by_document").pivot(index="doc_id", columns="topic", values="share")
    assert shares.index.tolist() == list(DOCUMENTS) and [*map(int, shares.columns)] == [1, 2, 3]
    for doc_id, column in zip(DOCUMENTS, shares.to_numpy().argmax(axis=1), strict=True):
        assert subject[int(column) + 1] is (FARM, PLANT, CARE)[int(doc_id[-1]) % 3]
    passages = made.table("topic_passages")[["topic", "doc_id", "line", "place"]]
    for topic, doc_id, line, place in passages.itertuples(index=False, name=None):
        number = int(doc_id[-1])
        words = text_of(number).splitlines()[line - 1].rstrip("。").split("，")
        assert sum(word in subject[topic] for word in words) > 20
        assert place == PLACES[number % 3]
    quality = made.table("topic_quality")
    assert (quality["replication"] == 1).all() and (quality["replicates"] == 3).all()
    assert set(made.table("topic_by_period")["period"]) == {"2023", "2024"}
    assert set(made.table("topic_history")["event"]) == {"continues"}


def test_every_table_has_the_same_numbers_and_labels(made: Results) -> None:
    labels = made.table("topics").groupby("topic")["label"].agg("first").to_dict()
    assert list(labels) == [1, 2, 3]
    for name in set(TABLES) - {"topic_selection", "topic_history"}:
        table = made.table(name)
        assert set(table["topic"]) == set(labels), name
        if "label" in table.columns:
            assert (table["label"] == table["topic"].map(labels)).all(), name


def test_the_model_is_published_and_is_that_of_the_tables(made: Results) -> None:
    files = {name.removeprefix("model/") for name in made.files if name.startswith("model/")}
    assert files == MODEL
    record = json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))
    assert {f"model/{name}" for name in MODEL} <= set(record["files"])
    model, topics = model_of(made), made.table("topics")
    names = ["topic", "label", "rank", "term"]
    assert model.topics[names].to_dict("list") == topics[names].to_dict("list")
    np.testing.assert_allclose(model.topics["probability"], topics["probability"], atol=1e-6)
    # What the model is stored in is no table of the results.
    with pytest.raises(UnknownNameError) as raised:
        made.table("document_topics")
    assert str(raised.value).startswith("no table 'document_topics' was made; there are: ")
    assert "lexicon" not in str(raised.value)


def test_k_is_chosen_and_the_manifest_has_the_reason(made: Results) -> None:
    selection = made.table("topic_selection")
    assert set(selection["k"]) == {2, 3}
    assert set(selection.loc[selection["chosen"] == 1, "k"]) == {3} == {model_of(made).k}
    record = json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))
    assert "k = 3: " in json.dumps(record, ensure_ascii=False)
    assert made.notes["topic_selection"]["reason"].startswith("k = 3: ")


def test_a_second_run_keeps_all_and_another_k_is_no_matter_of_keyness(made: Results) -> None:
    before = tree(made.folder)
    again = tl.run(made.study.file)
    assert again.ran == [] and again.warnings == made.warnings and tree(made.folder) == before
    other = made.study.file.with_name("other.toml")
    text = made.study.file.read_text(encoding="utf-8").replace('k = "auto"', "k = 2")
    other.write_text(text + f'[results]\npath = "{made.folder}"\n', encoding="utf-8")
    planned = {step.stage: step.reason for step in plan_study(tl.read_study(other)) if step.runs}
    assert set(planned) == {
        "topic_selection",
        "topics",
        "topic_quality",
        "topic_effects",
        "figures",
    }
    assert planned["topic_selection"] == "parameters: topics: k was auto, is 2"


def test_workers_and_the_order_of_files_make_no_difference(made: Results, tmp_path: Path) -> None:
    """On disk, and in the manifest."""
    texts = tmp_path / "texts"
    texts.mkdir()
    for file in sorted((made.folder.parent.parent / "texts").iterdir(), reverse=True):
        shutil.copyfile(file, texts / file.name)
    header, *rows = (texts / "documents.csv").read_text(encoding="utf-8").splitlines()
    (texts / "documents.csv").write_text("\n".join([header, *rows[::-1]]) + "\n", "utf-8")
    study = write_study(tmp_path, AUTO)
    found: dict[str, bytes] = {}
    for stage in ("topic_quality", "topic_effects"):
        other = tl.run(study, workers=2, until=stage)
        found |= {name: (other.folder / name).read_bytes() for name in other.files}
    topical = {n for n in made.files if n.startswith(("tables/topic", "model/"))}
    assert len(topical) == len(TABLES) + len(MODEL)
    assert {n: found[n] for n in topical} == {n: (made.folder / n).read_bytes() for n in topical}


@pytest.mark.parametrize(
    ("unit", "named", "units"),
    [("paragraph", "doc1#0001", 72), ("document", "doc1", 6), ("pooled", "doc1#001", 36)],
)
def test_units_copies_and_the_model_applied(
    tmp_path: Path, unit: str, named: str, units: int
) -> None:
    """A whole copy has shares of its own, and changes nothing of places, periods and model."""
    # Two paragraphs of thirty words each make a pool.
    body = f'[topics]\nk = 3\nmax_share = 1.0\nunit = "{unit}"\npool = 45\n'
    alone = topics_of(tmp_path / "alone", body)
    copied = topics_of(tmp_path / "copied", body, more={"doc8": text_of(1)})
    counted = model_of(copied).document_topics["unit"]
    assert counted.iloc[0] == named and counted.nunique() == units
    for name in ("topics", "topic_by_place", "topic_by_period", "topic_passages", "topic_map"):
        pd.testing.assert_frame_equal(copied.table(name), alone.table(name))
    shares = copied.table("topic_by_document")
    assert shares.groupby("doc_id").size().to_dict() == dict.fromkeys((*DOCUMENTS, "doc8"), 3)
    np.testing.assert_allclose(shares.groupby("doc_id")["share"].sum(), 1, atol=1e-5)
    own = shares.set_index("doc_id")[["topic", "share", "low", "high"]]
    assert own.loc["doc8"].to_numpy().tolist() == own.loc["doc1"].to_numpy().tolist()
    assert copied.notes["places"]["copies"] == 12

    applied = apply_model(copied.folder, tmp_path / "copied" / "texts", tmp_path / "applied.csv")
    published = copied.folder / "tables" / "topic_by_document.csv"
    assert applied.file.read_bytes() == published.read_bytes()
    assert (applied.documents, applied.without, applied.warnings) == (7, [], [])


@pytest.mark.parametrize(
    ("unit", "named"),
    [
        ("paragraph", lambda doc_id, at: f"{doc_id}#{at:04d}"),
        ("document", lambda doc_id, at: doc_id),
        ("pooled", lambda doc_id, at: f"{doc_id}#{(at + 1) // 2:03d}"),
    ],
)
def test_shares_of_documents_and_places_by_hand(
    tmp_path: Path, unit: str, named: Callable[[str, int], str]
) -> None:
    """How many of the words that the model knows are of each topic, from units' parameters."""
    made = topics_of(tmp_path, f'[topics]\nk = 3\nmax_share = 1.0\nunit = "{unit}"\npool = 45\n')
    model = model_of(made)
    words = [
        (named(doc_id, at), word)
        for doc_id in DOCUMENTS
        for at, line in enumerate(text_of(int(doc_id[-1])).splitlines()[::2], 1)
        for word in line.rstrip("。").split("，")
    ]
    counts = pd.DataFrame(words, columns=["unit", "term"], dtype="str").value_counts(sort=False)
    said = model.posterior(counts.rename("n").reset_index())
    # What words add to the parameters of a unit is how many of them are of each topic.
    spoken = pd.DataFrame(said.gamma - model.alpha)
    documents = [name[:4] for name in said.units]
    places = [PLACES[int(doc_id[-1]) % 3] for doc_id in documents]
    for name, column, owner in (
        ("topic_by_document", "doc_id", documents),
        ("topic_by_place", "place", places),
    ):
        total = spoken.groupby(np.array(owner)).sum()
        shares = made.table(name).pivot(index=column, columns="topic", values="share")
        assert shares.index.tolist() == total.index.tolist()
        np.testing.assert_allclose(shares, total.div(total.sum(axis=1), axis=0), atol=2e-5)


def test_the_seed_of_the_study_is_that_of_random_starts(tmp_path: Path) -> None:
    body = '[topics]\nk = 3\nstart = "random"\npasses = 1\n'
    made = [
        topics_of(tmp_path / str(at), f"[study]\nseed = {seed}\n{body}")
        for at, seed in enumerate((1, 2, 1))
    ]
    one, other, again = (model_of(each) for each in made)
    assert (one.seed, other.seed) == (1, 2)
    assert not np.allclose(one.topic_term, other.topic_term)
    assert one.topic_term.tobytes() == again.topic_term.tobytes()
