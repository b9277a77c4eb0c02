"""Running heads, feet and page numbers."""

from __future__ import annotations

from collections.abc import Sequence

from textlab.reading.boxes import Box
from textlab.reading.page_heads import HEADS, NUMBERS, page_heads

Row = tuple[float, str]


def kinds(*pages: Sequence[Row]) -> list[dict[str, str]]:
    """For each page of rows (height on a page of 800 points, text) those that are left out."""
    boxes = [[Box(text, 50, y, 90, y + 10, 10) for y, text in sorted(page)] for page in pages]
    found = page_heads(boxes, [800.0] * len(pages))
    return [
        {page[at].text: kind for at, kind in heads.items()}
        for page, heads in zip(boxes, found, strict=True)
    ]


def body(n: int) -> list[Row]:
    return [(100 + 20.0 * line, "正文" + chr(0x4E00 + 100 * n + line)) for line in range(30)]


def test_heads_that_repeat_are_found() -> None:
    found = kinds(*([(20.0, "岚江市政府公报"), *body(n)] for n in range(3)))
    assert found == [{"岚江市政府公报": HEADS}] * 3


def test_heads_of_left_and_right_pages() -> None:
    heads = ["岚江市政府公报", "政策文件"] * 2
    found = kinds(*([(20.0, head), *body(n)] for n, head in enumerate(heads)))
    assert found == [{head: HEADS} for head in heads]


def test_heads_with_numbers_that_go_with_the_pages() -> None:
    heads = [f"第12期 {n + 5} 2024年第{n + 1}版" for n in range(3)]
    assert kinds(*([(20.0, head), *body(n)] for n, head in enumerate(heads))) == [{}] * 3
    heads = [f"岚江日报 2024年7月8日 第{n + 1}版" for n in range(3)]
    found = kinds(*([(20.0, head), *body(n)] for n, head in enumerate(heads)))
    assert found == [{head: HEADS} for head in heads]


def test_rows_of_a_table_with_other_numbers_are_no_heads() -> None:
    rows = ["全市粮食 56.1 万吨", "全市粮食 58.9 万吨"]
    assert kinds(*([(20.0, row), *body(n)] for n, row in enumerate(rows))) == [{}, {}]


def test_numbers_of_a_table_are_no_heads_even_if_they_repeat() -> None:
    assert kinds(*([(20.0, "56.1 58.9"), *body(n)] for n in range(2))) == [{}, {}]


def test_one_page_has_no_running_head() -> None:
    assert kinds([(20.0, "岚江市政府公报"), *body(1)]) == [{}]


def test_head_at_another_height_is_none() -> None:
    found = kinds([(20.0, "岚江市政府公报"), *body(1)], [(45.0, "岚江市政府公报"), *body(2)])
    assert found == [{}, {}]


def test_words_that_repeat_in_the_middle_of_pages_are_text() -> None:
    found = kinds(*([(400.5, "小结"), *body(n)] for n in range(3)))
    assert found == [{}] * 3


def test_bare_numbers_are_page_numbers_where_they_go_with_the_pages() -> None:
    assert kinds(*([*body(n), (780.0, str(n + 7))] for n in range(3))) == [
        {"7": NUMBERS},
        {"8": NUMBERS},
        {"9": NUMBERS},
    ]
    assert kinds(*([*body(n), (780.0, number)] for n, number in enumerate(["2023", "2018"]))) == [
        {},
        {},
    ]


def test_decorated_numbers_are_page_numbers_even_once() -> None:
    for number in ("— 3 —", "-3-", "第3页", "第 3 页 共 12 页", "3/12", "· 3 ·"):
        assert kinds([*body(1), (780.0, number)]) == [{number: NUMBERS}]
    for text in ("3月", "第3条", "（3）", "3、", "2024年"):
        assert kinds([*body(1), (780.0, text)]) == [{}]


def test_head_and_number_one_above_the_other() -> None:
    page = [[(20.0, "政策文件"), (35.0, f"{n}"), *body(n)] for n in (1, 2)]
    assert kinds(*page) == [{"政策文件": HEADS, str(n): NUMBERS} for n in (1, 2)]


def test_nothing_is_taken_from_behind_a_row_of_the_text() -> None:
    pages = [[(20.0, f"题目{'甲乙'[n]}"), (35.0, "本报讯"), *body(n)] for n in (0, 1)]
    assert kinds(*pages) == [{}, {}]


def test_page_that_is_printed_twice_has_no_heads() -> None:
    assert kinds([(20.0, "题目"), *body(1)], [(20.0, "题目"), *body(1)]) == [{}, {}]


def test_empty_pages() -> None:
    assert kinds([], []) == [{}, {}]
    assert page_heads([], []) == []
