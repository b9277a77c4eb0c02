from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import false_discovery_control

from tests.helpers import make_paragraphs
from tests.keyness_tables import as_units, find, make_corpus, make_counts
from textlab.analysis.keyness import keyness
from textlab.errors import UnknownNameError
from textlab.schema import empty
from textlab.statistics.document_tests import document_tests
from textlab.statistics.intervals import log_ratio_intervals
from textlab.statistics.measures import dp_norm

INFERRED = ["log_ratio_low", "log_ratio_high", "p_document", "q_document", "dp_target"]


def _corpus() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Three documents of 甲, six of 乙, two of 丙: 水稻 is 甲's throughout, 稀土 one text's."""
    river = [{"水稻": 9 + i, "发展": 20, "的": 70, "稀土": 30 * (i == 1)} for i in range(3)]
    lake = [{"水稻": 1 + i % 2, "发展": 20 + i, "的": 80} for i in range(6)]
    hill = [{"水稻": 2, "发展": 15, "的": 90, "工厂": 6 + i} for i in range(2)]
    return make_corpus({"甲": river, "乙": lake, "丙": hill})


COUNTS, PARAGRAPHS = _corpus()


def test_interval_test_and_dispersion_are_those_of_the_documents() -> None:
    row = find(keyness(COUNTS, paragraphs=PARAGRAPHS), "甲", "水稻")
    target = as_units([[9], [10], [11]], [99, 130, 101])
    rest = [[1], [2], [1], [2], [1], [2], [2], [2]]
    sizes = [sum(COUNTS.loc[COUNTS["unit"].str.startswith(f"乙{i}"), "n"]) for i in range(6)]
    reference = as_units(rest, [*sizes, 113, 114])
    bounds = log_ratio_intervals(target, reference)
    assert row["log_ratio_low"] == pytest.approx(bounds.low[0]) and bounds.low[0] > 0
    assert row["log_ratio_high"] == pytest.approx(bounds.high[0])
    assert row["p_document"] == pytest.approx(document_tests(target, reference)[0], abs=1e-9)
    assert row["p_document"] < 0.05 and row["reason"] == ""
    assert row["dp_target"] == pytest.approx(dp_norm([9, 10, 11], [99, 130, 101]))


def test_a_term_that_one_document_repeats_is_seen_as_such() -> None:
    result = keyness(COUNTS, paragraphs=PARAGRAPHS)
    row = find(result, "甲", "稀土")
    assert row["q_g2"] < 1e-6
    # One of eleven documents has it, and it is among 甲's in 3 of 11 deals.
    assert row["p_document"] == pytest.approx(2 * 3 / 11)
    assert row["dp_target"] > 0.8 > find(result, "甲", "水稻")["dp_target"]
    assert row["reason"] == "absent from the reference" and np.isnan(row["log_ratio_high"])


def test_a_group_of_two_documents_says_what_its_interval_is() -> None:
    result = keyness(COUNTS, paragraphs=PARAGRAPHS)
    said = "2 documents: interval over 2 paragraphs, for these texts only"
    assert find(result, "丙", "水稻")["reason"] == said
    assert find(result, "丙", "工厂")["reason"] == f"{said}; absent from the reference"
    against = find(keyness(COUNTS, paragraphs=PARAGRAPHS, reference="丙"), "甲", "水稻")
    assert against["reason"] == f"reference: {said}; not testable: 3 documents against 2"
    assert np.isnan(against["p_document"]) and np.isnan(against["q_document"])


def test_against_a_named_reference() -> None:
    result = keyness(COUNTS, paragraphs=PARAGRAPHS, reference="乙")
    assert set(result["group"]) == {"甲", "丙"}
    row = find(result, "甲", "水稻")
    sizes = [sum(COUNTS.loc[COUNTS["unit"].str.startswith(f"乙{i}"), "n"]) for i in range(6)]
    expected = document_tests(
        as_units([[9], [10], [11]], [99, 130, 101]),
        as_units([[1], [2], [1], [2], [1], [2]], sizes),
    )
    assert row["p_document"] == pytest.approx(expected[0], abs=1e-9)


def test_q_is_over_the_tests_that_could_be_made() -> None:
    result = keyness(COUNTS, paragraphs=PARAGRAPHS, reference="乙")
    made = result["p_document"].notna()
    assert 0 < made.sum() < len(result)
    expected = false_discovery_control(result.loc[made, "p_document"])
    np.testing.assert_allclose(result.loc[made, "q_document"], expected, rtol=1e-12)
    assert result.loc[~made, "q_document"].isna().all()


def test_point_values_are_those_of_counts_by_group() -> None:
    place = PARAGRAPHS.set_index("para_id")["place"]
    by_place = COUNTS.assign(unit=COUNTS["unit"].map(place))
    sums = by_place.groupby(["unit", "term"])["n"].sum().reset_index()
    result, points = keyness(COUNTS, paragraphs=PARAGRAPHS), keyness(sums)
    columns = [name for name in points.columns if name not in [*INFERRED, "reason"]]
    pd.testing.assert_frame_equal(result[columns], points[columns])


def test_copies_and_paragraphs_without_a_group_are_left_out() -> None:
    paragraphs, before = PARAGRAPHS.copy(), keyness(COUNTS, paragraphs=PARAGRAPHS)
    more, table = make_corpus({"甲": [{"的": 500}], "戊": [{"工厂": 900}]})
    table["duplicate_of"] = [PARAGRAPHS["para_id"].iloc[0], ""]
    table.loc[1, "place"] = ""
    ids = {one: f"{one}x" for one in table["para_id"]}
    table["para_id"], table["doc_id"] = table["para_id"].map(ids), ["x", "y"]
    counts = pd.concat([COUNTS, more.assign(unit=more["unit"].map(ids))])
    both = pd.concat([paragraphs, table])
    pd.testing.assert_frame_equal(keyness(counts, paragraphs=both), before)


def test_by_a_column_a_series_or_what_is_not_there() -> None:
    paragraphs = PARAGRAPHS.assign(year=["2023", "2024"] * 5 + ["2023"])
    years = keyness(COUNTS, paragraphs=paragraphs, by="year")
    assert list(years["group"].unique()) == ["2023", "2024"]
    series = paragraphs.set_index("para_id")["year"]
    pd.testing.assert_frame_equal(keyness(COUNTS, paragraphs=PARAGRAPHS, by=series), years)
    one, other = (
        years[years["group"] == y].set_index("term").sort_index() for y in ("2023", "2024")
    )
    np.testing.assert_array_equal(one["p_document"], other["p_document"])
    np.testing.assert_allclose(one["log_ratio_low"], -other["log_ratio_high"], rtol=1e-9)
    with pytest.raises(UnknownNameError, match=r"no column 'genre'.*there are: para_id, .*place"):
        keyness(COUNTS, paragraphs=PARAGRAPHS, by="genre")
    with pytest.raises(UnknownNameError, match=r"no group '丁' to compare with.* 丙, 乙, 甲$"):
        keyness(COUNTS, paragraphs=PARAGRAPHS, reference="丁")


def test_the_same_for_any_order_of_rows_and_other_draws_for_another_seed() -> None:
    rng = np.random.default_rng(4)
    texts = [{f"词{i}": int(n) for i, n in enumerate(rng.poisson(3, 20))} for _ in range(30)]
    counts, paragraphs = make_corpus({"甲": texts[:12], "乙": texts[12:]})
    result = keyness(counts, paragraphs=paragraphs)
    shuffled = keyness(
        counts.sample(frac=1, random_state=1), paragraphs=paragraphs.sample(frac=1, random_state=2)
    )
    pd.testing.assert_frame_equal(shuffled, result, check_exact=True)
    other = keyness(counts, paragraphs=paragraphs, seed=1)
    assert not other["p_document"].equals(result["p_document"])
    few = keyness(counts, paragraphs=paragraphs, resamples=0)
    np.testing.assert_allclose(few["p_document"], result["p_document"], atol=0.06)


def test_one_place_nothing_counted_and_places_without_words() -> None:
    only = PARAGRAPHS["place"] == "甲"
    pd.testing.assert_frame_equal(keyness(COUNTS, paragraphs=PARAGRAPHS[only]), empty("keyness"))
    pd.testing.assert_frame_equal(keyness(empty("counts"), paragraphs=PARAGRAPHS), empty("keyness"))
    bare = make_paragraphs(["。"], doc_id="z").assign(place="己")
    counts = pd.concat([COUNTS, make_counts(**{str(bare["para_id"].iloc[0]): {"的": 0}})])
    result = keyness(counts, paragraphs=pd.concat([PARAGRAPHS, bare]))
    rows = result[result["group"] == "己"]
    assert set(rows["reason"]) == {"the group has no words"}
    assert rows[[*INFERRED, "g2", "log_ratio", "log_odds_z"]].isna().all(axis=None)


def test_equal_rates_everywhere_are_no_difference() -> None:
    counts, paragraphs = make_corpus(
        {"甲": [{"的": 9, "了": 1}] * 5, "乙": [{"的": 9, "了": 1}] * 6}
    )
    result = keyness(counts, paragraphs=paragraphs)
    assert (result["p_document"] == 1).all() and (result["q_document"] == 1).all()
    assert (result["dp_target"].abs() < 1e-12).all()
    assert (result["log_ratio_low"] < 0).all() and (result["log_ratio_high"] > 0).all()
