from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import textlab as tl
from tests.helpers import demo_bodies, make_documents, make_paragraphs
from textlab.errors import LexiconError, TableError, UnknownNameError
from textlab.tokens import parts

LEXICON = ["成果转化", "营商环境", "绿色化"]
KINDS = ("word", "lexicon", "number", "latin", "unit", "punctuation")


@pytest.fixture(scope="module")
def paragraphs() -> pd.DataFrame:
    return tl.clean(make_documents({k: "\n".join(v) for k, v in demo_bodies().items()}))


def test_by_hand() -> None:
    rows = tl.count_terms(make_paragraphs(["科技成果转化，成果转化 3项", "绿色化工 AI"]), LEXICON)
    assert [list(row) for row in rows.itertuples(index=False)] == [
        ["a", "3", 1],
        ["a", "AI", 1],
        ["a", "化工", 1],
        ["a", "成果转化", 2],
        ["a", "科技", 1],
        ["a", "绿色", 1],
        ["a", "项", 1],
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text("科技成果转化绿色化工，5A+3亿元 。\0", max_size=14), max_size=6),
    st.sets(st.sampled_from(KINDS), min_size=1),
    st.integers(1, 3),
)
def test_it_is_the_count_of_the_tokens(texts: list[str], kinds: set[str], min_length: int) -> None:
    paragraphs = make_paragraphs(texts)
    exclude = ["科技", "5"]
    for by in ("doc_id", "para_id"):
        tokens = tl.tokenize(paragraphs, LEXICON)
        whole = tl.count(tokens, by, kinds=kinds, exclude=exclude, min_length=min_length)
        streamed = tl.count_terms(
            paragraphs, LEXICON, by=by, kinds=kinds, exclude=exclude, min_length=min_length
        )
        pd.testing.assert_frame_equal(streamed, whole)


def test_units_that_several_documents_share_and_paragraphs_without_one(
    paragraphs: pd.DataFrame,
) -> None:
    year = paragraphs.set_index("para_id")["doc_id"].str.extract(r"_(\d{4})_")[0]
    year[paragraphs["role"].to_numpy() == "heading"] = None
    whole = tl.count(tl.tokenize(paragraphs), year)
    assert set(whole["unit"]) == {"2023", "2024"}
    pd.testing.assert_frame_equal(tl.count_terms(paragraphs, by=year), whole)
    pd.testing.assert_frame_equal(tl.count_terms(paragraphs, by=year, workers=2), whole)


def test_many_units_and_small_batches(
    paragraphs: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tl.count_terms(paragraphs, by="para_id")
    monkeypatch.setattr(parts, "DENSE", 10)
    monkeypatch.setattr("textlab.workers.BATCH_CHARACTERS", 100)
    pd.testing.assert_frame_equal(tl.count_terms(paragraphs, by="para_id"), whole)


def test_bad_input(paragraphs: pd.DataFrame) -> None:
    with pytest.raises(UnknownNameError, match="no kind of token 'verb'; there are: word, "):
        tl.count_terms(paragraphs, kinds=["verb"])
    with pytest.raises(UnknownNameError, match="no column 'city'"):
        tl.count_terms(paragraphs, by="city")
    with pytest.raises(TableError, match="wants the column"):
        tl.count_terms(pd.DataFrame({"text": ["发展"]}))
    with pytest.raises(LexiconError, match="is one character"):
        tl.count_terms(paragraphs, ["发"])
    assert tl.count_terms(make_paragraphs([]), LEXICON).empty
    assert tl.count_terms(make_paragraphs(["。，"]), LEXICON).empty
