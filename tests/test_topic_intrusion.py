"""Sheets of word intrusion and topic intrusion: what they show, and what they do not."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chisquare

from tests.helpers import make_documents, make_paragraphs
from tests.planted_topics import K, counts_fixture, model_fixture, table  # noqa: F401
from textlab.errors import ModelError, TableError, UnknownNameError
from textlab.topics.intrusion import topic_intrusion, word_intrusion
from textlab.topics.intrusion_sheets import KEY_TYPES
from textlab.topics.model import TopicModel, fit_topics

CHOICES = [f"choice_{number}" for number in range(1, 7)]
TOPICS, WORDS = 6, 10


def topic_of(word: str) -> str:
    return word.partition("_")[0]


def test_each_item_has_five_words_of_a_topic_and_one_of_another(model: TopicModel) -> None:
    sheet, key = word_intrusion(model, seed=3)
    assert sheet.columns.tolist() == ["item", *CHOICES, "answer", "coder", "note", "sheet"]
    assert sheet["item"].tolist() == [1, 2, 3, 4]
    assert (sheet[["answer", "coder", "note"]] == "").all(axis=None)
    for _, rows in key.groupby("item"):
        own, odd = (rows.loc[rows["intruder"] == flag, "shown"] for flag in (0, 1))
        assert (len(own), len(odd)) == (5, 1)
        top = model.topics[(model.topics["topic"] == rows["topic"].iloc[0])]
        assert set(own) == set(top["term"].head(5))
        assert topic_of(odd.iloc[0]) not in set(map(topic_of, own))
    assert sorted(key.loc[key["intruder"] == 1, "topic"]) == [1, 2, 3, 4]


def test_the_intruder_is_improbable_here_and_probable_there(model: TopicModel) -> None:
    _, key = word_intrusion(model, items=2)
    for row in key[key["intruder"] == 1].itertuples():
        at = model.numbers.index(int(str(row.topic)))
        column = model.vocabulary.index(str(row.shown))
        assert (model.topic_term[at] > model.topic_term[at, column]).mean() >= 0.5
        others = model.topics[model.topics["topic"] != row.topic]
        assert row.shown in set(others["term"])


def test_key_and_sheet_say_the_same(model: TopicModel) -> None:
    sheet, key = word_intrusion(model, items=2)
    assert {column: str(kind) for column, kind in key.dtypes.items()} == KEY_TYPES
    wide = key.pivot(index="item", columns="choice", values="shown")
    assert (wide.to_numpy() == sheet[CHOICES].to_numpy()).all()
    assert set(key["sheet"]) == set(sheet["sheet"])


def test_no_word_is_shown_twice_for_a_topic_and_no_intruder_elsewhere(model: TopicModel) -> None:
    _, key = word_intrusion(model, items=3, words=3)
    own = key[key["intruder"] == 0]
    assert (own.groupby("topic")["shown"].nunique() == 9).all()
    top = model.topics[model.topics["rank"] <= 9].groupby("topic")["term"].agg(set)
    assert (own.groupby("topic")["shown"].agg(set) == top).all()
    intruders = key.loc[key["intruder"] == 1, "shown"]
    assert intruders.is_unique
    assert set(intruders).isdisjoint(own["shown"])


def test_neither_place_nor_order_gives_the_key_away(model: TopicModel) -> None:
    places: Counter[int] = Counter()
    first: Counter[int] = Counter()
    for seed in range(120):
        _, key = word_intrusion(model, seed=seed)
        places.update(key.loc[key["intruder"] == 1, "choice"])
        first[int(key["topic"].iloc[0])] += 1
    assert chisquare([places[at] for at in range(1, 7)]).pvalue > 0.001
    assert chisquare([first[topic] for topic in range(1, K + 1)]).pvalue > 0.001


def test_the_same_seed_gives_the_same_sheet(model: TopicModel) -> None:
    first, again, other = (word_intrusion(model, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first.sheet, again.sheet)
    pd.testing.assert_frame_equal(first.key, again.key)
    assert first.sheet["sheet"].iloc[0] != other.sheet["sheet"].iloc[0]


def test_what_a_model_cannot_show(model: TopicModel, counts: pd.DataFrame) -> None:
    with pytest.raises(ModelError, match="the model has one"):
        word_intrusion(fit_topics(counts, 1))
    with pytest.raises(ModelError, match=r"wants 20 or less.*found 5 times 5"):
        word_intrusion(model, items=5)
    with pytest.raises(ModelError, match="found 1 and 1"):
        word_intrusion(model, words=1)


def test_topics_that_share_their_words_still_have_intruders() -> None:
    rows = [(f"u{i}", f"w{j}", 1 + (i * j) % 3) for i in range(9) for j in range(14)]
    _, key = word_intrusion(fit_topics(table(rows), 2, max_share=1.0))
    assert key.groupby("item")["intruder"].sum().tolist() == [1, 1]
    assert not key.duplicated(["item", "shown"]).any()


@pytest.fixture(scope="module", name="mixed")
def mixed_counts() -> pd.DataFrame:
    """Paragraphs of 120 words: .5, .3 and .2 of three of six topics, the first in turn."""
    rng = np.random.default_rng(0)
    rows = []
    for i in range(60):
        others = rng.permutation([t for t in range(TOPICS) if t != i % TOPICS])[:2]
        for topic, n in zip((i % TOPICS, *others), (60, 36, 24), strict=True):
            for word, times in enumerate(rng.multinomial(n, np.full(WORDS, 1 / WORDS))):
                rows.append((f"a#{i + 1:04d}", f"{topic}_{word}", int(times)))
    counts = table(rows)
    return counts[counts["n"] > 0].reset_index(drop=True)


@pytest.fixture(scope="module", name="six")
def six_topics(mixed: pd.DataFrame) -> TopicModel:
    return fit_topics(mixed, TOPICS, max_share=1.0)


@pytest.fixture(scope="module", name="paragraphs")
def sixty_paragraphs() -> pd.DataFrame:
    return make_paragraphs([f"第{i}段说了三件事。" for i in range(1, 61)])


def test_a_passage_is_shown_with_its_topics_and_one_that_it_lacks(
    six: TopicModel, mixed: pd.DataFrame, paragraphs: pd.DataFrame
) -> None:
    sheet, key = topic_intrusion(six, mixed, paragraphs, passages=24)
    more = ["answer", "coder", "note", "where", "sheet"]
    assert sheet.columns.tolist() == ["item", "text", *CHOICES[:4], *more]
    assert sheet["item"].tolist() == list(range(1, 25))
    text = paragraphs.set_index("para_id")["text"]
    planted = mixed.assign(topic=mixed["term"].map(topic_of)).groupby("unit")["topic"].agg(set)
    for item, rows in key.groupby("item"):
        para_id = rows["about"].iloc[0]
        assert sheet["text"].iloc[int(str(item)) - 1] == text[para_id]
        shown = {flag: set(map(topic_of, words)) for flag, words in _words(rows)}
        assert shown[0] == planted[para_id]
        assert shown[1].isdisjoint(planted[para_id])


def _words(rows: pd.DataFrame) -> list[tuple[int, list[str]]]:
    return [
        (int(str(flag)), [shown.partition("、")[0] for shown in part["shown"]])
        for flag, part in rows.groupby("intruder")
    ]


def test_the_key_has_the_shares_and_each_topic_leads_as_many(
    six: TopicModel, mixed: pd.DataFrame, paragraphs: pd.DataFrame
) -> None:
    _, key = topic_intrusion(six, mixed, paragraphs, passages=24)
    shares = six.document_topics.set_index(["unit", "topic"])["share"]
    told = shares.loc[list(zip(key["about"], key["topic"], strict=True))]
    np.testing.assert_allclose(np.exp(key["log_share"]), told)
    assert (told[key["intruder"].to_numpy() == 1] <= 0.01).all()
    assert (told[key["intruder"].to_numpy() == 0] >= 0.05).all()
    leads = key.sort_values("log_share").groupby("item").tail(1)["topic"]
    assert leads.value_counts().tolist() == [4] * TOPICS


def test_copies_and_short_paragraphs_are_not_shown(
    six: TopicModel, mixed: pd.DataFrame, paragraphs: pd.DataFrame
) -> None:
    copies = paragraphs["position"] <= 30
    marked = paragraphs.assign(duplicate_of=np.where(copies, "b#0001", ""))
    _, key = topic_intrusion(six, mixed, marked, passages=60)
    assert key["about"].min() > "a#0030"
    with pytest.raises(ModelError, match="no paragraph of 130 words or more carries 3 topics"):
        topic_intrusion(six, mixed, paragraphs, min_tokens=130)


def test_where_a_passage_stands(
    six: TopicModel, mixed: pd.DataFrame, paragraphs: pd.DataFrame
) -> None:
    documents = make_documents({"a": "\n".join(paragraphs["text"])})
    sheet, key = topic_intrusion(six, mixed, paragraphs, documents=documents, passages=5)
    about = key.drop_duplicates("item")["about"]
    assert sheet["where"].tolist() == [f"a.txt:{int(name[2:])}" for name in about]
    assert set(topic_intrusion(six, mixed, paragraphs, passages=5).sheet["where"]) == {"a"}


def test_topics_may_be_shown_by_their_labels(
    six: TopicModel, mixed: pd.DataFrame, paragraphs: pd.DataFrame
) -> None:
    _, key = topic_intrusion(six, mixed, paragraphs, show="labels", leading=2, passages=9)
    assert (key["shown"] == key["label"]).all()
    assert key.groupby("item").size().tolist() == [3] * 9


def test_passages_do_not_depend_on_the_order_of_rows(
    six: TopicModel, mixed: pd.DataFrame, paragraphs: pd.DataFrame
) -> None:
    first = topic_intrusion(six, mixed, paragraphs, seed=7)
    rows = mixed.sample(frac=1, random_state=0), paragraphs.sample(frac=1, random_state=0)
    again = topic_intrusion(six, *rows, seed=7)
    pd.testing.assert_frame_equal(first.sheet, again.sheet)
    pd.testing.assert_frame_equal(first.key, again.key)


def test_what_passages_cannot_show(
    six: TopicModel, mixed: pd.DataFrame, paragraphs: pd.DataFrame
) -> None:
    with pytest.raises(ModelError, match="want a model of 7 topics or more, found 6"):
        topic_intrusion(six, mixed, paragraphs, leading=6)
    with pytest.raises(ModelError, match="1 passage or more"):
        topic_intrusion(six, mixed, paragraphs, passages=0)
    with pytest.raises(UnknownNameError, match="words or labels, not by 'terms'"):
        topic_intrusion(six, mixed, paragraphs, show="terms")
    with pytest.raises(TableError, match="'a#0060', which is no para_id"):
        topic_intrusion(six, mixed, paragraphs.head(59))
