from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import scipy.stats
from pandas.testing import assert_frame_equal

from tests.style_tables import make_text, random_documents
from textlab.analysis.style import style
from textlab.errors import StudyError, UnknownNameError
from textlab.schema import check, empty
from textlab.statistics.measures import hd_d, mattr

MEASURES = [
    *("hd_d", "mattr", "number_share", "sentence_characters", "sentence_length"),
    "slogan_share",
]
# a: 12 words, of which two numbers, two slogans; b: 6 words, a number, a slogan.
TWO = {
    "a": ["推进 创新 。 产值 增长 5% ， 创新 3 项 ！", "各位 代表 ：", "促进 增长 。"],
    "b": ["产值 增长 。 2 个 创新 ；"],
}


def find(table: pd.DataFrame, group: str, measure: str) -> pd.Series:
    chosen = (table["group"] == group) & (table["measure"] == measure)
    row: pd.Series = table[chosen].iloc[0]
    return row


def test_two_documents_by_hand() -> None:
    table = style(*make_text(TWO), window=3, sample=2)
    assert list(table.columns) == list(empty("style").columns)
    assert list(table["group"]) == ["a"] * 6 + ["b"] * 6
    assert list(table["measure"]) == MEASURES * 2
    assert set(table["by"]) == {"doc_id"}
    value = {measure: find(table, "a", measure)["value"] for measure in MEASURES}
    assert value["number_share"] == pytest.approx(2 / 12)
    assert value["slogan_share"] == pytest.approx(2 / 12)
    # Three sentences of 2, 6 and 2 words, 4, 10 and 4 characters; 各位代表 ends with no sign.
    assert value["sentence_length"] == pytest.approx(10 / 3)
    assert value["sentence_characters"] == pytest.approx((4 + 10 + 4) / 3)
    # Without numbers: the windows of three, by where they begin.
    words = "推进 创新 产值 增长 创新 项 各位 代表 促进 增长".split()
    assert value["mattr"] == pytest.approx(mattr(words, window=3))
    assert value["hd_d"] == pytest.approx(hd_d([2, 2, 1, 1, 1, 1, 1, 1], sample=2))
    tokens = {measure: find(table, "a", measure)["tokens"] for measure in MEASURES}
    assert tokens == dict(zip(MEASURES, [10, 10, 12, 10, 10, 12], strict=True))


def test_a_group_weighs_its_documents_and_no_window_crosses_them() -> None:
    tokens, paragraphs = make_text(TWO, places={"a": "青禾市", "b": "青禾市"})
    table = style(tokens, paragraphs, by="place", window=3, sample=2)
    assert set(table["by"]) == {"place"}
    # Two documents are too few: their paragraphs are the units, of mattr those of documents of
    # three words or more, of sentences those that have one.
    units = {measure: find(table, "青禾市", measure)["units"] for measure in MEASURES}
    assert units == dict(zip(MEASURES, [4, 4, 4, 3, 3, 4], strict=True))
    a = "推进 创新 产值 增长 创新 项 各位 代表 促进 增长".split()
    b = "产值 增长 个 创新".split()
    windows = [text[i : i + 3] for text in (a, b) for i in range(len(text) - 2)]
    expected = np.mean([len(set(window)) / 3 for window in windows])
    assert find(table, "青禾市", "mattr")["value"] == pytest.approx(expected)
    diverse = [hd_d(pd.Series(text).value_counts(), sample=2) for text in (a, b)]
    expected = np.average(diverse, weights=[len(a), len(b)])
    assert find(table, "青禾市", "hd_d")["value"] == pytest.approx(expected)
    assert find(table, "青禾市", "slogan_share")["value"] == pytest.approx(3 / 17)
    assert find(table, "青禾市", "sentence_length")["value"] == pytest.approx(15 / 5)


def test_headings_hold_no_sentences() -> None:
    table = style(*make_text(TWO, headings=["a#0003"]), window=3)
    assert find(table, "a", "sentence_length")["value"] == pytest.approx(8 / 2)
    assert find(table, "a", "slogan_share")["tokens"] == 12


