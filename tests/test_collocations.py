from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2, chi2_contingency, false_discovery_control

from tests.collocation_tables import SIX, make_tokens
from textlab.analysis.collocations import collocations
from textlab.errors import StudyError, TableError, UnknownNameError
from textlab.schema import contract, empty

TOKENS = make_tokens(SIX)


def row(table: pd.DataFrame, span: str, collocate: str) -> dict[str, Any]:
    found = table[(table["span"] == span) & (table["collocate"] == collocate)]
    assert len(found) == 1
    return dict(found.iloc[0])


def g2(a: int, b: int, c: int, d: int) -> float:
    statistic = chi2_contingency([[a, b], [c, d]], correction=False, lambda_="log-likelihood")[0]
    return float(statistic)


def test_a_window_by_hand() -> None:
    # Near the three nodes stand 甲, 甲 (a comma is no distance) and 丙: 3 of the 12 other tokens.
    found = row(collocations(TOKENS, ["核心"], window=1, min_count=1), "window", "甲")
    expected = {
        "n": 2, "n_node": 3, "n_collocate": 3, "documents": 1, "expected": 3 * 3 / 12,
        "npmi": np.log(2 / 0.75) / -np.log(2 / 12), "log_dice": 14 + np.log2(4 / 6),
        "g2": g2(2, 1, 1, 8), "delta_p_collocate": 2 / 3 - 1 / 9,
        "delta_p_node": 2 / 3 - 1 / 9, "t_score": 1.25 / np.sqrt(2),
    }  # fmt: skip
    assert {name: found[name] for name in expected} == pytest.approx(expected)
    assert found["reason"] == "all in 1 document"


def test_the_two_delta_p_are_the_two_directions() -> None:
    # The windows of 2 hold 甲 乙, 甲 and 丙 丁: 5 of 12. 丁 is one of them, and stands 3 times.
    found = row(collocations(TOKENS, ["核心"], window=2, min_count=1), "window", "丁")
    assert found["delta_p_collocate"] == pytest.approx(1 / 5 - 2 / 7)
    assert found["delta_p_node"] == pytest.approx(1 / 3 - 4 / 9)
    assert found["npmi"] < 0


def test_sentences_by_hand() -> None:
    # Of six sentences three hold the node, and the same three 甲.
    found = row(collocations(TOKENS, ["核心"], min_count=1), "sentence", "甲")
    expected = {
        "n": 3, "n_node": 3, "n_collocate": 3, "documents": 2, "expected": 1.5, "npmi": 1.0,
        "log_dice": 14.0, "g2": 12 * np.log(2), "delta_p_collocate": 1.0, "delta_p_node": 1.0,
        "t_score": 1.5 / np.sqrt(3),
    }  # fmt: skip
    assert {name: found[name] for name in expected} == pytest.approx(expected)
    assert found["reason"] == ""


def test_q_counts_the_tests_of_terms_that_are_not_shown() -> None:
    tokens = make_tokens({**SIX, "c": ["戊 丁 。"]})
    table = collocations(tokens, ["核心"], window=1, min_count=2)
    assert table[["span", "collocate", "n"]].to_numpy().tolist() == [
        ["sentence", "甲", 3],
        ["window", "甲", 2],
    ]
    # 甲, 乙, 丙 and 丁 stand 3, 3, 3 and 4 times, n of them near. 戊, once, is no test.
    window = [g2(n, 3 - n, of - n, 11 - of + n) for n, of in ((2, 3), (0, 3), (1, 3), (0, 4))]
    sentence = [g2(n, 3 - n, of - n, 4 - of + n) for n, of in ((3, 3), (1, 3), (1, 3), (1, 4))]
    q = false_discovery_control(chi2.sf(window + sentence, 1))
    assert table["q_g2"].tolist() == pytest.approx([q[4], q[0]])


def test_a_token_in_two_windows_counts_once() -> None:
    tokens = make_tokens({"a": ["核心 甲 核心 。 乙 。"]})
    found = row(collocations(tokens, ["核心"], min_count=1), "window", "甲")
    assert (found["n"], found["n_node"], found["expected"]) == (1, 2, 0.5)
    # Of the sentences, too: one, with two nodes.
    found = row(collocations(tokens, ["核心"], min_count=1), "sentence", "甲")
    assert (found["n"], found["n_node"]) == (1, 1)


def test_log_dice_is_14_at_most_where_a_collocate_is_repeated() -> None:
    tokens = make_tokens({"a": ["甲 核心 甲 甲 。 乙 。"]})
    found = row(collocations(tokens, ["核心"], min_count=3), "window", "甲")
    assert found["n"] == 3
    assert found["log_dice"] == pytest.approx(14 + np.log2(2 * 1 / (1 + 3)))


def test_windows_end_with_the_sentence_and_the_paragraph() -> None:
    tokens = make_tokens({"a": ["甲 。 核心", "乙 丙"]})
    assert collocations(tokens, ["核心"], min_count=1).empty


