"""Topics: planted ones are found, whatever the row order; errors name what the data hold."""

from __future__ import annotations

import logging
import math
import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from gensim.models import LdaModel
from gensim.test.utils import common_texts
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import digamma

from textlab.errors import ModelError, ResultsError, TableError, UnknownNameError
from textlab.schema import check
from textlab.topics.by_place import place_shares
from textlab.topics.choose import choose_k, mark_chosen
from textlab.topics.coherence import topic_npmi
from textlab.topics.labels import frex, topics_table
from textlab.topics.model import TopicModel, fit_topics, prepare
from textlab.topics.start import nmf_start
from textlab.topics.vocabulary import choose_vocabulary, unit_terms

K = 4
TERMS = 12


def table(rows: list[tuple[str, str, int]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["unit", "term", "n"]).astype({"unit": "str", "term": "str"})


def texts_table(texts: list[list[str]]) -> pd.DataFrame:
    """Each text a unit u0, u1, …, each of its terms once."""
    return table([(f"u{i}", term, 1) for i, text in enumerate(texts) for term in sorted(set(text))])


def planted(units: int = 40, seed: int = 0) -> pd.DataFrame:
    """Units of 80 tokens: .7 from a topic of their own, .2 from another, .1 from common terms.

    Topic t has the terms t_00 … t_11; unit i is about topic i % 4.
    """
    rng = np.random.default_rng(seed)
    rows = []
    for i in range(units):
        own, other = i % K, int(rng.integers(K))
        p = np.zeros((K + 1, TERMS))
        p[own] += 0.7 / TERMS
        p[other] += 0.2 / TERMS
        p[K] += 0.1 / TERMS
        for cell, n in enumerate(rng.multinomial(80, p.ravel())):
            rows.append((f"文{i:02d}", f"{cell // TERMS}_{cell % TERMS:02d}", int(n)))
    counts = table(rows)
    return counts[counts["n"] > 0].reset_index(drop=True)


@pytest.fixture(scope="module")
def counts() -> pd.DataFrame:
    return planted()


@pytest.fixture(scope="module")
def model(counts: pd.DataFrame) -> TopicModel:
    return fit_topics(counts, K)


def as_bytes(model: TopicModel) -> list[bytes]:
    return [
        model.topics.to_csv().encode(),
        model.document_topics.to_csv().encode(),
        "\n".join(model.vocabulary).encode(),
        model.topic_term.tobytes(),
        model.alpha.tobytes(),
    ]


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_planted_topics_are_found(seed: int) -> None:
    model = fit_topics(planted(seed=seed), K, seed=seed)
    tops = model.topics[model.topics["rank"] <= 8].groupby("topic")["term"]
    found = {topic: {term[0] for term in terms} for topic, terms in tops}
    assert sorted(found.values(), key=min) == [{"0"}, {"1"}, {"2"}, {"3"}]
    best = model.document_topics.sort_values("share").groupby("unit").tail(1)
    right = [
        {str(int(unit[1:]) % K)} == found[topic]
        for unit, topic in zip(best["unit"], best["topic"], strict=True)
    ]
    assert np.mean(right) == 1


def test_tables_are_complete_and_ordered(model: TopicModel, counts: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(check(model.topics, "topics"), model.topics)
    assert model.topics.groupby("topic").size().tolist() == [20] * K
    assert model.topics["topic"].drop_duplicates().tolist() == [1, 2, 3, 4]
    shares = model.document_topics
    units = sorted(counts["unit"].unique())
    assert shares["unit"].tolist() == [unit for unit in units for _ in range(K)]
    assert shares["topic"].tolist() == [1, 2, 3, 4] * len(units)
    np.testing.assert_allclose(shares.groupby("unit")["share"].sum(), 1, rtol=1e-12)
    np.testing.assert_allclose(model.topic_term.sum(axis=1), 1, rtol=1e-12)
    assert model.topic_term.shape == (K, len(model.vocabulary))
    assert model.topic_term.min() > 0
    assert model.alpha.shape == (K,)
    assert model.k == K


def test_topics_are_numbered_by_prevalence(model: TopicModel, counts: pd.DataFrame) -> None:
    known = counts[counts["term"].isin(model.vocabulary)]
    tokens = known.groupby("unit")["n"].sum()
    shares = model.document_topics.pivot(index="unit", columns="topic", values="share")
    prevalence = shares.mul(tokens, axis=0).sum() / tokens.sum()
    # The last digits may move when topics are put in order and inferred again.
    assert prevalence.diff().dropna().max() < 1e-5


def test_top_terms_and_ties_by_name() -> None:
    topic_term = np.array([[0.1, 0.4, 0.4, 0.1], [0.7, 0.1, 0.1, 0.1]])
    made = topics_table(topic_term, ["丁", "乙", "丙", "甲"])
    first = made[made["topic"] == 1]
    assert first["term"].tolist() == ["丙", "乙", "丁", "甲"]
    assert first["rank"].tolist() == [1, 2, 3, 4]
    assert first["label"].unique().tolist() == ["丙·乙·甲"]


def test_frex_by_hand() -> None:
    # Exclusivity of the first topic: 3/4, 1/2, 1/6, so ranks 3, 2, 1 of 3; probability: 3, 1, 2
    # with ties counted as the higher rank.
    topic_term = np.array([[0.6, 0.2, 0.2], [0.2, 0.2, 0.6]])
    expected = [1 / (0.7 / 1 + 0.3 / 1), 1 / (0.7 / (2 / 3) + 0.3 / (2 / 3)), 0]
    expected[2] = 1 / (0.7 / (1 / 3) + 0.3 / (2 / 3))
    np.testing.assert_allclose(frex(topic_term)[0], expected)


def test_vocabulary_by_hand() -> None:
    texts = [["a", "b", "c"], ["a", "b", "d"], ["a", "c", "b"], ["a", "e", "k"], ["a"]]
    counts = texts_table(texts)
    assert choose_vocabulary(counts, min_units=2, max_share=0.8) == ["b", "c"]
    kept = choose_vocabulary(counts, min_units=2, max_share=0.6, keep={"a", "k", "absent"})
    assert kept == ["a", "b", "c", "k"]
    assert choose_vocabulary(counts, min_units=2, max_share=0.59) == ["c"]
    assert choose_vocabulary(counts, min_units=1, max_share=1)[:2] == ["a", "b"]


def test_start_shares_the_tokens_out(counts: pd.DataFrame) -> None:
    data = unit_terms(counts, sorted(counts["term"].unique()))
    start = nmf_start(data.matrix, K, seed=1)
    np.testing.assert_allclose(start.sum(axis=1), counts["n"].sum() / K)
    assert start.min() > 0


def test_random_start_is_another_fit(counts: pd.DataFrame, model: TopicModel) -> None:
    random = fit_topics(counts, K, start="random")
    assert as_bytes(random) == as_bytes(fit_topics(counts, K, start="random"))
    assert as_bytes(random) != as_bytes(model)


def test_gensim_still_ignores_the_eta_it_learns(counts: pd.DataFrame) -> None:
    # If this fails, gensim uses eta="auto" now: see the comment in lda.py.
    data = prepare(counts, min_units=2, max_share=0.8, keep=())
    names = dict(enumerate(data.vocabulary))
    fits = [
        LdaModel(data.bags(), K, names, eta=eta, random_state=1, passes=10, dtype=np.float64)
        for eta in ("auto", "symmetric")
    ]
    assert np.ptp(fits[0].eta) > 0
    np.testing.assert_array_equal(fits[0].get_topics(), fits[1].get_topics())


@pytest.mark.parametrize("shuffle", [1, 2])
def test_row_order_does_not_matter(counts: pd.DataFrame, model: TopicModel, shuffle: int) -> None:
    shuffled = counts.sample(frac=1, random_state=shuffle)
    assert as_bytes(fit_topics(shuffled, K)) == as_bytes(model)


def test_input_and_global_state_are_left_alone(
    counts: pd.DataFrame, caplog: pytest.LogCaptureFixture
) -> None:
    before = counts.copy()
    logger = logging.getLogger("gensim.models.ldamodel")
    state = (list(logger.filters), list(logger.handlers), logger.level, logger.disabled)
    np.random.seed(7)
    expected = np.random.RandomState(7).random_sample()
    fit_topics(counts, 3)
    choose_k(counts, [2, 3])
    assert np.random.random_sample() == expected
    assert state == (list(logger.filters), list(logger.handlers), logger.level, logger.disabled)
    assert caplog.records == []
    pd.testing.assert_frame_equal(counts, before)


def test_a_seed_makes_a_difference(counts: pd.DataFrame, model: TopicModel) -> None:
    assert fit_topics(counts, K, seed=1).topic_term.tobytes() != model.topic_term.tobytes()


def test_inference_of_the_training_counts(counts: pd.DataFrame, model: TopicModel) -> None:
    pd.testing.assert_frame_equal(
        model.infer(counts.sample(frac=1, random_state=3)), model.document_topics, check_exact=True
    )


def test_inference_is_independent_of_companions(counts: pd.DataFrame, model: TopicModel) -> None:
    unit = "文07"
    expected = model.document_topics[model.document_topics["unit"] == unit].reset_index(drop=True)
    alone = counts[counts["unit"] == unit]
    pd.testing.assert_frame_equal(model.infer(alone), expected, check_exact=True)
    unknown = table([(unit, "unheard", 5), ("aside", "0_00", 3)])
    some = model.infer(pd.concat([unknown, alone]))
    some = some[some["unit"] == unit].reset_index(drop=True)
    pd.testing.assert_frame_equal(some, expected, check_exact=True)


def test_inference_solves_the_variational_equations(
    counts: pd.DataFrame, model: TopicModel
) -> None:
    # Blei, Ng & Jordan 2003, equations 6 and 7: phi ~ beta exp(psi(gamma)), gamma = alpha + n phi.
    for unit, rows in counts[counts["term"].isin(model.vocabulary)].groupby("unit"):
        n = rows["n"].to_numpy()
        beta = model.topic_term[:, [model.vocabulary.index(term) for term in rows["term"]]]
        of_unit = model.document_topics["unit"] == unit
        shares = model.document_topics.loc[of_unit, "share"].to_numpy()
        gamma = shares * (model.alpha.sum() + n.sum())
        phi = beta * np.exp(digamma(gamma))[:, None]
        again = model.alpha + (phi / phi.sum(axis=0)) @ n
        np.testing.assert_allclose(again, gamma, atol=1e-4)


def test_units_without_vocabulary(counts: pd.DataFrame, model: TopicModel) -> None:
    new = table([("z", "unheard", 3), ("y", "0_00", 0), ("y", "unheard", 1), ("x", "0_00", 2)])
    inferred = model.infer(new)
    assert inferred["unit"].unique().tolist() == ["x"]
    assert model.without_vocabulary(new) == ["y", "z"]
    assert model.without_vocabulary(counts) == []
    none = model.infer(new[new["unit"] == "z"])
    assert none.empty
    assert none.dtypes.equals(inferred.dtypes)


def test_save_and_load(tmp_path: Path, counts: pd.DataFrame) -> None:
    names = {"文00": 'a,"b"', "文01": "NA", "文02": "two\nlines", "文03": "", "文04": "\r"}
    odd = counts.assign(unit=counts["unit"].replace(names))
    model = fit_topics(odd, K, seed=5)
    model.save(tmp_path / "new" / "model")
    loaded = TopicModel.load(tmp_path / "new" / "model")
    assert as_bytes(loaded) == as_bytes(model)
    pd.testing.assert_frame_equal(loaded.document_topics, model.document_topics, check_exact=True)
    pd.testing.assert_frame_equal(loaded.topics, model.topics, check_exact=True)
    pd.testing.assert_frame_equal(loaded.infer(odd), model.document_topics, check_exact=True)
    suffixes = {file.suffix for file in (tmp_path / "new" / "model").iterdir()}
    assert suffixes == {".npy", ".json", ".csv"}


def test_load_refuses_what_is_no_model(tmp_path: Path, model: TopicModel) -> None:
    with pytest.raises(ResultsError, match=r"missing model\.json, topic_term\.npy"):
        TopicModel.load(tmp_path)
    model.save(tmp_path)
    np.save(tmp_path / "alpha.npy", np.ones(3), allow_pickle=False)
    with pytest.raises(ResultsError, match="contradicts itself"):
        TopicModel.load(tmp_path)
    np.save(tmp_path / "alpha.npy", np.array([{}], dtype=object), allow_pickle=True)
    with pytest.raises(ResultsError, match=r"cannot be read: .*allow_pickle=False"):
        TopicModel.load(tmp_path)
    (tmp_path / "model.json").write_text("{", encoding="utf-8")
    with pytest.raises(ResultsError, match="cannot be read"):
        TopicModel.load(tmp_path)


def oracle_npmi(counts: pd.DataFrame, terms: list[str]) -> float:
    """NPMI from sets, as Bouma 2009 has it, smoothed by 1e-12 as Röder et al. 2015."""
    texts = [set(rows["term"]) for _, rows in counts.groupby("unit")]
    values = []
    for a, b in combinations(terms, 2):
        p_a, p_b = (sum(t in text for text in texts) / len(texts) for t in (a, b))
        p = sum(a in text and b in text for text in texts) / len(texts) + 1e-12
        values.append(math.log(p / (p_a * p_b)) / -math.log(p))
    return sum(values) / len(values)


def one_topic(terms: list[str], vocabulary: list[str]) -> np.ndarray:
    """A topic whose top terms are ``terms``, in that order."""
    order = terms + [term for term in vocabulary if term not in terms]
    weights = {term: len(order) - rank for rank, term in enumerate(order)}
    counts = np.array([[weights[term] for term in vocabulary]], dtype=float)
    topic: np.ndarray = counts / counts.sum()
    return topic


def test_npmi_by_hand() -> None:
    # p(a) = 3/4, p(b) = p(a, b) = 1/2: ln(4/3) / ln 2.
    counts = texts_table([["a", "b"], ["a", "b"], ["a"], ["c"]])
    data = unit_terms(counts, ["a", "b", "c"])
    value = topic_npmi(one_topic(["a", "b"], data.vocabulary), data, top=2)
    np.testing.assert_allclose(value, [math.log(4 / 3) / math.log(2)], rtol=1e-9)


def test_npmi_published_value() -> None:
    counts = texts_table(common_texts)
    data = unit_terms(counts, sorted(counts["term"].unique()))
    terms = ["human", "computer", "system", "interface"]
    value = topic_npmi(one_topic(terms, data.vocabulary), data, top=4)
    np.testing.assert_allclose(value, [0.276803], atol=5e-7)
    np.testing.assert_allclose(value, [oracle_npmi(counts, terms)], rtol=1e-12)


def test_terms_of_every_unit_say_nothing() -> None:
    counts = texts_table([["x", "y", "a", "b"], ["x", "y", "a"], ["x", "y", "c"]])
    data = unit_terms(counts, sorted(counts["term"].unique()))
    value = topic_npmi(one_topic(["x", "y", "a", "b"], data.vocabulary), data, top=2)
    np.testing.assert_allclose(value, [oracle_npmi(counts, ["a", "b"])], rtol=1e-12)
    plain = unit_terms(counts, ["x", "y"])
    assert topic_npmi(one_topic(["x", "y"], plain.vocabulary), plain).tolist() == [0]


def test_choose_k_against_the_oracle(counts: pd.DataFrame) -> None:
    made = choose_k(counts, [4, 2, 3, 6, 4])
    assert made["k"].tolist() == [2, 3, 4, 6]
    for k, npmi, npmi_se in zip(made["k"], made["npmi"], made["npmi_se"], strict=True):
        topics = fit_topics(counts, k).topics
        values = [
            oracle_npmi(counts, terms.tolist())
            for _, terms in topics[topics["rank"] <= 10].groupby("topic")["term"]
        ]
        assert npmi == pytest.approx(np.mean(values), rel=1e-9)
        assert npmi_se == pytest.approx(np.std(values, ddof=1) / math.sqrt(k), rel=1e-9)
    assert made.loc[made["chosen"] == 1, "k"].tolist() == [4]
    again = choose_k(counts.sample(frac=1, random_state=1), [2, 3, 4, 6])
    assert again.to_csv() == made.to_csv()


def test_the_smallest_within_one_standard_error() -> None:
    made = pd.DataFrame(
        {"k": [8, 2, 6, 4], "npmi": [0.30, 0.10, 0.26, 0.24], "npmi_se": [0.05, 0.2, 0.01, 0.01]}
    )
    chosen = mark_chosen(made)
    assert chosen["k"].tolist() == [2, 4, 6, 8]
    assert chosen["chosen"].tolist() == [0, 0, 1, 0]
    same = mark_chosen(pd.DataFrame({"k": [2, 3], "npmi": [0.1, 0.1], "npmi_se": [0.0, 0.0]}))
    assert same["chosen"].tolist() == [1, 0]


def test_the_default_grid_is_cut_to_the_data() -> None:
    assert choose_k(planted(units=3), min_units=1, max_share=1)["k"].tolist() == [2, 3]
    assert choose_k(planted(units=9), max_share=1)["k"].tolist() == [4, 6, 8]


@pytest.mark.parametrize(
    ("k", "message"),
    [
        (0, "k = 0 topics; choose k of 1 or more, up to 40"),
        (-3, "k = -3 topics; choose k of 1 or more, up to 40"),
        (2.0, "k wants a whole number of topics, found 2.0"),
        (True, "k wants a whole number of topics, found True"),
        ("4", "k wants a whole number of topics, found '4'"),
        (
            41,
            "k = 41 topics, but the data hold 40 units and 60 terms; choose k of 40 or less",
        ),
    ],
)
def test_impossible_k(counts: pd.DataFrame, k: int, message: str) -> None:
    with pytest.raises(ModelError, match=f"^{re.escape(message)}$"):
        fit_topics(counts, k)
    with pytest.raises(ModelError, match=f"^{re.escape(message)}$"):
        choose_k(counts, [2, k])


def test_numpy_integers_are_integers(counts: pd.DataFrame, model: TopicModel) -> None:
    same = fit_topics(counts, np.int64(K))  # type: ignore[arg-type]
    assert as_bytes(same) == as_bytes(model)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"start": "nfm"}, "no start 'nfm'; there are: nmf, random; did you mean 'nmf'?"),
        ({"passes": 0}, "passes wants a whole number of 1 or more, found 0"),
        ({"min_units": 0}, "min_units wants a whole number of 1 or more, found 0"),
        ({"min_units": 1.5}, "min_units wants a whole number of 1 or more, found 1.5"),
        ({"max_share": 0}, "max_share wants a number above 0 and up to 1, found 0"),
        ({"max_share": math.nan}, "max_share wants a number above 0 and up to 1, found nan"),
        ({"keep": "新质生产力"}, "keep wants a collection of terms, found the text '新质生产力'"),
        ({"min_units": 41}, "min_units = 41 wants terms of 41 units or more, but the data hold 40"),
        (
            {"min_units": 40},
            "no term is in 40 units or more and in at most 0.8 of all units; "
            "the data hold 40 units and 60 terms",
        ),
    ],
)
def test_impossible_options(counts: pd.DataFrame, options: dict[str, object], message: str) -> None:
    with pytest.raises(ModelError, match=f"^{re.escape(message)}$"):
        fit_topics(counts, K, **options)  # type: ignore[arg-type]
    with pytest.raises(ModelError, match=f"^{re.escape(message)}$"):
        choose_k(counts, [2], **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [-1, math.nan, math.inf, "many", None])
