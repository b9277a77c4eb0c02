"""How strongly a word across a seam speaks for joining, held against every possible cutting."""

from __future__ import annotations

from itertools import pairwise, product
from math import inf, log

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from textlab.language.cohesion import (
    LONGEST,
    REACH,
    TERM_FREQUENCY,
    gain,
    gains,
    term_across,
)
from textlab.language.dictionary import ABOUT, frequency
from textlab.language.lexicon import read_lexicon

TERMS = frozenset(read_lexicon()["term"])
# Of them words, terms, pieces of both, and strings that are nothing can be made.
SIDE = st.text("高质量发展新生产力经济社会主义的稳就业务实改革开放A5，", max_size=6)


def log_share(word: str) -> float:
    """Of a word, a term, or any character; -inf for other strings."""
    known = max(frequency(word), TERM_FREQUENCY if word in TERMS else 0)
    if not known and len(word) > 1:
        return -inf
    return log(max(known, 1) / ABOUT)


def best(text: str, *, seam: int = 0) -> float:
    """The highest log probability over all ways to cut ``text``, but none at ``seam``."""
    if not text:
        return 0.0
    highest = -inf
    for cuts in product((False, True), repeat=len(text) - 1):
        bounds = [0, *(at for at, cut in enumerate(cuts, 1) if cut), len(text)]
        if seam in bounds[1:-1]:
            continue
        highest = max(highest, sum(log_share(text[a:b]) for a, b in pairwise(bounds)))
    return highest


def across(before: str, after: str) -> float:
    """What joining gains, or -inf where no cutting has a word across."""
    joined = best(before + after, seam=len(before)) if before and after else -inf
    return joined - best(before) - best(after)


@settings(max_examples=150, deadline=None)
@given(SIDE, SIDE)
@example("高质", "量发展")
@example("深化改革", "开放")
@example("稳就业", "务实")
def test_gain_is_what_the_best_of_all_cuttings_gains(before: str, after: str) -> None:
    assert gain(before, after) == pytest.approx(max(across(before, after), 0.0), abs=1e-9)


@given(SIDE, SIDE)
def test_gain_is_nothing_where_no_word_could_run_across(before: str, after: str) -> None:
    assert gain(before, after) >= 0
    spans = [
        before[start:] + after[:end]
        for start in range(len(before))
        for end in range(1, len(after) + 1)
    ]
    if not any(frequency(span) or span in TERMS for span in spans):
        assert gain(before, after) == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "展"),
        ("发", ""),
        ("的", "了"),
        # Two whole words need no third.
        ("推动经济", "发展"),
        # 业务 is a word, but 就业|务实 are more probable.
        ("稳就业", "务实"),
        ("A", "I"),
    ],
)
def test_gain_of_pieces_that_are_no_word_together(before: str, after: str) -> None:
    assert gain(before, after) == 0


def test_gain_of_one_word_by_hand() -> None:
    share = log(frequency("蝴蝶") / ABOUT)
    halves = log(max(frequency("蝴"), 1) / ABOUT) + log(max(frequency("蝶"), 1) / ABOUT)
    assert gain("蝴", "蝶") == pytest.approx(share - halves)
    assert share - halves > 10


def test_gain_of_a_term_that_jieba_does_not_know() -> None:
    assert frequency("新质生产力") == 0
    assert gain("新质", "生产力") > 10
    # The more of it is on one side, the less sense that side makes alone.
    assert gain("新质生产", "力") > gain("新质", "生产力") > gain("新质", "生产") == 0


def test_gain_looks_only_at_the_neighbourhood() -> None:
    near, far = "全面推动社会经济", "发展稳步向前迈进"
    assert len(near) == len(far) == REACH
    for before, after in ((near[:-1] + "高", far), (near, far), ("中国特色社会主", "义" + far)):
        ours = before[-REACH:], after[:REACH]
        assert gain("任意" + before, after + "任意") == gain(*ours)


@pytest.mark.parametrize(
    ("before", "after", "spans"),
    [
        ("新质", "生产力", True),
        ("培育新质生产", "力", True),
        ("新", "质生产力，", True),
        # A word of the dictionary, but no term.
        ("蝴", "蝶", False),
        # On one side altogether.
        ("新质生产力", "的", False),
        ("的", "新质生产力", False),
        ("", "新质生产力", False),
        ("新质，", "生产力", False),
    ],
)
def test_a_term_across(before: str, after: str, spans: bool) -> None:
    assert term_across(before, after) is spans


@given(st.sampled_from(sorted(TERMS)), st.data())
def test_every_term_is_seen_wherever_it_is_broken(term: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(term) - 1))
    outside = data.draw(SIDE)
    assert term_across(outside + term[:at], term[at:] + outside)


def test_every_term_is_in_reach() -> None:
    assert max(map(len, TERMS)) <= LONGEST


@given(SIDE, SIDE)
def test_a_term_across_is_one_of_all_spans(before: str, after: str) -> None:
    text = before + after
    spans = {text[a:b] for a in range(len(before)) for b in range(len(before) + 1, len(text) + 1)}
    assert term_across(before, after) == (not TERMS.isdisjoint(spans))


@given(SIDE, st.lists(SIDE, max_size=6))
def test_the_gains_of_many_are_those_of_each(before: str, afters: list[str]) -> None:
    assert gains(before, afters) == [gain(before, after) for after in afters]
