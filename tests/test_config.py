from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from textlab.config import make_study, override, read_study
from textlab.errors import StudyError

MINIMAL = '[corpus]\npath = "texts"\n'
FULL = """
[study]
name = "岚江"
title = "岚江市与青禾市的政策文本"
seed = 7

[corpus]
path = "texts"
manifest = "texts/list.csv"
where = { genre = ["decision", "web"], year = 2024, place = "岚江市" }
from = "2023-07"
to = 2024-06-30

[lexicon]
files = ["own.csv", "more/terms.csv"]
builtin = false

[tokens]
stopwords = ["我市", "全市"]
builtin_stopwords = false
min_length = 1
drop_place_names = false

[statistics]
resamples = 0
min_count = 3

[topics]
k = 12
unit = "document"
passes = 5
min_units = 1
max_share = 1

[figures]
language = "en"
top = 15

[results]
path = "out"
"""


def write(folder: Path, text: str | bytes, name: str = "study.toml") -> Path:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def complain(values: str | dict[str, Any], *parts: str) -> str:
    """``values`` are refused in one line that names the file and has all of ``parts``."""
    with pytest.raises(StudyError) as caught:
        make_study(tomllib.loads(values) if isinstance(values, str) else values, Path("my.toml"))
    message = str(caught.value)
    assert message.startswith("my.toml: ")
    assert "\n" not in message
    for part in parts:
        assert part in message
    return message


def test_minimal_study_has_the_documented_defaults(tmp_path: Path) -> None:
    study = read_study(write(tmp_path, MINIMAL))
    assert study.name == "study"
    assert study.corpus_folder == tmp_path / "texts"
    assert study.manifest_file is None
    assert study.results_folder == tmp_path / "results" / "study"
    assert study.lexicon_files == []
    assert study.model_dump(by_alias=True, exclude={"file"}) == {
        "study": {"name": "", "title": "", "seed": 0},
        "corpus": {"path": "texts", "manifest": None, "where": {}, "from": None, "to": None},
        "lexicon": {"files": [], "builtin": True},
        "tokens": {
            "stopwords": [],
            "builtin_stopwords": True,
            "min_length": 2,
            "drop_place_names": True,
        },
        "statistics": {"resamples": 2000, "min_count": 5},
        "topics": {"k": "auto", "unit": "paragraph", "passes": 3, "min_units": 2, "max_share": 0.5},
        "figures": {"language": "zh", "top": 20},
        "results": {"path": None},
    }


def test_every_key_is_read(tmp_path: Path) -> None:
    study = read_study(write(tmp_path, FULL))
    values = study.model_dump(by_alias=True, exclude={"file"})
    expected = tomllib.loads(FULL)
    expected["corpus"]["to"] = "2024-06-30"
    assert values == expected


def test_full_study_leaves_no_key_out() -> None:
    # Else a new key would pass test_every_key_is_read unseen.
    study = make_study(tomllib.loads(FULL))
    for name, section in study:
        if name != "file":
            assert section.model_fields_set == set(type(section).model_fields), name


def test_paths_are_relative_to_the_study_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    write(tmp_path, FULL)
    monkeypatch.chdir(tmp_path / "elsewhere")
    study = read_study("../study.toml")
    assert study.corpus_folder == tmp_path / "texts"
    assert study.manifest_file == tmp_path / "texts" / "list.csv"
    assert study.lexicon_files == [tmp_path / "own.csv", tmp_path / "more" / "terms.csv"]
    assert study.results_folder == tmp_path / "out"


def test_paths_stay_when_one_goes_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, MINIMAL)
    monkeypatch.chdir(tmp_path)
    study = read_study("study.toml")
    monkeypatch.chdir("/")
    assert study.corpus_folder == tmp_path / "texts"


def test_absolute_paths_stay_as_they_are(tmp_path: Path) -> None:
    values = {"corpus": {"path": str(tmp_path / "a")}, "results": {"path": str(tmp_path / "b")}}
    study = make_study(values, Path("somewhere/study.toml"))
    assert study.corpus_folder == tmp_path / "a"
    assert study.results_folder == tmp_path / "b"


