"""Columns in the wrong order: what is joined over other text, and what stays as it stands."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.helpers import cleaned, roles, time_limit
from textlab.cleaning.lines import Line, split_lines
from textlab.cleaning.stitching import stitch
from textlab.cleaning.wrapping import group_lines
from textlab.language.cohesion import gain

# Written for these tests. The fourth line belongs between the first and the second.
BACKWARD = """\
　　上半年，有关部门深入一线开展服务，
展，市场预期明显改善，外贸订单持续回
升，企业家的信心更足了。
摸清堵点难点，想方设法保持经济平稳发
　　下一步，还要完善配套服务，促进发展，
让群众得到实惠。"""
STITCHED = "想方设法保持经济平稳发展，市场预期明显改善，外贸订单持续回升，企业家的信心更足了。"

# The fifth line belongs between the second and the third.
FORWARD = """\
　　会上，代表们谈得最多的是产业，他们
建议因地制宜，在转型中加快培育新质
　　傍晚，文化广场灯火通明，人们沿着河
岸散步，孩子们在草地上追逐嬉戏，歌声
生产力，让老厂区焕发新活力。
　　新质生产力是方向，完善服务是保障。"""
GOES_ON = "加快培育新质生产力，让老厂区焕发新活力。"

OPENED = "　　代表们认为，要牢牢把握“推动经济"
ELSEWHERE = ["", "老厂区的夜晚", "", "　　文化广场灯火通明，店铺里座无虚席。", ""]
CLOSED = ["社会全面进步”的要求，一步一个脚印，", "把规划变成现实。"]
QUOTED = "牢牢把握“推动经济社会全面进步”的要求，一步一个脚印，把规划变成现实。"

# Nothing in it that a seam of the pages above could be joined to.
FILLER = "　　文化广场灯火通明，店铺里座无虚席。\n"


def groups_of(raw: str) -> list[list[Line]]:
    return [group.lines for group in group_lines(list(split_lines(raw)))]


def joined(groups: list[list[Line]]) -> list[str]:
    return ["".join(line.text for line in group) for group in groups]


def page(*blocks: str | list[str]) -> str:
    return "\n".join(
        line for block in blocks for line in ([block] if isinstance(block, str) else block)
    )


def test_a_word_broken_over_a_swapped_column_is_whole_again() -> None:
    first, second, last = cleaned(BACKWARD)
    assert first == "上半年，有关部门深入一线开展服务，"
    assert second == "摸清堵点难点，" + STITCHED
    assert last.startswith("下一步，")


def test_the_words_of_the_document_itself_confirm_a_seam() -> None:
    # 展 and 发 are pieces of many words; 发展， stands in the last paragraph.
    assert STITCHED not in page(cleaned(BACKWARD.replace("促进发展，", "一如既往，")))
    assert any(GOES_ON in text for text in cleaned(FORWARD))
    unconfirmed = FORWARD.replace("新质生产力是方向", "转型升级是方向")
    assert not any(GOES_ON in text for text in cleaned(unconfirmed))


def test_the_rest_of_a_torn_group_stays_where_it_stood() -> None:
    before = joined(groups_of(FORWARD))
    assert before[1].endswith("歌声生产力，让老厂区焕发新活力。")
    after = joined(stitch(groups_of(FORWARD)))
    assert [text[:2] for text in after] == ["会上", "傍晚", "新质"]
    assert after[0].endswith(GOES_ON)
    assert after[1].endswith("孩子们在草地上追逐嬉戏，歌声")


def test_an_uncertain_seam_stays_open() -> None:
    texts = cleaned(BACKWARD.replace("促进发展，", "一如既往，"))
    assert "摸清堵点难点，想方设法保持经济平稳发" in texts


@pytest.mark.parametrize(
    ("rival", "harmless"),
    [
        (
            "　　有人说，要加快培育新质\n　　大家点头称是。",
            "　　有人说，要加快培育出发\n　　大家点头称是。",
        ),
        ("　　从前的\n生产力，让新园区更有活力。", "　　从前的\n战斗力，让新园区更有活力。"),
    ],
)
def test_a_second_end_or_start_that_would_fit_blocks_a_stitch(rival: str, harmless: str) -> None:
    assert not any(GOES_ON in text for text in cleaned(f"{FORWARD}\n{rival}"))
    assert any(GOES_ON in text for text in cleaned(f"{FORWARD}\n{harmless}"))


def test_a_stitch_that_leads_too_far_is_none() -> None:
    lines = FORWARD.split("\n")
    near, far = (FILLER * times for times in (3, 130))
    assert any(GOES_ON in text for text in cleaned(page(lines[:2], near, lines[2:])))
    assert not any(GOES_ON in text for text in cleaned(page(lines[:2], far, lines[2:])))


def test_a_lone_stitch_in_a_text_longer_than_a_page_is_chance() -> None:
    assert STITCHED in "\n".join(cleaned(BACKWARD + "\n" + FILLER * 250))
    assert STITCHED not in "\n".join(cleaned(BACKWARD + "\n" + FILLER * 300))
    # With another one not far from it, it is believed.
    assert STITCHED in "\n".join(cleaned(f"{BACKWARD}\n{FILLER * 100}{FORWARD}\n{FILLER * 300}"))
    assert STITCHED not in "\n".join(cleaned(f"{BACKWARD}\n{FILLER * 300}{FORWARD}"))


def test_a_quotation_is_joined_to_its_other_half() -> None:
    assert any(text.endswith(QUOTED) for text in cleaned(page(OPENED, ELSEWHERE, CLOSED)))
    # The other way round, and where the halves stand next to each other.
    turned = page(FILLER.rstrip(), "", CLOSED, ELSEWHERE, OPENED)
    assert any(text.endswith(QUOTED) for text in cleaned(turned))
    assert any(text.endswith(QUOTED) for text in cleaned(page(OPENED, "", CLOSED)))


@pytest.mark.parametrize(
    "further",
    [
        # A second quotation that is left open, or closed without having been opened.
        "　　有人说，还要“让生活更加美好",
        page("社会普遍关注”的话题，也要认真回应，", "一件一件落实。"),
    ],
)
def test_a_quotation_with_two_other_halves_stays_open(further: str) -> None:
    raw = page(OPENED, ELSEWHERE, CLOSED, ELSEWHERE, further)
    assert not any(text.endswith(QUOTED) for text in cleaned(raw))


def test_half_a_quotation_alone_does_not_join_two_paragraphs() -> None:
    # The second one has lost its middle, and begins as a paragraph does.
    whole = ["　　走进桑园村，柏油路通到家门口，", "村民笑着说，日子越过越好”。"]
    texts = cleaned(page(OPENED, ELSEWHERE, whole))
    assert "代表们认为，要牢牢把握“推动经济" in texts


def test_a_quotation_of_several_paragraphs_is_left_as_it_is() -> None:
    raw = "　　他说：“要坚持创新。\n\n　　“要坚持开放。\n\n　　要坚持实干。”"
    assert cleaned(raw) == ["他说：“要坚持创新。", "“要坚持开放。", "要坚持实干。”"]


@pytest.mark.parametrize("mark", ["- ", "# ", "（一）", "二、"])
def test_what_begins_anew_continues_nothing(mark: str) -> None:
    lines = FORWARD.split("\n")
    marked = page(lines[:4], "", mark + lines[4], lines[5:])
    assert not any(GOES_ON in text for text in cleaned(marked))
    assert any(text.startswith(("生产力", mark.strip() + "生产力")) for text in cleaned(marked))


def test_furniture_is_stitched_to_nothing() -> None:
    lines = FORWARD.split("\n")
    raw = page(
        lines[:2],
        "",
        "责任编辑：张三 校对：李四的质",
        lines[2:4],
        "",
        "来源：生产力日报",
        lines[4:],
    )
    assert [text for role, text in roles(raw) if role == "furniture"] == [
        "责任编辑：张三 校对：李四的质",
        "来源：生产力日报",
    ]
    assert any(GOES_ON in text for text in cleaned(raw))


def test_a_pull_quote_does_not_steal_the_continuation() -> None:
    stolen = "生产力改变一座老城"
    for raw in (
        f"{stolen}\n\n{FORWARD}",
        FORWARD.replace("　　傍晚", "\n让老城换新颜\n\n　　傍晚"),
    ):
        texts = cleaned(raw)
        assert any(GOES_ON in text for text in texts)
        assert {stolen, "让老城换新颜"} & set(texts)


def test_headings_are_neither_ends_nor_starts() -> None:
    raw = page(
        "推动经济平稳发",
        "",
        FILLER.rstrip(),
        "",
        "展翅高飞的老城",
        "",
        "　　要促进发展，要抓实干。",
    )
    assert "推动经济平稳发" in cleaned(raw)
    assert "展翅高飞的老城" in cleaned(raw)


def test_a_page_in_order_is_left_as_it_is() -> None:
    raw = "　　新质生产力是方向，完善服务是保障。\n" * 3
    groups = groups_of(raw)
    assert stitch(groups) == groups
    assert stitch([]) == []


# Lines of which many fit many others, and some themselves.
PIECES = [
    *("展，要稳步推进，保持经济平稳发", "生产力，让老厂区重获生机，培育新质", "展，各项工作有序开"),
    *("会议指出，要加快发展新质", "生产力，一步一个脚印。", "要促进发展，新质生产力是方向。"),
    *("量发展的路子越走越宽，高质", "代表们说，要“推动经济", "社会进步”，要抓实干，保持发"),
    *("推动高质量发展", "（一）要抓实干，促进发", "展翅高飞，”", "张三的歌声"),
]
GROUPS = st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=3), max_size=14)


@settings(max_examples=300, deadline=None)
@given(GROUPS)
@example([["展，要稳步推进，保持经济平稳发"], ["要促进发展，新质生产力是方向。"]])
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
