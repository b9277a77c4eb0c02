"""The packaged lists of words that attribution goes by."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def words_of(name: str) -> frozenset[str]:
    """The words of the list ``name``, several to a line; ``#`` begins a line of comment."""
    text = files("textlab.places").joinpath("data", f"{name}.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


@cache
def longer_words() -> frozenset[str]:
    """Words that hold a short name and mean something else: 峨眉山, 中山路, 上海合作组织."""
    return words_of("longer_words") | words_of("events_and_firms")


@cache
def predicates() -> frozenset[str]:
    """Words that may follow the subject of a clause: 将, 加快, 坚持."""
    return frozenset(word for word in words_of("predicates") if not word.startswith("-"))


@cache
def attributes() -> frozenset[str]:
    """Words that begin like a predicate and make the name before them an attribute: 能源."""
    return frozenset(word[1:] for word in words_of("predicates") if word.startswith("-"))
