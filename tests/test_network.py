"""The co-word network against tables worked by hand and counted by a second route."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from textwrap import dedent

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import textlab
from tests.network_tables import LEXICON, tables
from textlab.analysis.network import network
from textlab.errors import UnknownNameError

# 甲 in 4 of 6 paragraphs with a term, 乙 in 3, both in 3, of two documents.
HAND = {
    "d1#1": ["甲词", "乙词"],
    "d1#2": ["甲词", "乙词", "甲词"],
    "d1#3": ["甲词"],
    "d2#1": ["甲词", "乙词"],
    "d2#2": ["丙词"],
    "d2#3": ["丙词"],
    "d2#4": [],
}


def test_a_link_by_hand() -> None:
    found = network(*tables(HAND), lexicon=LEXICON, min_count=2)
    assert found.links[["term_a", "term_b", "n", "documents"]].values.tolist() == [
        ["乙词", "甲词", 3, 2]
    ]
    link = found.links.iloc[0]
    assert link["expected"] == pytest.approx(4 * 3 / 6)
    assert link["npmi"] == pytest.approx(math.log(3 / 2) / -math.log(3 / 6))
    assert link["log_dice"] == pytest.approx(14 + math.log2(2 * 3 / 7))
    terms = found.terms.set_index("term")
    assert terms["n"].to_dict() == {"甲词": 4, "乙词": 3, "丙词": 2}
    assert terms["documents"].to_dict() == {"甲词": 2, "乙词": 2, "丙词": 1}
    assert terms["degree"].to_dict() == {"甲词": 1, "乙词": 1, "丙词": 0}
    assert terms["community"].to_dict() == {"甲词": 1, "乙词": 1, "丙词": 2}
    assert terms["strength"].tolist() == pytest.approx([link["npmi"], link["npmi"], 0.0])
    assert terms.loc["丙词", ["x", "y"]].isna().all()
    assert terms.loc["甲词", "category"] == "own"


def test_few_joint_paragraphs_and_no_more_than_chance_make_no_link() -> None:
    assert network(*tables(HAND), lexicon=LEXICON, min_count=4).links.empty
    # Each in 2 of 4, both in 1: exactly what chance would have.
    by_chance = {"d1#1": ["甲词", "乙词"], "d1#2": ["甲词"], "d1#3": ["乙词"], "d1#4": ["丙词"]}
    assert network(*tables(by_chance), lexicon=LEXICON, min_count=1).links.empty


def test_what_stands_within_a_longer_term_is_not_counted() -> None:
    occurrences, paragraphs = tables(HAND)
    occurrences.loc[occurrences["keyword"] == "乙词", "relation"] = "nested"
    found = network(occurrences, paragraphs, lexicon=LEXICON, min_count=1)
    assert found.terms["term"].tolist() == ["丙词", "甲词"]
    occurrences.loc[occurrences["relation"] == "nested", "relation"] = "overlapped"
    assert len(network(occurrences, paragraphs, lexicon=LEXICON, min_count=1).links) == 1


def test_copies_are_left_out() -> None:
    occurrences, paragraphs = tables(HAND)
    paragraphs.loc[paragraphs["doc_id"] == "d2", "duplicate_of"] = "d0#1"
    terms = network(occurrences, paragraphs, lexicon=LEXICON, min_count=1).terms
    assert dict(zip(terms["term"], terms["n"], strict=True)) == {"甲词": 3, "乙词": 2}


def test_the_most_frequent_terms_are_taken_ties_by_name() -> None:
    tied = {f"d{i}#1": ["甲词", "乙词", "丙词"] for i in range(3)} | {"d9#1": ["丁词"]}
    terms = network(*tables(tied), lexicon=LEXICON, terms=2, min_count=3).terms
    assert sorted(terms["term"]) == ["丙词", "乙词"]


@pytest.mark.parametrize("kept", [0, 1])
def test_too_little_to_link_is_no_error(kept: int) -> None:
    occurrences, paragraphs = tables(HAND)
    found = network(occurrences[:kept], paragraphs, lexicon=LEXICON, min_count=1)
    assert (len(found.terms), len(found.links)) == (kept, 0)


def test_a_keyword_that_the_lexicon_lacks_is_named() -> None:
    with pytest.raises(UnknownNameError, match=r"'丙词'.*none of the lexicon's 2 head terms"):
        network(*tables(HAND), lexicon=["甲词", "乙词"])


contents = st.lists(st.lists(st.sampled_from(LEXICON), max_size=5), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(contents, st.integers(1, 3))
def test_links_are_those_counted_one_by_one(texts: list[list[str]], least: int) -> None:
    held = {f"d{i % 3}#{i}": words for i, words in enumerate(texts)}
    found = network(*tables(held), lexicon=LEXICON, min_count=least)
    sets = [set(words) for words in texts if words]
    wanted = {}
    for a, b in combinations(sorted(LEXICON), 2):
        n = sum({a, b} <= words for words in sets)
        n_a, n_b = (sum(term in words for words in sets) for term in (a, b))
        if n >= least and n * len(sets) > n_a * n_b:
            wanted[a, b] = n
    pairs = zip(found.links["term_a"], found.links["term_b"], strict=True)
    assert dict(zip(pairs, found.links["n"], strict=True)) == wanted
    assert found.terms["degree"].sum() == 2 * len(wanted)
    assert found.terms["strength"].sum() == pytest.approx(2 * found.links["npmi"].sum())


@settings(max_examples=25, deadline=None)
@given(contents, st.integers(0, 99))
def test_the_order_of_rows_makes_no_difference(texts: list[list[str]], shuffle: int) -> None:
    occurrences, paragraphs = tables({f"d{i % 3}#{i}": words for i, words in enumerate(texts)})
    one = network(occurrences, paragraphs, lexicon=LEXICON, min_count=1)
    mixed = (table.sample(frac=1, random_state=shuffle) for table in (occurrences, paragraphs))
    other = network(*mixed, lexicon=LEXICON[::-1], min_count=1)
    for first, second in zip(one, other, strict=True):
        pd.testing.assert_frame_equal(first, second, check_exact=True)


def test_another_process_and_hash_seed_give_the_same_tables(tmp_path: Path) -> None:
    script = """
        import sys
        from tests.network_tables import LEXICON, groups, tables
        from textlab.analysis.network import network
        found = network(*tables(groups(3, 5)), lexicon=LEXICON, seed=3)
        sys.stdout.write(found.terms.to_csv() + found.links.to_csv())
    """
    root = Path(textlab.__file__).parents[1]
    printed = [
        subprocess.run(
            [sys.executable, "-c", dedent(script)],
            check=True,
            capture_output=True,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            cwd=root,
        ).stdout
        for seed in ("1", "2")
    ]
    assert printed[0] == printed[1]
    assert printed[0].count(b"\n") > 15


def test_values_stay_as_they_are_when_tables_are_given() -> None:
    given = tables(HAND)
    before = [table.copy(deep=True) for table in given]
    network(*given, lexicon=LEXICON)
    for table, copy in zip(given, before, strict=True):
        pd.testing.assert_frame_equal(table, copy)
    assert np.isfinite(network(*given, lexicon=LEXICON, min_count=1).links["npmi"]).all()
