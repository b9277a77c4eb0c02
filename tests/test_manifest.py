from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path, PurePosixPath

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.helpers import time_limit
from textlab.errors import ManifestError
from textlab.reading.manifest import KNOWN, ids_of, iso_date, read_manifest

GOOD = (
    "doc_id,file,title,place,date,genre,source,sha256,year,作者\n"
    "lan,岚江.txt,关于产业的决定,岚江市,2024-07-08,decision,市委,,2024,甲\n"
    "qing,sub/青禾.md,,青禾市,2023,web,,,2023,\n"
)


def write(folder: Path, text: str | bytes) -> Path:
    file = folder / "documents.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def complain(folder: Path, text: str | bytes, *parts: str) -> str:
    """A manifest of ``text`` is refused in one line that names it and has all of ``parts``."""
    file = write(folder, text)
    with pytest.raises(ManifestError) as caught:
        read_manifest(file)
    message = str(caught.value)
    assert message.startswith(str(file))
    assert "\n" not in message
    for part in parts:
        assert part in message
    return message


def test_manifest_is_a_table_of_text_with_every_known_column(tmp_path: Path) -> None:
    table = read_manifest(write(tmp_path, GOOD))
    assert table.to_dict("list") == {
        "doc_id": ["lan", "qing"],
        "file": ["岚江.txt", "sub/青禾.md"],
        "title": ["关于产业的决定", ""],
        "place": ["岚江市", "青禾市"],
        "date": ["2024-07-08", "2023"],
        "genre": ["decision", "web"],
        "source": ["市委", ""],
        "sha256": ["", ""],
        "year": ["2024", "2023"],
        "作者": ["甲", ""],
    }


def test_file_alone_is_enough(tmp_path: Path) -> None:
    table = read_manifest(write(tmp_path, "file\na.txt\n"))
    assert set(table.columns) == set(KNOWN)
    assert table[["doc_id", "file"]].to_numpy().tolist() == [["a", "a.txt"]]
    assert (table.drop(columns=["doc_id", "file"]) == "").to_numpy().all()


def test_manifest_of_no_documents_is_an_empty_table(tmp_path: Path) -> None:
    table = read_manifest(write(tmp_path, "file,year\n"))
    assert len(table) == 0
    assert set(table.columns) == {*KNOWN, "year"}


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_what_spreadsheets_save_is_read_alike(tmp_path: Path, codec: str, end: str) -> None:
    expected = read_manifest(write(tmp_path, GOOD))
    found = read_manifest(write(tmp_path, GOOD.replace("\n", end).encode(codec)))
    pd.testing.assert_frame_equal(found, expected)


def test_blank_lines_and_space_around_cells_mean_nothing(tmp_path: Path) -> None:
    text = "\n file , place\n\n a.txt ,　岚江市 \n,\n"
    table = read_manifest(write(tmp_path, text))
    assert table[["file", "place"]].to_numpy().tolist() == [["a.txt", "岚江市"]]


def test_quoted_cells_may_hold_commas_and_line_ends(tmp_path: Path) -> None:
    table = read_manifest(write(tmp_path, 'file,title\na.txt,"甲,\n乙""丙"""\n'))
    assert table["title"].tolist() == ['甲,\n乙"丙"']


def test_numbers_stay_as_they_are_written(tmp_path: Path) -> None:
    table = read_manifest(write(tmp_path, "file,code,ratio,none\na.txt,007,1.50,NA\n"))
    assert table[["code", "ratio", "none"]].to_numpy().tolist() == [["007", "1.50", "NA"]]


def test_missing_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match=r"absent\.csv: no such manifest; the study's \[corpus"):
        read_manifest(tmp_path / "absent.csv")


def test_folder_is_no_manifest(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="cannot be read: Is a directory"):
        read_manifest(tmp_path)


def test_pipe_is_no_manifest(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "documents.csv")
    with pytest.raises(ManifestError, match="no regular file"), time_limit():
        read_manifest(tmp_path / "documents.csv")


def test_place_from_says_where_places_come_from(tmp_path: Path) -> None:
    text = "file,place_from\na.txt,text\nb.txt,document\nc.txt,\nd.txt,none\n"
    said = read_manifest(write(tmp_path, text))["place_from"].tolist()
    assert said == ["text", "document", "", "none"]
    wrong = ", line 3: place_from is text, document, none or blank (found 'issuer')"
    complain(tmp_path, "file,place_from\na.txt,text\nb.txt,issuer\n", wrong)
    complain(tmp_path, "file,place_fro\na.txt,text\n", "did you mean 'place_from'?")


