"""Trees of places against scipy and by hand, and the support of their branches."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.cluster import hierarchy
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.metrics.pairwise import cosine_similarity

from tests.similarity_tables import SMALL, Corpus, added_up, tables
from textlab.analysis.clusters import BETWEEN, clusters
from textlab.analysis.similarity import compare
from textlab.analysis.similarity_pairs import MOST_RESAMPLED, Options, measure_pairs
from textlab.schema import empty

COUNTS, PARAGRAPHS = tables(SMALL)
NAMES = sorted(SMALL)


def of_matrix(matrix: np.ndarray) -> pd.DataFrame:
    rows = [("abcdefgh"[i], f"t{j}", n) for (i, j), n in np.ndenumerate(matrix)]
    return clusters(pd.DataFrame(rows, columns=["unit", "term", "n"]))


def of_corpus(corpus: Corpus, **options: Any) -> pd.DataFrame:
    counts, paragraphs = tables(corpus)
    return clusters(counts, paragraphs=paragraphs, **options)


def members(table: pd.DataFrame) -> list[frozenset[str]]:
    return [frozenset(text.split(BETWEEN)) for text in table["members"]]


def groups(rng: np.random.Generator, chances: dict[str, np.ndarray], words: int) -> Corpus:
    """Places of ten documents each, drawn from these chances of terms."""
    return {
        place: {f"{place}{i:02d}": [rng.multinomial(words, p).tolist()] for i in range(10)}
        for place, p in chances.items()
    }


def test_three_places_by_hand() -> None:
    table = of_matrix(np.array([[1, 0, 1], [0, 1, 0], [1, 0, 2]]))
    # t0 and t2 are in two of three: equal idf. a and c: 3 / sqrt(2 * 5); b shares nothing.
    assert table["left"].tolist()[0], table["right"].tolist()[0] == ("a", "c")
    assert table["size"].tolist() == [2, 3]
    np.testing.assert_allclose(table["height"], [1 - 3 / np.sqrt(10), 1])
    assert members(table) == [frozenset("ac"), frozenset("abc")]
    assert {table["left"][1], table["right"][1]} == {"b", "#1"}
    assert table["support"].isna().all()
    assert (table["reason"] == "counts without their paragraphs: nothing to resample").all()


@settings(deadline=None, max_examples=40)
@given(arrays(np.int64, (5, 6), elements=st.integers(0, 30)))
def test_heights_are_the_cophenetic_distances_of_scipy(matrix: np.ndarray) -> None:
    matrix[:, 0] += matrix.sum(axis=1) == 0
    cosine = cosine_similarity(TfidfTransformer().fit_transform(matrix))[np.triu_indices(5, 1)]
    tree = hierarchy.linkage(np.clip(1 - cosine, 0, None).round(12), "average")
    table = of_matrix(matrix)
    np.testing.assert_allclose(table["height"], tree[:, 2], atol=1e-9)
    assert table["height"].is_monotonic_increasing
    found = np.zeros((5, 5))
    for branch, height in reversed(list(zip(members(table), table["height"], strict=True))):
        inside = ["abcde".index(name) for name in branch]
        found[np.ix_(inside, inside)] = height
    ours, theirs = found[np.triu_indices(5, 1)], hierarchy.cophenet(tree)
    if len(set(tree[:, 2].round(9))) == 4 and len(set(cosine.round(9))) == 10:  # no ties
        np.testing.assert_allclose(ours, theirs, atol=1e-9)


def test_left_and_right_make_up_the_members_in_the_order_of_leaves() -> None:
    counts = added_up(COUNTS, PARAGRAPHS, "doc_id")
    table = clusters(counts, of="doc_id")
    assert list(table["of"].unique()) == ["doc_id"]
    known: dict[str, str] = {}
    for row in table.itertuples():
        sides = [known.get(str(side), str(side)) for side in (row.left, row.right)]
        assert row.members == BETWEEN.join(sides)
        assert len(str(row.members).split(BETWEEN)) == row.size
        known[f"#{row.cluster}"] = str(row.members)
    order = known[f"#{len(table)}"].split(BETWEEN)
    names = sorted(order)
    pairs = measure_pairs(counts, Options(of="doc_id"))
    distance = 1 - pairs.square(pairs.values["cosine"], 1.0)
    tree = hierarchy.linkage(distance[np.triu_indices(len(names), 1)], "average")
    best = hierarchy.optimal_leaf_ordering(tree, distance[np.triu_indices(len(names), 1)])

    def length(leaves: list[int]) -> float:
        return float(sum(distance[a, b] for a, b in pairwise(leaves)))

    ours = [names.index(name) for name in order]
    assert length(ours) == pytest.approx(length(hierarchy.leaves_list(best).tolist()))


def test_support_is_the_share_of_resamples_with_the_branch() -> None:
    pairs = measure_pairs(COUNTS, Options(paragraphs=PARAGRAPHS, resamples=60, seed=2))
    table = clusters(COUNTS, paragraphs=PARAGRAPHS, resamples=60, seed=2)
    seen = []
    for cosine in pairs.draws["cosine"].T:
        root = hierarchy.to_tree(hierarchy.linkage(1 - cosine, "average"), rd=True)[1]
        seen.append({frozenset(NAMES[leaf] for leaf in node.pre_order()) for node in root})
    wanted = [np.mean([branch in trees for trees in seen]) for branch in members(table)]
    np.testing.assert_allclose(table["support"], wanted)
    assert table["support"].iloc[-1] == 1
    assert 0 < table["support"].iloc[1] < 1
    both = compare(COUNTS, paragraphs=PARAGRAPHS, resamples=60, seed=2)
    pd.testing.assert_frame_equal(both.clusters, table)


def test_clear_groups_are_supported_and_noise_is_not() -> None:
    rng = np.random.default_rng(0)
    one, other, same = rng.dirichlet(np.ones(40), 3)
    clear = of_corpus(groups(rng, {"a": one, "b": one, "c": other, "d": other}, 200))
    found = dict(zip(members(clear), clear["support"], strict=True))
    assert found[frozenset("ab")] > 0.97
    assert found[frozenset("cd")] > 0.97
    noise = of_corpus(groups(rng, dict.fromkeys("abcdefgh", same), 200))
    assert noise["support"].iloc[:-1].max() < 0.8
    assert noise["support"].iloc[:-1].mean() < 0.4
    assert (clear["reason"] == "").all()


def test_reasons_count_the_members_that_they_are_about() -> None:
    corpus = {**SMALL, "一段": {"x": [[15, 5, 1, 7, 1]]}}  # as 东港市
    table = of_corpus(corpus)
    whole = table["reason"].iloc[-1]
    assert whole == (
        "3 of 5 members over paragraphs, for these texts only; "
        "1 of 5 with 1 paragraph, the same in all resamples; "
        "4 of 5 with fewer than 6 texts, not to be trusted"
    )
    joined = table.loc[[{"一段", "东港市"} == set(branch) for branch in members(table)], "reason"]
    assert joined.tolist() == [
        "1 of 2 with 1 paragraph, the same in all resamples; "
        "1 of 2 with fewer than 6 texts, not to be trusted"
    ]


def test_places_without_words_are_not_in_the_tree() -> None:
    table = of_corpus({**SMALL, "空": {"x": [[0] * 5]}})
    pd.testing.assert_frame_equal(
        table.iloc[:-1], of_corpus(SMALL, reference=COUNTS_AND_AN_EMPTY).iloc[:-1]
    )
    assert table["reason"].iloc[-1].endswith("no words, not in the tree: 空")
    bare = {"空": {"x": [[0]]}, "无": {"y": [[0]]}, "有": {"z": [[1]]}}
    pd.testing.assert_frame_equal(of_corpus(bare), empty("clusters"))


# The idf of SMALL with one more place that has no words.
COUNTS_AND_AN_EMPTY = pd.concat(
    [
        added_up(COUNTS, PARAGRAPHS, "place"),
        pd.DataFrame({"unit": ["空"], "term": ["t0"], "n": [0]}),
    ]
)


def test_two_places_one_place_and_equal_places() -> None:
    two = of_corpus({name: SMALL[name] for name in NAMES[:2]})
    assert two[["left", "right", "size", "support"]].to_numpy().tolist() == [[*NAMES[:2], 2, 1]]
    one = of_corpus({NAMES[0]: SMALL[NAMES[0]]})
    pd.testing.assert_frame_equal(one, empty("clusters"))
    pd.testing.assert_frame_equal(clusters(empty("counts")), empty("clusters"))
    same = of_matrix(np.array([[1, 2, 0]] * 4 + [[0, 1, 5]]))
    assert same["height"].tolist()[:3] == [0, 0, 0]
    assert members(same)[0] == frozenset("ab")  # of ties the first by name
    assert members(same)[2] == frozenset("abcd")


def test_the_order_of_rows_makes_no_difference() -> None:
    mixed = clusters(
        COUNTS.sample(frac=1, random_state=1), paragraphs=PARAGRAPHS.sample(frac=1, random_state=2)
    )
    pd.testing.assert_frame_equal(clusters(COUNTS, paragraphs=PARAGRAPHS), mixed, check_exact=True)


def test_many_places_are_not_resampled() -> None:
    many = {f"{i:03d}": {f"d{i:03d}": [[i, 2], [2, 1]]} for i in range(MOST_RESAMPLED + 1)}
    table = of_corpus(many)
    assert len(table) == MOST_RESAMPLED
    assert table["support"].isna().all()
    assert (table["reason"] == "more than 60 places: not resampled").all()
