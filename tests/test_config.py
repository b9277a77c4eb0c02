from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from tests.study_files import MINIMAL, write
from textlab.config import make_study, override, read_study

FULL = """
[study]
name = "岚江"
title = "岚江市与青禾市的政策文本"
seed = 7

[corpus]
path = "texts"
manifest = "texts/list.csv"
text_column = "正文"
where = { genre = ["decision", "web"], year = 2024, place = "岚江市" }
from = "2023-07"
to = 2024-06-30

[cleaning]
simplify = true

[places]
from = "document"

[lexicon]
files = ["own.csv", "more/terms.csv"]
builtin = false
faults = "warn"
crossings = { "制造业" = "counted", "绿色化" = "accident" }

[segmentation]
engine = "jieba"
hmm = false
accidents = "counted"
tags = ["n", "v"]

[audit]
on_loss = "warn"

[tokens]
stopwords = ["我市", "全市"]
builtin_stopwords = false
stopword_groups = ["-verbs"]
min_length = 1
min_documents = 2
max_document_share = 0.9
drop_place_names = false

[statistics]
interval = "bca"
resamples = 0
pair_resamples = 0
min_count = 3
group_by = ["year", "genre"]
keyness_by = "genre"
reference = "web"
period = "month"

[collocations]
nodes = ["新质生产力"]
window = 3
min_count = 2
concordance = false

[network]
terms = 30
min_count = 2

[topics]
k = 12
unit = "pooled"
pool = 300
start = "random"
passes = 5
prior = 0.05
alpha = "asymmetric"
min_units = 1
max_share = 1
seeded = ["innovation", "green"]
grid = [5, 10]
replicates = 3
bootstraps = 10
labels = "labels.csv"
effects = "place + year"

[figures]
language = "en"
top = 15

[results]
path = "out"
"""


TOPICS = {
    "k": "auto",
    "unit": "paragraph",
    "pool": 200,
    "start": "nmf",
    "passes": None,
    "prior": None,
    "alpha": "auto",
    "min_units": 2,
    "max_share": 0.5,
    "seeded": [],
    "grid": [],
    "replicates": 4,
    "bootstraps": 20,
    "labels": None,
    "effects": "place",
}


def test_minimal_study_has_the_documented_defaults(tmp_path: Path) -> None:
    study = read_study(write(tmp_path, MINIMAL))
    assert study.name == "study"
    assert study.corpus_folder == tmp_path / "texts"
    assert study.manifest_file is None
    assert study.results_folder == tmp_path / "results" / "study"
    assert study.lexicon_files == []
    assert study.model_dump(by_alias=True, exclude={"file"}) == {
        "study": {"name": "", "title": "", "seed": 0},
        "corpus": {
            "path": "texts",
            "manifest": None,
            "text_column": None,
            "where": {},
            "from": None,
            "to": None,
        },
        "cleaning": {"simplify": False},
        "places": {"from": "text"},
        "lexicon": {"files": [], "builtin": True, "faults": "error", "crossings": {}},
        "segmentation": {"engine": "fast", "hmm": True, "accidents": "left out", "tags": []},
        "audit": {"on_loss": "error"},
        "tokens": {
            "stopwords": [],
            "builtin_stopwords": True,
            "stopword_groups": [],
            "min_length": 2,
            "min_documents": 1,
            "max_document_share": 1.0,
            "drop_place_names": True,
        },
        "statistics": {
            "interval": "model",
            "resamples": 2000,
            "pair_resamples": 200,
            "min_count": 5,
            "group_by": [],
            "keyness_by": "place",
            "reference": "",
            "period": "year",
        },
        "collocations": {"nodes": [], "window": 5, "min_count": 3, "concordance": True},
        "network": {"terms": 60, "min_count": 3},
        "topics": TOPICS,
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
