"""The stages of a study, from read to figures."""

from __future__ import annotations

from graphlib import TopologicalSorter

from textlab.errors import StudyError
from textlab.pipeline import (
    content_stages,
    term_stages,
    text_stages,
    topic_stages,
    usage_stages,
)
from textlab.pipeline.draw import draw
from textlab.pipeline.stage_files import (
    corpus_files,
    lexicon_files,
    stopword_files,
    topic_files,
)
from textlab.pipeline.stages import Stage

PARSERS = (
    *("justext", "lxml", "openpyxl", "pdfminer.six", "pdfplumber", "python-docx", "trafilatura"),
)
CONTENT = {"places": ("paragraphs",), "terms": ("lexicon",), "tokens": ("tokens", "tags")}
UNITS = {"places": ("paragraphs",), "terms": ("lexicon", "sizes"), "tokens": ("tokens", "tags")}
SEGMENTING = ("textlab.tokens.segmentation", "textlab.tokens.parts", "textlab.language")
SEGMENTERS = ("ahocorasick-rs", "jieba", "numpy", "pyarrow", "rjieba")
CHOOSING = (
    *(
        "textlab.tokens.groups",
        "textlab.tokens.counting",
        "textlab.tokens.filters",
        "textlab.tokens.tags",
    ),
    "textlab.language",
)
COUNTING = ("pandas", "numpy", "scipy")
TOPICS = (*COUNTING, "gensim", "patsy", "scikit-learn", "statsmodels")


def others(*kept: str) -> tuple[tuple[str, str], ...]:
    """The keys of ``[topics]`` that are of one topic stage alone, but for ``kept``."""
    single = {"labels", "grid", "replicates", "bootstraps", "effects"}
    return tuple(("topics", key) for key in sorted(single - set(kept)))


