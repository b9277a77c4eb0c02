"""The stages of topics: how many, the model and its tables, trust cards, effects and wording."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textlab.errors import ModelError, StudyError, UnknownNameError
from textlab.pipeline.topic_units import fit_arguments, original_tokens, topic_units, whole_units
from textlab.pipeline.words import content_counts, groups_by, paragraphs_of

if TYPE_CHECKING:
    import pandas as pd

    from textlab.pipeline.stages import Job, Tables
    from textlab.pipeline.topic_units import TopicUnits
    from textlab.topics.model import TopicModel

MODEL = "model"
TABLES = (
    *("topics", "topic_words", "topic_by_document", "topic_by_place", "topic_by_period"),
    *("topic_passages", "topic_map", "topic_history"),
)


def selection(job: Job) -> Tables:
    """Stage ``topic_selection``: where ``k = "auto"``, how topics of each number do."""
    from textlab.schema import empty
    from textlab.topics.select import select_topics
    from textlab.topics.select_rule import selection_reason

    asked = job.study.topics
    if asked.k != "auto":
        return {"topic_selection": empty("topic_selection")}
    units = topic_units(job)
    try:
        table = select_topics(
            units.counts,
            asked.grid or None,
            documents=units.documents,
            tokens=original_tokens(job),
            replicates=asked.replicates,
            workers=job.workers,
            **fit_arguments(job),
        )
    except ModelError as error:
        job.warnings.append(f"no topics: {error}")
        return {"topic_selection": empty("topic_selection")}
    job.notes["reason"] = selection_reason(table)
    return {"topic_selection": table}


def topics(job: Job) -> Tables:
    """Stage ``topics``: the model, and what it says of documents, places and periods."""
    from textlab.pipeline.topic_apply import settings_of, write_model
    from textlab.schema import empty

    k = _number(job)
    if k is None:
        return {name: empty(name) for name in TABLES} | {"ledger": job.table("ledger")}
    units = topic_units(job)
    model = _kept(job, _fitted(job, units, k))
    write_model(job.folder / MODEL, model, job.table("lexicon"), settings_of(job.study))
    job.notes["k"] = model.k
    return _tables(job, units, model)


def _number(job: Job) -> int | None:
    """K as the study says, or as stage ``topic_selection`` chose it; None where it could not."""
    if job.study.topics.k != "auto":
        return job.study.topics.k
    table = job.table("topic_selection")
    return int(table.loc[table["chosen"] == 1, "k"].iloc[0]) if len(table) else None


def _fitted(job: Job, units: TopicUnits, k: int) -> TopicModel:
    from textlab.topics.model import fit_topics

    try:
        return fit_topics(units.counts, k, **fit_arguments(job))
    except ModelError as error:
        raise StudyError(f"[topics] {error}") from None


def _kept(job: Job, model: TopicModel) -> TopicModel:
    """``model`` with the numbers and labels of the study's label file, if it has one."""
    from textlab.pipeline.topic_labels import lost_topics, read_topic_labels
    from textlab.topics.kept import keep_numbers

    named = job.study.topics.labels
    if named is None:
        return model
    kept = keep_numbers(model, read_topic_labels(job.study.locate(named)))
    job.warnings.extend(lost_topics(kept.table, named))
    return kept.model


def _tables(job: Job, units: TopicUnits, model: TopicModel) -> Tables:
    from textlab.schema import empty
    from textlab.topics.by_document import document_shares
    from textlab.topics.by_period import period_shares
    from textlab.topics.by_place import place_shares
    from textlab.topics.map import topic_map
    from textlab.topics.passages import topic_passages
    from textlab.topics.words import topic_words

    paragraphs, documents = paragraphs_of(job), job.table("documents")
    counts = content_counts(job, "para_id")
    own = None if job.study.topics.unit == "paragraph" else units.of_paragraphs
    period = job.study.statistics.period
    whole, of_documents = whole_units(job.study, paragraphs, job.table("sizes"))
    by_document = document_shares(model, content_counts(job, whole), of_documents)
    return {
        "ledger": _ledger(job, model, by_document),
        "topics": model.topics,
        "topic_words": topic_words(model),
        "topic_by_document": by_document,
        "topic_by_place": place_shares(model, counts, paragraphs, units=own),
        "topic_by_period": period_shares(
            model, counts, paragraphs, documents, period=period, units=own
        ),
        "topic_passages": topic_passages(model, counts, job.table("paragraphs"), documents),
        "topic_map": topic_map(model),
        "topic_history": _history(job, units, model.k) if model.k > 1 else empty("topic_history"),
    }


