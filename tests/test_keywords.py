from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textlab.analysis.keywords import keyword_frequencies
from textlab.errors import TableError, UnknownNameError
from textlab.schema import check, empty
from textlab.seeds import derive_seed

# para_id, doc_id, place, year, words, and the occurrences in it as (keyword, relation).
CORPUS = [
    ("a1", "a", "成都", "2024", 50, [("创新", "alone"), ("创新", "nested"), ("现代化", "alone")]),
    ("a2", "a", "成都", "2024", 30, [("创新", "overlapped")]),
    ("a3", "a", "成都", "2024", 20, []),
    ("b1", "b", "成都", "2025", 100, [("现代化", "alone")]),
    ("c1", "c", "成都", "2025", 40, [("创新", "alone")]),
    ("c2", "c", "重庆", "2025", 60, [("创新", "nested")]),
    ("c3", "c", "重庆", "2025", 10, []),
    ("d1", "d", "", "2024", 25, [("创新", "alone")]),
    ("e1", "e", "成都", "2025", 0, []),
]
Found = tuple[str, str]
Row = tuple[str, str, str, str, int, list[Found]]

LEXICON = pd.DataFrame(
    [
        ("现代化", "目标", "modernisation", "", ""),
        ("创新", "动力", "innovation", "", ""),
        ("革新", "动力", "", "创新", ""),
        ("数字经济", "产业", "digital economy", "", ""),
    ],
    columns=["term", "category", "label_en", "variant_of", "note"],
)


def make_tables(corpus: list[Row]) -> dict[str, pd.DataFrame]:
    """Occurrences, tokens and paragraphs; each paragraph also has a mark of punctuation."""
    occurrences, tokens, paragraphs = [], [], []
    for position, (para, doc, place, year, words, found) in enumerate(corpus):
        role = "body" if words else "furniture"
        paragraphs.append([para, doc, 0, position, role, "", "", 0, 0, place, "", "", year])
        for at, (keyword, relation) in enumerate(found):
            occurrences.append([para, doc, keyword, keyword, at, at + 2, relation])
        kinds = [*["word", "lexicon", "number", "latin"] * words][:words] + ["punctuation"] * 3
        tokens += [[para, doc, at, "x", kind, at, at + 1] for at, kind in enumerate(kinds) if words]
    return {
        "occurrences": make(occurrences, "occurrences"),
        "tokens": make(tokens, "tokens"),
        "paragraphs": make(paragraphs, "paragraphs", "year"),
    }


def make(rows: list[list[object]], name: str, *further: str) -> pd.DataFrame:
    columns = [*empty(name).columns, *further]
    return check(pd.DataFrame(rows, columns=columns), name)


def frequencies(
    corpus: list[Row] = CORPUS,
    *,
    by: str | pd.Series = "doc_id",
    resamples: int = 200,
    seed: int = 0,
) -> pd.DataFrame:
    return of_tables(make_tables(corpus), by=by, resamples=resamples, seed=seed)


def of_tables(
    tables: dict[str, pd.DataFrame], *, lexicon: pd.DataFrame = LEXICON, **options: Any
) -> pd.DataFrame:
    three = tables["occurrences"], tables["tokens"], tables["paragraphs"]
    return keyword_frequencies(*three, lexicon=lexicon, **options)


def find(result: pd.DataFrame, group: str, keyword: str) -> pd.Series:
    here = (result.iloc[:, 0] == group) & (result["keyword"] == keyword)
    assert here.sum() == 1
    row: pd.Series = result[here].iloc[0]
    return row


def slow_interval(units: list[tuple[int, int]], seed: int, group: str) -> list[float]:
    """Of (count, tokens) a unit: 200 resamples one by one."""
    rng = np.random.default_rng(derive_seed(seed, "keywords", group))
    rates = []
    for weights in rng.multinomial(len(units), [1 / len(units)] * len(units), size=200):
        count = sum(int(w) * c for w, (c, _) in zip(weights, units, strict=True))
        tokens = sum(int(w) * n for w, (_, n) in zip(weights, units, strict=True))
        rates.append(10_000 * count / tokens)
    return [float(bound) for bound in np.percentile(rates, [2.5, 97.5])]


def test_by_document_every_document_has_every_head_term() -> None:
    result = frequencies()
    assert list(result.columns) == list(empty("keyword_by_document").columns)
    pairs = list(zip(result["doc_id"], result["keyword"], strict=True))
    assert pairs == [(d, k) for d in "abcde" for k in ("创新", "数字经济", "现代化")]
    assert list(result["category"]) == ["动力", "产业", "目标"] * 5


