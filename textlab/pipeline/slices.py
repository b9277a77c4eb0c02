"""Stored tables, a stretch of whole documents at a time: memory stays that of one stretch.

The tables that hold texts or tokens are written a row group for each stretch of documents, the
same stretches in all of them, so that worker processes read, compute and hand back one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

import pyarrow as pa
import pyarrow.parquet as pq

from textlab.workers import Task

# What is long in a table of paragraphs.
LONG = ("text", "origin")


class Slice(NamedTuple):
    """A row group of a parquet file, or of it the rows of one document."""

    file: Path
    number: int
    doc_id: str = ""

    def read(self, *columns: str) -> pa.Table:
        """The rows; with ``columns`` these only."""
        named = list(columns) or None
        if self.doc_id and named and "doc_id" not in named:
            named.append("doc_id")
        with pq.ParquetFile(self.file) as stored:
            table = stored.read_row_group(self.number, columns=named)
        if self.doc_id:
            import pyarrow.compute as pc

            table = table.filter(pc.equal(table["doc_id"], self.doc_id))
        return table.select(columns) if columns else table

    def documents(self) -> list[str]:
        """The doc_id of each document in it."""
        return list(dict.fromkeys(self.read("doc_id")["doc_id"].to_pylist()))


def slices(file: Path) -> list[Slice]:
    """The row groups of ``file``, in order."""
    with pq.ParquetFile(file) as stored:
        return [Slice(file, number) for number in range(stored.num_row_groups)]


def slice_task(arguments: Callable[[Slice], tuple[Any, ...]], part: Slice) -> Task:
    """A task on ``part``: ``arguments`` makes those of its function from a slice."""

    def alone() -> dict[str, tuple[Any, ...]]:
        return {doc_id: arguments(part._replace(doc_id=doc_id)) for doc_id in part.documents()}

    return Task(arguments(part), alone)


class Sink:
    """A parquet file that is written one row group after the other."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._writer: pq.ParquetWriter | None = None

    def write(self, table: pa.Table) -> None:
        """Append ``table`` as a row group, an empty one too: numbers of groups must agree."""
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._file, table.schema)
        self._writer.write_table(table, row_group_size=max(table.num_rows, 1))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._writer is not None:
            self._writer.close()


def stretches(sizes: Sequence[int], characters: int) -> Iterator[tuple[int, int]]:
    """Where stretches of documents of these sizes begin and end, each of ``characters`` or more."""
    start = filled = 0
    for at, size in enumerate(sizes, 1):
        filled += size
        if filled >= characters or at == len(sizes):
            yield start, at
            start, filled = at, 0
