"""The store of stage outputs: each whole or not there, and checked before it is believed."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textlab.errors import ResultsError
from textlab.pipeline.fingerprint import file_hash

if TYPE_CHECKING:
    import pandas as pd

RECORD = "stage.json"


@dataclass(frozen=True)
class Output:
    """What a stage has left: its folder, the hashes of its files, its warnings and notes."""

    stage: str
    fingerprint: str
    folder: Path
    parts: dict[str, Any]
    files: dict[str, str]
    warnings: list[str]
    notes: dict[str, Any]

    def table(self, name: str, *, blank: tuple[str, ...] = ()) -> pd.DataFrame:
        """One of the stage's tables, with the columns ``blank`` empty."""
        return stored_table(self.folder / f"{name}.parquet", blank=blank)

    def hashes(self, tables: tuple[str, ...]) -> dict[str, str]:
        """The hashes of ``tables``, for the fingerprint of the stage that reads them."""
        return {f"{self.stage}.{name}": self.files[f"{name}.parquet"] for name in tables}


def stored_table(file: Path, *, blank: tuple[str, ...] = ()) -> pd.DataFrame:
    """The table in ``file``; columns of text that are not needed are left ``blank``."""
    import pyarrow.parquet as pq

    names = pq.read_schema(file).names
    wanted = [column for column in names if column not in blank]
    # Threads and buffers ahead take more memory than the table.
    table: pd.DataFrame = pq.read_table(
        file, columns=wanted, use_threads=False, pre_buffer=False
    ).to_pandas()
    return table.assign(**dict.fromkeys(blank, ""))[names] if blank else table


class Store:
    """The folder ``.stages`` of a results folder: ``<stage>/<fingerprint>/`` for each output."""

    def __init__(self, results: Path) -> None:
        self.root = results / ".stages"

    def find(self, stage: str, fingerprint: str) -> tuple[Output | None, str]:
        """The output with this fingerprint if it is whole, else None and the reason."""
        output = self._read(self.root / stage / fingerprint)
        if output is None:
            return None, ""
        for name, digest in output.files.items():
            path = output.folder / name
            if not path.is_file() or file_hash(path) != digest:
                return None, f"its stored output {name} was changed or is gone"
        return output, ""

    def latest(self, stage: str) -> Output | None:
        """The most recent output of ``stage``, whatever its fingerprint."""
        folder = self.root / stage
        records = sorted(
            folder.glob(f"*/{RECORD}"), key=lambda record: (record.stat().st_mtime_ns, str(record))
        )
        return self._read(records[-1].parent) if records else None

    @contextmanager
    def writing(self, stage: str, fingerprint: str) -> Iterator[tuple[Path, Callable[..., Output]]]:
        """A temporary folder to write into, and the call that puts it in place, whole."""
        parent = self.root / stage
        parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".writing-", dir=parent))

        def commit(parts: dict[str, Any], warnings: list[str], notes: dict[str, Any]) -> Output:
            files = {
                path.relative_to(folder).as_posix(): file_hash(path)
                for path in sorted(folder.rglob("*"))
                if path.is_file()
            }
            record = {"parts": parts, "files": files, "warnings": warnings, "notes": notes}
            text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True)
            (folder / RECORD).write_text(text, encoding="utf-8")
            target = parent / fingerprint
            shutil.rmtree(target, ignore_errors=True)
            os.replace(folder, target)
            return Output(stage, fingerprint, target, parts, files, warnings, notes)

        try:
            yield folder, commit
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def keep_only(self, outputs: list[Output]) -> None:
        """Remove outputs that the study no longer needs, and what an interrupted run left."""
        kept = {output.folder for output in outputs}
        for folder in self.root.glob("*/*"):
            if folder not in kept:
                shutil.rmtree(folder, ignore_errors=True)

    def _read(self, folder: Path) -> Output | None:
        try:
            record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
            return Output(
                folder.parent.name,
                folder.name,
                folder,
                record["parts"],
                record["files"],
                record["warnings"],
                record["notes"],
            )
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ResultsError(
                f"{folder / RECORD}: cannot be read ({error}); remove the folder .stages beside it "
                "and run again"
            ) from None
