"""Matches across the boundaries of plain words: true occurrences told from accidents."""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.crossings_evaluation import (
    PLACE,
    REPORTS,
    Judged,
    count_errors,
    evaluate_crossings,
    judge_reports,
    read_marks,
    score,
)
from tests.helpers import make_documents
from textlab.cleaning.paragraphs import clean
from textlab.errors import LexiconError
from textlab.language.lexicon import read_lexicon
from textlab.language.matching import Matcher
from textlab.language.segmenter import cut
from textlab.tokens.crossings import (
    VERDICTS,
    Crossing,
    crossings_table,
    judge,
    read_verdicts,
)

FURTHER = Path(__file__).parent / "gold" / "further_terms.txt"
TERMS = ["改革开放", "成果转化", "绿色化", "现代化", "制造业", "千万工程", "国有", "AI", "5G"]
MATCHER = Matcher(TERMS)
# Of these, terms, words that tear them, and strings that are nothing can be made.
TEXT = st.lists(st.sampled_from([*TERMS, *"深化科技工务百全有省PD1.，"]), max_size=12).map("".join)


def crossings(plain: str, term: str, overrule: dict[str, str] | None = None) -> list[Crossing]:
    """What is said of the first ``term`` in words with bars between them."""
    text = plain.replace("|", "")
    start = text.index(term)
    ends = list(accumulate(map(len, plain.split("|"))))
    return judge(text, ends, [(start, start + len(term), term)], overrule or {})


@pytest.mark.parametrize(
    ("plain", "term", "word", "verdict", "rule"),
    [
        ("加快|科技成果|转化", "成果转化", "科技成果", "counted", "unopposed"),
        ("全面|深化改革|开放", "改革开放", "深化改革", "counted", "unopposed"),
        ("发展|省新质|生产力", "新质生产力", "省新质", "counted", "unopposed"),
        ("拥护|中国共产党|的|领导|制度", "党的领导", "中国共产党", "counted", "unopposed"),
        ("推动|新能源|汽车", "能源", "新能源", "counted", "unopposed"),
        ("社区|养老|服务设施", "养老服务", "服务设施", "counted", "unopposed"),
        ("共|建成|渝|中线", "成渝", "建成", "counted", "probability"),
        ("全国|首|创新|能源|直供", "新能源", "创新", "counted", "probability"),
        ("发展|绿色|化工|产业", "绿色化", "化工", "accident", "probability"),
        ("推动|现代|化工|及|能源", "现代化", "化工", "accident", "probability"),
        ("保税|再|制造|业务|等", "制造业", "业务", "accident", "probability"),
        ("在|全国|有|市场", "国有", "全国", "accident", "probability"),
        ("中国|企业", "国企", "中国+企业", "accident", "probability"),
        ("实施|百千万|工程", "千万工程", "百千万", "accident", "number"),
        ("学习|二十大|精神", "十大", "二十大", "accident", "number"),
        ("PAID|服务", "AI", "PAID", "accident", "latin"),
        ("建设|15G|网络", "5G", "15G", "accident", "latin"),
        ("建设|2.5|G|网络", "5G", "2.5", "accident", "latin"),
        ("产品|C9190.5|型", "C9190", "C9190.5", "accident", "latin"),
    ],
)
def test_examples(plain: str, term: str, word: str, verdict: str, rule: str) -> None:
    assert "|".join(cut(plain.replace("|", ""))) == plain or term == "C9190"
    start = plain.replace("|", "").index(term)
    assert crossings(plain, term) == [Crossing(start, start + len(term), term, word, verdict, rule)]


@pytest.mark.parametrize(
    ("plain", "term"),
    [
        ("建设|5G|网络", "5G"),
        ("推动|中国|式|现代化|建设", "现代化"),
        ("科技|创新", "科技创新"),
        ("营商|环境", "营商环境"),
    ],
)
def test_a_match_on_boundaries_is_no_crossing(plain: str, term: str) -> None:
    assert crossings(plain, term) == []


