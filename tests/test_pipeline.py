"""Stages, store, plan and publishing, on a corpus of four small documents."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from filelock import FileLock

import textlab as tl
from tests.small import TEXTS, tree, write_corpus, write_study
from tests.small import quick_figures as quick_figures
from textlab.errors import (
    CorpusError,
    ResultsError,
    StudyError,
    UnknownNameError,
)
from textlab.pipeline import (
    content_stages,
    draw,
    fingerprint,
    study_stages,
    term_stages,
    text_stages,
    topic_stages,
    usage_stages,
)
from textlab.pipeline.plan import first_difference, plan_study
from textlab.pipeline.run import Results, sources_of_pipeline

ALL = list(study_stages.STAGES)
TABLES = set(
    (
        "documents paragraphs seams duplicates ledger segmentation_audit crossings "
        "keyword_by_document keyword_by_place keyword_occurrences keyness topics "
        "topic_by_document topic_by_place place_similarity document_similarity "
        "keyword_by_group keyword_change category_by_group dispersion correspondence "
        "correspondence_inertia clusters similarity_map collocations collocation_contrast "
        "concordance network_terms network_links style topic_words topic_by_period "
        "topic_passages topic_map topic_history topic_quality topic_selection topic_effects "
        "topic_wording"
    ).split()
)
FIGURES = set(
    (
        "keyness keyword_change keyword_heatmap keyword_bars topic_terms topic_shares "
        "place_similarity document_similarity topic_share_intervals topic_periods "
        "topic_coefficients topic_contrasts"
    ).split()
)
MODEL = set(
    (
        "alpha.npy document_topics.csv lexicon.csv model.json prevalence.npy settings.json "
        "topic_term.npy"
    ).split()
)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Results:
    folder = tmp_path_factory.mktemp("study")
    write_corpus(folder / "texts")
    return tl.run(write_study(folder))


@pytest.fixture
def study(tmp_path: Path) -> Path:
    write_corpus(tmp_path / "texts")
    return write_study(tmp_path)


def reasons(study: Path) -> dict[str, str]:
    return {step.stage: step.reason for step in plan_study(tl.read_study(study)) if step.runs}


def test_a_run_publishes_every_table_and_figure_of_the_contract(done: Results) -> None:
    published = tree(done.folder)
    figures = {f"figures/{name}.{kind}" for name in FIGURES for kind in ("png", "pdf")}
    others = {"manifest.json", "tables/README.md", "tables/network.graphml"}
    others |= {f"model/{name}" for name in MODEL}
    assert set(published) == {f"tables/{name}.csv" for name in TABLES} | figures | others
    assert done.ran == ALL and done.warnings == []
    assert done.folder == done.study.file.parent / "results" / "study"


def test_counts_are_those_of_a_plain_search_of_the_repaired_text(done: Results) -> None:
    table = done.table("keyword_by_document").set_index(["doc_id", "keyword"])["count"]
    for doc_id, (_, _, text) in TEXTS.items():
        for term in ("新质生产力", "智改数转", "乡村振兴", "高标准农田", "高质量发展", "粮食安全"):
            assert table[doc_id, term] == text.count(term), (doc_id, term)


def test_nothing_runs_twice_and_nothing_is_rewritten(study: Path) -> None:
    first = tl.run(study)
    stamps = {name: os.stat(first.folder / name).st_mtime_ns for name in first.files}
    again = tl.run(study)
    assert (again.ran, again.kept) == ([], ALL)
    assert {name: os.stat(again.folder / name).st_mtime_ns for name in again.files} == stamps
    assert reasons(study) == {}


def test_a_changed_parameter_runs_what_depends_on_it_and_no_more(study: Path) -> None:
    tl.run(study)
    study.write_text(study.read_text().replace("k = 2", "k = 3"))
    why = reasons(study)
    assert why["topic_selection"] == "parameters: topics: k was 2, is 3"
    assert why["topics"] == "topic_selection runs first"
    assert why["figures"] == "topic_selection runs first"
    topical = ["topic_selection", "topics", "topic_quality", "topic_effects"]
    assert list(why) == [*topical, "figures"]
    assert tl.run(study).ran == [*topical, "figures"]


def test_a_changed_file_is_the_reason_and_an_unchanged_result_stops_the_chain(study: Path) -> None:
    tl.run(study)
    file = study.parent / "texts" / "yi_2.txt"
    file.write_text(file.read_text(encoding="utf-8") + "\n\n", encoding="utf-8")
    assert reasons(study)["read"].startswith("files: yi_2.txt was ")
    # Two blank lines more: other documents, the same paragraphs and so the same tokens. The
    # model is fitted again for its dates, and as it is the same what rests on it alone is kept.
    kept = tl.run(study).kept
    assert {"tokens", "similarity", "topic_selection", "topic_quality"} <= set(kept)
    assert {"read", "clean"}.isdisjoint(kept)


def test_a_damaged_output_is_noticed_and_made_again(study: Path) -> None:
    made = tl.run(study)
    stored = next((made.folder / ".stages" / "tokens").glob("*/tokens.parquet"))
    stored.write_bytes(b"damaged")
    assert reasons(study)["tokens"] == "its stored output tokens.parquet was changed or is gone"
    before = tree(made.folder)
    assert "tokens" in tl.run(study).ran
    assert tree(made.folder) == before


def test_a_published_file_that_someone_edited_is_put_right(study: Path) -> None:
    made = tl.run(study)
    table = made.folder / "tables" / "keyness.csv"
    right = table.read_bytes()
    table.write_text("edited")
    tl.run(study)
    assert table.read_bytes() == right


def test_figures_that_have_nothing_to_show_any_more_are_removed(study: Path) -> None:
    made = tl.run(study)
    assert (made.folder / "figures" / "topic_shares.png").exists()
    write_corpus(study.parent / "texts", ("jia_1", "jia_2"))
    (study.parent / "texts" / "yi_1.txt").unlink()
    (study.parent / "texts" / "yi_2.txt").unlink()
    again = tl.run(study)
    assert not (made.folder / "figures" / "topic_shares.png").exists()
    assert any("fewer than two places" in warning for warning in again.warnings)
    for name in ("keyness", "place_similarity"):
        table = again.table(name)
        assert len(table) == 0 and len(table.columns) > 2


def test_a_warning_is_repeated_when_its_stage_is_found_done(study: Path) -> None:
    (study.parent / "texts" / "more.txt").write_bytes(b"\x00\x01")
    first, again = tl.run(study), tl.run(study)
    assert first.warnings == again.warnings != []
    assert again.ran == []


def test_a_failing_stage_leaves_the_results_as_they_were(study: Path) -> None:
    made = tl.run(study)
    before = tree(made.folder)
    study.write_text(study.read_text().replace("k = 2", "k = 400"))
    with pytest.raises(StudyError, match=r"\[topics\] k = 400"):
        tl.run(study)
    assert tree(made.folder) == before
    assert list((made.folder / ".stages").glob("*/.writing*")) == []


def test_until_stops_and_what_it_needs_is_run(study: Path) -> None:
    whole = tree(tl.run(study).folder)
    study.write_text(study.read_text() + "\n[tokens]\nmin_length = 3\n")
    made = tl.run(study, until="keyness")
    assert made.ran == ["keyness"]
    assert "tables/keyness.csv" in made.files and "tables/topics.csv" not in made.files
    # No table of the study as it was stands beside those of the study as it is.
    assert set(tree(made.folder)) == {*made.files, "manifest.json"} < set(whole)
    study.write_text(study.read_text().replace("min_length = 3", "min_length = 2"))
    again = tl.run(study)
    assert "topics" in again.kept and tree(again.folder).keys() == whole.keys()
    with pytest.raises(StudyError, match=r"no stage 'topic'; the stages are: read"):
        tl.run(study, until="topic")


def test_one_run_at_a_time(study: Path) -> None:
    made = tl.run(study, until="read")
    with FileLock(made.folder / ".lock"), pytest.raises(ResultsError, match="another textlab run"):
        tl.run(study)


def test_a_results_folder_that_cannot_be_written(study: Path) -> None:
    (study.parent / "file").write_text("")
    with pytest.raises(ResultsError, match="results cannot be written here"):
        tl.run(study, results=study.parent / "file" / "results")


def test_a_missing_corpus_makes_no_results_folder(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no such corpus folder"):
        tl.run(write_study(tmp_path))
    assert not (tmp_path / "results").exists()


def test_the_manifest_holds_no_path_and_no_time(study: Path) -> None:
    made = tl.run(study)
    text = (made.folder / "manifest.json").read_text(encoding="utf-8")
    assert str(study.parent) not in text and study.parent.name not in text
    record = json.loads(text)
    assert record["study"]["topics"]["k"] == 2
    assert set(record["files"]) == set(tree(made.folder)) - {"manifest.json"}
    assert record["packages"]["jieba"] == "0.42.1"
    assert record["machine"]["blas"]
    run = json.loads((made.folder / "run.json").read_text(encoding="utf-8"))
    assert run["corpus"] == str(study.parent / "texts") and set(run["seconds"]) == set(ALL)


def test_an_own_lexicon_and_stopwords(study: Path) -> None:
    own = study.parent / "own.csv"
    own.write_text("term,category\n机器人,machines\n", encoding="utf-8")
    (study.parent / "stop.txt").write_text("水稻\n", encoding="utf-8")
    body = '[lexicon]\nfiles = ["own.csv"]\nbuiltin = false\n[tokens]\nstopwords = "stop.txt"\n'
    write_study(study.parent, body)
    made = tl.run(study)
    assert made.table("keyword_by_place")["keyword"].unique().tolist() == ["机器人"]
    assert "水稻" not in set(made.table("keyness")["term"])
    (study.parent / "stop.txt").write_text("农民\n", encoding="utf-8")
    assert reasons(study)["keyness"].startswith("files: stopwords was ")


def test_the_results_know_their_tables(done: Results) -> None:
    assert set(done.table("documents")["doc_id"]) == set(TEXTS)
    with pytest.raises(
        UnknownNameError, match="no table 'keynes' was made; there are: category_by_group, c"
    ):
        done.table("keynes")


def test_sources_follow_imports_and_change_with_them() -> None:
    found = fingerprint.sources(["textlab.tokens.occurrences"])
    assert "textlab/cleaning/traced.py" in found and "textlab/schema.py" in found
    assert "textlab/topics/model.py" not in found
    everything = fingerprint.sources(["textlab.cleaning"])
    assert {name.split("/")[1] for name in everything} >= {"cleaning", "language", "errors.py"}


def test_every_stage_names_the_modules_that_it_imports() -> None:
    """What a stage function imports from textlab is in the sources that its fingerprint hashes."""
    import ast
    import inspect

    for stage in study_stages.STAGES.values():
        tree = ast.parse(inspect.getsource(stage.run))
        named = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module}
        hashed = fingerprint.sources(stage.modules) | sources_of_pipeline()
        for module in named - {"textlab.output"}:
            assert f"{module.replace('.', '/')}.py" in hashed, (stage.name, module)


def test_the_first_difference_is_named() -> None:
    assert first_difference({"a": {"b": 1}}, {"a": {"b": 2}}) == "a: b was 1, is 2"
    assert first_difference({"a": {}}, {"a": {"c": 2}}) == "a: c is new"
    assert first_difference({"a": {"c": 2}}, {"a": {}}) == "a: c is gone"


def test_stage_functions_are_those_of_the_stages() -> None:
    functions = {name: stage.run for name, stage in study_stages.STAGES.items()}
    assert functions.pop("figures") is draw.draw
    topical = {name: functions.pop(name) for name in list(functions) if name.startswith("topic")}
    assert topical == {name: getattr(topic_stages, name.removeprefix("topic_")) for name in topical}
    modules = (text_stages, term_stages, content_stages, usage_stages)
    homes = {name: next(m for m in modules if hasattr(m, name)) for name in functions}
    assert functions == {name: getattr(home, name) for name, home in homes.items()}
