"""Invented result tables for the tests of the figures: any number of places, terms, topics."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from textlab.schema import empty

PLACES = (
    "岚江市 青禾市 碧川市 澜川市 云泽省 临海省 北原省 南屏省 苍梧壮族自治区 新岭维吾尔自治区 "
    "宁河回族自治区 雪原自治区 东港市 西京市 金沙省 玉门省 白水省 黑山省 青岚省 赤水省 长亭省 "
    "平阳省 广济省 永安省 建宁省 清源省 安远省 太和省 武陵省 石门省 龙泉省"
).split()
DOCUMENTS = [f"{i:03d}_4f7a6de8cbf64b{i:02x}" for i in range(1, 25)]
TERMS = (
    "新质生产力 高质量发展 中国式现代化 营商环境 乡村振兴 粮食安全 高标准农田 绿色低碳 生态优先 "
    "美丽河湖 政务服务 一网通办 智改数转 人工智能 现代化产业体系 民生福祉 科技创新 公共服务 "
    "文旅融合 深化改革 全国统一大市场 高水平对外开放 全过程人民民主 社会主义核心价值观建设 共同富裕"
).split()
ENGLISH = {term: f"Long English label, number {i}, of a term" for i, term in enumerate(TERMS)}


def keywords(
    units: Sequence[str], terms: Sequence[str] = TERMS, *, by: str = "place"
) -> pd.DataFrame:
    """A table of keyword_frequencies; every seventh cell has no interval."""
    draws = np.random.default_rng(1)
    rows = []
    for i, unit in enumerate(units):
        for j, term in enumerate(terms):
            n = int(draws.poisson(3 + 40 * (j % len(units) == i)))
            row = {by: unit, "place": unit, "keyword": term, "category": "", "count": n}
            row |= {"nested": 0, "overlapped": 0, "tokens": 5000, "per_10k": n * 2.0}
            row |= {"count_unique": n, "tokens_unique": 5000}
            gap = (i + j) % 7 == 6
            row |= {"ci_low": np.nan if gap else n * 1.5, "ci_high": np.nan if gap else n * 2.5 + 1}
            row |= {"units": 3, "units_with": 3, "dp_norm": 0.2, "reason": ""}
            rows.append(row | {"documents": 3})
    return pd.DataFrame(rows).drop(columns=["place"] if by not in ("place", "doc_id") else [])


def topics(k: int, *, size: int = 10) -> pd.DataFrame:
    """A table topics; the label joins three terms, as that of fit_topics does."""
    draws = np.random.default_rng(2)
    rows = []
    for topic in range(1, k + 1):
        terms = [str(term) for term in draws.choice(TERMS, size, replace=False)]
        chances = np.sort(draws.dirichlet(np.ones(size)))[::-1] / 2
        label = "·".join(terms[:3])
        rows += [
            (topic, label, r, t, p) for r, (t, p) in enumerate(zip(terms, chances, strict=True), 1)
        ]
    table = pd.DataFrame(rows, columns=["topic", "label", "rank", "term", "probability"])
    return table.assign(frex=0.5, lift=2.0)


def shares(units: Sequence[str], k: int, *, by: str = "place") -> pd.DataFrame:
    """A table topic_by_place or topic_by_document."""
    draws = np.random.default_rng(3)
    rows = [
        {by: unit, "topic": topic, "share": share, "low": share, "high": share, "documents": 2}
        for unit in units
        for topic, share in enumerate(draws.dirichlet(np.ones(k) / 2), start=1)
    ]
    return pd.DataFrame(rows).assign(reason="")


def similarity(units: Sequence[str], *, by: str = "place") -> pd.DataFrame:
    """A table place_similarity or document_similarity, each pair once."""
    draws = np.random.default_rng(4)
    points = draws.dirichlet(np.ones(12) / 2, len(units))
    lengths = np.linalg.norm(points, axis=1)
    rows = []
    for i, a in enumerate(units):
        for j in range(i + 1, len(units)):
            cosine = float(points[i] @ points[j] / lengths[i] / lengths[j])
            rows.append((a, units[j], cosine, float(np.sqrt(1 - cosine))))
    return with_bounds(
        pd.DataFrame(rows, columns=[f"{by}_a", f"{by}_b", "cosine", "jensen_shannon"])
    )


def with_bounds(pairs: pd.DataFrame) -> pd.DataFrame:
    """``pairs`` with the other columns of the tables of similarities, without values."""
    columns = empty("place_similarity").columns[2:]
    return pairs.reindex(columns=[*pairs.columns[:2], *columns]).assign(reason="")


COLUMNS = (
    "place keyword category count count_unique nested overlapped tokens tokens_unique "
    "per_10k ci_low ci_high documents units units_with dp_norm reason"
)


def table(
    cells: dict[tuple[str, str], tuple[int, float, float, float]], tokens: int = 5000
) -> pd.DataFrame:
    """keyword_by_place from (count, rate, low, high) of each place and keyword."""
    last = (1, 1, 1, 0.5, "")
    rows = [
        (*key, "", n, n, 0, 0, tokens, tokens, *rest, *last) for key, (n, *rest) in cells.items()
    ]
    return pd.DataFrame(rows, columns=COLUMNS.split())
