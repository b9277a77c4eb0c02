from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.helpers import make_documents, make_paragraphs, time_limit
from textlab.cleaning.paragraphs import clean
from textlab.cleaning.position import at_line, line_ends
from textlab.errors import TableError
from textlab.language.lexicon import read_lexicon
from textlab.language.matching import Matcher
from textlab.schema import contract
from textlab.tokens.occurrences import locate
from textlab.tokens.relations import own_matches, relations
from textlab.tokens.segmentation import find_terms

Span = tuple[str, str, int, int, str]


def lexicon(**heads: str) -> pd.DataFrame:
    """Head terms, each with its variants, blank-separated."""
    rows = [(head, "own", "") for head in heads]
    rows += [(variant, "own", head) for head, given in heads.items() for variant in given.split()]
    return read_lexicon(pd.DataFrame(rows, columns=pd.Index(["term", "category", "variant_of"])))


def found(text: str, table: pd.DataFrame) -> list[Span]:
    rows = find_terms(make_paragraphs([text]), table, accidents="counted")
    columns = rows[["keyword", "surface", "start", "end", "relation"]]
    return [tuple(row) for row in columns.itertuples(index=False)]


def test_columns_and_order() -> None:
    paragraphs = make_paragraphs(["营商环境和成果转化", "成果转化", ("营商环境", "furniture")])
    rows = find_terms(paragraphs, ["营商环境", "成果转化"])
    assert list(rows.columns) == list(contract("occurrences").columns)
    assert [list(row) for row in rows.itertuples(index=False)] == [
        ["a#0001", "a", "营商环境", "营商环境", 0, 4, "alone"],
        ["a#0001", "a", "成果转化", "成果转化", 5, 9, "alone"],
        ["a#0002", "a", "成果转化", "成果转化", 0, 4, "alone"],
    ]


def test_a_term_inside_a_longer_one_is_nested() -> None:
    assert found("推进中国式现代化", lexicon(现代化="", 中国式现代化="")) == [
        ("中国式现代化", "中国式现代化", 2, 8, "alone"),
        ("现代化", "现代化", 5, 8, "nested"),
    ]


def test_terms_that_share_characters_are_both_overlapped() -> None:
    assert found("深化改革开放", lexicon(深化改革="", 改革开放="")) == [
        ("深化改革", "深化改革", 0, 4, "overlapped"),
        ("改革开放", "改革开放", 2, 6, "overlapped"),
    ]


def test_a_term_that_is_nested_and_overlapped_is_nested() -> None:
    terms = lexicon(社会主义现代化="", 现代化="", 主义现="", 化强国="")
    assert {
        keyword: relation for keyword, _, _, _, relation in found("社会主义现代化强国", terms)
    } == {
        "社会主义现代化": "overlapped",
        "主义现": "nested",
        "现代化": "nested",
        "化强国": "overlapped",
    }


def test_one_that_only_holds_others_is_alone() -> None:
    assert found("改革开放", lexicon(改革开放="", 改革="", 开放="")) == [
        ("改革", "改革", 0, 2, "nested"),
        ("改革开放", "改革开放", 0, 4, "alone"),
        ("开放", "开放", 2, 4, "nested"),
    ]


def test_neighbours_are_alone() -> None:
    assert {row[-1] for row in found("改革开放", lexicon(改革="", 开放=""))} == {"alone"}


def test_variants_count_for_their_head() -> None:
    assert found("非遗和非物质文化遗产", lexicon(非物质文化遗产="非遗")) == [
        ("非物质文化遗产", "非遗", 0, 2, "alone"),
        ("非物质文化遗产", "非物质文化遗产", 3, 10, "alone"),
    ]


def test_a_variant_inside_its_head_is_counted_once() -> None:
    assert found("专精特新企业", lexicon(专精特新企业="专精特新 特新企业")) == [
        ("专精特新企业", "专精特新企业", 0, 6, "alone")
    ]


