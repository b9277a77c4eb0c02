from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from tests.lexicon_files import GOOD, write
from textlab.errors import LexiconError
from textlab.language.lexicon import COLUMNS, head_terms, heads, read_lexicon


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


def test_longest_and_shortest_terms_are_taken() -> None:
    assert len(read_lexicon(["一" * 49, "一二"])) == 2


def test_variant_may_stand_before_its_head() -> None:
    frame = pd.DataFrame(
        {"term": ["双碳", "碳达峰"], "category": "green", "variant_of": ["碳达峰", ""]}
    )
    assert heads(read_lexicon(frame))["双碳"] == "碳达峰"


def test_heads_maps_surfaces_to_what_they_count_for(tmp_path: Path) -> None:
    lexicon = read_lexicon(write(tmp_path, GOOD))
    assert heads(lexicon).to_dict() == {
        "新质生产力": "新质生产力",
        "智改数转": "智改数转",
        "智转数改": "智改数转",
    }
    assert head_terms(lexicon)["term"].tolist() == ["新质生产力", "智改数转"]
    assert head_terms(lexicon).index.tolist() == [0, 1]


def test_terms_are_written_at_half_width_as_texts_are() -> None:
    lexicon = read_lexicon(["５Ｇ基站", "５Ｇ网络"])
    assert lexicon["term"].tolist() == ["5G基站", "5G网络"]
    with pytest.raises(LexiconError, match="the term '5G基站' stands at 1 already"):
        read_lexicon(["5G基站", "５Ｇ基站"])


def test_a_column_of_ones_own_is_no_slip() -> None:
    table = pd.DataFrame({"term": ["揭榜挂帅"], "category": ["innovation"], "label_zh": ["x"]})
    assert read_lexicon(table)["term"].tolist() == ["揭榜挂帅"]
