"""What the benchmark sets beside each other is what it says, on planted topics."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from tests.bench_topics import bootstrap
from tests.planted_topics import K, planted
from tests.topic_items import item_texts
from tests.topic_sides import Side, gensim_side, nmf_side, textlab_side, words_of
from textlab.topics.labels import top_terms
from textlab.topics.model import prepare


@pytest.mark.parametrize("side", [textlab_side, gensim_side, nmf_side])
def test_each_side_has_topics_of_the_vocabulary_and_shares(side: Side) -> None:
    data = prepare(planted(), max_share=1)
    topics = side(data, K)
    shares = topics.shares(data.matrix)
    assert topics.topic_term.shape == (K, len(data.vocabulary))
    assert topics.topic_term.min() > 0
    for rows in (topics.topic_term, shares):
        np.testing.assert_allclose(rows.sum(axis=1), 1, rtol=1e-6)
    # Columns are those of the vocabulary, and each unit is of the topic that it was made of.
    first = [
        Counter(data.vocabulary[column][0] for column in row).most_common(1)[0][0]
        for row in top_terms(topics.topic_term, data.vocabulary, 8)
    ]
    found = [first[topic] for topic in shares.argmax(axis=1)]
    right = np.mean(
        [int(unit[1:]) % K == int(t) for unit, t in zip(data.units, found, strict=True)]
    )
    # A random start may put two topics into one.
    assert right == 1 if side is not gensim_side else right > 0.4


def test_texts_are_the_counts() -> None:
    data = prepare(planted(), max_share=1)
    for row, text in enumerate(words_of(data.matrix, data.vocabulary)):
        counted = Counter(text)
        dense = data.matrix[[row]].toarray()[0]
        assert {data.vocabulary[c]: dense[c] for c in dense.nonzero()[0]} == counted


def test_a_bootstrap_draws_whole_documents() -> None:
    data = prepare(planted(), max_share=1)
    drawn = bootstrap(data, 0)
    assert len(drawn.units) == len(data.units) > len(set(drawn.units))
    rows = [data.units.index(unit) for unit in drawn.units]
    assert (drawn.matrix != data.matrix[rows]).nnz == 0
    assert bootstrap(data, 1).units != drawn.units == bootstrap(data, 0).units


def test_items_begin_at_headings_of_the_third_level(tmp_path: Path) -> None:
    long = "字" * 200
    text = f"# 一\n\n## 二\n{long}\n### 甲\n{long}\n### 乙\n短\n### 丙 ### 丁\n{long}\n"
    (tmp_path / "20220101.md").write_text(text, encoding="utf-8")
    items = item_texts(tmp_path)
    assert list(items) == ["20220101-00", "20220101-02"]
    assert [part.split("\n")[0] for part in items.values()] == ["甲", "丙 ### 丁"]
