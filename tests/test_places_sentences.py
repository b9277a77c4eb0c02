"""What one paragraph says of whose it is. All sentences are made up for this test."""

from __future__ import annotations

import pytest

from tests.places_tables import tell


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("成都市市长张三表示，要抓好落实。", "成都市"),
        ("德阳市委书记李四丰说：“我们要抢时间。”", "德阳市"),
        ("在德阳市委书记李四看来，关键是人。", "德阳市"),
        ("其他几市怎么办？在绵阳市市长王五看来，关键是人。", "绵阳市"),
        ("“要把订单留住。”南充市经济和信息化局局长赵六介绍。", "南充市"),
        ("绵阳市发展和改革委员会相关负责人介绍，项目已开工。", "绵阳市"),
        ("讨论中，这番话让洪雅县委书记钱七很有感触，“我们也要学。”", "眉山市"),
        ("峨眉山市委书记孙八说，要保护山林。", "乐山市"),
        ("浙江义乌市市长周九介绍，市场很热闹。", "金华市"),
        ("中共中央委员、广东省委书记吴十在会上说，要继续向前。", "广东省"),
        ("凉山州州长郑十一表示，路修通了。", "凉山彝族自治州"),
        ("成都高新区管委会主任冯十二表示，企业来了。", "成都市"),
        ("四川省委书记陈十三在绵阳调研时强调，要抓好落实。", "四川省"),
    ],
)
def test_the_office_of_a_place_speaks(text: str, place: str) -> None:
    assert tell(text) == (place, "speaker")
    assert tell(text, "") == (place, "speaker")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("达州拥有一座新矿。", "达州市"),
        ("达州正谋划新的项目。", "达州市"),
        ("去年，绵阳在榜单中居第三位。", "绵阳市"),
        ("作为一座老城，自贡如何焕发新机？", "自贡市"),
        ("另一个“姊妹城”南充则把工业放在首位。", "南充市"),
        ("遂宁的做法是先修路。", "遂宁市"),
        ("2024年,眉山市地区生产总值稳步上升。", "眉山市"),
        ("双流县加快建设。", "成都市"),
        ("浙江义乌坚持开放。", "金华市"),
        ("乐山市市中区加快改造。", "乐山市"),
        ("眉山市东坡区、洪雅县加快发展。", "眉山市"),
        ("四川省人民政府近日印发一份方案。", "四川省"),
        ("达州市委、市政府高度重视。", "达州市"),
        ("记者从眉山市发展改革委获悉，项目已开工。", "眉山市"),
        ("据德阳市统计局消息，产值上升。", "德阳市"),
        ("在广元，茶农正忙着采茶。", "广元市"),
        ("上海浦东新区推出新举措。", "上海市"),
        ("——南充市：种好一棵树。", "南充市"),
        ("（二）雅安市", "雅安市"),
        # 会同 is a county of Hunan and a verb, 正定 a county of Hebei and no word.
        ("湖南会同广东开展行动。", "湖南省"),
        ("河北正定：种好一棵树", "石家庄市"),
    ],
)
def test_the_subject_of_the_first_sentence(text: str, place: str) -> None:
    assert tell(text) == (place, "subject")
    assert tell(text, "") == (place, "subject")


@pytest.mark.parametrize(
    "text",
    [
        "支持绵阳建设科技园区。",
        "成都平原土地肥沃。",
        "成都都市圈加快成长。",
        "成都的夜晚很热闹。",
        "安徽发布的目录有新变化。",
        "四川能源结构不断优化。",
        "《成都市提升办事效率实施方案》印发。",
        "峨眉山是一座名山。",
        "中山路将改造。",
        "北京冬奥会将开幕。",
        "上海合作组织将举行会议。",
        "随着成都加快发展，周边受益。",
        "向四川省委书记汇报了工作。",
        "驻香港特别行政区的机构发言人表示欢迎。",
        "总书记指出，云南要走在前。",
        "土地是根。农民是本。后来，绵阳加快发展。",
        "今天是晴天。",
        "",
    ],
)
def test_what_does_not_speak_stays_with_the_document(text: str) -> None:
    assert tell(text) == ("四川省", "document")
    assert tell(text, "") == ("", "")


