"""Tokens -> counts, and counts -> a document-term matrix."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd

from textlab import schema
from textlab.errors import TableError, UnknownNameError, nearest
from textlab.language.stopwords import stopwords as builtin_stopwords
from textlab.places.names import index, stem_of

COUNTED_KINDS = ("word", "lexicon", "number", "latin")
CONTENT_KINDS = ("word", "lexicon")


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
    unit = _units(tokens, by)
    keep = tokens["kind"].isin(list(kinds)) & unit.notna() & (unit != "")
    if min_length > 1:
        keep &= tokens["token"].str.len() >= min_length
    if exclude:
        keep &= ~tokens["token"].isin(sorted(exclude))
    counted = pd.DataFrame({"unit": unit[keep].astype(str), "term": tokens["token"][keep]})
    table = counted.value_counts(sort=False).rename("n").reset_index()
    return schema.arrange(table, "counts")


def _units(tokens: pd.DataFrame, by: str | pd.Series) -> pd.Series:
    if isinstance(by, pd.Series):
        # Text before it is mapped: years that are whole numbers would come out as 2024.0.
        groups = by.dropna().astype(str)
        if groups.index.has_duplicates:
            twice = groups.index[groups.index.duplicated()][0]
            raise TableError(f"'by' wants one unit a para_id; {twice!r} is there twice")
        if len(groups) and len(tokens) and not tokens["para_id"].isin(groups.index).any():
            raise TableError(
                f"'by' wants a Series indexed by para_id such as {tokens['para_id'].iloc[0]!r}; "
                f"its index begins with {groups.index[0]!r}"
            )
        return tokens["para_id"].map(groups)
    if by not in tokens.columns:
        near = nearest(by, map(str, tokens.columns))
        there = ", ".join(map(str, tokens.columns))
        raise UnknownNameError(
            f"tokens have no column '{by}'{near} (there are: {there}); "
            "for any other grouping give a Series indexed by para_id"
        )
    return tokens[by]


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
    naming = {word for word in words if any(name in word for name in names)}
    others = tokens["token"][~tokens["kind"].isin(CONTENT_KINDS)].unique()
    chosen = builtin_stopwords() if stopwords is None else stopwords
    return frozenset({*chosen, *naming, *others})
