"""Genre, source and place guessed where nobody has given them."""

from __future__ import annotations

import pytest

from textlab.reading.guesses import KINDS, guess_genre, guess_place, guess_source

TEXT = "全市上下抓好落实。\n"


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("中共岚江市委关于深化改革的决定", "decision"),
        ("中共岚江市委关于深化改革的决定（2024年7月8日通过）", "decision"),
        ("岚江市人大常委会关于批准预算的决议", "decision"),
        ("市委全会审议通过决定", ""),
        ("岚江市关于优化营商环境的实施意见", "opinions"),
        ("听取群众意见", ""),
        ("2025年岚江市政府工作报告", "report"),
        ("岚江市关于预算执行情况的报告", "report"),
        ("关于印发《岚江市规划》的通知", "notice"),
        ("岚江市培育新质生产力行动方案", "plan"),
        ("岚江市国民经济和社会发展规划（2021—2025年）", "plan"),
        ("岚江市培育新质生产力行动方案政策解读", "interpretation"),
        ("一图读懂岚江市政府工作报告", "interpretation"),
        ("在全市产业大会上的讲话", "speech"),
        ("岚江市数据条例", "regulation"),
        ("《新闻联播》（20240708）", "newscast"),
        ("老车间长出新动能", ""),
    ],
)
def test_a_title_says_what_kind_of_document_it_is(title: str, genre: str) -> None:
    assert guess_genre(TEXT, "a.txt", title) == genre
    assert genre in {*KINDS, ""}


@pytest.mark.parametrize(
    ("text", "file", "source", "genre"),
    [
        (TEXT, "a.txt", "岚江日报", "newspaper"),
        (TEXT, "a.txt", "人民网", "web"),
        (TEXT, "a.txt", "岚江市人民政府门户网站", "web"),
        (TEXT, "a.txt", "中共岚江市委", ""),
        ("本报讯 7月8日，" + TEXT, "a.txt", "", "newspaper"),
        ("第2版：要闻\n" + TEXT, "a.txt", "", "newspaper"),
        ("标题\n□ 沈知行\n" + TEXT, "a.txt", "", "newspaper"),
        ("“好。”一位居民告诉记者。", "a.txt", "", "newspaper"),
        ("首页 > 新闻 > 正文\n" + TEXT, "a.txt", "", "web"),
        (TEXT * 3000 + "网站标识码：0000000000\n", "a.txt", "", "web"),
        (TEXT, "a.HTML", "", "web"),
        (TEXT, "lan_2024_web.txt", "岚江日报", "web"),
        (TEXT, "Report-lan.docx", "", "report"),
        (TEXT, "webber.txt", "", ""),
        (TEXT, "a.txt", "", ""),
        ("", "a.txt", "", ""),
    ],
)
def test_without_such_a_title_name_and_medium_say_it(
    text: str, file: str, source: str, genre: str
) -> None:
    assert guess_genre(text, file, "老车间长出新动能", source) == genre


def test_the_title_is_believed_before_the_medium() -> None:
    page = "首页 > 新闻 > 正文\n本报讯 " + TEXT
    assert guess_genre(page, "a.html", "关于产业的决定", "岚江日报") == "decision"


@pytest.mark.parametrize(
    ("text", "title", "source"),
    [
        ("标题\n来源：岚江日报\n", "", "岚江日报"),
        ("标题\n来源 : 岚江日报　作者：沈知行\n", "", "岚江日报"),
        (
            "标题\n发布时间：2024-07-08　来源：岚江市人民政府门户网站\n",
            "",
            "岚江市人民政府门户网站",
        ),
        ("标题\n信息来源：《岚江日报》\n", "", "岚江日报"),
        ("标题\n来源：[岚江日报](https://a.example/)\n", "", "岚江日报"),
        ("标题\n来源：岚江人大—岚江日报\n", "", "岚江人大—岚江日报"),
        (TEXT * 3000 + "(来源:岚江发布)\n", "", "岚江发布"),
        (TEXT * 3000 + "来源:岚江新闻\n责任编辑：陆明远\n", "", "岚江新闻"),
        ("来源：本站\n发文机关：岚江市数据局\n", "", "岚江市数据局"),
        ("索引号：12　发 文 机 关：岚江市数据局　文号：岚数发〔2024〕1号\n", "", "岚江市数据局"),
        ("索引号\t12-3\t发文机关\t岚江市数据局\n", "", "岚江市数据局"),
        (TEXT, "中共岚江市委关于深化改革的决定", "中共岚江市委"),
        (TEXT, "岚江市人民政府办公室关于印发方案的通知", "岚江市人民政府办公室"),
        (TEXT, "中共中央 国务院关于产业的意见", "中共中央 国务院"),
        ("标题\n□ 岚江日报记者 沈知行\n", "", "岚江日报"),
        ("岚江日报\n第2版：要闻\n", "", "岚江日报"),
        ("标题\n□ 本报记者 沈知行\n", "", ""),
        ("数据来源：统计局\n收入来源：种稻\n", "", ""),
        (TEXT, "", ""),
    ],
)
def test_the_source_is_the_one_that_is_named(text: str, title: str, source: str) -> None:
    assert guess_source(text, title) == source


@pytest.mark.parametrize(
    ("title", "source", "place"),
    [
        ("中共岚江市委关于深化改革的决定", "", "岚江市"),
        ("岚江市人民政府办公室关于印发方案的通知", "", "岚江市"),
        ("2025年岚江省政府工作报告", "", "岚江省"),
        ("中国共产党青禾自治州委员会公报", "", "青禾自治州"),
        ("老车间长出新动能", "岚江市人民政府门户网站", "岚江市"),
        ("岚江市见闻", "岚江日报", ""),
        ("城市更新关于委员", "", ""),
        ("", "", ""),
    ],
)
def test_the_place_is_the_issuers(title: str, source: str, place: str) -> None:
    assert guess_place(title, source) == place
