"""Where a sentence stopped in its middle, and what became of it."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.broken import BACKWARD, FORWARD
from tests.helpers import make_documents
from textlab.cleaning.paragraphs import clean
from textlab.cleaning.seam_list import list_seams
from textlab.cleaning.traced import TracedText
from textlab.errors import TableError
from textlab.schema import contract

COLUMNS = ["verdict", "line", "column", "next_line", "next_column", "raw_end", "next_start"]


def seams(texts: dict[str, str]) -> pd.DataFrame:
    documents = make_documents(texts)
    return list_seams(documents, clean(documents))


def test_a_stitch_forward_by_hand() -> None:
    table = seams({"a": FORWARD})
    assert list(table.columns) == list(contract("seams").columns)
    # Lines 3 and 6 are blank; each line end counts one.
    assert [len(line) for line in FORWARD.split("\n")] == [19, 17, 0, 19, 18, 0, 14, 19]
    assert table[["doc_id", "para_id", *COLUMNS]].to_numpy().tolist() == [
        ["a", "a#0001", "stitched", 2, 17, 7, 1, 37, 79],
        # Its own other half is not in the file.
        ["a", "a#0002", "open", 5, 18, 0, 0, 77, -1],
    ]
    assert (FORWARD[36], FORWARD[79], FORWARD[76]) == ("质", "生", "声")


def test_a_stitch_backward_by_hand() -> None:
    table = seams({"a": BACKWARD})
    assert [len(line) for line in BACKWARD.split("\n")] == [19, 0, 18, 12, 0, 18, 0, 19, 12]
    assert table[["doc_id", "para_id", *COLUMNS]].to_numpy().tolist() == [
        ["a", "a#0001", "open", 1, 19, 0, 0, 19, -1],
        ["a", "a#0002", "stitched", 6, 18, 3, 1, 72, 21],
    ]
    assert (BACKWARD[71], BACKWARD[21]) == ("发", "展")


def test_lines_end_as_they_do_in_the_file() -> None:
    columns = ["verdict", "line", "column", "next_line", "next_column"]
    expected = seams({"a": FORWARD})[columns]
    for line_end in ("\r\n", "\r"):
        found = seams({"a": FORWARD.replace("\n", line_end)})[columns]
        pd.testing.assert_frame_equal(found, expected)


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("各县区要压实责任，细化措施，加快进度，确保年度目标", ["open"]),
        ("各县区要压实责任，细化措施，加快进度，", ["open"]),
        ("各县区要压实责任，细化措施，加快进度，确保“", ["open"]),
        ("各县区要压实责任，细化措施，加快进度，确保年度目标。", []),
        ("各县区要压实责任，细化措施，加快进度，确保如下目标：", []),
        ("各县区要压实责任，细化措施，加快进度，增长12%", []),
        # Fifteen characters, and fourteen: an item of a list.
        ("要压实责任，细化措施，抓实，抓", ["open"]),
        ("要压实责任，细化措施，抓，抓", []),
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


# Blocks of two columns, and what may stand around them.
BLOCKS = [
    *BACKWARD.split("\n\n"),
    *FORWARD.split("\n\n"),
    *(
        "歌 声 不 断，游 人 如 织，也",
        "责任编辑：张三",
        "推动高质量发展",
        "---",
        "（一）要抓实干，促进发",
    ),
]


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(BLOCKS), max_size=12, unique=True),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["\n", "\n\n"]),
)
@example(BACKWARD.split("\n\n") + FORWARD.split("\n\n"), "\r\n", "\n\n")
def test_both_sides_of_every_seam_are_the_characters_that_are_named(
    blocks: list[str], line_end: str, between: str
) -> None:
    raw = between.join(blocks).replace("\n", line_end)
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
