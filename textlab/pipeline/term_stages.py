"""The stages terms, tokens and keywords."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textlab.pipeline.slices import LONG, Slice, slice_task
from textlab.pipeline.words import groups_by
from textlab.workers import Task

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from textlab.config import Study
    from textlab.pipeline.stages import Job, Tables
    from textlab.sections import StatisticsSection
    from textlab.tokens.batches import Paragraph, Rules

LOCATED = {"occurrences": "keyword_occurrences", "crossings_found": "crossings"}


def study_lexicon(study: Study) -> tuple[pd.DataFrame, list[str]]:
    """The study's lexicon, and what was wrong with lines of it that were left out."""
    from textlab.language.lexicon import check_lexicon, combine_lexicons

    asked = study.lexicon
    sources = [*([None] if asked.builtin else []), *study.lexicon_files]
    checked = [check_lexicon(source, faults=asked.faults) for source in sources]
    faults = [f"{fault} (left out)" for one in checked for fault in one.faults]
    return combine_lexicons(one.terms for one in checked), faults


def study_rules(study: Study, lexicon: pd.DataFrame) -> Rules:
    """How the study wants texts segmented and terms found."""
    from textlab.tokens.segmentation import make_rules

    asked = study.segmentation
    return make_rules(
        lexicon,
        verdicts=study.lexicon.crossings,
        engine=asked.engine,
        hmm=asked.hmm,
        accidents=asked.accidents,
    )


def terms(job: Job) -> Tables:
    """Stage ``terms``: every occurrence of the lexicon's terms, each crossing, and the audit."""
    import pandas as pd

    from textlab.schema import arrange
    from textlab.tokens.audit import audit_table, check_audit

    lexicon, faults = study_lexicon(job.study)
    rules = study_rules(job.study, lexicon)
    documents = {part.number: part for part in job.slices("documents")}
    tasks = [
        slice_task(partial(_with_documents, documents, rules), part)
        for part in job.slices("paragraphs")
    ]
    found = list(job.workers.map(find_in_slice, tasks))

    def gathered(name: str) -> pd.DataFrame:
        whole = pd.concat([part.tables[name] for part in found], ignore_index=True)
        return arrange(whole, name)

    tables = {name: gathered(name) for name in ("sizes", *LOCATED, *LOCATED.values())}
    searched, plain = Counter[str](), Counter[str]()
    for part in found:
        searched.update(part.searched)
        plain.update(part.plain)
    audit = audit_table(
        searched, tables["occurrences"], tables["crossings_found"], plain, lexicon=lexicon
    )
    job.warnings += faults + check_audit(audit, on_loss=job.study.audit.on_loss)
    if not audit["counted"].any():
        job.warnings.append("no term of the lexicon stands in the texts: keyword tables hold zeros")
    job.notes |= {
        "occurrences": int(audit["counted"].sum()),
        "terms": int((audit["counted"] > 0).sum()),
        "accidents": int(audit["accidents"].sum()),
        "crossings": len(tables["crossings"]),
        "plain_jieba": int(audit["plain_jieba"].sum()),
    }
    return tables | {"lexicon": lexicon, "segmentation_audit": audit}


def _with_documents(documents: dict[int, Slice], rules: Rules, part: Slice) -> tuple[Any, ...]:
    """The arguments of :func:`find_in_slice` for a stretch of paragraphs."""
    return part, documents[part.number]._replace(doc_id=part.doc_id), rules


@dataclass(frozen=True)
class Found:
    """What a stretch of documents gives: its tables, and counts of terms and surfaces."""

    tables: Tables
    searched: dict[str, int]
    plain: dict[str, int]


