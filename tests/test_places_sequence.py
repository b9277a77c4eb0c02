"""What goes on from one paragraph to the next. All texts are made up for this test."""

from __future__ import annotations

import pytest

from tests.places_tables import told

OPENING = "成都市市长张三丰给出方法：“先修一条路。”"


def places(*texts: str | tuple[str, str], place: str = "四川省") -> list[str]:
    return [place for place, _ in told(texts, place)]


@pytest.mark.parametrize(
    "text",
    [
        "“再架一座桥。”张三丰说。",
        "此外，还要架桥。",
        "其中，北边的桥先架。",
        "与此同时，南边也要架桥。",
        "该市还将架桥。",
        "全市上下都在忙。",
        "市交通局局长李四说，桥快好了。",
        "当地的村民都来帮忙。",
    ],
)
def test_the_same_place_goes_on(text: str) -> None:
    assert told([OPENING, text])[1] == ("成都市", "carried")


@pytest.mark.parametrize(
    "text",
    [
        "桥要架在哪里？",
        "此外，绵阳的桥也要架。",
        "李四说，桥快好了。",
        "张三丰的桥快好了。",
    ],
)
def test_what_is_not_tied_to_it_goes_back_to_the_document(text: str) -> None:
    assert told([OPENING, text])[1] == ("四川省", "document")


def test_what_was_said_by_default_is_not_carried() -> None:
    assert told(["今天天晴。", "此外，风也不大。"]) == [("四川省", "document")] * 2
    assert told([OPENING, "今天天晴。", "此外，风也不大。"])[2] == ("四川省", "document")


def test_a_speaker_is_remembered_within_the_article() -> None:
    texts = [OPENING, "今天天晴。", "张三丰介绍，桥也快好了。"]
    assert told(texts)[2] == ("成都市", "carried")
    assert told(texts, articles=[1, 1, 2])[2] == ("四川省", "document")


def test_one_name_of_two_places_is_nobody() -> None:
    texts = [OPENING, "德阳市委书记张三丰说，也好。", "张三丰说，就这样。"]
    assert places(*texts) == ["成都市", "德阳市", "四川省"]


def test_a_quotation_goes_on_until_it_is_closed() -> None:
    texts = ["德阳市委书记李四说：“要修路。", "要架桥。", "还要挖渠。”", "桥架好了。"]
    assert told(texts) == [
        ("德阳市", "speaker"),
        ("德阳市", "carried"),
        ("德阳市", "carried"),
        ("四川省", "document"),
    ]


def test_who_speaks_may_be_said_where_the_quotation_ends() -> None:
    texts = ["天晴了。", "“要修路。", "要架桥。", "还要挖渠。”德阳市委书记李四说。"]
    assert [basis for _, basis in told(texts)] == ["document", "carried", "carried", "speaker"]
    assert places(*texts) == ["四川省", "德阳市", "德阳市", "德阳市"]


def test_a_scene_is_that_of_its_own_paragraph() -> None:
    assert places("在广元，茶农正忙。", "此外，渔民也忙。") == ["广元市", "四川省"]


def test_a_heading_that_names_a_place_governs_what_says_nothing() -> None:
    texts: list[str | tuple[str, str]] = [
        ("成都市", "heading"),
        "路修好了。",
        "我省将修更多的路。",
        ("桥与路", "heading"),
        "桥架好了。",
    ]
    assert told(texts) == [
        ("成都市", "subject"),
        ("成都市", "heading"),
        ("四川省", "province"),
        ("四川省", "document"),
        ("四川省", "document"),
    ]


def test_a_heading_ends_what_went_on() -> None:
    assert places(OPENING, ("路", "heading"), "此外，桥也要架。")[2] == "四川省"
    # But not who the speakers are.
    assert places(OPENING, ("路", "heading"), "张三丰说，桥也要架。")[2] == "成都市"


def test_nothing_goes_on_from_one_article_to_the_next() -> None:
    texts = ["德阳市委书记李四说：“要修路。", "此外，要架桥。"]
    assert told(texts, articles=[1, 1])[1][0] == "德阳市"
    assert told(texts, articles=[1, 2])[1] == ("四川省", "document")
    heading: list[str | tuple[str, str]] = [("成都市", "heading"), "路修好了。"]
    assert told(heading, articles=[1, 2])[1] == ("四川省", "document")
    quotation = ["“要修路。", "还要架桥。”德阳市委书记李四说。"]
    assert told(quotation, articles=[1, 1])[0] == ("德阳市", "carried")
    assert told(quotation, articles=[1, 2])[0] == ("四川省", "document")


def test_furniture_keeps_the_document_s_place_and_hides_nothing() -> None:
    texts: list[str | tuple[str, str]] = [
        OPENING,
        ("德阳市加快发展", "furniture"),
        "此外，要架桥。",
    ]
    for articles in ((1, 1, 1), (1, 0, 1)):
        assert told(texts, articles=articles) == [
            ("成都市", "speaker"),
            ("四川省", "document"),
            ("成都市", "carried"),
        ]


def test_a_caption_speaks_for_itself_only() -> None:
    texts: list[str | tuple[str, str]] = [("德阳正在架桥。", "caption"), "此外，要修路。"]
    assert told(texts) == [("德阳市", "subject"), ("四川省", "document")]
    assert told([OPENING, ("桥", "caption"), "此外，要修路。"])[2] == ("成都市", "carried")


def test_a_national_document_has_no_place_to_fall_back_to() -> None:
    texts = ["安徽加快修路。", "目前，全省已修路百条。", "天晴了。"]
    assert told(texts, "") == [("安徽省", "subject"), ("安徽省", "carried"), ("", "")]


def test_in_an_authority_s_own_word_nobody_else_speaks() -> None:
    texts = ["成都市市长张三说，要修路。", "四川加快架桥。", "我省将挖渠。"]
    assert told(texts, title="四川省二〇二四年修路方案（试行）") == [
        ("四川省", "document"),
        ("四川省", "subject"),
        ("四川省", "province"),
    ]
    assert told(texts, title="修路方案解读")[0] == ("成都市", "speaker")
    assert told(texts, "", title="修路方案", source="")[0] == ("成都市", "speaker")


def test_a_study_s_own_places_speak_like_any_other() -> None:
    texts = ["碧川市市长张三说，要修路。", "此外，要架桥。", "碧川拥有一条河。"]
    assert told(texts, "碧川市") == [
        ("碧川市", "speaker"),
        ("碧川市", "carried"),
        ("碧川市", "subject"),
    ]
