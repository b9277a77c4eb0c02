from __future__ import annotations

from itertools import combinations
from statistics import stdev

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.spatial.distance import jensenshannon
from scipy.stats import entropy, zscore
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.metrics.pairwise import cosine_similarity

from textlab.analysis.similarity import compare_documents, compare_places
from textlab.errors import TableError
from textlab.schema import empty
from textlab.statistics.matrix import unit_term_matrix

MATRIX = np.array([[3, 1, 0, 2], [0, 4, 1, 0], [6, 2, 0, 4], [0, 0, 5, 0]])

matrices = arrays(np.int64, (4, 6), elements=st.integers(0, 30))


def make_counts(matrix: np.ndarray) -> pd.DataFrame:
    """Counts with all cells, zeros too; units a, b, ... and terms t0, t1, ..."""
    rows = [("abcdefgh"[i], f"t{j}", n) for (i, j), n in np.ndenumerate(matrix)]
    return pd.DataFrame(rows, columns=["unit", "term", "n"])


def square(result: pd.DataFrame, column: str) -> pd.DataFrame:
    a, b = result.columns[:2]
    return result.pivot(index=a, columns=b, values=column)


def divergence(one: np.ndarray, other: np.ndarray) -> float:
    """Jensen-Shannon divergence from entropies; scipy's distance is NaN for some equal rows."""
    p, q = one / one.sum(), other / other.sum()
    return float(entropy((p + q) / 2, base=2) - (entropy(p, base=2) + entropy(q, base=2)) / 2)


def test_two_places_by_hand() -> None:
    counts = make_counts(np.array([[1, 1, 0], [0, 1, 1]]))
    row = compare_places(counts).iloc[0]
    assert (row["place_a"], row["place_b"]) == ("a", "b")
    # idf of t1 is 1 (in both), of the others 1 + ln(3/2).
    rare = 1 + np.log(3 / 2)
    assert row["cosine"] == pytest.approx(1 / (1 + rare**2))
    # Half of each text is shared in equal parts: the divergence is 1/2.
    assert row["jensen_shannon"] == pytest.approx(np.sqrt(1 / 2))


def test_all_pairs_against_sklearn_and_scipy() -> None:
    result = compare_documents(make_counts(MATRIX).sample(frac=1, random_state=1))
    assert list(result.columns) == list(empty("document_similarity").columns)
    pairs = list(zip(result["doc_a"], result["doc_b"], strict=True))
    assert pairs == [("a", "b"), ("a", "c"), ("a", "d"), ("b", "c"), ("b", "d"), ("c", "d")]
    upper = np.triu_indices(4, 1)
    cosine = cosine_similarity(TfidfTransformer().fit_transform(MATRIX))
    np.testing.assert_allclose(result["cosine"], cosine[upper], atol=1e-12)
    distance = [jensenshannon(MATRIX[i], MATRIX[j], base=2) for i, j in zip(*upper, strict=True)]
    np.testing.assert_allclose(result["jensen_shannon"], distance, atol=1e-7)


def test_idf_is_learnt_from_the_reference() -> None:
    counts, reference = make_counts(MATRIX[:3, :3]), make_counts(MATRIX)
    result = compare_places(counts, reference=reference)
    learnt = TfidfTransformer().fit(MATRIX[:, :3])
    expected = cosine_similarity(learnt.transform(MATRIX[:3, :3]))[np.triu_indices(3, 1)]
    np.testing.assert_allclose(result["cosine"], expected, atol=1e-12)
    own = compare_places(counts)
    assert not np.allclose(own["cosine"], result["cosine"])
    pd.testing.assert_series_equal(own["jensen_shannon"], result["jensen_shannon"])


def test_terms_that_the_reference_lacks_are_rare_there() -> None:
    counts = make_counts(MATRIX)
    reference = counts[(counts["term"] != "t0") & (counts["unit"] != "d")]
    result = compare_places(counts, reference=reference)
    seen = MATRIX[:3].copy()
    seen[:, 0] = 0
    expected = cosine_similarity(TfidfTransformer().fit(seen).transform(MATRIX))
    np.testing.assert_allclose(result["cosine"], expected[np.triu_indices(4, 1)], atol=1e-12)


def test_zero_counts_are_as_good_as_none() -> None:
    counts = make_counts(MATRIX)
    for verb in (compare_places, compare_documents):
        pd.testing.assert_frame_equal(verb(counts), verb(counts[counts["n"] > 0]))


def test_a_unit_without_terms_is_like_no_other() -> None:
    result = compare_places(make_counts(np.array([[1, 2], [0, 0], [2, 1]])))
    empty_pair = (result["place_a"] == "b") | (result["place_b"] == "b")
    assert result.loc[empty_pair, ["cosine", "jensen_shannon", "delta"]].isna().all(axis=None)
    assert result.loc[~empty_pair, ["cosine", "jensen_shannon"]].notna().all(axis=None)
    assert list(result.loc[empty_pair, "reason"]) == ["b: no words"] * 2


