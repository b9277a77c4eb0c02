"""Stage ``figures``: result tables -> PNG and PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from textlab.pipeline.stages import Job, Tables


def draw(job: Job) -> Tables:
    """Draw what the tables have something to show for; the rest is left out."""
    from textlab.output import figures

    options: dict[str, Any] = {
        "language": job.study.figures.language,
        "labels": _labels(job.table("lexicon")) if job.study.figures.language == "en" else None,
    }
    by_place, by_document = job.table("keyword_by_place"), job.table("keyword_by_document")
    topics, shares = job.table("topics"), job.table("topic_by_place")
    drawn = {}
    if by_place["place"].nunique() >= 2 and by_place["count"].any():
        drawn["keyword_heatmap"] = figures.keyword_heatmap(
            by_place, top=job.study.figures.top, **options
        )
        drawn["keyword_bars"] = figures.keyword_bars(by_place, **options)
    elif by_document["count"].any():
        drawn["keyword_bars"] = figures.keyword_bars(by_document, by="doc_id", **options)
    if len(topics):
        drawn["topic_terms"] = figures.topic_terms(topics, **options)
    if shares["place"].nunique() >= 2:
        drawn["topic_shares"] = figures.topic_shares(shares, topics, **options)
    for name in ("place_similarity", "document_similarity"):
        table = job.table(name)
        if len(table) and table["cosine"].notna().all():
            drawn[name] = figures.similarity_clustermap(table, **options)
    for name, figure in drawn.items():
        figures.save_figure(figure, job.folder / "figures", name)
    return {}


def _labels(lexicon: pd.DataFrame) -> dict[str, str]:
    """The English label of each term that has one."""
    named = lexicon[lexicon["label_en"] != ""]
    return dict(zip(named["term"], named["label_en"], strict=True))
