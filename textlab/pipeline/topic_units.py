"""What the stages of topics are given: units of analysis, their counts, and how to fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from textlab.errors import StudyError, nearest
from textlab.pipeline.words import chosen_tokens, content_counts, paragraphs_of

if TYPE_CHECKING:
    import pandas as pd

    from textlab.config import Study
    from textlab.pipeline.stages import Job
    from textlab.topics.options import Options


class TopicUnits(NamedTuple):
    """The units that topics are shares of.

    ``of_paragraphs`` (indexed by para_id, "" for copies) names the unit of each paragraph;
    ``counts`` are their content words; ``documents`` and ``places`` are indexed by unit.
    """

    of_paragraphs: pd.Series
    counts: pd.DataFrame
    documents: pd.Series
    places: pd.Series


def topic_units(job: Job) -> TopicUnits:
    """The units of the study's ``[topics] unit``; copies are in none."""
    paragraphs = paragraphs_of(job)
    unit = units_of(job.study, paragraphs, job.table("sizes"))
    rows = paragraphs.assign(unit=unit.to_numpy())
    rows = rows[rows["unit"] != ""]
    first = rows.drop_duplicates("unit").set_index("unit")
    # A document that speaks for several places is of none of them.
    several = rows[rows["place"] != ""].groupby("unit")["place"].nunique() > 1
    named = rows.groupby("unit")["place"].max()
    places = named.where(~several.reindex(named.index, fill_value=False), "")
    return TopicUnits(unit, content_counts(job, unit), first["doc_id"], places)


def units_of(
    study: Study, paragraphs: pd.DataFrame, sizes: pd.DataFrame, *, place: bool = True
) -> pd.Series:
    """The unit of each paragraph, "" for copies: a Series in the order of ``paragraphs``.

    Pooled units end where the ``place`` changes, unless this is false.
    """
    from textlab.topics.pooling import pool_paragraphs

    asked = study.topics
    if asked.unit == "pooled":
        return pool_paragraphs(paragraphs, sizes, length=asked.pool, place=place)
    named = paragraphs.set_index("para_id", drop=False)
    name = named["para_id" if asked.unit == "paragraph" else "doc_id"].astype("str")
    return name.where(named["duplicate_of"] == "", "").rename("unit")


def whole_units(
    study: Study, paragraphs: pd.DataFrame, sizes: pd.DataFrame
) -> tuple[pd.Series, pd.Series]:
    """The units of documents as they stand, copies and all, and the document of each.

    ``sizes`` may be the table ``tokens``. Places make no difference.
    """
    whole = paragraphs.assign(duplicate_of="")
    unit = units_of(study, whole, sizes, place=False)
    rows = whole.assign(unit=unit.to_numpy()).drop_duplicates("unit")
    return unit, rows[rows["unit"] != ""].set_index("unit")["doc_id"]


def fit_arguments(job: Job) -> Options:
    """What the study says of how topics are fitted, but for their number."""
    section, lexicon = job.study.topics, job.table("lexicon")
    return {
        "seed": job.study.study.seed,
        "start": section.start,
        "passes": section.passes,
        "prior": section.prior,
        "alpha": section.alpha,
        "seeded": _seeded(lexicon, section.seeded),
        "min_units": section.min_units,
        "max_share": section.max_share,
        "keep": lexicon["term"].tolist(),
    }


def original_tokens(job: Job) -> pd.DataFrame:
    """The tokens that are no copies, for the company that words keep."""
    from textlab.cleaning.duplicates import without_copies

    tokens = chosen_tokens(job)
    return tokens[tokens["para_id"].isin(without_copies(paragraphs_of(job))["para_id"])]


def _seeded(lexicon: pd.DataFrame, categories: Sequence[str]) -> dict[str, list[str]]:
    """The terms of each of these categories of the lexicon; :class:`StudyError` for none."""
    there = sorted(set(lexicon["category"]) - {""})
    for name in categories:
        if name not in there:
            raise StudyError(
                f"[topics] seeded: no category '{name}' in the lexicon{nearest(name, there)}; "
                f"there are: {', '.join(there)}"
            )
    by_category = lexicon.groupby("category")["term"]
    return {name: by_category.get_group(name).tolist() for name in categories}
