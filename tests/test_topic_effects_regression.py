"""Regressions by cluster, shares that are not shrunken, draws and resamples."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.linalg import fractional_matrix_power
from scipy.sparse import csr_array

from textlab.topics.effects_estimates import Shares, composition
from textlab.topics.effects_regression import Regression
from textlab.topics.effects_shares import mean_by_row, row_weights, unshrunken
from textlab.topics.variational import Floats

RNG = np.random.default_rng(0)
ROWS, COLUMNS, OUTCOMES = 24, 3, 2
X = np.column_stack([np.ones(ROWS), RNG.normal(size=(ROWS, COLUMNS - 1))])
Y = X @ RNG.normal(size=(COLUMNS, OUTCOMES)) + RNG.normal(size=(ROWS, OUTCOMES))
WEIGHTS = RNG.uniform(0.2, 1, ROWS)
EFFECTS = np.vstack([np.eye(COLUMNS), [[0, 1, -1]]])
CLUSTER = RNG.permutation(np.repeat(np.arange(8), 3))


def test_one_row_a_cluster_is_hc2() -> None:
    found = Regression(X, WEIGHTS, np.arange(ROWS), EFFECTS).fit(Y)
    for outcome in range(OUTCOMES):
        oracle = sm.WLS(Y[:, outcome], X, weights=WEIGHTS).fit(cov_type="HC2").t_test(EFFECTS)
        assert found.estimate[:, outcome] == pytest.approx(oracle.effect)
        assert found.se[:, outcome] == pytest.approx(oracle.sd)


def cr2() -> tuple[Floats, Floats]:
    """Standard errors and degrees of freedom by their definitions, with whole matrices."""
    root = np.sqrt(WEIGHTS)[:, np.newaxis]
    x, y = X * root, Y * root
    inverse = np.linalg.inv(x.T @ x)
    annihilator = np.eye(ROWS) - x @ inverse @ x.T
    residuals = annihilator @ y
    squares, of_noise = 0.0, []
    for number in range(8):
        here = np.flatnonzero(number == CLUSTER)
        adjusted = fractional_matrix_power(annihilator[np.ix_(here, here)], -0.5).real
        taken = EFFECTS @ inverse @ x[here].T @ adjusted
        squares = squares + (taken @ residuals[here]) ** 2
        of_noise.append(taken @ annihilator[here])
    noise = np.stack(of_noise, axis=1)
    df = []
    for each in noise:
        values = np.linalg.eigvalsh(each @ each.T)
        df.append(values.sum() ** 2 / (values**2).sum())
    return np.sqrt(squares), np.array(df)


def test_several_rows_a_cluster_are_cr2_with_satterthwaites_df() -> None:
    regression = Regression(X, WEIGHTS, CLUSTER, EFFECTS)
    se, df = cr2()
    assert regression.fit(Y).se == pytest.approx(se)
    assert regression.df == pytest.approx(df)


def test_two_groups_are_welchs_test() -> None:
    group = np.repeat([0.0, 1.0], [5, 9])
    x = np.column_stack([np.ones(14), group])
    y = RNG.normal(size=14) * (1 + 2 * group)
    found = Regression(x, np.ones(14), np.arange(14), np.array([[0.0, 1.0]])).fit(y[:, np.newaxis])
    a, b = y[:5], y[5:]
    assert found.estimate[0, 0] == pytest.approx(b.mean() - a.mean())
    assert found.se[0, 0] == pytest.approx(np.sqrt(a.var(ddof=1) / 5 + b.var(ddof=1) / 9))


def test_simultaneous_points_of_independent_effects_are_sidaks() -> None:
    x = np.repeat(np.eye(4), 500, axis=0)
    y = RNG.normal(size=(2000, 1))
    regression = Regression(x, np.ones(2000), np.arange(2000), np.eye(4))
    fitted = regression.fit(y)
    points = regression.simultaneous(fitted, np.array([True, True, True, False]), RNG)
    # t of 499 degrees of freedom, at 1 - .95 ** (1 / 3).
    assert points[:3, 0] == pytest.approx(2.396, abs=0.05)
    assert np.isnan(points[3, 0])


def test_the_bootstrap_refits() -> None:
    drawn = RNG.multinomial(8, np.full(8, 1 / 8), size=40).T.astype("float64")
    regression = Regression(X, WEIGHTS, CLUSTER, EFFECTS)
    refits = [
        sm.WLS(Y[:, 0], X, weights=WEIGHTS * times[CLUSTER]).fit().params for times in drawn.T
    ]
    wanted = np.quantile(np.array(refits) @ EFFECTS.T, [0.025, 0.975], axis=0)
    low, high = regression.bootstrap(Y, drawn)
    assert np.stack([low[:, 0], high[:, 0]]) == pytest.approx(wanted)
    assert np.isnan(regression.bootstrap(Y, np.empty((8, 0)))).all()


def test_what_a_design_cannot_tell_is_told() -> None:
    twice = np.column_stack([X, X[:, 1]])
    effects = np.array([[0, 1, 0, 0], [0, 1, 0, 1], [0, 0, 1, 0]], dtype="float64")
    found = Regression(twice, WEIGHTS, CLUSTER, effects)
    assert found.estimable.tolist() == [False, True, True]
    # Together they are what the one alone would be.
    alone = Regression(X, WEIGHTS, CLUSTER, EFFECTS).fit(Y)
    assert found.fit(Y).estimate[1:] == pytest.approx(alone.estimate[1:3])
    assert found.fit(Y).se[1:] == pytest.approx(alone.se[1:3])


def test_what_rests_on_one_cluster_has_no_error() -> None:
    own = np.column_stack([X, np.arange(ROWS) == 5])
    found = Regression(own, WEIGHTS, np.arange(ROWS), np.eye(4))
    assert found.single.tolist() == [False, False, False, True]
    assert np.isnan(found.fit(Y).se).all(axis=1).tolist() == [False, False, False, True]
    saturated = Regression(np.eye(3), np.ones(3), np.arange(3), np.eye(3))
    assert saturated.single.all()
    assert saturated.fit(np.eye(3)).estimate == pytest.approx(np.eye(3))


TOPICS = RNG.dirichlet(np.full(30, 0.5), 3)


def test_shares_of_expected_counts_are_the_shares_however_short_the_text() -> None:
    shares = RNG.dirichlet(np.ones(3), 5)
    tokens = np.array([[1], [3], [50], [200], [4000]])
    found = unshrunken(csr_array(shares @ TOPICS * tokens), TOPICS, np.array([0.5, 0.3, 0.2]))
    assert found.shares == pytest.approx(shares)
    assert found.told.all()


def test_shares_sum_to_1_and_do_not_depend_on_how_a_text_is_cut() -> None:
    counts = RNG.poisson(2.0, (6, 30)).astype("float64")
    prevalence = np.array([0.2, 0.5, 0.3])
    parts = unshrunken(csr_array(counts), TOPICS, prevalence).shares
    assert parts.sum(axis=1) == pytest.approx(1)
    to_rows, tokens = mean_by_row(np.array([1, 0, 1, 0, 1, 1]), counts.sum(axis=1))
    whole = csr_array(np.stack([counts[[1, 3]].sum(axis=0), counts[[0, 2, 4, 5]].sum(axis=0)]))
    assert to_rows @ parts == pytest.approx(unshrunken(whole, TOPICS, prevalence).shares)
    assert tokens == pytest.approx(whole.sum(axis=1))


def test_the_noise_of_a_token_is_what_draws_show() -> None:
    prevalence = np.array([0.2, 0.5, 0.3])
    counts = RNG.multinomial(40, prevalence @ TOPICS, 20_000).astype("float64")
    found = unshrunken(csr_array(counts), TOPICS, prevalence)
    assert 40 * found.shares.var(axis=0).sum() == pytest.approx(found.noise, rel=0.03)


def test_equal_topics_are_said_not_to_be_told_apart() -> None:
    same = np.vstack([TOPICS[0], TOPICS[1], TOPICS[0]])
    found = unshrunken(csr_array(TOPICS * 100), same, np.full(3, 1 / 3))
    assert found.told.tolist() == [False, True, False]
    assert np.isfinite(found.shares).all()


def test_weights_by_moments() -> None:
    # Variance between rows by hand: shares 0, 1, 0, 1 about .5 have squares of 1 in each of two
    # topics, of 3 degrees of freedom; of noise, 1 a token, 3/4 is left of 1/10 + 1/10 + 1/10 + 1.
    shares = np.array([[0, 1], [1, 0], [0, 1], [1, 0]], dtype="float64")
    tokens = np.array([10.0, 10.0, 10.0, 1.0])
    found = row_weights(np.ones((4, 1)), shares, tokens, 1.0)
    between = (2 - 0.75 * 1.3) / 3
    assert found == pytest.approx([1, 1, 1, (between + 0.1) / (between + 1)])
    assert row_weights(np.eye(4), shares, tokens, 1.0) == pytest.approx(1)
    alike = row_weights(np.ones((4, 1)), np.full((4, 2), 0.5), tokens, 1.0)
    assert alike == pytest.approx([1, 1, 1, 0.1])


def test_composition_of_certain_shares_is_the_regression_and_of_others_adds_their_error() -> None:
    known = RNG.dirichlet(np.ones(3), ROWS)
    regression = Regression(X, WEIGHTS, CLUSTER, EFFECTS)
    fitted = regression.fit(known)

    def half(gamma: Floats) -> tuple[Floats, Floats]:
        shares = Shares(known, gamma, csr_array(np.eye(ROWS)))
        middle, low, _ = composition(regression, shares, draws=200, seed=1)
        return middle, middle - low

    certain, narrow = half(known * 1e9)
    assert certain == pytest.approx(fitted.estimate, abs=1e-3)
    _, wide = half(known * 5)
    assert (wide > narrow).all()
    # Independent errors of variance s (1 - s) / 6 add theirs, by the weights.
    single = Regression(np.ones((ROWS, 1)), np.ones(ROWS), np.arange(ROWS), np.ones((1, 1)))
    shares = Shares(known, known * 5, csr_array(np.eye(ROWS)))
    middle, low, _ = composition(single, shares, draws=2000, seed=1)
    error = (known * (1 - known) / 6).sum(axis=0) / ROWS**2
    wanted = known.var(axis=0, ddof=1) / ROWS + 2 * error
    assert ((middle - low) / 2.0687)[0] ** 2 == pytest.approx(wanted, rel=0.1)
