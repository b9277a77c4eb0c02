from __future__ import annotations

import csv
import io
import re
from importlib.resources import files

import pytest

from textlab.cleaning.characters import unify
from textlab.language.lexicon import COLUMNS, LONGEST, head_terms, read_lexicon
from textlab.language.stopwords import stopwords

LEXICON = files("textlab").joinpath("data/lexicon_policy.csv").read_bytes()
STOPWORDS = files("textlab").joinpath("data/stopwords.txt").read_bytes()
HAN = re.compile("[\u4e00-\u9fff]+")


def read_rows() -> list[dict[str, str]]:
    """The lexicon as it is in the file, before textlab sorts it."""
    return list(csv.DictReader(io.StringIO(LEXICON.decode("utf-8"), newline="")))


def read_words() -> list[str]:
    lines = STOPWORDS.decode("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


@pytest.mark.parametrize("data", [LEXICON, STOPWORDS], ids=["lexicon", "stopwords"])
def test_file_is_plain_utf8_with_unix_line_ends(data: bytes) -> None:
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert data.endswith(b"\n")
    assert not data.endswith(b"\n\n")


def test_lexicon_has_terms_enough_in_about_ten_categories() -> None:
    heads = [row for row in read_rows() if not row["variant_of"]]
    categories = {row["category"] for row in heads}
    assert len(heads) >= 150
    assert 8 <= len(categories) <= 15
    for category in categories:
        assert len([row for row in heads if row["category"] == category]) >= 8, category


def test_lexicon_is_sorted_and_unique() -> None:
    rows = read_rows()
    assert list(rows[0]) == list(COLUMNS)
    terms = [row["term"] for row in rows]
    assert len(set(terms)) == len(terms)
    # By category, then by term: a new term has one place to go.
    keys = [(row["category"], row["term"]) for row in rows]
    assert keys == sorted(keys)


def test_terms_are_chinese_and_as_cleaning_leaves_text() -> None:
    for row in read_rows():
        term = row["term"]
        assert HAN.fullmatch(term), term
        assert 2 <= len(term) <= LONGEST
        # Else the term could never be found in a repaired text.
        assert unify(term) == term


def test_every_head_has_an_english_label_of_its_own() -> None:
    heads = [row for row in read_rows() if not row["variant_of"]]
    labels = [row["label_en"].casefold() for row in heads]
    assert len(set(labels)) == len(labels)
    for row in heads:
        assert row["label_en"].strip() == row["label_en"] != ""
        assert row["label_en"].isascii(), row["term"]


def test_variants_agree_with_their_heads() -> None:
    rows = {row["term"]: row for row in read_rows()}
    variants = [row for row in rows.values() if row["variant_of"]]
    assert variants
    for row in variants:
        head = rows[row["variant_of"]]
        assert head["variant_of"] == ""
        assert (row["category"], row["label_en"]) == (head["category"], head["label_en"])


def test_terms_that_jieba_does_not_count_are_in_the_lexicon() -> None:
    promised = {"新质生产力", "高质量发展", "营商环境", "中国式现代化"}
    assert promised <= set(head_terms(read_lexicon())["term"])


def test_lexicon_is_read_whole() -> None:
    read = read_lexicon().to_dict("records")
    assert read == sorted(read_rows(), key=lambda row: row["term"])


def test_stopwords_are_many_unique_and_clean() -> None:
    words = read_words()
    assert len(words) >= 300
    assert len(set(words)) == len(words)
    for word in words:
        assert HAN.fullmatch(word), word


def test_stopwords_are_read_whole() -> None:
    assert stopwords() == set(read_words())


def test_stopwords_and_terms_are_disjoint() -> None:
    # A term that is left out of keyness and topics would seem not to occur.
    assert stopwords().isdisjoint(read_lexicon()["term"])
