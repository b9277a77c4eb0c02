"""Values that others have published, each with its source.

A statistic that differs from these is not the one whose name it bears.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from gensim.corpora import Dictionary
from gensim.models import CoherenceModel
from gensim.test.utils import common_texts

from textlab.statistics.measures import (
    delta_p,
    dp,
    dp_norm,
    hd_d,
    juilland_d,
    kl_dispersion,
    log_dice,
    log_likelihood,
    log_odds_dirichlet,
    log_ratio,
    mattr,
    npmi,
    percent_diff,
    rosengren_s,
    t_score,
    yules_k,
)

# The five-part corpus of Gries (2008), International Journal of Corpus Linguistics 13(4), and
# Gries (2020), 'Analyzing dispersion'. The values for `a` are printed there.
GRIES = [
    list("bamnibeup"),
    list("basatbewqn"),
    list("bcagabesta"),
    list("baghabeaat"),
    list("bahaabeaxat"),
]
SIZES = [len(part) for part in GRIES]


@pytest.mark.parametrize(
    ("measure", "values"),
    [
        (dp, {"a": 0.18, "b": 0.02, "q": 0.8}),
        (dp_norm, {"a": 0.2195, "b": 0.024, "q": 0.976}),
        (juilland_d, {"a": 0.785, "b": 0.968, "q": 0.0}),
        (rosengren_s, {"a": 0.9498, "b": 0.999, "q": 0.2}),
        (kl_dispersion, {"a": 0.137, "b": 0.003, "q": 2.322}),
    ],
)
def test_dispersion_in_the_corpus_of_gries(
    measure: Callable[[Any, Any], Any], values: dict[str, float]
) -> None:
    assert sum(SIZES) == 50
    counts = [[part.count(letter) for letter in values] for part in GRIES]
    # Half a unit of the last place printed, which is the third or the fourth.
    np.testing.assert_allclose(measure(counts, SIZES), list(values.values()), atol=0.0005)


def test_dispersion_of_a_to_four_places() -> None:
    # Gries (2020) gives DPnorm and Rosengren's S of `a` to four places.
    counts = [part.count("a") for part in GRIES]
    assert dp_norm(counts, SIZES) == pytest.approx(0.2195, abs=0.00005)
    assert rosengren_s(counts, SIZES) == pytest.approx(0.9498, abs=0.00005)


def test_log_likelihood_of_dunning() -> None:
    # Dunning (1993), Computational Linguistics 19(1): 10, 0, 3, 31764 give 167.23.
    cells = np.array([[10, 0], [3, 31764]])
    total = cells.sum(axis=0)
    assert log_likelihood(*cells[0], *total) == pytest.approx(167.23, abs=0.005)


def test_log_ratio_and_percent_diff_count_doublings() -> None:
    # Hardie (2014): 0 is no difference, 1 twice as frequent, 2 four times, -1 half as frequent.
    # Gabrielatos and Marchi (2011): 100 is twice as frequent, -50 half as frequent.
    n = np.array([10, 20, 40, 5])
    np.testing.assert_allclose(log_ratio(n, 10, 1000, 1000), [0, 1, 2, -1])
    np.testing.assert_allclose(percent_diff(n, 10, 1000, 1000), [0, 100, 300, -50])


def test_npmi_has_the_limits_of_bouma() -> None:
    # Bouma (2009): 1 in complete co-occurrence, 0 for independence, -1 if they never meet.
    values = npmi([8, 2, 0], [8, 10, 10], [8, 20, 20], 100)
    np.testing.assert_allclose(values, [1, 0, -1], atol=1e-15)


def test_log_dice_has_the_scale_of_rychly() -> None:
    # Rychly (2008): at most 14; 0 is one joint occurrence in some 16,000 (2 ** 14)
    # of either; one point more is twice as often.
    assert log_dice(50, 50, 50) == 14
    assert log_dice(1, 2**14, 2**14) == 0
    assert log_dice(200, 700, 900) - log_dice(100, 700, 900) == pytest.approx(1)


def test_delta_p_of_gries() -> None:
    # Gries (2013), 'Of course': of | course 5,610 times, of 168,938 times without course, course
    # 2,257 times without of, neither 10,233,063 times. Delta P is .032 for course given of, and
    # .697 for of given course.
    both, of, course, total = 5610, 5610 + 168_938, 5610 + 2257, 10_409_868
    assert delta_p(both, of, course, total) == pytest.approx(0.032, abs=0.0005)
    assert delta_p(both, course, of, total) == pytest.approx(0.697, abs=0.0005)


def test_t_score_of_new_companies() -> None:
    # Manning and Schuetze (1999), section 5.3.1: new 15,828 times, companies 4,675 times, both
    # together 8 times in 14,307,668 bigrams: t = .999932.
    assert t_score(8, 15_828, 4_675, 14_307_668) == pytest.approx(0.999932, abs=1e-5)


def test_log_odds_of_two_sentences() -> None:
    # The README of fightin_words, an implementation in Python: two sentences of nine words, a
    # vocabulary of eleven and a pseudo-count of .05 a term. A word of the second sentence alone has
    # z = -.6894227886807968, one of the first alone the opposite, one of both 0.
    values = log_odds_dirichlet(
        [0, 1, 1, 2], [1, 0, 1, 2], 9, 9, prior=[0.05] * 4, prior_total=11 * 0.05
    )
    z = 0.6894227886807968
    np.testing.assert_allclose(values, [-z, z, 0, 0], rtol=1e-12, atol=1e-15)


def test_hd_d_of_a_tiny_text() -> None:
    # McCarthy and Jarvis (2007), by hand for samples of 2 out of a a b c: of the six pairs five
    # have a, three b, three c, so 11 / 6 types in a sample of two.
    assert hd_d([2, 1, 1], sample=2) == pytest.approx(11 / 12)


def test_mattr_of_a_tiny_text() -> None:
    # Covington and McFall (2010), by hand: the windows aab, aba, bac have 2, 2 and 3 types.
    assert mattr(list("aabac"), window=3) == pytest.approx(7 / 9)


def test_yules_k_of_a_tiny_text() -> None:
    # Yule (1944): 10,000 * (S2 - S1) / S1 ** 2; one type 3 times and two once: S1 5, S2 11.
    assert yules_k([3, 1, 1]) == pytest.approx(10_000 * (11 - 5) / 25)


# gensim 4.4.0's small corpus, and a topic of which values are on record.
TOPICS = [["human", "computer", "system", "interface"], ["graph", "minors", "trees", "eps"]]
# What gensim adds to the share of texts that have both terms.
EPSILON = 1e-12


def gensim_coherence(measure: str) -> list[float]:
    model = CoherenceModel(
        topics=TOPICS,
        texts=common_texts,
        dictionary=Dictionary(common_texts),
        coherence=measure,
        processes=1,
    )
    values: list[float] = model.get_coherence_per_topic()
    return values


def share_with(*terms: str) -> float:
    return sum(set(terms) <= set(text) for text in common_texts) / len(common_texts)


def pairs(topic: list[str]) -> list[tuple[str, str]]:
    """Each term with each that is ranked before it."""
    return [(term, before) for i, term in enumerate(topic) for before in topic[:i]]


def test_npmi_coherence_is_that_of_gensim() -> None:
    # Roeder, Both and Hinneburg (2015): the mean NPMI of the pairs of a topic. A window of the
    # default size holds a whole text of this corpus.
    published = gensim_coherence("c_npmi")
    assert published[0] == pytest.approx(0.276803, abs=5e-7)
    for topic, value in zip(TOPICS, published, strict=True):
        shares = [(share_with(a, b), share_with(a), share_with(b)) for a, b in pairs(topic)]
        both, first, second = np.transpose(shares)
        assert npmi(both + EPSILON, first, second, 1).mean() == pytest.approx(value, abs=1e-9)


def test_umass_coherence_of_gensim() -> None:
    # Mimno et al. (2011), a mean of ln(P(term | term before)), with gensim's smoothing. That of
    # textlab is held to this oracle in test_topic_coherence; here the oracle, and the formula, are
    # held to the value that is on record.
    published = gensim_coherence("u_mass")
    assert published[0] == pytest.approx(-0.760725, abs=5e-7)
    for topic, value in zip(TOPICS, published, strict=True):
        given = [
            np.log((share_with(term, before) + EPSILON) / share_with(before))
            for term, before in pairs(topic)
        ]
        assert np.mean(given) == pytest.approx(value, abs=1e-9)