def test_counts_that_are_none(counts: pd.DataFrame, model: TopicModel, wrong: object) -> None:
    n = counts["n"].tolist()
    broken = counts.assign(n=pd.Series([*n[:2], wrong, *n[3:]], dtype=object))
    message = "table 'counts', column 'n', row 2: wanted a count of 0 or more, found "
    with pytest.raises(ModelError, match=f"^{message}"):
        fit_topics(broken, K)
    with pytest.raises(ModelError, match=f"^{message}"):
        model.infer(broken)


def test_counts_that_break_their_contract(counts: pd.DataFrame) -> None:
    with pytest.raises(TableError, match="wants the column"):
        fit_topics(counts.drop(columns="n"), K)
    with pytest.raises(TableError, match="the key is there twice"):
        fit_topics(pd.concat([counts, counts.head(1)]), K)
    with pytest.raises(TableError, match="wanted int"):
        fit_topics(counts.assign(n=counts["n"] + 0.5), K)


def test_too_little_data(counts: pd.DataFrame) -> None:
    with pytest.raises(ModelError, match="no row with n above 0"):
        fit_topics(counts.head(0), 1)
    with pytest.raises(ModelError, match="no row with n above 0"):
        fit_topics(counts.assign(n=0), 1)
    one = counts[counts["unit"] == "文00"]
    with pytest.raises(ModelError, match=r"min_units = 2 .* but the data hold 1$"):
        fit_topics(one, 1)
    with pytest.raises(ModelError, match="the data hold 1 units and"):
        choose_k(one, min_units=1, max_share=1)


