from __future__ import annotations

import random
from collections import Counter
from textwrap import dedent

import pytest

from tests.helpers import CLOSING, cleaned, damaged, demo_bodies, wrap
from textlab.cleaning.lines import split_lines
from textlab.cleaning.paragraphs import clean_text
from textlab.cleaning.seams import between_words, word_across
from textlab.cleaning.wrapping import column_lines, group_lines
from textlab.language.lexicon import read_lexicon
from textlab.language.matching import Matcher

# Written for these tests.
SENTENCES = [
    "全市上下要把发展新质生产力摆在更加突出的位置，持续优化营商环境，用改革的办法破解难题。",
    "工业园区新引进智能装备项目12个，总投资36.5亿元，预计年产值增长8.5%以上，带动就业2000余人。",
    "坚持农业农村优先发展，全面推进乡村振兴，建成高标准农田3.2万亩，粮食安全的根基更加牢固。",
    "依托5G和AI技术推动“智改数转”，鼓励科技成果转化，打造现代化产业体系，服务高质量发展大局。",
    "政务服务大厅推行“一网通办”，平均办理时限压缩六成；群众满意度达到98%，比上年提高两个百分点。",
]

COLUMN = """\
　　深入推进改革攻坚，把各项部署落
到实处。要聚焦企业关切，建立常态
化沟通机制，让政策直达基层、直达
快享，切实增强经营主体的信心。
　　要加强统筹协调，压实各级责任，
确保各项任务按时完成。
"""


def terms_in(raw: str) -> Counter[str]:
    matcher = Matcher(read_lexicon()["term"])
    texts = [traced.text for role, traced in clean_text(raw) if role != "furniture"]
    return Counter(surface for text in texts for _, _, surface in matcher.find(text))


def test_a_column_is_joined_and_its_paragraphs_are_not() -> None:
    assert cleaned(COLUMN) == [
        "深入推进改革攻坚，把各项部署落到实处。要聚焦企业关切，建立常态化沟通机制，"
        "让政策直达基层、直达快享，切实增强经营主体的信心。",
        "要加强统筹协调，压实各级责任，确保各项任务按时完成。",
    ]


def test_which_lines_fill_a_column() -> None:
    lines = list(split_lines(COLUMN))
    # The last line of all is narrower than two and a half characters less.
    assert column_lines(lines) == [True, True, True, True, True, False]


def test_a_first_line_that_has_lost_its_indent_fills_the_column_too() -> None:
    lost = COLUMN.replace("　", "")
    assert column_lines(list(split_lines(lost)))[0]
    assert cleaned(lost)[0].startswith("深入推进改革攻坚，把各项部署落到实处。")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\u2028", " \r\n", "\u3000\n"])
def test_any_line_end_will_do(line_end: str) -> None:
    assert cleaned(COLUMN.replace("\n", line_end)) == cleaned(COLUMN)


def test_a_blank_line_inside_a_sentence_is_a_column_break() -> None:
    lines = COLUMN.splitlines()
    broken = "\n".join([*lines[:2], "", "", *lines[2:]])
    assert cleaned(broken) == cleaned(COLUMN)


def test_the_last_line_of_a_paragraph_may_stand_behind_a_column_break() -> None:
    broken = dedent("""\
        今年以来，全市围绕实体经济做文章，
        支持龙头企业扩大产能，引导配套企
        业向园区集聚发展，为加快培育新

        质生产力积蓄后劲。
        会议还听取了安全生产工作的汇报。""")
    assert "为加快培育新质生产力积蓄后劲。" in cleaned(broken)[0]


def test_a_heading_is_not_joined_to_its_text() -> None:
    raw = f"在改革中破解难题\n{COLUMN}一、扩大有效投资\n{COLUMN}"
    assert cleaned(raw)[0] == "在改革中破解难题"
    assert "一、扩大有效投资" in cleaned(raw)


def test_a_list_of_slogans_is_not_joined() -> None:
    slogans = ["凝心聚力谋发展", "真抓实干创未来", "同心同德开新局", "砥砺奋进谱华章"] * 2
    assert cleaned("\n".join(slogans)) == slogans


