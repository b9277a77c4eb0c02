"""How often intervals of a group's topic shares hold the truth: a part of ``make evaluate``.

Topics are known. Documents vary about their group's shares, and paragraphs, of 40 words each,
about their document's; what is not covered is that topics are estimated.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from tests.helpers import make_paragraphs
from tests.topic_models import model_of
from textlab.topics.by_place import place_shares
from textlab.topics.variational import Floats

TOPICS, TERMS, PARAGRAPHS, TOKENS = 8, 400, 10, 40
GROUPS = 60
DOCUMENTS = (3, 6, 10, 30)
# How much documents vary about their group, and paragraphs about their document: Dirichlet sizes.
SETTINGS = {"alike": (30.0, 4.0), "different": (5.0, 4.0), "a subject a paragraph": (30.0, 0.8)}
BANDS = ((0.05, 1.0), (0.01, 0.05), (0.0, 0.01))


def evaluate_shares() -> list[str]:
    """Of 100 intervals, how many hold the share, by number of documents and size of the share."""
    rng = np.random.default_rng(21)
    topic_term = rng.dirichlet(np.full(TERMS, 0.05), TOPICS) + 1e-6
    topic_term /= topic_term.sum(axis=1, keepdims=True)
    powers: Floats = np.exp2(-np.arange(TOPICS, dtype="float64"))
    truth: Floats = powers / powers.sum()
    heads = "".join(f"{f'{low:g} to {high:g}':>14}" for low, high in BANDS)
    lines = [f"95% intervals of topic shares of groups, shares of{heads}"]
    for documents in DOCUMENTS:
        for name, setting in SETTINGS.items():
            held = _held(topic_term, truth, documents, setting, rng)
            cells = "".join(f"{100 * share:14.1f}" for share in held)
            lines.append(f"  {f'{documents} documents, {name}':<48}{cells}")
    return lines


def _held(
    topic_term: Floats,
    truth: Floats,
    documents: int,
    setting: tuple[float, float],
    rng: np.random.Generator,
) -> list[float]:
    """The share of intervals that hold the truth, for each band of shares."""
    vocabulary = [f"t{term:03d}" for term in range(TERMS)]
    model = model_of(topic_term, vocabulary)
    between, within = setting
    of_document = rng.dirichlet(between * truth, GROUPS * documents).clip(1e-9)
    shares = np.vstack([rng.dirichlet(within * theta, PARAGRAPHS) for theta in of_document])
    n = np.vstack([rng.multinomial(TOKENS, theta @ topic_term) for theta in shares])
    names = np.array([f"p{row:06d}" for row in range(len(n))], dtype=object)
    row, column = n.nonzero()
    counts = pd.DataFrame(
        {"unit": names[row], "term": np.array(vocabulary)[column], "n": n[row, column]}
    )
    owner = np.arange(len(n)) // PARAGRAPHS
    paragraphs = make_paragraphs(["x"] * len(n)).assign(
        para_id=names,
        doc_id=[f"d{document:05d}" for document in owner],
        place=[f"g{document // documents:03d}" for document in owner],
    )
    made = place_shares(model, counts, paragraphs)
    true = pd.Series(truth, index=model.numbers)
    made["true"] = made["topic"].map(true)
    made = made[made["reason"] == ""]
    right = made["true"].between(made["low"], made["high"])
    return [
        float(right[(made["true"] >= low) & (made["true"] < high)].mean()) for low, high in BANDS
    ]
