"""The command as a user types it: exit codes, one-line errors, what is printed."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.small import TEXTS, tree, write_corpus, write_study
from textlab.pipeline.say import progress

COMMAND = [sys.executable, "-m", "textlab.cli"]


def textlab(*arguments: str | Path, at: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        cwd=at,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study that has been run."""
    folder = tmp_path_factory.mktemp("cli")
    write_corpus(folder / "texts")
    file = write_study(folder)
    ran = textlab("run", at=folder)
    assert ran.returncode == 0, ran.stderr
    assert "read 4 documents" in ran.stdout and "wrote 39 tables and 12 figures" in ran.stdout
    assert re.search(r"^topics +\d+\.\d s$", ran.stdout, re.MULTILINE)
    return file


def refused(run: subprocess.CompletedProcess[str], *wanted: str) -> None:
    """Exit code 2, and one line on standard error, which holds what is wanted."""
    assert run.returncode == 2, (run.stdout, run.stderr)
    assert run.stderr.count("\n") == 1 and run.stderr.startswith("textlab: error: "), run.stderr
    for part in wanted:
        assert part in run.stderr, run.stderr


def test_version_and_help(tmp_path: Path) -> None:
    version = textlab("--version", at=tmp_path)
    assert (version.returncode, version.stdout) == (0, "textlab, version 0.1.0\n")
    for command in ([], ["init"], ["run"], ["plan"], ["trace"], ["topics"], ["topics", "apply"]):
        shown = textlab(*command, "--help", at=tmp_path)
        assert shown.returncode == 0 and "Usage:" in shown.stdout


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys, textlab.cli\n"
        "heavy = {'pandas', 'gensim', 'matplotlib', 'sklearn', 'jieba', 'pydantic', 'numpy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


def test_a_second_run_says_that_nothing_has_changed(study: Path) -> None:
    again = textlab("run", "study.toml", at=study.parent)
    assert again.returncode == 0
    assert "nothing has changed" in again.stdout
    assert again.stdout.count("done before") == 15
    quiet = textlab("run", "--quiet", at=study.parent)
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")


def test_plan(study: Path, tmp_path: Path) -> None:
    done = textlab("plan", at=study.parent)
    assert done.stdout.splitlines()[0].split() == ["read", "done"]
    new = textlab("plan", study, "--results", tmp_path / "new", at=tmp_path)
    lines = new.stdout.splitlines()
    assert re.fullmatch("read +runs  never run", lines[0])
    # What is said of the stages stands in one column.
    assert len(lines) == 15 and len({re.match(r"\S+ +", line).end() for line in lines}) == 1  # type: ignore[union-attr]
    assert not (tmp_path / "new").exists()


def test_trace_leads_to_the_characters(study: Path) -> None:
    results = study.parent / "results" / "study"
    run = textlab("trace", results, "新质生产力", at=study.parent)
    lines = run.stdout.splitlines()
    total = sum(text.count("新质生产力") for _, _, text in TEXTS.values())
    assert lines[0] == f"新质生产力: {total} occurrences in 2 documents"
    assert len(lines) == total + 1
    for line in lines[1:]:
        file, row, column = re.match(r"([^:]+):(\d+):(\d+)\t", line).groups()  # type: ignore[union-attr]
        raw = (study.parent / "texts" / file).read_text(encoding="utf-8").splitlines()
        assert raw[int(row) - 1][int(column) - 1 :].startswith("新质生产力")
        assert "【新质生产力】" in line


def test_trace_of_one_document_one_place_and_a_plain_word(study: Path) -> None:
    results = study.parent / "results" / "study"
    one = textlab("trace", results, "高质量发展", "--doc", "yi_2", at=study.parent)
    assert one.stdout.startswith("高质量发展: 1 occurrences in 1 documents\nyi_2.txt:")
    place = textlab("trace", results, "高质量发展", "--place", "青石市", at=study.parent)
    assert place.stdout.startswith("高质量发展: 2 occurrences in 2 documents\njia_1.txt:")
    word = textlab("trace", results, "机器人", at=study.parent)
    assert word.stdout.startswith("机器人: 3 occurrences in 2 documents\n")


def test_trace_refuses_what_it_cannot_show(study: Path, tmp_path: Path) -> None:
    results = study.parent / "results" / "study"
    here = study.parent
    refused(textlab("trace", results, "新质生产", at=here), "did you mean '新质生产力'?")
    refused(textlab("trace", results, "共同富裕", at=here), "stands nowhere in the texts")
    refused(textlab("trace", results, "高质量发展", "--doc", "x", at=here), "no document 'x'")
    refused(
        textlab("trace", results, "高质量发展", "--place", "x", at=here),
        "there are: 白鹭市, 青石市",
    )
    refused(textlab("trace", tmp_path, "高质量发展", at=here), "results folder of textlab run?")
    write_corpus(tmp_path / "other")
    (tmp_path / "other" / "jia_1.txt").write_text("变了", encoding="utf-8")
    other = textlab("trace", results, "高质量发展", "--corpus", tmp_path / "other", at=here)
    assert other.returncode == 2 and "not the file that was counted" in other.stderr


