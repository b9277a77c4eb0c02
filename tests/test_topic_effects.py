"""estimate_effects: differences of topic shares between groups, from counts to the table."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t

from tests.planted_topics import K, counts_fixture, model_fixture, table
from textlab.errors import ModelError, StudyError, UnknownNameError
from textlab.topics.effects import estimate_effects
from textlab.topics.model import TopicModel, fit_topics

__all__ = ["counts_fixture", "model_fixture"]

BOUNDS = ("low", "high", "low_simultaneous", "high_simultaneous", "low_bootstrap", "high_bootstrap")


def known(shares: dict[str, float], tokens: int = 1000) -> tuple[pd.DataFrame, TopicModel]:
    """Units with these shares of topic 1, and a model of two topics without a common term."""
    rows = []
    for unit, share in shares.items():
        first = round(tokens * share)
        rows += [(unit, "a", first), (unit, "b", tokens - first)]
    return table([row for row in rows if row[2] > 0]), certain()


@cache
def certain() -> TopicModel:
    fitted = fit_topics(table([(unit, term, 1) for unit in "xy" for term in "ab"]), 2, max_share=1)
    topic_term = np.array([[float(term == name) for term in fitted.vocabulary] for name in "ab"])
    return replace(fitted, topic_term=topic_term)


SHARES = {"d1": 0.2, "d2": 0.3, "d3": 0.4, "d4": 0.5, "d5": 0.7, "d6": 0.9}
PLACES = pd.DataFrame({"doc_id": list(SHARES), "place": ["甲"] * 3 + ["乙"] * 3})


def test_two_places_by_hand() -> None:
    counts, model = known(SHARES)
    found = estimate_effects("prevalence ~ place", model, counts, PLACES, topics=[1])
    assert found["kind"].tolist() == ["coefficient", "contrast"]
    # 乙 comes before 甲: .3 - .7 and .7 - .3.
    assert found["term"].tolist() == ["place: 甲", "place: 乙 - 甲"]
    row = found.iloc[1]
    assert row["estimate"] == pytest.approx(0.4)
    # Variances .01 and .04 of three documents each; four degrees of freedom.
    assert row["se"] == pytest.approx(np.sqrt(0.05 / 3))
    half = t.ppf(0.975, 4) * np.sqrt(0.05 / 3)
    assert (row["low"], row["high"]) == pytest.approx((0.4 - half, 0.4 + half))
    # The only contrast of the topic: nothing else has to hold with it.
    assert row["high_simultaneous"] == pytest.approx(0.4 + half, rel=0.02)
    assert row["p"] == pytest.approx(2 * t.sf(0.4 / np.sqrt(0.05 / 3), 4))
    assert row["q"] == row["p"]
    assert (row["units"], row["documents"], row["reason"]) == (6, 6, "")
    assert found["reference"].tolist() == ["乙", "甲"]
    # Of a thousand tokens and topics without a common term, posterior shares are these shares.
    assert row["estimate_composition"] == pytest.approx(0.4, abs=0.01)


def test_places_and_year_are_those_of_least_squares() -> None:
    rng = np.random.default_rng(0)
    data = pd.DataFrame(
        {
            "share": np.round(rng.uniform(size=30), 3),
            "place": rng.choice(["p", "q", "r"], 30),
            "year": rng.integers(2015, 2025, 30),
        },
        index=[f"d{number:02d}" for number in range(30)],
    )
    counts, model = known(dict(zip(data.index.astype(str), data["share"].tolist(), strict=True)))
    found = estimate_effects("place + year", model, counts, data, topics=[1], draws=0)
    oracle = smf.ols("share ~ place + year", data).fit(cov_type="HC2")
    rows = found.set_index("term")
    for term, name in (("place: q", "place[T.q]"), ("place: r", "place[T.r]"), ("year", "year")):
        assert rows.loc[term, "estimate"] == pytest.approx(oracle.params[name])
        assert rows.loc[term, "se"] == pytest.approx(oracle.bse[name])
    between = oracle.t_test("place[T.q] - place[T.r] = 0")
    assert rows.loc["place: q - r", "estimate"] == pytest.approx(between.effect[0])
    assert rows.loc["place: q - r", "se"] == pytest.approx(between.sd[0, 0])


def test_paragraphs_of_a_document_are_one_document() -> None:
    counts, model = known(SHARES)
    cut = counts.assign(n=counts["n"] // 2)
    halves = pd.concat([cut.assign(unit=cut["unit"] + f"#{part}") for part in (0, 1)])
    whole, parts = (
        estimate_effects("place", model, some, PLACES, draws=0) for some in (counts, halves)
    )
    assert parts["units"].tolist() == [12] * 4
    same = ["term", "estimate", "se", "low", "high", "low_bootstrap", "p", "documents"]
    pd.testing.assert_frame_equal(whole[same], parts[same])


def test_what_a_document_says_for_two_places_is_not_independent() -> None:
    first, second = (0.1, 0.4, 0.6), (0.3, 0.7, 0.7)
    shares = {f"d{number}@甲": share for number, share in enumerate(first, 1)}
    shares |= {f"d{number}@乙": share for number, share in enumerate(second, 1)}
    counts, model = known(shares)
    documents = pd.DataFrame({"doc_id": ["d1", "d2", "d3"], "place": ["", "甲", "丙"]})
    row = estimate_effects("place", model, counts, documents, topics=[1]).iloc[1]
    assert (row["term"], row["units"], row["documents"]) == ("place: 乙 - 甲", 6, 3)
    # As a paired test: differences .2, .3 and .1.
    assert row["estimate"] == pytest.approx(0.2)
    assert row["se"] == pytest.approx(0.1 / np.sqrt(3))
    assert row["p"] == pytest.approx(2 * t.sf(0.2 / (0.1 / np.sqrt(3)), 2))
    assert row["reason"] == "few documents: 2.0 degrees of freedom"


def test_a_document_a_place_has_estimates_but_no_intervals() -> None:
    counts, model = known(SHARES)
    found = estimate_effects("place", model, counts, PLACES.assign(place=list("abcdef")))
    assert len(found) == 2 * (5 + 15)
    assert set(found["reason"]) == {"rests on a single document: no interval"}
    assert found["estimate"].notna().all()
    assert found[[*BOUNDS, "se", "p", "q"]].isna().all(axis=None)
    alone = estimate_effects("place", model, counts, PLACES.assign(place=list("aaabbc")))
    assert set(alone.loc[alone["term"] == "place: a - c", "reason"]) == set(found["reason"])
    assert alone.loc[alone["term"] == "place: a - b", "se"].notna().all()


def test_columns_that_say_the_same_are_not_told_apart() -> None:
    counts, model = known(SHARES)
    found = estimate_effects("place + region", model, counts, PLACES.assign(region=PLACES["place"]))
    assert set(found["reason"]) == {"not to be told from the other terms"}
    assert found[["estimate", *BOUNDS, "se", "p"]].isna().all(axis=None)


def test_a_covariate_of_one_value_and_shares_of_one_value_have_reasons() -> None:
    counts, model = known(SHARES)
    found = estimate_effects("year", model, counts, PLACES.assign(year="2024"))
    assert found[["term", "reason"]].drop_duplicates().to_numpy().tolist() == [
        ["year: 2024", "all units have this value: nothing to compare"]
    ]
    assert len(found) == 2
    counts, model = known(dict.fromkeys(SHARES, 0.5))
    found = estimate_effects("place", model, counts, PLACES)
    assert set(found["reason"]) == {"no document differs from what is expected: no interval"}
    assert found["estimate"].to_numpy() == pytest.approx(0)
    assert found["se"].isna().all()


def test_units_without_covariates_are_left_out_like_those_that_are_not_there() -> None:
    counts, model = known(SHARES | {"d7": 0.1, "d8": 0.2})
    places = pd.concat([PLACES, pd.DataFrame({"doc_id": ["d7"], "place": [""]})])
    more = pd.concat([counts, table([("d9", "c", 4)])])
    found = estimate_effects("place", model, more, places)
    wanted = estimate_effects("place", model, counts[~counts["unit"].isin(["d7", "d8"])], PLACES)
    kept = [column for column in wanted.columns if column != "left_out"]
    pd.testing.assert_frame_equal(found[kept], wanted[kept])
    said = "3 of 9 units: no place (1), not in the covariates (1), no term of the model (1)"
    assert (set(found["left_out"]), set(wanted["left_out"])) == ({said}, {""})


def test_shares_of_short_texts_lean_together_and_estimates_do_not() -> None:
    long, short = (
        estimate_effects("place", *known(SHARES, tokens)[::-1], PLACES, topics=[1]).iloc[1]
        for tokens in (1000, 10)
    )
    assert short["estimate"] == pytest.approx(long["estimate"])
    assert short["estimate_composition"] < 0.95 * long["estimate_composition"]


def test_wrong_requests_are_named(counts: pd.DataFrame, model: TopicModel) -> None:
    covariates = pd.DataFrame({"place": ""}, index=sorted(set(counts["unit"])))
    with pytest.raises(ModelError, match="no unit of the counts has all of the covariates place"):
        estimate_effects("place", model, counts, covariates)
    with pytest.raises(ModelError, match="no unit of the counts has a term"):
        estimate_effects("place", model, counts.assign(term="other").head(1), covariates)
    with pytest.raises(UnknownNameError, match="no topic 9; there are: 1, 2, 3, 4"):
        estimate_effects("place", model, counts, covariates, topics=[1, 9])
    with pytest.raises(StudyError, match="draws wants a whole number of 2 or more"):
        estimate_effects("place", model, counts, covariates, draws=1)
    with pytest.raises(StudyError, match="resamples wants"):
        estimate_effects("place", model, counts, covariates, resamples=-2)


def test_the_order_of_rows_makes_no_difference(counts: pd.DataFrame, model: TopicModel) -> None:
    units = sorted(set(counts["unit"]))
    covariates = pd.DataFrame({"unit": units, "place": [unit[-1] for unit in units], "year": "1"})
    covariates["year"] = [str(2000 + number % 7) for number in range(len(units))]
    first, second = (
        estimate_effects(
            "place + year",
            model,
            counts.sample(frac=1, random_state=state),
            covariates.sample(frac=1, random_state=state),
            draws=5,
            resamples=50,
            seed=3,
        ).to_csv()
        for state in (1, 2)
    )
    assert first == second


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_any_covariates_give_finite_rows_or_reasons(data: st.DataObject) -> None:
    rng = np.random.default_rng(data.draw(st.integers(0, 99)))
    size = data.draw(st.integers(1, 8))
    counts, model = known(dict(zip("klmnopqr"[:size], rng.uniform(size=size), strict=False)), 20)
    covariates = pd.DataFrame(
        {
            "place": data.draw(
                st.lists(st.sampled_from(["甲", "[T.x]:y"]), min_size=8, max_size=8)
            ),
            "year": data.draw(st.lists(st.sampled_from(["1", "2", "5"]), min_size=8, max_size=8)),
        },
        index=list("klmnopqr"),
    )
    formula = data.draw(st.sampled_from(["place", "place*year", "C(year):place", "year"]))
    found = estimate_effects(formula, model, counts, covariates, draws=2, resamples=20)
    numbers = found.select_dtypes("number")
    assert not np.isinf(numbers).any(axis=None)
    assert (found["reason"] != "")[found["low"].isna()].all()
    made = found[found["low"].notna()]
    assert ((made["low"] <= made["estimate"]) & (made["estimate"] <= made["high"])).all()
    assert (made["low_simultaneous"] <= made["low"]).all()
    assert made["p"].between(0, 1).all()
    # Shares of a document sum to 1, so differences of all topics sum to 0.
    sums = found.dropna(subset="estimate").groupby(["kind", "term"])["estimate"].sum()
    assert sums.to_numpy() == pytest.approx(0, abs=1e-9)


def test_planted_differences_are_found(counts: pd.DataFrame, model: TopicModel) -> None:
    units = sorted(set(counts["unit"]))
    about = pd.DataFrame({"about": [str(number % K) for number in range(len(units))]}, index=units)
    found = estimate_effects("C(about)", model, counts, about)
    most = (
        found[found["kind"] == "contrast"]
        .groupby("topic")["estimate"]
        .agg(lambda estimates: estimates.abs().max())
    )
    # A topic has .7 of its own units and about .05 of the others.
    assert most.between(0.5, 1).all()
    assert (found["q"] < 0.05).groupby(found["topic"]).any().all()
