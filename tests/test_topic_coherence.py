"""Coherence and exclusivity of topics: by hand, and against gensim and sets."""

from __future__ import annotations

import math
import pickle
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from gensim.corpora import Dictionary
from gensim.models import CoherenceModel
from gensim.test.utils import common_texts
from hypothesis import given
from hypothesis import strategies as st

from tests.planted_topics import planted, table, texts_table
from textlab.errors import ModelError
from textlab.topics.coherence import exclusivity, topic_npmi, topic_umass, windows
from textlab.topics.vocabulary import unit_terms

TOPICS = [["human", "computer", "system", "interface"], ["graph", "minors", "trees", "eps"]]
TEXTS = st.lists(st.lists(st.sampled_from("abcdx"), max_size=9), max_size=6)
ABCD = list("abcd")


def tokens_table(texts: list[list[str]]) -> pd.DataFrame:
    """Each text a paragraph, each token a word; the comma is punctuation."""
    rows = [
        (
            f"甲#{i:04d}",
            "甲",
            place,
            token,
            "punctuation" if token == "，" else "word",
            place,
            place,
        )
        for i, text in enumerate(texts)
        for place, token in enumerate(text)
    ]
    columns = ["para_id", "doc_id", "position", "token", "kind", "start", "end"]
    texts_only = dict.fromkeys(["para_id", "doc_id", "token", "kind"], "str")
    whole = dict.fromkeys(["position", "start", "end"], "int64")
    return pd.DataFrame(rows, columns=columns).astype({**texts_only, **whole})


def window_sets(texts: list[list[str]], size: int) -> list[set[str]]:
    return [
        set(text[at : at + size])
        for text in texts
        if text
        for at in range(max(len(text) - size + 1, 1))
    ]


def gensim_coherence(
    measure: str, topics: list[list[str]], texts: list[list[str]], size: int = 10
) -> list[float]:
    dictionary = Dictionary(texts)
    model = CoherenceModel(
        topics=topics,
        texts=texts,
        corpus=[dictionary.doc2bow(text) for text in texts],
        dictionary=dictionary,
        coherence=measure,
        window_size=size,
        topn=max(map(len, topics)),
        processes=1,
    )
    values: list[float] = model.get_coherence_per_topic()
    return values


def columns_of(topics: list[list[str]], vocabulary: list[str]) -> list[list[int]]:
    return [[vocabulary.index(term) for term in topic] for topic in topics]


def test_windows_by_hand() -> None:
    # Windows of two: ab, bx, xb; then c, which is shorter. The comma takes no place, x does.
    made = windows(tokens_table([list("a，bxb"), ["c"], ["，"]]), list("abc"), size=2)
    assert made.count == 4
    assert made.together([0, 1, 2]).tolist() == [[1, 1, 0], [1, 3, 0], [0, 0, 1]]
    assert made.together([2, 0]).tolist() == [[1, 0], [0, 1]]


@given(texts=TEXTS, size=st.integers(1, 6))
def test_windows_are_those_of_sets(texts: list[list[str]], size: int) -> None:
    made, sets = windows(tokens_table(texts), ABCD, size=size), window_sets(texts, size)
    assert made.count == len(sets)
    wanted = [[sum({a, b} <= found for found in sets) for b in ABCD] for a in ABCD]
    assert made.together(range(4)).tolist() == wanted
    tops = [list(topic) for topic in combinations(range(4), 3)]
    values = topic_npmi(tops, made)
    assert np.isfinite(values).all() and (np.abs(values) <= 1).all()
    np.testing.assert_allclose(topic_npmi([topic[::-1] for topic in tops], made), values, atol=1e-9)


def test_windows_of_rows_in_any_order() -> None:
    texts = np.random.default_rng(0).choice(ABCD, (5, 30)).tolist()
    tokens = tokens_table(texts)
    mixed = windows(tokens.sample(frac=1, random_state=1), ABCD)
    assert pickle.dumps(mixed) == pickle.dumps(windows(tokens, ABCD))


def test_windows_want_a_size() -> None:
    for size in (0, -1, 2.5):
        with pytest.raises(ModelError, match="size wants a whole number"):
            windows(tokens_table([["a"]]), ["a"], size=size)  # type: ignore[arg-type]


def test_npmi_by_hand() -> None:
    # p(a) = 3/4, p(b) = p(a, b) = 1/2: ln(4/3) / ln 2.
    made = windows(tokens_table([list("ab"), list("ba"), ["a"], ["c"]]), ABCD)
    values = topic_npmi([[0, 1]], made)
    np.testing.assert_allclose(values, [math.log(4 / 3) / math.log(2)], rtol=1e-9)


def test_npmi_published_value() -> None:
    vocabulary = sorted({term for text in common_texts for term in text})
    made = windows(tokens_table(common_texts), vocabulary)
    values = topic_npmi(columns_of(TOPICS, vocabulary), made)
    assert values[0] == pytest.approx(0.276803, abs=5e-7)
    np.testing.assert_allclose(values, gensim_coherence("c_npmi", TOPICS, common_texts), rtol=1e-9)


def test_npmi_of_sliding_windows_is_that_of_gensim() -> None:
    # No term comes again within a window, as each text has it once.
    rng = np.random.default_rng(0)
    terms = [f"t{i:02d}" for i in range(40)]
    texts = [rng.permutation(terms)[: rng.integers(1, 40)].tolist() for _ in range(30)]
    topics = [rng.permutation(terms)[:10].tolist() for _ in range(5)]
    vocabulary = sorted(terms[5:] + terms[:5])
    for size in (3, 10):
        values = topic_npmi(
            columns_of(topics, vocabulary), windows(tokens_table(texts), vocabulary, size=size)
        )
        np.testing.assert_allclose(
            values, gensim_coherence("c_npmi", topics, texts, size), rtol=0, atol=1e-9
        )


