from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from textlab.errors import CorpusError, ManifestError, StudyError
from textlab.reading.documents import read_documents, select_documents
from textlab.reading.folder import list_files
from textlab.schema import contract

DECISION = "关于发展新质生产力的决定\n\n2024年7月8日，全会通过本决定。\n"
REPORT = "# 乡村振兴有了新气象\n\n本报讯，今年粮食再获丰收。\n"


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def row(documents: pd.DataFrame, file: str) -> dict[str, Any]:
    """The document of ``file``, which is there once."""
    found = documents[documents["file"] == file].to_dict("records")
    assert len(found) == 1
    return {str(column): value for column, value in found[0].items()}


def complain(kind: type[Exception], *parts: str, **arguments: Any) -> None:
    """Reading is refused with ``kind``, in one line that has all of ``parts``."""
    with pytest.raises(kind) as caught:
        read_documents(**arguments)
    assert "\n" not in str(caught.value)
    for part in parts:
        assert part in str(caught.value)


def test_documents_without_a_manifest(tmp_path: Path) -> None:
    write(tmp_path, {"lan.txt": DECISION, "sub/qing.md": REPORT})
    documents = read_documents(tmp_path)
    assert list(documents.columns) == list(contract("documents").columns)
    assert row(documents, "lan.txt") == {
        "doc_id": "lan",
        "file": "lan.txt",
        "title": "关于发展新质生产力的决定",
        "place": "",
        "date": "2024-07-08",
        "genre": "",
        "source": "",
        "sha256": sha256(DECISION.encode()).hexdigest(),
        "text": DECISION,
        "guessed": "title date",
        "set_aside": "",
    }
    second = row(documents, "sub/qing.md")
    assert (second["doc_id"], second["title"]) == ("qing", "乡村振兴有了新气象")
    assert (second["date"], second["guessed"]) == ("", "title")


def test_documents_with_a_manifest(tmp_path: Path) -> None:
    manifest = (
        "file,doc_id,title,place,date,year,作者\n"
        "b.txt,second,决定,岚江市,2023/7/8,2023,甲\n"
        "a.md,first,,青禾市,,2024,\n"
    )
    write(tmp_path, {"b.txt": DECISION, "a.md": REPORT, "documents.csv": manifest})
    documents = read_documents(tmp_path)
    assert list(documents.columns) == [*contract("documents").columns, "year", "作者"]
    assert documents["doc_id"].tolist() == ["first", "second"]
    first, second = documents.to_dict("records")
    # What the manifest says is not guessed, what it leaves blank is.
    assert (second["title"], second["date"], second["guessed"]) == ("决定", "2023-07-08", "")
    assert (first["title"], first["date"]) == ("乡村振兴有了新气象", "")
    assert first["guessed"] == "title"
    assert [(d["year"], d["作者"], d["place"]) for d in (first, second)] == [
        ("2024", "", "青禾市"),
        ("2023", "甲", "岚江市"),
    ]


def test_manifest_may_lie_elsewhere_and_goes_before_that_of_the_folder(tmp_path: Path) -> None:
    corpus = write(tmp_path / "texts", {"a.txt": REPORT, "documents.csv": "file\nabsent.txt\n"})
    other = write(tmp_path, {"mine.csv": "file,place\na.txt,青禾市\n"}) / "mine.csv"
    assert row(read_documents(corpus, other), "a.txt")["place"] == "青禾市"


