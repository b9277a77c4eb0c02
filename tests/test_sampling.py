from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.keyword_tables import make
from textlab.errors import UnknownNameError
from textlab.statistics.sampling import sample

# para_id, doc_id, place, what it is a copy of, tokens.
ROWS = [
    ("a1", "a", "甲", "", 60),
    ("a2", "a", "甲", "", 40),
    ("b1", "b", "甲", "", 100),
    ("c1", "c", "甲", "", 80),
    ("c2", "c", "乙", "", 20),
    ("d1", "d", "乙", "a1", 60),
    ("e1", "e", "", "", 30),
    ("f1", "f", "丙", "", 0),
]


def tables() -> tuple[pd.DataFrame, pd.DataFrame]:
    paragraphs = make(
        [[p, d, 0, i, "body", "", "", 0, 0, place, "", copy] for i, (p, d, place, copy, _) in
         enumerate(ROWS)],
        "paragraphs",
    )  # fmt: skip
    counts = [(p, term, n) for p, _, _, _, size in ROWS for term, n in (("x", size // 4),
              ("y", size - size // 4)) if n]  # fmt: skip
    return make([list(row) for row in counts], "counts"), paragraphs


def test_documents_are_the_units_of_groups_that_have_three() -> None:
    found = sample(*tables())
    assert list(found.groups) == ["乙", "甲"]
    assert found.documents.tolist() == [1, 3]
    units = found.units(found.only(1))
    assert units.kind == "document"
    assert units.size.tolist() == [100, 100, 80]
    assert units.n.toarray().tolist() == [[25, 75], [25, 75], [20, 60]]


def test_paragraphs_are_the_units_of_other_groups() -> None:
    found = sample(*tables())
    units = found.units(found.only(0))
    # d1 is a copy of a1, and what is left is the one paragraph c2.
    assert (units.kind, units.size.tolist()) == ("paragraph", [20])
    copies = sample(*tables(), copies=True)
    assert copies.units(copies.only(0)).size.tolist() == [20, 60]


def test_groups_together_have_the_documents_of_both() -> None:
    found = sample(*tables(), copies=True)
    units = found.units(np.array([True, True]))
    # What c says for 乙 and what it says for 甲 are of one document.
    assert units.size.tolist() == [100, 100, 100, 60]
    assert found.by_group[1].tolist() == [80, 280]


def test_two_documents_and_a_crumb_give_paragraphs() -> None:
    counts, paragraphs = tables()
    few = counts.assign(n=counts["n"].where(counts["unit"] != "c1", 1))
    found = sample(few, paragraphs)
    assert found.documents.tolist() == [1, 3]
    assert found.units(found.only(1)).kind == "paragraph"


def test_without_paragraphs_each_unit_is_a_group() -> None:
    counts, _ = tables()
    found = sample(counts, None)
    assert found.groups.tolist() == ["a1", "a2", "b1", "c1", "c2", "d1", "e1"]
    units = found.units(found.only(0))
    assert (len(units.size), units.kind) == (1, "paragraph")


def test_documents_keep_their_copies() -> None:
    found = sample(*tables(), "doc_id")
    assert found.groups.tolist() == ["a", "b", "c", "d", "e"]


def test_row_order_makes_no_difference() -> None:
    counts, paragraphs = tables()
    one = sample(counts, paragraphs)
    other = sample(counts.sample(frac=1, random_state=1), paragraphs.sample(frac=1, random_state=2))
    assert (one.n != other.n).nnz == 0
    np.testing.assert_array_equal(one.size, other.size)
    np.testing.assert_array_equal(one.document, other.document)


def test_an_unknown_column_names_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match=r"no column 'plaec' .*'place'"):
        sample(*tables(), "plaec")
