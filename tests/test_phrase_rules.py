"""Which candidates are left out, which of nested ones stay, and what kind of thing each is."""

from __future__ import annotations

import numpy as np
import pytest

from textlab.tokens.phrase_candidate import Candidate
from textlab.tokens.phrase_kinds import kind_of
from textlab.tokens.phrase_nesting import resolve
from textlab.tokens.phrase_rules import phrases_among


def candidate(
    phrase: str,
    count: int = 6,
    *,
    cohesion: float = 0.6,
    freedom: float = 2.0,
    quoted: float = 0.0,
    figures: float = 0.0,
    governed: float = 0.0,
) -> Candidate:
    starts = np.arange(count) * 20
    return Candidate(phrase, starts, cohesion, freedom, quoted, figures, governed)


def kept(*candidates: Candidate) -> set[str]:
    return {one.phrase for one in phrases_among(candidates)}


FORMULATIONS = [
    *("智改数转", "延链补链强链", "天府粮仓", "三市一城", "成眉同城化"),
    *("低空经济", "以进促稳", "新发展格局", "城乡融合发展", "粤港澳大湾区"),
]
BOILERPLATE = {
    "a stopword begins it": ["各位代表", "推进产业升级", "进一步优化", "全年粮食"],
    "a stopword or a word of figures ends it": ["民生工作", "固定资产投资增长", "民主监督接受"],
    "a verb, adverb or numeral begins it": ["入选国家", "牢牢把握", "三年行动", "过去一年"],
    "an adjective ends it": ["社会和谐稳定"],
    "two words side by side": ["服务和融入", "困难和挑战"],
    "a word of grammar stands within": ["发展的产业", "常态化开展扫黑除恶"],
    "general words only": ["体制机制", "经济社会发展", "专项行动", "深度融合", "风险隐患"],
    "a word of the dictionary": ["人工智能", "社会主义"],
    "two letters": ["康养", "绿电"],
    "letters and digits": ["增长5", "AI产业", "第3产业"],
}


@pytest.mark.parametrize("phrase", FORMULATIONS)
def test_formulations_stay(phrase: str) -> None:
    assert kept(candidate(phrase)) == {phrase}


@pytest.mark.parametrize("rule", BOILERPLATE)
def test_boilerplate_is_left_out(rule: str) -> None:
    assert kept(*map(candidate, BOILERPLATE[rule])) == set()


def test_what_is_mostly_quoted_is_left_out_by_no_such_rule() -> None:
    quoted = [
        "两新",
        "三保",
        "一网通办",
        "走出去",
        "高效办成一件事",
        "人工智能+",
        "5G+工业互联网",
        "双减",
    ]
    assert kept(*(candidate(phrase, quoted=0.5) for phrase in quoted)) == {*quoted}
    assert kept(*(candidate(phrase, quoted=1.0) for phrase in ("1+N", "415X", "5城"))) == set()


def test_what_begins_with_a_verb_must_be_governed_by_the_word_before() -> None:
    for phrase in ("揭榜挂帅", "首发经济", "抽水蓄能电站"):
        assert kept(candidate(phrase, governed=0.74)) == set()
        assert kept(candidate(phrase, governed=0.75)) == {phrase}
    assert kept(candidate("三年行动", governed=1.0), candidate("推进产业", governed=1.0)) == set()


def test_measures_that_leave_a_candidate_out() -> None:
    assert kept(candidate("低空经济", cohesion=0.19)) == set()
    assert kept(candidate("低空经济", figures=0.5)) == set()
    assert kept(candidate("低空经济", 9, freedom=0.99)) == set()
    assert kept(candidate("低空经济", 9, freedom=1.0)) == {"低空经济"}
    assert kept(candidate("低空经济", 10, freedom=1.24)) == set()
    assert kept(candidate("低空经济", 1, freedom=0.0)) == {"低空经济"}


def resolved(*candidates: Candidate) -> set[str]:
    return {one.phrase for one in resolve(candidates)}


def test_a_part_gives_way_to_the_phrase_that_holds_80_percent_of_it() -> None:
    whole = candidate("延链补链强链", 8)
    assert resolved(candidate("补链强链", 10), whole) == {"延链补链强链"}
    assert resolved(candidate("补链强链", 11, cohesion=0.2), whole) == {"补链强链", "延链补链强链"}
    quoted = candidate("补链强链", 10, quoted=1.0)
    assert "补链强链" in resolved(quoted, candidate("延链补链强链", 8, cohesion=0.9))


def test_a_free_combination_gives_way_to_the_better_phrase_in_it() -> None:
    inner = candidate("智改数转", 20, cohesion=0.7)
    assert resolved(inner, candidate("制造业智改数转", 8, cohesion=0.3)) == {"智改数转"}
    firm = candidate("制造业智改数转", 8, cohesion=0.95, freedom=4)
    assert resolved(candidate("智改数转", 20, cohesion=0.2), firm) == {"智改数转", "制造业智改数转"}
    quoted = candidate("制造业智改数转", 8, cohesion=0.3, quoted=0.5)
    assert resolved(inner, quoted) == {"智改数转", "制造业智改数转"}


def test_a_derived_word_is_no_free_combination() -> None:
    inner = candidate("成眉同城", 9)
    assert resolved(inner, candidate("成眉同城化", 1, cohesion=0.2)) == {"成眉同城", "成眉同城化"}
    assert resolved(inner, candidate("成眉同城要", 1, cohesion=0.2)) == {"成眉同城"}


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("四川", "place"),
        ("乐山市", "place"),
        ("乐山高新区", "place"),
        ("川渝", "place"),
        ("长株潭", "place"),
        ("成德眉资", "place"),
        ("成都都市圈", "place"),
        ("流域", "phrase"),
        ("天府粮仓", "phrase"),
        ("眉山高质量发展", "phrase"),
        ("单项冠军", "phrase"),
        ("新疆维吾尔自治区", "place"),
        ("市商务局", "organ"),
        ("自治区党委", "organ"),
        ("市人民政府", "organ"),
        ("数字政府", "phrase"),
        ("新发展格局", "phrase"),
        ("总书记", "phrase"),
        ("王某某书记", "person"),
        ("局长王某某", "person"),
        ("王建国", "person"),
        ("林长制", "phrase"),
        ("查干湖", "phrase"),
        ("卢甘斯克", "foreign"),
        ("佩洛西", "foreign"),
        ("海南", "place"),
        ("马克思", "person"),
    ],
)
def test_kinds(phrase: str, kind: str) -> None:
    assert kind_of(phrase, [("企业", "发展")]) == kind


def test_a_bare_name_needs_a_title_or_the_tagger_in_half_of_its_occurrences() -> None:
    # No tagger takes 王一这 for a name.
    beside = [("市委书记", "，"), ("，", "介绍，企")]
    assert kind_of("王一这", beside) == "person"
    assert kind_of("王一这", [*beside, *[("和", "在")] * 2]) == "person"
    assert kind_of("王一这", [*beside, *[("和", "在")] * 3]) == "phrase"
    assert kind_of("王建国", [("出席“", "”会")]) == "phrase"
