"""Paragraphs as they are compared: their letters, and where their clauses begin and end."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from textlab.language.width import WIDTH

# Characters that a text must have to be a copy of one in its own document, or in another.
WITHIN, ACROSS = 20, 50
# The same for one that breaks off and is the beginning of another in its document.
TORN = 12

# A mark such as （一） or 2. tells an item's place in its list, not what it says.
_LIST_MARK = re.compile(
    r"\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、]|\d{1,2}\.(?!\d))"
    r"(?=[\W_]*[^\W_])"
)
# All but letters, digits and Han; the point in 24.54 stays.
_SIGNS = re.compile(r"(?<!\d)\.|\.(?!\d)|[^\w.]+|_+")
_CLAUSE_ENDS = re.compile(r"[\s，。；：！？,;:!?…—“”‘’\"'（）()【】\[\]|]+")
_FIGURE = re.compile(r"\d+(?:\.\d+)?|第[〇零一二三四五六七八九十百千]+")


def letters(text: str) -> str:
    """The letters, digits and Han of ``text``, in lower case and half width.

    Punctuation, white space, and a list mark at the beginning of something are left out; the
    decimal point within a number stays, so that 3.4 is not 34.
    """
    return _only_letters(_without_list_mark(text))


def figures(letters: str) -> Counter[str]:
    """The numbers in ``letters``, and the ordinals such as 第三, how often each."""
    return Counter(_FIGURE.findall(letters))


@dataclass(frozen=True)
class Passage:
    """A paragraph: its text, the number of its document, whether it may break off there."""

    text: str
    document: int = 0
    torn: bool = False

    @cached_property
    def letters(self) -> str:
        """See :func:`letters`."""
        return letters(self.text)

    @cached_property
    def clause_ends(self) -> frozenset[int]:
        """How many letters stand before each end of a clause; 0 and all of them included."""
        clauses = _CLAUSE_ENDS.split(_without_list_mark(self.text))
        sizes = [len(_only_letters(clause)) for clause in clauses]
        return frozenset(accumulate(sizes, initial=0))

    @property
    def long_enough(self) -> bool:
        """Whether it may be a copy without standing beside one."""
        return len(self.letters) >= (TORN if self.torn else WITHIN)

    @property
    def scope(self) -> int:
        """Where its copies are looked for: -1 for everywhere, else only in its document."""
        return -1 if len(self.letters) >= ACROSS else self.document


def _without_list_mark(text: str) -> str:
    plain = text.translate(WIDTH)
    mark = _LIST_MARK.match(plain)
    return plain[mark.end() :] if mark else plain


def _only_letters(text: str) -> str:
    return _SIGNS.sub("", text).casefold()