def test_tilde_is_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert make_study({"corpus": {"path": "~/texts"}}).corpus_folder == tmp_path / "texts"


def test_name_is_the_stem_of_the_file_unless_it_is_given(tmp_path: Path) -> None:
    unnamed = read_study(write(tmp_path, MINIMAL, "cities.2024.toml"))
    assert unnamed.name == "cities.2024"
    assert unnamed.results_folder == tmp_path / "results" / "cities.2024"
    named = read_study(write(tmp_path, f'{MINIMAL}[study]\nname = "两市"\n'))
    assert named.results_folder == tmp_path / "results" / "两市"


def test_folder_stands_for_the_study_file_in_it(tmp_path: Path) -> None:
    write(tmp_path, MINIMAL)
    assert read_study(tmp_path).file == tmp_path / "study.toml"


def test_study_does_not_change() -> None:
    study = make_study({"corpus": {"path": "texts"}})
    with pytest.raises(ValidationError, match="frozen"):
        study.topics.k = 9
    with pytest.raises(ValidationError, match="frozen"):
        study.corpus = study.corpus.model_copy()


def test_defaults_are_not_shared() -> None:
    values = {"corpus": {"path": "texts"}}
    make_study(values).corpus.where["genre"] = "web"
    assert make_study(values).corpus.where == {}


def test_make_study_leaves_its_input_alone() -> None:
    values: dict[str, Any] = {"corpus": {"path": "texts", "from": "2024"}}
    make_study(values)
    assert values == {"corpus": {"path": "texts", "from": "2024"}}


def test_missing_study_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match=r"absent\.toml: no such study file; name one"):
        read_study(tmp_path / "absent.toml")
    with pytest.raises(StudyError, match=r"study\.toml: no such study file"):
        read_study(tmp_path)


def test_file_in_place_of_a_folder_is_named(tmp_path: Path) -> None:
    write(tmp_path, MINIMAL)
    with pytest.raises(
        StudyError, match=r"study.toml/study\.toml: cannot be read: Not a directory"
    ):
        read_study(tmp_path / "study.toml" / "study.toml")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[corpus]\npath = "texts\n', "line 2"),
        ("[corpus]\npath = texts\n", "line 2"),
        ('[corpus]\npath = "a"\npath = "b"\n', "line 3"),
        ('[corpus\npath = "texts"\n', "line 1"),
        ('[corpus]\npath = "texts"\nfrom = 2024-02-30\n', "line 3"),
        ('[corpus]\npath = "texts\\city"\n', "line 2"),
    ],
)
def test_broken_toml_is_refused_with_its_line(tmp_path: Path, text: str, line: str) -> None:
    with pytest.raises(StudyError) as caught:
        read_study(write(tmp_path, text))
    message = str(caught.value)
    assert message.startswith(f"{tmp_path / 'study.toml'}: not valid TOML: ")
    assert line in message
    assert "\n" not in message


def test_empty_study_file_is_told_the_least_that_it_needs(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match=r"\[corpus\] is missing.*path = \"FOLDER\""):
        read_study(write(tmp_path, ""))


@pytest.mark.parametrize("text", [MINIMAL, MINIMAL.replace("\n", "\r\n")])
def test_byte_order_mark_and_line_ends_do_no_harm(tmp_path: Path, text: str) -> None:
    study = read_study(write(tmp_path, b"\xef\xbb\xbf" + text.encode()))
    assert study.corpus.path == "texts"


@pytest.mark.parametrize(
    ("encoding", "line"), [("gb18030", "line 4"), ("utf-16", "line 1"), ("big5", "line 4")]
)
def test_other_encodings_are_refused_with_their_line(
    tmp_path: Path, encoding: str, line: str
) -> None:
    text = f'{MINIMAL}[study]\ntitle = "政策文本"\n'
    with pytest.raises(StudyError) as caught:
        read_study(write(tmp_path, text.encode(encoding)))
    where = f"{tmp_path / 'study.toml'}, {line}: "
    assert str(caught.value) == f"{where}not UTF-8; save it as UTF-8 text"


