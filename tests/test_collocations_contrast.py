from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.stats import chi2, chi2_contingency, false_discovery_control

from tests.collocation_tables import Texts, make_paragraphs, make_tokens
from textlab.analysis.collocation_contrast import collocation_contrast
from textlab.errors import StudyError, TableError, UnknownNameError
from textlab.schema import contract, empty
from textlab.statistics.document_tests import document_tests
from textlab.statistics.intervals import log_ratio_intervals
from textlab.statistics.sampling import Units

PLACES = {"a": "甲市", "b": "乙市", "c": "丙市"}
# 甲市: three sentences of the node, two of them with 甲, two with 乙. 乙市: two; one 甲, one 丙.
TWO: Texts = {
    "a": ["核心 甲 甲 。 核心 甲 乙 。 核心 乙 。 丙 甲 。"],
    "b": ["核心 丙 。 核心 甲 。 甲 丙 。"],
}


def contrast(texts: Texts, *, min_count: int = 1, **options: Any) -> pd.DataFrame:
    copies = options.pop("copies", ())
    places = options.pop("places", PLACES)
    paragraphs = make_paragraphs(texts, places, copies=copies)
    nodes = options.pop("nodes", ["核心"])
    return collocation_contrast(
        make_tokens(texts), paragraphs, nodes, min_count=min_count, **options
    )


def g2(n: int, m: int, of_n: int, of_m: int) -> float:
    cells = [[n, of_n - n], [m, of_m - m]]
    return float(chi2_contingency(cells, correction=False, lambda_="log-likelihood")[0])


def test_two_groups_by_hand() -> None:
    table = contrast(TWO)
    assert list(table.columns) == list(contract("collocation_contrast").columns)
    counts = ["collocate", "n_target", "n_reference", "sentences_target", "sentences_reference"]
    of = {group: rows.set_index("collocate") for group, rows in table.groupby("group")}
    assert table.loc[table["group"] == "甲市", counts].to_numpy().tolist() == [
        ["乙", 2, 0, 3, 2],
        ["丙", 0, 1, 3, 2],
        ["甲", 2, 1, 3, 2],
    ]
    assert of["甲市"]["g2"].tolist() == pytest.approx(
        [g2(2, 0, 3, 2), g2(0, 1, 3, 2), g2(2, 1, 3, 2)]
    )
    ratios = [
        np.log2((2 / 3) / (0.5 / 2)),
        np.log2((0.5 / 3) / (1 / 2)),
        np.log2((2 / 3) / (1 / 2)),
    ]
    assert of["甲市"]["log_ratio"].tolist() == pytest.approx(ratios)
    # Two groups are each other's others.
    mirrored = of["乙市"].loc[of["甲市"].index]
    assert mirrored["log_ratio"].tolist() == pytest.approx([-ratio for ratio in ratios])
    assert mirrored["n_target"].tolist() == of["甲市"]["n_reference"].tolist()
    q = false_discovery_control(chi2.sf(table["g2"], 1))
    assert table["q_g2"].tolist() == pytest.approx(q.tolist())


def test_one_document_a_side_has_no_interval_and_no_test() -> None:
    table = contrast(TWO)
    nan = ["log_ratio_low", "log_ratio_high", "p_document", "q_document"]
    assert table[nan].isna().all(axis=None)
    of_group = table[table["group"] == "甲市"]
    reason = dict(zip(of_group["collocate"], of_group["reason"], strict=True))
    assert reason["乙"] == (
        "1 document in the group, of one such paragraph: no interval; "
        "1 document in the others, of one such paragraph: no interval; "
        "absent from the others; not testable: 1 document against 1"
    )
    assert "absent from the group" in reason["丙"]
    assert "absent" not in reason["甲"]


def test_a_group_without_the_node_says_so() -> None:
    table = contrast({**TWO, "c": ["甲 乙 。"]})
    rows = table[table["group"] == "丙市"]
    assert set(rows["reason"]) == {"no sentence of the node in the group"}
    assert set(rows["sentences_target"]) == {0}
    assert rows[["g2", "q_g2", "log_ratio", "p_document"]].isna().all(axis=None)
    # It is no test, and makes no other one weaker.
    others = table[table["group"] != "丙市"].reset_index(drop=True)
    pd.testing.assert_frame_equal(others, contrast(TWO))
    referred = contrast({**TWO, "c": ["甲 乙 。"]}, reference="丙市")
    assert set(referred["group"]) == {"甲市", "乙市"}
    assert set(referred["reason"]) == {"no sentence of the node in the reference"}


def test_a_named_reference_alone_is_compared_with() -> None:
    three: Texts = {**TWO, "c": ["核心 甲 。 核心 丁 。"]}
    table = contrast(three, reference="乙市")
    assert set(table["group"]) == {"甲市", "丙市"}
    columns = ["collocate", "n_target", "n_reference", "g2", "log_ratio"]
    both = contrast(TWO, reference="乙市")
    rows = table[table["group"] == "甲市"].reset_index(drop=True)
    pd.testing.assert_frame_equal(rows[columns], both[columns])


def test_min_count_is_of_both_sides_together() -> None:
    assert set(contrast(TWO, min_count=2)["collocate"]) == {"甲", "乙"}
    assert set(contrast(TWO, min_count=3)["collocate"]) == {"甲"}
    three: Texts = {**TWO, "c": ["核心 甲 。 核心 丁 。"]}
    # 甲 has one sentence in each of the two, three in all with the third.
    against = contrast(three, reference="乙市", min_count=3)
    assert against[["group", "collocate"]].to_numpy().tolist() == [["甲市", "甲"]]