def test_a_terms_own_occurrences_never_overlap() -> None:
    assert [row[2:4] for row in found("好好好好好", lexicon(好好=""))] == [(0, 2), (2, 4)]


def test_no_terms_and_no_paragraphs() -> None:
    assert find_terms(make_paragraphs(["全市上下"]), ["现代化"]).empty
    empty = find_terms(make_paragraphs([]), ["现代化"])
    assert list(empty.columns) == list(contract("occurrences").columns)


SURFACES = st.lists(st.text("甲乙丙", min_size=2, max_size=4), min_size=1, max_size=6, unique=True)


@settings(max_examples=200, deadline=None)
@given(st.text("甲乙丙", max_size=30), SURFACES, st.lists(st.integers(0, 5), max_size=6))
@example("甲乙甲乙甲", ["甲乙甲", "乙甲", "甲乙"], [0, 0, 1])
def test_it_finds_what_regular_expressions_find(
    text: str, surfaces: list[str], groups: list[int]
) -> None:
    heads: dict[str, list[str]] = {}
    for number, surface in enumerate(surfaces):
        known = list(heads)
        group = groups[number] if number < len(groups) else 0
        if group and known:
            heads[known[group % len(known)]].append(surface)
        else:
            heads[surface] = []
    head_of = {surface: head for head, variants in heads.items() for surface in [head, *variants]}
    matches = own_matches(Matcher(head_of).find(text), head_of)
    rows = [(head_of[s], s, start, end, r) for (start, end, s), r in relations(matches)]
    expected = []
    for head, variants in heads.items():
        longest_first = sorted([head, *variants], key=len, reverse=True)
        pattern = re.compile("|".join(longest_first))
        expected += [(head, m.group(), *m.span()) for m in pattern.finditer(text)]
    assert sorted(row[:4] for row in rows) == sorted(expected)

    # The relation, from its definition.
    for keyword, surface, start, end, relation in rows:
        others = [r for r in rows if r[:4] != (keyword, surface, start, end)]
        meeting = [(a, b) for _, _, a, b, _ in others if a < end and start < b]
        nested = any(a <= start and end <= b for a, b in meeting)
        crossed = any(not (start <= a and b <= end) for a, b in meeting)
        assert relation == ("nested" if nested else "overlapped" if crossed else "alone")


