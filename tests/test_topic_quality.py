"""The trust card of each topic."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import jensenshannon
from scipy.stats import t

from tests.planted_topics import (  # noqa: F401
    K,
    counts_fixture,
    model_fixture,
    planted,
    texts_table,
)
from textlab.errors import ModelError, UnknownNameError
from textlab.schema import check
from textlab.topics.carriers import carriers
from textlab.topics.coherence import exclusivity, topic_npmi, topic_umass
from textlab.topics.labels import top_terms
from textlab.topics.model import TopicModel, fit_topics, prepare
from textlab.topics.options import fit_options
from textlab.topics.quality import company, topic_quality
from textlab.topics.replicates import replicates
from textlab.workers import Workers


def documents_of(counts: pd.DataFrame, of: int) -> pd.Series[str]:
    """Units in ``of`` documents, so that one topic of four is that of the even ones."""
    units = sorted(counts["unit"].unique())
    return pd.Series([f"d{number % of}" for number in range(len(units))], index=units)


def test_every_column_by_a_second_route(counts: pd.DataFrame, model: TopicModel) -> None:
    documents = documents_of(counts, 8)
    made = topic_quality(model, counts, documents=documents, bootstraps=3, seed=5)
    data = prepare(counts)
    names = documents[data.units].to_numpy()
    tops = top_terms(model.topic_term, data.vocabulary, 10)
    np.testing.assert_allclose(made["npmi"], topic_npmi(tops, company(data, None)))
    np.testing.assert_allclose(made["umass"], topic_umass(tops, data))
    np.testing.assert_allclose(made["exclusivity"], exclusivity(model.topic_term, data.vocabulary))
    np.testing.assert_allclose(made["prevalence"], model.prevalence, rtol=1e-9)
    shares = model.document_topics.pivot(index="unit", columns="topic", values="share").to_numpy()
    for topic in range(K):
        words = pd.Series(shares[:, topic] * data.tokens).groupby(names).sum()
        size = pd.Series(data.tokens).groupby(names).sum()
        rate = words.sum() / size.sum()
        spread = 8 / 7 * ((words - rate * size) ** 2).sum() / size.sum() ** 2
        half = max(t.ppf(0.975, 7) * np.sqrt(spread) / rate, 1.959964 / np.sqrt(2 * words.sum()))
        assert made.at[topic, "low"] == pytest.approx(rate * np.exp(-half))
        assert made.at[topic, "high"] == pytest.approx(min(rate * np.exp(half), 1))
        away = [
            jensenshannon(model.topic_term[topic], other, base=2) if row != topic else 9
            for row, other in enumerate(model.topic_term)
        ]
        assert made.at[topic, "nearest"] == int(np.argmin(away)) + 1
        assert made.at[topic, "nearest_distance"] == pytest.approx(min(away))
        carried = (words / size >= rate / 2) & (words >= 5)
        assert made.at[topic, "documents"] == carried.sum()
    assert (made["places"] == 0).all() and (made["replicates"] == 3).all()


def test_replication_by_a_second_route(counts: pd.DataFrame, model: TopicModel) -> None:
    """Planted topics are apart: a topic's partner is simply the one with most shared terms."""
    made = topic_quality(model, counts, bootstraps=4, seed=1)
    data = prepare(counts)
    own = [set(row) for row in top_terms(model.topic_term, data.vocabulary)]
    found = np.array(
        [
            [
                max(
                    len(terms & set(row)) / len(terms | set(row))
                    for row in top_terms(again.topic_term, data.vocabulary)
                )
                for terms in own
            ]
            for again in replicates(data, fit_options(K, seed=1), data.units, 4, seed=1)
        ]
    )
    np.testing.assert_allclose(made["overlap"], found.mean(axis=0))
    np.testing.assert_allclose(made["replication"], (found >= 1 / 3).mean(axis=0))
    assert (made["replication"] == 1).all() and (made["reason"] == "").all()


