"""Tables of texts: a row a document."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from tests.corpus_files import REPORT, complain, row, write
from tests.helpers import time_limit
from textlab.errors import CorpusError, ManifestError
from textlab.reading import spreadsheet
from textlab.reading.child import Extractor
from textlab.reading.documents import read_documents
from textlab.reading.extract import UnreadableError
from textlab.reading.folder import list_files
from textlab.reading.formats import extract
from textlab.reading.spreadsheet import read_spreadsheet, sheets_of
from textlab.schema import contract

NEWS = (
    "title,date,place,content,栏目\n"
    "粮食丰收,2024/10/8,青禾市,农民喜获丰收。,要闻\n"
    '企业增产,2024-10-09 08:30:00,岚江市,"企业订单充足，\n车间昼夜运转。",经济\n'
    "\n"
    ",,,文化馆开放。2024年10月10日。,\n"
)


def table(folder: Path, text: str | bytes, name: str = "news.csv") -> pd.DataFrame:
    return read_documents(write(folder, {name: text}), text_column="content")


def workbook(*sheets: Iterable[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for rows in sheets:
        sheet = book.create_sheet()
        for values in rows:
            sheet.append(list(values))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_rows_are_documents_with_what_their_columns_say(tmp_path: Path) -> None:
    documents = table(tmp_path, NEWS)
    columns = [*contract("documents").columns, "left_out", "栏目"]
    assert list(documents.columns) == columns
    assert documents["file"].tolist() == ["news.csv#2", "news.csv#3", "news.csv#6"]
    second = row(documents, "news.csv#3")
    text = "企业订单充足，\n车间昼夜运转。"
    assert second == {
        **dict.fromkeys(columns, ""),
        **{"doc_id": "news-2", "file": "news.csv#3", "title": "企业增产", "place": "岚江市"},
        **{"date": "2024-10-09", "text": text, "sha256": sha256(text.encode()).hexdigest()},
        **{"栏目": "经济"},
    }
    third = row(documents, "news.csv#6")
    assert (third["doc_id"], third["date"], third["栏目"]) == ("news-3", "2024-10-10", "")
    assert third["guessed"] == "title date"


def test_numbers_of_rows_are_padded_to_one_width(tmp_path: Path) -> None:
    documents = table(tmp_path, "content\n" + "正文。\n" * 12)
    assert documents["doc_id"].tolist() == [f"news-{number:02}" for number in range(1, 13)]


def test_without_a_text_column_tables_are_no_documents(tmp_path: Path) -> None:
    write(
        tmp_path, {"news.csv": NEWS, "a.txt": REPORT, "b.xlsx": workbook([["content"], ["正文"]])}
    )
    assert list_files(tmp_path) == ["a.txt", "b.xlsx"]
    documents = read_documents(tmp_path)
    assert row(documents, "b.xlsx")["set_aside"] == (
        "the format '.xlsx' is read where [corpus] text_column names its column of texts"
    )


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_spreadsheet_programs_save_is_read_alike(tmp_path: Path, codec: str, end: str) -> None:
    expected = table(tmp_path / "a", NEWS)
    found = table(tmp_path / "b", NEWS.replace("\n", end).encode(codec))
    assert found["text"].str.replace("\r\n", "\n").tolist() == expected["text"].tolist()
    ours = ["doc_id", "file", "title", "date", "place", "栏目"]
    pd.testing.assert_frame_equal(found[ours], expected[ours])


def test_tabs_separate_the_cells_of_tsv(tmp_path: Path) -> None:
    documents = table(tmp_path, "doc_id\tcontent\nx,y\t甲，乙\n", "news.tsv")
    assert documents[["doc_id", "text"]].to_numpy().tolist() == [["x,y", "甲，乙"]]


def test_spreadsheet_is_read_from_its_first_sheet_with_the_column(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        [],
        ["content", "year", "date", "hour", "share", None],
        ["农民喜获丰收。", 2024, date(2024, 10, 8), datetime(2024, 10, 8, 9, 30), 0.5, None],
        [None, 2023, None, None, None, None],
        [],
        ["企业订单充足。", 2022.0, "2022年3月", None, True, "没有名字"],
    ]
    data = workbook([["说明"], ["另一张表"]], rows, [["content"], ["不读"]])
    documents = table(tmp_path, data, "news.xlsx")
    assert documents["file"].tolist() == ["news.xlsx#3", "news.xlsx#6", "news.xlsx#4"]
    columns = ["text", "year", "date", "hour", "share", "set_aside"]
    assert documents[columns].to_numpy().tolist() == [
        ["农民喜获丰收。", "2024", "2024-10-08", "2024-10-08 09:30:00", "0.5", ""],
        ["企业订单充足。", "2022", "2022-03", "", "True", ""],
        ["", "2023", "", "", "", "empty"],
    ]


def test_table_and_manifest_and_files_stand_side_by_side(tmp_path: Path) -> None:
    manifest = "file,place,year\na.txt,青禾市,2023\n"
    write(tmp_path, {"a.txt": REPORT, "b.txt": REPORT, "documents.csv": manifest})
    documents = table(tmp_path, NEWS)
    assert documents["file"].tolist() == ["a.txt", "b.txt", *[f"news.csv#{n}" for n in (2, 3, 6)]]
    assert documents["year"].tolist() == ["2023", "", "", "", ""]
    assert documents["set_aside"].tolist() == ["", "not in the manifest", "", "", ""]
    write(tmp_path, {"documents.csv": "file\na.txt\nnews.csv\n"})
    told = "it lists 'news.csv', but with [corpus] text_column every row of a table is a document"
    complain(ManifestError, told, folder=tmp_path, text_column="content")


def test_manifest_of_another_name_is_no_table(tmp_path: Path) -> None:
    write(tmp_path, {"news.csv": NEWS, "mine.csv": "file\n"})
    documents = read_documents(tmp_path, tmp_path / "mine.csv", text_column="content")
    assert len(documents) == 3


def test_ids_of_tables_of_one_stem_are_told_apart(tmp_path: Path) -> None:
    write(tmp_path, {"2023/news.csv": NEWS})
    documents = table(tmp_path, NEWS)
    assert documents["doc_id"].tolist()[::3] == ["2023/news.csv-1", "news.csv-1"]


def test_id_of_a_row_that_another_document_has_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"news.csv": "doc_id,content\na,正文\n", "a.txt": REPORT})
    told = "a.txt and news.csv#2 have one doc_id, 'a'; give the tables a column doc_id"
    complain(CorpusError, told, folder=tmp_path, text_column="content")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("x,2024, ,text", "empty"),
        ("x,soon,正文,text", "no date such as 2024-07-08, 2024-07 or 2024 (found 'soon')"),
        ("a,2024,正文,text", "the doc_id stands above already (found 'a')"),
        ("x,2024,正文,issuer", "place_from is text, document, none or blank (found 'issuer')"),
        ("x,2024,正文", "has 3 cells, but the header 4 columns"),
        ("x,2024,正,文,text", "has 5 cells, but the header 4 columns"),
    ],
)
def test_row_that_is_wrong_is_set_aside_alone(tmp_path: Path, line: str, reason: str) -> None:
    head = "doc_id,date,content,place_from\na,2024,正文一。,text\n"
    documents = table(tmp_path, f"{head}{line}\nb,2023,正文二。,\n")
    assert documents["set_aside"].tolist() == ["", "", reason]
    assert documents["doc_id"].tolist() == ["a", "b", "news.csv#3"]
    assert documents["text"].tolist() == ["正文一。", "正文二。", ""]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "empty"),
        ("\n,\n", "empty"),
        ("content\n", "holds no rows below the names of its columns"),
        (
            "title,contents,\na,b,c\n",
            "has no column 'content' ([corpus] text_column): title, contents",
        ),
        ("content,title,title\na,b,c\n", "the column 'title' is there twice"),
        ("content,text\na,b\n", "the column name 'text' is textlab's own; rename it"),
        ("content,file\na,b\n", "the column name 'file' is textlab's own; rename it"),
        ('content\n"a\n\nb\n', "line 2: not a table: unexpected end of data"),
        (b"content\n\xff\xff\xff\n", "not UTF-8 (byte 9)"),
        (b"content\na\x00b\n", "holds NUL bytes"),
    ],
)
def test_table_that_is_wrong_is_set_aside_whole(
    tmp_path: Path, data: str | bytes, reason: str
) -> None:
    write(tmp_path, {"a.txt": REPORT})
    documents = table(tmp_path, data)
    assert reason in row(documents, "news.csv")["set_aside"]
    assert row(documents, "a.txt")["text"] == REPORT


def test_text_column_may_be_called_text(tmp_path: Path) -> None:
    write(tmp_path, {"news.csv": "text\n正文。\n"})
    assert read_documents(tmp_path, text_column="text")["text"].tolist() == ["正文。"]


def test_columns_without_a_name_are_passed_over(tmp_path: Path) -> None:
    documents = table(tmp_path, ",content,\n0,正文。,x\n")
    assert list(documents.columns) == [*contract("documents").columns, "left_out"]


def test_long_texts_are_read_and_the_limit_of_csv_is_left_as_it_was(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    long = "全面推进乡村振兴。" * 50_000
    assert table(tmp_path, f"content\n{long}\n")["text"].tolist() == [long]
    assert csv.field_size_limit() == before


def test_large_tables_are_read_in_seconds(tmp_path: Path) -> None:
    with time_limit():
        documents = table(tmp_path, "content,a,b\n" + "全面推进乡村振兴。,1,2\n" * 10_000)
    assert len(documents) == 10_000


def test_text_of_more_than_20_mb_is_set_aside(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": REPORT})
    documents = table(tmp_path, f"content\n{'全' * 6_666_667}\n")
    assert row(documents, "news.csv#2")["set_aside"] == "a text of more than 20 MB; split it"


def test_spreadsheet_that_is_none_is_set_aside(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": REPORT})
    assert row(table(tmp_path, b"PK", "news.xlsx"), "news.xlsx")["set_aside"].startswith(
        "a broken file: "
    )
    empty = table(tmp_path, workbook([], []), "news.xlsx")
    assert row(empty, "news.xlsx")["set_aside"] == "empty"


def test_spreadsheet_of_very_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = workbook([["content"], ["正文"], ["正文"]])
    monkeypatch.setattr(spreadsheet, "MOST_CELLS", 2)
    with pytest.raises(UnreadableError, match="holds more than 2 cells"):
        read_spreadsheet(data)
    monkeypatch.setattr(spreadsheet, "MOST_CELLS", 3)
    assert sheets_of(extract(".xlsx", data)) == [[(1, ["content"]), (2, ["正文"]), (3, ["正文"])]]
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 2)
    with pytest.raises(UnreadableError, match="or 2 rows; save it as"):
        read_spreadsheet(data)


def test_spreadsheet_that_claims_to_be_huge_is_read_for_what_it_is() -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet["A1"] = "content"
    sheet["XFD900000"] = "远"
    stream = io.BytesIO()
    book.save(stream)
    with time_limit(), Extractor() as extractor:
        rows = sheets_of(extractor(".xlsx", stream.getvalue()))[0]
    assert [(number, len(cells)) for number, cells in rows] == [(1, 1), (900_000, 16_384)]
