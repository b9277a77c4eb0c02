"""Plain segmentation by jieba, with a private dictionary and no user word ever."""

from __future__ import annotations

import sys
import warnings
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any


@cache
def _tokenizer() -> Any:
    jieba = _private_copy("jieba")
    tokenizer = jieba.Tokenizer()
    # Built from the packaged file, in memory: jieba's own cache lies under a predictable name in
    # the shared temporary folder and is unmarshalled unchecked.
    with Path(jieba.__file__).with_name("dict.txt").open("rb") as dictionary:
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(dictionary)
    tokenizer.initialized = True
    return tokenizer


def _private_copy(package: str) -> Any:
    """``package`` imported once more under a name of ours.

    A tokenizer of one's own is not enough: jieba keeps the words that a notebook deletes
    (``jieba.del_word``) in a set of the module, which all its tokenizers heed.
    """
    found = find_spec(package)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(f"{package} is not installed; textlab needs it")
    name = f"textlab_{package}"
    spec = spec_from_file_location(
        name, found.origin, submodule_search_locations=found.submodule_search_locations
    )
    assert spec is not None and spec.loader is not None
    module = sys.modules[name] = module_from_spec(spec)
    # jieba 0.42.1 has regular expressions that Python 3.12 warns about when it compiles them.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        spec.loader.exec_module(module)
    return module


def cut(text: str) -> list[str]:
    """``text`` in jieba's default mode (dictionary and HMM): pieces that join to ``text``."""
    return _tokenizer().lcut(text)  # type: ignore[no-any-return]


def cut_by_dictionary(text: str) -> list[str]:
    """``text`` cut by the dictionary alone: what it does not know falls into characters."""
    return _tokenizer().lcut(text, HMM=False)  # type: ignore[no-any-return]


def frequency(word: str) -> int:
    """How often jieba's dictionary says that ``word`` occurs; 0 for one that it lacks."""
    return int(_tokenizer().FREQ.get(word) or 0)


def begins_word(text: str) -> bool:
    """Whether jieba's dictionary has a word that is ``text`` or begins with it."""
    # The dictionary holds every beginning of its words, with frequency 0.
    return text in _tokenizer().FREQ
