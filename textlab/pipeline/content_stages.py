"""The stages keyness, similarity and topics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textlab.pipeline.slices import LONG

if TYPE_CHECKING:
    import pandas as pd

    from textlab.pipeline.stages import Job, Tables


def keyness(job: Job) -> Tables:
    """Stage ``keyness``: each place against the rest."""
    from textlab.analysis.keyness import keyness
    from textlab.tokens.counting import count

    words, place = job.table("tokens"), _places(job)
    if _fewer_than_two(place):
        job.warnings.append(
            "fewer than two places: keyness, place_similarity and the figures that compare places "
            "are empty (give places in the column 'place' of documents.csv)"
        )
    else:
        lost = _documents_without_place(job)
        if lost:
            job.warnings.append(
                f"{lost} documents have no place and are in no table by place "
                "(give it in the column 'place' of documents.csv)"
            )
    counts = count(words, by=place)
    section = job.study.tokens
    table = keyness(
        counts,
        min_count=job.study.statistics.min_count,
        exclude=_excluded(job, words),
        min_length=section.min_length,
    )
    return {"keyness": table}


def similarity(job: Job) -> Tables:
    """Stage ``similarity``: places and documents, pair by pair."""
    from textlab.analysis.similarity import compare_documents, compare_places

    by_document = _content(job, "doc_id")
    return {
        "place_similarity": compare_places(_content(job, _places(job)), reference=by_document),
        "document_similarity": compare_documents(by_document),
    }


def topics(job: Job) -> Tables:
    """Stage ``topics``: LDA started from an NMF; K given, or picked from a grid."""
    from textlab.pipeline.topic_tables import topic_tables
    from textlab.tokens.counting import parts_of

    unit = "para_id" if job.study.topics.unit == "paragraph" else "doc_id"
    parts = parts_of(job.table("paragraphs", blank=LONG))
    return topic_tables(
        job,
        units=_content(job, unit),
        documents=_content(job, "doc_id"),
        parts=_content(job, parts["part"]),
        place=parts.drop_duplicates("part").set_index("part")["place"],
        lexicon=job.table("lexicon")["term"].tolist(),
    )


def _places(job: Job) -> pd.Series:
    from textlab.tokens.counting import places_of

    return places_of(job.table("paragraphs", blank=LONG))


def _documents_without_place(job: Job) -> int:
    places = job.table("paragraphs", blank=LONG).groupby("doc_id")["place"].max()
    return int((places == "").sum())


def _fewer_than_two(place: pd.Series) -> bool:
    return place[place != ""].nunique() < 2


def _content(job: Job, by: str | pd.Series) -> pd.DataFrame:
    """Counts of content words: no stopwords, no names of the places, no short words."""
    from textlab.tokens.counting import count
    from textlab.tokens.kinds import CONTENT_KINDS
    from textlab.tokens.tags import keep_tags

    words, wanted = job.table("tokens"), job.study.segmentation.tags
    return count(
        keep_tags(words, job.table("tags"), wanted) if wanted else words,
        by=by,
        kinds=CONTENT_KINDS,
        exclude=_excluded(job, words),
        min_length=job.study.tokens.min_length,
    )


def _excluded(job: Job, words: pd.DataFrame) -> frozenset[str]:
    from textlab.pipeline.stoplists import excluded, study_stopwords

    chosen = study_stopwords(job.study)
    return excluded(
        job.study,
        words,
        job.table("paragraphs", blank=LONG),
        job.table("lexicon"),
        stopwords=chosen,
    )
