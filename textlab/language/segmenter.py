"""Plain segmentation by jieba, with a private dictionary and no user word ever."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

Cut = Callable[[str], list[str]]


@cache
def _tokenizer() -> Any:
    # jieba 0.42.1 has regular expressions that Python 3.12 warns about when it compiles them.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    tokenizer = jieba.Tokenizer()
    # Built from the packaged file, in memory: jieba's own cache lies under a predictable name in
    # the shared temporary folder and is unmarshalled unchecked.
    with files("jieba").joinpath("dict.txt").open("rb") as dictionary:
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(dictionary)
    tokenizer.initialized = True
    return tokenizer


def cut(text: str) -> list[str]:
    """``text`` in jieba's default mode (dictionary and HMM): pieces that join to ``text``."""
    return _tokenizer().lcut(text)  # type: ignore[no-any-return]


def cut_by_dictionary(text: str) -> list[str]:
    """``text`` cut by the dictionary alone: what it does not know falls into characters."""
    return _tokenizer().lcut(text, HMM=False)  # type: ignore[no-any-return]


def frequency(word: str) -> int:
    """How often jieba's dictionary says that ``word`` occurs; 0 for one that it lacks."""
    return int(_tokenizer().FREQ.get(word) or 0)
