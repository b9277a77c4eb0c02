from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.helpers import make_paragraphs
from tests.keyness_tables import find, make_corpus
from tests.planted_topics import planted
from tests.topic_models import model_of
from textlab.analysis.keyness import keyness
from textlab.errors import TableError, UnknownNameError
from textlab.schema import check
from textlab.topics.model import fit_topics
from textlab.topics.variational import exp_log
from textlab.topics.wording import topic_wording

CONTRAST = ["log_ratio", "log_ratio_low", "log_ratio_high", "p_document", "q_document"]


def in_places(counts: pd.DataFrame, places: int = 2) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Each unit of planted topics a document of one paragraph, in one of so many places."""
    units = sorted(counts["unit"].unique())
    tables = [
        make_paragraphs(["文"], doc_id=unit).assign(place=f"市{n // 4 % places}")
        for n, unit in enumerate(units)
    ]
    paragraphs = pd.concat(tables, ignore_index=True)
    names = paragraphs.set_index("doc_id")["para_id"]
    return counts.assign(unit=counts["unit"].map(names)), paragraphs


@pytest.mark.parametrize("reference", [None, "市1"])
def test_one_topic_is_keyness(reference: str | None) -> None:
    counts, paragraphs = in_places(planted(30), places=3)
    paragraphs.loc[paragraphs["place"] == "市2", "doc_id"] = "甲"
    model = fit_topics(counts, 1, max_share=0.6)
    counts = counts[counts["term"].isin(model.vocabulary)]
    made = topic_wording(
        model, counts, paragraphs, top=99, min_count=1, reference=reference, resamples=300
    )
    plain = keyness(counts, paragraphs=paragraphs, reference=reference, min_count=1, resamples=300)
    both = made.merge(plain, on=["group", "term"], suffixes=("", "_plain"), how="outer")
    assert len(both) == len(plain) == len(made) > 100
    for name in (*CONTRAST, "n_target", "n_reference", "per_10k_target", "per_10k_reference"):
        np.testing.assert_allclose(both[name], both[f"{name}_plain"], rtol=1e-7, err_msg=name)
    assert both["reason"].tolist() == both["reason_plain"].tolist()
    assert both["reason"].str.contains("1 document: interval over 8 paragraphs").any()


def test_wording_by_hand() -> None:
    """A word of both topics counts for each by its probability there and the unit's shares."""
    model = model_of(
        [[0.8, 0.2, 0.0], [0.0, 0.4, 0.6]],
        ["工厂", "建设", "河流"],
        prevalence=[0.5, 0.5],
        labels=["产业", "生态"],
    )
    texts = [{"工厂": 8, "建设": 4}, {"工厂": 6, "建设": 4, "河流": 5}, {"河流": 9, "建设": 4}]
    others = [{"工厂": 9, "建设": 1}, {"工厂": 7, "建设": 2, "河流": 4}, {"河流": 8, "建设": 1}]
    counts, paragraphs = make_corpus({"甲": texts, "乙": others})
    made = topic_wording(model, counts, paragraphs, min_count=1)
    # Of topic 产业, 建设 is less often than of all; so it is tested in 生态 only.
    assert set(zip(made["label"], made["term"], strict=True)) == {
        ("产业", "工厂"),
        ("生态", "建设"),
        ("生态", "河流"),
    }
    of_units = model.posterior(counts)
    n, size = {"甲": 0.0, "乙": 0.0}, {"甲": 0.0, "乙": 0.0}
    for unit, gamma in zip(of_units.units, of_units.gamma, strict=True):
        text = counts[counts["unit"] == unit].set_index("term")["n"]
        weights = exp_log(gamma[np.newaxis])[0] * model.topic_term[:, 1]
        shared = text["建设"] * weights[1] / weights.sum()
        # The paragraphs of 产业 alone have less than a word of 生态.
        if shared + text.get("河流", 0) >= 1:
            n[unit[0]] += shared
            size[unit[0]] += shared + text.get("河流", 0)
    row = find(made[made["topic"] == 2], "甲", "建设")
    assert row["n_target"] == pytest.approx(n["甲"], rel=1e-6)
    assert row["n_reference"] == pytest.approx(n["乙"], rel=1e-6)
    assert row["per_10k_target"] == pytest.approx(10_000 * n["甲"] / size["甲"], rel=1e-6)
    ratio = np.log2(n["甲"] / size["甲"] / (n["乙"] / size["乙"]))
    assert row["log_ratio"] == pytest.approx(ratio, rel=1e-6)
    assert row["log_ratio_low"] < ratio < row["log_ratio_high"]
    check(made, "topic_wording")


