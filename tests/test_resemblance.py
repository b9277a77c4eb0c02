"""What stands in what, and what resembles what: against all pairs compared by hand."""

from __future__ import annotations

import random
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.duplicate_texts import prose
from textlab.cleaning.containers import containers_everywhere, containers_within
from textlab.cleaning.passages import ACROSS, WITHIN, Passage, figures
from textlab.cleaning.resemblance import closest, containment, perhaps_near, resemblance
from textlab.cleaning.shingles import Places, Shingles, fingerprints


def shingles(text: str) -> set[str]:
    return {text[i : i + 5] for i in range(len(text) - 4)}


def jaccard(one: str, other: str) -> float:
    return len(shingles(one) & shingles(other)) / len(shingles(one) | shingles(other))


def test_measures_by_hand() -> None:
    # 甲乙丙丁戊 乙丙丁戊己 丙丁戊己庚 against 乙丙丁戊己 丙丁戊己庚 丁戊己庚辛 戊己庚辛壬.
    one, other = (
        np.unique(fingerprints(text, 5)) for text in ("甲乙丙丁戊己庚", "乙丙丁戊己庚辛壬")
    )
    assert resemblance(one, other) == pytest.approx(2 / 5)
    assert containment(one, other) == pytest.approx(2 / 3)
    assert containment(other, one) == pytest.approx(2 / 4)


@given(st.lists(st.text("甲乙丙", max_size=12), max_size=6), st.integers(1, 4))
def test_shingles_are_the_stretches_of_each_text(texts: list[str], width: int) -> None:
    made = Shingles(texts, width)
    stretches = [[t[i : i + width] for i in range(len(t) - width + 1)] for t in texts]
    every = [stretch for own in stretches for stretch in own]
    prints: dict[int, str] = {}
    for number, own in enumerate(stretches):
        assert len(made.of(number)) == len(own)
        for value, stretch in zip(made.of(number).tolist(), own, strict=True):
            assert prints.setdefault(value, stretch) == stretch
        lone = len(own) - made.shared()[number]
        assert lone == sum(every.count(stretch) == 1 for stretch in own)
        assert lone or not own or number in made.perhaps_elsewhere()
    assert len(prints) == len(set(every))


@given(st.lists(st.text("甲乙", max_size=9), min_size=1, max_size=6), st.integers(1, 3))
def test_a_text_that_stands_elsewhere_is_found_at_one_of_its_places(
    texts: list[str], width: int
) -> None:
    made = Shingles(texts, width)
    made_places = Places(made, range(len(texts)))
    for number, text in enumerate(texts):
        places = set(made_places.of(number, 10_000).tolist())
        starts = range(len(made.joined))
        real = {at for at in starts if made.joined.startswith(text, at) and len(text) >= width}
        assert real <= places or (len(real) == 1 and not places)
        assert [made.text_at(int(start)) for start in made.starts] == list(range(len(texts)))


def containers(passages: list[Passage]) -> dict[int, int]:
    """What stands in what, in its document or, if long, in any; of equal ones the first."""
    backwards = list(reversed(list(enumerate(passages))))
    own = sorted({(p.letters, p.document): i for i, p in backwards if p.long_enough}.values())
    long_ones = {p.letters: i for i, p in backwards if len(p.letters) >= ACROSS}
    every = sorted(long_ones.values())
    within = containers_within([passages[i] for i in own])
    everywhere = containers_everywhere([passages[i].letters for i in every])
    found = {own[i]: own[j] for i, j in within.items()}
    return found | {every[i]: every[j] for i, j in everywhere.items()}


def resembling(passages: list[Passage]) -> dict[int, int]:
    """What resembles what earlier, in its document or, if long, in any."""
    texts = [passage.letters for passage in passages]
    documents = [passage.document for passage in passages]
    sought = {(i, documents[i]) for i in perhaps_near(texts, WITHIN, documents)}
    sought |= {(i, -1) for i in perhaps_near(texts, ACROSS)}
    return closest(sorted(sought), dict(enumerate(texts)))


