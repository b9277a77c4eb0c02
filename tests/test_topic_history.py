from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import pandas as pd
import pytest

from tests.planted_topics import K, as_bytes, planted
from tests.topic_models import model_of
from textlab.errors import ModelError, TableError
from textlab.schema import check
from textlab.topics.history import fit_periods, topic_history
from textlab.topics.model import TopicModel, fit_topics


def of_terms(topics: Sequence[str], first: int = 1) -> TopicModel:
    """A model whose topics have the characters of a text as their terms, numbered from first."""
    vocabulary = sorted(set("".join(topics)))
    rows = [[1.0 if term in topic else 0.0 for term in vocabulary] for topic in topics]
    shares = [[value / sum(row) for value in row] for row in rows]
    numbers = list(range(first, first + len(topics)))
    return model_of(shares, vocabulary, numbers=numbers, labels=[topic[:2] for topic in topics])


def test_history_by_hand() -> None:
    # All other terms have probability 0, but are among the 20: the vocabularies are made unequal.
    fits = {
        "2024": of_terms(["天地玄黄", "金木水火"], first=4),
        "2023": of_terms(["天地玄黄", "春夏秋冬"]),
        "2025": of_terms(["金木水火"]),
    }
    fits = {period: _without_zeros(model) for period, model in fits.items()}
    made = topic_history(fits)
    columns = ["period_from", "topic_from", "label_from", "period_to", "topic_to", "label_to"]
    assert made[[*columns, "event"]].to_numpy().tolist() == [
        ["2023", 0, "", "2024", 5, "金木", "birth"],
        ["2023", 1, "天地", "2024", 4, "天地", "continues"],
        ["2023", 2, "春夏", "2024", 0, "", "death"],
        ["2024", 4, "天地", "2025", 0, "", "death"],
        ["2024", 5, "金木", "2025", 1, "金木", "continues"],
    ]
    assert made["overlap"].tolist() == [0, 1, 0, 0, 1]
    check(made, "topic_history")


def _without_zeros(model: TopicModel) -> TopicModel:
    """The same topics, each with twenty terms of its own: four of its name, the others made up."""
    rows, vocabulary = [], []
    for row, number in enumerate(model.numbers):
        own = [t for t, p in zip(model.vocabulary, model.topic_term[row], strict=True) if p > 0]
        own += [f"{term}{n}" for term in own for n in range(4)]
        vocabulary += own
        rows.append([(number, term) for term in own])
    names = sorted(vocabulary)
    at = {term: place for place, term in enumerate(names)}
    topic_term = [[0.0] * len(names) for _ in rows]
    for row, terms in enumerate(rows):
        for _, term in terms:
            topic_term[row][at[term]] = 1 / len(terms)
    return model_of(topic_term, names, numbers=model.numbers, labels=model.labels)


def test_half_of_the_terms_are_a_topic_that_continues() -> None:
    words = [f"词{n:02d}" for n in range(32)]

    def of(first: int) -> TopicModel:
        return model_of([[0.05] * 20], words[first : first + 20])

    half, less = topic_history({"1": of(0), "2": of(10)}), topic_history({"1": of(0), "2": of(11)})
    assert half["event"].tolist() == ["continues"]
    assert half["overlap"].tolist() == pytest.approx([10 / 30])
    # What comes nearest is told of births and deaths too.
    assert less["event"].tolist() == ["birth", "death"]
    assert less["overlap"].tolist() == pytest.approx([9 / 31, 9 / 31])


def test_partners_are_the_best_of_all() -> None:
    """All ways to pair five topics with five others, by the words that are published."""
    models = {str(seed): fit_topics(planted(30, seed), 5) for seed in (0, 1)}
    tops = [
        {number: set(rows["term"]) for number, rows in model.topics.groupby("topic")}
        for model in models.values()
    ]
    shared = [[len(a & b) / len(a | b) for b in tops[1].values()] for a in tops[0].values()]
    sums = {
        order: sum(shared[a][b] for a, b in enumerate(order)) for order in permutations(range(5))
    }
    best = max(sums, key=lambda order: sums[order])
    made = topic_history(models)
    going_on = made[made["event"] == "continues"]
    expected = [(a + 1, b + 1) for a, b in enumerate(best) if shared[a][b] >= 1 / 3]
    assert list(zip(going_on["topic_from"], going_on["topic_to"], strict=True)) == expected
    for event, side in (("death", "from"), ("birth", "to")):
        ended = made[made["event"] == event]
        near = shared if side == "from" else list(zip(*shared, strict=True))
        assert ended["overlap"].tolist() == [max(near[n - 1]) for n in ended[f"topic_{side}"]]
        both = [*ended[f"topic_{side}"], *going_on[f"topic_{side}"]]
        assert sorted(both) == models["0"].numbers
    assert 0 < len(expected) < 5


def test_one_period_has_no_history() -> None:
    for fits in ({}, {"2023": of_terms(["天地"])}):
        none = topic_history(fits)
        assert none.empty
        check(none, "topic_history")


def two_years(units: int = 40) -> tuple[pd.DataFrame, pd.Series]:
    """Planted topics in two years, and some units of a third."""
    tables = []
    for seed, (year, number) in enumerate({"2023": units, "2024": units, "2025": 12}.items()):
        table = planted(number, seed)
        tables.append(table.assign(unit=table["unit"] + f"#{year}"))
    counts = pd.concat(tables, ignore_index=True)
    units_ = pd.Index(counts["unit"].unique())
    return counts, pd.Series(units_.str[-4:], index=units_)


def test_each_period_is_fitted_alone() -> None:
    counts, periods = two_years()
    fits = fit_periods(counts.sample(frac=1, random_state=1), periods, K, seed=3)
    assert list(fits.models) == ["2023", "2024"]
    assert fits.reasons == {"2025": "12 units: fewer than 10 for each of 4 topics"}
    alone = fit_topics(counts[counts["unit"].str.endswith("2024")], K, seed=3)
    assert as_bytes(fits.models["2024"]) == as_bytes(alone)
    history = topic_history(fits.models)
    assert history["event"].tolist() == ["continues"] * K
    # Numbers, and units without a period.
    numbers = periods.map({"2023": 2023, "2024": None, "2025": 2025})
    assert list(fit_periods(counts, numbers.astype("Int64"), 1).models) == ["2023", "2025"]


def test_periods_that_cannot_be_fitted() -> None:
    counts, periods = two_years()
    bare = counts["unit"].str.endswith("2023")
    # Each unit of 2023 has a word of its own, so that none is in two.
    counts.loc[bare, "term"] = "词" + counts.index[bare].astype(str)
    fits = fit_periods(counts, periods, K)
    assert list(fits.models) == ["2024"]
    assert fits.reasons["2023"].startswith("no term is in 2 units or more")
    with pytest.raises(ModelError, match=r"^no period to fit topics to \(2025: 12 units: fewer"):
        fit_periods(counts, periods[periods == "2025"], K)
    with pytest.raises(ModelError, match=r"^no period to fit topics to \(no unit has one\)$"):
        fit_periods(counts, periods.map(lambda _: ""), K)
    with pytest.raises(ModelError, match=r"^no start 'nfm'"):
        fit_periods(counts, periods, K, start="nfm")
    with pytest.raises(ModelError, match=r"^k = 0 topics"):
        fit_periods(counts, periods, 0)
    with pytest.raises(TableError, match=r"none of them is in it \(the first is '文00#2023'\)$"):
        fit_periods(counts, pd.Series({"文": "2023"}), K)
    with pytest.raises(TableError, match=r"is there twice$"):
        fit_periods(counts, pd.concat([periods, periods[:1]]), K)