def test_fewer_than_two_units_give_the_header() -> None:
    for counts in (empty("counts"), make_counts(MATRIX[:1])):
        pd.testing.assert_frame_equal(compare_places(counts), empty("place_similarity"))
        pd.testing.assert_frame_equal(compare_documents(counts), empty("document_similarity"))


def test_an_empty_reference_is_refused() -> None:
    with pytest.raises(TableError, match="the reference counts have no rows"):
        compare_places(make_counts(MATRIX), reference=empty("counts"))


def test_delta_by_hand() -> None:
    counts = make_counts(np.array([[2, 8, 0], [4, 6, 0], [6, 3, 1]]))
    result = compare_places(counts, delta_terms=2)
    # Of ten words .2, .4, .6 are t0 (sd .2) and .8, .6, .3 are t1 (sd of which is .2517).
    spread = stdev([0.8, 0.6, 0.3])
    wanted = [(1 + 0.2 / spread) / 2, (2 + 0.5 / spread) / 2, (1 + 0.3 / spread) / 2]
    np.testing.assert_allclose(result["delta"], wanted)


@settings(deadline=None, max_examples=40)
@given(matrices, st.integers(1, 7))
def test_delta_by_scores_and_a_plain_loop(matrix: np.ndarray, most: int) -> None:
    result = compare_documents(make_counts(matrix), delta_terms=most)
    full = matrix[matrix.any(axis=1)]
    if len(full) < 3:
        assert result["delta"].isna().all()
        assert result["reason"].str.contains("fewer than 3 with words|no words").all()
        return
    share = full / full.sum(axis=1, keepdims=True)
    frequent = sorted(range(6), key=lambda term: (-full[:, term].sum(), term))[:most]
    varying = [term for term in frequent if len(set(share[:, term])) > 1]
    if not varying:
        assert result["delta"].isna().all()
        assert result["reason"].str.contains("no term is more frequent in one").any()
        return
    z = zscore(share[:, varying], axis=0, ddof=1)
    wanted = [abs(one - other).mean() for one, other in combinations(z, 2)]
    np.testing.assert_allclose(result["delta"].dropna(), wanted, atol=1e-9)
    note = f"Delta over {len(varying)} terms"
    assert result["reason"].str.contains(note).any() == (len(varying) < most)


@settings(deadline=None, max_examples=40)
@given(matrices)
def test_values_are_between_0_and_1_and_agree_with_entropies(matrix: np.ndarray) -> None:
    result = compare_documents(make_counts(matrix))
    upper = zip(*np.triu_indices(4, 1), strict=True)
    values = zip(upper, result["cosine"], result["jensen_shannon"], strict=True)
    for (i, j), cosine, distance in values:
        one, other = matrix[i], matrix[j]
        if not one.any() or not other.any():
            assert np.isnan([cosine, distance]).all()
            continue
        assert 0 <= cosine <= 1
        assert 0 <= distance <= 1
        assert distance**2 == pytest.approx(divergence(one, other), abs=1e-9)
        if not (one * other).any():
            assert (cosine, distance) == (0, 1)


@settings(deadline=None, max_examples=40)
@given(arrays(np.int64, 6, elements=st.integers(0, 30)), st.integers(1, 5))
@example(np.array([10, 16, 12, 12, 19, 6]), 3)  # The divergence comes out a speck below 0.
@example(np.array([2, 16, 14, 0, 0, 0]), 3)  # The cosine comes out a speck above 1.
def test_the_same_proportions_are_the_same(row: np.ndarray, factor: int) -> None:
    row = row + (row.sum() == 0)
    pair = compare_places(make_counts(np.array([row, factor * row]))).iloc[0]
    assert pair["cosine"] == pytest.approx(1)
    assert pair["cosine"] <= 1
    assert pair["jensen_shannon"] == pytest.approx(0, abs=1e-6)


@settings(deadline=None, max_examples=40)
@given(matrices)
def test_names_decide_only_where_a_pair_stands(matrix: np.ndarray) -> None:
    forward = compare_documents(make_counts(matrix))
    backward = compare_documents(make_counts(matrix[::-1]))
    for column in ("cosine", "jensen_shannon"):
        one = square(forward, column).to_numpy()
        other = square(backward, column).to_numpy()[::-1, ::-1].T
        np.testing.assert_allclose(one, other, atol=1e-7)


def test_matrix_has_sorted_names_and_no_stored_zeros() -> None:
    units, terms, n = unit_term_matrix(make_counts(MATRIX).sample(frac=1, random_state=0))
    assert (list(units), list(terms)) == (list("abcd"), ["t0", "t1", "t2", "t3"])
    np.testing.assert_array_equal(n.toarray(), MATRIX)
    assert n.nnz == np.count_nonzero(MATRIX)


def test_matrix_with_given_terms_keeps_every_unit() -> None:
    terms = pd.Index(["t9", "t2"], dtype="str")
    units, columns, n = unit_term_matrix(make_counts(MATRIX), terms=terms)
    assert (list(units), list(columns)) == (list("abcd"), ["t9", "t2"])
    np.testing.assert_array_equal(n.toarray(), [[0, 0], [0, 1], [0, 0], [0, 5]])
