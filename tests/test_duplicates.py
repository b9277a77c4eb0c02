"""Copies among paragraphs: how each kind is found, and what is none."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.duplicate_texts import copies, duplicates_of, paragraphs_of, prose
from tests.helpers import make_paragraphs
from textlab.cleaning.duplicates import find_duplicates
from textlab.errors import TableError
from textlab.schema import empty

LONG, OTHER, THIRD = prose(60, 1), prose(60, 2), prose(60, 3)
MIDDLE = prose(30, 4)
SHORT = prose(10, 5)


def test_equal_but_for_punctuation_width_space_and_list_mark() -> None:
    one = f"（二）{LONG}，２０２４年，增长6.5%。{OTHER}"
    other = f"3.{LONG[:7]} {LONG[7:]},2024年,增长６.５％ 。“{OTHER}”"
    assert copies({"a": [one], "b": [other]}) == {"b1": ("a1", "equal")}
    assert duplicates_of({"a": [one], "b": [other]})["similarity"].tolist() == [1.0]


def test_a_decimal_point_is_part_of_a_number() -> None:
    assert copies({"a": [f"{LONG}增长3.4倍"], "b": [f"{LONG}增长34倍"]}) == {}


def test_a_short_paragraph_in_another_document_is_no_copy() -> None:
    assert copies({"a": [LONG[:49]], "b": [LONG[:49]]}) == {}
    assert copies({"a": [LONG[:50]], "b": [LONG[:50]]}) == {"b1": ("a1", "equal")}


def test_in_its_own_document_twenty_characters_are_enough() -> None:
    assert copies({"a": [f"{LONG[:19]}。"] * 2}) == {}
    assert copies({"a": [f"{LONG[:20]}。"] * 2}) == {"a2": ("a1", "equal")}


def test_furniture_is_neither_copy_nor_original() -> None:
    furniture = (LONG, "furniture")
    assert copies({"a": [furniture, LONG], "b": [furniture, LONG]}) == {"b2": ("a2", "equal")}


def test_a_paragraph_that_stands_in_a_longer_one() -> None:
    whole = f"{LONG}，{OTHER}。{THIRD}"
    # The longer one is the original, be it later.
    assert copies({"a": [f"{OTHER}。"], "b": [whole]}) == {"a1": ("b1", "contained")}
    assert duplicates_of({"a": [OTHER], "b": [whole]})["similarity"].tolist() == [1.0]


def test_of_several_containers_the_longest() -> None:
    given = {"a": [OTHER], "b": [LONG + OTHER], "c": [LONG + OTHER + THIRD]}
    assert copies(given) == {"a1": ("c1", "contained"), "b1": ("c1", "contained")}


def test_a_pull_quote_is_whole_clauses_of_its_document() -> None:
    before, after = prose(30, 6), prose(30, 7)
    assert copies({"a": [f"{before}，{MIDDLE}。{after}", MIDDLE]}) == {"a2": ("a1", "contained")}
    assert copies({"a": [f"“{MIDDLE}”，{after}", f"{MIDDLE}。"]}) == {"a2": ("a1", "contained")}
    # A sentence that goes on says more, and a title that it cites is not printed twice.
    assert copies({"a": [f"{before}，{MIDDLE}{after}。", MIDDLE]}) == {}
    assert copies({"a": [f"{before}《{MIDDLE}》{after}。", MIDDLE]}) == {}
    assert copies({"a": [f"{before}，{MIDDLE}。{after}"], "b": [MIDDLE]}) == {}


def test_a_pull_quote_of_a_reprint_has_the_original_of_the_reprint() -> None:
    whole = f"{LONG}，{MIDDLE}。{OTHER}"
    assert copies({"a": [whole], "b": [whole, f"{MIDDLE}。"]}) == {
        "b1": ("a1", "equal"),
        "b2": ("a1", "contained"),
    }


def test_a_line_printed_twice_breaks_off_and_begins_another() -> None:
    whole = f"“{LONG}。"
    assert copies({"a": [whole, LONG[:12]]}) == {"a2": ("a1", "contained")}
    assert copies({"a": [whole, LONG[:11]]}) == {}
    assert copies({"a": [whole, f"{LONG[:12]}。"]}) == {}
    assert copies({"a": [whole, (LONG[:12], "heading")]}) == {}
    assert copies({"a": [whole, LONG[1:13]]}) == {}
    assert copies({"a": [whole], "b": [LONG[:12]]}) == {}


def test_a_number_is_not_cut_in_two() -> None:
    text = f"{LONG}达3"
    assert copies({"a": [text], "b": [f"{text}400亿元"]}) == {}
    assert copies({"a": [text], "b": [f"{text}亿元"]}) == {"a1": ("b1", "contained")}


def test_near_copies() -> None:
    # Two of 56 shingles are lost, seven are new: 54 of 63.
    changed = f"{LONG[:58]}甲乙丙丁戊己庚"
    table = duplicates_of({"a": [LONG], "b": [changed]})
    assert table[["duplicate_of", "how"]].to_numpy().tolist() == [["a#0001", "near"]]
    assert table["similarity"].tolist() == pytest.approx([54 / 63])
    # Six lost, twelve new: 50 of 68.
    assert copies({"a": [LONG], "b": [f"{LONG[:54]}甲乙丙丁戊己庚辛壬癸子丑"]}) == {}


def test_other_figures_make_another_text() -> None:
    report = f"{LONG}{OTHER}，生产总值{{}}亿元，增长{{}}%。"
    old, new = report.format(3400, 6), report.format(3600, 5.5)
    assert copies({"a": [old], "b": [new]}) == {}
    assert copies({"a": [f"第三次会议{LONG}"], "b": [f"第四次会议{LONG}"]}) == {}
    # One may leave a figure out.
    assert copies({"a": [old], "b": [old.replace("增长6%", "有增长")]}) == {"b1": ("a1", "near")}


def test_the_most_similar_original_and_of_equals_the_earliest() -> None:
    # 132 shingles each and 116 in common: 116 of 148, too few for near copies of each other.
    text, edge = LONG + OTHER, THIRD[:16]
    first, second = f"{THIRD[-16:]}{text}", f"{text}{edge}"
    # 111 of these 116 are in both: 111 of 137.
    between = f"{LONG[:-1]}国{OTHER}"
    assert copies({"a": [first], "b": [second]}) == {}
    assert copies({"a": [first], "b": [second], "c": [between]}) == {"c1": ("a1", "near")}
    assert copies({"a": [first], "b": [second], "c": [f"{between}{edge}"]}) == {
        "c1": ("b1", "near")
    }


def test_what_stands_beside_copies() -> None:
    heading, other = prose(6, 8), prose(6, 9)
    old = [heading, LONG, SHORT, OTHER, other]
    assert copies({"a": old, "b": [THIRD, *old]}) == {
        "b2": ("a1", "beside"),
        "b3": ("a2", "equal"),
        "b4": ("a3", "beside"),
        "b5": ("a4", "equal"),
        "b6": ("a5", "beside"),
    }


def test_beside_means_next_to_both_but_for_furniture() -> None:
    page = ("第3版", "furniture")
    found = copies({"a": [LONG, SHORT, OTHER], "b": [LONG, page, SHORT, page, "——", OTHER]})
    assert found["b3"] == ("a2", "beside")
    found = copies({"a": [LONG, SHORT, OTHER], "b": [LONG, THIRD, SHORT, prose(60, 9), OTHER]})
    assert found == {"b1": ("a1", "equal"), "b5": ("a3", "equal")}
    found = copies({"a": [LONG, SHORT, OTHER], "b": [LONG, "其他", OTHER]})
    assert found == {"b1": ("a1", "equal"), "b3": ("a3", "equal")}


def test_one_copy_is_no_company() -> None:
    assert copies({"a": [SHORT, LONG], "b": [SHORT, LONG]}) == {"b2": ("a2", "equal")}
    # In one document it is.
    assert copies({"a": [SHORT, LONG, THIRD, SHORT, LONG]}) == {
        "a4": ("a1", "beside"),
        "a5": ("a2", "equal"),
    }


def test_in_company_a_title_needs_twenty_characters() -> None:
    texts = {"a": [MIDDLE, LONG, THIRD, OTHER], "b": [LONG, prose(60, 8), OTHER, SHORT, MIDDLE]}
    assert copies(texts)["b5"] == ("a1", "equal")
    short = {doc_id: [t.replace(MIDDLE, MIDDLE[:19]) for t in own] for doc_id, own in texts.items()}
    assert set(copies(short)) == {"b1", "b3"}


def test_a_copy_of_a_copy_has_the_first_original() -> None:
    a, b = LONG + OTHER, f"甲乙{LONG}{OTHER}"
    # b contains a, c is b again, d is near b.
    given = {"a": [a], "b": [b], "c": [b], "d": [f"{b[:-2]}丙丁"]}
    assert copies(given) == {
        "a1": ("b1", "contained"),
        "c1": ("b1", "equal"),
        "d1": ("b1", "near"),
    }


def test_what_a_near_copy_adds_is_not_lost() -> None:
    whole = prose(300, 10)
    added = prose(50, 11)
    near = f"{whole}{added}"
    # near is the longer: it holds whole, and the others stand in it.
    assert copies({"a": [whole], "b": [near], "c": [added]}) == {
        "a1": ("b1", "contained"),
        "c1": ("b1", "contained"),
    }
    # Here it is a near copy of the first, which does not have what c repeats.
    near = f"{whole[:-1]}{added}"
    assert copies({"a": [whole], "b": [near], "c": [added]}) == {"b1": ("a1", "near")}
    table = duplicates_of({"a": [whole], "b": [near], "c": [whole[20:140]]})
    assert table["similarity"].tolist() == pytest.approx([295 / 346, 1])


def test_the_earliest_document_has_the_original() -> None:
    given = {"a": [LONG], "b": [LONG], "c": [LONG]}
    assert set(copies(given)) == {"b1", "c1"}
    found = copies(given, {"a": "2024-07-08", "b": "2024-06-25", "c": "2024-06"})
    assert found == {"a1": ("b1", "equal"), "c1": ("b1", "equal")}
    # A month counts as its end, a year too, and no date is later than all.
    found = copies(given, {"a": "", "b": "2024", "c": "2024-06"})
    assert found == {"a1": ("c1", "equal"), "b1": ("c1", "equal")}
    found = copies(given, {"a": "", "b": "2024-06", "c": "2024-06-30"})
    assert found == {"a1": ("c1", "equal"), "b1": ("c1", "equal")}


def test_no_paragraphs_and_nothing_found_give_the_header() -> None:
    for paragraphs in (empty("paragraphs"), make_paragraphs([LONG, "", "。"])):
        pd.testing.assert_frame_equal(find_duplicates(paragraphs), empty("duplicates"))


def test_a_table_that_is_none_is_refused() -> None:
    with pytest.raises(TableError, match="wants the column\\(s\\) role"):
        find_duplicates(paragraphs_of({"a": [LONG]}).drop(columns="role"))
