"""Parts of speech: what jieba's tagger cuts and says, laid onto tokens that stay as they are.

It imports no pandas, so that worker processes start soon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from textlab.language.dictionary import frequency, tags
from textlab.language.segmenter import cut_by_dictionary
from textlab.language.tag_model import Piece, tag_model

Tagged = tuple[int, int, str]

# How a token came by its tag; see tags_of.
RULES = ("kind", "posseg", "dictionary", "head", "name")
BY_KIND = {"number": "m", "latin": "eng", "unit": "q", "punctuation": "x"}
OTHER = "x"
NAME = "nz"
# What the last part of a name may be, by the first letters of tags.
_HEADS = ("a", "b", "i", "j", "l", "n", "s", "t", "v")

# So many characters side by side of which no two are a word are no names.
LONGEST_RUN = 200

# What the tagger takes for one block; jieba's segmenter lets blocks go on at % and - as well.
_BLOCK = re.compile("([\u4e00-\u9fd5a-zA-Z0-9+#&._]+)")
_OUTSIDE = re.compile(r"\r\n|.", re.DOTALL)
_HAN_RUN = re.compile("([\u4e00-\u9fd5]+)")
_FOREIGN = re.compile("[.0-9]+|[a-zA-Z0-9]+|[^.0-9a-zA-Z]+")
_ALPHANUMERIC = re.compile("[a-zA-Z0-9]{2,}")


def tags_of(text: str, tokens: Sequence[tuple[int, int, str]]) -> list[tuple[str, str]]:
    """Tag and rule of each of ``tokens`` (start, end, kind), which stand in ``text``.

    ``kind``: numbers, Latin, units and signs are tagged by what they are: m, eng, q, x.
    ``posseg``: a word or lexicon term that the tagger cuts out of the text too has its tag.
    ``dictionary``: else the tag that jieba's dictionary has for it.
    ``head``: else that of its last piece where the tagger is given it alone: a Chinese compound
    is what its last part is, 营商环境 an 环境.
    ``name``: a lexicon term whose head is none of noun, verb, adjective, time, place or phrase
    (专精特新 ends in an adverb, 都市圈 in a measure word) is taken for a name, nz.
    """
    found: dict[tuple[int, int], str] = {}
    if any(kind not in BY_KIND for _, _, kind in tokens):
        found = {(start, end): tag for start, end, tag in tagged_spans(text)}
    tagged = []
    for start, end, kind in tokens:
        if kind in BY_KIND:
            tagged.append((BY_KIND[kind], "kind"))
        elif (start, end) in found:
            tagged.append((found[start, end], "posseg"))
        else:
            tagged.append(_tag_alone(text[start:end], kind == "lexicon"))
    return tagged


@lru_cache(maxsize=1 << 16)
def _tag_alone(word: str, is_term: bool) -> tuple[str, str]:
    """Tag and rule of a word, whatever stands around it."""
    known = tags().get(word)
    if known:
        return known, "dictionary"
    head = tagged_spans(word)[-1][2]
    return (NAME, "name") if is_term and not head.startswith(_HEADS) else (head, "head")


def tagged_spans(text: str) -> list[Tagged]:
    """What ``jieba.posseg`` cuts ``text`` into, each with its tag: start, end, tag.

    Found with the fast segmenter: the two go by the same dictionary, and only what it leaves in
    single characters goes to the tagger's model. They part from plain segmentation there
    (jieba, issues 312, 417 and 974), and at signs such as the hyphen.

    Validity: what posseg says, but for characters that its model has never seen, and for runs of
    more than 200 characters without a word. These stay single, tagged by the dictionary.
    """
    spans = []
    at = 0
    for piece, tag in _pieces(text):
        spans.append((at, at + len(piece), tag))
        at += len(piece)
    return spans


def _pieces(text: str) -> Iterator[Piece]:
    for number, part in enumerate(_BLOCK.split(text)):
        if number % 2:
            yield from _block(part)
        else:
            yield from ((piece, OTHER) for piece in _OUTSIDE.findall(part))


def _block(block: str) -> Iterator[Piece]:
    """The words of the dictionary, and between them what becomes of the single characters."""
    known = tags()
    run = ""
    for word in cut_by_dictionary(block):
        # The segmenter joins single letters and digits; the dictionary has no word of several.
        if len(word) == 1 or _ALPHANUMERIC.fullmatch(word):
            run += word
            continue
        if run:
            yield from _run(run)
            run = ""
        yield word, known.get(word, OTHER)
    if run:
        yield from _run(run)


@lru_cache(maxsize=1 << 16)
def _run(run: str) -> list[Piece]:
    """The pieces of single characters side by side."""
    if len(run) == 1 or len(run) > LONGEST_RUN or frequency(run):
        return [(character, _single(character)) for character in run]
    found: list[Piece] = []
    for number, part in enumerate(_HAN_RUN.split(run)):
        if number % 2:
            found += [(word, tag or _single(word)) for word, tag in tag_model().pieces(part)]
        else:
            found += [(piece, _foreign(piece[0])) for piece in _FOREIGN.findall(part)]
    return found


def _single(character: str) -> str:
    return tags().get(character, OTHER)


def _foreign(first: str) -> str:
    """The tag of a piece without Han that begins with this character."""
    if first in ".0123456789":
        return "m"
    return "eng" if first.isalnum() else OTHER
