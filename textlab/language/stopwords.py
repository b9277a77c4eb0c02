"""Words that say nothing of a text's subject, for keyness, similarity and topics."""

from __future__ import annotations

import re
from collections.abc import Collection
from importlib.resources import files
from pathlib import Path

from textlab.errors import LexiconError, UnknownNameError, nearest
from textlab.language.plain_files import read_text

_GROUP = re.compile(r"#\s*\[([^]]*)\]")


def stopwords(
    file: str | Path | None = None, *, groups: Collection[str] | None = None
) -> frozenset[str]:
    """The built-in stopwords, or those in ``file``: one word a line, ``#`` begins a comment.

    They are left out of keyness, similarity and topics, never out of keyword rates.

    ``groups``: only those of the named groups, or all but those with a minus: ``["-verbs"]`` is
    the list without the verbs of government style (推进, 加快, 完善). The built-in groups are
    those of :func:`stopword_groups`; a line ``# [name]`` begins one in any file.

    Raises :class:`LexiconError` for a file that cannot be read, :class:`UnknownNameError` for a
    group that is not there.
    """
    found = stopword_groups(file)
    if groups is None:
        return frozenset().union(*found.values())
    if isinstance(groups, str):
        raise UnknownNameError(f"groups want a list such as ['-verbs'], found the text {groups!r}")
    out = {name[1:] for name in groups if name.startswith("-")}
    named = {name for name in groups if not name.startswith("-")}
    for name in sorted(out | named):
        if name not in found:
            there = ", ".join(filter(None, found)) or "none"
            raise UnknownNameError(
                f"no group of stopwords '{name}'{nearest(name, found)}; there are: {there}"
            )
    chosen = (named if named or not out else set(found)) - out
    return frozenset().union(*(found[name] for name in chosen))


def stopword_groups(file: str | Path | None = None) -> dict[str, frozenset[str]]:
    """The stopwords by group: particles, prepositions ... ; what stands before the first: ``""``.

    The built-in list says of each group, in its comments, why it is there.
    """
    if file is None:
        return _groups(files("textlab").joinpath("data/stopwords.txt").read_text("utf-8"))
    absent = "no such stopword file; [tokens] stopwords is a file or a list of words"
    save_as = "UTF-8, one word a line"
    return _groups(read_text(Path(file), LexiconError, absent=absent, save_as=save_as))


def _groups(text: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    group = ""
    for line in text.splitlines():
        begun = _GROUP.match(line)
        if begun:
            group = begun[1].strip()
        word = line.partition("#")[0].strip()
        if word:
            found.setdefault(group, set()).add(word)
    return {name: frozenset(words) for name, words in found.items()}
