"""The measures behind ``make evaluate``: against tables worked by hand and sklearn's scores."""

from __future__ import annotations

from math import isnan, nan
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import precision_recall_fscore_support

from tests.evaluate import Corpus, Marked, mark, measured, report, report_errors
from tests.evaluation import (
    SCORES,
    Score,
    disagreements,
    far,
    measures,
    nothing_done,
    score_clusters,
    score_groups,
    score_label,
    score_places,
)
from tests.raw_lines import found_joins, found_lines, number_lines

# Two articles; a line of body wrapped over two, another that goes on behind a stray heading.
GOLD = pd.DataFrame(
    [
        ("a.txt", 1, 4, "heading", 1, 0, "乐山市"),
        ("a.txt", 3, 10, "body", 1, 4, "乐山市"),
        ("a.txt", 4, 6, "body", 1, 7, "乐山市"),
        ("a.txt", 6, 4, "heading", 2, 0, "乐山市"),
        ("a.txt", 7, 8, "body", 1, 0, "乐山市"),
        ("a.txt", 9, 20, "body", 2, 0, "四川省"),
        ("a.txt", 10, 8, "body", 2, 0, ""),
        ("a.txt", 12, 40, "furniture", 0, 0, ""),
    ],
    columns=pd.Index(["file", "line", "characters", "role", "article", "next", "place"]),
)
# Found: the second heading is taken for body, the furniture is dropped, all is one article but
# for the last line, which is one of its own; the province is missed, the last line guessed.
FOUND = pd.DataFrame(
    [
        ("a.txt", 1, "heading", 1, "乐山市"),
        ("a.txt", 3, "body", 1, "乐山市"),
        ("a.txt", 4, "body", 1, "乐山市"),
        ("a.txt", 6, "body", 1, "乐山市"),
        ("a.txt", 7, "body", 1, "乐山市"),
        ("a.txt", 9, "body", 1, "乐山市"),
        ("a.txt", 10, "body", 2, "乐山市"),
    ],
    columns=pd.Index(["file", "line", "role", "article", "place"]),
)
JOINS = {("a.txt", 3, 4), ("a.txt", 4, 6), ("a.txt", 6, 7)}

LABELLED = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from("abc"), st.integers(1, 50)), min_size=1
)


def scores(table: pd.DataFrame, measure: str, unit: str = "lines") -> list[float]:
    """wanted, precision, recall and F1 of one measure."""
    columns = ["wanted", *(f"{score}_{unit}" for score in SCORES)]
    (values,) = table.loc[table["measure"] == measure, columns].to_numpy().tolist()
    return [float(value) for value in values]


def parts(rows: list[tuple[str, str, int]]) -> tuple[pd.Series, pd.Series, pd.Series]:
    table = pd.DataFrame(rows, columns=pd.Index(["gold", "found", "weight"]))
    return table["gold"], table["found"], table["weight"]


def test_the_scores_of_a_table_worked_by_hand() -> None:
    table = measures(GOLD, FOUND, JOINS)
    assert scores(table, "role: body") == pytest.approx([5, 5 / 6, 1, 10 / 11])
    assert scores(table, "role: body", "characters")[1:] == pytest.approx([52 / 56, 1, 104 / 108])
    assert scores(table, "role: heading") == pytest.approx([2, 1, 1 / 2, 2 / 3])
    assert scores(table, "role: furniture") == pytest.approx([1, 1, 1, 1])
    assert scores(table, "roles, all", "characters")[1:] == pytest.approx([96 / 100] * 3)
    assert scores(table, "joins") == pytest.approx([2, 1 / 3, 1 / 2, 2 / 5])
    assert scores(table, "joins, far") == pytest.approx([1, nan, 0, 0], nan_ok=True)
    assert scores(table, "places") == pytest.approx([6, 5 / 7, 5 / 6, 10 / 13])
    assert scores(table, "places", "characters")[1:] == pytest.approx([32 / 60, 32 / 52, 64 / 112])
    # Gold groups {1,3,4,7} {6,9,10}, found {1,3,4,6,7,9} {10}.
    precision = (4 * 4 / 6 + 2 * 2 / 6 + 1) / 7
    recall = (4 * 1 + 2 * 2 / 3 + 1 / 3) / 7
    assert scores(table, "articles, B-cubed")[:3] == pytest.approx([7, precision, recall])
    assert scores(table, "articles, exact") == pytest.approx([2, 0, 0, 0])
    assert scores(table, "role: caption") == pytest.approx([0, nan, nan, nan], nan_ok=True)