def test_npmi_of_repeated_terms_is_that_of_gensim_for_the_windows_as_texts() -> None:
    rng = np.random.default_rng(1)
    terms = [f"t{i:02d}" for i in range(15)]
    texts = [rng.choice(terms, rng.integers(1, 30)).tolist() for _ in range(20)]
    topics = [rng.permutation(terms)[:6].tolist() for _ in range(4)]
    as_texts = [sorted(found) for found in window_sets(texts, 5)]
    values = topic_npmi(columns_of(topics, terms), windows(tokens_table(texts), terms, size=5))
    wanted = gensim_coherence("c_npmi", topics, as_texts, 100)
    np.testing.assert_allclose(values, wanted, rtol=0, atol=1e-9)
    # What the docstring says of gensim's own windows.
    assert np.abs(values - gensim_coherence("c_npmi", topics, texts, 5)).max() > 0.01


def test_what_tells_nothing_counts_zero() -> None:
    # a is in every window, d in none; b and c never meet, and p(b) = p(c) = 1/2.
    made = windows(tokens_table([list("ab"), list("ac")]), ABCD)
    never = math.log(1e-12 / 0.25) / -math.log(1e-12)
    tops = [[0, 1], [0, 3], [3], [], [1, 2], [0, 1, 2]]
    assert topic_npmi(tops, made) == pytest.approx([0, 0, 0, 0, never, never / 3], abs=1e-10)
    everywhere = windows(tokens_table([list("ab"), list("ba")]), ABCD)
    assert topic_npmi([[0, 1]], everywhere).tolist() == [0]
    nothing = windows(tokens_table([]), ABCD)
    assert (nothing.count, topic_npmi([[0, 1], []], nothing).tolist()) == (0, [0, 0])
    assert topic_npmi([], made).shape == (0,)


def test_umass_by_hand() -> None:
    # Of the three units with a two have b; of the two with b one has c, of the three with a one.
    data = unit_terms(texts_table([list("abc"), list("ab"), ["a"], ["c"]]), ABCD)
    values = topic_umass([[0, 1], [0, 1, 2], [0], [], [3, 0]], data)
    three = (math.log(2 / 3) + math.log(1 / 3) + math.log(1 / 2)) / 3
    np.testing.assert_allclose(values, [math.log(2 / 3), three, 0, 0, 0], atol=1e-9)


def test_umass_is_that_of_gensim() -> None:
    data = unit_terms(
        texts_table(common_texts), sorted({term for text in common_texts for term in text})
    )
    values = topic_umass(columns_of(TOPICS, data.vocabulary), data)
    assert values[0] == pytest.approx(-0.760725, abs=5e-7)
    np.testing.assert_allclose(values, gensim_coherence("u_mass", TOPICS, common_texts), rtol=1e-9)
    counts = planted(units=12)
    texts = [
        np.repeat(rows["term"], rows["n"]).tolist() for _, rows in counts.groupby("unit", sort=True)
    ]
    rng = np.random.default_rng(2)
    data = unit_terms(counts, sorted(counts["term"].unique()))
    topics = [rng.permutation(data.vocabulary)[:10].tolist() for _ in range(4)]
    values = topic_umass(columns_of(topics, data.vocabulary), data)
    np.testing.assert_allclose(values, gensim_coherence("u_mass", topics, texts), rtol=1e-9)


def test_umass_does_not_see_how_often() -> None:
    once = table([("u", "a", 1), ("u", "b", 1), ("v", "a", 1)])
    often = once.assign(n=[3, 7, 2])
    values = [topic_umass([[0, 1]], unit_terms(counts, ["a", "b"])) for counts in (once, often)]
    assert values[0].tolist() == values[1].tolist() == pytest.approx([math.log(1 / 2)])


def test_exclusivity_by_hand() -> None:
    # Of a the first topic has .9, of b .5, of c and d .2: of these 4 terms a is first and b second
    # by exclusivity, and by probability too.
    topic_term = np.array([[0.54, 0.3, 0.12, 0.04], [0.06, 0.3, 0.48, 0.16]])
    b = 1 / (0.7 / (3 / 4) + 0.3 / (3 / 4))
    assert exclusivity(topic_term, ABCD, top=1).tolist() == [1, 1]
    first = exclusivity(topic_term, ABCD, top=2)[0]
    assert first == pytest.approx((1 + b) / 2)
    assert exclusivity(topic_term, ABCD, top=9).shape == (2,)


def test_topics_apart_are_more_exclusive_than_topics_alike() -> None:
    vocabulary = [f"t{i:02d}" for i in range(40)]
    apart = np.full((4, 40), 0.01)
    for row in range(4):
        apart[row, 10 * row : 10 * row + 10] = 1
    alike = np.random.default_rng(0).dirichlet(np.full(40, 50), size=4)
    alike[:, :10] += 1
    values = [
        exclusivity(topics / topics.sum(axis=1, keepdims=True), vocabulary)
        for topics in (apart, alike)
    ]
    assert values[0].min() > values[1].max()
    assert values[0] == pytest.approx(1) and (values[1] > 0).all()
