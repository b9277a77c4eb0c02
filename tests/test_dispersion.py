from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.keyness_tables import make_counts
from textlab.analysis.dispersion import dispersion
from textlab.errors import TableError
from textlab.schema import empty

# The corpus of Gries (2008), five parts.
PARTS = ["bamnibeup", "basatbewqn", "bcagabesta", "baghabeaat", "bahaabeaxat"]
GRIES = make_counts(**{f"p{i}": {c: part.count(c) for c in part} for i, part in enumerate(PARTS)})
MEASURES = ["dp", "dp_norm", "juilland_d", "rosengren_s", "kl_dispersion"]


def test_the_published_values_of_gries() -> None:
    table = dispersion(GRIES, min_count=1).set_index("term")
    assert list(table.loc["a", MEASURES]) == pytest.approx(
        [0.18, 0.2195, 0.785, 0.9498, 0.137], abs=5e-4
    )
    assert list(table.loc["b", ["juilland_d", "dp"]]) == pytest.approx([0.968, 0.02], abs=5e-4)
    assert list(table.loc["q", MEASURES]) == pytest.approx([0.8, 0.976, 0, 0.2, 2.322], abs=5e-4)


def test_counts_documents_and_order() -> None:
    table = dispersion(GRIES, min_count=1)
    assert table["term"].iloc[:3].tolist() == ["a", "b", "e"]
    row = table.iloc[0]
    assert (row["n"], row["documents"]) == (15, 5)
    assert row["per_10k"] == pytest.approx(10_000 * 15 / 50)
    assert table["n"].is_monotonic_decreasing and (table["reason"] == "").all()


def test_which_terms_and_their_categories() -> None:
    counts = make_counts(
        甲={"乡村振兴": 5, "的": 60, "水稻": 2}, 乙={"乡村振兴": 1, "的": 40, "水稻": 9, "丙": 20}
    )
    lexicon = pd.DataFrame({"term": ["乡村振兴"], "category": ["countryside"]})
    table = dispersion(counts, lexicon=lexicon, exclude=["水稻"], min_length=2).set_index("term")
    assert table["category"].to_dict() == {"乡村振兴": "countryside"}
    whole = dispersion(counts, lexicon=lexicon).set_index("term")
    assert list(whole.index) == ["的", "丙", "水稻", "乡村振兴"]
    assert (whole["category"] == "").sum() == 3
    # Leaving terms out changes no other term's values.
    pd.testing.assert_frame_equal(whole.loc[["乡村振兴"]], table, check_exact=True)


def test_one_document_or_none() -> None:
    table = dispersion(GRIES[GRIES["unit"] == "p3"], min_count=1)
    assert (table["reason"] == "1 document: no dispersion").all() and len(table) > 3
    assert table[MEASURES].isna().all(axis=None)
    assert table["n"].iloc[0] == 4 and table["per_10k"].iloc[0] == pytest.approx(4000)
    pd.testing.assert_frame_equal(dispersion(empty("counts")), empty("dispersion"))
    pd.testing.assert_frame_equal(dispersion(GRIES, min_count=99), empty("dispersion"))
    with pytest.raises(TableError, match="the key is there twice"):
        dispersion(pd.concat([GRIES, GRIES]))


def test_a_document_without_words_is_none() -> None:
    more = pd.concat([GRIES, make_counts(p9={"a": 0, "nowhere": 0})])
    pd.testing.assert_frame_equal(dispersion(more, min_count=0), dispersion(GRIES, min_count=0))


@given(
    st.lists(st.lists(st.integers(0, 20), min_size=4, max_size=4), min_size=2, max_size=8).filter(
        lambda rows: sum(any(row) for row in rows) > 1
    )
)
def test_values_stay_in_their_ranges_and_rows_have_no_order(rows: list[list[int]]) -> None:
    counts = make_counts(
        **{f"d{i}": dict(zip("wxyz", row, strict=True)) for i, row in enumerate(rows)}
    )
    table = dispersion(counts, min_count=1)
    bounded = table[["dp", "dp_norm", "juilland_d", "rosengren_s"]].to_numpy()
    assert ((bounded >= 0) & (bounded <= 1 + 1e-9)).all()
    assert (table["kl_dispersion"] >= 0).all()
    assert not np.isinf(table[MEASURES].to_numpy()).any()
    pd.testing.assert_frame_equal(dispersion(counts[::-1], min_count=1), table, check_exact=True)