def find_in_slice(paragraphs: Slice, documents: Slice, rules: Rules) -> Found:
    """The terms of a stretch, and where in the raw files they stand."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from textlab.schema import contract
    from textlab.tokens.occurrences import locate
    from textlab.tokens.parts import segment_part
    from textlab.tokens.plain_search import search
    from textlab.tokens.segmentation import gathered

    table = paragraphs.read()
    texts = _texts(table)
    part = segment_part(rules, texts, tokens=False)
    result = gathered([part])
    tables = {
        "sizes": result.sizes,
        "occurrences": result.occurrences,
        "crossings_found": result.crossings,
    }
    met = {row.para_id for row in part.occurrences} | {row.para_id for row in part.crossings}
    rows = table.filter(pc.is_in(table["para_id"], pa.array(sorted(met), pa.large_string())))
    spoken, raw = rows.to_pandas(), documents.read().to_pandas()
    place = spoken.set_index("para_id")["place"]
    for name, located in LOCATED.items():
        spans = locate(tables[name], spoken, raw)
        spans["place"] = spans["para_id"].map(place).astype("str")
        tables[located] = spans[list(contract(located).columns)]
    return Found(tables, search((text for _, _, text in texts), rules.heads), part.plain)


def _texts(table: pa.Table) -> list[Paragraph]:
    """The paragraphs that are counted."""
    from textlab.tokens.segmentation import COUNTED_ROLES

    columns = (table[name].to_pylist() for name in ("para_id", "doc_id", "text", "role"))
    return [
        (para_id, doc_id, text)
        for para_id, doc_id, text, role in zip(*columns, strict=True)
        if role in COUNTED_ROLES
    ]


def tokens(job: Job) -> Tables:
    """Stage ``tokens``: paragraphs -> tokens, with the terms laid over them, and their tags.

    Parts of speech are found only where the study asks for some.
    """
    rules = study_rules(job.study, job.table("lexicon"))
    tagged = bool(job.study.segmentation.tags)
    tasks = [
        slice_task(lambda part: (part, rules, tagged), part) for part in job.slices("paragraphs")
    ]
    with job.sink("tokens") as tokens, job.sink("tags") as tags:
        for found in job.workers.map(segment_slice, tasks):
            tokens.write(found[0])
            tags.write(found[1])
    return {}


def segment_slice(paragraphs: Slice, rules: Rules, tagged: bool) -> tuple[pa.Table, pa.Table]:
    """The tokens of a stretch, and their tags if they are wanted."""
    import pyarrow as pa

    from textlab.schema import empty
    from textlab.tokens.parts import segment_part
    from textlab.tokens.tags import tag_tokens

    table = segment_part(rules, _texts(paragraphs.read())).tokens
    assert table is not None
    tags = empty("tags")
    if tagged:
        tags = tag_tokens(table.to_pandas(), paragraphs.read().to_pandas())
    return table, pa.Table.from_pandas(tags, preserve_index=False)


def keywords(job: Job) -> Tables:
    """Stage ``keywords``: frequencies of terms and categories by group, and their change."""

    from textlab.sections import FEW_TOKENS

    asked = job.study.statistics
    columns = list(dict.fromkeys(["doc_id", "place", *asked.group_by]))
    groups = {column: groups_by(job, column) for column in columns}
    files = [job.file(name) for name in ("occurrences", "sizes", "paragraphs", "lexicon")]
    tasks = [
        Task((files, by, groups_by(job, asked.period), asked, job.study.study.seed), dict)
        for by in groups.values()
    ]
    made = dict(zip(columns, job.workers.map(frequencies, tasks), strict=True))
    by_place = made["place"]["keywords"]
    sizes = by_place.groupby("place")["tokens_unique"].max()
    small = [f"{place} ({size})" for place, size in sizes.items() if size < FEW_TOKENS]
    if small:
        job.notes["small_places"] = small
    others = [_long(made[name]["keywords"], name) for name in asked.group_by]
    return {
        "keyword_by_document": made["doc_id"]["keywords"],
        "keyword_by_place": by_place,
        "keyword_by_group": _together(others, "keyword_by_group"),
        "category_by_group": _together(
            [tables["categories"] for tables in made.values()], "category_by_group"
        ),
        "keyword_change": made["place"]["change"],
    }


def _long(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """A keyword table by some column as rows of ``keyword_by_group``."""
    return table.rename(columns={table.columns[0]: "group"}).assign(by=name)


def _together(parts: Sequence[pd.DataFrame], name: str) -> pd.DataFrame:
    import pandas as pd

    from textlab.schema import arrange, empty

    return arrange(pd.concat([empty(name), *parts], ignore_index=True), name)


def frequencies(
    files: Sequence[Path],
    by: str | pd.Series,
    periods: pd.Series,
    asked: StatisticsSection,
    seed: int,
) -> Tables:
    """Keywords and categories by one column, from the stored tables in ``files``."""
    from textlab.analysis.categories import category_frequencies
    from textlab.analysis.change import keyword_change
    from textlab.analysis.keywords import keyword_frequencies
    from textlab.pipeline.store import stored_table

    occurrences, sizes, paragraphs, lexicon = (
        stored_table(file, blank=LONG if file.stem == "paragraphs" else ()) for file in files
    )
    options: dict[str, Any] = {
        "lexicon": lexicon,
        "by": by,
        "interval": asked.interval,
        "resamples": asked.resamples,
        "seed": seed,
    }
    three = occurrences, sizes, paragraphs
    tables = {
        "keywords": keyword_frequencies(*three, **options),
        "categories": category_frequencies(*three, **options),
    }
    if isinstance(by, str) and by == "place":
        tables["change"] = keyword_change(*three, periods, lexicon=lexicon)
    return tables
