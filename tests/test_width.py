from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textlab.errors import LexiconError
from textlab.language.invisible import INVISIBLE, kind_of
from textlab.language.lexicon import read_lexicon
from textlab.language.width import COMPATIBLE, FORMS, PUNCTUATION, RADICALS, WIDTH, one_form

KANGXI = range(0x2F00, 0x2FD6)


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("２０２４年", "2024年"),
        ("５Ｇ－ａ／ｂ＋８％", "5G-a/b+8%"),
        # copied out of a PDF
        ("⾼质量发展", "高质量发展"),
        ("⼈⼯智能", "人工智能"),
        ("⻋⻔⻛⻥⻰", "车门风鱼龙"),
        ("⺠⽣⻅⻓", "民生见长"),
        # the mainland's form, where Unicode names the older one
        ("客⼾", "客户"),
        ("⾭年", "青年"),
        # compatibility ideographs
        ("\uf9e9\uf914", "里樂"),
        ("\U0002f800", "丽"),
        # forms of punctuation
        ("︵一︶︐﹔﹖", "（一），；？"),
        ("｡､｢｣", "。、「」"),
    ],
)
def test_a_character_has_one_form(written: str, usual: str) -> None:
    assert one_form(written) == usual


@pytest.mark.parametrize(
    "kept", ["，。、；：？！（）", "“”‘’《》", "～￥", "①㎡℃ⅢⅣ", "é", "⺌⺗", "\ufffd", "車門"]
)
def test_other_characters_keep_theirs(kept: str) -> None:
    assert one_form(kept) == kept


def test_forms_are_those_of_unicode() -> None:
    for code, usual in (WIDTH | COMPATIBLE).items():
        assert unicodedata.normalize("NFKC", chr(code)) == chr(usual)
    other = {c: u for c, u in RADICALS.items() if unicodedata.normalize("NFKC", chr(c)) != chr(u)}
    assert {chr(code): chr(other[code]) for code in other if code in KANGXI} == {
        "⼾": "户",
        "⾭": "青",
    }
    assert set(KANGXI) <= RADICALS.keys()


@pytest.mark.parametrize(
    ("name", "character"),
    # The part of Unicode's name behind CJK RADICAL, and the character that is meant.
    [
        *(("CIVILIAN", "民"), ("MOTHER", "母"), ("COW", "牛"), ("EYE", "目"), ("TIGER", "虎")),
        *(("C-SIMPLIFIED SEE", "见"), ("C-SIMPLIFIED SHELL", "贝"), ("C-SIMPLIFIED CART", "车")),
        *(("C-SIMPLIFIED LONG", "长"), ("C-SIMPLIFIED GATE", "门"), ("C-SIMPLIFIED LEAF", "页")),
        *(("C-SIMPLIFIED WIND", "风"), ("C-SIMPLIFIED FLY", "飞"), ("C-SIMPLIFIED HORSE", "马")),
        *(("C-SIMPLIFIED FISH", "鱼"), ("C-SIMPLIFIED BIRD", "鸟"), ("C-SIMPLIFIED EVEN", "齐")),
        *(("C-SIMPLIFIED TOOTH", "齿"), ("C-SIMPLIFIED DRAGON", "龙"), ("RAIN", "雨")),
        *(("C-SIMPLIFIED TURTLE", "龟"), ("SIMPLIFIED WHEAT", "麦"), ("SIMPLIFIED YELLOW", "黄")),
        *(("C-SIMPLIFIED SALT", "卤"), ("SIMPLIFIED HORN", "角"), ("GHOST", "鬼"), ("BONE", "骨")),
        *(("C-SIMPLIFIED TANNED LEATHER", "韦"), ("WEST TWO", "西"), ("BAMBOO", "竹")),
    ],
)
def test_radicals_by_their_names(name: str, character: str) -> None:
    assert one_form(unicodedata.lookup(f"CJK RADICAL {name}")) == character


def test_every_radical_and_double_becomes_an_ideograph() -> None:
    for code in (RADICALS | COMPATIBLE).values():
        assert unicodedata.name(chr(code)).startswith("CJK UNIFIED IDEOGRAPH-")
    assert not {chr(code) for code in PUNCTUATION.values()} - set("，、。：；！？（）「」")
    assert not FORMS.keys() & set(FORMS.values())


@given(st.text())
def test_one_form_is_one_for_one_and_done_at_once(text: str) -> None:
    once = one_form(text)
    assert len(once) == len(text)
    assert one_form(once) == once
    changed = {(a, b) for a, b in zip(text, once, strict=True) if a != b}
    assert changed <= {(chr(code), chr(usual)) for code, usual in FORMS.items()}


def test_what_no_reader_sees() -> None:
    every = [chr(code) for code in range(0x110000)]
    unseen = {c for c in every if INVISIBLE.match(c)}
    controls = {c for c in every if unicodedata.category(c) in ("Cc", "Co")}
    assert controls - unseen == set("\t\n\x0b\x0c\r\x85")
    # Of format characters those stay that show: signs over numbers and words of other scripts.
    shown = {c for c in every if unicodedata.category(c) == "Cf"} - unseen
    assert {unicodedata.name(c).split()[0] for c in shown} == {
        *("ARABIC", "SYRIAC", "KAITHI", "EGYPTIAN")
    }
    # Variation selectors and fillers are no format characters; the lost character is no control.
    assert set("\ufe0f\U000e0100\u3164\ufffc\uffff") <= unseen
    assert not unseen & set("\ufffd\u3000 〇，①é々")


@pytest.mark.parametrize(
    ("character", "kind"),
    [
        ("\u200b", "invisible character"),
        ("\ufe0f", "invisible character"),
        ("\x07", "invisible character"),
        ("\u061c", "bidi control"),
        ("\u202e", "bidi control"),
        ("\u2069", "bidi control"),
        ("\ue123", "private-use character"),
        ("\U0010fffd", "private-use character"),
    ],
)
def test_kinds_of_invisible_characters(character: str, kind: str) -> None:
    assert kind_of(character) == kind


def test_terms_are_written_as_texts_are() -> None:
    given_terms = ["⾼质量发展", "ＡＩ＋", "数字(智能)化", "PM2.5(AQI)", "\uf9e9程碑"]
    written = ["高质量发展", "AI+", "数字（智能）化", "PM2.5(AQI)", "里程碑"]
    assert sorted(read_lexicon(given_terms)["term"]) == sorted(written)
    with pytest.raises(LexiconError, match="the term '高质量发展' stands at 1 already"):
        read_lexicon(["高质量发展", "⾼质量发展"])


@pytest.mark.parametrize("unseen", ["\ufe0f", "\ue000", "\u200d", "\x07"])
def test_a_term_with_an_invisible_character_is_refused(unseen: str) -> None:
    with pytest.raises(LexiconError, match=rf"invisible character in it \(U\+{ord(unseen):04X}\)"):
        read_lexicon([f"数字{unseen}政府"])
