"""The concordance: every line in which a term stands, with what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from textlab.analysis.collocation_text import check_whole
from textlab.errors import TableError, UnknownNameError, nearest
from textlab.language.lexicon import Source, read_lexicon
from textlab.schema import arrange, check, empty
from textlab.tokens.occurrences import locate
from textlab.tokens.segmentation import counted

SORTS = ("position", "left", "right")
_SPAN = ["para_id", "doc_id", "start", "end"]


def concordance(
    tokens: pd.DataFrame,
    term: str | Iterable[str],
    *,
    paragraphs: pd.DataFrame,
    documents: pd.DataFrame | None = None,
    occurrences: pd.DataFrame | None = None,
    lexicon: Source = None,
    width: int = 20,
    sort: str = "position",
) -> pd.DataFrame:
    """Every place where ``term``, or one of several, stands in ``paragraphs``: the table.

    With ``occurrences`` (of :func:`find_terms`) a term of theirs is found as they say: inside
    longer terms too, and in its variants, each line with the surface as ``match``. A variant asked
    for is found where it stands itself. Any other term is found as a token, and so is a term
    without ``occurrences``: then 现代化 inside 中国式现代化 is not found. What stands outside
    ``paragraphs`` is left out; copies are not.

    Returns the table ``concordance``: ``term`` as asked for, ``doc_id``, the paragraph's
    ``place``, ``file``, ``line`` and ``column`` of the first character in the raw file (from 1, see
    :func:`locate`; empty and 0 without ``documents``), ``para_id`` and ``start``, the offset in
    the paragraph's text, ``match``, and ``left`` and ``right``, up to ``width`` characters of the
    cleaned paragraph before and behind it: they end with the paragraph and are not padded.

    ``sort``: terms by name, and those of a term by ``position`` (document, line, column); by
    ``right``, the characters behind the match as they are read; or by ``left``, those before it
    from the match backwards; both by code point, ties by position.

    It quotes the texts: publish it only where they may be published.

    :class:`UnknownNameError` for a term that stands nowhere, unless it is one of ``lexicon``
    (default: the built-in one), which has no lines then; for a document that ``documents`` lack;
    and for an unknown ``sort``. :class:`StudyError` for a ``width`` that is no whole number.
    """
    if sort not in SORTS:
        raise UnknownNameError(f"no sort {sort!r}; there are: {', '.join(SORTS)}")
    check_whole(0, width=width)
    asked = sorted({term} if isinstance(term, str) else set(term))
    tokens, paragraphs = check(tokens, "tokens"), check(paragraphs, "paragraphs")
    found = tokens[["token", *_SPAN]].set_axis(["term", *_SPAN], axis=1)
    found = found.assign(surface=found["term"])
    spans = pd.concat([_where(one, found, _occurring(occurrences)) for one in asked] or [found[:0]])
    _check_found(asked, spans, tokens, paragraphs, lexicon)
    here = spans[spans["para_id"].isin(paragraphs["para_id"])].reset_index(drop=True)
    lines = _located(here, paragraphs, documents).assign(**_contexts(here, paragraphs, width))
    table = arrange(lines.rename(columns={"surface": "match"}), "concordance")
    return table if sort == "position" else _by_context(table, sort)


def _by_context(table: pd.DataFrame, side: str) -> pd.DataFrame:
    """The lines of each term by what stands on one side, from the match on."""
    shown = table["right"] if side == "right" else table["left"].str[::-1]
    keys = table[["term"]].assign(shown=shown)
    return table.loc[keys.sort_values(["term", "shown"], kind="stable").index].reset_index(
        drop=True
    )


def _occurring(occurrences: pd.DataFrame | None) -> pd.DataFrame:
    return empty("occurrences") if occurrences is None else check(occurrences, "occurrences")


def _where(term: str, tokens: pd.DataFrame, occurrences: pd.DataFrame) -> pd.DataFrame:
    """The spans of ``term``: its occurrences, else those of a variant, else its tokens."""
    for column in ("keyword", "surface"):
        found = occurrences[occurrences[column] == term]
        if len(found):
            return found[[*_SPAN, "surface"]].assign(term=term)
    return tokens[tokens["term"] == term]


def _check_found(
    asked: list[str],
    spans: pd.DataFrame,
    tokens: pd.DataFrame,
    paragraphs: pd.DataFrame,
    lexicon: Source,
) -> None:
    """:class:`UnknownNameError` for a term that stands nowhere and that the lexicon lacks."""
    missing = sorted(set(asked) - set(spans["term"]))
    known = set(read_lexicon(lexicon)["term"]) if missing else set()
    searched = counted(paragraphs)["text"]
    for term in missing:
        if term in known:
            continue
        as_string = int(searched.str.count(re.escape(term)).sum()) if term else 0
        how = (
            f"; the string stands there {as_string}×, within or across other tokens (find it with "
            f" occurrences=find_terms(paragraphs, ['{term}'], accidents='counted'))"
            if as_string
            else nearest(term, {*tokens["token"].unique(), *known})
        )
        raise UnknownNameError(f"'{term}' is neither a token of the texts nor a term{how}")


def _located(
    spans: pd.DataFrame, paragraphs: pd.DataFrame, documents: pd.DataFrame | None
) -> pd.DataFrame:
    """``spans`` with place, file, line and column."""
    place = paragraphs.set_index("para_id")["place"]
    spans = spans.assign(place=spans["para_id"].map(place))
    if documents is None:
        return spans.assign(file="", line=0, column=0)
    lacking = sorted(set(spans["doc_id"]) - set(documents["doc_id"]))
    if lacking:
        raise UnknownNameError(f"documents lack '{lacking[0]}', in which a term stands")
    return locate(spans, paragraphs, documents)


def _contexts(spans: pd.DataFrame, paragraphs: pd.DataFrame, width: int) -> dict[str, list[str]]:
    """What stands before and behind each span."""
    texts = dict(zip(paragraphs["para_id"], paragraphs["text"], strict=True))
    left, right = [], []
    columns = (spans[name].tolist() for name in ("para_id", "start", "end", "surface"))
    for para_id, start, end, surface in zip(*columns, strict=True):
        text = texts[para_id]
        if text[start:end] != surface:
            raise TableError(
                f"'{surface}' does not stand at {start} in the paragraph '{para_id}': "
                "these are not the paragraphs that were segmented"
            )
        left.append(text[max(0, start - width) : start])
        right.append(text[end : end + width])
    return {"left": left, "right": right}