@pytest.mark.parametrize(
    ("toml", "unknown", "near"),
    [
        ("[topic]\nk = 3", "unknown table [topic]", "did you mean 'topics'?"),
        ("[Corpus]\npath = 'x'", "unknown table [Corpus]", "did you mean 'corpus'?"),
        ("[topics]\nK = 3", "unknown key [topics] K", "did you mean 'k'?"),
        ("[topics]\nmax_shares = 1", "unknown key [topics] max_shares", "did you mean 'max_share'"),
        ("[tokens]\nstopword = []", "unknown key [tokens] stopword", "did you mean 'stopwords'?"),
        ("[lexicon]\nfile = 'a.csv'", "unknown key [lexicon] file", "did you mean 'files'?"),
        ("[results]\nPath = 'x'", "unknown key [results] Path", "did you mean 'path'?"),
        ("from_ = '2024'", "unknown key [corpus] from_", "did you mean 'from'?"),
        ("[figures]\nlang = 'zh'", "unknown key [figures] lang", "did you mean 'language'?"),
    ],
)
def test_unknown_name_is_refused_with_the_nearest(toml: str, unknown: str, near: str) -> None:
    complain(f"{MINIMAL}{toml}\n", f"{unknown}; {near}")


def test_unknown_name_far_from_all_lists_what_there_is() -> None:
    message = complain(f"{MINIMAL}[plots]\n", "unknown table [plots] (tables there are: study, ")
    assert message.endswith("lexicon, tokens, statistics, topics, figures, results)")
    # The alias of a key, and not its name in Python.
    message = complain('[corpus]\npath = "x"\nzzz = 1\n', "unknown key [corpus] zzz (keys there")
    assert message.endswith("are: path, manifest, where, from, to)")


def test_unknown_name_comes_before_other_faults() -> None:
    complain(f"{MINIMAL}[topics]\nk = 0\n[figure]\n", "unknown table [figure]")


@pytest.mark.parametrize("value", ['"x.toml"', "3", "{}"])
def test_file_is_no_table_of_a_study(value: str) -> None:
    complain(f"file = {value}\n{MINIMAL}", "unknown table [file]")


@pytest.mark.parametrize(("toml", "what"), [("", "[corpus]"), ("[corpus]\n", "[corpus] path")])
def test_missing_corpus_is_told_what_to_write(toml: str, what: str) -> None:
    complain(toml, f'{what} is missing; the least a study says is [corpus] path = "FOLDER"')


@pytest.mark.parametrize(
    ("toml", "where", "found"),
    [
        ("[study]\nseed = true", "[study] seed", "True"),
        ('[study]\nseed = "1"', "[study] seed", "'1'"),
        ("[study]\nseed = 1.0", "[study] seed", "1.0"),
        ("[study]\nseed = -1", "[study] seed", "-1"),
        (f"[study]\nseed = {2**63}", "[study] seed", f"{2**63}"),
        ("[study]\nname = 3", "[study] name", "3"),
        ("[lexicon]\nbuiltin = 1", "[lexicon] builtin", "1"),
        ('[lexicon]\nfiles = "a.csv"', "[lexicon] files", "'a.csv'"),
        ("[lexicon]\nfiles = [1]", "[lexicon] files", "1"),
        ("[tokens]\nstopwords = [1]", "[tokens] stopwords", "1"),
        ("[tokens]\nmin_length = 0", "[tokens] min_length", "0"),
        ("[tokens]\nmin_length = true", "[tokens] min_length", "True"),
        ("[statistics]\nresamples = -1", "[statistics] resamples", "-1"),
        ("[statistics]\nmin_count = 0", "[statistics] min_count", "0"),
        ("[topics]\nk = 0", "[topics] k", "0"),
        ('[topics]\nk = "12"', "[topics] k", "'12'"),
        ('[topics]\nk = "Auto"', "[topics] k", "'Auto'"),
        ("[topics]\nk = true", "[topics] k", "True"),
        ("[topics]\nk = 2.0", "[topics] k", "2.0"),
        ('[topics]\nunit = "page"', "[topics] unit", "'page'"),
        ("[topics]\nmax_share = 0", "[topics] max_share", "0"),
        ("[topics]\nmax_share = 1.01", "[topics] max_share", "1.01"),
        ("[topics]\nmax_share = nan", "[topics] max_share", "nan"),
        ('[figures]\nlanguage = "fr"', "[figures] language", "'fr'"),
        ("[figures]\ntop = 0", "[figures] top", "0"),
        ("[results]\npath = 3", "[results] path", "3"),
        ("[[topics]]\nk = 3", "[topics]", "[{'k': 3}]"),
    ],
)
def test_wrong_value_is_refused_with_its_place(toml: str, where: str, found: str) -> None:
    message = complain(f"{MINIMAL}{toml}\n", f"{where}: wanted ")
    assert message.endswith(f"; found {found}")