def noise(units: int) -> pd.DataFrame:
    """Units of 40 words drawn from 300, all as likely: there is no topic in them."""
    rng = np.random.default_rng(0)
    texts = [[f"词{word:03d}" for word in rng.integers(300, size=40)] for _ in range(units)]
    return texts_table(texts)


def test_topics_of_noise_are_named() -> None:
    counts = noise(30)
    model = fit_topics(counts, 5)
    made = topic_quality(model, counts, bootstraps=6)
    weak = made[made["replication"] < 0.5]
    assert len(weak) >= 4 and (made["overlap"] < 1 / 3).all()
    for replication, reason in zip(weak["replication"], weak["reason"], strict=True):
        share = f"{100 * replication:.0f} %"
        assert reason == f"replicates in {share} of bootstraps: do not build on it"
    assert (made.loc[made["replication"] >= 0.5, "reason"] == "").all()


def test_a_topic_of_one_document_is_named() -> None:
    own = pd.DataFrame({"unit": "其他", "term": [f"独{i:02d}" for i in range(25)], "n": 4})
    counts = pd.concat([planted(), own], ignore_index=True)
    model = fit_topics(counts, K + 1, min_units=1)
    made = topic_quality(model, counts, bootstraps=10)
    [alone] = np.flatnonzero(made["documents"] == 1).tolist()
    assert model.topics.loc[model.topics["topic"] == alone + 1, "term"].str.startswith("独").all()
    assert made["reason"].tolist()[alone].endswith("carried by 1 document")
    # It comes back where its document was drawn.
    back = made["replication"].to_numpy()
    assert back[alone] < 1 and (np.delete(back, alone) == 1).all()


def test_the_card_keeps_the_numbers_of_a_renumbered_model(
    counts: pd.DataFrame, model: TopicModel
) -> None:
    numbers, labels = [7, 2, 9, 4], ["庚", "乙", "壬", "丁"]
    before = topic_quality(model, counts, bootstraps=2)
    after = topic_quality(model.renumbered(numbers, labels), counts, bootstraps=2)
    renamed = dict(zip(before["topic"], numbers, strict=True))
    expected = before.assign(
        topic=before["topic"].map(renamed), nearest=before["nearest"].map(renamed), label=labels
    ).sort_values("topic", ignore_index=True)
    pd.testing.assert_frame_equal(after, expected, rtol=1e-9)


def test_the_same_for_any_order_and_any_number_of_workers(
    counts: pd.DataFrame, model: TopicModel
) -> None:
    documents = documents_of(counts, 8)
    made = topic_quality(model, counts, documents=documents, bootstraps=2)
    with Workers(2) as pool:
        again = topic_quality(
            model,
            counts.sample(frac=1, random_state=3),
            documents=documents[::-1],
            bootstraps=2,
            workers=pool,
        )
    assert made.to_csv() == again.to_csv()
    assert check(made, "topic_quality").equals(made)


def test_carriers_by_hand() -> None:
    # Prevalence .5 and .5 of 80 words; 甲 has shares .9 and .1, 乙 .3 and .7, 丙 has too few words.
    words = np.array([[30.0, 2], [6, 2], [12, 28], [2, 8], [4, 6], [1, 1]])
    made = carriers(words, ["甲", "甲", "乙", "丁", "", "丙"])
    share = words.sum(axis=0) / words.sum()
    assert made.tolist() == [2, 2]
    np.testing.assert_allclose(share, [55 / 102, 47 / 102])
    # 丁 has a share of .2 of the first topic, less than half of .54.
    assert carriers(words[[3]], ["丁"]).tolist() == [0, 1]


