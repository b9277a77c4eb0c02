from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.stats import chi2, chi2_contingency, false_discovery_control

from tests.keyness_tables import find, make_counts
from textlab.analysis.keyness import keyness
from textlab.errors import TableError, UnknownNameError
from textlab.schema import empty
from textlab.statistics.measures import log_likelihood, log_ratio, rate

# Rows of the 2x2 table for one term: its counts, then the sizes of both texts.
texts = st.tuples(st.integers(1, 10**6), st.integers(1, 10**6)).flatmap(
    lambda sizes: st.tuples(
        st.integers(0, sizes[0]), st.integers(0, sizes[1]), st.just(sizes[0]), st.just(sizes[1])
    )
)


THREE = make_counts(
    甲={"创新": 8, "乡村": 1, "的": 31},
    乙={"创新": 1, "乡村": 6, "的": 23},
    丙={"创新": 1, "乡村": 1, "产业链": 5, "的": 23},
)


def test_log_likelihood_has_the_published_value() -> None:
    # Dunning 1993: a bigram A B, k(AB) = 10, k(A ~B) = 0, k(~A B) = 3, k(~A ~B) = 31764. The
    # first pair is the term's row: 10 in the target (B) and 0 in the reference (~B); the second
    # is the row of all else, so that the columns add up to 13 and 31764.
    assert log_likelihood(10, 0, 10 + 3, 0 + 31764) == pytest.approx(167.23, abs=0.005)
    # G² does not mind which of the two margins is called the texts.
    assert log_likelihood(10, 3, 10 + 0, 3 + 31764) == pytest.approx(167.23, abs=0.005)


@settings(deadline=None)
@given(texts)
def test_log_likelihood_agrees_with_scipy(cells: tuple[int, int, int, int]) -> None:
    a, b, size_a, size_b = cells
    if 0 < a + b < size_a + size_b:
        table = [[a, b], [size_a - a, size_b - b]]
        expected = chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
        assert log_likelihood(*cells) == pytest.approx(expected, rel=1e-9, abs=1e-6)
    else:
        assert log_likelihood(*cells) == pytest.approx(0, abs=1e-6)


@settings(deadline=None)
@given(texts)
@example((84, 114, 4816, 6536))  # Equal rates whose sum comes out a speck below 0.
def test_log_likelihood_is_never_negative_and_symmetric(cells: tuple[int, int, int, int]) -> None:
    a, b, size_a, size_b = cells
    assert log_likelihood(*cells) >= 0
    assert log_likelihood(*cells) == pytest.approx(log_likelihood(b, a, size_b, size_a), abs=1e-6)


def test_measures_of_an_empty_text() -> None:
    assert log_likelihood(0, 5, 0, 100) == 0
    assert log_likelihood(0, 0, 0, 0) == 0
    assert np.isnan(log_ratio(0, 5, 0, 100))
    np.testing.assert_array_equal(rate([0, 3], [0, 100]), [np.nan, 300.0])


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ((20, 10, 1000, 2000), 2.0),
        ((10, 20, 2000, 1000), -2.0),
        ((7, 7, 500, 500), 0.0),
        ((0, 8, 1000, 1000), -4.0),
        ((8, 0, 1000, 1000), 4.0),
    ],
)
def test_log_ratio_by_hand(cells: tuple[int, int, int, int], expected: float) -> None:
    assert log_ratio(*cells) == pytest.approx(expected)


@settings(deadline=None)
@given(texts)
def test_log_ratio_changes_sign_with_the_texts(cells: tuple[int, int, int, int]) -> None:
    a, b, size_a, size_b = cells
    assert log_ratio(*cells) == pytest.approx(-log_ratio(b, a, size_b, size_a))


