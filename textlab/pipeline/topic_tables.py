"""The tables of stage ``topics``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textlab.errors import ModelError, StudyError

if TYPE_CHECKING:
    import pandas as pd

    from textlab.pipeline.stages import Job, Tables


def topic_tables(
    job: Job,
    *,
    units: pd.DataFrame,
    documents: pd.DataFrame,
    parts: pd.DataFrame,
    place: pd.Series,
    lexicon: list[str],
) -> Tables:
    """Fit topics to counts of ``units`` and give the shares of documents and of places.

    ``parts`` are the counts of what each document says for one place, and ``place`` is each
    part's. Where K is ``auto`` and the data hold too little
    for two topics, the tables are empty and a warning says so; a K that was asked for and
    cannot be had is an error.
    """
    from textlab.topics.by_place import place_shares
    from textlab.topics.model import fit_topics

    section, seed = job.study.topics, job.study.study.seed
    options: dict[str, Any] = {
        "min_units": section.min_units,
        "max_share": section.max_share,
        "keep": lexicon,
    }
    try:
        k = _chosen(job, units, options) if section.k == "auto" else section.k
        model = fit_topics(units, k, seed=seed, passes=section.passes, **options)
    except ModelError as error:
        if section.k != "auto":
            raise StudyError(f"[topics] {error}") from None
        job.warnings.append(f"no topics: {error}")
        return _empty()
    job.notes["k"] = model.k
    spoken = parts[parts["term"].isin(model.vocabulary)]
    weights = spoken.groupby("unit")["n"].sum()
    for doc_id in model.without_vocabulary(documents):
        job.warnings.append(f"{doc_id} has no topics: none of its words is in the vocabulary")
    return {
        "topics": model.topics,
        "topic_by_document": model.infer(documents).rename(columns={"unit": "doc_id"}),
        "topic_by_place": place_shares(model.infer(spoken), weights, place),
    }


def _chosen(job: Job, units: pd.DataFrame, options: dict[str, Any]) -> int:
    """K by the rule of :func:`choose_k`; the note says what it was chosen from."""
    from textlab.topics.choose import choose_k

    table = choose_k(units, seed=job.study.study.seed, **options)
    rows = table.round(6).to_dict(orient="records")
    job.notes["selection"] = rows
    job.notes["rule"] = "smallest k whose mean NPMI is within one standard error of the best"
    return int(table.loc[table["chosen"] == 1, "k"].iloc[0])


def _empty() -> Tables:
    from textlab.schema import empty

    return {name: empty(name) for name in ("topics", "topic_by_document", "topic_by_place")}
