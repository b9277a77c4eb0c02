"""Clean documents broken on purpose, and what is counted of them."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.broken import (
    FORWARD,
    PROVINCIAL,
    Page,
    clean_terms,
    demo_documents,
    differing,
    provincial_documents,
    terms_in,
    terms_of,
    with_blocks_swapped,
)
from tests.broken_evaluation import Breakage, Costs
from tests.helpers import damaged

Documents = dict[str, list[str]]

DEMO, REPORTS, SAMPLE = 24, 31, 40
# The demo documents are short: broken several times, they say more.
TIMES = {"demo": 8, "provincial": 1}
WIDTHS = range(14, 23)
TEXTS = demo_documents()


@pytest.fixture(scope="module", params=["demo", "provincial"])
def sample(request: pytest.FixtureRequest) -> tuple[Documents, int]:
    """The demo's, or the provincial part of forty documents drawn from both, and how often each
    is broken."""
    if request.param == "provincial" and not PROVINCIAL.is_dir():
        pytest.skip("needs ../shared/corpora/provincial-2025 beside the checkout")
    drawn = sorted(random.Random(1).sample(range(DEMO + REPORTS), SAMPLE))
    if request.param == "demo":
        documents, numbers = demo_documents(), [at for at in drawn if at < DEMO]
    else:
        documents, numbers = provincial_documents(), [at - DEMO for at in drawn if at >= DEMO]
    names = sorted(documents)
    assert len(names) == (DEMO if request.param == "demo" else REPORTS)
    return {names[at]: documents[names[at]] for at in numbers}, TIMES[str(request.param)]


def test_the_sample_holds_terms_enough(sample: tuple[Documents, int]) -> None:
    for name, paragraphs in sample[0].items():
        assert terms_of(paragraphs) == clean_terms(paragraphs), name
        assert terms_of(paragraphs).total() >= 10, name


def test_wrapped_and_spaced_documents_are_counted_alike(sample: tuple[Documents, int]) -> None:
    documents, times = sample
    for name, paragraphs in documents.items():
        expected = clean_terms(paragraphs)
        for time in range(times):
            rng = random.Random(f"{time} {name}")
            raw = damaged(paragraphs, rng.choice(WIDTHS), rng)
            assert terms_in(raw) == expected, (name, time)


def test_swapped_columns_cost_less_than_one_term_in_a_hundred(
    sample: tuple[Documents, int],
) -> None:
    documents, times = sample
    lost = total = 0
    for name, paragraphs in documents.items():
        expected = clean_terms(paragraphs)
        for time in range(times):
            rng = random.Random(f"{time} {name}")
            page = with_blocks_swapped(paragraphs, rng.choice(WIDTHS), rng)
            assert sorted(page.order) == list(range(len(page.lines)))
            assert page.order != sorted(page.order)
            lost += differing(terms_in(page.text), expected)
            total += expected.total()
    assert total > 3_000
    assert lost <= total / 100


def test_what_an_evaluation_counts_by_hand() -> None:
    lines = FORWARD.split("\n")
    # The lines of the text, in the order in which they stand there; the blank ones are no part.
    page = Page(lines, [0, 1, 8, 3, 4, 9, 2, 5])
    found = Breakage()
    found.add(page, Counter({"新质生产力": 2}))
    assert (found.terms, found.stitches, found.right) == (2, 1, 1)
    assert (found.textlab, found.unstitched, found.plain) == (Costs(), Costs(lost=1), Costs(lost=1))
    assert found.plain.shown(found.terms).split() == ["1", "+", "0", "50.00%"]
    # Were the other block behind the first one, the stitch would be wrong.
    found.add(Page(lines, [0, 1, 8, 2, 3, 9, 4, 5]), Counter({"新质生产力": 1}))
    assert (found.terms, found.stitches, found.right) == (3, 2, 1)
    assert (found.textlab.gained, found.plain.lost) == (1, 1)


@settings(max_examples=300, deadline=None)
@given(
    name=st.sampled_from(sorted(TEXTS)),
    first=st.integers(0, 12),
    most=st.integers(3, 40),
    width=st.sampled_from(WIDTHS),
    seed=st.integers(0, 2**32),
    indent=st.sampled_from(["　　", ""]),
)
def test_wrapping_spacing_and_blank_lines_change_no_count(
    name: str, first: int, most: int, width: int, seed: int, indent: str
) -> None:
    paragraphs = TEXTS[name][first : first + most]
    raw = damaged(paragraphs, width, random.Random(seed), indent=indent)
    assert terms_in(raw) == terms_of(paragraphs)
