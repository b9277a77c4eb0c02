"""Words that say nothing of a text's subject, for keyness, similarity and topics."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from textlab.errors import LexiconError
from textlab.language.encoding import UndecodableError, decode


def stopwords(file: str | Path | None = None) -> frozenset[str]:
    """The built-in stopwords, or those in ``file``: one word a line, ``#`` begins a comment.

    They are left out of keyness, similarity and topics, never out of keyword rates.
    """
    if file is None:
        return _words(files("textlab").joinpath("data/stopwords.txt").read_text("utf-8"))
    try:
        text, _ = decode(Path(file).read_bytes())
    except FileNotFoundError:
        raise LexiconError(
            f"{file}: no such stopword file; [tokens] stopwords is a file or a list of words"
        ) from None
    except UndecodableError as error:
        raise LexiconError(f"{file}: {error}; save it as UTF-8, one word a line") from None
    except OSError as error:
        raise LexiconError(f"{file}: cannot be read: {error.strerror}") from None
    return _words(text)


def _words(text: str) -> frozenset[str]:
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return frozenset(line for line in lines if line)
