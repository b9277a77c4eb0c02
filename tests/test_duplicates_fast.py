"""What is computed for many texts at once is what it is for each of them."""

from __future__ import annotations

import pickle
import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.duplicate_texts import Given, paragraphs_of, prose
from textlab.cleaning import gathering, letters, shingles
from textlab.cleaning.duplicates import duplicates_in, find_duplicates
from textlab.cleaning.gathering import Gathering
from textlab.cleaning.shingles import fingerprints, repeated, salts
from textlab.cleaning.sketches import BANDS, ROWS, bands, sketches
from textlab.errors import TableError

# Points and list marks in all widths, signs, case, more than one character in lower case,
# digits and letters behind the basic plane, half of a surrogate pair.
SIGNS = "..．．12３４٣一二（(）).、 \t\n_＿ßİǅＡa高😀\ud800𝟙\U00020000\uffff%％\0"


@given(st.lists(st.text(SIGNS, max_size=12), max_size=12))
def test_letters_of_many_texts_are_those_of_each(texts: list[str]) -> None:
    assert letters.letters_of(texts) == [letters.letters(text) for text in texts]


def test_letters_of_more_texts_than_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "BLOCK", 5)
    texts = ["", "1.5万", "", "（一）甲，乙", "ß", "3.", "4", "", ".5", ""]
    assert letters.letters_of(texts) == ["", "1.5万", "", "甲乙", "ss", "3", "4", "", "5", ""]


@given(st.lists(st.integers(0, 60), max_size=60), st.sampled_from([2, 9, 2**20]))
def test_what_is_repeated_is_there_twice(values: list[int], part: int) -> None:
    # The highest bits tell where a value is looked for: let them be the same for some.
    prints = np.array([value << 58 | value % 7 for value in values], dtype=np.uint64)
    expected = [prints.tolist().count(value) > 1 for value in prints.tolist()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shingles, "PART", part)
        assert repeated(prints).tolist() == expected


def test_sketches_are_those_of_datasketch() -> None:
    datasketch = pytest.importorskip("datasketch")
    texts = [prose(size, size) for size in (5, 6, 40, 3000)]
    scopes = [-1, 0, 7, 10**6]
    made = sketches(texts, 5, scopes)
    for row, text, scope in zip(made, texts, scopes, strict=True):
        values = (fingerprints(text, 5) ^ salts([scope])) >> np.uint64(32)
        oracle = datasketch.MinHash(BANDS * ROWS, seed=1, hashfunc=int, scheme="affine32")
        oracle.update_batch(values.tolist())
        assert row.tolist() == oracle.hashvalues.tolist()


def test_bands_are_shared_by_equal_texts_of_a_scope_and_by_no_others() -> None:
    texts = [prose(30, 1), prose(30, 1), prose(30, 2), prose(30, 1)]
    rows = bands(texts, 5, [3, 3, 3, 4])
    assert rows.shape == (4, BANDS)
    assert (rows[0] == rows[1]).all()
    assert rows[0].all()
    assert len(set(rows[0].tolist())) == BANDS
    assert not rows[2:].any()


def corpus(seed: int) -> Given:
    """Documents that share paragraphs, whole, in part and changed, and some that are equal."""
    rng = random.Random(seed)
    stock = [prose(rng.randrange(5, 90), 1000 * seed + n) + rng.choice("。 ") for n in range(20)]
    stock += [f"{text[:-9]}{rng.randrange(9)}{text[-9:]}" for text in stock if len(text) > 50]
    stock += [f"{one}，{other}" for one, other in zip(stock[:8], stock[4:12], strict=True)]
    made: dict[str, list[str | tuple[str, str]]] = {}
    for number in range(12):
        texts: list[str | tuple[str, str]] = [*rng.choices(stock, k=rng.randrange(1, 15)), "——"]
        texts.insert(rng.randrange(len(texts)), (rng.choice(stock), rng.choice(ROLES)))
        made[f"d{number:02d}"] = texts
    made["e1"], made["c1"] = made["d03"], made["d04"]
    return made


ROLES = ("heading", "furniture", "caption")


@pytest.mark.parametrize("seed", range(4))
def test_batches_in_any_order_give_what_the_whole_gives(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    paragraphs = paragraphs_of(corpus(seed))
    whole = find_duplicates(paragraphs)
    assert set(whole["how"]) >= {"equal", "contained", "near"}
    monkeypatch.setattr(gathering, "BATCH", 100)
    doc_ids = sorted(set(paragraphs["doc_id"]))
    random.Random(seed).shuffle(doc_ids)
    gathered = Gathering()
    for start in range(0, len(doc_ids), 3):
        some = paragraphs[paragraphs["doc_id"].isin(doc_ids[start : start + 3])]
        gathered.add(some.sample(frac=1, random_state=seed))
    pd.testing.assert_frame_equal(duplicates_in(gathered), whole)


@pytest.mark.parametrize("seed", range(4))
def test_what_workers_gathered_gives_what_the_whole_gives(seed: int) -> None:
    paragraphs = paragraphs_of(corpus(seed))
    doc_ids = sorted(set(paragraphs["doc_id"]))
    merged = Gathering()
    for number in (2, 0, 1):
        part = Gathering()
        part.add(paragraphs[paragraphs["doc_id"].isin(doc_ids[number::3])])
        merged.merge(pickle.loads(pickle.dumps(part)))
    pd.testing.assert_frame_equal(duplicates_in(merged), find_duplicates(paragraphs))


def test_a_document_is_gathered_once() -> None:
    paragraphs = paragraphs_of({"a": ["甲"], "b": ["乙"]})
    gathered = Gathering()
    gathered.add(paragraphs)
    with pytest.raises(TableError, match="'b'"):
        gathered.add(paragraphs[paragraphs["doc_id"] == "b"])
    again = Gathering()
    again.add(paragraphs)
    with pytest.raises(TableError, match="'a'"):
        gathered.merge(again)


def test_nothing_gathered_has_no_copies() -> None:
    assert duplicates_in(Gathering()).empty
    gathered = Gathering()
    gathered.add(paragraphs_of({"a": ["，", ("甲", "furniture")]}))
    assert duplicates_in(gathered).empty
