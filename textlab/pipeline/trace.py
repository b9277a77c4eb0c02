"""From a number in a table to the characters that it was counted from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from textlab.errors import ResultsError, UnknownNameError, nearest

if TYPE_CHECKING:
    import pandas as pd

CONTEXT = 20
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
    stretch of raw text holds are shown as ⏎.
    """
    documents = _table(results, "documents", "documents_read")
    found = _occurrences(results, term)
    found = _only(found, documents, place, doc)
    texts = _Texts(_corpus_folder(results, corpus), documents)
    yield f"{term}: {len(found)} occurrences in {found['doc_id'].nunique()} documents"
    columns = ["doc_id", "file", "line", "column", "relation", "raw_start", "raw_end"]
    for doc_id, file, line, column, relation, start, end in found[columns].to_numpy().tolist():
        before, inside, behind = texts.context(doc_id, start, end)
        how = "" if relation == "alone" else f" ({relation})"
        yield f"{file}:{line}:{column}{how}\t{before}【{inside}】{behind}"


class _Texts:
    """The decoded raw files, read when they are asked for."""

    def __init__(self, folder: Path, documents: pd.DataFrame) -> None:
        self.folder = folder
        self.known = documents.set_index("doc_id")[["file", "sha256"]].T.to_dict()
        self.read: dict[str, str] = {}

    def context(self, doc_id: str, start: int, end: int) -> tuple[str, str, str]:
        text = self.read.get(doc_id)
        if text is None:
            text = self.read[doc_id] = self._decoded(doc_id)
        before, inside, behind = (
            text[max(0, start - CONTEXT) : start],
            text[start:end],
            text[end : end + CONTEXT],
        )
        return _one_line(before), _one_line(inside), _one_line(behind)

    def _decoded(self, doc_id: str) -> str:
        from textlab.language.encoding import decode
        from textlab.pipeline.fingerprint import file_hash

        entry = self.known[doc_id]
        path = self.folder / str(entry["file"])
        if not path.is_file():
            raise ResultsError(f"{path}: no such file; say where the texts are with --corpus DIR")
        if file_hash(path) != entry["sha256"]:
            raise ResultsError(
                f"{path}: not the file that was counted (its sha256 differs); run the study again"
            )
        return decode(path.read_bytes())[0]


def _one_line(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", LINE_END_SHOWN)


def _table(results: Path, name: str, contract: str = "") -> pd.DataFrame:
    from textlab.output.tables import read_csv

    path = results / "tables" / f"{name}.csv"
    if not path.is_file():
        raise ResultsError(f"{path}: no such table; is {results} a results folder of textlab run?")
    return read_csv(path, contract or name)


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
    outputs = {name: store.latest(name) for name in ("read", "clean", "tokens")}
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
    located = locate(spans, tables["clean"], tables["read"])
    place = tables["clean"].set_index("para_id")["place"]
    return located.assign(relation="alone", place=located["para_id"].map(place))


def _only(
    found: pd.DataFrame, documents: pd.DataFrame, place: str | None, doc: str | None
) -> pd.DataFrame:
    if place is not None:
        if place not in set(documents["place"]):
            there = ", ".join(sorted({p for p in documents["place"] if p})) or "none"
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