def contains(i: int, j: int, passages: list[Passage]) -> bool:
    """Whether passage i stands in j, as the docstring says it."""
    one, other = passages[i].letters, passages[j].letters
    if len(one) >= len(other) or one not in other:
        return False
    if len(one) >= 50:
        return True
    if passages[i].document != passages[j].document or len(one) < 20:
        return False
    ends = other_ends(passages[j].text)
    starts = (at for at in range(len(other)) if other.startswith(one, at))
    return any(at in ends and at + len(one) in ends for at in starts)


def other_ends(text: str) -> set[int]:
    """Positions of ends of clauses in a text that has no signs but commas."""
    ends, at = {0}, 0
    for clause in text.split("，"):
        at += len(clause)
        ends.add(at)
    return ends


@pytest.mark.parametrize("seed", range(6))
def test_containers_are_the_longest_of_all_that_contain_it(seed: int) -> None:
    rng = random.Random(seed)
    clauses = [prose(rng.randrange(8, 40), 100 * seed + n) for n in range(12)]
    passages = [
        Passage("，".join(rng.sample(clauses, rng.randrange(1, 6))), rng.randrange(2))
        for _ in range(60)
    ]
    longest: dict[int, int] = {}
    for i, j in product(range(60), repeat=2):
        if i != j and contains(i, j, passages):
            best = longest.get(i, j)
            size = len(passages[j].letters) - len(passages[best].letters)
            longest[i] = j if size > 0 else best
    first = {(p.letters, p.scope): i for i, p in reversed(list(enumerate(passages)))}.values()
    expected = {i: j for i, j in longest.items() if i in first}
    assert len(expected) > 5
    assert {i: j for i, j in containers(passages).items() if i in first} == expected


def variant(text: str, rng: random.Random) -> str:
    """``text`` with some characters changed, dropped or added."""
    characters = list(text)
    for _ in range(rng.choice([0, 0, 1, 1, 2, 3, 5])):
        at = rng.randrange(len(characters))
        characters[at : at + rng.randrange(2)] = prose(rng.randrange(3), rng.randrange(10**9))
    if rng.random() < 0.3:
        characters[len(characters) // 2 : len(characters) // 2] = str(rng.randrange(3))
    return "".join(characters)


@pytest.mark.parametrize("seed", range(8))
def test_near_copies_are_those_that_comparing_all_pairs_finds(seed: int) -> None:
    rng = random.Random(seed)
    sources = [prose(rng.randrange(20, 300), 1000 * seed + n) for n in range(12)]
    passages = [Passage(variant(rng.choice(sources), rng), rng.randrange(3)) for _ in range(120)]
    expected: dict[int, int] = {}
    for i, passage in enumerate(passages):
        best = 0.0
        for j in (j for j in range(i) if j not in expected):
            one, other = passage.letters, passages[j].letters
            compared = passage.document == passages[j].document or min(len(one), len(other)) >= 50
            agree = figures(one) <= figures(other) or figures(other) <= figures(one)
            if compared and agree and jaccard(one, other) >= max(0.8, best + 1e-12):
                best, found = jaccard(one, other), j
        if best:
            expected[i] = found
    assert 30 < len(expected) < 110
    assert resembling(passages) == expected


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 59), st.integers(0, 59))
def test_one_character_is_changed_in_sixty(seed: int, at: int, other: int) -> None:
    text = prose(60, seed)
    changed = text[:at] + "〇" + text[at + 1 :]
    expected = {1: 0} if jaccard(text, changed) >= 0.8 else {}
    assert resembling([Passage(text, 0), Passage(changed, 1)]) == expected
    twice = changed[:other] + "〇〇〇" + changed[other:]
    assert len(resembling([Passage(text, 0), Passage(twice, 1)])) == (jaccard(text, twice) >= 0.8)


def test_of_a_form_filled_in_many_times_the_first_are_compared() -> None:
    form = prose(60, 1)
    filled = [Passage(f"{form}{n}", n) for n in range(150)]
    again = [Passage(f"{form}{n}{form[:3]}", 200 + n) for n in (3, 50, 149)]
    assert resembling([*filled, *again]) == {150: 3}
