"""jieba's dictionary, read from the packaged file: never its cache, never the user's own jieba."""

from __future__ import annotations

import sys
import warnings
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from operator import itemgetter
from pathlib import Path
from typing import Any

# What occurrences in the dictionary are out of, where shares are weighed: about sixty million.
ABOUT = 60_000_000


def frequencies() -> dict[str, int]:
    """The frequency of every word, and 0 for every beginning of one that is no word itself."""
    return _read()[0]


def total() -> int:
    """The sum of the frequencies of all lines; a few words have two, of which the last counts."""
    return _read()[1]


@cache
def _read() -> tuple[dict[str, int], int]:
    cells = _cells()
    words, counts = cells[0::3], list(map(int, cells[1::3]))
    table: dict[str, int] = {}
    longer, length = words, 1
    while longer := [word for word in longer if len(word) > length]:
        # Slicing and filling in C: as a loop over all beginnings this takes twice the time.
        table.update(dict.fromkeys(map(itemgetter(slice(length)), longer), 0))
        length += 1
    table.update(zip(words, counts, strict=True))
    return table, sum(counts)


def frequency(word: str) -> int:
    """How often jieba's dictionary says that ``word`` occurs; 0 for one that it lacks."""
    return frequencies().get(word, 0)


def begins_word(text: str) -> bool:
    """Whether jieba's dictionary has a word that is ``text`` or begins with it."""
    return text in frequencies()


@cache
def tags() -> dict[str, str]:
    """The part of speech that jieba's dictionary gives each word."""
    cells = _cells()
    return dict(zip(cells[0::3], cells[2::3], strict=True))


def _cells() -> list[str]:
    """Word, frequency and part of speech, one after the other."""
    file = Path(str(private_copy("jieba").__file__)).with_name("dict.txt")
    return file.read_text(encoding="utf-8").split()


def private_copy(package: str) -> Any:
    """``package`` imported once more under a name of ours.

    A tokenizer of one's own is not enough: jieba keeps the words that a notebook deletes
    (``jieba.del_word``) in a set of the module, which all its tokenizers heed.
    """
    name = f"textlab_{package}"
    if name in sys.modules:
        return sys.modules[name]
    found = find_spec(package)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(f"{package} is not installed; textlab needs it")
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
