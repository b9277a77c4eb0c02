from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textlab.cleaning.traced import TracedText

# The model that everything is held against: characters and their raw offsets, one by one.
Model = list[tuple[str, int]]
Pieces = list[tuple[str, int]]

PIECES = st.lists(st.tuples(st.text("甲乙丙 \n１a", max_size=6), st.integers(0, 30)), max_size=5)


def build(pieces: Pieces) -> tuple[TracedText, Model]:
    traced = TracedText.join(TracedText.of(text, start) for text, start in pieces)
    return traced, [(c, start + at) for text, start in pieces for at, c in enumerate(text)]


def shown(traced: TracedText) -> Model:
    return [(character, traced.offset(at)) for at, character in enumerate(traced.text)]


def disjoint(cuts: Sequence[int], length: int) -> list[tuple[int, int]]:
    """Spans in order that do not overlap, from any numbers."""
    at = sorted(cut % (length + 1) for cut in cuts)
    return list(zip(at[::2], at[1::2], strict=False))


def test_of_join_slice_and_drop_by_hand() -> None:
    traced = TracedText.join([TracedText.of("高质", 3), TracedText.of("量发展", 8)])
    assert traced.text == "高质量发展"
    assert traced.runs == ((3, 2), (8, 3))
    assert traced.origin == "3+2 8+3"
    assert [traced.offset(at) for at in range(5)] == [3, 4, 8, 9, 10]
    assert traced.hull == (3, 11)
    assert traced.slice(1, 3) == TracedText("质量", ((4, 1), (8, 1)))
    assert traced.drop([(0, 1), (3, 4)]) == TracedText("质量展", ((4, 1), (8, 1), (10, 1)))


def test_neighbours_become_one_run() -> None:
    parts = [TracedText.of("新质", 0), TracedText.of("", 9), TracedText.of("生产力", 2)]
    assert TracedText.join(parts).origin == "0+5"


def test_a_stitched_column_may_run_backwards() -> None:
    stitched = TracedText.join([TracedText.of("乙", 7), TracedText.of("甲", 2)])
    assert stitched.hull == (2, 8)
    assert [stitched.offset(0), stitched.offset(1)] == [7, 2]


def test_the_empty_text_has_no_place() -> None:
    assert TracedText.of("").runs == ()
    assert TracedText.join([]) == TracedText("", ())
    assert TracedText.decode("", "").hull == (0, 0)


@pytest.mark.parametrize("position", [-1, 2, 99])
def test_a_position_outside_is_an_error(position: int) -> None:
    with pytest.raises(IndexError, match=f"position {position} in a text of 2 characters"):
        TracedText.of("文本", 5).offset(position)


@given(PIECES)
def test_it_is_a_list_of_characters_with_offsets(pieces: Pieces) -> None:
    traced, model = build(pieces)
    assert shown(traced) == model
    assert len(traced) == len(model) == sum(length for _, length in traced.runs)
    offsets = [offset for _, offset in model]
    assert traced.hull == ((min(offsets), max(offsets) + 1) if model else (0, 0))


@given(PIECES)
def test_runs_are_as_few_as_can_be(pieces: Pieces) -> None:
    traced, _ = build(pieces)
    ends = [start + length for start, length in traced.runs]
    assert all(length > 0 for _, length in traced.runs)
    assert all(end != start for end, (start, _) in zip(ends, traced.runs[1:], strict=False))


@given(PIECES)
def test_the_origin_can_be_read_back(pieces: Pieces) -> None:
    traced, _ = build(pieces)
    assert TracedText.decode(traced.text, traced.origin) == traced


@given(PIECES, st.integers(-5, 40), st.integers(-5, 40))
def test_slice(pieces: Pieces, start: int, end: int) -> None:
    traced, model = build(pieces)
    assert shown(traced.slice(start, end)) == model[max(start, 0) : max(end, 0)]


@given(PIECES, st.lists(st.integers(0, 100), max_size=8))
def test_drop(pieces: Pieces, cuts: list[int]) -> None:
    traced, model = build(pieces)
    spans = disjoint(cuts, len(model))
    gone = {at for start, end in spans for at in range(start, end)}
    assert shown(traced.drop(spans)) == [pair for at, pair in enumerate(model) if at not in gone]


@given(PIECES)
def test_strip(pieces: Pieces) -> None:
    traced, model = build(pieces)
    while model and model[0][0].isspace():
        model.pop(0)
    while model and model[-1][0].isspace():
        model.pop()
    assert shown(traced.strip()) == model


@given(PIECES)
def test_replace_changes_characters_and_no_offset(pieces: Pieces) -> None:
    traced, model = build(pieces)
    expected = [("1" if character == "１" else character, at) for character, at in model]
    assert shown(traced.replace({ord("１"): ord("1")})) == expected


@given(st.lists(PIECES, max_size=4))
def test_joining_is_associative(parts: list[Pieces]) -> None:
    built = [build(pieces) for pieces in parts]
    joined = TracedText.join(traced for traced, _ in built)
    assert shown(joined) == [pair for _, model in built for pair in model]
    one_by_one = TracedText.of("")
    for traced, _ in built:
        one_by_one = TracedText.join([one_by_one, traced])
    assert one_by_one == joined


@given(PIECES, st.lists(st.integers(0, 100), max_size=8), st.integers(0, 20), st.integers(0, 20))
def test_repairs_on_repairs(pieces: Pieces, cuts: list[int], start: int, end: int) -> None:
    traced, model = build(pieces)
    spans = disjoint(cuts, len(model))
    gone = {at for low, high in spans for at in range(low, high)}
    kept = [pair for at, pair in enumerate(model) if at not in gone]
    repaired = traced.drop(spans).slice(start, end)
    assert shown(repaired) == kept[start : max(end, start)]
    assert TracedText.decode(repaired.text, repaired.origin) == repaired
