"""Shares of documents from those of their units: by hand, by drawing, whole and in any order."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.planted_topics import K, counts_fixture, model_fixture, table  # noqa: F401
from textlab.errors import UnknownNameError
from textlab.topics.by_document import document_shares
from textlab.topics.model import TopicModel, fit_topics

# Units 文00, 文04, 文08... are about one topic, 文01, 文05... about another.
DOCUMENTS = pd.Series({f"文{unit:02d}": f"d{unit // 10}" for unit in range(40)})


def test_a_document_is_the_mean_of_its_units_by_tokens(
    counts: pd.DataFrame, model: TopicModel
) -> None:
    made = document_shares(model, counts, DOCUMENTS)
    assert made["doc_id"].unique().tolist() == ["d0", "d1", "d2", "d3"]
    said = model.posterior(counts)
    own = [row for row, unit in enumerate(said.units) if DOCUMENTS[unit] == "d2"]
    tokens = sum(said.gamma[row] - model.alpha for row in own)
    share = made.loc[made["doc_id"] == "d2", "share"]
    np.testing.assert_allclose(share, tokens / sum(said.tokens[row] for row in own))
    np.testing.assert_allclose(made.groupby("doc_id")["share"].sum(), 1)


def test_bounds_are_those_of_draws_from_the_posteriors(
    counts: pd.DataFrame, model: TopicModel
) -> None:
    made = document_shares(model, counts, DOCUMENTS).query("doc_id == 'd1'")
    said = model.posterior(counts)
    rng = np.random.default_rng(3)
    own = [row for row, unit in enumerate(said.units) if DOCUMENTS[unit] == "d1"]
    weight = said.tokens[own] / said.tokens[own].sum()
    drawn = sum(
        w * rng.dirichlet(said.gamma[row], 100_000) for w, row in zip(weight, own, strict=True)
    )
    for column, at in (("low", 2.5), ("high", 97.5)):
        np.testing.assert_allclose(made[column], np.percentile(drawn, at, axis=0), atol=2e-3)


def test_any_order_and_any_company(counts: pd.DataFrame, model: TopicModel) -> None:
    made = document_shares(model, counts, DOCUMENTS)
    shuffled = document_shares(
        model, counts.sample(frac=1, random_state=2), DOCUMENTS.sample(frac=1, random_state=3)
    )
    pd.testing.assert_frame_equal(shuffled, made, check_exact=True)
    alone = document_shares(model, counts[counts["unit"].map(DOCUMENTS) == "d3"], DOCUMENTS)
    own = made[made["doc_id"] == "d3"].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone, own, check_exact=True)


def test_what_says_nothing_has_no_row(counts: pd.DataFrame, model: TopicModel) -> None:
    new = table([("a", "unheard", 3), ("b", "0_00", 1)])
    made = document_shares(model, new, pd.Series({"a": "none", "b": "some"}))
    assert made["doc_id"].unique().tolist() == ["some"] and len(made) == K
    bounds = made[["low", "share", "high"]].to_numpy()
    assert np.isfinite(bounds).all() and (np.diff(bounds, axis=1) >= 0).all()
    assert document_shares(model, new.head(1), pd.Series({"a": "none"})).empty
    with pytest.raises(UnknownNameError, match="missing for 1, the first 'b'"):
        document_shares(model, new, pd.Series({"a": "none"}))
    single = fit_topics(counts, 1)
    whole = document_shares(single, counts, DOCUMENTS)
    assert whole[["low", "share", "high"]].to_numpy().round(9).tolist() == [[1, 1, 1]] * 4
