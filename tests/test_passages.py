from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textlab.cleaning.letters import letters
from textlab.cleaning.passages import Passage, figures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("加快，建设！", "加快建设"),
        ("加快, 建设 !", "加快建设"),
        ("“ＧＤＰ”增长 ６．５％", "gdp增长6.5"),
        ("增长24.54%。", "增长24.54"),
        ("到2027.年", "到2027年"),
        ("5G_网络", "5g网络"),
        ("（一）培育集群", "培育集群"),
        ("(12) 培育集群", "培育集群"),
        ("十一、培育集群", "培育集群"),
        ("2.培育集群", "培育集群"),
        ("2.5万人", "2.5万人"),
        ("一是培育集群", "一是培育集群"),
        ("　　三、　培育", "培育"),
        ("三、", "三"),
        ("——", ""),
    ],
)
def test_letters(text: str, expected: str) -> None:
    assert letters(text) == expected


def test_figures() -> None:
    assert figures("第三季度增长6.5共12次又12次") == {"第三": 1, "6.5": 1, "12": 2}
    assert figures("三季度") == {}


def test_clauses_end_at_punctuation_and_space_but_not_within_a_list_of_words() -> None:
    passage = Passage("一、守住耕地、林地，“办好”学校 幼儿园。")
    assert passage.letters == "守住耕地林地办好学校幼儿园"
    assert sorted(passage.clause_ends) == [0, 6, 8, 10, 13]


def test_titles_are_part_of_their_clause() -> None:
    assert sorted(Passage("印发《若干意见》。").clause_ends) == [0, 6]


def test_how_long_is_long_enough() -> None:
    assert [Passage("字" * n).long_enough for n in (19, 20)] == [False, True]
    assert [Passage("字" * n, torn=True).long_enough for n in (11, 12)] == [False, True]
    assert [Passage("字" * n, 7).scope for n in (49, 50)] == [7, -1]


@given(st.text(alphabet="一二、（）()12.３．，。 _A％“《字句"))
def test_a_letter_is_what_speaks(text: str) -> None:
    kept = letters(text)
    assert bool(kept) == any(map(str.isalnum, text))
    assert all(character.isalnum() or character == "." for character in kept)
    assert letters(f"，{kept}。") == kept


@given(st.text(alphabet="一二、（）()12.３．，。 _A％“《字句"))
def test_the_clauses_are_all_of_the_letters(text: str) -> None:
    passage = Passage(text)
    assert min(passage.clause_ends) == 0
    assert max(passage.clause_ends) == len(passage.letters)


@given(st.text())
def test_any_text_has_letters(text: str) -> None:
    passage = Passage(text)
    assert max(passage.clause_ends) == len(passage.letters)
