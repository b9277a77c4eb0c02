"""The verb ``attribute_places``: which place each paragraph speaks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

import numpy as np
import pandas as pd

from textlab import schema
from textlab.errors import StudyError, TableError
from textlab.places.inference import inferred
from textlab.places.judgement import Verdict
from textlab.places.names import Names, year_of
from textlab.places.official import names_of, official_place
from textlab.places.sequence import Paragraph, attribute

FROM = ("text", "document")
NOWHERE = "none"
ABOUT = ("title", "date")
READ = ("article", "role", "text")


def attribute_places(
    paragraphs: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    default: str = "text",
    known: Iterable[str] | None = None,
) -> pd.DataFrame:
    """``paragraphs`` with ``place`` and ``place_basis`` filled; nothing else is changed.

    A place is the official full name of a prefecture or province (眉山市, 四川省); counties roll
    up to their prefecture, a municipality's districts to the municipality. ``place_basis`` says
    why it is a paragraph's:

    - ``speaker``: an office of the place speaks in it (德阳市委书记…表示);
    - ``subject``: its first sentence has the place, or its authority, as subject, or as scene
      (达州拥有…, 在四川，…);
    - ``carried``: the same speaker or place goes on (a name known from above, an open quotation,
      此外, 其中, 该市);
    - ``heading``: it says nothing itself and stands under a heading that names one place;
    - ``province``: the province speaks (我省, 省委…提出): the one of the document's place;
    - ``several``: several places are addressed at once: ``place`` is empty;
    - ``document``, ``inferred``: none of these, so the document's own place, as the manifest gives
      it or as :func:`infer_place` finds it; both are empty where there is none.

    A place in ``documents`` that the gazetteer lacks is found in all texts by its name and short
    form. Ambiguous names (吉林, 市中区) and names that are words besides (朝阳, 白银) count only
    where the document decides. Names are those of the document's year. Nothing is carried over
    the bounds of an article. Furniture keeps its document's place.

    ``default`` is ``text``, or ``document`` to leave every paragraph to its document's place; a
    column ``place_from`` of ``documents`` with either value overrules it document by document;
    ``none`` there says that the document has no place of its own, and none is inferred.
    In a document whose title says that it is an authority's own word (a decision, a plan, a
    government's report) no other place speaks.

    A document's paragraphs are its own affair but for the places that ``documents`` name; so a
    corpus can be worked through in batches of whole documents. Then ``known`` has these places
    of all documents, as ``documents["place"].unique()`` gives them.

    Validity: news and policy texts. Rules of wording, not syntax: precision is preferred, and
    a place that is only an object (支持绵阳…) or an attribute (成都平原) is not addressed.

    Raises :class:`StudyError` for another ``default``, :class:`TableError` for a paragraph of no
    document that was read and for another ``place_from``.
    """
    if default not in FROM:
        raise StudyError(f"[places] from is 'text' or 'document', not {default!r}")
    table = schema.check(paragraphs, "paragraphs")
    listed = schema.check(documents, "documents")
    listed = listed[listed["set_aside"] == ""].set_index("doc_id", drop=False)
    unknown = sorted(set(table["doc_id"].unique()) - set(listed.index))
    if unknown:
        raise TableError(f"paragraphs of {unknown[0]!r}, which is no document that was read")
    names = names_of(documents["place"].astype(str) if known is None else known)
    verdicts = _verdicts(table, listed, names, _from(listed, default))
    table["place"] = pd.Series([place for place, _ in verdicts], dtype="str")
    table["place_basis"] = pd.Series([basis for _, basis in verdicts], dtype="str")
    return table


def _verdicts(
    table: pd.DataFrame, listed: pd.DataFrame, names: Names, from_text: Mapping[str, bool]
) -> list[Verdict]:
    """Place and basis of each paragraph, in the order of the rows."""
    titles, dates = (dict(zip(listed.index, listed[name], strict=True)) for name in ABOUT)
    own = own_places(listed, names)
    found: list[Verdict] = [("", "")] * len(table)
    for doc_id, rows in _by_document(table):
        if from_text[doc_id]:
            year = year_of(str(dates[doc_id]))
            told = attribute(rows, names, own[doc_id], year, str(titles[doc_id]))
        else:
            told = [own[doc_id]] * len(rows)
        for paragraph, verdict in zip(rows, told, strict=True):
            found[paragraph.row] = verdict
    return found


def _by_document(table: pd.DataFrame) -> Iterator[tuple[str, list[Paragraph]]]:
    """The paragraphs of each document in order, one document after the other."""
    numbers, doc_ids = pd.factorize(table["doc_id"])
    order = np.lexsort((table["position"].to_numpy(), numbers))
    columns = (table[name].to_numpy(dtype=object).take(order).tolist() for name in READ)
    rows = map(Paragraph._make, zip(order.tolist(), *columns, strict=True))
    for doc_id, size in zip(doc_ids, np.bincount(numbers).tolist(), strict=True):
        yield doc_id, list(islice(rows, size))


def own_places(listed: pd.DataFrame, names: Names) -> Mapping[str, Verdict]:
    """The place of each document and whether it was given or inferred."""
    given = dict(zip(listed["doc_id"], listed["place"].str.strip(), strict=True))
    blank = listed["doc_id"].map(given) == ""
    nowhere = listed.get("place_from", pd.Series("", index=listed.index)) == NOWHERE
    guesses = (
        dict.fromkeys(listed["doc_id"], "") | inferred(listed[blank & ~nowhere], names).to_dict()
    )
    return {
        doc_id: (official_place(place, names) or place, "document")
        if place
        else (guesses[doc_id], "inferred" if guesses[doc_id] else "")
        for doc_id, place in given.items()
    }


def _from(listed: pd.DataFrame, default: str) -> dict[str, bool]:
    if "place_from" not in listed:
        return dict.fromkeys(listed["doc_id"], default == "text")
    chosen = {}
    for doc_id, given in zip(listed["doc_id"], listed["place_from"].fillna(""), strict=True):
        if given not in ("", NOWHERE, *FROM):
            raise TableError(
                f"table 'documents', column 'place_from', {doc_id!r}: "
                f"wanted text, document, none or nothing, found {given!r}"
            )
        chosen[doc_id] = (given if given in FROM else default) == "text"
    return chosen
