"""Columns in the wrong order: what is joined over other text, and what stays as it stands."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.broken import BACKWARD, FORWARD, STITCHED_BACKWARD, STITCHED_FORWARD
from tests.helpers import cleaned, roles, time_limit
from textlab.cleaning.lines import Line, split_lines
from textlab.cleaning.stitching import stitch
from textlab.cleaning.wrapping import group_lines
from textlab.language.cohesion import gain

FIRST, BETWEEN, SECOND = FORWARD.split("\n\n")
OPENED = "　　代表们认为，要牢牢把握“推动经济"
CLOSED = "社会全面进步”的要求，一步一个脚印，\n把规划变成现实。"
QUOTED = "牢牢把握“推动经济社会全面进步”的要求，一步一个脚印，把规划变成现实。"
# Nothing in it that any of these seams could be joined to.
FILLER = "　　文化广场灯火通明，店铺里座无虚席。\n"
ELSEWHERE = f"老厂区的夜晚\n\n{FILLER}"


def page(*blocks: str) -> str:
    return "\n\n".join(blocks)


def holds(raw: str, sentence: str) -> bool:
    """Whether one paragraph of the cleaned page has the sentence."""
    return any(sentence in text for text in cleaned(raw))


def groups_of(raw: str) -> list[list[Line]]:
    return [group.lines for group in group_lines(list(split_lines(raw)))]


def joined(groups: list[list[Line]]) -> list[str]:
    return ["".join(line.text for line in group) for group in groups]


def test_a_word_broken_over_swapped_columns_is_whole_again() -> None:
    first, second, last = cleaned(BACKWARD)
    assert first == "上半年，有关部门深入一线开展服务，"
    assert second == "摸清堵点难点，想方设法" + STITCHED_BACKWARD
    assert last.startswith("下一步，")


def test_the_rest_of_a_torn_group_stays_where_it_stood() -> None:
    before = joined(groups_of(FORWARD))
    assert before[1].endswith("歌声生产力，让老厂区焕发新活力。")
    after = joined(stitch(groups_of(FORWARD)))
    assert [text[:2] for text in after] == ["会上", "傍晚", "新质"]
    assert after[0].endswith(STITCHED_FORWARD)
    assert after[1].endswith("孩子们在草地上追逐嬉戏，歌声")


def test_a_seam_that_nothing_confirms_stays_open() -> None:
    # 展 and 发 are pieces of many words; that they are of one the last paragraph says.
    uncertain = BACKWARD.replace("要让经济平稳发展，", "还要一如既往，")
    assert not holds(uncertain, STITCHED_BACKWARD)
    assert "摸清堵点难点，想方设法保持经济平稳发" in cleaned(uncertain)
    assert not holds(FORWARD.replace("新质生产力是方向", "转型升级是方向"), STITCHED_FORWARD)


@pytest.mark.parametrize(
    ("rival", "harmless"),
    [
        ("　　有人说，要加快培育新质", "　　有人说，要加快培育出发"),
        ("　　从前的\n\n生产力，让新园区更有活力。", "　　从前的\n\n战斗力，让新园区更有活力。"),
    ],
)
def test_a_second_end_or_start_that_would_fit_blocks_a_stitch(rival: str, harmless: str) -> None:
    assert not holds(page(FORWARD, rival, FILLER), STITCHED_FORWARD)
    assert holds(page(FORWARD, harmless, FILLER), STITCHED_FORWARD)


def test_a_stitch_does_not_lead_far() -> None:
    assert holds(page(FIRST, FILLER * 3, BETWEEN, SECOND), STITCHED_FORWARD)
    assert not holds(page(FIRST, FILLER * 130, BETWEEN, SECOND), STITCHED_FORWARD)


def test_a_quotation_is_joined_to_its_other_half() -> None:
    assert holds(page(OPENED, ELSEWHERE, CLOSED), QUOTED)
    assert holds(page(FILLER, CLOSED, ELSEWHERE, OPENED), QUOTED)
    assert holds(page(OPENED, CLOSED), QUOTED)


@pytest.mark.parametrize(
    "further",
    ["　　有人说，还要“让生活更加美好", "社会普遍关注”的话题，要认真回应，\n一件一件落实。"],
)
def test_a_quotation_with_two_other_halves_stays_open(further: str) -> None:
    assert not holds(page(OPENED, ELSEWHERE, CLOSED, ELSEWHERE, further), QUOTED)


def test_half_a_quotation_is_not_enough_where_no_word_runs_across() -> None:
    # The second half has lost its beginning in the middle of its paragraph.
    halved = "　　走进桑园村，柏油路通到家门口，\n村民笑着说，日子越过越好”。"
    assert OPENED.strip() in cleaned(page(OPENED, ELSEWHERE, halved))


def test_a_quotation_of_several_paragraphs_is_left_as_it_is() -> None:
    raw = "　　他说：“要坚持创新。\n\n　　“要坚持开放。\n\n　　要坚持实干。”"
    assert cleaned(raw) == ["他说：“要坚持创新。", "“要坚持开放。", "要坚持实干。”"]


@pytest.mark.parametrize("mark", ["- ", "# ", "（一）", "二、"])
def test_what_begins_anew_continues_nothing(mark: str) -> None:
    texts = cleaned(page(FIRST, BETWEEN, mark + SECOND))
    assert STITCHED_FORWARD not in "\n".join(texts)
    assert any(text.startswith(("生产力", mark + "生产力")) for text in texts)


def test_furniture_is_stitched_to_nothing() -> None:
    credit, source = "责任编辑：张三的质", "来源：生产力日报"
    raw = page(FIRST, credit, BETWEEN, source, SECOND)
    assert [text for role, text in roles(raw) if role == "furniture"] == [credit, source]
    assert holds(raw, STITCHED_FORWARD)


def test_a_pull_quote_does_not_steal_the_continuation() -> None:
    # Set in large type, without punctuation, at the top of the page and in its middle.
    for raw, quote in (
        (page("生产力改变一座老城", FORWARD), "生产力改变一座老城"),
        (page(FIRST, "让老城换新颜", BETWEEN, SECOND), "让老城换新颜"),
    ):
        assert holds(raw, STITCHED_FORWARD)
        assert quote in cleaned(raw)


def test_headings_are_neither_ends_nor_starts() -> None:
    ending, beginning = "推动高质量经济平稳发", "展的老城故事"
    known = "　　经济平稳发展的成果，要惠及群众。"
    assert {ending, beginning} < set(cleaned(page(ending, FILLER, beginning, known)))
    # As sentences they would be.
    assert holds(
        page(f"要稳，{ending}", FILLER, f"{beginning}，", known), "经济平稳发展的老城故事，"
    )


def test_a_page_in_order_is_left_as_it_is() -> None:
    groups = groups_of("　　新质生产力是方向，完善服务是保障。\n" * 3)
    assert stitch(groups) == groups
    assert stitch([]) == []


# Lines of which many fit many others, and some themselves.
PIECES = [
    *("展，要稳步推进，保持经济平稳发", "生产力，让老厂区重获生机，培育新质", "展，各项工作有序开"),
    *(
        "会议指出，要加快发展新质",
        "生产力，一步一个脚印。",
        "要要让经济平稳发展，新质生产力是方向。",
    ),
    *("量发展的路子越走越宽，高质", "代表们说，要“推动经济", "社会进步”，要抓实干，保持发"),
    *("推动高质量发展", "（一）要抓实干，促进发", "展翅高飞，”", "张三的歌声"),
]
GROUPS = st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=3), max_size=14)


@settings(max_examples=300, deadline=None)
@given(GROUPS)
@example([["展，要稳步推进，保持经济平稳发"], ["要要让经济平稳发展，新质生产力是方向。"]])
@example([[PIECES[6]], [PIECES[0]], [PIECES[2]], [PIECES[5]], [PIECES[3]], [PIECES[1]]])
def test_no_line_is_lost_or_doubled_and_each_stands_behind_its_first_half(
    texts: list[list[str]],
) -> None:
    lines = iter(split_lines("\n".join(text for group in texts for text in group)))
    groups = [[next(lines) for _ in group] for group in texts]
    flat = [line.after for group in groups for line in group]
    stitched = stitch(groups)
    assert sorted(line.after for group in stitched for line in group) == flat
    firsts = [group[0].after for group in stitched]
    assert firsts == sorted(firsts)
    neighbours = {pair for group in groups for pair in pairwise(line.after for line in group)}
    for group in stitched:
        for one, other in pairwise(group):
            quoted = "“" in "".join(line.text for line in group)
            assert (
                (one.after, other.after) in neighbours or quoted or gain(one.text, other.text) > 0
            )


MEGABYTE = 1_000_000
RARE = "蝴蝶 葡萄 咖啡 胳膊 垃圾 葫芦 鸳鸯 朦胧 踌躇 疙瘩 牺牲 尴尬 茯苓 憔悴 琵琶 蜘蛛".split()
# Lines that all end and begin in mid-sentence: every end with every start, none with any,
# each with one only, and quotations that are all left open.
WORST = {
    "many fit": ["展，要稳步推进，保持经济平稳发"],
    "none fits": ["展翅，各项工作，歌声", "的，人们沿着河岸，也"],
    "one fits": [
        *(f"真抓，{word[0]}" for word in RARE),
        *["好的，"] * 2,
        *(f"{word[1]}要抓，" for word in RARE),
        *["好的，"] * 200,
    ],
    "quotations": ["代表们说，要“推动经济", "", "社会进步”，要抓实干，保持发", ""],
}


@pytest.mark.parametrize("pattern", WORST.values(), ids=WORST)
def test_time_is_linear_in_the_worst_page(pattern: list[str]) -> None:
    block = "\n".join(pattern) + "\n"
    raw = block * (MEGABYTE // len(block))
    with time_limit(30):
        texts = cleaned(raw)
    assert sum(map(len, texts)) == len("".join(raw.split()))