def test_wanted_says_all_that_would_do() -> None:
    complain(f"{MINIMAL}[topics]\nk = 'ten'\n", "wanted a valid integer or 'auto'; found 'ten'")
    complain(f"{MINIMAL}[figures]\nlanguage = 'fr'\n", "wanted 'zh' or 'en'; found 'fr'")
    message = complain({"corpus": "texts"}, "[corpus]: wanted a table of keys: path, manifest")
    assert "CorpusSection" not in message


@pytest.mark.parametrize(
    "where", ["true", "{ year = 2024.5 }", "{ year = true }", "{ year = [[1]] }", '"genre"']
)
def test_where_takes_text_and_whole_numbers(where: str) -> None:
    complain(f"{MINIMAL}where = {where}\n", "[corpus] where: wanted ")


@pytest.mark.parametrize("name", ["a/b", "a\\b", ".", "..", "a:b", "a*", "a\tb", " ", "a ", "a."])
def test_name_is_one_that_a_folder_can_have(name: str) -> None:
    values = {"corpus": {"path": "x"}, "study": {"name": name}}
    complain(values, "[study] name: wanted a name that a folder can have")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('"2024"', "2024"),
        ('"2024-07"', "2024-07"),
        ('"2024-07-08"', "2024-07-08"),
        ('"2024-02-29"', "2024-02-29"),
        ("2024-07-08", "2024-07-08"),
    ],
)
@pytest.mark.parametrize("key", ["from", "to"])
def test_dates_are_read_as_text(key: str, written: str, read: str) -> None:
    corpus = make_study(tomllib.loads(f"{MINIMAL}{key} = {written}\n")).corpus
    assert (corpus.from_ if key == "from" else corpus.to) == read


@pytest.mark.parametrize(
    "written",
    [
        "2024",
        "true",
        "10:00:00",
        *('""', '"2024-7"', '"2024/07/08"', '"2024年"', '"20240708"', '"2024-W27-1"'),
        *('"2024-13"', '"2023-02-29"', '"2024-07-32"', '"0000"', '"２０２４"'),
    ],
)
@pytest.mark.parametrize("key", ["from", "to"])
def test_no_date_is_refused(key: str, written: str) -> None:
    message = complain(f"{MINIMAL}{key} = {written}\n", f"[corpus] {key}: wanted a date such as")
    assert f"; found {tomllib.loads(f'x = {written}')['x']!r}" in message


def test_date_may_be_none_in_a_dictionary() -> None:
    assert make_study({"corpus": {"path": "x", "from": None, "to": None}}).corpus.to is None


@given(st.dates())
def test_every_date_is_a_date_at_each_precision(day: Any) -> None:
    for length in (4, 7, 10):
        text = day.isoformat()[:length]
        assert make_study({"corpus": {"path": "x", "from": text}}).corpus.from_ == text


def test_override_is_relative_to_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    study = read_study(write(tmp_path, FULL))
    monkeypatch.chdir(tmp_path / "here")
    changed = override(study, corpus=Path("c"), results=Path("r"), lexicon=Path("l.csv"))
    assert changed.corpus_folder == tmp_path / "here" / "c"
    assert changed.results_folder == tmp_path / "here" / "r"
    assert changed.lexicon_files == [*study.lexicon_files, tmp_path / "here" / "l.csv"]
    assert changed.corpus.where == study.corpus.where
    assert study.corpus_folder == tmp_path / "texts"


def test_override_of_nothing_is_the_study() -> None:
    study = make_study({"corpus": {"path": "x"}})
    assert override(study) == study