@pytest.mark.parametrize("text", ["", "\n\n", ",,\n", "\ufeff"])
def test_empty_manifest_is_told_the_columns(tmp_path: Path, text: str) -> None:
    complain(tmp_path, text, "empty; its first line names columns: doc_id, file, title, place")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("file,place\na.txt,嵐江市政府\n".encode("shift_jis"), "not plausible Chinese"),
        (b"file\na\x00.txt\n", "holds NUL bytes"),
        ("file,place\na.txt,岚".encode()[:-1], "not UTF-8 (byte "),
    ],
)
def test_undecodable_manifest_is_told_how_to_save(tmp_path: Path, data: bytes, reason: str) -> None:
    assert complain(tmp_path, data, reason).endswith("; save it as CSV UTF-8")


@pytest.mark.parametrize(
    ("column", "near"),
    [
        ("titel", "title"),
        ("Place", "place"),
        ("PLACE", "place"),
        ("genres", "genre"),
        ("docid", "doc_id"),
        ("doc id", "doc_id"),
        ("files", "file"),
        ("sha-256", "sha256"),
        ("sourc", "source"),
        ("Date", "date"),
    ],
)
def test_near_miss_of_a_known_column_is_refused(tmp_path: Path, column: str, near: str) -> None:
    text = f"file,{column}\na.txt,x\n"
    message = complain(tmp_path, text, f"unknown column '{column}'; did you mean '{near}'?")
    assert message.endswith("(rename it; other columns of your own are welcome)")


@pytest.mark.parametrize(
    "column", ["year", "subtitle", "data_source", "title_en", "作者", "level", "id", "state", "No."]
)
def test_further_columns_are_kept(tmp_path: Path, column: str) -> None:
    table = read_manifest(write(tmp_path, f"file,{column}\na.txt,x\n"))
    assert table[column].tolist() == ["x"]


@pytest.mark.parametrize("column", ["text", "set_aside", "characters"])
def test_columns_of_textlab_may_not_be_taken(tmp_path: Path, column: str) -> None:
    expected = f"the column name '{column}' is textlab's own; rename it"
    complain(tmp_path, f"file,{column}\na.txt,x\n", expected)


def test_column_without_a_name_is_refused(tmp_path: Path) -> None:
    complain(tmp_path, "file,,place\na.txt,x,y\n", "column 2 has no name")


@pytest.mark.parametrize("column", ["place", "year"])
def test_column_twice_is_refused(tmp_path: Path, column: str) -> None:
    text = f"file,{column},{column}\na.txt,x,y\n"
    complain(tmp_path, text, f"the column '{column}' is there twice")


def test_column_file_is_required(tmp_path: Path) -> None:
    complain(tmp_path, "文件,place\na.txt,x\n", "no column 'file'; found: 文件, place")
    complain(tmp_path, "file;place\na.txt;x\n", "no column 'file'; found: file;place")


@pytest.mark.parametrize(("row", "cells"), [("b.txt", 1), ("b.txt,x,y", 3), ("b.txt,甲，乙,", 3)])
def test_ragged_row_is_refused_with_its_line(tmp_path: Path, row: str, cells: int) -> None:
    text = f"file,place\na.txt,x\n{row}\nc.txt,z\n"
    complain(tmp_path, text, f", line 3: {cells} cells, but the header has 2 columns")


def test_row_without_a_file_is_refused_with_its_line(tmp_path: Path) -> None:
    complain(tmp_path, "file,place\na.txt,x\n\n,y\n", ", line 4: no file is named")


def test_file_twice_is_refused_with_the_second_line(tmp_path: Path) -> None:
    text = "file,place\na.txt,x\nb.txt,y\na.txt,z\n"
    complain(tmp_path, text, ", line 4: the file stands above already (found 'a.txt')")


def test_id_twice_is_refused_with_the_second_line(tmp_path: Path) -> None:
    text = "doc_id,file\nd,a.txt\ne,b.txt\nd,c.txt\n"
    complain(tmp_path, text, ", line 4: the doc_id stands above already (found 'd')")
    # The id of the second file is its stem.
    text = "doc_id,file\nb,a.txt\n,b.txt\n"
    complain(tmp_path, text, ", line 3: the doc_id stands above already (found 'b')")