def places(raw: str, term: str) -> list[list[int]]:
    documents = make_documents({"a": raw})
    paragraphs = clean(documents)
    rows = locate(find_terms(paragraphs, [term]), paragraphs, documents)
    assert rows["file"].tolist() == ["a.txt"] * len(rows)
    columns = ["line", "column", "end_line", "end_column", "raw_start", "raw_end"]
    return [[int(value) for value in row] for row in rows[columns].itertuples(index=False)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_and_columns_by_hand(end: str) -> None:
    raw = end.join(["决定", "", "全市要抓落实，持续优化营商", "环境，让营商环境更好。"])
    first = 2 * len(end) + 2
    second = first + 13 + len(end)
    assert places(raw, "营商环境") == [
        [3, 12, 4, 2, first + 11, second + 2],
        [4, 5, 4, 8, second + 4, second + 8],
    ]


def test_a_term_that_was_letter_spaced() -> None:
    assert places("　全市 优 化 营 商 环 境", "营商环境") == [[1, 9, 1, 15, 8, 15]]


def test_the_first_and_the_last_character_of_a_file() -> None:
    assert places("营商环境", "营商环境") == [[1, 1, 1, 4, 0, 4]]


def test_further_columns_and_the_index_of_the_spans_are_kept() -> None:
    documents = make_documents({"a": "现代化。"})
    paragraphs = clean(documents)
    spans = find_terms(paragraphs, ["现代化"]).assign(mine="x").set_axis([7])
    rows = locate(spans, paragraphs, documents)
    assert rows.index.tolist() == [7]
    assert rows["mine"].tolist() == ["x"]
    assert locate(spans.iloc[:0], paragraphs, documents).empty


def test_page_and_box_are_those_of_the_line_where_it_starts() -> None:
    documents = make_documents({"a": "现代化，营商\n\n环境。\n", "b": "现代化。"})
    documents.loc[documents["doc_id"] == "a", "layout"] = "1 5.0 6.0 7.0 8.0\n\n2 1.0 2.0 3.0 4.0"
    spans = pd.DataFrame(
        [("p", "a", 0, 3), ("p", "a", 4, 8), ("p", "a", 8, 9), ("q", "b", 0, 3)],
        columns=pd.Index(["para_id", "doc_id", "start", "end"]),
    )
    paragraphs = pd.DataFrame(
        [("p", "现代化，营商环境。", "0+6 8+3"), ("q", "现代化。", "0+4")],
        columns=pd.Index(["para_id", "text", "origin"]),
    )
    rows = locate(spans, paragraphs, documents)
    first, last = "5.0 6.0 7.0 8.0", "1.0 2.0 3.0 4.0"
    assert rows["page"].tolist() == [1, 1, 2, 0]
    assert rows["box"].tolist() == [first, first, last, ""]
    assert rows["end_line"].tolist() == [1, 3, 3, 1]


def test_documents_without_layout_are_refused() -> None:
    documents = make_documents({"a": "现代化。"})
    paragraphs = clean(documents)
    spans = find_terms(paragraphs, ["现代化"])
    with pytest.raises(TableError, match=r"wants the column\(s\) layout"):
        locate(spans, paragraphs, documents.drop(columns="layout"))


@given(st.text("全市 \n\r", max_size=40))
def test_lines_are_those_of_an_editor(raw: str) -> None:
    ends = line_ends(raw)
    lines = re.split(r"\r\n|\r|\n", raw)
    assert len(ends) == len(lines) - 1
    for offset, character in enumerate(raw):
        line, column = at_line(ends, offset)
        if character not in "\r\n":
            assert lines[line - 1][column - 1] == character


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["营商", "环境", "营商环境", "，", "。", "\n", "\r\n", " ", "１", "\u200b", "全市"]
        ),
        max_size=40,
    ).map("".join)
)
def test_every_occurrence_stands_in_the_file(raw: str) -> None:
    documents = make_documents({"a": raw})
    paragraphs = clean(documents)
    rows = locate(find_terms(paragraphs, ["营商环境"]), paragraphs, documents)
    ends = [0, *line_ends(raw)]
    columns = ["line", "column", "end_line", "end_column", "raw_start", "raw_end"]
    for line, column, end_line, end_column, start, end in rows[columns].to_numpy().tolist():
        stretch = raw[start:end]
        assert (stretch[0], stretch[-1]) == ("营", "境")
        assert "".join(c for c in stretch if c not in " \r\n\u200b") == "营商环境"
        assert raw[ends[line - 1] + column - 1] == "营"
        assert raw[ends[end_line - 1] + end_column - 1] == "境"


def test_a_long_text_full_of_terms_is_linear() -> None:
    raw = "营 商 环 境 " * 25_000
    documents = make_documents({"a": raw})
    with time_limit(20):
        paragraphs = clean(documents)
        rows = locate(find_terms(paragraphs, ["营商环境", "环境营商"]), paragraphs, documents)
    assert rows["keyword"].value_counts().to_dict() == {"营商环境": 25_000, "环境营商": 24_999}


def test_a_corpus_can_be_located_part_by_part() -> None:
    documents = make_documents(
        {"a": "现代化。\n\n营商环境。", "b": "优 化营商\n环境。\n\n现代化。"}
    )
    paragraphs = clean(documents)
    spans = find_terms(paragraphs, ["现代化", "营商环境"])
    parts = []
    for doc_id, part in spans.groupby("doc_id"):
        own = [table[table["doc_id"] == doc_id] for table in (paragraphs, documents)]
        parts.append(locate(part, *own))
    whole = locate(spans, paragraphs, documents)
    assert len(parts) == 2
    assert len(whole) == 4
    pd.testing.assert_frame_equal(pd.concat(parts), whole)