def test_doing_nothing_is_all_body_of_one_article_and_the_own_place() -> None:
    nothing = nothing_done(GOLD, {"a.txt": "四川省"})
    table = measures(GOLD, nothing, set())
    assert scores(table, "role: body") == pytest.approx([5, 5 / 8, 1, 10 / 13])
    assert scores(table, "role: heading") == pytest.approx([2, nan, 0, 0], nan_ok=True)
    assert scores(table, "articles, B-cubed")[2] == 1
    assert scores(table, "places") == pytest.approx([6, 1 / 7, 1 / 6, 2 / 13])


def test_where_marks_and_program_differ() -> None:
    wrong = disagreements(GOLD, FOUND, JOINS)
    rows = [tuple(row) for row in wrong.drop(columns="file").itertuples(index=False)]
    assert rows == [
        ("role", 6, "heading", "body", 4),
        ("article", 9, "2", "1", 20),
        ("article", 10, "2", "2", 8),
        ("article", 6, "2", "1", 4),
        ("place", 9, "四川省", "乐山市", 20),
        ("place", 10, "", "乐山市", 8),
        ("join", 4, "7", "0", 0),
        ("join", 4, "0", "6", 0),
        ("join", 6, "0", "7", 0),
    ]


def test_a_found_article_is_right_where_it_holds_most_of_its_gold_one() -> None:
    split = FOUND.assign(article=[1, 1, 1, 2, 1, 2, 2])
    assert "article" not in set(disagreements(GOLD, split, set())["what"])
    assert scores(measures(GOLD, split, set()), "articles, exact") == [2, 1, 1, 1]


def test_joins_inside_furniture_count_neither_way() -> None:
    more = pd.concat([GOLD, GOLD.tail(1).assign(line=13)], ignore_index=True)
    found = measures(more, FOUND, {("a.txt", 12, 13), ("a.txt", 3, 4)})
    assert scores(found, "joins") == pytest.approx([2, 1, 1 / 2, 2 / 3])
    mixed = measures(more, FOUND, {("a.txt", 10, 12), ("a.txt", 3, 4)})
    assert scores(mixed, "joins") == pytest.approx([2, 1 / 2, 1 / 2, 1 / 2])


def test_far_is_whatever_passes_over_a_line_with_text() -> None:
    pairs = {("a.txt", 1, 3), ("a.txt", 4, 7), ("a.txt", 9, 4), ("b.txt", 1, 2)}
    assert far(pairs, GOLD) == {("a.txt", 4, 7), ("a.txt", 9, 4), ("b.txt", 1, 2)}


def paragraphs_of(*rows: tuple[str, str, int, str]) -> pd.DataFrame:
    """A table ``paragraphs`` as far as it is looked at: origin, role, article, place."""
    table = pd.DataFrame(rows, columns=pd.Index(["origin", "role", "article", "place"]))
    return table.assign(doc_id="a")


def test_a_line_is_labelled_by_the_paragraph_of_its_first_kept_character() -> None:
    documents = pd.DataFrame(
        {"doc_id": ["a"], "file": ["a.txt"], "text": [" 甲乙\n\n丙丁\r\n戊 己"]}
    )
    numbered = number_lines(documents)
    assert numbered.to_numpy().tolist() == [["a.txt", 1, 2], ["a.txt", 3, 2], ["a.txt", 4, 2]]
    # 甲 and 丙丁 are one paragraph, 乙 another; 戊 is dropped and 己 is furniture.
    rows = [
        ("1+1 5+2", "body", 2, "成都市"),
        ("2+1", "heading", 1, ""),
        ("11+1", "furniture", 2, ""),
    ]
    labels = found_lines(documents, paragraphs_of(*rows))
    assert labels.to_numpy().tolist() == [
        ["a.txt", 1, "body", 2, "成都市"],
        ["a.txt", 3, "body", 2, "成都市"],
        ["a.txt", 4, "furniture", 0, ""],
    ]


