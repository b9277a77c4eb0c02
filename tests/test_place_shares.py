from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t

from tests.helpers import make_paragraphs
from tests.keyness_tables import make_corpus, make_counts
from tests.planted_topics import counts_fixture, model_fixture  # noqa: F401
from tests.topic_models import model_of
from textlab.errors import TableError, UnknownNameError
from textlab.schema import check
from textlab.statistics.sampling import Units
from textlab.topics.by_place import group_shares, place_shares, share_intervals
from textlab.topics.grouped import expected_tokens, grouped_counts
from textlab.topics.model import TopicModel

# A word each: how many words are of a topic is then no estimate.
APART = model_of([[1.0, 0.0], [0.0, 1.0]], ["产业", "生态"], numbers=[2, 5])
TEXTS = {
    "岚江市": [{"产业": 30, "生态": 10}, {"产业": 40, "生态": 20}, {"产业": 20, "生态": 30}],
    "碧川市": [{"产业": 3, "生态": 9, "其他": 50}],
    "无词市": [{"其他": 8}],
}


def jackknife(x: list[float], size: list[float]) -> tuple[float, float]:
    """The interval of :func:`group_shares`, document by document."""

    def log_odds(left_out: int | None) -> float:
        kept = [d for d in range(len(x)) if d != left_out]
        tokens, total = sum(x[d] for d in kept), sum(size[d] for d in kept)
        return math.log((tokens + 0.5) / (total - tokens + 0.5))

    n = len(x)
    each = [log_odds(d) for d in range(n)]
    spread = (n - 1) / n * sum((one - sum(each) / n) ** 2 for one in each)
    p = (sum(x) + 0.5) / (sum(size) + 1)
    least = 1.959964 / math.sqrt(2 * sum(size) * p * (1 - p))
    half = max(float(t.ppf(0.975, n - 1)) * math.sqrt(spread), least)
    ends = [1 / (1 + math.exp(-(log_odds(None) + sign * half))) for sign in (-1, 1)]
    return ends[0], ends[1]


def test_place_shares_by_hand() -> None:
    made = place_shares(APART, *make_corpus(TEXTS))
    assert made["place"].tolist() == ["岚江市", "岚江市", "碧川市", "碧川市"]
    assert made["topic"].tolist() == [2, 5, 2, 5]
    # 90 of 150 words are of the first; of 12 known ones 3 are.
    np.testing.assert_allclose(made["share"], [0.6, 0.4, 0.25, 0.75], rtol=1e-12)
    assert made["documents"].tolist() == [3, 3, 1, 1]
    assert made["reason"].tolist() == ["", ""] + ["1 document of one paragraph: no interval"] * 2
    expected = [jackknife([30, 40, 20], [40, 60, 50]), jackknife([10, 20, 30], [40, 60, 50])]
    np.testing.assert_allclose(made.loc[:1, ["low", "high"]], expected, rtol=1e-6)
    assert made.loc[2:, ["low", "high"]].isna().all(axis=None)
    check(made, "topic_by_place")


def test_few_documents_give_their_paragraphs() -> None:
    paragraphs = make_paragraphs(["一", "二", "三"], doc_id="甲").assign(place="岚江市")
    texts = [{"产业": 4, "生态": 1}, {"产业": 2, "生态": 6}, {"产业": 5, "生态": 2}]
    counts = make_counts(**dict(zip(paragraphs["para_id"], texts, strict=True)))
    made = place_shares(APART, counts, paragraphs)
    said = "1 document: interval over 3 paragraphs, for these texts only"
    assert set(made["reason"]) == {said}
    np.testing.assert_allclose(
        made[["low", "high"]].to_numpy()[0], jackknife([4, 2, 5], [5, 8, 7]), rtol=1e-6
    )
    # A copy says nothing of its own, but is a text like others where documents are compared.
    paragraphs["duplicate_of"] = ["", "", paragraphs["para_id"].iloc[0]]
    assert place_shares(APART, counts, paragraphs)["share"].iloc[0] == pytest.approx(6 / 13)
    of_documents = group_shares(APART, counts, paragraphs, by="doc_id")
    assert of_documents["share"].iloc[0] == pytest.approx(11 / 20)


def test_documents_that_are_alike_are_no_proof_of_more() -> None:
    alike = Units(np.array([[4.0, 6.0]] * 5), np.full(5, 10), "document")
    low, high = share_intervals(alike)
    np.testing.assert_allclose(low[0], jackknife([4] * 5, [10] * 5)[0], rtol=1e-6)
    assert low[0] < 0.32 < 0.4 < 0.48 < high[0]


def test_one_topic_is_all_there_is() -> None:
    single = model_of([[0.7, 0.3]], ["产业", "生态"])
    made = place_shares(single, *make_corpus(TEXTS))
    assert (made["share"] == 1).all()
    assert made[["low", "high"]].to_numpy()[0].tolist() == [1, 1]


