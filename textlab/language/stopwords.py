"""Words that say nothing of a text's subject, for keyness, similarity and topics."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from textlab.errors import LexiconError
from textlab.language.plain_files import read_text


def stopwords(file: str | Path | None = None) -> frozenset[str]:
    """The built-in stopwords, or those in ``file``: one word a line, ``#`` begins a comment.

    They are left out of keyness, similarity and topics, never out of keyword rates.
    """
    if file is None:
        return _words(files("textlab").joinpath("data/stopwords.txt").read_text("utf-8"))
    absent = "no such stopword file; [tokens] stopwords is a file or a list of words"
    save_as = "UTF-8, one word a line"
    return _words(read_text(Path(file), LexiconError, absent=absent, save_as=save_as))


def _words(text: str) -> frozenset[str]:
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return frozenset(line for line in lines if line)