@settings(max_examples=100)
@given(
    st.lists(
        st.tuples(st.sampled_from(["", "a", "b", "c"]), st.floats(1, 99), st.floats(1, 99)),
        min_size=1,
        max_size=9,
    )
)
def test_carriers_are_some_of_the_names(rows: list[tuple[str, float, float]]) -> None:
    names, words = [row[0] for row in rows], np.array([row[1:] for row in rows])
    made = carriers(words, names)
    assert (made >= 0).all() and (made <= len(set(names) - {""})).all()
    split = np.concatenate([words, words]) / 2
    assert carriers(split, [*names, *names]).tolist() == made.tolist()
    # Who has no name counts in the prevalence, and carries nothing.
    assert carriers(words, [""] * len(rows)).tolist() == [0, 0]


def test_documents_and_places_that_carry_a_topic(counts: pd.DataFrame, model: TopicModel) -> None:
    units = sorted(counts["unit"].unique())
    # Unit i is about topic i % 4: each place has one topic of its own, one unit has no place.
    places = pd.Series([f"市{number % K}" for number in range(len(units))], index=units)
    places.iloc[0] = ""
    made = topic_quality(model, counts, places=places, documents=documents_of(counts, 4))
    assert made["places"].between(1, 3).all() and made["documents"].between(1, 3).all()
    alone = topic_quality(model, counts, places=places.iloc[:1], bootstraps=2)
    assert (alone["places"] == 0).all()


@pytest.mark.parametrize(
    ("texts", "documents", "k", "reason"),
    [
        ([["a", "b", "c"]], None, 1, ""),
        ([["a", "b", "c"]] * 4, None, 1, ""),
        ([["a", "b", "c"]] * 4, None, 3, None),
        ([["a", "b"], ["c", "d"], ["a", "e"]], "d", 2, "1 document: units are drawn instead"),
        ([["a"], ["b"], ["c"]], None, 2, None),
    ],
)
def test_little_text_is_finite(
    texts: list[list[str]], documents: str | None, k: int, reason: str | None
) -> None:
    counts = texts_table(texts)
    model = fit_topics(counts, k, min_units=1, max_share=1)
    named = None if documents is None else pd.Series(documents, index=counts["unit"].unique())
    made = topic_quality(model, counts, documents=named, bootstraps=2)
    assert np.isfinite(made.select_dtypes("number")).all(axis=None)
    assert (made["low"] <= made["prevalence"]).all() and (made["prevalence"] <= made["high"]).all()
    assert reason is None or made["reason"].str.endswith(reason).all()
    if k == 1:
        assert made[["nearest", "nearest_distance"]].to_numpy().tolist() == [[0, 1]]
    if len(texts) == 1:
        assert made[["low", "high"]].to_numpy().tolist() == [[0, 1]]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"bootstraps": 1}, "bootstraps wants a whole number of 2 or more, found 1"),
        ({"bootstraps": 2.5}, "bootstraps wants a whole number of 2 or more, found 2.5"),
        ({"start": "nfm"}, "no start 'nfm'"),
    ],
)
def test_impossible_options(
    counts: pd.DataFrame, model: TopicModel, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(ModelError, match=f"^{re.escape(message)}"):
        topic_quality(model, counts, **options)


def test_counts_that_are_not_the_models(counts: pd.DataFrame, model: TopicModel) -> None:
    with pytest.raises(ModelError, match="no unit of table 'counts' has any of the 60 terms"):
        topic_quality(model, texts_table([["别的"]]))
    with pytest.raises(ModelError, match="k = 4 topics, but the data hold 2 units"):
        topic_quality(model, counts[counts["unit"] < "文02"])
    with pytest.raises(UnknownNameError, match="missing for 40"):
        topic_quality(model, counts, documents=pd.Series({"x": "d"}))
    with pytest.raises(ModelError, match="places wants one place a unit; 'x' is there twice"):
        topic_quality(model, counts, places=pd.Series("市", index=["x", "x"]))
    with pytest.raises(ModelError, match="wanted a count of 0 or more"):
        topic_quality(model, counts.assign(n=-1))
