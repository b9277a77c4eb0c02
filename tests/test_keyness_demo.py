"""The demo corpus' planted emphases, found again."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import textlab as tl
from textlab.analysis.dispersion import dispersion
from textlab.analysis.keyness import keyness

CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "demo"
TRUTH = json.loads((CORPUS / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def texts() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Paragraphs of the demo, with their places, and their tokens."""
    paragraphs = tl.clean(tl.read_documents(CORPUS))
    return paragraphs, tl.tokenize(paragraphs, tl.read_lexicon())


@pytest.fixture(scope="module")
def found(texts: tuple[pd.DataFrame, pd.DataFrame]) -> pd.DataFrame:
    """Each city against the others; the names of the cities lead if they are left in."""
    paragraphs, tokens = texts
    stop = tl.stoplist(tokens, places=paragraphs["place"])
    counts = tl.count(tokens, "para_id")
    return keyness(counts, paragraphs=paragraphs, exclude=stop, min_length=2)


def test_the_three_planted_terms_lead_each_city_by_z(found: pd.DataFrame) -> None:
    assert set(TRUTH["emphasis"]) == set(found["group"])
    for city, planted in TRUTH["emphasis"].items():
        first = found[found["group"] == city].head(len(planted))
        assert set(first["term"]) == set(planted), city


def test_their_log_ratios_have_intervals_above_0(found: pd.DataFrame) -> None:
    for city, planted in TRUTH["emphasis"].items():
        rows = found[(found["group"] == city) & found["term"].isin(planted)]
        assert (rows["log_ratio_low"] > 0).all() and (rows["reason"] == "").all()


def test_the_test_over_documents_sees_them(found: pd.DataFrame) -> None:
    for city, planted in TRUTH["emphasis"].items():
        rows = found[(found["group"] == city) & found["term"].isin(planted)]
        assert (rows["p_document"] < 0.001).all() and (rows["q_document"] < 0.05).all()


def test_few_other_differences_are_found(found: pd.DataFrame) -> None:
    """G² calls more than the test over documents does."""
    assert (found["q_document"] < 0.05).sum() < (found["q_g2"] < 0.05).sum()


def test_planted_terms_are_less_even_over_documents_than_common_ones(
    texts: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    table = dispersion(tl.count(texts[1]), lexicon=tl.read_lexicon()).set_index("term")
    planted = [term for terms in TRUTH["emphasis"].values() for term in terms]
    assert table.loc[planted, "dp_norm"].min() > table.loc["高质量发展", "dp_norm"]
    assert (table.loc[planted, "category"] != "").all()