@pytest.mark.parametrize("anew", ["（二）", "二、", "2.", "第二章 ", "二是", "本报讯 "])
def test_what_begins_anew_ends_the_paragraph_before_it(anew: str) -> None:
    before = "深入推进改革攻坚，把各项部署落实。\n要聚焦企业关切，建立常态化的机制。\n"
    raw = f"{before}{anew}让政策直达基层，让企业直达快享，\n切实增强经营主体的发展信心。"
    assert [text for text in cleaned(raw) if text.startswith(anew.strip())]


def test_marks_of_markdown_are_bounds() -> None:
    raw = "# 决定\n- 坚持创新驱动，\n- 坚持开放合作；\n\n全市上下要凝心聚力，  \n真抓实干。\n"
    assert cleaned(raw) == [
        "决定",
        "坚持创新驱动，",
        "坚持开放合作；",
        "全市上下要凝心聚力，",
        "真抓实干。",
    ]


def test_a_marked_heading_ends_with_its_line() -> None:
    assert cleaned("# 深化改革，\n推动高质量发展。") == ["深化改革，", "推动高质量发展。"]


def test_a_number_begins_anew_even_inside_a_column() -> None:
    raw = dedent("""\
        要聚焦企业关切，建立常态化沟通机制。
        （二）让政策直达基层，让企业直达快享，
        切实增强经营主体的信心，激发全社会的
        创新活力，推动各项部署落到实处。""")
    first, second = cleaned(raw)
    assert first == "要聚焦企业关切，建立常态化沟通机制。"
    assert second.startswith("（二）让政策直达基层")


@pytest.mark.parametrize(
    ("before", "after", "across"),
    [
        ("全面建设社会主", "义现代化国家", True),
        ("推动经济发", "展", True),
        # 业务 is a word, but not of this text.
        ("千方百计稳就业", "务实推进改革", False),
        ("", "", False),
    ],
)
def test_a_word_across_the_seam(before: str, after: str, across: bool) -> None:
    assert word_across(before, after) is across


def test_a_word_across_joins_where_the_layout_is_silent() -> None:
    assert cleaned("全面建设社会主\n\n义现代化国家") == ["全面建设社会主义现代化国家"]
    assert cleaned("千方百计稳就业\n\n务实推进改革") == ["千方百计稳就业", "务实推进改革"]


@pytest.mark.parametrize(
    ("before", "after", "between"),
    [
        ("提升治理水平", "推动改革", True),
        ("提升治理水平", "要抓实", True),
        ("提升治理水平", "量增长", False),
        ("推动经济发", "全市上下", False),
        ("", "", False),
    ],
)
def test_a_seam_between_two_words(before: str, after: str, between: bool) -> None:
    assert between_words(before, after) is between


def test_an_item_goes_on_where_it_ends_open() -> None:
    assert cleaned("- 坚持创新驱动，\n推动高质量发展。") == ["坚持创新驱动，推动高质量发展。"]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("本市与国外大学合作建设 Silicon", "Valley 式的创新中心，", "Silicon Valley 式"),
        ("本市与国外大学合作建设研究院共", "12家，", "研究院共12家"),
        ("项目总投资为20", "24万元，", "总投资为2024万元"),
        ("推广应用人工智能和AI", "技术，", "AI技术"),
    ],
)
def test_latin_words_across_a_line_end_get_a_space(first: str, second: str, joined: str) -> None:
    raw = f"全市各部门要加强合作交流，\n{first}\n{second}切实增强经营主体的信心。"
    (text,) = cleaned(raw)
    assert joined in text


def test_the_space_is_the_line_end() -> None:
    raw = "坚持 open,\r\nopen source，\r\nand\r\nshare，"
    ((_, traced),) = clean_text(raw)
    spaces = [traced.offset(at) for at, character in enumerate(traced.text) if character == " "]
    assert raw[spaces[-1]] == "\n"
    assert traced.text.endswith("and share，")


def test_a_seam_inside_a_word_with_no_continuation_stays_open() -> None:
    raw = dedent("""\
        今年以来，全市围绕实体经济做文章，
        支持龙头企业扩大产能，引导配套企
        业向园区集聚，为加快培育新质生产

        城市夜景

        要聚焦企业关切，让政策直达基层。""")
    assert cleaned(raw)[0].endswith("新质生产")
    assert "城市夜景" in cleaned(raw)


