"""Terms of the five Sichuan pages, counted along marks made by hand: which lines are text, and
on which line each one goes on. No code of textlab's cleaning takes part in these counts."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

import textlab as tl

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared/corpora/sichuan-2024"
GOLD = ROOT / "tests/gold/sichuan-2024.csv"

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="needs ../shared/corpora/sichuan-2024 beside the checkout"
)

TERMS = (
    "新质生产力 高质量发展 营商环境 揭榜挂帅 智改数转 科技创新 产业体系 现代化 中国式现代化 "
    "成果转化 都市圈 新型工业化 未来产业 传统产业 人工智能 乡村振兴 脱贫攻坚 改革开放 数字化 "
    "天府粮仓 千万工程 制造业 战略性新兴产业 专精特新 高水平 创新平台 协同发展 城镇化 "
    "高效办成一件事 三市一城"
).split()


def by_hand(term: str) -> dict[str, int]:
    """Occurrences of ``term`` in each file, in the lines joined as the marks say."""
    marks: dict[str, list[dict[str, str]]] = defaultdict(list)
    with GOLD.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            marks[row["file"]].append(row)
    return {
        file: sum(text.count(term) for text in _joined(file, rows)) for file, rows in marks.items()
    }


def _joined(file: str, rows: list[dict[str, str]]) -> list[str]:
    raw = (CORPUS / file).read_text("utf-8").split("\n")
    follows = {int(row["line"]): int(row["next"]) for row in rows if row["next"]}
    texts = []
    for row in rows:
        at = int(row["line"])
        if row["role"] == "furniture" or at in follows.values():
            continue
        chain = [at]
        while chain[-1] in follows:
            chain.append(follows[chain[-1]])
        texts.append("".join("".join(raw[line - 1].split()) for line in chain))
    return texts


@pytest.fixture(scope="module")
def counted() -> dict[tuple[str, str], int]:
    documents = tl.read_documents(CORPUS)
    occurrences = tl.find_terms(tl.clean(documents), TERMS)
    file = dict(zip(documents["doc_id"], documents["file"], strict=True))
    found = zip(occurrences["doc_id"].map(file), occurrences["keyword"], strict=True)
    return Counter(found)


@pytest.mark.parametrize("term", TERMS)
def test_the_count_is_the_one_made_by_hand(term: str, counted: dict[tuple[str, str], int]) -> None:
    marked = by_hand(term)
    assert len(marked) == 5
    assert {file: counted.get((file, term), 0) for file in marked} == marked


def test_the_terms_are_thirty_and_stand_in_the_texts(
    counted: dict[tuple[str, str], int],
) -> None:
    assert len(TERMS) == len(set(TERMS)) == 30
    assert sum(counted.values()) > 370
    page = next(file for file, _ in counted if file.startswith("000"))
    assert counted[page, "高质量发展"] == 39
