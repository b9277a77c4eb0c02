from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal, assert_series_equal

from tests.helpers import make_paragraphs
from textlab.errors import TableError, UnknownNameError
from textlab.language.tagging import RULES
from textlab.language.tagset import TAGS, tags_named
from textlab.tokens.segmentation import tokenize
from textlab.tokens.tags import has_tag, keep_tags, tag_tokens

PARAGRAPHS = make_paragraphs(["优化营商环境，发展专精特新。", "", "投资12.5亿元建AI中心。"])
KNOWN = {part.tag for part in TAGS}


def make_tokens() -> pd.DataFrame:
    rows = [
        ("a#0001", 1, "优化", "word", 0, 2),
        ("a#0001", 2, "营商环境", "lexicon", 2, 6),
        ("a#0001", 3, "，", "punctuation", 6, 7),
        ("a#0001", 4, "发展", "word", 7, 9),
        ("a#0001", 5, "专精特新", "lexicon", 9, 13),
        ("a#0003", 1, "投资", "word", 0, 2),
        ("a#0003", 2, "12.5", "number", 2, 6),
        ("a#0003", 3, "亿元", "unit", 6, 8),
        ("a#0003", 4, "AI", "latin", 9, 11),
    ]
    columns = pd.Index(["para_id", "position", "token", "kind", "start", "end"])
    return pd.DataFrame(rows, columns=columns).assign(doc_id="a")


def test_a_row_for_each_token_with_its_tag_and_rule() -> None:
    assert tag_tokens(make_tokens(), PARAGRAPHS).to_numpy().tolist() == [
        ["a#0001", 1, "vn", "posseg"],
        ["a#0001", 2, "n", "head"],
        ["a#0001", 3, "x", "kind"],
        ["a#0001", 4, "vn", "posseg"],
        ["a#0001", 5, "nz", "name"],
        ["a#0003", 1, "vn", "posseg"],
        ["a#0003", 2, "m", "kind"],
        ["a#0003", 3, "q", "kind"],
        ["a#0003", 4, "eng", "kind"],
    ]


def test_tokens_stay_as_they_are_and_their_order_says_nothing() -> None:
    tokens = make_tokens()
    before = tokens.copy(deep=True)
    expected = tag_tokens(tokens, PARAGRAPHS)
    assert_frame_equal(tokens, before)
    assert list(expected.columns) == ["para_id", "position", "tag", "rule"]
    assert_frame_equal(tag_tokens(tokens[::-1], PARAGRAPHS[::-1]), expected)
    some = tag_tokens(tokens.iloc[[3, 7]], PARAGRAPHS)
    assert_frame_equal(some, expected.iloc[[3, 7]].reset_index(drop=True))


def test_no_tokens_have_no_tags() -> None:
    empty = tag_tokens(make_tokens().iloc[:0], PARAGRAPHS)
    assert empty.to_dict("list") == {"para_id": [], "position": [], "tag": [], "rule": []}
    assert empty["tag"].dtype == "str"


@given(st.lists(st.text(st.sampled_from("发展改革营商环境新质生产力李王%12.5A-，。 𠮷龘齉"))))
def test_every_token_of_any_text_has_a_tag_of_jiebas(texts: list[str]) -> None:
    paragraphs = make_paragraphs(texts)
    tokens = tokenize(paragraphs, ["营商环境", "新质生产力"])
    tagged = tag_tokens(tokens, paragraphs)
    assert_frame_equal(tagged[["para_id", "position"]], tokens[["para_id", "position"]])
    assert set(tagged["tag"]) <= KNOWN
    assert set(tagged["rule"]) <= set(RULES)
    by_kind = tagged["rule"] == "kind"
    assert_series_equal(by_kind, ~tokens["kind"].isin(["word", "lexicon"]), check_names=False)


def test_tokens_of_other_paragraphs_are_refused() -> None:
    with pytest.raises(TableError, match=r"a paragraph 'a#0003' that is not in paragraphs"):
        tag_tokens(make_tokens(), PARAGRAPHS.iloc[:2])
    other = make_paragraphs(["优化营商环境，发展专精特新。", "", "投资13.5亿元建AI中心。"])
    message = r"'a#0003' has '13\.5' where the tokens have '12\.5': they were made from other"
    with pytest.raises(TableError, match=message):
        tag_tokens(make_tokens(), other)
    with pytest.raises(TableError, match="'tokens' wants the column"):
        tag_tokens(make_tokens().drop(columns="kind"), PARAGRAPHS)


@pytest.mark.parametrize(
    ("wanted", "meant"),
    [
        (["n"], "n nr nrfg nrt ns nt nz ng"),
        (["nr"], "nr nrfg nrt"),
        (["n", "-nr"], "n ns nt nz ng"),
        (["n", "-nr", "nrt"], "n ns nt nz ng nrt"),
        (["-nrt", "nrt"], "nrt"),
        (["v"], "v vd vi vn vq vg"),
        (["vn", "an"], "vn an"),
        # Latin is no interjection.
        (["e"], "e en"),
        (["eng"], "eng"),
        ([], ""),
    ],
)
def test_a_wanted_tag_means_all_that_begin_with_it(wanted: list[str], meant: str) -> None:
    assert tags_named(wanted) == set(meant.split())


def test_nothing_but_minuses_means_all_others() -> None:
    assert tags_named(["-n", "-x"]) == KNOWN - tags_named(["n"]) - {"x"}


@given(st.sets(st.sampled_from(sorted(KNOWN))), st.sets(st.sampled_from(sorted(KNOWN))))
def test_what_is_wanted_and_what_is_not_leave_nothing_over(a: set[str], b: set[str]) -> None:
    assert a <= tags_named(a)
    assert tags_named(a | b) == tags_named(a) | tags_named(b)
    if a:
        assert tags_named([f"-{tag}" for tag in a]) == KNOWN - tags_named(a)


@pytest.mark.parametrize("wanted", [["名词"], ["N"], [""], ["n", "--v"], ["-"]])
def test_a_tag_that_jieba_does_not_have_is_refused(wanted: list[str]) -> None:
    with pytest.raises(UnknownNameError, match=r"there is no tag '.*'; there are: n, nr, nrfg, "):
        tags_named(wanted)


def test_a_text_is_no_list_of_tags() -> None:
    with pytest.raises(UnknownNameError, match=r"want a list such as .*, found the text 'nv'"):
        tags_named("nv")


def test_has_tag_keeps_the_index() -> None:
    tags = pd.Series(["n", "vn", "nz", "x"], index=[3, 1, 7, 5])
    assert has_tag(tags, ["n"]).to_dict() == {3: True, 1: False, 7: True, 5: False}


def test_tokens_of_the_wanted_tags_and_lexicon_terms_are_kept() -> None:
    tokens = make_tokens()
    tags = tag_tokens(tokens, PARAGRAPHS)
    kept = keep_tags(tokens, tags, ["m"])
    assert kept["token"].tolist() == ["营商环境", "专精特新", "12.5"]
    assert_frame_equal(kept, tokens.loc[kept.index])
    assert_frame_equal(keep_tags(tokens[::-1], tags, ["m"]), kept[::-1])
    verbs = ["优化", "营商环境", "发展", "专精特新", "投资"]
    assert keep_tags(tokens, tags, ["v"])["token"].tolist() == verbs


def test_tokens_without_a_tag_are_refused() -> None:
    tokens = make_tokens()
    tags = tag_tokens(tokens, PARAGRAPHS).drop(index=4)
    with pytest.raises(TableError, match="tags lack token 5 of paragraph 'a#0001'"):
        keep_tags(tokens, tags, ["n"])
