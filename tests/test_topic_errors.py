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
from textlab.topics.choose import choose_k
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
    with pytest.raises(ModelError, match=f"^{re.escape(message)}$"):
        choose_k(counts, [2, k])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"start": "nfm"}, "no start 'nfm'; there are: nmf, random; did you mean 'nmf'?"),
        ({"passes": 0}, "passes wants a whole number of 1 or more, found 0"),
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
    with pytest.raises(ModelError, match=f"^{re.escape(message)}$"):
        choose_k(counts, [2], **options)  # type: ignore[arg-type]


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
    with pytest.raises(ModelError, match="the data hold 1 units and"):
        choose_k(one, min_units=1, max_share=1)


@pytest.mark.parametrize("grid", [[], [1, 2]])
def test_a_grid_without_a_choice(counts: pd.DataFrame, grid: list[int]) -> None:
    with pytest.raises(ModelError, match=f"2 or more, found {re.escape(str(grid))}$"):
        choose_k(counts, grid)


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
    # Nothing tells the topics of the same texts apart.
    assert choose_k(counts, start=start, max_share=1)["npmi"].eq(0).all()


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
    assert model.document_topics["share"].between(0, 1).all()
    np.testing.assert_allclose(model.document_topics.groupby("unit")["share"].sum(), 1)