def test_copies_count_where_documents_are_described_only() -> None:
    documents = {"a": ["促进 增长 。"], "b": ["促进 增长 。", "创新 产值 。"]}
    tokens, paragraphs = make_text(
        documents, places={"a": "甲", "b": "乙"}, copies={"b#0001": "a#0001"}
    )
    by_document = style(tokens, paragraphs)
    assert find(by_document, "b", "slogan_share")["value"] == pytest.approx(1 / 4)
    by_place = style(tokens, paragraphs, by="place")
    assert find(by_place, "乙", "slogan_share")["value"] == pytest.approx(1 / 2)


def test_groups_may_be_any_series() -> None:
    tokens, paragraphs = make_text(random_documents(1, 4))
    years = pd.Series(2024, index=paragraphs["para_id"], name="year")
    years[paragraphs["doc_id"].isin(["d00"]).to_numpy()] = 2023
    table = style(tokens, paragraphs, by=years, window=50)
    assert set(table["by"]) == {"year"}
    assert set(table["group"]) == {"2023", "2024"}
    assert set(style(tokens, paragraphs, by=years.rename(None), window=50)["by"]) == {"group"}
    alone = style(tokens, paragraphs, window=50)
    one = find(table, "2023", "mattr")
    assert one["value"] == find(alone, "d00", "mattr")["value"]


def test_reasons() -> None:
    documents = random_documents(2, 4) | {"short": ["促进 增长 。"], "signs": ["。"]}
    places = dict.fromkeys(["d00", "d01", "d02", "short"], "三") | {"d03": "一", "signs": "无"}
    tokens, paragraphs = make_text(documents, places=places)
    by_place = style(tokens, paragraphs, by="place", window=50)
    alone = "1 document: interval over 12 paragraphs, for these texts only"
    assert find(by_place, "一", "mattr")["reason"] == alone
    assert find(by_place, "三", "slogan_share")["reason"] == ""
    assert find(by_place, "三", "mattr")["reason"] == "1 of 4 documents shorter than 50 words"
    assert find(by_place, "三", "mattr")["units"] == 3
    assert find(by_place, "无", "mattr")["reason"] == "no words"

    by_document = style(tokens, paragraphs, window=50)
    short = by_document[by_document["group"] == "short"].set_index("measure")["reason"]
    assert short["mattr"] == "1 document shorter than 50 words"
    assert short["hd_d"] == "1 document shorter than 42 words"
    assert short["sentence_length"] == "1 document of one paragraph: no interval"
    empty_rows = by_document["value"].isna()
    assert (by_document.loc[empty_rows, "reason"] != "").all()
    no_interval = by_document["low"].isna()
    assert (by_document.loc[no_interval, "reason"] != "").all()


def test_units_that_are_few_alike_or_without() -> None:
    documents = {
        "alike": ["促进 增长 。", "增长 促进 。", "提升 增长 。"],
        "two": ["促进 创新 。", "创新 。"],
        "even": ["促进 创新 。"] * 30,
    }
    table = style(*make_text(documents), window=4, sample=4)
    row = find(table, "alike", "sentence_length")
    assert (row["value"], row["units"]) == (2, 3)
    assert np.isnan(row["low"])
    assert row["reason"] == "1 document of 3 paragraphs, all alike: no interval"
    none = find(table, "alike", "slogan_share")
    assert (none["value"], none["low"]) == (0, 0)
    assert 0 < none["high"] <= 1
    assert none["reason"].endswith("for these texts only; in none of these: high is a bound")
    assert find(table, "two", "sentence_length")["reason"].endswith("not to be trusted")
    short = find(table, "two", "mattr")
    assert short["reason"] == "1 document shorter than 4 words"
    # Paragraphs that happen to be alike do not make a share certain.
    even = find(table, "even", "slogan_share")
    assert even["low"] < even["value"] == 0.5 < even["high"]
    for window in (3, 7):
        same = find(style(*make_text(documents), window=window), "even", "mattr")
        assert same["value"] == pytest.approx(2 / window)
        assert same["reason"] == "1 document of 30 paragraphs, all alike: no interval"

    tokens, paragraphs = make_text(documents | {"cut": ["促进 增长 。", "提升 增长 。"]})
    cut = find(style(tokens, paragraphs, window=4), "cut", "mattr")
    assert cut["value"] == 0.75
    assert cut["reason"] == "1 document of 2 paragraphs, too short to leave one out: no interval"