def test_copies_and_paragraphs_without_a_group_are_left_out() -> None:
    more: Texts = {"a": [*TWO["a"], "核心 乙 丁 。"], "b": TWO["b"], "d": ["核心 甲 乙 。"]}
    pd.testing.assert_frame_equal(contrast(more, copies=["a#2"]), contrast(TWO))
    assert "丁" in set(contrast(more)["collocate"])


def test_options_say_what_is_a_collocate() -> None:
    assert set(contrast(TWO, exclude=["甲"])["collocate"]) == {"乙", "丙"}
    assert contrast(TWO, min_length=2).empty
    assert contrast(TWO, kinds=["number"]).empty


def test_any_column_and_a_series_of_groups() -> None:
    tokens, paragraphs = make_tokens(TWO), make_paragraphs(TWO, PLACES)
    by_place = collocation_contrast(tokens, paragraphs, "核心", min_count=1)
    groups = pd.Series({"a#1": "甲市", "b#1": "乙市"})
    by_series = collocation_contrast(tokens, paragraphs, "核心", by=groups, min_count=1)
    pd.testing.assert_frame_equal(by_series, by_place)
    year = paragraphs.assign(year=["2023", "2024"])
    by_year = collocation_contrast(tokens, year, "核心", by="year", min_count=1)
    assert by_year["group"].unique().tolist() == ["2023", "2024"]


def test_one_group_or_none_gives_no_rows() -> None:
    nothing = empty("collocation_contrast")
    pd.testing.assert_frame_equal(contrast(TWO, places={"a": "甲市", "b": "甲市"}), nothing)
    pd.testing.assert_frame_equal(contrast(TWO, places={"a": "甲市"}), nothing)
    pd.testing.assert_frame_equal(contrast(TWO, places={}), nothing)
    pd.testing.assert_frame_equal(contrast(TWO, nodes=[]), nothing)
    pd.testing.assert_frame_equal(contrast(TWO, min_count=4), nothing)
    one = contrast(TWO, places={"a": "甲市"}, reference="甲市")
    pd.testing.assert_frame_equal(one, nothing)


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"nodes": ["核"]}, UnknownNameError, "the node '核' is no token of these texts"),
        (
            {"by": "plaec"},
            UnknownNameError,
            "no column 'plaec' .* did you mean 'place'",
        ),
        ({"reference": "甲省"}, UnknownNameError, "no group '甲省' .*there are: 乙市, 甲市"),
        ({"reference": "甲省", "places": {}}, UnknownNameError, "there are: none"),
        ({"min_count": 0}, StudyError, "min_count wants a whole number of 1 or more, found 0"),
        ({"exclude": "甲"}, StudyError, "exclude wants a collection"),
        ({"by": pd.Series({"z": "甲市"})}, TableError, "wants an index of para_id"),
    ],
)
def test_bad_input(options: dict[str, Any], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        contrast(TWO, **options)


sentences = st.lists(st.sampled_from(["核心", "甲", "乙", "丙"]), min_size=1, max_size=5)
documents = st.lists(sentences.map(" ".join), min_size=1, max_size=4).map(" 。 ".join)


@settings(deadline=None, max_examples=30)
@example(["甲 核心 。 乙"] * 10, 4)
@given(st.lists(documents, min_size=10, max_size=10), st.sampled_from([1, 2, 4]))
def test_sentences_of_documents_are_those_of_a_plain_loop(found: list[str], first: int) -> None:
    texts = {f"d{number}": [f"核心 甲 。 {text} 。", text] for number, text in enumerate(found)}
    places = {name: "甲市" if name < f"d{first}" else "乙市" for name in texts}
    table = contrast(texts, places=places)
    n: dict[str, Counter[str]] = {}
    size = Counter[str]()
    for doc_id, both in texts.items():
        held = [set(sentence.split()) for text in both for sentence in text.split("。")]
        held = [words - {"核心"} for words in held if "核心" in words]
        n[doc_id], size[doc_id] = Counter(word for words in held for word in words), len(held)
    terms = sorted(table["collocate"].unique())

    def units(place: str) -> Units:
        names = [name for name in texts if places[name] == place]
        cells = np.array([[n[name][term] for term in terms] for name in names])
        return Units(csr_array(cells), np.array([size[name] for name in names]), "document")

    target, reference = units("甲市"), units("乙市")
    rows = table[table["group"] == "甲市"].sort_values("collocate")
    assert rows["n_target"].tolist() == target.n.sum(axis=0).tolist()
    assert rows["sentences_reference"].tolist() == [reference.size.sum()] * len(terms)
    np.testing.assert_allclose(rows["p_document"], document_tests(target, reference))
    # Two documents give no interval of their own, but can be tested against eight.
    assert rows["p_document"].isna().all() == (first == 1)
    over_paragraphs = rows["reason"].str.contains("paragraph")
    if first == 4 and len(set(found)) == 1:
        assert not over_paragraphs.any()
    if not over_paragraphs.any():
        bounds = log_ratio_intervals(target, reference)
        np.testing.assert_allclose(rows["log_ratio_low"], bounds.low)
        np.testing.assert_allclose(rows["log_ratio_high"], bounds.high)
    tested = table["p_document"].notna()
    q = false_discovery_control(table.loc[tested, "p_document"]) if tested.any() else []
    np.testing.assert_allclose(table.loc[tested, "q_document"], q)
    tokens = make_tokens(texts).sample(frac=1, random_state=first)
    shuffled = make_paragraphs(texts, places).sample(frac=1, random_state=first)
    again = collocation_contrast(tokens, shuffled, "核心", min_count=1)
    pd.testing.assert_frame_equal(again, table)
