"""Texts -> their tokens: plain segmentation with lexicon terms laid over it.

What worker processes run; it imports no pandas, so that they start soon.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from textlab.language.matching import Match, Matcher, leftmost_longest
from textlab.language.punctuation import HAN
from textlab.language.segmenter import cut

Span = tuple[int, int]
Token = tuple[int, int, str]
Paragraph = tuple[str, str, str]
Row = tuple[str, str, int, str, str, int, int]

KINDS = ("word", "lexicon", "number", "latin", "punctuation")
HAN_CHARACTER = re.compile(f"[{HAN}]")
LATIN = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff]")
DIGIT = re.compile(r"\d")


def segment_texts(
    texts: Sequence[Paragraph], surfaces: Sequence[str]
) -> tuple[list[Row], dict[str, int]]:
    """Rows of tokens, and plain jieba's count of each surface, for (para_id, doc_id, text)."""
    matcher = Matcher(surfaces)
    wanted = frozenset(surfaces)
    plain: Counter[str] = Counter()
    rows: list[Row] = []
    for para_id, doc_id, text in texts:
        spans = plain_spans(text)
        plain.update(word for start, end in spans if (word := text[start:end]) in wanted)
        tokens = overlay(text, spans, leftmost_longest(matcher.find(text)))
        rows += [
            (para_id, doc_id, position, text[start:end], kind, start, end)
            for position, (start, end, kind) in enumerate(tokens, 1)
        ]
    return rows, dict(plain)


def plain_spans(text: str) -> list[Span]:
    """Where plain jieba cuts ``text``, white space included."""
    spans = []
    at = 0
    for word in cut(text):
        spans.append((at, at + len(word)))
        at += len(word)
    return spans


def kind_of(token: str) -> str:
    """word (has a Han character), latin (a letter), number (a digit) or punctuation."""
    if HAN_CHARACTER.search(token):
        return "word"
    if LATIN.search(token):
        return "latin"
    return "number" if DIGIT.search(token) else "punctuation"


def overlay(text: str, plain: Sequence[Span], terms: Iterable[Match]) -> list[Token]:
    """The tokens (start, end, kind) of ``text``, white space left out.

    ``terms`` do not overlap and are in order. Each becomes one token of the kind ``lexicon``.
    A plain token that a term covers is gone, one that it cuts is cut again without the part
    that the term took; all others stay as they are.
    """
    tokens: list[Token] = []
    ahead = list(reversed(plain))
    for start, end, _ in terms:
        while ahead and ahead[-1][1] <= start:
            tokens.append(_plain_token(text, ahead.pop()))
        if ahead and ahead[-1][0] < start:
            before = cut_again(text, ahead[-1][0], start)
            tokens += [_plain_token(text, span) for span in before]
        tokens.append((start, end, "lexicon"))
        while ahead and ahead[-1][1] <= end:
            ahead.pop()
        if ahead and ahead[-1][0] < end:
            ahead += reversed(cut_again(text, end, ahead.pop()[1]))
    tokens += [_plain_token(text, span) for span in reversed(ahead)]
    return [token for token in tokens if not text[token[0] : token[1]].isspace()]


def _plain_token(text: str, span: Span) -> Token:
    return *span, kind_of(text[slice(*span)])


def cut_again(text: str, start: int, end: int) -> list[Span]:
    """Where plain jieba cuts what a term has left of a token."""
    return [(start + low, start + high) for low, high in plain_spans(text[start:end])]
