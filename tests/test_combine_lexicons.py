from __future__ import annotations

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from textlab.errors import LexiconError
from textlab.language.lexicon import combine_lexicons, heads, read_lexicon


def make_lexicon(*rows: tuple[str, str, str]) -> pd.DataFrame:
    columns = pd.Index(["term", "category", "variant_of"])
    return read_lexicon(pd.DataFrame(list(rows), columns=columns))


def test_later_lexicon_decides_and_nothing_of_the_earlier_stays() -> None:
    first = read_lexicon(
        pd.DataFrame(
            {"term": ["河长制", "双碳"], "category": "green", "label_en": ["Chiefs", "Carbon"]}
        )
    )
    second = read_lexicon(["一网通办", "双碳"])
    combined = combine_lexicons([first, second])
    assert combined[["term", "category", "label_en"]].to_numpy().tolist() == [
        ["一网通办", "own", ""],
        ["双碳", "own", ""],
        ["河长制", "green", "Chiefs"],
    ]
    # The other way round the first one decides, being the later.
    assert combine_lexicons([second, first])["category"].tolist() == ["own", "green", "green"]


def test_one_lexicon_combined_is_itself() -> None:
    assert_frame_equal(combine_lexicons([read_lexicon()]), read_lexicon())
    assert_frame_equal(combine_lexicons(iter([read_lexicon(), read_lexicon()])), read_lexicon())


def test_later_lexicon_may_make_a_variant_a_head() -> None:
    first = make_lexicon(("河湖长制", "green", ""), ("河长制", "green", "河湖长制"))
    combined = combine_lexicons([first, read_lexicon(["河长制"])])
    assert heads(combined).to_dict() == {"河湖长制": "河湖长制", "河长制": "河长制"}


def test_later_lexicon_may_not_take_a_head_from_its_variants() -> None:
    first = make_lexicon(("河湖长制", "green", ""), ("河长制", "green", "河湖长制"))
    second = make_lexicon(("林长制", "green", ""), ("河湖长制", "green", "林长制"))
    with pytest.raises(LexiconError) as caught:
        combine_lexicons([first, second])
    assert "'河长制' is a variant of '河湖长制', which is no head term" in str(caught.value)


def test_no_lexicon_at_all_is_refused() -> None:
    with pytest.raises(LexiconError, match=r"no lexicon: name files under \[lexicon\]"):
        combine_lexicons([])
