"""Names of places: the longest that fits, and what each means when."""

from __future__ import annotations

import pytest

from textlab.places.names import Names, names_for, own_names, year_of
from textlab.places.official import names_of, official_place


@pytest.fixture(scope="module")
def names() -> Names:
    return names_for(())


def surfaces(names: Names, text: str) -> list[str]:
    return [surface for *_, surface in names.find(text)]


def test_the_longest_name_is_found(names: Names) -> None:
    assert surfaces(names, "四川省眉山市东坡区") == ["四川省", "眉山市", "东坡区"]
    assert surfaces(names, "眉山和峨眉山市") == ["眉山", "峨眉山市"]
    assert names.find("去眉山市") == [(1, 4, "眉山市")]


@pytest.mark.parametrize(
    "text",
    [
        *("峨眉山上", "孙中山", "中山路口", "长治久安", "入海口", "天南海北", "佛罗里达州"),
        *("北京冬奥会", "上海合作组织", "大理石"),
    ],
)
def test_no_place_within_a_longer_word(names: Names, text: str) -> None:
    assert surfaces(names, text) == []


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("眉山", ("眉山市",)),
        ("洪雅县", ("眉山市",)),
        ("峨眉山市", ("乐山市",)),
        ("浦东新区", ("上海市",)),
        ("济源市", ("河南省",)),
        ("凉山州", ("凉山彝族自治州",)),
        ("马边县", ("乐山市",)),
        ("克孜勒苏州", ("克孜勒苏柯尔克孜自治州",)),
        ("香港特区", ("香港特别行政区",)),
        ("内蒙古", ("内蒙古自治区",)),
        ("吉林", ("吉林市", "吉林省")),
        ("海南", ("海南省", "海南藏族自治州")),
        ("市中区", ("乐山市", "内江市", "枣庄市", "济南市")),
    ],
)
def test_names_roll_up_to_prefecture_or_province(
    names: Names, name: str, places: tuple[str, ...]
) -> None:
    assert names.places(name, 2024) == places


def test_names_mean_what_they_meant_in_the_year(names: Names) -> None:
    assert names.places("简阳市", 2010) == ("资阳市",)
    assert names.places("简阳市", 2020) == ("成都市",)
    # A full name lives on after the unit, a short one does not.
    assert names.places("双流县", 2024) == ("成都市",)
    assert names.places("襄樊市", 2005) == ("襄樊市",)
    assert names.places("襄樊", 2005) == ("襄樊市",)
    assert names.places("襄樊", 2024) == ()


def test_provinces(names: Names) -> None:
    assert names.province_of("眉山市") == "四川省"
    assert names.province_of("四川省") == "四川省"
    assert names.province_of("碧川市") == ""
    assert names.is_province("重庆市")
    assert not names.is_province("成都市")
    assert not names.is_province("")


@pytest.mark.parametrize("name", ["朝阳", "白银", "和县", "港口区", "台湾"])
def test_names_that_are_words_besides_are_weak(names: Names, name: str) -> None:
    assert names.is_weak(name)
    assert not names.is_weak("眉山")
    assert not names.is_weak("洪雅县")


def test_a_study_adds_the_places_that_it_names() -> None:
    study = names_of(["碧川市", "眉山", "洪雅县", "A组", ""])
    assert surfaces(study, "碧川与眉山、洪雅县和洪雅A组") == ["碧川", "眉山", "洪雅县"]
    assert study.places("碧川", 2024) == ("碧川市",)
    assert study.places("洪雅县", 2024) == ("洪雅县",)
    assert study.province_of("洪雅县") == "四川省"
    assert names_of([]) is names_for(())


def test_short_forms_of_own_places() -> None:
    assert own_names("碧川市") == ("碧川市", "碧川")
    # 资源 is a word, 资源县 is not; a group of a study is no place.
    assert own_names("资源县") == ("资源县",)
    assert own_names("市区") == own_names("对照组") == ()


@pytest.mark.parametrize(
    ("given", "official"),
    [
        *(("眉山", "眉山市"), ("眉山市", "眉山市"), ("四川", "四川省"), ("凉山", "凉山彝族自治州")),
        *(("宁夏", "宁夏回族自治区"), ("洪雅县", "洪雅县"), ("洪雅", "洪雅县"), ("长沙", "长沙市")),
        *(("吉林", ""), ("鼓楼区", "鼓楼区"), ("碧川市", ""), ("", ""), ("全国", "")),
    ],
)
def test_official_names(names: Names, given: str, official: str) -> None:
    assert official_place(given, names) == official


@pytest.mark.parametrize(
    ("date", "year"),
    [("2010-05-01", 2010), ("2010", 2010), ("", 2024), ("2031-01-01", 2024), ("1955", 1980)],
)
def test_the_year_of_a_date_lies_within_the_gazetteer(date: str, year: int) -> None:
    assert year_of(date) == year
