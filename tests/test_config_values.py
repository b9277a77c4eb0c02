from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.study_files import MINIMAL
from textlab.config import make_study
from textlab.errors import StudyError


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
    assert message.endswith(
        "audit, tokens, statistics, collocations, network, topics, figures, results)"
    )
    # The alias of a key, and not its name in Python.
    message = complain('[corpus]\npath = "x"\nzzz = 1\n', "unknown key [corpus] zzz (keys there")
    assert message.endswith("are: path, manifest, text_column, where, from, to)")


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
