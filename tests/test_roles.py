from __future__ import annotations

import pytest

from tests.helpers import roles
from textlab.cleaning.roles import begins_tail, is_furniture, is_terminated, pull_quotes, role_of


@pytest.mark.parametrize(
    "line",
    [
        # bylines and credits
        "□某市日报记者 张三",
        "□ 全媒体记者 张三 李四 文/图",
        "记者 张三",
        "本报记者 张三 李四",
        "首席记者：张三",
        "通讯员 张三丰",
        "责任编辑：张三 校对：李四",
        "来源：某市发布",
        "（作者：张三）",
        "摄影：张三",
        "制图：张三",
        "值班编委：张三",
        # a dateline alone
        "本报讯（记者 张三）",
        "新华社北京7月8日电（记者 张三）",
        "某市日报7月8日讯",
        "某某网消息：",
        # the printed page
        "下转第2版",
        "上接一版",
        "A3版",
        "第2版：要闻",
        "第 3 页 共 12 页",
        "- 4 -",
        "12",
        "2024-07-08 10:20:30",
        "2024年7月8日 星期一",
        "(《某某联播》20240708 19:00)",
        "（《某某联播》 20240708 19:00）",
        # buttons, counters, the way to the page
        "分享到：",
        "打印",
        "收藏 分享 打印",
        "评论(12)",
        "点赞 8",
        "返回顶部",
        "扫一扫在手机打开当前页",
        "上一篇：全市经济工作会议召开",
        "下一篇",
        "发布时间：2024-07-08",
        "浏览次数：1024",
        "字体：大 中 小",
        "当前位置：首页 > 政务公开 > 政策文件",
        "首页>新闻>要闻",
        "某网 > 某频道 > 某栏目",
        # what a converter has left
        "<!-- 正文开始 -->",
        "[返回](index.html)",
        "https://example.org/a/b?c=1",
        # the foot of a site
        "版权所有：某市人民政府",
        "主办单位：某市人民政府办公室",
        "网站标识码：0000000001",
        "主办单位：某市人民政府 承办单位：某市数据局",
        "某ICP备00000001号",
        "免责声明：本网转载的内容不代表本网观点，仅供参考，如有不妥之处请与本网联系处理。",
        "相关推荐",
        "相关新闻：",
    ],
)
def test_furniture_of_the_page(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "记者从会上了解到，全市经济稳中向好。",
        "打印费用由财政承担",
        "收藏家协会举办展览，",
        "分享改革发展成果，",
        "评论员文章指出，要坚定信心。",
        "举报线索要限时办结，",
        "下一篇章的序幕已经拉开",
        "来源广泛、结构合理的人才队伍",
        "编辑出版一批优秀读物",
        "首页设计要简洁明了。",
        "声明态度、亮明立场，",
        "2024年7月8日，全市召开大会。",
        "第一产业增加值增长3%",
        "一、版权保护体系更加健全",
        "三版图纸已经通过审查。",
        "投入 > 产出 > 预期的情形要避免。",
        "上下联动一条心",
        "12个重点项目",
        "主办单位：市教育局、市民政局，各县、区",
        "本报讯（记者 张三）果园丰收。",
        "某某网消息灵通，服务周到。",
        "《某某联播》20240708",
    ],
)
def test_text_that_only_looks_like_furniture(line: str) -> None:
    assert not is_furniture(line)


def test_a_long_line_is_no_byline() -> None:
    assert is_furniture("来源：" + "某" * 97)
    assert not is_furniture("来源：" + "某" * 98)


@pytest.mark.parametrize(
    ("text", "mark", "role"),
    [
        ("一、扩大有效投资", "", "heading"),
        ("（一）优化营商环境，激发市场活力", "", "heading"),
        ("第三章 保障措施", "", "heading"),
        ("在改革中破解难题", "", "heading"),
        ("扩大有效投资，增强发展后劲", "", "body"),
        ("扩大有效投资。", "", "body"),
        ("为深入贯彻会议精神，现作出如下决定：", "", "body"),
        ("扩大有效投资", "item", "body"),
        ("扩大有效投资。", "heading", "heading"),
        ("一、" + "扩" * 39, "", "body"),
        ("图为项目建设现场。", "", "caption"),
        ("图1：全市生产总值", "", "caption"),
        ("项目建设现场。张三 摄", "", "caption"),
        ("项目建设现场（张三摄）", "", "caption"),
        ("图书馆建设稳步推进。", "", "body"),
    ],
)
def test_role_of_a_paragraph(text: str, mark: str, role: str) -> None:
    assert role_of(text, mark) == role


@pytest.mark.parametrize(("length", "role"), [(60, "heading"), (61, "body")])
def test_a_title_without_punctuation_may_be_long(length: int, role: str) -> None:
    assert role_of("扩" * length) == role