def test_bad_input_of_the_study_file(tmp_path: Path) -> None:
    write_corpus(tmp_path / "texts")
    file = tmp_path / "study.toml"
    refused(textlab("run", at=tmp_path), "study.toml: no such study file")
    file.write_text("[corpus\n")
    refused(textlab("run", at=tmp_path), "study.toml: not valid TOML")
    write_study(tmp_path, "[topics]\nkk = 3\n")
    refused(textlab("run", at=tmp_path), "unknown key [topics] kk; did you mean 'k'?")
    write_study(tmp_path, "[topic]\nk = 3\n")
    refused(textlab("run", at=tmp_path), "unknown table [topic]; did you mean 'topics'?")
    write_study(tmp_path, '[topics]\nk = "three"\n')
    refused(textlab("run", at=tmp_path), "[topics] k: wanted", "found 'three'")
    write_study(tmp_path, "[topics]\nk = 0\n")
    refused(textlab("run", at=tmp_path), "[topics] k: wanted", "found 0")
    refused(textlab("run", "--until", "topcs", at=tmp_path), "study.toml")


def test_bad_input_of_the_corpus(tmp_path: Path) -> None:
    write_study(tmp_path)
    refused(textlab("run", at=tmp_path), "texts: no such corpus folder")
    (tmp_path / "texts").mkdir()
    refused(textlab("run", at=tmp_path), "texts: no documents in this folder")
    (tmp_path / "texts" / "a.txt").write_bytes(b"\x00\x00")
    refused(textlab("run", at=tmp_path), "no readable text", "NUL bytes")
    assert not (tmp_path / "results" / "study" / "tables").exists()


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("doc_id,file,place", "doc_id,file,palce", "'palce'; did you mean 'place'?"),
        ("jia_2,jia_2.txt", "jia_1,jia_2.txt", "line 3: the doc_id stands above already"),
        ("jia_2,jia_2.txt", "jia_2,gone.txt", "lists 'gone.txt', which is not in"),
    ],
)
def test_bad_input_of_the_manifest(tmp_path: Path, before: str, after: str, wanted: str) -> None:
    manifest = write_corpus(tmp_path / "texts") / "documents.csv"
    write_study(tmp_path)
    manifest.write_text(manifest.read_text(encoding="utf-8").replace(before, after), "utf-8")
    refused(textlab("run", at=tmp_path), "documents.csv", wanted)


def test_bad_input_of_lexicon_k_and_results(study: Path, tmp_path: Path) -> None:
    """And with all of them earlier results stay as they were."""
    here, before = study.parent, tree(study.parent / "results" / "study")
    lexicon = tmp_path / "own.csv"
    lexicon.write_text("term,category\n新质生产力,a\n长,b\n", encoding="utf-8")
    refused(textlab("run", "--lexicon", lexicon, at=here), "own.csv, line 3: '长' is one character")
    high = here / "high.toml"
    high.write_text(
        study.read_text().replace("k = 2", "k = 500") + '[results]\npath = "results/study"\n'
    )
    refused(textlab("run", "--quiet", high, at=here), "[topics] k = 500", "choose")
    (tmp_path / "file").write_text("")
    refused(
        textlab("run", "--quiet", "--results", tmp_path / "file" / "x", at=here),
        "cannot be written",
    )
    refused(textlab("run", "--workers", "0", at=here), "--workers")
    assert tree(here / "results" / "study") == before


def test_files_set_aside_are_a_warning(tmp_path: Path) -> None:
    write_corpus(tmp_path / "texts")
    (tmp_path / "texts" / "scan.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "texts" / "documents.csv").unlink()
    write_study(tmp_path)
    run = textlab("run", "--until", "clean", at=tmp_path)
    assert run.returncode == 0
    assert "textlab: warning: scan.pdf is set aside: a broken .pdf" in run.stderr
    assert "set aside 1 files" in run.stdout


def test_ctrl_c_leaves_earlier_results_and_exits_130(tmp_path: Path) -> None:
    write_corpus(tmp_path / "texts")
    study = write_study(tmp_path)
    results = tmp_path / "results" / "study"
    assert textlab("run", "--until", "keyness", at=tmp_path).returncode == 0
    before = tree(results)
    study.write_text(study.read_text().replace("resamples = 50", "resamples = 60"))
    running = subprocess.Popen(
        [*COMMAND, "run"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        # What a shell runs in the background ignores Ctrl-C, and so does what that starts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    until = time.monotonic() + 60
    while not list((results / ".stages" / "keywords").glob(".writing*")):
        assert time.monotonic() < until and running.poll() is None
        time.sleep(0.005)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "interrupted; earlier results are as they were" in said and "Traceback" not in said
    assert tree(results) == before
    assert list(results.glob("**/.writing*")) == [] and list(results.glob("**/*.tmp")) == []


@pytest.fixture
def heeding() -> Iterator[None]:
    """Ctrl-C as at a terminal, also where these tests run in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeding")
def test_a_ctrl_c_that_a_library_swallows_ends_the_run_at_the_next_stage() -> None:
    with pytest.raises(KeyboardInterrupt), progress(None, quiet=True) as report:
        report("read", "ran", 0.1)
        with contextlib.suppress(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(1)
        report("clean", "ran", 0.1)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
