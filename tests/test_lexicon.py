from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from textlab.errors import LexiconError
from textlab.language.lexicon import (
    COLUMNS,
    combine_lexicons,
    head_terms,
    heads,
    read_lexicon,
)
from textlab.language.stopwords import stopwords

GOOD = (
    "term,category,label_en,variant_of,note\n"
    "新质生产力,industry,New quality productive forces,,since 2023\n"
    "智改数转,industry,Smart upgrading,,\n"
    '智转数改,industry,Smart upgrading,智改数转,"reordered, rare"\n'
)


def write(folder: Path, text: str | bytes, name: str = "own.csv") -> Path:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def complain(source: Any, *parts: str) -> str:
    """``source`` is refused in one line that has all of ``parts``."""
    with pytest.raises(LexiconError) as caught:
        read_lexicon(source)
    message = str(caught.value)
    assert "\n" not in message
    for part in parts:
        assert part in message
    return message


def test_csv_is_read_sorted_by_term(tmp_path: Path) -> None:
    expected = [
        ["新质生产力", "industry", "New quality productive forces", "", "since 2023"],
        ["智改数转", "industry", "Smart upgrading", "", ""],
        ["智转数改", "industry", "Smart upgrading", "智改数转", "reordered, rare"],
    ]
    file = write(tmp_path, GOOD)
    for source in (file, str(file)):
        lexicon = read_lexicon(source)
        assert list(lexicon.columns) == list(COLUMNS)
        assert lexicon.to_numpy().tolist() == expected


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_what_spreadsheets_save_is_read_alike(tmp_path: Path, codec: str, end: str) -> None:
    expected = read_lexicon(write(tmp_path, GOOD))
    file = write(tmp_path, GOOD.replace("\n", end).encode(codec), "other.csv")
    assert_frame_equal(read_lexicon(file), expected)


def test_term_and_category_are_enough_and_columns_may_stand_anyhow(tmp_path: Path) -> None:
    lexicon = read_lexicon(write(tmp_path, "freq,category, term ,\n3,own, 一网通办 ,\n"))
    assert lexicon.to_numpy().tolist() == [["一网通办", "own", "", "", ""]]


def test_row_may_leave_out_cells_at_its_end(tmp_path: Path) -> None:
    lexicon = read_lexicon(write(tmp_path, "term,category,label_en,note\n一网通办,own\n"))
    assert lexicon.to_numpy().tolist() == [["一网通办", "own", "", "", ""]]


def test_frame_is_read_like_the_csv(tmp_path: Path) -> None:
    file = write(tmp_path, GOOD)
    expected = read_lexicon(file)
    assert_frame_equal(read_lexicon(pd.read_csv(file)), expected)
    assert_frame_equal(read_lexicon(pd.read_csv(file, dtype="category")[::-1]), expected)
    assert_frame_equal(read_lexicon(expected), expected)


def test_frame_of_two_columns_is_enough_and_stays_as_it_is() -> None:
    frame = pd.DataFrame({"freq": [3], "category": [1], "term": ["一网通办"]})
    before = frame.copy(deep=True)
    assert read_lexicon(frame).to_numpy().tolist() == [["一网通办", "1", "", "", ""]]
    assert_frame_equal(frame, before)


@pytest.mark.parametrize("blank", [None, float("nan"), ""])
def test_blank_cells_of_a_frame_are_blank(blank: object) -> None:
    frame = pd.DataFrame({"term": ["一网通办"], "category": ["own"], "variant_of": [blank]})
    assert read_lexicon(frame).to_numpy().tolist() == [["一网通办", "own", "", "", ""]]


@pytest.mark.parametrize("kind", [list, tuple])
def test_list_of_terms_gets_the_category_own(kind: type) -> None:
    lexicon = read_lexicon(kind(["河长制", "一网通办"]))
    assert lexicon["term"].tolist() == ["一网通办", "河长制"]
    assert set(lexicon["category"]) == {"own"}
    assert (lexicon[["label_en", "variant_of", "note"]] == "").to_numpy().all()


def test_empty_list_is_a_lexicon_of_nothing() -> None:
    lexicon = read_lexicon([])
    assert len(lexicon) == 0
    assert list(lexicon.columns) == list(COLUMNS)


def test_none_is_the_builtin_lexicon() -> None:
    builtin = read_lexicon()
    assert_frame_equal(builtin, read_lexicon(None))
    assert {"新质生产力", "高质量发展", "营商环境", "中国式现代化"} <= set(builtin["term"])


han = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)


@given(st.lists(st.text(han, min_size=2, max_size=49), unique=True), st.randoms())
def test_lexicon_forgets_the_order_of_terms(terms: list[str], random: Any) -> None:
    lexicon = read_lexicon(terms)
    random.shuffle(terms)
    assert_frame_equal(read_lexicon(terms), lexicon)
    assert lexicon["term"].tolist() == sorted(terms)


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


