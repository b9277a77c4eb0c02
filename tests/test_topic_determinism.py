"""Topics are the same bytes for any order of documents, workers, threads and hash seed."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import textlab as tl
from tests.planted_topics import as_bytes
from textlab.topics.quality import topic_quality
from textlab.topics.select import select_topics
from textlab.workers import Workers

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus" / "demo"
K = 7

# The documents are shuffled before anything is done with them, and the counts once more.
OTHER_PROCESS = """
import json
from tests.test_topic_determinism import digests, paragraph_counts
if __name__ == "__main__":
    print(json.dumps(digests(*paragraph_counts(shuffle=2), workers=2)))
"""


def paragraph_counts(shuffle: int | None = None) -> tuple[pd.DataFrame, pd.Series[str]]:
    """Counts by paragraph of the demo corpus, and the document of each; ``shuffle`` is a seed."""

    def shuffled(table: pd.DataFrame) -> pd.DataFrame:
        return table if shuffle is None else table.sample(frac=1, random_state=shuffle)

    paragraphs = shuffled(tl.clean(shuffled(tl.read_documents(CORPUS))))
    tokens = shuffled(tl.tokenize(paragraphs, tl.read_lexicon()))
    stop = tl.stoplist(tokens, places=paragraphs["place"])
    counts = tl.count(tokens, by="para_id", kinds=("word", "lexicon"), exclude=stop, min_length=2)
    return shuffled(counts), paragraphs.set_index("para_id")["doc_id"]


def digests(counts: pd.DataFrame, documents: pd.Series[str], *, workers: int = 1) -> dict[str, str]:
    """A model and what is said of it and of K, as hashes of their bytes."""
    model = tl.fit_topics(counts, K)
    with Workers(workers) as pool:
        quality = topic_quality(model, counts, documents=documents, bootstraps=3, workers=pool)
        selection = select_topics(counts, [3, K], documents=documents, replicates=2, workers=pool)
    made = {
        "model": b"\0".join(as_bytes(model)),
        "random": b"\0".join(as_bytes(tl.fit_topics(counts, K, start="random", passes=2))),
        "quality": quality.to_csv().encode(),
        "selection": selection.to_csv().encode(),
    }
    return {name: hashlib.sha256(content).hexdigest() for name, content in made.items()}


@pytest.fixture(scope="module", name="tables")
def tables_fixture() -> tuple[pd.DataFrame, pd.Series[str]]:
    return paragraph_counts()


@pytest.fixture(scope="module", name="here")
def here_fixture(tables: tuple[pd.DataFrame, pd.Series[str]]) -> dict[str, str]:
    return digests(*tables)


def test_a_seed_makes_another_model(tables: tuple[pd.DataFrame, pd.Series[str]]) -> None:
    """Else the hashes below might be the same for want of looking."""
    models = [tl.fit_topics(tables[0], K, start="random", passes=1, seed=seed) for seed in (0, 1)]
    assert as_bytes(models[0]) != as_bytes(models[1])


def test_shuffled_documents_give_the_same_topics(
    tables: tuple[pd.DataFrame, pd.Series[str]], here: dict[str, str]
) -> None:
    counts, documents = paragraph_counts(shuffle=1)
    assert counts["unit"].tolist() != tables[0]["unit"].tolist()
    assert digests(counts, documents) == here


def test_two_workers_of_another_process_give_the_same_topics(here: dict[str, str]) -> None:
    # This process has one worker, and a hash seed and as many threads as it happens to have.
    settings = {"PYTHONHASHSEED": "2", "OPENBLAS_NUM_THREADS": "2", "OMP_NUM_THREADS": "2"}
    run = subprocess.run(
        [sys.executable, "-c", OTHER_PROCESS],
        cwd=ROOT,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(run.stdout) == here
    assert os.environ.get("PYTHONHASHSEED") != "2"