def _ledger(job: Job, model: TopicModel, by_document: pd.DataFrame) -> pd.DataFrame:
    """The ledger, and the documents that have no topics, with their characters."""
    import pandas as pd

    from textlab.schema import arrange

    ledger, read = job.table("ledger"), job.table("documents_read")
    without = read[~read["doc_id"].isin(by_document["doc_id"])]
    reason = f"none of its words is among the {len(model.vocabulary)} of the topic model"
    rows = without[["doc_id", "file", "characters"]].assign(
        stage="topics", what="document", reason=reason
    )
    for doc_id in without["doc_id"]:
        job.warnings.append(f"{doc_id} has no topics: {reason} (tables/ledger.csv)")
    return arrange(pd.concat([ledger, rows], ignore_index=True), "ledger")


def _history(job: Job, units: TopicUnits, k: int) -> pd.DataFrame:
    """Topics of fits to each period alone, matched; empty where fewer than two can be fitted."""
    from textlab.schema import empty
    from textlab.topics.history import fit_periods, topic_history

    period = groups_by(job, job.study.statistics.period)
    assert not isinstance(period, str)
    unit = units.of_paragraphs
    of_units = period.reindex(unit.index).groupby(unit).max()
    try:
        fits = fit_periods(units.counts, of_units, k, **fit_arguments(job))
    except ModelError as error:
        job.notes["history"] = str(error)
        return empty("topic_history")
    if fits.reasons:
        job.notes["history"] = fits.reasons
    return topic_history(fits.models)


def stored_model(job: Job) -> TopicModel | None:
    """The model that stage ``topics`` has stored; None if it found no topics."""
    from textlab.topics.model import TopicModel

    folder = job.outputs["topics"].folder / MODEL
    return TopicModel.load(folder) if folder.is_dir() else None


def quality(job: Job) -> Tables:
    """Stage ``topic_quality``: how far each topic can be trusted."""
    from textlab.schema import empty
    from textlab.topics.quality import topic_quality

    model = stored_model(job)
    if model is None:
        return {"topic_quality": empty("topic_quality")}
    units = topic_units(job)
    options: Any = fit_arguments(job)
    table = topic_quality(
        model,
        units.counts,
        documents=units.documents,
        places=units.places,
        tokens=original_tokens(job),
        bootstraps=job.study.topics.bootstraps,
        workers=job.workers,
        **options,
    )
    weak = table[table["replication"] < 0.5]
    named = [f"{row.topic} ({row.label})" for row in weak.itertuples()]
    if named:
        job.warnings.append(
            f"{len(named)} of {model.k} topics replicate in less than half of the bootstraps, do "
            f"not build on them: {', '.join(named)}"
        )
    return {"topic_quality": table}


def effects(job: Job) -> Tables:
    """Stage ``topic_effects``: shares on columns of the manifest, and how places word a topic."""
    from textlab.schema import empty
    from textlab.topics.wording import topic_wording

    model = stored_model(job)
    if model is None:
        return {name: empty(name) for name in ("topic_effects", "topic_wording")}
    units = topic_units(job)
    asked = job.study.statistics
    own = None if job.study.topics.unit == "paragraph" else units.of_paragraphs
    wording = topic_wording(
        model,
        content_counts(job, "para_id"),
        paragraphs_of(job),
        by=groups_by(job, asked.keyness_by),
        reference=asked.reference or None,
        min_count=asked.min_count,
        units=own,
        resamples=asked.resamples,
        seed=job.study.study.seed,
    )
    return {"topic_effects": _effects(job, units, model), "topic_wording": wording}


def _effects(job: Job, units: TopicUnits, model: TopicModel) -> pd.DataFrame:
    """Shares of topics on the columns of the manifest that the study names."""
    from textlab.schema import empty
    from textlab.topics.effects import estimate_effects

    formula = job.study.topics.effects
    if not formula:
        return empty("topic_effects")
    read = job.table("documents", blank=("text", "layout"))
    read = read[read["set_aside"] == ""].drop_duplicates("doc_id").set_index("doc_id")
    rows = read.reindex(units.documents).set_axis(units.documents.index)
    try:
        return estimate_effects(
            formula,
            model,
            units.counts,
            rows.assign(place=units.places.reindex(rows.index)),
            documents=units.documents,
            resamples=job.study.statistics.resamples,
            seed=job.study.study.seed,
        )
    except ModelError as error:
        job.warnings.append(f"topic_effects is empty: {error}")
        return empty("topic_effects")
    except (StudyError, UnknownNameError) as error:
        raise StudyError(f"[topics] effects: {error}") from None
