"""A study with its topic model in the results folder, as a run leaves it."""

from __future__ import annotations

import pandas as pd

from textlab.config import Study
from textlab.pipeline.run import compute, opened
from textlab.pipeline.stages import Job
from textlab.pipeline.study_stages import order
from textlab.pipeline.topic_apply import settings_of, write_model
from textlab.pipeline.topic_units import whole_units
from textlab.pipeline.words import content_counts, paragraphs_of
from textlab.topics.by_document import document_shares
from textlab.topics.model import TopicModel, fit_topics
from textlab.workers import Workers


def fitted(study: Study, k: int) -> tuple[TopicModel, pd.DataFrame]:
    """Topics of the study's units, stored; and the table topic_by_document."""
    stages = order("tokens")
    with opened(study, stages) as store, Workers(1) as pool:
        outputs = compute(study, stages, store, pool).outputs
        job = Job(study, outputs, study.results_folder, pool)
        lexicon = job.table("lexicon")
        unit, documents = whole_units(study, paragraphs_of(job), job.table("sizes"))
        counts = content_counts(job, unit)
        model = fit_topics(counts, k, keep=lexicon["term"].tolist(), max_share=0.5)
        write_model(study.results_folder / "model", model, lexicon, settings_of(study))
        return model, document_shares(model, counts, documents)
