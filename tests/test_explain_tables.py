"""The sentences of each table, with the numbers of its row."""

from __future__ import annotations

from typing import Any

import pytest

from textlab.contracts import TABLES
from textlab.output.explain import explain

NAN = float("nan")


def row(name: str, cells: dict[str, Any]) -> dict[str, Any]:
    """A row of table ``name``: what is not given is empty."""
    nothing = {"text": "", "int": 0, "float": NAN}
    given = {column: nothing[kind] for column, kind in TABLES[name].columns.items()}
    assert set(cells) <= set(given)
    return given | cells


SAID: list[tuple[str, dict[str, Any], str]] = [
    (
        "category_by_group",
        {
            "by": "place", "group": "乐山市", "category": "party", "count_unique": 9, "count": 9,
            "tokens": 3590, "tokens_unique": 3590, "per_10k": 25.0696, "ci_low": 8.4,
            "ci_high": 74.8, "units": 12, "units_with": 4, "documents": 12, "dp_norm": 0.5,
        },
        "In 乐山市, the terms of the category party stand 9 times in 3,590 words, 25.1 per "
        "10,000; 95 % interval 8.40 to 74.8 over 12 documents. One of them stands in 4 of the 12 "
        "documents; unevenness (DPnorm) 0.50, where 0 is even and 1 the most. The interval says "
        "how far the rate would go if as many documents of the same kind were collected again.",
    ),
    (
        "keyword_change",
        {
            "keyword": "算力", "place": "岚江市", "period_from": "2023", "period_to": "2024",
            "n_to": 6, "per_10k_from": 0.0, "per_10k_to": 19.0, "log_ratio": 3.6,
            "log_ratio_low": 0.5, "documents_from": 3, "documents_to": 3,
            "reason": "not in the earlier texts: no upper bound",
        },
        "From 2023 to 2024, in 岚江市, 算力 goes from 0 to 19.0 per 10,000 words: 0 occurrences "
        "in 3 documents, then 6 occurrences in 3 documents. It is 12.1 times as frequent later "
        "(log ratio 3.60, a bound: the 0 is taken as 0.5); the 95 % interval is above 1.41 "
        "times, all of it on one side of 1. No test over documents could be made. To be minded: "
        "not in the earlier texts: no upper bound.",
    ),
    (
        "dispersion",
        {"term": "创新", "n": 40, "documents": 1, "per_10k": 8.0, "dp": 0.9, "dp_norm": 0.95},
        "创新 stands 40 times in 1 document (8.00 per 10,000 words). How it is spread over the "
        "documents: DP 0.90, DPnorm 0.95. DP, DPnorm and KL are 0 where it is spread evenly, D "
        "and S are 1.",
    ),
    (
        "collocations",
        {
            "node": "新质生产力", "span": "sentence", "collocate": "培育", "n": 12, "n_node": 36,
            "n_collocate": 20, "expected": 1.5, "documents": 4, "npmi": 0.4, "log_dice": 12.8,
            "g2": 40.2, "q_g2": 0.0, "delta_p_collocate": 0.31, "delta_p_node": 0.55,
        },
        "培育 stands 12 times in sentences with 新质生产力, where chance would have it 1.50 "
        "times; in all, the node is in 36 sentences and 培育 is in 20 sentences. Both are "
        "together in 4 documents. NPMI 0.40, log-dice 12.8. Near the node it is more probable by "
        "0.31, near it the node by 0.55. G² is 40.2 (q below 0.001), which takes sentences as "
        "independent, and overstates.",
    ),
    (
        "collocation_contrast",
        {
            "node": "新质生产力", "group": "眉山市", "collocate": "泡菜", "n_target": 8,
            "n_reference": 2, "sentences_target": 14, "sentences_reference": 18,
            "log_ratio": 2.36, "p_document": 0.04, "q_document": 0.3,
        },
        "Where 眉山市 uses 新质生产力, 泡菜 stands in 8 of the 14 sentences with it; elsewhere "
        "in 2 of the 18 sentences with it. It is 5.13 times as frequent in the group's sentences "
        "(log ratio 2.36), without an interval. A test that takes documents as independent gives "
        "p = 0.040 (false discovery rate q = 0.300).",
    ),
    (
        "place_similarity",
        {
            "place_a": "乐山市", "place_b": "眉山市", "cosine": 0.71, "cosine_low": 0.66,
            "cosine_high": 0.75, "jensen_shannon": 0.52, "reason": "2 documents",
        },
        "乐山市 and 眉山市: the cosine of their tf-idf vectors is 0.71, 95 % interval 0.66 to "
        "0.75 (0 is nothing shared, 1 the same). The Jensen-Shannon distance is 0.52 (0 is the "
        "same, 1 nothing shared). To be minded: 2 documents.",
    ),
    (
        "document_similarity",
        {"doc_a": "a", "doc_b": "b", "reason": "b: no words"},
        "a and b cannot be compared. To be minded: b: no words.",
    ),
    (
        "clusters",
        {
            "of": "place", "cluster": 2, "left": "乐山市", "right": "#1", "size": 3,
            "height": 0.42, "support": 0.87, "members": "乐山市 | 眉山市 | 成都市",
        },
        "Join 2 of the tree of places puts 乐山市 and #1 together, at a distance of 0.42. It "
        "holds 3: 乐山市 | 眉山市 | 成都市. Of the resampled trees 87 % hold exactly these "
        "together.",
    ),
    (
        "style",
        {
            "by": "place", "group": "乐山市", "measure": "mattr", "value": 0.66, "low": 0.61,
            "high": 0.7, "tokens": 3500, "units": 57, "reason": "1 document: interval over it",
        },
        "In 乐山市, the variety of words in a moving window (MATTR) is 0.66, 95 % "
        "interval 0.61 to 0.70 over 57 paragraphs. It rests on 3,500 words. To be minded: 1 "
        "document: interval over it.",
    ),
    (
        "correspondence",
        {
            "kind": "term", "name": "泡菜", "n": 12, "mass": 0.0002, "inertia_share": 0.04,
            "dim_1": 1.2, "dim_2": -0.31, "contribution_1": 0.2, "contribution_2": 0.0,
            "quality": 0.3,
        },
        "The term 泡菜 (12 occurrences, less than 0.1 % of all) stands at 1.20 on the first "
        "dimension and -0.31 on the second. It makes 20 % of the first dimension, 0 % of the "
        "second and 4.0 % of all differences. Two dimensions show 30 % of how it differs: too "
        "little to read its position.",
    ),
    (
        "multiverse",
        {
            "table": "keyness", "group": "乐山市", "term": "旅游", "universes": 48, "positive": 48,
            "significant": 40, "study_sign": "more", "study_significant": 1, "survive": 40,
            "share": 40 / 48,
        },
        "The finding: 乐山市 uses 旅游 more, or less, than the others (keyness). In 48 "
        "combinations of choices of method it could be made: more in 48, less in 0, "
        "significantly in 40. By the study's own choices it is more than elsewhere, "
        "significantly. Sign and significance are the same in 40 of 48 (83 %).",
    ),
    (
        "indicator_correlations",
        {
            "measure": "创新", "indicator": "gdp", "n": 31, "rho": 0.42, "low": 0.06, "high": 0.68,
            "p": 0.018, "q": 0.31,
        },
        "Over 31 places the rank correlation of 创新 with gdp is 0.42, 95 % interval 0.06 to "
        "0.68. For no correlation at all p = 0.018; of all pairs of the table q = 0.310.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("table", "cells", "said"), SAID, ids=[table for table, *_ in SAID])
def test_what_a_row_says(table: str, cells: dict[str, Any], said: str) -> None:
    found = explain(row(table, cells))
    assert found.split(" Limits: ")[0] == said
