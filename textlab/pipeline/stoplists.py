"""The words that a study leaves out of keyness, similarity and topics."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from textlab.config import Study

if TYPE_CHECKING:
    import pandas as pd


def study_stopwords(study: Study) -> frozenset[str]:
    """The study's own stopwords, and the built-in ones that it wants."""
    from textlab.language.stopwords import stopwords

    section = study.tokens
    own = section.stopwords
    chosen = frozenset(own) if isinstance(own, list) else stopwords(study.locate(own))
    if section.builtin_stopwords:
        chosen |= stopwords(groups=section.stopword_groups or None)
    return chosen


def excluded(
    study: Study,
    tokens: pd.DataFrame,
    paragraphs: pd.DataFrame,
    lexicon: pd.DataFrame,
    *,
    stopwords: Collection[str],
) -> frozenset[str]:
    """``stopwords``, numbers and Latin, and, as the study says, names of the places and what is
    in too few or too large a share of the documents (never a term of the lexicon).
    """
    from textlab.tokens.counting import count, places_of, stoplist
    from textlab.tokens.filters import rare_and_common

    section = study.tokens
    places = places_of(paragraphs) if section.drop_place_names else ()
    listed = stoplist(tokens, stopwords=stopwords, places=places)
    if section.min_documents == 1 and section.max_document_share == 1:
        return listed
    return listed | rare_and_common(
        count(tokens, "doc_id"),
        min_documents=section.min_documents,
        max_document_share=section.max_document_share,
        keep=lexicon["term"],
    )
