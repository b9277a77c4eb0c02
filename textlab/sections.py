"""The tables of the study file, as pydantic models: keys, types and defaults."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

# Of so few tokens one occurrence makes ten in ten thousand, and more: what is said of a place
# with fewer rests on little text.
FEW_TOKENS = 1000

Count = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(ge=1)]


class Section(BaseModel):
    """A table of the study file: strict types, unknown keys refused, never changed."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class StudySection(Section):
    """``[study]``: what the study is called, and the seed of everything random in it."""

    name: str = ""
    title: str = ""
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 0

    @field_validator("name")
    @classmethod
    def _names_a_folder(cls, name: str) -> str:
        if name != name.strip(" .") or re.search(r'[/\\:*?"<>|\x00-\x1f]', name):
            raise ValueError("a name that a folder can have")
        return name


class CorpusSection(Section):
    """``[corpus]``: the folder of texts, its manifest, and which of its documents to take."""

    path: str
    manifest: str | None = None
    text_column: str | None = None
    where: dict[str, str | int | list[str | int]] = {}
    from_: str | None = Field(None, alias="from")
    to: str | None = None

    @field_validator("from_", "to", mode="before")
    @classmethod
    def _is_a_date(cls, value: object) -> str | None:
        text = value.isoformat()[:10] if isinstance(value, date) else value
        if text is None:
            return None
        if not isinstance(text, str) or not _is_date(text):
            raise ValueError("a date such as 2024-07-08, 2024-07 or 2024, in quotation marks")
        return text


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text, re.ASCII):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


class CleaningSection(Section):
    """``[cleaning]``: whether traditional characters are written as simplified ones."""

    simplify: bool = False


class PlacesSection(Section):
    """``[places]``: whether a paragraph's place is read from the text or is its document's."""

    from_: Literal["text", "document"] = Field(default="text", alias="from")


class LexiconSection(Section):
    """``[lexicon]``: CSV files of terms, besides the built-in lexicon or instead of it.

    ``faults`` says whether a line that is no term ends the run or is left out with a warning,
    ``crossings`` what all matches of a term that cut another word are.
    """

    files: list[str] = []
    builtin: bool = True
    faults: Literal["error", "warn"] = "error"
    crossings: dict[str, Literal["counted", "accident"]] = {}


class SegmentationSection(Section):
    """``[segmentation]``: how texts are cut into words.

    Both engines give the same tokens. Without ``hmm`` words that jieba's dictionary lacks fall
    into characters. ``accidents`` says whether a term across two other words is counted. ``tags``
    are the parts of speech that similarity and topics keep, by default all.
    """

    engine: Literal["fast", "jieba"] = "fast"
    hmm: bool = True
    accidents: Literal["left out", "counted"] = "left out"
    tags: list[str] = []


class AuditSection(Section):
    """``[audit]``: whether a term whose occurrences do not add up ends the run."""

    on_loss: Literal["error", "warn"] = "error"


class TokensSection(Section):
    """``[tokens]``: words that keyness, similarity and topics leave out.

    ``stopwords`` is a list of words, or the path of a file with one word a line;
    ``stopword_groups`` names groups of the built-in ones, by default all. ``tags`` keeps the
    words of some parts of speech for similarity and topics.
    """

    stopwords: list[str] | str = []
    builtin_stopwords: bool = True
    stopword_groups: list[str] = []
    min_length: Positive = 2
    min_documents: Positive = 1
    max_document_share: Annotated[float, Field(gt=0, le=1)] = 1.0
    drop_place_names: bool = True


class StatisticsSection(Section):
    """``[statistics]``: intervals, least frequency, and the groups that are compared.

    ``interval`` is that of keyword rates: from a model of how documents differ, or a bootstrap
    of ``resamples``, which are also the deals of the test over documents. ``pair_resamples`` are
    those of similarities and clusters. ``group_by`` names columns of the manifest, or year, to
    count keywords by besides place. ``keyness_by`` names the column whose groups keyness
    compares, each with the others or with the group ``reference``. ``period`` is what change
    over time is measured between.
    """

    interval: Literal["model", "percentile", "bca", "bootstrap-t"] = "model"
    resamples: Count = 2000
    pair_resamples: Count = 200
    min_count: Positive = 5
    group_by: list[str] = []
    keyness_by: str = "place"
    reference: str = ""
    period: Literal["year", "month"] = "year"


class CollocationsSection(Section):
    """``[collocations]``: the terms whose company is listed, and how near that is.

    ``nodes`` are terms, by default the five of the lexicon that are most frequent. ``window`` is
    in words to either side within a sentence; a collocate stands ``min_count`` times with a node.
    ``concordance`` says whether the table of every line in which a node stands is written: it
    holds text.
    """

    nodes: list[str] = []
    window: Positive = 5
    min_count: Positive = 3
    concordance: bool = True


class NetworkSection(Section):
    """``[network]``: which of the lexicon's terms are linked: those that share paragraphs."""

    terms: Positive = 60
    min_count: Positive = 3


class TopicsSection(Section):
    """``[topics]``: how many topics, of what texts, and how they are fitted and tried.

    ``unit`` is what a topic is a share of: a paragraph, a document, or "pooled": paragraphs of a
    document put together until they have ``pool`` tokens. ``start``, ``passes``, ``prior`` and
    ``alpha`` are those of :func:`~textlab.topics.model.fit_topics`. ``seeded`` names categories
    of the lexicon whose terms begin a topic each. ``grid`` are the numbers of topics that
    ``k = "auto"`` and ``textlab topics select`` try, each ``replicates`` times; ``bootstraps``
    are the fits that say whether a topic replicates. ``labels`` is a CSV file of topics that
    keep their numbers and labels. ``effects`` are the columns of the manifest that shares are
    regressed on, such as "place + year"; "" for none.
    """

    k: Positive | Literal["auto"] = "auto"
    unit: Literal["paragraph", "document", "pooled"] = "paragraph"
    pool: Positive = 200
    start: Literal["nmf", "random"] = "nmf"
    passes: Count | None = None
    prior: Annotated[float, Field(ge=0)] | None = None
    alpha: Literal["auto", "symmetric", "asymmetric"] = "auto"
    min_units: Positive = 2
    max_share: Annotated[float, Field(gt=0, le=1)] = 0.5
    seeded: list[str] = []
    grid: list[Annotated[int, Field(ge=2)]] = []
    replicates: Annotated[int, Field(ge=2)] = 4
    bootstraps: Annotated[int, Field(ge=2)] = 20
    labels: str | None = None
    effects: str = "place"


class FiguresSection(Section):
    """``[figures]``: the language of the labels, and how many terms to show."""

    language: Literal["zh", "en"] = "zh"
    top: Positive = 20


class ResultsSection(Section):
    """``[results]``: the folder that will hold ``tables/`` and ``figures/``."""

    path: str | None = None