def test_a_furniture_line_stands_alone() -> None:
    lines = COLUMN.splitlines()
    raw = "\n".join([*lines[:4], "责任编辑：某某", *lines[4:]])
    assert cleaned(raw) == [cleaned(COLUMN)[0], "责任编辑：某某", cleaned(COLUMN)[1]]


def test_groups_say_which_lines_are_furniture() -> None:
    raw = f"第2版：要闻\n\n{COLUMN}责任编辑：某某\n"
    groups = group_lines(list(split_lines(raw)))
    assert [group.furniture for group in groups] == [True, False, False, True]
    assert [len(group.lines) for group in groups] == [1, 4, 2, 1]
    assert group_lines([]) == []


@pytest.mark.parametrize(
    ("heading", "text", "joined"),
    [
        # Two whole words, and neither a word nor a term of both.
        ("（一）深化改革", "做好各项服务，", False),
        # 业务 is a word, but not of this text.
        ("（一）千方百计稳就业", "务实为民，", False),
        # Pieces of a word, and of a term.
        ("（一）持续深入推进全面深化改", "革的各项工作，", True),
        ("（一）培育新质", "生产力，", True),
    ],
)
def test_a_numbered_heading_and_what_stands_behind_a_blank_line(
    heading: str, text: str, joined: bool
) -> None:
    raw = f"{heading}\n\n{text}要压实责任，细化措施，确保年度各项目标任务按时完成。"
    assert (heading in cleaned(raw)) is not joined


def test_a_short_line_that_ends_a_sentence_ends_its_paragraph() -> None:
    raw = "各县区要压实责任，细化措施，主动担当\n作为。\n上下联动一条心"
    assert cleaned(raw) == [
        "各县区要压实责任，细化措施，主动担当作为。",
        "上下联动一条心",
    ]


def test_a_line_of_a_sentence_that_looks_like_a_byline_is_none() -> None:
    raw = dedent("""\
        　　为了解改革成效，近日，在收获的
        时节，本报记者走进园区、社区和乡
        村，倾听群众的心声，记录发展的脚
        步，感受蓬勃的活力，见证一座城市
        的变化。""")
    (text,) = cleaned(raw)
    assert "在收获的时节，本报记者走进园区、社区和乡村" in text


def test_the_wrapper_itself_keeps_to_the_rules() -> None:
    for sentence in SENTENCES:
        for width in range(14, 23):
            lines = wrap(sentence, width)
            assert "".join(lines) == sentence
            assert not any(line[0] in CLOSING for line in lines)
            assert all(len(line.encode("gb18030")) <= 2 * width + 6 for line in lines)


@pytest.mark.parametrize("indent", ["　　", ""])
@pytest.mark.parametrize("width", range(14, 23))
def test_wrapping_on_purpose_changes_no_count(width: int, indent: str) -> None:
    rng = random.Random(width)
    for _ in range(12):
        paragraphs = ["".join(rng.sample(SENTENCES, 3)) for _ in range(4)]
        expected = terms_in("\n\n".join(paragraphs))
        assert expected.total() >= 12
        assert terms_in(damaged(paragraphs, width, rng, indent=indent)) == expected


@pytest.mark.parametrize("width", range(14, 23))
def test_the_projects_own_texts_can_be_wrapped_at_any_width(width: int) -> None:
    documents = demo_bodies()
    assert len(documents) == 24
    failed = []
    for doc_id, paragraphs in documents.items():
        expected = terms_in("\n\n".join(paragraphs))
        wrapped = damaged(paragraphs, width, random.Random(f"{doc_id} {width}"))
        if terms_in(wrapped) != expected:
            failed.append(doc_id)
    assert failed == []


def test_a_numbered_heading_is_not_joined_because_a_term_happens_to_run_across() -> None:
    # 改革开放 is a term.
    raw = "（一）深化改革\n\n开放是必由之路，要压实责任。"
    assert cleaned(raw) == ["（一）深化改革", "开放是必由之路，要压实责任。"]


def test_an_indent_behind_a_blank_line_begins_a_paragraph() -> None:
    raw = "要坚持系统观念，准确把握“推动经济\n\n　　文化广场人来人往，十分热闹。"
    assert len(cleaned(raw)) == 2
