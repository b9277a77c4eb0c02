"""The passages of topics: which paragraphs, and where in the files they stand."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planted_topics import table
from tests.topic_models import model_of
from textlab.cleaning.traced import TracedText
from textlab.errors import ModelError, UnknownNameError
from textlab.schema import check
from textlab.topics.passages import topic_passages

# Of each paragraph, how often it has words of the first topic (a, b) and of the second (y, z).
PARAGRAPHS = {
    "d1": [{"a": 30}, {"a": 12, "b": 12}, {"y": 20, "a": 10}, {"b": 5}],
    "d2": [{"y": 15, "z": 15}, {"b": 28}, {"a": 24, "b": 2}, {"b": 25, "y": 5}],
}
COPY = "d2#1"
MODEL = model_of([[0.5, 0.45, 0.025, 0.025], [0.02, 0.03, 0.45, 0.5]], ["a", "b", "y", "z"])


def texts() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Documents, each paragraph of them on a line of its own behind a title, and counts."""
    documents, paragraphs, counts = [], [], []
    for doc_id, bags in PARAGRAPHS.items():
        text = f"{doc_id} 标题\n"
        for at, bag in enumerate(bags):
            own = "  " + "".join(term * n for term, n in bag.items())
            start, para_id = len(text) + 2, f"{doc_id}#{at}"
            traced = TracedText.of(own[2:], start)
            where = ("白鹭市", "", "d1#0" if para_id == COPY else "")
            paragraphs.append(
                (para_id, doc_id, 1, at, "body", traced.text, traced.origin, *traced.hull, *where)
            )
            counts += [(para_id, term, n) for term, n in bag.items()]
            text += f"{own}\n"
        documents.append((doc_id, f"{doc_id}.txt", *[""] * 6, text, *[""] * 3))
    columns = "doc_id file title place date genre source sha256 text layout guessed set_aside"
    names = "para_id doc_id article position role text origin raw_start raw_end place place_basis"
    return (
        pd.DataFrame(documents, columns=columns.split()),
        pd.DataFrame(paragraphs, columns=[*names.split(), "duplicate_of"]),
        table(counts),
    )


def passages(counts: pd.DataFrame | None = None, **options: Any) -> pd.DataFrame:
    documents, paragraphs, own = texts()
    return topic_passages(
        MODEL, own if counts is None else counts, paragraphs, documents, **options
    )


def listed(found: pd.DataFrame, topic: int) -> list[str]:
    return found.loc[found["topic"] == topic, "para_id"].tolist()


def test_which_by_hand() -> None:
    found = passages()
    # Not d2#1, a copy; not d2#2, whose counts are nearly those of d1#0; not d1#3, five words.
    # d2#3 has 25 of 30 words of the first topic, d1#2 has 10 of 30.
    assert listed(found, 1) == ["d1#0", "d1#1", "d2#3", "d1#2"]
    # The second topic has 20 of the 30 words of d1#2, but less than a fifth of d2#3.
    assert listed(found, 2) == ["d2#0", "d1#2"]
    assert found["rank"].tolist() == [1, 2, 3, 4, 1, 2]
    assert found["tokens"].tolist() == [30, 24, 30, 30, 30, 30]


def test_shares_are_those_that_the_model_infers() -> None:
    _, _, counts = texts()
    inferred = MODEL.infer(counts).set_index(["unit", "topic"])["share"].to_dict()
    found = passages()
    for row in found.to_dict("records"):
        assert row["share"] == pytest.approx(inferred[row["para_id"], row["topic"]], abs=1e-12)
    for _, group in found.groupby("topic"):
        assert group["share"].is_monotonic_decreasing


def test_where_they_stand() -> None:
    documents, paragraphs, _ = texts()
    raw = documents.set_index("file")["text"].to_dict()
    text = paragraphs.set_index("para_id")["text"].to_dict()
    found = passages()
    for row in found.to_dict("records"):
        own = text[row["para_id"]]
        assert raw[row["file"]][row["raw_start"] : row["raw_end"]] == own
        line = raw[row["file"]].split("\n")[row["line"] - 1]
        assert line[row["column"] - 1 :] == own
        assert (row["end_line"], row["end_column"]) == (row["line"], len(line))
    assert found["place"].unique().tolist() == ["白鹭市"]
    assert check(found, "topic_passages").equals(found)


def test_options() -> None:
    assert listed(passages(top=1), 1) == ["d1#0"]
    # Now d1#3 is there, and d2#3 is nearly the same.
    assert listed(passages(min_tokens=5), 1) == ["d1#0", "d1#1", "d1#3", "d1#2"]
    assert listed(passages(min_tokens=25), 1) == ["d1#0", "d2#3", "d1#2"]
    nothing = passages(min_tokens=99)
    assert nothing.empty and check(nothing, "topic_passages").equals(nothing)


def test_units_that_are_no_paragraphs_are_refused() -> None:
    with pytest.raises(UnknownNameError, match="units that are paragraphs, found 'd1'"):
        passages(table([("d1", "a", 30)]))


def test_words_that_the_model_does_not_know() -> None:
    assert passages(table([("d1#0", "q", 30)])).empty


@pytest.mark.parametrize("options", [{"top": 0}, {"min_tokens": 0}, {"top": 1.5}])
def test_numbers_below_one_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ModelError, match="wants a whole number of 1 or more"):
        passages(**options)


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_says_nothing(random: object) -> None:
    documents, paragraphs, counts = texts()
    state = random.getrandbits(32)  # type: ignore[attr-defined]
    mixed = [frame.sample(frac=1, random_state=state) for frame in (counts, paragraphs, documents)]
    assert topic_passages(MODEL, *mixed).equals(passages())