def test_by_document_by_hand() -> None:
    row = find(frequencies(), "a", "创新")
    assert list(row[["count", "nested", "overlapped", "tokens"]]) == [3, 1, 1, 100]
    assert row["per_10k"] == 300.0
    zero = find(frequencies(), "a", "数字经济")
    assert list(zero[["count", "nested", "overlapped", "tokens"]]) == [0, 0, 0, 100]
    assert list(zero[["per_10k", "ci_low", "ci_high"]]) == [0.0, 0.0, 0.0]


def test_the_place_of_a_document_is_that_of_all_its_paragraphs() -> None:
    places = frequencies().drop_duplicates("doc_id").set_index("doc_id")["place"]
    assert places.to_dict() == {"a": "成都", "b": "成都", "c": "", "d": "", "e": "成都"}


def test_a_document_of_furniture_only_stays_in_the_grid() -> None:
    rows = frequencies().query("doc_id == 'e'")
    assert (rows[["count", "tokens"]] == 0).all(axis=None)
    assert rows[["per_10k", "ci_low", "ci_high"]].isna().all(axis=None)


def test_by_place_by_hand() -> None:
    result = frequencies(by="place")
    assert list(result.columns) == list(empty("keyword_by_place").columns)
    assert list(result["place"].unique()) == sorted(["成都", "重庆"])
    row = find(result, "成都", "创新")
    assert list(row[["count", "nested", "overlapped", "tokens"]]) == [4, 1, 1, 240]
    assert row["documents"] == 4
    assert row["per_10k"] == pytest.approx(10_000 * 4 / 240)
    assert find(result, "重庆", "创新")["documents"] == 1


def test_places_resample_documents() -> None:
    # a has 3 in 100, b 0 in 100, c there 1 in 40; e has no tokens and is not drawn.
    row = find(frequencies(by="place", seed=7), "成都", "创新")
    expected = slow_interval([(3, 100), (0, 100), (1, 40)], 7, "成都")
    assert list(row[["ci_low", "ci_high"]]) == pytest.approx(expected)


def test_a_single_document_resamples_paragraphs() -> None:
    expected = slow_interval([(2, 50), (1, 30), (0, 20)], 7, "a")
    row = find(frequencies(seed=7), "a", "创新")
    assert list(row[["ci_low", "ci_high"]]) == pytest.approx(expected)
    expected = slow_interval([(1, 60), (0, 10)], 7, "重庆")
    row = find(frequencies(by="place", seed=7), "重庆", "创新")
    assert list(row[["ci_low", "ci_high"]]) == pytest.approx(expected)


def test_documents_without_tokens_do_not_make_two() -> None:
    furniture: Row = ("f1", "f", "重庆", "2025", 0, [])
    row = find(frequencies([*CORPUS, furniture], by="place", seed=7), "重庆", "创新")
    assert row["documents"] == 2
    expected = slow_interval([(1, 60), (0, 10)], 7, "重庆")
    assert list(row[["ci_low", "ci_high"]]) == pytest.approx(expected)


def test_one_paragraph_has_no_interval() -> None:
    row = find(frequencies(), "b", "现代化")
    assert row["per_10k"] == 100.0
    assert np.isnan(list(row[["ci_low", "ci_high"]])).all()


def test_no_resamples_give_no_intervals_and_the_same_counts() -> None:
    result, without = frequencies(by="place"), frequencies(by="place", resamples=0)
    assert without[["ci_low", "ci_high"]].isna().all(axis=None)
    columns = [c for c in result.columns if not c.startswith("ci_")]
    pd.testing.assert_frame_equal(result[columns], without[columns])


def test_another_document_leaves_the_other_intervals_alone() -> None:
    more: Row = ("f1", "f", "重庆", "2025", 70, [("创新", "alone")])
    for by, same in (("doc_id", list("abcde")), ("place", ["成都"])):
        before, after = frequencies(by=by), frequencies([more, *CORPUS], by=by)
        assert after[by].nunique() >= before[by].nunique()
        kept = after[after[by].isin(same)].reset_index(drop=True)
        expected = before[before[by].isin(same)].reset_index(drop=True)
        pd.testing.assert_frame_equal(kept, expected, check_exact=True)
    changed = find(frequencies([more, *CORPUS], by="place"), "重庆", "创新")
    assert changed["ci_high"] != find(frequencies(by="place"), "重庆", "创新")["ci_high"]


def test_a_document_without_tokens_leaves_its_own_place_alone() -> None:
    without = frequencies([row for row in CORPUS if row[1] != "e"], by="place")
    columns = ["per_10k", "ci_low", "ci_high"]
    pd.testing.assert_frame_equal(frequencies(by="place")[columns], without[columns])


def test_the_seed_moves_the_intervals_only() -> None:
    one, other = frequencies(seed=1), frequencies(seed=2)
    assert not one["ci_high"].equals(other["ci_high"])
    columns = [c for c in one.columns if not c.startswith("ci_")]
    pd.testing.assert_frame_equal(one[columns], other[columns])