def test_folder_and_manifest_may_be_text(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": REPORT, "m.csv": "file,place\na.txt,青禾市\n"})
    documents = read_documents(str(tmp_path), str(tmp_path / "m.csv"))
    assert documents["place"].tolist() == ["青禾市"]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_encoding_of_a_file_makes_no_difference_but_to_its_hash(tmp_path: Path, codec: str) -> None:
    text = DECISION.replace("\n", "\r\n")
    data = text.encode(codec)
    document = row(read_documents(write(tmp_path, {"a.txt": data})), "a.txt")
    assert document["text"] == text
    assert document["sha256"] == sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.docx", b"PK\x03\x04", "the format '.docx' is not read; save it as .txt"),
        ("a.pdf", b"%PDF-1.7", "the format '.pdf' is not read; save it as .txt"),
        ("notice", "通知", "a file without a suffix is not read; save it as .txt"),
        ("a.txt", "", "empty"),
        ("a.md", " \r\n　\n", "empty"),
        ("a.txt", b"\xef\xbb\xbf", "empty"),
        ("a.txt", b"policy\x00text", "holds NUL bytes: not a text file"),
        ("a.txt", REPORT.encode()[:-2], "not UTF-8 (byte "),
        ("a.txt", "關於推動高質量發展的通知".encode("big5"), "not plausible Chinese"),
    ],
)
def test_what_cannot_be_read_is_set_aside_with_the_reason(
    tmp_path: Path, name: str, content: str | bytes, reason: str
) -> None:
    documents = read_documents(write(tmp_path, {name: content, "good.txt": REPORT}))
    document = row(documents, name)
    assert reason in document["set_aside"]
    assert (document["text"], document["title"], document["guessed"]) == ("", "", "")
    assert len(document["sha256"]) == 64
    assert row(documents, "good.txt")["set_aside"] == ""


def test_suffix_may_be_in_capitals(tmp_path: Path) -> None:
    documents = read_documents(write(tmp_path, {"a.TXT": REPORT}))
    assert row(documents, "a.TXT")["text"] == REPORT


def test_broken_link_is_set_aside(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": REPORT})
    (tmp_path / "b.txt").symlink_to(tmp_path / "gone.txt")
    assert row(read_documents(tmp_path), "b.txt")["set_aside"] == "not a regular file"


def test_file_that_cannot_be_opened_is_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"a.txt": REPORT, "shut.txt": REPORT})
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "shut.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    document = row(read_documents(tmp_path), "shut.txt")
    assert document["set_aside"] == "cannot be opened: Permission denied"


def test_helpers_and_hidden_files_are_no_documents(tmp_path: Path) -> None:
    helpers = [".hidden.txt", ".git/a.txt", "README.md", "LICENSE", "truth.csv", "TRUTH.CSV"]
    helpers += ["make.py", "study.toml", "sub/data.json", "sub/README.txt"]
    write(tmp_path, {**dict.fromkeys(helpers, REPORT), "sub/a.txt": REPORT})
    assert list_files(tmp_path) == ["sub/a.txt"]
    assert read_documents(tmp_path)["file"].tolist() == ["sub/a.txt"]


def test_results_within_the_corpus_are_no_documents(tmp_path: Path) -> None:
    results = {"out/.stages/read/x.txt": REPORT, "out/tables/keyness.md": REPORT}
    write(tmp_path, {**results, "outer/a.txt": REPORT})
    assert list_files(tmp_path) == ["outer/a.txt"]


def test_missing_folder_is_refused(tmp_path: Path) -> None:
    absent = tmp_path / "absent"
    complain(CorpusError, f"{absent}: no such corpus folder; name one with", folder=absent)


def test_file_in_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path, {"a.txt": REPORT}) / "a.txt"
    complain(CorpusError, f"{file}: is not a folder; name one with", folder=file)


@pytest.mark.parametrize("files", [{}, {"README.md": REPORT, "documents.csv": "file\n"}])
def test_empty_folder_is_refused(tmp_path: Path, files: dict[str, str]) -> None:
    write(tmp_path, files)
    complain(CorpusError, f"{tmp_path}: no documents in this folder; put", folder=tmp_path)


def test_folder_with_nothing_readable_is_refused_with_the_first_reason(tmp_path: Path) -> None:
    write(tmp_path, {"b.txt": "", "a.docx": b"PK"})
    expected = f"{tmp_path}: no readable text (.txt or .md) in this folder; a.docx: the format"
    complain(CorpusError, expected, folder=tmp_path)


def test_manifest_that_lists_nothing_leaves_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": REPORT, "documents.csv": "file,place\n"})
    complain(CorpusError, "no readable text", "a.txt: not in the manifest", folder=tmp_path)


