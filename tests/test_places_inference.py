"""The place of a document by its own evidence. All titles and texts are made up."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.helpers import make_documents
from tests.places_tables import document
from textlab.places.inference import infer_place


def inferred(**values: str) -> str:
    return str(infer_place(document(**values))["a"])


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("2025年上海市政府工作报告", "上海市"),
        ("2025年宁夏政府工作报告", "宁夏回族自治区"),
        ("中共乐山市委关于修路的决定", "乐山市"),
        ("四川省人民政府关于印发修路方案的通知", "四川省"),
        ("眉山加快修路", "眉山市"),
        ("德阳：路修好了", "德阳市"),
        ("凉山州修路记", "凉山彝族自治州"),
        ("支持绵阳修路", ""),
        ("成都平原修路记", ""),
        ("北京冬奥会开幕", ""),
        ("吉林加快修路", ""),
        ("成都、德阳加快修路", ""),
        ("碧川市加快修路", ""),
        ("路", ""),
    ],
)
def test_the_title(title: str, place: str) -> None:
    assert inferred(title=title) == place


@pytest.mark.parametrize(
    ("file", "place"),
    [
        ("2025年上海市政府工作报告.docx", "上海市"),
        ("003_眉山日报.txt", "眉山市"),
        ("news/2024/乐山-7月.txt", "乐山市"),
        ("四川省.txt", "四川省"),
        ("a1.txt", ""),
    ],
)
def test_the_name_of_the_file(file: str, place: str) -> None:
    assert inferred(file=file) == place


@pytest.mark.parametrize(
    ("source", "place"),
    [
        *(("眉山日报", "眉山市"), ("乐山发布", "乐山市"), ("四川在线", "四川省")),
        *(("上海证券报", ""), ("人民日报", ""), ("新华社成都电", "")),
    ],
)
def test_the_source(source: str, place: str) -> None:
    assert inferred(source=source) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("# 修路\n\n中共乐山市委\n关于修路的决定\n", "乐山市"),
        ("各位代表：\n现在，我代表四川省人民政府，向大会报告工作。\n", "四川省"),
        ("修路\n\n□眉山日报全媒体记者 张三\n\n路修好了。", "眉山市"),
        ("我市又修一路。眉山将再修一路。眉山坚持修路。我市路多。眉山有路。", "眉山市"),
        ("我市又修一路。眉山将再修一路。成都坚持修路。我市路多。眉山有路。", ""),
        ("眉山又修一路。眉山将再修一路。眉山坚持修路。", ""),
        ("修路\n1.四川省人民政府发布新规；\n2.云南省人民政府发布新规；\n", ""),
        ("路修好了。\n" * 3000 + "□眉山日报记者 张三", ""),
        ("", ""),
    ],
)
def test_the_text(text: str, place: str) -> None:
    assert inferred(text=text) == place


def test_the_first_that_answers_decides() -> None:
    assert inferred(title="德阳加快修路", source="眉山日报") == "德阳市"
    # Two places at once are an answer: none.
    assert inferred(title="德阳市、成都市修路记", source="眉山日报") == ""


def test_the_date_decides_what_a_name_means() -> None:
    assert inferred(title="简阳市修路记", date="2010") == "资阳市"
    assert inferred(title="简阳市修路记", date="2020") == "成都市"


def test_what_was_given_is_not_looked_at_but_tells_which_places_there_are() -> None:
    documents = make_documents({"a": "", "b": ""})
    documents["title"] = ["碧川市加快修路", ""]
    documents["place"] = ["", "碧川市"]
    assert infer_place(documents).to_dict() == {"a": "碧川市", "b": ""}
    documents["place"] = ["眉山市", "碧川市"]
    assert infer_place(documents)["a"] == "碧川市"


def test_documents_that_were_set_aside_have_none() -> None:
    documents = make_documents({"a": "", "b": ""}, set_aside={"b": "empty"})
    documents["title"] = "眉山加快修路"
    found = infer_place(documents)
    assert found.to_dict() == {"a": "眉山市", "b": ""}
    assert isinstance(found, pd.Series)
    assert found.name == "place"
