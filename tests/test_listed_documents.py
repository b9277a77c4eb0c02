"""Documents of a folder with a manifest."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal

from tests.corpus_files import DECISION, REPORT, complain, row, write
from textlab.errors import CorpusError, ManifestError
from textlab.reading.documents import read_documents
from textlab.schema import contract


def test_documents_with_a_manifest(tmp_path: Path) -> None:
    manifest = (
        "file,doc_id,title,place,date,year,作者\n"
        "b.txt,second,决定,岚江市,2023/7/8,2023,甲\n"
        "a.md,first,,青禾市,,2024,\n"
    )
    write(tmp_path, {"b.txt": DECISION, "a.md": REPORT, "documents.csv": manifest})
    documents = read_documents(tmp_path)
    assert list(documents.columns) == [
        *contract("documents").columns,
        *("left_out", "year", "作者"),
    ]
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


def test_manifest_that_lists_nothing_leaves_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": REPORT, "documents.csv": "file,place\n"})
    complain(CorpusError, "no readable text", "a.txt: not in the manifest", folder=tmp_path)


def test_a_place_that_was_struck_out_of_a_draft_is_not_inferred(tmp_path: Path) -> None:
    manifest = "file,place,guessed,place_from\na.txt,,title,\nb.txt,眉山市,,\nc.txt,,,text\n"
    write(
        tmp_path,
        {**dict.fromkeys(("a.txt", "b.txt", "c.txt"), DECISION), "documents.csv": manifest},
    )
    assert read_documents(tmp_path)["place_from"].tolist() == ["none", "", "text"]


def test_place_from_is_kept(tmp_path: Path) -> None:
    manifest = "file,place_from\na.txt,text\nb.txt,\n"
    write(tmp_path, {"a.txt": REPORT, "b.txt": REPORT, "documents.csv": manifest})
    assert read_documents(tmp_path)["place_from"].tolist() == ["text", ""]


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


def test_order_of_the_manifest_does_not_matter(tmp_path: Path) -> None:
    lines = ["a.txt,x,2024", "b.txt,y,2023", "c.txt,w,2022"]
    files = dict.fromkeys(["a.txt", "b.txt", "c.txt"], REPORT)
    tables = []
    for order in (lines, lines[::-1]):
        manifest = "\n".join(["file,doc_id,year", *order])
        tables.append(read_documents(write(tmp_path, {**files, "documents.csv": manifest})))
    assert_frame_equal(tables[0], tables[1])
    assert tables[0]["doc_id"].tolist() == ["w", "x", "y"]
