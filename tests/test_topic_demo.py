"""The demo corpus says what each of its paragraphs is about: do the topics say the same?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import normalized_mutual_info_score

import textlab as tl
from textlab.topics.pooling import pool_paragraphs

CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "demo"
DOCUMENTS: dict[str, Any] = json.loads((CORPUS / "truth.json").read_text("utf-8"))["documents"]
# Six subjects, and what is general.
K = 7


@pytest.fixture(scope="module")
def paragraphs() -> pd.DataFrame:
    return tl.clean(tl.read_documents(CORPUS))


@pytest.fixture(scope="module")
def tokens(paragraphs: pd.DataFrame) -> pd.DataFrame:
    return tl.tokenize(paragraphs, tl.read_lexicon())


@pytest.fixture(scope="module")
def planted(paragraphs: pd.DataFrame) -> dict[str, str]:
    """The subject of each body paragraph that has one."""
    found: dict[str, str] = {}
    for doc_id, document in DOCUMENTS.items():
        ours = paragraphs[(paragraphs["doc_id"] == doc_id) & (paragraphs["role"] == "body")]
        for truth in document["paragraphs"]:
            if truth["topic"] not in {None, "general"}:
                begins = ours["text"].str.startswith(truth["starts"])
                found |= dict.fromkeys(ours.loc[begins, "para_id"], truth["topic"])
    assert len(found) > 120 and len(set(found.values())) == 6
    return found


def content_words(
    paragraphs: pd.DataFrame, tokens: pd.DataFrame, by: str | pd.Series[str] = "para_id"
) -> pd.DataFrame:
    stop = tl.stoplist(tokens, places=paragraphs["place"])
    return tl.count(tokens, by=by, kinds=("word", "lexicon"), exclude=stop, min_length=2)


@pytest.fixture(scope="module")
def counts(paragraphs: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    return content_words(paragraphs, tokens)


def agreement(model: tl.TopicModel, counts: pd.DataFrame, planted: dict[str, str]) -> float:
    """NMI of the planted subjects and of the topics with the largest shares; 1 is the best."""
    shares = model.infer(counts)
    largest = shares.sort_values("share").groupby("unit")["topic"].last()
    assert set(planted) <= set(largest.index)
    return float(
        normalized_mutual_info_score(list(planted.values()), largest[list(planted)].tolist())
    )


@pytest.mark.parametrize("prior", [0.0, None, 1.0])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_planted_topic_of_each_paragraph_is_recovered(
    counts: pd.DataFrame, planted: dict[str, str], seed: int, prior: float | None
) -> None:
    model = tl.fit_topics(
        counts, K, seed=seed, prior=prior, max_share=0.5, keep=tl.read_lexicon()["term"]
    )
    assert agreement(model, counts, planted) > 0.95


@pytest.mark.parametrize("k", [6, 8, 10])
def test_another_number_of_topics_parts_subjects_but_does_not_mix_them(
    counts: pd.DataFrame, planted: dict[str, str], k: int
) -> None:
    assert agreement(tl.fit_topics(counts, k, max_share=0.5), counts, planted) > 0.85


def test_a_random_start_does_not_recover_them(
    counts: pd.DataFrame, planted: dict[str, str]
) -> None:
    """Were it easy from any start, the tests above would say nothing of the start."""
    values = [
        agreement(
            tl.fit_topics(counts, K, seed=seed, start="random", max_share=0.5), counts, planted
        )
        for seed in range(5)
    ]
    assert np.max(values) < 0.6


def test_topics_of_pooled_paragraphs_are_those_of_the_paragraphs(
    paragraphs: pd.DataFrame,
    tokens: pd.DataFrame,
    counts: pd.DataFrame,
    planted: dict[str, str],
) -> None:
    units = pool_paragraphs(paragraphs, tokens, length=100)
    pooled = content_words(paragraphs, tokens, by=units)
    assert pooled["unit"].nunique() < counts["unit"].nunique() / 1.5
    model = tl.fit_topics(pooled, K, max_share=0.5)
    assert agreement(model, counts, planted) > 0.8
