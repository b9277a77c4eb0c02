"""Several articles on one page: where each begins, on whichever side its title stands."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.helpers import make_documents, roles, time_limit
from textlab.cleaning.articles import Part, number_articles
from textlab.cleaning.paragraphs import clean

HARBOUR = "港口吞吐量稳步提升，新航线接连开通。"
ORCHARD = "果园里硕果累累，合作社的订单排到了年底。"
LIBRARY = "图书馆延长开放时间，读者纷纷点赞。"


def numbered(*parts: tuple[str, str]) -> list[int]:
    return number_articles([Part(role, text) for role, text in parts])


def body(text: str) -> tuple[str, str]:
    return "body", text


def heading(text: str) -> tuple[str, str]:
    return "heading", text


def furniture(text: str) -> tuple[str, str]:
    return "furniture", text


def test_an_empty_page_has_no_articles() -> None:
    assert numbered() == []


def test_a_page_of_furniture_is_one_article() -> None:
    assert numbered(furniture("第2版"), furniture("责任编辑：张三")) == [1, 1]


def test_one_article_with_headings_is_one() -> None:
    parts = (
        heading("港口新篇"),
        furniture("记者 张三"),
        body(HARBOUR),
        heading("航线"),
        body(ORCHARD),
    )
    assert numbered(*parts) == [1] * 5


@pytest.mark.parametrize(
    "byline",
    ["□某市日报记者 张三", "本报记者 张三 李四", "记者 张三", "通讯员 张三", "●本报首席记者 张三"],
)
def test_titles_first_and_a_byline_below_each(byline: str) -> None:
    parts = (
        *(heading("港口新篇"), furniture(byline), body(HARBOUR)),
        *(heading("果园丰收"), furniture(byline), body(ORCHARD), body(LIBRARY)),
        *(heading("书香满城"), furniture(byline), body(LIBRARY)),
    )
    assert numbered(*parts) == [1, 1, 1, 2, 2, 2, 2, 3, 3, 3]


def test_a_title_of_several_lines_begins_with_its_first() -> None:
    parts = (
        *(heading("港口新篇"), furniture("记者 张三"), body(HARBOUR), furniture("下转第2版")),
        *(heading("金秋时节"), heading("果园丰收"), furniture("记者 李四"), body(ORCHARD)),
    )
    # The furniture between them has the number of the text before it.
    assert numbered(*parts) == [1, 1, 1, 1, 2, 2, 2, 2]


def test_a_byline_above_the_heading_makes_no_article() -> None:
    # It signs what stands before it.
    parts = (
        heading("港口新篇"),
        body(HARBOUR),
        furniture("记者 张三"),
        heading("航线"),
        body(ORCHARD),
    )
    assert numbered(*parts) == [1] * 5


def test_a_byline_after_the_first_paragraph_makes_no_article() -> None:
    parts = (heading("港口新篇"), body(HARBOUR), furniture("本报记者 张三"), body(ORCHARD))
    assert numbered(*parts) == [1] * 4


@pytest.mark.parametrize("number", ["一、", "（二）", "第三章 ", "1.", "三是"])
def test_numbered_headings_are_none_of_an_article(number: str) -> None:
    parts = (
        *(heading("港口新篇"), furniture("记者 张三"), body(HARBOUR)),
        *(heading(f"{number}果园丰收"), furniture("记者 李四"), body(ORCHARD)),
    )
    assert numbered(*parts) == [1] * 6


@pytest.mark.parametrize(
    "dateline",
    [
        "本报讯（记者 张三）",
        "本报讯 ",
        "某市日报讯（张三）",
        "新华社北京7月8日电（记者 张三）",
        "央视网消息（新闻联播）：",
        "【本报讯】",
        "本台消息，",
        "某市晚报1月2日讯 ",
    ],
)
def test_a_dateline_begins_an_article_with_its_heading_or_without(dateline: str) -> None:
    first = heading("港口新篇"), body(dateline + HARBOUR)
    assert numbered(*first, heading("果园丰收"), body(dateline + ORCHARD)) == [1, 1, 2, 2]
    assert numbered(*first, body(LIBRARY), body(dateline + ORCHARD)) == [1, 1, 1, 2]
    alone = furniture(dateline.rstrip("，："))
    assert numbered(*first, heading("果园丰收"), alone, body(ORCHARD)) == [1, 1, 2, 2, 2]


@pytest.mark.parametrize(
    "text",
    [
        "据某市日报社有关人士介绍，果园丰收。",
        "某市日报推出专版，介绍果园丰收的消息。",
        "一条好消息传来，果园丰收。",
        "全市用电量，果园最多。",
    ],
)
def test_what_only_mentions_a_newspaper_is_no_dateline(text: str) -> None:
    assert numbered(heading("港口新篇"), body(HARBOUR), body(text)) == [1, 1, 1]


def test_two_datelines_without_headings_are_two_articles() -> None:
    parts = (body("本报讯 " + HARBOUR), body(LIBRARY), body("本报讯 " + ORCHARD))
    assert numbered(*parts) == [1, 1, 2]


@pytest.mark.parametrize("title", ["一图读懂全市工作要点", "图解果园丰收", "图说书香满城"])
def test_an_infographic_is_an_article(title: str) -> None:
    parts = (heading("港口新篇"), body(HARBOUR), heading(title), heading("要点"), body(ORCHARD))
    assert numbered(*parts) == [1, 1, 2, 2, 2]


def test_a_caption_is_text_of_its_article() -> None:
    parts = (
        *(heading("港口新篇"), furniture("记者 张三"), ("caption", "图为港口。"), body(HARBOUR)),
        *(heading("果园丰收"), furniture("记者 李四"), ("caption", "图为果园。"), body(ORCHARD)),
    )
    assert numbered(*parts) == [1, 1, 1, 1, 2, 2, 2, 2]


def test_titles_last_are_told_by_the_words_they_share() -> None:
    parts = (
        *(body(HARBOUR), body("今年，港口开通航线三条。"), heading("港口新航线稳步开通")),
        *(body(ORCHARD), body("合作社带来好收成。"), heading("果园订单排到年底")),
    )
    assert numbered(*parts) == [1, 1, 1, 2, 2, 2]


def test_titles_last_and_a_byline_or_dateline_behind_them() -> None:
    parts = (
        *(body(HARBOUR), heading("潮起东方"), furniture("记者 张三")),
        *(body(ORCHARD), heading("秋实"), body("本报讯 " + LIBRARY), heading("书香")),
    )
    assert numbered(*parts) == [1, 1, 2, 2, 2, 3, 3]


def test_a_heading_within_a_page_whose_titles_come_last_begins_nothing() -> None:
    parts = (body(HARBOUR), heading("合作社的订单"), body(ORCHARD), heading("果园和港口"))
    assert numbered(*parts) == [1] * 4


def test_titles_of_a_whole_page() -> None:
    raw = f"""第2版：要闻