def test_subfolder_that_cannot_be_opened_is_refused_and_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"a.txt": REPORT, "shut/b.txt": REPORT})
    scan = os.scandir

    def refuse(path: Any) -> Any:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    expected = f"{tmp_path / 'shut'}: this folder cannot be opened: Permission denied"
    complain(CorpusError, expected, folder=tmp_path)


def test_file_name_that_is_no_unicode_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So a name of GBK bytes, unpacked from an old archive, reaches Python on Linux.
    name = "决定.txt".encode("gbk").decode("utf-8", "surrogateescape")
    write(tmp_path, {"a.txt": REPORT})

    def walk(root: Path, onerror: object) -> Iterator[tuple[str, list[str], list[str]]]:
        yield str(root), [], ["a.txt", name]

    monkeypatch.setattr(os, "walk", walk)
    complain(CorpusError, ".txt' is not UTF-8; rename the file", folder=tmp_path)


def test_listed_file_that_is_missing_is_refused_with_the_nearest(tmp_path: Path) -> None:
    write(tmp_path, {"lanjiang.txt": REPORT, "documents.csv": "file\nlanjiag.txt\n"})
    near = f"it lists 'lanjiag.txt', which is not in {tmp_path}; did you mean 'lanjiang.txt'?"
    complain(ManifestError, f"{tmp_path / 'documents.csv'}: {near}", folder=tmp_path)
    other = write(tmp_path, {"mine.csv": "file\nzzz\n"}) / "mine.csv"
    complain(ManifestError, f"{other}: it lists 'zzz'", folder=tmp_path, manifest=other)


@pytest.mark.parametrize("name", ["README.txt", "table.csv", ".a.txt"])
def test_listed_helper_is_told_that_it_is_one(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"a.txt": REPORT, name: REPORT, "documents.csv": f"file\na.txt\n{name}\n"})
    expected = f"it lists '{name}', but README, LICENSE and hidden files and .csv .json"
    complain(ManifestError, expected, "are not read as documents; rename", folder=tmp_path)
    (tmp_path / name).unlink()
    expected = f"it lists '{name}', which is not in {tmp_path}"
    complain(ManifestError, expected, folder=tmp_path)


def test_named_manifest_that_is_missing_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": REPORT})
    absent = tmp_path / "absent.csv"
    complain(ManifestError, f"{absent}: no such manifest", folder=tmp_path, manifest=absent)


def test_hash_in_the_manifest_is_held_against_the_file(tmp_path: Path) -> None:
    digest = sha256(REPORT.encode()).hexdigest()
    files = {"a.txt": REPORT, "b.txt": DECISION}
    # In any case of letters, and only where one is given.
    right = f"file,sha256\na.txt,{digest.upper()}\nb.txt,\n"
    documents = read_documents(write(tmp_path, {**files, "documents.csv": right}))
    assert row(documents, "a.txt")["sha256"] == digest
    write(tmp_path, {"documents.csv": f"file,sha256\nb.txt,{digest}\na.txt,{digest}\n"})
    found = sha256(DECISION.encode()).hexdigest()
    expected = f"b.txt: its sha256 is {found[:12]}…, the manifest says {digest[:12]}…"
    complain(ManifestError, expected, folder=tmp_path)


def test_unlisted_files_are_set_aside_and_stay_in_the_table(tmp_path: Path) -> None:
    manifest = "file,doc_id,year\na.txt,a,2024\n"
    write(tmp_path, {"a.txt": DECISION, "b.txt": REPORT, "documents.csv": manifest})
    documents = read_documents(tmp_path)
    extra = row(documents, "b.txt")
    assert (extra["doc_id"], extra["set_aside"]) == ("b.txt", "not in the manifest")
    assert (extra["text"], extra["title"], extra["year"]) == ("", "", "")
    assert extra["sha256"] == sha256(REPORT.encode()).hexdigest()
    assert row(documents, "a.txt")["set_aside"] == ""


