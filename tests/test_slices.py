"""Stretches of documents: the size of them, and who works on them, changes nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import textlab as tl
from tests.helpers import time_limit
from tests.small import quick_figures as quick_figures
from tests.small import tree, write_corpus, write_study
from textlab.errors import AuditError, LexiconError, WorkerError
from textlab.pipeline import term_stages, text_stages
from textlab.pipeline.slices import Sink, Slice, slice_task, slices, stretches
from textlab.tokens import plain_search
from textlab.workers import Workers


@given(st.lists(st.integers(0, 30), max_size=12), st.integers(1, 40))
def test_stretches_hold_everything_once_and_in_order(sizes: list[int], characters: int) -> None:
    found = list(stretches(sizes, characters))
    assert [at for start, end in found for at in range(start, end)] == list(range(len(sizes)))
    # Each but the last is as long as is asked for, and no longer than its last document makes it.
    for start, end in found[:-1]:
        assert sum(sizes[start:end]) >= characters > sum(sizes[start : end - 1])


def stored(file: Path) -> list[Slice]:
    with Sink(file) as sink:
        sink.write(pa.table({"doc_id": ["a", "a", "b"], "n": [1, 2, 3]}))
        sink.write(pa.table({"doc_id": pa.array([], pa.string()), "n": pa.array([], pa.int64())}))
        sink.write(pa.table({"doc_id": ["c"], "n": [4]}))
    return slices(file)


def test_a_table_is_stored_and_read_by_stretches(tmp_path: Path) -> None:
    parts = stored(tmp_path / "t.parquet")
    assert [part.read("n")["n"].to_pylist() for part in parts] == [[1, 2, 3], [], [4]]
    assert [part.documents() for part in parts] == [["a", "b"], [], ["c"]]
    alone = parts[0]._replace(doc_id="a")
    assert alone.read("n").column_names == ["n"]
    assert alone.read("n")["n"].to_pylist() == [1, 2]
    assert alone.read().column_names == ["doc_id", "n"]


def test_a_task_can_be_done_document_by_document(tmp_path: Path) -> None:
    parts = stored(tmp_path / "t.parquet")
    task = slice_task(lambda part: (part, "more"), parts[0])
    assert task.arguments == (parts[0], "more")
    assert task.alone() == {
        doc_id: (parts[0]._replace(doc_id=doc_id), "more") for doc_id in ("a", "b")
    }


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    write_corpus(folder / "texts")
    tl.run(write_study(folder))
    return folder


def test_the_size_of_the_stretches_changes_nothing(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_stages, "BATCH_CHARACTERS", 1)
    made = tl.run(whole / "study.toml", results=tmp_path / "small")
    stored = next((made.folder / ".stages" / "tokens").glob("*/tokens.parquet"))
    assert len(slices(stored)) > 1
    published = tree(tl.run(whole / "study.toml").folder)
    assert {name: tree(made.folder)[name] for name in published if name.startswith("tables")} == {
        name: content for name, content in published.items() if name.startswith("tables")
    }


def die(*arguments: Any) -> None:
    os._exit(1)


def test_a_worker_that_dies_in_a_run_is_an_error_that_names_the_document(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(term_stages, "find_in_slice", die)
    with time_limit(120), pytest.raises(WorkerError, match=r"a worker process dies at document \w"):
        tl.run(whole / "study.toml", results=tmp_path / "dead", workers=2)
    assert not (tmp_path / "dead" / "tables").exists()


def test_what_the_audit_cannot_explain_ends_a_run_or_is_a_warning(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A plain search that finds one more than there is, as if a term had been lost.
    found = plain_search.search
    monkeypatch.setattr(
        "textlab.tokens.plain_search.search",
        lambda texts, heads: {term: n + 1 for term, n in found(texts, heads).items()},
    )
    results = tmp_path / "lost"
    with pytest.raises(AuditError, match="does not add up for"):
        tl.run(whole / "study.toml", results=results, until="terms")
    assert not (results / "tables").exists()
    lenient = whole / "lenient.toml"
    text = (whole / "study.toml").read_text("utf-8")
    lenient.write_text(f'{text}\n[audit]\non_loss = "warn"\n', encoding="utf-8")
    made = tl.run(lenient, results=results, until="terms")
    assert any("does not add up for" in warning for warning in made.warnings)


def test_faulty_lines_of_a_lexicon_end_a_run_or_are_left_out(whole: Path, tmp_path: Path) -> None:
    (whole / "own.csv").write_text(
        "term,category\n岚江模式,own\n化,own\n,own\n岚江模式,own\n", encoding="utf-8"
    )
    text = (whole / "study.toml").read_text("utf-8")
    strict = whole / "strict.toml"
    strict.write_text(f'{text}\n[lexicon]\nfiles = ["own.csv"]\n', encoding="utf-8")
    with pytest.raises(LexiconError, match=r"own.csv, lines 3: .*; 4: no term; 5: "):
        tl.run(strict, results=tmp_path / "faults")
    strict.write_text(
        f'{text}\n[lexicon]\nfiles = ["own.csv"]\nfaults = "warn"\n', encoding="utf-8"
    )
    made = tl.run(strict, results=tmp_path / "faults", until="terms")
    told = [warning for warning in made.warnings if "own.csv" in warning]
    assert len(told) == 3 and all(warning.endswith("(left out)") for warning in told)
    assert "岚江模式" in set(made.table("segmentation_audit")["term"])


def test_a_study_may_overrule_a_crossing(tmp_path: Path) -> None:
    text = "发展绿色化工。\n\n推进绿色化。\n"
    write_corpus(tmp_path / "texts")
    (tmp_path / "texts" / "green.txt").write_text(text, encoding="utf-8")
    with (tmp_path / "texts" / "documents.csv").open("a", encoding="utf-8") as listed:
        listed.write("green,green.txt,青石市,2024-06-01,newspaper\n")
    study = write_study(tmp_path)
    made = tl.run(study, until="terms")
    own = made.table("crossings")
    assert own.loc[own["term"] == "绿色化", ["doc_id", "line", "verdict"]].to_numpy().tolist() == [
        ["green", 1, "accident"]
    ]
    counted = made.table("segmentation_audit").set_index("term").loc["绿色化"]
    assert (counted["counted"], counted["accidents"]) == (1, 1)
    study.write_text(
        study.read_text("utf-8") + '\n[lexicon]\ncrossings = { "绿色化" = "counted" }\n', "utf-8"
    )
    overruled = tl.run(study, until="terms").table("segmentation_audit").set_index("term")
    assert (overruled.at["绿色化", "counted"], overruled.at["绿色化", "accidents"]) == (2, 0)
    study.write_text(study.read_text("utf-8").replace("绿色化", "没有的词"), "utf-8")
    with pytest.raises(LexiconError, match="crossings of '没有的词': no such term"):
        tl.run(study, until="terms")


def test_one_pool_is_used_for_all_stages() -> None:
    with Workers(2) as pool:
        pool.start()
        first = pool._pool
        pool.start()
        assert pool._pool is first and first is not None
    assert pool._pool is None