def test_three_places_by_hand() -> None:
    result = keyness(THREE)
    assert len(result) == 3 * 4
    row = find(result, "甲", "创新")
    assert (row["n_target"], row["n_reference"]) == (8, 2)
    assert row["per_10k_target"] == pytest.approx(10_000 * 8 / 40)
    assert row["per_10k_reference"] == pytest.approx(10_000 * 2 / 60)
    assert row["log_ratio"] == pytest.approx(np.log2((8 / 40) / (2 / 60)))
    # 2 * (8 ln(8/4) + 2 ln(2/6) + 32 ln(32/36) + 58 ln(58/54))
    assert row["g2"] == pytest.approx(7.447, abs=0.001)


def test_order_is_by_group_then_falling_z_then_term() -> None:
    counts = make_counts(
        b={"x": 6, "y": 6, "z": 50, "same": 10, "w": 0, "v": 28},
        a={"x": 1, "y": 1, "z": 20, "same": 10, "w": 9, "v": 59},
    )
    result = keyness(counts, min_count=1)
    assert list(result["group"]) == ["a"] * 6 + ["b"] * 6
    # In b, x and y tie and are ordered by name; what it uses less comes last.
    assert list(result.loc[result["group"] == "b", "term"]) == ["z", "x", "y", "same", "w", "v"]
    assert list(result.loc[result["group"] == "a", "term"]) == ["v", "w", "same", "x", "y", "z"]


def test_z_by_hand() -> None:
    # 创新: 8 of 40 tokens in 甲, 2 of 60 elsewhere; the prior is its 10 of the 100 tokens of all.
    odds = np.log((8 + 10) / (40 + 100 - 8 - 10)) - np.log((2 + 10) / (60 + 100 - 2 - 10))
    expected = odds / np.sqrt(1 / (8 + 10) + 1 / (2 + 10))
    assert find(keyness(THREE), "甲", "创新")["log_odds_z"] == pytest.approx(expected)
    # Terms that are not tested are in the prior all the same.
    result = keyness(THREE, exclude=["的"])
    assert find(result, "甲", "创新")["log_odds_z"] == pytest.approx(expected)


def test_a_reference_has_no_rows_of_its_own_and_the_prior_is_of_all() -> None:
    result = keyness(THREE, reference="丙")
    assert set(result["group"]) == {"甲", "乙"}
    row = find(result, "甲", "创新")
    assert (row["n_target"], row["n_reference"]) == (8, 1)
    assert row["per_10k_reference"] == pytest.approx(10_000 / 30)
    odds = np.log((8 + 10) / (40 + 100 - 8 - 10)) - np.log((1 + 10) / (30 + 100 - 1 - 10))
    assert row["log_odds_z"] == pytest.approx(odds / np.sqrt(1 / (8 + 10) + 1 / (1 + 10)))
    whole = keyness(THREE[THREE["unit"] != "乙"])
    columns = ["n_target", "n_reference", "g2", "log_ratio"]
    pd.testing.assert_series_equal(
        row[columns], find(whole, "甲", "创新")[columns], check_names=False
    )


def test_an_unknown_reference_names_the_groups() -> None:
    with pytest.raises(UnknownNameError, match=r"no group '丁' to compare with.* 丙, 乙, 甲$"):
        keyness(THREE, reference="丁")


def test_one_count_a_group_says_what_is_not_there() -> None:
    result = keyness(THREE)
    columns = ["log_ratio_low", "log_ratio_high", "p_document", "q_document", "dp_target"]
    assert result[columns].isna().all(axis=None)
    said = "one count a group: no interval, no test over documents"
    assert find(result, "甲", "创新")["reason"] == said
    assert find(result, "甲", "产业链")["reason"] == f"{said}; absent from the group"
    assert find(result, "丙", "产业链")["reason"] == f"{said}; absent from the reference"


