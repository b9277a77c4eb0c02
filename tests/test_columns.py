"""The reading order of pages."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from tests.helpers import time_limit
from textlab.reading.boxes import Box, line_of, rows_of
from textlab.reading.columns import blocks_of


def column(name: str, x: float, y: float, widths: Sequence[float], step: float = 15) -> list[Box]:
    """Lines of type of 10 points, named ``name`` and a number, of these widths in characters."""
    return [
        Box(f"{name}{number}", x, y + step * number, x + 10 * wide, y + step * number + 10, 10)
        for number, wide in enumerate(widths)
    ]


def order(pieces: Sequence[Box]) -> list[str]:
    shuffled = list(pieces)
    random.Random(0).shuffle(shuffled)
    blocks = blocks_of(shuffled)
    assert sorted(box for block in blocks for box in block) == sorted(pieces)
    return [line_of(row).text for block in blocks for row in rows_of(block)]


def names(name: str, n: int) -> list[str]:
    return [f"{name}{number}" for number in range(n)]


FULL = [20.0] * 8


def test_one_column_is_read_from_the_top() -> None:
    assert order(column("a", 50, 50, [18, *FULL, 7])) == names("a", 10)


def test_two_columns_are_read_one_after_the_other() -> None:
    page = [*column("a", 50, 50, [*FULL, 9]), *column("b", 270, 50, [*FULL, 3])]
    assert order(page) == [*names("a", 9), *names("b", 9)]


def test_narrow_gutters_of_a_newspaper() -> None:
    page = [*column("a", 50, 50, [12] * 9), *column("b", 179, 50, [12] * 9)]
    page += column("c", 308, 50, [12] * 9)
    assert order(page) == [*names("a", 9), *names("b", 9), *names("c", 9)]


def test_columns_whose_lines_stand_at_different_heights() -> None:
    page = [*column("a", 50, 50, FULL), *column("b", 270, 57.5, FULL)]
    assert order(page) == [*names("a", 8), *names("b", 8)]


def test_heading_across_columns_is_read_where_it_stands() -> None:
    page = [*column("h", 50, 20, [42]), *column("a", 50, 50, FULL), *column("b", 270, 50, FULL)]
    page += [
        *column("i", 100, 180, [30]),
        *column("c", 50, 210, FULL),
        *column("d", 270, 210, FULL),
    ]
    expected = ["h0", *names("a", 8), *names("b", 8), "i0", *names("c", 8), *names("d", 8)]
    assert order(page) == expected


def test_heading_above_the_first_of_three_columns() -> None:
    page = [*column("h", 50, 50, [12]), *column("a", 50, 80, [12] * 9)]
    page += [*column("b", 180, 50, [12] * 11), *column("c", 310, 50, [12] * 11)]
    assert order(page) == ["h0", *names("a", 9), *names("b", 11), *names("c", 11)]


def test_heading_across_two_of_three_columns() -> None:
    page = [*column("h", 50, 50, [25]), *column("a", 50, 80, [12] * 9)]
    page += [*column("b", 180, 80, [12] * 9), *column("c", 310, 50, [12] * 11)]
    assert order(page) == ["h0", *names("a", 9), *names("b", 9), *names("c", 11)]


def test_two_columns_above_three() -> None:
    page = [*column("a", 50, 50, [19] * 6), *column("b", 260, 50, [19] * 6)]
    page += [*column("h", 50, 150, [40])]
    page += [
        piece for n, x in enumerate((50, 190, 330)) for piece in column("cde"[n], x, 180, [12] * 6)
    ]
    parts = ["a", "b", "c", "d", "e"]
    found = order(page)
    assert found == [
        *names("a", 6),
        *names("b", 6),
        "h0",
        *names("c", 6),
        *names("d", 6),
        *names("e", 6),
    ]
    assert {name[0] for name in found} == {*parts, "h"}


def test_first_lines_of_paragraphs_are_indented() -> None:
    page = [*column("a", 50, 50, FULL), *column("b", 270, 50, FULL)]
    page = [box._replace(x0=box.x0 + 20) if box.text[1] in "036" else box for box in page]
    assert order(page) == [*names("a", 8), *names("b", 8)]


def test_table_of_numbers_is_read_row_by_row() -> None:
    page = [*column("a", 50, 50, [8, 5, 9, 4, 6, 8]), *column("b", 200, 50, [3] * 6)]
    page += column("c", 300, 50, [3] * 6)
    assert order(page) == [f"a{n}\tb{n}\tc{n}" for n in range(6)]


def test_two_lines_side_by_side_are_no_columns() -> None:
    page = [*column("a", 50, 50, [20, 20]), *column("b", 270, 50, [20, 20])]
    assert order(page) == ["a0 b0", "a1 b1"]


def test_lines_one_below_the_other_are_no_columns() -> None:
    page = [*column("a", 50, 50, FULL), *column("b", 270, 200, FULL)]
    assert order(page) == [*names("a", 8), *names("b", 8)]
    page = [*column("b", 270, 50, FULL), *column("a", 50, 200, FULL)]
    assert order(page) == [*names("b", 8), *names("a", 8)]


def test_empty_page_has_no_blocks() -> None:
    assert blocks_of([]) == []


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_lost_on_a_page_without_order(seed: int) -> None:
    rng = random.Random(seed)
    page = [
        Box(str(n), x := rng.uniform(0, 500), y := rng.uniform(0, 800), x + 60, y + 10, 10)
        for n in range(400)
    ]
    assert sorted(" ".join(order(page)).split()) == sorted(map(str, range(400)))


@pytest.mark.parametrize("lines", [40, 200])
def test_a_page_of_100_columns_is_ordered_in_seconds(lines: int) -> None:
    page = [box for n in range(100) for box in column("a", 60.0 * n, 50, [5] * lines)]
    with time_limit():
        found = [piece for block in blocks_of(page) for piece in block]
    assert len(found) == 100 * lines
