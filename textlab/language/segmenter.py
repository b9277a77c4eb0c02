"""Plain segmentation by jieba or, token for token the same, by its fast twin; no user words.

Two engines. ``jieba`` is the reference. ``fast`` gives the text to rjieba, jieba's algorithm and
dictionary in Rust, but for the blocks (runs without punctuation) on which the two are known to
differ: those with signs (``+ # & . _ % -``) between letters or digits, the decimal point of a plain
number excepted, or beside each other, and those with a rare Han character, which one of them takes
for punctuation. jieba cuts these itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from string import ascii_letters, digits
from typing import Any, Literal

from textlab.language.dictionary import frequencies, private_copy, total

Engine = Literal["fast", "jieba"]
ENGINES: tuple[Engine, ...] = ("fast", "jieba")

# Han without any punctuation in so long a run is no text that anybody writes. jieba's model of
# unknown words takes the square of a run's length: 100,000 rare characters take minutes.
LONGEST_RUN = 1000

_HAN = "\u4e00-\u9fd5"
# Han for rjieba only.
_RARE = "\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# What rjieba cannot be given at all.
_BROKEN = "\ud800-\udfff"
_SIGNS = r"+#&._%\-"
_SIGNED = f"A-Za-z0-9{_SIGNS}"
_SIGNED_CHARACTERS = "+#&._%-" + ascii_letters + digits
_DOUBTFUL = re.compile(f"[{_SIGNS}{_RARE}{_BROKEN}]")
_BLOCK = re.compile(f"[{_HAN}{_SIGNED}{_RARE}{_BROKEN}]+")
_WORD = r"(?:[0-9]++\.[0-9]++%?|[0-9]++%|[A-Za-z0-9]++)"
_LONE = "[+#&._-]"
# A run of letters, digits and signs of which both engines make the same.
_SAFE = re.compile(rf"{_WORD}|{_LONE}{_WORD}?|[A-Za-z0-9]++{_LONE}")
_RUN = re.compile(f"[{_SIGNED}]+")
_WINDOW = 64
_HAN_RUN = re.compile(f"[{_HAN}]+")
_LONG = re.compile(f"[{_HAN}]{{{LONGEST_RUN}}}")


def cut(text: str, engine: Engine = "fast", *, hmm: bool = True) -> list[str]:
    """``text`` in jieba's default mode: pieces that join to ``text``.

    ``hmm=False`` cuts by the dictionary alone: what it does not know falls into characters.
    A run of more than 1,000 Han without punctuation is cut there, by either engine.
    """
    if len(text) > LONGEST_RUN and _has_long_run(text):
        return [word for part in _parts(text) for word in _cut(part, engine, hmm)]
    return _cut(text, engine, hmm)


def _has_long_run(text: str) -> bool:
    """Whether so many Han stand together; such a run stands across one of these places."""
    for at in range(LONGEST_RUN - 1, len(text), LONGEST_RUN):
        run = _HAN_RUN.match(text, at)
        if run:
            before = _HAN_RUN.match(text[at + 1 - LONGEST_RUN : at][::-1])
            if run.end() - at + (before.end() if before else 0) >= LONGEST_RUN:
                return True
    return False


def _parts(text: str) -> Iterator[str]:
    at = 0
    for run in _LONG.finditer(text):
        yield text[at : run.end()]
        at = run.end()
    yield text[at:]


def _cut(text: str, engine: Engine, hmm: bool) -> list[str]:
    if engine == "jieba":
        return _tokenizer().lcut(text, HMM=hmm)  # type: ignore[no-any-return]
    twin = _rjieba().cut
    words: list[str] = []
    at = 0
    for start, end in _unsafe_blocks(text):
        words += twin(text[at:start], hmm)
        words += _tokenizer().lcut(text[start:end], HMM=hmm)
        at = end
    return words + twin(text[at:], hmm) if at else twin(text, hmm)  # type: ignore[no-any-return]


def _unsafe_blocks(text: str) -> Iterator[tuple[int, int]]:
    """The blocks of ``text`` that have a rare character, or a run with signs that is not safe."""
    done = 0
    for doubt in _DOUBTFUL.finditer(text):
        at = doubt.start()
        if at < done:
            continue
        run = _RUN.match(text, at)
        if run:
            begun = text[max(at - _WINDOW, 0) : at]
            start = at - len(begun) + len(begun.rstrip(_SIGNED_CHARACTERS))
            if start > at - _WINDOW and _SAFE.fullmatch(text, start, run.end()):
                done = run.end()
                continue
        start, done = _begin_of_block(text, at), _end_of_block(text, at)
        yield start, done


def _begin_of_block(text: str, at: int) -> int:
    window = _WINDOW
    while True:
        before = text[max(at - window, 0) : at]
        block = _BLOCK.match(before[::-1])
        length = block.end() if block else 0
        if length < window:
            return at - length
        window *= 2


def _end_of_block(text: str, at: int) -> int:
    block = _BLOCK.match(text, at)
    return block.end() if block else at + 1


def cut_by_dictionary(text: str) -> list[str]:
    """``text`` cut by the dictionary alone: what it does not know falls into characters."""
    return cut(text, hmm=False)


@cache
def _rjieba() -> Any:
    # An object of our own: the functions of the package share one that any code may add words
    # to. And from its extension module alone, for the package builds that one first.
    found = find_spec("rjieba")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("rjieba is not installed; textlab needs it")
    names = (Path(found.origin).with_name(f"rjieba{suffix}") for suffix in EXTENSION_SUFFIXES)
    spec = spec_from_file_location("rjieba", next(file for file in names if file.is_file()))
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Jieba()


@cache
def _tokenizer() -> Any:
    tokenizer = private_copy("jieba").Tokenizer()
    # In memory: jieba's own cache lies under a predictable name in the shared temporary folder
    # and is unmarshalled unchecked.
    tokenizer.FREQ, tokenizer.total = frequencies(), total()
    tokenizer.initialized = True
    return tokenizer
