"""What the stages do: each function takes a job and returns its tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from textlab.pipeline.stages import Job, Tables

MOST_WARNINGS = 10


def read(job: Job) -> Tables:
    """Stage ``read``: the corpus folder -> documents."""
    from textlab.reading.documents import read_documents
    from textlab.reading.selection import select_documents

    corpus = job.study.corpus
    documents = read_documents(
        job.study.corpus_folder, job.study.manifest_file, text_column=corpus.text_column
    )
    documents = select_documents(documents, corpus.where, start=corpus.from_, end=corpus.to)
    aside = documents[
        (documents["set_aside"] != "") & ~documents["set_aside"].str.startswith("not selected")
    ]
    job.warnings += _few(
        f"{file} is set aside: {reason}"
        for file, reason in zip(aside["file"], aside["set_aside"], strict=True)
    )
    read = documents[documents["set_aside"] == ""]
    job.warnings += _few(
        f"{' and '.join(sorted(files))} are the same to the byte: tables by document count each, "
        "comparisons of places one; leave all but one out of the manifest to count one"
        for _, files in read.groupby("sha256")["file"]
        if len(files) > 1
    )
    job.notes |= {
        "documents": len(read),
        "characters": int(read["text"].str.len().sum()),
        "set_aside": len(documents) - len(read),
    }
    return {"documents": documents}


def _few(warnings: Iterable[str]) -> list[str]:
    """The first of many warnings of a kind, and how many there are; the ledger has them all."""
    told = list(warnings)
    if len(told) <= MOST_WARNINGS:
        return told
    more = f"and {len(told) - MOST_WARNINGS} more like this (tables/ledger.csv, documents.csv)"
    return [*told[:MOST_WARNINGS], more]


def clean(job: Job) -> Tables:
    """Stage ``clean``: documents -> paragraphs, seams and the ledger."""
    from textlab.cleaning.ledger import ledger
    from textlab.cleaning.paragraphs import clean
    from textlab.cleaning.seam_list import list_seams
    from textlab.schema import arrange

    documents = job.table("documents")
    cleaned = clean(documents, simplify=job.study.cleaning.simplify)
    furniture = cleaned.loc[cleaned["role"] == "furniture", "text"]
    seams = list_seams(documents, cleaned)
    job.notes |= {
        "furniture_characters": int(furniture.str.len().sum()),
        "stitched": int((seams["verdict"] == "stitched").sum()),
        "open_seams": int((seams["verdict"] == "open").sum()),
    }
    hidden = ["text", "layout", "set_aside"]
    shown = documents[documents["set_aside"] == ""].assign(
        characters=lambda table: table["text"].str.len()
    )
    return {
        "cleaned": cleaned,
        "seams": seams,
        "ledger": ledger(documents, cleaned),
        "documents_read": arrange(shown.drop(columns=hidden), "documents_read"),
    }


def places(job: Job) -> Tables:
    """Stage ``places``: which paragraphs are copies, and which place each one speaks for."""
    from textlab.cleaning.duplicates import find_duplicates, mark_duplicates
    from textlab.places.attribution import attribute_places
    from textlab.schema import arrange

    documents, cleaned = job.table("documents"), job.table("cleaned")
    duplicates = find_duplicates(cleaned, documents)
    paragraphs = attribute_places(
        mark_duplicates(cleaned, duplicates), documents, default=job.study.places.from_
    )
    job.notes["copies"] = len(duplicates)
    sizes = paragraphs.assign(characters=paragraphs["text"].str.len())
    unlisted = ["position", "text", "origin"]
    return {
        "duplicates": duplicates,
        "paragraphs": paragraphs,
        "paragraph_list": arrange(sizes.drop(columns=unlisted), "paragraph_list"),
    }


def tokens(job: Job) -> Tables:
    """Stage ``tokens``: paragraphs -> tokens, occurrences of terms, and the audit."""
    from textlab.language.lexicon import combine_lexicons, read_lexicon
    from textlab.tokens.audit import segmentation_audit
    from textlab.tokens.occurrences import find_terms
    from textlab.tokens.segmentation import segment

    sources = [None] if job.study.lexicon.builtin else []
    lexicon = combine_lexicons(map(read_lexicon, [*sources, *job.study.lexicon_files]))
    paragraphs = job.table("paragraphs")
    segmented = segment(paragraphs, lexicon, workers=job.workers)
    occurrences = find_terms(paragraphs, lexicon)
    audit = segmentation_audit(paragraphs, occurrences, segmented.plain, lexicon=lexicon)
    if not audit["counted"].any():
        job.warnings.append("no term of the lexicon stands in the texts: keyword tables hold zeros")
    job.notes |= {
        "occurrences": int(audit["counted"].sum()),
        "terms": int((audit["counted"] > 0).sum()),
        "plain_jieba": int(audit["plain_jieba"].sum()),
    }
    return {
        "lexicon": lexicon,
        "tokens": segmented.tokens,
        "occurrences": occurrences,
        "segmentation_audit": audit,
    }


def keywords(job: Job) -> Tables:
    """Stage ``keywords``: frequencies by document and by place, and where each one stands."""
    from textlab.analysis.keywords import keyword_frequencies
    from textlab.config import FEW_TOKENS
    from textlab.schema import arrange
    from textlab.tokens.occurrences import locate

    paragraphs, occurrences, words = (
        job.table(name) for name in ("paragraphs", "occurrences", "tokens")
    )
    located = locate(occurrences, paragraphs, job.table("documents"))
    place = paragraphs.set_index("para_id")["place"]
    located["place"] = located["para_id"].map(place)

    def frequencies(by: str) -> pd.DataFrame:
        return keyword_frequencies(
            occurrences,
            words,
            paragraphs,
            lexicon=job.table("lexicon"),
            by=by,
            resamples=job.study.statistics.resamples,
            seed=job.study.study.seed,
        )

    by_place = frequencies("place")
    sizes = by_place.groupby("place")["tokens_unique"].max()
    small = [f"{place} ({size})" for place, size in sizes.items() if size < FEW_TOKENS]
    if small:
        job.notes["small_places"] = small
    return {
        "keyword_by_document": frequencies("doc_id"),
        "keyword_by_place": by_place,
        "keyword_occurrences": arrange(located, "keyword_occurrences"),
    }


def keyness(job: Job) -> Tables:
    """Stage ``keyness``: each place against the rest."""
    from textlab.analysis.keyness import keyness
    from textlab.tokens.counting import count

    words, place = job.table("tokens"), _places(job)
    if _fewer_than_two(place):
        job.warnings.append(
            "fewer than two places: keyness, place_similarity and the figures that compare places "
            "are empty (give places in the column 'place' of documents.csv)"
        )
    else:
        lost = _documents_without_place(job)
        if lost:
            job.warnings.append(
                f"{lost} documents have no place and are in no table by place "
                "(give it in the column 'place' of documents.csv)"
            )
    counts = count(words, by=place)
    section = job.study.tokens
    table = keyness(
        counts,
        min_count=job.study.statistics.min_count,
        exclude=_excluded(job, words),
        min_length=section.min_length,
    )
    return {"keyness": table}


def similarity(job: Job) -> Tables:
    """Stage ``similarity``: places and documents, pair by pair."""
    from textlab.analysis.similarity import compare_documents, compare_places

    by_document = _content(job, "doc_id")
    return {
        "place_similarity": compare_places(_content(job, _places(job)), reference=by_document),
        "document_similarity": compare_documents(by_document),
    }


def topics(job: Job) -> Tables:
    """Stage ``topics``: LDA started from an NMF; K given, or picked from a grid."""
    from textlab.pipeline.topic_tables import topic_tables
    from textlab.tokens.counting import parts_of

    unit = "para_id" if job.study.topics.unit == "paragraph" else "doc_id"
    parts = parts_of(job.table("paragraphs"))
    return topic_tables(
        job,
        units=_content(job, unit),
        documents=_content(job, "doc_id"),
        parts=_content(job, parts["part"]),
        place=parts.drop_duplicates("part").set_index("part")["place"],
        lexicon=job.table("lexicon")["term"].tolist(),
    )


def _places(job: Job) -> pd.Series:
    from textlab.tokens.counting import places_of

    return places_of(job.table("paragraphs"))


def _documents_without_place(job: Job) -> int:
    places = job.table("paragraphs").groupby("doc_id")["place"].max()
    return int((places == "").sum())


def _fewer_than_two(place: pd.Series) -> bool:
    return place[place != ""].nunique() < 2


def _content(job: Job, by: str | pd.Series) -> pd.DataFrame:
    """Counts of content words: no stopwords, no names of the places, no short words."""
    from textlab.tokens.counting import CONTENT_KINDS, count

    words = job.table("tokens")
    return count(
        words,
        by=by,
        kinds=CONTENT_KINDS,
        exclude=_excluded(job, words),
        min_length=job.study.tokens.min_length,
    )


def _excluded(job: Job, words: pd.DataFrame) -> frozenset[str]:
    from textlab.language.stopwords import stopwords
    from textlab.tokens.counting import stoplist

    section = job.study.tokens
    own = section.stopwords
    chosen = frozenset(own) if isinstance(own, list) else stopwords(job.study.locate(own))
    if section.builtin_stopwords:
        chosen |= stopwords()
    places = _places(job) if section.drop_place_names else ()
    return stoplist(words, stopwords=chosen, places=places)