港口新篇

□某市日报记者 张三

{HARBOUR}

果园丰收

□某市日报记者 李四

{ORCHARD}

一、销路

{LIBRARY}

责任编辑：王五
"""
    assert [role for role, _ in roles(raw)].count("heading") == 3
    assert clean(make_documents({"a": raw}))["article"].tolist() == [*[1] * 4, *[2] * 6]


ROLES = ["body", "heading", "caption", "furniture"]
TEXTS = [
    *(HARBOUR, ORCHARD, "果园丰收", "一、销路", "本报讯", "本报讯（记者 张三）" + LIBRARY),
    *("□某市日报记者 张三", "本报记者 李四", "一图读懂", "责任编辑：王五", ""),
]
PARTS = st.lists(st.builds(Part, st.sampled_from(ROLES), st.sampled_from(TEXTS)), max_size=30)


@given(PARTS)
@example([])
@example([Part("furniture", "本报讯"), Part("body", "本报讯 " + HARBOUR)])
def test_numbers_begin_at_1_never_fall_and_leave_none_out(parts: list[Part]) -> None:
    numbers = number_articles(parts)
    assert len(numbers) == len(parts)
    assert numbers[:1] == [1][: len(numbers)]
    assert all(after - before in (0, 1) for before, after in pairwise(numbers))


MEGABYTE = 1_000_000
WORST = {
    "headings and bylines": "果园丰收\n\n□某市日报记者 张三\n\n",
    "articles": f"果园丰收\n\n记者 张三\n\n{ORCHARD}\n\n",
    "titles last": f"{ORCHARD}\n\n果园丰收的订单\n\n",
    "datelines": "本报讯（记者 张三）果园丰收。\n\n",
    "a long opening of datelines": "本报",
}


@pytest.mark.parametrize("block", WORST.values(), ids=WORST)
def test_time_is_linear_in_the_worst_page(block: str) -> None:
    raw = f"{HARBOUR}\n\n" + block * (MEGABYTE // len(block))
    with time_limit(30):
        numbers = clean(make_documents({"a": raw}))["article"]
    assert numbers.iloc[0] == 1
