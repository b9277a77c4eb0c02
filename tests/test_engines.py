"""The fast engine gives what jieba gives, token for token."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.helpers import demo_bodies, time_limit
from textlab.language import segmenter
from textlab.language.dictionary import frequencies, private_copy, total
from textlab.language.segmenter import LONGEST_RUN, cut
from textlab.reading.documents import read_documents

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"

HAN = "发展改革开放的新质生产力长股型座号店机不知所云"
RARE = "㐀龘鿕鿖豈𠮷〇"
SIGNS = "+#&._%-"
OTHERS = " \t\r\n，。、“”（）：；？！…—～·★①％．\x85\x1c\u3000é"
# Words of the dictionary with Latin letters, digits or signs in them, and prefixes of such.
MIXED = ["AT&T", "C++", "c#", "B超", "T恤", "4S店", "1号店", "江南style", "IC卡", "小S", "AA制"]
PIECES = st.one_of(
    st.sampled_from(HAN + RARE + SIGNS + OTHERS + "0123456789ABxyz"),
    st.sampled_from(MIXED),
    st.sampled_from(
        ["8.5%", "1.2.3", "12%", "3.5亿元", "5G-A", "2021-2025", "1+3", "26.659Z", "."]
    ),
)
TEXT = st.lists(PIECES, max_size=16).map("".join)


def differing(texts: Iterable[str]) -> list[tuple[list[str], list[str]]]:
    """What the engines make of the texts of which they do not make the same."""
    pairs = ((cut(text), cut(text, "jieba")) for text in texts)
    return [pair for pair in pairs if pair[0] != pair[1]]


@settings(max_examples=1500, deadline=None)
@given(TEXT, st.booleans())
@example("同比增长8.5%，比2021-2025年", True)
@example("A-B.C--1.2.3%4", True)
def test_generated_text(text: str, hmm: bool) -> None:
    assert cut(text, hmm=hmm) == cut(text, "jieba", hmm=hmm)


@settings(max_examples=1500, deadline=None)
@given(st.text("汉的A1b2" + SIGNS, max_size=10), st.booleans())
def test_signs_letters_and_digits(text: str, hmm: bool) -> None:
    assert cut(text, hmm=hmm) == cut(text, "jieba", hmm=hmm)


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=20))
def test_any_characters(text: str) -> None:
    assert cut(text) == cut(text, "jieba")
    assert "".join(cut(text)) == text


def test_half_a_surrogate_pair() -> None:
    assert cut("发展\ud800改革") == cut("发展\ud800改革", "jieba") == ["发展", "\ud800", "改革"]


def test_some_signs_need_jieba_and_most_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    jieba = segmenter._tokenizer()

    class Spy:
        def lcut(self, text: str, HMM: bool) -> Any:
            asked.append(text)
            return jieba.lcut(text, HMM=HMM)

    monkeypatch.setattr(segmenter, "_tokenizer", Spy)
    cut("增长8.5%，1.发展、2.改革；占12%，汉-字。")
    assert asked == []
    cut("推广5G-A网络，增长8.5%，㐀字。")
    assert asked == ["推广5G-A网络", "㐀字"]


def test_every_fiftieth_word_of_the_dictionary() -> None:
    words = sorted(word for word, n in frequencies().items() if n)[::50]
    assert len(words) > 5_000
    assert differing(words) == []
    assert differing("".join(words[at : at + 7]) for at in range(0, len(words), 7)) == []


def test_the_dictionary_is_the_one_that_jieba_makes() -> None:
    jieba = private_copy("jieba")
    with Path(jieba.__file__).with_name("dict.txt").open("rb") as stream:
        table, number = jieba.Tokenizer().gen_pfdict(stream)
    assert frequencies() == table
    assert total() == number


def test_the_demo_corpus() -> None:
    texts = [text for paragraphs in demo_bodies().values() for text in paragraphs]
    assert differing(texts) == []


@pytest.mark.parametrize("name", ["newscast-2022", "provincial-2025", "sichuan-2024"])
def test_real_corpora(name: str) -> None:
    if not (CORPORA / name).is_dir():
        pytest.skip(f"the texts of {name} are not there")
    documents = read_documents(CORPORA / name)
    lines = {line for text in documents["text"] for line in text.splitlines()}
    assert len(lines) > 500
    # No passage of theirs is printed where they differ.
    assert len(differing(sorted(lines))) == 0


@pytest.mark.parametrize("engine", segmenter.ENGINES)
def test_a_long_run_of_unknown_characters_is_cut_into_bounded_ones(
    engine: segmenter.Engine,
) -> None:
    run = "龘靐齉爩" * 25_000
    with time_limit(60):
        words = cut(run, engine)
    assert "".join(words) == run
    parts = [run[at : at + LONGEST_RUN] for at in range(0, len(run), LONGEST_RUN)]
    assert words == [word for part in parts for word in cut(part, engine)]


@settings(max_examples=50, deadline=None)
@given(st.integers(LONGEST_RUN - 2, LONGEST_RUN + 2), st.sampled_from(["", "，", "A", "8.5-A"]))
def test_runs_around_the_bound(length: int, tail: str) -> None:
    text = ("发展改革" * LONGEST_RUN)[:length] + tail
    assert cut(text) == cut(text, "jieba")


def test_words_that_other_code_gives_rjieba_change_nothing() -> None:
    script = (
        "import rjieba\n"
        "from textlab.language.segmenter import cut\n"
        "rjieba.add_word('新质生产力', 99999999, 'n')\n"
        "print(rjieba.cut('新质生产力') == ['新质生产力'], '/'.join(cut('新质生产力')))"
    )
    command = [sys.executable, "-X", "utf8", "-W", "ignore", "-c", script]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    # The word works on rjieba as it is, so that this test could fail.
    assert done.stdout.split() == ["True", "/".join(cut("新质生产力"))]
    assert cut("新质生产力") != ["新质生产力"]
