"""The sentences of the tables of topics, with the numbers of their rows."""

from __future__ import annotations

from typing import Any

import pytest

from tests.test_explain_tables import row
from textlab.output.explain import explain

LABEL = "数字·平台·技术"
TOPIC: dict[str, Any] = {"topic": 3, "label": LABEL}
EFFECT: dict[str, Any] = TOPIC | {
    "kind": "contrast", "term": "place: 岚江市 - 澜川市", "reference": "澜川市",
    "estimate": 0.041, "se": 0.01, "low": 0.02, "high": 0.061, "low_simultaneous": -0.002,
    "high_simultaneous": 0.08, "estimate_composition": 0.03, "low_composition": 0.01,
    "high_composition": 0.05, "low_bootstrap": 0.021, "high_bootstrap": 0.06, "p": 0.0004,
    "q": 0.012, "units": 172, "documents": 12,
    "left_out": "3 of 175 units: no term of the model (3)",
}  # fmt: skip
SCORES: dict[str, Any] = {
    "sheet": "topic_intrusion", "items": 12, "coders": 2, "answers": 23, "unanswered": 1,
    "correct": 18, "precision": 18 / 23, "low": 0.58, "high": 0.9, "guess": 0.25,
    "log_odds": -1.8, "log_odds_guess": -3.4, "alpha": 0.71, "alpha_low": 0.4, "alpha_high": 1.0,
}  # fmt: skip

