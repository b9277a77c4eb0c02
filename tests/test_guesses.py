"""Titles and dates guessed where no manifest gives them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus_files import row, write
from textlab.reading.documents import read_documents


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("\n\n　关于产业的决定　\n正文。", "关于产业的决定"),
        ("## **岚江 \t 新闻**\n", "岚江 新闻"),
        ("---\n===\n***\n岚江新闻\n", "岚江新闻"),
        ("一" * 60 + "\n", "一" * 60),
        ("一" * 61 + "\n", "一" * 59 + "…"),
        ("***\n", ""),
    ],
)
def test_title_is_guessed_from_the_first_line(tmp_path: Path, text: str, title: str) -> None:
    document = row(read_documents(write(tmp_path, {"a.txt": text})), "a.txt")
    assert document["title"] == title
    assert ("title" in document["guessed"].split()) == bool(title)


@pytest.mark.parametrize(
    ("name", "text", "date"),
    [
        ("a.txt", "二〇二四年七月八日", ""),
        ("a.txt", "编号20240708，2024年7月，2024年7月8日发布，2024年9月1日施行", "2024-07-08"),
        ("a.txt", "2024 年 7 月 8 日", "2024-07-08"),
        ("a.txt", "2024-07-08 09:30 来源：岚江日报", "2024-07-08"),
        ("a.txt", "（2024.7.8）", "2024-07-08"),
        ("a.txt", "2023年2月30日，2024年2月29日", "2024-02-29"),
        ("a.txt", "电话12024-07-08", ""),
        ("a.txt", "2024年1月150日", ""),
        ("2023-01-02.txt", "2024年7月8日", "2023-01-02"),
        ("岚江_20230102_决定.txt", "2024年7月8日", "2023-01-02"),
        ("20230230.txt", "2024年7月8日", "2024-07-08"),
        ("1202301020.txt", "2024年7月8日", "2024-07-08"),
        ("2023/a.txt", "正文", ""),
    ],
)
def test_date_is_guessed_from_the_name_then_from_the_text(
    tmp_path: Path, name: str, text: str, date: str
) -> None:
    document = row(read_documents(write(tmp_path, {name: text})), name)
    assert document["date"] == date
    assert ("date" in document["guessed"].split()) == bool(date)
