"""Intervals of similarities: every resample by a plain loop, reasons, bad input, coverage."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.sparse import csr_array
from scipy.spatial.distance import jensenshannon
from sklearn.metrics.pairwise import cosine_similarity

from tests.similarity_tables import SMALL, Corpus, added_up, tables
from textlab.analysis.similarity import compare, compare_documents, compare_places
from textlab.analysis.similarity_draws import resampled_values
from textlab.analysis.similarity_pairs import MOST_RESAMPLED, Options, measure_pairs
from textlab.analysis.similarity_values import MEASURES, Scale, pair_values, scale_of
from textlab.errors import StudyError, TableError, UnknownNameError
from textlab.schema import empty
from textlab.seeds import derive_seed
from textlab.statistics.bootstrap import bootstrap_weights
from textlab.statistics.sampling import Units

COUNTS, PARAGRAPHS = tables(SMALL)
BY_DOCUMENT = added_up(COUNTS, PARAGRAPHS, "doc_id")
BOUNDS = [f"{measure}{end}" for measure in MEASURES for end in ("_low", "_high")]


def places(corpus: Corpus) -> pd.DataFrame:
    counts, paragraphs = tables(corpus)
    return compare_places(counts, paragraphs=paragraphs)


def plain_draws(resamples: int, seed: int) -> dict[str, np.ndarray]:
    """Each resample of the places of SMALL put together text by text, and measured by others."""
    terms = [f"t{i}" for i in range(5)]
    documents = BY_DOCUMENT.pivot(index="unit", columns="term", values="n")[terms]
    idf = 1 + np.log((1 + len(documents)) / (1 + (documents > 0).sum().to_numpy()))
    places = added_up(COUNTS, PARAGRAPHS, "place").pivot(index="unit", columns="term", values="n")
    spread = places.div(places.sum(axis=1), axis=0).std(ddof=1).to_numpy()
    drawn = []
    for place in sorted(SMALL):
        own = list(SMALL[place].values())
        # Three documents are drawn from, fewer are taken apart.
        texts = [np.sum(rows, axis=0) for rows in own] if len(own) > 2 else np.concatenate(own)
        rng = np.random.default_rng(derive_seed(seed, "similarity", "place", place))
        weights = bootstrap_weights(len(texts), resamples=resamples, rng=rng)
        drawn.append([sum(w * text for w, text in zip(ws, texts, strict=True)) for ws in weights.T])
    found: dict[str, Any] = {measure: [] for measure in MEASURES}
    for counts in zip(*drawn, strict=True):
        shares = [row / row.sum() for row in counts]
        pairs = list(combinations(shares, 2))
        upper = np.triu_indices(4, 1)
        found["cosine"].append(cosine_similarity([row * idf for row in counts])[upper])
        found["jensen_shannon"].append([jensenshannon(p, q, base=2) for p, q in pairs])
        found["delta"].append([np.mean(abs(p - q) / spread) for p, q in pairs])
    return {measure: np.array(values).T for measure, values in found.items()}


def test_every_resample_is_that_of_a_plain_loop() -> None:
    draws = plain_draws(40, seed=7)
    options = Options(reference=BY_DOCUMENT, paragraphs=PARAGRAPHS, resamples=40, seed=7)
    pairs = measure_pairs(COUNTS, options)
    table = compare_places(
        COUNTS, reference=BY_DOCUMENT, paragraphs=PARAGRAPHS, resamples=40, seed=7
    )
    for measure in MEASURES:
        np.testing.assert_allclose(pairs.draws[measure], draws[measure], atol=1e-9)
        value = table[measure].to_numpy()
        moved = draws[measure] - draws[measure].mean(axis=1, keepdims=True) + value[:, np.newaxis]
        low, high = np.clip(np.quantile(moved, [0.025, 0.975], axis=1), 0, None)
        np.testing.assert_allclose(table[f"{measure}_low"], low, atol=1e-9)
        most = np.inf if measure == "delta" else 1
        np.testing.assert_allclose(table[f"{measure}_high"], np.minimum(high, most), atol=1e-9)


@settings(deadline=None, max_examples=40)
@given(
    arrays(np.int64, (7, 6), elements=st.integers(0, 9)),
    arrays(np.int64, (7, 3), elements=st.integers(0, 3)),
)
def test_resamples_are_measured_as_counts_are(matrix: np.ndarray, weights: np.ndarray) -> None:
    matrix[:, 0] += matrix.sum(axis=1) == 0
    weights[[0, 2, 5]] += weights[[0, 2, 5]] == 0  # no text without a unit
    parts = [slice(0, 2), slice(2, 5), slice(5, 7)]
    texts = [Units(csr_array(matrix[p]), matrix[p].sum(axis=1), "document") for p in parts]
    whole = csr_array(np.array([matrix[p].sum(axis=0) for p in parts]))
    scale = scale_of(whole, whole, delta_terms=4)
    found = resampled_values(texts, [weights[p].astype(float) for p in parts], scale)
    for resample in range(3):
        drawn = np.array([weights[p, resample] @ matrix[p] for p in parts])
        wanted = pair_values(csr_array(drawn), scale)
        for measure in MEASURES:
            np.testing.assert_allclose(
                found[measure][:, resample], wanted[measure], atol=1e-6, err_msg=measure
            )


@pytest.mark.parametrize("of", ["place", "doc_id"])
def test_the_values_are_those_of_the_counts_added_up(of: Any) -> None:
    plain = compare(added_up(COUNTS, PARAGRAPHS, of), of=of).similarity
    table = compare(COUNTS, of=of, paragraphs=PARAGRAPHS).similarity
    ours = [*table.columns[:2], *MEASURES]
    pd.testing.assert_frame_equal(plain[ours], table[ours])
    assert plain[BOUNDS].isna().all(axis=None)
    assert plain["reason"].str.startswith("counts without their paragraphs").all()


def test_the_order_of_rows_makes_no_difference() -> None:
    first = compare(COUNTS, paragraphs=PARAGRAPHS, reference=BY_DOCUMENT)
    mixed = compare(
        COUNTS.sample(frac=1, random_state=1),
        paragraphs=PARAGRAPHS.sample(frac=1, random_state=2),
        reference=BY_DOCUMENT.sample(frac=1, random_state=3),
    )
    for one, other in zip(first, mixed, strict=True):
        pd.testing.assert_frame_equal(one, other, check_exact=True)


def test_a_place_is_drawn_alike_whatever_others_there_are() -> None:
    options = Options(reference=BY_DOCUMENT, paragraphs=PARAGRAPHS)
    two = PARAGRAPHS[PARAGRAPHS["place"].isin(["东港市", "西京市"])]
    few = measure_pairs(COUNTS, options._replace(paragraphs=two)).draws["jensen_shannon"]
    all_four = measure_pairs(COUNTS, options).draws["jensen_shannon"]
    np.testing.assert_allclose(few[0], all_four[2], atol=1e-12)
    other = measure_pairs(COUNTS, options._replace(seed=1)).draws["jensen_shannon"]
    assert not np.allclose(other, all_four)


def test_reasons_say_what_an_interval_rests_on() -> None:
    table = compare_places(COUNTS, paragraphs=PARAGRAPHS)
    assert table["reason"][0].startswith(
        "over paragraphs, for these texts only: 北原省 (1 document, 3 paragraphs); "
        "few texts, interval not to be trusted: 东港市 (3 documents), 北原省 (3 paragraphs)"
    )
    assert table["reason"].str.endswith("Delta over 5 terms").all()
    many = {place: {f"{place}1": [[3, i % 3, 1, 2] for i in range(8)]} for place in "甲乙"}
    said = "over paragraphs, for these texts only: 乙 (1 document, 8 paragraphs), 甲 (1 document"
    assert said in places(many)["reason"][0]
    assert "few texts" not in places(many)["reason"][0]
    assert "fewer than 3 with words: no Delta" in places(many)["reason"][0]
    counts, paragraphs = tables(many)
    documents = compare_documents(counts, paragraphs=paragraphs)
    assert not documents["reason"].str.contains("paragraph").any()
    assert documents[["cosine_low", "jensen_shannon_high"]].notna().all(axis=None)


def test_a_single_paragraph_has_no_interval() -> None:
    corpus = {**SMALL, "一段": {"x": [[1, 2, 3, 4, 5]]}}
    counts, paragraphs = tables(corpus)
    table = compare_places(counts, paragraphs=paragraphs)
    single = (table["place_a"] == "一段") | (table["place_b"] == "一段")
    assert table.loc[single, BOUNDS].isna().all(axis=None)
    assert table.loc[single, "reason"].str.contains("1 paragraph, no interval: 一段").all()
    assert table.loc[~single, BOUNDS].notna().all(axis=None)


def test_a_place_without_words_is_named() -> None:
    counts, paragraphs = tables({**SMALL, "空": {"x": [[0] * 5, [0] * 5]}})
    table = compare_places(counts, paragraphs=paragraphs)
    bare = (table["place_a"] == "空") | (table["place_b"] == "空")
    assert bare.sum() == 4
    assert table.loc[bare, [*MEASURES, *BOUNDS]].isna().all(axis=None)
    assert (table.loc[bare, "reason"] == "空: no words").all()
    assert table.loc[~bare, BOUNDS].notna().all(axis=None)
    nothing = places({"空": {"x": [[0]]}, "无": {"y": [[0]]}})
    assert nothing["reason"].tolist() == ["无: no words; 空: no words"]


def test_places_that_are_the_same_are_no_distance_apart() -> None:
    same = {place: {f"{place}{i}": [[3, 1, 2]] for i in range(8)} for place in "甲乙丙"}
    table = places(same)
    np.testing.assert_allclose(table[["cosine", "cosine_low", "cosine_high"]], 1)
    np.testing.assert_allclose(table.filter(like="jensen_shannon"), 0, atol=1e-7)
    assert table["delta"].isna().all()
    assert table["reason"].str.contains("no term is more frequent in one than in another").all()
    apart = {"甲": {f"a{i}": [[i + 1, 0]] for i in range(8)}, "乙": {"b": [[0, 2]] * 8}}
    row = places(apart).iloc[0]
    assert row[["cosine", "cosine_low", "cosine_high"]].tolist() == [0, 0, 0]
    assert row[["jensen_shannon", "jensen_shannon_low"]].tolist() == [1, 1]


def test_copies_are_left_out_of_places_and_kept_in_documents() -> None:
    copied = PARAGRAPHS.assign(
        duplicate_of=np.where(PARAGRAPHS["para_id"] == "e1#0", "w1#0", "").astype(object)
    )
    kept = COUNTS[COUNTS["unit"] != "e1#0"]
    pd.testing.assert_frame_equal(
        compare_places(COUNTS, paragraphs=copied), compare_places(kept, paragraphs=PARAGRAPHS)
    )
    pd.testing.assert_frame_equal(
        compare_documents(COUNTS, paragraphs=copied),
        compare_documents(COUNTS, paragraphs=PARAGRAPHS),
    )


def test_groups_may_be_a_series_or_a_column() -> None:
    by = PARAGRAPHS.set_index("para_id")["place"]
    named, given_ = (compare_places(COUNTS, paragraphs=PARAGRAPHS, by=b) for b in ("place", by))
    pd.testing.assert_frame_equal(named, given_)
    with pytest.raises(UnknownNameError, match="no column 'city'"):
        compare_places(COUNTS, paragraphs=PARAGRAPHS, by="city")


def test_fewer_than_two_places_give_the_header_and_many_are_not_resampled() -> None:
    one, none = PARAGRAPHS.iloc[:2], PARAGRAPHS.assign(place="")
    for paragraphs in (one, none):
        table = compare_places(COUNTS, paragraphs=paragraphs)
        pd.testing.assert_frame_equal(table, empty("place_similarity"))
    rows = [[1, 2], [2, 1]]
    many = {f"{i:03d}": {f"d{i:03d}": rows} for i in range(MOST_RESAMPLED + 1)}
    table = places(many)
    assert table["reason"].str.startswith("more than 60 places: not resampled").all()
    assert table[BOUNDS].isna().all(axis=None)
    table = compare_places(COUNTS, paragraphs=PARAGRAPHS, resamples=0)
    assert table["reason"].str.startswith("no resamples").all()


def test_what_cannot_be_compared_is_said() -> None:
    with pytest.raises(StudyError, match="resamples wants a whole number, 0 or more; found -1"):
        compare_places(COUNTS, resamples=-1)
    with pytest.raises(StudyError, match="delta_terms wants a whole number, 1 or more; found 0"):
        compare_places(COUNTS, delta_terms=0)
    with pytest.raises(TableError, match=r"want units that are para_id.*'东港市'"):
        compare_places(added_up(COUNTS, PARAGRAPHS, "place"), paragraphs=PARAGRAPHS)
    of: Any = "year"
    with pytest.raises(UnknownNameError, match="'year'; there are: place, doc_id"):
        compare(COUNTS, of=of)


TERMS, DOCUMENTS, WORDS = 300, 20, 60


def study(rng: np.random.Generator, chances: np.ndarray, scale: Scale) -> tuple[Any, Any]:
    """Values and draws of places whose documents differ from each other (Dirichlet)."""
    counts = [
        np.array([rng.multinomial(WORDS, rng.dirichlet(200 * p)) for _ in range(DOCUMENTS)])
        for p in chances
    ]
    texts = [Units(csr_array(n), n.sum(axis=1), "document") for n in counts]
    weights = [bootstrap_weights(DOCUMENTS, resamples=200, rng=rng) for _ in counts]
    whole = csr_array(np.array([n.sum(axis=0) for n in counts]))
    return pair_values(whole, scale), resampled_values(texts, weights, scale)


def test_moved_percentiles_cover_other_texts_of_this_length_and_plain_ones_do_not() -> None:
    rng = np.random.default_rng(3)
    chances = np.exp(rng.normal(0, 0.5, (3, TERMS))) / (np.arange(TERMS) + 20)
    chances /= chances.sum(axis=1, keepdims=True)
    scale = scale_of(csr_array(chances), csr_array(chances), delta_terms=50)
    endless = pair_values(csr_array(chances), scale)
    values, all_draws = zip(*(study(rng, chances, scale) for _ in range(100)), strict=True)
    for measure in MEASURES:
        value = np.array([each[measure] for each in values])
        draws = np.array([each[measure] for each in all_draws])
        mean, noise = value.mean(axis=0), draws.mean(axis=2) - value
        low, high = np.quantile(draws, [0.025, 0.975], axis=2)
        assert 0.9 <= ((low - noise <= mean) & (mean <= high - noise)).mean() <= 0.99, measure
        assert ((low <= mean) & (mean <= high)).mean() < 0.75, measure
        # What the reason says of noise: in its direction, and no more than there is of it.
        moved = noise.mean(axis=0) / (mean - endless[measure])
        assert ((moved > 0) & (moved < 1.1)).all(), measure
