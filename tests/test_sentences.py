from __future__ import annotations

import time

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_series_equal

from textlab.errors import TableError
from textlab.tokens.sentences import sentence_numbers


def make_tokens(*paragraphs: str) -> pd.DataFrame:
    """A token for each part of a paragraph between blanks."""
    rows = [
        (f"a#{number:04d}", position, token)
        for number, paragraph in enumerate(paragraphs, 1)
        for position, token in enumerate(paragraph.split(), 1)
    ]
    return pd.DataFrame(rows, columns=pd.Index(["para_id", "position", "token"]))


@pytest.mark.parametrize(
    ("paragraph", "numbers"),
    [
        ("发展 。 改革 开放 。", "11 222"),
        ("发展 ！ 改革 ？ 开放 ； 民生 … 创新", "11 22 33 44 5"),
        # What follows an end belongs to it, as far as it closes something.
        ("他 说 ： “ 好 。 ” 我 走 了", "1111111 222"),
        ("“ 好 ！ ” ） 走", "11111 2"),
        ("等等 … … 走 ！ ？ 来", "111 222 3"),
        ("等等 …… ” 走", "111 2"),
        # An opening sign begins the next sentence.
        ("好 。 “ 走 ” 。", "11 2222"),
        ("好 。 （ 一 ） 走", "11 2222"),
        # A comma goes on.
        ("“ 好 ！ ” ， 他 说 。 走", "11111111 2"),
        ("好 ！ 、 坏 ！ ： 一", "1111111"),
        # Titles.
        ("《 谁 来 养活 中国 ？ 》 一 书", "111111111"),
        ("读 《 中国 》 。 书", "11111 2"),
        # Full stops of ASCII are none of a sentence.
        ("增长 3.5 . 5 倍", "11111"),
        ("U . S . 市场", "11111"),
        ("What ? Yes ! 好", "11 22 3"),
        # Straight quotation marks close by turns.
        ('" 好 。 " 走', "1111 2"),
        ('好 。 " 走 。 " 来', "11 2222 3"),
        # At the beginning nothing has ended.
        ("” 好 。", "111"),
        ("。 好", "1 2"),
        ("》 好 。 走", "111 2"),
    ],
)
def test_sentence_of_each_token(paragraph: str, numbers: str) -> None:
    expected = [int(number) for number in numbers.replace(" ", "")]
    assert sentence_numbers(make_tokens(paragraph)).tolist() == expected


def test_each_paragraph_begins_anew() -> None:
    tokens = make_tokens("好 。 走", "来 。 ” 去", "” 回", '" 好', '" 好 。 " 走')
    expected = [1, 1, 2, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2]
    assert sentence_numbers(tokens).tolist() == expected


def test_rows_keep_their_index_in_whatever_order_they_stand() -> None:
    tokens = make_tokens("好 。 走 。 来", "是 ！ 不 是 。", "去 。 回")
    tokens.index = pd.Index([f"r{row}" for row in range(len(tokens))])
    numbers = sentence_numbers(tokens)
    assert numbers.name == "sentence"
    assert numbers.dtype == "int64"
    for seed in range(3):
        shuffled = tokens.sample(frac=1, random_state=seed)
        assert_series_equal(sentence_numbers(shuffled), numbers[shuffled.index])


def test_no_tokens_have_no_sentences() -> None:
    assert sentence_numbers(make_tokens()).tolist() == []


def test_columns_are_wanted() -> None:
    with pytest.raises(TableError, match=r"wants the column\(s\) position, token"):
        sentence_numbers(make_tokens("好")[["para_id"]])


def slowly(words: list[str]) -> list[int]:
    """One token after the other, as one would by hand."""
    numbers, number, ended, quotes = [], 1, False, 0
    for at, word in enumerate(words):
        quotes += word == '"'
        closes = word in "”）》" or (word == '"' and quotes % 2 == 0)
        is_end = word in "。！…" and words[at + 1 : at + 2] != ["》"]
        if ended and not (word in "。！…，" or closes):
            number += 1
        ended = is_end or (ended and (closes or word in "。！…"))
        numbers.append(number)
    return numbers


@given(st.lists(st.lists(st.sampled_from('好走。！…”）》“（《，".'), min_size=1)))
def test_it_is_what_one_would_count_by_hand(paragraphs: list[list[str]]) -> None:
    tokens = make_tokens(*(" ".join(words) for words in paragraphs))
    expected = [number for words in paragraphs for number in slowly(words)]
    assert sentence_numbers(tokens).tolist() == expected


def test_two_hundred_thousand_tokens_take_no_time() -> None:
    tokens = make_tokens(*["新质 生产力 ， 发展 。 ” 高质量 3.5 ！ 好"] * 20_000)
    begin = time.process_time()
    assert sentence_numbers(tokens).max() == 3
    # Two million in a second, with room for a slow machine.
    assert time.process_time() - begin < 0.5
