from __future__ import annotations

from pathlib import Path

import pytest

from tests.lexicon_files import write
from textlab.errors import LexiconError
from textlab.language.stopwords import stopwords


def test_stopwords_of_a_file(tmp_path: Path) -> None:
    text = "# of this city\n我市\n\n 全市 \t# towns too\n我市\n"
    for data in (text.encode(), text.encode("utf-8-sig"), text.encode("gb18030")):
        assert stopwords(write(tmp_path, data, "stop.txt")) == {"我市", "全市"}
    assert stopwords(str(tmp_path / "stop.txt")) == {"我市", "全市"}
    assert stopwords(write(tmp_path, "", "empty.txt")) == frozenset()


def test_stopwords_default_to_the_builtin_ones() -> None:
    assert stopwords() == stopwords(None)
    assert {"的", "和", "进一步"} <= stopwords()


def test_stopword_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"absent\.txt: no such stopword file; \[tokens\]"):
        stopwords(tmp_path / "absent.txt")
    with pytest.raises(LexiconError) as caught:
        stopwords(tmp_path)
    assert str(caught.value) == f"{tmp_path}: cannot be read: Is a directory"
    with pytest.raises(LexiconError, match=r"holds NUL bytes: .*; save it as UTF-8, one word a"):
        stopwords(write(tmp_path, "我\x00市", "stop.txt"))