def test_own_columns_may_have_any_other_name(tmp_path: Path) -> None:
    names = ["sha256_listed", "para_id", "text_y", "index", "level_0"]
    manifest = f"file,{','.join(names)}\na.txt,1,2,3,4,5\n"
    documents = read_documents(write(tmp_path, {"a.txt": REPORT, "documents.csv": manifest}))
    assert documents[names].to_numpy().tolist() == [["1", "2", "3", "4", "5"]]


def test_ids_are_stems_and_paths_where_they_collide(tmp_path: Path) -> None:
    names = ["2023/a.txt", "2024/a.txt", "b.md", "b.txt", "岚江.txt"]
    documents = read_documents(write(tmp_path, dict.fromkeys(names, REPORT)))
    assert documents["file"].tolist() == sorted(names)
    assert documents["doc_id"].tolist() == [*sorted(names)[:4], "岚江"]


def test_order_of_files_on_disk_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {f"{name}/{n}.txt": REPORT for name in "ab" for n in (1, 2, 10)})
    before = read_documents(tmp_path)
    walk = os.walk

    def backwards(*args: Any, **options: Any) -> Iterator[Any]:
        for parent, folders, files in [*walk(*args, **options)][::-1]:
            yield parent, folders, files[::-1]

    monkeypatch.setattr(os, "walk", backwards)
    assert_frame_equal(read_documents(tmp_path), before)
    assert before["doc_id"].tolist() == sorted(before["doc_id"])


def test_order_of_the_manifest_does_not_matter(tmp_path: Path) -> None:
    lines = ["a.txt,x,2024", "b.txt,y,2023", "c.txt,w,2022"]
    files = dict.fromkeys(["a.txt", "b.txt", "c.txt"], REPORT)
    tables = []
    for order in (lines, lines[::-1]):
        manifest = "\n".join(["file,doc_id,year", *order])
        tables.append(read_documents(write(tmp_path, {**files, "documents.csv": manifest})))
    assert_frame_equal(tables[0], tables[1])
    assert tables[0]["doc_id"].tolist() == ["w", "x", "y"]


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


def make_documents(rows: list[tuple[str, str]], **columns: list[Any]) -> pd.DataFrame:
    """Documents of (doc_id, date), with further columns."""
    blank = dict.fromkeys(contract("documents").columns, "")
    table = [blank | {"doc_id": name, "file": f"{name}.txt", "date": date} for name, date in rows]
    return pd.DataFrame(table).assign(**columns)


DATED = [
    ("a", "2022"),
    ("b", "2023-06"),
    ("c", "2023-06-30"),
    ("d", "2023-07-01"),
    ("e", "2024-01-01"),
    ("f", ""),
]


def chosen(documents: pd.DataFrame, *args: Any, **options: Any) -> str:
    selected = select_documents(documents, *args, **options)
    assert selected["doc_id"].tolist() == documents["doc_id"].tolist()
    return "".join(selected.loc[selected["set_aside"] == "", "doc_id"])


def reasons(selected: pd.DataFrame) -> dict[str, str]:
    return dict(zip(selected["doc_id"], selected["set_aside"], strict=True))


def test_selecting_nothing_in_particular_takes_all() -> None:
    documents = make_documents(DATED)
    assert_frame_equal(select_documents(documents), documents)
    assert_frame_equal(select_documents(documents, {}, start=None, end=None), documents)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"genre": "web"}, "bd"),
        ({"genre": ["web", "decision"]}, "abd"),
        ({"year": 2024}, "cd"),
        ({"year": "2024"}, "cd"),
        ({"year": [2023, "2024"]}, "abcd"),
        ({"genre": "web", "year": 2024}, "d"),
        ({"doc_id": ["a", "nobody"]}, "a"),
    ],
)
@pytest.mark.parametrize("kind", [str, int])
def test_where_maps_columns_to_what_they_must_be(
    where: dict[str, Any], expected: str, kind: type
) -> None:
    documents = make_documents(
        [(name, "") for name in "abcd"],
        genre=["decision", "web", "newspaper", "web"],
        year=[kind(year) for year in (2023, 2023, 2024, 2024)],
    )
    assert chosen(documents, where) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2023", None, "bcde"),
        (None, "2023", "abcd"),
        ("2023", "2023", "bcd"),
        ("2023-06", "2023-06", "bc"),
        ("2023-07", None, "de"),
        (None, "2023-06", "abc"),
        # A date that is less precise than the bound is not known to lie outside.
        ("2023-06-15", None, "bcde"),
        ("2023-06-30", "2023-06-30", "bc"),
        ("2023-07-01", "2024-01-01", "de"),
        ("2022-05", "2022-08", "a"),
        ("2023-7", None, "de"),
    ],
)
def test_bounds_take_dates_in_at_every_precision(
    start: str | None, end: str | None, expected: str
) -> None:
    assert chosen(make_documents(DATED), start=start, end=end) == expected