def test_a_planted_preference_is_found_in_its_topic_only() -> None:
    counts, paragraphs = in_places(planted(80))
    place = counts["unit"].map(paragraphs.set_index("para_id")["place"])
    other = place.eq("市1") & counts["term"].eq("0_00")
    # In the one place topic 0 says 0_00 where the other says 0_01.
    counts.loc[place.eq("市0") & counts["term"].eq("0_01"), "term"] = "0_00"
    counts.loc[other, "term"] = "0_01"
    counts = counts.groupby(["unit", "term"])["n"].sum().reset_index()
    model = fit_topics(counts, 4)
    made = topic_wording(model, counts, paragraphs)
    found = made[made["q_document"] < 0.05]
    assert set(found["term"]) == {"0_00", "0_01"}
    assert found["topic"].nunique() == 1
    assert (
        find(found, "市0", "0_00")["log_ratio"] > 2 > -2 > find(found, "市0", "0_01")["log_ratio"]
    )
    # Own words come first in a group, and the other place's are the same turned round.
    assert made.groupby(["topic", "group"])["log_ratio"].is_monotonic_decreasing.all()
    few = topic_wording(model, counts, paragraphs, topics=[2], top=3)
    assert set(few["topic"]) == {2}
    assert few.groupby("group").size().tolist() == [3, 3]
    some = topic_wording(model, counts, paragraphs, min_count=70)
    assert (some["n_target"] + some["n_reference"] >= 70).all()
    assert 0 < len(some) < len(made)
    mixed = [frame.sample(frac=1, random_state=1) for frame in (counts, paragraphs)]
    assert topic_wording(model, *mixed).to_csv() == made.to_csv()


def test_what_cannot_be_compared_says_why() -> None:
    model = model_of([[1.0, 0.0], [0.0, 1.0]], ["工厂", "河流"], numbers=[3, 7])
    texts = [{"工厂": 8, "河流": 4}, {"工厂": 6}, {"河流": 9}]
    counts, paragraphs = make_corpus({"甲": texts, "乙": [{"工厂": 5}]})
    made = topic_wording(model, counts, paragraphs, min_count=1)
    said = "2 documents: interval over 2 paragraphs, for these texts only"
    one = "1 document of one paragraph: no interval"
    reasons = made.set_index(["topic", "group"])["reason"]
    assert reasons[3, "乙"] == f"{one}; reference: {said}; not testable: 1 document against 2"
    assert reasons[7, "乙"] == "the group has no words of the topic"
    assert reasons[7, "甲"] == "the reference has no words of the topic"
    empty = made.set_index(["topic", "group"]).loc[(7, "乙"), CONTRAST]
    assert empty.isna().all(axis=None)
    assert made["q_document"].isna().all()
    check(made, "topic_wording")


def test_less_than_half_a_word_is_none() -> None:
    """河流 stands in 乙 among words of the other topic, which has it too: little of it is 生态."""
    model = model_of(
        [[0.9, 0.0, 0.1], [0.0, 0.5, 0.5]], ["工厂", "森林", "河流"], prevalence=[0.5, 0.5]
    )
    clear = [{"工厂": 90}, {"工厂": 80, "森林": 3, "河流": 1}, {"森林": 4}]
    texts = [{"森林": 9, "河流": 8}, {"森林": 7, "河流": 9}, {"森林": 9, "河流": 5}]
    counts, paragraphs = make_corpus({"甲": texts, "乙": clear})
    made = topic_wording(model, counts, paragraphs, topics=[2], min_count=1)
    row = find(made, "乙", "河流")
    assert row["n_target"] == row["per_10k_target"] == 0
    assert row["reason"].endswith("absent from the group")
    assert np.isnan(row["log_ratio_low"])
    # As of a count of 0, which is taken for half a word; 森林 and 河流 are 7 words of 乙.
    size = find(made, "乙", "森林")["n_target"] * 10_000
    size /= find(made, "乙", "森林")["per_10k_target"]
    assert row["log_ratio"] == pytest.approx(np.log2(0.5 / size / (22 / 47)), rel=1e-3)


def test_a_document_of_two_places_is_one_document() -> None:
    counts, paragraphs = in_places(planted(24))
    model = fit_topics(counts, 1)
    paragraphs["doc_id"] = [f"文{n % 9}" for n in range(24)]
    made = topic_wording(model, counts, paragraphs, min_count=1, resamples=300)
    plain = keyness(counts, paragraphs=paragraphs, min_count=1, resamples=300)
    both = made.merge(plain, on=["group", "term"], suffixes=("", "_plain"))
    np.testing.assert_allclose(both["p_document"], both["p_document_plain"], rtol=1e-7)
    assert both["p_document"].notna().any()


def test_wrong_options() -> None:
    counts, paragraphs = in_places(planted(12))
    model = fit_topics(counts, 2)
    with pytest.raises(UnknownNameError, match=r"^no topic 9; there are: 1, 2$"):
        topic_wording(model, counts, paragraphs, topics=[1, 9])
    with pytest.raises(UnknownNameError, match=r"^no group '市9' .* there are: 市0, 市1$"):
        topic_wording(model, counts, paragraphs, reference="市9")
    with pytest.raises(TableError, match=r"^counts want para_id"):
        topic_wording(model, planted(12), paragraphs)
    none = topic_wording(model, counts, paragraphs.assign(place="市"))
    assert none.empty
    check(none, "topic_wording")
    rare = topic_wording(model, counts, paragraphs, min_count=10_000)
    assert rare.empty
    check(rare, "topic_wording")
