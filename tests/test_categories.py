from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.keyword_tables import CORPUS, LEXICON, make, make_tables
from textlab.analysis.categories import category_frequencies, outermost
from textlab.analysis.keywords import keyword_frequencies
from textlab.errors import UnknownNameError

spans = st.lists(
    st.tuples(st.sampled_from("pq"), st.sampled_from("ab"), st.integers(0, 9), st.integers(1, 6)),
    max_size=12,
    unique_by=lambda span: span[:3],
)


def find(result: pd.DataFrame, group: str, category: str) -> pd.Series:
    row: pd.Series = result[(result["group"] == group) & (result["category"] == category)].iloc[0]
    return row


def categories(occurrences: pd.DataFrame | None = None, by: str = "doc_id") -> pd.DataFrame:
    tables = make_tables(CORPUS)
    found = tables["occurrences"] if occurrences is None else occurrences
    return category_frequencies(
        found, tables["tokens"], tables["paragraphs"], lexicon=LEXICON, by=by
    )


def test_a_stretch_counts_once_for_its_category() -> None:
    # 创新驱动 would hold 创新; both are of one category, and 现代化 is of another.
    rows = [["a1", "a", "创新", "创新", 0, 4, "alone"], ["a1", "a", "创新", "创新", 1, 3, "nested"],
            ["a1", "a", "现代化", "现代化", 2, 4, "nested"],
            ["a1", "a", "创新", "创新", 3, 6, "overlapped"]]  # fmt: skip
    result = categories(make(rows, "occurrences"))
    assert find(result, "a", "动力")["count"] == 2
    assert find(result, "a", "目标")["count"] == 1
    assert find(result, "a", "产业")["count"] == 0


def test_without_nesting_a_category_is_the_sum_of_its_keywords() -> None:
    tables = make_tables(CORPUS)
    three = tables["occurrences"], tables["tokens"], tables["paragraphs"]
    for by in ("doc_id", "place", "year"):
        keywords = keyword_frequencies(*three, lexicon=LEXICON, by=by)
        name = keywords.columns[0]
        sums = keywords.groupby([name, "category"])[["count", "count_unique"]].sum()
        found = categories(by=by)
        assert set(found["by"]) == {by}
        both = found.set_index(["group", "category"])[["count", "count_unique"]]
        assert both.to_numpy().tolist() == sums.reindex(both.index).to_numpy().tolist()


@settings(deadline=None)
@given(spans)
def test_outermost_agrees_with_looking_at_all_pairs(rows: list[tuple[str, str, int, int]]) -> None:
    columns = ["para_id", "category", "start", "end"]
    table = pd.DataFrame([(p, c, s, s + n) for p, c, s, n in rows], columns=columns)
    table = table.astype({"start": "int64", "end": "int64"})
    kept = set(outermost(table).itertuples(index=False, name=None))
    for row in table.itertuples(index=False, name=None):
        others = [other for other in table.itertuples(index=False, name=None) if other != row]
        inside = any(o[:2] == row[:2] and o[2] <= row[2] and row[3] <= o[3] for o in others)
        assert (row in kept) == (not inside)


def test_a_keyword_of_another_lexicon_is_an_error() -> None:
    rows = [["a1", "a", "文旅", "文旅", 0, 2, "alone"]]
    with pytest.raises(UnknownNameError, match="'文旅'"):
        categories(make(rows, "occurrences"))
