from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers import cleaned, demo_bodies
from textlab.cleaning import simplify as module
from textlab.cleaning.lines import split_lines
from textlab.cleaning.simplify import simplify
from textlab.errors import StudyError, TextlabError

pytest.importorskip("opencc", reason="the extra 'traditional' is not installed")

TRADITIONAL = "為進一步優化營商環境，促進經濟高質量發展，現將有關事項通知如下。"


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        (TRADITIONAL, "为进一步优化营商环境，促进经济高质量发展，现将有关事项通知如下。"),
        # by the word that a character stands in
        ("頭髮與發展", "头发与发展"),
        ("乾燥與乾隆", "干燥与乾隆"),
        ("瞭望與明瞭", "瞭望与明了"),
        ("皇后與以後", "皇后与以后"),
        # what stays
        ("「新質生產力」AI＋2024", "「新质生产力」AI＋2024"),
        ("資訊", "资讯"),
    ],
)
def test_traditional_text_is_written_in_simplified_characters(
    traditional: str, simplified: str
) -> None:
    assert simplify(traditional) == simplified


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "plain 2024",
        # characters of simplified text that are traditional forms of others too
        "乾县的后勤干部和徵羽",
        # a word of OpenCC's table that is two halves of others here
        "一个坏土豆",
        "拚搏与於菟",
    ],
)
def test_simplified_text_stays(kept: str) -> None:
    assert simplify(kept) == kept


def test_the_projects_own_texts_stay() -> None:
    texts = [text for paragraphs in demo_bodies().values() for text in paragraphs]
    assert len(texts) > 100
    assert [text for text in texts if simplify(text) != text] == []


def test_a_quotation_in_simplified_text_is_simplified_and_nothing_around_it() -> None:
    around = "今年全市的高质量发展在乾县开了好头，" * 3
    assert simplify(f"{around}題為“發展”。") == f"{around}题为“发展”。"


@given(st.text(st.sampled_from("為發髮乾坏著瞭全市A1，\n\U0002a6d6㐂")))
def test_one_character_for_one_and_done_at_once(text: str) -> None:
    once = simplify(text)
    assert len(once) == len(text)
    assert simplify(once) == once


def test_offsets_stay() -> None:
    raw = "　　關於優化營商環境\r\n的 通 知\n"
    lines = list(split_lines(raw, simplify=True))
    assert [line.text for line in lines] == ["关于优化营商环境", "的通知"]
    assert [raw[lines[0].traced.offset(at)] for at in range(8)] == list("關於優化營商環境")
    assert [line.text for line in split_lines(raw)] == ["關於優化營商環境", "的通知"]
    assert cleaned(raw)[0].startswith("關於")


class Shortening:
    """A converter that gives two characters for one 發, and one for 為為."""

    def convert(self, text: str) -> str:
        return text.replace("發", "发发").replace("為為", "为").replace("為", "为")


def test_what_would_change_a_lines_length_is_done_by_character(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_opencc", Shortening)
    assert simplify("發為\n為\n為為") == "發为\n为\n为为"


def test_without_opencc_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    module._opencc.cache_clear()
    monkeypatch.setitem(sys.modules, "opencc", None)
    with pytest.raises(StudyError, match=r'pip install "textlab\[traditional\]"') as caught:
        simplify(TRADITIONAL)
    assert isinstance(caught.value, TextlabError)
