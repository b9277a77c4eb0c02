"""Lexicons with several bad lines: all of them named, and the good ones used if one wishes."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from tests.helpers import time_limit
from tests.lexicon_files import EXPECTED, FAULTY, GOOD, LEFT, write
from textlab.errors import LexiconError
from textlab.language.lexicon import MOST_FAULTS, check_lexicon, read_lexicon


def refusal(source: Any, **options: Any) -> str:
    with pytest.raises(LexiconError) as caught:
        read_lexicon(source, **options)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_every_line_at_fault_is_named_with_its_number(tmp_path: Path) -> None:
    file = write(tmp_path, FAULTY)
    faults = check_lexicon(file).faults
    assert [fault.line for fault in faults] == list(EXPECTED)
    for fault in faults:
        assert fault.message.startswith(EXPECTED[fault.line])
        assert str(fault) == f"{file}, line {fault.line}: {fault.message}"


def test_error_names_them_all(tmp_path: Path) -> None:
    file = write(tmp_path, FAULTY)
    message = refusal(file)
    assert message.startswith(
        f"{file}, lines 3: no term; 5: the term '河长制' stands at 2 already; "
    )
    for line, reason in EXPECTED.items():
        assert f"{line}: {reason}" in message
    assert refusal(file, faults="error") == message


def test_warn_uses_the_good_lines_and_warns_of_each_other(tmp_path: Path) -> None:
    file = write(tmp_path, FAULTY)
    with pytest.warns(UserWarning) as caught:
        lexicon = read_lexicon(file, faults="warn")
    assert lexicon["term"].tolist() == sorted(LEFT)
    faults = check_lexicon(file).faults
    assert [str(warning.message) for warning in caught] == [f"{f} (left out)" for f in faults]
    # Told where it was read, not in textlab.
    assert {warning.filename for warning in caught} == {__file__}


def test_good_lexicon_is_the_same_either_way(tmp_path: Path) -> None:
    file = write(tmp_path, GOOD)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert_frame_equal(read_lexicon(file, faults="warn"), read_lexicon(file))
        assert_frame_equal(read_lexicon(faults="warn"), read_lexicon())
    assert check_lexicon(file).faults == []


def test_of_very_many_the_first_are_told_and_how_many_more() -> None:
    terms = ["一网通办", *"一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅"]
    message = refusal(terms)
    assert message.startswith("list of terms, numbers 2: '一' is one character")
    assert message.endswith("; 21: '癸' is one character; a term has two or more; and 3 more")
    assert message.count("is one character") == MOST_FAULTS


def test_where_nothing_is_left_it_is_an_error(tmp_path: Path) -> None:
    file = write(tmp_path, "term,category,variant_of\n县,own,\n市县,own,县\n")
    expected = (
        f"{file}, lines 2: '县' is one character; a term has two or more; "
        "3: '市县' is a variant of '县', whose own line is at fault (2)"
    )
    assert refusal(file, faults="warn") == expected
    assert refusal(["县"], faults="warn") == refusal(["县"])
    assert read_lexicon([], faults="warn").empty


@pytest.mark.parametrize(
    "text", ["", "term,category\n", 'term,category\n"一网通办,own\n', "词\n一\n"]
)
def test_file_that_is_no_lexicon_is_an_error_either_way(tmp_path: Path, text: str) -> None:
    file = write(tmp_path, text)
    assert refusal(file, faults="warn") == refusal(file)


def test_rows_of_a_table_and_terms_of_a_list_are_named_alike() -> None:
    table = pd.DataFrame({"term": ["河长制", "县", "林长制", ""], "category": "own"})
    assert [str(fault) for fault in check_lexicon(table).faults] == [
        "lexicon table, row 1: '县' is one character; a term has two or more",
        "lexicon table, row 3: no term",
    ]
    # By their labels, and from 0 where these are no whole numbers.
    for index, lines in (([7, 5, 5, 2], [5, 2]), (list("abcd"), [1, 3])):
        faults = check_lexicon(table.set_axis(index)).faults
        assert [fault.line for fault in faults] == lines
    assert [str(fault) for fault in check_lexicon(["河长制", "县"]).faults] == [
        "list of terms, number 2: '县' is one character; a term has two or more"
    ]


def test_a_term_at_fault_does_not_keep_a_good_line_out() -> None:
    table = pd.DataFrame({"term": ["河长制", "河长制"], "category": ["", "own"]})
    checked = check_lexicon(table)
    assert checked.terms["term"].tolist() == ["河长制"]
    assert [fault.message for fault in checked.faults] == ["'河长制' has no category"]


def test_a_variant_of_a_head_that_stands_twice_is_good() -> None:
    table = pd.DataFrame(
        {"term": ["河长制", "河长制", "河长"], "category": "own", "variant_of": ["", "", "河长制"]}
    )
    assert check_lexicon(table).terms["term"].tolist() == ["河长", "河长制"]


def test_a_variant_of_a_variant_at_fault_is_no_variant_of_a_head() -> None:
    table = pd.DataFrame(
        {"term": ["甲乙", "丙丁", "戊己"], "category": "own", "variant_of": ["丙丁", "庚辛", ""]}
    )
    checked = check_lexicon(table)
    assert checked.terms["term"].tolist() == ["戊己"]
    assert [fault.message.partition(", ")[2] for fault in checked.faults] == [
        "which is no head term",
        "which is no head term",
    ]


def test_a_term_broken_over_lines_is_told_on_one() -> None:
    assert check_lexicon(["河长制", "数字\n政府"]).faults[0].message == (
        "'数字 政府' has white space or a comma in it"
    )


def test_what_to_do_with_faults_is_error_or_warn() -> None:
    options: Any = {"faults": "ignore"}
    assert refusal(None, **options) == "faults wants 'error' or 'warn', found 'ignore'"


GOOD_TERM = st.text(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=6
)
BAD_TERM = st.sampled_from(["", "县", "一" * 50, "数 字", "数\t字", "数，字", "数\u200b字"])


@given(st.lists(st.one_of(GOOD_TERM, BAD_TERM)))
def test_every_line_is_used_or_named_and_none_both(terms: list[str]) -> None:
    if not any(len(term) > 1 and term.isalpha() and len(term) < 50 for term in terms):
        terms = [*terms, "河长制"]
    terms_left, faults = check_lexicon(terms)
    lines = {fault.line for fault in faults}
    kept = [term for number, term in enumerate(terms, 1) if number not in lines]
    assert sorted(kept) == terms_left["term"].tolist()
    # What is left of a lexicon has no fault.
    assert_frame_equal(read_lexicon(kept), terms_left)


def test_thousands_of_faults_take_no_time() -> None:
    terms = [f"第{number}条规定" for number in range(5_000)]
    table = pd.DataFrame({"term": terms, "category": "own", "variant_of": [t + "x" for t in terms]})
    table.loc[len(table)] = ["河长制", "own", ""]
    with time_limit(20):
        assert len(check_lexicon(table).faults) == 5_000
