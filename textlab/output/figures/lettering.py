"""Names as a figure shows them: translated, printable, measured, wrapped, shortened."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from matplotlib.ft2font import FT2Font

from textlab.errors import UnknownNameError
from textlab.output.style import TEXT_SIZE, font_characters, font_path

_DPI = 2400  # so fine that hinting, which moves letters to whole pixels, moves nothing

GETA = "〓"
"""The mark that Chinese and Japanese printers set where a character is missing."""

LINE = 3.4
"""The height of a line of text, in millimetres."""

WORDS = {
    "zh": {
        "place": "地区",
        "doc_id": "文档",
        "keyword": "关键词",
        "topic": "主题",
        "none": "（无）",
        "few": "（{:,} 词）",
        "rate": "每万词频次",
        "rate_interval": "每万词频次（线段为 95% 置信区间）",
        "rate_colour": "每万词频次（颜色按平方根）",
        "share": "占比（%）",
        "probability": "词语在主题中的概率",
        "cosine": "余弦相似度",
        "jensen_shannon": "詹森–香农距离（0 为相同）",
        "support": "树中数字：重抽样中出现该分支的百分比",
        "and": "、",
        "network": (
            "圆内数字为社群编号；线越粗，NPMI 越高；"
            "画出每个词最强的 {} 条连线（共 {} 条，全部 {} 条）"
        ),
        "unlinked": "没有连线的词：{}",
        "unnamed": "无处标注：{}",
        "dimension": "维度 {}（惯量的 {:.1f}%）",
        "flat": "维度 {}（无）",
        "correspondence": (
            "方块为地区，圆为词，标出对此平面贡献最大的 {} 个词（共 {} 个）；"
            "地区与词之间只看方向，不看距离"
        ),
        "far": "空心者实际更远，括号内为其坐标：{}",
        "map": "越近越相似；方向没有意义",
        "stress": "应力 {:.2f}（0.1 尚可，0.2 以上失真严重）",
        "nowhere": "没有词可比的：{}",
        "log_ratio": "少用 ← 对数比（以 2 为底）→ 多用",
        "dispersion": "集中 ← 归一化 DP → 均匀",
        "keyness": (
            "圆的面积为频次；标出每组 log-odds z 最高的至多 {} 个词；线段为对数比的 95% 置信区间"
        ),
        "filled": "实心：文档层面的检验 q < 0.05；空心：未达到，或无法检验",
        "undrawn": "未画出该组没有用到、或没有离散度的词（{:,} 个）",
        "undrawn_groups": "未画出没有离散度的组：{}",
        "groups": "画出 {} 组，共 {} 组：各组最高的 z 值最大者",
        "cut": "箭头：超出坐标轴；不足 {:,} 词者不参与定轴",
        "unsure": "灰色虚线：区间仅供参考，原因见表中 reason 一列",
        "cut_off": "箭头：超出坐标轴，或没有上（下）限",
        "change": "后期频次为前期的几倍（对数刻度；线段为 95% 置信区间）",
        "bound": "空心：某一期没有出现，倍数只是界限",
    },
    "en": {
        "place": "Place",
        "doc_id": "Document",
        "keyword": "Keyword",
        "topic": "Topic",
        "none": "(none)",
        "few": " ({:,} tokens)",
        "rate": "Occurrences per 10,000 tokens",
        "rate_interval": "Occurrences per 10,000 tokens (line: 95% interval)",
        "rate_colour": "Occurrences per 10,000 tokens (square-root colour scale)",
        "share": "Share (%)",
        "probability": "Probability of the term in the topic",
        "cosine": "Cosine similarity",
        "jensen_shannon": "Jensen–Shannon distance (0: alike)",
        "support": "In the tree: % of resamples with the branch",
        "and": ", ",
        "network": (
            "Numbers: communities; wider lines: higher NPMI; shown are the {} strongest links of "
            "each term ({} of {})"
        ),
        "unlinked": "Terms without a link: {}",
        "unnamed": "No room for the names: {}",
        "dimension": "Dimension {} ({:.1f}% of inertia)",
        "flat": "Dimension {} (none)",
        "correspondence": (
            "Squares: places; circles: terms, named the {} that contribute most to this plane "
            "(of {}); between a place and a term only the direction counts, not the distance"
        ),
        "far": "Hollow: farther out than drawn, at the coordinates given: {}",
        "map": "Nearer is more alike; directions mean nothing",
        "stress": "Stress {:.2f} (0.1 is fair, 0.2 and more a strong distortion)",
        "nowhere": "Without words to compare: {}",
        "log_ratio": "Used less ← log ratio (base 2) → used more",
        "dispersion": "In few texts ← normalised DP → evenly",
        "keyness": (
            "Areas: frequency; named are up to {} terms of each group with the highest log-odds "
            "z; lines: 95% intervals of the log ratio"
        ),
        "filled": "Filled: q < 0.05 in the test of documents; hollow: not so, or not testable",
        "undrawn": "Not drawn: {:,} terms that their group does not use, or without dispersion",
        "undrawn_groups": "Not drawn, as nothing in them has a dispersion: {}",
        "groups": "{} of {} groups: those whose highest z is largest",
        "cut": "Arrow: goes on beyond the axis, which groups of fewer than {:,} tokens do not set",
        "unsure": "Grey, dashed: read with care; the table says why (reason)",
        "cut_off": "Arrow: goes on beyond the axis, or without end",
        "change": "Times as frequent as before (log scale; line: 95% interval)",
        "bound": "Hollow: absent from one of the two periods, so only a bound",
    },
}

# Between any two of these a line may break. Loosely: blanks, and what stands between blanks or
# marks of punctuation. Closely: a Latin word with the marks behind it, or one Chinese character
# with those that must not begin a line.
_LOOSE = re.compile(r"\s+|[^\s、，；：·]+[、，；：·]*|.")
_CLOSE = re.compile(
    r"\s+|[\w'’.,\u00c0-\u024f]+[!-/:-@·]*|.[、，。；：！？）」』】》〉”’…·]*", re.ASCII
)


def words(language: str) -> dict[str, str]:
    """The axis titles in ``language``; another language than those there are is an error."""
    if language not in WORDS:
        raise UnknownNameError(f"no language '{language}'; there are: {', '.join(WORDS)}")
    return WORDS[language]


def printable(text: str) -> str:
    """``text`` in characters that the font has.

    Blanks and line ends become one space, invisible format characters go, and any other
    character that the font cannot draw becomes ``〓``: matplotlib would draw an empty box and
    warn, and where warnings are errors the figure would be lost for one rare name.
    """
    known = font_characters()
    visible = (c for c in " ".join(text.split()) if unicodedata.category(c) not in ("Cf", "Mn"))
    return "".join(c if ord(c) in known else GETA for c in visible)


def display(
    names: Iterable[str], labels: Mapping[str, str] | None = None, *, language: str = "zh"
) -> list[str]:
    """``names`` as they are to be read: the label of each, or the name itself."""
    shown = (printable((labels or {}).get(name, name)) for name in names)
    return [name or words(language)["none"] for name in shown]


@lru_cache(maxsize=65536)
def text_width(text: str) -> float:
    """The width of one printable line of ``text`` in the house style, in millimetres."""
    font = _font()
    font.set_text(text)
    return float(font.get_width_height()[0]) / 64 / _DPI * 25.4


@cache
def _font() -> FT2Font:
    """The font by itself: what matplotlib's own measures say depends on its settings."""
    font = FT2Font(font_path())
    font.set_size(TEXT_SIZE, _DPI)
    return font


