"""``textlab init``: a manifest and a study drafted for a folder, to be corrected, then run."""

from __future__ import annotations

import csv
import os
import re
import tomllib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from tests.corpus_files import DECISION, REPORT, write
from tests.small import TEXTS
from textlab.cli import main
from textlab.config import Study, make_study, read_study
from textlab.errors import CorpusError, ManifestError, ResultsError, StudyError, TextlabError
from textlab.pipeline.draft import COLUMNS, draft_manifest, draft_study
from textlab.pipeline.init import init_study, summary
from textlab.reading.documents import read_documents
from textlab.reading.manifest import read_manifest
from textlab.schema import empty
from textlab.topics.options import PASSES, PRIOR

WEB = "# 岚江市2023年工作情况\n\n发布时间：2023-12-06　来源：岚江市人民政府门户网站\n\n进展顺利。\n"
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def textlab(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """The command, run in ``tmp_path``: its exit code, standard output and standard error."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["textlab", *arguments])
        code = 0
        try:
            main()
        except SystemExit as left:
            code = int(left.code or 0)
        return code, *capsys.readouterr()

    return run


def rows(manifest: Path) -> list[dict[str, str]]:
    with manifest.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_init_then_run(tmp_path: Path, textlab: Command) -> None:
    texts = {f"{name}.txt": text for name, (_, _, text) in TEXTS.items()}
    write(tmp_path / "corpus" / "mine", texts | {"scan.gif": b"GIF89a"})
    code, said, warned = textlab("init", "corpus/mine")
    assert code == 0
    assert said.splitlines()[0] == f"drafted {Path('corpus/mine/documents.csv')}: 4 documents"
    assert said.splitlines()[1] == "  title  4 guessed"
    assert said.splitlines()[-2] == "drafted study.toml"
    assert said.endswith("; then: textlab run\n")
    assert warned.startswith("textlab: warning: scan.gif is set aside: the format '.gif'")
    study = tmp_path / "study.toml"
    text = study.read_text(encoding="utf-8")
    text = text.replace("# resamples = 2000", "resamples = 50").replace('# k = "auto"', "k = 2")
    study.write_text(text, encoding="utf-8")
    code, said, _ = textlab("run")
    assert code == 0
    assert "read 4 documents" in said
    tables = tmp_path / "results" / "mine" / "tables"
    assert len(rows(tables / "documents.csv")) == 4
    assert {row["guessed"] for row in rows(tables / "documents.csv")} == {"title"}
    assert rows(tables / "keyword_by_document.csv")


def test_the_manifest_holds_what_was_guessed_and_says_so(tmp_path: Path) -> None:
    files = {
        "sub/web.md": WEB,
        "decision.txt": "中共岚江市委关于深化改革的决定\n(2024年7月8日通过)\n\n" + DECISION,
        "plain.txt": "　　" + REPORT.splitlines()[-1],
    }
    write(tmp_path / "texts", files)
    drafted = init_study(tmp_path / "texts", tmp_path / "study.toml")
    assert drafted.manifest.read_bytes().startswith(b"\xef\xbb\xbfdoc_id,file,title,place,date,")
    found = {row["file"]: row for row in rows(drafted.manifest)}
    assert list(found) == ["decision.txt", "plain.txt", "sub/web.md"]
    assert found["sub/web.md"] == {
        "doc_id": "web",
        "file": "sub/web.md",
        "title": "岚江市2023年工作情况",
        "place": "岚江市",
        "date": "2023-12-06",
        "genre": "web",
        "source": "岚江市人民政府门户网站",
        "guessed": "title place date genre source",
        "sha256": sha256(WEB.encode()).hexdigest(),
    }
    decision = found["decision.txt"]
    assert (decision["date"], decision["genre"]) == ("2024-07-08", "decision")
    assert (decision["place"], decision["source"]) == ("岚江市", "中共岚江市委")
    plain = found["plain.txt"]
    assert [plain[column] for column in ("title", "place", "date", "genre", "source")] == [
        "本报讯，今年粮食再获丰收。", "", "", "newspaper", "",
    ]  # fmt: skip
    assert plain["guessed"] == "title genre"
    assert drafted.table.to_dict("records") == list(found.values())
    assert list(drafted.table.columns) == list(COLUMNS)
    assert summary(drafted)[1:6] == [
        "  title  3 guessed",
        "  place  2 guessed, 1 blank: plain.txt",
        "  date   2 guessed, 1 blank: plain.txt",
        "  genre  3 guessed",
        "  source 2 guessed, 1 blank: plain.txt",
    ]


def test_a_draft_keeps_what_is_known(tmp_path: Path) -> None:
    known = write(tmp_path, {"a.md": WEB, "m.csv": "file,source,place\na.md,市政府,青禾市\n"})
    drafted = draft_manifest(read_documents(known, known / "m.csv"))
    assert drafted[["place", "source", "guessed"]].to_numpy().tolist() == [
        ["青禾市", "市政府", "title date genre"]
    ]
    assert list(draft_manifest(empty("documents")).columns) == list(COLUMNS)


def test_marks_stay_until_they_are_blanked_and_struck_guesses_do_not_come_back(
    tmp_path: Path,
) -> None:
    write(tmp_path / "texts", {"a.md": WEB, "b.md": WEB + "。", "c.md": WEB + "！"})
    manifest = init_study(tmp_path / "texts", tmp_path / "study.toml").manifest
    drafted = manifest.read_text(encoding="utf-8-sig").splitlines()
    assert drafted[2].count("title place date genre source") == 1
    # b: somebody has looked; c: the date and the source were wrong, and nobody knows better.
    drafted[2] = drafted[2].replace("title place date genre source", "")
    drafted[3] = drafted[3].replace(",2023-12-06,", ",,").replace("岚江市人民政府门户网站", "")
    manifest.write_text("\n".join(drafted), encoding="utf-8")
    documents = read_documents(tmp_path / "texts")
    assert documents["guessed"].tolist() == [
        "title place date genre source", "", "title place genre",
    ]  # fmt: skip
    assert documents["date"].tolist() == ["2023-12-06", "2023-12-06", ""]


def test_marks_name_cells_of_a_row(tmp_path: Path) -> None:
    file = write(tmp_path, {"documents.csv": "file,guessed\na.md,date  title\nb.md,no\n"})
    with pytest.raises(ManifestError, match="line 3: 'guessed' names cells of the row, out of: "):
        read_manifest(file / "documents.csv")
    write(
        tmp_path, {"documents.csv": "file,title,guessed\na.md,甲,date  title place\n", "a.md": WEB}
    )
    # A mark of a blank cell says nothing.
    assert read_documents(tmp_path)["guessed"].tolist() == ["title"]
    write(tmp_path, {"documents.csv": "file,guessed\n"})
    assert read_manifest(tmp_path / "documents.csv").empty


def test_the_study_is_valid_and_shows_every_key_with_its_default(tmp_path: Path) -> None:
    write(tmp_path / "texts", {"a.md": WEB})
    file = init_study(tmp_path / "texts", tmp_path / "mine.toml").study
    study = read_study(file)
    assert (study.name, study.corpus.path) == ("mine", "texts")
    assert study.results_folder == tmp_path / "results" / "mine"
    least = make_study({"corpus": {"path": "texts"}, "study": {"name": "mine"}}, file)
    assert study == least
    shown = re.sub(r"^# (?=\w+ = )", "", file.read_text("utf-8"), flags=re.MULTILINE)
    values = tomllib.loads(shown)
    whole = make_study(values, file)
    for name, field in Study.model_fields.items():
        if name == "file":
            continue
        section = getattr(whole, name)
        keys = {f.alias or key for key, f in type(section).model_fields.items()}
        assert set(values[name]) == keys, name
        if name not in {"corpus", "lexicon", "results"}:
            # Lists, and what is nothing by default, are shown with an example.
            plain = getattr(least, name)
            kept = {
                key: value
                for key, value in section
                if isinstance(value, list) or getattr(plain, key) is None
            }
            assert section.model_copy(update=kept) == plain.model_copy(update=kept)
        assert field.annotation is type(section)
    # What these are where nothing is said depends on the start, which is shown as an NMF.
    assert (whole.topics.passes, whole.topics.prior) == (PASSES["nmf"], PRIOR)
    assert Path(values["results"]["path"]) == Path("results/mine")


@pytest.mark.parametrize(
    "name", ['a"b', "a\\b", "a\nb", "a\x7fb", "甲 乙", "a: b?", "...", "# = '", "\u2028"]
)
def test_any_name_of_a_folder_makes_a_valid_study(tmp_path: Path, name: str) -> None:
    folder = write(tmp_path / name, {"a.md": WEB})
    drafted = init_study(folder, tmp_path / "study.toml")
    study = read_study(drafted.study)
    assert study.corpus_folder == folder.resolve()
    assert study.results_folder.parent == tmp_path / "results"
    assert tomllib.loads(draft_study(name, name))["corpus"]["path"] == name
    assert all(line.isprintable() for line in summary(drafted)) or not name.isprintable()


@pytest.mark.parametrize(
    "study", ["study.toml", "a/b/study.toml", "texts/study.toml", "link/x.toml"]
)
def test_the_study_leads_to_the_texts_from_wherever_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, study: str
) -> None:
    texts = write(tmp_path / "texts", {"a.md": WEB})
    (tmp_path / "far" / "away").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "far" / "away")
    monkeypatch.chdir(tmp_path)
    drafted = init_study("texts", study)
    assert read_study(drafted.study).corpus_folder == texts
    assert read_study(drafted.study).name == ("x" if study.endswith("x.toml") else "texts")


def test_a_folder_may_be_the_one_that_one_stands_in(tmp_path: Path, textlab: Command) -> None:
    write(tmp_path, {"a.md": WEB})
    assert textlab("init", ".")[0] == 0
    assert read_study("study.toml").corpus.path == "."
    assert len(read_documents(".")) == 1


def test_odd_names_of_files_come_through(tmp_path: Path) -> None:
    names = ['a"b.txt', "a,b.txt", "a\nb.txt", "=1+1.txt", "甲 乙.txt", "a#b'.txt"]
    title = '关于“甲”, "乙"的决定'
    text = f"{title}\n\n全市抓好落实。\n"
    folder = write(tmp_path / "texts", dict.fromkeys([*names, " a.txt"], text))
    drafted = init_study(folder, tmp_path / "study.toml")
    assert sorted(drafted.table["file"]) == sorted(names)
    assert set(drafted.table["title"]) == {title}
    assert drafted.left_out == [
        " a.txt is set aside: its name begins or ends with white space; rename it"
    ]
    documents = read_documents(folder)
    read = documents[documents["set_aside"] == ""]
    assert sorted(read["file"]) == sorted(names)
    assert set(read["title"]) == {title}


def refused(kind: type[TextlabError], folder: Path, study: Path, *wanted: str) -> None:
    """Refused in one line, and neither file is there."""
    before = {path: path.read_bytes() for path in folder.glob("*") if path.is_file()}
    with pytest.raises(kind) as caught:
        init_study(folder, study)
    message = str(caught.value)
    assert "\n" not in message
    for part in wanted:
        assert part in message
    if folder.is_dir():
        assert {p: p.read_bytes() for p in folder.glob("*") if p.is_file()} == before


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    texts = write(tmp_path / "texts", {"a.md": WEB})
    study = tmp_path / "study.toml"
    study.write_text("mine")
    refused(StudyError, texts, study, "study.toml is there already", "--study FILE.toml")
    refused(StudyError, texts, tmp_path, "study.toml is there already")
    assert study.read_text() == "mine"
    other = tmp_path / "other.toml"
    (tmp_path / "other.toml").symlink_to(tmp_path / "nowhere")
    refused(StudyError, texts, other, "other.toml is there already")
    write(texts, {"documents.csv": "file\na.md\n"})
    refused(StudyError, texts, tmp_path / "new.toml", "documents.csv is there already; correct it")
    assert not (tmp_path / "new.toml").exists() and other.is_symlink()


def test_bad_folders_are_told(tmp_path: Path) -> None:
    study = tmp_path / "study.toml"
    refused(CorpusError, tmp_path / "gone", study, "gone: no such folder; textlab init DIR wants")
    file = write(tmp_path, {"a.md": WEB}) / "a.md"
    refused(CorpusError, file, study, "a.md: is not a folder")
    (tmp_path / "empty").mkdir()
    refused(CorpusError, tmp_path / "empty", study, "no documents in this folder")
    write(tmp_path / "bad", {"a.txt": b"\x00\x00"})
    refused(CorpusError, tmp_path / "bad", study, "no readable text", "NUL bytes")
    texts = write(tmp_path / "texts", {"b.md": WEB})
    refused(ResultsError, texts, file / "study.toml", "cannot write", "study.toml")
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff"))
    refused(CorpusError, write(odd, {"a.md": WEB}), study, "not UTF-8; rename the folder")
    assert not study.exists()


def test_the_command_says_so_and_leaves_with_2(tmp_path: Path, textlab: Command) -> None:
    assert textlab("init", "gone")[0] == 2
    code, said, warned = textlab("init")
    assert (code, said) == (2, "") and warned.startswith("textlab: error: Missing argument 'DIR'")
    write(tmp_path / "texts", {"a.md": WEB})
    code, said, _ = textlab("init", "texts", "--study", "mine.toml")
    assert code == 0 and said.endswith("; then: textlab run mine.toml\n")
    code, said, warned = textlab("init", "texts", "--study", "two.toml")
    assert (code, said, warned.count("\n")) == (2, "", 1)
    assert warned.startswith("textlab: error: ") and "documents.csv is there already" in warned
