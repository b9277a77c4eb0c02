"""Answered sheets: scores by hand, agreement, and what is wrong with a sheet."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from tests.planted_topics import counts_fixture, model_fixture  # noqa: F401
from textlab.errors import TableError
from textlab.topics.agreement import krippendorff_alpha
from textlab.topics.intrusion import word_intrusion
from textlab.topics.intrusion_sheets import (
    TOPIC,
    WORD,
    Choice,
    Intrusion,
    Item,
    make_sheet,
)
from textlab.topics.model import TopicModel
from textlab.topics.scoring import precision_interval, score_sheets

SHARES = np.log([0.6, 0.2, 0.1, 0.005])


def passages() -> Intrusion:
    """Four passages, each led by topic 1 or 2; the intruder is topic 4 and choice 4."""
    items = []
    for number in range(4):
        leading = 1 + number % 2
        topics = [leading, 3 - leading, 3, 4]
        choices = [
            Choice(f"词{topic}、{number}", topic, f"l{topic}", int(topic == 4), share)
            for topic, share in zip(topics, SHARES.tolist(), strict=True)
        ]
        items.append(Item(choices, f"p{number}", f"第{number}段", "a.txt:1"))
    return make_sheet(TOPIC, items, np.random.default_rng(0))


def answered(sheet: pd.DataFrame, answers: list[object], coder: str = "") -> pd.DataFrame:
    cells = ["" if answer is None else str(answer) for answer in answers]
    return sheet.assign(answer=pd.Series(cells, dtype="str"), coder=coder)


def right(key: pd.DataFrame) -> list[object]:
    return key.loc[key["intruder"] == 1, "choice"].tolist()


def test_scores_by_hand() -> None:
    sheet, key = passages()
    # 甲 finds 4, 4, leaves one out, and takes the leading topic; 乙 takes the third topic once.
    sheets = {
        "x": answered(sheet, [4, 4, None, 1], "甲"),
        "y": answered(sheet, [4, 3, 4, 1], "乙"),
    }
    scored = score_sheets(sheets, key)
    whole = scored.scores.iloc[0]
    assert (whole["sheet"], whole["topic"], whole["label"]) == (TOPIC, 0, "")
    counted = [whole[name] for name in ("items", "coders", "answers", "unanswered", "correct")]
    assert counted == [4, 2, 7, 1, 4]
    assert whole["precision"] == pytest.approx(4 / 7)
    assert whole["guess"] == 0.25
    # Chang's topic log odds: 0 for the intruder; of guesses, the mean over the four choices.
    missed = 2 * (SHARES[3] - SHARES[0]) + (SHARES[3] - SHARES[2])
    assert whole["log_odds"] == pytest.approx(missed / 7)
    assert whole["log_odds_guess"] == pytest.approx(SHARES[3] - SHARES.mean())
    answers = np.array([[4, 4, np.nan, 1], [4, 3, 4, 1]])
    assert whole["alpha"] == pytest.approx(krippendorff_alpha(answers))
    assert whole["alpha_low"] <= whole["alpha"] <= whole["alpha_high"]
    assert scored.unanswered == ["x: 1 of 4 items unanswered"]


def test_a_topic_has_the_passages_that_it_leads() -> None:
    sheet, key = passages()
    scored = score_sheets({"甲": answered(sheet, right(key))}, key)
    topics = scored.scores[scored.scores["topic"] > 0]
    assert topics["topic"].tolist() == [1, 2]
    assert topics["label"].tolist() == ["l1", "l2"]
    assert topics[["items", "correct", "answers"]].to_numpy().tolist() == [[2, 2, 2]] * 2
    assert (scored.answers["correct"] == 1).all() and (scored.answers["log_odds"] == 0).all()
    assert topics["alpha"].isna().all()
    reason = scored.scores["reason"].iloc[0]
    assert reason == "alpha: no item has the answers of two coders"


def test_both_sheets_are_scored_by_one_key(model: TopicModel) -> None:
    words, topics = word_intrusion(model), passages()
    key = pd.concat([topics.key, words.key]).sample(frac=1, random_state=0)
    sheets = {
        "w.csv": answered(words.sheet, right(words.key)),
        "t.csv": answered(topics.sheet, right(topics.key)),
    }
    scored = score_sheets(sheets, key)
    whole = scored.scores[scored.scores["topic"] == 0]
    assert whole["sheet"].tolist() == [WORD, TOPIC]
    assert whole["precision"].tolist() == [1.0, 1.0]
    np.testing.assert_allclose(whole["guess"], [1 / 6, 1 / 4])
    assert np.isnan(whole["log_odds"].iloc[0]) and whole["log_odds"].iloc[1] == 0
    single = scored.scores[scored.scores["sheet"] == WORD].iloc[1]
    assert single["reason"] == "1 item: interval over its 1 answer"


@pytest.mark.parametrize("form", ["{n}", " {n} ", "{n}.0", "choice_{n}", "{shown}", " {shown}"])
def test_an_answer_is_a_number_or_what_is_shown(model: TopicModel, form: str) -> None:
    sheet, key = word_intrusion(model)
    odd = key[key["intruder"] == 1]
    answers: list[object] = [
        form.format(n=n, shown=shown) for n, shown in zip(odd["choice"], odd["shown"], strict=True)
    ]
    assert score_sheets({"a": answered(sheet, answers)}, key).scores["correct"].iloc[0] == 4


def test_full_width_numbers_sorted_rows_and_blank_rows_are_read(model: TopicModel) -> None:
    sheet, key = word_intrusion(model)
    wide = [str(number).translate({48 + n: 0xFF10 + n for n in range(10)}) for number in right(key)]
    filled = answered(sheet, list(wide)).iloc[::-1]
    blank = pd.DataFrame("", index=[99], columns=filled.columns)
    filled = pd.concat([filled.astype(object), blank.astype(object)])
    assert score_sheets({"a": filled}, key).scores["correct"].iloc[0] == 4


@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_the_order_of_sheets_and_rows_does_not_matter(data: st.DataObject) -> None:
    sheet, key = passages()
    one = st.lists(st.sampled_from([None, 1, 2, 3, 4]), min_size=4, max_size=4)
    some = one.filter(lambda answers: any(answers))
    coders = {name: data.draw(some) for name in "abc"}
    sheets = {name: answered(sheet, list(answers)) for name, answers in coders.items()}
    turned = {name: sheets[name].iloc[::-1] for name in "cab"}
    first = score_sheets(sheets, key, resamples=20)
    again = score_sheets(turned, key.iloc[::-1], resamples=20)
    pd.testing.assert_frame_equal(first.scores, again.scores)
    pd.testing.assert_frame_equal(first.answers, again.answers)
    whole = first.scores.iloc[0]
    assert whole["answers"] + whole["unanswered"] == 12
    assert whole["low"] <= whole["precision"] <= whole["high"]


def test_an_interval_by_hand() -> None:
    # Five items of two answers: 2, 2, 2, 0, 1 right; share .7, between items 5/4 * 3.2 / 100.
    correct, answers = np.array([2, 2, 2, 0, 1]), np.full(5, 2)
    variance = 5 / 4 * (3 * 0.6**2 + 1.4**2 + 0.4**2) / 100
    effective = 0.7 * 0.3 / variance
    expected = proportion_confint(0.7 * effective, effective, method="wilson")
    low, high, reason = precision_interval(correct, answers)
    assert (low, high) == pytest.approx(expected)
    assert reason == ""


def test_items_that_do_not_differ_count_once_each() -> None:
    low, high, _ = precision_interval(np.array([3, 3, 3, 3]), np.full(4, 3))
    assert (low, high) == pytest.approx(proportion_confint(4, 4, method="wilson"))
    low, high, reason = precision_interval(np.array([2]), np.array([3]))
    assert (low, high) == pytest.approx(proportion_confint(2, 3, method="wilson"))
    assert reason == "1 item: interval over its 3 answers"
    assert np.isnan(precision_interval(np.array([]), np.array([]))[0])


def test_intervals_cover_the_precision_where_items_differ() -> None:
    rng = np.random.default_rng(0)
    held = naive = 0
    for _ in range(600):
        correct = rng.binomial(3, rng.beta(0.8 * 2, 0.2 * 2, 10))
        low, high, _ = precision_interval(correct, np.full(10, 3))
        held += low <= 0.8 <= high
        bounds = proportion_confint(correct.sum(), 30, method="wilson")
        naive += bounds[0] <= 0.8 <= bounds[1]
    # As if the answers were independent, it would hold far less often.
    assert 0.9 < held / 600 < 0.98
    assert naive + 20 < held


def faults() -> dict[str, tuple[pd.DataFrame, str]]:
    sheet, key = passages()
    filled = answered(sheet, right(key)).astype(object)
    filled.index = pd.Index([2, 3, 4, 5], name="line")
    unknown, twice, moved = filled.copy(), filled.copy(), filled.copy()
    unknown.loc[3, "item"] = 9
    twice.loc[4, "item"] = 1
    moved.loc[4, "choice_2"] = "别的词"
    wrong, number = filled.copy(), filled.copy()
    wrong.loc[3, "answer"] = "不知道"
    number.loc[5, "answer"] = "5"
    return {
        "unknown": (unknown, r"^a\.csv, line 3: no item '9'; there are 1 to 4$"),
        "twice": (twice, r"^a\.csv, line 4: item 1 is there already \(line 2\)$"),
        "moved": (moved, r"^a\.csv, line 4: choice_2 is '.*', but the sheet was given out with"),
        "wrong": (wrong, r"^a\.csv, line 3: the answer '不知道' is none of the choices"),
        "number": (number, r"^a\.csv, line 5: the answer '5' is none .* wanted 1 to 4"),
        "other": (filled.assign(sheet="topic_intrusion-0"), r"^a\.csv: a sheet of another model"),
        "mixed": (filled.assign(sheet=list("abab")), r"^a\.csv: .* one sheet in all rows.*: a, b"),
        "empty": (filled.assign(answer=""), r"^a\.csv: the column 'answer' is empty"),
        "column": (filled.drop(columns="answer"), r"^a\.csv: no column 'answer'"),
        "coders": (filled.assign(coder=list("abab")), r"^a\.csv: .*several coders: a, b$"),
    }


@pytest.mark.parametrize("fault", faults())
def test_what_is_wrong_with_a_sheet_is_named(fault: str) -> None:
    sheet, message = faults()[fault]
    with pytest.raises(TableError, match=message):
        score_sheets({"a.csv": sheet}, passages().key)


def test_one_coder_answers_a_sheet_once() -> None:
    sheet, key = passages()
    filled = answered(sheet, right(key), "甲")
    with pytest.raises(TableError, match=r"a\.csv and b\.csv are both answers of '甲'"):
        score_sheets({"a.csv": filled, "b.csv": filled}, key)
    with pytest.raises(TableError, match="no sheets to score"):
        score_sheets({}, key)


def test_a_key_that_is_none_is_named() -> None:
    sheet, key = passages()
    with pytest.raises(TableError, match=r"the key wants the column\(s\) intruder"):
        score_sheets({"a": sheet}, key.drop(columns="intruder"))
    with pytest.raises(TableError, match="the key holds no item"):
        score_sheets({"a": sheet}, key.head(0))
