"""Topics that cannot be had: errors name what the data hold."""

from __future__ import annotations

import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planted_topics import K, counts_fixture, model_fixture, table, texts_table  # noqa: F401
from textlab.errors import ModelError, TableError
from textlab.topics.model import TopicModel, fit_topics


@pytest.mark.parametrize(
    ("k", "message"),
    [
        (0, "k = 0 topics; choose k of 1 or more, up to 40"),
        (-3, "k = -3 topics; choose k of 1 or more, up to 40"),
        (2.0, "k wants a whole number of topics, found 2.0"),
        (True, "k wants a whole number of topics, found True"),
        ("4", "k wants a whole number of topics, found '4'"),
        (
            41,
            "k = 41 topics, but the data hold 40 units and 60 terms; choose k of 40 or less",
        ),
    ],
)
def test_impossible_k(counts: pd.DataFrame, k: int, message: str) -> None:
    with pytest.raises(ModelError, match=f"^{re.escape(message)}$"):
        fit_topics(counts, k)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"start": "nfm"}, "no start 'nfm'; there are: nmf, random; did you mean 'nmf'?"),
        ({"passes": -1}, "passes wants a whole number of 0 or more, found -1"),
        (
            {"passes": 0, "start": "random"},
            "passes wants a whole number of 1 or more, found 0",
        ),
        ({"prior": -0.1}, "prior wants a number of 0 or more, found -0.1"),
        ({"prior": math.nan}, "prior wants a number of 0 or more, found nan"),
        (
            {"alpha": "atuo"},
            "no alpha 'atuo'; there are: auto, symmetric, asymmetric; did you mean 'auto'?",
        ),
        (
            {"seeded": {"绿色": ["美丽河湖"]}},
            "seeded topic '绿色': none of its 1 words is in the vocabulary of 60 terms; "
            "leave it out, or lower min_units",
        ),
        (
            {"seeded": {name: ["0_00"] for name in "abcde"}},
            "5 seeded topics, but k = 4; choose k of 5 or more, or seed fewer",
        ),
        ({"min_units": 0}, "min_units wants a whole number of 1 or more, found 0"),
        ({"min_units": 1.5}, "min_units wants a whole number of 1 or more, found 1.5"),
        ({"max_share": 0}, "max_share wants a number above 0 and up to 1, found 0"),
        ({"max_share": math.nan}, "max_share wants a number above 0 and up to 1, found nan"),
        ({"keep": "新质生产力"}, "keep wants a collection of terms, found the text '新质生产力'"),
        ({"min_units": 41}, "min_units = 41 wants terms of 41 units or more, but the data hold 40"),
        (
            {"min_units": 40},
            "no term is in 40 units or more and in at most 0.8 of all units; "
            "the data hold 40 units and 60 terms",
        ),
    ],
)
def test_impossible_options(counts: pd.DataFrame, options: dict[str, object], message: str) -> None:
    with pytest.raises(ModelError, match=f"^{re.escape(message)}$"):
        fit_topics(counts, K, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [-1, math.nan, math.inf, "many", None])
def test_counts_that_are_none(counts: pd.DataFrame, model: TopicModel, wrong: object) -> None:
    n = counts["n"].tolist()
    broken = counts.assign(n=pd.Series([*n[:2], wrong, *n[3:]], dtype=object))
    message = "table 'counts', column 'n', row 2: wanted a count of 0 or more, found "
    with pytest.raises(ModelError, match=f"^{message}"):
        fit_topics(broken, K)
    with pytest.raises(ModelError, match=f"^{message}"):
        model.infer(broken)


def test_counts_that_break_their_contract(counts: pd.DataFrame) -> None:
    with pytest.raises(TableError, match="wants the column"):
        fit_topics(counts.drop(columns="n"), K)
    with pytest.raises(TableError, match="the key is there twice"):
        fit_topics(pd.concat([counts, counts.head(1)]), K)
    with pytest.raises(TableError, match="wanted int"):
        fit_topics(counts.assign(n=counts["n"] + 0.5), K)


def test_too_little_data(counts: pd.DataFrame) -> None:
    with pytest.raises(ModelError, match="no row with n above 0"):
        fit_topics(counts.head(0), 1)
    with pytest.raises(ModelError, match="no row with n above 0"):
        fit_topics(counts.assign(n=0), 1)
    one = counts[counts["unit"] == "文00"]
    with pytest.raises(ModelError, match=r"min_units = 2 .* but the data hold 1$"):
        fit_topics(one, 1)


@pytest.mark.parametrize("start", ["nmf", "random"])
@pytest.mark.parametrize("terms", [2, 5, 6, 8])
def test_identical_documents(terms: int, start: str) -> None:
    counts = texts_table([list("abcdefgh"[:terms])] * 4)
    with pytest.raises(ModelError, match=f"the data hold 4 units and {terms} terms$"):
        fit_topics(counts, 2)
    model = fit_topics(counts, 2, start=start, max_share=1)
    assert np.isfinite(model.topic_term).all()
    by_topic = model.document_topics.groupby("topic")["share"]
    assert by_topic.agg(np.ptp).max() < 1e-4


@given(
    cells=st.lists(
        st.lists(st.sampled_from([0, 0, 1, 3, 10**6]), min_size=4, max_size=4),
        min_size=1,
        max_size=5,
    ),
    k=st.integers(1, 3),
    copies=st.booleans(),
    start=st.sampled_from(["nmf", "random"]),
)
@settings(max_examples=60, deadline=None)
def test_finite_or_a_named_error(cells: list[list[int]], k: int, copies: bool, start: str) -> None:
    if copies:
        cells = [cells[0]] * len(cells)
    counts = table(
        [(f"u{i}", "abcd"[j], n) for i, row in enumerate(cells) for j, n in enumerate(row)]
    )
    try:
        model = fit_topics(counts, k, start=start, max_share=1, keep=["d"])
    except ModelError as error:
        assert "\n" not in str(error)
        return
    assert np.isfinite(model.alpha).all()
    np.testing.assert_allclose(model.topic_term.sum(axis=1), 1)
    bounds = model.document_topics[["low", "share", "high"]].to_numpy()
    assert np.isfinite(bounds).all() and ((bounds >= 0) & (bounds <= 1)).all()
    assert np.isfinite(model.topics[["probability", "frex", "lift"]].to_numpy()).all()
    np.testing.assert_allclose(model.document_topics.groupby("unit")["share"].sum(), 1)