@pytest.mark.parametrize(
    ("text", "alone", "roles_if_not_and_if_first"),
    [
        # A question, or a call, of one clause; with a comma only as the first of the document.
        ("融资难题如何破解？", "heading", ("body", "heading")),
        ("“一老一小”谁来照护？”", "heading", ("body", "heading")),
        ("向着春天出发！", "heading", ("body", "heading")),
        ("春天来了，如何出发？", "body", ("body", "heading")),
        ("融资难在哪里？贵在哪里；怎么办？", "body", ("body", "body")),
        ("融资难。怎么办？", "body", ("body", "body")),
        ("难" * 39 + "？", "heading", ("body", "heading")),
        ("难" * 40 + "？", "body", ("body", "body")),
        # A title of two parts, or three.
        ("扩大有效投资，增强发展后劲", "heading", ("body", "heading")),
        ("谋发展，促改革，惠民生", "heading", ("body", "heading")),
        ("谋发展，促改革，惠民生，开新局", "body", ("body", "body")),
        ("扩大有效投资，增强发展后劲，", "body", ("body", "body")),
        ("扩大有效投资，增强发展后劲。", "body", ("body", "body")),
        ("扩大投资；增强后劲", "body", ("body", "body")),
        ("扩，" + "大" * 38, "heading", ("body", "heading")),
        ("扩，" + "大" * 39, "body", ("body", "body")),
    ],
)
def test_what_only_a_line_of_its_own_can_be(
    text: str, alone: str, roles_if_not_and_if_first: tuple[str, str]
) -> None:
    assert role_of(text, alone=True) == alone
    inside, first = roles_if_not_and_if_first
    assert role_of(text) == inside
    assert role_of(text, alone=True, first=True) == first


def test_a_marked_line_is_what_its_mark_says() -> None:
    for alone in (True, False):
        assert role_of("融资难题如何破解？", "item", alone=alone) == "body"
        assert role_of("扩大投资；增强后劲", "heading", alone=alone) == "heading"


def test_pull_quotes_are_pieces_of_sentences_that_stand_there_twice() -> None:
    quote, title = "把服务送到门口，把温暖送到心口", "送服务，送温暖"
    texts = [title, quote, f"大家说，要{quote}。", "送温暖的队伍出发了。"]
    assert pull_quotes([title, quote], texts) == {quote}
    # A title that its text takes up, without a comma, is one all the same.
    assert pull_quotes(["送温暖"], texts) == frozenset()
    assert pull_quotes([], []) == frozenset()


def test_a_pull_quote_is_no_heading() -> None:
    quote = "把服务送到门口，把温暖送到心口"
    raw = f"社区新事\n\n大家说，要{quote}，也要多听意见。\n\n{quote}\n\n大家点头称是。\n"
    assert ("body", quote) in roles(raw)
    other = raw.replace(f"要{quote}，", "要办实事，")
    assert ("heading", quote) in roles(other)


def test_a_title_that_its_text_quotes_stays_one() -> None:
    title = "把服务送到门口，把温暖送到心口"
    raw = f"{title}\n\n大家点头称是。\n\n大家说，这就是“{title}”。\n"
    assert roles(raw)[0] == ("heading", title)


def test_a_question_alone_on_a_line_is_a_heading_and_one_in_a_text_is_not() -> None:
    raw = "如何出发？\n\n大家说，要办实事。\n\n钱从哪里来？\n\n大家说，要精打细算。钱要花在哪里？\n"
    assert [role for role, _ in roles(raw)] == ["heading", "body", "heading", "body"]


@pytest.mark.parametrize(
    "text", ["完成。", "完成！”", "完成。）", "如下：", "完成；", "Done!", "……"]
)
def test_ends_of_sentences(text: str) -> None:
    assert is_terminated(text)


@pytest.mark.parametrize("text", ["", "完成", "完成，", "“完成”", "完成、", "3.5"])
def test_what_ends_no_sentence(text: str) -> None:
    assert not is_terminated(text)


def test_a_saved_web_page() -> None:
    raw = """首页 > 政务公开 > 工作动态

# 全市营商环境大会召开

发布时间：2024-07-08 来源：某市发布

会议强调，要持续优化营商环境。

责任编辑：张三

相关推荐

某地优化营商环境的做法
某市发展新质生产力，成效明显。
版权所有：某市人民政府
"""
    assert roles(raw) == [
        ("furniture", "首页 > 政务公开 > 工作动态"),
        ("heading", "全市营商环境大会召开"),
        ("furniture", "发布时间：2024-07-08来源：某市发布"),
        ("body", "会议强调，要持续优化营商环境。"),
        ("furniture", "责任编辑：张三"),
        ("furniture", "相关推荐"),
        ("furniture", "某地优化营商环境的做法"),
        ("furniture", "某市发展新质生产力，成效明显。"),
        ("furniture", "版权所有：某市人民政府"),
    ]


@pytest.mark.parametrize("line", ["相关推荐的政策要抓紧落实。", "做好相关新闻宣传", "推荐阅读书目"])
def test_a_tail_begins_with_its_title_alone(line: str) -> None:
    assert not begins_tail(line)
    assert [role for role, _ in roles(f"{line}\n\n会议强调，要抓落实。")][-1] == "body"


def test_a_line_of_links_is_navigation_and_a_sentence_with_a_link_is_not() -> None:
    assert is_furniture("[首页](http://a.cn/) | [政务服务](http://a.cn/b) | [营商环境](c.html)")
    assert not is_furniture("优化[营商环境](c.html)，办好[政务服务](d.html)。")


def test_a_page_number_between_hyphens_is_no_item_of_a_list() -> None:
    assert roles("- 3 -") == [("furniture", "- 3 -")]
