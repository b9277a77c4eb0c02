"""What phrase discovery measures, found by another route: regular expressions and plain loops."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import inf, log, log2

LETTER = re.compile(r"[\u3400-\u9fff〇A-Za-z0-9]")


def standing(phrase: str, text: str) -> list[int]:
    """Where ``phrase`` stands in ``text``, overlaps included."""
    return [found.start() for found in re.finditer(f"(?={re.escape(phrase)})", text)]


def often(phrase: str, texts: Sequence[str]) -> int:
    return sum(len(standing(phrase, text)) for text in texts)


def letters(texts: Sequence[str]) -> int:
    return sum(len(LETTER.findall(text)) for text in texts)


def npmi(left: str, right: str, texts: Sequence[str]) -> float:
    size = letters(texts)
    both, x, y = (often(part, texts) / size for part in (left + right, left, right))
    return log(both / (x * y)) / -log(both)


def cohesion(phrase: str, texts: Sequence[str]) -> float:
    """NPMI at the weakest place; 化 at the end is not parted from two letters or more."""
    least = inf
    for at in range(1, len(phrase)):
        if phrase[at:] != "化" or at == 1:
            least = min(least, npmi(phrase[:at], phrase[at:], texts))
    return least


def freedom(phrase: str, texts: Sequence[str]) -> float:
    """The lesser entropy of its neighbours; signs and ends of texts are all different."""
    before, behind = Counter[object](), Counter[object]()
    for number, text in enumerate(texts):
        for start in standing(phrase, text):
            for side, at in ((before, start - 1), (behind, start + len(phrase))):
                within = 0 <= at < len(text) and LETTER.match(text[at])
                side[text[at] if within else (number, at)] += 1
    return min(entropy(before), entropy(behind))


def entropy(counts: Counter[object]) -> float:
    total = counts.total()
    return abs(sum(n / total * log2(n / total) for n in counts.values()))
