"""The hand-made marks: whole, consistent, and without a word of the texts."""

from __future__ import annotations

import re
from itertools import pairwise

import pandas as pd
import pytest

from tests.evaluate import CORPORA, GOLD, read_gold
from tests.evaluation import ROLES
from tests.raw_lines import number_lines
from textlab.language.encoding import decode
from textlab.places.gazetteer import gazetteer

NAMES = [corpus.name for corpus in CORPORA]
DEMO_CITIES = {"岚江市", "澜川市", "碧川市", "青禾市"}


@pytest.fixture(scope="module", params=NAMES)
def gold(request: pytest.FixtureRequest) -> pd.DataFrame:
    return read_gold(GOLD / f"{request.param}.csv")


def test_there_are_marks_for_three_corpora_of_crossings_and_phrases_and_no_more() -> None:
    assert {path.stem for path in GOLD.glob("*.csv")} == {*NAMES, "crossings", "phrases"}


def test_the_marks_hold_labels_and_no_text() -> None:
    # Invented cities apart, a place is one that the gazetteer has.
    places = {*DEMO_CITIES, *gazetteer(2024)["name"]}
    for name in NAMES:
        rows = (GOLD / f"{name}.csv").read_bytes().decode("utf-8").split("\n")
        assert rows[0] == "file,line,role,article,next,place"
        assert rows[-1] == ""
        for row in rows[1:-1]:
            *labels, place = row.split(",")
            assert len(labels) == 5
            assert all(re.fullmatch(r"[-0-9a-zA-Z_.]*", label) for label in labels), row
            assert not place or place in places, row


def test_each_line_has_one_role_and_an_article_unless_it_is_furniture(gold: pd.DataFrame) -> None:
    assert not gold.duplicated(["file", "line"]).any()
    assert set(gold["role"]) <= set(ROLES)
    furniture = gold["role"] == "furniture"
    assert ((gold["article"] == 0) == furniture).all()
    assert (gold.loc[furniture, "next"] == 0).all()
    assert (gold.loc[furniture, "place"] == "").all()


def test_articles_are_numbered_as_they_first_appear(gold: pd.DataFrame) -> None:
    for _, rows in gold[gold["article"] > 0].groupby("file"):
        numbers = rows.sort_values("line")["article"].drop_duplicates().tolist()
        assert numbers == list(range(1, len(numbers) + 1))


def test_a_paragraph_goes_on_in_one_line_of_the_same_labels(gold: pd.DataFrame) -> None:
    on = gold[gold["next"] > 0]
    assert not on.duplicated(["file", "next"]).any()
    targets = gold.drop(columns="next").rename(columns={"line": "next"})
    labels = ["file", "next", "role", "article", "place"]
    assert len(on.merge(targets, on=labels)) == len(on)


def test_no_paragraph_runs_in_a_circle(gold: pd.DataFrame) -> None:
    follows = dict(zip(zip(gold["file"], gold["line"], strict=True), gold["next"], strict=True))
    for file, line in follows:
        steps, at = 0, line
        while at and steps <= len(gold):
            at, steps = follows[file, at], steps + 1
        assert at == 0


def test_every_line_of_the_demo_corpus_is_marked() -> None:
    (demo,) = (corpus for corpus in CORPORA if corpus.name == "demo")
    marks = read_gold(GOLD / "demo.csv")
    paths = [p for p in demo.folders[0].iterdir() if p.suffix in {".txt", ".md"}]
    texts = {p.name: decode(p.read_bytes())[0] for p in paths if p.name != "README.md"}
    lines = number_lines(pd.DataFrame({"file": list(texts), "text": list(texts.values())}))
    assert set(zip(marks["file"], marks["line"], strict=True)) == set(
        zip(lines["file"], lines["line"], strict=True)
    )
    assert marks["file"].nunique() == 24


def test_the_rows_stand_in_the_order_of_files_and_lines(gold: pd.DataFrame) -> None:
    rows = list(zip(gold["file"], gold["line"], strict=True))
    assert all(one < two for one, two in pairwise(rows))