def test_several_nodes_are_collocates_of_each_other_in_order_of_names() -> None:
    table = collocations(TOKENS, ["核心", "丙"], min_count=1)
    assert table["node"].unique().tolist() == ["丙", "核心"]
    assert not (table["node"] == table["collocate"]).any()
    pair = table[(table["span"] == "sentence") & table["collocate"].isin(["丙", "核心"])]
    assert pair["n"].tolist() == [1, 1]
    assert pair["npmi"].nunique() == 1
    # ΔP of one is that of the other's node.
    assert pair["delta_p_node"].tolist() == pair["delta_p_collocate"].tolist()[::-1]


def test_a_node_may_be_given_alone_and_twice() -> None:
    one = collocations(TOKENS, ["核心"], min_count=1)
    pd.testing.assert_frame_equal(collocations(TOKENS, "核心", min_count=1), one)
    pd.testing.assert_frame_equal(collocations(TOKENS, ["核心", "核心"], min_count=1), one)


def test_what_is_left_out_as_a_collocate_is_still_a_token_and_a_distance() -> None:
    tokens = make_tokens({"a": ["核心 的 3 甲醇 。 核心 的 甲醇 。 乙 。"]})
    whole = collocations(tokens, ["核心"], window=2, min_count=1)
    assert whole["collocate"].unique().tolist() == ["甲醇", "的"]
    assert row(whole, "window", "甲醇")["n"] == 1
    for options in ({"exclude": ["的"]}, {"min_length": 2}):
        found = collocations(tokens, ["核心"], window=2, min_count=1, **options)
        assert set(found["collocate"]) == {"甲醇"}
        same = whole[whole["collocate"] == "甲醇"].drop(columns="q_g2").reset_index(drop=True)
        pd.testing.assert_frame_equal(found.drop(columns="q_g2"), same)
    numbers = collocations(tokens, ["核心"], window=2, min_count=1, kinds=["number"])
    assert numbers["collocate"].tolist() == ["3", "3"]


def test_values_that_cannot_be_are_nan_with_a_reason() -> None:
    tokens = make_tokens({"a": ["核心 甲 。 核心 。"]})
    found = row(collocations(tokens, ["核心"], min_count=1), "sentence", "甲")
    assert np.isnan(found["delta_p_collocate"]) and not np.isnan(found["delta_p_node"])
    away = "nothing is away from the node: no ΔP of the collocate"
    assert found["reason"] == f"all in 1 document; {away}"
    tokens = make_tokens({"a": ["核心 甲 。"]})
    found = row(collocations(tokens, ["核心"], min_count=1), "sentence", "甲")
    assert np.isnan([found["npmi"], found["delta_p_node"], found["delta_p_collocate"]]).all()
    assert found["reason"].endswith(
        "nothing lacks the collocate: no ΔP of the node; both are everywhere: no NPMI"
    )
    assert (found["g2"], found["q_g2"]) == (0, 1)


def test_columns_types_and_no_rows() -> None:
    assert list(collocations(TOKENS, ["核心"]).columns) == list(contract("collocations").columns)
    nothing = empty("collocations")
    pd.testing.assert_frame_equal(collocations(TOKENS, []), nothing)
    pd.testing.assert_frame_equal(collocations(TOKENS, ["核心"], min_count=4), nothing)
    pd.testing.assert_frame_equal(collocations(TOKENS[:0], []), nothing)


@pytest.mark.parametrize(
    ("nodes", "options", "error", "words"),
    [
        (
            ["核心的"],
            {},
            UnknownNameError,
            "'核心的' is no token of these texts; did you mean '核心'",
        ),
        (["。"], {}, UnknownNameError, "the node '。' is no token"),
        (["核心"], {"window": 0}, StudyError, "window wants a whole number of 1 or more, found 0"),
        (["核心"], {"window": 2.5}, StudyError, "window wants a whole number"),
        (["核心"], {"min_count": True}, StudyError, "min_count wants a whole number"),
        (["核心"], {"min_length": -1}, StudyError, "min_length wants a whole number"),
        (["核心"], {"exclude": "甲"}, StudyError, "exclude wants a collection of terms"),
        (
            ["核心"],
            {"kinds": ["noun"]},
            UnknownNameError,
            "no kind of token 'noun'; there are: word",
        ),
        (["核心"], {"kinds": "punctuation"}, UnknownNameError, "punctuation is no collocate"),
    ],
)
def test_bad_input(
    nodes: list[str], options: dict[str, Any], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        collocations(TOKENS, nodes, **options)


def test_tokens_that_break_their_contract_are_refused() -> None:
    with pytest.raises(TableError, match=r"wants the column\(s\) kind"):
        collocations(TOKENS.drop(columns="kind"), ["核心"])
    with pytest.raises(UnknownNameError, match="'核心' is no token"):
        collocations(TOKENS[:0], ["核心"])
