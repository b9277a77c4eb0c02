"""Paragraphs as they are compared: their letters, and where their clauses begin and end."""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate

from textlab.cleaning.letters import letters, only_letters, without_list_mark

# Characters that a text must have to be a copy of one in its own document, or in another.
WITHIN, ACROSS = 20, 50
# The same for one that breaks off and is the beginning of another in its document.
TORN = 12

_CLAUSE_ENDS = re.compile(r"[\s，。；：！？,;:!?…—“”‘’\"'（）()【】\[\]|]+")
_FIGURE = re.compile(r"\d+(?:\.\d+)?|第[〇零一二三四五六七八九十百千]+")


def figures(letters: str) -> Counter[str]:
    """The numbers in ``letters``, and the ordinals such as 第三, how often each."""
    return Counter(_FIGURE.findall(letters))


class Passage:
    """A paragraph: its text, the number of its document, whether it may break off there.

    ``letters``: see :func:`textlab.cleaning.letters.letters`; taken from the text if not given.
    """

    __slots__ = ("document", "letters", "text", "torn")

    def __init__(
        self, text: str, document: int = 0, torn: bool = False, known: str | None = None
    ) -> None:
        self.text = text
        self.document = document
        self.torn = torn
        self.letters = letters(text) if known is None else known

    @property
    def clause_ends(self) -> frozenset[int]:
        """How many letters stand before each end of a clause; 0 and all of them included."""
        clauses = _CLAUSE_ENDS.split(without_list_mark(self.text))
        sizes = [len(only_letters(clause)) for clause in clauses]
        return frozenset(accumulate(sizes, initial=0))

    @property
    def long_enough(self) -> bool:
        """Whether it may be a copy without standing beside one."""
        return len(self.letters) >= (TORN if self.torn else WITHIN)

    @property
    def scope(self) -> int:
        """Where its copies are looked for: -1 for everywhere, else only in its document."""
        return -1 if len(self.letters) >= ACROSS else self.document
