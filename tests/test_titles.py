"""Titles of official documents that are set over several lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers import roles, time_limit
from textlab.cleaning.lines import split_lines
from textlab.cleaning.titles import join_titles

BODY = "　　为优化服务，特作出如下决定。"


def titles(raw: str) -> list[str]:
    """The texts of the groups, each line of ``raw`` having been one."""
    groups = join_titles([[line] for line in split_lines(raw)])
    return ["".join(line.text for line in group) for group in groups]


def test_a_title_over_three_lines_is_one_heading() -> None:
    raw = f"中共某市委\n关于全面优化政务服务\n推动园区升级的决定\n\n{BODY}"
    assert roles(raw) == [
        ("heading", "中共某市委关于全面优化政务服务推动园区升级的决定"),
        ("body", BODY.strip()),
    ]


@pytest.mark.parametrize(
    "kind",
    "决定 决议 意见 通知 方案 规划 纲要 报告 办法 条例 规定 细则 措施 公告 通告 批复 公报".split(),
)
def test_the_kind_of_document_ends_the_title(kind: str) -> None:
    assert titles(f"某市人民政府\n关于优化服务的{kind}\n{BODY}") == [
        f"某市人民政府关于优化服务的{kind}",
        BODY.strip(),
    ]


@pytest.mark.parametrize(
    "raw",
    [
        # No kind of document, no matter, a sentence, a mark.
        "某市人民政府\n关于优化服务的讲话",
        "某市人民政府\n优化服务的决定",
        "某市人民政府，\n关于优化服务的决定",
        "# 某市人民政府\n关于优化服务的决定",
        "某市人民政府\n# 关于优化服务的决定",
        # Five lines, and more than 120 characters.
        "某市关于\n优化\n服务\n供给\n的决定",
        f"某市人民政府\n关于{'优化' * 60}的决定",
    ],
)
def test_lines_that_are_no_title_stay_apart(raw: str) -> None:
    assert titles(raw) == [line.removeprefix("# ") for line in raw.split("\n")]


def test_a_blank_line_ends_a_title() -> None:
    assert titles("某市要闻\n\n某市人民政府\n关于优化服务的决定") == [
        "某市要闻",
        "某市人民政府关于优化服务的决定",
    ]
    assert titles("某市人民政府\n\n关于优化服务的决定") == ["某市人民政府", "关于优化服务的决定"]


def test_a_title_on_one_line_takes_no_other_with_it() -> None:
    raw = "某市关于优化服务的决定\n关于鼓励创业的通知"
    assert titles(raw) == raw.split("\n")


def test_the_first_line_with_which_a_title_is_whole_ends_it() -> None:
    assert titles("某市关于优化\n服务的决定\n和通知") == ["某市关于优化服务的决定", "和通知"]


def test_titles_may_follow_each_other() -> None:
    raw = "某市关于优化\n服务的决定\n某县关于鼓励\n创业的通知\n" + BODY
    assert titles(raw) == ["某市关于优化服务的决定", "某县关于鼓励创业的通知", BODY.strip()]


@given(
    st.lists(st.sampled_from(["某市", "关于", "优化服务", "的决定", "", "要抓实干。", "# 办法"]))
)
def test_no_line_is_lost_doubled_or_moved(texts: list[str]) -> None:
    lines = list(split_lines("\n".join(texts)))
    groups = join_titles([[line] for line in lines])
    assert [line for group in groups for line in group] == lines


@pytest.mark.parametrize(
    "block", ["某市关于优化\n", "关于", "关于的决定\n关于\n", "某市关于\n", "关于\n\n"]
)
def test_time_is_linear_in_the_worst_page(block: str) -> None:
    raw = block * (1_000_000 // len(block))
    with time_limit(30):
        texts = titles(raw)
    assert sum(map(len, texts)) == len("".join(raw.split()))
