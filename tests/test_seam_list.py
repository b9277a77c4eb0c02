"""Where a sentence stopped in its middle, and what became of it."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers import make_documents
from textlab.cleaning.paragraphs import clean
from textlab.cleaning.seam_list import list_seams
from textlab.cleaning.traced import TracedText
from textlab.errors import TableError
from textlab.schema import contract

COLUMNS = ["verdict", "line", "column", "next_line", "next_column", "raw_end", "next_start"]

# The fourth line belongs between the first and the second.
BACKWARD = """\
　　上半年，有关部门深入一线开展服务，
展，市场预期明显改善，外贸订单持续回
升，企业家的信心更足了。
摸清堵点难点，想方设法保持经济平稳发
　　下一步，还要完善配套服务，促进发展，
让群众得到实惠。"""
# The fifth line belongs between the second and the third.
FORWARD = """\
　　会上，代表们谈得最多的是产业，他们
建议因地制宜，在转型中加快培育新质
　　傍晚，文化广场灯火通明，人们沿着河
岸散步，孩子们在草地上追逐嬉戏，歌声
生产力，让老厂区焕发新活力。
　　新质生产力是方向，完善服务是保障。"""


def seams(texts: dict[str, str]) -> pd.DataFrame:
    documents = make_documents(texts)
    return list_seams(documents, clean(documents))


def test_a_stitch_forward_by_hand() -> None:
    table = seams({"a": FORWARD})
    assert list(table.columns) == list(contract("seams").columns)
    assert table[["doc_id", "para_id"]].to_numpy().tolist() == [["a", "a#0001"], ["a", "a#0002"]]
    # Lines 1 and 2 have 19 and 17 characters and a line end each, lines 3 and 4 have 20 and 18.
    assert [len(line) for line in FORWARD.split("\n")] == [19, 17, 19, 18, 14, 19]
    assert table[COLUMNS].to_numpy().tolist() == [
        ["stitched", 2, 17, 5, 1, 37, 77],
        ["open", 4, 18, 0, 0, 76, -1],
    ]
    assert (FORWARD[36], FORWARD[77]) == ("质", "生")


def test_a_stitch_backward_by_hand() -> None:
    table = seams({"a": BACKWARD})
    assert [len(line) for line in BACKWARD.split("\n")] == [19, 18, 12, 18, 20, 8]
    # The first line ends with a comma and is long enough; what follows it is not known.
    assert table[COLUMNS].to_numpy().tolist() == [
        ["open", 1, 19, 0, 0, 19, -1],
        ["stitched", 4, 18, 2, 1, 70, 20],
    ]
    assert (BACKWARD[69], BACKWARD[20]) == ("发", "展")


def test_lines_end_as_they_do_in_the_file() -> None:
    columns = ["verdict", "line", "column", "next_line", "next_column"]
    expected = seams({"a": FORWARD})[columns]
    for line_end in ("\r\n", "\r"):
        found = seams({"a": FORWARD.replace("\n", line_end)})[columns]
        pd.testing.assert_frame_equal(found, expected)


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("各县区要压实责任，细化措施，确保年度目标", ["open"]),
        ("各县区要压实责任，细化措施，确保年度目标，", ["open"]),
        ("各县区要压实责任，细化措施，确保“", ["open"]),
        ("各县区要压实责任，细化措施，确保年度目标。", []),
        ("各县区要压实责任，细化措施，确保如下目标：", []),
        ("各县区要压实责任，细化措施，增长12%", []),
        # Fifteen characters, and fourteen: an item of a list.
        ("要压实责任，确保实现年度目标任务", ["open"]),
        ("要压实责任，确保年度目标实现", []),
        # No body.
        ("在改革中破解难题激发活力推动园区转型升级", []),
        ("责任编辑：张三，校对：李四，审核：王五", []),
    ],
)
def test_open_are_paragraphs_of_body_that_stop_in_mid_sentence(
    text: str, verdicts: list[str]
) -> None:
    assert seams({"a": f"完善服务是保障。\n\n{text}"})["verdict"].tolist() == verdicts


def test_breaks_between_lines_that_follow_each_other_are_not_listed() -> None:
    wrapped = (
        "　　上半年，有关部门深入一线开展服务，\n\n想方设法保持经济平稳发\n展，市场预期明显改善。"
    )
    assert seams({"a": wrapped}).empty
    # Nor those over what holds no Chinese text.
    assert seams({"a": wrapped.replace("\n\n", "\n---\n\u200b\n")}).empty


def test_a_seam_over_a_line_of_furniture_is_listed() -> None:
    raw = "　　上半年，有关部门深入一线，了解情\n\n责任编辑：张三\n\n况，想方设法稳增长。"
    documents = make_documents({"a": raw})
    paragraphs = clean(documents)
    if "了解情况" not in "".join(paragraphs["text"]):
        assert list_seams(documents, paragraphs)["verdict"].tolist() == ["open"]


def test_documents_stand_by_their_ids() -> None:
    table = seams({"b": FORWARD, "a": BACKWARD, "c": "完善服务是保障。"})
    assert table["doc_id"].tolist() == ["a", "a", "b", "b"]
    pd.testing.assert_frame_equal(table, seams({"a": BACKWARD, "b": FORWARD}))


def test_no_paragraphs_give_an_empty_table() -> None:
    table = seams({"a": ""})
    assert table.empty
    assert list(table.columns) == list(contract("seams").columns)


def test_a_table_that_is_none_of_paragraphs() -> None:
    with pytest.raises(TableError, match="table 'paragraphs' wants the column"):
        list_seams(make_documents({"a": "甲。"}), pd.DataFrame({"text": ["甲"]}))


PIECES = [
    *(
        "展，要稳步推进，保持经济平稳发",
        "　　生产力，让老厂区重获生机，培育新质",
        "歌 声 不 断，游人如织，也",
    ),
    *(
        "　　会议指出，要加快发展新质",
        "生产力，一步一个脚印。",
        "　　要促进发展，新质生产力是方向。",
    ),
    *("责任编辑：张三", "推动高质量发展", "", "---", "（一）要抓实干，各县区促进发"),
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=20), st.sampled_from(["\n", "\r\n"]))
def test_both_sides_of_every_seam_are_the_characters_that_are_named(
    lines: list[str], line_end: str
) -> None:
    raw = line_end.join(lines)
    documents = make_documents({"a": raw})
    paragraphs = clean(documents)
    texts = {
        str(para_id): TracedText.decode(str(text), str(origin))
        for para_id, text, origin in paragraphs[["para_id", "text", "origin"]].itertuples(
            index=False
        )
    }
    physical = raw.split(line_end)
    for row in list_seams(documents, paragraphs).to_dict("records"):
        text = texts[row["para_id"]]
        offsets = [text.offset(at) for at in range(len(text))]
        at = offsets.index(row["raw_end"] - 1)
        assert raw[row["raw_end"] - 1] == text.text[at]
        assert physical[row["line"] - 1][row["column"] - 1] == text.text[at]
        if row["verdict"] == "open":
            assert at == len(text) - 1
            assert (row["next_line"], row["next_column"], row["next_start"]) == (0, 0, -1)
        else:
            assert row["next_start"] == offsets[at + 1]
            assert physical[row["next_line"] - 1][row["next_column"] - 1] == text.text[at + 1]
            assert offsets[at + 1] != offsets[at] + 1
