"""Traditional characters as simplified ones, one for one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from textlab.errors import StudyError
from textlab.language.punctuation import HAN

_HAN = re.compile(f"[{HAN}]")
# Of the Han of a traditional text about a third have a simplified form; of a simplified one,
# those in quotations.
LEAST_TRADITIONAL_SHARE = 0.1


def simplify(text: str) -> str:
    """``text`` with simplified characters in place of traditional ones, one for one.

    What a character becomes depends on the word that it stands in (發展 and 頭髮, 乾燥 and 乾隆),
    as OpenCC's table t2s has it. A traditional text is one where at least a tenth of the Han
    have a simplified form; elsewhere only characters change that simplified text never has
    (none of GB 2312: 乾县 and 拚搏 stay). Raises :class:`StudyError` where OpenCC is missing.

    Validity: words broken over two lines are seen as their pieces (乾 before a line end becomes
    干); usage that differs by region stays (資訊 becomes 资讯 and not 信息, 看著 keeps its 著).
    Source: OpenCC (Apache-2.0), https://github.com/BYVoid/OpenCC.
    """
    han = len(_HAN.findall(text))
    if not han:
        return text
    converted = _converted(text)
    if converted == text:
        return text
    pairs = list(zip(text, converted, strict=True))
    own = sum(old != new and not _is_simplified(old) for old, new in pairs)
    if own >= LEAST_TRADITIONAL_SHARE * han:
        return converted
    return "".join(old if _is_simplified(old) else new for old, new in pairs)


def _converted(text: str) -> str:
    """OpenCC's conversion; where it changes a line's length, that of each of its characters."""
    whole: str = _opencc().convert(text)
    lines, converted = text.split("\n"), whole.split("\n")
    return "\n".join(
        new if len(new) == len(old) else _one_by_one(old)
        for old, new in zip(lines, converted, strict=True)
    )


def _one_by_one(line: str) -> str:
    convert = _opencc().convert
    return "".join(new if len(new := convert(old)) == 1 else old for old in line)


@lru_cache(maxsize=4096)
def _is_simplified(character: str) -> bool:
    """Whether simplified text may hold the character: it is one of GB 2312."""
    return bool(character.encode("gb2312", "ignore"))


@lru_cache(maxsize=1)
def _opencc() -> Any:
    try:
        import opencc
    except ImportError:
        raise StudyError(
            "[cleaning] simplify = true needs OpenCC, which is not installed: "
            'pip install "textlab[traditional]"'
        ) from None
    return opencc.OpenCC("t2s")