SAID: list[tuple[str, dict[str, Any], str]] = [
    (
        "topics",
        TOPIC | {"rank": 2, "term": "平台", "probability": 0.031, "frex": 0.97, "lift": 5.6},
        f"平台 is the word of rank 2 in topic 3 ({LABEL}): of the topic's words 3.1 % are it. In "
        "the topic it is 5.60 times as probable as in all texts. Its FREX is 0.97: near 1 a word "
        "is common in the topic and in no other.",
    ),
    (
        "topic_words",
        TOPIC | {"by": "lift", "rank": 1, "term": "平台", "value": 5.6},
        f"平台 is the word of rank 1 by lift in topic 3 ({LABEL}). In the topic it is 5.60 times "
        "as probable as in all texts.",
    ),
    (
        "topic_by_document",
        {"doc_id": "003", "topic": 3, "share": 0.114, "low": 0.052, "high": 0.21},
        "Topic 3 has 11 % of the document 003, 95 % interval 5.2 % to 21 %. The interval says "
        "what the document's words leave open, topics taken as known, and is rather too narrow.",
    ),
    (
        "topic_by_place",
        {
            "place": "乐山市", "topic": 3, "share": 0.052, "low": 0.021, "high": 0.12,
            "documents": 1, "reason": "1 document: interval over 57 paragraphs",
        },
        "Topic 3 has 5.2 % of what is said for 乐山市 in 1 document, 95 % interval 2.1 % to 12 %. "
        "To be minded: 1 document: interval over 57 paragraphs.",
    ),
    (
        "topic_by_period",
        {"period": "2023", "topic": 3, "share": 0.0, "documents": 2},
        "Topic 3 has 0 % of what is said in 2023 in 2 documents, without an interval.",
    ),
    (
        "topic_passages",
        {
            "topic": 3, "rank": 1, "place": "岚江市", "file": "a.md", "line": 25, "column": 1,
            "end_line": 26, "end_column": 147, "para_id": "a#0013", "share": 0.98, "tokens": 34,
        },
        "Number 1 of the paragraphs that carry topic 3 most is a#0013, which speaks for 岚江市: "
        "the topic has 98 % of its 34 words that the model knows. It stands in a.md, from line "
        "25, column 1, to line 26, column 147.",
    ),
    (
        "topic_quality",
        TOPIC | {
            "npmi": 0.26, "umass": -0.55, "exclusivity": 0.99, "prevalence": 0.063, "low": 0.042,
            "high": 0.095, "replication": 0.45, "overlap": 0.31, "replicates": 20, "nearest": 7,
            "nearest_distance": 0.79, "documents": 13, "places": 1,
            "reason": "replicates in 45 % of bootstraps: do not build on it",
        },
        f"Topic 3 ({LABEL}) has 6.3 % of all words that the model was fitted to, 95 % interval "
        "4.2 % to 9.5 %. Of 20 fits to resampled documents 45 % have a topic that shares half of "
        "its 20 top words or more. The mean overlap of the 20 words in these fits is 0.31 "
        "(Jaccard; 1/3 is half of them). Its ten top words: coherence by NPMI 0.26 (0 is as by "
        "chance, 1 always together), coherence by UMass -0.55 (0 at best; frequent words score "
        "higher), exclusivity 0.99 (1 is of this topic alone). Its words are most like those of "
        "topic 7, at a Jensen-Shannon distance of 0.79 (0 is the same, 1 nothing shared). 13 "
        "documents and 1 place carry it: there it has at least half of that share. To be minded: "
        "replicates in 45 % of bootstraps: do not build on it.",
    ),
    (
        "topic_selection",
        {
            "k": 7, "measure": "held_out", "value": -6.213, "se": 0.021, "low": -6.26,
            "high": -6.17, "replicates": 4, "chosen": 1,
        },
        "With 7 topics, the log-likelihood of held-out words is -6.21 nats a token; nearer to 0 "
        "is better. Over 4 replicates: standard error 0.021, 95 % interval -6.26 to -6.17. This "
        "number of topics was chosen.",
    ),
    (
        "topic_effects",
        EFFECT,
        f"The share of topic 3 ({LABEL}) is 4.1 points higher in 岚江市 than in 澜川市. The 95 % "
        "interval is 2.0 to 6.1 points higher, all of it on one side of 0; widened so that those "
        "of all contrasts of the topic hold together, it is 0.20 points lower to 8.0 points "
        "higher. By a bootstrap of documents it is 2.1 to 6.0 points higher; by the method of "
        "composition 3.0 points higher, interval 1.0 to 5.0 points higher. For no difference at "
        "all p below 0.001; over all contrasts of the table q = 0.012. All else in the formula is "
        "held equal; it rests on 172 texts of 12 documents. Left out are 3 of 175 units: no term "
        "of the model (3).",
    ),
    (
        "topic_wording",
        TOPIC | {
            "group": "成都市", "term": "旅游", "n_target": 0.0, "n_reference": 5.2,
            "per_10k_target": 0.0, "per_10k_reference": 50.6, "log_ratio": -3.0,
            "log_ratio_high": -0.5, "p_document": 0.04, "q_document": 0.5,
            "reason": "absent from the group",
        },
        f"Where 成都市 speaks of topic 3 ({LABEL}), it uses 旅游 less than what it is compared "
        "with: an expected 0 times (0 per 10,000 words of the topic) against 5.20 times (50.6 per "
        "10,000 words of the topic). It is 0.12 times as frequent there (log ratio -3.00, a "
        "bound: the 0 is taken as 0.5); the 95 % interval is below 0.71 times, all of it on one "
        "side of 1. A test that takes documents as independent gives p = 0.040 (false discovery "
        "rate q = 0.500). To be minded: absent from the group.",
    ),
    (
        "topic_map",
        TOPIC | {"x": -0.55, "y": 0.061, "prevalence": 0.063, "stress": 0.29},
        f"On the map of topics topic 3 ({LABEL}) stands at -0.55 across and 0.061 upwards. It has "
        "6.3 % of all words. The map's stress is 0.29: 0 is a true map, above 0.2 it is poor.",
    ),
    (
        "topic_matches",
        {"topic_a": 3, "topic_b": 5, "overlap": 0.54},
        "Topic 3 of the first model is most like topic 5 of the second. Their 20 top words "
        "overlap by 0.54 (Jaccard; 1/3 is half of them).",
    ),
    (
        "topic_history",
        {
            "period_from": "2023", "topic_from": 3, "label_from": LABEL, "period_to": "2024",
            "overlap": 0.2, "event": "death",
        },
        f"Topic 3 ({LABEL}) of 2023 ends: no topic of 2024 shares half of its 20 top words. With "
        "the topic most like it the overlap is 0.20 (Jaccard; 1/3 is half of them).",
    ),
    (
        "intrusion_scores",
        SCORES,
        "In topic intrusion, for all topics together, 2 coders gave 23 answers to 12 items; 1 "
        "answer is missing. 18 of them found the intruder: 78 %, 95 % interval 58 % to 90 %. "
        "Guessing would find 25 %. The mean topic log odds are -1.80: 0 at best, and -3.40 by "
        "guessing. The coders' agreement (Krippendorff's alpha) is 0.71, 95 % interval 0.40 to "
        "1.00: 1 is full agreement, 0 that of chance.",
    ),
    (
        "intrusion_answers",
        {
            "sheet": "word_intrusion", "item": 4, "topic": 3, "coder": "王", "choice": 2,
            "shown": "泡菜", "correct": 1,
        },
        "In word intrusion, in item 4 of topic 3, 王 took choice 2, 泡菜: it is the intruder.",
    ),
    (
        "intrusion_key",
        TOPIC | {
            "sheet": "topic_intrusion-1a2b", "item": 4, "choice": 2, "shown": "数字、平台",
            "log_share": -2.302585, "about": "a#0013",
        },
        "Choice 2 of item 4 of the sheet topic_intrusion-1a2b shows 数字、平台: it is not the "
        f"intruder. It stands for topic 3 ({LABEL}); the passage is a#0013, of which the topic "
        "has 10 %.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("table", "cells", "said"), SAID, ids=[table for table, *_ in SAID])
def test_what_a_row_says(table: str, cells: dict[str, Any], said: str) -> None:
    found = explain(row(table, cells))
    assert found.split(" Limits: ")[0] == said


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (
            {"estimate": -0.041, "low": -0.061, "high": -0.02},
            "is 4.1 points lower in 岚江市 than in 澜川市. The 95 % interval is 2.0 to 6.1 points "
            "lower, all of it on one side of 0",
        ),
        (
            {"low": -0.019, "high": 0.101},
            "1.9 points lower to 10.1 points higher, which holds 0: these texts do not show",
        ),
        (
            {"term": "genre: 决定 - 报道 - 短", "reference": "报道 - 短"},
            "4.1 points higher where genre is 决定 than where genre is 报道 - 短.",
        ),
        (
            {"kind": "coefficient", "term": "year: 2024", "reference": "2023"},
            "4.1 points higher in 2024 than in 2023.",
        ),
        (
            {"kind": "coefficient", "term": "gdp", "reference": "", "estimate": -0.00001},
            f"For each gdp more, the share of topic 3 ({LABEL}) is 0.001 points lower.",
        ),
        (
            {"kind": "coefficient", "term": "place: 岚江市 × year", "reference": ""},
            f"The coefficient of place: 岚江市 × year makes the share of topic 3 ({LABEL}) 4.1 "
            "points higher.",
        ),
    ],
)
def test_an_effect_says_which_group_has_more(cells: dict[str, Any], said: str) -> None:
    assert said in explain(row("topic_effects", EFFECT | cells))