@pytest.mark.parametrize("grid", [[], [1, 2]])
def test_a_grid_without_a_choice(counts: pd.DataFrame, grid: list[int]) -> None:
    with pytest.raises(ModelError, match=f"2 or more, found {re.escape(str(grid))}$"):
        choose_k(counts, grid)


@pytest.mark.parametrize("start", ["nmf", "random"])
@pytest.mark.parametrize("terms", [2, 5, 6, 8])
def test_identical_documents(terms: int, start: str) -> None:
    counts = texts_table([list("abcdefgh"[:terms])] * 4)
    with pytest.raises(ModelError, match=f"the data hold 4 units and {terms} terms$"):
        fit_topics(counts, 2)
    model = fit_topics(counts, 2, start=start, max_share=1)
    assert np.isfinite(model.topic_term).all()
    by_topic = model.document_topics.groupby("topic")["share"]
    assert by_topic.agg(np.ptp).max() < 1e-4
    # Nothing tells the topics of the same texts apart.
    assert choose_k(counts, start=start, max_share=1)["npmi"].eq(0).all()


@given(
    cells=st.lists(
        st.lists(st.sampled_from([0, 0, 1, 3, 10**6]), min_size=4, max_size=4),
        min_size=1,
        max_size=5,
    ),
    k=st.integers(1, 3),
    copies=st.booleans(),
    start=st.sampled_from(["nmf", "random"]),
)
@settings(max_examples=60, deadline=None)
def test_finite_or_a_named_error(cells: list[list[int]], k: int, copies: bool, start: str) -> None:
    if copies:
        cells = [cells[0]] * len(cells)
    counts = table(
        [(f"u{i}", "abcd"[j], n) for i, row in enumerate(cells) for j, n in enumerate(row)]
    )
    try:
        model = fit_topics(counts, k, start=start, max_share=1, keep=["d"])
    except ModelError as error:
        assert "\n" not in str(error)
        return
    assert np.isfinite(model.alpha).all()
    np.testing.assert_allclose(model.topic_term.sum(axis=1), 1)
    assert model.document_topics["share"].between(0, 1).all()
    np.testing.assert_allclose(model.document_topics.groupby("unit")["share"].sum(), 1)