def test_row_order_makes_no_difference() -> None:
    tables = make_tables(CORPUS)
    shuffled = {name: t.sample(frac=1, random_state=4) for name, t in tables.items()}
    for by in ("doc_id", "place"):
        expected = of_tables(tables, by=by, resamples=50)
        found = of_tables(shuffled, lexicon=LEXICON[::-1], by=by, resamples=50)
        pd.testing.assert_frame_equal(found, expected, check_exact=True)


def test_by_another_column() -> None:
    result = frequencies(by="year")
    assert list(result.columns) == ["year", *list(empty("keyword_by_place").columns)[1:]]
    row = find(result, "2024", "创新")
    assert list(row[["count", "tokens", "documents"]]) == [4, 125, 2]


def test_by_a_series_of_groups() -> None:
    groups = pd.Series({"a1": 1.0, "a2": 2.0, "b1": 2.0, "c1": None})
    result = frequencies(by=groups)
    assert list(result.columns[:1]) == ["group"]
    assert list(result["group"].unique()) == ["1.0", "2.0"]
    row = find(result, "2.0", "创新")
    assert list(row[["count", "tokens", "documents"]]) == [1, 130, 2]
    assert frequencies(by=groups.rename("era")).columns[0] == "era"
    assert frequencies(by=groups.rename("count")).columns[0] == "group"


def test_a_series_of_the_documents_gives_the_same_numbers() -> None:
    paragraphs = make_tables(CORPUS)["paragraphs"]
    result = frequencies(by=paragraphs.set_index("para_id")["doc_id"])
    expected = frequencies()
    columns = [c for c in expected.columns if c != "place"]
    pd.testing.assert_frame_equal(result[columns], expected[columns])


def test_paragraphs_say_what_is_counted() -> None:
    tables = make_tables(CORPUS)
    tables["paragraphs"] = tables["paragraphs"].query("para_id in ['a1', 'a2']")
    result = of_tables(tables, resamples=0)
    row = find(result, "a", "创新")
    assert list(row[["count", "tokens"]]) == [3, 80]
    assert list(result["doc_id"].unique()) == ["a"]


def test_an_unknown_column_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match=r"'plase'.*'place'.*para_id, doc_id, .*, year"):
        frequencies(by="plase")


def test_a_keyword_from_another_lexicon_is_refused() -> None:
    with pytest.raises(
        UnknownNameError, match="'革新' of the occurrences is none of the lexicon's 3"
    ):
        frequencies([("a1", "a", "", "", 5, [("革新", "alone")])])


def test_a_series_must_be_indexed_by_para_id() -> None:
    with pytest.raises(TableError, match="wants an index of para_id; none of its 2"):
        frequencies(by=pd.Series(["x", "y"]))
    with pytest.raises(TableError, match="'a1' is there twice"):
        frequencies(by=pd.Series(["x", "y"], index=["a1", "a1"]))


@pytest.mark.parametrize("by", ["doc_id", "place", "year"])
def test_no_paragraphs_or_no_terms_give_the_header(by: str) -> None:
    columns = list(frequencies(by=by).columns)
    none = frequencies([], by=by)
    assert (list(none.columns), len(none)) == (columns, 0)
    tables = make_tables([(*row[:5], []) for row in CORPUS])
    none = of_tables(tables, lexicon=empty("lexicon"), by=by)
    assert (list(none.columns), len(none)) == (columns, 0)


paragraph = st.tuples(
    st.sampled_from("abc"),
    st.sampled_from(["成都", "重庆", ""]),
    st.integers(0, 6),
    st.lists(
        st.tuples(
            st.sampled_from(["创新", "现代化"]), st.sampled_from(["alone", "nested", "overlapped"])
        ),
        max_size=3,
    ),
)


@settings(deadline=None, max_examples=25)
@given(st.lists(paragraph, max_size=8))
def test_counts_and_tokens_add_up(paragraphs: list[tuple[str, str, int, list[Found]]]) -> None:
    corpus = [
        (f"{doc}{i}", doc, place, "", words, found if words else [])
        for i, (doc, place, words, found) in enumerate(paragraphs)
    ]
    result = frequencies(corpus, resamples=20)
    assert result["count"].sum() == sum(len(row[5]) for row in corpus)
    assert result["tokens"].sum() == 3 * sum(row[4] for row in corpus)
    assert (result["nested"] + result["overlapped"] <= result["count"]).all()
    by_place = frequencies(corpus, by="place", resamples=20)
    assert by_place["count"].sum() == sum(len(row[5]) for row in corpus if row[2])
    for table in (result, by_place):
        known = table[table["ci_low"].notna()]
        assert (known["ci_low"] <= known["ci_high"]).all()
        assert (table["per_10k"].isna() == (table["tokens"] == 0)).all()
