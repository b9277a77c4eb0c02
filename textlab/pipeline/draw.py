"""Stage ``figures``: result tables -> PNG and PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd
    from matplotlib.figure import Figure

    from textlab.config import Study
    from textlab.pipeline.stages import Job, Tables
    from textlab.pipeline.store import Output


# Names of more units than these fill no page that can be read.
MOST_ROWS, MOST_PAIRED, MOST_BARS = 40, 60, 12


def draw(job: Job) -> Tables:
    """Draw what the tables have something to show for; the rest is left out, and said so."""
    from textlab.workers import Task

    tasks = [Task((job.study, job.outputs, job.folder, name), dict) for name in PARTS]
    for warnings in job.workers.map(draw_part, tasks):
        job.warnings.extend(warnings)
    return {}


def draw_part(study: Study, outputs: dict[str, Output], folder: Path, part: str) -> list[str]:
    """Draw and save the figures of one of ``PARTS``, in any process; its warnings."""
    from textlab.output import figures
    from textlab.pipeline.stages import Job
    from textlab.workers import Workers

    job = Job(study, outputs, folder, Workers())
    language = study.figures.language
    options: dict[str, Any] = {
        "language": language,
        "labels": _labels(job.table("lexicon")) if language == "en" else None,
    }
    for name, figure in sorted(PARTS[part](job, options).items()):
        figures.save_figure(figure, folder / "figures", name)
    return job.warnings


def _keywords(job: Job, options: dict[str, Any]) -> dict[str, Figure]:
    from textlab.output import figures

    by_place, by_document = job.table("keyword_by_place"), job.table("keyword_by_document")
    drawn: dict[str, Figure] = {}
    if by_place["place"].nunique() >= 2 and by_place["count"].any():
        top = job.study.figures.top
        drawn["keyword_heatmap"] = figures.keyword_heatmap(by_place, top=top, **options)
        if _has_room(job, "keyword_bars", by_place["place"].nunique(), MOST_ROWS):
            drawn["keyword_bars"] = figures.keyword_bars(by_place, **options)
    elif by_document["count"].any() and _has_room(
        job, "keyword_bars", by_document["doc_id"].nunique(), MOST_ROWS
    ):
        drawn["keyword_bars"] = figures.keyword_bars(by_document, by="doc_id", **options)
    return drawn


def _contrasts(job: Job, options: dict[str, Any]) -> dict[str, Figure]:
    """Keyness, change over time, and the map of terms and places."""
    from textlab.output import figures

    keyness, change = job.table("keyness"), job.table("keyword_change")
    points, inertia = job.table("correspondence"), job.table("correspondence_inertia")
    drawn: dict[str, Figure] = {}
    if keyness.loc[keyness["n_target"] > 0, "dp_target"].notna().any():
        drawn["keyness"] = figures.keyness_plot(keyness, **options)
    if ((change["place"] == "") & change["log_ratio"].notna()).any():
        drawn["keyword_change"] = figures.keyword_change_plot(change, **options)
    if len(inertia) >= 2:
        drawn["correspondence"] = figures.correspondence_map(points, inertia, **options)
    return drawn


def _topics(job: Job, options: dict[str, Any]) -> dict[str, Figure]:
    """The topics, their map, and their shares of places and periods; weak topics greyed."""
    from textlab.output import figures

    topics, points = job.table("topics"), job.table("topic_map")
    places, periods = job.table("topic_by_place"), job.table("topic_by_period")
    more = _greyed(job, options)
    drawn: dict[str, Figure] = {}
    if len(topics):
        drawn["topic_terms"] = figures.topic_terms(topics, **more)
    if places["place"].nunique() >= 2:
        drawn["topic_shares"] = figures.topic_shares(places, topics, **more)
        if places["place"].nunique() <= MOST_BARS and places["low"].notna().any():
            drawn["topic_share_intervals"] = figures.topic_share_intervals(places, topics, **more)
    if periods["period"].nunique() >= 2:
        drawn["topic_periods"] = figures.topic_periods(periods, topics, **more)
    if len(points) >= 3:
        drawn["topic_map"] = figures.topic_map_plot(points, **more)
    return drawn


def _topic_choices(job: Job, options: dict[str, Any]) -> dict[str, Figure]:
    """How many topics there are, and how their shares differ with the columns of the manifest."""
    from textlab.output import figures

    effects, selection = job.table("topic_effects"), job.table("topic_selection")
    drawn: dict[str, Figure] = {}
    # A difference without an interval, of places with a document each, is none to look at.
    effects = effects[effects["low"].notna() & effects["high"].notna()]
    for kind in ("coefficient", "contrast"):
        if (effects["kind"] == kind).any():
            drawn[f"topic_{kind}s"] = figures.effects_plot(
                effects, kind=kind, **_greyed(job, options)
            )
    if selection["k"].nunique() >= 2:
        drawn["topic_selection"] = figures.selection_curves(selection, language=options["language"])
    return drawn


def _greyed(job: Job, options: dict[str, Any]) -> dict[str, Any]:
    quality = job.table("topic_quality")
    return options | {"quality": quality if len(quality) else None}


def _likeness(job: Job, options: dict[str, Any]) -> dict[str, Figure]:
    from textlab.output import figures

    drawn: dict[str, Figure] = {}
    clusters, places = job.table("clusters"), job.table("similarity_map")
    for name, of in (("place_similarity", "place"), ("document_similarity", "doc_id")):
        table = job.table(name)
        units = table.iloc[:, 0].nunique() + 1
        known = len(table) and table["cosine"].notna().all()
        if known and _has_room(job, name, units, MOST_PAIRED):
            drawn[name] = figures.similarity_clustermap(
                table, clusters=clusters[clusters["of"] == of], **options
            )
    places = places[(places["of"] == "place") & places["x"].notna()]
    if len(places) >= 3 and _has_room(job, "place_map", len(places), MOST_PAIRED):
        drawn["place_map"] = figures.similarity_map(places, **options)
    return drawn


def _network(job: Job, options: dict[str, Any]) -> dict[str, Figure]:
    from textlab.output import figures

    links = job.table("network_links")
    if links.empty:
        return {}
    return {"network": figures.network_plot(job.table("network_terms"), links, **options)}


def _has_room(job: Job, name: str, units: int, most: int) -> bool:
    if units > most:
        job.warnings.append(
            f"figures/{name} is not drawn: {units} names, and at most {most} can be read; "
            "the table has them all"
        )
    return units <= most


def _labels(lexicon: pd.DataFrame) -> dict[str, str]:
    """The English label of each term that has one."""
    named = lexicon[lexicon["label_en"] != ""]
    return dict(zip(named["term"], named["label_en"], strict=True))


PARTS: dict[str, Callable[[Job, dict[str, Any]], dict[str, Figure]]] = {
    "topics": _topics,
    "keywords": _keywords,
    "likeness": _likeness,
    "contrasts": _contrasts,
    "topic choices": _topic_choices,
    "network": _network,
}
