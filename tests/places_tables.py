"""Documents and paragraphs for the tests of places."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from tests.helpers import make_documents, make_paragraphs
from textlab.places.attribution import attribute_places

Told = list[tuple[str, str]]


def document(place: str = "", *, doc_id: str = "a", **values: str) -> pd.DataFrame:
    """One document; further columns as given."""
    table = make_documents({doc_id: values.get("text", "")}, place=place)
    for column, value in values.items():
        table[column] = value
    return table


def told(
    texts: Sequence[str | tuple[str, str]],
    place: str = "四川省",
    articles: Sequence[int] = (),
    **values: str,
) -> Told:
    """Place and basis of each text, which are the paragraphs of one document."""
    paragraphs = make_paragraphs(texts)
    if articles:
        paragraphs["article"] = list(articles)
    found = attribute_places(paragraphs, document(place, **values))
    return list(zip(found["place"], found["place_basis"], strict=True))


def tell(text: str, place: str = "四川省", **values: str) -> tuple[str, str]:
    """Place and basis of a text that stands alone."""
    return told([text], place, (), **values)[0]
