"""Krippendorff's alpha: published values, pairs of answers one by one, and properties."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from textlab.errors import TableError, UnknownNameError
from textlab.topics.agreement import LEVELS, agreement, krippendorff_alpha

NAN = float("nan")
# Krippendorff (2011), section C: four observers, twelve units, missing data.
PUBLISHED = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
        [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    ]
)
ANSWERS = arrays(
    "float64",
    array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=6),
    elements=st.sampled_from([NAN, 1.0, 2.0, 3.0, 5.0]),
)


@pytest.mark.parametrize(
    ("level", "alpha"),
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)],
)
def test_published_values(level: str, alpha: float) -> None:
    assert krippendorff_alpha(PUBLISHED, level=level) == pytest.approx(alpha, abs=5e-4)


def test_two_observers_of_yes_and_no() -> None:
    # Krippendorff (2011), section A: ten units, 4 of them disagreed on, alpha .095.
    first = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    second = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert krippendorff_alpha(np.array([first, second])) == pytest.approx(0.095, abs=5e-4)


def by_pairs(answers: np.ndarray) -> float:
    """Nominal alpha by its definition: pairs within items against pairs among all answers."""
    items = [column[~np.isnan(column)].tolist() for column in answers.T]
    items = [item for item in items if len(item) > 1]
    pooled = [value for item in items for value in item]
    observed: float = sum(
        sum(a != b for a, b in permutations(item, 2)) / (len(item) - 1) for item in items
    )
    pairs = [a != b for a, b in permutations(pooled, 2)]
    if not any(pairs):
        return NAN
    expected = sum(pairs) / len(pairs)
    return float(1 - observed / len(pooled) / expected)


@given(ANSWERS)
def test_the_same_as_pairs_one_by_one(answers: np.ndarray) -> None:
    assert krippendorff_alpha(answers) == pytest.approx(by_pairs(answers), nan_ok=True)


@given(ANSWERS, st.sampled_from(LEVELS), st.integers(0, 99))
def test_names_and_order_of_coders_and_items_do_not_matter(
    answers: np.ndarray, level: str, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    shuffled = rng.permuted(answers, axis=0)[:, rng.permutation(answers.shape[1])]
    alpha = krippendorff_alpha(answers, level=level)
    assert krippendorff_alpha(shuffled, level=level) == pytest.approx(alpha, nan_ok=True)
    assert np.isnan(alpha) or alpha <= 1


@given(ANSWERS)
def test_nominal_answers_may_be_words(answers: np.ndarray) -> None:
    words = pd.DataFrame(answers).astype(object).map(lambda x: x if pd.isna(x) else f"词{x:g}")
    assert krippendorff_alpha(words) == pytest.approx(krippendorff_alpha(answers), nan_ok=True)


def test_a_coder_without_answers_changes_nothing() -> None:
    silent = np.vstack([PUBLISHED, np.full(12, NAN)])
    assert krippendorff_alpha(silent) == krippendorff_alpha(PUBLISHED)


def test_chance_is_zero_and_agreement_is_one() -> None:
    rng = np.random.default_rng(0)
    assert krippendorff_alpha(rng.integers(1, 7, (3, 4000))) == pytest.approx(0, abs=0.02)
    same = np.tile([1, 2, 3, 1], (3, 1))
    assert [krippendorff_alpha(same, level=level) for level in LEVELS] == [1.0] * 4


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ([[1, NAN], [NAN, 2]], "no item has the answers of two coders"),
        ([[NAN], [NAN]], "no item has the answers of two coders"),
        ([[1, 1], [1, 1]], "all answers are the same"),
    ],
)
def test_undefined_is_nan_with_a_reason(answers: list[list[float]], reason: str) -> None:
    found = agreement(np.array(answers))
    assert np.isnan([found.alpha, found.low, found.high]).all()
    assert found.reason.startswith(reason)


def test_no_interval_where_nothing_can_be_resampled() -> None:
    same = agreement(np.array([[1, 2, 3], [1, 2, 3]]))
    assert (same.alpha, same.reason) == (1.0, "no disagreement: no interval")
    one = agreement(np.array([[1], [2]]))
    assert (one.alpha, one.reason) == (0.0, "1 item: no interval")
    assert np.isnan([same.low, same.high, one.low, one.high]).all()


def test_the_interval_holds_alpha_and_depends_on_the_seed_alone() -> None:
    found = agreement(PUBLISHED, seed=3)
    assert found == agreement(PUBLISHED, seed=3) != agreement(PUBLISHED, seed=4)
    assert found.low < found.alpha < found.high <= 1
    assert (found.items, found.answers, found.reason) == (11, 40, "")


def test_more_items_make_the_interval_narrower() -> None:
    rng = np.random.default_rng(1)
    truth = rng.integers(1, 7, 400)
    answers = np.where(rng.random((3, 400)) < 0.7, truth, rng.integers(1, 7, (3, 400)))
    few, many = agreement(answers[:, :25]), agreement(answers)
    assert many.high - many.low < (few.high - few.low) / 2
    # Two answers are alike beyond chance where both coders saw the truth.
    assert many.low < 0.7**2 < many.high


def test_wrong_answers_are_named() -> None:
    with pytest.raises(UnknownNameError, match=r"no level 'nominl'.*did you mean 'nominal'"):
        krippendorff_alpha(PUBLISHED, level="nominl")
    with pytest.raises(TableError, match="'interval' want numbers, found '甲'"):
        krippendorff_alpha(pd.DataFrame([["甲", 1], [2, 1]]), level="interval")
    with pytest.raises(TableError, match="numbers of 0 or more, found '-1'"):
        krippendorff_alpha(np.array([[-1, 2], [3, 4]]), level="ratio")
