from __future__ import annotations

import subprocess
import sys

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers import demo_bodies, make_documents, make_paragraphs, time_limit
from textlab.cleaning.paragraphs import clean
from textlab.errors import LexiconError, TableError, UnknownNameError
from textlab.language.segmenter import cut
from textlab.schema import contract
from textlab.tokens import segmentation
from textlab.tokens.parts import segment_part
from textlab.tokens.segmentation import find_terms, segment, tokenize

LEXICON = ["成果转化", "营商环境"]


def test_two_paragraphs_by_hand() -> None:
    paragraphs = make_paragraphs(["科技成果转化 3项", "AI，"])
    tokens = tokenize(paragraphs, LEXICON)
    assert list(tokens.columns) == list(contract("tokens").columns)
    assert [list(row) for row in tokens.itertuples(index=False)] == [
        ["a#0001", "a", 1, "科技", "word", 0, 2],
        ["a#0001", "a", 2, "成果转化", "lexicon", 2, 6],
        ["a#0001", "a", 3, "3", "number", 7, 8],
        ["a#0001", "a", 4, "项", "unit", 8, 9],
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
    for name in ("tokens", "occurrences", "crossings"):
        pd.testing.assert_frame_equal(getattr(shared, name), getattr(alone, name))
    assert shared.tokens.to_csv() == alone.tokens.to_csv()
    assert list(shared.plain.items()) == list(alone.plain.items())


def test_batches_hold_all_paragraphs_in_order_and_whole_documents() -> None:
    texts = {"a": "发展\n创新", "b": "改革" * 20, "c": "开放", "d": "转型"}
    paragraphs = clean(make_documents(texts))
    found = list(segmentation.batches(paragraphs, characters=30))
    assert [[row[1] for row in batch] for batch in found] == [["a", "a", "b"], ["c", "d"]]
    rows = zip(paragraphs["para_id"], paragraphs["doc_id"], paragraphs["text"], strict=True)
    assert [row for batch in found for row in batch] == list(rows)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.text("科技成果转化营商环境，5A+3亿元 。\0", max_size=12), max_size=6),
    st.integers(1, 40),
)
def test_the_size_of_batches_changes_nothing(texts: list[str], size: int) -> None:
    paragraphs = make_paragraphs(texts)
    rules = segmentation.make_rules(LEXICON)
    parts = [segment_part(rules, batch) for batch in segmentation.batches(paragraphs, size)]
    small, whole = segmentation.gathered(parts), segment(paragraphs, LEXICON)
    for name in ("tokens", "occurrences", "crossings", "sizes"):
        pd.testing.assert_frame_equal(getattr(small, name), getattr(whole, name))
    assert small.plain == whole.plain


def test_sizes_are_what_rates_are_counted_in() -> None:
    sizes = segment(make_paragraphs(["科技成果转化，3亿元 AI", "。", "5A"]), LEXICON).sizes
    assert [list(row) for row in sizes.itertuples(index=False)] == [
        ["a#0001", "a", 5],
        ["a#0002", "a", 0],
        ["a#0003", "a", 1],
    ]


def test_both_engines_give_the_same_table() -> None:
    paragraphs = clean(make_documents({k: "\n".join(v) for k, v in demo_bodies().items()}))
    pd.testing.assert_frame_equal(tokenize(paragraphs), tokenize(paragraphs, engine="jieba"))


def test_an_engine_that_is_not_there() -> None:
    with pytest.raises(UnknownNameError, match="no engine 'slow'; there are: fast, jieba"):
        tokenize(make_paragraphs(["发展"]), LEXICON, engine="slow")  # type: ignore[arg-type]


def test_accidents_are_left_out_unless_they_are_asked_for() -> None:
    paragraphs = make_paragraphs(["发展绿色化工和绿色化转型"])
    found = segment(paragraphs, ["绿色化"])
    assert found.occurrences["start"].tolist() == [7]
    assert found.crossings[["start", "word", "verdict"]].to_numpy().tolist() == [
        [2, "化工", "accident"]
    ]
    assert find_terms(paragraphs, ["绿色化"], accidents="counted")["start"].tolist() == [2, 7]
    # The study's word is the last one.
    rules = segmentation.make_rules(["绿色化"], verdicts={"绿色化": "counted"})
    overruled = segment(paragraphs, rules=rules)
    assert overruled.occurrences["start"].tolist() == [2, 7]
    assert overruled.crossings["rule"].tolist() == ["study"]
    with pytest.raises(LexiconError, match="'maybe' is no verdict"):
        segmentation.make_rules(["绿色化"], verdicts={"绿色化": "maybe"})
    with pytest.raises(LexiconError, match="no such term"):
        segmentation.make_rules(["绿色化"], verdicts={"制造": "counted"})


@pytest.mark.parametrize("text", ["龘" * 100_000, "，。！" * 1000, "", "㐀𠮷" * 5000])
def test_texts_of_rare_characters_or_signs_only(text: str) -> None:
    with time_limit(30):
        tokens = tokenize(make_paragraphs([text]), LEXICON)
    assert "".join(tokens["token"]) == text


def test_worker_processes_import_no_pandas() -> None:
    script = (
        "import sys, textlab.tokens.parts as p\n"
        "from textlab.tokens.batches import Rules\n"
        "p.segment_part(Rules({'绿色化': '绿色化'}), [('a#1', 'a', '绿色化工 A-B')])\n"
        "print('pandas' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], capture_output=True, check=True, text=True
    )
    assert done.stdout.strip() == "False"
