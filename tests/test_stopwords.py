from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lexicon_files import write
from textlab.errors import LexiconError, UnknownNameError
from textlab.language.stopwords import stopword_groups, stopwords


def test_stopwords_of_a_file(tmp_path: Path) -> None:
    text = "# of this city\n我市\n\n 全市 \t# towns too\n我市\n"
    for data in (text.encode(), text.encode("utf-8-sig"), text.encode("gb18030")):
        assert stopwords(write(tmp_path, data, "stop.txt")) == {"我市", "全市"}
    assert stopwords(str(tmp_path / "stop.txt")) == {"我市", "全市"}
    assert stopwords(write(tmp_path, "", "empty.txt")) == frozenset()


def test_stopwords_default_to_the_builtin_ones() -> None:
    assert stopwords() == stopwords(None)
    assert {"的", "和", "进一步"} <= stopwords()


def test_stopword_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"absent\.txt: no such stopword file; \[tokens\]"):
        stopwords(tmp_path / "absent.txt")
    with pytest.raises(LexiconError) as caught:
        stopwords(tmp_path)
    assert str(caught.value) == f"{tmp_path}: cannot be read: Is a directory"
    with pytest.raises(LexiconError, match=r"holds NUL bytes: .*; save it as UTF-8, one word a"):
        stopwords(write(tmp_path, "我\x00市", "stop.txt"))


GROUPS = (
    "particles prepositions conjunctions pronouns modals adverbs localisers numerals verbs "
    "modifiers reporting newspapers nouns calendar"
).split()


def test_every_builtin_stopword_is_in_one_group() -> None:
    groups = stopword_groups()
    assert list(groups) == GROUPS
    assert sum(map(len, groups.values())) == len(stopwords())
    assert frozenset().union(*groups.values()) == stopwords()
    assert {"推进", "加快", "完善", "落实"} <= groups["verbs"]


def test_words_of_content_however_frequent_are_no_stopwords() -> None:
    assert stopwords().isdisjoint({"发展", "建设", "改革", "企业", "农业", "亩", "吨"})
    # Phrases of the policy language begin or end with these.
    assert stopwords().isdisjoint({"共同", "总体", "两个", "一次", "未来"})


def test_a_group_is_left_out_or_taken_alone() -> None:
    groups = stopword_groups()
    assert stopwords(groups=["-verbs"]) == stopwords() - groups["verbs"]
    some = stopwords(groups=["-verbs", "-modifiers"])
    assert some == stopwords() - groups["verbs"] - groups["modifiers"]
    assert stopwords(groups=["pronouns", "modals"]) == groups["pronouns"] | groups["modals"]
    assert stopwords(groups=["verbs", "-verbs"]) == frozenset()
    assert stopwords(groups=[]) == frozenset()
    assert stopwords(groups=[f"-{name}" for name in GROUPS]) == frozenset()


def test_groups_of_a_file(tmp_path: Path) -> None:
    text = "有关\n# [city] of this one\n我市\n# no group\n全市\n#[ county ]\n全县 # [x]\n我市\n"
    file = write(tmp_path, text, "stop.txt")
    assert stopword_groups(file) == {
        "": {"有关"},
        "city": {"我市", "全市"},
        "county": {"全县", "我市"},
    }
    assert stopwords(file, groups=["-city"]) == {"有关", "全县", "我市"}
    assert stopwords(file, groups=["city"]) == {"我市", "全市"}


def test_a_group_that_is_not_there_is_refused(tmp_path: Path) -> None:
    message = r"no group of stopwords 'verb'; did you mean 'verbs'\?; there are: particles, prepo"
    for name in ("verb", "-verb"):
        with pytest.raises(UnknownNameError, match=message):
            stopwords(groups=[name])
    with pytest.raises(UnknownNameError, match=r"no group of stopwords 'verbs'; there are: none"):
        stopwords(write(tmp_path, "我市\n", "stop.txt"), groups=["verbs"])
    with pytest.raises(UnknownNameError, match=r"groups want a list .*, found the text 'verbs'"):
        stopwords(groups="verbs")


@given(st.sets(st.sampled_from(GROUPS)))
def test_what_is_taken_and_what_is_left_out_make_the_whole(names: set[str]) -> None:
    without = stopwords(groups=[f"-{name}" for name in names]) if names else stopwords()
    assert stopwords(groups=names) | without == stopwords()
    assert stopwords(groups=names).isdisjoint(without)


def test_each_group_says_why_it_is_there() -> None:
    text = files("textlab").joinpath("data/stopwords.txt").read_text("utf-8")
    for name in GROUPS:
        assert re.search(rf"^# \[{name}\] \S.{{20}}", text, re.MULTILINE), name
