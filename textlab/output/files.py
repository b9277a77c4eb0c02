"""Putting a file in place whole: a reader sees the old one or the new one, never half of one."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from textlab.errors import ResultsError


def write_bytes(path: str | Path, data: bytes | Iterable[bytes]) -> Path:
    """Write ``data``, whole or in pieces, to ``path`` in one step; missing folders are made.

    The bytes go to a file of another name in the same folder (a rename across file systems is
    a copy, and a copy can be seen half done), which then takes the place of the old one.
    Raises :class:`ResultsError`.
    """
    target = Path(path)
    # Not the tempfile module: its files can be read by their owner only, and stay so.
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("wb") as stream:
                stream.writelines([data] if isinstance(data, bytes) else data)
            os.replace(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise ResultsError(f"cannot write '{target}': {error.strerror}") from error
    return target
