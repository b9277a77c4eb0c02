"""The rule that chooses the number of topics, its reason, and the estimates it goes by."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t

from textlab.topics.select_rule import (
    Estimate,
    choose,
    mean_estimate,
    ratio_estimate,
    selection_reason,
)


def test_a_ratio_by_hand() -> None:
    # R = 6 / 8; residuals -1 and 1; 2 / 1 * 2 / 64 = 1 / 16.
    made = ratio_estimate(np.array([2.0, 4.0]), np.array([4.0, 4.0]), 5)
    half = t.ppf(0.975, 1) / 4
    assert made == pytest.approx(Estimate(0.75, 0.25, 0.75 - half, 0.75 + half, 5))


def test_a_ratio_against_statsmodels() -> None:
    rng = np.random.default_rng(0)
    size = rng.integers(5, 60, 12).astype(float)
    sums = -6 * size + rng.normal(0, 9, 12)
    model = sm.WLS(sums / size, np.ones(12), weights=size).fit(cov_type="HC1", use_t=True)
    low, high = model.conf_int()[0]
    made = ratio_estimate(sums, size, 3)
    assert made == pytest.approx(Estimate(model.params[0], model.bse[0], low, high, 3))


def measured(values: dict[int, tuple[float, float, float]]) -> dict[int, dict[str, Estimate]]:
    """Held-out likelihood with its standard error, and stability, of each K."""
    return {
        k: {
            "held_out": Estimate(value, se, value - 2 * se, value + 2 * se, 4),
            "stability": Estimate(stable, 0.01, stable - 0.02, stable + 0.02, 4),
        }
        for k, (value, se, stable) in values.items()
    }


def as_table(values: dict[int, tuple[float, float, float]]) -> pd.DataFrame:
    made = measured(values)
    rows = [
        {"k": k, "measure": name, **estimate._asdict(), "chosen": int(k == choose(made))}
        for k, estimates in made.items()
        for name, estimate in estimates.items()
    ]
    return pd.DataFrame(rows)


SENTENCES = {
    "k = 6: the smallest whose held-out likelihood (-6.040 nats a token) is within one standard "
    "error (0.050) of the best (-6.000, at k = 8)": {
        4: (-6.06, 0.3, 0.5),
        6: (-6.04, 0.01, 0.5),
        8: (-6.0, 0.05, 0.5),
        9: (-6.01, 0.05, 0.5),
    },
    "k = 4: the smallest whose held-out likelihood (-6.050 nats a token) is within one standard "
    "error (0.060) of the best (-6.000, at k = 8); "
    "left out as topics do not come back: k = 2, 12": {
        2: (-6.01, 0.06, 0.33),
        4: (-6.05, 0.06, 0.34),
        8: (-6.0, 0.06, 0.34),
        12: (-5.0, 0.06, 0.2),
    },
    "k = 8: the best held-out likelihood (-6.000 nats a token), and no smaller k is within one "
    "standard error (0.010) of it; the likelihood still grows where the grid ends: a longer one "
    "may choose more": {
        4: (-6.1, 0.5, 0.5),
        8: (-6.0, 0.01, 0.5),
    },
    "k = 4: the best held-out likelihood (-6.000 nats a token)": {
        4: (-6.0, 0.01, 0.5),
        8: (-6.1, 0.01, 0.5),
    },
    "k = 4: the best held-out likelihood (-6.000 nats a token); the topics of no k come back when "
    "documents are drawn anew: build on none": {4: (-6.0, 0.01, 0.2), 8: (-6.1, 0.01, 0.3)},
    "k = 5: no other was left to choose from": {5: (-6.0, 0.01, 0.5)},
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_rule_and_its_reason(sentence: str) -> None:
    table = as_table(SENTENCES[sentence])
    assert selection_reason(table) == sentence
    assert selection_reason(table.sample(frac=1, random_state=0)) == sentence


@settings(max_examples=100)
@given(
    st.dictionaries(
        st.integers(2, 40),
        st.tuples(st.floats(-9, -5), st.floats(0, 1), st.floats(0, 1)),
        min_size=1,
        max_size=8,
    ),
    st.integers(-3, 3),
)
def test_the_rule_holds(values: dict[int, tuple[float, float, float]], shift: int) -> None:
    k = choose(measured(values))
    firm = {j for j in values if values[j][2] >= 1 / 3} or set(values)
    best = max(values[j][0] for j in firm)
    error = max(values[j][1] for j in firm if values[j][0] == best)
    assert k in firm and values[k][0] >= best - error
    assert all(values[j][0] < best for j in firm if j < k)
    moved = {j: (value + shift, se, stable) for j, (value, se, stable) in values.items()}
    if len({round(value, 6) for value, _, _ in values.values()}) == len(values):
        assert abs(moved[choose(measured(moved))][0] - moved[k][0]) <= error + 1e-9


def test_intervals_stay_where_a_measure_can_be() -> None:
    made = Estimate(0.2, 0.1, -0.5, 1.3, 2)
    assert made.within("stability") == Estimate(0.2, 0.1, 0.0, 1.0, 2)
    assert made.within("npmi") == Estimate(0.2, 0.1, -0.5, 1.0, 2)
    assert Estimate(-6, 1, -9, 2, 2).within("held_out") == Estimate(-6, 1, -9, 0, 2)


def test_a_mean_of_pairs() -> None:
    made = mean_estimate(np.array([0.2, 0.4, 0.2, 0.4]), 2)
    assert made.value == pytest.approx(0.3)
    assert made.se == pytest.approx(np.std([0.2, 0.4, 0.2, 0.4], ddof=1) / math.sqrt(2))
    assert made.high - made.value == pytest.approx(t.ppf(0.975, 1) * made.se)
