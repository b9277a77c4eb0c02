"""``textlab multiverse``: small corpora counted in every way, worked by hand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import textlab as tl
from tests.files import write_file
from tests.small import quick_figures as quick_figures
from tests.small import tree, write_corpus, write_study
from textlab.analysis.multiverse import CHOICES, keyness_findings, keyword_findings
from textlab.config import make_study
from textlab.errors import CorpusError, LexiconError, StudyError
from textlab.pipeline import universes
from textlab.pipeline.multiverse import Multiverse, multiverse_of_study, summary
from textlab.pipeline.universes import Universe, universes_of

STONE, HERON = "青石市", "白鹭市"
FILLER = "水库边的果园里，老人种下梨树，孩子们在桥上看船，山坡上开满了花。"
BESIDE = "码头上停着几条旧木船，渔民修补渔网，猫在屋檐下睡觉，远处传来钟声。"


def corpus(folder: Path, texts: dict[str, tuple[str, str]]) -> Path:
    """A study of these texts, (place, text) by doc_id."""
    rows = ["doc_id,file,place,date,genre"]
    for name, (place, text) in texts.items():
        write_file(folder / "texts" / f"{name}.txt", f"{text}\n")
        rows.append(f"{name},{name}.txt,{place},2024-01-01,newspaper")
    write_file(folder / "texts" / "documents.csv", "\n".join(rows) + "\n")
    return write_study(folder)


def made(file: Path) -> Multiverse:
    return multiverse_of_study(tl.read_study(file))


def finding(found: Multiverse, table: str, group: str, term: str) -> dict[str, Any]:
    rows = found.findings
    here = rows[(rows["table"] == table) & (rows["group"] == group) & (rows["term"] == term)]
    assert len(here) == 1
    return {str(name): values.iloc[0] for name, values in here.items()}


@pytest.fixture
def nothing_new(monkeypatch: pytest.MonkeyPatch) -> None:
    """No phrase stands so often, so that there are 16 universes."""
    monkeypatch.setattr(universes, "LEAST", 1000)


@pytest.mark.usefixtures("nothing_new")
def test_a_finding_that_accidents_alone_make(tmp_path: Path) -> None:
    """制造业 stands four times here and three times there, and 12 times in 制造业务."""
    accidents = "".join(f"{who}办理制造业务，" for who in "张王李赵陈刘周吴郑冯孙马")
    stone = {"a1": (STONE, f"{'县里的制造业好。' * 2}{accidents}"), "a2": (STONE, "制造业强，" * 2)}
    heron = {"b1": (HERON, f"制造业弱。{FILLER * 3}"), "b2": (HERON, "制造业少，" * 2)}
    found = made(corpus(tmp_path, stone | heron))
    assert len(found.universes) == 16
    assert found.warnings == [
        "no new phrase stands 1000 times in the texts: no universe has a lexicon of them"
    ]
    assert finding(found, "keyness", STONE, "制造业") == {
        **{"table": "keyness", "group": STONE, "term": "制造业"},
        **{"universes": 16, "positive": 16, "negative": 0, "significant": 8},
        **{"study_sign": "more", "study_significant": 0, "survive": 8, "share": 0.5},
    }
    by_accidents = found.universes.groupby("accidents")["occurrences"].agg(set)
    assert by_accidents.to_dict() == {"left out": {7}, "counted": {19}}


@pytest.mark.usefixtures("nothing_new")
def test_a_finding_that_copies_alone_make(tmp_path: Path) -> None:
    """Six documents of one place print the same paragraph, which names rice three times."""
    rice = "农民在田里插下水稻，合作社又买来新的水稻种子，到了秋天水稻丰收，仓库堆满，"
    rice += "村里人都来帮忙搬运晒干，路上全是拉粮的车，晚上在晒场上摆开长桌吃饭。"
    printed = {f"b{n}": (HERON, rice) for n in range(6)}
    dear, few = f"水稻不多，水稻也贵。{FILLER * 6}", f"水稻很少。{BESIDE * 6}"
    stone = {"a1": (STONE, dear), "a2": (STONE, few)}
    found = made(corpus(tmp_path, printed | stone))
    row = finding(found, "keyness", HERON, "水稻")
    assert (row["universes"], row["significant"], row["survive"]) == (16, 8, 8)
    assert row["study_significant"] == 0
    new = found.universes.groupby("duplicates")["new"].agg(list).to_dict()
    assert max(new["left out"]) < min(new["counted"])
    assert any("most are added with duplicates counted" in line for line in summary(found))


def read(folder: Path, name: str) -> pd.DataFrame:
    return tl.read_csv(folder / "multiverse" / f"{name}.csv", name)


@pytest.mark.parametrize("more", ["", "[tokens]\nmin_documents = 2\nstopwords = ['企业']"])
def test_the_first_universe_is_the_published_study_and_a_run_leaves_the_rest(
    tmp_path: Path, more: str
) -> None:
    write_corpus(tmp_path / "texts")
    file = write_study(tmp_path, more)
    run = tl.run(file)
    published = tree(run.folder)
    found = made(file)
    both = [keyword_findings(run.table("keyword_by_place")), keyness_findings(run.table("keyness"))]
    own = pd.concat(both)
    assert own["significant"].any()
    said = own.assign(sign=own["sign"].map({-1: "less", 0: "equal", 1: "more"}))
    columns = ["table", "group", "term", "study_sign", "study_significant"]
    shown = found.findings.loc[found.findings["study_sign"] != "", columns]
    rows = set(shown.itertuples(index=False, name=None))
    assert rows <= set(said.itertuples(index=False, name=None))
    assert (shown["study_significant"] == 1).sum() == own["significant"].sum()
    assert found.universes.loc[0, "tested"] == len(own)
    assert tl.run(file).kept == run.ran and tree(run.folder) == published
    assert read(run.folder, "universes").equals(found.universes)
    assert len(read(run.folder, "multiverse")) == len(found.findings)


def test_terms_of_the_studys_own_lexicon_are_findings_of_some_universes(tmp_path: Path) -> None:
    write_corpus(tmp_path / "texts")
    write_file(tmp_path / "own.csv", "term,category\n企业车间,own\n育秧面积,own\n")
    crossings = '[lexicon]\nfiles = ["own.csv"]\ncrossings = {"企业车间" = "counted"}\n'
    found = made(write_study(tmp_path, f"{crossings}[statistics]\nmin_count = 1\nresamples = 9"))
    lexicons = found.universes["lexicon"].unique().tolist()
    assert lexicons[:2] == ["own", "built-in"]
    rows = found.findings[found.findings["term"].isin(["企业车间", "育秧面积"])]
    assert (rows["universes"] <= len(found.universes) * (len(lexicons) - 1) // len(lexicons)).all()
    terms = found.universes.groupby("lexicon")["terms"].max()
    assert terms["own"] == terms["built-in"] + 2


def test_universe_one_has_the_studys_settings() -> None:
    study = make_study({"corpus": {"path": "texts"}})
    first = universes_of(study, ["built-in", "discovered"])[0]
    assert first == Universe("on", "built-in", "left out", "left out", "left out")
    other = make_study(
        {
            "corpus": {"path": "texts"},
            "segmentation": {"hmm": False, "accidents": "counted"},
            "tokens": {"builtin_stopwords": False},
        }
    )
    all_of_it = universes_of(other, ["own", "built-in", "discovered"])
    assert all_of_it[0] == Universe("off", "own", "counted", "counted", "left out")
    assert len(set(all_of_it)) == 48
    assert Universe._fields == CHOICES


def test_a_place_with_one_paragraph_is_named(tmp_path: Path) -> None:
    texts = {"a": (STONE, "企业好。\n\n企业多。"), "b": (HERON, "农村的企业。")}
    found = made(corpus(tmp_path, texts))
    assert found.warnings[-1] == (
        "no keyword is tested of places with too little text for an interval: 白鹭市"
    )
    assert len(found.findings) == 0
    assert any("gives 0 (0 keyword, 0 keyness)" in line for line in summary(found))


@pytest.mark.parametrize(
    ("places", "message"),
    [((STONE, STONE), "here is only 青石市"), (("", ""), "no text here has one")],
)
def test_fewer_than_two_places(tmp_path: Path, places: tuple[str, str], message: str) -> None:
    texts = {f"d{n}": (place, "企业发展得好。") for n, place in enumerate(places)}
    with pytest.raises(StudyError, match=f"two places or more, and {message}; give places in"):
        made(corpus(tmp_path, texts))
    assert not (tmp_path / "results" / "study" / "multiverse").exists()


def test_a_verdict_on_what_is_no_term_is_refused(tmp_path: Path) -> None:
    write_corpus(tmp_path / "texts")
    with pytest.raises(LexiconError, match="crossings of '无此词语': no such term"):
        made(write_study(tmp_path, '[lexicon]\ncrossings = {"无此词语" = "counted"}'))


def test_a_corpus_that_is_not_there_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(CorpusError):
        made(write_study(tmp_path))
    assert not (tmp_path / "results").exists()


def command(*arguments: str, at: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "textlab.cli", "multiverse", *arguments],
        cwd=at,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_the_command_says_what_holds_and_any_number_of_workers_finds_the_same(
    tmp_path: Path,
) -> None:
    write_corpus(tmp_path / "texts")
    write_study(tmp_path)
    ran = command("--results", "out", "--workers", "2", at=tmp_path)
    warning = "textlab: warning: no new phrase stands 5 times in the texts: no universe has "
    assert (ran.returncode, ran.stderr) == (0, f"{warning}a lexicon of them\n")
    for wanted in ("counted the study in", "hold in all", "one choice changed alone", "wrote"):
        assert wanted in ran.stdout
    found = read(tmp_path / "out", "multiverse")
    assert f"gives {found['study_significant'].sum()} (" in ran.stdout
    files = {file.name: file.read_bytes() for file in (tmp_path / "out" / "multiverse").iterdir()}
    assert set(files) == {"multiverse.csv", "universes.csv"}
    quiet = command("--results", "alone", "--quiet", at=tmp_path)
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", ran.stderr)
    alone = tmp_path / "alone" / "multiverse"
    assert {file.name: file.read_bytes() for file in alone.iterdir()} == files


def test_the_command_refuses_in_one_line(tmp_path: Path) -> None:
    write_corpus(tmp_path / "texts", ("jia_1", "jia_2"))
    write_study(tmp_path)
    ran = command("--quiet", at=tmp_path)
    assert ran.returncode == 2 and ran.stderr.count("\n") == 1
    assert ran.stderr.startswith("textlab: error: a multiverse compares two places or more")
