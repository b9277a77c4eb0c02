"""From a number in a table to the characters that it was counted from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textlab.cleaning.position import LINE_END, line_ends
from textlab.errors import CorpusError, ResultsError, UnknownNameError, nearest

if TYPE_CHECKING:
    import pandas as pd

CONTEXT = 20
# So many characters of a paragraph are shown.
BEGINNING = 60
# No term that only line ends and blanks break is so long: what is longer was stitched.
FAR = 100
LINE_END_SHOWN = "⏎"


def trace_term(
    results: Path,
    term: str,
    *,
    place: str | None = None,
    doc: str | None = None,
    corpus: Path | None = None,
) -> Iterator[str]:
    """A line for each occurrence of ``term``: file, line, column, and its context.

    ``term`` is a keyword of ``keyword_occurrences.csv``, or, where the run's own store is still
    there, any other token. The raw files are looked for in ``corpus``, else where the run found
    them, and must be those that were counted (their sha256 is checked). The line ends that a
    stretch of raw text holds are shown as ⏎; of a term whose halves stand far apart both are
    shown, and the line of the second.
    """
    documents = _table(results, "documents", "documents_read")
    found = _only(_occurrences(results, term), documents, results, place, doc)
    texts = _texts(results, corpus, documents, found["file"])
    lines = {file: [0, *line_ends(text)] for file, text in texts.items()}
    yield f"{term}: {len(found)} occurrences in {found['doc_id'].nunique()} documents"
    for occurrence in found[list(Occurrence._fields)].itertuples(index=False, name=None):
        here = Occurrence(*occurrence)
        how = "" if here.relation == "alone" else f" ({here.relation})"
        page = f" page {here.page}" if here.page else ""
        where = f"{here.file}:{here.line}:{here.column}{page}{how}"
        yield f"{where}\t{_shown(texts[here.file], lines[here.file], here)}"


def trace_topic(
    results: Path,
    topic: int,
    *,
    place: str | None = None,
    doc: str | None = None,
    corpus: Path | None = None,
) -> Iterator[str]:
    """A line for each passage of ``topic``: file, line, column, share, and how it begins.

    The passages are those of ``topic_passages.csv``, the purest first; share is that of the topic
    in the paragraph. Files are looked for and checked as by :func:`trace_term`.
    """
    documents = _table(results, "documents", "documents_read")
    label = _label(results, topic)
    passages = _table(results, "topic_passages")
    whole = passages[passages["topic"] == topic]
    found = _only(whole, documents, results, place, doc)
    texts = _texts(results, corpus, documents, found["file"]) if len(found) else {}
    there = f"{len(found)} passages in {found['doc_id'].nunique()} documents"
    if whole.empty:
        there = "no passages: no paragraph of some length is about it"
    elif len(found) < len(whole):
        there += f", of the {len(whole)} that are listed"
    yield f"topic {topic} ({label}): {there}"
    for passage in found[list(Passage._fields)].itertuples(index=False, name=None):
        here = Passage(*passage)
        where = f"{here.file}:{here.line}:{here.column} share {here.share:.2f}"
        yield f"{where}\t{_beginning(texts[here.file], here)}"


class Passage(NamedTuple):
    """Where a paragraph begins and ends, and the share of its topic."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    share: float


def _beginning(text: str, here: Passage) -> str:
    """The paragraph's first line, cut where it is long, and … where there is more."""
    begins = [0, *line_ends(text)]
    line = LINE_END.sub("", text[begins[here.line - 1] : [*begins, len(text)][here.line]])
    alone = here.end_line == here.line and here.end_column >= here.column
    first = line[here.column - 1 : here.end_column if alone else None].rstrip()
    return first[:BEGINNING] + ("" if alone and len(first) <= BEGINNING else "…")