def block_width(texts: Iterable[str]) -> float:
    """The width of the widest line in ``texts``, in millimetres; 0 if there is none."""
    return max((text_width(line) for text in texts for line in text.split("\n")), default=0.0)


def block_lines(texts: Iterable[str]) -> int:
    """The most lines that one of ``texts`` has."""
    return max((text.count("\n") + 1 for text in texts), default=1)


def fit(names: Sequence[str], width: float, *, lines: int = 1) -> list[str]:
    """``names`` broken into at most ``lines`` lines of ``width`` millimetres.

    What is longer ends in an ellipsis. Different names that this makes equal are shortened in
    the middle instead, and numbered by their position if they are equal even so.
    """
    fitted = [_wrapped(name, width, lines) for name in names]
    for repair in (_middle, _numbered):
        meant: dict[str, set[str]] = {}
        for name, text in zip(names, fitted, strict=True):
            meant.setdefault(text, set()).add(name)
        fitted = [
            repair(name, width, position) if len(meant[text]) > 1 else text
            for position, (name, text) in enumerate(zip(names, fitted, strict=True), start=1)
        ]
    return fitted


def fits_whole(names: Iterable[str], width: float, *, lines: int) -> bool:
    """Whether all ``names`` go into so many lines of ``width`` without a cut through a word."""
    return all(_whole(_CLOSE.findall(n), width) and len(_lines(n, width)) <= lines for n in names)


def _wrapped(text: str, width: float, lines: int) -> str:
    for pieces in (_LOOSE, _CLOSE):
        broken = _lines(text, width, pieces)
        if len(broken) <= lines and _whole(pieces.findall(text), width):
            return "\n".join(line.rstrip() for line in _balanced(text, width, broken, pieces))
    broken = _lines(text, width)
    if len(broken) <= lines:
        return "\n".join(line.rstrip() for line in broken)
    kept = broken[: lines - 1]
    rest = text[len("".join(kept)) :]
    return "\n".join([*(line.rstrip() for line in kept), _cut(rest, width)])


def _whole(pieces: Iterable[str], width: float) -> bool:
    return all(text_width(piece) <= width for piece in pieces)


def _balanced(text: str, width: float, lines: list[str], pieces: re.Pattern[str]) -> list[str]:
    """``lines`` of more equal length: no character is left alone on the last one."""
    while len(lines) > 1:
        width -= 1.0
        if not _whole(pieces.findall(text), width):
            break
        narrower = _lines(text, width, pieces)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _lines(text: str, width: float, pieces: re.Pattern[str] = _CLOSE) -> list[str]:
    """``text`` broken into lines of ``width``; a piece that is wider is broken as well."""
    whole = ((p,) if text_width(p) <= width else tuple(p) for p in pieces.findall(text))
    lines = [""]
    for piece in (piece for parts in whole for piece in parts):
        if lines[-1] and text_width((lines[-1] + piece).rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return lines


def _cut(text: str, width: float) -> str:
    """``text``, or its beginning and an ellipsis if it is wider than ``width``."""
    if text_width(text) <= width:
        return text
    # Of a text of thousands of characters a few prefixes are measured, not all.
    length = bisect_right(range(len(text)), width, key=lambda n: text_width(text[:n] + "…"))
    return text[: max(length - 1, 1)].rstrip() + "…"


def _middle(text: str, width: float, _: int) -> str:
    """``text`` without its middle: ids often differ at the end only."""
    halves = range(len(text) // 2, 0, -1)
    cuts = (f"{text[:n].rstrip()}…{text[-n:].lstrip()}" for n in halves)
    return next((cut for cut in cuts if text_width(cut) <= width), text[:1] + "…")


def _numbered(text: str, width: float, position: int) -> str:
    number = f" ({position})"
    return _cut(text, width - text_width(number)) + number
