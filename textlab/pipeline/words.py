"""What the stages that compare words are given: places, counts, words that are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textlab.pipeline.slices import LONG

if TYPE_CHECKING:
    import pandas as pd

    from textlab.pipeline.stages import Job


def paragraphs_of(job: Job) -> pd.DataFrame:
    """The paragraphs without their texts."""
    return job.table("paragraphs", blank=LONG)


def spoken_places(job: Job) -> pd.Series:
    """The place of each paragraph, none for copies."""
    from textlab.tokens.counting import places_of

    return places_of(paragraphs_of(job))


def groups_by(job: Job, column: str) -> str | pd.Series:
    """The groups of ``column`` for verbs: a column of paragraphs, or one of the manifest."""
    from textlab.errors import StudyError, UnknownNameError
    from textlab.tokens.groups import column_of

    if column in ("place", "doc_id"):
        return column
    try:
        return column_of(paragraphs_of(job), job.table("documents", blank=("text",)), column)
    except UnknownNameError as error:
        raise StudyError(f"[statistics] {error}") from None


def chosen_tokens(job: Job) -> pd.DataFrame:
    """The tokens, of some parts of speech only where the study asks for these."""
    from textlab.tokens.tags import keep_tags

    words, wanted = job.table("tokens"), job.study.segmentation.tags
    return keep_tags(words, job.table("tags"), wanted) if wanted else words


def content_counts(job: Job, by: str | pd.Series) -> pd.DataFrame:
    """Counts of content words: no stopwords, no names of the places, no short words."""
    from textlab.tokens.counting import count
    from textlab.tokens.kinds import CONTENT_KINDS

    return count(
        chosen_tokens(job),
        by=by,
        kinds=CONTENT_KINDS,
        exclude=left_out(job),
        min_length=job.study.tokens.min_length,
    )


def under_heads(counts: pd.DataFrame, lexicon: pd.DataFrame) -> pd.DataFrame:
    """``counts`` in which variants of a term of the lexicon count for it."""
    from textlab.language.lexicon import heads
    from textlab.schema import arrange

    term = counts["term"].map(heads(lexicon)).fillna(counts["term"])
    summed = counts.assign(term=term).groupby(["unit", "term"])[["n"]].sum()
    return arrange(summed.reset_index(), "counts")


def left_out(job: Job) -> frozenset[str]:
    """The words that the study leaves out of keyness, similarity, collocations and topics."""
    from textlab.pipeline.stoplists import excluded, study_stopwords

    return excluded(
        job.study,
        job.table("tokens"),
        paragraphs_of(job),
        job.table("lexicon"),
        stopwords=study_stopwords(job.study),
    )
