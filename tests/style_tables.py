"""Small texts for tests of style."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from textlab.schema import check
from textlab.tokens.kinds import kind_of

SLOGANS = frozenset({"创新", "新质生产力"})


def make_text(
    documents: Mapping[str, Sequence[str]],
    *,
    places: Mapping[str, str] | None = None,
    headings: Sequence[str] = (),
    copies: Mapping[str, str] | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tokens and paragraphs of documents, given as paragraphs of words between blanks.

    Paragraphs have the names ``a#0001``, ``a#0002``... and the ``places`` of their documents,
    or their own. ``headings`` are names of paragraphs.
    """
    tokens, paragraphs = [], []
    for doc_id, texts in documents.items():
        for position, text in enumerate(texts, 1):
            para_id = f"{doc_id}#{position:04d}"
            place = (places or {}).get(para_id, (places or {}).get(doc_id, ""))
            role = "heading" if para_id in headings else "body"
            original = (copies or {}).get(para_id, "")
            paragraphs.append(
                [para_id, doc_id, 1, position, role, "", "", 0, 0, place, "", original]
            )
            tokens += [
                [para_id, doc_id, at, word, kind(word), at, at + len(word)]
                for at, word in enumerate(text.split(), 1)
            ]
    return make(tokens, "tokens"), make(paragraphs, "paragraphs")


def kind(word: str) -> str:
    return "lexicon" if word in SLOGANS else kind_of(word)


def make(rows: list[list[object]], name: str) -> pd.DataFrame:
    columns = {
        "tokens": "para_id doc_id position token kind start end",
        "paragraphs": "para_id doc_id article position role text origin raw_start raw_end place "
        "place_basis duplicate_of",
    }[name].split()
    return check(pd.DataFrame(rows, columns=pd.Index(columns)), name)


def random_documents(seed: int, documents: int, paragraphs: int = 12) -> dict[str, list[str]]:
    """Documents of paragraphs of 5 to 30 words each, with numbers, slogans and sentences."""
    rng = np.random.default_rng(seed)
    words = [
        *(f"词{chr(0x4E00 + i)}" for i in range(60)),
        "创新",
        "新质生产力",
        "5",
        "3%",
        "，",
        "。",
    ]
    weights = 1 / (np.arange(len(words)) + 4)
    p = weights / weights.sum()
    return {
        f"d{number:02d}": [
            " ".join([*rng.choice(words, rng.integers(5, 30), p=p), "。"])
            for _ in range(paragraphs)
        ]
        for number in range(documents)
    }
