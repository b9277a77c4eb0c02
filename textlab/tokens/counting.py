"""Tokens -> counts, and counts -> a document-term matrix."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from textlab import schema
from textlab.errors import TableError, UnknownNameError, nearest
from textlab.language.stopwords import stopwords as builtin_stopwords
from textlab.places.names import index, stem_of
from textlab.tokens.kinds import CONTENT_KINDS, COUNTED_KINDS

Codes = NDArray[np.intp]


def count(
    tokens: pd.DataFrame,
    by: str | pd.Series = "doc_id",
    *,
    kinds: Iterable[str] = COUNTED_KINDS,
    exclude: Collection[str] = (),
    min_length: int = 1,
) -> pd.DataFrame:
    """How often each token stands in each unit: unit, term, n.

    ``by``: a column of ``tokens``, or a Series indexed by para_id that gives each paragraph's
    unit (a place, say); paragraphs without one (missing or empty) are left out. ``kinds``:
    the kinds of token that count; terms in ``exclude`` and those shorter than ``min_length``
    do not. Every character counts once, for the longest lexicon term that covers it: rates of
    lexicon terms come from :func:`keyword_frequencies`, which knows nested ones too.
    """
    unit, units = units_of(tokens, by)
    term, terms = pd.factorize(tokens["token"], sort=True)
    wanted = ~terms.isin(list(exclude))
    if min_length > 1:
        wanted &= np.asarray(terms.str.len() >= min_length, dtype=bool)
    # One more, for the tokens that are missing, which are at -1.
    keep = np.append(wanted, False)[term] & (unit >= 0) & tokens["kind"].isin(list(kinds))
    # Units and terms are sorted, so that their pairs are too.
    pairs, n = np.unique(unit[keep] * len(terms) + term[keep], return_counts=True)
    at = np.divmod(pairs, max(len(terms), 1))
    table = pd.DataFrame({"unit": units.take(at[0]), "term": terms.take(at[1]), "n": n})
    return schema.arrange(table, "counts")


def paragraph_sizes(tokens: pd.DataFrame) -> pd.DataFrame:
    """How many tokens of each paragraph count (``COUNTED_KINDS``): the table ``sizes``.

    Columns para_id, doc_id, tokens; a paragraph of punctuation only has 0.
    """
    tokens = schema.check(tokens, "tokens")
    paragraph, para_id = pd.factorize(tokens["para_id"])
    counted = tokens["kind"].isin(COUNTED_KINDS).to_numpy()
    first = np.zeros(len(para_id), dtype=np.intp)
    # From the end, so that what stays is where each begins.
    first[paragraph[::-1]] = np.arange(len(tokens))[::-1]
    sizes = {
        "para_id": para_id,
        "doc_id": tokens["doc_id"].array[first],
        "tokens": np.bincount(paragraph[counted], minlength=len(para_id)),
    }
    return schema.arrange(pd.DataFrame(sizes), "sizes")


def units_of(tokens: pd.DataFrame, by: str | pd.Series) -> tuple[Codes, pd.Index[str]]:
    """The unit of each token as its place in the names, which are sorted; -1 without one."""
    if isinstance(by, pd.Series):
        code, para_id = pd.factorize(tokens["para_id"])
        named = _of_paragraphs(pd.Index(para_id), by)
    else:
        _check_column(tokens, by)
        code, values = pd.factorize(tokens[by])
        named = pd.Index(values).astype(str)
    rank, units = pd.factorize(named, sort=True)
    rank[np.asarray(named == "")] = -1
    return np.append(rank, -1)[code], units


def _of_paragraphs(para_id: pd.Index[str], by: pd.Series) -> pd.Index[str]:
    """The units of these paragraphs; missing or empty for those that have none."""
    # Text before it is mapped: years that are whole numbers would come out as 2024.0.
    groups = by.dropna().astype(str)
    if groups.index.has_duplicates:
        twice = groups.index[groups.index.duplicated()][0]
        raise TableError(f"'by' wants one unit a para_id; {twice!r} is there twice")
    units = groups.reindex(para_id)
    if len(groups) and len(units) and not units.notna().any():
        raise TableError(
            f"'by' wants a Series indexed by para_id such as {para_id[0]!r}; "
            f"its index begins with {groups.index[0]!r}"
        )
    return pd.Index(units)


def _check_column(tokens: pd.DataFrame, by: str) -> None:
    if by not in tokens.columns:
        near = nearest(by, map(str, tokens.columns))
        there = ", ".join(map(str, tokens.columns))
        raise UnknownNameError(
            f"tokens have no column '{by}'{near} (there are: {there}); "
            "for any other grouping give a Series indexed by para_id"
        )


def places_of(paragraphs: pd.DataFrame, *, copies: bool = False) -> pd.Series:
    """The place of each paragraph, for ``by`` in :func:`count`: a Series indexed by para_id.

    Empty, and so not counted, where a paragraph has no place, and where it is a copy
    (``duplicate_of``) unless ``copies`` is true: a text that two places print counts once,
    with its original.
    """
    checked = schema.check(paragraphs, "paragraphs").set_index("para_id")
    places = checked["place"]
    return places if copies else places.where(checked["duplicate_of"] == "", "")


def parts_of(paragraphs: pd.DataFrame) -> pd.DataFrame:
    """What each document says for one place: columns part and place, indexed by para_id.

    ``part`` is ``doc_id@place``, a unit for ``by`` in :func:`count` where a document speaks for
    several places. Both are empty where a paragraph has no place or is a copy.
    """
    place = places_of(paragraphs)
    doc_id = paragraphs.set_index("para_id")["doc_id"].astype(str)
    return pd.DataFrame({"part": (doc_id + "@" + place).where(place != "", ""), "place": place})


def document_term_matrix(counts: pd.DataFrame) -> pd.DataFrame:
    """Units as rows, terms as columns, counts as whole numbers, both by name.

    Dense: fit for looking at, not for hundreds of thousands of units.
    """
    table = schema.check(counts, "counts")
    wide = table.pivot(index="unit", columns="term", values="n")
    return wide.sort_index(axis=0).sort_index(axis=1).fillna(0).astype("int64")


def place_names(places: Iterable[str]) -> frozenset[str]:
    """The names in ``places`` and their short forms: 眉山市 and 眉山.

    The name of a place tells it from the others without saying anything: leave these out of
    keyness, similarity and topics.
    """
    full = {place for place in places if place}
    short = {unit.short for place in full for unit in index().full.get(place, ())}
    return frozenset((full | short | {stem_of(place) for place in full}) - {""})


def stoplist(
    tokens: pd.DataFrame,
    *,
    stopwords: Collection[str] | None = None,
    places: Iterable[str] = (),
) -> frozenset[str]:
    """The tokens that tell nothing of a subject, for ``exclude`` in counting and keyness.

    ``stopwords`` (default: the built-in ones), numbers and Latin, and every word that holds a
    name of ``places``: where 乐山市 is compared, 乐山 and 乐山大佛 set it apart trivially.
    Lexicon terms stay, whatever name they hold.
    """
    names = place_names(places)
    words = tokens["token"][tokens["kind"] == "word"].unique()
    lengths = {len(name) for name in names}
    naming = {word for word in words if not names.isdisjoint(_parts(word, lengths))}
    others = tokens["token"][~tokens["kind"].isin(CONTENT_KINDS)].unique()
    chosen = builtin_stopwords() if stopwords is None else stopwords
    return frozenset({*chosen, *naming, *others})


def _parts(word: str, lengths: Iterable[int]) -> Iterator[str]:
    """All the stretches of ``word`` that have one of these lengths."""
    for length in lengths:
        for start in range(len(word) - length + 1):
            yield word[start : start + length]