def test_neither_text_nor_matches() -> None:
    assert judge("", [], [], {}) == []
    assert judge("改革", [2], [], {}) == []


def plain_ends(text: str) -> list[int]:
    return list(accumulate(map(len, cut(text))))


@settings(deadline=None)
@given(TEXT)
@example("深化改革开放")
@example("PAID")
def test_crossings_are_the_matches_that_cut_a_word(text: str) -> None:
    ends, matches = plain_ends(text), MATCHER.find(text)
    boundaries = {0, *ends}
    expected = [match for match in matches if not boundaries.issuperset(match[:2])]
    found = judge(text, ends, matches, {})
    assert [crossing[:3] for crossing in found] == expected
    for crossing in found:
        assert crossing.verdict in VERDICTS
        spans = zip([0, *ends], ends, strict=False)
        edges = crossing.start, crossing.end
        cut_words = [text[a:b] for a, b in spans if any(a < edge < b for edge in edges)]
        assert crossing.word == "+".join(cut_words)


@settings(deadline=None)
@given(TEXT, st.integers(0, 40), st.integers(0, 40))
def test_far_text_changes_nothing(text: str, before: int, behind: int) -> None:
    near = "，" + text + "，"
    ends, matches = plain_ends(near), MATCHER.find(near)
    longer = "改" * before + near + "革" * behind
    shifted = [(start + before, end + before, term) for start, end, term in matches]
    words = [*range(1, before + 1), *(end + before for end in ends)]
    words += range(before + len(near) + 1, len(longer) + 1)
    found = judge(longer, words, shifted, {})
    assert [c[2:] for c in found] == [c[2:] for c in judge(near, ends, matches, {})]


@pytest.mark.parametrize(
    ("plain", "before", "after"),
    [
        ("推动|绿色|化工|产业|发展", "推动", "工产业"),
        # A sign ends the neighbourhood, as the text does.
        ("推动|，|绿色|化工|、|产业", "", "工"),
        ("绿色|化工", "", "工"),
        # Cut at one end only.
        ("全面|推动|新绿色|化|产业|发展", "推动新", "产业"),
        # Of long words only the near end.
        ("赵钱孙李周吴郑王冯|绿色|化工陈褚卫蒋沈韩杨朱", "钱孙李周吴郑王冯", "工陈褚卫蒋沈韩杨"),
    ],
)
def test_what_is_looked_at(
    plain: str, before: str, after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def record(*context: str) -> tuple[float, float]:
        seen.append(context)
        return 0.0, 0.0

    monkeypatch.setattr("textlab.tokens.crossings.likelihoods", record)
    assert [c.verdict for c in crossings(plain, "绿色化")] == ["counted"]
    assert seen == [(before, "绿色化", after)]


@settings(deadline=None)
@given(TEXT, st.sampled_from(TERMS), st.sampled_from(VERDICTS))
def test_the_study_has_the_last_word(text: str, term: str, verdict: str) -> None:
    ends, matches = plain_ends(text), MATCHER.find(text)
    free, told = (judge(text, ends, matches, given) for given in ({}, {term: verdict}))
    assert [c[:4] for c in told] == [c[:4] for c in free]
    for ours, theirs in zip(told, free, strict=True):
        assert ours[4:] == ((verdict, "study") if ours.surface == term else theirs[4:])


def test_verdicts_of_the_study_go_to_the_variants_too() -> None:
    head = {"制造业": "制造业", "制造": "制造业", "绿色化": "绿色化"}
    assert read_verdicts({"制造业": "counted"}, head) == {"制造业": "counted", "制造": "counted"}
    given = {"制造业": "counted", "制造": "accident"}
    assert read_verdicts(given, head) == given
    assert read_verdicts({"制造": "accident"}, head) == {"制造": "accident"}
    assert read_verdicts({}, head) == {}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"制造业": "count"},
            "'count' is no verdict; did you mean 'counted'?; it is one of counted",
        ),
        ({"制造业": ""}, "'' is no verdict; it is one of counted, accident"),
        ({"制造": "counted"}, "crossings of '制造': no such term; did you mean '制造业'"),
    ],
)
def test_verdicts_that_are_none(given: dict[str, str], message: str) -> None:
    with pytest.raises(LexiconError) as raised:
        read_verdicts(given, {"制造业": "制造业"})
    assert message in str(raised.value)