def test_joins_follow_the_text_and_not_the_file() -> None:
    documents = pd.DataFrame({"doc_id": ["a"], "file": ["a.txt"], "text": ["甲乙\n丙丁\n戊己\n庚"]})
    backwards = paragraphs_of(("6+2 0+2 2+2", "body", 1, ""), ("4+1", "body", 1, ""))
    assert found_joins(documents, backwards) == {("a.txt", 3, 1), ("a.txt", 1, 2)}
    whole = paragraphs_of(("0+10", "body", 1, ""))
    assert found_joins(documents, whole) == {("a.txt", n, n + 1) for n in (1, 2, 3)}


def test_f1_where_there_is_nothing_to_find() -> None:
    assert isnan(Score.of(0, 0, 0).f1)
    assert Score.of(0, 0, 3).f1 == Score.of(0, 3, 0).f1 == Score.of(0, 2, 2).f1 == 0
    assert Score.of(2, 4, 2).f1 == pytest.approx(2 / 3)


@settings(deadline=None)
@given(LABELLED)
def test_roles_agree_with_sklearn(rows: list[tuple[str, str, int]]) -> None:
    gold, found, weight = parts(rows)
    for label in "abc":
        expected = precision_recall_fscore_support(
            gold, found, labels=[label], sample_weight=weight, zero_division=0
        )
        score = score_label(gold, found, label, weight)
        ours = [0 if isnan(v) else v for v in (score.precision, score.recall, score.f1)]
        assert ours == pytest.approx([float(values[0]) for values in expected[:3]])


@settings(deadline=None)
@given(LABELLED)
def test_places_agree_with_the_micro_average_of_the_places(
    rows: list[tuple[str, str, int]],
) -> None:
    gold, found, weight = parts([(g.replace("c", ""), f.replace("c", ""), w) for g, f, w in rows])
    expected = precision_recall_fscore_support(
        gold, found, labels=["a", "b"], average="micro", sample_weight=weight, zero_division=0
    )
    score = score_places(gold, found, weight)
    ours = [0 if isnan(v) else v for v in (score.precision, score.recall, score.f1)]
    assert ours == pytest.approx([float(value) for value in expected[:3]])


@settings(deadline=None)
@given(LABELLED)
def test_b_cubed_is_the_mean_over_items_of_its_definition(rows: list[tuple[str, str, int]]) -> None:
    gold, found, weight = parts(rows)
    precision = recall = 0.0
    for one, two, own in rows:
        together = sum(w for g, f, w in rows if g == one and f == two)
        precision += own * together / sum(w for _, f, w in rows if f == two)
        recall += own * together / sum(w for g, _, w in rows if g == one)
    score = score_clusters(gold, found, weight)
    total = sum(w for *_, w in rows)
    assert (score.precision, score.recall) == pytest.approx((precision / total, recall / total))
    assert (score.f1 == pytest.approx(1)) == (score_groups(gold, found).f1 == 1)


def test_the_report_is_aligned_and_has_a_line_for_each_measure(
    capsys: pytest.CaptureFixture[str],
) -> None:
    marked = Marked(GOLD, FOUND, JOINS, nothing_done(GOLD, {"a.txt": ""}))
    report("small", marked)
    _, name, *rows = capsys.readouterr().out.split("\n")[:-1]
    assert name == "small: 1 files, 8 lines, 100 characters"
    assert [row[:18].strip() for row in rows[2:]] == measures(GOLD, FOUND, JOINS)[
        "measure"
    ].tolist()
    assert len({len(row) for row in rows[1:]}) == 1
    assert (
        rows[2].split()[2:]
        == "5 .833 1.00 .909 .929 1.00 .963 .625 1.00 .769 .520 1.00 .684".split()
    )
    report_errors(marked, 1)
    assert "a.txt:9" in capsys.readouterr().out


def test_other_lines_than_those_marked_are_refused() -> None:
    lines = GOLD[["file", "line", "characters"]]
    marks = GOLD.drop(columns="characters")
    assert measured(marks, lines)["characters"].tolist() == GOLD["characters"].tolist()
    with pytest.raises(SystemExit, match=r"a\.txt: not the file .* line 12 is only marked"):
        measured(marks, lines.iloc[:-1])
    with pytest.raises(SystemExit, match=r"line 1 is only there"):
        measured(marks.iloc[1:], lines)


def test_a_corpus_that_is_not_there_is_left_out(tmp_path: Path) -> None:
    assert mark(Corpus("demo", (tmp_path / "nowhere", tmp_path))) is None
