"""The stages read, clean and places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from textlab.pipeline.slices import Slice, slice_task, stretches
from textlab.workers import BATCH_CHARACTERS, Task

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from textlab.cleaning.gathering import Gathering
    from textlab.pipeline.stages import Job, Tables
    from textlab.reading.batches import FileBatch

MOST_WARNINGS = 10
# What is long in a table of documents, and in one of paragraphs.
LONG = ("text", "layout")
UNLISTED = ("position", "text", "origin")


def read(job: Job) -> Tables:
    """Stage ``read``: the corpus folder -> documents."""
    import pyarrow as pa

    from textlab.reading.batches import read_batch
    from textlab.reading.documents import join_documents, list_batches
    from textlab.reading.selection import select_documents

    corpus, root = job.study.corpus, job.study.corpus_folder
    batches = list_batches(root, job.study.manifest_file, text_column=corpus.text_column)
    tasks = [Task((batch,), partial(_files_of, batch)) for batch in batches]
    documents = join_documents(root, job.workers.map(read_batch, tasks))
    documents = select_documents(documents, corpus.where, start=corpus.from_, end=corpus.to)
    _warn_of_files(job, documents)
    lengths = documents["text"].str.len().tolist()
    kept = documents["set_aside"] == ""
    job.notes |= {
        "documents": int(kept.sum()),
        "characters": int(documents.loc[kept, "text"].str.len().sum()),
        "set_aside": int((~kept).sum()),
    }
    table = pa.Table.from_pandas(documents, preserve_index=False)
    with job.sink("documents") as sink:
        for start, end in stretches(lengths, BATCH_CHARACTERS):
            sink.write(table.slice(start, end - start))
    return {}


def _files_of(batch: FileBatch) -> dict[str, tuple[Any, ...]]:
    return {name: (replace(batch, names=(name,)),) for name in batch.names}


def _warn_of_files(job: Job, documents: pd.DataFrame) -> None:
    aside = documents[
        (documents["set_aside"] != "") & ~documents["set_aside"].str.startswith("not selected")
    ]
    job.warnings += _few(
        f"{file} is set aside: {reason}"
        for file, reason in zip(aside["file"], aside["set_aside"], strict=True)
    )
    read = documents[documents["set_aside"] == ""]
    twice = read[read["sha256"].duplicated(keep=False)]
    job.warnings += _few(
        f"{' and '.join(sorted(files))} are the same to the byte: tables by document count each, "
        "comparisons of places one; leave all but one out of the manifest to count one"
        for _, files in twice.groupby("sha256")["file"]
    )


def _few(warnings: Iterable[str]) -> list[str]:
    """The first of many warnings of a kind, and how many there are; the ledger has them all."""
    told = list(warnings)
    if len(told) <= MOST_WARNINGS:
        return told
    more = f"and {len(told) - MOST_WARNINGS} more like this (tables/ledger.csv, documents.csv)"
    return [*told[:MOST_WARNINGS], more]


def clean(job: Job) -> Tables:
    """Stage ``clean``: documents -> paragraphs, seams and the ledger."""
    import pandas as pd

    from textlab.schema import arrange

    simplify = job.study.cleaning.simplify
    tasks = [slice_task(lambda part: (part, simplify), part) for part in job.slices("documents")]
    seams, entries, characters, furniture = [], [], dict[str, int](), 0
    with job.sink("cleaned") as sink:
        for found in job.workers.map(clean_slice, tasks):
            sink.write(found.paragraphs)
            seams.append(found.seams)
            entries.append(found.ledger)
            characters |= found.characters
            furniture += found.furniture
    whole = arrange(pd.concat(seams, ignore_index=True), "seams")
    documents = job.table("documents", blank=LONG)
    shown = documents[documents["set_aside"] == ""].drop(columns=[*LONG, "set_aside"])
    job.notes |= {
        "furniture_characters": furniture,
        "stitched": int((whole["verdict"] == "stitched").sum()),
        "open_seams": int((whole["verdict"] == "open").sum()),
    }
    return {
        "seams": whole,
        "ledger": arrange(pd.concat(entries, ignore_index=True), "ledger"),
        "documents_read": arrange(
            shown.assign(characters=shown["doc_id"].map(characters)), "documents_read"
        ),
    }


class CleanedSlice(NamedTuple):
    """What a stretch of documents gives; characters by doc_id, and those of furniture."""

    paragraphs: pa.Table
    seams: pd.DataFrame
    ledger: pd.DataFrame
    characters: dict[str, int]
    furniture: int


def clean_slice(part: Slice, simplify: bool) -> CleanedSlice:
    """The paragraphs of a stretch, its seams and its ledger."""
    import pyarrow as pa

    from textlab.cleaning.batches import clean_batch

    documents = part.read().to_pandas()
    cleaned = clean_batch(documents, simplify=simplify)
    aside = cleaned.paragraphs["role"] == "furniture"
    lengths = documents["text"].str.len().tolist()
    return CleanedSlice(
        pa.Table.from_pandas(cleaned.paragraphs, preserve_index=False),
        cleaned.seams,
        cleaned.ledger,
        dict(zip(documents["doc_id"].tolist(), lengths, strict=True)),
        int(cleaned.paragraphs.loc[aside, "text"].str.len().sum()),
    )


def places(job: Job) -> Tables:
    """Stage ``places``: which paragraphs are copies, and which place each one speaks for."""
    import pyarrow as pa

    from textlab.schema import arrange

    documents = job.table("documents", blank=LONG)
    duplicates = _duplicates(job, documents)
    originals = dict(
        zip(duplicates["para_id"].tolist(), duplicates["duplicate_of"].tolist(), strict=True)
    )
    known = tuple(sorted(set(documents["place"].str.strip())))
    raw = {part.number: part for part in job.slices("documents")}
    arguments = partial(_with_documents, raw, known, job.study.places.from_)
    tasks = [slice_task(arguments, part) for part in job.slices("cleaned")]
    listed = []
    with job.sink("paragraphs") as sink:
        for table in job.workers.map(place_slice, tasks):
            named = [originals.get(para_id, "") for para_id in table["para_id"].to_pylist()]
            at = table.column_names.index("duplicate_of")
            marked = table.set_column(at, "duplicate_of", pa.array(named, pa.large_string()))
            sink.write(marked)
            listed.append(_listed(marked))
    job.notes["copies"] = len(duplicates)
    return {
        "duplicates": duplicates,
        "paragraph_list": arrange(pa.concat_tables(listed).to_pandas(), "paragraph_list"),
    }


def _duplicates(job: Job, documents: pd.DataFrame) -> pd.DataFrame:
    from textlab.cleaning.duplicates import duplicates_in
    from textlab.cleaning.gathering import Gathering

    gathering = Gathering()
    tasks = [slice_task(lambda part: (part,), part) for part in job.slices("cleaned")]
    for part in job.workers.map(gather_slice, tasks):
        gathering.merge(part)
    return duplicates_in(gathering, documents)


def gather_slice(part: Slice) -> Gathering:
    """What the paragraphs of a stretch say, each different one once."""
    from textlab.cleaning.gathering import READ, Gathering

    gathering = Gathering()
    gathering.add(part.read(*READ).to_pandas())
    return gathering


def _with_documents(
    raw: dict[int, Slice], known: tuple[str, ...], default: str, part: Slice
) -> tuple[Any, ...]:
    """The arguments of :func:`place_slice` for a stretch of paragraphs."""
    return part, raw[part.number]._replace(doc_id=part.doc_id), known, default


def place_slice(
    paragraphs: Slice, documents: Slice, known: tuple[str, ...], default: str
) -> pa.Table:
    """The paragraphs of a stretch with the places that they speak for."""
    import pyarrow as pa

    from textlab.places.attribution import attribute_places

    placed = attribute_places(
        paragraphs.read().to_pandas(), documents.read().to_pandas(), default=default, known=known
    )
    return pa.Table.from_pandas(placed, preserve_index=False)


def _listed(table: pa.Table) -> pa.Table:
    """What is published of paragraphs: without their texts."""
    import pyarrow.compute as pc

    characters = pc.utf8_length(table["text"]).cast("int64")
    return table.drop_columns(list(UNLISTED)).append_column("characters", characters)
