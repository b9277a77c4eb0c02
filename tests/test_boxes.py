"""Characters of a page put together to rows, pieces and lines."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from tests.helpers import time_limit
from textlab.reading.boxes import Box, line_of, pieces_of, rows_of


def glyphs(text: str, x: float = 0, y: float = 0, size: float = 10, step: float = 0) -> list[Box]:
    """A box for each character, ``step`` points apart from the next; ASCII is half as wide."""
    boxes = []
    for character in text:
        width = size / 2 if character.isascii() else size
        boxes.append(Box(character, x, y, x + width, y + size, size))
        x += width + step
    return boxes


def texts(boxes: Sequence[Box]) -> list[str]:
    return [box.text for box in boxes]


def test_characters_of_a_row_are_one_piece() -> None:
    (piece,) = pieces_of(glyphs("营商环境", x=5, y=7))
    assert piece == Box("营商环境", 5, 7, 45, 17, 10)


def test_wide_gaps_part_pieces_and_lines_join_them_again() -> None:
    pieces = pieces_of([*glyphs("粮食"), *glyphs("56", x=29), *glyphs("58", x=80)])
    assert texts(pieces) == ["粮食", "56", "58"]
    assert line_of(pieces).text == "粮食 56\t58"
    assert line_of(pieces)[1:5] == (0, 0, 90, 10)


def test_chinese_that_is_set_wide_has_no_spaces() -> None:
    assert texts(pieces_of(glyphs("营商环境", step=7))) == ["营商环境"]
    assert texts(pieces_of(glyphs("营商环境", step=9))) == ["营", "商", "环", "境"]


def test_latin_words_are_parted_where_the_page_does() -> None:
    row = [*glyphs("GDP"), *glyphs("of", x=19), *glyphs("5%", x=33)]
    assert texts(pieces_of(row)) == ["GDP of 5%"]
    assert texts(pieces_of(glyphs("GDP", step=1))) == ["GDP"]


def test_spaces_of_the_file_are_kept_once_and_none_at_the_ends() -> None:
    assert texts(pieces_of(glyphs("  第一章 总则 "))) == ["第一章 总则"]
    assert pieces_of(glyphs(" 　 ")) == []


def test_raised_and_larger_signs_stand_on_their_row() -> None:
    row = [
        *glyphs("总则", y=10),
        *glyphs("1", x=20, y=9, size=6),
        *glyphs("的", x=24, y=8, size=12),
    ]
    assert texts(pieces_of(row)) == ["总则1的"]


def test_lines_set_close_are_two_rows() -> None:
    above, below = glyphs("上面一行", y=0), glyphs("下面一行", y=10.5)
    assert texts(pieces_of([*below, *above])) == ["上面一行", "下面一行"]


def test_small_lines_beside_a_large_heading_stay_apart() -> None:
    large = glyphs("号外", size=40)
    small = [glyphs(text, x=90, y=y) for y, text in ((0, "第一行"), (15, "第二行"), (30, "第三行"))]
    rows = rows_of([*large, *small[0], *small[1], *small[2]])
    assert ["".join(texts(row)) for row in rows] == ["第一行", "号外第二行", "第三行"]


@given(st.randoms(use_true_random=False))
def test_order_of_the_file_does_not_matter(rng: random.Random) -> None:
    boxes = [box for y in range(5) for box in glyphs(f"第{y}行 营商环境 GDP", y=15 * y)]
    expected = pieces_of(boxes)
    rng.shuffle(boxes)
    assert pieces_of(boxes) == expected


def test_a_page_of_200_000_characters_is_put_together_in_seconds() -> None:
    rng = random.Random(1)
    places = [
        (rng.uniform(0, 600), rng.uniform(0, 800), rng.uniform(1, 40)) for _ in range(200_000)
    ]
    with time_limit():
        pieces = pieces_of(Box("岚", x, y, x + size, y + size, size) for x, y, size in places)
        overlapping = pieces_of(Box("岚", x / 600, 0, 1, 1, 1) for x, _, _ in places)
    assert sum(len(piece.text) for piece in pieces) == 200_000
    assert texts(overlapping) == ["岚" * 200_000]
