"""Topic shares of documents, put together from those of their units."""

from __future__ import annotations

import numpy as np
import pandas as pd

from textlab.errors import UnknownNameError
from textlab.schema import arrange, empty
from textlab.statistics.sampling import added
from textlab.topics.model import TopicModel, share_bounds


def document_shares(
    model: TopicModel, counts: pd.DataFrame, documents: pd.Series[str]
) -> pd.DataFrame:
    """Table ``topic_by_document``: doc_id, topic, share, low, high.

    ``counts`` (unit, term, n) are those of the units that the model was fitted to, or of new ones
    like them; ``documents`` (indexed by unit) names the document of each. A document's share is
    the expected share of the topic among its words of the vocabulary, as a place's is in
    :func:`~textlab.topics.by_place.place_shares`; those of a document sum to 1. One without any
    term of the vocabulary has no row.

    ``low`` and ``high`` bound the middle 95 % of what the words leave open: the units' posteriors
    are independent, and their mean by tokens has about a beta distribution of the same mean and
    variance. Topics are taken as known, and so is that the text is what it is: how it might have
    been written otherwise is not in them.

    UnknownNameError for a unit that ``documents`` do not have.
    """
    said = model.posterior(counts)
    missing = sorted(set(said.units) - set(documents.index))
    if missing:
        raise UnknownNameError(
            f"documents want the document of every unit; missing for {len(missing)}, "
            f"the first '{missing[0]}'"
        )
    if not said.units:
        return empty("topic_by_document")
    names = documents.loc[said.units].astype(str)
    code, doc_id = pd.factorize(names, sort=True)
    spread = said.shares * (1 - said.shares) / (said.gamma.sum(axis=1, keepdims=True) + 1)
    weight = said.tokens[:, np.newaxis]
    size = np.bincount(code, said.tokens)[:, np.newaxis]
    mean = added(said.shares * weight, code, len(doc_id)) / size
    # Of one topic nothing varies, and its bounds are its share.
    variance = np.maximum(
        added(spread * weight**2, code, len(doc_id)) / size**2, np.finfo("float64").tiny
    )
    low, high = share_bounds(mean, mean * (1 - mean) / variance - 1)
    # Without the prior, which would lean units of few words to what is usual.
    share = added(said.gamma - model.alpha, code, len(doc_id)) / size
    columns = {
        "doc_id": np.repeat(np.asarray(doc_id, dtype=object), model.k),
        "topic": np.tile(model.numbers, len(doc_id)),
        "share": share.ravel(),
        "low": np.minimum(low, share).ravel(),
        "high": np.maximum(high, share).ravel(),
    }
    return arrange(pd.DataFrame(columns), "topic_by_document")