@pytest.mark.parametrize(
    "text",
    [
        "以成都、德阳、眉山、资阳4市组成的都市圈，去年产值上升。",
        "成都、德阳、眉山、资阳四市要加快建设。",
        "成都和德阳签署协议。",
        "在成都，人们看灯；在德阳，人们听戏。",
        "成都市市长张三表示欢迎，德阳市市长李四说好。",
        "绵阳加快修路。德阳加快架桥。",
    ],
)
def test_several_places_at_once_are_none(text: str) -> None:
    assert tell(text) == ("", "several")
    # Unless the document's own place is one of them.
    assert tell(text.replace("成都", "乐山"), "乐山市")[0] == ("乐山市" if "成都" in text else "")


def test_a_province_and_its_cities_are_the_province() -> None:
    assert tell("四川加快建设。成都加快发展。德阳坚持创新。", "") == ("四川省", "subject")


def test_the_own_place_of_a_document_speaks_beside_others() -> None:
    assert tell("成都是近邻。眉山坚持融入。", "眉山市") == ("眉山市", "document")
    assert tell("眉山坚持融入。成都是近邻。", "眉山市") == ("眉山市", "subject")
    assert tell("绵阳获评一个称号。全省还有三市获评。", "四川省") == ("四川省", "document")


@pytest.mark.parametrize(
    ("text", "place", "found"),
    [
        ("我省将实施新计划。", "四川省", ("四川省", "province")),
        ("记者从会上获悉，我省将修路。", "四川省", ("四川省", "province")),
        ("省委提出，要抓好落实。", "四川省", ("四川省", "province")),
        ("省委提出，要抓好落实。", "眉山市", ("四川省", "province")),
        ("省财政厅相关负责人介绍，资金已到位。", "四川省", ("四川省", "province")),
        ("省委提出，眉山要抓好落实。", "眉山市", ("眉山市", "document")),
        ("全市上下抓落实。", "眉山市", ("眉山市", "document")),
        ("市委书记张三强调，要抓好落实。", "眉山市", ("眉山市", "document")),
        ("市科技局局长李四说，要抓好落实。", "眉山市", ("眉山市", "document")),
        ("全市上下抓落实。", "重庆市", ("重庆市", "document")),
        ("全区上下抓落实。", "宁夏回族自治区", ("宁夏回族自治区", "province")),
        ("全市上下抓落实。", "四川省", ("四川省", "document")),
        ("我省将实施新计划。", "", ("", "")),
        ("全县上下抓落实。", "洪雅县", ("洪雅县", "document")),
        ("洪雅县坚持种茶。", "洪雅县", ("洪雅县", "subject")),
        ("全省在行动。", "碧川市", ("碧川市", "document")),
    ],
)
def test_a_reference_means_the_place_of_the_document(
    text: str, place: str, found: tuple[str, str]
) -> None:
    assert tell(text, place) == found


def test_ambiguous_names_abstain_unless_the_document_decides() -> None:
    assert tell("吉林加快发展。", "") == ("", "")
    assert tell("吉林加快发展。", "吉林省") == ("吉林省", "subject")
    assert tell("吉林加快发展。", "吉林市") == ("吉林市", "subject")
    assert tell("海南坚持改革。海南省人民满意。", "") == ("海南省", "subject")
    assert tell("市中区委书记王五表示欢迎。", "") == ("", "")
    assert tell("市中区委书记王五表示欢迎。", "四川省") == ("四川省", "document")
    assert tell("市中区委书记王五表示欢迎。", "乐山市") == ("乐山市", "speaker")
    assert tell("白银在上升。", "") == ("", "")
    assert tell("白银在上升。", "甘肃省") == ("白银市", "subject")
    assert tell("鼓楼区加快改造。", "") == ("", "")
    assert tell("南京鼓楼区加快改造。", "") == ("南京市", "subject")


def test_names_are_those_of_the_year_of_the_document() -> None:
    assert tell("简阳市加快发展。", "四川省", date="2010-05-01") == ("资阳市", "subject")
    assert tell("简阳市加快发展。", "四川省", date="2020") == ("成都市", "subject")
    assert tell("简阳市加快发展。", "四川省") == ("成都市", "subject")
    assert tell("襄樊加快发展。", "", date="2005-01-01") == ("襄樊市", "subject")
    assert tell("襄樊加快发展。", "", date="2022-01-01") == ("", "")


def test_full_width_and_half_width_punctuation_do_the_same() -> None:
    for comma, colon in ("，：", ",:"):
        assert tell(f"今年{comma}成都将修路。") == ("成都市", "subject")
        assert tell(f"成都市市长张三{colon}“今年{comma}德阳将修路。”") == ("成都市", "speaker")
