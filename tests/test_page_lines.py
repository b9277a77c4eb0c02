"""Indents and blank lines of printed pages."""

from __future__ import annotations

from collections.abc import Sequence

from textlab.reading.boxes import Box
from textlab.reading.page_lines import edge_of, lines_of

Row = tuple[float, float, float]


def page(*rows: Row, size: float = 10) -> list[Box]:
    """Lines at a height, from and to a place across the page; the first is called 甲."""
    names = "甲乙丙丁戊己庚辛壬癸"
    return [Box(names[n], x0, top, x1, top + size, size) for n, (top, x0, x1) in enumerate(rows)]


def shown(*pages: Sequence[Box]) -> list[str]:
    return [line.text for line in lines_of(pages)]


def full(*tops: float) -> list[Row]:
    return [(top, 50.0, 250.0) for top in tops]


def test_indents_are_shown_by_wide_spaces_up_to_four() -> None:
    rows = [*full(0), (15.0, 70.0, 250.0), (30.0, 59.0, 250.0), (45.0, 140.0, 250.0), *full(60)]
    assert shown(page(*rows)) == ["甲", "　　乙", "　丙", "　　　　丁", "戊"]


def test_ragged_and_hanging_lines_have_none() -> None:
    rows = [*full(0), (15.0, 53.0, 240.0), (30.0, 45.0, 250.0), *full(45)]
    assert shown(page(*rows)) == ["甲", "乙", "丙", "丁"]


def test_centred_line_has_none() -> None:
    rows = [*full(0), (15.0, 120.0, 180.0), *full(30, 45)]
    assert shown(page(*rows)) == ["甲", "乙", "丙", "丁"]


def test_gap_that_is_wider_than_usual_is_a_blank_line() -> None:
    assert shown(page(*full(0, 15, 30, 53, 68))) == ["甲", "乙", "丙", "", "丁", "戊"]
    assert shown(page(*full(0, 15, 30, 52, 67))) == ["甲", "乙", "丙", "丁", "戊"]


def test_gaps_of_larger_type_may_be_larger() -> None:
    heading = page(*full(0, 36), size=24)
    body = [box._replace(text="文") for box in page(*full(72, 87, 102, 117))]
    assert shown([*heading, *body]) == ["甲", "乙", "", "文", "文", "文", "文"]


def test_no_blank_line_where_a_sentence_may_go_on() -> None:
    left = page(*full(0, 15, 30, 45))
    right = [box._replace(x0=270, x1=470, text=box.text + "右") for box in left]
    expected = ["甲", "乙", "丙", "丁", "甲右", "乙右", "丙右", "丁右"]
    assert shown([*left, *right]) == expected
    assert shown(left, right) == expected


def test_line_below_the_columns_is_parted_from_them() -> None:
    left = page(*full(0, 15, 30, 45))
    right = [box._replace(x0=270, x1=470, text="右") for box in left]
    below = Box("下", 50, 60, 470, 70, 10)
    assert shown([*left, *right, below]) == ["甲", "乙", "丙", "丁", *["右"] * 4, "", "下"]


def test_layout_says_page_and_box() -> None:
    lines = list(lines_of([page((-0.04, 1.25, 9.0)), [], page(*full(0, 15, 30, 99))]))
    assert [line.layout for line in lines] == [
        *("1 1.2 0.0 9.0 10.0", "3 50.0 0.0 250.0 10.0", "3 50.0 15.0 250.0 25.0"),
        *("3 50.0 30.0 250.0 40.0", "", "3 50.0 99.0 250.0 109.0"),
    ]


def test_edges_are_where_most_lines_begin_and_end() -> None:
    lines = page(*full(0, 15, 30), (45, 30, 260), (60, 70, 200))
    assert (edge_of(lines, "x0"), edge_of(lines, "x1")) == (50, 250)
    assert (edge_of(lines[3:], "x0"), edge_of(lines[3:], "x1")) == (30, 260)
