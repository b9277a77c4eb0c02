from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textlab.language.encoding import BYTE_ORDER_MARKS, UndecodableError, decode, looks_chinese

DECISION = (
    "中共岚江市委关于加快发展新质生产力的决定\r\n\r\n"
    "一、总体要求。坚持“以人为本”，到2027年，全市规模以上工业企业数字化改造覆盖率达到85%，"
    "每万人拥有发明专利12.5件；营商环境持续优化（含县、区），群众满意度稳步提升。\r\n"
)
SHORT = "关于印发《方案》的通知"
TRADITIONAL = "為進一步優化營商環境，促進經濟高質量發展，現將有關事項通知如下，請認真貫徹執行。"
JAPANESE = "地域の産業を振興するため、新しい計画を策定しました。くわしくは市役所へ。"
FRENCH = "Le comité a décidé, après délibération, d'améliorer la qualité des services à l'été."

# The 3,755 characters of GB 2312 level 1, by their code.
LEVEL_1 = [
    bytes([lead, trail]).decode("gb18030")
    for lead in range(0xB0, 0xD8)
    for trail in range(0xA1, 0xFF)
    if (lead, trail) < (0xD7, 0xFA)
]
typical = st.text(st.sampled_from([*LEVEL_1, *"，。；：、“”（）《》０９", *"2024%aZ .\r\n"]))


def refuse(data: bytes, *parts: str) -> None:
    with pytest.raises(UndecodableError) as caught:
        decode(data)
    message = str(caught.value)
    assert "\n" not in message
    for part in parts:
        assert part in message


@pytest.mark.parametrize("text", [DECISION, SHORT, TRADITIONAL, JAPANESE, FRENCH, "plain", ""])
def test_utf8_is_read_whatever_the_language(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8")


@pytest.mark.parametrize("text", [DECISION, SHORT, FRENCH, ""])
@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-32", "utf-32-le"),
    ],
)
def test_byte_order_mark_decides_and_is_no_part_of_the_text(
    text: str, codec: str, name: str
) -> None:
    assert decode(text.encode(codec)) == (text, name)


def test_byte_order_mark_is_taken_off_once() -> None:
    assert decode("\ufeff\ufeff甲".encode()) == ("\ufeff甲", "utf-8")


@pytest.mark.parametrize("codec", ["gb18030", "gbk", "gb2312"])
@pytest.mark.parametrize("text", [DECISION, SHORT])
def test_simplified_chinese_of_the_gb_family_is_read(codec: str, text: str) -> None:
    assert decode(text.encode(codec)) == (text, "gb18030")


def test_gb18030_may_hold_rare_characters_among_frequent_ones() -> None:
    # 㐂 and 𠮷 take four bytes; 镕 and 喆 are beyond GB 2312; 岚 and 淇 are of its level 2.
    text = f"{DECISION}岚淇镕喆㐂𠮷"
    assert decode(text.encode("gb18030")) == (text, "gb18030")


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (TRADITIONAL, "big5"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (FRENCH, "latin-1"),
        (FRENCH, "cp1252"),
        ("Größe und Qualität der Häfen", "latin-1"),
        ("Решение о развитии города и области", "cp1251"),
    ],
)
def test_other_encodings_are_refused(text: str, codec: str) -> None:
    refuse(text.encode(codec), "not UTF-8 (byte ")


def test_refusal_names_the_bytes() -> None:
    # é is one byte; the space behind it makes no pair with it in GB18030.
    refuse("café au lait".encode("latin-1"), "not UTF-8 (byte 4), not GB18030 (byte 4)")
    # 量 and so on are possible pairs, only not the ones that Chinese text is made of.
    refuse(TRADITIONAL.encode("big5")[:8], "not UTF-8 (byte 1), and as GB18030 it is not plausible")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text", [DECISION, TRADITIONAL, "加快发展新质生产力的决定", "第一条\n总则"]
)
def test_utf16_without_a_mark_is_refused_by_its_name(text: str, codec: str) -> None:
    refuse(text.encode(codec), "UTF-16 without its byte order mark; save it as UTF-8")


@pytest.mark.parametrize("codec", ["gb18030", "gbk"])
def test_traditional_chinese_of_the_gb_family_is_read(codec: str) -> None:
    text = f"{TRADITIONAL}全市上下要認真學習，在工作中做好這一件大事。"
    assert decode(text.encode(codec)) == (text, "gb18030")


@pytest.mark.parametrize("text", ["政府工作報告", "發展規劃綱要", "市政府公告", TRADITIONAL])
def test_big5_is_refused_by_its_name(text: str) -> None:
    refuse(text.encode("big5"), "not UTF-8 (byte 1)", "it looks like Big5: save it as UTF-8")


@pytest.mark.parametrize(
    "text", ["지역 산업을 진흥하기 위한 계획", "새로운 정책을 발표하였다", "경제 발전과 혁신"]
)
def test_korean_is_refused_by_its_name_though_each_pair_of_bytes_is_frequent_han(text: str) -> None:
    data = text.encode("euc_kr")
    assert looks_chinese(data.decode("gb18030"))
    refuse(data, "it looks like EUC-KR: save it as UTF-8")


@pytest.mark.parametrize(
    "text", ["通知公告", "张三李四", "保护耕地", "阿坝州", "海拔", "把好关", "甲乙丙丁戊己庚辛"]
)
def test_short_simplified_text_is_no_other_encoding(text: str) -> None:
    assert decode(text.encode("gb18030")) == (text, "gb18030")


