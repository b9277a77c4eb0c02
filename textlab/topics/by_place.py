"""Topic shares of places, from those of the units that speak for them."""

from __future__ import annotations

import pandas as pd

from textlab.errors import ModelError, UnknownNameError
from textlab.schema import arrange, empty


def place_shares(
    document_topics: pd.DataFrame, tokens: pd.Series[int], places: pd.Series[str]
) -> pd.DataFrame:
    """Table ``topic_by_place``: place, topic, share, documents.

    ``document_topics`` has unit, topic and share, complete (as in a ``TopicModel``); ``tokens``
    and ``places`` are indexed by unit: its number of tokens, 1 or more, and its place, "" for
    none. ``share`` is the mean over the place's units weighted by their tokens, so the shares
    of a place sum to 1; ``documents`` is the number of these units. Units without a place are
    left out. A long unit weighs more: with few units a place's shares are those of its longest.

    Raises :class:`UnknownNameError` for a unit that ``tokens`` or ``places`` do not know.
    """
    units = document_topics["unit"].unique()
    _check_units(units.tolist(), tokens, places)
    rows = document_topics.assign(
        place=document_topics["unit"].map(places), tokens=document_topics["unit"].map(tokens)
    )
    rows = rows[rows["place"] != ""]
    if rows.empty:
        return empty("topic_by_place")
    # Summing in one order, whatever the order of the rows given.
    rows = rows.sort_values(["place", "topic", "unit"], kind="stable")
    rows["weighted"] = rows["share"] * rows["tokens"]
    sums = rows.groupby(["place", "topic"], as_index=False).agg(
        weighted=("weighted", "sum"), tokens=("tokens", "sum"), documents=("unit", "nunique")
    )
    return arrange(sums.assign(share=sums["weighted"] / sums["tokens"]), "topic_by_place")


def _check_units(units: list[str], tokens: pd.Series[int], places: pd.Series[str]) -> None:
    for name, known in (("tokens", tokens), ("places", places)):
        missing = sorted(set(units) - set(known.index))
        if missing:
            raise UnknownNameError(
                f"{name} wants a value for every unit of document_topics; "
                f"missing for {len(missing)}, the first '{missing[0]}'"
            )
    weights = tokens.loc[units]
    wrong = ~(weights >= 1)
    if wrong.any():
        unit = sorted(weights.index[wrong])[0]
        raise ModelError(
            f"tokens wants 1 or more for every unit, found {weights[unit]} for '{unit}'"
        )
