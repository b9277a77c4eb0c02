"""A topic model as a folder of plain files: .npy, JSON and CSV, never pickle."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from textlab.errors import ResultsError

FORMAT = 2
ARRAYS = ("topic_term", "alpha", "prevalence")
ABOUT = ("seed", "numbers", "labels", "vocabulary")
FILES = ("model.json", *(f"{name}.npy" for name in ARRAYS), "document_topics.csv")


class Parts(NamedTuple):
    """What a topic model is made of; all else follows from it."""

    vocabulary: list[str]
    topic_term: np.ndarray
    alpha: np.ndarray
    prevalence: np.ndarray
    numbers: list[int]
    labels: list[str]
    document_topics: pd.DataFrame
    seed: int


def write_parts(folder: Path, parts: Parts) -> None:
    """Write ``parts`` into ``folder``, which is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    about = {"format": FORMAT} | {name: getattr(parts, name) for name in ABOUT}
    text = json.dumps(about, ensure_ascii=False, indent=0) + "\n"
    (folder / "model.json").write_text(text, encoding="utf-8", newline="\n")
    for name in ARRAYS:
        np.save(folder / f"{name}.npy", getattr(parts, name), allow_pickle=False)
    with (folder / "document_topics.csv").open("w", encoding="utf-8", newline="") as file:
        # Quoted, as a unit's name may hold a carriage return, which csv leaves bare otherwise.
        parts.document_topics.to_csv(
            file, index=False, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC
        )


def read_parts(folder: Path) -> Parts:
    """What :func:`write_parts` wrote, bit for bit; :class:`ResultsError` if it is not that."""
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise ResultsError(f"no topic model in '{folder}': missing {', '.join(missing)}")
    try:
        parts = _parse(folder)
    except (ValueError, KeyError, EOFError, TypeError) as error:
        reason = " ".join(str(error).split())
        raise ResultsError(f"the topic model in '{folder}' cannot be read: {reason}") from error
    k = {len(parts.numbers), len(parts.labels), *parts.alpha.shape, *parts.prevalence.shape}
    if {parts.topic_term.shape} != {(topics, len(parts.vocabulary)) for topics in k}:
        raise ResultsError(
            f"the topic model in '{folder}' contradicts itself: topic_term is "
            f"{parts.topic_term.shape}, alpha {parts.alpha.shape}, "
            f"prevalence {parts.prevalence.shape}, {len(parts.numbers)} numbers, "
            f"{len(parts.labels)} labels, vocabulary {len(parts.vocabulary)} terms"
        )
    return parts


def _parse(folder: Path) -> Parts:
    about = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    if about["format"] != FORMAT:
        raise ValueError(f"wanted format {FORMAT}, found {about['format']}")
    shares = pd.read_csv(
        folder / "document_topics.csv",
        dtype={"topic": "int64"} | dict.fromkeys(("unit", "share", "low", "high"), "str"),
        keep_default_na=False,
    )
    # By Python, which reads back the very number that was written; not every pandas does.
    for column in ("share", "low", "high"):
        shares[column] = shares[column].map(float).astype("float64")
    arrays = {name: np.load(folder / f"{name}.npy", allow_pickle=False) for name in ARRAYS}
    told = {name: about[name] for name in ABOUT}
    columns = ["unit", "topic", "share", "low", "high"]
    return Parts(**arrays, **told, document_topics=shares[columns])
