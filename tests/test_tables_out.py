"""Result tables as files: exact bytes, the way back, and what happens when writing fails."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textlab.errors import ResultsError, TableError, UnknownNameError
from textlab.output.tables import read_csv, write_csv
from textlab.schema import check

BOM = b"\xef\xbb\xbf"


def shares(rows: list[tuple[str, int, float]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["doc_id", "topic", "share"])
    return check(table.assign(low=table["share"], high=table["share"]), "topic_by_document")


def test_the_bytes_are_those_of_the_docstring(tmp_path: Path) -> None:
    table = shares([("文件一", 1, 0.25), ("文件一", 2, float("nan")), ('a,"b"', 1, 1 / 3)])
    path = write_csv(table, tmp_path / "new" / "folder" / "shares.csv")
    wanted = (
        "doc_id,topic,share,low,high\n文件一,1,0.250000,0.250000,0.250000\n"
        '文件一,2,,,\n"a,""b""",1,0.333333,0.333333,0.333333\n'
    )
    assert path.read_bytes() == BOM + wanted.encode()


def test_a_float_that_rounds_to_nothing_has_no_sign(tmp_path: Path) -> None:
    path = write_csv(shares([("a", 1, -1e-9), ("a", 2, -0.5)]), tmp_path / "t.csv")
    assert path.read_text("utf-8-sig").splitlines()[1:] == [
        "a,1,0.000000,0.000000,0.000000",
        "a,2,-0.500000,-0.500000,-0.500000",
    ]


def test_cells_are_never_altered_not_even_formulas(tmp_path: Path) -> None:
    path = write_csv(shares([("=SUM(A1:A9)", 1, 0.5), ("-1", 1, 0.5)]), tmp_path / "t.csv")
    assert path.read_text("utf-8-sig").splitlines()[1:] == [
        "=SUM(A1:A9),1,0.500000,0.500000,0.500000",
        "-1,1,0.500000,0.500000,0.500000",
    ]


@pytest.mark.parametrize("name", ["NA", "nan", "None", "", "007", "1e5", " x ", "a\rb", "a\r\nb\n"])
def test_a_document_keeps_its_name(tmp_path: Path, name: str) -> None:
    table = shares([(name, 1, 0.5), ("other", 1, float("nan"))])
    back = read_csv(write_csv(table, tmp_path / "t.csv"), "topic_by_document")
    pd.testing.assert_frame_equal(back, table)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.dictionaries(
        st.text(st.characters(codec="utf-8"), max_size=12),
        st.floats(-1e6, 1e6).map(lambda value: round(value, 6) + 0.0) | st.just(float("nan")),
        max_size=8,
    )
)
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: dict[str, float]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    table = shares([(name, i, value) for i, (name, value) in enumerate(rows.items())])
    pd.testing.assert_frame_equal(read_csv(write_csv(table, path), "topic_by_document"), table)


def test_an_open_table_keeps_its_further_columns_as_text(tmp_path: Path) -> None:
    columns = (
        "doc_id file title place date genre source sha256 text layout guessed set_aside".split()
    )
    table = pd.DataFrame([dict.fromkeys(columns, "x") | {"year": 2024, "page": None}])
    back = read_csv(write_csv(table, tmp_path / "t.csv"), "documents")
    assert back[["year", "page"]].to_numpy().tolist() == [["2024", ""]]
    assert back["year"].dtype == "str"


def test_an_empty_table_is_its_header(tmp_path: Path) -> None:
    path = write_csv(shares([]), tmp_path / "t.csv")
    assert path.read_bytes() == BOM + b"doc_id,topic,share,low,high\n"
    assert len(read_csv(path, "topic_by_document")) == 0


def test_a_lone_empty_cell_is_still_a_row(tmp_path: Path) -> None:
    path = write_csv(pd.DataFrame({"term": ["a", "", "b"]}), tmp_path / "t.csv")
    assert path.read_bytes() == BOM + b'term\na\n""\nb\n'
    assert pd.read_csv(path, keep_default_na=False)["term"].tolist() == ["a", "", "b"]


def test_a_column_of_lists_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="'runs' holds a list"):
        write_csv(pd.DataFrame({"runs": [[1, 2]]}), tmp_path / "t.csv")
    assert not list(tmp_path.iterdir())


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_csv(shares([("old", 1, 1.0)]), tmp_path / "t.csv")
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(ResultsError, match=r"cannot write '.*t\.csv': No space left"):
        write_csv(shares([("new", 1, 1.0)]), path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["t.csv"]


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_the_file_can_be_read_by_whom_the_umask_lets(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    path = write_csv(shares([]), tmp_path / "t.csv")
    assert path.stat().st_mode == plain.stat().st_mode


@pytest.mark.parametrize(
    ("content", "error", "message"),
    [
        (None, ResultsError, "cannot read"),
        (
            "doc_id,topic,share,low,high\n文件,1,1,1,1\n".encode("gb18030"),
            ResultsError,
            "not UTF-8",
        ),
        (b"", TableError, "not a CSV table"),
        (b'doc_id,topic,share,low,high\n"a,1,1,1,1\n', TableError, "not a CSV table"),
        (b"doc_id,topic,share,low,high\na,1\n", TableError, "row 1: wanted 5 cells, found 2"),
        (b"doc_id,topic\na,1\n", TableError, "share"),
        (b"doc_id,topic,share,low,high\na,1,much,0,1\n", TableError, "column 'share', row 0"),
        (b"doc_id,topic,share,low,high\na,,1,1,1\n", TableError, "column 'topic', row 0"),
        (b"doc_id,topic,share,low,high\na,1,1,1,1\na,1,2,2,2\n", TableError, "twice"),
    ],
)
def test_what_is_no_such_table_is_said(
    tmp_path: Path, content: bytes | None, error: type[Exception], message: str
) -> None:
    path = tmp_path / "t.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(error, match=message):
        read_csv(path, "topic_by_document")


def test_a_table_that_nobody_knows_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="no table 'shares'"):
        read_csv(tmp_path / "t.csv", "shares")


def test_numbers_of_numpy_and_truth_are_written_plainly(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {"n": np.array([3], "int32"), "x": np.array([0.5], "float32"), "b": [True]}
    )
    assert write_csv(table, tmp_path / "t.csv").read_bytes() == BOM + b"n,x,b\n3,0.500000,True\n"


cells = st.text(st.sampled_from('a岚,"\r\n ='), max_size=4) | st.none()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(cells, st.integers(-(2**63), 2**63 - 1), st.floats(width=32), cells), max_size=6
    )
)
def test_columns_are_written_as_cell_by_cell(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[object, ...]]
) -> None:
    """The typed columns as text and numbers, beside the same cells as plain objects."""
    table = pd.DataFrame(rows, columns=pd.Index(["x", "n", "f", 'say "y"']))
    typed = table.astype({"x": "str", "n": "int64", "f": "float64", 'say "y"': "str"})
    folder = tmp_path_factory.mktemp("csv")
    written = write_csv(typed, folder / "a.csv").read_bytes()
    assert written == write_csv(typed.astype(object), folder / "b.csv").read_bytes()
    read = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""), strict=True))
    assert read == [
        ["x", "n", "f", 'say "y"'],
        *([x or "", str(n), _six(f), y or ""] for x, n, f, y in rows),
    ]


def _six(number: object) -> str:
    text = f"{number:.6f}"
    return {"nan": "", "-0.000000": "0.000000"}.get(text, text)


def test_a_table_without_columns_is_one_empty_cell(tmp_path: Path) -> None:
    assert write_csv(pd.DataFrame(), tmp_path / "t.csv").read_bytes() == BOM + b'""\n'
