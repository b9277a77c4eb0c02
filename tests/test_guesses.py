"""Titles guessed where nobody has given one: from headings, headlines, file names, first lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers import demo_bodies, time_limit, wrap
from textlab.reading.guessed_dates import guess_date
from textlab.reading.guessed_titles import CUT, LONGEST, guess_title
from textlab.reading.guesses import guess_genre, guess_source

BODY = "初秋清晨，沙棠河上薄雾未散，几只白鹭掠过水面。十年前，这里岸线破碎，散落着采砂场。\n"
PORTAL = "首页 > 新闻 > 正文\n\n首页\n要闻\n政务公开\n无障碍浏览\n\n分享至\n"
FACTS = (
    "索 引 号：LJ-0012-2024-007　主题分类：工业\n发文机关：岚江市人民政府　成文日期：2024年7月8日\n"
    "发文字号：岚府发〔2024〕12号\n\n"
)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("\n\n　关于产业的决定　\n正文。", "关于产业的决定"),
        ("## **岚江 \t 新闻**\n", "岚江 新闻"),
        ("---\n===\n***\n岚江新闻\n", "岚江新闻"),
        ("\ufeff\u200b岚江新闻\n", "岚江新闻"),
        ("关 于 产 业 的 决 定\n", "关于产业的决定"),
        ("一" * LONGEST + "\n", "一" * LONGEST),
        ("一" * (LONGEST + 1) + "\n", "一" * (CUT - 1) + "…"),
        ("***\n", ""),
        ("", ""),
    ],
)
def test_a_title_alone_is_found(text: str, title: str) -> None:
    assert guess_title(text, "a.txt") == title


@pytest.mark.parametrize(
    "title",
    [
        "中共岚江市委关于加快形成新质生产力推进新型工业化的决定",
        "老车间长出新动能：岚江市智改数转一线见闻",
        "把方便留给群众，把麻烦留给自己",
        "转发市政府关于优化营商环境的通知",
        "“优势地区”如何带好头？",
        "织密民生保障网",
    ],
)
@pytest.mark.parametrize(
    "page",
    [
        "{title}\n\n{body}",
        "{title}\n{body}",
        PORTAL + "{title}\n\n发布时间：2024-07-08　来源：岚江日报\n\n{body}",
        PORTAL + "{title}\n2024-07-08 09:30\n{body}",
        FACTS + "{title}\n\n{body}",
        "第2版：要闻\n\n2024年7月8日　星期一\n\n{title}\n\n□ 本报记者 沈知行\n\n{body}",
        "岚江日报\n农历六月初三\n总第4021期\n{title}\n本报记者 沈知行\n{body}",
        "## 市级领导干部读书班\n\n# {title}\n\n## 各方热议\n\n{body}",
        "市级领导干部专题读书班开班\n\n{title}\n\n——读书班侧记\n\n{body}",
        "[岚江市政府](https://a.example/) | [首页](b.html)\n\n# [{title}](c.html)\n\n{body}",
        "---\ntitle: {title}\ndate: 2024-07-08\n---\n\n{body}",
        "索引号：LJ-0012\n标题：{title}\n发文机关：岚江市人民政府\n\n{body}",
    ],
)
def test_the_title_is_found_among_what_belongs_to_the_page(page: str, title: str) -> None:
    assert guess_title(page.format(title=title, body=BODY), "a.md") == title


@pytest.mark.parametrize(
    ("top", "title"),
    [
        (
            "中共岚江市委\n关于加快发展新质生产力\n推进高质量发展的决定\n(2024年7月8日全会通过)\n",
            "中共岚江市委关于加快发展新质生产力推进高质量发展的决定",
        ),
        (
            "　　中共岚江市委关于全面\n　　　　乡村振兴的决定\n\n",
            "中共岚江市委关于全面乡村振兴的决定",
        ),
        ("关于印发《岚江市数据条例》\n的通知\n各县区：\n", "关于印发《岚江市数据条例》的通知"),
        ("岚江市政府工作报告\n二〇二四年一月六日\n市长\n", "岚江市政府工作报告"),
        ("向新而行看岚江\n　　", "向新而行看岚江"),
        ("Notes on\nnew productive forces\n\n", "Notes on new productive forces"),
        (
            "岚府发〔2024〕12号\n\n岚江市政府\n\n关于印发《行动方案》的\n\n通  知\n\n各县区：\n",
            "岚江市政府关于印发《行动方案》的通知",
        ),
        (
            "中共岚江市委\n\n关于加快发展新质生产力\n\n推进高质量发展的决定\n\n",
            "中共岚江市委关于加快发展新质生产力推进高质量发展的决定",
        ),
        ("索引号\t12-3\n成文日期\t2024年7月8日\n\n岚江市数据条例\n\n", "岚江市数据条例"),
    ],
)
def test_a_headline_over_several_lines_is_one_title(top: str, title: str) -> None:
    assert guess_title(top + BODY, "a.txt") == title


@pytest.mark.parametrize("width", [14, 18, 22, 30])
@pytest.mark.parametrize("between", ["\n\n", "\n　　"])
@pytest.mark.parametrize("headline", ["向新而行看岚江", "把方便留给群众，把麻烦留给\n自己"])
def test_a_headline_over_a_wrapped_text_takes_none_of_it(
    headline: str, between: str, width: int
) -> None:
    """Over every paragraph of the demo corpus's sources, set in a column."""
    for paragraphs in demo_bodies().values():
        for paragraph in paragraphs:
            text = headline + between + "\n".join(wrap(paragraph, width))
            assert guess_title(text, "a.txt") == headline.replace("\n", "")