def test_an_effect_that_cannot_be_estimated_says_why() -> None:
    cells = TOPIC | {
        "kind": "coefficient", "term": "genre: 网页", "units": 351, "documents": 24,
        "reason": "all units have this value: nothing to compare",
    }  # fmt: skip
    assert explain(row("topic_effects", cells)).split(" Limits: ")[0] == (
        f"Of the share of topic 3 ({LABEL}) there is no coefficient to tell for genre: 网页 (351 "
        "texts of 24 documents). To be minded: all units have this value: nothing to compare."
    )


def test_topics_continue_and_are_born() -> None:
    both = {"period_from": "2023", "period_to": "2024", "topic_to": 5, "label_to": "文旅"}
    lasts = both | {"topic_from": 3, "label_from": LABEL, "event": "continues", "overlap": 0.38}
    said = explain(row("topic_history", lasts))
    assert said.startswith(
        f"Topic 3 ({LABEL}) of 2023 continues as topic 5 (文旅) in 2024. Their 20 top words "
        "overlap by 0.38"
    )
    said = explain(row("topic_history", both | {"event": "birth"}))
    assert said.startswith("Topic 5 (文旅) of 2024 is new: no topic of 2023 shares half of its")


@pytest.mark.parametrize(("a", "b", "of"), [(3, 0, "first"), (0, 3, "second")])
def test_a_topic_without_partner_is_said_to_have_none(a: int, b: int, of: str) -> None:
    said = explain(row("topic_matches", {"topic_a": a, "topic_b": b, "overlap": 0.0}))
    assert said == f"Topic 3 of the {of} model has no partner in the other."


def test_a_sheet_without_answers_has_no_precision() -> None:
    none = {"answers": 0, "unanswered": 24, "correct": 0, "precision": float("nan")}
    assert explain(row("intrusion_scores", SCORES | none | {"reason": "no answer"})) == (
        "In topic intrusion, for all topics together, 2 coders gave 0 answers to 12 items; 24 "
        "answers are missing. So there is no precision. To be minded: no answer."
    )