def shares_table() -> pd.DataFrame:
    rows = [("a", 0.9, 0.1), ("b", 0.3, 0.7), ("c", 0.5, 0.5), ("d", 0.0, 1.0)]
    return pd.DataFrame(
        [(unit, topic, share) for unit, *both in rows for topic, share in enumerate(both, 1)],
        columns=["unit", "topic", "share"],
    )


TOKENS = pd.Series({"a": 100, "b": 300, "c": 50, "d": 70})
PLACES = pd.Series({"a": "岚江市", "b": "岚江市", "c": "", "d": "碧川市"})


def test_place_shares_by_hand() -> None:
    made = place_shares(shares_table(), TOKENS, PLACES)
    assert made["place"].tolist() == ["岚江市", "岚江市", "碧川市", "碧川市"]
    assert made["topic"].tolist() == [1, 2, 1, 2]
    # (100 * .9 + 300 * .3) / 400 = .45
    np.testing.assert_allclose(made["share"], [0.45, 0.55, 0, 1], atol=1e-12)
    assert made["documents"].tolist() == [2, 2, 1, 1]
    shuffled = place_shares(shares_table().sample(frac=1, random_state=1), TOKENS, PLACES)
    assert shuffled.to_csv() == made.to_csv()


def test_place_shares_without_places() -> None:
    made = place_shares(shares_table(), TOKENS, PLACES.map(lambda _: ""))
    assert made.empty
    check(made, "topic_by_place")


def test_place_shares_of_unknown_units() -> None:
    with pytest.raises(UnknownNameError, match=r"^tokens wants .* missing for 1, the first 'b'$"):
        place_shares(shares_table(), TOKENS.drop("b"), PLACES)
    with pytest.raises(UnknownNameError, match=r"^places wants .* missing for 2, the first 'a'$"):
        place_shares(shares_table(), TOKENS, PLACES.drop(["d", "a"]))
    with pytest.raises(ModelError, match=r"found 0 for 'c'$"):
        place_shares(shares_table(), TOKENS.replace(50, 0), PLACES)