@pytest.mark.parametrize("times", [1, 20])
@pytest.mark.parametrize(
    ("first", "second"), [("utf-8", "gb18030"), ("gb18030", "utf-8"), ("utf-8", "big5")]
)
def test_two_encodings_in_one_file_are_refused(first: str, second: str, times: int) -> None:
    text = TRADITIONAL if second == "big5" else DECISION
    data = (DECISION * times).encode(first) + text.encode(second)
    refuse(data, "not UTF-8 (byte ", "two encodings are mixed in it; save it as UTF-8")


@pytest.mark.parametrize("half", ["\ud842", "\udfb7"])
def test_half_a_surrogate_pair_is_refused_and_where_it_stands(half: str) -> None:
    data = f"{SHORT}{half}{SHORT}".encode("utf-8", "surrogatepass")
    at = len(SHORT.encode()) + 1
    refuse(data, f"not UTF-8 (byte {at})", f"half a surrogate pair stands at byte {at}")


def test_binary_data_is_called_so() -> None:
    refuse(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "holds NUL bytes: not a text file")


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)),
        gzip.compress(DECISION.encode(), mtime=0),
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>\nendobj\n",
        bytes(range(128, 256)),
    ],
    ids=["all bytes", "gzip", "pdf", "high bytes"],
)
def test_binary_data_is_refused(data: bytes) -> None:
    refuse(data)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030"])
def test_nul_is_refused_in_every_encoding(codec: str) -> None:
    refuse(f"政策\x00文本{DECISION}".encode(codec), "holds NUL bytes: not a text file")


@pytest.mark.parametrize(
    ("mark", "data", "where"),
    [
        (b"\xef\xbb\xbf", b"a" + DECISION.encode("gb18030"), "utf-8, but byte 2"),
        (b"\xff\xfe", b"a", "utf-16-le, but byte 1"),
        (b"\xff\xfe", b"a\x00\x00\xd8a\x00", "utf-16-le, but byte 3"),
        (b"\xef\xbb\xbf", SHORT.encode()[:-1], f"utf-8, but byte {3 * len(SHORT) - 2}"),
    ],
    ids=["GB18030 behind a mark", "half a unit", "lone surrogate", "truncated"],
)
def test_mark_that_lies_is_refused(mark: bytes, data: bytes, where: str) -> None:
    refuse(mark + data, f"begins as {where} after the mark is not")


@pytest.mark.parametrize("text", [SHORT, DECISION])
def test_utf8_cut_within_a_character_is_refused(text: str) -> None:
    data = text.encode()
    ends = {len(text[:end].encode()) for end in range(len(text) + 1)}
    for end in range(len(data)):
        if end in ends:
            assert text.startswith(decode(data[:end])[0])
        else:
            refuse(data[:end], "not UTF-8 (byte ")


def test_one_broken_byte_is_enough() -> None:
    data = bytearray(DECISION.encode())
    data[len("中共".encode())] = 0xFF
    refuse(bytes(data), "not UTF-8 (byte 7)")


@pytest.mark.parametrize("text", ["", " ", "\r\n\r\n", "　\t　"])
def test_nothing_but_white_space_is_text_all_the_same(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8")


def test_line_ends_stay() -> None:
    text = "甲\r\n乙\n丙\r丁\u2028戊"
    assert decode(text.encode())[0] == text


@given(st.text().filter(lambda text: "\x00" not in text and not text.startswith("\ufeff")))
def test_any_text_in_utf8_is_itself(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8")


@given(st.sampled_from(BYTE_ORDER_MARKS), st.text().filter(lambda text: "\x00" not in text))
def test_any_text_behind_its_mark_is_itself(pair: tuple[bytes, str], text: str) -> None:
    mark, encoding = pair
    assert decode(mark + text.encode(encoding)) == (text, encoding)


@given(typical)
def test_typical_chinese_in_gb18030_is_itself(text: str) -> None:
    # A byte of 关 cannot begin a character of UTF-8; without it a single 猫 might be an è.
    letter = f"关于{text}的意见。"
    assert decode(letter.encode("gb18030")) == (letter, "gb18030")


@given(st.binary(max_size=40))
def test_bytes_are_text_that_encodes_back_or_refused(data: bytes) -> None:
    try:
        text, encoding = decode(data)
    except UndecodableError:
        return
    marks = [mark for mark, name in BYTE_ORDER_MARKS if name == encoding]
    assert data in {text.encode(encoding), *(mark + text.encode(encoding) for mark in marks)}


@pytest.mark.parametrize(
    ("pair", "frequent"),
    [
        *((pair, True) for pair in (b"\xa1\xa2", b"\xa3\xfe", b"\xb0\xa1", b"\xd7\xf9")),
        # Kana, Greek, GB 2312 level 2, and the pairs that only GBK has.
        *((pair, False) for pair in (b"\xa4\xa2", b"\xa6\xc1", b"\xd8\xa1", b"\xb0\xa0")),
        *((pair, False) for pair in (b"\x81\xa1", b"\xa0\xfe", b"\xd7\x40")),
    ],
)
def test_frequent_characters_are_punctuation_and_level_1(pair: bytes, frequent: bool) -> None:
    assert looks_chinese(pair.decode("gb18030")) == frequent


def test_looks_chinese_wants_seven_frequent_in_ten() -> None:
    assert looks_chinese("的" * 7 + "淇" * 3)
    assert not looks_chinese("的" * 6 + "淇" * 4)
    # ASCII speaks neither for nor against.
    assert looks_chinese("的 a 1" * 7 + "淇" * 3)
    assert not looks_chinese("的" * 6 + "淇" * 4 + "a" * 90)
