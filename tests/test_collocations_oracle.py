"""Collocations against plain loops, matrices of sklearn, and what must hold of any text."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2, chi2_contingency
from sklearn.feature_extraction.text import CountVectorizer

import textlab as tl
from tests.collocation_tables import make_tokens
from textlab.analysis.collocations import collocations
from textlab.tokens.kinds import COUNTED_KINDS

DEMO = Path(__file__).resolve().parent.parent / "corpus" / "demo"
# A comma is no token and no distance; behind a full stop it would go on with the sentence.
WORDS = ["核", "核 ，", "甲", "甲 ，", "乙", "丙"]

sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
paragraphs = st.lists(sentences, max_size=3).map(lambda found: " 。 ".join([*found, "丁 。"]))
texts = st.fixed_dictionaries({name: st.lists(paragraphs, max_size=2) for name in "ab"})


def plain(texts: dict[str, list[str]], window: int) -> dict[str, dict[str, list[float]]]:
    """Of each span, by collocate: n, n_node, n_collocate, documents, expected."""
    near: dict[str, Counter[str]] = {"window": Counter(), "sentence": Counter()}
    all_of: dict[str, Counter[str]] = {"window": Counter(), "sentence": Counter()}
    where: dict[str, dict[str, set[str]]] = {"window": {}, "sentence": {}}
    size, nodes, total = Counter[str](), Counter[str](), Counter[str]()
    for doc_id, found in texts.items():
        for sentence in " 。 ".join(found).replace("，", " ").split("。"):
            words = sentence.split()
            if not words:
                continue
            at = [i for i, word in enumerate(words) if word == "核"]
            inside = {i for i in range(len(words)) if any(0 < abs(i - j) <= window for j in at)}
            units = {
                "window": [(word, i in inside) for i, word in enumerate(words) if word != "核"],
                "sentence": [(word, bool(at)) for word in sorted(set(words) - {"核"})],
            }
            for span, pairs in units.items():
                all_of[span].update(word for word, _ in pairs)
                near[span].update(word for word, is_near in pairs if is_near)
                for word, is_near in pairs:
                    where[span].setdefault(word, set()).update([doc_id] if is_near else [])
            size.update({"window": len(inside - set(at)), "sentence": bool(at)})
            nodes.update({"window": len(at), "sentence": bool(at)})
            total.update({"window": len(words) - len(at), "sentence": 1})
    shares = {
        span: {word: size[span] * n / total[span] for word, n in all_of[span].items()}
        for span in near
    }
    return {
        span: {
            word: [n, nodes[span], all_of[span][word], len(where[span][word]), shares[span][word]]
            for word, n in near[span].items()
        }
        for span in near
    }


@settings(deadline=None, max_examples=150)
@given(texts, st.integers(1, 4))
def test_counts_are_those_of_a_plain_loop(texts: dict[str, list[str]], window: int) -> None:
    tokens = make_tokens(texts, terms=["核"])
    if "核" not in set(tokens["token"]):
        return
    table = collocations(tokens, ["核"], window=window, min_count=1)
    expected = plain(texts, window)
    for span in ("window", "sentence"):
        found = table[table["span"] == span].set_index("collocate")
        columns = ["n", "n_node", "n_collocate", "documents", "expected"]
        assert set(found.index) == set(expected[span])
        for word, values in expected[span].items():
            assert list(found[columns].T[word]) == pytest.approx(values)


@settings(deadline=None, max_examples=60)
@given(texts, st.integers(0, 99))
def test_the_order_of_the_rows_makes_no_difference(texts: dict[str, list[str]], seed: int) -> None:
    tokens = make_tokens({**texts, "c": ["核 甲 乙 。 丙 。"]}, terms=["核"])
    shuffled = tokens.sample(frac=1, random_state=seed)
    first = collocations(tokens, ["核", "甲"], min_count=1)
    pd.testing.assert_frame_equal(collocations(shuffled, ["甲", "核"], min_count=1), first)


@settings(deadline=None, max_examples=60)
@given(texts)
def test_a_window_larger_than_any_sentence_is_the_sentence(texts: dict[str, list[str]]) -> None:
    tokens = make_tokens({**texts, "c": ["核 甲 乙 。 丙 。"]}, terms=["核"])
    table = collocations(tokens, ["核"], window=10**9, min_count=1)
    spans = {span: rows.set_index("collocate") for span, rows in table.groupby("span")}
    window, sentence = spans["window"].sort_index(), spans["sentence"].sort_index()
    assert window.index.tolist() == sentence.index.tolist()
    assert window["documents"].tolist() == sentence["documents"].tolist()
    assert (window["n"] >= sentence["n"]).all()


@cache
def demo() -> pd.DataFrame:
    return tl.tokenize(tl.clean(tl.read_documents(DEMO)))


def test_sentences_of_the_demo_agree_with_a_matrix_of_sklearn() -> None:
    tokens = demo()
    number = tl.sentence_numbers(tokens)
    counted = tokens["kind"] != "punctuation"
    keys = [tokens["para_id"][counted], number[counted]]
    of_sentence = tokens["token"][counted].groupby(keys).agg(list).tolist()
    vectorizer = CountVectorizer(analyzer=lambda words: words, binary=True)
    matrix = vectorizer.fit_transform(of_sentence)
    names, totals = vectorizer.get_feature_names_out(), np.asarray(matrix.sum(axis=0)).ravel()
    together = (matrix.T @ matrix).toarray()
    table = collocations(tokens, ["高质量发展"], kinds=COUNTED_KINDS)
    node = list(names).index("高质量发展")
    found = table[table["span"] == "sentence"].set_index("collocate")
    assert len(found) > 20 and (found["n_node"] == totals[node]).all()
    expected = {
        name: [together[node, at], totals[at]]
        for at, name in enumerate(names)
        if together[node, at] >= 3 and at != node
    }
    assert {name: list(row) for name, row in found[["n", "n_collocate"]].T.items()} == expected


def test_g2_of_the_demo_agrees_with_scipy_and_q_is_above_p() -> None:
    table = collocations(demo(), ["高质量发展"])
    rows = table[table["span"] == "sentence"]
    total = rows["n_node"] * rows["n_collocate"] / rows["expected"]
    for a, node, other, size, statistic in zip(
        rows["n"], rows["n_node"], rows["n_collocate"], total, rows["g2"], strict=True
    ):
        cells = [[a, node - a], [other - a, size - node - other + a]]
        found = chi2_contingency(cells, correction=False, lambda_="log-likelihood")[0]
        assert statistic == pytest.approx(found, rel=1e-6, abs=1e-8)
    assert (table["q_g2"] >= chi2.sf(table["g2"], 1) * (1 - 1e-12)).all()


def test_the_bounds_of_the_measures_hold_in_the_demo() -> None:
    table = collocations(demo(), demo()["token"][demo()["kind"] == "lexicon"].unique())
    assert table["npmi"].between(-1, 1).all() and (table["log_dice"] <= 14).all()
    assert table[["delta_p_node", "delta_p_collocate"]].abs().max().max() <= 1
    assert (table["n"] <= table["n_collocate"]).all() and (table["documents"] <= table["n"]).all()
    sentence = table[table["span"] == "sentence"]
    assert (sentence["n"] <= sentence["n_node"]).all()
    # Of two nodes, each is the other's collocate as often, and as surely.
    there = sentence.merge(
        sentence, left_on=["node", "collocate"], right_on=["collocate", "node"], suffixes=("", "_b")
    )
    assert len(there) > 20
    for column in ("n", "npmi", "g2", "log_dice", "documents"):
        np.testing.assert_allclose(there[column], there[f"{column}_b"], rtol=1e-9, atol=1e-9)
