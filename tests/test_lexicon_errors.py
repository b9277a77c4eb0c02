from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.lexicon_files import write
from textlab.errors import LexiconError
from textlab.language.lexicon import read_lexicon


def complain(source: Any, *parts: str) -> str:
    """``source`` is refused in one line that has all of ``parts``."""
    with pytest.raises(LexiconError) as caught:
        read_lexicon(source)
    message = str(caught.value)
    assert "\n" not in message
    for part in parts:
        assert part in message
    return message


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("", "no term"),
        (",own", "no term"),
        ("  ,own", "no term"),
        ("县,own", "'县' is one character; a term has two or more"),
        (f"{'一' * 50},own", f"'{'一' * 12}…' has 50 characters; a term has 49 or fewer"),
        (f"{'一' * 80},own", "has 80 characters"),
        ("数字\t政府,own", "'数字\t政府' has white space or a comma in it"),
        ("数字 政府,own", "has white space or a comma in it"),
        ("数字　政府,own", "has white space or a comma in it"),
        ('"数字\n政府",own', "has white space or a comma in it"),
        ('"数字,政府",own', "'数字,政府' has white space or a comma in it"),
        ('"数字，政府",own', "'数字，政府' has white space or a comma in it"),
        ("数字\u200b政府,own", "has an invisible character in it (U+200B)"),
        ("数字政府\ufeff,own", "has an invisible character in it (U+FEFF)"),
        ("数字政府,", "'数字政府' has no category"),
        ("数字政府", "'数字政府' has no category"),
        ("河长制,own", "the term '河长制' stands at 2 already"),
        ("数字政府,own,河长,", "'数字政府' is a variant of '河长', which is no head term; did you"),
        ("数字政府,own,河湖长,", "is a variant of '河湖长', which is no head term"),
        ("数字政府,own,数字政府,", "'数字政府' is a variant of '数字政府', which is no head term"),
        ("数字政府,own,林长,", "is a variant of '林长', which is no head term"),
        (
            "数字政府,own,,a,b",
            "5 cells, but the header has 4 columns; a comma belongs in quotation",
        ),
    ],
)
def test_line_that_is_no_term_is_refused_with_its_number(
    tmp_path: Path, row: str, reason: str
) -> None:
    head = "term,category,variant_of,note\n河长制,own,,\n林长,own,河长制,\n"
    file = write(tmp_path, f"{head}{row}\n一网通办,own\n", "a, b.csv")
    with pytest.raises(LexiconError) as caught:
        read_lexicon(file)
    message = str(caught.value)
    assert message.startswith(f"{file}, line 4: ")
    assert reason in message


def test_line_is_where_a_row_begins(tmp_path: Path) -> None:
    head = 'term,category,note\n河长制,own,"two\nlines"\n'
    complain(write(tmp_path, f"{head}县,own,x\n"), ", line 4: '县' is one character")
    complain(write(tmp_path, f'{head}县,own,"two\nlines"\n'), ", line 4: '县' is one character")


def test_unclosed_quotation_is_refused_where_it_opens(tmp_path: Path) -> None:
    text = 'term,category\n河长制,own\n"一网通办,own\n数字政府,own\n'
    complain(write(tmp_path, text), "own.csv, line 3: not a CSV: ")
    complain(write(tmp_path, text + '"双碳",own\n'), "own.csv, line 3: not a CSV: ")
    complain(write(tmp_path, '"term,category\n河长制,own\n'), "own.csv, line 1: not a CSV: ")


@pytest.mark.parametrize(
    ("source", "where"),
    [
        (["河长制", "县"], "list of terms, number 2: '县' is one character"),
        (["河长制", "河长制"], "list of terms, number 2: the term '河长制' stands at 1 already"),
        (["河 长制"], "list of terms, number 1: '河 长制' has white space"),
        (
            pd.DataFrame({"term": ["河长制", ""], "category": "own"}),
            "lexicon table, row 1: no term",
        ),
        (
            pd.DataFrame({"term": ["河长制", None], "category": "own"}),
            "lexicon table, row 1: no term",
        ),
        (
            pd.DataFrame({"term": ["河长制"], "category": "own", "variant_of": "林长制"}),
            "lexicon table, row 0: '河长制' is a variant of '林长制', which is no head term",
        ),
    ],
)
def test_term_of_a_list_or_frame_is_refused_with_its_place(source: Any, where: str) -> None:
    complain(source, where)


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("term,label_en", "no column 'category' (found: term, label_en)"),
        ("词,类", "no column 'term' (found: 词, 类)"),
        ("河长制,own", "no column 'term' (found: 河长制, own)"),
        ("term;category", "no column 'term' (found: term;category)"),
        ("terms,category", "unknown column 'terms'; did you mean 'term'?"),
        ("term,categorie", "unknown column 'categorie'; did you mean 'category'?"),
        ("Term,category", "unknown column 'Term'; did you mean 'term'?"),
        ("term,category,variant", "unknown column 'variant'; did you mean 'variant_of'?"),
        ("term,category,label", "unknown column 'label'; did you mean 'label_en'?"),
        ("term,category,notes", "unknown column 'notes'; did you mean 'note'?"),
        ("term,category,term", "the column 'term' is there twice"),
        ("term,category,note,note", "the column 'note' is there twice"),
    ],
)
def test_header_is_held_to_the_columns(tmp_path: Path, header: str, reason: str) -> None:
    cells = header.split(",")
    row = ["数字政府"] * len(cells)
    message = complain(write(tmp_path, f"{header}\n{','.join(row)}\n"), reason)
    assert message.startswith(f"{tmp_path / 'own.csv'}, line 1: ")
    frame = pd.DataFrame([row], columns=pd.Index(cells))
    assert complain(frame, reason).startswith("lexicon table: ")


@pytest.mark.parametrize("text", ["", "term,category\n"])
def test_file_without_terms_is_refused_with_the_columns(tmp_path: Path, text: str) -> None:
    file = write(tmp_path, text)
    complain(file, f"{file}: holds no terms; its columns are term, category, label_en, variant_of")


def test_missing_file_and_folder_are_refused(tmp_path: Path) -> None:
    complain(tmp_path / "absent.csv", f"{tmp_path / 'absent.csv'}: no such lexicon file")
    complain(str(tmp_path), f"{tmp_path}: cannot be read: Is a directory")


def test_undecodable_file_is_told_how_to_save(tmp_path: Path) -> None:
    data = "term,category\n數位政府與開放資料,own\n".encode("big5")
    complain(write(tmp_path, data), "own.csv: not UTF-8", "; save it as CSV UTF-8")
    complain(write(tmp_path, "term\x00,category\n"), "own.csv: holds NUL bytes")
