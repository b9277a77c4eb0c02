"""The stages keyness and similarity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textlab.pipeline.words import (
    content_counts,
    groups_by,
    left_out,
    paragraphs_of,
    spoken_places,
    under_heads,
)

if TYPE_CHECKING:
    import pandas as pd

    from textlab.pipeline.stages import Job, Tables


def keyness(job: Job) -> Tables:
    """Stage ``keyness``: each group against the rest, dispersion, correspondence analysis."""
    from textlab.analysis.correspondence import correspondence
    from textlab.analysis.dispersion import dispersion
    from textlab.analysis.keyness import keyness
    from textlab.tokens.counting import count

    asked, place = job.study.statistics, spoken_places(job)
    _warn_of_places(job, place)
    words = job.table("tokens")
    by = groups_by(job, asked.keyness_by)
    table = keyness(
        count(words, by="para_id"),
        paragraphs=paragraphs_of(job),
        by=by,
        reference=asked.reference or None,
        min_count=asked.min_count,
        exclude=left_out(job),
        min_length=job.study.tokens.min_length,
        resamples=asked.resamples,
        seed=job.study.study.seed,
    )
    # Of all words, names of people and towns would make the dimensions.
    points, inertia = correspondence(
        under_heads(content_counts(job, place), job.table("lexicon")),
        terms=job.table("lexicon")["term"].tolist(),
        min_count=asked.min_count,
    )
    return {
        "keyness": table,
        "dispersion": dispersion(
            count(words, by=_documents(job)),
            lexicon=job.table("lexicon"),
            min_count=asked.min_count,
            exclude=left_out(job),
            min_length=job.study.tokens.min_length,
        ),
        "correspondence": points,
        "correspondence_inertia": inertia,
    }


def _documents(job: Job) -> pd.Series:
    """The document of each paragraph, none for copies."""
    paragraphs = paragraphs_of(job).set_index("para_id")
    return paragraphs["doc_id"].where(paragraphs["duplicate_of"] == "", "")


def _warn_of_places(job: Job, place: pd.Series) -> None:
    if place[place != ""].nunique() < 2:
        job.warnings.append(
            "fewer than two places: keyness, place_similarity and the figures that compare places "
            "are empty (give places in the column 'place' of documents.csv)"
        )
        return
    without = paragraphs_of(job).groupby("doc_id")["place"].max()
    lost = int((without == "").sum())
    if lost:
        job.warnings.append(
            f"{lost} documents have no place and are in no table by place "
            "(give it in the column 'place' of documents.csv)"
        )


def similarity(job: Job) -> Tables:
    """Stage ``similarity``: places and documents, pair by pair; trees and maps of them."""
    import pandas as pd

    from textlab.schema import arrange

    made = list(job.workers.map(compared, [_comparison(job, of) for of in ("place", "doc_id")]))
    return {
        "place_similarity": made[0].similarity,
        "document_similarity": made[1].similarity,
        "clusters": arrange(pd.concat([one.clusters for one in made]), "clusters"),
        "similarity_map": arrange(pd.concat([one.map for one in made]), "similarity_map"),
    }


def _comparison(job: Job, of: str) -> Any:
    """The task of :func:`compared` for places or for documents."""
    from textlab.workers import Task

    options = {
        "of": of,
        "reference": content_counts(job, "doc_id"),
        "paragraphs": paragraphs_of(job),
        "resamples": job.study.statistics.pair_resamples,
        "seed": job.study.study.seed,
    }
    return Task((content_counts(job, "para_id"), options), dict)


def compared(counts: pd.DataFrame, options: dict[str, Any]) -> Any:
    """The comparison of places or of documents; in a worker process, which has its own threads."""
    from threadpoolctl import threadpool_limits

    from textlab.analysis.similarity import compare

    with threadpool_limits(limits=1):
        return compare(counts, **options)
