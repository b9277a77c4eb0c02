"""What a run refuses or warns of, beyond what single stages do."""

from __future__ import annotations

from pathlib import Path

import pytest

import textlab as tl
from tests.small import quick_figures as quick_figures
from tests.small import write_corpus, write_study
from textlab.errors import LexiconError
from textlab.pipeline import draw
from textlab.pipeline.plan import plan_study


@pytest.fixture
def study(tmp_path: Path) -> Path:
    write_corpus(tmp_path / "texts")
    return write_study(tmp_path)


def test_a_figure_with_too_many_names_is_left_out_and_said_so(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draw, "MOST_PAIRED", 3)
    made = tl.run(study)
    assert "figures/document_similarity.png" not in made.files
    assert "figures/place_similarity.png" in made.files
    assert made.warnings == [
        "figures/document_similarity is not drawn: 4 names, and at most 3 can be read; "
        "the table has them all"
    ]


@pytest.mark.parametrize(
    "section", ['[lexicon]\nfiles = ["gone.csv"]', '[tokens]\nstopwords = "gone"']
)
def test_a_named_file_that_is_not_there_is_refused_even_where_all_is_done(
    study: Path, section: str
) -> None:
    tl.run(study)
    write_study(study.parent, section)
    with pytest.raises(LexiconError, match=r"gone.*: no such"):
        tl.run(study)
    with pytest.raises(LexiconError, match=r"gone.*: no such"):
        plan_study(tl.read_study(study))


def test_warnings_of_copies_and_of_documents_without_a_place(study: Path) -> None:
    texts = study.parent / "texts"
    (texts / "copy.txt").write_bytes((texts / "yi_2.txt").read_bytes())
    (texts / "documents.csv").write_text(
        "file,place\njia_1.txt,青石市\njia_2.txt,青石市\nyi_1.txt,白鹭市\nyi_2.txt,\ncopy.txt,\n"
        "nowhere.txt,\n",
        encoding="utf-8",
    )
    (texts / "nowhere.txt").write_text("要把各项工作抓实抓细，务求取得实效。\n", encoding="utf-8")
    warnings = tl.run(study, until="keyness").warnings
    assert warnings[0].startswith("copy.txt and yi_2.txt are the same to the byte")
    assert warnings[1].startswith("1 documents have no place and are in no table by place")


def test_a_lexicon_that_occurs_nowhere_is_a_warning(study: Path) -> None:
    (study.parent / "own.csv").write_text("term,category\n宇宙飞船,space\n", encoding="utf-8")
    write_study(study.parent, '[lexicon]\nfiles = ["own.csv"]\nbuiltin = false\n')
    made = tl.run(study)
    assert made.warnings == [
        "no term of the lexicon stands in the texts: keyword tables hold zeros"
    ]
    assert not any(name.startswith("figures/keyword") for name in made.files)
