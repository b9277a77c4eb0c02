"""The verb ``ledger``: everything that was set aside, so that in = out + ledger."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from itertools import accumulate

import pandas as pd

from textlab import schema
from textlab.cleaning.characters import letter_spaces, unify
from textlab.cleaning.traced import Run, runs_of
from textlab.language.invisible import INVISIBLE, kind_of
from textlab.language.punctuation import ASCII_SIGNS
from textlab.language.width import COMPATIBLE, PUNCTUATION, RADICALS, WIDTH

Row = tuple[str, str, str, str, str, int]
Part = tuple[str, str, str]

LINE_END = re.compile("[\r\n\x85\u2028\u2029]")
CHANGES = (
    ("width unified", WIDTH),
    ("punctuation unified", PUNCTUATION | dict.fromkeys(map(ord, ASCII_SIGNS), 0)),
    ("Kangxi radical", RADICALS),
    ("compatibility ideograph", COMPATIBLE),
)


def ledger(documents: pd.DataFrame, paragraphs: pd.DataFrame) -> pd.DataFrame:
    """What reading and cleaning left out of the counts, and what cleaning changed.

    Columns: stage, doc_id, file, what, reason, characters. A ``file`` or ``document`` that was
    set aside; what a reader ``left out`` of a file's text (running heads, page numbers, comments);
    a ``paragraph`` kept out of counts as furniture of the page; ``dropped``
    characters (white space, letter-spacing, line ends, marks, invisible ones); ``changed`` ones
    (width, punctuation, radicals, traditional forms), which are still there. For every document
    that was read, characters of the file = characters of its paragraphs + ``dropped``.
    """
    documents = schema.check(documents, "documents")
    paragraphs = schema.check(paragraphs, "paragraphs")
    rows = list(_reading(documents))
    parts: dict[str, list[Part]] = defaultdict(list)
    columns = (paragraphs[name].tolist() for name in ("doc_id", "role", "text", "origin"))
    for doc_id, role, text, origin in zip(*columns, strict=True):
        parts[doc_id].append((role, text, origin))
    read = documents[documents["set_aside"] == ""]
    for doc_id, file, raw in zip(read["doc_id"], read["file"], read["text"], strict=True):
        rows += [("clean", doc_id, file, *entry) for entry in _cleaning(raw, parts[doc_id])]
    names = pd.Index(list(schema.contract("ledger").columns))
    return schema.arrange(pd.DataFrame(rows, columns=names), "ledger")


def _reading(documents: pd.DataFrame) -> Iterator[Row]:
    aside = documents[documents["set_aside"] != ""]
    for doc_id, file, text, reason in zip(
        aside["doc_id"], aside["file"], aside["text"], aside["set_aside"], strict=True
    ):
        what = "document" if reason.startswith("not selected") else "file"
        yield "read", doc_id, file, what, reason, len(text)
    if "left_out" in documents.columns:
        for doc_id, file, noted in zip(
            documents["doc_id"], documents["file"], documents["left_out"], strict=True
        ):
            for part in filter(None, noted.split("; ")):
                reason, _, characters = part.rpartition(": ")
                yield "read", doc_id, file, "left out", reason, int(characters)


def _cleaning(raw: str, parts: Sequence[Part]) -> Iterator[tuple[str, str, int]]:
    """what, reason and characters of one document."""
    furniture = sum(len(text) for role, text, _ in parts if role == "furniture")
    if furniture:
        yield "paragraph", "furniture of the page", furniture
    runs: list[Run] = []
    changed: Counter[tuple[str, str]] = Counter()
    for _, text, origin in parts:
        at = 0
        for start, length in runs_of(origin):
            clean, before = text[at : at + length], raw[start : start + length]
            if clean != before:
                pairs = zip(clean, before, strict=True)
                changed.update(pair for pair in pairs if pair[0] != pair[1])
            runs.append((start, length))
            at += length
    gaps = list(_between(sorted(runs), len(raw)))
    stretches = Counter([raw[start:end] for start, end in gaps])
    dropped = _by_reason(stretches)
    spaced = _letter_spacing(raw, gaps, {s for s in stretches if _may_stand_inside(s)})
    if spaced:
        dropped.update({"letter-spacing": spaced, "white space": -spaced})
    changes: Counter[str] = Counter()
    for pair, n in changed.items():
        changes[_change(*pair)] += n
    yield from (("dropped", reason, n) for reason, n in sorted(dropped.items()) if n)
    yield from (("changed", reason, n) for reason, n in sorted(changes.items()))


def _between(runs: Sequence[Run], end: int) -> Iterator[Run]:
    """The stretches, (start, end), of a file of ``end`` characters that no run covers."""
    at = 0
    for start, length in runs:
        if start > at:
            yield at, start
        at = start + length
    if end > at:
        yield at, end


def _by_reason(stretches: Counter[str]) -> Counter[str]:
    """How many of the dropped characters fall to each reason."""
    reasons: Counter[str] = Counter()
    for stretch, times in stretches.items():
        for character in stretch:
            reasons[_mark(character)] += times
    return reasons


def _letter_spacing(raw: str, gaps: Sequence[Run], spaces: Set[str]) -> int:
    """How many of the dropped spaces were letter-spacing.

    Whether a space was is seen from its whole line: those lines are looked at again that have
    lost a space, one of ``spaces``, between two characters.
    """
    inside = [
        start for start, end in gaps if raw[start:end] in spaces and _is_inside(raw, start, end)
    ]
    if not inside:
        return 0
    ends = [end + at for at, end in enumerate(accumulate(map(len, LINE_END.split(raw))))]
    lost = bytearray(len(raw))
    for start, end in gaps:
        lost[start:end] = b"\x01" * (end - start)
    total = 0
    for number in sorted({bisect_left(ends, start) for start in inside}):
        line = slice(ends[number - 1] + 1 if number else 0, ends[number])
        pairs = zip(unify(raw[line]), lost[line], strict=True)
        total += letter_spaces("".join(c for c, gone in pairs if c == " " or not gone).strip())
    return total


def _may_stand_inside(stretch: str) -> bool:
    """Whether a dropped stretch holds white space but no line end."""
    return any(map(str.isspace, stretch)) and not LINE_END.search(stretch)


def _is_inside(raw: str, start: int, end: int) -> bool:
    """Whether a stretch without a line end stands inside a line."""
    if start == 0 or end == len(raw):
        return False
    return not (LINE_END.match(raw[start - 1]) or LINE_END.match(raw[end]))


def _change(clean: str, raw: str) -> str:
    if clean == " ":
        return "line end to space" if LINE_END.match(raw) else "space unified"
    return next((name for name, forms in CHANGES if ord(raw) in forms), "simplified")


@lru_cache(maxsize=1024)
def _mark(character: str) -> str:
    if LINE_END.match(character):
        return "line end"
    if INVISIBLE.match(character):
        return kind_of(character)
    if character.isspace():
        return "white space"
    return "Markdown mark" if unify(character) in "#-*•·>_=~—|:" else "in no paragraph"