def test_leaving_terms_out_changes_neither_rates_nor_totals() -> None:
    whole = keyness(THREE).set_index(["group", "term"])
    part = keyness(THREE, exclude=["的"], min_length=2).set_index(["group", "term"])
    assert set(part.index.get_level_values("term")) == {"创新", "乡村", "产业链"}
    columns = ["n_target", "n_reference", "per_10k_target", "per_10k_reference", "g2", "log_ratio"]
    pd.testing.assert_frame_equal(part[columns], whole.loc[part.index, columns])


def test_min_count_is_of_all_units_together() -> None:
    assert set(keyness(THREE, min_count=8)["term"]) == {"创新", "乡村", "的"}
    assert set(keyness(THREE, min_count=9)["term"]) == {"创新", "的"}
    assert set(keyness(THREE, min_count=5, min_length=3)["term"]) == {"产业链"}


def test_q_is_benjamini_hochberg_over_the_whole_table() -> None:
    result = keyness(THREE)
    expected = false_discovery_control(chi2.sf(result["g2"], 1), method="bh")
    np.testing.assert_allclose(result["q_g2"], expected, rtol=1e-12)
    z = chi2.sf(result["log_odds_z"] ** 2, 1)
    np.testing.assert_allclose(result["q_log_odds"], false_discovery_control(z), rtol=1e-9)
    by_group = false_discovery_control(
        chi2.sf(result.loc[result["group"] == "甲", "g2"], 1), method="bh"
    )
    assert not np.allclose(result.loc[result["group"] == "甲", "q_g2"], by_group)


def test_row_order_makes_no_difference() -> None:
    shuffled = THREE.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(keyness(shuffled), keyness(THREE), check_exact=True)


def test_two_units_mirror_each_other() -> None:
    result = keyness(THREE[THREE["unit"] != "丙"])
    one, other = (result[result["group"] == g].set_index("term").sort_index() for g in ("甲", "乙"))
    np.testing.assert_allclose(one["g2"], other["g2"], rtol=1e-12)
    np.testing.assert_allclose(one["log_ratio"], -other["log_ratio"], rtol=1e-12)
    np.testing.assert_allclose(one["log_odds_z"], -other["log_odds_z"], rtol=1e-9)


def test_nothing_to_test_gives_the_header() -> None:
    for counts, least in [
        (empty("counts"), 1),
        (THREE[THREE["unit"] == "甲"], 1),
        (THREE, 1000),
    ]:
        pd.testing.assert_frame_equal(keyness(counts, min_count=least), empty("keyness"))


def test_a_unit_without_tokens_has_no_rates() -> None:
    result = keyness(pd.concat([THREE, make_counts(丁={"的": 0})]))
    rows = result[result["group"] == "丁"]
    columns = ["per_10k_target", "g2", "log_ratio", "log_odds_z", "q_g2", "q_log_odds"]
    assert len(rows) == 4 and rows[columns].isna().all(axis=None)
    assert (rows["n_target"] == 0).all()
    assert set(rows["reason"]) == {
        "the group has no words; one count a group: no interval, no test over documents"
    }
    bare = keyness(make_counts(甲={"的": 9}, 乙={"的": 0}), reference="乙")
    assert bare["reason"].str.startswith("the reference has no words; ").all() and len(bare) == 1
    rest = result[result["group"] != "丁"].reset_index(drop=True)
    pd.testing.assert_frame_equal(rest, keyness(THREE))


def test_a_term_that_both_sides_lack() -> None:
    row = find(keyness(THREE, reference="甲"), "乙", "产业链")
    assert row["reason"].endswith("; absent from both")
    assert (row["n_target"], row["n_reference"], row["g2"]) == (0, 0, 0)


def test_a_group_of_one_term_only() -> None:
    result = keyness(make_counts(甲={"的": 9}, 乙={"的": 7}))
    assert (result["g2"] == 0).all() and (result["log_ratio"] == 0).all()
    assert result["log_odds_z"].isna().all()


def test_counts_must_keep_their_contract() -> None:
    with pytest.raises(TableError, match="the key is there twice"):
        keyness(pd.concat([THREE, THREE]))
