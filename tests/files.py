"""Files that tests write."""

from __future__ import annotations

from pathlib import Path


def write_file(file: Path, content: str | bytes) -> Path:
    """``content``, text as UTF-8, in ``file`` and in folders made for it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file
