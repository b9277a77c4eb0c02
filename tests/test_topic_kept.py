"""Topic 3 stays topic 3: numbers and labels that are kept when topics are fitted again."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planted_topics import K, planted
from tests.planted_topics import counts_fixture as counts_fixture
from tests.planted_topics import model_fixture as model_fixture
from tests.topic_models import model_of
from textlab.topics.kept import keep_numbers, labels_of
from textlab.topics.model import TopicModel, fit_topics


def blocks(order: list[int], size: int = 20, of: int = 4) -> np.ndarray:
    """Topics that have 20 terms each to themselves, in this order."""
    topics = np.full((len(order), size * of), 1e-6)
    for row, block in enumerate(order):
        topics[row, block * size : (block + 1) * size] = np.linspace(2, 1, size)
    topics /= topics.sum(axis=1, keepdims=True)
    return topics


VOCABULARY = [f"{block}_{at:02d}" for block in range(4) for at in range(20)]


def labels(*rows: tuple[int, str, int]) -> pd.DataFrame:
    """Rows of topic, label, and the block whose terms it has."""
    terms = [" ".join(VOCABULARY[block * 20 : block * 20 + 20]) for *_, block in rows]
    frame = pd.DataFrame([row[:2] for row in rows], columns=["topic", "label"])
    return frame.assign(terms=terms)


def test_kept_new_and_lost_by_hand() -> None:
    model = model_of(blocks([3, 0, 1]), VOCABULARY, prevalence=[0.5, 0.3, 0.2])
    kept = keep_numbers(model, labels((7, "land", 0), (2, "", 1), (4, "gone", 2)))
    # 8 is the lowest number above those of the file; 4 is not given again.
    assert kept.model.numbers == [2, 7, 8]
    assert kept.model.labels == ["label 3", "land", "label 1"]
    assert kept.model.prevalence.tolist() == [0.2, 0.3, 0.5]
    assert kept.table.values.tolist() == [
        [2, "label 3", 1.0, "kept"],
        [4, "gone", 0.0, "lost"],
        [7, "land", 1.0, "kept"],
        [8, "label 1", 0.0, "new"],
    ]
    assert kept.model.topics.loc[kept.model.topics["topic"] == 7, "term"].iloc[0] == "0_00"


@pytest.mark.parametrize(("shared", "status"), [(10, "kept"), (9, "lost")])
def test_half_of_the_terms_make_the_same_topic(shared: int, status: str) -> None:
    mixed = " ".join(VOCABULARY[20 - shared : 40 - shared])
    file = pd.DataFrame([(5, "half", mixed)], columns=["topic", "label", "terms"])
    table = keep_numbers(model_of(blocks([0]), VOCABULARY), file).table
    assert table["status"].iloc[0] == status
    assert table["overlap"].iloc[0] == pytest.approx(shared / (40 - shared))


def test_a_model_without_labelled_topics_is_only_numbered_on() -> None:
    model = model_of(blocks([0, 1]), VOCABULARY)
    nothing = keep_numbers(model, labels())
    assert nothing.model.numbers == [1, 2] and nothing.table["status"].tolist() == ["new", "new"]


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(4)), st.permutations(range(4)))
def test_orders_say_nothing(fitted: list[int], written: list[int]) -> None:
    model = model_of(blocks(fitted), VOCABULARY)
    file = labels(*((block + 11, f"block {block}", block) for block in written))
    kept = keep_numbers(model, file)
    assert kept.model.numbers == [11, 12, 13, 14]
    assert kept.model.labels == [f"block {block}" for block in range(4)]
    assert kept.model.topic_term.tolist() == blocks([0, 1, 2, 3]).tolist()


def home(model: TopicModel) -> dict[int, str]:
    """The planted topic of each number: the first character of its first term."""
    first = model.topics[model.topics["rank"] == 1]
    return dict(zip(first["topic"], first["term"].str[0], strict=True))


def test_a_label_file_outlives_other_fits(counts: pd.DataFrame, model: TopicModel) -> None:
    file = labels_of(model.topics)
    assert file["topic"].tolist() == [1, 2, 3, 4]
    assert [len(terms.split(" ")) for terms in file["terms"]] == [20] * K
    file.loc[file["topic"] == 3, "label"] = "third"
    file.loc[file["topic"] == 1, "label"] = "first"
    file = file.iloc[::-1]
    fewer = counts[~counts["unit"].isin(["文00", "文07"])]
    fits = {
        "seed": fit_topics(counts, K, seed=9),
        "random start": fit_topics(counts, K, seed=4, start="random"),
        "other documents": fit_topics(planted(seed=5), K),
        "fewer documents": fit_topics(fewer, K),
        "more topics": fit_topics(counts, K + 1),
    }
    for how, again in fits.items():
        kept = keep_numbers(again, file)
        assert set(home(model).items()) <= set(home(kept.model).items()), how
        assert kept.model.numbers == list(range(1, again.k + 1)), how
        assert [kept.model.labels[at] for at in (0, 2)] == ["first", "third"], how
        assert (kept.table["status"] == "lost").sum() == 0, how
    fewest = keep_numbers(fit_topics(counts, K - 1), file)
    assert (fewest.table["status"] == "lost").sum() >= 1
    assert set(fewest.model.numbers) <= set(fewest.table["topic"])


def test_shares_move_with_their_numbers(counts: pd.DataFrame, model: TopicModel) -> None:
    file = labels_of(model.topics).assign(topic=[40, 30, 20, 10])
    kept = keep_numbers(model, file).model
    moved = kept.infer(counts).assign(topic=lambda table: 5 - table["topic"] // 10)
    expected = model.infer(counts).sort_values(["unit", "topic"], ignore_index=True)
    moved = moved.sort_values(["unit", "topic"], ignore_index=True)
    pd.testing.assert_frame_equal(moved, expected, rtol=1e-9)
    assert kept.document_topics["topic"].unique().tolist() == [10, 20, 30, 40]
