from __future__ import annotations

import os
from collections.abc import Sequence

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers import demo_bodies, make_documents, make_paragraphs
from textlab.cleaning.paragraphs import clean
from textlab.errors import LexiconError, TableError, WorkerError
from textlab.language.segmenter import cut
from textlab.schema import contract
from textlab.tokens import segmentation
from textlab.tokens.overlay import Paragraph, Row
from textlab.tokens.segmentation import segment, tokenize

LEXICON = ["成果转化", "营商环境"]


def test_two_paragraphs_by_hand() -> None:
    paragraphs = make_paragraphs(["科技成果转化 3项", "AI，"])
    tokens = tokenize(paragraphs, LEXICON)
    assert list(tokens.columns) == list(contract("tokens").columns)
    assert [list(row) for row in tokens.itertuples(index=False)] == [
        ["a#0001", "a", 1, "科技", "word", 0, 2],
        ["a#0001", "a", 2, "成果转化", "lexicon", 2, 6],
        ["a#0001", "a", 3, "3", "number", 7, 8],
        ["a#0001", "a", 4, "项", "word", 8, 9],
        ["a#0002", "a", 1, "AI", "latin", 0, 2],
        ["a#0002", "a", 2, "，", "punctuation", 2, 3],
    ]


def test_furniture_is_not_tokenized() -> None:
    kept = [("优化营商环境", role) for role in ("body", "heading", "caption")]
    paragraphs = make_paragraphs([*kept, ("优化营商环境", "furniture")])
    found = segment(paragraphs, LEXICON)
    assert set(found.tokens["para_id"]) == {"a#0001", "a#0002", "a#0003"}
    # jieba knows no 营商环境; the furniture is not in its counts either.
    assert segment(paragraphs, ["优化"]).plain == {"优化": 3}


def test_plain_counts_are_what_jieba_alone_would_have_counted() -> None:
    texts = [text for paragraphs in demo_bodies().values() for text in paragraphs][:20]
    surfaces = ["现代化", "新质生产力", "人工智能", "科技创新", "制造业"]
    words = [word for text in texts for word in cut(text)]
    expected = {surface: words.count(surface) for surface in surfaces}
    found = segment(make_paragraphs(texts), surfaces).plain
    assert found == {surface: n for surface, n in sorted(expected.items()) if n}
    assert found["人工智能"] > 0
    assert "新质生产力" not in found


def test_the_builtin_lexicon_is_the_default() -> None:
    tokens = tokenize(make_paragraphs(["加快发展新质生产力"]))
    assert tokens["token"][tokens["kind"] == "lexicon"].tolist() == ["新质生产力"]


def test_no_paragraphs_give_an_empty_table() -> None:
    tokens = tokenize(make_paragraphs([]), LEXICON, workers=2)
    assert tokens.empty
    assert list(tokens.columns) == list(contract("tokens").columns)


def test_wrong_arguments() -> None:
    with pytest.raises(LexiconError, match="is one character"):
        tokenize(make_paragraphs(["发展"]), ["发"])
    with pytest.raises(TableError, match="table 'paragraphs' wants the column"):
        tokenize(pd.DataFrame({"text": ["发展"]}))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text("科技成果转化营商环境，5A ", max_size=12), max_size=5))
def test_offsets_and_positions(texts: list[str]) -> None:
    tokens = tokenize(make_paragraphs(texts), LEXICON)
    by_id = {f"a#{number:04d}": text for number, text in enumerate(texts, 1)}
    for para_id, part in tokens.groupby("para_id"):
        assert part["position"].tolist() == list(range(1, len(part) + 1))
        spans = zip(part["start"], part["end"], strict=True)
        assert [by_id[str(para_id)][a:b] for a, b in spans] == part["token"].tolist()
    joined = "".join(tokens["token"])
    assert joined == "".join("".join(texts).split())


def test_two_workers_give_the_same_table_as_one() -> None:
    paragraphs = clean(make_documents({k: "\n".join(v) for k, v in demo_bodies().items()}))
    alone = segment(paragraphs)
    # Rows in any order: the table's own order is made anew.
    shared = segment(paragraphs.sample(frac=1, random_state=2), workers=2)
    pd.testing.assert_frame_equal(shared.tokens, alone.tokens)
    assert shared.tokens.to_csv() == alone.tokens.to_csv()
    assert list(shared.plain.items()) == list(alone.plain.items())


@given(
    st.lists(st.tuples(st.just("a#1"), st.just("a"), st.text("发", max_size=9)), max_size=12),
    st.integers(1, 6),
)
def test_shards_hold_all_paragraphs_in_order(texts: list[Paragraph], workers: int) -> None:
    shards = segmentation._shards(texts, workers)
    assert [paragraph for shard in shards for paragraph in shard] == texts
    assert len(shards) <= workers
    assert all(shards)


def test_shards_are_of_about_one_size() -> None:
    texts = [(f"a#{number}", "a", "发" * 10) for number in range(9)]
    assert [len(shard) for shard in segmentation._shards(texts, 3)] == [3, 3, 3]


def die(texts: Sequence[Paragraph], surfaces: Sequence[str]) -> tuple[list[Row], dict[str, int]]:
    os._exit(1)


def test_a_worker_that_dies_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segmentation, "segment_texts", die)
    with pytest.raises(WorkerError, match="a worker process died while documents a to a"):
        tokenize(make_paragraphs(["发展", "创新"]), LEXICON, workers=2)