def test_longest_and_shortest_terms_are_taken() -> None:
    assert len(read_lexicon(["一" * 49, "一二"])) == 2


def test_variant_may_stand_before_its_head() -> None:
    frame = pd.DataFrame(
        {"term": ["双碳", "碳达峰"], "category": "green", "variant_of": ["碳达峰", ""]}
    )
    assert heads(read_lexicon(frame))["双碳"] == "碳达峰"


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


def test_heads_maps_surfaces_to_what_they_count_for(tmp_path: Path) -> None:
    lexicon = read_lexicon(write(tmp_path, GOOD))
    assert heads(lexicon).to_dict() == {
        "新质生产力": "新质生产力",
        "智改数转": "智改数转",
        "智转数改": "智改数转",
    }
    assert head_terms(lexicon)["term"].tolist() == ["新质生产力", "智改数转"]
    assert head_terms(lexicon).index.tolist() == [0, 1]


def make_lexicon(*rows: tuple[str, str, str]) -> pd.DataFrame:
    columns = pd.Index(["term", "category", "variant_of"])
    return read_lexicon(pd.DataFrame(list(rows), columns=columns))


def test_later_lexicon_decides_and_nothing_of_the_earlier_stays() -> None:
    first = read_lexicon(
        pd.DataFrame(
            {"term": ["河长制", "双碳"], "category": "green", "label_en": ["Chiefs", "Carbon"]}
        )
    )
    second = read_lexicon(["一网通办", "双碳"])
    combined = combine_lexicons([first, second])
    assert combined[["term", "category", "label_en"]].to_numpy().tolist() == [
        ["一网通办", "own", ""],
        ["双碳", "own", ""],
        ["河长制", "green", "Chiefs"],
    ]
    # The other way round the first one decides, being the later.
    assert combine_lexicons([second, first])["category"].tolist() == ["own", "green", "green"]


def test_one_lexicon_combined_is_itself() -> None:
    assert_frame_equal(combine_lexicons([read_lexicon()]), read_lexicon())
    assert_frame_equal(combine_lexicons(iter([read_lexicon(), read_lexicon()])), read_lexicon())


def test_later_lexicon_may_make_a_variant_a_head() -> None:
    first = make_lexicon(("河湖长制", "green", ""), ("河长制", "green", "河湖长制"))
    combined = combine_lexicons([first, read_lexicon(["河长制"])])
    assert heads(combined).to_dict() == {"河湖长制": "河湖长制", "河长制": "河长制"}


def test_later_lexicon_may_not_take_a_head_from_its_variants() -> None:
    first = make_lexicon(("河湖长制", "green", ""), ("河长制", "green", "河湖长制"))
    second = make_lexicon(("林长制", "green", ""), ("河湖长制", "green", "林长制"))
    with pytest.raises(LexiconError) as caught:
        combine_lexicons([first, second])
    assert "'河长制' is a variant of '河湖长制', which is no head term" in str(caught.value)


def test_no_lexicon_at_all_is_refused() -> None:
    with pytest.raises(LexiconError, match=r"no lexicon: name files under \[lexicon\]"):
        combine_lexicons([])


def test_stopwords_of_a_file(tmp_path: Path) -> None:
    text = "# of this city\n我市\n\n 全市 \t# towns too\n我市\n"
    for data in (text.encode(), text.encode("utf-8-sig"), text.encode("gb18030")):
        assert stopwords(write(tmp_path, data, "stop.txt")) == {"我市", "全市"}
    assert stopwords(str(tmp_path / "stop.txt")) == {"我市", "全市"}
    assert stopwords(write(tmp_path, "", "empty.txt")) == frozenset()


def test_stopwords_default_to_the_builtin_ones() -> None:
    assert stopwords() == stopwords(None)
    assert {"的", "和", "进一步"} <= stopwords()


def test_stopword_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"absent\.txt: no such stopword file; \[tokens\]"):
        stopwords(tmp_path / "absent.txt")
    with pytest.raises(LexiconError) as caught:
        stopwords(tmp_path)
    assert str(caught.value) == f"{tmp_path}: cannot be read: Is a directory"
    with pytest.raises(LexiconError, match=r"holds NUL bytes: .*; save it as UTF-8, one word a"):
        stopwords(write(tmp_path, "我\x00市", "stop.txt"))


def test_terms_are_written_at_half_width_as_texts_are() -> None:
    lexicon = read_lexicon(["５Ｇ基站", "５Ｇ网络"])
    assert lexicon["term"].tolist() == ["5G基站", "5G网络"]
    with pytest.raises(LexiconError, match="the term '5G基站' stands at 1 already"):
        read_lexicon(["5G基站", "５Ｇ基站"])


def test_a_column_of_ones_own_is_no_slip() -> None:
    table = pd.DataFrame({"term": ["揭榜挂帅"], "category": ["innovation"], "label_zh": ["x"]})
    assert read_lexicon(table)["term"].tolist() == ["揭榜挂帅"]
