"""The process that reads foreign formats, and what becomes of those that end it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pdf_files import Text, make_pdf
from textlab.reading import child
from textlab.reading.child import Extractor
from textlab.reading.extract import UnreadableError
from textlab.reading.formats import extract

PDF = make_pdf([[Text(50, 50, "岚江市发展新质生产力")]])

# What a parser may do, read from the file that it is given.
READER = """
import os, sys, time
from textlab.reading.extract import Extract

def read(data):
    order = data.decode()
    if order == "sleep":
        time.sleep(1000)
    elif order == "die":
        os._exit(7)
    elif order == "grow":
        bytearray(10**12)
    elif order == "print":
        print("to the standard output")
        os.write(1, b"and behind its back")
    elif order == "fail":
        raise ZeroDivisionError("of all things\\nin two lines")
    elif order == "deep":
        read_deeper = lambda: read_deeper()
        read_deeper()
    return Extract(order + "\\n")
"""


@pytest.fixture
def readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A format whose reader does as its file says, in the child too."""
    (tmp_path / "obedient.py").write_text(READER, encoding="utf-8")
    start = (
        "from textlab.reading import formats, child; import obedient; "
        "formats.READERS['.do'] = obedient.read; child._serve()"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(child, "COMMAND", (sys.executable, "-P", "-c", start))


def reason(extractor: Extractor, order: str) -> str:
    with pytest.raises(UnreadableError) as caught:
        extractor(".do", order.encode())
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_child_reads_what_would_be_read_here() -> None:
    with Extractor() as extractor:
        assert extractor(".pdf", PDF) == extract(".pdf", PDF)
        assert extractor(".pdf", PDF).layout == "1 50.0 50.0 150.0 60.0"
        with pytest.raises(UnreadableError, match="a broken file: File is not a zip file"):
            extractor(".docx", b"")


@pytest.mark.usefixtures("readers")
def test_a_reader_that_fails_in_any_way_does_not_stop_the_next() -> None:
    with Extractor() as extractor:
        assert (
            reason(extractor, "fail")
            == "a broken .do: ZeroDivisionError: of all things in two lines"
        )
        assert extractor(".do", b"a").text == "a\n"
        assert reason(extractor, "deep").startswith("a broken .do: RecursionError: ")
        assert reason(extractor, "die") == "the reader of '.do' broke off (exit status 7)"
        assert extractor(".do", b"b").text == "b\n"
        assert reason(extractor, "grow") == "reading it takes too much memory"
        assert extractor(".do", b"print").text == "print\n"
        assert extractor(".do", "岚江".encode() * 1_000_000).text == "岚江" * 1_000_000 + "\n"


@pytest.mark.usefixtures("readers")
def test_a_reader_that_takes_too_long_is_stopped() -> None:
    with Extractor() as extractor:
        assert extractor(".do", b"a").text == "a\n"
        first = extractor._child
        extractor.seconds = 0.5
        assert reason(extractor, "sleep") == "not read within 0.5 seconds"
        extractor.seconds = 60
        assert extractor(".do", b"b").text == "b\n"
        assert first is not None and first.returncode is not None
        assert extractor._child is not first


@pytest.mark.usefixtures("readers")
def test_child_ends_with_its_context_and_begins_with_the_first_file() -> None:
    with Extractor() as extractor:
        assert extractor._child is None
        extractor(".do", b"a")
        begun = extractor._child
        extractor(".do", b"b")
        assert extractor._child is begun
    assert begun is not None and begun.returncode is not None


def test_child_that_cannot_begin_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "COMMAND", (sys.executable, "-c", "raise SystemExit(3)"))
    with Extractor() as extractor:
        for _ in range(2):
            with pytest.raises(UnreadableError, match=r"broke off \(exit status 3\)"):
                extractor(".pdf", bytes(1_000_000))


def test_module_in_the_working_folder_is_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pdfplumber.py").write_text("raise SystemExit('imported')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with Extractor() as extractor:
        assert extractor(".pdf", PDF).text == "岚江市发展新质生产力\n"


@pytest.mark.parametrize(
    ("suffix", "package"),
    [(".docx", "docx"), (".pdf", "pdfplumber"), (".html", "trafilatura"), (".xlsx", "openpyxl")],
)
def test_missing_package_is_named_with_the_way_to_install_it(
    monkeypatch: pytest.MonkeyPatch, suffix: str, package: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(UnreadableError) as caught:
        extract(suffix, b"PK")
    assert str(caught.value) == (
        f"reading '{suffix}' wants {package}, which cannot be imported; "
        'pip install "textlab[documents]"'
    )


def test_importing_the_readers_loads_no_foreign_package() -> None:
    code = "import textlab.reading.child, json, sys; print(json.dumps(list(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(json.loads(run.stdout))
    assert not loaded & {"docx", "pdfplumber", "trafilatura", "openpyxl", "lxml", "pandas"}