def test_the_table_says_where_each_stands() -> None:
    documents = make_documents({"b": "第一段。\n\n发展绿色化工产业。\n", "a": "深化改革开放。\n"})
    paragraphs = clean(documents)
    rows = []
    for row in paragraphs.itertuples():
        text = str(row.text)
        for found in judge(text, plain_ends(text), MATCHER.find(text), {}):
            start, end, surface, *decision = found
            rows.append([row.para_id, row.doc_id, surface, surface, start, end, *decision])
    names = "para_id doc_id term surface start end word verdict rule".split()
    table = crossings_table(pd.DataFrame(rows, columns=pd.Index(names)), paragraphs, documents)
    assert list(table.columns) == "term doc_id line column word verdict rule".split()
    assert table.to_numpy().tolist() == [
        ["改革开放", "a", 1, 3, "深化改革", "counted", "unopposed"],
        ["绿色化", "b", 3, 3, "化工", "accident", "probability"],
    ]
    empty = pd.DataFrame(columns=pd.Index(names)).astype({"start": "int64", "end": "int64"})
    assert len(crossings_table(empty, paragraphs, documents)) == 0


def test_the_marks_are_whole_and_hold_no_text() -> None:
    marks = read_marks()
    assert list(marks.columns) == [*PLACE, "verdict", "half"]
    assert not marks.duplicated(PLACE).any()
    assert marks.equals(marks.sort_values(PLACE[1:] + PLACE[:1], ignore_index=True))
    assert set(marks["verdict"]) == set(VERDICTS)
    assert marks["half"].value_counts().to_dict() == {"tuning": 226, "figure": 225}
    further = FURTHER.read_text("utf-8").split()
    builtin = set(read_lexicon()["term"])
    assert sorted(set(further) - builtin) == further
    assert set(marks["term"]) <= builtin | set(further)
    assert marks["doc_id"].nunique() == 31


@pytest.fixture(scope="module")
def judged() -> Judged:
    if not REPORTS.is_dir():
        pytest.skip("needs ../shared/corpora/provincial-2025 beside the checkout")
    return judge_reports()


def test_crossings_of_the_reports_are_decided_rightly(judged: Judged) -> None:
    figure = judged.marks[judged.marks["half"] == "figure"]
    scores = score(figure)
    assert scores.right >= 0.95
    assert min(scores.precision, scores.recall) >= 0.85
    # Neither way of doing nothing comes near.
    assert max(scores.all_counted, scores.none_counted) < 0.85


def test_terms_of_the_reports_are_counted_rightly(judged: Judged) -> None:
    errors = count_errors(judged)
    assert judged.matches.sum() > 7_000
    assert errors["rules"] <= 0.002
    assert errors["rules"] < errors["all counted"] < errors["none counted"]


def test_the_section_of_evaluate(judged: Judged, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = evaluate_crossings()
    assert len(lines) == 9
    assert lines[2].split()[:5] == ["tuning", "half,", "all", "226", "35"]
    monkeypatch.setattr("tests.crossings_evaluation.REPORTS", Path("nowhere"))
    assert evaluate_crossings()[0].endswith("left out, the texts are not there")


def test_other_reports_than_those_marked_are_refused(
    judged: Judged, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("深化改革开放。", "utf-8")
    monkeypatch.setattr("tests.crossings_evaluation.REPORTS", tmp_path)
    with pytest.raises(ValueError, match="not the reports that were marked"):
        judge_reports()
