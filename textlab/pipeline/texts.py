"""The documents and paragraphs of a study, for commands that are no stages."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textlab.config import Study
from textlab.pipeline.run import Report, compute, opened
from textlab.pipeline.study_stages import order
from textlab.workers import Workers

if TYPE_CHECKING:
    import pandas as pd


class Texts(NamedTuple):
    """What a study's corpus says, as a run of it reads, cleans and attributes it."""

    documents: pd.DataFrame
    paragraphs: pd.DataFrame
    warnings: list[str]


def study_texts(study: Study, workers: Workers, *, report: Report | None = None) -> Texts:
    """Documents, paragraphs and warnings of the stages that a run would begin with.

    They are taken from the store, or run and left there; nothing is published.
    """
    stages = order("places")
    with opened(study, stages) as store:
        outputs = compute(study, stages, store, workers, report=report).outputs
        documents = outputs["read"].table("documents")
        paragraphs = outputs["places"].table("paragraphs")
    warnings = [warning for output in outputs.values() for warning in output.warnings]
    return Texts(documents, paragraphs, warnings)
