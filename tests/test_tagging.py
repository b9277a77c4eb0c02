"""Spans and tags against jieba.posseg itself, whose state textlab neither reads nor changes."""

from __future__ import annotations

import importlib
import json
import marshal
import os
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers import demo_bodies, time_limit
from textlab.language import tagging
from textlab.language.dictionary import tags
from textlab.language.tag_model import tag_model
from textlab.language.tagging import LONGEST_RUN, tagged_spans, tags_of
from textlab.language.tagset import TAGS

TEXTS = [
    "",
    " \r\n\t\r",
    "深化改革开放，加快发展新质生产力。",
    "依托5G-A和AI+制造，推动“智改数转”，投资12.5亿元，同比增长8.5%，_#&.",
    "Silicon Valley式的创新中心 GDP\n增长C++、c#和AT&T",
    "他来到了网易杭研大厦",
    "弄正，李玲玉说：抄的。",
    "䶮𠮷〇〇é１２",
]


@pytest.fixture(scope="module")
def posseg(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A tagger of jieba's own making, its cache kept out of the temporary folder."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tagger = importlib.import_module("jieba.posseg")
    tokenizer = importlib.import_module("jieba").Tokenizer()
    tokenizer.tmp_dir = str(tmp_path_factory.mktemp("jieba"))
    return tagger.POSTokenizer(tokenizer)


def pieces(text: str) -> list[tuple[str, str]]:
    return [(text[start:end], tag) for start, end, tag in tagged_spans(text)]


def said(posseg: Any, text: str) -> list[tuple[str, str]]:
    return [(pair.word, pair.flag) for pair in posseg.cut(text)]


@pytest.mark.parametrize("text", TEXTS)
def test_it_is_posseg(posseg: Any, text: str) -> None:
    assert pieces(text) == said(posseg, text)
    assert "".join(piece for piece, _ in pieces(text)) == text


def test_it_is_posseg_on_the_projects_own_texts(posseg: Any) -> None:
    for paragraphs in demo_bodies().values():
        for paragraph in paragraphs:
            assert pieces(paragraph) == said(posseg, paragraph)


SEEN = [
    character for character in map(chr, range(0x4E00, 0x9FD6)) if tag_model().has_seen(character)
]
seen = st.sampled_from(SEEN)
# Characters that stand in few places of few kinds of words: paths through them often end there.
narrow = st.sampled_from([c for c in SEEN if len(tag_model()._ways_into(c)) < 3])
signs = st.sampled_from("%.-+#&_ ，。\r\nAIab129é㐀𠮷")


@settings(max_examples=300, deadline=None)
@given(st.text(st.one_of(seen, narrow, signs, st.sampled_from("发展改革新质生产力李王张小"))))
def test_it_is_posseg_on_anything_that_its_model_has_seen(posseg: Any, text: str) -> None:
    assert pieces(text) == said(posseg, text)


def test_what_the_model_has_never_seen_stays_single(posseg: Any) -> None:
    assert not tag_model().has_seen("昇")
    assert pieces("日昇昌")[1] == ("昇", tags()["昇"]) == ("昇", "zg")
    # The model takes the state whose name is last in the alphabet.
    assert said(posseg, "日昇昌")[1] == ("昇", "yg")


def test_a_long_run_without_words_falls_into_characters() -> None:
    run = "齉" * (LONGEST_RUN + 1)
    assert [piece for piece, _ in pieces(run)] == list(run)
    with time_limit(20):
        for text in ("龘靐齉齾爩" * 20_000, "李王" * 50_000, "䶮" * 100_000, "，" * 100_000):
            assert tagged_spans(text)[-1][1] == len(text)


def test_every_tag_that_jieba_knows_has_a_meaning() -> None:
    assert {part.tag for part in TAGS} == {*tags().values(), *tag_model().tags, "eng"}
    assert len(TAGS) == len({part.tag for part in TAGS})
    assert all(part.name and part.meaning for part in TAGS)


@pytest.mark.parametrize(
    ("token", "kind", "expected"),
    [
        # Posseg cuts it too.
        ("不断", "word", ("d", "posseg")),
        ("改革开放", "lexicon", ("nz", "posseg")),
        # Posseg cuts 网易|杭|研: the dictionary has no 杭研, whose last part is 研.
        ("杭研", "word", ("vn", "head")),
        ("营商环境", "lexicon", ("n", "head")),
        # In 科技成果|转化 posseg cuts another word; the dictionary has 成果.
        ("成果", "word", ("n", "dictionary")),
        # A particle or an adverb at its end says nothing of a term.
        ("专精特新", "lexicon", ("nz", "name")),
        ("12.5", "number", ("m", "kind")),
        ("亿元", "unit", ("q", "kind")),
        ("AI", "latin", ("eng", "kind")),
        ("。", "punctuation", ("x", "kind")),
    ],
)
def test_rules(token: str, kind: str, expected: tuple[str, str]) -> None:
    text = "不断深化，改革开放，在网易杭研优化营商环境，科技成果转化AI专精特新12.5亿元。"
    start = text.index(token)
    assert tags_of(text, [(start, start + len(token), kind)]) == [expected]


def test_tokens_of_a_text_are_tagged_in_their_order() -> None:
    assert tags_of("发展。", [(2, 3, "punctuation"), (0, 2, "word")]) == [
        ("x", "kind"),
        ("vn", "posseg"),
    ]
    assert tags_of("发展。", []) == []


SCRIPT = """
import json, sys
from textlab.language.tagging import tagged_spans
ours = tagged_spans(sys.argv[1])
assert "jieba" not in sys.modules and "jieba.posseg" not in sys.modules
if sys.argv[2:]:
    import jieba, jieba.posseg
    jieba.setLogLevel(60)
    print(json.dumps([ours, [pair.word for pair in jieba.posseg.cut(sys.argv[1])]]))
"""


def run(folder: Path, *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SCRIPT, *arguments],
        env=os.environ | {"TMPDIR": str(folder), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=60,
    ).stdout


def test_no_file_is_written_and_the_users_jieba_not_imported(tmp_path: Path) -> None:
    run(tmp_path, "他来到了网易杭研大厦")
    assert list(tmp_path.iterdir()) == []


def test_a_planted_cache_is_ignored(tmp_path: Path) -> None:
    text = "营商环境"
    planted = tmp_path / "jieba.cache"
    prefixes = {text[:end]: 0 for end in range(1, len(text))}
    planted.write_bytes(marshal.dumps((prefixes | {text: 9}, 9)))
    ours, plain = json.loads(run(tmp_path, text, "compare"))
    # The plant works on jieba as it is, so that this test could fail.
    assert plain == [text]
    assert [tuple(span) for span in ours] == tagged_spans(text)
    assert len(ours) > 1


@pytest.fixture
def global_tagger(monkeypatch: pytest.MonkeyPatch, posseg: Any) -> Any:
    """The module's own tagger, ready and with tables that a test may change."""
    jieba, tagger = importlib.import_module("jieba"), importlib.import_module("jieba.posseg")
    monkeypatch.setattr(jieba.dt, "FREQ", dict(posseg.tokenizer.FREQ))
    monkeypatch.setattr(jieba.dt, "total", posseg.tokenizer.total)
    monkeypatch.setattr(jieba.dt, "initialized", True)
    monkeypatch.setattr(tagger.dt, "word_tag_tab", dict(posseg.word_tag_tab))
    return tagger


def test_words_of_the_global_jieba_change_nothing(global_tagger: Any) -> None:
    text = "加快发展新质生产力，他来到网易杭研大厦"
    before = tagged_spans(text)
    jieba = importlib.import_module("jieba")
    for word, tag in (("新质生产力", "nz"), ("网易杭研", "nt"), ("发展", "zz")):
        jieba.add_word(word, 99_999, tag)
    # They do change the user's own tagger.
    theirs = said(global_tagger.dt, text)
    assert ("新质生产力", "nz") in theirs and ("发展", "zz") in theirs
    tagging._run.cache_clear()
    assert tagged_spans(text) == before
    # Nor does textlab undo what the user did.
    assert said(global_tagger.dt, text) == theirs