class Occurrence(NamedTuple):
    """Where an occurrence begins and ends: lines and columns from 1, the end included."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    relation: str
    page: int


def _shown(text: str, begins: Sequence[int], here: Occurrence) -> str:
    """The occurrence in its context; of one stitched from far apart, both pieces.

    ``begins``: the offset of each line of ``text``. The second piece of a stitched term stands at
    the beginning of its line.
    """
    start = begins[here.line - 1] + here.column - 1
    end = begins[here.end_line - 1] + here.end_column
    before, behind = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    inside = f"【{text[start:end]}】"
    if not 0 < end - start <= FAR:
        line_end = [*begins, len(text)][here.line]
        first, second = text[start:line_end], text[begins[here.end_line - 1] : end]
        inside = f"【{first.strip()}】… line {here.end_line} …【{second.strip()}】"
    return LINE_END.sub(LINE_END_SHOWN, before + inside + behind)


def _texts(
    results: Path, corpus: Path | None, documents: pd.DataFrame, files: pd.Series
) -> dict[str, str]:
    """The texts that were counted; :class:`ResultsError` where they are not what they were."""
    from textlab.reading.again import texts_of

    folder = _corpus_folder(results, corpus)
    try:
        read = texts_of(folder, files.unique(), _text_column(results))
    except CorpusError as error:
        raise ResultsError(f"{error}; say where the texts are with --corpus DIR") from None
    known = dict(zip(documents["file"], documents["sha256"], strict=True))
    for file in sorted(set(files)):
        if read[file][1] != known[file]:
            raise ResultsError(
                f"{folder / file}: not the file that was counted (its sha256 differs); "
                "run the study again"
            )
    return {file: text for file, (text, _) in read.items()}


def _text_column(results: Path) -> str | None:
    """The column of texts that the study read from tables, as the manifest says."""
    try:
        manifest = json.loads((results / "manifest.json").read_text(encoding="utf-8"))
        column = manifest["study"]["corpus"]["text_column"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return column if isinstance(column, str) else None


def _table(results: Path, name: str, contract: str = "") -> pd.DataFrame:
    from textlab.output.tables import read_csv

    path = results / "tables" / f"{name}.csv"
    if not path.is_file():
        raise ResultsError(f"{path}: no such table; is {results} a results folder of textlab run?")
    return read_csv(path, contract or name)


def _label(results: Path, topic: int) -> str:
    """The label of a topic that the results have."""
    topics = _table(results, "topics")
    labels = dict(zip(topics["topic"], topics["label"], strict=True))
    if topic not in labels:
        there = ", ".join(map(str, labels)) or "none"
        raise UnknownNameError(f"no topic {topic} in these results; there are: {there}")
    return str(labels[topic])


def _occurrences(results: Path, term: str) -> pd.DataFrame:
    keywords = _table(results, "keyword_occurrences")
    found = keywords[keywords["keyword"] == term]
    if len(found):
        return found
    others = _stored_tokens(results, term)
    if others is not None and len(others):
        return others
    audit = _table(results, "segmentation_audit")
    if term in set(audit["term"]):
        raise UnknownNameError(f"{term}: a term of the lexicon, and it stands nowhere in the texts")
    near = nearest(term, audit["term"])
    raise UnknownNameError(f"{term}: neither a term of the lexicon nor a token of the texts{near}")


def _stored_tokens(results: Path, term: str) -> pd.DataFrame | None:
    """Occurrences of a token that is no lexicon term, from the run's own store."""
    from textlab.pipeline.store import Store
    from textlab.tokens.occurrences import locate

    store = Store(results)
    outputs = {name: store.latest(name) for name in ("read", "places", "tokens")}
    if None in outputs.values():
        return None
    tables = {
        name: output.table(table)
        for (name, output), table in zip(
            outputs.items(), ("documents", "paragraphs", "tokens"), strict=True
        )
        if output
    }
    spans = tables["tokens"][tables["tokens"]["token"] == term].reset_index(drop=True)
    located = locate(spans, tables["places"], tables["read"])
    place = tables["places"].set_index("para_id")["place"]
    return located.assign(relation="alone", place=located["para_id"].map(place))


def _only(
    found: pd.DataFrame,
    documents: pd.DataFrame,
    results: Path,
    place: str | None,
    doc: str | None,
) -> pd.DataFrame:
    if place is not None:
        places = set(_table(results, "paragraphs", "paragraph_list")["place"]) - {""}
        if place not in places:
            there = ", ".join(sorted(places)) or "none"
            raise UnknownNameError(f"no place '{place}' in these results; there are: {there}")
        found = found[found["place"] == place]
    if doc is not None:
        ids = [doc_id for doc_id in documents["doc_id"] if doc_id.startswith(doc.rstrip("…"))]
        if not ids:
            near = nearest(doc, documents["doc_id"])
            raise UnknownNameError(
                f"no document '{doc}' in these results{near} (tables/documents.csv lists them)"
            )
        found = found[found["doc_id"].isin([doc] if doc in ids else ids)]
    return found


def _corpus_folder(results: Path, corpus: Path | None) -> Path:
    if corpus is not None:
        return corpus
    try:
        return Path(json.loads((results / "run.json").read_text(encoding="utf-8"))["corpus"])
    except (OSError, ValueError, KeyError):
        raise ResultsError(
            f"{results}: no run.json that says where the texts are; name them with --corpus DIR"
        ) from None