def test_expected_tokens_are_those_of_each_word(model: TopicModel, counts: pd.DataFrame) -> None:
    paragraphs = pd.concat(
        [make_paragraphs(["文"] * 4, doc_id=f"甲{n}").assign(place="岚江市") for n in range(10)]
    )
    names = dict(zip(sorted(counts["unit"].unique()), paragraphs["para_id"], strict=True))
    counts = counts.assign(unit=counts["unit"].map(names))
    found = grouped_counts(model, counts, paragraphs, "place")
    tokens, _ = expected_tokens(model, found)
    for_all = model.posterior(counts)
    expected = for_all.gamma - model.alpha
    np.testing.assert_allclose(tokens, expected, rtol=1e-3, atol=1e-4)
    np.testing.assert_allclose(tokens.sum(axis=1), for_all.tokens, rtol=1e-12)
    # With units of a document each, a document's tokens are those of its own posterior.
    units = paragraphs.set_index("para_id")["doc_id"]
    pooled = grouped_counts(model, counts, paragraphs, "place", units)
    together = expected_tokens(model, pooled)[0].reshape(10, 4, model.k).sum(axis=1)
    by_document = counts.assign(unit=counts["unit"].map(units)).groupby(
        ["unit", "term"], as_index=False
    )
    whole = model.posterior(by_document.agg({"n": "sum"}))
    np.testing.assert_allclose(together, whole.gamma - model.alpha, rtol=1e-3, atol=1e-4)
    assert not np.allclose(together, tokens.reshape(10, 4, model.k).sum(axis=1), rtol=1e-3)


def test_a_document_is_a_unit_for_each_place_of_its_own() -> None:
    near = model_of([[0.8, 0.2], [0.3, 0.7]], ["产业", "生态"])
    paragraphs = make_paragraphs(["文"] * 2, doc_id="甲").assign(place=["岚江市", "碧川市"])
    texts = [{"产业": 9, "生态": 1}, {"产业": 1, "生态": 9}]
    counts = make_counts(**dict(zip(paragraphs["para_id"], texts, strict=True)))
    units = paragraphs.set_index("para_id")["doc_id"]
    apart = place_shares(near, counts, paragraphs)
    pd.testing.assert_frame_equal(place_shares(near, counts, paragraphs, units=units), apart)
    assert apart["share"].iloc[0] > 0.8 > 0.2 > apart["share"].iloc[2]


texts = st.fixed_dictionaries({"产业": st.integers(0, 40), "生态": st.integers(0, 40)})


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.lists(texts, min_size=1, max_size=5), min_size=1, max_size=3), st.integers(0, 99)
)
def test_shares_are_shares_in_any_order(places: list[list[dict[str, int]]], seed: int) -> None:
    near = model_of([[0.8, 0.2], [0.3, 0.7]], ["产业", "生态"])
    counts, paragraphs = make_corpus({f"市{n}": docs for n, docs in enumerate(places)})
    made = place_shares(near, counts, paragraphs)
    groups = made.groupby("place")
    np.testing.assert_allclose(groups["share"].sum(), 1, rtol=1e-9)
    there = made[made["low"].notna()]
    assert ((there["low"] >= 0) & (there["low"] <= there["share"])).all()
    assert ((there["share"] <= there["high"]) & (there["high"] <= 1)).all()
    assert (made["low"].isna() == made["reason"].str.endswith("no interval")).all()
    mixed = [frame.sample(frac=1, random_state=seed) for frame in (counts, paragraphs)]
    assert place_shares(near, *mixed).to_csv() == made.to_csv()


@pytest.mark.parametrize("documents", [4, 12])
def test_intervals_hold_the_share(documents: int) -> None:
    rng = np.random.default_rng(1)
    held = []
    for _ in range(600):
        size = np.maximum(np.rint(300 * np.exp(rng.normal(0, 0.4, documents))), 20)
        share = rng.beta(6, 14, documents)
        x = rng.binomial(size.astype(int), share)
        low, high = share_intervals(Units(np.column_stack([x, size - x]), size, "document"))
        held.append(low[0] <= 0.3 <= high[0])
    assert 0.92 <= np.mean(held) <= 0.98


def test_shares_of_nothing_and_of_the_wrong_table() -> None:
    counts, paragraphs = make_corpus(TEXTS)
    none = place_shares(APART, counts, paragraphs.assign(place=""))
    assert none.empty
    check(none, "topic_by_place")
    with pytest.raises(UnknownNameError, match=r"^no column 'plaza' in paragraphs"):
        group_shares(APART, counts, paragraphs, by="plaza")
    by_document = counts.assign(unit=counts["unit"].str.split("#").str[0])
    with pytest.raises(TableError, match=r"^counts want para_id of paragraphs as units"):
        place_shares(APART, by_document, paragraphs)
    assert place_shares(APART, counts[:0], paragraphs).empty
