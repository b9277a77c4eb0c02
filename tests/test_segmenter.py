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

from tests.helpers import demo_bodies
from textlab.language import segmenter
from textlab.language.dictionary import frequency
from textlab.language.segmenter import cut, cut_by_dictionary

TEXTS = [
    "",
    " ",
    "深化改革开放，加快发展新质生产力。",
    "依托5G-A和AI+制造，推动“智改数转”，投资12.5亿元，同比增长8.5%。",
    "Silicon Valley式的创新中心 GDP\n增长",
    "𠮷野家〇〇㐀龘",
]


def users_jieba() -> Any:
    """jieba as a notebook imports it; Python warns of its source when it compiles it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module("jieba")


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A tokenizer of jieba's own making, its cache kept out of the temporary folder."""
    tokenizer = users_jieba().Tokenizer()
    tokenizer.tmp_dir = str(tmp_path_factory.mktemp("jieba"))
    return tokenizer


@pytest.mark.parametrize("text", TEXTS)
def test_it_is_plain_jieba(fresh: Any, text: str) -> None:
    assert cut(text) == fresh.lcut(text)
    assert cut_by_dictionary(text) == fresh.lcut(text, HMM=False)


def test_it_is_plain_jieba_on_the_projects_own_texts(fresh: Any) -> None:
    for paragraphs in demo_bodies().values():
        for paragraph in paragraphs:
            assert cut(paragraph) == fresh.lcut(paragraph)


@settings(max_examples=200, deadline=None)
@given(
    st.text(st.one_of(st.sampled_from("发展改革开放新质生产力现代化12%.-AIab 。"), st.characters()))
)
def test_pieces_join_to_the_text(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    assert "".join(cut(text)) == text
    assert "".join(cut_by_dictionary(text)) == text


def test_frequencies_of_the_dictionary() -> None:
    assert frequency("现代化") > 0
    assert frequency("新质生产力") == 0
    # A prefix of words that is no word itself stands in jieba's table with 0.
    assert frequency("中华人民共和") == 0


@pytest.fixture
def global_jieba(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The module's own tokenizer, ready and with a dictionary that a test may change."""
    ours = segmenter._tokenizer()
    jieba = users_jieba()
    monkeypatch.setattr(jieba.dt, "FREQ", dict(ours.FREQ))
    monkeypatch.setattr(jieba.dt, "total", ours.total)
    monkeypatch.setattr(jieba.dt, "initialized", True)
    monkeypatch.setattr(jieba.finalseg, "Force_Split_Words", set())
    return jieba


def test_user_words_of_the_global_jieba_change_nothing(global_jieba: Any) -> None:
    text = "加快发展新质生产力，优化营商环境。"
    before = cut(text), cut_by_dictionary(text)
    for word in ("新质生产力", "营商环境"):
        global_jieba.add_word(word)
    assert "新质生产力" in global_jieba.lcut(text)
    assert (cut(text), cut_by_dictionary(text)) == before
    assert frequency("新质生产力") == 0


def test_words_deleted_from_the_global_jieba_change_nothing(global_jieba: Any) -> None:
    text = "他来到网易杭研大厦"
    before = cut(text)
    assert "杭研" in before
    global_jieba.del_word("杭研")
    assert cut(text) == before


SCRIPT = """
import json, sys
from textlab.language.segmenter import cut
words = cut(sys.argv[1])
import jieba
jieba.setLogLevel(60)
print(json.dumps([words, jieba.Tokenizer().lcut(sys.argv[1])]))
"""


def run(text: str, folder: Path, script: str = SCRIPT) -> str:
    environment = os.environ | {"TMPDIR": str(folder), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script, text],
        env=environment,
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=60,
    ).stdout


def test_no_file_is_written(tmp_path: Path) -> None:
    run(
        "深化改革",
        tmp_path,
        "import sys\nfrom textlab.language.segmenter import cut\ncut(sys.argv[1])",
    )
    assert list(tmp_path.iterdir()) == []


def test_a_planted_cache_is_ignored(tmp_path: Path) -> None:
    text = "营商环境"
    planted = tmp_path / "jieba.cache"
    prefixes = {text[:end]: 0 for end in range(1, len(text))}
    planted.write_bytes(marshal.dumps((prefixes | {text: 9}, 9)))
    before = planted.read_bytes()
    ours, plain = json.loads(run(text, tmp_path))
    # The plant works on jieba as it is, so that this test could fail.
    assert plain == [text]
    assert ours == cut(text)
    assert ours != plain
    assert planted.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["jieba.cache"]
