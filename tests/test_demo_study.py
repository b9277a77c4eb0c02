"""The demo study as ``make`` runs it: the truth met, the same bytes on any run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import textlab as tl
from tests.small import tree
from textlab.pipeline.run import Results

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus" / "demo"
TRUTH = json.loads((CORPUS / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return tl.run(ROOT / "study.toml", results=tmp_path_factory.mktemp("demo"))


def test_every_count_is_the_truth_messy_documents_included(demo: Results) -> None:
    table = demo.table("keyword_by_document").set_index(["doc_id", "keyword"])["count"]
    wrong = {
        (doc_id, term): (table[doc_id, term], count)
        for doc_id, document in TRUTH["documents"].items()
        for term, count in document["counts"].items()
        if table[doc_id, term] != count
    }
    assert wrong == {}
    assert len(TRUTH["documents"]) >= 24 and len(TRUTH["messy"]) >= 6
    assert all(len(document["counts"]) >= 12 for document in TRUTH["documents"].values())


def test_each_citys_planted_emphasis_leads_its_keyness(demo: Results) -> None:
    keyness = demo.table("keyness")
    assert set(TRUTH["emphasis"]) == set(keyness["group"])
    for city, planted in TRUTH["emphasis"].items():
        first = keyness[keyness["group"] == city].head(len(planted))
        assert set(first["term"]) == set(planted)
        assert (first["log_ratio"] > 0).all() and (first["q_g2"] < 0.001).all()


def test_keyword_by_place_sums_its_documents(demo: Results) -> None:
    by_document, by_place = demo.table("keyword_by_document"), demo.table("keyword_by_place")
    columns = ["count", "nested", "overlapped", "tokens"]
    sums = by_document.groupby(["place", "keyword"])[columns].sum()
    pd.testing.assert_frame_equal(
        sums.reset_index(), by_place[["place", "keyword", *columns]], check_dtype=False
    )
    assert (by_place["documents"] == 6).all()
    inside = by_place["per_10k"].between(by_place["ci_low"] - 1e-6, by_place["ci_high"] + 1e-6)
    assert inside.mean() > 0.99


def test_each_citys_own_topic_is_its_largest(demo: Results) -> None:
    """The planted emphasis is recovered by the topics too."""
    topics, shares = demo.table("topics"), demo.table("topic_by_place")
    for city, planted in TRUTH["emphasis"].items():
        own = shares[shares["place"] == city].nlargest(1, "share")["topic"].iloc[0]
        terms = set(topics.loc[topics["topic"] == own, "term"])
        assert len(terms & set(planted)) >= 2, (city, sorted(terms))


def test_every_token_leads_back_to_its_raw_characters() -> None:
    """The property behind ``textlab trace``, for every token of the corpus."""
    documents = tl.read_documents(CORPUS)
    paragraphs = tl.clean(documents)
    tokens = tl.tokenize(paragraphs)
    from textlab.cleaning.characters import unify
    from textlab.cleaning.traced import TracedText

    # Unified first: what a sign becomes depends on its neighbours.
    raw = documents.set_index("doc_id")["text"].map(unify)
    traced = {
        para_id: TracedText.decode(text, origin)
        for para_id, text, origin in paragraphs[["para_id", "text", "origin"]].itertuples(
            index=False
        )
    }
    checked = 0
    for para_id, doc_id, token, start, end in tokens[
        ["para_id", "doc_id", "token", "start", "end"]
    ].itertuples(index=False):
        text = raw[doc_id]
        assert "".join(text[traced[para_id].offset(at)] for at in range(start, end)) == token
        checked += 1
    assert checked == len(tokens) > 15_000


def test_the_same_bytes_for_any_workers_hash_seed_time_zone_and_file_order(
    demo: Results, tmp_path: Path
) -> None:
    shutil.copy(ROOT / "study.toml", tmp_path)
    corpus = tmp_path / "corpus" / "demo"
    corpus.mkdir(parents=True)
    for path in sorted(CORPUS.iterdir(), reverse=True):
        shutil.copy(path, corpus)
    settings = {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C", "OMP_NUM_THREADS": "2"}
    subprocess.run(
        [sys.executable, "-m", "textlab.cli", "run", "--workers", "2", "--quiet"],
        cwd=tmp_path,
        env=os.environ | settings,
        check=True,
    )
    one, two = tree(demo.folder), tree(tmp_path / "results" / "demo")
    assert set(one) == set(two)
    assert [name for name in one if one[name] != two[name]] == []
    # The other side ran with one worker in this process, whose hash seed is not 1.
    assert os.environ.get("PYTHONHASHSEED") != "1"
