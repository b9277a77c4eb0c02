"""The number of topics: measures over a grid, and the rule that chooses."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import ttest_1samp

from tests.planted_topics import K, counts_fixture, planted, texts_table  # noqa: F401
from textlab.errors import ModelError
from textlab.schema import check
from textlab.topics.coherence import exclusivity, topic_npmi, topic_umass
from textlab.topics.heldout import completion
from textlab.topics.labels import top_terms
from textlab.topics.lda import train
from textlab.topics.model import prepare
from textlab.topics.options import fit_options
from textlab.topics.quality import company
from textlab.topics.replicates import clusters_of, random_starts, replicates
from textlab.topics.select import select_topics
from textlab.topics.select_rule import (
    selection_reason,
)
from textlab.workers import Workers

MEASURES = ["exclusivity", "held_out", "npmi", "stability", "stability_random", "umass"]


def jaccard(a: list[int], b: list[int]) -> float:
    return len(set(a) & set(b)) / len(set(a) | set(b))


def mean_overlap(one: np.ndarray, other: np.ndarray, vocabulary: list[str]) -> float:
    """The best mean overlap of any pairing of three topics, by trying all of them."""
    tops = [top_terms(topics, vocabulary) for topics in (one, other)]
    ways = ([0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0])
    return max(sum(jaccard(tops[0][i], tops[1][j]) for i, j in enumerate(way)) / 3 for way in ways)


def test_every_measure_by_a_second_route(counts: pd.DataFrame) -> None:
    documents = pd.Series({unit: f"d{int(unit[1:]) % 8}" for unit in counts["unit"].unique()})
    table = select_topics(counts, [3], documents=documents, replicates=4, seed=2)
    data, fit = prepare(counts), fit_options(3, seed=2)
    names = documents[data.units].to_numpy()
    made = replicates(data, fit, list(names), 4, seed=2)
    found = table.set_index("measure")
    # Each document by the replicates that did not draw it.
    sums: dict[str, list[float]] = {name: [] for name in sorted(set(names))}
    sizes: dict[str, float] = {}
    for number, one in enumerate(made):
        loglik, tokens = completion(data, *one, seed=2)
        out = clusters_of(data, list(names)).weights(number, 2) == 0
        for name in sorted(set(names[out])):
            sums[name].append(loglik[names == name].sum())
            sizes[name] = tokens[names == name].sum()
    total = sum(np.mean(values) for values in sums.values() if values)
    assert found.at["held_out", "value"] == pytest.approx(total / sum(sizes.values()), rel=1e-12)
    tops = [top_terms(one.topic_term, data.vocabulary, 10) for one in made]
    whole = train(data, fit).topic_term
    values = {
        "npmi": [topic_npmi(top, company(data, None)).mean() for top in tops],
        "umass": [topic_umass(top, data).mean() for top in tops],
        "exclusivity": [exclusivity(one.topic_term, data.vocabulary).mean() for one in made],
        "stability": [mean_overlap(whole, one.topic_term, data.vocabulary) for one in made],
    }
    for measure, of_each in values.items():
        row, oracle = found.loc[measure], ttest_1samp(of_each, 0)
        assert row["value"] == pytest.approx(np.mean(of_each), rel=1e-12), measure
        low, high = oracle.confidence_interval()
        assert row["low"] == pytest.approx(max(low, -1 if measure == "npmi" else low))
        assert row["high"] == pytest.approx(min(high, 0 if measure == "umass" else 1))
        assert row["se"] == pytest.approx(np.std(of_each, ddof=1) / 2)
        assert row["replicates"] == 4
    starts = [one.topic_term for one in random_starts(data, fit, 2)]
    assert found.at["stability_random", "value"] == pytest.approx(
        mean_overlap(starts[0], starts[1], data.vocabulary)
    )
    assert found.at["stability_random", "replicates"] == 2


def test_planted_topics_are_counted(counts: pd.DataFrame) -> None:
    table = select_topics(counts, [6, 2, 4, 3, 4], replicates=4)
    assert table["k"].unique().tolist() == [2, 3, 4, 6]
    assert sorted(table["measure"].unique()) == MEASURES
    assert set(table.loc[table["chosen"] == 1, "k"]) == {K}
    assert selection_reason(table).startswith("k = 4: the ")
    assert np.isfinite(table.select_dtypes("number")).all(axis=None)
    assert check(table, "topic_selection").equals(table)


def test_the_same_for_any_order_and_any_number_of_workers(counts: pd.DataFrame) -> None:
    grid, options = [2, 3], {"replicates": 2, "seed": 7}
    made = select_topics(counts, grid, **options)  # type: ignore[arg-type]
    with Workers(2) as pool:
        shuffled = counts.sample(frac=1, random_state=1)
        again = select_topics(shuffled, grid[::-1], workers=pool, **options)  # type: ignore[arg-type]
    assert again.to_csv() == made.to_csv()


def test_coherence_in_the_windows_of_tokens(counts: pd.DataFrame) -> None:
    """Tokens in which terms of a unit stand in one window give what units give."""
    rows = [
        (unit, "d", position, term, "word", position, position + 1)
        for unit, terms in counts.groupby("unit")["term"]
        for position, term in enumerate(terms)
    ]
    names = ["para_id", "doc_id", "position", "token", "kind", "start", "end"]
    tokens = pd.DataFrame(rows, columns=names)
    by_unit, by_window = (
        select_topics(counts, [2], replicates=2, tokens=given_).set_index("measure")
        for given_ in (None, tokens)
    )
    assert by_unit.drop("npmi").equals(by_window.drop("npmi"))
    npmi = [table["value"].to_numpy()[table.index == "npmi"] for table in (by_unit, by_window)]
    assert npmi[0] != npmi[1]
    apart = tokens[tokens.groupby("para_id")["position"].rank() <= 10]
    few = apart.rename(columns={"para_id": "unit", "token": "term"}).assign(n=1)
    few = few[["unit", "term", "n"]]
    one, other = (
        select_topics(few, [2], replicates=2, tokens=given_).set_index("measure")
        for given_ in (None, apart)
    )
    assert one.at["npmi", "value"] == pytest.approx(other.at["npmi", "value"], rel=1e-12)


@pytest.mark.parametrize(
    ("grid", "options", "message"),
    [
        ([], {}, "grid wants numbers of topics of 2 or more, found []"),
        ([1, 3], {}, "grid wants numbers of topics of 2 or more, found [1, 3]"),
        ([0, 3], {}, "k = 0 topics; choose k of 1 or more, up to 40"),
        ([3, 41], {}, "k = 41 topics, but the data hold 40 units and 60 terms; choose"),
        ([2.5], {}, "k wants a whole number of topics, found 2.5"),
        ([3], {"replicates": 1}, "replicates wants a whole number of 2 or more, found 1"),
        ([3], {"replicates": 2.5}, "replicates wants a whole number of 2 or more, found 2.5"),
        ([3], {"min_units": 41}, "min_units = 41 wants terms of 41 units or more"),
        ([3], {"start": "nfm"}, "no start 'nfm'"),
        ([2], {"seeded": {"a": "x", "b": "y", "c": "z"}}, "3 seeded topics, but k = 2; choose k"),
    ],
)
def test_what_cannot_be_tried(
    counts: pd.DataFrame, grid: list[Any], options: dict[str, Any], message: str
) -> None:
    with pytest.raises(ModelError, match=f"^{re.escape(message)}"):
        select_topics(counts, grid, **options)


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        ([["a", "b"]], "nothing to choose from: the data hold 1 units and 2 terms"),
        ([["a", "b"], ["a", "b"]], "nothing to choose from: the data hold 2 units and 2 terms"),
        ([["a"], ["a"], ["a"]], "nothing to choose from: the data hold 3 units and 1 terms"),
        ([["a"], ["b"], ["a"], ["b"]], "nothing to judge k by: of 4 documents (or units) 0 are"),
    ],
)
def test_too_little_to_choose_from(texts: list[list[str]], message: str) -> None:
    with pytest.raises(ModelError, match=f"^{re.escape(message)}"):
        select_topics(texts_table(texts), min_units=1, max_share=1)


def test_identical_units_and_one_document_are_finite() -> None:
    alike = texts_table([["a", "b", "c", "d"]] * 5)
    documents = pd.Series("d", index=sorted(set(alike["unit"])))
    table = select_topics(alike, documents=documents, replicates=3, max_share=1)
    assert table["k"].unique().tolist() == [4]
    assert np.isfinite(table.select_dtypes("number")).all(axis=None)
    # Whatever is drawn: each of four terms, with all of them alike.
    held_out = table.set_index("measure").at["held_out", "value"]
    assert held_out == pytest.approx(math.log(1 / 4), abs=0.2)


def test_the_default_grid_is_cut_to_the_data() -> None:
    assert _grid(planted(units=3)) == [2, 3]
    assert _grid(planted(units=9)) == [4, 6, 8]


def _grid(counts: pd.DataFrame) -> list[int]:
    made = select_topics(counts, replicates=5, min_units=1, max_share=1)
    return made["k"].unique().tolist()