def test_line_is_where_a_row_begins(tmp_path: Path) -> None:
    head = 'file,title,date\na.txt,"two\nlines",2024\n'
    complain(tmp_path, f"{head}b.txt,x,soon\n", ", line 4: no date")
    complain(tmp_path, f'{head}b.txt,"two\nlines",soon\nc.txt,x,2024\n', ", line 4: no date")


def test_unclosed_quotation_is_refused_where_it_opens(tmp_path: Path) -> None:
    text = 'file,title\na.txt,x\nb.txt,"y\nc.txt,z\nd.txt,z\n'
    complain(tmp_path, text, ", line 3: not a CSV: ")
    complain(tmp_path, text.replace("d.txt,z", 'd.txt,"z"'), ", line 3: not a CSV: ")
    complain(tmp_path, '"file\na.txt\n', ", line 1: not a CSV: ")


@pytest.mark.parametrize(
    "wrong",
    [
        *("soon", "2024-13", "2024-02-30", "2023-02-29", "2024-00", "0000", "2024-", "45481"),
        *("24-07-08", "08.07.2024", "20240708", "2024-07-08 12:00"),
    ],
)
def test_broken_date_is_refused_with_its_line(tmp_path: Path, wrong: str) -> None:
    text = f"file,date\na.txt,2024\nb.txt,{wrong}\n"
    expected = f", line 3: no date such as 2024-07-08, 2024-07 or 2024 (found '{wrong}')"
    complain(tmp_path, text, expected)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", ""),
        ("2024", "2024"),
        ("2024年", "2024"),
        ("2024-7", "2024-07"),
        ("2024年7月", "2024-07"),
        ("2024.07", "2024-07"),
        ("2024-07-08", "2024-07-08"),
        ("2024/7/8", "2024-07-08"),
        ("2024.7.8", "2024-07-08"),
        ("2024年7月8日", "2024-07-08"),
        ("2024 年 7 月 8 日", "2024-07-08"),
        ("2024-02-29", "2024-02-29"),
        ("２０２４年７月８日", "2024-07-08"),
    ],
)
def test_dates_are_written_as_iso(tmp_path: Path, written: str, read: str) -> None:
    table = read_manifest(write(tmp_path, f"file,date\na.txt,{written}\n"))
    assert table["date"].tolist() == [read]


@given(st.dates(), st.sampled_from(["-", "/", "."]))
def test_every_date_is_read_at_each_precision(day: date, sign: str) -> None:
    short = [f"{day.year:04}", f"{day.month}", f"{day.day}"]
    for parts in (1, 2, 3):
        iso = "-".join(day.isoformat().split("-")[:parts])
        assert iso_date(iso) == iso
        assert iso_date(sign.join(short[:parts])) == iso


def test_ids_are_stems_and_paths_where_stems_collide() -> None:
    assert ids_of(["a.txt", "sub/b.md", "岚江.2024.txt"]) == ["a", "b", "岚江.2024"]
    assert ids_of(["a.txt", "a.md", "b.txt"]) == ["a.txt", "a.md", "b"]
    assert ids_of(["2023/a.txt", "2024/a.txt"]) == ["2023/a.txt", "2024/a.txt"]
    # The stem of the third is the path of the first.
    assert ids_of(["a.txt", "a.md", "a.txt.md"]) == ["a.txt", "a.md", "a.txt.md"]
    assert ids_of([]) == []


names = st.text("ab.", min_size=1, max_size=4).filter(lambda name: name.strip("."))
paths = st.lists(names, min_size=1, max_size=2).map("/".join)


@given(st.lists(paths, unique=True))
@example(["a", "a.b", "a.b.a"])
def test_ids_are_unique_and_forget_the_order(files: Sequence[str]) -> None:
    ids = ids_of(files)
    assert len(set(ids)) == len(files)
    for file, name in zip(files, ids, strict=True):
        assert name in {file, PurePosixPath(file).stem}
    assert dict(zip(files, ids, strict=True)) == dict(
        zip(reversed(files), ids_of(files[::-1]), strict=True)
    )


def test_ids_of_a_manifest_without_them_are_unique(tmp_path: Path) -> None:
    table = read_manifest(write(tmp_path, "file\n2023/a.txt\n2024/a.txt\nb.txt\n"))
    assert table["doc_id"].tolist() == ["2023/a.txt", "2024/a.txt", "b"]