def test_reasons_say_what_was_not_wanted() -> None:
    documents = make_documents(DATED, place=["岚江市"] * 5 + ["青禾市"])
    documents.loc[1, "set_aside"] = "empty"
    selected = select_documents(documents, start="2023-06", end="2023-06")
    assert reasons(selected) == {
        "a": "not selected: before 2023-06",
        "b": "empty",
        "c": "",
        "d": "not selected: after 2023-06",
        "e": "not selected: after 2023-06",
        "f": "not selected: no date",
    }
    assert reasons(select_documents(documents, {"place": "岚江市"}))["f"] == "not selected by place"


def test_selecting_leaves_its_input_alone() -> None:
    documents = make_documents(DATED)
    before = documents.copy(deep=True)
    select_documents(documents, {"doc_id": "c"}, start="2023")
    assert_frame_equal(documents, before)


def test_unknown_column_is_refused_with_the_nearest() -> None:
    documents = make_documents(DATED, year=["2024"] * 6)
    with pytest.raises(StudyError) as caught:
        select_documents(documents, {"years": 2024})
    message = str(caught.value)
    assert message.startswith("[corpus] where: no column 'years'; did you mean 'year'? (there are:")
    assert message.endswith("set_aside, year)")


@pytest.mark.parametrize("wrong", ["soon", "2023-13", "2023-02-30", "23"])
@pytest.mark.parametrize(("bound", "name"), [("start", "from"), ("end", "to")])
def test_bound_that_is_no_date_is_refused(wrong: str, bound: str, name: str) -> None:
    with pytest.raises(StudyError) as caught:
        chosen(make_documents(DATED), **{bound: wrong})
    assert str(caught.value) == (
        f"[corpus] {name}: wanted a date such as 2024, 2024-07 or 2024-07-08; found '{wrong}'"
    )


@pytest.mark.parametrize(
    ("where", "bounds", "reason"),
    [
        ({"genre": "book"}, {}, "not selected by genre"),
        ({"genre": []}, {}, "not selected by genre"),
        ({}, {"start": "2025"}, "not selected: before 2025; not selected: no date"),
        ({}, {"start": "2024", "end": "2023"}, "not selected: after 2023; not selected: before"),
    ],
)
def test_selection_of_nothing_is_refused_with_the_reasons(
    where: dict[str, Any], bounds: dict[str, str], reason: str
) -> None:
    documents = make_documents(DATED)
    with pytest.raises(StudyError, match="selects none of the 6 documents: ") as caught:
        select_documents(documents, where, **bounds)
    assert reason in str(caught.value)


@given(st.dates(), st.dates(), st.sampled_from([4, 7, 10]), st.sampled_from([4, 7, 10]))
def test_document_is_taken_by_bounds_of_its_own_date(
    day: Any, other: Any, width: int, precision: int
) -> None:
    date, bound = day.isoformat()[:precision], other.isoformat()[:width]
    documents = make_documents([("x", date), ("y", bound)])
    # y lies at the bound itself, so that the selection is never empty.
    after, before = chosen(documents, start=bound), chosen(documents, end=bound)
    common = min(width, precision)
    assert ("x" in after) == (date[:common] >= bound[:common])
    assert ("x" in before) == (date[:common] <= bound[:common])
