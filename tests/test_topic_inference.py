from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import digamma

from tests.planted_topics import counts_fixture, model_fixture, table  # noqa: F401
from textlab.topics.model import TopicModel


def test_inference_of_the_training_counts(counts: pd.DataFrame, model: TopicModel) -> None:
    pd.testing.assert_frame_equal(
        model.infer(counts.sample(frac=1, random_state=3)), model.document_topics, check_exact=True
    )


def test_inference_is_independent_of_companions(counts: pd.DataFrame, model: TopicModel) -> None:
    unit = "文07"
    expected = model.document_topics[model.document_topics["unit"] == unit].reset_index(drop=True)
    alone = counts[counts["unit"] == unit]
    pd.testing.assert_frame_equal(model.infer(alone), expected, check_exact=True)
    unknown = table([(unit, "unheard", 5), ("aside", "0_00", 3)])
    some = model.infer(pd.concat([unknown, alone]))
    some = some[some["unit"] == unit].reset_index(drop=True)
    pd.testing.assert_frame_equal(some, expected, check_exact=True)


def test_inference_solves_the_variational_equations(
    counts: pd.DataFrame, model: TopicModel
) -> None:
    # Blei, Ng & Jordan 2003, equations 6 and 7: phi ~ beta exp(psi(gamma)), gamma = alpha + n phi.
    for unit, rows in counts[counts["term"].isin(model.vocabulary)].groupby("unit"):
        n = rows["n"].to_numpy()
        beta = model.topic_term[:, [model.vocabulary.index(term) for term in rows["term"]]]
        of_unit = model.document_topics["unit"] == unit
        shares = model.document_topics.loc[of_unit, "share"].to_numpy()
        gamma = shares * (model.alpha.sum() + n.sum())
        phi = beta * np.exp(digamma(gamma))[:, None]
        again = model.alpha + (phi / phi.sum(axis=0)) @ n
        np.testing.assert_allclose(again, gamma, atol=1e-4)


def test_units_without_vocabulary(counts: pd.DataFrame, model: TopicModel) -> None:
    new = table([("z", "unheard", 3), ("y", "0_00", 0), ("y", "unheard", 1), ("x", "0_00", 2)])
    inferred = model.infer(new)
    assert inferred["unit"].unique().tolist() == ["x"]
    assert model.without_vocabulary(new) == ["y", "z"]
    assert model.without_vocabulary(counts) == []
    none = model.infer(new[new["unit"] == "z"])
    assert none.empty
    assert none.dtypes.equals(inferred.dtypes)
