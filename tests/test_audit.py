from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers import demo_bodies, make_paragraphs
from textlab.errors import AuditError
from textlab.language.lexicon import read_lexicon
from textlab.schema import contract
from textlab.tokens.audit import check_audit, losses, segmentation_audit
from textlab.tokens.segmentation import make_rules, segment

LEXICON = pd.DataFrame(
    [
        ("现代化", "目标", ""),
        ("中国式现代化", "目标", ""),
        ("深化改革", "改革", ""),
        ("改革开放", "改革", ""),
        ("营商环境", "改革", ""),
        ("非物质文化遗产", "文化", ""),
        ("非遗", "文化", "非物质文化遗产"),
        ("数字经济", "产业", ""),
    ],
    columns=["term", "category", "variant_of"],
)


def audit(paragraphs: pd.DataFrame, lexicon: pd.DataFrame | list[str] | None) -> pd.DataFrame:
    return segmentation_audit(paragraphs, segment(paragraphs, lexicon), lexicon=lexicon)


def test_a_table_worked_by_hand() -> None:
    texts = [
        "推进中国式现代化，建设现代化城市。",
        "深化改革开放，优化营商环境。",
        "非遗就是非物质文化遗产。",
    ]
    table = audit(make_paragraphs([*texts, ("营商环境", "furniture")]), LEXICON)
    assert list(table.columns) == list(contract("segmentation_audit").columns)
    rows = {str(row[0]): list(row[1:]) for row in table.itertuples(index=False)}
    # category, string, counted, nested, overlapped, accidents, plain_jieba
    assert rows == {
        "现代化": ["目标", 2, 2, 1, 0, 0, 2],
        "非物质文化遗产": ["文化", 2, 2, 0, 0, 0, 1],
        "中国式现代化": ["目标", 1, 1, 0, 0, 0, 0],
        "深化改革": ["改革", 1, 1, 0, 1, 0, 1],
        "改革开放": ["改革", 1, 1, 0, 1, 0, 0],
        "营商环境": ["改革", 1, 1, 0, 0, 0, 0],
        "数字经济": ["产业", 0, 0, 0, 0, 0, 0],
    }
    # By string occurrences, then by name.
    assert table["string"].tolist() == [2, 2, 1, 1, 1, 1, 0]
    assert table["term"].tolist()[:2] == ["现代化", "非物质文化遗产"]


def test_a_text_without_any_term() -> None:
    table = audit(make_paragraphs(["全市上下。"]), LEXICON)
    assert len(table) == 7
    assert not table.drop(columns=["term", "category"]).to_numpy().any()
    assert len(audit(make_paragraphs([]), LEXICON)) == 7


def test_nothing_is_lost_in_the_projects_own_texts() -> None:
    texts = [text for paragraphs in demo_bodies().values() for text in paragraphs]
    table = audit(make_paragraphs(texts), None).set_index("term")
    lost = table["string"] - table["counted"] - table["accidents"]
    assert (lost == 0).all()
    assert (table["nested"] + table["overlapped"] <= table["counted"]).all()
    joined = "\n".join(texts)
    heads = set(read_lexicon()["variant_of"])
    string = {str(term): int(n) for term, n in table["string"].items()}
    alone = [term for term in string if term not in heads]
    assert {term: string[term] for term in alone} == {term: joined.count(term) for term in alone}
    assert string["新质生产力"] > 20
    assert table.at["新质生产力", "plain_jieba"] == 0


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.text("甲乙丙", max_size=15), max_size=4),
    st.lists(st.text("甲乙丙", min_size=2, max_size=4), min_size=1, max_size=5, unique=True),
)
def test_what_stands_there_is_counted_or_an_accident(texts: list[str], terms: list[str]) -> None:
    table = audit(make_paragraphs(texts), terms).set_index("term")
    expected = {term: sum(text.count(term) for text in texts) for term in terms}
    assert table["string"].to_dict() == expected
    assert (table["counted"] + table["accidents"]).to_dict() == expected


def test_accidents_are_left_out_and_said() -> None:
    paragraphs = make_paragraphs(["发展绿色化工，推进绿色化，现代化工园。"])
    table = audit(paragraphs, ["绿色化", "现代化"]).set_index("term")
    assert table[["string", "counted", "accidents"]].T.to_dict("list") == {
        "绿色化": [2, 1, 1],
        "现代化": [1, 0, 1],
    }
    # Where all are counted, none is an accident that was left out.
    rules = make_rules(["绿色化"], accidents="counted")
    found = segment(paragraphs, rules=rules)
    assert found.crossings["verdict"].tolist() == ["accident"]
    whole = segmentation_audit(paragraphs, found, lexicon=["绿色化"])
    assert whole[["string", "counted", "accidents"]].to_numpy().tolist() == [[2, 2, 0]]


def test_what_the_audit_cannot_explain_ends_the_run_or_is_said() -> None:
    table = audit(make_paragraphs(["优化营商环境，营商环境好"]), ["营商环境", "优化"])
    assert losses(table) == "" and check_audit(table) == []
    lost = table.assign(counted=[1, 1])
    said = (
        "the audit does not add up for 营商环境 (2 in the text, 1 counted, 0 accidents): "
        "tables/segmentation_audit.csv"
    )
    assert losses(lost) == said
    assert check_audit(lost, on_loss="warn") == [said]
    with pytest.raises(AuditError, match=r"营商环境 \(2 in the text"):
        check_audit(lost)
    assert "and 3 more" in losses(pd.concat([lost.assign(string=9)] * 4))


def test_a_variant_twice_inside_its_head_counts_once() -> None:
    rows = [("甲乙甲乙", "own", ""), ("甲乙", "own", "甲乙甲乙")]
    lexicon = pd.DataFrame(rows, columns=pd.Index(["term", "category", "variant_of"]))
    table = audit(make_paragraphs(["甲乙甲乙丙甲乙"]), lexicon)
    assert table[["string", "counted"]].to_numpy().tolist() == [[2, 2]]