def test_bounds_of_two_documents_are_wide_but_possible() -> None:
    documents = {"a": ["一 二 三 四 五 六"], "b": ["一 一 一 二 一 一"]}
    tokens, paragraphs = make_text(documents, places={"a": "甲", "b": "甲"})
    table = style(tokens, paragraphs, by="place", window=3, sample=3)
    for measure in ("mattr", "hd_d"):
        row = find(table, "甲", measure)
        assert 0 < row["low"] < row["value"] < row["high"] == 1
        assert row["reason"] == "2 documents: interval not to be trusted"


def test_a_document_of_two_places_is_two() -> None:
    documents = {"a": ["促进 增长 。", "提升 产值 。", "促进 产值 。"]}
    tokens, paragraphs = make_text(documents, places={"a": "甲", "a#0002": "乙"})
    table = style(tokens, paragraphs, by="place", window=4)
    # The paragraphs of a place are joined, those of the other place left out between them.
    assert find(table, "甲", "mattr")["value"] == 3 / 4
    assert np.isnan(find(table, "乙", "mattr")["value"])


def test_row_order_makes_no_difference() -> None:
    tokens, paragraphs = make_text(random_documents(3, 5))
    expected = style(tokens, paragraphs, window=50)
    shuffled = [table.sample(frac=1, random_state=7) for table in (tokens, paragraphs)]
    assert_frame_equal(style(*shuffled, window=50), expected, check_exact=True)
    assert_frame_equal(check(expected, "style"), expected)


def test_paragraphs_stand_by_position() -> None:
    # Names of more than four digits are not in the order of the text.
    tokens, paragraphs = make_text({"a": ["一 二 。", "三 四 。", "一 三 。"]})
    names = {"a#0001": "a#9999", "a#0002": "a#10000", "a#0003": "a#10001"}
    renamed = [t.assign(para_id=t["para_id"].map(names)) for t in (tokens, paragraphs)]
    columns = ["measure", "value", "low", "high"]
    assert_frame_equal(
        style(*renamed, window=3)[columns], style(tokens, paragraphs, window=3)[columns]
    )


def test_nothing_gives_the_header_or_reasons() -> None:
    tokens, paragraphs = make_text(TWO)
    assert_frame_equal(style(tokens, paragraphs.iloc[:0]), empty("style"))
    assert_frame_equal(style(tokens, paragraphs, by="place"), empty("style"))
    none = style(empty("tokens"), paragraphs)
    assert set(none["reason"]) == {"no words"}
    assert none[["value", "low", "high"]].isna().all(axis=None)


def test_what_cannot_be_done_is_an_error() -> None:
    tokens, paragraphs = make_text(TWO)
    with pytest.raises(UnknownNameError, match=r"no column 'plce'.*'place'"):
        style(tokens, paragraphs, by="plce")
    with pytest.raises(StudyError, match="a window of 1 token or more, found 0"):
        style(tokens, paragraphs, window=0)
    with pytest.raises(StudyError, match="a sample of 1 token or more, found -3"):
        style(tokens, paragraphs, sample=-3)


def test_two_documents_are_left_without_each_paragraph_in_turn() -> None:
    documents = random_documents(5, 2)
    tokens, paragraphs = make_text(documents, places=dict.fromkeys(documents, "青禾市"))
    row = find(style(tokens, paragraphs, by="place"), "青禾市", "hd_d")
    chosen = tokens[tokens["kind"].isin(["word", "lexicon", "latin"])]

    def weighted(words: pd.DataFrame) -> float:
        parts = [part["token"].value_counts() for _, part in words.groupby("doc_id")]
        return float(np.average([hd_d(n) for n in parts], weights=[n.sum() for n in parts]))

    left_out = [chosen[chosen["para_id"] != p] for p in chosen["para_id"].unique()]
    without = np.array([weighted(words) for words in left_out])
    n, value = len(without), weighted(chosen)
    error = np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum())
    reach = scipy.stats.t.ppf(0.975, n - 1) * error / value
    assert row["units"] == n
    assert row["value"] == pytest.approx(value)
    assert row["low"] == pytest.approx(value * np.exp(-reach))
    assert row["reason"] == f"2 documents: interval over {n} paragraphs, for these texts only"