@pytest.mark.parametrize(
    "dateline", ["本报讯（记者 沈知行）", "本报岚江7月8日讯 ", "新华社北京7月8日电　", "本报讯 "]
)
def test_a_page_that_begins_with_its_text_is_named_by_its_first_words(dateline: str) -> None:
    first = "　" + dateline + "全市产业大会"
    text = first + "\n召开，市委书记出席会议\n并讲话，各县区负责同志参\n加会议。" + BODY
    words = (
        " ".join(first.split()) + "召开，市委书记出席会议并讲话，各县区负责同志参加会议。" + BODY
    )
    assert guess_title(text, "a.txt") == words[: CUT - 1] + "…"


@pytest.mark.parametrize(
    ("file", "title"),
    [
        ("2025年岚江市政府工作报告.docx", "2025年岚江市政府工作报告"),
        ("reports/007_岚江市政府工作报告_2025.txt", "岚江市政府工作报告"),
        ("岚江市.txt", "各位代表：" + BODY.strip()),
        ("20240708.txt", "各位代表：" + BODY.strip()),
    ],
)
def test_a_chinese_file_name_is_the_title_of_a_text_without_a_headline(
    file: str, title: str
) -> None:
    assert guess_title("各位代表：\n" + BODY, file) == title
    assert guess_title("关于产业的决定\n\n" + BODY, file) == "关于产业的决定"


def test_numbered_and_later_headings_are_no_titles() -> None:
    text = f"关于产业的决定\n\n{BODY}\n# 一、守住底线\n\n# 附则\n"
    assert guess_title(text, "a.md") == "关于产业的决定"
    assert guess_title(f"# 一、守住底线\n\n{BODY}", "a.md").startswith("一、守住底线")


WORST = (
    "首页>" * 250_000,
    "[a](b)" * 170_000,
    "来源：" * 330_000,
    "索 引 号：" * 170_000,
    "2024年7月" * 140_000,
    "（" * 500_000 + "）" * 500_000,
    "记者 " * 330_000,
    "字 " * 500_000,
    "，" * 1_000_000,
    "2024 " * 200_000,
    "本报" * 500_000,
    "（本报" * 330_000,
    "\n".join(["（2024年"] * 170_000),
    "\n".join(["来源："] * 250_000),
    "\n" * 1_000_000,
    "　" * 1_000_000,
    "一〇〇〇年" * 200_000,
    "关于" * 500_000,
    "#" * 1_000_000,
    "索引号\t" * 250_000,
)


@pytest.mark.parametrize("text", WORST, ids=lambda text: repr(text[:6]))
def test_a_megabyte_of_anything_is_done_with(text: str) -> None:
    with time_limit(10):
        title = guess_title(text, "a.txt")
        guess_date(text, "a.txt", title)
        guess_genre(text, "a.txt", title, guess_source(text, title))
    assert len(title) <= LONGEST


def test_a_headline_is_no_longer_than_titles_are() -> None:
    lines = ["甲" * 40, "乙" * 40, "丙" * 40]
    assert guess_title("\n".join(lines), "a.txt") == lines[0] + lines[1]


@given(st.text(alphabet="关于的决定\n 　#*—（）：，。>|1220年月日来源记者A[]()", max_size=300))
def test_guesses_are_short_single_lines(text: str) -> None:
    title = guess_title(text, "a.txt")
    found = [title, guess_source(text, title), guess_date(text, "a.txt", title)]
    for value in found:
        assert value == value.strip() and len(value.splitlines()) <= 1
        assert len(value) <= LONGEST
    assert guess_title(text.replace("\n", "\r\n"), "a.txt") == title