STAGES: dict[str, Stage] = {
    stage.name: stage
    for stage in (
        Stage(
            "read",
            text_stages.read,
            sections=("corpus",),
            files=corpus_files,
            modules=("textlab.reading",),
            packages=("pandas", *PARSERS),
        ),
        Stage(
            "clean",
            text_stages.clean,
            needs={"read": ("documents",)},
            sections=("cleaning",),
            modules=("textlab.cleaning", "textlab.language"),
            packages=("pandas", "jieba", "opencc"),
            publishes=("ledger", "seams", "documents_read"),
        ),
        Stage(
            "places",
            text_stages.places,
            needs={"read": ("documents",), "clean": ("cleaned",)},
            sections=("places",),
            modules=("textlab.places", "textlab.cleaning", "textlab.language"),
            packages=("pandas", "numpy", "ahocorasick-rs", "jieba"),
            publishes=("duplicates", "paragraph_list"),
        ),
        Stage(
            "terms",
            term_stages.terms,
            needs={"read": ("documents",), "places": ("paragraphs",)},
            sections=("lexicon", "segmentation", "audit"),
            files=lexicon_files,
            modules=("textlab.tokens.audit", "textlab.tokens.occurrences", *SEGMENTING),
            packages=("pandas", *SEGMENTERS),
            publishes=("segmentation_audit", "crossings", "keyword_occurrences"),
        ),
        Stage(
            "keywords",
            term_stages.keywords,
            needs={
                "read": ("documents",),
                "places": ("paragraphs",),
                "terms": ("sizes", "occurrences", "lexicon"),
            },
            sections=("statistics",),
            seeded=True,
            modules=(
                *("textlab.analysis.keywords", "textlab.analysis.categories"),
                *("textlab.analysis.change", "textlab.sections", "textlab.tokens.groups"),
            ),
            packages=(*COUNTING, "statsmodels"),
            publishes=(
                *("keyword_by_document", "keyword_by_place", "keyword_by_group"),
                *("category_by_group", "keyword_change"),
            ),
        ),
        Stage(
            "tokens",
            term_stages.tokens,
            needs={"places": ("paragraphs",), "terms": ("lexicon",)},
            sections=("lexicon", "segmentation"),
            modules=("textlab.tokens.tags", *SEGMENTING),
            packages=SEGMENTERS,
        ),
        Stage(
            "keyness",
            content_stages.keyness,
            needs={"read": ("documents",), **CONTENT},
            sections=("segmentation", "tokens", "statistics"),
            seeded=True,
            files=stopword_files,
            modules=(
                *("textlab.analysis.keyness", "textlab.analysis.dispersion"),
                *("textlab.analysis.correspondence", *CHOOSING),
            ),
            packages=(*COUNTING, "statsmodels"),
            publishes=("keyness", "dispersion", "correspondence", "correspondence_inertia"),
        ),
        Stage(
            "similarity",
            content_stages.similarity,
            needs=CONTENT,
            sections=("segmentation", "tokens", "statistics"),
            seeded=True,
            files=stopword_files,
            modules=("textlab.analysis.similarity", *CHOOSING),
            packages=(*COUNTING, "scikit-learn"),
            publishes=("place_similarity", "document_similarity", "clusters", "similarity_map"),
        ),
        Stage(
            "collocations",
            usage_stages.collocations,
            needs={
                "read": ("documents",),
                "places": ("paragraphs",),
                "terms": ("lexicon", "occurrences"),
                "tokens": ("tokens", "tags"),
            },
            sections=("segmentation", "tokens", "statistics", "collocations", "network"),
            seeded=True,
            files=stopword_files,
            modules=(
                *("textlab.analysis.collocations", "textlab.analysis.collocation_contrast"),
                *("textlab.analysis.concordance", "textlab.analysis.network"),
                *("textlab.output.graphml", *CHOOSING),
            ),
            packages=(*COUNTING, "networkx", "statsmodels"),
            publishes=(
                *("collocations", "collocation_contrast", "concordance"),
                *("network_terms", "network_links"),
            ),
        ),
        Stage(
            "style",
            usage_stages.style,
            needs={"read": ("documents",), "places": ("paragraphs",), "tokens": ("tokens",)},
            sections=("statistics",),
            modules=("textlab.analysis.style", "textlab.tokens.groups"),
            packages=COUNTING,
            publishes=("style",),
        ),
        Stage(
            "topic_selection",
            topic_stages.selection,
            needs=UNITS,
            sections=("segmentation", "tokens", "topics"),
            ignores=others("grid", "replicates"),
            seeded=True,
            files=stopword_files,
            modules=("textlab.topics", *CHOOSING),
            packages=TOPICS,
            publishes=("topic_selection",),
        ),
        Stage(
            "topics",
            topic_stages.topics,
            needs={
                **UNITS,
                "read": ("documents",),
                "clean": ("ledger", "documents_read"),
                "topic_selection": ("topic_selection",),
            },
            sections=(
                "corpus",
                "cleaning",
                "lexicon",
                "segmentation",
                "tokens",
                "topics",
                "statistics",
            ),
            ignores=others("labels"),
            seeded=True,
            files=topic_files,
            modules=("textlab.topics", "textlab.tokens.occurrences", *CHOOSING),
            packages=TOPICS,
            # The ledger of stage clean, and the documents that have no topics.
            publishes=(*topic_stages.TABLES, "ledger"),
        ),
        Stage(
            "topic_quality",
            topic_stages.quality,
            needs={**UNITS, "topics": ("topics", "topic_by_document")},
            sections=("segmentation", "tokens", "topics"),
            ignores=others("bootstraps"),
            seeded=True,
            files=stopword_files,
            modules=("textlab.topics", *CHOOSING),
            packages=TOPICS,
            publishes=("topic_quality",),
        ),
        Stage(
            "topic_effects",
            topic_stages.effects,
            needs={
                **UNITS,
                "read": ("documents",),
                "topics": ("topics", "topic_by_document"),
            },
            sections=("segmentation", "tokens", "topics", "statistics"),
            ignores=others("effects"),
            seeded=True,
            files=stopword_files,
            modules=("textlab.topics", *CHOOSING),
            packages=TOPICS,
            publishes=("topic_effects", "topic_wording"),
        ),
        Stage(
            "figures",
            draw,
            needs={
                "terms": ("lexicon",),
                "keywords": ("keyword_by_document", "keyword_by_place", "keyword_change"),
                "keyness": ("keyness", "correspondence", "correspondence_inertia"),
                "similarity": (
                    *("place_similarity", "document_similarity", "clusters", "similarity_map"),
                ),
                "collocations": ("network_terms", "network_links"),
                "topic_selection": ("topic_selection",),
                "topics": (
                    *("topics", "topic_by_document", "topic_by_place", "topic_by_period"),
                    "topic_map",
                ),
                "topic_quality": ("topic_quality",),
                "topic_effects": ("topic_effects",),
            },
            sections=("figures",),
            modules=("textlab.output", "textlab.workers"),
            packages=("matplotlib", "seaborn", "zhplot"),
        ),
    )
}

# The published name, where it is not the table's.
PUBLISHED = {"documents_read": "documents", "paragraph_list": "paragraphs"}
CONTRACTS = {published: table for table, published in PUBLISHED.items()}


def order(until: str | None = None) -> list[Stage]:
    """The stages in the order in which they run; with ``until`` that one and what it needs."""
    graph = {name: set(stage.needs) for name, stage in STAGES.items()}
    if until is not None and until not in STAGES:
        raise StudyError(f"no stage '{until}'; the stages are: {', '.join(STAGES)}")
    waiting, wanted = [until] if until else list(STAGES), set[str]()
    while waiting:
        name = waiting.pop()
        if name not in wanted:
            wanted.add(name)
            waiting += graph[name]
    # Among stages that could come next, the one that is written first above.
    sorter = TopologicalSorter({name: needs for name, needs in graph.items() if name in wanted})
    sorter.prepare()
    ready: list[str] = []
    result: list[Stage] = []
    while sorter.is_active():
        ready = sorted({*ready, *sorter.get_ready()}, key=list(STAGES).index)
        name = ready.pop(0)
        sorter.done(name)
        result.append(STAGES[name])
    return result
