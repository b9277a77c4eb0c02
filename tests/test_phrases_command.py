"""The work of ``textlab phrases``: a table among the results, a lexicon for the researcher."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.small import tree, write_corpus, write_study
from textlab.config import Study, override, read_study
from textlab.errors import CorpusError, LexiconError, StudyError
from textlab.language.lexicon import read_lexicon
from textlab.output.tables import read_csv
from textlab.pipeline.phrases import discover_in_study, summary
from textlab.pipeline.run import run_study

NOT_BUILT_IN = '[lexicon]\nbuiltin = false\nfiles = ["own.csv"]'


@pytest.fixture
def study(tmp_path: Path) -> Study:
    write_corpus(tmp_path / "texts")
    (tmp_path / "own.csv").write_text("term,category\n高标准农田,land\n", encoding="utf-8")
    return read_study(write_study(tmp_path, NOT_BUILT_IN))


def test_the_table_and_the_lexicon_are_written(study: Study, tmp_path: Path) -> None:
    found = discover_in_study(study, min_count=2)
    assert found.listed == study.results_folder / "phrases" / "phrases.csv"
    table = read_csv(found.listed, "phrases")
    assert table["phrase"].tolist() == found.table["phrase"].tolist()
    known = dict(zip(table["phrase"], table["known"], strict=True))
    assert known["高标准农田"] == "lexicon"
    assert known["新质生产力"] == ""
    assert found.lexicon == tmp_path / "terms.csv"
    assert found.lexicon.read_bytes().startswith(b"\xef\xbb\xbfterm,category,label_en,variant_of,")


def test_the_lexicon_can_be_read_and_names_each_place(study: Study) -> None:
    found = discover_in_study(study, min_count=2)
    lexicon = read_lexicon(found.lexicon).set_index("term")
    assert len(lexicon) == found.drafted > 1
    new = found.table[(found.table["known"] == "") & (found.table["kind"] == "phrase")]
    assert set(lexicon.index) == set(new["phrase"])
    assert set(lexicon["category"]) == {"phrase"}
    # Line 1, column 8 of the file with the earliest date.
    assert lexicon.at["新质生产力", "note"] == "jia_1:1:8, 3 in 2 documents"


def test_the_drafted_lexicon_can_be_named_by_the_study(study: Study, tmp_path: Path) -> None:
    found = discover_in_study(study, min_count=2)
    sentence = summary(found)[-1]
    assert '[lexicon] files = ["own.csv", "terms.csv"] in study.toml' in sentence
    body = NOT_BUILT_IN.replace('"own.csv"', '"own.csv", "terms.csv"')
    renamed = read_study(write_study(tmp_path, body))
    again = discover_in_study(renamed, tmp_path / "more.csv", min_count=2)
    assert set(again.table["known"]) >= {"lexicon"}
    assert again.drafted == 0 and not again.lexicon.exists()
    assert "no lexicon drafted" in summary(again)[-1]


def test_a_lexicon_that_is_there_is_never_overwritten(study: Study, tmp_path: Path) -> None:
    mine = tmp_path / "terms.csv"
    mine.write_text("term,category\n智改数转,mine\n", encoding="utf-8")
    before = mine.read_bytes()
    with pytest.raises(LexiconError, match="there already; name another file with --out"):
        discover_in_study(study, min_count=2)
    dangling = tmp_path / "link.csv"
    dangling.symlink_to(tmp_path / "nowhere.csv")
    with pytest.raises(LexiconError, match=r"link\.csv is there already"):
        discover_in_study(study, dangling, min_count=2)
    assert mine.read_bytes() == before
    assert not study.results_folder.exists()


def test_what_a_run_has_published_stays(study: Study) -> None:
    run_study(study, until="keywords")
    before = tree(study.results_folder)
    discover_in_study(study, min_count=2)
    assert tree(study.results_folder) == before
    run_study(study, until="keywords")
    assert (study.results_folder / "phrases" / "phrases.csv").is_file()


def test_stages_that_are_done_are_not_run_again(study: Study, tmp_path: Path) -> None:
    said: list[tuple[str, str]] = []

    def report(stage: str, state: str, seconds: float) -> None:
        said.append((stage, state))

    discover_in_study(study, min_count=2, report=report)
    assert [pair for pair in said if pair[1] != "runs"] == (
        [("read", "ran"), ("clean", "ran"), ("places", "ran")]
    )
    said.clear()
    discover_in_study(study, tmp_path / "again.csv", min_count=2, report=report)
    assert said == [("read", "kept"), ("clean", "kept"), ("places", "kept")]


def test_the_same_study_gives_the_same_bytes(study: Study, tmp_path: Path) -> None:
    first = discover_in_study(study, tmp_path / "first.csv", min_count=2)
    listed = first.listed.read_bytes()
    other = override(study, results=tmp_path / "elsewhere")
    second = discover_in_study(other, tmp_path / "second.csv", min_count=2)
    assert second.listed.read_bytes() == listed
    assert second.lexicon.read_bytes() == first.lexicon.read_bytes()


def test_wrong_arguments_leave_nothing_behind(study: Study, tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="min_count"):
        discover_in_study(study, min_count=0)
    with pytest.raises(StudyError, match="top"):
        discover_in_study(study, top=0)
    assert not study.results_folder.exists()
    absent = override(study, corpus=tmp_path / "absent")
    with pytest.raises(CorpusError):
        discover_in_study(absent, min_count=2)
    assert not (tmp_path / "terms.csv").exists()


def test_a_faulty_lexicon_is_an_error_or_a_warning(study: Study, tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("term,category\n高标准农田,x\n田,x\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="line 3"):
        discover_in_study(study, min_count=2)
    lenient = read_study(write_study(tmp_path, NOT_BUILT_IN + '\nfaults = "warn"'))
    assert any("line 3" in warning for warning in discover_in_study(lenient).warnings)


def test_a_study_without_any_lexicon_has_phrases_too(tmp_path: Path) -> None:
    write_corpus(tmp_path / "texts")
    bare = read_study(write_study(tmp_path, "[lexicon]\nbuiltin = false"))
    assert set(discover_in_study(bare, min_count=2).table["known"]) <= {"", "jieba"}
