"""Folders of documents that tests write, and what reading makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.files import write_file
from textlab.reading.documents import read_documents

DECISION = "关于发展新质生产力的决定\n\n2024年7月8日，全会通过本决定。\n"
REPORT = "# 乡村振兴有了新气象\n\n本报讯，今年粮食再获丰收。\n"


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        write_file(folder / name, content)
    return folder


def row(documents: pd.DataFrame, file: str) -> dict[str, Any]:
    """The document of ``file``, which is there once."""
    found = documents[documents["file"] == file].to_dict("records")
    assert len(found) == 1
    return {str(column): value for column, value in found[0].items()}


def complain(kind: type[Exception], *parts: str, **arguments: Any) -> None:
    """Reading is refused with ``kind``, in one line that has all of ``parts``."""
    with pytest.raises(kind) as caught:
        read_documents(**arguments)
    assert "\n" not in str(caught.value)
    for part in parts:
        assert part in str(caught.value)
